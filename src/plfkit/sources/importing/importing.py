"""Files into an organisation, as a mapping says: every fault of all of them in one pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from attrs import asdict, define, evolve, field

from plfkit.errors import Fault, InvalidDataError, Place
from plfkit.hints import Hint
from plfkit.model.records.checking import advise_on_tables, check_tables
from plfkit.model.records.organisation import Organisation
from plfkit.model.records.rows import NATIVE_ROWS
from plfkit.model.records.schema import list_column_specs
from plfkit.model.words.vocabulary import Vocabulary, hint_at_word
from plfkit.sources.given import GivenFile, read_given_file
from plfkit.sources.importing.answering import SurveyTaker
from plfkit.sources.importing.claiming import Claims, claim_columns
from plfkit.sources.importing.cutting import ExportTable, cut_table
from plfkit.sources.importing.edges import EdgeTaker
from plfkit.sources.importing.gathering import GatheredRows, join_tables
from plfkit.sources.importing.known import SAME_ROW, KnownOrganisation, yield_table_cells
from plfkit.sources.importing.language import ImportMapping
from plfkit.sources.importing.lists import read_list
from plfkit.sources.importing.looking import Finder
from plfkit.sources.importing.meetings import MeetingTaker
from plfkit.sources.importing.names import read_names
from plfkit.sources.importing.network import NetworkTaker
from plfkit.sources.importing.people import People, is_nobody
from plfkit.sources.importing.rawrows import RawSheet, read_raw_sheets
from plfkit.sources.importing.reading import TakeReader
from plfkit.sources.importing.scale import ScaleTaker
from plfkit.sources.importing.staff import StaffTaker
from plfkit.sources.importing.take import (
    FileWords,
    MappedCommunity,
    MappedSurvey,
    MappedUnit,
    Take,
)
from plfkit.sources.importing.titles import match_title
from plfkit.sources.limits import Limits

HIDING = frozenset({"bad_csv", "row_width", "uncomputed", "error_cell", "merged_cells"})
"""What is wrong with rows and cells that cannot be read: what else a table has is told all the same."""
NAMES = frozenset({"named", "person", "name", "also", "source", "target"})
"""What names persons: names are looked up, and words say only which of them mean another, or none."""
_MAPPING = "mapping"
_DECLARED_TITLES = {
    table: {spec.name: f"{word}.{spec.name}" for spec in list_column_specs(NATIVE_ROWS[table])}
    for table, word in {
        "units": "units",
        "communities": "communities",
        "surveys": "survey",
        "registrations": "complete",
    }.items()
}
"""What a mapping calls the columns of the rows that are its own."""


def apply_mapping(
    mapping: ImportMapping,
    files: Sequence[GivenFile],
    before: Organisation,
    vocabulary: Vocabulary,
    limits: Limits,
) -> Organisation:
    """Read files as a mapping says, and add what they hold to an organisation.

    Args:
        mapping: The mapping. Lists that it names are among the files, or stand beside it.
        files: The files.
        before: The organisation.
        vocabulary: The kinds that cells may name.
        limits: How much is read.

    Raises:
        InvalidDataError: Something is not as the mapping says, or not said; every fault is in it.
        LimitError: A file is too large.
        MissingExtraError: A workbook is read, and the libraries for it are not installed.
    """
    return _Importer(mapping, files, before, vocabulary, limits).import_takes()


@define
class _Importer:
    """Applies a mapping to files."""

    mapping: ImportMapping
    files: Sequence[GivenFile]
    before: Organisation
    vocabulary: Vocabulary
    limits: Limits
    faults: list[Fault] = field(factory=list)
    advice: list[Fault] = field(factory=list)
    declared: GatheredRows = field(factory=lambda: GatheredRows(_MAPPING, _DECLARED_TITLES))
    gathered: list[GatheredRows] = field(factory=list)
    _sheets: dict[tuple[str, str, str], list[RawSheet]] = field(factory=dict)
    _left_out: Counter[tuple[Place, str]] = field(factory=Counter)
    _rows_left_out: dict[tuple[Place, str], set[int]] = field(factory=dict)

    def import_takes(self) -> Organisation:
        """Return the organisation with everything that was taken."""
        lists = {self.mapping.names, *(_name_list(take) for take in self.mapping.takes)} - {None}
        beside = {name: self._find_list(str(name)) for name in lists}
        exports = [file for file in self.files if file.name not in beside]
        tables = self._cut_tables(exports)
        claims = self._claim_columns(tables)
        if any(fault.code not in HIDING for fault in self.faults):
            raise InvalidDataError(self._order_faults())
        known = self._build_known(beside)
        self._gather_declared_places()
        for take, table, of_take in zip(self.mapping.takes, tables, claims, strict=True):
            self._apply_take(take, table, of_take, known, beside)
            if take.kind == "staff" and any(fault.code in HIDING for fault in self.faults):
                break  # whoever is not found further down may stand in a row that cannot be read
        if self.faults:
            raise InvalidDataError(self._order_faults())
        counts = {
            **self._left_out,
            **{what: len(rows) for what, rows in self._rows_left_out.items()},
        }
        for (place, key), count in counts.items():
            if count:
                self._add_advice("left_out", place, Hint(key, count=count))
        return self._build_organisation(known)

    # The files.

    def _find_list(self, name: str) -> GivenFile:
        """Return a list that the mapping names: one of the files, or one beside the mapping."""
        for file in self.files:
            if file.name == name:
                return file
        if self.mapping.folder is None:
            fault = Fault("unreadable", Place(name), Hint("import.list_not_given"))
            raise InvalidDataError([fault])
        return read_given_file(self.mapping.folder / name, self.limits)

    def _cut_tables(self, exports: Sequence[GivenFile]) -> list[ExportTable]:
        tables: list[ExportTable] = []
        cut: dict[Any, ExportTable] = {}
        read: set[str] = set()
        for take in self.mapping.takes:
            words = take.file
            file = self._choose_file(words, exports)
            sheet = None if file is None else self._choose_sheet(words, file)
            if file is None or sheet is None:
                raise InvalidDataError(self._order_faults())
            read.add(file.name)
            key = (sheet.file, evolve(words, ignore=(), dates="iso", ends="day after", decimal="."))
            if key not in cut:
                cut[key] = cut_table(sheet, words, self.limits)
            tables.append(cut[key])
        for file in exports:
            if file.name not in read:
                self._add_advice("unread_file", Place(file.name), Hint("import.unread_file"))
        return tables

    def _choose_file(self, words: FileWords, exports: Sequence[GivenFile]) -> GivenFile | None:
        """Return the one file that a take means."""
        found = [file for file in exports if match_title(file.name, words.name) is not None]
        if len(found) == 1:
            return found[0]
        names = tuple(file.name for file in exports)
        key = "import.several_files" if found else "import.no_file_named"
        hint = Hint(key, pattern=words.name, names=names)
        self.faults.append(Fault("unknown_table", Place(_MAPPING), hint))
        return None

    def _choose_sheet(self, words: FileWords, file: GivenFile) -> RawSheet | None:
        """Return the one sheet that a take means."""
        key = (file.name, words.encoding, words.delimiter)
        if key not in self._sheets:
            self._sheets[key] = read_raw_sheets(file, words.dialect, self.limits)
        sheets = self._sheets[key]
        found = [
            sheet
            for sheet in sheets
            if words.sheet is None
            or (sheet.sheet is not None and match_title(sheet.sheet, words.sheet) is not None)
        ]
        if len(found) == 1:
            return found[0]
        names = tuple(str(sheet.sheet) for sheet in sheets)
        near = hint_at_word(words.sheet or "", names) or Hint("near.sheets", names=names)
        self.faults.append(
            Fault("unknown_table", Place(file.name), Hint("import.sheet", near=near))
        )
        return None

    def _claim_columns(self, tables: Sequence[ExportTable]) -> list[Claims]:
        """Find the columns of which each take speaks; takes of one table are looked at together."""
        claims: dict[int, Claims] = {}
        for table in {id(table): table for table in tables}.values():
            takes = [n for n, other in enumerate(tables) if other is table]
            found, faults, absent = claim_columns(table, [self.mapping.takes[n] for n in takes])
            self.faults += table.faults
            claims |= dict(zip(takes, found, strict=True))
            self.faults += faults
            for title in absent:
                place = Place(table.file, table.header, title)
                self._add_advice("missing_column", place, Hint("import.absent_title"))
            if table.skipped:
                hint = Hint("import.skipped", count=table.skipped)
                self._add_advice("left_out", Place(table.file), hint)
        return [claims[n] for n in range(len(tables))]

    # What is known.

    def _build_known(self, beside: Mapping[Any, GivenFile]) -> KnownOrganisation:
        names = self.mapping.names
        decided = {} if names is None else read_names(beside[names], self.limits)
        known = KnownOrganisation(self.vocabulary, People(decided))
        known.add_organisation(self.before)
        known.add_declared_places(self.mapping)
        return known

    def _gather_declared_places(self) -> None:
        """Gather the units and communities of the mapping that are not there yet."""
        places: dict[str, Mapping[str, MappedUnit | MappedCommunity]]
        places = {"units": self.mapping.units, "communities": self.mapping.communities}
        for table, declared in places.items():
            there = {row.id: row for row in getattr(self.before, table)}
            for place, said in declared.items():
                cells = asdict(said)
                if place not in there:
                    self.declared.add_row(table, None, id=place, **cells)
                    continue
                for name, value in cells.items():
                    if value is not None and value != getattr(there[place], name):
                        self._refuse_other_place(f"{table}.{place}.{name}")

    def _refuse_other_place(self, path: str) -> None:
        """Refuse what a mapping says of a unit or a community that the data have otherwise."""
        place = Place(_MAPPING, None, path)
        self.faults.append(Fault("contradiction", place, Hint("import.other_place")))

    # The takes.

    def _apply_take(
        self,
        take: Take,
        table: ExportTable,
        claims: Claims,
        known: KnownOrganisation,
        beside: Mapping[Any, GivenFile],
    ) -> None:
        reader = TakeReader(take, table, claims, self.faults, _make_word_test(self.vocabulary))
        finder = Finder(reader, known)
        rows = GatheredRows(table.file, _name_titles(reader))
        self.gathered.append(rows)
        if take.kind == "staff":
            StaffTaker(reader, known, finder, rows).take_rows()
        elif take.kind == "meetings":
            MeetingTaker(reader, known, finder, rows, self.declared).take_rows()
        else:
            self._apply_survey_take(reader, finder, rows, beside)
        self._advise_on_take(reader)

    def _apply_survey_take(
        self,
        reader: TakeReader,
        finder: Finder,
        rows: GatheredRows,
        beside: Mapping[Any, GivenFile],
    ) -> None:
        take, known = reader.take, finder.known
        survey = None
        if take.survey is not None:
            self._check_relation(take.survey)
            name = _name_list(take)
            lists = {} if name is None else {name: self._list_people(beside[name], finder)}
            kind = "scale" if take.kind == "scale" else "network"
            survey = SurveyTaker(
                reader, known, finder, rows, self.declared, take.survey, kind, lists
            )
        if take.kind == "edges":
            EdgeTaker(reader, known, finder, rows, survey).take_rows()
        elif survey is not None:
            (NetworkTaker if take.kind == "network" else ScaleTaker)(survey).take_rows()

    def _check_relation(self, survey: MappedSurvey) -> None:
        """Refuse a relation that there is not, once and not for each tie."""
        relation = survey.relation
        if relation is None or self.vocabulary.resolve("relations", relation) is not None:
            return
        known = self.vocabulary.relations
        near = hint_at_word(relation, known) or Hint("near.there_are", names=tuple(known))
        place = Place(_MAPPING, None, "survey.relation")
        self.faults.append(Fault("unknown_kind", place, Hint("import.unknown_relation", near=near)))

    def _list_people(self, file: GivenFile, finder: Finder) -> list[str]:
        """Return the people of a list: ids or names in its first column, under a title."""
        found: dict[str, None] = {}
        table = cut_table(read_list(file, self.limits), FileWords(), self.limits)
        self.faults += table.faults
        if finder.known.people.find_people(table.titles[0]):
            place = Place(file.name, table.header, table.letters[0])
            self.faults.append(Fault("missing_column", place, Hint("import.person_for_title")))
        for row, cell in enumerate(table.list_cells(0)):
            place = Place(file.name, table.rows[row], table.name_column(0))
            person = finder.find_person(cell, place)
            if person is not None and not is_nobody([person]):
                found[person] = None
        return list(found)

    def _advise_on_take(self, reader: TakeReader) -> None:
        """Tell what was left out, as the mapping says, and what it does not say."""
        place, take = Place(reader.table.file), reader.take
        for key, count in reader.left_out.items():
            self._left_out[place, key] += count
        for key, rows in reader.rows_left_out.items():
            self._rows_left_out.setdefault((place, key), set()).update(rows)
        if take.kind == "network" and take.asked is None and not reader.has("asked"):
            self._add_advice("not_said", place, Hint("import.nobody_said"))

    def _add_advice(self, code: Any, place: Place, hint: Hint) -> None:
        self.advice.append(Fault(code, place, hint))

    # The organisation.

    def _build_organisation(self, known: KnownOrganisation) -> Organisation:
        before = {**self.before.tables}
        for table, columns in SAME_ROW.items():
            keys = yield_table_cells(before[table], columns)
            kept = np.array([key not in known.replaced[table] for key in keys], np.bool_)
            before[table] = before[table].take(kept)
        joined = join_tables(before, [self.declared, *self.gathered], self.vocabulary)
        faults = [*joined.faults]
        faults += map(joined.locate_fault, check_tables(joined.tables, self.vocabulary))
        if faults:
            self.faults += faults
            raise InvalidDataError(self._order_faults())
        advice = map(joined.locate_fault, advise_on_tables(joined.tables))
        return Organisation.of_checked(
            joined.tables,
            vocabulary=self.vocabulary,
            title=self.before.title,
            synthetic=self.before.synthetic,
            advice=[*dict.fromkeys(self.advice), *advice],
        )

    def _order_faults(self) -> Iterator[Fault]:
        """Return each fault once, file by file from the top."""
        order = {fault.place.file: n for n, fault in reversed(list(enumerate(self.faults)))}
        once = dict.fromkeys(self.faults)
        return iter(sorted(once, key=lambda f: (order[f.place.file], f.place.row or 0)))


def _name_list(take: Take) -> str | None:
    """Return the file that says who was asked, if one does."""
    return take.asked[0] if isinstance(take.asked, list) else None


def _make_word_test(vocabulary: Vocabulary) -> Any:
    """Return what tells whether a word of a column means something by itself."""
    sections = {
        "community_role": "membership_roles",
        "role": "participation_roles",
        "kind": "event_kinds",
        "relation": "relations",
    }

    def is_known(key: str, text: str) -> bool:
        section = sections.get(key)
        return key in NAMES or (
            section is not None and vocabulary.resolve(section, text) is not None
        )

    return is_known


def _name_titles(reader: TakeReader) -> Mapping[str, Mapping[str, str]]:
    """Return what a file calls the columns of native tables, where one of its columns holds them."""
    called = {key: reader.name_column(key) for key in reader.claims.columns if key != "items"}
    titles = {key: title for key, title in called.items() if title is not None}
    for native, key in {"fte": "hours", "id": "person", "source": "person"}.items():
        if key in titles:
            titles.setdefault(native, titles[key])
    return dict.fromkeys(NATIVE_ROWS, titles)
