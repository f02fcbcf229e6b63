"""A survey as people export it, one row a respondent, added to an organisation by a declared mapping.

Either the cells of some columns hold the ids of those who were named (``advice_1``, ``advice_2``, …),
or each colleague has a column and a mark in it says that they were named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from attrs import Factory, evolve, frozen

from plfkit.errors import Fault, InvalidDataError, Place
from plfkit.faults import FaultCode
from plfkit.hints import Hint
from plfkit.model.records.organisation import Organisation
from plfkit.model.records.rows import NATIVE_ROWS, Response, Survey, Tie
from plfkit.model.records.schema import DATE
from plfkit.sources.csvtext import find_other_separator, read_grid
from plfkit.sources.dialects import Dialect
from plfkit.sources.given import Given, GivenFile, read_given_file
from plfkit.sources.grid import Grid, lay_out_rows
from plfkit.sources.limits import Limits
from plfkit.sources.mapping import MappedSurvey, SurveyMapping, normalise_words
from plfkit.sources.recognising import FileKind, find_file_kind, refuse_file
from plfkit.sources.sheets import open_sheets

_TEXT_KINDS: frozenset[FileKind] = frozenset({"table", "json", "unknown"})
"""What may be CSV: a header may begin with any sign."""


def add_survey(
    organisation: Organisation,
    path: Given,
    mapping: SurveyMapping,
    *,
    limits: Limits | None = None,
) -> Organisation:
    """Return an organisation with the answers of an exported survey.

    Whoever has a row was asked; those who have none were not. Nobody's silence is guessed: a row
    without any name is refused, unless the mapping says what it means.

    Args:
        organisation: The organisation to which the answers are added.
        path: The export, a CSV file or a workbook with one sheet: its path, its bytes, or a stream
            of bytes.
        mapping: How it is to be read as a survey.
        limits: How much is read; generous if left out.

    Raises:
        InvalidDataError: Something is wrong with the export or its rows; every fault is in it.
        LimitError: The export is too large.
    """
    grid = _read_export_grid(path, mapping.file.dialect, limits or Limits())
    survey = _build_survey_row(mapping.survey, grid.file)
    reader = _ExportReader(organisation, mapping, grid)
    reader.read_answers()
    if reader.faults:
        raise InvalidDataError(sorted(reader.faults, key=lambda f: (f.place.row or 0, f.code)))
    try:
        return organisation.with_(surveys=[survey], responses=reader.responses, ties=reader.ties)
    except InvalidDataError as error:
        raise InvalidDataError(
            reader.locate_export_fault(fault) for fault in error.faults
        ) from error


def _build_survey_row(known: MappedSurvey, file: str) -> Survey:
    try:
        day = None if known.date is None else DATE.decode(known.date)
    except ValueError as error:
        hint = Hint("export.date", error=Hint.of(error))
        raise InvalidDataError([Fault("invalid_value", Place(file), hint, known.date)]) from error
    return Survey(
        known.id, "network", known.relation, known.instrument, day, known.unit, known.max_ties
    )


def _read_export_grid(given: Given, dialect: Dialect, limits: Limits) -> Grid:
    """Return the table of an export; one without titles if it says nothing."""
    file = read_given_file(given, limits)
    kind = find_file_kind(file)
    if kind == "workbook":
        return _read_only_sheet(file, limits)
    if kind not in _TEXT_KINDS:
        refuse_file(file, kind)
    grid = read_grid(file.data, file.name, dialect, limits)
    if any(fault.code == "encoding" for fault in grid.faults):
        hint = Hint("export.encoding")
        raise InvalidDataError([evolve(fault, hint=hint) for fault in grid.faults])
    if (separator := find_other_separator(grid.titles, dialect)) is not None:
        hint = Hint("export.delimiter", separator=separator)
        raise InvalidDataError([Fault("delimiter", Place(file.name, grid.row), hint)])
    if grid.faults and not grid.titles:
        raise InvalidDataError(grid.faults)
    limits.hold("rows", len(grid.rows) + 1, file.name)
    return grid


def _read_only_sheet(file: GivenFile, limits: Limits) -> Grid:
    """Return the table of a workbook with one sheet."""
    sheets, faults = open_sheets(file, limits)
    if len(sheets) != 1 or faults:
        hint = Hint("table.several_sheets", count=len(sheets))
        raise InvalidDataError(faults or [Fault("unknown_table", Place(file.name), hint)])
    rows = next(iter(sheets.values())).rows
    limits.hold("rows", len(rows), file.name)
    return lay_out_rows(iter(rows), Grid(file=file.name), limits, typed=True)


def _write_cell_text(cell: Any) -> str:
    """Return a cell of a sheet as text; whole numbers as their digits."""
    is_whole = isinstance(cell, float) and cell.is_integer()
    return str(int(cell) if is_whole else cell)


@frozen(eq=False)
class _ExportReader:
    """Reads the rows of an export; what is wrong is added to the faults."""

    organisation: Organisation
    mapping: SurveyMapping
    grid: Grid
    faults: list[Fault] = Factory(list)
    responses: list[Response] = Factory(list)
    ties: list[Tie] = Factory(list)
    places: dict[str, list[Place]] = Factory(lambda: {"surveys": [], "responses": [], "ties": []})

    def read_answers(self) -> None:
        """Read all rows."""
        naming = self._find_naming_columns()
        if self.faults:
            return
        shown = list(map(self._name_title, self._plain_titles))
        self.faults.extend([*self.grid.faults, *self.grid.list_quoting_faults(shown)])
        seen: set[str] = set()
        for number, row in self._read_export_rows():
            place = self._make_place(number, self.mapping.respondent)
            person = self._find_person_id(row[self.mapping.respondent], place)
            named = list(self._list_named_people(row, number, naming))
            answered = self._decide_answered(row, number, named=bool(named))
            if person is None:
                continue
            if person in seen:
                self._add_fault("duplicate", place, Hint("export.duplicate"))
                continue
            seen.add(person)
            self._keep_answers(person, place, named, answered=answered)

    @cached_property
    def _plain_titles(self) -> list[str]:
        return list(map(normalise_words, self.grid.titles))

    def _read_export_rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield the number of each row, and its cells as text by their titles."""
        columns = []
        for column in self.grid.columns:
            texts = [*(normalise_words(_write_cell_text(cell)) for cell in column.distinct), ""]
            columns.append([texts[code] for code in column.codes.tolist()])
        for number, *cells in zip(self.grid.rows.tolist(), *columns, strict=True):
            yield number, dict(zip(self._plain_titles, cells, strict=True))

    def _keep_answers(
        self, person: str, place: Place, named: list[tuple[str, Place]], *, answered: bool
    ) -> None:
        known = self.mapping.survey
        self.responses.append(Response(known.id, person, answered=answered))
        self.places["responses"].append(place)
        targets: set[str] = set()
        for target, where in named:
            if target in targets:
                self._add_fault("duplicate", where, Hint("export.named_twice"))
            targets.add(target)
            self.ties.append(Tie(person, target, known.relation, known.id))
            self.places["ties"].append(where)

    def _find_naming_columns(self) -> dict[str, str]:
        """Return the columns that tell who was named, with whose column each is, if anybody's."""
        known, naming = self.mapping, dict[str, str]()
        for number, title in enumerate(self._plain_titles, 1):
            place = self._make_place(self.grid.row, self.grid.name_column(number))
            if title and title in self._plain_titles[: number - 1]:
                place = self._make_place(self.grid.row, self._name_title(title))
                self._add_fault("duplicate_column", place, Hint("column.repeated"))
            elif title in {known.respondent, known.answered} or known.ignores(title):
                continue
            elif known.names_in(title):
                naming[title] = ""
            elif known.is_colleague(title):
                naming[title] = self._find_person_id(known.colleague(title), place) or ""
            else:
                self._add_fault("unknown_column", place, Hint("export.unknown_column"), title)
        for needed in (known.respondent, known.answered):
            if needed is not None and needed not in self._plain_titles:
                place = self._make_place(self.grid.row, needed)
                self._add_fault("missing_column", place, Hint("export.missing_column"))
        if not naming:
            place = self._make_place(self.grid.row)
            self._add_fault("missing_column", place, Hint("export.nobody_named"))
        return naming

    def _make_place(self, row: int | None, column: str | None = None) -> Place:
        return Place(self.grid.file, row, column)

    def _name_title(self, title: str) -> str:
        """Return what a column is called in faults: one that has a colleague's name, its number."""
        if not self.mapping.is_colleague(title):
            return title
        return self.grid.name_column(self._plain_titles.index(title) + 1)

    def _list_named_people(
        self, row: Mapping[str, str], number: int, naming: Mapping[str, str]
    ) -> Iterator[tuple[str, Place]]:
        """Yield who was named in a row, and where."""
        for title, whose in naming.items():
            cell, place = row[title], self._make_place(number, self._name_title(title))
            if not cell or cell in self.mapping.unmarked:
                continue
            if not whose:
                if (person := self._find_person_id(cell, place)) is not None:
                    yield person, place
            elif cell in self.mapping.marks:
                yield whose, place
            else:
                self._add_fault("unknown_mark", place, Hint("export.unknown_mark"), cell)

    def _decide_answered(self, row: Mapping[str, str], number: int, *, named: bool) -> bool:
        known = self.mapping
        if known.answered is not None:
            cell = row[known.answered]
            answered = cell in known.answered_when
            if cell and cell not in (*known.answered_when, *known.silent_when):
                place = self._make_place(number, known.answered)
                self._add_fault("unknown_mark", place, Hint("export.unknown_state"), cell)
            elif named and not answered:
                place = self._make_place(number, known.answered)
                self._add_fault("contradiction", place, Hint("export.names_in_silence"))
            return answered
        if named:
            return True
        if known.blank is None:
            self._add_fault("ambiguous", self._make_place(number), Hint("export.unclear_silence"))
        return known.blank == "answered"

    def _find_person_id(self, text: str, place: Place) -> str | None:
        """Return the id of the person that a cell tells of; None, and a fault, if it is nobody's."""
        found = self._ids_by_text.get(text, ())
        if len(found) == 1:
            return found[0]
        if not text:
            self._add_fault("missing_value", place, Hint("cell.blank"))
        elif found:
            hint = Hint("export.several_people", count=len(found))
            self._add_fault("ambiguous", place, hint, text)
        else:
            hint = Hint("export.nobody", people=self.mapping.people)
            self._add_fault("dangling_reference", place, hint, text)
        return None

    @cached_property
    def _ids_by_text(self) -> Mapping[str, list[str]]:
        persons = self.organisation.persons
        people: dict[str, list[str]] = {}
        names = persons.column(self.mapping.people).tolist()
        for called, person in zip(names, persons.column("id").tolist(), strict=True):
            if called is not None:
                people.setdefault(normalise_words(called), []).append(person)
        return people

    def _add_fault(
        self, code: FaultCode, place: Place, hint: Hint, value: str | None = None
    ) -> None:
        self.faults.append(Fault(code, place, hint, value))

    def locate_export_fault(self, fault: Fault) -> Fault:
        """Return a fault of the rows that were added as one of the export."""
        table, row = fault.place.file, fault.place.row or 0
        places = self.places.get(table, [])
        before = len(self.organisation.tables[table]) if table in NATIVE_ROWS else 0
        if not before < row <= before + len(places):
            return fault
        return evolve(fault, place=places[row - before - 1])
