"""Periods, school years and the day on which heads are counted."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plfkit import Period, SchoolYear
from plfkit.errors import PeriodError
from plfkit.periods import MonthDay
from plfkit.testing import periods


@pytest.mark.parametrize("text", ["16/17", "2016/17", "2016-2017", " 2016/2017 "])
def test_school_years_are_read_as_people_write_them(text: str) -> None:
    """Every usual way of writing 2016/17 means 1 August 2016 to 31 July 2017."""
    year = SchoolYear.parse(text)
    assert year.period == Period(date(2016, 8, 1), date(2017, 8, 1))
    assert str(Period.parse(text)) == str(year) == "2016/17"


@pytest.mark.parametrize(
    "text",
    [
        "2016/18",
        "2016",
        "",
        "16/7",
        "2016/15",
        "2019-02-30",
        "x/y",
        "2019-01-01/2018-01-01",
        "9999/10000",
        "0000/01",
        "1/2",
    ],
)
def test_texts_that_are_no_period_are_refused(text: str) -> None:
    """What cannot be a period is refused with an error of ours."""
    with pytest.raises(PeriodError):
        Period.parse(text)


def test_31_july_and_1_august_lie_in_different_years() -> None:
    """The year turns at midnight between July and August."""
    assert SchoolYear.of(date(2019, 7, 31)) == SchoolYear(2018)
    assert SchoolYear.of(date(2019, 8, 1)) == SchoolYear(2019)
    assert SchoolYear.of(date(2024, 2, 29)) == SchoolYear(2023)


@pytest.mark.parametrize(
    "text", ["0001-01-01", "/0001-01-02", "9999-12-31/", "2018-W40", "20181001"]
)
def test_days_outside_living_memory_are_refused(text: str) -> None:
    """Years before 1900 and after 2100 are slips, and shorthand is not guessed at."""
    with pytest.raises(PeriodError):
        Period.parse(text)


@given(periods())
def test_a_period_reads_back_what_it_prints(period: Period) -> None:
    """Printing and parsing a period gives the same period."""
    assert Period.parse(str(period)) == period


@given(periods(), periods(), st.dates(date(2013, 1, 1), date(2023, 1, 1)))
def test_periods_overlap_where_they_share_a_day(a: Period, b: Period, day: date) -> None:
    """Overlap is symmetric, and a shared day proves it."""
    assert a.overlaps(b) == b.overlaps(a)
    if day in a and day in b:
        assert a.overlaps(b)


@given(periods(), st.dates().map(lambda d: MonthDay(d.month, d.day)))
def test_reference_day_lies_in_its_period(period: Period, choice: MonthDay) -> None:
    """A bounded period has a reference day inside it; unbounded time has none."""
    day = period.reference_day(choice)
    if period == Period():
        assert day is None
    else:
        assert day is not None
        assert day in period


def test_reference_day_is_1_march_of_the_school_year() -> None:
    """Heads of 2018/19 are counted on 1 March 2019."""
    assert Period.parse("2018/19").reference_day(MonthDay.parse("03-01")) == date(2019, 3, 1)
