"""Claims: supported, contradicted by how many and where, or open for want of which registration."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from plfkit import Organisation, Profile, assess, load_profile, release
from plfkit.goals import ClaimOutcome, Scorecard
from plfkit.model.declared.declarations import PrivacyFloor
from plfkit.model.records.rows import (
    Community,
    Event,
    Membership,
    Outcome,
    Participation,
    Person,
    Position,
    Qualification,
    Registration,
    Unit,
)
from plfkit.periods import Period
from plfkit.synthetic import municipality

TEXT = {"da": "Tekst", "en": "Text"}
PERIOD = "2016/17"


def complete(
    *lists: str, unit: str = "kommune", says: bool = True, period: Period | None = None
) -> list[Registration]:
    """Return that some lists of a unit are complete: a table, or a table and a kind as in "events:x"."""
    named = [one.partition(":") for one in lists]
    return [
        Registration(unit, kind=kind or None, of=of, complete=says, valid=period or Period())
        for of, _, kind in named
    ]


def assess_claim(rule: dict[str, Any], **rows: Any) -> Scorecard:
    """Return the scorecard of one claim about 2016/17."""
    profile = Profile.from_document(
        {
            "schema_version": 1,
            "id": "lilleby",
            "label": TEXT,
            "claims": {"c": {"text": TEXT, "certainty": "stated", "period": PERIOD, "rule": rule}},
        }
    )
    return assess(Organisation.of(**rows), profile, at=PERIOD)


def claim(rule: dict[str, Any], **rows: Any) -> ClaimOutcome:
    """Return what becomes of one claim about 2016/17."""
    (found,) = assess_claim(rule, **rows).claims
    return found


UNITS = [
    Unit("kommune", "municipality"),
    Unit("nord", "school", parent="kommune"),
    Unit("syd", "school", parent="kommune"),
    Unit("ude", "external_organisation"),
]
VISITED = {
    "counts": "rounds",
    "at_least": 2,
    "each_unit": "school",
    "events": ["school_visit"],
    "roles": ["visiting_leader"],
}


def visits(*days: tuple[str, str], says: bool = True) -> dict[str, Any]:
    """Return visits of a guest at schools on some days; whether the log is complete is said."""
    events = [
        Event(f"v{n}", "school_visit", date.fromisoformat(day), unit=unit)
        for n, (unit, day) in enumerate(days)
    ]
    return {
        "units": UNITS,
        "persons": [Person("gæst")],
        "positions": [Position("gæst", "ude", "visiting_leader")],
        "events": events,
        "participations": [Participation(event.id, "gæst", "visitor") for event in events],
        "registrations": [
            Registration("kommune", "school_visit", complete=says),
            *complete("positions"),
        ],
    }


ROUNDS = (
    ("nord", "2016-10-03"),
    ("nord", "2017-03-06"),
    ("syd", "2016-10-04"),
    ("syd", "2017-03-07"),
)


def test_two_rounds_at_every_school_bear_it_out() -> None:
    """Each school was visited in autumn and in spring."""
    found = claim(VISITED, **visits(*ROUNDS))
    assert found.verdict == "supported"
    assert (found.supported, found.contradicted, found.open) == (2, 0, 0)
    assert found.units == {"nord": "supported", "syd": "supported"}


def test_two_visits_in_a_week_are_one_round() -> None:
    """Visits within thirty days belong together, so Nord has had one round only."""
    days = (("nord", "2016-10-03"), ("nord", "2016-10-07"), *ROUNDS[2:])
    found = claim(VISITED, **visits(*days))
    assert found.verdict == "contradicted"
    assert found.units == {"nord": "contradicted", "syd": "supported"}
    assert found.contradicted == 1


def test_a_log_with_gaps_leaves_it_open() -> None:
    """What the log lacks may be Syd's second round, or a visit that makes one round of Nord's two."""
    found = claim(VISITED, **visits(*ROUNDS[:3], says=False))
    assert found.verdict == "open"
    assert found.units == {"nord": "open", "syd": "open"}
    assert tuple(map(str, found.missing)) == ("registrations:school_visit",)


def test_a_visit_by_somebody_else_does_not_count() -> None:
    """The rule wants a visiting leader to be there."""
    rows = visits(*ROUNDS)
    rows["participations"] = [*rows["participations"][:-1], Participation("v3", "anna")]
    rows["persons"] = [*rows["persons"], Person("anna")]
    found = claim(VISITED, **rows)
    assert (found.verdict, found.units["syd"]) == ("contradicted", "contradicted")


def test_an_event_without_names_may_have_been_it() -> None:
    """Nobody noted who came to Syd's second visit, so it is not known whether a leader did."""
    rows = visits(*ROUNDS)
    rows["participations"] = rows["participations"][:-1]
    found = claim(VISITED, **rows)
    assert (found.verdict, found.units["syd"]) == ("open", "open")
    assert "participations" in tuple(map(str, found.missing))


