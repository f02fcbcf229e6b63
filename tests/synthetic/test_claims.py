from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from synthetic.counting import Counter, bears_out
from synthetic.examples import profile_of, written_profiles

from plfkit.periods import Period
from plfkit.synthetic import municipality
from plfkit.synthetic.claims.rules import list_wishes

PROFILES = written_profiles()
RULES: tuple[dict[str, Any], ...] = (
    {"counts": "people", "at_least": 3, "each_unit": "school", "communities": ["learning_centre"]},
    {"counts": "people", "at_least": 1, "each_unit": "school", "roles": ["talent_coach"]},
    {
        "counts": "people",
        "at_least": 2,
        "each_unit": "school",
        "roles": ["reading_coach"],
        "qualifications": ["coach_training"],
    },
    {"counts": "people", "exactly": 2, "roles": ["head_of_education"]},
    {"counts": "people", "exactly": 1, "roles": ["consultant"]},
    {"counts": "people", "exactly": 4, "roles": ["consultant"], "communities": ["support_team"]},
    {"counts": "people", "exactly": 3, "roles": ["consultant"], "events": ["conference"]},
    {"counts": "people", "exactly": 3, "roles": ["science_coach"]},
    {"counts": "people", "exactly": 4, "qualifications": ["facilitator_training"]},
    {"counts": "people", "at_least": 30, "roles": ["teacher"], "communities": ["network"]},
    {"counts": "people", "at_least": 5, "roles": ["politician"]},
    {"counts": "events", "exactly": 2, "events": ["conference"]},
    {"counts": "events", "exactly": 2, "each_unit": "school", "events": ["workshop"]},
    {
        "counts": "events",
        "at_least": 2,
        "each_unit": "school",
        "events": ["data_meeting"],
        "roles": ["consultant"],
    },
    {"counts": "events", "at_least": 1, "each_person": "consultant", "events": ["school_visit"]},
    {"counts": "rounds", "at_least": 3, "each_unit": "daycare", "events": ["school_visit"]},
    {"counts": "days", "exactly": 3, "each_person": "principal", "events": ["training_day"]},
    {"counts": "days", "at_least": 2, "each_person": "staff", "events": ["workshop"]},
    {"counts": "people", "at_least": 8, "within": "school", "roles": ["consultant"]},
    {
        "counts": "days",
        "at_least": 1,
        "each_person": "staff",
        "within": "school",
        "events": ["training_day"],
    },
    {
        "counts": "events",
        "at_least": 1,
        "each_person": "consultant",
        "communities": ["support_team"],
        "events": ["school_visit"],
        "roles": ["visiting_leader"],
    },
    {
        "counts": "events",
        "at_least": 1,
        "each_person": "principal",
        "events": ["workshop"],
        "roles": ["head_of_education"],
    },
    {"counts": "days", "exactly": 7, "events": ["conference"]},
    {
        "counts": "days",
        "exactly": 10,
        "stay": True,
        "each_person": "visiting_teacher",
        "events": ["workshop", "school_visit"],
    },
    {
        "counts": "person_days",
        "exactly": 60,
        "stay": True,
        "roles": ["visiting_teacher"],
        "events": ["workshop"],
    },
    {
        "counts": "events",
        "at_least": 2,
        "communities": ["support_team"],
        "events": ["school_visit"],
        "roles": ["visiting_leader"],
    },
    {
        "counts": "people",
        "at_least": 3,
        "communities": ["support_team"],
        "events": ["conference"],
    },
    {"counts": "communities", "at_least": 2, "each_unit": "school", "communities": ["network"]},
    {
        "counts": "days",
        "at_least": 1,
        "each_person": "everyone",
        "within": "school",
        "events": ["training_day"],
    },
    {
        "counts": "people",
        "at_least": 12,
        "qualifications": ["teaching_qualification"],
        "subjects": ["latin"],
    },
    {
        "counts": "person_days",
        "exactly": 95,
        "roles": ["visiting_teacher"],
        "events": ["workshop"],
    },
)


@pytest.mark.parametrize("name", sorted(PROFILES))
@pytest.mark.parametrize("seed", [0, 1])
def test_profiles_bear_out(name: str, seed: int) -> None:
    """The rows of an example bear out every claim of its profile that has a rule."""
    organisation = municipality(PROFILES[name], seed=seed)
    found = list_wishes(PROFILES[name])
    assert found
    assert [w.rule for w in found if not bears_out(organisation, w.rule, w.period)] == []


