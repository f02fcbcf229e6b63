"""How many of the events that a rule counts each of many people was at: for certain, and at the most."""

from __future__ import annotations

import math
from functools import cached_property

import numpy as np
from attrs import frozen

from plfkit.arrays import Flags, Floats, Numbers
from plfkit.goals.visits import count_certain_rounds, count_rounds, measure_longest_stays
from plfkit.graph.picking import list_distinct_pairs
from plfkit.model.declared.facts import Rule


@frozen(eq=False, slots=False, kw_only=True)
class OwnEvents:
    """The events that a rule counts, and who was at them.

    At an event of which not everybody was noted anybody may have been. There are as many of them for
    everybody but for those at which somebody is noted: so they are counted once, and nobody's are listed.

    Attributes:
        rule: The rule.
        days: The day of each event, as a number.
        persons: Who was at an event, beside it: in order, each pair once.
        events: The event.
        half_named: Of which events it was not noted of everybody that they were there.
        size: How many people there are.
        complete: Whether there can be no other events: every list that the rule reads is complete.
    """

    rule: Rule
    days: Numbers
    persons: Numbers
    events: Numbers
    half_named: Flags
    size: int
    complete: bool

    def count(self) -> tuple[Floats, Floats]:
        """Return how many there are for each person, for certain, and how many there may be."""
        lower, upper = self._count_ends()
        most = upper if self.complete else np.full(self.size, math.inf)
        return lower.astype(np.float64), most.astype(np.float64)

    def _count_ends(self) -> tuple[Numbers, Numbers | Floats]:
        """Return how many there are of each, and how many there may be if no list lacks any."""
        if self.rule.stay:
            return self._count_stays()
        match self.rule.counts:
            case "rounds":
                return self._count_rounds()
            case "people":
                # Somebody is one, and with an event that they may have been at one at the most.
                lower = np.minimum(self._count_of_each(self.persons), 1)
                return lower, np.where(self.unnamed > 0, 1, lower)
            case "events":
                lower, more = self._count_of_each(self.persons), self.unnamed
            case "days":
                lower, more = self._count_of_each(self._own_days[0]), self._unnamed_days
            case _:  # each event that somebody may have been at may be a day of theirs
                lower, more = self._count_of_each(self._own_days[0]), self.unnamed
        return lower, lower + more

    @cached_property
    def unnamed(self) -> Numbers:
        """At how many other events each person may have been."""
        # Of 5 events without names somebody is noted at 2: there are 3 that they may have been at.
        noted = self._count_of_each(self.persons[self.half_named[self.events]])
        return np.count_nonzero(self.half_named) - noted

    def _count_of_each(self, persons: Numbers) -> Numbers:
        return np.bincount(persons, minlength=self.size)

    @cached_property
    def _own_days(self) -> tuple[Numbers, Numbers]:
        """Who was at an event on a day, and the day: in order, each pair once."""
        return list_distinct_pairs(self.persons, self.days[self.events])

    @cached_property
    def _open_days(self) -> Numbers:
        """The days with an event without names, in order."""
        return np.unique(self.days[self.half_named])

    @property
    def _unnamed_days(self) -> Numbers:
        """On how many days each person may have been at an event, beside those on which they were."""
        persons, days = self._own_days
        return len(self._open_days) - self._count_of_each(persons[np.isin(days, self._open_days)])

    def _count_rounds(self) -> tuple[Numbers, Numbers]:
        """Count rounds; see `AttendedEvents`, which does so for one unit or the whole."""
        most = count_rounds(*self._own_days, self.size) + self._unnamed_days
        if self.complete:
            return count_certain_rounds(*self._own_days, self._open_days, self.size), most
        return np.minimum(self._count_of_each(self.persons), 1), most

    def _count_stays(self) -> tuple[Numbers, Floats]:
        """Count the days of each one's longest stay; see `AttendedEvents`."""
        lower = measure_longest_stays(*self._own_days, self.size)
        settled = (self.unnamed == 0) & (lower >= self.rule.count)
        return lower, np.where(settled, lower, math.inf)
