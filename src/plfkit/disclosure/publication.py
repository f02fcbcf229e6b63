"""A publication: all that is told together, and with what was told before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from functools import lru_cache
from typing import Any, Protocol

import numpy as np
from attrs import Factory, define, frozen

from plfkit.arrays import Flags
from plfkit.disclosure.classes import Span, find_class
from plfkit.disclosure.plans import Plan, ToldSet, plan_sets
from plfkit.disclosure.properties import Property, name_property, write_call
from plfkit.disclosure.tables import ToldCount
from plfkit.model.declared.declarations import PrivacyFloor
from plfkit.model.results.facts import PeopleCount, StaffList, Who, mark_persons
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.periods import Period, SchoolYear

_ANSWERED = "response_rate"
"""The measure that tells who answered: of that is told once, beside figures of answers and by itself."""

_UNTIL = " – "
"""What stands between the two periods of a change."""


@frozen(eq=False)
class ToldProperty:
    """What is told of one yes/no.

    Attributes:
        of: What it is.
        surely: Who has it.
        possibly: Who may have it; the same where it is known of everybody.
        who: Who can have it at all, in public words.
        told_on: The day on which it was told, as text, where that was in an earlier publication.
        sizes: How many people each set had then.
        size: How many could have it then.
    """

    of: Property
    surely: ToldCount
    possibly: ToldCount
    who: Who = Factory(dict)
    told_on: str | None = None
    sizes: Mapping[tuple[str, ...], int] = Factory(dict)
    size: int = 0

    @property
    def plan(self) -> Plan:
        """The sets of which is told."""
        return self.surely.plan

    def stands_for(self, universe: Flags, who: Who) -> bool:
        """Tell whether it was told of people called the same, some of whom have come or left since."""
        if self.told_on is None or write_call("", self.who) != write_call("", who):
            return False
        same = self.size == int(self.plan.universe.sum()) == int(universe.sum())
        return not (same and np.array_equal(self.plan.universe, universe))

    def find_standing_spans(self, part: str | None) -> tuple[int, tuple[Span, Span]] | None:
        """Return what was told of a group by its label, and of how many people; None if nothing was."""
        if part is None:
            return self.size, (self.surely.whole, self.possibly.whole)
        for number, one in enumerate(self.plan.sets):
            if part in one.labels:
                spans = self.surely.classes[number], self.possibly.classes[number]
                return self.sizes[one.labels], spans
        return None

    def find_set(self, part: str | None) -> ToldSet | None:
        """Return the set that a group is told in, alone or joined; None where it is told in none."""
        return next((one for one in self.plan.sets if part in one.labels), None)

    def find_spans(self, persons: Flags) -> tuple[Span, Span]:
        """Return how many of some people surely have it, and how many may, as far as is told."""
        surely = self.surely.find_span(persons)
        return surely, surely if self.possibly is self.surely else self.possibly.find_span(persons)


@frozen(eq=False)
class ToldStatistic:
    """A figure that is no count, and the people it was told of.

    Attributes:
        of: What it tells of.
        label: The group that it was of, the groups between which ties run, which figure it was, and
            its people in public words.
        persons: The people it was told of.
        figure: What was told.
        gone: How many of them are on the staff list no longer.
        told_on: The day on which it was told, where that was in an earlier publication.
    """

    of: Property
    label: tuple[str | None, ...]
    persons: Flags
    figure: Figure
    gone: int = 0
    told_on: str | None = None


class EarlierPublications(Protocol):
    """What was published before."""

    def find_told_property(self, of: Property, staff: StaffList) -> ToldProperty | None:
        """Return what was told of a yes/no at an overlapping time, of some of the same people."""

    def find_family(self, of: Property, staff: StaffList) -> list[ToldProperty]:
        """Return what was told of the same with other thresholds, or of other kinds."""

    def list_told_statistics(self, of: Property, staff: StaffList) -> list[ToldStatistic]:
        """Return the figures that were told of a statistic, of some of the same people."""


@define(eq=False)
class Publication:
    """What has been told so far, and what may be told beside it.

    Attributes:
        floor: The thresholds.
        counts: The yes/no of people of which is told.
        statistics: The figures that are no counts of people.
        figures: What is published, a row for each figure, as plain values.
        small: How many figures are not told because they are of few people.
        others: How many are not told because they would tell of others.
        standing: How many stand as they were told before, of people some of whom have changed.
        before: What was published before.
    """

    floor: PrivacyFloor
    counts: list[ToldProperty] = Factory(list)
    statistics: list[ToldStatistic] = Factory(list)
    figures: list[dict[str, Any]] = Factory(list)
    small: int = 0
    others: int = 0
    standing: int = 0
    before: EarlierPublications | None = None
    _plans: dict[tuple[int, bytes], Plan] = Factory(dict)
    _asked: set[tuple[str, str, int]] = Factory(set)

    def tell_count(self, result: Result) -> ToldProperty | None:
        """Return what is told of the yes/no that a result counts; None if nothing can be.

        Of a property of one time is told once: what was told first stands.
        """
        facts = result.facts
        if facts is None or facts.count is None:
            return None
        return self.tell_property(name_property(result), facts.staff, facts.count)

    def tell_answered(self, result: Result) -> ToldProperty | None:
        """Return what is told of who answered; None where nobody was asked, or nobody knows who was."""
        facts = result.facts
        if facts is None or facts.answered is None:
            return None
        asked = {"relation": result.relation, "survey": result.call.get("survey")}
        if result.relation is None:
            asked = {"figures": name_property(result).name}
        name = write_call(_ANSWERED, {key: one for key, one in asked.items() if one is not None})
        of = Property(name, name, None, result.at, facts.staff.persons, facts.staff.source)
        return self.tell_property(of, facts.staff, facts.answered)

    def tell_property(
        self, asked: Property, staff: StaffList, count: PeopleCount
    ) -> ToldProperty | None:
        """Return what is told of a yes/no: what was told of it before, or now for the first time.

        None where what was told of a time some days apart stands in its way.
        """
        universe = mark_persons(staff, count.universe.persons)
        self._recall_property(asked, staff)
        if any(
            one.of.name == asked.name and self._are_versions(one.of, asked) for one in self.counts
        ):
            return None
        for told in self.counts:
            if not told.of.is_of_same_data(asked) or told.of.name != asked.name:
                continue
            if told.of.period == asked.period:
                return told
            if overlap_periods(told.of.period, asked.period):
                return None  # a few days apart: whoever came in between would show
        related = [
            told
            for told in self.counts
            if told.of.family == asked.family
            and _are_beside(told.of, asked)
            and (told.of.is_within(asked) or asked.is_within(told.of))
        ]
        if any(not np.array_equal(one.plan.universe, universe) for one in related):
            return None  # of other people: who reaches which threshold would follow for the rest
        told = (
            self._tell_nested(asked, universe, count, related)
            if related
            else self._tell_first(asked, self._plan_sets(staff, universe), count)
        )
        self.counts.append(told)
        return told

    def _recall_property(self, asked: Property, staff: StaffList) -> None:
        """Bring to mind what was published before of a yes/no, and of the same with other thresholds."""
        key = (asked.name, asked.period, id(asked.source))
        if self.before is None or key in self._asked:
            return
        self._asked.add(key)
        told = self.before.find_told_property(asked, staff)
        found = self.before.find_family(asked, staff) if told is None else [told]
        self.counts += found

    def _are_versions(self, one: Property, other: Property) -> bool:
        """Tell whether two properties are of two versions of data about the same people and time."""
        return one.has_people_of(other) and overlap_periods(one.period, other.period)

    def _plan_sets(self, staff: StaffList, universe: Flags) -> Plan:
        """Return the sets of which is told, planned once for the same people."""
        key = (id(staff.source), universe.tobytes())
        if key not in self._plans:
            self._plans[key] = plan_sets(staff, universe, self.floor.k)
        return self._plans[key]

    def _tell_first(self, asked: Property, plan: Plan, count: PeopleCount) -> ToldProperty:
        k = self.floor.k
        # That registers have no gaps is no secret; that everybody answered would be.
        known = (count.surely == count.possibly)[plan.universe].all()
        if count.complete or (known and not count.own_answers):
            surely = ToldCount.of(plan, count.surely, k)
            return ToldProperty(asked, surely, surely, count.universe.who)
        both = ToldCount.of_pair(
            plan, count.surely, count.possibly, k, own_answers=count.own_answers
        )
        return ToldProperty(asked, *both, count.universe.who)

    def _tell_nested(
        self,
        asked: Property,
        universe: Flags,
        count: PeopleCount,
        related: Sequence[ToldProperty],
    ) -> ToldProperty:
        """Tell of what is within or around something told for the whole only.

        So few who reach one threshold alone do not show, nor those who are in a kind and not in its sort.
        """
        nothing = Plan(universe, (), np.zeros((0, len(universe)), np.bool_), self.floor.k)
        size = int(universe.sum())
        ends = []
        for has, side in ((count.surely, "surely"), (count.possibly, "possibly")):
            least, most = 0, size
            for told in related:
                whole = getattr(told, side).whole
                inner = asked.is_within(told.of)
                least, most = (
                    (least, min(most, whole[1])) if inner else (max(least, whole[0]), most)
                )
            number = min(max(int((has & universe).sum()), least), max(most, least))
            whole = find_class(number, (least, max(most, least)), self.floor.k + 2)
            ends.append(ToldCount(nothing, (), whole))
        return ToldProperty(asked, ends[0], ends[1], count.universe.who)

    def recall_statistics(self, of: Property, staff: StaffList) -> None:
        """Bring to mind what was published before of a statistic."""
        key = (f"statistic {of.name}", of.period, id(of.source))
        if self.before is not None and key not in self._asked:
            self._asked.add(key)
            self.statistics += self.before.list_told_statistics(of, staff)

    def may_tell_statistic(self, of: Property, persons: Flags) -> bool:
        """Tell whether a figure that is no count may be told of some people beside all others.

        Two sets of people are the same, or each side on which they differ has at least k people; so have
        those of a set who are in none of the smaller ones.
        """
        if int(persons.sum()) < self.floor.statistics:
            return False
        told = [
            one for one in self.statistics if one.of.name == of.name and _are_beside(one.of, of)
        ]
        versions = [one for one in self.statistics if one.of.name == of.name]
        if any(self._are_versions(one.of, of) for one in versions):
            return False
        if any(one.of.period != of.period and not _is_same(one, persons) for one in told):
            return False
        # Many figures are of the same people: of each set of people once is enough.
        sets = {one.persons.tobytes(): one for one in told}
        if persons.tobytes() in sets:
            return True
        return not any(self._are_few(side) for side in _list_differences([*sets.values()], persons))

    def _are_few(self, people: int) -> bool:
        return 0 < people < self.floor.k

    def find_statistic(self, of: Property, label: tuple[str | None, ...]) -> Figure | None:
        """Return the figure that was told of the same before."""
        same = (
            one
            for one in self.statistics
            if one.of.is_of_same_data(of) and one.of.name == of.name and one.label == label
        )
        return next((one.figure for one in same if one.of.period == of.period), None)


def _are_beside(one: Property, other: Property) -> bool:
    """Tell whether two properties are of the same data and of a time that they share."""
    return one.is_of_same_data(other) and overlap_periods(one.period, other.period)


def _is_same(told: ToldStatistic, persons: Flags) -> bool:
    return told.gone == 0 and np.array_equal(told.persons, persons)


def _list_differences(told: Sequence[ToldStatistic], persons: Flags) -> Iterator[int]:
    """Yield how many people each side of two sets has, and how many a set has beside all within it."""
    sets = [*(one.persons for one in told), persons]
    for one in told:
        yield int((one.persons & ~persons).sum()) + one.gone
        yield int((persons & ~one.persons).sum())
    for outer in sets:
        within = [inner for inner in sets if inner is not outer and not (inner & ~outer).any()]
        covered = np.logical_or.reduce(within) if within else outer
        yield int((outer & ~covered).sum())


def overlap_periods(one: str, other: str) -> bool:
    """Tell whether two periods, as text, have a school year in common."""
    if one == other:
        return True
    return _widen_period(one).overlaps(_widen_period(other))


def is_of_two_periods(text: str) -> bool:
    """Tell whether a period, as text, is that of a change."""
    return _UNTIL in text


@lru_cache  # of a few years each figure is held against all others
def _widen_period(text: str) -> Period:
    """Return the school years that a period touches: two days of one year are some days apart only."""
    # A change is of two periods, and of all that lies between.
    first, _, second = text.partition(_UNTIL)
    start, end = Period.parse(first).start, Period.parse(second or first).end
    first_day = None if start is None else SchoolYear.of(start).period.start
    last_day = None if end is None else SchoolYear.of(end - timedelta(days=1)).period.end
    return Period(first_day, last_day)
