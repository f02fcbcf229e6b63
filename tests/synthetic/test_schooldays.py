"""Days on which schools are open: what happens in the example happens on one of them."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

import plfkit
from plfkit.synthetic.schooldays import list_open_days


@pytest.mark.parametrize(
    "day",
    [
        "2016-09-03",
        "2016-10-17",
        "2016-12-26",
        "2017-01-02",
        "2017-02-15",
        "2017-04-13",
        "2017-04-17",
        "2017-05-12",
        "2017-05-25",
        "2017-06-05",
        "2017-07-12",
    ],
)
def test_nobody_meets_on_holidays(day: str) -> None:
    """Autumn and winter holidays, Christmas, Easter, Great Prayer Day, Ascension, summer, Saturdays."""
    assert np.datetime64(day) not in list_open_days(0)


@pytest.mark.parametrize(
    "day", ["2016-08-10", "2016-10-24", "2016-12-21", "2017-01-03", "2017-06-27"]
)
def test_other_days_are_open(day: str) -> None:
    """School begins in August, ends in June, and goes on after each holiday."""
    assert np.datetime64(day) in list_open_days(0)


@pytest.mark.parametrize("year", [0, 1, 2])
def test_a_year_has_some_two_hundred_days(year: int) -> None:
    """As many as a Danish school year has."""
    assert 185 <= len(list_open_days(year)) <= 205


def test_days_of_events() -> None:
    """No meeting at a weekend or in a holiday, and Mondays have no more than their share."""
    organisation = plfkit.synthetic.municipality(plfkit.load_profile("generic"), schools=4)
    days: list[date] = [event.date for event in organisation.events]
    known = {day for year in range(3) for day in list_open_days(year).tolist()}
    assert set(days) <= known
    weekdays = np.bincount([day.weekday() for day in days], minlength=7)
    assert not weekdays[5:].any()
    assert weekdays[:5].max() < 1.5 * weekdays[:5].min()
