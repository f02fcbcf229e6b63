"""The columns of a table as a draft lists them, and those that are of no concern."""

from __future__ import annotations

from collections.abc import Iterator

from plfkit.sources.drafting.columns import SeenColumn
from plfkit.sources.drafting.sketching import UNKNOWN, Fate, Sketch
from plfkit.sources.drafting.writing import Page, clean_comment, write_comment, write_toml_text
from plfkit.sources.references import spell_column

_LONGEST = 46


def list_columns(sketch: Sketch) -> list[str]:
    """Return comments that say of each column what it holds, and what it seems to be."""
    for column in sketch.table.columns:
        sketch.fates.setdefault(column, Fate(is_open=True, what=UNKNOWN))
    lines = ["#", *write_comment(sketch.words("columns.heading", rows=len(sketch.table.rows)))]
    for title, columns in _group_columns(sketch):
        first, last = spell_column(columns[0].number), spell_column(columns[-1].number)
        where = first if first == last else f"{first}–{last}"
        fate = sketch.fates[columns[0]]
        what = sketch.words(f"fate.{fate.what}")
        mark = "?" if fate.is_open else "→"
        lines.append(
            f"#   {where:<6} {_shorten_title(title)}: {_describe_cells(sketch, columns)} {mark} {what}"
        )
    return [*lines, "#"]


def _group_columns(sketch: Sketch) -> Iterator[tuple[str, list[SeenColumn]]]:
    """Yield columns under their titles; those about one colleague each under what they share."""
    groups: dict[object, tuple[str, list[SeenColumn]]] = {}
    for column in sketch.table.columns:
        pattern = sketch.stars.get(column)
        key: object = column if pattern is None else pattern
        title = pattern or _show_title(sketch, column)
        groups.setdefault(key, (title, []))[1].append(column)
    yield from groups.values()


def _show_title(sketch: Sketch, column: SeenColumn) -> str:
    if not column.title:
        return sketch.words("columns.untitled")
    return column.title if sketch.may_show(column.title) else sketch.words("columns.a_name")


def _shorten_title(text: str) -> str:
    text = clean_comment(text)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _describe_cells(sketch: Sketch, columns: list[SeenColumn]) -> str:
    """Say how many cells are filled, and with what sorts of thing; not what they hold."""
    filled = sum(column.filled for column in columns)
    if not filled:
        return sketch.words("columns.blank")
    shapes: dict[str, int] = {}
    for column in columns:
        for shape, count in column.shapes.items():
            shapes[shape] = shapes.get(shape, 0) + count
    kinds = ", ".join(
        sketch.words(f"shape.{shape}")
        for shape in sorted(shapes, key=shapes.__getitem__, reverse=True)
    )
    counts = sketch.words("columns.filled", filled=filled), _count_answers(sketch, columns, filled)
    return ", ".join(filter(None, (*counts, kinds)))


def _count_answers(sketch: Sketch, columns: list[SeenColumn], filled: int) -> str:
    """Say how many different things cells hold; of one cell there is nothing to say."""
    different = len({answer for column in columns for answer in column.answers})
    if filled == 1:
        return ""
    if different == 1:
        return sketch.words("columns.alike")
    return sketch.words("columns.different", different=different)


def write_ignored(page: Page, at: str, sketch: Sketch) -> None:
    """Write the columns that are of no concern, one a line; those that may be, commented out."""
    repeated = _find_repeated_titles(sketch)
    lines = []
    for column in sketch.table.columns:
        fate = sketch.fates[column]
        if not column.title:
            page.ask(at, "", "ask.untitled", where=spell_column(column.number))
        elif column.title in repeated and not fate.is_ignored:
            page.ask(at, "", "ask.repeated_title", title=_show_title(sketch, column))
        elif fate.is_open and not fate.key and column not in sketch.stars:
            if fate.what == UNKNOWN:
                page.ask(
                    at,
                    "ignore",
                    "ask.unknown",
                    column=column.title,
                    title=_show_title(sketch, column),
                )
            if sketch.may_show(column.title):
                lines.append(_write_open_column(sketch, column))
        elif fate.is_ignored and not fate.is_open:
            note = sketch.words(f"fate.{fate.what}")
            lines.append(f"    {write_toml_text(column.title)},  # {note}")
    if lines:
        page.say(at, "tell.ignore")
        page.get_lines(at).extend(["ignore = [", *dict.fromkeys(lines), "]"])


def _write_open_column(sketch: Sketch, column: SeenColumn) -> str:
    """Write a column that may be ignored: as a proposal, unless another proposal takes it."""
    is_taken = column in sketch.proposed
    lead, key = ("# ", "tell.ignore_instead") if is_taken else ("#", "tell.or_ignore")
    return f"    {lead}{write_toml_text(column.title)},  # {sketch.words(key)}"


def _find_repeated_titles(sketch: Sketch) -> set[str]:
    titles = [column.title for column in sketch.table.columns]
    return {title for title in titles if titles.count(title) > 1}
