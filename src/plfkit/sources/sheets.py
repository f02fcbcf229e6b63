"""The sheets of an Excel workbook as rows of cells, opened only after a look into the package."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from itertools import repeat
from pathlib import Path
from typing import Any

import numpy as np
from attrs import frozen

from plfkit.errors import Fault, InvalidDataError, MissingExtraError, Place
from plfkit.model.vocabulary import normalise_title
from plfkit.sources.cells import RawTable, coded, is_blank
from plfkit.sources.limits import Limits
from plfkit.sources.packages import look_into
from plfkit.sources.references import letters

__all__ = ["NOTE", "Sheet", "coded_rows", "header_of", "letters", "open_sheets", "stray_cells"]
NOTE = "_"
"""What the name of a sheet begins with that is not read."""


@frozen(eq=False)
class Sheet:
    """The cells of a sheet, rows of equal length, from its first cell on."""

    name: str
    rows: Sequence[Sequence[Any]]


def open_sheets(path: Path, limits: Limits) -> tuple[dict[str, Sheet], list[Fault]]:
    """Return the sheets of a workbook by name, and the faults of single cells.

    Raises:
        InvalidDataError: It is no workbook.
        LimitError: It is too large.
        MissingExtraError: python-calamine is not installed.
    """
    calamine = _calamine()
    try:
        if not path.is_file():
            raise FileNotFoundError
        limits.hold("bytes", path.stat().st_size, path.name)
        data = path.read_bytes()
    except OSError as error:
        hint = "there is no such file that can be read: look at the path"
        raise InvalidDataError([Fault("unreadable", Place(str(path)), hint)]) from error
    package = look_into(data, path.name, limits)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = {
            name: Sheet(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False))
            for name in book.sheet_names
            if not name.startswith(NOTE)
        }
    except (calamine.CalamineError, ValueError, OverflowError) as error:
        hint = f"the workbook cannot be read ({type(error).__name__}): save it anew as .xlsx"
        raise InvalidDataError([Fault("bad_workbook", Place(path.name), hint)]) from error
    faults = [fault for fault in package.faults if not fault.place.file.startswith(NOTE)]
    return sheets, [*faults, *_twice(package.sheets)]


def _twice(names: Sequence[str]) -> Iterator[Fault]:
    """Find sheets of one name, as people read names: only one of them could be read."""
    seen: set[str] = set()
    for name in names:
        if (plain := normalise_title(name)) in seen:
            hint = "another sheet has this name: put both into one, or rename this one"
            yield Fault("two_sheets", Place(name), hint)
        seen.add(plain)


def _calamine() -> Any:
    try:
        return import_module("python_calamine")
    except ImportError as error:
        raise MissingExtraError("excel", "Reading a workbook") from error


def header_of(sheet: Sheet) -> list[str]:
    """Return the header of a sheet that has rows, without the blank cells at its end."""
    header = ["" if is_blank(cell) else str(cell).strip() for cell in sheet.rows[0]]
    while header and not header[-1]:
        header.pop()
    return header


def stray_cells(sheet: Sheet, width: int) -> Iterator[Fault]:
    """Find rows with cells to the right of the header."""
    for number, row in enumerate(sheet.rows[1:], 2):
        if not all(map(is_blank, row[width:])):
            hint = "the row has cells to the right of the header: remove them or name their columns"
            yield Fault("row_width", Place(sheet.name, number), hint)


def coded_rows(sheet: Sheet, titles: Mapping[str, str], names: Sequence[str]) -> RawTable:
    """Code the rows of a sheet below its header; rows that are blank throughout are passed over.

    Args:
        sheet: The sheet.
        titles: What the sheet calls each column.
        names: The columns, in the order of the sheet.
    """
    width = len(names)
    numbers = [
        number
        for number, row in enumerate(sheet.rows[1:], 2)
        if not all(map(is_blank, row[:width]))
    ]
    rows = [sheet.rows[number - 1][:width] for number in numbers]
    columns = zip(*rows, strict=True) if rows else repeat(())
    return RawTable(
        file=sheet.name,
        columns={name: coded(cells) for name, cells in zip(names, columns, strict=False)},
        rows=np.array(numbers, np.int64),
        titles=titles,
        numbers_are_ids=True,
    )
