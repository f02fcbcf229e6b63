"""Communities: who is in one, and on which levels there are any."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from plfkit.errors import MeasureError, UnknownGroupError
from plfkit.graph.communities import (
    NO_PLACE,
    Communities,
    communities,
    person_levels,
    places,
)
from plfkit.graph.groups import GroupSpec, grouping
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.catalogue import Measured, described, measure
from plfkit.measures.parts import share
from plfkit.model.result import TOTAL, Figure, Result
from plfkit.model.tables import Table
from plfkit.model.vocabulary import Label, did_you_mean

BASES = ("registered",)
_TABLES = ("persons", "positions", "communities", "memberships")
_OWN = "plfkit's own definition"


@measure(
    label=Label(da="Andel medarbejdere i et fællesskab", en="Share of staff in a community"),
    tells=Label(
        da="Hvor stor en del af medarbejderne der er med i mindst ét fællesskab med nok medlemmer.",
        en="How large a part of the staff is in at least one community with enough members.",
    ),
    beware=Label(
        da="At stå på en medlemsliste viser ikke, at fællesskabet arbejder som et læringsfællesskab.",
        en="Being on a list of members does not show that the community works as a learning community.",
    ),
    figure_class="participation",
    tables=_TABLES,
    reference=_OWN,
)
def membership_coverage(
    snapshot: Snapshot,
    *,
    by: GroupSpec | None = None,
    basis: str = "registered",
    kinds: tuple[str, ...] | None = None,
) -> Result:
    """Return the share of staff who are in at least one community.

    Staff are the people there on the reference day in a role that counts as staff. A community
    counts when it is in force and has enough members: as many as a level it stands on asks for, or
    the vocabulary's minimum. The register is taken to be complete, so the range has no width.

    Membership on paper does not show that a community works as a learning community.

    Args:
        snapshot: The moment.
        by: One figure for the staff of each of these groups.
        basis: What makes a community count; ``"registered"`` is the only one so far.
        kinds: The kinds of community that count; all if left out.

    Returns:
        One figure for each part; ``numerator`` counts the staff who are in, ``denominator`` the
        staff. Undefined without staff, and where no memberships are registered.

    Raises:
        MeasureError: There is no such basis.
        UnknownGroupError: There is no such kind, or people cannot be grouped by `by`.
    """
    _check_basis("membership_coverage", basis)
    _check_kinds(snapshot, kinds)
    known = communities(snapshot)
    wanted = np.array([kinds is None or kind in kinds for kind in known.kinds], np.bool_)
    counting = known.established & wanted
    covered = np.zeros(len(snapshot.person_ids), np.bool_)
    covered[known.persons[counting[known.numbers]]] = True
    groups = None if by is None else grouping(snapshot, by)
    everyone = np.arange(len(snapshot.person_ids))
    rows = [
        _coverage(snapshot, label, persons, covered, registered=bool(len(known.numbers)))
        for label, persons in (groups or [(None, everyone)])
    ]
    evidence = {
        "communities": int(counting.sum()),
        "too_small": int((wanted & ~known.established).sum()),
    }
    return _result(
        snapshot,
        membership_coverage,
        rows,
        by=None if groups is None else groups.name,
        several=None if groups is None else groups.several,
        evidence=evidence,
    )


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
    tables=(*_TABLES, "units"),
    reference=_OWN,
)
def level_anchoring(
    snapshot: Snapshot,
    *,
    by: str | None = None,
    basis: str = "registered",
    per: str = "school",
) -> Result:
    """Return the share of required levels that have at least one community.

    Levels of the municipality are asked for once; the others in each unit of the kind `per`. A
    community stands on the level of its kind, or on every level that gives it enough members. One
    that belongs to no single unit, such as a network of leaders, counts for each unit that has at
    least half of its people of that level in it. Without units of that kind the whole organisation is
    one place. Over all units each unit has its own places and the municipality's levels one each;
    `by` a unit kind, each unit is shown with the municipality's levels beside its own.

    Where the data hold nobody on a level there may be communities that were not registered: the upper
    end of the range counts them as there, the value and the lower end do not.

    One community is enough to count: the figure does not say how many people are in it.

    Args:
        snapshot: The moment.
        by: A unit kind: one table for each of these units, the municipality's levels among them.
        basis: What makes a community count; ``"registered"`` is the only one so far.
        per: The kind of unit in which the levels below the municipality's are asked for.

    Returns:
        For each part a ``figure`` for each required level and ``"total"``; ``numerator`` counts the
        places with a community, ``denominator`` the places that need one. ``n`` is given where a
        unit's figure tells whether so few people are in a community of several units. Undefined where
        no memberships are registered, and where nobody is on the level.

    Raises:
        MeasureError: There is no such basis.
        UnknownGroupError: `by` or `per` is no unit kind.
    """
    _check_basis("level_anchoring", basis)
    kind = by or per
    if kind not in snapshot.vocabulary.unit_kinds:
        hint = did_you_mean(kind, snapshot.vocabulary.unit_kinds)
        raise UnknownGroupError(f"level_anchoring looks at unit kinds, {kind!r} is none{hint}")
    known = communities(snapshot)
    places_ = _places(snapshot, known, kind)
    groups = [(place.label, [place]) for place in places_] if by else [(None, places_)]
    rows = [figure for label, group in groups for figure in _anchoring(snapshot, label, group)]
    evidence = {
        "communities": int(known.established.sum()),
        "too_small": int((~known.established).sum()),
        "places": sum(place.label is not None for place in places_),
    }
    return _result(snapshot, level_anchoring, rows, by=by, evidence=evidence)


def _check_basis(name: str, basis: str) -> None:
    if basis not in BASES:
        raise MeasureError(f"{name} has no basis {basis!r} yet: use {', '.join(BASES)}")


def _check_kinds(snapshot: Snapshot, kinds: tuple[str, ...] | None) -> None:
    known = snapshot.vocabulary.community_kinds
    for kind in kinds or ():
        if kind not in known:
            hint = did_you_mean(kind, known) or f": there are {', '.join(known)}"
            raise UnknownGroupError(f"there is no community kind {kind!r}{hint}")


def _coverage(
    snapshot: Snapshot,
    part: str | None,
    persons: NDArray[np.int64],
    covered: NDArray[np.bool_],
    *,
    registered: bool,
) -> Figure:
    staff = persons[snapshot.staff[persons]]
    inside, reason = int(covered[staff].sum()), None
    if not len(staff):
        reason = "no_staff"
    elif not registered:
        reason = "not_registered"
    value = share(inside, len(staff)) if reason is None else None
    return Figure(
        part=part,
        value=value,
        lower=value,
        upper=value,
        numerator=float(inside) if reason is None else None,
        denominator=float(len(staff)) if reason is None else None,
        n=len(staff),
        observed=1.0 if reason is None else None,
        reason=reason,
    )


@frozen(eq=False)
class _Place:
    """Somewhere that communities are asked for: a unit, or the whole organisation (no label).

    Attributes:
        label: The unit's id.
        anchored: On which levels, in the vocabulary's order, a community stands.
        people: How many people it has on each level.
        personal: On which levels that depends on whether some of these people are in a community
            that belongs to no single place.
    """

    label: str | None
    anchored: NDArray[np.bool_]
    people: NDArray[np.int64]
    personal: NDArray[np.bool_]


def _places(snapshot: Snapshot, known: Communities, kind: str) -> list[_Place]:
    """Look at each unit of a kind, or at the organisation as a whole where there is none."""
    levels = person_levels(snapshot) & snapshot.counted[:, None]
    everybody, anywhere = levels.sum(axis=0), np.asarray(known.on_level.any(axis=0))
    wanted = sorted(unit.id for unit in snapshot.units if unit.kind == kind)
    if not wanted:
        return [_Place(None, anywhere, everybody, np.zeros_like(anywhere))]
    units = snapshot.units.column("id").categories
    number = {unit: place for place, unit in enumerate(units)}
    own = places(snapshot, kind, known.ids)
    here = np.zeros((len(units), len(anywhere)), np.bool_)
    np.logical_or.at(here, own[own >= 0], known.on_level[own >= 0])
    people_at = dict(grouping(snapshot, kind))
    spanning = own == NO_PLACE
    pairs = np.flatnonzero(spanning[known.numbers])
    municipal = np.array([level.municipal for level in snapshot.vocabulary.levels.values()])
    found = []
    for unit in wanted:
        at = people_at.get(unit, np.empty(0, np.int64))
        people = levels[at].sum(axis=0)
        shared = _shared(known, pairs, at, levels)
        anchored = here[number[unit]] | shared
        personal = ~here[number[unit]] & known.on_level[spanning].any(axis=0) & (people > 0)
        found.append(
            _Place(
                unit,
                np.where(municipal, anywhere, anchored),
                np.where(municipal, everybody, people),
                personal & ~municipal,
            )
        )
    return found


def _shared(
    known: Communities, pairs: NDArray[np.int64], at: NDArray[np.int64], levels: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Tell on which levels a community of several places has enough members of one of them.

    Enough is half of the people of that level there: at a school with a single leader a leadership
    community spans schools.

    Args:
        known: The communities.
        pairs: The memberships in communities of several places.
        at: The people of the place.
        levels: Who is on which level.
    """
    anchored = np.zeros(levels.shape[1], np.bool_)
    mine = pairs[np.isin(known.persons[pairs], at)]
    for community in np.unique(known.numbers[mine]):
        members = levels[known.persons[mine[known.numbers[mine] == community]]]
        enough = 2 * members.sum(axis=0) >= levels[at].sum(axis=0)
        anchored |= known.on_level[community] & enough & members.any(axis=0)
    return anchored


