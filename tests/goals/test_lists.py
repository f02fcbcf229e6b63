"""Lists that are said to be complete: where, of what, and for which days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest

from plfkit import Organisation, Registration, Unit, snapshot
from plfkit.goals.lists import Lists
from plfkit.model.records.rows import Person, Position
from plfkit.periods import Period

YEAR = Period.parse("2016/17")
UNITS = [
    Unit("a", "school", parent="t"),
    Unit("b", "school_department", parent="a"),
    Unit("c", "school", parent="t"),
    Unit("o", "external_organisation"),
    Unit("t", "municipality"),
    Unit("x", "school"),
]


def said(unit: str, period: Period | None = None, *, says: bool = True) -> Registration:
    """Return what a unit says of its list of positions."""
    return Registration(unit, kind=None, complete=says, of="positions", valid=period or Period())


def lists(*rows: Registration, period: Period = YEAR, positions: Sequence[Position] = ()) -> Lists:
    """Return the lists of a municipality of two schools, one of them with a department."""
    persons = [Person(row.person) for row in positions]
    org = Organisation.of(units=UNITS, persons=persons, positions=positions, registrations=rows)
    return Lists(snapshot(org, period))


@pytest.mark.parametrize(
    ("rows", "where"),
    [
        ((), ""),
        ((said("t"),), "abct"),
        ((said("a"),), "ab"),
        ((said("b"),), "b"),
        ((said("t"), said("a", says=False)), "ct"),
        ((said("t", says=False), said("b")), ""),
        ((said("t"), said("a", Period(date(2017, 1, 1)))), "ct"),
    ],
)
def test_where_a_list_is_complete(rows: tuple[Registration, ...], where: str) -> None:
    """The nearest word at or above a unit counts, and a list with gaps has gaps below."""
    found = lists(*rows).mark_complete_units("positions", None)
    assert "".join(np.array([unit.id for unit in UNITS])[found]) == where


@pytest.mark.parametrize(
    ("parts", "known"),
    [
        ([(None, None)], True),
        ([("2016-08-01", "2017-08-01")], True),
        ([("2016-08-02", None)], False),
        ([(None, "2017-07-31")], False),
        ([("2017-01-01", None), (None, "2017-01-01")], True),
        ([(None, "2017-06-01"), ("2016-09-01", "2016-10-01"), ("2017-06-01", None)], True),
        ([(None, "2017-01-01"), ("2017-01-02", None)], False),
    ],
)
def test_every_day_is_covered(parts: list[tuple[str | None, str | None]], *, known: bool) -> None:
    """Pieces may overlap and stand in any order, but no day may lack."""
    days = [[None if end is None else date.fromisoformat(end) for end in one] for one in parts]
    rows = [
        Registration("t", kind=kind, complete=True, of="positions", valid=Period(*one))
        for kind, one in zip((None, "consultant", "administration"), days, strict=False)
    ]
    assert lists(*rows).mark_complete_units("positions", "consultant").any() == known


def test_time_without_end() -> None:
    """All of time is covered by what never begins or ends, and not by one year."""
    assert lists(said("t"), period=Period()).mark_complete_units("positions", None).any()
    bounded = lists(said("t", YEAR), period=Period())
    assert not bounded.mark_complete_units("positions", None).any()


@pytest.mark.parametrize(
    ("kind", "asked", "known"),
    [
        (None, "consultant", True),
        ("consultant", "consultant", True),
        ("administration", "consultant", True),
        ("teacher", "consultant", False),
        ("consultant", None, False),
        (None, None, True),
    ],
)
def test_lists_of_a_kind(kind: str | None, asked: str | None, *, known: bool) -> None:
    """A list of all positions, or of all on a role's level, holds those of the role."""
    row = Registration("t", kind=kind, complete=True, of="positions")
    assert lists(row).mark_complete_units("positions", asked).any() == known
    assert not lists(row).mark_complete_units("memberships", asked).any()


@pytest.mark.parametrize(
    ("of", "kinds", "named"),
    [
        ("positions", ("teacher",), []),
        ("positions", ("consultant",), ["registrations:positions:consultant"]),
        ("positions", ("teacher", "consultant"), ["registrations:positions:consultant"]),
        ("positions", ("consultant", "principal"), ["registrations:positions"]),
        ("positions", (), ["registrations:positions"]),
        ("events", ("workshop", "school_visit"), ["registrations:school_visit"]),
        (
            "events",
            ("school_visit", "data_meeting"),
            ["registrations:school_visit", "registrations:data_meeting"],
        ),
    ],
)
def test_gaps_are_named(of: str, kinds: tuple[str, ...], named: list[str]) -> None:
    """One list by its kind, several of them as the whole; but each log of events by itself."""
    teachers = Registration("t", kind="teacher", complete=True, of="positions")
    found = lists(teachers, Registration("t", "workshop", complete=True))
    town = np.array([unit.id in "abct" for unit in UNITS])
    assert [str(need) for need in found.name_gaps(of, kinds, town)] == named
    assert list(found.name_gaps(of, kinds, ~town))
    assert list(found.name_gaps(of, kinds, town & ~town))


@pytest.mark.parametrize(
    ("works", "units"),
    [
        *(("a", "abct"), ("b", "abct"), ("o", ""), ("ao", "abct")),
        *(("x", ""), ("ax", "abctx"), ("", "abctx")),
    ],
)
def test_what_the_municipality_is(works: str, units: str) -> None:
    """All its units, once staff work at one of them, and wherever else they do, but for partners."""
    found = lists(positions=[Position(f"p{unit}", unit, "teacher") for unit in works])
    assert "".join(np.array([unit.id for unit in UNITS])[found.whole]) == units


def test_staff_of_a_partner_in_the_municipality() -> None:
    """A partner organisation that is noted below the municipality does not make up a part of it."""
    org = Organisation.of(
        units=[Unit("a", "external_organisation", parent="t"), Unit("t", "municipality")],
        persons=[Person("anna")],
        positions=[Position("anna", "a", "teacher")],
    )
    assert not Lists(snapshot(org, YEAR)).whole.any()


def test_units_above() -> None:
    """A department, its school and the municipality; the school beside it is none of them."""
    department = np.array([unit.id == "b" for unit in UNITS])
    assert lists().include_units_above(department).tolist() == [
        True,
        True,
        False,
        False,
        True,
        False,
    ]
