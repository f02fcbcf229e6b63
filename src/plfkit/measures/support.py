"""Support: who is sought for advice among those appointed to give it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, Unpack

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from plfkit.graph.groups import GroupSpec, grouping, members_of
from plfkit.graph.layers import Layer, adjacency_of
from plfkit.graph.observation import Members
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.catalogue import Measured, measure
from plfkit.measures.columns import COMMUNITIES, LAYER, STAFF, UNITS
from plfkit.measures.estimates import Bounds, Estimate, Estimator, unknown
from plfkit.measures.estimating import Piece, measured
from plfkit.measures.options import How, Options, how
from plfkit.measures.parts import parts, range_kind, shares, unheard
from plfkit.measures.registered import check_kinds
from plfkit.model.kinds import Label
from plfkit.model.result import Result

COLUMNS = (*LAYER, *STAFF, *UNITS, *COMMUNITIES)
TABLES = ("persons", "positions", "ties")
OWN = "plfkit's own definition"
NO_INTERVAL = "ties to few people hang together, so drawing people anew does not tell how they vary"
NO_NULL = "who is appointed is nobody's chance"

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]


@measure(
    label=Label(da="Sparring hos dem, der er udpeget", en="Advice sought from those appointed"),
    tells=Label(
        da="Hvor stor en del af kollegernes faglige sparring der søges hos dem, der er udpeget til at "
        "give den: formelt ansvar mod faktisk brug.",
        en="How large a part of colleagues' advice is sought from those appointed to give it: formal "
        "duty against actual use.",
    ),
    beware=Label(
        da="Sparring hos andre kan være lige så god; tallet er ingen dom over nogen.",
        en="Advice from others may be as good; the figure judges nobody.",
    ),
    figure_class="answers",
    tables=TABLES,
    columns=COLUMNS,
    reference=OWN,
    no_null="what choosing at random whom to ask would give stands beside it by a formula",
    no_interval=NO_INTERVAL,
)
def formal_advice(
    snapshot: Snapshot,
    *,
    relation: str,
    target: str = "resource_person",
    by: GroupSpec | None = None,
    survey: str | None = None,
    **options: Unpack[Options],
) -> Result:
    """Return the share of ties from people outside a group that run to the group.

    The value is the share of told ties. The range has every unobserved tie run past the group, or to
    it; with a limit on names it is an outer bound. ``expected`` is the group's share of the people one
    can ask.

    Args:
        snapshot: The moment.
        relation: Which ties, from seeker to sought.
        target: The group: a level, role or community kind, or ``"resource_person"``.
        by: One figure for each of these groups, within it.
        survey: Which survey, if several asked.
        options: What every measure takes: see `plfkit.measures.Options`.

    Returns:
        One figure for each part; ``numerator`` counts ties to the group, ``denominator`` ties of those
        outside. Undefined where nobody is in the group, and without such ties.

    Raises:
        MeasureError: There is no such relation or survey.
        UnknownGroupError: There is no such target, or people cannot be grouped by `by`.
    """
    asked = how(formal_advice, options)
    return _measured(snapshot, formal_advice, relation, target, by, survey, asked, _Formal)


@measure(
    label=Label(da="Udpegede, som kolleger søger", en="Appointed people whom colleagues seek"),
    tells=Label(
        da="Hvor stor en del af dem, der er udpeget, som mindst så mange kolleger søger sparring hos.",
        en="How large a part of those appointed is sought for advice by at least so many colleagues.",
    ),
    beware=Label(
        da="Spørgeskemaet fanger ikke al støtte: meget sker i forløb og møder.",
        en="A survey does not catch all support: much of it happens in programmes and meetings.",
    ),
    figure_class="answers",
    tables=TABLES,
    columns=COLUMNS,
    reference=OWN,
    no_null=NO_NULL,
    no_interval=NO_INTERVAL,
)
def sought_share(
    snapshot: Snapshot,
    *,
    relation: str,
    target: str = "resource_person",
    at_least: int = 1,
    by: GroupSpec | None = None,
    survey: str | None = None,
    **options: Unpack[Options],
) -> Result:
    """Return the share of a group whom people outside it seek.

    The value rests on told ties, so with non-response it is the lower end of its range.

    Args:
        snapshot: The moment.
        relation: Which ties, from seeker to sought.
        target: The group: a level, role or community kind, or ``"resource_person"``.
        at_least: By how many people each must be sought.
        by: One figure for each of these groups, within it.
        survey: Which survey, if several asked.
        options: What every measure takes: see `plfkit.measures.Options`.

    Returns:
        One figure for each part; ``numerator`` counts those sought, ``denominator`` and ``n`` the
        group. Undefined where nobody is in the group or outside it.

    Raises:
        MeasureError: There is no such relation or survey.
        UnknownGroupError: There is no such target, or people cannot be grouped by `by`.
    """
    asked = how(sought_share, options)

    def sought(group: Flags) -> _Sought:
        return _Sought(group, at_least)

    return _measured(snapshot, sought_share, relation, target, by, survey, asked, sought)


@measure(
    label=Label(da="Søgninger hos hver udpeget", en="Seekers of each person appointed"),
    tells=Label(
        da="Hvor mange kolleger der søger sparring hos hver af dem, der er udpeget, i gennemsnit.",
        en="How many colleagues seek advice from each of those appointed, on average.",
    ),
    beware=Label(
        da="Et højt tal er travlhed for den, der spørges; et lavt siger ikke, at støtten er dårlig.",
        en="A high figure is a load on those asked; a low one does not say that support is poor.",
    ),
    figure_class="answers",
    scale="index",
    tables=TABLES,
    columns=COLUMNS,
    reference=OWN,
    no_null=NO_NULL,
    no_interval=NO_INTERVAL,
)
def support_load(
    snapshot: Snapshot,
    *,
    relation: str,
    target: str = "resource_person",
    by: GroupSpec | None = None,
    survey: str | None = None,
    **options: Unpack[Options],
) -> Result:
    """Return how many people outside a group seek each of its people, on average.

    The value rests on told ties, so with non-response it is the lower end of its range. With a limit
    on names the range is an outer bound.

    Args:
        snapshot: The moment.
        relation: Which ties, from seeker to sought.
        target: The group: a level, role or community kind, or ``"resource_person"``.
        by: One figure for each of these groups, within it.
        survey: Which survey, if several asked.
        options: What every measure takes: see `plfkit.measures.Options`.

    Returns:
        One figure for each part. Undefined where nobody is in the group or outside it.

    Raises:
        MeasureError: There is no such relation or survey.
        UnknownGroupError: There is no such target, or people cannot be grouped by `by`.
    """
    asked = how(support_load, options)
    return _measured(snapshot, support_load, relation, target, by, survey, asked, _Load)


@measure(
    label=Label(da="Sparring hos den mest søgte", en="Advice from the most sought-after"),
    tells=Label(
        da="Hvor stor en del af den sparring, der søges hos de udpegede, der falder på den mest søgte "
        "af dem.",
        en="How large a part of the advice sought from those appointed falls to the most sought-after "
        "of them.",
    ),
    beware=Label(
        da="Et højt tal siger, at støtten hviler på få, ikke at nogen gør det forkert.",
        en="A high figure says that support rests on few, not that anybody does wrong.",
    ),
    figure_class="answers",
    extreme=True,
    tables=TABLES,
    columns=COLUMNS,
    reference="plfkit's own definition; the largest share, because few people make Gini meaningless",
    no_null=NO_NULL,
    no_interval=NO_INTERVAL,
)
def advice_concentration(
    snapshot: Snapshot,
    *,
    relation: str,
    target: str,
    survey: str | None = None,
    **options: Unpack[Options],
) -> Result:
    """Return the share of ties to a group that run to the most sought-after of its people.

    Ties from people outside the group count. The value is the share of told ties; the range has the
    unobserved ones go to the best single person, or be spread so that the greatest share is least;
    with a limit on names it is an outer bound.

    Args:
        snapshot: The moment.
        relation: Which ties, from seeker to sought.
        target: The group: a level, role or community kind, or ``"resource_person"``.
        survey: Which survey, if several asked.
        options: What every measure takes: see `plfkit.measures.Options`.

    Returns:
        One figure; ``numerator`` and ``denominator`` count ties. Undefined where nobody is in the
        group, and without such ties.

    Raises:
        MeasureError: There is no such relation or survey.
        UnknownGroupError: There is no such target.
    """
    asked = how(advice_concentration, options)
    return _measured(
        snapshot, advice_concentration, relation, target, None, survey, asked, _Concentration
    )


def _measured(  # noqa: PLR0917 - what four measures have in common
    snapshot: Snapshot,
    function: Measured,
    relation: str,
    target: str,
    by: GroupSpec | None,
    survey: str | None,
    asked: How,
    estimator: Callable[[Flags], _Ranged],
) -> Result:
    cut = parts(snapshot, relation, by=by, survey=survey)
    goal = members_of(snapshot, target)
    pieces, sizes = [], {}
    for part, layer in cut:
        group = np.isin(np.arange(layer.n), layer.nodes_of(goal))
        sizes[part, target] = int(group.sum())
        one = estimator(group)
        pieces.append(Piece(part=part, layer=layer, estimator=one, bounds=one.bounds))
    return measured(cut, function, pieces, asked, variant=target, sizes=sizes)


class _Ranged(Estimator, Protocol):
    """An estimator whose range follows from a layer by a formula."""

    def bounds(self, layer: Layer) -> Bounds:
        """Return the range."""


@frozen(eq=False)
class _OfGroup:
    """Ties from people outside a group to its people.

    Attributes:
        group: Who is in it.
    """

    group: Flags

    def reason(self, layer: Layer) -> str | None:
        """Why there is no figure."""
        if not self.group.any():
            return "empty_group"
        return "too_few_people" if self.group.all() else unheard(layer)

    def received(self, layer: Layer) -> Floats:
        """Return how many outsiders seek each of the group."""
        inward = layer.adjacency[~self.group][:, self.group].sum(axis=0)
        return np.asarray(inward, np.float64).ravel()

    def unobserved(self, layer: Layer) -> Floats:
        """Return how many outsiders more might seek each of the group."""
        observation = layer.observation
        assert observation is not None  # noqa: S101 - the caller has looked
        unseen = ~observation.seen
        codes = observation.codes
        outside = np.bincount(codes[~self.group], minlength=len(unseen))
        possible = (outside @ unseen)[codes[self.group]].astype(np.float64)
        sources, targets = layer.arcs()
        told = unseen[codes[sources], codes[targets]] & ~self.group[sources] & self.group[targets]
        beside = np.bincount(targets[told], minlength=layer.n)[self.group]
        return np.asarray(possible - beside)

    def sides(self, layer: Layer) -> Members:
        """Return the nodes in two groups: outside and inside."""
        return layer.members([layer.persons[~self.group], layer.persons[self.group]])


class _Formal(_OfGroup):
    """The share of outsiders' ties that run to the group."""

    def __call__(self, layer: Layer) -> Estimate:
        """Return the figure along told ties."""
        ties = layer.blocks(self.sides(layer)).ties[0]
        reason = self.reason(layer) or (None if ties.sum() else "no_ties")
        over, under = (np.nan, np.nan) if reason else (ties[1], ties.sum())
        expected = np.nan if reason else self.group.sum() / (layer.n - 1)
        return Estimate(
            value=np.array([over / under]),
            reasons=[reason],
            numerator=np.array([over]),
            denominator=np.array([under]),
            expected=np.array([expected]),
        )

    def bounds(self, layer: Layer) -> Bounds:
        """Return the figure at either end of what ties there could be."""
        if layer.observation is None or self.reason(layer):
            return unknown(1)
        sides = self.sides(layer)
        told, most = layer.blocks(sides).ties[0], layer.most_between(sides)[0]
        lower = shares(told[1:], told[1:] + most[:1])
        upper = shares(most[1:], most[1:] + told[:1])
        return Bounds(lower, upper, range_kind(layer, exact_under_caps=False))


