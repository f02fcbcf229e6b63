"""The rows of a file as they stand in it: of each sheet of a workbook, or of a CSV text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import evolve, frozen

from plfkit.errors import Fault, InvalidDataError
from plfkit.hints import Hint
from plfkit.sources.csvtext import split_text_rows
from plfkit.sources.dialects import Dialect
from plfkit.sources.given import GivenFile
from plfkit.sources.limits import Limits
from plfkit.sources.recognising import find_file_kind, refuse_file
from plfkit.sources.sheets import open_sheets


@frozen(eq=False)
class RawSheet:
    """The rows of one sheet, or of a CSV text.

    Attributes:
        file: What it is called in faults.
        sheet: The name of the sheet; None for a CSV text.
        rows: The cells of each row, row 1 first; rows may be of any length, and of no cell.
        faults: Cells that a reader would silently take for blank, and rows that cannot be read.
    """

    file: str
    sheet: str | None
    rows: Sequence[Sequence[Any]]
    faults: Sequence[Fault] = ()


def read_raw_sheets(given: GivenFile, dialect: Dialect, limits: Limits) -> list[RawSheet]:
    """Read every sheet of a workbook, or the rows of a CSV text.

    Args:
        given: The file.
        dialect: How a CSV text is written.
        limits: How much is read.

    Raises:
        InvalidDataError: It is neither of the two, or in another encoding than was said.
        LimitError: It is too large.
        MissingExtraError: It is a workbook, and the libraries that read one are not installed.
    """
    kind = find_file_kind(given)
    if kind in {"table", "unknown"}:
        return [_read_text_rows(given, dialect, limits)]
    if kind != "workbook":
        refuse_file(given, kind)
    sheets, faults = open_sheets(given, limits)
    called = {name: f"{given.name}: {name}" if len(sheets) > 1 else given.name for name in sheets}
    if stray := [fault for fault in faults if fault.place.file not in sheets]:
        raise InvalidDataError(stray)
    return [
        RawSheet(called[name], name, sheet.rows, [f for f in faults if f.place.file == name])
        for name, sheet in sheets.items()
    ]


def _read_text_rows(given: GivenFile, dialect: Dialect, limits: Limits) -> RawSheet:
    try:
        rows, faults = split_text_rows(given.data, given.name, dialect)
    except InvalidDataError as error:
        hint = Hint("export.encoding")
        raise InvalidDataError([evolve(fault, hint=hint) for fault in error.faults]) from error
    limits.hold("rows", len(rows), given.name)
    limits.hold("columns", max(map(len, rows), default=0), given.name)
    return RawSheet(given.name, None, rows, faults)
