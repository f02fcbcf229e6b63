"""Small tables that people fill in beside a mapping, as they saved them: with Excel, mostly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from plfkit.errors import InvalidDataError
from plfkit.sources.dialects import Dialect
from plfkit.sources.given import GivenFile
from plfkit.sources.importing.cutting import say_cell
from plfkit.sources.importing.rawrows import RawSheet, read_raw_sheets
from plfkit.sources.limits import Limits

_WINDOWS = "cp1252"


def read_list(given: GivenFile, limits: Limits) -> RawSheet:
    """Read a list: UTF-8 or Windows' letters, commas or semicolons, or the only sheet of a workbook.

    What stands in it must be what stands in other files to the letter, so a list in another encoding
    finds nobody; it is never taken for something else.

    Raises:
        InvalidDataError: It is no table.
        LimitError: It is too large.
    """
    sheet = _read_first_sheet(given, ",", limits)
    header = next((row for row in sheet.rows if row), ())
    if len(header) == 1 and ";" in say_cell(header[0]):
        return _read_first_sheet(given, ";", limits)
    return sheet


def _read_first_sheet(given: GivenFile, delimiter: Literal[",", ";"], limits: Limits) -> RawSheet:
    try:
        return read_raw_sheets(given, Dialect(delimiter=delimiter), limits)[0]
    except InvalidDataError as error:
        if error.faults[0].code != "encoding":
            raise
    return read_raw_sheets(given, Dialect(encoding=_WINDOWS, delimiter=delimiter), limits)[0]


def list_text_rows(sheet: RawSheet) -> list[Sequence[str]]:
    """Return the rows of a list as texts."""
    return [list(map(say_cell, row)) for row in sheet.rows]
