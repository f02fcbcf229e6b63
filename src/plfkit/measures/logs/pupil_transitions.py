"""Transitions: meetings and communities along pupils' ways from unit to unit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Unpack

import numpy as np

from plfkit.arrays import Flags
from plfkit.errors import MeasureError
from plfkit.graph.attendance import find_people_within
from plfkit.graph.cases import Cases
from plfkit.graph.communities import (
    Communities,
    pick_ids,
)
from plfkit.graph.events import Events, select_events
from plfkit.graph.logs import find_event_units, look_up_logs
from plfkit.graph.picking import list_distinct_pairs
from plfkit.graph.snapshot import Snapshot
from plfkit.graph.unit_trees import find_unit_parents
from plfkit.measures.engine.columns import (
    EVENT_COLUMNS,
    PARTICIPATION_COLUMNS,
    STAFF_COLUMNS,
    UNIT_COLUMNS,
)
from plfkit.measures.engine.options import Options, resolve_options
from plfkit.measures.engine.registered import build_register_result, choose_communities
from plfkit.measures.logs.log_defaults import measure_meetings
from plfkit.measures.registers.register_defaults import MEMBER_COLUMNS, measure_communities
from plfkit.model.records.needs import Need
from plfkit.model.records.tables import recode_column
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.kinds import Label
from plfkit.model.words.reasons import Reason

WAY_COLUMNS = ("pathways.source", "pathways.target", "pathways.pupils")


@measure_meetings(
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
    tables=("units", "positions", "pathways", "events", "participations", "registrations"),
    columns=(*STAFF_COLUMNS, *UNIT_COLUMNS, *EVENT_COLUMNS, *PARTICIPATION_COLUMNS, *WAY_COLUMNS),
    example={"weighted": True},
)
def transition_coverage(
    snapshot: Snapshot,
    *,
    kinds: tuple[str, ...] = ("handover_meeting",),
    weighted: bool = False,
    **options: Unpack[Options],
) -> Result:
    """Return the share of pupils' ways from unit to unit along which a meeting was held.

    Formula:
        ways along which a meeting was held / ways with complete logs at both ends

    A meeting covers a way when somebody who works at the source, or below it, and somebody else who
    works at the target, or below it, are noted to have been there. Ways with a side whose log has
    gaps have no part in the value; they, and sides with a meeting of which nobody noted who was
    there, widen the range.

    Beware:
        A high share does not show what was handed over.

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

    Source:
        plfkit's own definition.

    Examples:
        From the day-care *k* pupils go to the schools *s* and *z*. Ann of the day-care met Bo of *s*; with
        *z* nobody met: 1 of 2.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(
        ...     units=["k daycare"],
        ...     pathways=["k s,z"],
        ...     positions=["ann k pedagogue", "bo s teacher", "cy z teacher"],
        ...     events=["h handover_meeting 2018-10-01 unit=s"],
        ...     participations=["h ann,bo"],
        ...     complete=["k", "s", "z"],
        ... )
        >>> transition_coverage(now).item()
        0.5
    """
    resolve_options(transition_coverage, options)
    events, logs = select_events(snapshot, kinds), look_up_logs(snapshot, kinds)
    ids = snapshot.units.column("id").categories
    ways = snapshot.pathways
    source, target = (recode_column(ways.column(side), ids) for side in ("source", "target"))
    found = [_judge_way_cover(snapshot, events, *way) for way in zip(source, target, strict=True)]
    complete = logs.mark_complete_units(source) & logs.mark_complete_units(target)
    yes, unnamed = (np.array([one[side] for one in found], np.bool_) for side in (0, 1))
    cases = Cases(yes, yes | unnamed | ~complete, complete)
    figure = _compute_way_share(snapshot, cases, weighted=weighted)
    return build_register_result(
        snapshot,
        transition_coverage,
        [figure],
        variant="pupils" if weighted else "ways",
        needs=(
            *logs.name_missing_logs(np.unique(np.concatenate([source, target]))),
            *(() if events.named.all() else (Need("participations"),)),
        ),
        evidence={"ways": len(ways), "events": len(events)},
    )


def _judge_way_cover(
    snapshot: Snapshot, events: Events, source: int, target: int
) -> tuple[bool, bool]:
    """Tell whether a meeting covers a way, and whether one of unknown people may."""
    event, person = list_distinct_pairs(events.events, events.persons)
    sides = [find_people_within(snapshot, unit)[person] for unit in (source, target)]
    left, right, either = (
        np.bincount(event[which], minlength=len(events)) for which in (*sides, sides[0] | sides[1])
    )
    # Somebody who works on both sides needs a second person to meet.
    met = (left > 0) & (right > 0) & (either > 1)
    # A meeting without names may be of this way where it stands in the log of either side, of a unit
    # above one, or of none.
    near = np.isin(
        find_event_units(snapshot, events),
        [-1, *_walk_up_units(snapshot, source), *_walk_up_units(snapshot, target)],
    )
    return bool(met.any()), bool((~events.named & near).any())


def _walk_up_units(snapshot: Snapshot, unit: int) -> Iterator[int]:
    """Yield a unit and all above it."""
    parents = find_unit_parents(snapshot)
    while unit >= 0:
        yield unit
        unit = int(parents[unit])


def _compute_way_share(snapshot: Snapshot, cases: Cases, *, weighted: bool) -> Figure:
    """Return the share of ways that show something, or of the pupils who go them."""
    if not weighted:
        return cases.compute_share(empty=Reason.NO_PATHWAYS)
    column = snapshot.pathways.column("pupils")
    pupils = np.where(column.missing, np.nan, column.values)
    # A way of unknown weight, or pupils on none of them: no share of pupils can be told.
    if len(cases) and (np.isnan(pupils).any() or not pupils.sum()):
        return Figure(reason=Reason.PUPILS_UNKNOWN)
    return cases.compute_share(empty=Reason.NO_PATHWAYS, sizes=pupils)


@measure_communities(
    label=Label(
        da="Fællesskaber hen over overgangene", en="Communities that span pupils' transitions"
    ),
    tells=Label(
        da="Ved hvor stor en del af elevernes overgange der er et fællesskab med mindst to voksne fra "
        "hver side.",
        en="At how large a part of the pupils' transitions there is a community with at least two "
        "adults of each side.",
    ),
    beware=Label(
        da="At være i samme fællesskab er ikke det samme som at tale om overgangen.",
        en="Being in one community is not the same as talking about the transition.",
    ),
    tables=("units", "positions", "pathways", "communities", "memberships"),
    columns=(*MEMBER_COLUMNS, *WAY_COLUMNS),
    example={"weighted": True},
    no_null="who is in which community is registered, and compared with nothing",
)
def shared_communities_at_transitions(
    snapshot: Snapshot,
    *,
    at_least: int = 2,
    weighted: bool = False,
    kinds: tuple[str, ...] | None = None,
    **options: Unpack[Options],
) -> Result:
    """Return the share of pupils' ways from unit to unit that a community spans.

    Formula:
        ways that a community spans / ways

    A community spans a way when at least so many of its members work only at the source, or below
    it, and as many others only at the target: somebody who works on both sides brings nobody
    together.

    Beware:
        A high share does not mean that the transition is talked about: people are in one community.

    Args:
        snapshot: The moment.
        at_least: How many people of either side.
        weighted: Whether a way counts as many times as pupils go it.
        kinds: The kinds of community that count, with their sorts; all if left out.
        options: What every measure takes; nothing here rests on chance or on answers.

    Returns:
        One figure; ``numerator`` and ``denominator`` count ways, or pupils. Undefined without ways, and
        where no memberships are registered; weighted also where a way does not say how many pupils go
        it.

    Raises:
        MeasureError: `at_least` is less than 1.
        UnknownGroupError: There is no such kind of community.

    Source:
        plfkit's own definition.

    Examples:
        From the day-care *k* pupils go to the schools *s* and *z*. A team has Ann and Al of the day-care, and
        Bo and Bea of *s*; none has people of *z*: 1 of 2.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(
        ...     units=["k daycare"],
        ...     pathways=["k s,z"],
        ...     positions=["ann,al k pedagogue", "bo,bea s teacher", "cy z teacher"],
        ...     memberships=["t ann,al,bo,bea"],
        ... )
        >>> shared_communities_at_transitions(now).item()
        0.5
    """
    resolve_options(shared_communities_at_transitions, options)
    if at_least < 1:
        raise MeasureError(
            f"shared_communities_at_transitions: at_least is 1 or more, not {at_least}"
        )
    known, counting = choose_communities(snapshot, kinds)
    ids = snapshot.units.column("id").categories
    ways = [recode_column(snapshot.pathways.column(side), ids) for side in ("source", "target")]
    spanning = [
        counting & _find_spanning_communities(snapshot, known, way, at_least)
        for way in zip(*ways, strict=True)
    ]
    cases = Cases.of_register(np.array([which.any() for which in spanning], np.bool_))
    figure = _compute_way_share(snapshot, cases, weighted=weighted)
    if not len(snapshot.memberships):
        figure = Figure(reason=Reason.NOT_REGISTERED)
    bearing = np.logical_or.reduce([np.zeros_like(counting), *spanning])
    return build_register_result(
        snapshot,
        shared_communities_at_transitions,
        [figure],
        variant="pupils" if weighted else "ways",
        evidence={"ways": len(cases), "communities": int(bearing.sum())},
        rests_on=pick_ids(known.ids, bearing),
    )


def _find_spanning_communities(
    snapshot: Snapshot, known: Communities, way: tuple[int, int], at_least: int
) -> Flags:
    """Tell which communities have enough people of one side of a way only, and of the other."""
    here, there = (find_people_within(snapshot, unit)[known.persons] for unit in way)
    # Ann works at both, Bo and Cy at the source, Di at the target: two against one.
    left, right = (known.count_members(only) for only in (here & ~there, there & ~here))
    return np.asarray((left >= at_least) & (right >= at_least))
