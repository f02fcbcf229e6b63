"""A filled-in template into an organisation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from attrs import evolve, frozen

from plfkit.errors import Fault, Place
from plfkit.model.organisation import Organisation
from plfkit.model.parts import PARTS
from plfkit.model.schema import DATE
from plfkit.model.vocabulary import Vocabulary, did_you_mean, normalise_title
from plfkit.sources.assembling import assemble
from plfkit.sources.cells import Coded, RawTable, ReadTable, cells_of, coded, read_table, rows_of
from plfkit.sources.descriptor import About
from plfkit.sources.dialects import Dialect
from plfkit.sources.grid import Grid
from plfkit.sources.limits import Limits
from plfkit.sources.sheets import NOTE, Sheet, lay_out_sheet
from plfkit.sources.template.assessments import Reader, answers, surveys
from plfkit.sources.template.layout import (
    LANGUAGES,
    PROFILE,
    TemplateColumn,
    TemplateSheet,
    flags,
    layout,
    registers,
)

_POSITION = ("unit", "role", "fte", "subject", "valid_from", "valid_to")


def read_template(
    sheets: Mapping[str, Sheet],
    language: str,
    vocabulary: Vocabulary,
    dialect: Dialect,
    limits: Limits,
    faults: Sequence[Fault],
) -> Organisation:
    """Read a template that was filled in.

    Args:
        sheets: The workbook's sheets by name.
        language: The language of the template.
        vocabulary: The kinds that rows may name.
        dialect: How numbers and dates are written that are stored as text.
        limits: How much is read.
        faults: What was already found wrong with the workbook.

    Raises:
        InvalidDataError: The sheets have faults; all of them are in it.
    """
    filled = _Filled(language, vocabulary, dialect, limits)
    found = [*faults, *filled.strangers(sheets)]
    raw = {sheet.id: filled.cells(sheet, sheets) for sheet in layout().sheets}
    found += raw["assessments"].faults  # the others go on with their tables
    examples, mixed = _examples(raw)
    reads = filled.tables(raw, found)
    about = About(
        title=layout().title if examples else None,
        synthetic=examples,
        profile=_profile(sheets),
    )
    called = {"persons": raw["employees"].file, "positions": raw["employees"].file}
    called |= {"communities": raw["teams"].file, "units": raw["units"].file}
    called |= {"memberships": raw["members"].file, "answers": raw["assessments"].file}
    return assemble(reads, about, vocabulary, [*found, *mixed], called=called)


def _profile(sheets: Mapping[str, Sheet]) -> str | None:
    """Return the profile whose words the template was written in, as its guide says."""
    titles = {normalise_title(layout().guide[language]) for language in LANGUAGES}
    for name, sheet in sheets.items():
        for row in sheet.rows if normalise_title(name) in titles else ():
            if row[:1] == [PROFILE] and len(row) > 1 and isinstance(row[1], str):
                return row[1]
    return None


@frozen
class _Filled:
    """A template in somebody's words."""

    language: str
    vocabulary: Vocabulary
    dialect: Dialect
    limits: Limits

    def strangers(self, sheets: Mapping[str, Sheet]) -> Iterator[Fault]:
        """Find sheets that the template does not have, and those it has that are missing."""
        known = [sheet.name[self.language] for sheet in layout().sheets]
        known.append(layout().guide[self.language])
        there = {normalise_title(name) for name in sheets}
        for name, sheet in sheets.items():
            if not sheet.is_blank and normalise_title(name) not in {
                normalise_title(other) for other in known
            }:
                near = did_you_mean(name, known) or f": its sheets are {', '.join(known)}"
                hint = f"the template has no such sheet{near}; notes go into sheets named _…"
                yield Fault("unknown_table", Place(name), hint)
        employees = layout().sheet("employees").name[self.language]
        if normalise_title(employees) not in there:
            hint = "this sheet is required: add it, with the columns of the template"
            yield Fault("missing_table", Place(employees), hint)

    def cells(self, sheet: TemplateSheet, sheets: Mapping[str, Sheet]) -> RawTable:
        """Return the cells of one sheet by the ids of its columns."""
        wanted = normalise_title(sheet.name[self.language])
        found = next((s for n, s in sheets.items() if normalise_title(n) == wanted), None)
        if found is None or not (grid := lay_out_sheet(found, self.limits)).titles:
            return RawTable(file=sheet.name[self.language])
        columns = sheet.columns_in(self.vocabulary, layout().scale)
        names = {
            normalise_title(text): column.id
            for column in columns
            for text in (column.name.da, column.name.en)
        }
        ids = [names.get(normalise_title(title), "") for title in grid.titles]
        if faults := list(self._header_faults(grid, ids, columns)):
            return RawTable(file=found.name, faults=[*faults, *grid.faults])
        return grid.table(ids, numbers_are_ids=True)

    def _header_faults(
        self, grid: Grid, ids: list[str], columns: Sequence[TemplateColumn]
    ) -> Iterator[Fault]:
        titles = [column.name[self.language] for column in columns]
        for number, (title, name) in enumerate(zip(grid.titles, ids, strict=True), 1):
            if not name:
                near = did_you_mean(title, titles)
                place = Place(grid.file, grid.row, title if near else grid.called(number))
                hint = near or f": its columns are {', '.join(titles)}"
                hint = f"this sheet has no such column{hint}; notes go into a sheet named {NOTE}…"
                yield Fault("unknown_column", place, hint, title)
            elif name in ids[: number - 1]:
                place = Place(grid.file, grid.row, title)
                yield Fault("duplicate_column", place, "keep one of the two")
        for column in columns:
            if column.required and column.id not in ids:
                place = Place(grid.file, grid.row, column.name[self.language])
                hint = f"the sheet needs this column: {column.help.en}"
                yield Fault("missing_column", place, hint)

    def tables(self, raw: Mapping[str, RawTable], faults: list[Fault]) -> dict[str, ReadTable]:
        """Return the native tables that the sheets hold."""
        employees, teams = raw["employees"], raw["teams"]
        told = Reader(self.vocabulary, self.dialect, faults).told(raw["assessments"], teams)
        native = {
            "units": raw["units"],
            "persons": _people(employees, faults),
            "positions": _positions(employees, self.dialect),
            "communities": _without(_worded(teams, "charter", flags()), "weeks"),
            "memberships": raw["members"],
            "surveys": surveys(told),
            "answers": answers(told),
            "registrations": _registrations(raw["lists"], self.dialect),
        }
        return {
            name: read_table(table, PARTS[name], self.vocabulary, self.dialect)
            for name, table in native.items()
        }


