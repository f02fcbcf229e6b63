"""Participation: who takes part in what a learning community does, as far as it is registered."""

from __future__ import annotations

from typing import Unpack

import numpy as np

from plfkit.arrays import Flags
from plfkit.errors import MeasureError
from plfkit.graph.attendance import (
    count_attended_events,
    judge_attendance,
    may_have_attended,
    name_log_needs,
)
from plfkit.graph.cases import Cases, compute_people_shares
from plfkit.graph.events import Events, select_events
from plfkit.graph.groups import GroupSpec, mark_qualified_people, resolve_grouping
from plfkit.graph.logs import look_up_logs, mark_logged_people
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.engine import anchors
from plfkit.measures.engine.columns import QUALIFICATION_COLUMNS
from plfkit.measures.engine.options import Options, resolve_options
from plfkit.measures.engine.registered import (
    build_staff_result,
    check_kinds,
    collect_people_facts,
    find_staff_among,
    split_staff,
)
from plfkit.measures.logs.log_defaults import (
    ATTENDANCE_COLUMNS,
    ATTENDANCE_TABLES,
    measure_attendance,
)
from plfkit.model.results.result import Result
from plfkit.model.words.kinds import Label
from plfkit.model.words.ranges import RangeKind
from plfkit.model.words.reasons import Reason

JOINT_EVENT_KINDS = ("network_meeting", "conference")


@measure_attendance(
    label=Label(da="Medarbejdere med i bestemte møder", en="Staff who take part in given events"),
    tells=Label(
        da="Hvor stor en del af medarbejderne der ifølge registreringen har deltaget i mindst ét "
        "møde af den slags.",
        en="How large a part of the staff is registered as having taken part in at least one such "
        "event.",
    ),
    beware=Label(
        da="Tallet måler registreret aktivitet: at have været til stede siger intet om udbyttet.",
        en="The figure measures registered activity: being there says nothing about what came of it.",
    ),
    anchors=anchors.PARTICIPATION,
    example={"kinds": ["dialogue_meeting"], "by": "school"},
)
def practice_participation(
    snapshot: Snapshot,
    *,
    kinds: tuple[str, ...],
    level: str | None = None,
    at_least: int = 1,
    by: GroupSpec | None = None,
    **options: Unpack[Options],
) -> Result:
    """Return the share of staff who took part in events of some kinds.

    Formula:
        staff who took part in enough such events / staff whose logs are complete

    The value is the share among staff whose units' logs of these kinds are complete: registered
    activity. Where what is noted of the others rules this value out, there is none. The upper end
    of the range adds those whose logs have gaps, and those who may have been at an event of which
    nobody noted who was there: for an event of a community these are its members, for any other
    those who work at its unit.

    Beware:
        A high share does not say what came of it: it is registered activity.

    Args:
        snapshot: The moment.
        kinds: Kinds of events.
        level: Staff of this level or role only.
        at_least: In how many such events.
        by: One figure for each of these groups.
        options: What every measure takes; nothing here rests on chance or on answers.

    Returns:
        One figure for each part; ``numerator`` counts those who took part, ``denominator`` the
        staff whose logs are complete. Undefined without staff, and where no log is complete.

    Raises:
        MeasureError: There is no such kind of event, or `at_least` is less than 1.
        UnknownGroupError: There is no such level, or people cannot be grouped by `by`.

    Source:
        plfkit's own definition.

    Examples:
        Three of four teachers were at the meeting.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(
        ...     positions=["ann,bo,cy,di s teacher"],
        ...     events=["m data_meeting 2018-10-01 unit=s"],
        ...     participations=["m ann,bo,cy"],
        ...     complete=["s"],
        ... )
        >>> practice_participation(now, kinds=("data_meeting",)).item()
        0.75
    """
    resolve_options(practice_participation, options)
    if at_least < 1:
        raise MeasureError(f"practice_participation: at_least is 1 or more, not {at_least}")
    events, logs = select_events(snapshot, kinds), look_up_logs(snapshot, kinds)
    chosen = find_staff_among(snapshot, level)
    cases = judge_attendance(snapshot, events, logs, at_least=at_least)
    parts = split_staff(snapshot, by, level)
    return build_staff_result(
        snapshot,
        practice_participation,
        compute_people_shares(cases, chosen, parts),
        parts,
        facts=collect_people_facts(
            snapshot, cases, parts, selecting=("level",), meaning={"kinds": tuple(kinds)}
        ),
        variant=level,
        range_kind=RangeKind.EXACT if events.named.all() else RangeKind.OUTER_BOUND,
        needs=name_log_needs(snapshot, events, logs, chosen),
        evidence={"events": len(events), "events_without_names": int((~events.named).sum())},
    )


