"""Nothing outlives what it belongs to, and ends choose no year."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, reject
from hypothesis import strategies as st

from plfkit import (
    Community,
    Event,
    Membership,
    Organisation,
    Person,
    Position,
    Qualification,
    Registration,
    Survey,
    Unit,
    measures,
    snapshot,
)
from plfkit.errors import InvalidDataError
from plfkit.model.records.rows import NATIVE_ROWS
from plfkit.model.records.schema import list_column_specs
from plfkit.periods import Period
from plfkit.testing import organisations

CLOSED = date(2019, 8, 1)
FIRST = date(2018, 8, 1)
DAYS = [FIRST + timedelta(days=90 * step) for step in range(12)]


def until(day: date | None) -> Period:
    """A period that ends, or does not."""
    return Period(None, day)


def merged(**more: Any) -> Organisation:
    """Two schools, one of which closed; its six teachers' rows stay open, as in staff exports."""
    old, new = ([f"{school}{n}" for n in range(6)] for school in ("old", "new"))
    tables: dict[str, Any] = {
        "units": [
            Unit("town", "municipality"),
            Unit("old", "school", None, "town", until(CLOSED)),
            Unit("new", "school", None, "town"),
        ],
        "persons": [Person(name) for name in (*old, *new)],
        "positions": [
            Position(name, name[:3], "teacher", valid=Period(date(2015, 8, 1)))
            for name in (*old, *new)
        ],
        "communities": [
            Community("t", "team", None, "new"),
            Community("gone", "team", None, "old"),
        ],
        "memberships": [Membership("t", n) for n in new] + [Membership("gone", n) for n in old],
    }
    return Organisation.of(**{**tables, **more})


def test_staff_of_a_closed_school_are_staff_no_longer() -> None:
    """Six of six are covered in the year after, for the municipality as by school."""
    now = snapshot(merged(), "2020/21")
    whole = measures.membership_coverage(now).main
    assert whole is not None
    assert (whole.numerator, whole.denominator) == (6, 6)
    by_school = measures.membership_coverage(now, by="school")
    assert [(f.part, f.denominator) for f in by_school] == [("new", 6)]
    assert [community.id for community in now.communities] == ["t"]
    assert {member.community for member in now.memberships} == {"t"}
    assert int(snapshot(merged(), "2018/19").staff.sum()) == 12


def test_a_department_closes_with_its_school() -> None:
    """Who works in a part of a closed school is gone too, though the part has no end of its own."""
    organisation = merged(
        units=[*merged().units, Unit("lower", "school_department", None, "old")],
        positions=[Position("old0", "lower", "teacher"), Position("new0", "new", "teacher")],
    )
    now = snapshot(organisation, "2020/21")
    assert [unit.id for unit in now.units] == ["new", "town"]
    assert [now.person_ids[n] for n in now.staff.nonzero()[0]] == ["new0"]


def test_advice_says_where_rows_go_on() -> None:
    """Six positions and a community go on after their school; what says its end is no claim."""
    found = [(one.code, one.place.file, one.place.column) for one in merged().advice]
    assert found == [*[("outlives", "positions", "unit")] * 6, ("outlives", "communities", "unit")]
    assert not merged(units=[Unit("old", "school"), Unit("new", "school")]).advice


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ({"positions": [Position("a", "s", "teacher")]}, []),
        ({"positions": [Position("a", "s", "teacher", valid=until(date(2030, 8, 1)))]}, ["person"]),
        ({"positions": [Position("a", "s", "teacher", valid=Period(date(2010, 8, 1)))]}, ["unit"]),
        (
            {"communities": [Community("t", "team", valid=until(CLOSED))]},
            [],
        ),
        ({"qualifications": [Qualification("a", "coach_training")]}, []),
        ({"registrations": [Registration("d", "workshop", complete=True)]}, ["unit"]),
    ],
)
def test_advice_is_given_where_something_is_said(rows: Any, expected: list[str]) -> None:
    """Leaving is no news, closing is; a date that reaches beyond is told of on both sides."""
    organisation = Organisation.of(
        units=[
            Unit("s", "school", valid=Period(FIRST)),
            Unit("d", "school_department", valid=until(CLOSED)),
        ],
        persons=[Person("a", valid=until(CLOSED))],
        **rows,
    )
    assert [one.place.column for one in organisation.advice] == expected