@pytest.mark.parametrize("period", [None, "2016/17", "2015-08-01/2018-02-01"])
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: "-".join(map(str, rule.values())))
def test_any_rule(rule: dict[str, Any], period: str | None) -> None:
    """A rule of any shape is borne out, whenever its claim is about."""
    profile = profile_of(rule, period=period)
    organisation = municipality(profile)
    (wish,) = list_wishes(profile)
    assert bears_out(organisation, wish.rule, wish.period)


@pytest.mark.parametrize("period", [None, "2017/18"])
@pytest.mark.parametrize(
    "rule",
    [
        {"counts": "people", "roles": ["reading_coach", "maths_coach"]},
        {"counts": "people", "roles": ["reading_coach"], "qualifications": ["coach_training"]},
        {"counts": "people", "each_unit": "school", "roles": ["talent_coach"]},
        {
            "counts": "people",
            "communities": ["learning_centre"],
            "roles": ["reading_coach", "learning_centre_coordinator"],
            "qualifications": ["facilitator_training"],
        },
        {"counts": "communities", "communities": ["network"]},
    ],
    ids=lambda rule: "-".join(map(str, rule.values())),
)
def test_growth(rule: dict[str, Any], period: str | None) -> None:
    """What is said to have grown has grown since the year before."""
    profile = profile_of({**rule, "more_than": "year_before"}, period=period)
    organisation = municipality(profile)
    (wish,) = list_wishes(profile)
    assert bears_out(organisation, wish.rule, wish.period)


def test_rules_together() -> None:
    """Rules about the same people and events do not break each other."""
    workshop = {"events": ["workshop"], "roles": ["visiting_teacher"]}
    profile = profile_of(
        {"counts": "people", "exactly": 7, **workshop},
        {"counts": "person_days", "exactly": 35, **workshop},
        {"counts": "days", "exactly": 5, "each_person": "visiting_teacher", "events": ["workshop"]},
        {"counts": "events", "at_least": 6, "events": ["workshop"]},
        period="2017/18",
    )
    organisation = municipality(profile)
    counted = Counter(organisation, Period.parse("2017/18"))
    assert [list(counted.counts(wish.rule)) for wish in list_wishes(profile)] == [
        [7],
        [35],
        [5] * 7,
        [6],
    ]


def test_other_times() -> None:
    """A claim about years that the example does not cover leaves no trace, nor does one about growth."""
    grown = {"counts": "people", "roles": ["talent_coach"], "more_than": "2013/14"}
    assert not list_wishes(profile_of(grown, period="2016/17"))
    rule = {"counts": "people", "exactly": 9, "roles": ["visiting_teacher"], "events": ["workshop"]}
    profile = profile_of(rule, period="2024/25")
    assert "visiting_teacher" not in municipality(profile).positions.column("role").categories


def test_guests_come_once() -> None:
    """What is said of the same guests, at events of some kinds or of one, is said of one stay."""
    guests = ["workshop", "training_day", "school_visit"]
    profile = profile_of(
        {"counts": "people", "exactly": 4, "roles": ["visiting_teacher"], "events": guests},
        {
            "counts": "days",
            "exactly": 5,
            "stay": True,
            "each_person": "visiting_teacher",
            "events": guests,
        },
        {
            "counts": "events",
            "at_least": 1,
            "each_person": "visiting_teacher",
            "events": ["workshop"],
        },
        period="2016/17",
    )
    counted = Counter(municipality(profile), Period.parse("2016/17"))
    people, stays, workshops = (list(counted.counts(wish.rule)) for wish in list_wishes(profile))
    assert (people, stays) == ([4], [5] * 4)
    assert all(workshops)


def test_registers_are_complete() -> None:
    """The example's registers are said to be, for the whole municipality and from its first day on."""
    said = [r for r in municipality(profile_of()).registrations if r.of != "events"]
    assert {r.of for r in said} == {"positions", "communities", "memberships", "qualifications"}
    assert {(r.unit, r.kind, r.complete, r.valid) for r in said} == {
        ("kommune", None, True, Period(date(2016, 8, 1)))
    }


def test_registrations_of_claims() -> None:
    """Where a rule counts events, every school says that its log of them is complete."""
    rule = {"counts": "events", "at_least": 1, "events": ["workshop"]}
    organisation = municipality(profile_of(rule, period="2016/17"), schools=40)
    year = Period.parse("2016/17")
    said = [
        r.complete for r in organisation.registrations if r.kind == "workshop" and r.valid == year
    ]
    assert len(said) == 41
    assert all(said)
