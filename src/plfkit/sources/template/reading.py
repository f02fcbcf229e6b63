"""A filled-in template into an organisation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import evolve, frozen

from plfkit.errors import Fault, Place
from plfkit.hints import LANGUAGES, Hint
from plfkit.model.records.organisation import Organisation
from plfkit.model.records.rows import NATIVE_ROWS
from plfkit.model.words.vocabulary import Vocabulary, hint_at_word, normalise_title
from plfkit.sources.assembling import assemble_organisation
from plfkit.sources.cells import (
    CodedCells,
    DecodedTable,
    RawTable,
    code_cells,
    list_cells,
    read_table,
    take_raw_rows,
)
from plfkit.sources.descriptor import About
from plfkit.sources.dialects import Dialect
from plfkit.sources.grid import Grid
from plfkit.sources.limits import Limits
from plfkit.sources.sheets import NOTE, WorkbookSheet, lay_out_sheet
from plfkit.sources.template.assessments import (
    StatementReader,
    build_answer_rows,
    build_survey_rows,
)
from plfkit.sources.template.layout import (
    PROFILE,
    TemplateColumn,
    TemplateSheet,
    load_layout,
    map_allowed_words,
    map_flag_words,
    map_register_words,
)

_POSITION = ("unit", "role", "fte", "subject", "valid_from", "valid_to")


def read_template(
    sheets: Mapping[str, WorkbookSheet],
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
        dialect: How numbers and dates are written that are stored as text; ends are last days.
        limits: How much is read.
        faults: What was already found wrong with the workbook.

    Raises:
        InvalidDataError: The sheets have faults; all of them are in it.
    """
    filled = _FilledTemplate(language, vocabulary, dialect, limits)
    found = [*faults, *filled.check_sheet_names(sheets)]
    raw = {sheet.id: filled.read_sheet_cells(sheet, sheets) for sheet in load_layout().sheets}
    found += raw["assessments"].faults  # the others go on with their tables
    examples, mixed = _judge_example_rows(raw)
    reads = filled.build_native_tables(raw, found)
    about = About(
        title=load_layout().title if examples else None,
        synthetic=examples,
        profile=_read_guide_profile(sheets),
    )
    called = {"persons": raw["employees"].file, "positions": raw["employees"].file}
    called |= {"communities": raw["teams"].file, "units": raw["units"].file}
    called |= {"memberships": raw["members"].file, "answers": raw["assessments"].file}
    called |= {"registrations": raw["lists"].file}
    return assemble_organisation(reads, about, vocabulary, [*found, *mixed], called=called)


def _read_guide_profile(sheets: Mapping[str, WorkbookSheet]) -> str | None:
    """Return the profile whose words the template was written in, as its guide says."""
    titles = {normalise_title(load_layout().guide[language]) for language in LANGUAGES}
    for name, sheet in sheets.items():
        for row in sheet.rows if normalise_title(name) in titles else ():
            if row[:1] == [PROFILE] and len(row) > 1 and isinstance(row[1], str):
                return row[1]
    return None


@frozen
class _FilledTemplate:
    """A template in somebody's words."""

    language: str
    vocabulary: Vocabulary
    dialect: Dialect
    limits: Limits

    def check_sheet_names(self, sheets: Mapping[str, WorkbookSheet]) -> Iterator[Fault]:
        """Find sheets that the template does not have, and those it has that are missing."""
        known = [sheet.name[self.language] for sheet in load_layout().sheets]
        known.append(load_layout().guide[self.language])
        there = {normalise_title(name) for name in sheets}
        for name, sheet in sheets.items():
            if not sheet.is_blank and normalise_title(name) not in {
                normalise_title(other) for other in known
            }:
                near = hint_at_word(name, known) or Hint("near.sheets", names=tuple(known))
                hint = Hint("table.unknown_template_sheet", near=near, note=NOTE)
                yield Fault("unknown_table", Place(name), hint)
        employees = load_layout().find_sheet("employees").name[self.language]
        if normalise_title(employees) not in there:
            yield Fault("missing_table", Place(employees), Hint("table.needs_template_sheet"))

    def read_sheet_cells(
        self, sheet: TemplateSheet, sheets: Mapping[str, WorkbookSheet]
    ) -> RawTable:
        """Return the cells of one sheet by the ids of its columns."""
        wanted = normalise_title(sheet.name[self.language])
        found = next((s for n, s in sheets.items() if normalise_title(n) == wanted), None)
        if found is None or not (grid := lay_out_sheet(found, self.limits)).titles:
            return RawTable(file=sheet.name[self.language])
        columns = sheet.list_columns(self.vocabulary, load_layout().scale)
        names = {
            normalise_title(text): column.id
            for column in columns
            for text in (column.name.da, column.name.en)
        }
        ids = [names.get(normalise_title(title), "") for title in grid.titles]
        if faults := list(self._list_title_faults(grid, ids, columns)):
            return RawTable(file=found.name, faults=[*faults, *grid.faults])
        cells = grid.to_raw_table(ids, numbers_are_ids=True)
        return evolve(cells, words=map_allowed_words(self.language))

    def _list_title_faults(
        self, grid: Grid, ids: list[str], columns: Sequence[TemplateColumn]
    ) -> Iterator[Fault]:
        titles = [column.name[self.language] for column in columns]
        for number, (title, name) in enumerate(zip(grid.titles, ids, strict=True), 1):
            if not name:
                near = hint_at_word(title, titles)
                place = Place(grid.file, grid.row, title if near else grid.name_column(number))
                near = near or Hint("near.columns", names=tuple(titles))
                hint = Hint("column.unknown_in_sheet", near=near, note=NOTE)
                yield Fault("unknown_column", place, hint, title)
            elif name in ids[: number - 1]:
                place = Place(grid.file, grid.row, title)
                yield Fault("duplicate_column", place, Hint("column.repeated"))
        for column in columns:
            if column.required and column.id not in ids:
                place = Place(grid.file, grid.row, column.name[self.language])
                hint = Hint("column.missing_in_sheet", help=column.help)
                yield Fault("missing_column", place, hint)

    def build_native_tables(
        self, raw: Mapping[str, RawTable], faults: list[Fault]
    ) -> dict[str, DecodedTable]:
        """Return the native tables that the sheets hold."""
        employees, teams = raw["employees"], raw["teams"]
        statements = StatementReader(self.vocabulary, self.dialect, faults).read_statements(
            raw["assessments"], teams
        )
        native = {
            "units": raw["units"],
            "persons": _build_person_rows(employees, faults),
            "positions": _build_position_rows(employees),
            "communities": _drop_raw_columns(
                _replace_words(teams, "charter", map_flag_words()), "weeks"
            ),
            "memberships": raw["members"],
            "surveys": build_survey_rows(statements),
            "answers": build_answer_rows(statements),
            "registrations": _build_registration_rows(raw["lists"]),
        }
        return {
            name: read_table(table, NATIVE_ROWS[name], self.vocabulary, self.dialect)
            for name, table in native.items()
        }


