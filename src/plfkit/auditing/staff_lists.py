"""Staff lists: which people a document means, and every group that such a list can name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
from attrs import frozen

from plfkit.arrays import Flags
from plfkit.auditing.publications import PeopleQuery
from plfkit.errors import Fault, InvalidDataError, Place
from plfkit.graph.groups import RESOURCE_PERSON, mark_positions
from plfkit.graph.snapshot import Snapshot
from plfkit.graph.unit_trees import find_unit_parents
from plfkit.hints import Hint
from plfkit.model.records.tables import recode_column
from plfkit.model.words.kinds import Label
from plfkit.model.words.titles import hint_at_word


@frozen(eq=False)
class NamedPeople:
    """Some people, and what a reader calls them.

    Attributes:
        members: Who they are, of everybody the organisation knows; or which atoms, later.
        words: What they are called.
    """

    members: Flags
    words: Hint


class KnownStaff:
    """Who works where as what in one period, as anybody can know it."""

    def __init__(self, now: Snapshot) -> None:
        self.now = now
        self._at: dict[str, Flags] = {}
        self._names = {unit.id: unit.name or unit.id for unit in now.units}

    def find_people(self, query: PeopleQuery) -> NamedPeople:
        """Return the people that a query means.

        Raises:
            InvalidDataError: The staff list has no such level, role or unit.
        """
        members = self._mark_holders(self._mark_positions_meant(query))
        for name in query.not_of:
            members &= ~self._mark_holders(self._mark_kind(name))
        return NamedPeople(members, self._name_people(query))

    def _mark_positions_meant(self, query: PeopleQuery) -> Flags:
        meant = np.ones(len(self.now.positions), np.bool_)
        if query.of:
            meant &= _join_flags([self._mark_kind(name) for name in query.of])
        if query.at:
            # At a place somebody works by a position that counts as staff: no parent is one of them.
            at = _join_flags([self._mark_unit(unit) for unit in query.at])
            meant &= at & self.now.position_staff
        if query.teaches:
            subjects = self.now.positions.column("subject")
            meant &= _join_flags([subjects.match_text(name) for name in query.teaches])
        return meant

    def _mark_holders(self, positions: Flags) -> Flags:
        """Tell who of the staff holds one of some positions."""
        holders = np.zeros(len(self.now.person_ids), np.bool_)
        holders[self.now.position_persons[positions]] = True
        return holders & self.now.staff

    def _mark_kind(self, name: str) -> Flags:
        found = mark_positions(self.now, name)
        if found is None:
            vocabulary = self.now.vocabulary
            raise _refuse_word(name, [*vocabulary.levels, *vocabulary.roles])
        return found

    def _mark_unit(self, unit: str) -> Flags:
        """Tell which positions are at a unit or below it."""
        if unit not in self._at:
            ids = self.now.units.column("id").categories
            if unit not in ids:
                raise _refuse_word(unit, ids)
            # The last entry stands for no unit (−1), which lies within none.
            parents = np.append(find_unit_parents(self.now), -1)
            inside = np.array([*(name == unit for name in ids), False], np.bool_)
            while (wider := inside | inside[parents]).sum() > inside.sum():
                inside = wider
            self._at[unit] = inside[recode_column(self.now.positions.column("unit"), ids)]
        return self._at[unit]

    def list_groups(self) -> Iterator[NamedPeople]:
        """Yield what level, role, unit and their intersections make, of whoever counts as staff."""
        kinds = [name for name in self._list_kinds() if self._mark_kind(name).any()]
        levels = [name for name in kinds if name in self.now.vocabulary.levels]
        for unit in [None, *self.now.units.column("id").categories]:
            at = () if unit is None else (unit,)
            yield self.find_people(PeopleQuery(at=at))
            found = {kind: self.find_people(PeopleQuery(of=(kind,), at=at)) for kind in kinds}
            yield from found.values()
            for one, other in combinations(levels, 2):
                both = found[one].members & found[other].members
                yield NamedPeople(
                    both, Hint("audit.both", one=found[one].words, other=found[other].words)
                )

    def _list_kinds(self) -> Iterator[str]:
        yield from self.now.vocabulary.levels
        yield RESOURCE_PERSON
        yield from self.now.positions.column("role").categories

    def _name_people(self, query: PeopleQuery) -> Hint:
        """Say which people a query means, as a public list would."""
        words = Hint("audit.staff")
        if query.of:
            words = Hint("audit.of", names=tuple(map(self._name_kind, query.of)))
        for key, names in (
            ("at", tuple(self._names[unit] for unit in query.at)),
            ("teaching", query.teaches),
            ("not_of", tuple(map(self._name_kind, query.not_of))),
        ):
            if names:
                words = Hint(f"audit.{key}", people=words, names=names)
        return words

    def _name_kind(self, name: str) -> Hint | Label:
        vocabulary = self.now.vocabulary
        if name in vocabulary.levels:
            return vocabulary.levels[name].label.begin_small()
        if name in vocabulary.roles:
            return Hint("audit.role", role=vocabulary.roles[name].label.begin_small())
        return Hint("audit.resource_persons")


def _join_flags(flags: Sequence[Flags]) -> Flags:
    return np.asarray(np.logical_or.reduce(flags))


def _refuse_word(word: str, known: Sequence[str]) -> InvalidDataError:
    hint = Hint("audit.unknown_word", word=word, near=hint_at_word(word, known) or "")
    return InvalidDataError([Fault("unknown_kind", Place("publication"), hint)])
