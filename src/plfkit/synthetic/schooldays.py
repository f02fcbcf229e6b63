"""Days on which schools are open: not at weekends, on holidays or in the summer."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import numpy as np

from plfkit.arrays import Days, Floats
from plfkit.periods import Period
from plfkit.synthetic.years import YEARS, find_period_bounds

FIRST_LESSON_DAY, LAST_LESSON_DAY = (8, 10), (6, 28)
"""The first and the last day on which a school year has lessons, by month and day."""
AUTUMN_WEEK, WINTER_WEEK = 42, 7
CHRISTMAS = ((12, 22), (1, 2))
CONSTITUTION_DAY = (6, 5)
EASTERS = (date(2017, 4, 16), date(2018, 4, 1), date(2019, 4, 21))
"""Easter Sunday of each school year."""
AFTER_EASTER = (26, 39, 40, 50)
"""Great Prayer Day, Ascension and the day after, and Whit Monday, in days after Easter Sunday."""


@cache
def list_open_days(year: int) -> Days:
    """Return the days of a school year on which schools are open."""
    first = YEARS[year].first
    start, end = date(first, *FIRST_LESSON_DAY), date(first + 1, *LAST_LESSON_DAY)
    days = np.arange(np.datetime64(start, "D"), np.datetime64(end, "D"))
    closed = np.array(sorted(_list_holidays(year)), "datetime64[D]")
    return np.asarray(days[np.is_busday(days, holidays=closed)])


def _list_holidays(year: int) -> set[date]:
    first, easter = YEARS[year].first, EASTERS[year]
    weeks = ((first, AUTUMN_WEEK), (first + 1, WINTER_WEEK))
    away = {date.fromisocalendar(y, week, day) for y, week in weeks for day in range(1, 6)}
    christmas = date(first, *CHRISTMAS[0])
    away |= _list_following_days(christmas, (date(first + 1, *CHRISTMAS[1]) - christmas).days)
    away |= _list_following_days(easter - timedelta(6), 7)
    return (
        away | {easter + timedelta(n) for n in AFTER_EASTER} | {date(first + 1, *CONSTITUTION_DAY)}
    )


def _list_following_days(start: date, count: int) -> set[date]:
    """Return a day and some that follow it."""
    return {start + timedelta(n) for n in range(count + 1)}


def pick_school_days(year: int, share: Floats) -> Days:
    """Return days of a school year: 0 is the first in August, 1 the last in June."""
    days = list_open_days(year)
    return np.asarray(days[np.minimum((share * len(days)).astype(np.int64), len(days) - 1)])


def _list_open_days_of_period(period: Period) -> Days:
    """Return the days of a period on which schools are open; all its days if that is never."""
    start, end = (np.datetime64(bound, "D") for bound in find_period_bounds(period))
    days = np.concatenate([list_open_days(year) for year in range(len(YEARS))])
    inside = days[(days >= start) & (days < end)]
    return inside if len(inside) else np.arange(start, end)


def spread_days(period: Period, count: int) -> Days:
    """Return days spread over a period; the same day twice if it has fewer."""
    days = _list_open_days_of_period(period)
    return np.asarray(days[((np.arange(count) + 0.5) * len(days) / max(1, count)).astype(np.int64)])


def choose_different_days(period: Period, count: int) -> Days:
    """Return different days of a period, one after the other from its first third on.

    In a period of too few open days other days serve too, and the last of them again.
    """
    days = _list_open_days_of_period(period)
    if len(days) < count:
        start, end = (np.datetime64(bound, "D") for bound in find_period_bounds(period))
        days = np.arange(start, end)
    begins = min(len(days) // 3, max(0, len(days) - count))
    return np.asarray(days[np.minimum(begins + np.arange(count), len(days) - 1)])


def choose_stay_days(period: Period, count: int) -> Days:
    """Return the open days of a stay of so many days: open are its first and its last, at the least.

    If a period has no such stay, other days serve too.
    """
    days, length = _list_open_days_of_period(period), np.timedelta64(count - 1, "D")
    later = days[len(days) // 3 :]
    starts = later[np.isin(later + length, days)]
    if len(starts):
        return np.asarray(days[(days >= starts[0]) & (days <= starts[0] + length)])
    start, end = (np.datetime64(bound, "D") for bound in find_period_bounds(period))
    return np.arange(start, min(start + length + 1, end))
