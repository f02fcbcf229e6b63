"""Levels: on which of them there are communities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Unpack

import numpy as np
from attrs import evolve, frozen

from plfkit.arrays import Flags, Numbers
from plfkit.errors import UnknownGroupError
from plfkit.graph.cases import Cases
from plfkit.graph.communities import NO_PLACE, Communities, locate_communities, mark_person_levels
from plfkit.graph.positions import split_positions
from plfkit.graph.snapshot import Snapshot
from plfkit.graph.standing import Standing, judge_standing
from plfkit.measures.engine.catalogue import measure
from plfkit.measures.engine.columns import (
    ASSESSMENT_COLUMNS,
    COMMUNITY_COLUMNS,
    EVENT_COLUMNS,
    STAFF_COLUMNS,
    UNIT_COLUMNS,
)
from plfkit.measures.engine.options import Options, resolve_options
from plfkit.measures.engine.registered import build_register_result
from plfkit.measures.registers.communities import count_community_evidence
from plfkit.model.results.fields import TOTAL
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.kinds import Label
from plfkit.model.words.vocabulary import suggest_word


@measure(
    label=Label(da="Forankring på niveauer", en="Anchoring on levels"),
    tells=Label(
        da="Hvor mange af de steder (niveau på en skole eller i kommunen), hvor der skal være et "
        "fællesskab, der har mindst ét.",
        en="How many of the places (a level at a school or in the municipality) that should have a "
        "community have at least one.",
    ),
    beware=Label(
        da="Ét fællesskab er nok: tallet siger ikke, hvor mange der er med, eller hvad de laver.",
        en="One community is enough: the figure does not say how many are in it, or what they do.",
    ),
    figure_class="organisational",
    tables=("units", "persons", "positions", "communities", "memberships"),
    columns=(
        *STAFF_COLUMNS,
        *UNIT_COLUMNS,
        *COMMUNITY_COLUMNS,
        *EVENT_COLUMNS,
        *ASSESSMENT_COLUMNS,
    ),
    reference="plfkit's own definition",
    example={"basis": "registered"},
    no_null="which communities there are is registered, and compared with nothing",
    no_interval="the register counts every community, so nothing is left to chance",
)
def level_anchoring(
    snapshot: Snapshot,
    *,
    by: str | None = None,
    basis: str = "registered",
    per: str = "school",
    **options: Unpack[Options],
) -> Result:
    """Return the share of required levels that have at least one community.

    Levels of the municipality are asked for once; the others in each unit of the kind `per`. A
    community stands on the level of its kind, or on every level that gives it enough members. One
    that belongs to no single unit, such as a network of leaders, counts for each unit that has at
    least half of its people of that level in it. A level at a unit is a position: a principal who
    coaches elsewhere is a leader at the one and a resource person at the other.

    Without units of that kind the whole organisation is one place. Over all units each unit has its
    own places and the municipality's levels one each; `by` a unit kind, each unit is shown with the
    municipality's levels beside its own.

    Where the data hold nobody on a level there may be communities that were not registered: the upper
    end of the range counts them as there, the value and the lower end do not. A place with a
    community of which it is not known whether it counts has no part in the value; where communities
    did not say what they are there is a range only.

    One community is enough to count: the figure does not say how many people are in it.

    Args:
        snapshot: The moment.
        by: A unit kind: one table for each of these units, the municipality's levels among them.
        basis: What makes a community count: ``"registered"``, ``"learning"``, ``"self_assessed"`` or
            ``"active"``, as `membership_coverage` says.
        per: The kind of unit in which the levels below the municipality's are asked for.
        options: What every measure takes; nothing here rests on chance or on answers.

    Returns:
        For each part a ``figure`` for each required level and ``"total"``; ``numerator`` counts the
        places with a community, ``denominator`` the places that need one. ``n`` is given where a
        unit's figure tells whether so few people are in a community of several units. Undefined where
        no memberships are registered, and where nobody is on the level.

    Raises:
        MeasureError: There is no such basis, or an option is refused.
        UnknownGroupError: `by` or `per` is no unit kind.
    """
    resolve_options(level_anchoring, options)
    kind = by or per
    if kind not in snapshot.vocabulary.unit_kinds:
        hint = suggest_word(kind, snapshot.vocabulary.unit_kinds)
        raise UnknownGroupError(f"level_anchoring looks at unit kinds, {kind!r} is none{hint}")
    found = judge_standing(snapshot, basis, "level_anchoring")
    places_ = _look_at_places(snapshot, found, kind)
    groups = [(place.label, [place]) for place in places_] if by else [(None, places_)]
    rows = [
        figure
        for label, group in groups
        for figure in _list_anchoring_figures(snapshot, label, group, found.silence)
    ]
    everywhere = np.ones(len(found.communities.ids), np.bool_)
    return build_register_result(
        snapshot,
        level_anchoring,
        rows,
        variant=basis,
        by=by,
        needs=found.needs,
        rests_on=found.pick_ids(found.counts),
        evidence={
            **count_community_evidence(found, everywhere),
            "places": sum(place.label is not None for place in places_),
        },
    )


@frozen(eq=False)
class _AnchorPlace:
    """Somewhere that communities are asked for: a unit, or the whole organisation (no label).

    Attributes:
        label: The unit's id.
        anchored: On which levels, in the vocabulary's order, a community counts.
        maybe: On which levels one may count.
        unknown: On which levels there is a community of which it is not known.
        people: How many people it has on each level.
        personal: On which levels that depends on whether some of these people are in a community
            that belongs to no single place.
    """

    label: str | None
    anchored: Flags
    maybe: Flags
    unknown: Flags
    people: Numbers
    personal: Flags


def _look_at_places(snapshot: Snapshot, found: Standing, kind: str) -> list[_AnchorPlace]:
    """Look at each unit of a kind, or at the organisation as a whole where there is none."""
    everybody = (mark_person_levels(snapshot) & snapshot.counted[:, None]).sum(axis=0)
    masks = found.counts, found.maybe, ~found.known
    wanted = sorted(unit.id for unit in snapshot.units if unit.kind == kind)
    if not wanted:
        sure, maybe, unknown = (
            _find_any_levels(found.restrict_communities(mask)) for mask in masks
        )
        return [_AnchorPlace(None, sure, maybe, unknown, everybody, np.zeros_like(sure))]
    municipal = np.array([level.municipal for level in snapshot.vocabulary.levels.values()])
    positions = split_positions(snapshot, kind)
    reached = [
        _CommunityReach.of(snapshot, found.restrict_communities(mask), kind) for mask in masks
    ]
    places_ = []
    for unit in wanted:
        staff = _PlacePeople.of(snapshot, positions.get(unit, np.empty(0, np.int64)))
        people = staff.on.sum(axis=0)
        sure, maybe, unknown = (one.find_levels_at(unit, staff, municipal) for one in reached)
        personal = ~reached[0].here[unit] & reached[0].spans & (people > 0) & ~municipal
        people = np.where(municipal, everybody, people)
        places_.append(_AnchorPlace(unit, sure, maybe, unknown, people, personal))
    return places_


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
        np.logical_or.at(here, own[own >= 0], known.on_level[own >= 0])
        spanning = own == NO_PLACE
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
    rows = np.searchsorted(people.persons, known.persons[mine])
    for community in np.unique(known.numbers[mine]):
        members = people.on[rows[known.numbers[mine] == community]]
        enough = 2 * members.sum(axis=0) >= people.on.sum(axis=0)
        anchored |= known.on_level[community] & enough & members.any(axis=0)
    return anchored


@frozen
class _PlaceLevel:
    """One level at one place: what is known of its communities, and on how many people that rests."""

    anchored: bool
    maybe: bool
    unknown: bool
    people: int
    personal: bool


def _list_anchoring_figures(
    snapshot: Snapshot, label: str | None, group: list[_AnchorPlace], silence: str | None
) -> Iterator[Figure]:
    """Yield the total and the levels of some places; the municipality's levels are asked for once."""
    levels = snapshot.vocabulary.levels
    names, registered = list(levels), bool(len(snapshot.memberships))
    rows: dict[str, list[_PlaceLevel]] = {}
    for name in snapshot.vocabulary.required_levels:
        at = names.index(name)
        asked = group[:1] if levels[name].municipal else group
        rows[name] = [
            _PlaceLevel(
                anchored=bool(p.anchored[at]),
                maybe=bool(p.maybe[at]),
                unknown=bool(p.unknown[at]),
                people=int(p.people[at]),
                personal=bool(p.personal[at]),
            )
            for p in asked
        ]
    everywhere = [cell for cells in rows.values() for cell in cells]
    for name, cells in {TOTAL: everywhere, **rows}.items():
        figure = _build_anchoring_figure(cells, silence) if registered else _UNREGISTERED
        # Over several places a figure no longer tells which of them it is about.
        n = min((c.people for c in cells if c.personal), default=None) if len(group) == 1 else None
        yield evolve(figure, part=label, figure=name, n=n)


_UNREGISTERED = Figure(lower=0.0, upper=1.0, reason="not_registered")


def _build_anchoring_figure(cells: Sequence[_PlaceLevel], silence: str | None) -> Figure:
    """Make a figure; at a place with nobody on a level a community may be there unseen."""
    unseen = [not cell.anchored and not cell.people for cell in cells]
    counted = [not cell.unknown for cell in cells]
    figure = Cases(
        np.array([cell.anchored for cell in cells], np.bool_),
        np.array([c.maybe or gap for c, gap in zip(cells, unseen, strict=True)], np.bool_),
        np.array(counted, np.bool_),
        silence,
    ).compute_share()
    if all(unseen):
        return evolve(figure, value=None, numerator=None, denominator=None, reason="not_registered")
    return figure
