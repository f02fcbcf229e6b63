"""Lists of ties: a row for each, from whom and to whom."""

from __future__ import annotations

from plfkit.sources.drafting.columns import SeenColumn
from plfkit.sources.drafting.days import (
    ask_about_ends,
    ask_about_thousands,
    may_be_thousands,
)
from plfkit.sources.drafting.people import looks_like_name
from plfkit.sources.drafting.sketching import Sketch, is_titled
from plfkit.sources.drafting.writing import Page
from plfkit.sources.importing.people import split_name

_ENDS = 2
_KEYS = ("source", "target", "weight", "relation", "subject", "valid_from", "valid_to")


def is_edge_list(sketch: Sketch) -> bool:
    """Tell whether a table has a column for each end of a tie, by their titles or by what they hold."""
    is_titled_so = sketch.list_titled("source") and sketch.list_titled("target")
    return bool(is_titled_so) or _is_list_of_alters(sketch) or _is_pair_of_names(sketch)


def _is_list_of_alters(sketch: Sketch) -> bool:
    """Tell whether each row is somebody whom whoever was interviewed named."""
    return bool(sketch.list_titled("also") and sketch.list_titled("name"))


def _is_pair_of_names(sketch: Sketch) -> bool:
    """Tell whether a table is two columns of names, in each of which somebody comes again."""
    if len(sketch.left) != _ENDS or sketch.list_titled("named", "person", "name", "employee"):
        return False
    return all(_has_names_again(sketch, column) for column in sketch.left)


def _has_names_again(sketch: Sketch, column: SeenColumn) -> bool:
    names = [
        name for name in column.answers if looks_like_name(name) or sketch.people.has_person(name)
    ]
    is_full = column.filled == len(column.cells)
    return is_full and len(names) == len(column.answers) < column.filled


def plan_edges(sketch: Sketch, take: int) -> list[Page]:
    """Write the take of a list of ties.

    Args:
        sketch: The table.
        take: The number of the take.
    """
    page = sketch.start_page(take)
    page.put("", "kind", "edges")
    is_of_interviews = _is_list_of_alters(sketch)
    columns = _write_columns(page, sketch)
    ends = [columns.get(key) or _offer_end(page, sketch, key) for key in ("source", "target")]
    if "relation" not in columns:
        ask_relation(page, sketch, "every")
    page.ask("", "survey", "ask.edges_survey")
    if is_of_interviews:
        offer_half(page, "ask.half_maybe")
        sketch.ignore_if(lambda c: is_titled(c, "ignore"), "tool")
    pairs = zip(*(column.texts for column in ends), strict=True)
    if any(a and split_name(a) == split_name(b) for a, b in pairs):
        page.ask("", "self", "ask.self")
        page.offer("", "self", "drop", page.words("self.drop"))
    sketch.ignore_if(lambda c: is_titled(c, "ignore_ties"), "tool")
    return [page]


def _write_columns(page: Page, sketch: Sketch) -> dict[str, SeenColumn]:
    """Write the columns whose titles say what they are; return them by what that is."""
    columns = {key: found[0] for key in _KEYS if (found := sketch.list_titled(key))}
    for key, column in columns.items():
        if key == "valid_to":
            ask_about_ends(page, sketch)
        elif key == "weight" and any(map(may_be_thousands, column.untyped)):
            ask_about_thousands(page, sketch, key, column)
        else:
            page.put("columns", key, column.title)
            sketch.settle([column], key, key)
    return columns


def _offer_end(page: Page, sketch: Sketch, key: str) -> SeenColumn:
    """Offer which column is an end of each tie, where no title says so: the left one is the first."""
    column = (sketch.list_titled("name") or sketch.left)[0]
    page.ask("columns", key, f"ask.{key}", column=column.title)
    sketch.offer_columns(page, key, [column])
    sketch.settle([column], key, is_open=True)
    return column


def offer_half(page: Page, question: str, count: int = 0) -> None:
    """Ask what answers mean of whoever is not marked as having answered."""
    page.ask("", "half", question, count=count)
    for value in ("silent", "answered"):
        page.offer("", "half", value, page.words(f"half.{value}"))


def ask_relation(page: Page, sketch: Sketch, table: str) -> None:
    """Ask which relation ties are of, and list those that there are."""
    page.ask(table, "relation", "ask.relation")
    page.list_choices(table, sketch.label_words("relations"))
    page.offer(table, "relation", "")
