"""Facilitation: who led the meetings of communities, as far as that was noted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Unpack

import numpy as np
from attrs import evolve

from plfkit.arrays import Flags, Numbers
from plfkit.graph.attendance import mark_own_people
from plfkit.graph.cases import Cases, set_share_value
from plfkit.graph.events import Events
from plfkit.graph.groups import RESOURCE_PERSON, look_up_members, mark_qualified_people
from plfkit.graph.logs import find_event_units
from plfkit.graph.snapshot import Snapshot
from plfkit.graph.unit_trees import find_nearest_above
from plfkit.measures.engine.columns import PARTICIPATION_COLUMNS, QUALIFICATION_COLUMNS
from plfkit.measures.engine.options import Options, resolve_options
from plfkit.measures.engine.registered import build_register_result
from plfkit.measures.logs.log_defaults import MEETING_COLUMNS, MEETING_TABLES, measure_meetings
from plfkit.measures.logs.meeting_logs import LoggedMeetings
from plfkit.model.records.needs import Need
from plfkit.model.results.fields import TOTAL
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import MeasureFunction, Result
from plfkit.model.words.choices import check_choice
from plfkit.model.words.kinds import Label
from plfkit.model.words.ranges import RangeKind
from plfkit.model.words.reasons import Reason

WITH_PARTS = (*MEETING_COLUMNS, *PARTICIPATION_COLUMNS, "participations.role")
OWN_SCHOOL = "school"
RESOURCE_LEVEL = "resource_persons"
_OWN_LEVELS = ("school_leadership", RESOURCE_LEVEL, "pedagogical_staff")
FACILITATOR_ROLES = ("facilitator",)


def _build_facilitation_result(
    snapshot: Snapshot,
    function: MeasureFunction,
    meetings: LoggedMeetings,
    each: Mapping[str | None, Cases],
    **about: Any,
) -> Result:
    """Return the result of a measure that is one or several shares of meetings by who led them.

    Its range is that of the meetings in complete logs, whoever led those of which nobody noted it. Where
    other logs have gaps it is called so: of what they lack nobody knows anything.
    """
    ours = {name: cases.take(meetings.ours) for name, cases in each.items()}
    logged = meetings.logged[meetings.ours]
    sure = all((cases.yes | ~cases.maybe).all() for cases in ours.values())
    unnoted = () if sure else (Need("participations"),)
    return build_register_result(
        snapshot,
        function,
        [
            _compute_registered_share(cases, logged, name, meetings.empty_reason)
            for name, cases in ours.items()
        ],
        range_kind=RangeKind.EXACT if meetings.complete else RangeKind.OF_REGISTERED,
        needs=(*meetings.needs, *unnoted),
        evidence={"meetings": int(meetings.ours.sum())},
        **about,
    )


def _compute_registered_share(cases: Cases, logged: Flags, name: str | None, empty: str) -> Figure:
    """Return the share of those counted, between none and all of those logged that may show it."""
    if not logged.any():
        return Figure(figure=name, reason=Reason.NOT_REGISTERED if len(cases) else empty)
    # The range, too, looks at complete logs only: of what other logs lack nobody knows anything.
    cases = cases.take(logged)
    known = Figure(
        figure=name,
        lower=float(cases.yes.mean()),
        upper=float((cases.yes | cases.maybe).mean()),
        observed=float((cases.yes | ~cases.maybe).mean()),
    )
    yes, counted = float((cases.yes & cases.counted).sum()), float(cases.counted.sum())
    return set_share_value(known, yes, counted)


@measure_meetings(
    label=Label(
        da="Møder, der faciliteres af en uddannet ressourceperson",
        en="Meetings facilitated by a trained resource person",
    ),
    tells=Label(
        da="Hvor stor en del af fællesskabernes møder, hvor det er noteret, hvem der faciliterede, "
        "der blev faciliteret af en ressourceperson med uddannelse til det.",
        en="How large a part of the communities' meetings, where it was noted who facilitated, was "
        "facilitated by a resource person who is trained for it.",
    ),
    beware=Label(
        da="Uddannelse er ikke det samme som god facilitering.",
        en="Training is not the same as good facilitation.",
    ),
    tables=(*MEETING_TABLES, "participations", "positions", "qualifications"),
    columns=(*WITH_PARTS, *QUALIFICATION_COLUMNS),
)
def qualified_facilitation(
    snapshot: Snapshot,
    *,
    qualifications: tuple[str, ...] = ("coach_training", "facilitator_training"),
    **options: Unpack[Options],
) -> Result:
    """Return the share of communities' meetings that a trained resource person facilitated.

    Formula:
        meetings led by a trained resource person / meetings of which it was noted who led them

    Meetings of which nobody noted who facilitated have no part in the value, and widen the range. Where
    logs have gaps the range is that of the meetings in complete logs, and says so (``"of_registered"``).

    Beware:
        A high share does not mean good facilitation: training is not the same.

    Args:
        snapshot: The moment.
        qualifications: What a resource person is to be trained in: any of these.
        options: What every measure takes; nothing here rests on chance or on answers.

    Returns:
        One figure; ``numerator`` and ``denominator`` count meetings in complete logs of which it was
        noted who facilitated. Undefined without meetings, where no log is complete, where nobody noted
        who facilitated, and where nobody's training is registered.

    Raises:
        UnknownGroupError: There is no such qualification.

    Source:
        plfkit's own definition.

    Examples:
        The trained coach led one of the team's two meetings, a teacher the other: 1 of 2.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(
        ...     positions=["col s reading_coach", "ann,bo s teacher"],
        ...     qualifications=["col coach_training"],
        ...     communities=["t team unit=s"],
        ...     memberships=["t col,ann,bo"],
        ...     events=["a,b planning_meeting 2018-10-01 community=t"],
        ...     participations=["a col role=facilitator", "b ann role=facilitator"],
        ...     complete=["s"],
        ... )
        >>> qualified_facilitation(now).item()
        0.5
    """
    resolve_options(qualified_facilitation, options)
    able = mark_qualified_people(snapshot, qualifications)
    supports = np.zeros(len(able), np.bool_)
    supports[look_up_members(snapshot, RESOURCE_PERSON)] = True
    meetings = LoggedMeetings.of_communities(snapshot)
    cases = _find_led_meetings(meetings, (able & supports)[meetings.events.persons])
    if not able.any():
        meetings = evolve(meetings, needs=(*meetings.needs, Need("qualifications")))
        # Nobody's training is registered: any meeting may have been led by somebody trained.
        cases = Cases(cases.yes, np.ones_like(cases.yes), np.zeros_like(cases.yes))
    return _build_facilitation_result(snapshot, qualified_facilitation, meetings, {None: cases})


@measure_meetings(
    label=Label(
        da="Møder, der ledes af skolens egne medarbejdere",
        en="Meetings facilitated by the schools' own people",
    ),
    tells=Label(
        da="Hvor stor en del af fællesskabernes møder, hvor det er noteret, hvem der faciliterede, "
        "der blev ledet af skolens egne folk – lærere og pædagoger, ressourcepersoner eller ledere – og "
        "ikke af nogen udefra.",
        en="How large a part of the communities' meetings, where it was noted who facilitated, was led by "
        "the schools' own people – teachers and pedagogues, resource persons or leaders – and not by "
        "somebody from outside.",
    ),
    beware=Label(
        da="Hjælp udefra kan være et godt valg, og hvem der leder et møde, siger ikke, om det er godt. "
        "Møder uden note om, hvem der ledede dem, er ofte dem, teamet selv leder: så er tallet for lavt.",
        en="Help from outside may be a good choice, and who leads a meeting does not say whether it is "
        "good. Meetings without a note of who led them are often those that a team leads itself: then "
        "the figure is too low.",
    ),
    tables=(*MEETING_TABLES, "participations", "positions"),
    columns=WITH_PARTS,
    reference="plfkit's own definition, after Coburn (2003), Educational Researcher 32(6), 3-12, "
    "doi:10.3102/0013189X032006003, on shift in ownership",
)
def internal_facilitation(
    snapshot: Snapshot, *, people: str = OWN_SCHOOL, **options: Unpack[Options]
) -> Result:
    """Return the share of communities' meetings that the schools' own people facilitated.

    Formula:
        meetings led by the school's own people / meetings of which it was noted who led them

    A school's own are those who hold a position among its pedagogical staff, resource persons or
    leaders, at the school or below it; of a meeting of several schools, those of any unit it belongs
    to. Consultants of the administration, guests and the coaches of other schools are from outside.
    Ownership has passed to a school where its teachers lead their own meetings, so everybody counts
    unless ``people="resource_persons"`` asks for these alone.

    Meetings of which nobody noted who facilitated have no part in the value, and widen the range. Where
    logs have gaps the range is that of the meetings in complete logs, and says so (``"of_registered"``).

    Beware:
        A high share does not mean good meetings, and help from outside may be a good choice.

    Args:
        snapshot: The moment.
        people: ``"school"`` for everybody of the school, or ``"resource_persons"``.
        options: What every measure takes; nothing here rests on chance or on answers.

    Returns:
        ``total``, and with everybody of the school also ``leader``, ``resource_person``, ``teacher``
        (pedagogues too) and ``outside``: a facilitator counts as the first of these that they are, and
        a meeting with several facilitators in the figure of each. ``numerator`` and ``denominator``
        count meetings in complete logs of which it was noted who facilitated. Undefined without
        meetings, where no log is complete, and where nobody noted who facilitated.

    Raises:
        MeasureError: There are no such people.

    Source:
        plfkit's own definition, after Coburn (2003).

    Examples:
        A teacher led one of the team's two meetings, a consultant from the town the other.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(
        ...     positions=["ann,bo,cy s teacher", "kim town consultant"],
        ...     communities=["t team unit=s"],
        ...     memberships=["t ann,bo,cy"],
        ...     events=["a,b planning_meeting 2018-10-01 community=t"],
        ...     participations=["a ann role=facilitator", "b kim role=facilitator"],
        ...     complete=["s"],
        ... )
        >>> {row.figure: row.value for row in internal_facilitation(now) if row.value}
        {'total': 0.5, 'teacher': 0.5, 'outside': 0.5}
    """
    resolve_options(internal_facilitation, options)
    check_choice("internal_facilitation", "people", people, (OWN_SCHOOL, RESOURCE_LEVEL))
    meetings = LoggedMeetings.of_communities(snapshot)
    led = {
        name: _find_led_meetings(meetings, which)
        for name, which in _mark_participations_by_level(snapshot, meetings.events).items()
    }
    each: dict[str | None, Cases] = {TOTAL: led[RESOURCE_LEVEL]}
    if people == OWN_SCHOOL:
        each = {name: led[name] for name in led if name != RESOURCE_LEVEL}
    return _build_facilitation_result(
        snapshot, internal_facilitation, meetings, each, variant=people
    )


def _mark_participations_by_level(snapshot: Snapshot, events: Events) -> Mapping[str, Flags]:
    """Tell of each part in an event whose it was: a leader's of the school, a teacher's, and so on.

    Somebody who is several of them at the school counts as the first, leaders before resource persons
    before teachers; as one of its resource persons also beside being a leader.
    """
    homes = _find_home_units(snapshot, events)[events.events]
    leads, supports, teaches = (
        mark_own_people(snapshot, events.persons, homes, level) for level in _OWN_LEVELS
    )
    own = leads | supports | teaches
    return {
        TOTAL: own,
        "leader": leads,
        # A coach who leads is a leader; a teacher who coaches is a coach.
        "resource_person": supports & ~leads,
        "teacher": teaches & ~leads & ~supports,
        "outside": ~own,
        RESOURCE_LEVEL: supports,
    }


def _find_home_units(snapshot: Snapshot, events: Events) -> Numbers:
    """Return the unit whose people are an event's own; −1 for anybody.

    It is the nearest school at or above the event's unit, or else the unit itself, as for a network of
    several schools: then whoever works there, or below it, is its own.
    """
    units = find_event_units(snapshot, events)
    # The entry behind the last is for a meeting without a unit: it has no school.
    school = np.append(find_nearest_above(snapshot, "school"), -1)[units]
    return np.where(school >= 0, school, units)


def _find_led_meetings(meetings: LoggedMeetings, which: Flags) -> Cases:
    """Tell which meetings somebody facilitated who had one of some parts in it."""
    events = meetings.events
    leads = events.match_participation_roles(FACILITATOR_ROLES)
    # Two facilitators, one of them asked about: the meeting was led, and by such a one.
    led, yes = (
        np.bincount(events.events[rows], minlength=len(events)) > 0
        for rows in (leads, leads & which)
    )
    return Cases(yes, yes | ~led, led & meetings.logged)