@frozen(eq=False)
class _Sought(_OfGroup):
    """The share of the group whom enough outsiders seek."""

    at_least: int

    def __call__(self, layer: Layer) -> Estimate:
        """Return the figure along told ties."""
        reason, size = self.reason(layer), float(self.group.sum())
        sought = float((self.received(layer) >= self.at_least).sum())
        over, under = (np.nan, np.nan) if reason else (sought, size)
        return Estimate(
            value=np.array([over / under]),
            reasons=[reason],
            numerator=np.array([over]),
            denominator=np.array([under]),
            n=[int(size)],
        )

    def bounds(self, layer: Layer) -> Bounds:
        """Return the figure at either end of what ties there could be."""
        if layer.observation is None or self.reason(layer):
            return unknown(1)
        told, size = self.received(layer), np.array([self.group.sum()])
        most = told + self.unobserved(layer)
        lower, upper = (shares(np.array([(c >= self.at_least).sum()]), size) for c in (told, most))
        return Bounds(lower, upper, range_kind(layer, exact_under_caps=False))


class _Load(_OfGroup):
    """How many outsiders seek each of the group, on average."""

    def __call__(self, layer: Layer) -> Estimate:
        """Return the figure along told ties."""
        reason = self.reason(layer)
        mean = np.nan if reason else self.received(layer).mean()
        return Estimate(value=np.array([mean]), reasons=[reason])

    def bounds(self, layer: Layer) -> Bounds:
        """Return the figure at either end of what ties there could be."""
        if layer.observation is None or self.reason(layer):
            return unknown(1)
        told = self.received(layer)
        lower, upper = (np.array([side.mean()]) for side in (told, told + self.unobserved(layer)))
        return Bounds(lower, upper, range_kind(layer, exact_under_caps=False))


