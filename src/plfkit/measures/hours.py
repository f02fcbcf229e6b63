"""Hours: what those of meetings go to, and how they are spread over people."""

from __future__ import annotations

from typing import Unpack

import numpy as np
from attrs import evolve
from numpy.typing import NDArray

from plfkit.graph.communities import communities
from plfkit.graph.events import Events, events_of
from plfkit.graph.groups import GroupSpec, grouping
from plfkit.graph.logs import community_units, logs, people_logged, workplaces
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.cases import Cases, parts_of
from plfkit.measures.catalogue import measure
from plfkit.measures.logged import COLUMNS as MEETING_COLUMNS
from plfkit.measures.logged import TABLES as MEETING_TABLES
from plfkit.measures.logged import Meetings
from plfkit.measures.options import Options, how
from plfkit.measures.parts import check_choice
from plfkit.measures.practice import COLUMNS, NO_INTERVAL, NO_NULL, TABLES, needs_of
from plfkit.measures.registered import register_result
from plfkit.measures.standing import REGISTERED, Standing, meeting_kinds, standing
from plfkit.model.kinds import Label
from plfkit.model.result import Figure, Result


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
    no_null=NO_NULL,
    no_interval=NO_INTERVAL,
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
    how(meeting_mix, options)
    check_choice("meeting_mix", "groups", groups, ("kind", "community"))
    found = standing(snapshot, basis, "meeting_mix")
    events = events_of(snapshot, meeting_kinds(snapshot, pedagogical=pedagogical))
    spread = _over_kinds if groups == "kind" else _in_communities
    meetings, rows = spread(snapshot, found, events)
    kept, timed = meetings.ours & meetings.logged, ~np.isnan(events.hours)
    return register_result(
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


def _over_kinds(
    snapshot: Snapshot, found: Standing, events: Events
) -> tuple[Meetings, list[Figure]]:
    """Spread the hours of communities that count over kinds of meetings."""
    held = _held_in(found, events)
    places = community_units(snapshot, found.communities.ids)[found.communities.established]
    meetings = Meetings.of(snapshot, events, held.maybe, places, kinds=found.kinds)
    meetings = evolve(
        meetings,
        ours=held.yes,
        logged=meetings.logged & held.counted,
        complete=meetings.complete and bool((held.yes == held.maybe).all()),
    )
    of_kind = {kind: events.kind == place for place, kind in enumerate(events.kinds)}
    return meetings, [
        _share_of_hours(meetings, Cases(one, one, meetings.logged), kind)
        for kind, one in of_kind.items()
    ]


def _in_communities(
    snapshot: Snapshot, found: Standing, events: Events
) -> tuple[Meetings, list[Figure]]:
    """Return the part of all hours that was spent in communities that count."""
    held = _held_in(found, events)
    places = community_units(snapshot, found.communities.ids)[found.communities.established]
    places = np.concatenate([places, workplaces(snapshot)])
    everything = np.ones(len(events), np.bool_)
    meetings = Meetings.of(snapshot, events, everything, places, kinds=found.kinds)
    meetings = evolve(meetings, logged=meetings.logged & held.counted)
    return meetings, [_share_of_hours(meetings, Cases(held.yes, held.maybe, meetings.logged))]


def _held_in(found: Standing, events: Events) -> Cases:
    """Tell of each event whether it was held in a community that counts."""
    whose = events.communities(found.communities.ids)
    return Cases(
        yes=np.append(found.counts, False)[whose],
        maybe=np.append(found.maybe, False)[whose],
        counted=np.append(found.known, True)[whose],
    )


def _share_of_hours(meetings: Meetings, cases: Cases, figure: str | None = None) -> Figure:
    """Return the share of hours that some meetings have, as far as their length was noted."""
    hours = meetings.events.hours
    timed = ~np.isnan(hours)
    kept = meetings.ours & timed
    whole = meetings.complete and bool(timed[meetings.ours].all())
    empty = "no_hours" if bool((meetings.ours & ~timed).any()) else meetings.empty
    return cases.take(kept).share(figure=figure, sizes=hours[kept], empty=empty, whole=whole)


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
    tables=(*TABLES, "communities", "memberships"),
    columns=(*COLUMNS, "events.hours"),
    reference="Gini (1912), Variabilità e mutabilità; Sen (1973), On Economic Inequality, ch. 2",
    no_null=NO_NULL,
    no_interval=NO_INTERVAL,
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
    how(event_hours_concentration, options)
    kinds = meeting_kinds(snapshot)
    events, asked = events_of(snapshot, kinds), logs(snapshot, kinds)
    known = communities(snapshot)
    ours = np.append(known.established, False)[events.communities(known.ids)]
    hours = _hours(snapshot, events, ours)
    complete = people_logged(snapshot, asked)
    groups = None if by is None else grouping(snapshot, by)
    gaps = ours & (~events.named | np.isnan(events.hours))
    rows = []
    for part, persons in parts_of(groups, len(hours)):
        staff = persons[snapshot.staff[persons]]
        counted = staff[complete[staff]]
        surely = bool(len(counted) == len(staff) and not gaps.any())
        rows.append(_gini_figure(hours[counted], part, len(staff), surely=surely))
    return register_result(
        snapshot,
        event_hours_concentration,
        rows,
        by=None if groups is None else groups.name,
        several=None if groups is None else groups.several,
        needs=needs_of(snapshot, events, asked, snapshot.staff),
        evidence={"meetings": int((ours & ~gaps).sum()), "meetings_without_hours": int(gaps.sum())},
    )


def _hours(snapshot: Snapshot, events: Events, which: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Add up the hours of each person in some events."""
    pairs = np.unique(np.stack([events.events, events.persons]), axis=1)
    kept = which[pairs[0]] & ~np.isnan(events.hours[pairs[0]])
    event, person = pairs[:, kept]
    hours = events.hours[event]
    return np.asarray(np.bincount(person, hours, len(snapshot.person_ids)), np.float64)


def _gini_figure(
    hours: NDArray[np.float64], part: str | None, staff: int, *, surely: bool
) -> Figure:
    figure = Figure(part=part, n=staff)
    if not staff or not len(hours):
        return evolve(figure, reason="not_registered" if staff else "no_staff")
    if not hours.sum():
        return evolve(figure, reason="no_hours")
    value, observed = gini(hours), len(hours) / staff
    end = value if surely else None
    return evolve(figure, value=value, lower=end, upper=end, observed=observed)


def gini(amounts: NDArray[np.float64]) -> float:
    """Return the mean difference of all pairs, over twice the mean."""
    ordered, n = np.sort(amounts), len(amounts)
    ranks = np.arange(1, n + 1)
    return float((2 * ranks - n - 1) @ ordered / (n * ordered.sum()))
