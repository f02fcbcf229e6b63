"""Practice: who takes part in what a learning community does, as far as it is registered."""

from __future__ import annotations

from typing import Unpack

import numpy as np

from plfkit.arrays import Flags
from plfkit.errors import MeasureError
from plfkit.graph.attendance import count_attended_events, judge_attendance, may_have_attended
from plfkit.graph.cases import Cases, compute_people_shares
from plfkit.graph.events import Events, select_events
from plfkit.graph.groups import GroupSpec, mark_qualified_people, resolve_grouping
from plfkit.graph.logs import Logs, find_position_units, look_up_logs, mark_logged_people
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.engine import anchors
from plfkit.measures.engine.catalogue import measure
from plfkit.measures.engine.columns import (
    COMMUNITY_COLUMNS,
    EVENT_COLUMNS,
    PARTICIPATION_COLUMNS,
    QUALIFICATION_COLUMNS,
    STAFF_COLUMNS,
    UNIT_COLUMNS,
)
from plfkit.measures.engine.options import Options, resolve_options
from plfkit.measures.engine.registered import (
    build_register_result,
    check_kinds,
    find_staff_among,
    split_staff,
)
from plfkit.model.results.result import Result
from plfkit.model.words.kinds import Label

PRACTICE_TABLES = ("persons", "positions", "events", "participations", "registrations")
PRACTICE_COLUMNS = (
    *STAFF_COLUMNS,
    *UNIT_COLUMNS,
    *COMMUNITY_COLUMNS,
    *EVENT_COLUMNS,
    *PARTICIPATION_COLUMNS,
)
LOGS_NO_NULL = "what took place is registered, and compared with nothing"
LOGS_NO_INTERVAL = "a log counts everything that took place, so nothing is left to chance"
JOINT_EVENT_KINDS = ("network_meeting", "conference")


@measure(
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
    figure_class="participation",
    tables=PRACTICE_TABLES,
    columns=PRACTICE_COLUMNS,
    anchors=anchors.PARTICIPATION,
    reference="plfkit's own definition",
    example={"kinds": ["dialogue_meeting"], "by": "school"},
    no_null=LOGS_NO_NULL,
    no_interval=LOGS_NO_INTERVAL,
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

    The value is the share among staff whose units' logs of these kinds are complete: registered
    activity. Where what is noted of the others rules that out there is none. The upper end of the
    range adds those whose logs have gaps, and those who may have been at an event of which nobody noted
    who was there: at a community's its members, at any other those who work at its unit.

    Args:
        snapshot: The moment.
        kinds: Kinds of events.
        level: Staff of this level or role only.
        at_least: In how many such events.
        by: One figure for each of these groups.
        options: What every measure takes; nothing here rests on chance or on answers.

    Returns:
        One figure for each part; ``numerator`` counts who took part, ``denominator`` the staff whose
        logs are complete. Undefined without staff, and where no log is complete.

    Raises:
        MeasureError: There is no such kind of event, or `at_least` is less than 1.
        UnknownGroupError: There is no such level, or people cannot be grouped by `by`.
    """
    resolve_options(practice_participation, options)
    if at_least < 1:
        raise MeasureError(f"practice_participation: at_least is 1 or more, not {at_least}")
    events, asked = select_events(snapshot, kinds), look_up_logs(snapshot, kinds)
    chosen = find_staff_among(snapshot, level)
    cases = judge_attendance(snapshot, events, asked, at_least=at_least)
    groups = None if by is None else resolve_grouping(snapshot, by)
    rows = compute_people_shares(cases, chosen, split_staff(snapshot, groups, level))
    return build_register_result(
        snapshot,
        practice_participation,
        rows,
        variant=level,
        by=None if groups is None else groups.name,
        several=None if groups is None else groups.several,
        range_kind="exact" if events.named.all() else "outer_bound",
        needs=name_log_needs(snapshot, events, asked, chosen),
        evidence={"events": len(events), "events_without_names": int((~events.named).sum())},
    )


def name_log_needs(
    snapshot: Snapshot, events: Events, asked: Logs, people: Flags
) -> tuple[str, ...]:
    """Name what would have to be registered for figures about people's part in events to be sure."""
    units = find_position_units(snapshot)[people[snapshot.position_persons]]
    unnamed = () if events.named.all() else ("participations",)
    return (*asked.name_missing_logs(np.unique(units)), *unnamed)


@measure(
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
    figure_class="participation",
    tables=(*PRACTICE_TABLES, "units", "qualifications"),
    columns=(*PRACTICE_COLUMNS, *QUALIFICATION_COLUMNS),
    reference="plfkit's own definition",
    no_null=LOGS_NO_NULL,
    no_interval=LOGS_NO_INTERVAL,
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

    Participants are the staff who have been through an element of the programme. An event is joint
    when people whose nearest units of the kind `unit` differ are noted to have been there.

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
    """
    resolve_options(joint_event_exposure, options)
    check_kinds(snapshot, "unit_kinds", (unit,))
    events, asked = select_events(snapshot, kinds), look_up_logs(snapshot, kinds)
    participants = snapshot.staff & mark_qualified_people(snapshot, (qualification,))
    joint = _find_joint_events(snapshot, events, unit)
    yes = count_attended_events(snapshot, events, joint) > 0
    complete = mark_logged_people(snapshot, asked)
    cases = Cases(yes, yes | ~complete | may_have_attended(snapshot, events), complete)
    groups = None if by is None else resolve_grouping(snapshot, by)
    parts = split_staff(snapshot, groups)
    return build_register_result(
        snapshot,
        joint_event_exposure,
        compute_people_shares(cases, participants, parts, empty="no_participants"),
        variant=unit,
        by=None if groups is None else groups.name,
        several=None if groups is None else groups.several,
        range_kind="exact" if events.named.all() else "outer_bound",
        needs=name_log_needs(snapshot, events, asked, participants),
        evidence={"events": len(events), "joint_events": int(joint.sum())},
    )


def _find_joint_events(snapshot: Snapshot, events: Events, unit: str) -> Flags:
    """Tell at which events people of several units of a kind are noted."""
    groups = resolve_grouping(snapshot, unit)
    seen = np.zeros(len(events), np.int64)
    for _, persons in groups:
        at = np.unique(events.events[np.isin(events.persons, persons)])
        seen[at] += 1
    return seen > 1