def _anchoring(snapshot: Snapshot, label: str | None, group: list[_Place]) -> Iterator[Figure]:
    """Yield the total and the levels of some places; the municipality's levels are asked for once."""
    levels = snapshot.vocabulary.levels
    names = list(levels)
    registered = bool(len(snapshot.memberships))
    rows: list[tuple[str, list[tuple[bool, int, bool]]]] = []
    for name in snapshot.vocabulary.required_levels:
        column = names.index(name)
        asked = group[:1] if levels[name].municipal else group
        cells = [
            (bool(p.anchored[column]), int(p.people[column]), bool(p.personal[column]))
            for p in asked
        ]
        rows.append((name, cells))
    yield _anchoring_figure(label, TOTAL, [cell for _, cells in rows for cell in cells], registered)
    for name, cells in rows:
        yield _anchoring_figure(label, name, cells, registered)


def _anchoring_figure(
    part: str | None,
    name: str,
    cells: Sequence[tuple[bool, int, bool]],
    registered: bool,  # noqa: FBT001 - one of four facts
) -> Figure:
    """Make a figure; at a place with nobody on a level a community may be there unseen."""
    anchored = sum(there for there, _, _ in cells)
    unseen = sum(not there and not people for there, people, _ in cells)
    personal = [people for _, people, resting in cells if resting] if part is not None else []
    known = registered and unseen < len(cells)
    return Figure(
        part=part,
        figure=name,
        value=share(anchored, len(cells)) if known else None,
        lower=share(anchored, len(cells)) if registered else 0.0,
        upper=share(anchored + unseen, len(cells)) if registered else 1.0,
        numerator=float(anchored) if known else None,
        denominator=float(len(cells)) if known else None,
        n=min(personal, default=None),
        observed=share(len(cells) - unseen, len(cells)) if registered else None,
        reason=None if known else "not_registered",
    )


def _result(snapshot: Snapshot, measure: Measured, rows: list[Figure], **about: Any) -> Result:
    day = snapshot.reference_day
    return Result(
        figures=Table.of(Figure, rows),
        **described(measure),
        variant="registered",
        at=str(snapshot.period),
        reference_day=None if day is None else str(day),
        n=int(snapshot.staff.sum()),
        observed=rows[0].observed if len(rows) else None,
        **about,
    )
