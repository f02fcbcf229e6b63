"""Concentration: how unequally hours in meetings are spread over the staff."""

from __future__ import annotations

from typing import Unpack

import numpy as np
from attrs import evolve

from plfkit.arrays import Flags, Floats
from plfkit.graph.attendance import name_log_needs
from plfkit.graph.communities import gather_communities
from plfkit.graph.events import Events, list_meeting_kinds, select_events
from plfkit.graph.groups import GroupSpec
from plfkit.graph.logs import look_up_logs, mark_logged_people
from plfkit.graph.picking import list_distinct_pairs
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.engine.options import Options, resolve_options
from plfkit.measures.engine.registered import (
    build_staff_result,
    split_staff,
)
from plfkit.measures.logs.log_defaults import (
    ATTENDANCE_COLUMNS,
    ATTENDANCE_TABLES,
    measure_attendance,
)
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.kinds import Label
from plfkit.model.words.reasons import Reason


@measure_attendance(
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
    scale="index",
    tables=(*ATTENDANCE_TABLES, "communities", "memberships"),
    columns=(*ATTENDANCE_COLUMNS, "events.hours"),
    reference="Gini (1912), Variabilità e mutabilità; Sen (1973), On Economic Inequality, ch. 2",
)
def event_hours_concentration(
    snapshot: Snapshot, *, by: GroupSpec | None = None, **options: Unpack[Options]
) -> Result:
    """Return the Gini coefficient of hours in meetings of communities, over the staff.

    Formula:
        G = sum of (2i − n − 1) · h_i / (n · sum of h_i), the hours h_1 ≤ … ≤ h_n in order

    The meetings are those of communities with enough members. Hours are spread over everybody who
    counts as staff on the reference day and whose logs of meetings are complete, in a community or
    not. They count where it was noted who was there and how long the meeting lasted; staff without
    such hours count with zero. Where not all hours were noted, nobody knows how unequal they are,
    so there is a range only where all were.

    Beware:
        A high figure is not always unfair: part-timers and people in several communities have fewer or
        more hours for good reasons.

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

    Examples:
        Ann and Bo spent two hours each in the team's meeting, Cy and Di none. In order the hours are 0, 0, 2
        and 2, so G = (−3 · 0 − 1 · 0 + 1 · 2 + 3 · 2)/(4 · 4).

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(
        ...     positions=["ann,bo,cy,di s teacher"],
        ...     communities=["t team unit=s"],
        ...     memberships=["t ann,bo,cy"],
        ...     events=["m data_meeting 2018-10-01 community=t hours=2"],
        ...     participations=["m ann,bo"],
        ...     complete=["s"],
        ... )
        >>> event_hours_concentration(now).item()
        0.5
    """
    resolve_options(event_hours_concentration, options)
    kinds = list_meeting_kinds(snapshot)
    events, logs = select_events(snapshot, kinds), look_up_logs(snapshot, kinds)
    known = gather_communities(snapshot)
    # An event of no community has the number −1, for which the entry behind the last is False.
    ours = np.append(known.established, False)[events.match_communities(known.ids)]
    hours = _sum_person_hours(snapshot, events, ours)
    complete = mark_logged_people(snapshot, logs)
    parts = split_staff(snapshot, by)
    # A meeting without names or hours might change everybody's sum.
    gaps = ours & (~events.named | np.isnan(events.hours))
    rows = []
    for part, staff in parts:
        counted = staff[complete[staff]]
        surely = bool(len(counted) == len(staff) and not gaps.any())
        rows.append(_build_gini_figure(hours[counted], part, len(staff), surely=surely))
    return build_staff_result(
        snapshot,
        event_hours_concentration,
        rows,
        parts,
        needs=name_log_needs(snapshot, events, logs, snapshot.staff),
        evidence={"meetings": int((ours & ~gaps).sum()), "meetings_without_hours": int(gaps.sum())},
    )


def _sum_person_hours(snapshot: Snapshot, events: Events, which: Flags) -> Floats:
    """Add up the hours of each person in some events."""
    # Somebody with two parts in a meeting was there once.
    event, person = list_distinct_pairs(events.events, events.persons)
    kept = which[event] & ~np.isnan(events.hours[event])
    hours = events.hours[event[kept]]
    return np.asarray(np.bincount(person[kept], hours, len(snapshot.person_ids)), np.float64)


def _build_gini_figure(hours: Floats, part: str | None, staff: int, *, surely: bool) -> Figure:
    figure = Figure(part=part, n=staff)
    if not staff or not len(hours):
        return evolve(figure, reason=Reason.NOT_REGISTERED if staff else Reason.NO_STAFF)
    # Where all have none the mean is 0, and so is what G divides by.
    if not hours.sum():
        return evolve(figure, reason=Reason.NO_HOURS)
    value, observed = _compute_gini(hours), len(hours) / staff
    end = value if surely else None
    return evolve(figure, value=value, lower=end, upper=end, observed=observed)


def _compute_gini(amounts: Floats) -> float:
    """Return the mean difference of all pairs, over twice the mean."""
    # In order each amount is taken once for every smaller one and given once for every greater: of 0, 0,
    # 2 and 2 the weights −3, −1, 1 and 3 make 8, the sum of the six differences.
    ordered, n = np.sort(amounts), len(amounts)
    ranks = np.arange(1, n + 1)
    return float((2 * ranks - n - 1) @ ordered / (n * ordered.sum()))