def test_advice_is_about_the_rows_as_they_were_given() -> None:
    """Further rows are judged with those already here; without a person nothing is said any more."""
    organisation = merged()
    more = organisation.with_(positions=[Position("new0", "old", "reading_coach")])
    assert [one.place.row for one in more.advice if one.place.file == "positions"][-1] == 13
    assert organisation.without("old0").advice == ()


@st.composite
def periods(draw: st.DrawFn) -> Period:
    """An interval whose ends may be open."""
    first, last = sorted(draw(st.lists(st.sampled_from(DAYS), min_size=2, max_size=2, unique=True)))
    return Period(draw(st.sampled_from([None, first])), draw(st.sampled_from([None, last])))


@st.composite
def dated(draw: st.DrawFn) -> Organisation:
    """An organisation in which everything may begin and end at any time."""
    try:
        return Organisation.of(
            units=[
                Unit("m", "municipality", valid=draw(periods())),
                Unit("s", "school", parent="m", valid=draw(periods())),
                Unit("d", "school_department", parent="s", valid=draw(periods())),
            ],
            persons=[Person(p, valid=draw(periods())) for p in "ab"],
            positions=[
                Position(p, u, "teacher", valid=draw(periods())) for p in "ab" for u in ("s", "d")
            ],
            communities=[Community("t", "team", None, "d", valid=draw(periods()))],
            memberships=[Membership("t", p) for p in "ab"],
            qualifications=[Qualification("a", "coach_training", valid=draw(periods()))],
        )
    except InvalidDataError:
        reject()


def holds(organisation: Organisation, table: str, row: Any, day: date) -> bool:
    """Whether a row holds on a day, followed by hand to whatever it belongs to."""
    above = [
        (spec.refers_to, other)
        for spec in list_column_specs(NATIVE_ROWS[table])
        if spec.refers_to in {"units", "persons", "communities"}
        for other in organisation.tables[spec.refers_to]
        if other.id == getattr(row, spec.name)
    ]
    return day in row.valid and all(holds(organisation, name, one, day) for name, one in above)


@given(dated(), st.sampled_from(DAYS))
def test_rows_hold_as_long_as_what_they_belong_to(organisation: Organisation, day: date) -> None:
    """On every day each table has the rows that following their ids by hand gives."""
    for name in organisation.lifetimes:
        rows = list(organisation.tables[name])
        expected = [holds(organisation, name, row, day) for row in rows]
        assert organisation.in_force(name, Period.parse(day.isoformat())).tolist() == expected, name


@given(dated(), st.sampled_from(["2018/19", "2019/20", "2020/21"]))
def test_nobody_is_staff_through_a_closed_unit(organisation: Organisation, at: str) -> None:
    """Everybody of the staff holds a position that is open, at a unit that is, on the day."""
    now = snapshot(organisation, at)
    assert now.reference_day is not None
    for person in now.staff.nonzero()[0]:
        mine = [p for p in organisation.positions if p.person == now.person_ids[person]]
        assert any(holds(organisation, "positions", p, now.reference_day) for p in mine)


@pytest.mark.parametrize(
    ("tables", "at"),
    [
        ({"persons": [Person("a", valid=until(date(2031, 8, 1)))]}, "undated"),
        ({"persons": [Person("a", valid=Period(FIRST, date(2031, 8, 1)))]}, "2018/19"),
        (
            {
                "units": [Unit("s", "school", valid=until(date(2031, 8, 1)))],
                "surveys": [Survey("q", "network", "advice", date=date(2026, 11, 2))],
            },
            "2026/27",
        ),
        ({"events": [Event("e", "workshop", date(2020, 7, 31))]}, "2019/20"),
        ({"persons": [Person("a", valid=Period(date(1900, 1, 1)))]}, "1900/01"),
        ({"persons": [Person("a", valid=Period(date(2100, 12, 31)))]}, "2099/00"),
    ],
)
def test_default_year_is_known(tables: Any, at: str) -> None:
    """A planned end chooses no year, of whatever table; what begins, was asked or took place does."""
    assert str(Organisation.of(**{"persons": [], **tables}).latest_period) == at


