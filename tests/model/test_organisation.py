"""Organisations: checked, immutable, equal by content."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plfkit import (
    Community,
    Membership,
    Organisation,
    Period,
    Person,
    Position,
    Response,
    Survey,
    Tie,
    Unit,
)
from plfkit.errors import InvalidDataError
from plfkit.testing import organisations

YEAR, NEXT = Period.parse("2018/19"), Period.parse("2019/20")


@given(organisations(), st.randoms(use_true_random=False))
def test_row_order_does_not_matter(organisation: Organisation, shuffler: random.Random) -> None:
    """The same rows in any order make the same organisation."""
    rows: dict[str, Any] = {name: list(table) for name, table in organisation.tables.items()}
    for records in rows.values():
        shuffler.shuffle(records)
    title, synthetic = organisation.title, organisation.synthetic
    assert Organisation.of(**rows, title=title, synthetic=synthetic) == organisation


def test_one_different_cell_makes_another_organisation() -> None:
    """Equality sees every cell."""
    first = Organisation.of(persons=[Person("a")])
    assert first != Organisation.of(persons=[Person("a", "Ada")])
    assert first == Organisation.of(persons=[Person("a")])


ABC = [Person(name) for name in "abc"]
SCHOOL = [Unit("s", "school")]
SURVEY = [Survey("q", "network", "advice", max_ties=1)]


@pytest.mark.parametrize(
    ("code", "tables"),
    [
        ("duplicate", {"persons": [*ABC, Person("a")]}),
        ("unknown_kind", {"units": [Unit("s", "scool")]}),
        ("dangling_reference", {"units": [Unit("s", "school", parent="x")]}),
        ("cycle", {"units": [Unit("s", "school", parent="t"), Unit("t", "school", parent="s")]}),
        ("cycle", {"units": [Unit("s", "school", parent="s")]}),
        ("missing_table", {"persons": ABC, "positions": [Position("a", "s", "teacher")]}),
        (
            "out_of_range",
            {"persons": ABC, "units": SCHOOL, "positions": [Position("a", "s", "teacher", 1.5)]},
        ),
        (
            "overlap",
            {
                "persons": ABC,
                "units": SCHOOL,
                "positions": [
                    Position("a", "s", "teacher"),
                    Position("a", "s", "teacher", valid=YEAR),
                ],
            },
        ),
        ("self_tie", {"persons": ABC, "ties": [Tie("a", "a", "advice")]}),
        ("missing_value", {"surveys": [Survey("q", "network")]}),
        (
            "wrong_survey",
            {"persons": ABC, "surveys": SURVEY, "ties": [Tie("a", "b", "coaching", "q")]},
        ),
        (
            "not_asked",
            {
                "persons": ABC,
                "surveys": SURVEY,
                "responses": [Response("q", "b", answered=True)],
                "ties": [Tie("a", "b", "advice", "q")],
            },
        ),
        (
            "not_answered",
            {
                "persons": ABC,
                "surveys": SURVEY,
                "responses": [Response("q", "a", answered=False)],
                "ties": [Tie("a", "b", "advice", "q")],
            },
        ),
        (
            "too_many_ties",
            {
                "persons": ABC,
                "surveys": SURVEY,
                "ties": [Tie("a", "b", "advice", "q"), Tie("a", "c", "advice", "q")],
            },
        ),
        (
            "duplicate",
            {
                "persons": ABC,
                "surveys": SURVEY,
                "responses": [
                    Response("q", "a", answered=True),
                    Response("q", "a", answered=False),
                ],
            },
        ),
    ],
)
def test_each_rule_finds_its_fault(code: str, tables: dict[str, Any]) -> None:
    """Data that break one rule give that fault, and only that one."""
    with pytest.raises(InvalidDataError) as caught:
        Organisation.of(**{"persons": [], **tables})
    assert {fault.code for fault in caught.value.faults} == {code}


def test_all_faults_come_in_one_pass() -> None:
    """Faults of different tables are reported together, each with place and hint."""
    with pytest.raises(InvalidDataError) as caught:
        Organisation.of(
            units=[Unit("s", "scool")], persons=[*ABC, Person("b")], ties=[Tie("a", "a", "advice")]
        )
    faults = {fault.code: fault for fault in caught.value.faults}
    assert set(faults) == {"unknown_kind", "duplicate", "self_tie"}
    assert 'did you mean "school"?' in faults["unknown_kind"].hint
    assert str(faults["duplicate"].place) == "persons, row 4, column id"


def test_values_are_not_told_unless_asked_for() -> None:
    """The error's text holds no id of a person; the fault has the cell for those who ask."""
    with pytest.raises(InvalidDataError) as caught:
        Organisation.of(persons=[Person("secret-person"), Person("secret-person")])
    assert "secret-person" not in str(caught.value)
    assert caught.value.faults[0].value == "secret-person"


def test_a_cycle_is_shown_as_a_path() -> None:
    """Units that belong to each other in a circle are named in order."""
    with pytest.raises(InvalidDataError, match="a → c → b → a"):
        Organisation.of(
            persons=[],
            units=[
                Unit("a", "school", parent="c"),
                Unit("b", "school", parent="a"),
                Unit("c", "school", parent="b"),
            ],
        )


def test_periods_that_follow_each_other_do_not_overlap() -> None:
    """One position a year is fine; so are repeated ties on different subjects."""
    organisation = Organisation.of(
        persons=ABC,
        units=SCHOOL,
        positions=[Position("a", "s", "teacher", valid=year) for year in (YEAR, NEXT)],
        ties=[Tie("a", "b", "advice", subject=subject) for subject in ("danish", "english")],
    )
    assert len(organisation.positions) == len(organisation.ties) == 2


@pytest.mark.parametrize(
    ("tables", "at"),
    [
        ({"persons": ABC}, "undated"),
        ({"persons": [Person("a", valid=Period(end=date(2019, 8, 1)))]}, "2018/19"),
        ({"surveys": [Survey("q", "network", "advice", date=date(2019, 8, 1))]}, "2019/20"),
    ],
)
def test_latest_period_is_the_last_school_year_with_a_date(tables: Any, at: str) -> None:
    """An end on 1 August belongs to the year before; without dates there is no year."""
    assert str(Organisation.of(**{"persons": [], **tables}).latest_period) == at


def test_membership_roles_are_checked_too() -> None:
    """Kinds of every section are looked up."""
    with pytest.raises(InvalidDataError, match="facilitator"):
        Organisation.of(
            persons=ABC,
            communities=[Community("t", "team")],
            memberships=[Membership("t", "a", "fasilitator")],
        )
