"""Whom a rule is about: on which days, at which units, and which of them it asks."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from plfkit import Organisation, snapshot
from plfkit.arrays import Flags
from plfkit.goals.eligible import Eligible
from plfkit.model.declared.facts import Rule
from plfkit.model.records.rows import (
    Community,
    Membership,
    Person,
    Position,
    Qualification,
    Unit,
)
from plfkit.periods import Period

OCTOBER, JANUARY = date(2016, 10, 1), date(2017, 1, 1)
UNITS = [Unit("nord", "school"), Unit("ude", "external_organisation")]
POSITIONS = [
    Position("anna", "nord", "teacher"),
    Position("bo", "nord", "teacher", valid=Period(OCTOBER, JANUARY)),
    Position("carl", "nord", "teacher", valid=Period(JANUARY)),
    Position("dora", "nord", "teacher", valid=Period(None, date(2016, 8, 1))),
    Position("eva", "nord", "principal", valid=Period(date(2015, 8, 1))),
    Position("gæst", "ude", "visiting_teacher"),
    Position("pia", "ude", "politician"),
    Position("sonja", "nord", "support_staff"),
]
NAMES = [row.person for row in POSITIONS]
AT_NORD = np.array([True, False, False])


def eligible(period: Period | None = None, positions: Any = POSITIONS, **rule: Any) -> Eligible:
    """Return the people of a rule in 2016/17, if no other period is named."""
    org = Organisation.of(
        units=UNITS,
        persons=[Person(name) for name in NAMES],
        positions=positions,
        communities=[
            Community("t", "team", unit="nord"),
            Community("u", "team", unit="ude", valid=Period(date(2016, 11, 1))),
            Community("v", "support_team", unit="nord"),
        ],
        memberships=[
            Membership("t", "anna"),
            Membership("t", "bo", valid=Period(date(2016, 12, 1))),
            Membership("t", "sonja"),
            Membership("u", "carl"),
            Membership("v", "eva"),
        ],
        qualifications=[
            Qualification("anna", "coach_training", "danish", valid=Period(date(2016, 9, 1))),
            Qualification("carl", "coach_training", "mathematics"),
            Qualification("eva", "facilitator_training", "danish"),
        ],
    )
    asked = Rule(**{"counts": "people", "at_least": 1, **rule})
    return Eligible(org, asked, snapshot(org, period or Period.parse("2016/17")))


def names(people: Flags) -> list[str]:
    """Return who they are."""
    return [name for name, there in zip(sorted(NAMES), people.tolist(), strict=True) if there]


@pytest.mark.parametrize(
    ("rule", "numbers"),
    [
        ({"roles": ["teacher"]}, [1, 2, 2]),
        ({"roles": ["teacher", "teacher", "principal"]}, [2, 3, 3]),
        ({"roles": ["visiting_teacher"]}, [1, 1, 1]),
        ({"communities": ["team"]}, [2, 2, 2, 3, 3]),
        ({"communities": ["team"], "roles": ["teacher"]}, [1, 1, 1, 2, 2]),
        ({"communities": ["support_team"]}, [1, 1, 1, 1, 1]),
        ({"qualifications": ["coach_training"]}, [0, 1, 1, 2]),
        ({"qualifications": ["coach_training"], "subjects": ["danish"]}, [0, 1, 1, 1]),
        ({"qualifications": ["facilitator_training"], "roles": ["teacher"]}, [0, 0, 0, 0]),
        ({"counts": "communities", "communities": ["team"]}, [1, 2]),
    ],
)
def test_how_many_day_by_day(rule: dict[str, Any], numbers: list[int]) -> None:
    """One number for the first day, and for each on which something begins that the rule reads."""
    assert list(eligible(**rule).list_daily_numbers(None)) == numbers


@pytest.mark.parametrize(
    ("rule", "numbers"),
    [
        ({"roles": ["visiting_teacher"]}, [0, 0, 0]),
        ({"roles": ["principal"]}, [1, 1, 1]),
        ({"communities": ["team"], "roles": ["teacher"]}, [1, 1, 1, 2, 1]),
        ({"counts": "communities", "communities": ["team"]}, [1, 1]),
    ],
)
def test_how_many_at_one_school(rule: dict[str, Any], numbers: list[int]) -> None:
    """Positions and communities elsewhere are left out."""
    assert list(eligible(**rule).list_daily_numbers(AT_NORD)) == numbers


@pytest.mark.parametrize(
    ("period", "numbers"),
    [
        (Period(), [2, 3, 3, 3]),
        (Period(None, date(2016, 1, 1)), [2, 3]),
        (Period(None, date(2015, 1, 1)), [2]),
        (Period(date(2016, 11, 1)), [3, 3]),
        (Period(JANUARY), [3]),
    ],
)
def test_time_without_end(period: Period, numbers: list[int]) -> None:
    """Where time never begins, the days before the first change count as one."""
    found = eligible(period, roles=["teacher", "principal"])
    assert list(found.list_daily_numbers(None)) == numbers
    undated = [Position("anna", "nord", "teacher")]
    found = eligible(period, undated, roles=["teacher"])
    assert list(found.list_daily_numbers(None)) == [1]


def test_one_day_after_another() -> None:
    """Who starts the next day is not there yet."""
    first, second = (Period(date(2016, 10, day)) for day in (3, 4))
    rows = [
        Position("anna", "nord", "teacher", valid=first),
        Position("bo", "nord", "teacher", valid=second),
    ]
    found = eligible(positions=rows, roles=["teacher"])
    assert list(found.list_daily_numbers(None))[-2:] == [1, 2]


@pytest.mark.parametrize(
    ("rule", "days", "asked"),
    [
        ({"each_person": "staff"}, [], ["anna", "bo", "carl", "eva"]),
        ({"each_person": "staff"}, [OCTOBER], ["anna", "bo", "eva"]),
        ({"each_person": "staff"}, [JANUARY], ["anna", "carl", "eva"]),
        ({"each_person": "staff"}, [date(2016, 9, 30), JANUARY], ["anna", "carl", "eva"]),
        ({"each_person": "everyone"}, [], ["anna", "bo", "carl", "eva", "sonja"]),
        ({"each_person": "visiting_teacher"}, [], ["gæst"]),
        ({"each_person": "visiting_teacher", "within": "school"}, [], []),
        ({"each_person": "staff", "communities": ["team"]}, [], ["anna", "bo", "carl"]),
    ],
)
def test_whom_a_rule_asks(rule: dict[str, Any], days: list[date], asked: list[str]) -> None:
    """Those who worked on one of the days, in the role, at the place and in the communities named."""
    found = eligible(events=["workshop"], **rule)
    assert names(found.find_asked_people(np.array(days, "datetime64[D]"))) == asked


@pytest.mark.parametrize(
    ("rule", "there"),
    [
        ({"roles": ["principal"]}, ["eva"]),
        ({"roles": ["teacher", "politician"], "within": "school"}, ["anna", "bo", "carl"]),
        ({"within": "school", "events": ["workshop"]}, ["anna", "bo", "carl", "eva", "sonja"]),
        ({"events": ["workshop"]}, sorted(NAMES)),
    ],
)
def test_who_holds_the_role(rule: dict[str, Any], there: list[str]) -> None:
    """In the role and at the place that the rule names; anybody if it names neither."""
    assert names(eligible(**rule).holding) == there