def _drop_raw_columns(raw: RawTable, *columns: str) -> RawTable:
    kept = {name: coded for name, coded in raw.columns.items() if name not in columns}
    return evolve(raw, columns=kept)


def _judge_example_rows(raw: Mapping[str, RawTable]) -> tuple[bool, list[Fault]]:
    """Tell whether all rows are the template's examples; if only some are, those are faults."""
    prefixes = tuple(f"{load_layout().prefix[language]}-" for language in LANGUAGES)
    left: list[Fault] = []
    own = 0
    for name, table in raw.items():
        key = load_layout().find_sheet(name).columns[0].id
        for row, cell in enumerate(list_cells(table, key)):
            if isinstance(cell, str) and cell.strip().startswith(prefixes):
                place = Place(table.file, int(table.rows[row]), table.titles.get(key, key))
                left.append(Fault("example_row", place, Hint("table.example_row"), cell))
            else:
                own += 1
    return bool(left) and not own, left if own else []


def _build_person_rows(employees: RawTable, faults: list[Fault]) -> RawTable:
    """Return a row for each employee: the first that has their id, with the first name given."""
    ids, names = list_cells(employees, "id"), list_cells(employees, "name")
    first: dict[Any, int] = {}
    named: dict[Any, Any] = {}
    for row, (employee, name) in enumerate(zip(ids, names, strict=True)):
        key = ("blank", row) if employee is None else employee
        first.setdefault(key, row)
        if name is None or named.setdefault(key, name) == name:
            continue
        title = employees.titles.get("name", "name")
        place = Place(employees.file, int(employees.rows[row]), title)
        faults.append(Fault("contradiction", place, Hint("row.other_name"), str(name)))
    kept = take_raw_rows(employees, list(first.values()))
    columns = {key: kept.columns[key] for key in ("id",) if key in kept.columns}
    if named:
        columns["name"] = code_cells([named.get(key) for key in first])
    return evolve(kept, columns=columns)


def _build_position_rows(employees: RawTable) -> RawTable:
    """Return the rows that say anything of a position."""
    said = [list_cells(employees, name) for name in _POSITION]
    kept = [row for row in range(len(employees.rows)) if any(c[row] is not None for c in said)]
    rows = take_raw_rows(employees, kept)
    columns = {name: coded for name, coded in rows.columns.items() if name in _POSITION}
    if "id" in rows.columns:
        columns["person"] = rows.columns["id"]
    titles = {**rows.titles, "person": rows.titles.get("id", "id")}
    return evolve(rows, columns=columns, titles=titles, faults=())


def _build_registration_rows(lists: RawTable) -> RawTable:
    """Return what is said of lists, with the words that the tables have for it."""
    named = _replace_words(lists, "of", map_register_words())
    return _replace_words(named, "complete", map_flag_words())


def _replace_words(raw: RawTable, column: str, words: Mapping[str, str]) -> RawTable:
    """Return a sheet with the words that the tables have, where a column has the reader's own."""
    if column not in raw.columns:
        return raw
    coded = raw.columns[column]
    cells = [
        words.get(normalise_title(cell), cell) if isinstance(cell, str) else cell
        for cell in coded.distinct
    ]
    return evolve(raw, columns={**raw.columns, column: CodedCells(coded.codes, cells)})
