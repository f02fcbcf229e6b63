"""Counting what rules of claims ask for, row by row, from records: slow, and on its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

from plfkit import Event, Organisation
from plfkit.model.declared.facts import Rule
from plfkit.periods import Period


class Counter:
    """The rows of an organisation in one period, ready to be counted."""

    def __init__(self, organisation: Organisation, period: Period) -> None:
        self.organisation = organisation
        self.period = period
        self.parents = {unit.id: unit.parent for unit in organisation.units}
        self.kinds = {unit.id: unit.kind for unit in organisation.units}
        self.roles: dict[str, set[str]] = defaultdict(set)
        self.places: dict[str, set[str]] = defaultdict(set)
        for position in organisation.positions:
            if position.valid.overlaps(period):
                self.roles[position.role].add(position.person)
                self.places[position.person].add(position.unit)
        self.events = [event for event in organisation.events if event.date in period]
        self.taking: dict[str, set[str]] = defaultdict(set)
        for participation in organisation.participations:
            self.taking[participation.event].add(participation.person)

    def counts(self, rule: Rule) -> Iterator[int]:
        """Yield the count of each unit, of each person, or of the municipality."""
        if rule.each_unit is not None:
            for unit in self.organisation.units:
                if unit.kind == rule.each_unit:
                    yield self.count(rule, unit=unit.id)
        elif rule.each_person is not None:
            for person in sorted(self.each(rule)):
                yield self.count(rule, person=person)
        else:
            yield self.count(rule)

    def each(self, rule: Rule) -> set[str]:
        """Return the people of whom a rule must hold."""
        roles = self.organisation.vocabulary.roles
        wanted = [rule.each_person or ""]
        if rule.each_person == "staff":
            wanted = [name for name in roles if roles[name].staff]
        if rule.each_person == "everyone":
            outside = {"external_partner", "political_level"}
            wanted = [name for name in roles if roles[name].level not in outside]
        found = set().union(*(self.roles[name] for name in wanted))
        if rule.communities:
            found &= self.members(rule, None)
        return {person for person in found if self.works_within(person, rule)}

    def works_within(self, person: str, rule: Rule) -> bool:
        """Tell whether somebody works in a unit of the kind that a rule names, or below one."""
        if rule.within is None:
            return True
        wanted = [unit for unit, kind in self.kinds.items() if kind == rule.within]
        return any(self.within(place, unit) for place in self.places[person] for unit in wanted)

    def count(self, rule: Rule, *, unit: str | None = None, person: str | None = None) -> int:
        """Count what a rule counts, at one unit or for one person."""
        if rule.counts == "communities":
            return len(self.communities(rule, unit, in_force=True))
        people = {p for p in self.people(rule, unit) if self.works_within(p, rule)}
        if not rule.events:
            return len(people)
        events = [e for e in self.events if e.kind in rule.events and self.within(e.unit, unit)]
        if rule.roles:
            events = [event for event in events if self.taking[event.id] & people]
        if rule.communities and person is None:
            team = self.members(rule, None)
            events = [event for event in events if self.taking[event.id] & team]
            people &= team
        if person is not None:
            events = [event for event in events if person in self.taking[event.id]]
            people = {person}
        if rule.stay:
            return sum(self.stay(events, p) for p in people)
        return self._counted(rule.counts, events, people)

    def stay(self, events: list[Event], person: str) -> int:
        """Count the days from the first to the last event that somebody took part in, both of them too."""
        days = [event.date for event in events if person in self.taking[event.id]]
        return (max(days) - min(days)).days + 1 if days else 0

    def _counted(self, counts: str, events: list[Event], people: set[str]) -> int:
        pairs = {(person, e.date) for e in events for person in self.taking[e.id] & people}
        return {
            "people": len({person for person, _ in pairs}),
            "events": len(events),
            "rounds": len({event.date for event in events}),
            "days": len({event.date for event in events}),
            "person_days": len(pairs),
        }[counts]

    def people(self, rule: Rule, unit: str | None) -> set[str]:
        """Return who holds one of a rule's roles, and is a member and trained as it says."""
        found = set().union(*(self.roles[r] for r in rule.roles)) if rule.roles else {*self.places}
        if rule.events:  # what narrows down people beside events is looked at elsewhere
            return found
        found = {p for p in found if any(self.within(place, unit) for place in self.places[p])}
        if rule.communities:
            found &= self.members(rule, unit)
        if rule.qualifications:
            found &= {
                row.person
                for row in self.organisation.qualifications
                if row.kind in rule.qualifications
                and row.valid.overlaps(self.period)
                and (not rule.subjects or row.subject in rule.subjects)
            }
        return found

    def members(self, rule: Rule, unit: str | None) -> set[str]:
        """Return who is in a community of a rule's kinds."""
        counted = self.communities(rule, unit)
        return {
            row.person
            for row in self.organisation.memberships
            if row.community in counted and row.valid.overlaps(self.period)
        }

    def communities(self, rule: Rule, unit: str | None, *, in_force: bool = False) -> set[str]:
        """Return the communities of a rule's kinds."""
        return {
            community.id
            for community in self.organisation.communities
            if community.kind in rule.communities
            and self.within(community.unit, unit)
            and (not in_force or community.valid.overlaps(self.period))
        }

    def within(self, place: str | None, unit: str | None) -> bool:
        """Tell whether a place is a unit or below it."""
        while place is not None and place != unit:
            place = self.parents[place]
        return unit is None or place == unit


def bears_out(organisation: Organisation, rule: Rule, period: Period) -> bool:
    """Tell whether the rows bear a rule out; what has grown is compared on the first days of years."""
    counts = list(Counter(organisation, period).counts(rule))
    if rule.more_than is not None:
        earlier = (
            period.year_before()
            if rule.more_than == "year_before"
            else Period.parse(rule.more_than)
        )
        assert earlier is not None
        assert period.start is not None
        day = Period(period.start, period.start + timedelta(days=1))
        now = list(Counter(organisation, day).counts(rule))
        before = list(Counter(organisation, earlier).counts(rule))
        return bool(now) and all(n > b for n, b in zip(now, before, strict=True))
    if rule.exactly is not None:
        return bool(counts) and all(count == rule.exactly for count in counts)
    return bool(counts) and all(count >= rule.count for count in counts)