TRAINED = {
    "counts": "days",
    "at_least": 1,
    "each_person": "staff",
    "within": "school",
    "events": ["training_day"],
}


def trained(*people: str, says: bool = True) -> dict[str, Any]:
    """Return three teachers, a head outside the schools, and a training day with some of them."""
    return {
        "units": UNITS,
        "persons": [Person(name) for name in ("anna", "bo", "carl", "hanne")],
        "positions": [
            *(Position(name, "nord", "teacher") for name in ("anna", "bo")),
            Position("carl", "syd", "teacher"),
            Position("hanne", "kommune", "head_of_education"),
        ],
        "events": [Event("dag", "training_day", date(2016, 11, 1))],
        "participations": [Participation("dag", name) for name in people],
        "registrations": [
            Registration("kommune", "training_day", complete=says),
            *complete("positions"),
        ],
    }


def test_all_the_schools_staff_had_their_day() -> None:
    """The head does not work at a school, so it is about three people."""
    found = claim(TRAINED, **trained("anna", "bo", "carl"))
    assert (found.verdict, found.supported, found.contradicted) == ("supported", 3, 0)
    assert not found.units  # nobody is told who it was


def test_who_lacks_is_counted_school_by_school() -> None:
    """Carl, at Syd, was not there; by name nobody is told."""
    found = claim(TRAINED, **trained("anna", "bo"))
    assert (found.verdict, found.supported, found.contradicted) == ("contradicted", 2, 1)
    assert found.lacking == {"syd": 1}


def test_a_gap_in_the_log_is_no_contradiction() -> None:
    """Carl may have been at a day that nobody registered."""
    found = claim(TRAINED, **trained("anna", "bo", says=False))
    assert (found.verdict, found.open) == ("open", 1)
    assert tuple(map(str, found.missing)) == ("registrations:training_day",)


TEAM = {"counts": "people", "exactly": 2, "communities": ["support_team"], "roles": ["consultant"]}
REGISTERS = ("positions", "communities", "memberships")


def team(members: str, **changes: Any) -> dict[str, Any]:
    """Return three consultants of the administration, some of them in its support team."""
    rows: dict[str, Any] = {
        "units": UNITS,
        "persons": [Person(name) for name in "ijk"],
        "positions": [Position(name, "kommune", "consultant") for name in "ijk"],
        "communities": [Community("team", "support_team", unit="kommune")],
        "memberships": [Membership("team", name) for name in members],
    }
    return {**rows, **changes}


@pytest.mark.parametrize(
    ("members", "verdict"), [("ij", "supported"), ("i", "contradicted"), ("ijk", "contradicted")]
)
def test_exactly_so_many_members(members: str, verdict: str) -> None:
    """In lists said to be complete one too few contradicts as one too many does."""
    found = claim(TEAM, **team(members), registrations=complete(*REGISTERS))
    assert found.verdict == verdict
    assert (found.lower, found.upper) == (len(members), len(members))


@pytest.mark.parametrize("members", ["i", "ij", "ijk"])
def test_a_register_nobody_vouches_for(members: str) -> None:
    """What is not said to be complete may lack somebody, or have kept somebody who left."""
    found = claim(TEAM, **team(members))
    assert (found.verdict, found.lower, found.upper) == ("open", len(members), None)
    assert tuple(map(str, found.missing)) == (
        "registrations:positions:consultant",
        "registrations:communities:support_team",
        "registrations:memberships:support_team",
    )


