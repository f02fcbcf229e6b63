"""Shares of meetings and their hours: what stands in logs with gaps has no part in them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from plfkit import Organisation, Result, Snapshot, measures, snapshot
from plfkit.errors import MeasureError
from plfkit.goals.verdicts import drop_registered_range
from plfkit.graph.events import select_events
from plfkit.graph.logs import find_event_units
from plfkit.model.records.rows import (
    Community,
    Event,
    Membership,
    Participation,
    Person,
    Position,
    Qualification,
    Registration,
    Unit,
)
from plfkit.model.results.figures import Figure
from plfkit.model.words.ranges import RangeKind
from plfkit.model.words.vocabulary import load_core_vocabulary
from plfkit.testing import build_moment

YEAR = "2018/19"
EVERY = tuple(load_core_vocabulary().event_kinds)
ROLES = {
    **dict.fromkeys(("t1", "t2", "t3"), ("nord", "teacher")),
    **dict.fromkeys(("u1", "u2"), ("syd", "teacher")),
    "ped": ("syd", "pedagogue"),
    "lise": ("syd", "reading_coach"),
    "mona": ("nord", "maths_coach"),
    "ida": ("kommune", "consultant"),
}


def meeting(name: str, kind: str, unit: str | None, community: str | None, **more: Any) -> Event:
    """Return a meeting, in September 2018 unless said otherwise."""
    day = more.pop("day", date(2018, 9, 3))
    return Event(name, kind, day, unit, community, **more)


def town(
    events: list[Event],
    parts: list[Participation] | None = None,
    *,
    complete: tuple[str, ...] = ("nord", "kommune"),
) -> Snapshot:
    """Return two schools with a team each, of which some units' logs of all kinds are complete."""
    return snapshot(
        Organisation.of(
            units=[
                Unit("kommune", "municipality"),
                *(Unit(name, "school", parent="kommune") for name in ("nord", "syd")),
            ],
            persons=[Person(name) for name in ROLES],
            positions=[Position(name, unit, role) for name, (unit, role) in ROLES.items()],
            communities=[Community(f"team-{name}", "team", unit=name) for name in ("nord", "syd")],
            memberships=[
                *(Membership("team-nord", name) for name in ("t1", "t2", "t3")),
                *(Membership("team-syd", name) for name in ("u1", "u2", "ped")),
            ],
            events=events,
            participations=parts or [],
            qualifications=[Qualification("lise", "coach_training")],
            registrations=[
                Registration(unit, kind, complete=unit in complete)
                for unit in ("nord", "syd", "kommune")
                for kind in EVERY
            ],
        ),
        YEAR,
    )


def main(result: Result) -> Figure:
    """Return the figure that stands for the whole."""
    assert result.main is not None
    return result.main


def counts(figure: Figure) -> tuple[float | None, float | None, float | None]:
    """Return value, numerator and denominator."""
    return figure.value, figure.numerator, figure.denominator


NORD = [meeting(f"n{n}", "data_meeting", "nord", "team-nord") for n in range(2)]
SYD = [meeting(f"s{n}", "data_meeting", "syd", "team-syd") for n in range(8)]
LED = [
    *(Participation(f"n{n}", "t1", "facilitator") for n in range(2)),
    *(
        Participation(f"s{n}", name, role)
        for n in range(8)
        for name, role in (("u1", None), ("ped", None), ("lise", "facilitator"))
    ),
]


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("mixed_meetings", {"roles": ("teacher", "pedagogue"), "kinds": ("data_meeting",)}),
        ("data_meeting_share", {"kinds": ("dialogue_meeting",)}),
    ],
)
def test_log_with_gaps(name: str, arguments: dict[str, Any]) -> None:
    """Syd's eight meetings all show it, but its log has gaps: it is Nord's 0 of 2, without a range."""
    result = getattr(measures, name)(town([*NORD, *SYD], LED), **arguments)
    figure = main(result)
    assert counts(figure) == (0, 0, 2)
    assert (figure.lower, figure.upper, result.range_kind) == (None, None, "unknown")


@pytest.mark.parametrize("name", ["internal_facilitation", "qualified_facilitation"])
def test_who_leads_has_the_range_of_complete_logs(name: str) -> None:
    """Of Nord's two meetings one is noted, led by a guest: from 0 to half, and Syd's have no part."""
    parts = [Participation("n0", "ida", "facilitator"), *LED[2:]]
    result = getattr(measures, name)(town([*NORD, *SYD], parts))
    figure = main(result)
    assert counts(figure) == (0, 0, 1)
    assert (figure.lower, figure.upper, result.range_kind) == (0, 1 / 2, "of_registered")
    assert "dér, hvor de alle er registreret" in result.sentence()
    assert "where all are registered" in result.sentence("en")


