"""A rule, and the rows of one period that it is held against."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np
from attrs import frozen

from plfkit.arrays import Flags, Numbers
from plfkit.goals.counting import AttendedEvents, CountRange, count_registered, read_event_days
from plfkit.goals.eligible import Eligible
from plfkit.goals.lists import Lists
from plfkit.goals.own_events import OwnEvents
from plfkit.graph.attendance import find_units_within
from plfkit.graph.events import Events, select_events
from plfkit.graph.logs import find_event_units
from plfkit.graph.picking import list_distinct_pairs
from plfkit.graph.snapshot import Snapshot
from plfkit.graph.unit_trees import find_nearest_above
from plfkit.model.declared.facts import Rule
from plfkit.model.records.needs import Need
from plfkit.model.records.organisation import Organisation
from plfkit.model.records.rows import EVENTS_TABLE
from plfkit.model.words.verdicts import ClaimVerdict
from plfkit.profiles.profile import EVERYONE, STAFF

SCHOOL = "school"

_GUEST_LEVELS = ("external_partner",)

Key = str | None
"""A unit, a person, or None for the municipality as a whole."""


@frozen(eq=False, slots=False)
class RuleCheck:
    """A rule, and the rows of one period that it is held against.

    Attributes:
        organisation: All its years.
        rule: The rule.
        moment: The period.
    """

    organisation: Organisation
    rule: Rule
    moment: Snapshot

    @cached_property
    def found(self) -> Mapping[Key, CountRange]:
        """What there is for each unit, for each person, or for the municipality."""
        if self.rule.each_person is not None:
            return self._count_found_for_people()
        return {key: self._count_found_for(key) for key in self.asked_keys}

    @cached_property
    def unknown(self) -> tuple[Need, ...]:
        """The lists without which it is not known whether these are all the units, or people.

        Who is everybody, and which schools there are, is known where the list of positions is complete.
        """
        rule = self.rule
        if rule.each_unit is None and rule.each_person is None:
            return ()
        roles = () if rule.each_person in {None, STAFF, EVERYONE} else self.eligible.asked_roles
        return tuple(self.lists.name_gaps("positions", roles, self.lists.whole))

    def name_missing_lists(self, verdicts: Mapping[Key, ClaimVerdict]) -> tuple[Need, ...]:
        """Name what would settle the units or people that are open."""
        if not verdicts:
            return (Need("units" if self.rule.each_unit is not None else "positions"),)
        unsettled = [key for key, verdict in verdicts.items() if verdict is ClaimVerdict.OPEN]
        needs = dict.fromkeys(need for key in unsettled for need in self.name_gaps(key))
        unnamed = bool(self.rule.events) and self._may_lack_names(unsettled)
        # A stay that was noted to be too short is settled by who was there on more days.
        untold = (unnamed and self.rule.about_people) or (
            self.rule.stay and unsettled and not needs
        )
        return (*needs, *((Need("participations"),) if untold else ()))

    def count_lacking_people(self, verdicts: Mapping[Key, ClaimVerdict]) -> dict[str, int]:
        """Count the people at each school who do not bear the rule out, or may not."""
        if self.rule.each_person is None:
            return {}
        lacking = np.zeros(len(self.person_numbers) + 1, np.bool_)  # the last is for nobody
        for person, verdict in verdicts.items():
            lacking[self.person_numbers[person or ""]] = verdict is not ClaimVerdict.SUPPORTED
        near = find_nearest_above(self.moment, self.rule.within or SCHOOL)
        rows = self.eligible.positions
        # Somebody with two positions at a school is one there, and one at each of two schools.
        schools = np.append(near, -1)[rows.units]
        held = (schools >= 0) & lacking[rows.people]
        _, at = list_distinct_pairs(rows.people[held], schools[held])
        counts = np.bincount(at, minlength=len(near)).tolist()
        return {name: n for name, n in zip(self._unit_ids, counts, strict=True) if n}

    @cached_property
    def is_public(self) -> bool:
        """Whether the municipality itself tells of those whom the rule is about.

        It does of an office and of guests, and who works where as what stands in its staff list.
        """
        rule = self.rule
        if rule.counts == "people" and not (
            rule.events or rule.communities or rule.qualifications or rule.each_person
        ):
            return True
        words = self.moment.vocabulary
        levels = {words.roles[role].level for role in self.eligible.asked_roles}
        municipal = {name for name, level in words.levels.items() if level.municipal}
        return bool(levels) and levels <= {*municipal, *_GUEST_LEVELS}

    @cached_property
    def eligible(self) -> Eligible:
        """The people that the rule is about."""
        return Eligible(self.organisation, self.rule, self.moment)

    @cached_property
    def lists(self) -> Lists:
        """Which lists are said to be complete."""
        return Lists(self.moment)

    @cached_property
    def events(self) -> Events:
        """The events that the rule counts."""
        return select_events(self.moment, self.rule.events)

    @cached_property
    def _unit_ids(self) -> tuple[str, ...]:
        return self.moment.units.column("id").categories

    @cached_property
    def asked_keys(self) -> tuple[Key, ...]:
        """The units, or people, of which the rule must hold; None alone for the whole."""
        rule = self.rule
        if rule.each_unit is not None:
            kinds = {unit.id: unit.kind for unit in self.moment.units}
            return tuple(unit for unit in self._unit_ids if kinds[unit] == rule.each_unit)
        if rule.each_person is None:
            return (None,)
        return tuple(self.moment.person_ids[person] for person in self._asked_people.tolist())

    @cached_property
    def _asked_people(self) -> Numbers:
        """The people of each of whom the rule must hold."""
        days = np.unique(read_event_days(self.events))
        return np.flatnonzero(self.eligible.find_asked_people(days))

    def _count_found_for_people(self) -> Mapping[Key, CountRange]:
        """Return what there is for each person; without events it is the same for all."""
        if not self.rule.events:
            return dict.fromkeys(self.asked_keys, self._count_found_for(None))
        ends = [end[self._asked_people].tolist() for end in self.own_events.count()]
        return dict(zip(self.asked_keys, map(CountRange, *ends), strict=True))

    def _count_found_for(self, key: Key) -> CountRange:
        complete = not self.name_gaps(key)
        if self.rule.events:
            return self.select_counted_events(key, complete=complete).count()
        numbers = self.eligible.list_daily_numbers(self.find_units_inside(key))
        return count_registered(self.rule, numbers, complete=complete)

    def select_counted_events(self, key: Key, *, complete: bool = False) -> AttendedEvents:
        """Return the events that count, at a unit or anywhere."""
        rule, events = self.rule, self.events
        people = self.eligible.holding
        if rule.communities:
            people = people & self.eligible.members
        here, near = self._find_events_at_unit(key)
        # Where not everybody was noted, somebody whom the rule is about may have been there.
        may_count = self._events_with_rule_people | (~self.all_named & rule.about_people)
        sure = self._events_with_rule_people & here
        return AttendedEvents(
            rule=rule,
            days=read_event_days(events),
            events=events.events,
            persons=events.persons,
            people=people,
            sure=sure,
            others=may_count & near & ~sure,
            complete=complete,
        )

    @cached_property
    def own_events(self) -> OwnEvents:
        """The events that count for each person."""
        events = self.events
        counted = self._events_with_rule_people[events.events]
        persons, theirs = list_distinct_pairs(events.persons[counted], events.events[counted])
        return OwnEvents(
            rule=self.rule,
            days=read_event_days(events).astype(np.int64),
            persons=persons,
            events=theirs,
            half_named=~self.all_named,
            size=len(self.moment.person_ids),
            complete=not self._gaps_anywhere,
        )

    def _may_lack_names(self, keys: Sequence[Key]) -> bool:
        """Tell whether more may count at some units, or for some people, because names are not noted."""
        if self.rule.each_person is None:
            return any(self.select_counted_events(key).others.any() for key in keys)
        return any(self.own_events.unnamed[self.person_numbers[key or ""]] for key in keys)

    @cached_property
    def _events_with_rule_people(self) -> Flags:
        """At which events somebody is noted whom the rule speaks of; of all if it speaks of nobody."""
        rule, found = self.rule, np.ones(len(self.events), np.bool_)
        asked = rule.each_person is not None
        if rule.roles or (rule.within is not None and not asked):
            found &= self._find_events_with(self.eligible.holding)
        if rule.communities and not asked:
            found &= self._find_events_with(self.eligible.members)
        return found

    def _find_events_at_unit(self, key: Key) -> tuple[Flags, Flags]:
        """Tell which events were at a unit, and which may have been: those noted further up."""
        inside = self.find_units_inside(key)
        if inside is None:
            everywhere = np.ones(len(self.events), np.bool_)
            return everywhere, everywhere
        # What is noted at the municipality, or nowhere, may have been at any school below it.
        above = np.append(self.lists.include_units_above(inside[:-1]), True)
        return inside[self._event_units], above[self._event_units]

    @cached_property
    def _event_units(self) -> Numbers:
        """The unit in whose log each event stands."""
        return find_event_units(self.moment, self.events)

    @cached_property
    def all_named(self) -> Flags:
        """Whether it was noted of everybody at an event that they were there."""
        events = self.events
        noted = np.bincount(
            list_distinct_pairs(events.events, events.persons)[0], minlength=len(events)
        )
        counted = events.table.column("headcount")
        # 5 names for a headcount of 5 are all; without a headcount any names are taken for all.
        return (noted > 0) & (counted.missing | (noted >= counted.values))

    def _find_events_with(self, people: Flags) -> Flags:
        """Tell at which events somebody among some people is noted."""
        events = self.events
        there = events.events[people[events.persons]]
        return np.bincount(there, minlength=len(events)) > 0

    def find_units_inside(self, key: Key) -> Flags | None:
        """Return a unit and those below it, the last entry for no unit; None for anywhere."""
        if self.rule.each_unit is None or key is None:
            return None
        return find_units_within(self.moment, self._unit_ids.index(key))

    def name_gaps(self, key: Key) -> tuple[Need, ...]:
        """Name the lists that may lack something of what the rule counts."""
        inside = self.find_units_inside(key)
        return self._gaps_anywhere if inside is None else tuple(self._name_gaps_at(inside[:-1]))

    @cached_property
    def _gaps_anywhere(self) -> tuple[Need, ...]:
        """The same for the whole and for any person: what they took part in may be in any log."""
        whole, within = self.lists.whole, self.rule.within
        if within is None or self.rule.events:
            return tuple(self._name_gaps_at(whole))
        return tuple(self._name_gaps_at(whole & (find_nearest_above(self.moment, within) >= 0)))

    def _name_gaps_at(self, places: Flags) -> Iterator[Need]:
        rule, lists = self.rule, self.lists
        if rule.events:
            yield from lists.name_gaps(EVENTS_TABLE, rule.events, places)
            places = lists.whole  # guests, and the people of a team, may be on anybody's list
        if rule.roles or not (rule.events or rule.counts == "communities"):
            yield from lists.name_gaps("positions", rule.roles, places)
        if rule.communities and rule.each_person is None:
            yield from lists.name_gaps("communities", rule.communities, places)
            if rule.counts != "communities":
                yield from lists.name_gaps("memberships", rule.communities, places)
        if rule.qualifications:
            yield from lists.name_gaps("qualifications", rule.qualifications, places)

    @cached_property
    def person_numbers(self) -> Mapping[str, int]:
        """The number of each person in the period."""
        return {person: number for number, person in enumerate(self.moment.person_ids)}