@given(organisations(), st.data())
def test_no_end_changes_the_default_year(organisation: Organisation, data: st.DataObject) -> None:
    """A row of any table may end whenever it likes."""
    dates = [name for name in organisation.lifetimes if len(organisation.tables[name])]
    name = data.draw(st.sampled_from(dates))
    rows = list(organisation.tables[name])
    place = data.draw(st.integers(0, len(rows) - 1))
    valid = rows[place].valid
    rows[place] = evolve(rows[place], valid=Period(valid.start, date(2099, 1, 1)))
    try:
        tables: dict[str, Any] = {**organisation.tables, name: rows}
        planned = Organisation.of(**tables)
    except InvalidDataError:
        reject()
    assert planned.latest_period == organisation.latest_period
    assert planned.span == organisation.span


@pytest.mark.parametrize(
    ("at", "notes"),
    [
        (None, {}),
        ("2018/19", {}),
        ("2017/18", {"years_before_data": 1}),
        ("2021/22", {"years_after_data": 3}),
        ("2015-09-01", {"years_before_data": 3}),
        ("2014-07-31", {"years_before_data": 5}),
    ],
)
def test_a_year_that_the_data_tell_nothing_of_is_noted(at: str | None, notes: Any) -> None:
    """The snapshot counts the years between, and so does every result that rests on it."""
    events = [Event("e", "workshop", date(2018, 10, 1))]
    now = snapshot(merged(events=events), at)
    assert now.notes == notes
    assert measures.membership_coverage(now).notes == notes
    assert measures.density(now, relation="advice").notes == notes
    assert measures.scale_statistics(now, items=("x",)).notes == notes


HIRED = Period(date(2011, 8, 1))
LISTED: dict[str, Any] = {
    "units": [Unit("s", "school", valid=HIRED)],
    "persons": [Person("ann", valid=HIRED), Person("bo")],
    "positions": [Position("ann", "s", "teacher", valid=HIRED)],
    "communities": [Community("t", "team", unit="s", valid=HIRED)],
    "memberships": [Membership("t", "ann", valid=HIRED)],
    "qualifications": [Qualification("ann", "coach_training", valid=until(date(2013, 1, 1)))],
    "surveys": [Survey("q", "scale", date=date(2018, 11, 9))],
}
"""A staff list of November 2018, with the days on which those who are there were hired, and a survey."""


@pytest.mark.parametrize(
    ("more", "first"),
    [
        ({}, "2018/19"),
        ({"surveys": []}, "2011/12"),
        ({"surveys": [Survey("q", "scale", date=date(2015, 8, 1))]}, "2015/16"),
        ({"events": [Event("e", "workshop", date(2016, 7, 31))]}, "2015/16"),
        (
            {
                "registrations": [
                    Registration("s", "workshop", complete=True, valid=Period(date(2017, 1, 1)))
                ]
            },
            "2016/17",
        ),
        ({"registrations": [Registration("s", "workshop", complete=True)]}, "2018/19"),
        ({"positions": [Position("bo", "s", "teacher", valid=until(date(2016, 8, 1)))]}, "2015/16"),
        ({"positions": [Position("bo", "s", "teacher", valid=until(date(2016, 8, 2)))]}, "2016/17"),
        ({"memberships": [Membership("t", "bo", valid=until(date(2014, 2, 1)))]}, "2013/14"),
        ({"positions": [Position("bo", "s", "teacher", valid=until(date(2030, 8, 1)))]}, "2018/19"),
    ],
)
def test_years_that_data_tell_of(more: dict[str, Any], first: str) -> None:
    """A list of one day tells of no year before it, however long ago those on it were hired."""
    org = Organisation.of(**{**LISTED, **more})
    year = Period.parse(first)
    assert org.told_from == year.start
    assert org.is_told(year)
    assert not org.is_told(Period(date(2000, 1, 1), year.start))


def test_data_without_dates_tell_of_no_year() -> None:
    """Nothing says when the list was made."""
    org = Organisation.of(persons=[Person("ann")])
    assert org.told_from is None
    assert not org.is_told(Period.parse("2018/19"))
