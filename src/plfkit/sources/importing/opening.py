"""The files of an import: which of them each take reads, and the table and the columns in it."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import define, evolve, field

from plfkit.errors import Fault, InvalidDataError, Place
from plfkit.hints import Hint
from plfkit.model.words.titles import hint_at_word
from plfkit.sources.given import GivenFile, read_given_file
from plfkit.sources.importing.claiming import Claims, claim_columns
from plfkit.sources.importing.cutting import ExportTable, cut_table
from plfkit.sources.importing.findings import ImportFindings
from plfkit.sources.importing.gathering import MAPPING
from plfkit.sources.importing.language import ImportMapping
from plfkit.sources.importing.rawrows import RawSheet, read_raw_sheets
from plfkit.sources.importing.take import FileWords, Take
from plfkit.sources.importing.titles import match_title
from plfkit.sources.limits import Limits


@define
class ExportOpener:
    """Opens the files of an import.

    Attributes:
        mapping: What is taken from them.
        files: The files that were given.
        limits: How much is read.
        findings: What is wrong, and worth a look.
    """

    mapping: ImportMapping
    files: Sequence[GivenFile]
    limits: Limits
    findings: ImportFindings
    _sheets: dict[tuple[str, str, str], list[RawSheet]] = field(factory=dict)

    def read_lists(self) -> dict[str, GivenFile]:
        """Read the lists that the mapping names: among the files, or beside the mapping."""
        names = [self.mapping.names, *map(name_list, self.mapping.takes)]
        return {name: self._find_list(name) for name in dict.fromkeys(names) if name is not None}

    def open_tables(self, lists: Sequence[str]) -> list[tuple[ExportTable, Claims]]:
        """Return the table that each take reads, and its columns.

        Args:
            lists: The files that are lists beside the mapping.
        """
        tables = self._cut_tables([file for file in self.files if file.name not in lists])
        return list(zip(tables, self._claim_columns(tables), strict=True))

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
        cut: dict[tuple[str, FileWords], ExportTable] = {}
        read: set[str] = set()
        for take in self.mapping.takes:
            words = take.file
            file = self._choose_file(words, exports)
            sheet = self._choose_sheet(words, file)
            read.add(file.name)
            # What is ignored, and how days and numbers are read, makes no other table of it.
            key = (sheet.file, evolve(words, ignore=(), dates="iso", ends="day after", decimal="."))
            if key not in cut:
                cut[key] = cut_table(sheet, words, self.limits)
            tables.append(cut[key])
        for name in (file.name for file in exports if file.name not in read):
            self.findings.add_advice("unread_file", Place(name), Hint("import.unread_file"))
        return tables

    def _choose_file(self, words: FileWords, exports: Sequence[GivenFile]) -> GivenFile:
        """Return the one file that a take means; nothing can be read while one is not found."""
        found = [file for file in exports if match_title(file.name, words.name) is not None]
        if len(found) == 1:
            return found[0]
        names = tuple(file.name for file in exports)
        key = "import.several_files" if found else "import.no_file_named"
        hint = Hint(key, pattern=words.name, names=names)
        raise InvalidDataError([Fault("unknown_table", Place(MAPPING), hint)])

    def _choose_sheet(self, words: FileWords, file: GivenFile) -> RawSheet:
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
        hint = Hint("import.sheet", near=near)
        raise InvalidDataError([Fault("unknown_table", Place(file.name), hint)])

    def _claim_columns(self, tables: Sequence[ExportTable]) -> list[Claims]:
        """Find the columns of which each take speaks; takes of one table are looked at together."""
        claims: dict[int, Claims] = {}
        for table in {id(table): table for table in tables}.values():
            takes = [n for n, other in enumerate(tables) if other is table]
            found, faults, absent = claim_columns(table, [self.mapping.takes[n] for n in takes])
            self.findings.faults += table.faults
            claims |= dict(zip(takes, found, strict=True))
            self.findings.faults += faults
            for title in absent:
                place = Place(table.file, table.header, title)
                self.findings.add_advice("missing_column", place, Hint("import.absent_title"))
            if table.skipped:
                hint = Hint("import.skipped", count=table.skipped)
                self.findings.add_advice("left_out", Place(table.file), hint)
        return [claims[n] for n in range(len(tables))]


def name_list(take: Take) -> str | None:
    """Return the file that says who was asked, if one does."""
    return take.asked[0] if isinstance(take.asked, list) else None
