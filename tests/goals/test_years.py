"""Years side by side: which of them hold data, and what breaks the row between two."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from plfkit import (
    Community,
    Event,
    Membership,
    Organisation,
    Person,
    Position,
    Qualification,
    Result,
    Unit,
)
from plfkit.goals.years import YearSnapshots
from plfkit.model.declared.standards import Standards
from plfkit.model.records.tables import Table
from plfkit.model.results.figures import Figure
from plfkit.periods import Period

BEFORE, NOW = Period.parse("2017/18"), Period.parse("2018/19")


def given(rate: float | None = None, ends: tuple[float, float] = (0, 1), **more: Any) -> Result:
    """Return a figure of which so many answered, between two ends."""
    figure = Figure(value=0.5, lower=ends[0], upper=ends[1], response_rate=rate)
    return Result(
        figures=Table.of(Figure, [figure]),
        measure="x",
        figure_class="answers",
        at="2018/19",
        n=None,
        observed=None,
        **more,
    )


def breaks(before: Result, now: Result, *units: Unit) -> tuple[str, ...]:
    """Return what stands between the figures of two years."""
    years = YearSnapshots(Organisation.of(units=units))
    return tuple(map(str, years.name_breaks((BEFORE, before), (NOW, now))))


@pytest.mark.parametrize(
    ("before", "now", "found"),
    [
        (0.9, 0.95, ("more_answered",)),
        (0.95, 0.9, ("fewer_answered",)),
        (0.9, 0.94, ()),
        (0.9, None, ()),
        (None, 0.9, ()),
        (0.85, 0.9, ("more_answered",)),
        (0.25, 0.2996, ()),
    ],
)
def test_five_points_of_answers(
    before: float | None, now: float | None, found: tuple[str, ...]
) -> None:
    """From five points on more or fewer answers may have moved a figure; less is not told."""
    assert breaks(given(before), given(now)) == found


@pytest.mark.parametrize(
    ("before", "now", "found"),
    [
        ((0.1, 0.4), (0.5, 0.9), ()),
        ((0.5, 0.9), (0.1, 0.4), ()),
        ((0.1, 0.5), (0.5, 0.9), ("more_answered",)),
        ((0.5, 0.9), (0.1, 0.5), ("more_answered",)),
        ((None, None), (0.5, 0.9), ("more_answered",)),
    ],
)
def test_ranges_apart(
    before: tuple[float, float], now: tuple[float, float], found: tuple[str, ...]
) -> None:
    """Ranges without a value in common need no answers to be told apart."""
    assert breaks(given(0.5, before), given(1.0, now)) == found


def test_another_gap() -> None:
    """Where a municipality lets half a point count it does; figures part by part have no one rate."""
    org = Organisation.of(persons=[Person("anna")])
    years = YearSnapshots(org, Standards(response_gap=0.5))
    assert years.name_breaks((BEFORE, given(0.9)), (NOW, given(0.908))) == ("more_answered",)
    assert years.name_breaks((BEFORE, given(0.9)), (NOW, given(0.904))) == ()
    parts = Table.of(Figure, [Figure(part=name, response_rate=0.5) for name in "ab"])
    several = evolve(given(), figures=parts)
    assert breaks(given(0.9), several) == breaks(several, given(0.9)) == ()


def test_what_else_breaks_a_row() -> None:
    """Other schools, another question, or years that both figures rest on; other units do not."""
    schools = (Unit("a", "school"), Unit("b", "school", valid=Period(date(2018, 8, 1))))
    offices = (Unit("a", "school"), Unit("b", "school_department", valid=Period(date(2018, 8, 1))))
    assert breaks(given(), given(), *schools) == ("schools_changed",)
    assert breaks(given(), given(), *offices) == ()
    who, often = given(questions=("who",)), given(questions=("how often",))
    assert breaks(who, often) == ("question_changed",)
    assert breaks(who, who) == breaks(who, given()) == ()
    pooled = given(evidence={"years_pooled": 2})
    assert breaks(pooled, given()) == breaks(given(), pooled) == ("years_shared",)
    assert breaks(given(evidence={"years_pooled": 1}), given()) == ()


@pytest.mark.parametrize(
    ("held", "count", "found"),
    [
        (date(2017, 7, 31), 9, ["2017/18", "2016/17"]),
        (date(2017, 8, 1), 9, ["2017/18"]),
        (date(2017, 7, 31), 1, ["2017/18"]),
        (date(2018, 8, 1), 9, []),
    ],
)
def test_years_that_hold_data(held: date, count: int, found: list[str]) -> None:
    """Back to the first year in which something happened; when people came tells of none."""
    hired = Period(date(2000, 8, 1))
    org = Organisation.of(
        units=[Unit("a", "school", valid=hired)],
        persons=[Person("anna", valid=hired)],
        positions=[Position("anna", "a", "teacher", valid=hired)],
        qualifications=[Qualification("anna", "coach_training", valid=hired)],
        communities=[Community("t", "team", unit="a", valid=hired)],
        memberships=[Membership("t", "anna", valid=hired)],
        events=[Event("e", "workshop", held)],
    )
    years = YearSnapshots(org)
    assert [str(one) for one in years.list_years_before(NOW, count)] == found
    assert not [*years.list_years_before(Period(), count)]
    assert years.take_snapshot(NOW) is years.take_snapshot(Period.parse("2018/19"))
