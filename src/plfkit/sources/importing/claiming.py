"""Which columns of a table say what: titles of a mapping against titles of a file.

A title that is written out wins over one with ``*``, wherever the two stand; of two with ``*`` one to
ignore wins if it says more of the title. A column that no take speaks of, and that is not to be ignored,
is a fault, so that what is new in a file is seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from attrs import frozen

from plfkit.errors import Fault, Place
from plfkit.hints import Hint
from plfkit.model.words.titles import hint_at_word
from plfkit.sources.importing.cutting import ExportTable
from plfkit.sources.importing.take import Take
from plfkit.sources.importing.titles import ANYTHING, match_title

SEVERAL = frozenset({"named", "weight", "colleagues", "items"})
"""The keys that several columns may say; all others are said by one, or by some joined in order."""
ITEMS = "items"


class ColumnClaim(NamedTuple):
    """A column that says something.

    Attributes:
        position: Which column, from 0.
        star: What ``*`` stands for in its title.
        title: The title of the mapping that it fits.
    """

    position: int
    star: str
    title: str


@frozen
class Claims:
    """The columns that a take speaks of.

    Attributes:
        columns: The columns of each key, in the order of the mapping and then of the file.
        only: The column of each title by which rows are chosen.
    """

    columns: Mapping[str, Sequence[ColumnClaim]]
    only: Mapping[str, int]

    def list_positions(self) -> Iterator[int]:
        """Yield which columns those are, from 0."""
        for claims in self.columns.values():
            yield from (claim.position for claim in claims)
        yield from self.only.values()


def claim_columns(
    table: ExportTable, takes: Sequence[Take]
) -> tuple[list[Claims], list[Fault], list[str]]:
    """Find the columns of which each of the takes of one table speaks.

    Returns:
        The columns of each take, what is wrong with them, and titles to ignore that are not there.
    """
    ignored = list(dict.fromkeys(title for take in takes for title in take.file.ignore))
    claimer = _Claimer(table, _list_written_titles(takes), ignored)
    faults: list[Fault] = []
    found = [claimer.claim_for(take, faults) for take in takes]
    spoken = {position for claims in found for position in claims.list_positions()}
    faults += claimer.list_repeated_titles(spoken)
    faults += claimer.list_unspoken_columns(spoken)
    known = {*table.titles, *table.labels}
    absent = [title for title in ignored if ANYTHING not in title and title not in known]
    return found, faults, absent


def _list_titles(take: Take) -> Iterator[tuple[str, str]]:
    """Yield every title of a take, with the key it says."""
    for key, titles in take.columns.items():
        yield from ((key, title) for title in titles)
    yield from ((ITEMS, title) for title in take.items)


def _list_written_titles(takes: Sequence[Take]) -> frozenset[str]:
    """Return all titles that are written out."""
    titles = {title for take in takes for _, title in _list_titles(take)}
    titles.update(title for take in takes for title in (*take.only, *take.file.ignore))
    return frozenset(title for title in titles if ANYTHING not in title)


@frozen
class _Claimer:
    """Finds columns by titles."""

    table: ExportTable
    written: frozenset[str]
    ignored: Sequence[str]

    def claim_for(self, take: Take, faults: list[Fault]) -> Claims:
        """Find the columns of a take; what is not there, or twice, is added to the faults."""
        columns: dict[str, list[ColumnClaim]] = {}
        for key, title in _list_titles(take):
            found = list(self._find_columns(title))
            if not found:
                faults.append(self._refuse_missing_title(title, key))
            elif key not in SEVERAL and len(found) > 1:
                place = Place(self.table.file, self.table.header, title)
                faults.append(Fault("duplicate_column", place, Hint("import.two_columns")))
            columns.setdefault(key, []).extend(found)
        faults += self._list_double_claims(columns)
        only: dict[str, int] = {}
        for title in take.only:
            found = list(self._find_columns(title))
            if len(found) == 1:
                only[title] = found[0].position
            else:
                faults.append(self._refuse_missing_title(title, "only"))
        return Claims(columns, only)

    def _find_columns(self, pattern: str) -> Iterator[ColumnClaim]:
        for position, title in enumerate(self.table.titles):
            label = self.table.labels[position]
            if pattern in {title, label}:
                yield ColumnClaim(position, "", pattern)
            elif not self.written.intersection({title, label}):
                stars = (match_title(text, pattern) for text in (title, label) if text)
                star = next((s for s in stars if s), None)
                if star is not None and not self._is_ignored_sooner(title, pattern):
                    yield ColumnClaim(position, star, pattern)

    def _is_ignored_sooner(self, title: str, pattern: str) -> bool:
        """Tell whether a title to ignore says more of a column than a pattern does."""
        return any(
            _count_letters(other) > _count_letters(pattern)
            for other in self.ignored
            if match_title(title, other) is not None
        )

    def _is_ignored(self, title: str) -> bool:
        return any(match_title(title, pattern) is not None for pattern in self.ignored)

    def _refuse_missing_title(self, title: str, key: str) -> Fault:
        known = [text for text in (*self.table.titles, *self.table.labels) if text]
        near = hint_at_word(title, known) or ""
        place = Place(self.table.file, self.table.header, title)
        return Fault("missing_column", place, Hint("import.missing_title", name=key, near=near))

    def _list_double_claims(self, columns: Mapping[str, Sequence[ColumnClaim]]) -> Iterator[Fault]:
        """Find columns that two titles of one key fit, so that their cells would count twice."""
        for key in SEVERAL.intersection(columns):
            seen: set[int] = set()
            for claim in columns[key]:
                if claim.position in seen:
                    title = self.table.name_column(claim.position)
                    place = Place(self.table.file, self.table.header, title)
                    yield Fault("ambiguous", place, Hint("import.two_titles", name=key))
                seen.add(claim.position)

    def list_repeated_titles(self, spoken: set[int]) -> Iterator[Fault]:
        """Find titles that two columns have, but for those to ignore that nothing is taken from."""
        for position, title in enumerate(self.table.titles):
            is_repeated = title and title in self.table.titles[:position]
            if is_repeated and (position in spoken or not self._is_ignored(title)):
                place = Place(self.table.file, self.table.header, title)
                yield Fault("duplicate_column", place, Hint("import.repeated_title"))

    def list_unspoken_columns(self, spoken: set[int]) -> Iterator[Fault]:
        """Find columns of which nothing is said."""
        for position, title in enumerate(self.table.titles):
            texts = filter(None, (title, self.table.labels[position]))
            if position in spoken or any(self._is_ignored(text) for text in texts):
                continue
            # The title may be a colleague's name: it is told of by number, and shown if asked for.
            place = Place(self.table.file, self.table.header, self.table.letters[position])
            hint = Hint("import.new_column") if title else Hint("import.untitled_column")
            yield Fault("unknown_column", place, hint, title)


def _count_letters(pattern: str) -> int:
    """Count what a title of a mapping says: of two with ``*`` the one that says more wins."""
    return len(pattern.replace(ANYTHING, ""))
