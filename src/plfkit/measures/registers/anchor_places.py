"""Places where communities are asked for: on which levels each has one, and who is there."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from attrs import frozen

from plfkit.arrays import Flags, Numbers
from plfkit.graph.communities import Communities, locate_communities, mark_person_levels
from plfkit.graph.positions import split_positions
from plfkit.graph.snapshot import Snapshot
from plfkit.graph.standing import Standing
from plfkit.model.results.facts import PlaceFact


@frozen(eq=False)
class AnchorPlace:
    """Somewhere that communities are asked for: a unit, or the whole organisation (no label).

    Attributes:
        label: The unit's id.
        anchored: On which levels, in the vocabulary's order, a community counts.
        maybe: On which levels one may count.
        unknown: On which levels there is a community of which it is not known.
        people: How many people it has on each level.
        personal: On which levels that depends on whether some of these people are in a community
            that belongs to no single place.
        own: The first three for communities of the unit's own alone, which are public.
    """

    label: str | None
    anchored: Flags
    maybe: Flags
    unknown: Flags
    people: Numbers
    personal: Flags
    own: tuple[Flags, Flags, Flags]

    def describe_level(self, level: int, *, municipal: bool) -> PlaceFact:
        """Return what is known of one level, by its place in the vocabulary's order."""
        shown = (self.anchored, self.maybe, self.unknown)
        sure, maybe, unknown = (bool(one[level]) for one in shown)
        own_sure, own_maybe, own_unknown = (bool(one[level]) for one in self.own)
        return PlaceFact(
            people=int(self.people[level]),
            municipal=municipal,
            personal=bool(self.personal[level]),
            shown=(sure, maybe, unknown),
            own=(own_sure, own_maybe, own_unknown),
        )


def look_at_places(snapshot: Snapshot, found: Standing, kind: str) -> list[AnchorPlace]:
    """Look at each unit of a kind, or at the organisation as a whole where there is none."""
    everybody = (mark_person_levels(snapshot) & snapshot.counted[:, None]).sum(axis=0)
    masks = found.counts, found.maybe, ~found.known
    wanted = sorted(unit.id for unit in snapshot.units if unit.kind == kind)
    if not wanted:
        sure, maybe, unknown = (
            _find_any_levels(found.restrict_communities(mask)) for mask in masks
        )
        nobody = np.zeros_like(sure)
        whole = AnchorPlace(None, sure, maybe, unknown, everybody, nobody, (sure, maybe, unknown))
        return [whole]
    municipal = np.array([level.municipal for level in snapshot.vocabulary.levels.values()])
    positions = split_positions(snapshot, kind)
    reached = [
        _CommunityReach.of(snapshot, found.restrict_communities(mask), kind) for mask in masks
    ]
    places = []
    for unit in wanted:
        staff = _PlacePeople.of(snapshot, positions.get(unit, np.empty(0, np.int64)))
        people = staff.on.sum(axis=0)
        sure, maybe, unknown = (one.find_levels_at(unit, staff, municipal) for one in reached)
        # Whether a network spans to here depends on who of the place is in it, and so tells of them.
        personal = ~reached[0].here[unit] & reached[0].spans & (people > 0) & ~municipal
        people = np.where(municipal, everybody, people)
        own = tuple(np.where(municipal, one.anywhere, one.here[unit]) for one in reached)
        places.append(
            AnchorPlace(unit, sure, maybe, unknown, people, personal, (own[0], own[1], own[2]))
        )
    return places


@frozen(eq=False)
class _PlacePeople:
    """The people of a place, and what they are there.

    Attributes:
        persons: Them, ascending.
        on: On which levels (columns) each (row) holds a position at the place.
    """

    persons: Numbers
    on: Flags

    @classmethod
    def of(cls, snapshot: Snapshot, positions: Numbers) -> _PlacePeople:
        """Look up who holds some positions on the reference day, and on which levels these are."""
        levels = snapshot.position_levels[positions]
        there = (levels >= 0) & snapshot.counted[snapshot.position_persons[positions]]
        # Ann leads and teaches here: one row, two columns.
        holders = snapshot.position_persons[positions[there]]
        persons, rows = np.unique(holders, return_inverse=True)
        on = np.zeros((len(persons), len(snapshot.vocabulary.levels)), np.bool_)
        on[rows, levels[there]] = True
        return cls(persons, on)


@frozen(eq=False)
class _CommunityReach:
    """Where some communities stand.

    Attributes:
        known: The communities.
        here: For each unit, on which levels one of its own stands.
        spanning: The memberships in those that belong to no single unit.
        spans: On which levels one of these stands.
        anywhere: On which levels any stands.
    """

    known: Communities
    here: Mapping[str, Flags]
    spanning: Numbers
    spans: Flags
    anywhere: Flags

    @classmethod
    def of(cls, snapshot: Snapshot, known: Communities, kind: str) -> _CommunityReach:
        """Look where communities stand, by the nearest unit of a kind."""
        units = snapshot.units.column("id").categories
        own = locate_communities(snapshot, kind, known.ids)
        here = np.zeros((len(units), known.on_level.shape[1]), np.bool_)
        # Several communities of one unit: a level counts that any of them stands on.
        np.logical_or.at(here, own[own >= 0], known.on_level[own >= 0])
        spanning = own < 0
        return cls(
            known,
            dict(zip(units, here, strict=True)),
            np.flatnonzero(spanning[known.numbers]),
            np.asarray(known.on_level[spanning].any(axis=0)),
            _find_any_levels(known),
        )

    def find_levels_at(
        self,
        unit: str,
        people: _PlacePeople,
        municipal: Flags,
    ) -> Flags:
        """Tell on which levels a unit has one; on those of the municipality any will do."""
        own = self.here[unit] | _find_shared_levels(self.known, self.spanning, people)
        return np.where(municipal, self.anywhere, own)


def _find_any_levels(known: Communities) -> Flags:
    """Tell on which levels any community stands."""
    return np.asarray(known.on_level.any(axis=0))


def _find_shared_levels(known: Communities, pairs: Numbers, people: _PlacePeople) -> Flags:
    """Tell on which levels a community of several places has enough members of one of them.

    Enough is half of the people of that level there: at a school with a single leader a leadership
    community spans schools.

    Args:
        known: The communities.
        pairs: The memberships in communities of several places.
        people: The people of the place, and on which levels they are there.
    """
    anchored = np.zeros(people.on.shape[1], np.bool_)
    mine = pairs[np.isin(known.persons[pairs], people.persons)]
    # The place's people are sorted, so the row of each member among them is where it would be put.
    rows = np.searchsorted(people.persons, known.persons[mine])
    for community in np.unique(known.numbers[mine]):
        members = people.on[rows[known.numbers[mine] == community]]
        # Of three leaders two are in the network: 2 · 2 ≥ 3.
        enough = 2 * members.sum(axis=0) >= people.on.sum(axis=0)
        anchored |= known.on_level[community] & enough & members.any(axis=0)
    return anchored
