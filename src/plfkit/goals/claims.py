"""Claims: what has been said of a municipality, held against its data.

A claim is supported, contradicted or open. What is not registered is not zero: a log with gaps, or an
event of which nobody noted who was there, leaves open what it might have borne out.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from plfkit.goals.eligible import Eligible
from plfkit.goals.indicators import missing_tables
from plfkit.goals.scorecard import ClaimOutcome
from plfkit.graph.events import Events, events_of
from plfkit.graph.groups import nearest_unit
from plfkit.graph.logs import Logs, logs, people_logged
from plfkit.graph.snapshot import Snapshot, snapshot
from plfkit.measures.attendance import units_within
from plfkit.model.facts import Claim, Rule
from plfkit.model.organisation import Organisation
from plfkit.periods import Period
from plfkit.profiles import Profile

APART = 30
"""Days between two visits of different rounds, at the least."""

SCHOOL = "school"

Flags = NDArray[np.bool_]


def claim_outcomes(
    organisation: Organisation, profile: Profile, period: Period
) -> Iterator[ClaimOutcome]:
    """Check every claim of a profile.

    Args:
        organisation: All its years.
        profile: What has been said.
        period: When a claim without a period of its own is to hold.
    """
    for name, claim in profile.claims.items():
        own = period if claim.period is None else Period.parse(claim.period)
        yield _outcome(organisation, name, claim, own)


def _outcome(organisation: Organisation, name: str, claim: Claim, period: Period) -> ClaimOutcome:
    if claim.rule is None:
        return ClaimOutcome(id=name, claim=claim, verdict="open")
    if missing := missing_tables(organisation, claim.tables):
        return ClaimOutcome(id=name, claim=claim, verdict="open", missing=missing)
    return _Check(organisation, claim.rule, snapshot(organisation, period)).outcome(name, claim)


@frozen
class Found:
    """How many of what a rule counts there are, for one unit, one person or the whole.

    Attributes:
        lower: How many for certain.
        upper: How many there may be, as far as is registered.
    """

    lower: float
    upper: float

    def verdict(self, rule: Rule) -> str:
        """Tell whether that bears the rule out."""
        if rule.exactly is None:
            if self.lower >= rule.count:
                return "supported"
            return "contradicted" if self.upper < rule.count else "open"
        if self.lower > rule.exactly or self.upper < rule.exactly:
            return "contradicted"
        return "supported" if self.lower == self.upper else "open"


@frozen(eq=False, slots=False)
class _Check:
    """A rule, and the rows of one period that it is held against.

    Attributes:
        organisation: All its years.
        rule: The rule.
        moment: The period.
    """

    organisation: Organisation
    rule: Rule
    moment: Snapshot

    def outcome(self, name: str, claim: Claim) -> ClaimOutcome:
        """Return what became of the claim."""
        found = dict(self._found())
        verdicts = {key: one.verdict(self.rule) for key, one in found.items()}
        counts = Counter(verdicts.values())
        whole = found.get(None)
        verdict = _overall(counts)
        return ClaimOutcome(
            id=name,
            claim=claim,
            verdict=verdict,
            supported=counts["supported"],
            contradicted=counts["contradicted"],
            open=counts["open"],
            lower=None if whole is None else whole.lower,
            upper=None if whole is None or whole.upper == math.inf else whole.upper,
            units=self._units(verdicts),
            lacking=self._lacking(verdicts),
            missing=self._missing(found) if verdict == "open" else (),
        )

    def _found(self) -> Iterator[tuple[str | None, Found]]:
        """Yield what there is for each unit, for each person, or for the municipality (None)."""
        rule = self.rule
        if rule.each_unit is not None:
            for place, unit in enumerate(self.units):
                if self._kinds[unit] == rule.each_unit:
                    yield unit, self._count(units=units_within(self.moment, place), log=place)
        elif rule.each_person is not None:
            for person in np.flatnonzero(self.eligible.each).tolist():
                yield self.moment.person_ids[person], self._count(person=person)
        else:
            yield None, self._count()

    def _count(
        self, *, units: Flags | None = None, log: int = -1, person: int | None = None
    ) -> Found:
        """Count what the rule counts, at some units or for one person."""
        people = self.eligible.people(units)
        if not self.rule.events:
            count = float(people.sum())
            return Found(count, math.inf if self.eligible.unregistered else count)
        events = self.events
        here = np.ones(len(events), np.bool_) if units is None else units[events.units]
        sure = here
        if self.rule.roles:
            sure = sure & self._with(people)
        if person is not None:
            alone = np.zeros_like(people)
            alone[person] = True
            sure, people = sure & self._with(alone), alone
        maybe = here & ~events.named & ~sure & self.rule.about_people
        complete = self._complete(log) if person is None else bool(self._logged[person])
        return self._bounds(people, sure, maybe, complete=complete)

    def _bounds(self, people: Flags, sure: Flags, maybe: Flags, *, complete: bool) -> Found:
        """Return how many there are among events that count for certain, and those that may."""
        days = self._days
        counts = self.rule.counts
        if counts in {"people", "person_days"}:
            return self._people_there(people, sure, maybe, complete=complete)
        lower, more = {
            "events": (sure.sum(), maybe.sum()),
            "days": (len(np.unique(days[sure])), len(np.setdiff1d(days[maybe], days[sure]))),
            "rounds": (_rounds(days[sure]), len(np.setdiff1d(days[maybe], days[sure]))),
        }[counts]
        return Found(float(lower), float(lower + more) if complete else math.inf)

    def _people_there(self, people: Flags, sure: Flags, maybe: Flags, *, complete: bool) -> Found:
        events = self.events
        counted = sure[events.events] & people[events.persons]
        persons, days = events.persons[counted], self._days[events.events[counted]]
        if self.rule.counts == "people":
            lower, eligible = len(np.unique(persons)), float(people.sum())
            unsure = maybe.any() or not complete
            return Found(float(lower), max(float(lower), eligible) if unsure else float(lower))
        lower = len(np.unique(np.stack([persons, days.astype(np.int64)]), axis=1).T)
        more = float(people.sum()) * float(maybe.sum())
        return Found(float(lower), lower + more if complete else math.inf)

    def _with(self, people: Flags) -> Flags:
        """Tell at which events somebody among some people is noted."""
        events = self.events
        there = events.events[people[events.persons]]
        return np.bincount(there, minlength=len(events)) > 0

    @cached_property
    def eligible(self) -> Eligible:
        """The people that the rule is about."""
        return Eligible(self.organisation, self.rule, self.moment)

    @cached_property
    def events(self) -> Events:
        """The events that the rule counts."""
        return events_of(self.moment, self.rule.events)

    @cached_property
    def units(self) -> tuple[str, ...]:
        """The ids of units, sorted."""
        return self.moment.units.column("id").categories

    @cached_property
    def _kinds(self) -> Mapping[str, str]:
        return {unit.id: unit.kind for unit in self.moment.units}

    @cached_property
    def _days(self) -> NDArray[np.datetime64]:
        return np.asarray(self.events.table.column("date").values)

    @cached_property
    def _logs(self) -> Logs:
        return logs(self.moment, self.rule.events)

    @cached_property
    def _logged(self) -> Flags:
        """Of which people the logs are complete: for guests all, for staff those of their units."""
        own = people_logged(self.moment, self._logs)
        return own | (self._complete(-1) & ~self.moment.staff)

    def _complete(self, unit: int) -> bool:
        return bool(self._logs.complete[unit].all())

    def _units(self, verdicts: Mapping[str | None, str]) -> dict[str, str]:
        """Return the verdict of each unit, where the rule is about units."""
        if self.rule.each_unit is None:
            return {}
        return {unit: verdict for unit, verdict in verdicts.items() if unit is not None}

    def _lacking(self, verdicts: Mapping[str | None, str]) -> dict[str, int]:
        """Count the people at each school who do not bear the rule out, or may not."""
        if self.rule.each_person is None:
            return {}
        near = np.append(nearest_unit(self.moment.units, self.rule.within or SCHOOL), -1)
        numbers = {name: n for n, name in enumerate(self.moment.person_ids)}
        lacking = [numbers[p] for p, v in verdicts.items() if p is not None and v != "supported"]
        found: Counter[str] = Counter()
        for person in lacking:
            places = set(near[self.eligible.places[self.eligible.holders == person]].tolist()) - {
                -1
            }
            found.update(self.units[place] for place in sorted(places))
        return dict(sorted(found.items()))

    def _missing(self, found: Mapping[str | None, Found]) -> tuple[str, ...]:
        """Name what would settle an open claim."""
        if not found:
            return ("units",) if self.rule.each_unit is not None else ("positions",)
        if not self.rule.events:
            return self.eligible.unregistered
        unnamed = self.rule.about_people and not self.events.named.all()
        needs = self._logs.needs(np.array(self._asked(found), np.int64))
        return (*needs, *(("participations",) if unnamed else ()))

    def _asked(self, found: Mapping[str | None, Found]) -> list[int]:
        """Return the units whose logs it takes; −1 for the organisation as a whole."""
        if self.rule.each_unit is not None:
            return [self.units.index(unit) for unit in found if unit is not None]
        if self.rule.each_person is None:
            return [-1]
        theirs = self.eligible.each[self.eligible.holders]
        return [int(place) for place in np.unique(self.eligible.places[theirs])]


def _overall(counts: Mapping[str, int]) -> str:
    """Return the verdict of all: one that contradicts is enough, and nobody to ask leaves it open."""
    if counts.get("contradicted"):
        return "contradicted"
    return "supported" if counts.get("supported") and not counts.get("open") else "open"


def _rounds(days: NDArray[np.datetime64]) -> int:
    """Count the rounds that visits on some days belong to."""
    ordered = np.unique(days).astype("datetime64[D]").astype(np.int64)
    return int(len(ordered) > 0) + int((np.diff(ordered) > APART).sum())