def _without(raw: RawTable, *columns: str) -> RawTable:
    kept = {name: coded for name, coded in raw.columns.items() if name not in columns}
    return evolve(raw, columns=kept)


def _examples(raw: Mapping[str, RawTable]) -> tuple[bool, list[Fault]]:
    """Tell whether all rows are the template's examples; if only some are, those are faults."""
    prefixes = tuple(f"{layout().prefix[language]}-" for language in LANGUAGES)
    left: list[Fault] = []
    own = 0
    for name, table in raw.items():
        key = layout().sheet(name).columns[0].id
        for row, cell in enumerate(cells_of(table, key)):
            if isinstance(cell, str) and cell.strip().startswith(prefixes):
                place = Place(table.file, int(table.rows[row]), table.titles.get(key, key))
                hint = "this is an example row of the template: delete it"
                left.append(Fault("example_row", place, hint, cell))
            else:
                own += 1
    return bool(left) and not own, left if own else []


def _people(employees: RawTable, faults: list[Fault]) -> RawTable:
    """Return a row for each employee: the first that has their id, with the first name given."""
    ids, names = cells_of(employees, "id"), cells_of(employees, "name")
    first: dict[Any, int] = {}
    named: dict[Any, Any] = {}
    for row, (employee, name) in enumerate(zip(ids, names, strict=True)):
        key = ("blank", row) if employee is None else employee
        first.setdefault(key, row)
        if name is None or named.setdefault(key, name) == name:
            continue
        title = employees.titles.get("name", "name")
        place = Place(employees.file, int(employees.rows[row]), title)
        hint = "an earlier row with this id has another name: correct the id or the name"
        faults.append(Fault("contradiction", place, hint, str(name)))
    kept = rows_of(employees, list(first.values()))
    columns = {key: kept.columns[key] for key in ("id",) if key in kept.columns}
    if named:
        columns["name"] = coded([named.get(key) for key in first])
    return evolve(kept, columns=columns)


def _positions(employees: RawTable, dialect: Dialect) -> RawTable:
    """Return the rows that say anything of a position; the last day becomes the first day after."""
    said = [cells_of(employees, name) for name in _POSITION]
    kept = [row for row in range(len(employees.rows)) if any(c[row] is not None for c in said)]
    rows = _until_the_day_after(rows_of(employees, kept), dialect)
    columns = {name: coded for name, coded in rows.columns.items() if name in _POSITION}
    if "id" in rows.columns:
        columns["person"] = rows.columns["id"]
    titles = {**rows.titles, "person": rows.titles.get("id", "id")}
    return evolve(rows, columns=columns, titles=titles, faults=())


def _registrations(lists: RawTable, dialect: Dialect) -> RawTable:
    """Return what is said of lists, with the words that the tables have for it."""
    named = _worded(lists, "of", registers())
    return _until_the_day_after(_worded(named, "complete", flags()), dialect)


def _until_the_day_after(rows: RawTable, dialect: Dialect) -> RawTable:
    """Return rows with the first day after in place of the last day."""
    if "valid_to" not in rows.columns:
        return rows
    last = rows.columns["valid_to"]
    ends = [_day_after(cell, dialect) for cell in last.distinct]
    return evolve(rows, columns={**rows.columns, "valid_to": Coded(last.codes, ends)})


def _day_after(cell: Any, dialect: Dialect) -> Any:
    """Return the first day after a last day; what is no day is left for the reader to refuse."""
    try:
        day = DATE.decode(dialect.canonical(DATE, cell)) if isinstance(cell, str) else cell
        return day + timedelta(days=1)
    except (TypeError, ValueError, OverflowError):
        return cell


def _worded(raw: RawTable, column: str, words: Mapping[str, str]) -> RawTable:
    """Return a sheet with the words that the tables have, where a column has the reader's own."""
    if column not in raw.columns:
        return raw
    coded = raw.columns[column]
    cells = [
        words.get(normalise_title(cell), cell) if isinstance(cell, str) else cell
        for cell in coded.distinct
    ]
    return evolve(raw, columns={**raw.columns, column: Coded(coded.codes, cells)})