@measure_attendance(
    label=Label(
        da="Projektdeltagere til arrangementer med en anden kommune",
        en="Participants at events with another municipality",
    ),
    tells=Label(
        da="Hvor stor en del af projektets deltagere der har været til mindst ét arrangement med "
        "folk fra mindst to kommuner.",
        en="How large a part of the project's participants has been to at least one event with "
        "people of at least two municipalities.",
    ),
    beware=Label(
        da="At være i samme lokale er ikke det samme som at arbejde sammen.",
        en="Being in the same room is not the same as working together.",
    ),
    tables=(*ATTENDANCE_TABLES, "units", "qualifications"),
    columns=(*ATTENDANCE_COLUMNS, *QUALIFICATION_COLUMNS),
)
def joint_event_exposure(
    snapshot: Snapshot,
    *,
    unit: str = "municipality",
    kinds: tuple[str, ...] = JOINT_EVENT_KINDS,
    qualification: str = "programme_element",
    by: GroupSpec | None = None,
    **options: Unpack[Options],
) -> Result:
    """Return the share of a programme's participants who met people of other municipalities.

    Formula:
        participants who were at a joint event / participants whose logs are complete

    Participants are the staff who have been through an element of the programme. An event is joint
    when people whose nearest units of the kind `unit` differ are noted to have been there.

    Beware:
        A high share does not mean that people of two municipalities work together: they were in one
        room.

    Args:
        snapshot: The moment.
        unit: The unit kind that is to differ.
        kinds: The kinds of events that may be joint.
        qualification: The qualification that makes somebody a participant.
        by: One figure for each of these groups.
        options: What every measure takes; nothing here rests on chance or on answers.

    Returns:
        One figure for each part; ``numerator`` counts those who were at a joint event,
        ``denominator`` the participants whose units' logs are complete. Undefined without
        participants, and where no log is complete.

    Raises:
        MeasureError: There is no such kind of event.
        UnknownGroupError: There is no such unit kind or qualification.

    Source:
        plfkit's own definition.

    Examples:
        Ann of one municipality and Cy of the other were at the conference, Bo and Di were not: 2 of 4.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(
        ...     units=["v,w municipality", "s school parent=v", "z school parent=w"],
        ...     positions=["ann,bo s teacher", "cy,di z teacher"],
        ...     qualifications=["ann,bo,cy,di programme_element"],
        ...     events=["c conference 2018-10-01"],
        ...     participations=["c ann,cy"],
        ...     complete=["s", "z"],
        ... )
        >>> joint_event_exposure(now).item()
        0.5
    """
    resolve_options(joint_event_exposure, options)
    check_kinds(snapshot, "unit_kinds", (unit,))
    events, logs = select_events(snapshot, kinds), look_up_logs(snapshot, kinds)
    participants = snapshot.staff & mark_qualified_people(snapshot, (qualification,))
    joint = _find_joint_events(snapshot, events, unit)
    yes = count_attended_events(snapshot, events, joint) > 0
    complete = mark_logged_people(snapshot, logs)
    cases = Cases(yes, yes | ~complete | may_have_attended(snapshot, events), complete)
    parts = split_staff(snapshot, by)
    return build_staff_result(
        snapshot,
        joint_event_exposure,
        compute_people_shares(cases, participants, parts, empty=Reason.NO_PARTICIPANTS),
        parts,
        variant=unit,
        range_kind=RangeKind.EXACT if events.named.all() else RangeKind.OUTER_BOUND,
        needs=name_log_needs(snapshot, events, logs, participants),
        evidence={"events": len(events), "joint_events": int(joint.sum())},
    )


def _find_joint_events(snapshot: Snapshot, events: Events, unit: str) -> Flags:
    """Tell at which events people of several units of a kind are noted."""
    groups = resolve_grouping(snapshot, unit)
    seen = np.zeros(len(events), np.int64)
    for _, persons in groups:
        at = np.unique(events.events[np.isin(events.persons, persons)])
        seen[at] += 1  # one more kind of guest: an event with people of v and w has seen two
    return seen > 1