class _Concentration(_OfGroup):
    """The largest share of the ties to the group that one of its people receives."""

    def __call__(self, layer: Layer) -> Estimate:
        """Return the figure along told ties."""
        reason = self.reason(layer)
        received = self.received(layer)
        reason = reason or (None if received.sum() else "no_ties")
        over, under = (np.nan, np.nan) if reason else (received.max(), received.sum())
        return Estimate(
            value=np.array([over / under]),
            reasons=[reason],
            numerator=np.array([over]),
            denominator=np.array([under]),
        )

    def bounds(self, layer: Layer) -> Bounds:
        """Return the figure at either end of what ties there could be."""
        if layer.observation is None or self.reason(layer):
            return unknown(1)
        told, more = self.received(layer), self.unobserved(layer)
        total = told.sum()
        top = told + more
        upper = shares(top, top + total - told)
        least, most = _least_share(told, more), np.fmax.reduce(upper)
        kind = range_kind(layer, exact_under_caps=False)
        return Bounds(np.array([least]), np.array([most]), kind)


def _least_share(told: Floats, more: Floats) -> float:
    """Return the least that the largest share can be.

    Then the others are sought as much more as there is room for below the most sought-after; to seek
    that one more too would not lower the share. Nobody being sought is no share at all.
    """
    top = told.max()
    if not top:
        return float(1 / (more > 0).sum()) if more.any() else np.nan
    room = np.minimum(more, top - told).sum()
    return float(top / (told.sum() + room))


