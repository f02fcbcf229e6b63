"""Communities: who is in one, and on which levels there are any."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from plfkit.errors import MeasureError, UnknownGroupError
from plfkit.graph.communities import Communities, communities, person_levels, places
from plfkit.graph.groups import GroupSpec, grouping
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.catalogue import measure
from plfkit.measures.parts import share
from plfkit.model.declarations import FigureClass
from plfkit.model.result import TOTAL, Figure, Result
from plfkit.model.tables import Table
from plfkit.model.vocabulary import Label, did_you_mean

BASES = ("registered",)
_TABLES = ("persons", "positions", "communities", "memberships")
_OWN = "plfkit's own definition"


@measure(
    label=Label(da="Dækning af fællesskaber", en="Coverage by communities"),
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
    evidence = {"communities": int(counting.sum()), "too_small": int((~known.established).sum())}
    return _result(
        snapshot,
        "membership_coverage",
        "participation",
        rows,
        by=None if groups is None else groups.name,
        several=None if groups is None else groups.several,
        evidence=evidence,
    )


@measure(
    label=Label(da="Forankring på niveauer", en="Anchoring on levels"),
    tells=Label(
        da="På hvor mange af de niveauer, hvor der skal være et fællesskab, der er mindst ét.",
        en="On how many of the levels that should have a community there is at least one.",
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
    that belongs to no single unit, such as a network of leaders, counts for each unit that has a
    member of that level in it. Without units of that kind the whole organisation is one place.

    A level on which the data hold nobody may have communities that were not registered: the upper
    end of the range counts them as there, the value and the lower end do not.

    One community is enough to count: the figure does not say how many people are in it.

    Args:
        snapshot: The moment.
        by: A unit kind: one table for each of these units, the municipality's levels among them.
        basis: What makes a community count; ``"registered"`` is the only one so far.
        per: The kind of unit in which the levels below the municipality's are asked for.

    Returns:
        For each part a ``figure`` for each required level and ``"total"``; ``numerator`` counts the
        places with a community, ``denominator`` the places that need one. Undefined where no
        memberships are registered, and for a level on which nobody is.

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
    people = person_levels(snapshot)[snapshot.counted]
    peopled = np.asarray(people.any(axis=0) | known.on_level.any(axis=0))
    rows = [f for label, group in groups for f in _anchoring(snapshot, label, group, peopled)]
    evidence = {
        "communities": int(known.established.sum()),
        "too_small": int((~known.established).sum()),
        "places": sum(place.label is not None for place in places_),
    }
    return _result(snapshot, "level_anchoring", "organisational", rows, by=by, evidence=evidence)


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
    """Somewhere that communities are asked for: a unit, or the whole organisation (no label)."""

    label: str | None
    anchored: NDArray[np.bool_]


def _places(snapshot: Snapshot, known: Communities, kind: str) -> list[_Place]:
    """Tell for each place on which levels, in the vocabulary's order, a community stands."""
    anywhere = np.asarray(known.on_level.any(axis=0))
    units = snapshot.units.column("id").categories
    kinds = dict(
        zip(
            snapshot.units.column("id").tolist(),
            snapshot.units.column("kind").tolist(),
            strict=True,
        )
    )
    wanted = [number for number, unit in enumerate(units) if kinds[unit] == kind]
    if not wanted:
        return [_Place(None, anywhere)]
    anchored = np.zeros((len(units), len(anywhere)), np.bool_)
    own = places(snapshot, kind, known.ids)
    np.logical_or.at(anchored, own[own >= 0], known.on_level[own >= 0])
    carried = _carried(snapshot, known, own < 0)
    for unit, persons in grouping(snapshot, kind):
        anchored[units.index(unit)] |= carried[persons].any(axis=0)
    municipal = [level.municipal for level in snapshot.vocabulary.levels.values()]
    anchored[:, municipal] = anywhere[municipal]
    return [_Place(units[number], anchored[number]) for number in wanted]


def _carried(
    snapshot: Snapshot, known: Communities, spanning: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Tell for each person the levels on which a community without a place has them as a member."""
    carried = np.zeros((len(snapshot.person_ids), known.on_level.shape[1]), np.bool_)
    pairs = spanning[known.numbers]
    persons, numbers = known.persons[pairs], known.numbers[pairs]
    np.logical_or.at(carried, persons, known.on_level[numbers] & person_levels(snapshot)[persons])
    return carried


def _anchoring(
    snapshot: Snapshot, label: str | None, group: list[_Place], peopled: NDArray[np.bool_]
) -> Iterator[Figure]:
    """Yield the total and the levels of some places; the municipality's levels are asked for once."""
    levels = snapshot.vocabulary.levels
    names = list(levels)
    counts: dict[str, tuple[int, int, int]] = {}
    for name in snapshot.vocabulary.required_levels:
        column = names.index(name)
        anchored = [bool(place.anchored[column]) for place in group]
        asked = anchored[:1] if levels[name].municipal else anchored
        counts[name] = (sum(asked), len(asked), len(asked) if peopled[column] else 0)
    totals = [sum(numbers) for numbers in zip(*counts.values(), strict=True)]
    registered = bool(len(snapshot.memberships))
    yield _anchoring_figure(label, TOTAL, totals, registered=registered)
    for name, numbers in counts.items():
        yield _anchoring_figure(label, name, numbers, registered=registered and numbers[2] > 0)


def _anchoring_figure(
    part: str | None, name: str, counts: Sequence[int], *, registered: bool
) -> Figure:
    """Make a figure; on levels where nobody is registered a community may be there unseen."""
    anchored, asked, peopled = counts
    return Figure(
        part=part,
        figure=name,
        value=share(anchored, asked) if registered else None,
        lower=share(anchored, asked),
        upper=share(anchored + asked - peopled, asked) if registered else 1.0,
        numerator=float(anchored) if registered else None,
        denominator=float(asked) if registered else None,
        observed=share(peopled, asked),
        reason=None if registered else "not_registered",
    )


def _result(
    snapshot: Snapshot,
    name: str,
    figure_class: FigureClass,
    rows: list[Figure],
    **about: Any,
) -> Result:
    day = snapshot.reference_day
    return Result(
        figures=Table.of(Figure, rows),
        measure=name,
        figure_class=figure_class,
        variant="registered",
        at=str(snapshot.period),
        reference_day=None if day is None else str(day),
        n=int(snapshot.staff.sum()),
        observed=1.0 if any(row.reason is None for row in rows) else None,
        reference=_OWN,
        **about,
    )
