"""How a file is written, and where a table stands in it, as a mapping says it."""

from __future__ import annotations

from collections.abc import Sequence

from plfkit.sources.drafting.columns import SeenColumn
from plfkit.sources.drafting.days import (
    list_day_columns,
    list_open_ends,
    write_dates,
    write_decimal,
    write_end_days,
)
from plfkit.sources.drafting.listing import list_columns, write_ignored
from plfkit.sources.drafting.looking import SeenFile
from plfkit.sources.drafting.sketching import Sketch
from plfkit.sources.drafting.tables import SeenTable
from plfkit.sources.drafting.writing import Page, write_toml_value

_NUMBER_KEYS = {"hours", "fte", "full_time", "weight"}


def write_file_form(
    page: Page, at: str, file: SeenFile, sheet: str | None, sketch: Sketch, *, again: bool = False
) -> None:
    """Write how a file is written, and where a table stands in it.

    Args:
        page: Where.
        at: The table of the page; the empty text for its own.
        file: The file.
        sheet: The name of the sheet.
        sketch: The table, of which all takes are written.
        again: Whether it stands in an earlier take already: then nothing is asked or explained anew.
    """
    table, questions = sketch.table, len(page.questions)
    if file.encoding is not None:
        _write_text_form(page, at, file)
    elif sheet is not None and file.has_sheets:
        page.put(at, "sheet", sheet)
    if not table.is_first:
        page.put(at, "header", table.named)
    if table.labels is not None:
        page.put(at, "labels", table.labels[0])
    if skipped := _list_skipped(table):
        page.say(at, "tell.skip")
        page.get_lines(at).append(skipped)
    if table.until is not None:
        page.put(at, "until", table.until)
    if (cells := table.name_cells()) is not None:
        page.put(at, "cells", cells)
    days = list_day_columns(sketch)
    write_dates(page, at, days)
    write_end_days(page, at, sketch)
    numbers = [column for column, fate in sketch.fates.items() if fate.key in _NUMBER_KEYS]
    write_decimal(page, at, numbers)
    _write_empty(page, at, sketch, days)
    if not again:
        page.get_lines(at).extend(list_columns(sketch))
    write_ignored(page, at, sketch)
    if again:
        del page.questions[questions:]


def _write_text_form(page: Page, at: str, file: SeenFile) -> None:
    if file.encoding != "utf-8" and file.encoding is not None:
        if file.is_encoding_sure:
            page.put(at, "encoding", file.encoding)
        else:
            page.ask(at, "encoding", "ask.encoding")
            page.offer(at, "encoding", file.encoding)
    if file.delimiter != ",":
        page.put(at, "delimiter", file.delimiter)


def _list_skipped(table: SeenTable) -> str | None:
    """Return the line that names the rows without data: some by number, some by what they say."""
    rows = [str(table.import_ids)] if table.import_ids else []
    rows += map(write_toml_value, table.totals)
    return f"skip = [{', '.join(rows)}]" if rows else None


def _write_empty(page: Page, at: str, sketch: Sketch, days: Sequence[SeenColumn]) -> None:
    if ends := list_open_ends(days):
        page.put(at, "empty", ends, page.words("tell.open_ends"))
    dashes = sum(c.answers.get("-", 0) for c in sketch.table.columns)
    if dashes:
        page.ask(at, "empty", "ask.dashes", count=dashes)
        page.offer(at, "empty", [*ends, "-"])
