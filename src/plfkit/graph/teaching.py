"""Teaching time: for how long communities were there while schools taught, and how they kept it up.

A school year has teaching from August to June. Laid end to end, without the summers between, these
days make one line on which the beginning of a year, its meetings and its end have their places.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from attrs import frozen

from plfkit.arrays import Days, Flags, Numbers
from plfkit.graph.picking import list_distinct_pairs
from plfkit.graph.snapshot import Snapshot
from plfkit.model.declared.standards import WINDOWS, Standards
from plfkit.model.records.tables import recode_column
from plfkit.periods import MonthDay, SchoolYear

_MONTHS = 12
_EPOCH = 1970
_ANY_DAY = date(2000, 9, 1)


def count_teaching_days(days: Days, standards: Standards) -> Numbers:
    """Return how many days of teaching had passed on each of some days; in a summer none pass.

    Examples:
        >>> year = np.array(["2018-08-08", "2018-08-09", "2019-06-26", "2019-08-01"], "datetime64[D]")
        >>> np.diff(count_teaching_days(year, Standards())).tolist()
        [1, 321, 0]
    """
    # In February 2019 the school year is that of 2018: the day of opening in 2019 has not come yet.
    calendar = days.astype("datetime64[Y]").astype(np.int64) + _EPOCH
    # 1 May 2019 belongs to the school year that opened in August 2018.
    year = calendar - (days < _repeat_day_yearly(standards.opens, calendar))
    opened = _repeat_day_yearly(standards.opens, year)
    # A year of 322 days of teaching stops at 322 in June, and July stays there until August.
    passed = np.minimum((days - opened).astype(np.int64), count_year_teaching(standards))
    return np.asarray(year * count_year_teaching(standards) + passed)


def count_year_teaching(standards: Standards) -> int:
    """Return how many days of teaching a school year has."""
    first, last = (MonthDay.parse(day) for day in (standards.opens, standards.closes))
    return (last.to_date(2002) - first.to_date(2001)).days


def is_enough_teaching(lengths: Numbers, standards: Standards) -> Flags:
    """Tell whether so many days of teaching tell anything: as many as one stretch of the year has."""
    return np.asarray(lengths * WINDOWS >= count_year_teaching(standards))


def count_period_teaching(snapshot: Snapshot) -> Numbers:
    """Return how many days of teaching a snapshot's period has."""
    return np.diff(count_teaching_days(_find_period_bounds(snapshot), snapshot.standards))


def _repeat_day_yearly(text: str, years: Numbers) -> Days:
    """Return a day of the year, ``"08-08"``, in each of some years."""
    day = MonthDay.parse(text)
    months = ((years - _EPOCH) * _MONTHS + day.month - 1).astype("datetime64[M]")
    return np.asarray(months.astype("datetime64[D]") + np.timedelta64(day.day - 1, "D"))