@pytest.mark.parametrize("left_out", REGISTERS)
def test_every_list_must_be_complete(left_out: str) -> None:
    """Two of the three lists are not enough; the third is named."""
    said = complete(*(name for name in REGISTERS if name != left_out))
    kind = "consultant" if left_out == "positions" else "support_team"
    found = claim(TEAM, **team("i"), registrations=said)
    assert (found.verdict, tuple(map(str, found.missing))) == (
        "open",
        (f"registrations:{left_out}:{kind}",),
    )


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        (complete("positions:administration", *REGISTERS[1:]), "contradicted"),
        (complete("positions:consultant", *REGISTERS[1:]), "contradicted"),
        (complete("positions:teacher", *REGISTERS[1:]), "open"),
        (complete("positions", "communities:team", "memberships:support_team"), "open"),
        ([*complete(*REGISTERS), *complete("positions", unit="syd", says=False)], "open"),
        (complete(*REGISTERS, period=Period.parse("2015/16")), "open"),
        (complete(*REGISTERS, period=Period(date(2016, 8, 1), date(2017, 7, 31))), "open"),
        (complete(*REGISTERS, unit="nord"), "open"),
    ],
)
def test_complete_for_that_kind_those_units_that_time(
    said: list[Registration], verdict: str
) -> None:
    """A list of another kind, of another time, of a day too few or of one school contradicts nothing."""
    assert claim(TEAM, **team("i"), registrations=said).verdict == verdict


def test_lists_may_be_complete_piece_by_piece() -> None:
    """Two halves of the year are the whole of it; without a day between, or one half twice, they are not."""
    first, second = Period(None, date(2017, 1, 1)), Period(date(2017, 1, 1))
    rest = complete(*REGISTERS[1:])
    halves = [*complete("positions", period=first), *complete("positions", period=second)]
    assert claim(TEAM, **team("i"), registrations=[*rest, *halves]).verdict == "contradicted"
    later = complete("positions", period=Period(date(2017, 1, 2)))
    gap = [*rest, *complete("positions", period=first), *later]
    assert claim(TEAM, **team("i"), registrations=gap).verdict == "open"
    twice = [*complete("positions", period=first), *complete("positions:consultant", period=first)]
    assert claim(TEAM, **team("i"), registrations=[*rest, *twice]).verdict == "open"


def test_schools_alone_are_not_the_municipality() -> None:
    """Three schools that say their lists are complete say nothing of the administration's team."""
    schools = [Unit(name, "school") for name in ("nord", "syd", "øst")]
    found = claim(
        TEAM,
        units=schools,
        persons=[Person("anna")],
        positions=[Position("anna", "nord", "teacher")],
        communities=[Community("t", "team", unit="nord")],
        memberships=[Membership("t", "anna")],
        registrations=[row for unit in schools for row in complete(*REGISTERS, unit=unit.id)],
    )
    assert found.verdict == "open"


def test_at_one_time() -> None:
    """Three consultants over the year, of whom one followed another, are two at a time."""
    spring = date(2017, 2, 1)
    memberships = [
        Membership("team", "i"),
        Membership("team", "j", valid=Period(None, spring)),
        Membership("team", "k", valid=Period(spring)),
    ]
    found = claim(TEAM, **team("", memberships=memberships), registrations=complete(*REGISTERS))
    assert (found.verdict, found.lower) == ("supported", 2)


def test_where_somebody_holds_the_role() -> None:
    """A talent coach of Nord who also teaches at Syd is no talent coach of Syd."""
    rule = {"counts": "people", "at_least": 1, "each_unit": "school", "roles": ["talent_coach"]}
    found = claim(
        rule,
        units=UNITS,
        persons=[Person("anna")],
        positions=[Position("anna", "nord", "talent_coach"), Position("anna", "syd", "teacher")],
        registrations=complete("positions"),
    )
    assert found.units == {"nord": "supported", "syd": "contradicted"}


def test_a_missing_table_leaves_it_open_and_is_named() -> None:
    """Without any qualification in the data nobody knows who is trained."""
    rule = {"counts": "people", "at_least": 1, "qualifications": ["coach_training"]}
    rows: dict[str, Any] = {"persons": [Person("anna")], "units": UNITS}
    found = claim(rule, **rows)
    assert (found.verdict, tuple(map(str, found.missing))) == ("open", ("qualifications",))
    rows["positions"] = [Position("anna", "nord", "teacher")]
    rows["qualifications"] = [Qualification("anna", "facilitator_training")]
    assert claim(rule, **rows).verdict == "open"
    rows["qualifications"] = [Qualification("anna", "coach_training", "danish")]
    assert claim(rule, **rows).verdict == "supported"
    assert claim({**rule, "subjects": ["mathematics"]}, **rows).verdict == "open"
    rows["registrations"] = complete("positions", "qualifications:coach_training")
    assert claim({**rule, "at_least": 2}, **rows).verdict == "contradicted"
    assert claim({**rule, "subjects": ["mathematics"]}, **rows).verdict == "contradicted"


