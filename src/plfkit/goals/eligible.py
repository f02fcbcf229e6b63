"""Whom a rule is about: those who hold a role, are members and are trained, as it says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import numpy as np
from attrs import frozen

from plfkit.arrays import Days, Flags, Numbers
from plfkit.goals.counting import choose_number
from plfkit.graph.snapshot import Snapshot
from plfkit.graph.unit_trees import find_nearest_above
from plfkit.model.declared.facts import Rule
from plfkit.model.records.organisation import Organisation
from plfkit.model.records.tables import Column, Table, recode_column
from plfkit.periods import Period
from plfkit.profiles.profile import find_asked_roles

_DAY_LENGTH = timedelta(days=1)


@frozen(eq=False, slots=False)
class Eligible:
    """The people and communities of a rule, from the rows in force in a period.

    Attributes:
        organisation: All its years.
        rule: The rule.
        moment: The period.
    """

    organisation: Organisation
    rule: Rule
    moment: Snapshot

    @cached_property
    def holding(self) -> Flags:
        """Who holds a position that the rule speaks of; anybody if it speaks of none."""
        if not self.rule.roles and self.rule.within is None:
            return np.ones(len(self.moment.person_ids), np.bool_)
        return self.find_holders(None)

    @cached_property
    def members(self) -> Flags:
        """Who is in a community of the rule's kinds."""
        return self._find_rule_members(self._take_rows_in_force("memberships"), None)

    def find_asked_people(self, days: Days) -> Flags:
        """Return the people of whom the rule must hold: those who worked on one of some days.

        Args:
            days: Days, in order; with none of them, any day of the period will do.
        """
        rows = self.positions
        chosen = recode_column(rows.column("role"), self.asked_roles) >= 0
        if self.rule.within is not None:
            chosen &= self._workplaces_within[rows.units]
        if len(days):
            chosen &= rows.mark_in_force(days)
        people = self._mark_people(rows.people[chosen])
        return people & self.members if self.rule.communities else people

    @cached_property
    def asked_roles(self) -> tuple[str, ...]:
        """The roles of those of whom the rule must hold."""
        return find_asked_roles(self.rule, self.moment.vocabulary)

    def list_daily_numbers(self, units: Flags | None) -> Iterator[int]:
        """Yield how many people or communities there are on each day on which that may change.

        Somebody who leaves and the one who follows are one at a time, not two.

        Args:
            units: Where; anywhere if None.
        """
        for period in self._days_of_change:
            if self.rule.counts == "communities":
                yield self._count_communities(period, units)
            else:
                yield int(self._mark_counted_people(period, units).sum())

    def find_counted_people(self, units: Flags | None) -> Flags:
        """Return the people who are counted on the day that the rule is held against.

        Args:
            units: Where; anywhere if None.
        """
        days = [self._mark_counted_people(period, units) for period in self._days_of_change]
        numbers = [int(day.sum()) for day in days]
        return days[numbers.index(choose_number(self.rule, numbers))]

    def find_holders(self, units: Flags | None) -> Flags:
        """Return who holds a position that the rule speaks of, at some units or anywhere.

        Args:
            units: Where; anywhere if None.
        """
        rows = self.positions
        return self._mark_people(rows.people[self._find_rule_positions(rows, units)])

    def _mark_counted_people(self, period: Period, units: Flags | None) -> Flags:
        rule = self.rule
        held = self._take_rows_in_force("positions", period)
        chosen = self._mark_people(held.people[self._find_rule_positions(held, units)])
        if rule.communities:
            chosen &= self._find_rule_members(
                self._take_rows_in_force("memberships", period), units
            )
        if rule.qualifications:
            chosen &= self._find_trained_people(self._take_rows_in_force("qualifications", period))
        return chosen

    def _count_communities(self, period: Period, units: Flags | None) -> int:
        return int(
            self._find_rule_communities(
                self._take_rows_in_force("communities", period), units
            ).sum()
        )

    @cached_property
    def _days_of_change(self) -> tuple[Period, ...]:
        """The days of the period on which something begins that the rule reads, and its first."""
        period = self.moment.period
        starts = {period.start}
        for name in self._dated_tables:
            column = self._take_rows_in_force(name).column("valid_from")
            starts |= set(np.unique(column.values[~column.missing]).tolist())
        first = period.start or date.min
        days = sorted(day for day in starts if day is not None and day >= first)
        # A period without a start has a time before the first change: only rows without one reach it.
        before = () if period.start else (Period(None, days[0] if days else period.end),)
        return (*before, *(Period(day, day + _DAY_LENGTH) for day in days))

    @property
    def _dated_tables(self) -> set[str]:
        """The tables that are read day by day: people are counted while they hold a position."""
        if self.rule.counts == "communities":
            return {"communities"}
        return {"positions"} | {"communities", "memberships", "qualifications"} & {
            *self.rule.tables
        }

    def _find_rule_positions(self, rows: NumberedRows, units: Flags | None) -> Flags:
        """Tell which positions the rule speaks of, at some units or anywhere."""
        chosen = np.ones(len(rows.table), np.bool_)
        if self.rule.roles:
            chosen &= recode_column(rows.column("role"), tuple(dict.fromkeys(self.rule.roles))) >= 0
        if self.rule.within is not None:
            chosen &= self._workplaces_within[rows.units]
        return chosen if units is None else chosen & units[rows.units]

    @cached_property
    def _workplaces_within(self) -> Flags:
        """Which units are of the kind in which people must work, or belong to one."""
        return np.asarray(find_nearest_above(self.moment, self.rule.within) >= 0)

    def _find_rule_communities(self, communities: NumberedRows, units: Flags | None) -> Flags:
        """Tell which communities are of the rule's kinds, at some units or anywhere."""
        sorts = self.moment.vocabulary.sorts_of(*self.rule.communities)
        chosen = recode_column(communities.column("kind"), sorts) >= 0
        return chosen if units is None else chosen & units[communities.units]

    def _find_rule_members(self, memberships: NumberedRows, units: Flags | None) -> Flags:
        communities = self._take_rows_in_force("communities", Period())
        column = communities.column("id")
        counted = np.zeros(len(column.categories), np.bool_)
        counted[column.values] = self._find_rule_communities(communities, units)
        inside = counted[recode_column(memberships.column("community"), column.categories)]
        return self._mark_people(memberships.people[inside])

    def _find_trained_people(self, rows: NumberedRows) -> Flags:
        chosen = recode_column(rows.column("kind"), self.rule.qualifications) >= 0
        if self.rule.subjects:
            chosen &= recode_column(rows.column("subject"), self.rule.subjects) >= 0
        return self._mark_people(rows.people[chosen])

    @cached_property
    def positions(self) -> NumberedRows:
        """The positions in force on some day of the period."""
        return self._take_rows_in_force("positions")

    def _take_rows_in_force(self, name: str, period: Period | None = None) -> NumberedRows:
        table = self.organisation.tables[name]
        when = self.moment.period if period is None else period
        return NumberedRows(table.take(self.organisation.in_force(name, when)), self.moment)

    def _mark_people(self, persons: Numbers) -> Flags:
        mask = np.zeros(len(self.moment.person_ids), np.bool_)
        mask[persons] = True
        return mask


@frozen(eq=False, slots=False)
class NumberedRows:
    """Rows of a table, with people and units as numbers of a moment."""

    table: Table[Any]
    moment: Snapshot

    def column(self, name: str) -> Column:
        """Return one column by its header."""
        return self.table.column(name)

    @cached_property
    def people(self) -> Numbers:
        """Whose each row is."""
        return self.moment.person_numbers(self.table, "person")

    @cached_property
    def units(self) -> Numbers:
        """The unit of each row, by the sorted order of ids; −1 for none."""
        return recode_column(self.column("unit"), self.moment.units.column("id").categories)

    def mark_in_force(self, days: Days) -> Flags:
        """Tell which rows are in force on at least one of some days, given in order."""
        start, end = self.column("valid_from"), self.column("valid_to")
        # Of the days 1, 5 and 9 a row from 3 up to 7 has those from the second up to the third.
        first = np.where(start.missing, 0, np.searchsorted(days, start.values))
        last = np.where(end.missing, len(days), np.searchsorted(days, end.values))
        return np.asarray(last > first)
