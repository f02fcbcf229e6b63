"""Pupils' data: whether several people around a class or grade follow them."""

from __future__ import annotations

from typing import Unpack

import numpy as np

from plfkit.arrays import Flags, Numbers
from plfkit.graph.cases import Cases
from plfkit.graph.communities import (
    find_community_units,
    pick_ids,
)
from plfkit.graph.events import Events, select_events
from plfkit.graph.logs import look_up_logs
from plfkit.graph.picking import list_distinct_pairs
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.engine.columns import PARTICIPATION_COLUMNS
from plfkit.measures.engine.options import Options, resolve_options
from plfkit.measures.engine.registered import build_register_result, choose_communities
from plfkit.measures.logs.log_defaults import MEETING_COLUMNS, measure_meetings
from plfkit.model.results.result import Result
from plfkit.model.words.kinds import Label
from plfkit.model.words.reasons import Reason


@measure_meetings(
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
    columns=(*MEETING_COLUMNS, *PARTICIPATION_COLUMNS, "events.headcount"),
    example={"kinds": ["grade_team"]},
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

    Formula:
        teams with a meeting on data that enough people were at / teams whose log is complete

    Several people follow a team's data when at least so many are noted to have been at one of its
    meetings on data; where nobody noted names, the headcount is used.

    Beware:
        A high share does not mean that anybody acts on the data: looking at them together is not the
        same.

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

    Source:
        plfkit's own definition.

    Examples:
        Two were at one team's meeting on data, one at the other's: 1 of 2.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(
        ...     communities=["t,u class_team unit=s"],
        ...     memberships=["t,u ann,bo,cy"],
        ...     events=["m data_meeting 2018-10-01 community=t", "n data_meeting 2018-10-02 community=u"],
        ...     participations=["m ann,bo", "n cy"],
        ...     complete=["s"],
        ... )
        >>> shared_data_follow_up(now).item()
        0.5
    """
    resolve_options(shared_data_follow_up, options)
    known, teams = choose_communities(snapshot, kinds)
    events, logs = select_events(snapshot, meetings), look_up_logs(snapshot, meetings)
    whose, there, unknown = events.match_communities(known.ids), *_count_attendees(events)
    # For each team, how many of its meetings enough people were at: one will do.
    enough = np.bincount(whose[(whose >= 0) & (there >= at_least)], minlength=len(teams)) > 0
    unsure = np.bincount(whose[(whose >= 0) & unknown], minlength=len(teams)) > 0
    at = find_community_units(snapshot, known.ids)
    complete = logs.mark_complete_units(at)
    cases = Cases(enough, enough | unsure | ~complete, complete).take(teams)
    return build_register_result(
        snapshot,
        shared_data_follow_up,
        [cases.compute_share(empty=Reason.NO_COMMUNITIES)],
        needs=logs.name_missing_logs(np.unique(at[teams])),
        evidence={"communities": int(teams.sum()), "events": len(events)},
        rests_on=pick_ids(known.ids, enough & teams),
    )


def _count_attendees(events: Events) -> tuple[Numbers, Flags]:
    """Return how many people were at each event, and of which events nobody knows."""
    at, _ = list_distinct_pairs(events.events, events.persons)
    named = np.bincount(at, minlength=len(events))
    column = events.table.column("headcount")
    counted = np.where(column.missing, 0, column.values)
    # Three names and a count of five heads: five were there.
    return np.maximum(named, counted), ~events.named & column.missing
