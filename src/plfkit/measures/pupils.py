"""Pupils: handovers along their ways, who follows their data, and supplied aggregates about them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Unpack

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from plfkit.errors import MeasureError
from plfkit.graph.communities import communities
from plfkit.graph.events import Events, events_of
from plfkit.graph.groups import nearest_unit
from plfkit.graph.logs import logs
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.attendance import people_within
from plfkit.measures.cases import Cases
from plfkit.measures.catalogue import Measured, measure
from plfkit.measures.columns import COMMUNITIES, EVENTS, PARTS, STAFF, UNITS
from plfkit.measures.options import Options, how
from plfkit.measures.practice import NO_INTERVAL, NO_NULL
from plfkit.measures.registered import check_kinds, register_result
from plfkit.measures.standing import community_units
from plfkit.model.kinds import Label
from plfkit.model.result import Figure, Result
from plfkit.model.tables import recode

WAYS = ("pathways.source", "pathways.target", "pathways.pupils")
PAIR = 2
Flags = NDArray[np.bool_]


@measure(
    label=Label(da="Elevovergange med overlevering", en="Pupil transitions with a handover"),
    tells=Label(
        da="Hvor stor en del af elevernes overgange der i årets løb har haft et møde med folk fra "
        "begge sider.",
        en="How large a part of the pupils' transitions had a meeting in the year with people of both "
        "sides.",
    ),
    beware=Label(
        da="Et afholdt møde viser ikke, hvad der blev overleveret.",
        en="A meeting that was held does not show what was handed over.",
    ),
    figure_class="organisational",
    tables=("units", "positions", "pathways", "events", "participations", "registrations"),
    columns=(*STAFF, *UNITS, *EVENTS, *PARTS, *WAYS),
    reference="plfkit's own definition",
    no_null=NO_NULL,
    no_interval=NO_INTERVAL,
)
def transition_coverage(
    snapshot: Snapshot,
    *,
    kinds: tuple[str, ...] = ("handover_meeting",),
    weighted: bool = False,
    **options: Unpack[Options],
) -> Result:
    """Return the share of pupils' ways from unit to unit along which a meeting was held.

    A meeting covers a way when somebody who works at the source, or below it, and somebody else who
    works at the target, or below it, are noted to have been there. Ways with a side whose log has
    gaps have no part in the value; they, and sides with a meeting of which nobody noted who was
    there, widen the range.

    Args:
        snapshot: The moment.
        kinds: The kinds of events that hand over.
        weighted: Whether a way counts as many times as pupils go it.
        options: What every measure takes; nothing here rests on chance or on answers.

    Returns:
        One figure; ``numerator`` and ``denominator`` count ways. Undefined without ways, and where no
        log is complete; weighted also where a way does not say how many pupils go it.

    Raises:
        MeasureError: There is no such kind of event.
    """
    how(transition_coverage, options)
    events, asked = events_of(snapshot, kinds), logs(snapshot, kinds)
    ids = snapshot.units.column("id").categories
    ways = snapshot.pathways
    source, target = (recode(ways.column(side), ids) for side in ("source", "target"))
    found = [_covered(snapshot, events, *way) for way in zip(source, target, strict=True)]
    complete = asked.all_of(source) & asked.all_of(target)
    yes, unnamed = (np.array([one[side] for one in found], np.bool_) for side in (0, 1))
    cases = Cases(yes, yes | unnamed | ~complete, complete)
    figure = _weighted(cases, _pupils(snapshot)) if weighted else cases.share(empty="no_pathways")
    return register_result(
        snapshot,
        transition_coverage,
        [figure],
        variant="pupils" if weighted else "ways",
        needs=(
            *asked.needs(np.unique(np.concatenate([source, target]))),
            *(() if events.named.all() else ("participations",)),
        ),
        evidence={"ways": len(ways), "events": len(events)},
    )


def _covered(snapshot: Snapshot, events: Events, source: int, target: int) -> tuple[bool, bool]:
    """Tell whether a meeting covers a way, and whether one of unknown people may."""
    event, person = np.unique(np.stack([events.events, events.persons]), axis=1)
    sides = [people_within(snapshot, unit)[person] for unit in (source, target)]

    def heads(which: Flags) -> NDArray[np.int64]:
        return np.bincount(event[which], minlength=len(events))

    # Somebody who works on both sides needs a second person to meet.
    met = (heads(sides[0]) > 0) & (heads(sides[1]) > 0) & (heads(sides[0] | sides[1]) > 1)
    near = np.isin(events.units, [-1, *_upwards(snapshot, source), *_upwards(snapshot, target)])
    return bool(met.any()), bool((~events.named & near).any())


def _upwards(snapshot: Snapshot, unit: int) -> Iterator[int]:
    """Yield a unit and all above it."""
    table = snapshot.units
    ids = table.column("id").categories
    parents = np.full(len(ids) + 1, -1, np.int64)
    parents[table.column("id").values] = recode(table.column("parent"), ids)
    while unit >= 0:
        yield unit
        unit = int(parents[unit])


def _pupils(snapshot: Snapshot) -> NDArray[np.float64]:
    column = snapshot.pathways.column("pupils")
    return np.where(column.missing, np.nan, column.values)


def _weighted(cases: Cases, pupils: NDArray[np.float64]) -> Figure:
    """Return a share of pupils in place of one of ways."""
    plain = cases.share(empty="no_pathways")
    if np.isnan(pupils).any() or not pupils.sum():
        return Figure(reason="pupils_unknown") if len(cases) else plain
    everybody, counted = float(pupils.sum()), float(pupils[cases.counted].sum())
    shown = float(pupils[cases.yes & cases.counted].sum())
    return evolve(
        plain,
        value=None if not counted else shown / counted,
        lower=float(pupils[cases.yes].sum()) / everybody,
        upper=float(pupils[cases.yes | cases.maybe].sum()) / everybody,
        numerator=shown if counted else None,
        denominator=counted or None,
        reason=None if counted else "not_registered",
    )


@measure(
    label=Label(da="Elevgrupper, som flere følger", en="Pupil groups that several people follow"),
    tells=Label(
        da="Hvor stor en del af klasse- og årgangsteamene der har haft et møde om elevernes data med "
        "mindst så mange til stede.",
        en="How large a part of the class and grade teams had a meeting on the pupils' data with at "
        "least so many there.",
    ),
    beware=Label(
        da="At se på data sammen er ikke det samme som at handle på dem.",
        en="Looking at data together is not the same as acting on them.",
    ),
    figure_class="organisational",
    tables=("communities", "memberships", "events", "registrations"),
    columns=(*STAFF, *UNITS, *COMMUNITIES, *EVENTS, *PARTS, "events.headcount"),
    reference="plfkit's own definition",
    no_null=NO_NULL,
    no_interval=NO_INTERVAL,
)
def shared_data_follow_up(
    snapshot: Snapshot,
    *,
    kinds: tuple[str, ...] = ("class_team", "grade_team"),
    meetings: tuple[str, ...] = ("data_meeting",),
    at_least: int = 2,
    **options: Unpack[Options],
) -> Result:
    """Return the share of teams around a class or grade in which several people follow its data.

    They do when at least so many are noted to have been at one of the team's meetings on data;
    where nobody noted names, the number of heads stands in.

    Args:
        snapshot: The moment.
        kinds: The kinds of community that stand around a class or grade.
        meetings: The kinds of events that follow data.
        at_least: How many people.
        options: What every measure takes; nothing here rests on chance or on answers.

    Returns:
        One figure; ``numerator`` and ``denominator`` count teams in force whose log is complete.
        Undefined without such teams, and where no log is complete.

    Raises:
        MeasureError: There is no such kind of event.
        UnknownGroupError: There is no such kind of community.
    """
    how(shared_data_follow_up, options)
    check_kinds(snapshot, "community_kinds", kinds)
    events, asked = events_of(snapshot, meetings), logs(snapshot, meetings)
    known = communities(snapshot)
    teams = np.array([kind in kinds for kind in known.kinds], np.bool_)
    whose, there, unknown = events.communities(known.ids), *_heads(events)
    enough = np.bincount(whose[(whose >= 0) & (there >= at_least)], minlength=len(teams)) > 0
    unsure = np.bincount(whose[(whose >= 0) & unknown], minlength=len(teams)) > 0
    at = community_units(snapshot, known.ids)
    complete = asked.all_of(at)
    cases = Cases(enough, enough | unsure | ~complete, complete).take(teams)
    return register_result(
        snapshot,
        shared_data_follow_up,
        [cases.share(empty="no_communities")],
        needs=asked.needs(np.unique(at[teams])),
        evidence={"communities": int(teams.sum()), "events": len(events)},
    )


def _heads(events: Events) -> tuple[NDArray[np.int64], Flags]:
    """Return how many people were at each event, and of which events nobody knows."""
    pairs = np.unique(np.stack([events.events, events.persons]), axis=1)
    named = np.bincount(pairs[0], minlength=len(events))
    column = events.table.column("headcount")
    counted = np.where(column.missing, 0, column.values)
    return np.maximum(named, counted), ~events.named & column.missing


@frozen(eq=False)
class _Supplied:
    """Supplied aggregates of one measure and subgroup, one for each unit of a kind that has it.

    Attributes:
        units: The numbers of the units.
        values: The figures.
        n: How many pupils each rests on.
        asked: How many units of the kind there are.
    """

    units: NDArray[np.int64]
    values: NDArray[np.float64]
    n: NDArray[np.float64]
    asked: int

    @property
    def mean(self) -> float | None:
        """The mean over all pupils."""
        return float(self.values @ self.n / self.n.sum()) if self.n.sum() else None

    @property
    def observed(self) -> float | None:
        """The share of units that supplied it."""
        return len(self.units) / self.asked if self.asked else None

    @property
    def whole(self) -> bool:
        """Whether all units supplied it."""
        return len(self.units) == self.asked


def _supplied(snapshot: Snapshot, measure: str, subgroup: str | None, per: str) -> _Supplied:
    ids = snapshot.units.column("id").categories
    of_kind = nearest_unit(snapshot.units, per) == np.arange(len(ids))
    table = snapshot.outcomes
    unit = recode(table.column("unit"), ids)
    group = table.column("subgroup")
    rows = table.column("measure").equals(measure) & (unit >= 0) & np.append(of_kind, False)[unit]
    rows &= group.missing if subgroup is None else group.equals(subgroup)
    return _Supplied(
        units=unit[rows],
        values=table.column("value").values[rows],
        n=table.column("n").values[rows].astype(np.float64),
        asked=int(of_kind.sum()),
    )


OUTCOMES = (
    "outcomes.unit",
    "outcomes.measure",
    "outcomes.subgroup",
    "outcomes.value",
    "outcomes.n",
)
_SUPPLIED: dict[str, Any] = {
    "figure_class": "answers",
    "tables": ("units", "outcomes"),
    "columns": (*UNITS, *OUTCOMES),
    "reference": "plfkit's own definition: supplied aggregates, weighted by pupils",
    "no_null": "supplied aggregates do not tell what chance would give",
    "no_interval": "supplied aggregates do not tell how pupils differ",
}
_SUPPLIED_BEWARE = Label(
    da="Et samlet tal, som kommunen leverer. Det siger ikke, hvad der ligger bag.",
    en="An aggregate that the municipality supplies. It does not say what lies behind.",
)


@measure(
    label=Label(da="Elever, der når en grænse", en="Pupils who reach a threshold"),
    tells=Label(
        da="Hvor stor en del af eleverne der ifølge de leverede tal når den valgte grænse.",
        en="How large a part of the pupils reaches the chosen threshold, by the supplied figures.",
    ),
    beware=_SUPPLIED_BEWARE,
    **_SUPPLIED,
)
def outcome_share(
    snapshot: Snapshot,
    *,
    measure: str,
    subgroup: str | None = None,
    per: str = "school",
    **options: Unpack[Options],
) -> Result:
    """Return a share of pupils over all schools, from the shares that each of them supplied.

    Schools count by their pupils. Where a school supplied nothing, what the whole would be is not
    known, so there is no range.

    Args:
        snapshot: The moment.
        measure: The name of the supplied figure, in ``outcomes``.
        subgroup: The pupils that it is about; all if left out.
        per: The kind of unit that supplies it.
        options: What every measure takes; nothing here rests on chance or on answers.

    Returns:
        One figure; ``numerator`` and ``denominator`` count pupils, and so does ``n``. Undefined where
        nothing was supplied.

    Raises:
        MeasureError: A supplied figure is no share.
        UnknownGroupError: There is no such unit kind.
    """
    how(outcome_share, options)
    check_kinds(snapshot, "unit_kinds", (per,))
    found = _supplied(snapshot, measure, subgroup, per)
    if ((found.values < 0) | (found.values > 1)).any():
        raise MeasureError(f"{measure} is no share: its figures do not all lie between 0 and 1")
    mean, pupils = found.mean, float(found.n.sum())
    figure = Figure(
        value=mean,
        lower=mean if found.whole else None,
        upper=mean if found.whole else None,
        numerator=None if mean is None else mean * pupils,
        denominator=None if mean is None else pupils,
        n=int(pupils),
        observed=found.observed,
        reason="not_supplied" if mean is None else None,
    )
    return _supplied_result(snapshot, outcome_share, figure, (found,), variant=measure)


@measure(
    label=Label(da="Forskel mellem to elevgrupper", en="Gap between two groups of pupils"),
    tells=Label(
        da="Hvor mange procentpoint den ene gruppe elever ligger over den anden.",
        en="By how many percentage points one group of pupils lies above the other.",
    ),
    beware=_SUPPLIED_BEWARE,
    scale="points",
    **_SUPPLIED,
)
def outcome_gap(
    snapshot: Snapshot,
    *,
    measure: str,
    subgroups: tuple[str, ...],
    per: str = "school",
    **options: Unpack[Options],
) -> Result:
    """Return the difference of two shares of pupils, the first group's less the second's.

    Each is the mean over schools by their pupils, as `outcome_share` gives it.

    Args:
        snapshot: The moment.
        measure: The name of the supplied figure, in ``outcomes``.
        subgroups: The two groups of pupils.
        per: The kind of unit that supplies it.
        options: What every measure takes; nothing here rests on chance or on answers.

    Returns:
        One figure, from −1 to 1; ``n`` counts the pupils of both groups. Undefined where nothing was
        supplied for one of them.

    Raises:
        MeasureError: There are not two groups, or a supplied figure is no share.
        UnknownGroupError: There is no such unit kind.
    """
    how(outcome_gap, options)
    if len(subgroups) != PAIR:
        raise MeasureError("outcome_gap: name two subgroups, as high and low")
    ends = [
        outcome_share(snapshot, measure=measure, subgroup=group, per=per) for group in subgroups
    ]
    first, second = (end.figures[0] for end in ends)
    known = first.value is not None and second.value is not None
    value = None if first.value is None or second.value is None else first.value - second.value
    whole = known and first.lower is not None and second.lower is not None
    figure = Figure(
        value=value,
        lower=value if whole else None,
        upper=value if whole else None,
        n=(first.n or 0) + (second.n or 0),
        observed=min((f.observed for f in (first, second) if f.observed is not None), default=None),
        reason=None if known else "not_supplied",
    )
    found = tuple(_supplied(snapshot, measure, group, per) for group in subgroups)
    sizes = {(None, g): int(one.n.sum()) for g, one in zip(subgroups, found, strict=True)}
    variant = f"{measure}, {subgroups[0]} – {subgroups[1]}"
    return _supplied_result(snapshot, outcome_gap, figure, found, variant=variant, sizes=sizes)


def _supplied_result(
    snapshot: Snapshot,
    function: Measured,
    figure: Figure,
    found: Sequence[_Supplied],
    **about: Any,
) -> Result:
    whole = all(one.whole for one in found)
    result = register_result(
        snapshot,
        function,
        [figure],
        range_kind="exact" if whole else "unknown",
        needs=() if whole else ("outcomes",),
        evidence={"places": min(len(one.units) for one in found)},
        **about,
    )
    return evolve(result, n=figure.n)
