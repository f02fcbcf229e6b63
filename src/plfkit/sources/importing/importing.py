"""Files into an organisation, as a mapping says: every fault of all of them in one pass."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from attrs import define, field

from plfkit.errors import Fault, Place
from plfkit.hints import Hint
from plfkit.model.records.checking import TABLE_ADVICE, advise_on_tables, check_tables
from plfkit.model.records.organisation import Organisation
from plfkit.model.records.rows import NATIVE_ROWS
from plfkit.model.words.titles import hint_at_word
from plfkit.model.words.vocabulary import Vocabulary
from plfkit.sources.given import GivenFile
from plfkit.sources.grid import pause_collection
from plfkit.sources.importing.answering import SurveyTaker
from plfkit.sources.importing.claiming import Claims
from plfkit.sources.importing.cutting import ExportTable, cut_table
from plfkit.sources.importing.declaring import DECLARED_TITLES, PlaceDeclarer
from plfkit.sources.importing.edges import EdgeTaker
from plfkit.sources.importing.findings import HIDING, ImportFindings
from plfkit.sources.importing.gathering import MAPPING, GatheredRows, join_tables
from plfkit.sources.importing.known import SAME_ROW, KnownOrganisation, yield_table_cells
from plfkit.sources.importing.language import ImportMapping
from plfkit.sources.importing.lists import read_list
from plfkit.sources.importing.looking import Finder
from plfkit.sources.importing.meaning import CellMeanings
from plfkit.sources.importing.meetings import MeetingTaker
from plfkit.sources.importing.names import read_names
from plfkit.sources.importing.network import NetworkTaker
from plfkit.sources.importing.opening import ExportOpener, name_list
from plfkit.sources.importing.people import People, is_nobody
from plfkit.sources.importing.reading import TakeReader
from plfkit.sources.importing.scale import ScaleTaker
from plfkit.sources.importing.staff import StaffTaker
from plfkit.sources.importing.take import FileWords, MappedSurvey, Take
from plfkit.sources.limits import Limits
from plfkit.sources.renamed_cells import advise_on_renamed_cells

_NAMES = frozenset({"named", "person", "name", "also", "source", "target"})
"""What names persons: names are looked up, and words say only which of them mean another, or none."""


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
    with pause_collection():
        return _Importer(mapping, files, before, vocabulary, limits).import_takes()


@define
class _Importer:
    """Applies a mapping to files."""

    mapping: ImportMapping
    files: Sequence[GivenFile]
    before: Organisation
    vocabulary: Vocabulary
    limits: Limits
    findings: ImportFindings = field(factory=ImportFindings)
    declared: GatheredRows = field(factory=lambda: GatheredRows(MAPPING, DECLARED_TITLES))
    gathered: list[GatheredRows] = field(factory=list)

    def import_takes(self) -> Organisation:
        """Return the organisation with everything that was taken."""
        if self.mapping.advice is not None:
            self.findings.add_advice("older_format", Place(MAPPING), self.mapping.advice)
        opener = ExportOpener(self.mapping, self.files, self.limits, self.findings)
        lists = opener.read_lists()
        opened = opener.open_tables(list(lists))
        self.findings.raise_faults(but=HIDING)
        known = self._build_known(lists)
        PlaceDeclarer(
            self.mapping, self.before, known, self.declared, self.findings
        ).declare_places()
        for take, (table, claims) in zip(self.mapping.takes, opened, strict=True):
            self._apply_take(take, table, claims, known, lists)
            if take.kind == "staff" and self.findings.is_anything_hidden:
                break  # whoever is not found further down may stand in a row that cannot be read
        self.findings.raise_faults()
        return self._build_organisation(known)

    def _build_known(self, beside: Mapping[str, GivenFile]) -> KnownOrganisation:
        names = self.mapping.names
        decided = {} if names is None else read_names(beside[names], self.limits)
        known = KnownOrganisation(self.vocabulary, People(decided))
        known.add_organisation(self.before)
        known.add_declared_places(self.mapping)
        return known

    def _apply_take(
        self,
        take: Take,
        table: ExportTable,
        claims: Claims,
        known: KnownOrganisation,
        beside: Mapping[str, GivenFile],
    ) -> None:
        meanings = CellMeanings(take, _make_word_test(self.vocabulary))
        reader = TakeReader(meanings, table, claims, self.findings.faults)
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
        beside: Mapping[str, GivenFile],
    ) -> None:
        take, known = reader.take, finder.known
        survey = None
        if take.survey is not None:
            self._check_relation(take.survey)
            name = name_list(take)
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
        place = Place(MAPPING, None, "survey.relation")
        self.findings.faults.append(
            Fault("unknown_kind", place, Hint("import.unknown_relation", near=near))
        )

    def _list_people(self, file: GivenFile, finder: Finder) -> list[str]:
        """Return the people of a list: ids or names in its first column, under a title."""
        found: dict[str, None] = {}
        table = cut_table(read_list(file, self.limits), FileWords(), self.limits)
        self.findings.faults += table.faults
        if finder.known.people.find_people(table.titles[0]):
            place = Place(file.name, table.header, table.letters[0])
            self.findings.faults.append(
                Fault("missing_column", place, Hint("import.person_for_title"))
            )
        for row, cell in enumerate(table.list_cells(0)):
            place = Place(file.name, table.rows[row], table.name_column(0))
            person = finder.find_person(cell, place)
            if person is not None and not is_nobody([person]):
                found[person] = None
        return list(found)

    def _advise_on_take(self, reader: TakeReader) -> None:
        """Tell what was left out, as the mapping says, and what it does not say."""
        place, take = Place(reader.table.file), reader.take
        self.findings.count_left_out(reader)
        if take.kind == "network" and take.asked is None and not reader.has("asked"):
            self.findings.add_advice("not_said", place, Hint("import.nobody_said"))
        if reader.not_staff:
            hint = Hint("import.not_staff", count=len(reader.not_staff))
            self.findings.add_advice("not_asked", place, hint)
        if reader.unasked:
            employed = len(reader.unasked & reader.not_staff)
            hint = Hint("import.named_not_asked", count=len(reader.unasked), employed=employed)
            self.findings.add_advice("not_asked", place, hint)

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
            self.findings.faults += faults
            self.findings.raise_faults()
        advice = map(joined.locate_fault, advise_on_tables(joined.tables))
        return Organisation.of_checked(
            joined.tables,
            vocabulary=self.vocabulary,
            title=self.mapping.title or self.before.title,
            synthetic=self.before.synthetic,
            advice=[
                *(one for one in self.before.advice if one.code not in TABLE_ADVICE),
                *self.findings.list_advice(),
                *advise_on_renamed_cells(joined.list_pieces(), self.vocabulary),
                *advice,
            ],
        )


def _make_word_test(vocabulary: Vocabulary) -> Callable[[str, str], bool]:
    """Return what tells whether a word of a column means something by itself."""
    sections = {
        "community_role": "membership_roles",
        "role": "participation_roles",
        "kind": "event_kinds",
        "relation": "relations",
    }

    def is_known(key: str, text: str) -> bool:
        section = sections.get(key)
        return key in _NAMES or (
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
