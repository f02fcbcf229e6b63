"""What is known when a take is read: the organisation it is added to, and what earlier takes gave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from attrs import define, field

from plfkit.model.records.organisation import Organisation
from plfkit.model.records.tables import Table
from plfkit.model.words.vocabulary import Vocabulary
from plfkit.sources.importing.language import ImportMapping
from plfkit.sources.importing.people import People
from plfkit.sources.importing.titles import fold_word

SAME_ROW = {
    "positions": ("person", "unit", "role", "valid_from"),
    "memberships": ("community", "person", "valid_from"),
}
"""What two rows of staff lists have in common that are about the same: shares and ends may change."""


class HeldPosition(NamedTuple):
    """A position that somebody holds: what tells whether it is of the staff on a day, and where."""

    person: str
    unit: str
    role: str
    start: date | None
    end: date | None

    def is_held(self, day: date) -> bool:
        """Tell whether it is held on a day."""
        begins = self.start is None or self.start <= day
        return begins and (self.end is None or day < self.end)


@define
class KnownPlaces:
    """Units or communities, by what cells call them: an id, or a name."""

    _ids: dict[str, list[str]] = field(factory=dict)
    _named: dict[str, list[str]] = field(factory=dict)

    def add_place(self, place: str, name: str | None) -> None:
        """Add a place by id and name."""
        self._ids.setdefault(fold_word(place), []).append(place)
        if name:
            self._named.setdefault(fold_word(name), []).append(place)

    def find_places(self, text: str) -> list[str]:
        """Return the places that a text means: one where it is clear."""
        folded = fold_word(text)
        ids = self._ids.get(folded, [])
        return [text] if text in ids else ids or self._named.get(folded, [])

    def __contains__(self, place: object) -> bool:
        return isinstance(place, str) and place in self._ids.get(fold_word(place), ())


@define
class KnownOrganisation:
    """What takes can refer to.

    Attributes:
        vocabulary: The kinds that cells may name.
        people: Everybody who is known.
        units: The units.
        communities: The communities.
        owners: The unit of each community.
        parents: The unit that each belongs to.
        positions: Who holds which position.
        surveys: The surveys that takes fill, with what was said of each.
        surveys_in_data: The surveys of the organisation.
        answered: Who was asked in which survey, and whether they answered.
        positions_in_data: The positions of the organisation, by what makes them the same.
        members_in_data: The role and the end of its memberships, by what makes them the same.
        replaced: The rows of both tables that give way to a row of a list.
    """

    vocabulary: Vocabulary
    people: People
    units: KnownPlaces = field(factory=KnownPlaces)
    communities: KnownPlaces = field(factory=KnownPlaces)
    owners: dict[str, str | None] = field(factory=dict)
    parents: dict[str, str | None] = field(factory=dict)
    positions: list[HeldPosition] = field(factory=list)
    surveys: dict[str, Mapping[str, Any]] = field(factory=dict)
    surveys_in_data: set[str] = field(factory=set)
    answered: dict[tuple[str, str], bool] = field(factory=dict)
    positions_in_data: set[tuple[Any, ...]] = field(factory=set)
    members_in_data: dict[tuple[Any, ...], tuple[Any, ...]] = field(factory=dict)
    replaced: dict[str, set[tuple[Any, ...]]] = field(
        factory=lambda: {table: set() for table in SAME_ROW}
    )

    def add_organisation(self, organisation: Organisation) -> None:
        """Add all that an organisation has."""
        for unit, name, parent in _yield_cells(organisation, "units", "id", "name", "parent"):
            self.add_unit(unit, name, parent)
        for community, name, unit in _yield_cells(
            organisation, "communities", "id", "name", "unit"
        ):
            self.add_community(community, name, unit)
        for person, name in _yield_cells(organisation, "persons", "id", "name"):
            self.people.add_person(person, name)
            self.people.in_data.add(person)
        held = ("person", "unit", "role", "valid_from", "valid_to")
        for cells in _yield_cells(organisation, "positions", *held):
            self.positions.append(HeldPosition(*cells))
        self.positions_in_data.update(
            _yield_cells(organisation, "positions", *SAME_ROW["positions"])
        )
        members = (*SAME_ROW["memberships"], "role", "valid_to")
        for community, person, start, *rest in _yield_cells(organisation, "memberships", *members):
            self.members_in_data[community, person, start] = tuple(rest)
        self.surveys_in_data.update(organisation.surveys.column("id").categories)
        rosters = _yield_cells(organisation, "responses", "survey", "person", "answered")
        for survey, person, answered in rosters:
            self.answered[survey, person] = answered

    def add_declared_places(self, mapping: ImportMapping) -> None:
        """Add the units and communities of a mapping, but for those that are there."""
        for unit, of_unit in mapping.units.items():
            if unit not in self.units:
                self.add_unit(unit, of_unit.name, of_unit.parent)
        for community, of_community in mapping.communities.items():
            if community not in self.communities:
                self.add_community(community, of_community.name, of_community.unit)

    def add_unit(self, unit: str, name: str | None, parent: str | None) -> None:
        """Add a unit."""
        self.units.add_place(unit, name)
        self.parents[unit] = parent

    def add_community(self, community: str, name: str | None, unit: str | None) -> None:
        """Add a community."""
        self.communities.add_place(community, name)
        self.owners[community] = unit

    def find_communities(self, text: str, unit: str | None) -> list[str]:
        """Return the communities that a text means, of a unit if one is named: several have an "A-team"."""
        found = self.communities.find_places(text)
        if unit is None or list(map(fold_word, found)) == [fold_word(text)]:  # an id says it alone
            return found
        return [place for place in found if self.owners[place] in {unit, None}]

    def list_employed(self, day: date, unit: str | None) -> tuple[list[str], set[str]]:
        """Return who is employed on a day, at a unit or below it.

        Returns:
            Whoever holds a position of the staff, and the others, as secretaries and substitutes.
        """
        held = [
            held
            for held in self.positions
            if held.is_held(day) and (unit is None or self._is_within(held.unit, unit))
        ]
        staff = dict.fromkeys(one.person for one in held if self._is_staff(one.role))
        return list(staff), {one.person for one in held} - staff.keys()

    def _is_staff(self, role: str) -> bool:
        known = self.vocabulary.roles.get(role)
        return known is not None and known.staff

    def _is_within(self, unit: str, upper: str) -> bool:
        """Tell whether a unit is another one, or below it."""
        passed: set[str] = set()
        step: str | None = unit
        while step is not None and step not in passed:
            if step == upper:
                return True
            passed.add(step)
            step = self.parents.get(step)
        return False


def _yield_cells(
    organisation: Organisation, table: str, *columns: str
) -> Iterator[tuple[Any, ...]]:
    return yield_table_cells(organisation.tables[table], columns)


def yield_table_cells(table: Table[Any], columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Yield some cells of each row of a native table."""
    return zip(*(table.column(column).tolist() for column in columns), strict=True)