def test_a_range_of_complete_logs_settles_no_target() -> None:
    """All of Nord's meetings were led by its own; Syd's log has gaps: a target of 1 is undecided."""
    nord = [Participation(f"n{n}", "t1", "facilitator") for n in range(2)]
    figure = main(measures.internal_facilitation(town([*NORD, *SYD], nord)))
    assert (figure.value, figure.lower, figure.upper) == (1, 1, 1)
    whole = town([*NORD, *SYD], nord, complete=("nord", "syd", "kommune"))
    assert measures.internal_facilitation(whole).range_kind == "exact"
    sure = drop_registered_range(figure, RangeKind.OF_REGISTERED)
    assert (sure.value, sure.lower, sure.upper) == (1, None, None)


@pytest.mark.parametrize(
    ("leader", "sort"),
    [("t1", "teacher"), ("mona", "resource_person"), ("ida", "outside"), ("lise", "outside")],
)
def test_a_meeting_counts_by_whoever_leads_it(leader: str, sort: str) -> None:
    """Nord's teachers and coaches are its own, Syd's coach and the consultant are not."""
    parts = [Participation("n0", leader, "facilitator")]
    now = town(NORD, parts, complete=("nord", "syd", "kommune"))
    found = {row.figure: row.value for row in measures.internal_facilitation(now)}
    sorts = ("leader", "resource_person", "teacher", "outside")
    assert {name: found[name] for name in sorts} == {name: float(name == sort) for name in sorts}
    assert found["total"] == float(sort != "outside")
    only_coaches = measures.internal_facilitation(now, people="resource_persons")
    assert main(only_coaches).value == float(sort == "resource_person")


def test_with_both_logs_complete_every_meeting_counts() -> None:
    """Eight of ten, for certain."""
    now = town([*NORD, *SYD], LED, complete=("nord", "syd", "kommune"))
    for figure in (
        main(measures.qualified_facilitation(now)),
        main(measures.internal_facilitation(now, people="resource_persons")),
    ):
        assert counts(figure) == (8 / 10, 8, 10)
        assert figure.lower == figure.upper == 8 / 10


def test_meetings_built_on_data() -> None:
    """Eight meetings on coordination that the other school happened to register change nothing."""
    others = [meeting(f"s{n}", "coordination_meeting", "syd", "team-syd") for n in range(8)]
    now = town([*NORD, *others])
    assert counts(main(measures.data_meeting_share(now))) == (1, 2, 2)


@pytest.mark.parametrize(("unnamed", "most"), [(0, 0), (1, 1), (2, 3)])
def test_meetings_without_names(unnamed: int, most: int) -> None:
    """T1 was at one meeting for certain; whoever is in the team may have been at those without names."""
    events = [meeting(f"m{n}", "data_meeting", "nord", "team-nord") for n in range(1 + unnamed)]
    now = town(events, [Participation("m0", "t1")], complete=("nord", "syd", "kommune"))
    figure = main(measures.practice_participation(now, kinds=("data_meeting",), at_least=2))
    staff = int(now.staff.sum())
    assert (figure.lower, figure.upper) == pytest.approx((0, most / staff))


def test_log_of_a_meeting() -> None:
    """Nord's team met once at Syd, whose log has gaps; a meeting without a unit stands in Nord's."""
    events = [
        meeting("at-nord", "data_meeting", "nord", "team-nord"),
        meeting("at-syd", "planning_meeting", "syd", "team-nord"),
        meeting("no-unit", "planning_meeting", None, "team-nord"),
        meeting("nobodys", "planning_meeting", None, None),
    ]
    now = town(events)
    ids = (*now.units.column("id").categories, None)
    held = select_events(now)
    at = dict(
        zip(held.table.column("id").tolist(), find_event_units(now, held).tolist(), strict=True)
    )
    assert {name: ids[unit] for name, unit in at.items()} == {
        "at-nord": "nord",
        "at-syd": "syd",
        "no-unit": "nord",
        "nobodys": None,
    }
    assert counts(main(measures.data_meeting_share(now))) == (1 / 2, 1, 2)


