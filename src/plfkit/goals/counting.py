"""How many of what a rule counts there are: for certain, and at the most."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np
from attrs import frozen

from plfkit.arrays import Days, Flags, Numbers
from plfkit.goals.visits import count_certain_rounds, count_rounds, measure_longest_stays
from plfkit.graph.events import Events
from plfkit.graph.picking import list_distinct_pairs
from plfkit.model.declared.facts import Rule
from plfkit.model.words.verdicts import ClaimVerdict


@frozen
class CountRange:
    """How many of what a rule counts there are, for one unit, one person or the whole.

    Attributes:
        lower: How many for certain.
        upper: How many there may be; infinitely many where a list may lack some of them.
    """

    lower: float
    upper: float

    def judge_rule(self, rule: Rule) -> ClaimVerdict:
        """Tell whether that bears the rule out; what may lack something contradicts nothing."""
        if rule.exactly is None:
            if self.lower >= rule.count:
                return ClaimVerdict.SUPPORTED
            return ClaimVerdict.CONTRADICTED if self.upper < rule.count else ClaimVerdict.OPEN
        # Exactly 3 of 2 to 4 may still be; of 4 to 5 it cannot, and of 3 to 3 it is.
        if self.upper == math.inf or self.lower <= rule.exactly <= self.upper != self.lower:
            return ClaimVerdict.OPEN
        return (
            ClaimVerdict.SUPPORTED
            if self.lower == self.upper == rule.exactly
            else ClaimVerdict.CONTRADICTED
        )

    def judge_after(self, before: CountRange) -> ClaimVerdict:
        """Tell whether there are more than there were before."""
        if self.lower > before.upper:
            return ClaimVerdict.SUPPORTED
        known = max(self.upper, before.upper) < math.inf
        return (
            ClaimVerdict.CONTRADICTED if known and self.upper <= before.lower else ClaimVerdict.OPEN
        )


@frozen(eq=False, kw_only=True)
class AttendedEvents:
    """The events that a rule counts, for one unit or the whole; see `OwnEvents` for each of many people.

    Attributes:
        rule: The rule.
        days: The day of each event of its kinds.
        events: The event of each participation.
        persons: Whose it was.
        people: The people whose part in them is counted.
        sure: Which events count for certain.
        others: Which others may, because it is not known who was there, or where they were.
        complete: Whether there can be no others: every list that the rule reads is complete.
    """

    rule: Rule
    days: Days
    events: Numbers
    persons: Numbers
    people: Flags
    sure: Flags
    others: Flags
    complete: bool

    def count(self) -> CountRange:
        """Return how many there are among events that count for certain, and how many there may be."""
        counts = self.rule.counts
        if self.rule.stay:
            return self._count_stays()
        if counts == "people":
            return self._count_people()
        if counts == "rounds":
            return self._count_rounds()
        if counts == "events":
            lower, more = int(self.sure.sum()), int(self.others.sum())
        elif counts == "days":
            lower, more = len(np.unique(self._sure_days)), len(self._other_days)
        else:
            # Participations are pairs of a person and a day. Each further event may have everybody
            # there: 2 events and 5 people are 10 more.
            lower = len(list_distinct_pairs(*self._select_participations())[0])
            more = int(self.people.sum()) * int(self.others.sum())
        return self._make_count_range(lower, lower + more)

    def find_people(self) -> Numbers:
        """Return the people whose part in events counts for certain, ascending."""
        return np.unique(self._select_participations()[0])

    def _make_count_range(self, lower: float, upper: float) -> CountRange:
        return CountRange(float(lower), float(upper) if self.complete else math.inf)

    def _count_people(self) -> CountRange:
        lower = len(self.find_people())
        upper = max(lower, int(self.people.sum())) if self.others.any() else lower
        return self._make_count_range(lower, upper)

    def _count_rounds(self) -> CountRange:
        """Count rounds. One more visit may begin a round, or make one of two rounds.

        Visits in October and in December are two rounds, unless there was one in November: so as long
        as any may be lacking, visits on however many days are certain to be of one round only.
        """
        days = np.unique(self._sure_days).astype(np.int64)
        others = self._other_days.astype(np.int64)
        whose = np.zeros(len(days), np.int64)
        most = int(count_rounds(whose, days, 1).sum()) + len(others)
        fewest = min(len(days), 1)
        if self.complete:
            fewest = int(count_certain_rounds(whose, days, others, 1).sum())
        return self._make_count_range(fewest, most)

    def _count_stays(self) -> CountRange:
        """Count the days of each person's longest stay, from the first to the last event in it.

        A stay may have begun before the first event and gone on after the last: days without an event
        are in no log. So one that was noted to be as long as was said bears that out, one that was
        noted to be longer denies it, and one that was noted to be shorter tells nothing.
        """
        pairs = list_distinct_pairs(*self._select_participations())
        lower = int(measure_longest_stays(*pairs, len(self.people)).sum())
        # One more event, or one more day noted, may make a stay longer by any number of days.
        settled = not self.others.any() and lower >= self.rule.count
        return self._make_count_range(lower, lower if settled else math.inf)

    def _select_participations(self) -> tuple[Numbers, Numbers]:
        """Return whose parts in certain events are counted, and on which days, as day numbers."""
        counted = self.sure[self.events] & self.people[self.persons]
        return self.persons[counted], self.days[self.events[counted]].astype(np.int64)

    @property
    def _sure_days(self) -> Days:
        return self.days[self.sure]

    @property
    def _other_days(self) -> Days:
        return np.setdiff1d(self.days[self.others], self._sure_days)


def read_event_days(events: Events) -> Days:
    """Return the day of each event."""
    return np.asarray(events.table.column("date").values)


def count_registered(rule: Rule, numbers: Iterable[int], *, complete: bool) -> CountRange:
    """Return how many there were at one time: what the rule says, if it was ever that, else the most.

    Args:
        rule: The rule.
        numbers: How many there were, from one day to the next; of one day at least.
        complete: Whether the lists that tell so are complete.
    """
    lower = choose_number(rule, [*numbers])
    return CountRange(float(lower), float(lower) if complete else math.inf)


def choose_number(rule: Rule, numbers: Sequence[int]) -> int:
    """Return which of the numbers of several days is held against a rule.

    A rule for exactly 2 holds where there were 2 at some time, though 3 at another.
    """
    wanted = rule.exactly
    return wanted if wanted is not None and wanted in numbers else max(numbers)
