"""Pupils: handovers along their ways, and who follows their data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Unpack

import numpy as np

from plfkit.arrays import Flags, Floats, Numbers
from plfkit.errors import MeasureError
from plfkit.graph.attendance import find_people_within
from plfkit.graph.cases import Cases
from plfkit.graph.communities import (
    Communities,
    find_community_units,
    gather_communities,
    match_community_kinds,
    pick_ids,
)
from plfkit.graph.events import Events, select_events
from plfkit.graph.groups import find_unit_parents
from plfkit.graph.logs import find_event_units, look_up_logs
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.engine.catalogue import measure
from plfkit.measures.engine.columns import (
    COMMUNITY_COLUMNS,
    EVENT_COLUMNS,
    PARTICIPATION_COLUMNS,
    STAFF_COLUMNS,
    UNIT_COLUMNS,
)
from plfkit.measures.engine.options import Options, resolve_options
from plfkit.measures.engine.registered import build_register_result, check_kinds
from plfkit.measures.logs.practice import LOGS_NO_INTERVAL, LOGS_NO_NULL
from plfkit.model.records.tables import recode_column
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.kinds import Label

WAYS = ("pathways.source", "pathways.target", "pathways.pupils")


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
    columns=(*STAFF_COLUMNS, *UNIT_COLUMNS, *EVENT_COLUMNS, *PARTICIPATION_COLUMNS, *WAYS),
    reference="plfkit's own definition",
    example={"weighted": True},
    no_null=LOGS_NO_NULL,
    no_interval=LOGS_NO_INTERVAL,
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
    resolve_options(transition_coverage, options)
    events, asked = select_events(snapshot, kinds), look_up_logs(snapshot, kinds)
    ids = snapshot.units.column("id").categories
    ways = snapshot.pathways
    source, target = (recode_column(ways.column(side), ids) for side in ("source", "target"))
    found = [_judge_way_cover(snapshot, events, *way) for way in zip(source, target, strict=True)]
    complete = asked.mark_complete_units(source) & asked.mark_complete_units(target)
    yes, unnamed = (np.array([one[side] for one in found], np.bool_) for side in (0, 1))
    cases = Cases(yes, yes | unnamed | ~complete, complete)
    figure = (
        _weigh_by_pupils(cases, _read_way_pupils(snapshot))
        if weighted
        else cases.compute_share(empty="no_pathways")
    )
    return build_register_result(
        snapshot,
        transition_coverage,
        [figure],
        variant="pupils" if weighted else "ways",
        needs=(
            *asked.name_missing_logs(np.unique(np.concatenate([source, target]))),
            *(() if events.named.all() else ("participations",)),
        ),
        evidence={"ways": len(ways), "events": len(events)},
    )


def _judge_way_cover(
    snapshot: Snapshot, events: Events, source: int, target: int
) -> tuple[bool, bool]:
    """Tell whether a meeting covers a way, and whether one of unknown people may."""
    event, person = np.unique(np.stack([events.events, events.persons]), axis=1)
    sides = [find_people_within(snapshot, unit)[person] for unit in (source, target)]

    def heads(which: Flags) -> Numbers:
        return np.bincount(event[which], minlength=len(events))

    # Somebody who works on both sides needs a second person to meet.
    met = (heads(sides[0]) > 0) & (heads(sides[1]) > 0) & (heads(sides[0] | sides[1]) > 1)
    near = np.isin(
        find_event_units(snapshot, events),
        [-1, *_walk_up_units(snapshot, source), *_walk_up_units(snapshot, target)],
    )
    return bool(met.any()), bool((~events.named & near).any())


def _walk_up_units(snapshot: Snapshot, unit: int) -> Iterator[int]:
    """Yield a unit and all above it."""
    parents = find_unit_parents(snapshot.units)
    while unit >= 0:
        yield unit
        unit = int(parents[unit])


def _read_way_pupils(snapshot: Snapshot) -> Floats:
    column = snapshot.pathways.column("pupils")
    return np.where(column.missing, np.nan, column.values)


def _weigh_by_pupils(cases: Cases, pupils: Floats) -> Figure:
    """Return a share of pupils in place of one of ways."""
    if len(cases) and (np.isnan(pupils).any() or not pupils.sum()):
        return Figure(reason="pupils_unknown")
    return cases.compute_share(empty="no_pathways", sizes=pupils)


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
    columns=(
        *STAFF_COLUMNS,
        *UNIT_COLUMNS,
        *COMMUNITY_COLUMNS,
        *EVENT_COLUMNS,
        *PARTICIPATION_COLUMNS,
        "events.headcount",
    ),
    reference="plfkit's own definition",
    example={"kinds": ["grade_team"]},
    no_null=LOGS_NO_NULL,
    no_interval=LOGS_NO_INTERVAL,
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
        kinds: The kinds of community that stand around a class or grade, with their sorts.
        meetings: The kinds of events that follow data.
        at_least: How many people.
        options: What every measure takes; nothing here rests on chance or on answers.

    Returns:
        One figure; ``numerator`` and ``denominator`` count teams with enough members whose log
        is complete. Undefined without such teams, and where no log is complete.

    Raises:
        MeasureError: There is no such kind of event.
        UnknownGroupError: There is no such kind of community.
    """
    resolve_options(shared_data_follow_up, options)
    check_kinds(snapshot, "community_kinds", kinds)
    events, asked = select_events(snapshot, meetings), look_up_logs(snapshot, meetings)
    known = gather_communities(snapshot)
    teams = known.established & match_community_kinds(snapshot, known, kinds)
    whose, there, unknown = events.match_communities(known.ids), *_count_attendees(events)
    enough = np.bincount(whose[(whose >= 0) & (there >= at_least)], minlength=len(teams)) > 0
    unsure = np.bincount(whose[(whose >= 0) & unknown], minlength=len(teams)) > 0
    at = find_community_units(snapshot, known.ids)
    complete = asked.mark_complete_units(at)
    cases = Cases(enough, enough | unsure | ~complete, complete).take(teams)
    return build_register_result(
        snapshot,
        shared_data_follow_up,
        [cases.compute_share(empty="no_communities")],
        needs=asked.name_missing_logs(np.unique(at[teams])),
        evidence={"communities": int(teams.sum()), "events": len(events)},
        rests_on=pick_ids(known.ids, enough & teams),
    )