def test_log_of_the_community() -> None:
    """A meeting of Nord's team without a unit of its own is told by Nord's log, also for professions."""
    now = town(
        [meeting("m", "data_meeting", None, "team-nord")],
        [Participation("m", "t1"), Participation("m", "t2")],
    )
    asked: dict[str, Any] = {"roles": ("teacher",), "kinds": ("data_meeting",)}
    assert counts(main(measures.mixed_meetings(now, **asked))) == (1, 1, 1)


def test_too_few_members() -> None:
    """Two people are no team: their meeting is in no share, and its hours are spread over nobody."""
    org = Organisation.of(
        units=[Unit("nord", "school")],
        persons=[Person(name) for name in ("a", "b", "c")],
        positions=[Position(name, "nord", "teacher") for name in ("a", "b", "c")],
        communities=[Community("pair", "team", unit="nord")],
        memberships=[Membership("pair", name) for name in ("a", "b")],
        events=[meeting("m", "data_meeting", "nord", "pair", hours=1.0)],
        participations=[Participation("m", "a")],
        registrations=[Registration("nord", kind, complete=True) for kind in EVERY],
    )
    now = snapshot(org, YEAR)
    assert main(measures.data_meeting_share(now)).reason == "no_meetings"
    assert main(measures.event_hours_concentration(now)).reason == "no_hours"
    teams = measures.shared_data_follow_up(now, kinds=("team",), at_least=1)
    assert main(teams).reason == "no_communities"


def test_a_schools_own_are_those_with_a_position_there() -> None:
    """Lise coaches at Syd: Syd's meeting she led is led by its own, Nord's is not, nor is Ida's."""
    events = [
        meeting("one", "data_meeting", "syd", "team-syd"),
        *(meeting(name, "data_meeting", "nord", "team-nord") for name in ("two", "three", "four")),
    ]
    leaders = {"one": "lise", "two": "lise", "three": "mona", "four": "ida"}
    parts = [Participation(event, name, "facilitator") for event, name in leaders.items()]
    now = town(events, parts, complete=("nord", "syd", "kommune"))
    only = measures.internal_facilitation(now, people="resource_persons")
    assert counts(main(only)) == (2 / 4, 2, 4)
    assert counts(main(measures.internal_facilitation(now))) == (2 / 4, 2, 4)


def test_a_network_of_schools_is_led_by_coaches_of_any() -> None:
    """A meeting that the municipality holds belongs to no single school."""
    org = town([]).tables
    tables: dict[str, Any] = {name: list(table) for name, table in org.items()}
    tables["communities"].append(Community("net", "network", unit="kommune"))
    tables["memberships"] += [Membership("net", name) for name in ("lise", "mona", "t1")]
    tables["events"] = [meeting("m", "network_meeting", "kommune", "net")]
    tables["participations"] = [Participation("m", "lise", "facilitator")]
    tables["registrations"] = [Registration("kommune", kind, complete=True) for kind in EVERY]
    now = snapshot(Organisation.of(**tables), YEAR)
    assert counts(main(measures.internal_facilitation(now))) == (1, 1, 1)


def spread(kinds: list[str], *, community: str = "team-nord") -> list[Event]:
    """Return meetings of one hour, a month apart from September on."""
    return [
        meeting(
            f"{community}-{n}",
            kind,
            community.removeprefix("team-"),
            community,
            hours=1.0,
            day=date(2018, 9, 3) + timedelta(days=35 * n),
        )
        for n, kind in enumerate(kinds)
    ]


ACTIVE = ["dialogue_meeting", "data_meeting", *["coordination_meeting"] * 5]
HOURS: dict[str, Any] = {"groups": "community", "basis": "active"}


def test_pedagogical_hours() -> None:
    """Of seven hours of an active team two are pedagogical, and one more was planned elsewhere: 2/3."""
    whole = ("nord", "syd", "kommune")
    joint = [
        meeting("plan", "planning_meeting", "nord", None, hours=1.0),
        meeting("coordinate", "coordination_meeting", "nord", None, hours=3.0),
    ]
    now = town([*spread(ACTIVE), *joint], complete=whole)
    assert counts(main(measures.meeting_mix(now, **HOURS))) == (7 / 11, 7, 11)
    only = measures.meeting_mix(now, **HOURS, pedagogical=True)
    assert counts(main(only)) == (2 / 3, 2, 3)
    assert only.variant == "active, pedagogical"
    kinds = {row.figure for row in measures.meeting_mix(now, pedagogical=True)}
    assert kinds == {"planning_meeting", "dialogue_meeting", "data_meeting", "network_meeting"}