def test_a_year_before_the_register_disproves_nothing() -> None:
    """Members are registered from 2017 on: how many there were in 2016/17 nobody knows."""
    rule = {"counts": "people", "exactly": 1, "communities": ["team"], "roles": ["teacher"]}
    later = Period(date(2017, 8, 1))
    rows: dict[str, Any] = {
        "units": UNITS,
        "persons": [Person("anna")],
        "positions": [Position("anna", "nord", "teacher")],
        "communities": [Community("t", "team", unit="nord", valid=later)],
        "memberships": [Membership("t", "anna", valid=later)],
        "registrations": complete(*REGISTERS, period=later),
    }
    found = claim(rule, **rows)
    assert (found.verdict, str(found.missing[-1])) == ("open", "registrations:memberships:team")


def test_staff_outside_the_data() -> None:
    """Everybody who is listed was there, but nobody says that everybody is listed."""
    rows = trained("anna", "bo", "carl")
    rows["registrations"] = rows["registrations"][:1]
    found = claim(TRAINED, **rows)
    assert (found.verdict, found.supported) == ("open", 3)
    assert tuple(map(str, found.missing)) == ("registrations:positions",)


def test_everyone_is_more_than_the_staff() -> None:
    """A secretary who was not at the training day is one of the employed, and does not count as staff."""
    rows = trained("anna", "bo", "carl")
    rows["persons"] = [*rows["persons"], Person("sonja")]
    rows["positions"] = [*rows["positions"], Position("sonja", "syd", "support_staff")]
    assert claim(TRAINED, **rows).verdict == "supported"
    found = claim({**TRAINED, "each_person": "everyone"}, **rows)
    assert (found.verdict, found.supported, found.contradicted) == ("contradicted", 3, 1)


def test_who_came_afterwards_is_not_asked() -> None:
    """Carl was hired in spring, half a year after the training day."""
    rows = trained("anna", "bo")
    hired = Position("carl", "syd", "teacher", valid=Period(date(2017, 3, 1)))
    rows["positions"] = [p for p in rows["positions"] if p.person != "carl"] + [hired]
    found = claim(TRAINED, **rows)
    assert (found.verdict, found.supported, found.contradicted) == ("supported", 2, 0)


def test_a_headcount_above_the_names_leaves_it_open() -> None:
    """Three were counted and two are named: the third may have been Carl."""
    rows = trained("anna", "bo")
    rows["events"] = [Event("dag", "training_day", date(2016, 11, 1), headcount=3)]
    found = claim(TRAINED, **rows)
    assert (found.verdict, tuple(map(str, found.missing))) == ("open", ("participations",))


GUESTS = ("workshop", "school_visit")
STAY: dict[str, Any] = {
    "counts": "days",
    "exactly": 10,
    "stay": True,
    "each_person": "visiting_teacher",
    "events": list(GUESTS),
}


def stays(*days: str) -> dict[str, Any]:
    """Return two guests who hold workshops on some days of January 2017, and complete lists."""
    events = [Event(f"w{day}", "workshop", date(2017, 1, int(day)), unit="nord") for day in days]
    return {
        "units": UNITS,
        "persons": [Person(name) for name in ("una", "vic")],
        "positions": [Position(name, "ude", "visiting_teacher") for name in ("una", "vic")],
        "events": events,
        "participations": [
            Participation(event.id, name, "visitor") for event in events for name in ("una", "vic")
        ],
        "registrations": [
            *complete("positions"),
            *(Registration("kommune", kind, complete=True) for kind in GUESTS),
            *(Registration("nord", kind, complete=True) for kind in GUESTS),
        ],
    }


