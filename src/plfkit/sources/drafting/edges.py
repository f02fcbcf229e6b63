"""Lists of ties: a row for each, from whom and to whom."""

from __future__ import annotations

from plfkit.sources.drafting.days import (
    ask_about_ends,
    ask_about_thousands,
    may_be_thousands,
)
from plfkit.sources.drafting.sketching import Sketch, is_titled
from plfkit.sources.drafting.writing import Page
from plfkit.sources.importing.people import split_name

_KEYS = ("source", "target", "weight", "relation", "subject", "valid_from", "valid_to")


def is_edge_list(sketch: Sketch) -> bool:
    """Tell whether a table has a column for each end of a tie."""
    return bool(sketch.list_titled("source") and sketch.list_titled("target"))


def plan_edges(sketch: Sketch, take: int) -> list[Page]:
    """Write the take of a list of ties.

    Args:
        sketch: The table.
        take: The number of the take.
    """
    page = sketch.start_page(take)
    page.put("", "kind", "edges")
    columns = {key: found[0] for key in _KEYS if (found := sketch.list_titled(key))}
    for key, column in columns.items():
        if key == "valid_to":
            ask_about_ends(page, sketch)
        elif key == "weight" and any(map(may_be_thousands, column.untyped)):
            ask_about_thousands(page, sketch, key, column)
        else:
            page.put("columns", key, column.title)
            sketch.settle([column], key, key)
    if "relation" not in columns:
        ask_relation(page, sketch, "every")
    page.ask("", "survey", "ask.edges_survey")
    pairs = zip(columns["source"].texts, columns["target"].texts, strict=True)
    if any(a and split_name(a) == split_name(b) for a, b in pairs):
        page.ask("", "self", "ask.self")
        page.offer("", "self", "drop", page.words("self.drop"))
    sketch.ignore_if(lambda c: is_titled(c, "ignore_ties"), "tool")
    return [page]


def ask_relation(page: Page, sketch: Sketch, table: str) -> None:
    """Ask which relation ties are of, and list those that there are."""
    page.ask(table, "relation", "ask.relation")
    page.list_choices(table, sketch.label_words("relations"))
    page.offer(table, "relation", "")