def _count_attendees(events: Events) -> tuple[Numbers, Flags]:
    """Return how many people were at each event, and of which events nobody knows."""
    pairs = np.unique(np.stack([events.events, events.persons]), axis=1)
    named = np.bincount(pairs[0], minlength=len(events))
    column = events.table.column("headcount")
    counted = np.where(column.missing, 0, column.values)
    return np.maximum(named, counted), ~events.named & column.missing


@measure(
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
    figure_class="organisational",
    tables=("units", "positions", "pathways", "communities", "memberships"),
    columns=(*STAFF_COLUMNS, *UNIT_COLUMNS, *COMMUNITY_COLUMNS, *WAYS),
    reference="plfkit's own definition",
    example={"weighted": True},
    no_null="who is in which community is registered, and compared with nothing",
    no_interval="the register counts every community, so nothing is left to chance",
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

    It does when enough of its members work at the source only, or below it, and as many others at the
    target only: somebody who works on both sides brings nobody together.

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
    """
    resolve_options(shared_communities_at_transitions, options)
    if at_least < 1:
        raise MeasureError(
            f"shared_communities_at_transitions: at_least is 1 or more, not {at_least}"
        )
    check_kinds(snapshot, "community_kinds", kinds)
    known = gather_communities(snapshot)
    counting = known.established & match_community_kinds(snapshot, known, kinds)
    ids = snapshot.units.column("id").categories
    ways = [recode_column(snapshot.pathways.column(side), ids) for side in ("source", "target")]
    spanning = [
        counting & _find_spanning_communities(snapshot, known, way, at_least)
        for way in zip(*ways, strict=True)
    ]
    cases = Cases.of_register(np.array([which.any() for which in spanning], np.bool_))
    figure = (
        _weigh_by_pupils(cases, _read_way_pupils(snapshot))
        if weighted
        else cases.compute_share(empty="no_pathways")
    )
    if not len(snapshot.memberships):
        figure = Figure(reason="not_registered")
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
    sides = (
        np.bincount(known.numbers[only], minlength=len(known.ids))
        for only in (here & ~there, there & ~here)
    )
    return np.asarray(np.logical_and.reduce([side >= at_least for side in sides]))