@measure(
    label=Label(da="Skoler, der hænger på én person", en="Schools that hang on one person"),
    tells=Label(
        da="På hvor mange skoler mere end halvdelen af den sparring, der søges hos de udpegede, går "
        "til én og samme person.",
        en="At how many schools more than half of the advice sought from those appointed goes to one "
        "and the same person.",
    ),
    beware=Label(
        da="På en lille skole er der måske kun én at spørge.",
        en="At a small school there may be only one to ask.",
    ),
    figure_class="organisational",
    scale="count",
    tables=(*TABLES, "units"),
    columns=COLUMNS,
    counts_people=False,
    reference=OWN,
    no_null=NO_NULL,
    no_interval=NO_INTERVAL,
)
def schools_on_one_person(
    snapshot: Snapshot,
    *,
    relation: str,
    target: str = "resource_person",
    unit: str = "school",
    survey: str | None = None,
    **options: Unpack[Options],
) -> Result:
    """Return how many schools have more than half of their support from one person.

    Of each school the ties count that run from its people outside the group to people of the group,
    wherever these work. Schools without such ties are not counted. The range has every unobserved tie
    go to one person, or past that one; it is an outer bound.

    Args:
        snapshot: The moment.
        relation: Which ties, from seeker to sought.
        target: The group: a level, role or community kind, or ``"resource_person"``.
        unit: The kind of unit.
        survey: Which survey, if several asked.
        options: What every measure takes: see `plfkit.measures.Options`.

    Returns:
        One figure, a number of schools; ``denominator`` counts the schools with such ties, ``n`` the
        fewest people who ask at one of them. Undefined where there are no such ties.

    Raises:
        MeasureError: There is no such relation or survey.
        UnknownGroupError: There is no such target or unit kind.
    """
    asked = how(schools_on_one_person, options)
    check_kinds(snapshot, "unit_kinds", (unit,))
    cut = parts(snapshot, relation, by=None, survey=survey)
    (_, layer), *_ = cut
    schools = layer.members([persons for _, persons in grouping(snapshot, unit)])
    group = np.isin(np.arange(layer.n), layer.nodes_of(members_of(snapshot, target)))
    hanging = _Hanging(group, schools)
    piece = Piece(part=None, layer=layer, estimator=hanging, bounds=hanging.bounds)
    return measured(cut, schools_on_one_person, [piece], asked, variant=target)