@pytest.mark.parametrize(
    ("days", "verdict"),
    [
        (("9", "10", "11", "12", "13", "16", "17", "18"), "supported"),
        (("9", "18"), "open"),
        (("10", "11", "12", "13", "16", "17"), "open"),
        (("9", "12", "16", "20"), "contradicted"),
    ],
)
def test_ten_days_over_a_weekend(days: tuple[str, ...], verdict: str) -> None:
    """Monday to Wednesday week are ten days; a first workshop on the second day tells of none too few.

    Two workshops nine days apart, with nothing between, may be of two stays.
    """
    rows = stays(*days)
    assert claim(STAY, **rows).verdict == verdict
    together = {**STAY, "counts": "person_days", "exactly": 20, "each_person": None}
    together["roles"] = ["visiting_teacher"]
    whole = {key: value for key, value in together.items() if value is not None}
    assert claim(whole, **rows).verdict == verdict


def test_a_stay_in_a_log_with_gaps_is_open() -> None:
    """More days may be missing from the log, so ten noted days are at least ten."""
    rows = stays("9", "10", "11", "12", "13", "16", "17", "18")
    rows["registrations"] = complete("positions")
    assert claim(STAY, **rows).verdict == "open"


TOGETHER = {
    "counts": "events",
    "at_least": 1,
    "communities": ["support_team"],
    "events": ["school_visit"],
    "roles": ["visiting_leader"],
}


@pytest.mark.parametrize(
    ("there", "verdict"), [("g", "contradicted"), ("i", "contradicted"), ("gi", "supported")]
)
def test_the_team_not_each_of_it(there: str, verdict: str) -> None:
    """One of three consultants at a visit of a leader is collaboration of the team; either alone is not."""
    rows = team("ijk")
    found = claim(
        TOGETHER,
        **{
            **rows,
            "persons": [*rows["persons"], Person("g")],
            "positions": [*rows["positions"], Position("g", "ude", "visiting_leader")],
        },
        events=[Event("v", "school_visit", date(2016, 10, 3), unit="nord")],
        participations=[Participation("v", name) for name in there],
        registrations=[
            Registration("kommune", "school_visit", complete=True),
            *complete(*REGISTERS),
        ],
    )
    assert found.verdict == verdict


MORE: dict[str, Any] = {"counts": "people", "more_than": "year_before", "roles": ["reading_coach"]}


@pytest.mark.parametrize(
    ("since", "said", "verdict"),
    [
        (Period(date(2016, 8, 1)), ("positions",), "supported"),
        (Period(), ("positions",), "contradicted"),
        (Period(date(2016, 8, 1)), (), "open"),
        (Period(), (), "open"),
    ],
)
def test_more_than_the_year_before(since: Period, said: tuple[str, ...], verdict: str) -> None:
    """Bo became a reading coach this year, or was one before; both years' lists must be complete."""
    found = claim(
        MORE,
        units=UNITS,
        persons=[Person("anna"), Person("bo")],
        positions=[
            Position("anna", "nord", "reading_coach"),
            Position("bo", "syd", "reading_coach", valid=since),
            Position("bo", "syd", "teacher"),
        ],
        registrations=complete(*said),
    )
    assert found.verdict == verdict


@pytest.mark.parametrize(("staff", "verdict"), [("positions", "supported"), ("", "open")])
def test_more_at_each_school(staff: str, verdict: str) -> None:
    """One workshop more than the year before at Nord; whether there are other schools is asked too."""
    days = [date(2015, 10, 1), date(2016, 10, 1), date(2016, 11, 1)]
    found = claim(
        {
            "counts": "events",
            "more_than": "year_before",
            "each_unit": "school",
            "events": ["workshop"],
        },
        units=UNITS[:2],
        persons=[Person("anna")],
        positions=[Position("anna", "nord", "teacher")],
        events=[Event(str(day), "workshop", day, unit="nord") for day in days],
        registrations=complete("events:workshop", *filter(None, [staff])),
    )
    assert (found.verdict, found.units) == (verdict, {"nord": "supported"})


def test_one_follows_another_is_no_rise() -> None:
    """A new coach in place of one who left is as many as before."""
    spring = date(2017, 2, 1)
    found = claim(
        MORE,
        units=UNITS,
        persons=[Person("anna"), Person("bo")],
        positions=[
            Position("anna", "nord", "reading_coach", valid=Period(None, spring)),
            Position("bo", "syd", "reading_coach", valid=Period(spring)),
        ],
        registrations=complete("positions"),
    )
    assert found.verdict == "contradicted"


