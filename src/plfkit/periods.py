"""Periods of time: half-open intervals of days, and the Danish school year.

A day is a date; there are no clocks and no time zones. ``end`` is the first day that no longer
belongs, and a missing bound means open.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from attrs import field, frozen

from plfkit.errors import PeriodError
from plfkit.hints import Hint, quote_word

__all__ = ["UNDATED", "MonthDay", "Period", "SchoolYear"]
_SCHOOL_YEAR = re.compile(r"(?P<first>[0-9]{2}|[0-9]{4})\s*[/-]\s*(?P<second>[0-9]{2}|[0-9]{4})")
_DAY_TEXT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FIRST_MONTH = 8
_ONE_DAY = timedelta(days=1)
_CENTURY = 100
UNDATED = "undated"
"""How time without bounds is written: the period of data without dates."""
FIRST_YEAR, LAST_YEAR = 1900, 2100
"""The years in which days may lie; others are slips or mean "open"."""
_YEARS = {"first": FIRST_YEAR, "last": LAST_YEAR}


@frozen(order=True)
class MonthDay:
    """A day of every year, such as 1 March. 29 February falls on the 28th in common years."""

    month: int
    day: int

    @classmethod
    def parse(cls, text: str) -> MonthDay:
        """Read ``"03-01"``.

        Raises:
            PeriodError: The text names no day of the year.
        """
        try:
            day = date.fromisoformat(f"2000-{text}")
        except ValueError:
            raise PeriodError(Hint("periods.no_month_day", text=quote_word(text))) from None
        return cls(day.month, day.day)

    def to_date(self, year: int) -> date:
        """Return this day in one year."""
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return date(year, self.month, self.day - 1)

    def __str__(self) -> str:
        return f"{self.month:02d}-{self.day:02d}"


@frozen
class Period:
    """The days from ``start`` up to, but not including, ``end``.

    Examples:
        >>> year = Period.parse("2018/19")
        >>> year.start, year.end
        (datetime.date(2018, 8, 1), datetime.date(2019, 8, 1))
        >>> str(year), str(Period.parse("2019-03-01"))
        ('2018/19', '2019-03-01/2019-03-02')

    Raises:
        PeriodError: The period would hold no day.
    """

    start: date | None = None
    end: date | None = field(default=None)

    @end.validator
    def _check_bounds(self, _attribute: object, end: date | None) -> None:
        for bound in (self.start, end):
            if bound is not None and not FIRST_YEAR <= bound.year <= LAST_YEAR:
                raise PeriodError(Hint("periods.day_outside", day=str(bound), **_YEARS))
        if self.start is not None and end is not None and end <= self.start:
            raise PeriodError(Hint("periods.empty", start=str(self.start), end=str(end)))

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read a school year (``"2018/19"``), a day, or ``"start/end"`` in ISO dates.

        Raises:
            PeriodError: The text is none of these.
        """
        if text == UNDATED:
            return cls()
        if _SCHOOL_YEAR.fullmatch(text.strip()):
            return SchoolYear.parse(text).period
        try:
            first, slash, last = text.strip().partition("/")
            start = _parse_bound(first)
            if not slash and start is not None:
                return cls(start, start + _ONE_DAY)
            if slash:
                return cls(start, _parse_bound(last))
        except (ValueError, OverflowError):
            pass
        raise PeriodError(Hint("periods.none", text=quote_word(text)))

    def overlaps(self, other: Period) -> bool:
        """Tell whether at least one day belongs to both."""
        return _is_before(self.start, other.end) and _is_before(other.start, self.end)

    def starts_after(self, other: Period) -> bool:
        """Tell whether every day of this period comes after every day of the other."""
        return not _is_before(self.start, other.end)

    def year_before(self) -> Period | None:
        """Return the same days a year earlier; None for a period without both bounds.

        Raises:
            PeriodError: The year lies outside the years that plfkit knows.
        """
        if self.start is None or self.end is None:
            return None
        return Period(_move_year_back(self.start), _move_year_back(self.end))

    def __contains__(self, day: date) -> bool:
        return _is_before(self.start, day + _ONE_DAY) and _is_before(day, self.end)

    def reference_day(self, choice: MonthDay) -> date | None:
        """Return the day on which heads are counted.

        It is the last ``choice`` that the period holds; the first, where the period has no end; and
        the last day of a period that holds none. A period without any bound has no such day.
        """
        if self.end is None:
            if self.start is None:
                return None
            candidate = choice.to_date(self.start.year)
            return candidate if candidate >= self.start else choice.to_date(self.start.year + 1)
        last = self.end - _ONE_DAY
        candidate = choice.to_date(last.year)
        if candidate > last:
            candidate = choice.to_date(last.year - 1)
        return candidate if candidate in self else last

    def __str__(self) -> str:
        if self.start is None and self.end is None:
            return UNDATED
        if self.start is not None and (self.start.month, self.start.day) == (_FIRST_MONTH, 1):
            year = SchoolYear(self.start.year) if self.start.year < LAST_YEAR else None
            if year is not None and self == year.period:
                return str(year)
        return f"{self.start or ''}/{self.end or ''}"


@frozen(order=True)
class SchoolYear:
    """The school year that begins on 1 August of ``first`` and ends on 31 July.

    Examples:
        >>> SchoolYear.parse("16/17") == SchoolYear.parse("2016-2017") == SchoolYear(2016)
        True
        >>> str(SchoolYear.of(date(2019, 7, 31)))
        '2018/19'
    """

    first: int = field()

    @first.validator
    def _check_first_year(self, _attribute: object, first: int) -> None:
        if not FIRST_YEAR <= first < LAST_YEAR:
            raise PeriodError(Hint("periods.year_outside", year=first, **_YEARS))

    @classmethod
    def of(cls, day: date) -> SchoolYear:
        """Return the school year that holds a day."""
        return cls(cls.first_of(day))

    @staticmethod
    def first_of(day: date) -> int:
        """Return the year in which the school year of a day begins, of whatever calendar."""
        return day.year - (day.month < _FIRST_MONTH)

    @classmethod
    def parse(cls, text: str) -> SchoolYear:
        """Read ``"16/17"``, ``"2016/17"`` or ``"2016-2017"``.

        Raises:
            PeriodError: The text is no school year, or its years do not follow each other.
        """
        match = _SCHOOL_YEAR.fullmatch(text.strip())
        if match is None:
            raise PeriodError(Hint("periods.no_school_year", text=quote_word(text)))
        first = int(match["first"])
        if len(match["first"]) == len("18"):
            first += 2000
        if (first + 1) % 10 ** len(match["second"]) != int(match["second"]):
            raise PeriodError(Hint("periods.years_apart", text=quote_word(text)))
        return cls(first)

    @property
    def period(self) -> Period:
        """The days of the year."""
        return Period(date(self.first, _FIRST_MONTH, 1), date(self.first + 1, _FIRST_MONTH, 1))

    def __str__(self) -> str:
        return f"{self.first:04d}/{(self.first + 1) % _CENTURY:02d}"


def _parse_bound(text: str) -> date | None:
    if not text:
        return None
    if not _DAY_TEXT.fullmatch(text):
        raise ValueError
    return date.fromisoformat(text)


def _move_year_back(day: date) -> date:
    """Return the same day of the year before; 28 February for a leap day."""
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    if day.year <= FIRST_YEAR:
        raise PeriodError(Hint("periods.year_before", day=str(day), **_YEARS))
    return date(day.year - 1, day.month, last)


def _is_before(first: date | None, second: date | None) -> bool:
    return first is None or second is None or first < second


def __dir__() -> list[str]:
    return list(__all__)