def test_hours_of_active_teams() -> None:
    """Syd lacks a log of coaching, so its team may be active: its hour widens the range, no more."""
    syd = [meeting("s", "planning_meeting", "syd", "team-syd", hours=1.0)]
    events = [*spread(ACTIVE), *syd]
    registered = town(events, complete=("nord", "syd", "kommune")).tables
    tables: dict[str, Any] = {name: list(table) for name, table in registered.items()}
    tables["registrations"] = [
        Registration(unit, kind, complete=(unit, kind) != ("syd", "coaching_session"))
        for unit in ("nord", "syd", "kommune")
        for kind in EVERY
    ]
    now = snapshot(Organisation.of(**tables), YEAR)
    figure = main(measures.meeting_mix(now, **HOURS))
    assert counts(figure) == (1, 7, 7)
    assert (figure.lower, figure.upper) == (7 / 8, 1)


def test_hours_that_nobody_noted_leave_no_range() -> None:
    """How long one meeting lasted nobody knows, so the mix of the others is not certain."""
    events = [
        *spread(["data_meeting", "planning_meeting"]),
        meeting("x", "data_meeting", "nord", "team-nord"),
    ]
    result = measures.meeting_mix(town(events, complete=("nord", "syd", "kommune")))
    rows = {row.figure: row for row in result}
    assert counts(rows["data_meeting"]) == (1 / 2, 1, 2)
    assert (rows["data_meeting"].lower, result.range_kind) == (None, "unknown")
    assert result.evidence == {"meetings": 2, "meetings_without_hours": 1}


AUTUMN = [
    meeting(
        f"a{n}",
        kind,
        "nord",
        "team-nord",
        hours=1.0,
        day=date(2018, 8, 13) + timedelta(weeks=n),
    )
    for n, kind in enumerate(ACTIVE)
]


def test_six_weeks_in_autumn_are_no_active_year() -> None:
    """A team that met weekly until October and never again is not active; one that went on is."""
    for events, expected in ((AUTUMN, 0), (spread(ACTIVE), 3 / 9)):
        now = town(events, complete=("nord", "syd", "kommune"))
        assert main(measures.membership_coverage(now, basis="active")).value == pytest.approx(
            expected
        )


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("membership_coverage", {"basis": "active"}),
        ("meeting_mix", {"basis": "active"}),
        ("structured_membership", {}),
    ],
)
def test_a_day_does_not_tell_what_goes_on_all_year(name: str, arguments: dict[str, Any]) -> None:
    """Asked about a single day a measure says what to ask about instead."""
    org = Organisation.of(persons=[Person("anna")])
    with pytest.raises(MeasureError, match="ask about a school year"):
        getattr(measures, name)(snapshot(org, "2018-10-01"), **arguments)


def test_leader_of_another_school() -> None:
    """Per leads Nord and coaches at Syd, whose learning centre he is in: it has no leader of its own."""
    people = {"per": "nord", "lise": "syd", "ole": "syd"}
    roles = {"per": "principal", "lise": "reading_coach", "ole": "maths_coach"}
    org = Organisation.of(
        units=[Unit("nord", "school"), Unit("syd", "school")],
        persons=[Person(name) for name in people],
        positions=[
            *(Position(name, unit, roles[name]) for name, unit in people.items()),
            Position("per", "syd", "reading_coach"),
        ],
        communities=[Community("centre", "learning_centre", unit="syd")],
        memberships=[Membership("centre", name) for name in people],
        qualifications=[Qualification(name, "coach_training") for name in people],
    )
    built = measures.learning_centre_build_up(
        snapshot(org), functions=("reading_coach", "maths_coach")
    )
    assert counts(main(built)) == (0, 0, 2)


@pytest.mark.parametrize(
    ("noted", "value", "ends"),
    [("", None, (0, 1)), (" artefact=referat", 0.0, (0, 0)), (" artefact=dataark", 1.0, (1, 1))],
)
def test_what_nobody_noted_of_meetings(
    noted: str, value: float | None, ends: tuple[float, float]
) -> None:
    """Where no meeting has a note of what came of it, none is said to have been without a data sheet."""
    now = build_moment(
        communities=["t team unit=s"],
        memberships=["t ann,bo,cy"],
        events=[f"m planning_meeting 2018-10-01 community=t{noted}"],
        complete=["s"],
    )
    result = measures.data_meeting_share(now, artefacts=("dataark",))
    figure = main(result)
    assert (figure.value, figure.lower, figure.upper) == (value, *ends)
    assert [*map(str, result.needs)] == ([] if noted else ["events"])
    assert main(measures.data_meeting_share(now)).value == 0
