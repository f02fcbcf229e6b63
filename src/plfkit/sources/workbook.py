"""One Excel workbook: a sheet a native table, and a sheet that says what the data are."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve

from plfkit.errors import Fault, Place
from plfkit.hints import Hint
from plfkit.model.records.organisation import Organisation
from plfkit.model.records.rows import NATIVE_ROWS, REQUIRED_TABLES
from plfkit.model.words.vocabulary import Vocabulary, load_core_vocabulary
from plfkit.sources.about_sheet import ABOUT, read_about
from plfkit.sources.assembling import assemble_organisation
from plfkit.sources.cells import RawTable, hint_at_table, list_header_faults, read_table
from plfkit.sources.dialects import Dialect
from plfkit.sources.given import GivenFile
from plfkit.sources.limits import Limits
from plfkit.sources.sheets import NOTE, WorkbookSheet, lay_out_sheet, open_sheets
from plfkit.sources.template.filled import FilledTemplate
from plfkit.sources.template.layout import find_template_language
from plfkit.sources.template.reading import read_template


def read_workbook(
    file: GivenFile, vocabulary: Vocabulary | None, dialect: Dialect, limits: Limits
) -> Organisation:
    """Read a workbook: native sheets, or the template filled in.

    Args:
        file: The .xlsx file.
        vocabulary: The kinds that rows may name; if None, those that the workbook says they name.
        dialect: How numbers and dates are written that are stored as text.
        limits: How much is read.

    Raises:
        InvalidDataError: The workbook or its rows have faults; all of them are in it.
        LimitError: The workbook is too large.
        MissingExtraError: python-calamine is not installed.
    """
    sheets, faults = open_sheets(file, limits)
    about, wrong = read_about(sheets)
    words = vocabulary or about.vocabulary or load_core_vocabulary()
    faults += [*wrong, *about.find_conflicts(words, ABOUT)]
    if (language := find_template_language(sheets)) is not None:
        written = evolve(dialect, ends="last day")  # as the template asks for them
        filled = FilledTemplate(language, about, words, written, limits)
        return read_template(sheets, filled, faults)
    faults += _list_sheet_faults(sheets)
    raw = {
        name: _read_native_sheet(sheets[name], part, limits)
        for name, part in NATIVE_ROWS.items()
        if name in sheets
    }
    reads = {
        name: read_table(table, NATIVE_ROWS[name], words, dialect) for name, table in raw.items()
    }
    return assemble_organisation(reads, about, words, faults)


def _list_sheet_faults(sheets: Mapping[str, WorkbookSheet]) -> list[Fault]:
    faults = []
    for name, sheet in sheets.items():
        if name not in NATIVE_ROWS and name != ABOUT and not sheet.is_blank:
            near = hint_at_table(name.lower())
            hint = Hint("table.unknown_sheet", near=near, note=NOTE)
            faults.append(Fault("unknown_table", Place(name), hint))
    faults += [
        Fault("missing_table", Place(name), Hint("table.needs_sheet"))
        for name in REQUIRED_TABLES
        if name not in sheets
    ]
    return faults


def _read_native_sheet(sheet: WorkbookSheet, part: type, limits: Limits) -> RawTable:
    grid = lay_out_sheet(sheet, limits)
    if not grid.titles:
        empty = Fault("empty_file", Place(sheet.name, 1), Hint("file.empty_sheet"))
        return RawTable(file=sheet.name, faults=[empty])
    faults = list_header_faults(grid.titles, part, sheet.name, grid.row, called=grid.name_column)
    if faults:
        return RawTable(file=sheet.name, faults=[*faults, *grid.faults])
    return grid.to_raw_table(grid.titles, numbers_are_ids=True)
