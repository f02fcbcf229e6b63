"""Hours: what those of meetings go to."""

from __future__ import annotations

from typing import Unpack

import numpy as np
from attrs import evolve

from plfkit.graph.cases import Cases
from plfkit.graph.communities import find_community_units
from plfkit.graph.events import Events, list_meeting_kinds, select_events
from plfkit.graph.logs import find_staffed_units
from plfkit.graph.snapshot import Snapshot
from plfkit.graph.standing import REGISTERED, Standing, judge_standing
from plfkit.measures.engine.options import Options, resolve_options
from plfkit.measures.engine.registered import (
    build_register_result,
)
from plfkit.measures.logs.log_defaults import (
    MEETING_COLUMNS,
    measure_meetings,
)
from plfkit.measures.logs.meeting_logs import LoggedMeetings
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.choices import check_choice
from plfkit.model.words.kinds import Label
from plfkit.model.words.reasons import Reason


@measure_meetings(
    label=Label(da="Mødetimer efter indhold", en="Meeting hours by what they are used for"),
    tells=Label(
        da="Hvordan de registrerede mødetimer fordeler sig.",
        en="How the registered meeting hours are spread.",
    ),
    beware=Label(
        da="Ingen fordeling er rigtig for alle: også koordinering skal have tid.",
        en="No mix is right for everybody: coordination needs its time too.",
    ),
    columns=(*MEETING_COLUMNS, "events.hours"),
    example={"groups": "kind"},
)
def meeting_mix(
    snapshot: Snapshot,
    *,
    groups: str = "kind",
    basis: str = REGISTERED,
    pedagogical: bool = False,
    **options: Unpack[Options],
) -> Result:
    """Return how registered meeting hours are spread.

    Formula:
        hours of meetings of one kind, or in communities / hours of meetings

    Meetings whose length nobody noted, those in logs with gaps, and those of communities of which
    it is not known whether they count, have no part in the value. Where meetings or their hours are
    missing there is no range: how many there are nobody knows. Where all that is not known is which
    communities count, the range of the share of hours in communities goes from none of these
    communities to all of them.

    Beware:
        No mix is right for everybody: a high share of one kind leaves little for another, and
        coordination needs its time too.

    Args:
        snapshot: The moment.
        groups: ``"kind"`` spreads the hours of communities over kinds of meetings; ``"community"``
            gives the share of all meeting hours that are spent in communities.
        basis: What makes a community count, as `plfkit.measures.membership_coverage` says.
        pedagogical: Whether to look at pedagogical meetings only, above the line and below it: those
            of a kind that is evidence for some characteristic of learning communities, as joint
            planning, reflective dialogue and data are, and coordination and leadership are not.
        options: What every measure takes; nothing here rests on chance or on answers.

    Returns:
        A share for each kind of meeting, ``figure``; or one share. ``numerator`` and ``denominator``
        are hours. Undefined where no log is complete, and without hours.

    Raises:
        MeasureError: There is no such basis or grouping, or the period is too short for the basis.

    Source:
        plfkit's own definition.

    Examples:
        The team spent one hour on data and three on coordination.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(
        ...     communities=["t team unit=s"],
        ...     memberships=["t ann,bo,cy"],
        ...     events=[
        ...         "d data_meeting 2018-10-01 community=t hours=1",
        ...         "c coordination_meeting 2018-11-01 community=t hours=3",
        ...     ],
        ...     complete=["s"],
        ... )
        >>> {row.figure: row.value for row in meeting_mix(now) if row.value}
        {'coordination_meeting': 0.75, 'data_meeting': 0.25}
    """
    resolve_options(meeting_mix, options)
    check_choice("meeting_mix", "groups", groups, ("kind", "community"))
    found = judge_standing(snapshot, basis, "meeting_mix")
    events = select_events(snapshot, list_meeting_kinds(snapshot, pedagogical=pedagogical))
    spread = _split_hours_by_kind if groups == "kind" else _measure_community_hours
    meetings, rows = spread(snapshot, found, events)
    kept, timed = meetings.ours & meetings.logged, ~np.isnan(events.hours)
    return build_register_result(
        snapshot,
        meeting_mix,
        rows,
        variant=f"{basis}, pedagogical" if pedagogical else basis,
        groups=groups,
        needs=tuple(dict.fromkeys((*meetings.needs, *found.needs))),
        evidence={
            "meetings": int((kept & timed).sum()),
            "meetings_without_hours": int((kept & ~timed).sum()),
        },
    )


def _split_hours_by_kind(
    snapshot: Snapshot, found: Standing, events: Events
) -> tuple[LoggedMeetings, list[Figure]]:
    """Spread the hours of communities that count over kinds of meetings."""
    held = _find_community_events(found, events)
    places = find_community_units(snapshot, found.communities.ids)[found.communities.established]
    meetings = LoggedMeetings.of(snapshot, events, held.maybe, places, kinds=found.kinds)
    # Above, the logs were looked up for all that may count; the value rests on those that do.
    meetings = evolve(
        meetings,
        ours=held.yes,
        logged=meetings.logged & held.counted,
        complete=meetings.complete and bool((held.yes == held.maybe).all()),
    )
    of_kind = {kind: events.kind == place for place, kind in enumerate(events.kinds)}
    return meetings, [
        _compute_hour_share(meetings, Cases(one, one, meetings.logged), kind)
        for kind, one in of_kind.items()
    ]


def _measure_community_hours(
    snapshot: Snapshot, found: Standing, events: Events
) -> tuple[LoggedMeetings, list[Figure]]:
    """Return the part of all hours that was spent in communities that count."""
    held = _find_community_events(found, events)
    places = find_community_units(snapshot, found.communities.ids)[found.communities.established]
    places = np.concatenate([places, find_staffed_units(snapshot)])
    # Meetings outside communities may stand in the log of any workplace.
    everything = np.ones(len(events), np.bool_)
    meetings = LoggedMeetings.of(snapshot, events, everything, places, kinds=found.kinds)
    meetings = evolve(meetings, logged=meetings.logged & held.counted)
    return meetings, [_compute_hour_share(meetings, Cases(held.yes, held.maybe, meetings.logged))]


def _find_community_events(found: Standing, events: Events) -> Cases:
    """Tell of each event whether it was held in a community that counts."""
    whose = events.match_communities(found.communities.ids)
    # An event of no community is not in one for certain: the entry behind the last says so for −1.
    return Cases(
        yes=np.append(found.counts, False)[whose],
        maybe=np.append(found.maybe, False)[whose],
        counted=np.append(found.known, True)[whose],
    )


def _compute_hour_share(
    meetings: LoggedMeetings, cases: Cases, figure: str | None = None
) -> Figure:
    """Return the share of hours that some meetings have, as far as their length was noted."""
    hours = meetings.events.hours
    timed = ~np.isnan(hours)
    kept = meetings.ours & timed
    # One meeting of unknown length, and how many hours there were nobody knows.
    whole = meetings.complete and bool(timed[meetings.ours].all())
    empty = Reason.NO_HOURS if bool((meetings.ours & ~timed).any()) else meetings.empty_reason
    return cases.take(kept).compute_share(
        figure=figure, sizes=hours[kept], empty=empty, complete=whole
    )