@pytest.mark.parametrize(
    ("kinds", "said", "verdict"),
    [
        (("learning_centre", "learning_centre"), (), "supported"),
        (("learning_centre", "team"), ("communities:learning_centre",), "contradicted"),
        (("learning_centre", "team"), ("communities:team",), "open"),
    ],
)
def test_communities_are_counted(
    kinds: tuple[str, ...], said: tuple[str, ...], verdict: str
) -> None:
    """A learning centre at each school, unless the list of learning centres is complete without it."""
    rule = {
        "counts": "communities",
        "at_least": 1,
        "each_unit": "school",
        "communities": ["learning_centre"],
    }
    places = zip(("nord", "syd"), kinds, strict=True)
    found = claim(
        rule,
        units=UNITS,
        persons=[Person("anna")],
        positions=[Position("anna", "nord", "teacher")],
        communities=[Community(f"c{unit}", kind, unit=unit) for unit, kind in places],
        registrations=complete("positions", *said),
    )
    assert found.verdict == verdict


BETTER = {"counts": "outcomes", "more_than": "year_before", "outcomes": ["reading"]}


@pytest.mark.parametrize(
    ("now", "said", "verdict"),
    [
        ((0.7, 0.9), ("positions",), "supported"),
        ((0.6, 0.8), ("positions",), "contradicted"),
        ((0.7, 0.9), (), "open"),
        ((0.6, 0.8), (), "open"),
        ((0.9,), ("positions",), "open"),
        ((0.54, 1.0), ("positions",), "contradicted"),
    ],
)
def test_results_that_rose(now: tuple[float, ...], said: tuple[str, ...], verdict: str) -> None:
    """Of 100 pupils at Nord and 50 at Syd 0.6 and 0.9 read well before: 0.7 of all.

    0.54 and 1.0 are a rise of schools on average, but 0.69 of all pupils.
    """
    year, before = Period.parse("2016/17"), Period.parse("2015/16")
    outcomes = [
        Outcome(unit, "reading", value=value, n=n, valid=when)
        for when, values in ((before, (0.6, 0.9)), (year, now))
        for unit, value, n in zip(("nord", "syd"), values, (100, 50), strict=False)
    ]
    found = claim(
        BETTER,
        units=UNITS,
        persons=[Person("anna")],
        positions=[Position("anna", "nord", "teacher")],
        outcomes=outcomes,
        registrations=complete(*said),
    )
    assert found.verdict == verdict


@pytest.mark.parametrize(("unit", "verdict"), [("nord", "open"), ("kommune", "supported")])
def test_every_school_needs_a_result(unit: str, verdict: str) -> None:
    """A rise at Nord alone says nothing of Syd; a figure of the municipality says it of both."""
    values = {"2015/16": 0.6, "2016/17": 0.7}
    found = claim(
        BETTER,
        units=UNITS,
        persons=[Person("anna")],
        positions=[Position("anna", "nord", "teacher")],
        outcomes=[
            Outcome(unit, "reading", value=value, n=100, valid=Period.parse(year))
            for year, value in values.items()
        ],
        registrations=complete("positions"),
    )
    assert found.verdict == verdict


def test_a_meeting_is_where_its_team_is() -> None:
    """The data meeting of a team of Syd is one of Syd, though nobody noted where it was held."""
    rule = {"counts": "events", "at_least": 1, "each_unit": "school", "events": ["data_meeting"]}
    found = claim(
        rule,
        units=UNITS,
        persons=[Person("anna")],
        positions=[Position("anna", "syd", "teacher")],
        communities=[Community("t", "team", unit="syd")],
        events=[Event("e", "data_meeting", date(2016, 10, 3), community="t")],
        registrations=[Registration("kommune", "data_meeting", complete=True)],
    )
    assert found.units == {"nord": "contradicted", "syd": "supported"}


def test_a_visit_whose_school_is_not_noted() -> None:
    """A visit that was noted for the municipality alone may have been Syd's second."""
    days = (*ROUNDS[:3], ("kommune", "2017-03-07"))
    found = claim(VISITED, **visits(*days))
    assert (found.verdict, found.units["syd"]) == ("open", "open")


def test_a_claim_about_nobody_is_open() -> None:
    """Where no school is registered, none of them has contradicted."""
    rows = visits(("kommune", "2016-10-03"))
    rows["units"] = [UNITS[0], UNITS[3]]
    assert claim(VISITED, **rows).verdict == "open"