@frozen(eq=False)
class _Hanging(_OfGroup):
    """How many schools seek more than half of their support from one person.

    Attributes:
        schools: Nodes at schools.
    """

    schools: Members

    def _sought(self, layer: Layer) -> Floats:
        """Count the ties from outsiders of each school (row) to each of the group (column)."""
        outside = self.schools[~self.group]
        counts = outside.T @ layer.adjacency[~self.group][:, self.group]
        return np.asarray(counts.toarray(), np.float64)

    def __call__(self, layer: Layer) -> Estimate:
        """Return the figure along told ties."""
        sought = self._sought(layer)
        total, top = sought.sum(axis=1), sought.max(axis=1, initial=0)
        reason = self.reason(layer) or (None if total.any() else "no_ties")
        over, under = (2 * top > total).sum(), (total > 0).sum()
        asking = (layer.adjacency[:, self.group].sum(axis=1) > 0) & ~self.group
        seekers = np.asarray(self.schools.T @ asking.astype(np.float64))[total > 0]
        known = np.array([np.nan if reason else float(over)])
        return Estimate(
            value=known,
            reasons=[reason],
            numerator=known,
            denominator=np.array([np.nan if reason else float(under)]),
            n=[int(seekers.min(initial=layer.n))],
        )

    def bounds(self, layer: Layer) -> Bounds:
        """Count the schools that surely hang on one person, and those that may."""
        observation = layer.observation
        if observation is None or self.reason(layer):
            return unknown(1)
        told = self._sought(layer)
        more = self._open(layer)
        total, open_ = told.sum(axis=1, keepdims=True), more.sum(axis=1, keepdims=True)
        surely = (2 * told > total + open_ - more).any(axis=1)
        maybe = (2 * (told + more) > total + more).any(axis=1)
        kind = "exact" if not more.any() else "outer_bound"
        return Bounds(np.array([float(surely.sum())]), np.array([float(maybe.sum())]), kind)

    def _open(self, layer: Layer) -> Floats:
        """Count the unobserved ties from outsiders of each school to each of the group."""
        observation = layer.observation
        assert observation is not None  # noqa: S101 - the caller has looked
        unseen, codes = ~observation.seen, observation.codes
        classes = np.zeros((layer.n, len(unseen)))
        classes[np.arange(layer.n), codes] = 1
        outside = np.asarray(self.schools[~self.group].T @ classes[~self.group])
        possible = (outside @ unseen)[:, codes[self.group]]
        sources, targets = layer.arcs()
        told = unseen[codes[sources], codes[targets]]
        matrix = adjacency_of(sources[told], targets[told], layer.n)
        counts = self.schools[~self.group].T @ matrix[~self.group][:, self.group]
        return np.asarray(possible - counts.toarray())
