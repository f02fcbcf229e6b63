"""Teaching time: for how long communities were there while schools taught, and how they kept it up.

A school year has teaching from August to June. Laid end to end, without the summers between, these
days make one line on which the beginning of a year, its meetings and its end have their places.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
from attrs import frozen

from plfkit.arrays import Days, Flags, Numbers
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
        met = np.unique(np.stack([own, np.clip(into, 0, windows[own] - 1)]), axis=1)
        held, seen = (np.bincount(ids, minlength=len(share)) for ids in (own, met[0]))
        enough = held >= np.maximum(1, np.round(asked.meetings * share))
        wanted = np.maximum(1, np.round(asked.windows / WINDOWS * windows))
        return np.asarray(enough & (seen >= wanted) & self.tells)

    def is_steady(self, whose: Numbers, days: Days) -> Flags:
        """Tell which communities met at steady intervals, from the beginning of their time to its end.

        Args:
            whose: The community of each meeting; −1 for none.
            days: When it took place.
        """
        at = count_teaching_days(days, self.standards)
        # Meetings in a row, community by community, those of none first: `ends` tells where each begins.
        order = np.lexsort((at, whose))
        ends = np.searchsorted(whose[order], np.arange(len(self.starts) + 1))
        steady = [
            self._has_rhythm(np.unique(at[order[first:last]]), place)
            for place, (first, last) in enumerate(pairwise(ends.tolist()))
        ]
        return np.array(steady, np.bool_) & self.tells

    def _has_rhythm(self, at: Numbers, place: int) -> bool:
        asked, between = self.standards, np.diff(at)
        if len(at) < asked.fewest:
            return False
        # The time before the first meeting and after the last counts as a break like any other.
        without = np.diff([self.starts[place], *at, self.ends[place]]).max()
        varied = between.std() <= asked.varied * between.mean()
        return bool(without <= asked.break_days and np.median(between) <= asked.gap_days and varied)


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