def test_a_claim_that_no_table_settles() -> None:
    """Without a rule it is open, and no list would settle it."""
    said = {"text": TEXT, "certainty": "stated", "period": PERIOD}
    profile = Profile.from_document(
        {"schema_version": 1, "id": "lilleby", "label": TEXT, "claims": {"c": said}}
    )
    (found,) = assess(Organisation.of(persons=[Person("anna")]), profile, at=PERIOD).claims
    assert (found.id, found.claim) == ("c", profile.claims["c"])
    assert (found.verdict, found.supported, found.missing) == ("open", None, ())


def test_undated_data_have_no_year_before() -> None:
    """Whether there are more than then is open as long as nobody says when anything was."""
    said = {"text": TEXT, "certainty": "stated", "rule": MORE}
    profile = Profile.from_document(
        {"schema_version": 1, "id": "lilleby", "label": TEXT, "claims": {"c": said}}
    )
    org = Organisation.of(
        units=UNITS,
        persons=[Person("anna")],
        positions=[Position("anna", "nord", "reading_coach")],
        registrations=complete("positions"),
    )
    (found,) = assess(org, profile).claims
    assert (found.id, found.claim, found.verdict) == ("c", profile.claims["c"], "open")
    assert tuple(map(str, found.missing)) == ("positions",)


@pytest.mark.parametrize("name", ["vejle", "middelfart", "langeland"])
def test_the_example_bears_out_what_its_years_hold(name: str) -> None:
    """The example makes every claim true; of years before its own nothing is registered."""
    profile = load_profile(name)
    found = {outcome.id: outcome for outcome in assess(municipality(profile), profile).claims}
    early = {
        key
        for key, c in profile.claims.items()
        if c.period == "2015/16" or (c.rule is not None and c.rule.more_than == "2014/15")
    }
    assert {key for key, outcome in found.items() if outcome.verdict != "supported"} == early
    assert {found[key].verdict for key in early} <= {"open"}


def released(rule: dict[str, Any], **rows: Any) -> ClaimOutcome:
    """Return what is told of one claim about 2016/17."""
    (shown,) = release(assess_claim(rule, **rows), PrivacyFloor()).content.claims
    return shown


def trained_schools(nord: int, syd: int) -> dict[str, Any]:
    """Return two schools of forty, and a training day with so many of each."""
    went = {"nord": nord, "syd": syd}
    staff = [(f"{unit}{number}", unit) for unit in went for number in range(40)]
    days = [f"{unit}{number}" for unit, count in went.items() for number in range(count)]
    return {
        **trained(),
        "persons": [Person(name) for name, _ in staff],
        "positions": [Position(name, unit, "teacher") for name, unit in staff],
        "participations": [Participation("dag", name) for name in days],
    }


@pytest.mark.parametrize("went", [(), ("anna", "bo"), ("anna", "bo", "carl")])
def test_a_claim_about_few_is_open(went: tuple[str, ...]) -> None:
    """Of three people nothing is told, be it that all were there or that one lacked."""
    found = released(TRAINED, **trained(*went))
    assert (found.verdict, found.lacking, found.facts) == ("open", {}, None)
    assert (found.supported, found.contradicted, found.open) == (None, None, None)


def test_who_bears_a_claim_out_is_told_as_a_class() -> None:
    """60 of 80 are told as 60 to 64, and 30 of 40 at each school as 32 at most: so eight lack."""
    found = released(TRAINED, **trained_schools(30, 30))
    assert (found.verdict, found.lower, found.upper, found.people) == ("contradicted", 60, 64, 80)
    assert (found.supported, found.contradicted, found.open) == (None, None, None)
    assert found.lacking == {"nord": 8, "syd": 8}


def test_that_nobody_lacked_is_not_told() -> None:
    """All 80 were there, but so may all but seven have been: the claim is open."""
    found = released(TRAINED, **trained_schools(40, 40))
    assert (found.verdict, found.lower, found.upper) == ("open", 73, 80)


def test_a_claim_about_guests_passes() -> None:
    """Who visits is no secret: it leaves as it was found."""
    found = claim(VISITED, **visits(*ROUNDS))
    assert released(VISITED, **visits(*ROUNDS)) == evolve(found, facts=None)
