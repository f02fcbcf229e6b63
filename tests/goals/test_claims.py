"""Claims: supported, contradicted by how many and where, or open for want of which registration."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from plfkit import Organisation, Profile, assess, load_profile, release
from plfkit.goals import ClaimOutcome
from plfkit.model.declarations import PrivacyFloor
from plfkit.model.parts import (
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
from plfkit.periods import Period
from plfkit.synthetic import municipality

TEXT = {"da": "Tekst", "en": "Text"}
PERIOD = "2016/17"


def claim(rule: dict[str, Any], **rows: Any) -> ClaimOutcome:
    """Return what becomes of one claim about 2016/17."""
    profile = Profile.from_document(
        {
            "schema_version": 1,
            "id": "lilleby",
            "label": TEXT,
            "claims": {"c": {"text": TEXT, "certainty": "stated", "period": PERIOD, "rule": rule}},
        }
    )
    (found,) = assess(Organisation.of(**rows), profile, at=PERIOD).claims
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
        "registrations": [Registration("kommune", "school_visit", complete=says)],
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
    """What the log of visits lacks may be Syd's second round; the registration is named."""
    found = claim(VISITED, **visits(*ROUNDS[:3], says=False))
    assert found.verdict == "open"
    assert found.units == {"nord": "supported", "syd": "open"}
    assert found.missing == ("registrations:school_visit",)


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
    assert "participations" in found.missing


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
        "registrations": [Registration("kommune", "training_day", complete=says)],
    }


def test_all_the_schools_staff_had_their_day() -> None:
    """The head does not work at a school, so it is about three people."""
    found = claim(TRAINED, **trained("anna", "bo", "carl"))
    assert (found.verdict, found.supported, found.contradicted) == ("supported", 3, 0)


def test_who_lacks_is_counted_school_by_school() -> None:
    """Carl, at Syd, was not there; by name nobody is told."""
    found = claim(TRAINED, **trained("anna", "bo"))
    assert (found.verdict, found.supported, found.contradicted) == ("contradicted", 2, 1)
    assert found.lacking == {"syd": 1}


def test_a_gap_in_the_log_is_no_contradiction() -> None:
    """Carl may have been at a day that nobody registered."""
    found = claim(TRAINED, **trained("anna", "bo", says=False))
    assert (found.verdict, found.open) == ("open", 1)
    assert found.missing == ("registrations:training_day",)


TEAM = {"counts": "people", "exactly": 2, "communities": ["support_team"], "roles": ["consultant"]}


@pytest.mark.parametrize(
    ("members", "verdict"), [("ij", "supported"), ("i", "contradicted"), ("ijk", "contradicted")]
)
def test_exactly_so_many_members(members: str, verdict: str) -> None:
    """One too few contradicts as one too many does; the register is taken to be complete."""
    found = claim(
        TEAM,
        units=UNITS,
        persons=[Person(name) for name in "ijk"],
        positions=[Position(name, "kommune", "consultant") for name in "ijk"],
        communities=[Community("team", "support_team", unit="kommune")],
        memberships=[Membership("team", name) for name in members],
    )
    assert found.verdict == verdict
    assert (found.lower, found.upper) == (len(members), len(members))


def test_a_missing_table_leaves_it_open_and_is_named() -> None:
    """Without any qualification in the data nobody knows who is trained."""
    rule = {"counts": "people", "at_least": 1, "qualifications": ["coach_training"]}
    rows: dict[str, Any] = {"persons": [Person("anna")], "units": UNITS}
    found = claim(rule, **rows)
    assert (found.verdict, found.missing) == ("open", ("qualifications",))
    rows["positions"] = [Position("anna", "nord", "teacher")]
    rows["qualifications"] = [Qualification("anna", "facilitator_training")]
    assert claim(rule, **rows).verdict == "open"
    rows["qualifications"] = [Qualification("anna", "coach_training")]
    assert claim(rule, **rows).verdict == "supported"
    assert claim({**rule, "at_least": 2}, **rows).verdict == "contradicted"


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
    }
    found = claim(rule, **rows)
    assert (found.verdict, found.missing) == ("open", ("memberships",))


def test_a_claim_about_nobody_is_open() -> None:
    """Where no school is registered, none of them has contradicted."""
    rows = visits(("kommune", "2016-10-03"))
    rows["units"] = [UNITS[0], UNITS[3]]
    assert claim(VISITED, **rows).verdict == "open"


@pytest.mark.parametrize("name", ["vejle", "middelfart", "langeland"])
def test_the_example_bears_out_what_its_years_hold(name: str) -> None:
    """The example makes every claim true; of years before its own nothing is registered."""
    profile = load_profile(name)
    found = {outcome.id: outcome for outcome in assess(municipality(profile), profile).claims}
    early = {key for key, c in profile.claims.items() if c.period == "2015/16"}
    assert {key for key, outcome in found.items() if outcome.verdict != "supported"} == early
    assert {found[key].verdict for key in early} <= {"open"}


def test_the_gate_hides_counts_of_few() -> None:
    """One who lacked and two who did not are fewer than five; the verdict stays."""
    profile = Profile.from_document(
        {
            "schema_version": 1,
            "id": "lilleby",
            "label": TEXT,
            "claims": {
                "c": {"text": TEXT, "certainty": "stated", "period": PERIOD, "rule": TRAINED}
            },
        }
    )
    card = assess(Organisation.of(**trained("anna", "bo")), profile, at=PERIOD)
    (found,) = release(card, PrivacyFloor()).content.claims
    assert found.verdict == "contradicted"
    assert (found.supported, found.contradicted, found.open) == (None, None, None)
    assert not found.lacking
    (shown,) = release(
        evolve(
            card, claims=(evolve(card.claims[0], supported=8, contradicted=6, lacking={"syd": 6}),)
        ),
        PrivacyFloor(),
    ).content.claims
    assert (shown.supported, shown.contradicted, shown.lacking) == (8, 6, {"syd": 6})
