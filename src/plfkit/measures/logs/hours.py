"""Hours: what those of meetings go to, and how they are spread over people."""

from __future__ import annotations

from typing import Unpack

import numpy as np
from attrs import evolve

from plfkit.arrays import Flags, Floats
from plfkit.graph.cases import Cases
from plfkit.graph.communities import find_community_units, gather_communities
from plfkit.graph.events import Events, list_meeting_kinds, select_events
from plfkit.graph.groups import GroupSpec, resolve_grouping
from plfkit.graph.logs import find_workplaces, look_up_logs, mark_logged_people
from plfkit.graph.snapshot import Snapshot
from plfkit.graph.standing import REGISTERED, Standing, judge_standing
from plfkit.measures.engine.catalogue import measure
from plfkit.measures.engine.options import Options, resolve_options
from plfkit.measures.engine.registered import build_register_result, split_staff
from plfkit.measures.logs.logged import MEETING_COLUMNS, MEETING_TABLES, LoggedMeetings
from plfkit.measures.logs.practice import (
    LOGS_NO_INTERVAL,
    LOGS_NO_NULL,
    PRACTICE_COLUMNS,
    PRACTICE_TABLES,
    name_log_needs,
)
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.choices import check_choice
from plfkit.model.words.kinds import Label


@measure(
    label=Label(da="Mødetimer efter indhold", en="Meeting hours by what they are used for"),
    tells=Label(
        da="Hvordan de registrerede mødetimer fordeler sig.",
        en="How the registered meeting hours are spread.",
    ),
    beware=Label(
        da="Ingen fordeling er rigtig for alle: også koordinering skal have tid.",
        en="No mix is right for everybody: coordination needs its time too.",
    ),
    figure_class="organisational",
    tables=MEETING_TABLES,
    columns=(*MEETING_COLUMNS, "events.hours"),
    reference="plfkit's own definition",
    example={"groups": "kind"},
    no_null=LOGS_NO_NULL,
    no_interval=LOGS_NO_INTERVAL,
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

    Meetings whose length nobody noted, those in logs with gaps, and those of communities of which it is
    not known whether they count, have no part in the value. Where meetings or their hours are missing
    there is no range: how many there are nobody knows. Where it is only not known which communities
    count, the share of hours in communities goes from none of these to all.

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
    places = np.concatenate([places, find_workplaces(snapshot)])
    everything = np.ones(len(events), np.bool_)
    meetings = LoggedMeetings.of(snapshot, events, everything, places, kinds=found.kinds)
    meetings = evolve(meetings, logged=meetings.logged & held.counted)
    return meetings, [_compute_hour_share(meetings, Cases(held.yes, held.maybe, meetings.logged))]


def _find_community_events(found: Standing, events: Events) -> Cases:
    """Tell of each event whether it was held in a community that counts."""
    whose = events.match_communities(found.communities.ids)
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
    whole = meetings.complete and bool(timed[meetings.ours].all())
    empty = "no_hours" if bool((meetings.ours & ~timed).any()) else meetings.empty_reason
    return cases.take(kept).compute_share(
        figure=figure, sizes=hours[kept], empty=empty, whole=whole
    )


@measure(
    label=Label(
        da="Ulighed i fællesskabernes mødetimer (Gini)", en="Inequality of meeting hours (Gini)"
    ),
    tells=Label(
        da="Hvor ulige fællesskabernes mødetimer er fordelt mellem medarbejderne: 0, når alle har "
        "lige mange, op mod 1, når få har dem alle.",
        en="How unequally the communities' meeting hours are spread among the staff: 0 when all have "
        "as many, towards 1 when few have them all.",
    ),
    beware=Label(
        da="Deltidsansatte og folk i flere fællesskaber har med god grund færre eller flere timer.",
        en="Part-timers and people in several communities have fewer or more hours for good reasons.",
    ),
    figure_class="participation",
    scale="index",
    tables=(*PRACTICE_TABLES, "communities", "memberships"),
    columns=(*PRACTICE_COLUMNS, "events.hours"),
    reference="Gini (1912), Variabilità e mutabilità; Sen (1973), On Economic Inequality, ch. 2",
    no_null=LOGS_NO_NULL,
    no_interval=LOGS_NO_INTERVAL,
)
def event_hours_concentration(
    snapshot: Snapshot, *, by: GroupSpec | None = None, **options: Unpack[Options]
) -> Result:
    """Return the Gini coefficient of hours in meetings of communities, over the staff.

    The meetings are those of communities with enough members. Hours are spread over everybody who
    counts as staff on the reference day and whose logs of meetings are complete, in a community or
    not. They count where it was noted who was there and how long the meeting lasted; staff without such
    hours count with none. How unequal the hours would be had all been noted is not known, so there is
    no range unless they were.

    Args:
        snapshot: The moment.
        by: One figure for each of these groups.
        options: What every measure takes; nothing here rests on chance or on answers.

    Returns:
        One figure for each part, from 0 to 1 − 1/n. Undefined without staff, without hours, and where
        the logs of meetings have gaps for everybody.

    Raises:
        UnknownGroupError: People cannot be grouped by `by`.

    Source:
        Gini (1912); the mean difference over twice the mean, as in Sen (1973).
    """
    resolve_options(event_hours_concentration, options)
    kinds = list_meeting_kinds(snapshot)
    events, asked = select_events(snapshot, kinds), look_up_logs(snapshot, kinds)
    known = gather_communities(snapshot)
    ours = np.append(known.established, False)[events.match_communities(known.ids)]
    hours = _sum_person_hours(snapshot, events, ours)
    complete = mark_logged_people(snapshot, asked)
    groups = None if by is None else resolve_grouping(snapshot, by)
    gaps = ours & (~events.named | np.isnan(events.hours))
    rows = []
    for part, staff in split_staff(snapshot, groups):
        counted = staff[complete[staff]]
        surely = bool(len(counted) == len(staff) and not gaps.any())
        rows.append(_build_gini_figure(hours[counted], part, len(staff), surely=surely))
    return build_register_result(
        snapshot,
        event_hours_concentration,
        rows,
        by=None if groups is None else groups.name,
        several=None if groups is None else groups.several,
        needs=name_log_needs(snapshot, events, asked, snapshot.staff),
        evidence={"meetings": int((ours & ~gaps).sum()), "meetings_without_hours": int(gaps.sum())},
    )


def _sum_person_hours(snapshot: Snapshot, events: Events, which: Flags) -> Floats:
    """Add up the hours of each person in some events."""
    pairs = np.unique(np.stack([events.events, events.persons]), axis=1)
    kept = which[pairs[0]] & ~np.isnan(events.hours[pairs[0]])
    event, person = pairs[:, kept]
    hours = events.hours[event]
    return np.asarray(np.bincount(person, hours, len(snapshot.person_ids)), np.float64)


def _build_gini_figure(hours: Floats, part: str | None, staff: int, *, surely: bool) -> Figure:
    figure = Figure(part=part, n=staff)
    if not staff or not len(hours):
        return evolve(figure, reason="not_registered" if staff else "no_staff")
    if not hours.sum():
        return evolve(figure, reason="no_hours")
    value, observed = _compute_gini(hours), len(hours) / staff
    end = value if surely else None
    return evolve(figure, value=value, lower=end, upper=end, observed=observed)


def _compute_gini(amounts: Floats) -> float:
    """Return the mean difference of all pairs, over twice the mean."""
    ordered, n = np.sort(amounts), len(amounts)
    ranks = np.arange(1, n + 1)
    return float((2 * ranks - n - 1) @ ordered / (n * ordered.sum()))