@frozen(eq=False)
class TeachingTime:
    """For how long each of some communities was there while schools taught in a period.

    Attributes:
        starts: The days of teaching that had passed when its time began.
        ends: Those that had passed when it ended.
        standards: What is asked of a year.
    """

    starts: Numbers
    ends: Numbers
    standards: Standards

    @classmethod
    def of(cls, snapshot: Snapshot, ids: tuple[str, ...]) -> TeachingTime:
        """Measure the time of communities, by their ids."""
        standards = snapshot.standards
        start, end = count_teaching_days(_find_period_bounds(snapshot), standards)
        starts, ends = np.full(len(ids), start), np.full(len(ids), end)
        rows = recode_column(snapshot.communities.column("id"), ids)
        for side, name, of in ((starts, "valid_from", np.maximum), (ends, "valid_to", np.minimum)):
            column = snapshot.communities.column(name)
            dated = (rows >= 0) & ~column.missing
            days = count_teaching_days(column.values[dated].astype("datetime64[D]"), standards)
            side[rows[dated]] = of(side[rows[dated]], days)
        return cls(starts, ends, standards)

    @property
    def lengths(self) -> Numbers:
        """How many days of teaching each had."""
        return np.asarray(np.maximum(self.ends - self.starts, 0))

    @property
    def tells(self) -> Flags:
        """Whether that is long enough to tell anything."""
        return is_enough_teaching(self.lengths, self.standards)

    def is_kept_up(self, whose: Numbers, days: Days) -> Flags:
        """Tell which communities had enough events, and had them all through their time.

        Args:
            whose: The community of each event; −1 for none.
            days: When it took place.
        """
        # A community that was there for half of a year of 322 days is held to half of the five
        # stretches, 2 (2.5 rounded to even), and to half of the six meetings, 3.
        asked, share = self.standards, self.lengths / count_year_teaching(self.standards)
        # A community there for half a year has half the stretches, rounded.
        windows = np.maximum(1, np.round(WINDOWS * share)).astype(np.int64)
        ours = whose >= 0
        own, at = whose[ours], count_teaching_days(days[ours], asked)
        # The stretch that each event fell into, 0 to windows − 1: of five, day 100 of 322 lies in number
        # 500 // 322 = 1.
        into = (at - self.starts[own]) * windows[own] // np.maximum(self.lengths[own], 1)
        met, _ = list_distinct_pairs(own, np.clip(into, 0, windows[own] - 1))
        held, seen = (np.bincount(ids, minlength=len(share)) for ids in (own, met))
        enough = held >= np.maximum(1, np.round(asked.meetings * share))
        wanted = np.maximum(1, np.round(asked.windows / WINDOWS * windows))
        return np.asarray(enough & (seen >= wanted) & self.tells)

    def is_steady(self, whose: Numbers, days: Days) -> Flags:
        """Tell which communities met at steady intervals, from the beginning of their time to its end.

        Args:
            whose: The community of each meeting; −1 for none.
            days: When it took place.
        """
        asked, places = self.standards, np.arange(len(self.starts))
        ours = whose >= 0
        met, at = list_distinct_pairs(whose[ours], count_teaching_days(days[ours], asked))
        first, last = np.searchsorted(met, places), np.searchsorted(met, places, side="right") - 1
        often = np.flatnonzero(last - first + 1 >= asked.fewest)
        gaps, begins = _sort_gaps(met, at, often)
        # Of n meetings in a row n − 1 gaps, by length: the median in the middle, the longest at the end.
        counts = (last - first)[often]
        middle = (gaps[begins + (counts - 1) // 2] + gaps[begins + counts // 2]) / 2
        total, squares = np.add.reduceat(gaps, begins), np.add.reduceat(gaps**2, begins)
        # The time before the first meeting and after the last counts as a break like any other.
        before = at[first[often]] - self.starts[often]
        after = self.ends[often] - at[last[often]]
        longest = np.maximum(np.maximum(before, after), gaps[begins + counts - 1])
        # The deviation over the mean, squared, so that whole numbers stay whole: gaps of 7 and 21 days
        # have the mean 14 and the deviation 7, and 2 · (49 + 441) − 28² = 196 is (7 / 14)² · 28².
        varied = counts * squares - total**2 > asked.varied**2 * total**2
        steady = np.zeros(len(places), np.bool_)
        steady[often] = (longest <= asked.break_days) & (middle <= asked.gap_days) & ~varied
        return steady & self.tells


def _sort_gaps(whose: Numbers, at: Numbers, asked: Numbers) -> tuple[Numbers, Numbers]:
    """Return the days from each meeting to the next, by length, and where each community's begin."""
    within = (whose[1:] == whose[:-1]) & np.isin(whose[1:], asked)
    owners, gaps = whose[1:][within], np.diff(at)[within]
    order = np.lexsort((gaps, owners))
    return gaps[order], np.searchsorted(owners, asked)


def _find_period_bounds(snapshot: Snapshot) -> Days:
    """Return the first day of a period and the day after its last.

    An open side ends with the school year in which the first or the last event took place.
    """
    period, days = snapshot.period, snapshot.events.column("date").values.astype("datetime64[D]")
    known = period.start or (period.end - timedelta(days=1) if period.end else _ANY_DAY)
    first, last = (days.min().item(), days.max().item()) if len(days) else (known, known)
    start = period.start or SchoolYear.of(first).period.start
    end = period.end or SchoolYear.of(last).period.end
    return np.array([start, end], "datetime64[D]")
