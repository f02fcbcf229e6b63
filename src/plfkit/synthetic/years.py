"""The three school years of the example, as arrays of days and as runs of years."""

from __future__ import annotations

from datetime import date

import numpy as np
from attrs import frozen

from plfkit.arrays import Days, Numbers
from plfkit.periods import Period, SchoolYear

YEARS = (SchoolYear(2016), SchoolYear(2017), SchoolYear(2018))
"""The school years that every example covers."""

WINDOW = Period(YEARS[0].period.start, YEARS[-1].period.end)
"""All days of the example."""

NO_DAY = np.datetime64("NaT", "D")
FINAL_YEAR = len(YEARS) - 1
_STARTS = np.array([*(year.period.start for year in YEARS), WINDOW.end], "datetime64[D]")


@frozen(eq=False)
class Runs:
    """Stretches of years in which the same number stood in the same column.

    Attributes:
        column: The column of each stretch.
        number: What stood there.
        first: The first of the years, counted from 0.
        last: The last of them.
    """

    column: Numbers
    number: Numbers
    first: Numbers
    last: Numbers

    @property
    def starts(self) -> Days:
        """The first day of each stretch."""
        return find_start_day(self.first)

    @property
    def ends(self) -> Days:
        """The day after the last of each stretch; none for what goes on."""
        return find_end_day(self.last)


def find_start_day(year: Numbers | int) -> Days:
    """Return the first day of years."""
    return np.asarray(_STARTS[year])


def find_end_day(year: Numbers | int) -> Days:
    """Return the day after the last of years; none for the last year, after which things go on."""
    return np.where(np.asarray(year) == FINAL_YEAR, NO_DAY, _STARTS[np.asarray(year) + 1])


def find_runs(numbers: Numbers) -> Runs:
    """Find the stretches of years of each column; a negative number is nobody.

    Args:
        numbers: One row for each year.
    """
    before = np.vstack([np.full((1, numbers.shape[1]), -1), numbers[:-1]])
    first, column = np.nonzero((numbers >= 0) & (numbers != before))
    number = numbers[first, column]
    last, goes_on = first.copy(), np.ones(len(first), np.bool_)
    for year in range(1, len(numbers)):
        goes_on &= (year <= first) | (numbers[year, column] == number)
        last = np.where(goes_on & (year > first), year, last)
    return Runs(column, number, first, last)


def intersect_periods(first: Period, second: Period) -> Period:
    """Return the days that belong to both of two overlapping periods."""
    (start, end), (other_start, other_end) = find_period_bounds(first), find_period_bounds(second)
    return Period(max(start, other_start), min(end, other_end))


def span_periods(first: Period, second: Period) -> Period:
    """Return the days from the beginning of the earlier to the end of the later of two periods."""
    (start, end), (other_start, other_end) = find_period_bounds(first), find_period_bounds(second)
    return Period(min(start, other_start), max(end, other_end))


def find_period_bounds(period: Period) -> tuple[date, date]:
    """Return the first day of a period and the day after its last; open ends are the example's."""
    first, last = YEARS[0].period.start, YEARS[-1].period.end
    return period.start or first or date.min, period.end or last or date.max
