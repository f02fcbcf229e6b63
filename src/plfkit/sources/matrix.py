"""A survey as people export it, one row a respondent, added to an organisation by a declared mapping.

Either the cells of some columns hold the ids of those who were named (``advice_1``, ``advice_2``, …),
or each colleague has a column and a mark in it says that they were named.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from typing import Any

from attrs import Factory, evolve, field, frozen

from plfkit.errors import Fault, InvalidDataError, Place
from plfkit.model.documents import read_toml, structure
from plfkit.model.organisation import Organisation
from plfkit.model.parts import PARTS, Response, Survey, Tie
from plfkit.model.schema import DATE
from plfkit.sources.csvtext import decode, other_separator
from plfkit.sources.dialects import Dialect
from plfkit.sources.limits import Limits
from plfkit.sources.sheets import open_sheets


@frozen(kw_only=True)
class MappedSurvey:
    """The survey that the answers belong to: a row of the table surveys."""

    id: str
    relation: str
    instrument: str | None = None
    date: str | None = None
    unit: str | None = None
    max_ties: int | None = None


@frozen(kw_only=True)
class ExportFile:
    """How an export is written, if it is a CSV file."""

    encoding: str = "utf-8"
    delimiter: str = ","

    @property
    def dialect(self) -> Dialect:
        """The same, as readers of CSV take it; refuses what is no encoding and no delimiter."""
        return Dialect(encoding=self.encoding, delimiter=self.delimiter)  # type: ignore[arg-type]

    def __attrs_post_init__(self) -> None:
        """Refuse a mapping whose words plfkit does not know."""
        try:
            _ = self.dialect
        except InvalidDataError as error:
            raise ValueError(str(error.faults[0])) from error


@frozen(kw_only=True)
class SurveyMapping:
    """How an export is a survey.

    Attributes:
        survey: The survey.
        respondent: The column that says whose row it is.
        names: The columns whose cells hold those who were named; ``*`` stands for anything.
        colleagues: The columns of one colleague each; what ``*`` stands for is whose.
        marks: What a colleague's cell holds if they were named.
        unmarked: What else it may hold; blank always may.
        people: Whether people are told of by ``"id"`` or by ``"name"``, as in the table persons.
        answered: The column that says whether somebody answered; without one a row with any name
            is an answer.
        answered_when: What it holds if they did.
        silent_when: What else it may hold; blank always may.
        blank: What a row without any name is, if no column says so: ``"answered"`` or ``"silent"``.
        ignore: Columns that are of no concern.
        file: How the file is written: encoding, delimiter.
    """

    survey: MappedSurvey
    respondent: str
    names: str | None = None
    colleagues: str | None = None
    marks: tuple[str, ...] = ()
    unmarked: tuple[str, ...] = ()
    people: str = field(default="id")
    answered: str | None = None
    answered_when: tuple[str, ...] = ()
    silent_when: tuple[str, ...] = ()
    blank: str | None = field(default=None)
    ignore: tuple[str, ...] = ()
    file: ExportFile = Factory(ExportFile)

    def __attrs_post_init__(self) -> None:
        """Refuse a mapping that does not say how anybody is named."""
        if (self.names is None) == (self.colleagues is None):
            raise ValueError("say either names or colleagues: the columns that tell who was named")
        if self.colleagues is not None and (self.colleagues.count("*") != 1 or not self.marks):
            raise ValueError(
                "colleagues needs one * and marks, what a cell holds if they were named"
            )
        if (self.answered is None) != (not self.answered_when):
            raise ValueError("answered and answered_when belong together")
        if self.people not in {"id", "name"}:
            raise ValueError('people is "id" or "name"')
        if self.blank not in {None, "answered", "silent"}:
            raise ValueError('blank is "answered" or "silent"')

    @classmethod
    def read(cls, path: str | Path) -> SurveyMapping:
        """Read a mapping from a TOML file.

        Raises:
            ProfileError: The file cannot be read, or does not say what a mapping must.
        """
        return read_toml(Path(path), lambda document, where: structure(document, cls, where))


def add_survey(
    organisation: Organisation,
    path: str | Path,
    mapping: SurveyMapping,
    *,
    limits: Limits | None = None,
) -> Organisation:
    """Return an organisation with the answers of an exported survey.

    Whoever has a row was asked; those who have none were not. Nobody's silence is guessed: a row
    without any name is refused, unless the mapping says what it means.

    Args:
        organisation: To whom the answers are added.
        path: The export: a CSV file, or a workbook with one sheet.
        mapping: How it is a survey.
        limits: How much is read; generous if left out.

    Raises:
        InvalidDataError: Something is wrong with the export or its rows; every fault is in it.
        LimitError: The export is too large.
    """
    export = Path(path)
    limits = limits or Limits()
    rows = _grid(export, mapping.file.dialect, limits)
    limits.hold("rows", len(rows), export.name)
    limits.hold("columns", max(map(len, rows), default=0), export.name)
    if rows:
        _refuse_separator(rows[0], export.name, mapping.file.dialect)
    survey = _survey(mapping.survey, export.name)
    reader = _Reader(organisation, mapping, export.name)
    reader.read(rows)
    if reader.faults:
        raise InvalidDataError(sorted(reader.faults, key=lambda f: (f.place.row or 0, f.code)))
    try:
        return organisation.with_(surveys=[survey], responses=reader.responses, ties=reader.ties)
    except InvalidDataError as error:
        raise InvalidDataError(reader.placed(fault) for fault in error.faults) from error


def _survey(known: MappedSurvey, file: str) -> Survey:
    try:
        day = None if known.date is None else DATE.decode(known.date)
    except ValueError as error:
        hint = f"the survey's date in the mapping: {error}"
        raise InvalidDataError([Fault("invalid_value", Place(file), hint, known.date)]) from error
    return Survey(
        known.id, "network", known.relation, known.instrument, day, known.unit, known.max_ties
    )


def _grid(path: Path, dialect: Dialect, limits: Limits) -> list[list[str]]:
    """Return the rows of an export as text."""
    if path.suffix.lower() == ".xlsx":
        sheets, faults = open_sheets(path, limits)
        if len(sheets) != 1 or faults:
            hint = f"the workbook has {len(sheets)} sheets: leave the one with the answers"
            raise InvalidDataError(faults or [Fault("unknown_table", Place(path.name), hint)])
        return [[_digits(cell) for cell in row] for row in next(iter(sheets.values())).rows]
    try:
        if not path.is_file():
            raise FileNotFoundError
        limits.hold("bytes", path.stat().st_size, path.name)
        text = decode(path.read_bytes(), path.name, dialect)
    except (OSError, ValueError) as error:
        hint = "there is no such file that can be read: look at the path"
        raise InvalidDataError([Fault("unreadable", Place(str(path)), hint)]) from error
    if isinstance(text, Fault):
        hint = 'the text is not as the mapping says: under [file] say encoding = "cp1252", or what it is'
        raise InvalidDataError([evolve(text, hint=hint)])
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=dialect.delimiter, strict=True)
    rows: list[list[str]] = []
    try:
        rows.extend(lines)
    except csv.Error as error:
        hint = f"the row cannot be read, nor can what follows ({error}): look at its quotes"
        fault = Fault("bad_csv", Place(path.name, len(rows) + 1), hint)
        raise InvalidDataError([fault]) from error
    return rows


def _refuse_separator(header: Sequence[str], file: str, dialect: Dialect) -> None:
    if (separator := other_separator(header, dialect)) is not None:
        hint = f'the columns are separated otherwise: under [file] say delimiter = "{separator}"'
        raise InvalidDataError([Fault("delimiter", Place(file, 1), hint)])


def _digits(cell: Any) -> str:
    """Return a cell of a sheet as text; whole numbers as their digits."""
    is_whole = isinstance(cell, float) and cell.is_integer()
    return str(int(cell) if is_whole else cell)


@frozen(eq=False)
class _Reader:
    """Reads the rows of an export; what is wrong is added to the faults."""

    organisation: Organisation
    mapping: SurveyMapping
    file: str
    header: list[str] = Factory(list)
    faults: list[Fault] = Factory(list)
    responses: list[Response] = Factory(list)
    ties: list[Tie] = Factory(list)
    places: dict[str, list[Place]] = Factory(lambda: {"surveys": [], "responses": [], "ties": []})

    def read(self, rows: Sequence[Sequence[str]]) -> None:
        """Read all rows."""
        header = self.header
        header.extend(cell.strip() for cell in (rows[0] if rows else ()))
        naming = self._naming(header)
        if self.faults:
            return
        seen: set[str] = set()
        for number, cells in enumerate(rows[1:], 2):
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                hint = f"the row has {len(cells)} cells, the header {len(header)}"
                self._fault("row_width", Place(self.file, number), f"{hint}: look for separators")
                continue
            row = dict(zip(header, (cell.strip() for cell in cells), strict=True))
            place = Place(self.file, number, self.mapping.respondent)
            person = self._person(row[self.mapping.respondent], place)
            named = list(self._named(row, number, naming))
            answered = self._answered(row, number, named=bool(named))
            if person is None:
                continue
            if person in seen:
                self._fault("duplicate", place, "an earlier row is this respondent's: keep one")
                continue
            seen.add(person)
            self._keep(person, place, named, answered=answered)

    def _keep(
        self, person: str, place: Place, named: list[tuple[str, Place]], *, answered: bool
    ) -> None:
        known = self.mapping.survey
        self.responses.append(Response(known.id, person, answered=answered))
        self.places["responses"].append(place)
        targets: set[str] = set()
        for target, where in named:
            if target in targets:
                self._fault("duplicate", where, "the respondent names the same person twice")
            targets.add(target)
            self.ties.append(Tie(person, target, known.relation, known.id))
            self.places["ties"].append(where)

    def _naming(self, header: Sequence[str]) -> dict[str, str]:
        """Return the columns that tell who was named, with whose column each is, if anybody's."""
        known = self.mapping
        naming: dict[str, str] = {}
        for number, title in enumerate(header, 1):
            if title in header[: number - 1]:
                place = Place(self.file, 1, self._shown(title))
                self._fault("duplicate_column", place, "keep one of the two")
            elif title in {known.respondent, known.answered} or _fits(title, known.ignore):
                continue
            elif known.names is not None and fnmatchcase(title, known.names):
                naming[title] = ""
            elif self._is_colleague(title):
                naming[title] = self._colleague(title, Place(self.file, 1, f"number {number}"))
            else:
                hint = "the mapping does not say what this column is: say it, or add it to ignore"
                self._fault("unknown_column", Place(self.file, 1, f"number {number}"), hint, title)
        for needed in (known.respondent, known.answered):
            if needed is not None and needed not in header:
                hint = "the mapping names this column, but the file does not have it"
                self._fault("missing_column", Place(self.file, 1, needed), hint)
        if not naming:
            hint = "no column tells who was named: correct names or colleagues in the mapping"
            self._fault("missing_column", Place(self.file, 1), hint)
        return naming

    def _shown(self, title: str) -> str:
        """Return what a column is called in faults: one that has a colleague's name, its number."""
        if not self._is_colleague(title):
            return title
        return f"number {self.header.index(title) + 1}"

    def _is_colleague(self, title: str) -> bool:
        if self.mapping.colleagues is None:
            return False
        before, _, after = self.mapping.colleagues.partition("*")
        is_long_enough = len(title) > len(before) + len(after)
        return is_long_enough and title.startswith(before) and title.endswith(after)

    def _colleague(self, title: str, place: Place) -> str:
        """Return whose column it is; the empty text, and a fault, if it is nobody's."""
        before, _, after = (self.mapping.colleagues or "").partition("*")
        return self._person(title[len(before) : len(title) - len(after)], place) or ""

    def _named(
        self, row: Mapping[str, str], number: int, naming: Mapping[str, str]
    ) -> Iterator[tuple[str, Place]]:
        """Yield who was named in a row, and where."""
        for title, whose in naming.items():
            cell, place = row[title], Place(self.file, number, self._shown(title))
            if not cell or cell in self.mapping.unmarked:
                continue
            if not whose:
                if (person := self._person(cell, place)) is not None:
                    yield person, place
            elif cell in self.mapping.marks:
                yield whose, place
            else:
                hint = "the mapping does not say what this mark means: add it to marks or unmarked"
                self._fault("unknown_mark", place, hint, cell)

    def _answered(self, row: Mapping[str, str], number: int, *, named: bool) -> bool:
        known = self.mapping
        if known.answered is not None:
            cell = row[known.answered]
            answered = cell in known.answered_when
            if cell and cell not in (*known.answered_when, *known.silent_when):
                hint = "the mapping does not say what this means: add it to answered_when or silent_when"
                self._fault("unknown_mark", Place(self.file, number, known.answered), hint, cell)
            elif named and not answered:
                hint = "the row names people, but says that nobody answered: correct one of the two"
                self._fault("contradiction", Place(self.file, number, known.answered), hint)
            return answered
        if named:
            return True
        if known.blank is None:
            hint = (
                "the row names nobody: say in the mapping which column tells whether somebody "
                'answered, or what such a row means: blank = "answered" or "silent"'
            )
            self._fault("ambiguous", Place(self.file, number), hint)
        return known.blank == "answered"

    def _person(self, text: str, place: Place) -> str | None:
        """Return the id of the person that a cell tells of; None, and a fault, if it is nobody's."""
        found = self._people.get(text, ())
        if len(found) == 1:
            return found[0]
        if not text:
            self._fault("missing_value", place, "a value is required here")
        elif found:
            hint = f"{len(found)} persons have this name: tell of them by id"
            self._fault("ambiguous", place, hint, text)
        else:
            hint = f"no row of persons has this {self.mapping.people}: add it there or correct it"
            self._fault("dangling_reference", place, f"{hint} here", text)
        return None

    @cached_property
    def _people(self) -> Mapping[str, list[str]]:
        persons = self.organisation.persons
        people: dict[str, list[str]] = {}
        names = persons.column(self.mapping.people).tolist()
        for called, person in zip(names, persons.column("id").tolist(), strict=True):
            if called is not None:
                people.setdefault(called, []).append(person)
        return people

    def _fault(self, code: str, place: Place, hint: str, value: str | None = None) -> None:
        self.faults.append(Fault(code, place, hint, value))

    def placed(self, fault: Fault) -> Fault:
        """Return a fault of the rows that were added as one of the export."""
        table, row = fault.place.file, fault.place.row or 0
        places = self.places.get(table, [])
        before = len(self.organisation.tables[table]) if table in PARTS else 0
        if not before < row <= before + len(places):
            return fault
        return evolve(fault, place=places[row - before - 1])


def _fits(title: str, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(title, pattern) for pattern in patterns)
