"""The sheets of an Excel workbook as rows of cells, opened only after a look into the package."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from importlib import import_module
from itertools import chain
from typing import Any

from attrs import frozen

from plfkit.errors import Fault, InvalidDataError, MissingExtraError, Place
from plfkit.hints import Hint
from plfkit.model.words.titles import normalise_title
from plfkit.sources.cells import is_blank
from plfkit.sources.given import GivenFile
from plfkit.sources.grid import Grid, lay_out_rows
from plfkit.sources.limits import Limits
from plfkit.sources.packages import look_into_package
from plfkit.sources.references import spell_column

__all__ = ["NOTE", "WorkbookSheet", "lay_out_sheet", "open_sheets", "spell_column"]
NOTE = "_"
"""What the name of a sheet begins with that is not read."""


@frozen(eq=False)
class WorkbookSheet:
    """The cells of a sheet, rows of equal length, from its first cell on."""

    name: str
    rows: Sequence[Sequence[Any]]

    @property
    def is_blank(self) -> bool:
        """Whether no cell says anything."""
        return all(map(is_blank, chain.from_iterable(self.rows)))


def open_sheets(file: GivenFile, limits: Limits) -> tuple[dict[str, WorkbookSheet], list[Fault]]:
    """Return the sheets of a workbook by name, and the faults of single cells.

    Raises:
        InvalidDataError: It is no workbook.
        LimitError: It is too large.
        MissingExtraError: python-calamine is not installed.
    """
    calamine = _import_calamine()
    package = look_into_package(file.data, file.name, limits)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(file.data))
        sheets = {
            name: WorkbookSheet(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False))
            for name in book.sheet_names
            if not name.startswith(NOTE)
        }
    except (calamine.CalamineError, ValueError, OverflowError) as error:
        hint = Hint("workbook.unreadable", error=type(error).__name__)
        raise InvalidDataError([Fault("bad_workbook", Place(file.name), hint)]) from error
    faults = [fault for fault in package.faults if not fault.place.file.startswith(NOTE)]
    return sheets, [*faults, *_find_repeated_sheets(package.sheets)]


def _find_repeated_sheets(names: Sequence[str]) -> Iterator[Fault]:
    """Find sheets of one name, as people read names: only one of them could be read."""
    seen: set[str] = set()
    for name in names:
        if (plain := normalise_title(name)) in seen:
            yield Fault("two_sheets", Place(name), Hint("table.two_sheets"))
        seen.add(plain)


def _import_calamine() -> Any:
    try:
        return import_module("python_calamine")
    except ImportError as error:
        raise MissingExtraError("excel", Hint("libraries.reading_workbook")) from error


def lay_out_sheet(sheet: WorkbookSheet, limits: Limits) -> Grid:
    """Return the table of a sheet; one without titles if it says nothing."""
    limits.hold("rows", len(sheet.rows), sheet.name)
    return lay_out_rows(
        iter(sheet.rows), Grid(file=sheet.name, name=spell_column), limits, typed=True
    )
