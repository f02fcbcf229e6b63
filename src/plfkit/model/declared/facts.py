"""Facts that a profile tells of a municipality: its situation, programmes, schools, and claims."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import Factory, field, frozen

from plfkit.model.validators import FieldError, OneOf, check_period_text
from plfkit.model.words.kinds import Label
from plfkit.periods import Period

_GRADES = re.compile(r"[0-9]{1,2}-[0-9]{1,2}")

CERTAINTIES = ("stated", "site", "inferred")
"""Who vouches for a fact: the municipality said so, a public site does, or it was worked out."""

RULE_COUNTS = ("people", "communities", "events", "rounds", "days", "person_days", "outcomes")
"""What a rule may count."""

YEAR_BEFORE = "year_before"
"""The word for the same days a year earlier."""

_check_certainty_word = OneOf(CERTAINTIES)
_WHOLE = frozenset({"label", "text", "certainty", "certainties"})
"""Keys whose certainty is that of the whole."""


@frozen(kw_only=True)
class Statement:
    """A fact about the municipality that tells of its situation, and that no table settles.

    Attributes:
        text: The fact, in the profile's words.
        certainty: ``"stated"`` by the municipality, from a public ``"site"``, or ``"inferred"``.
        period: When it holds, as text that `plfkit.periods.Period.parse` reads.
        certainties: The certainty of single keys, where it is another, as ``{"period": "inferred"}``.
        source: Where it can be read.
    """

    text: Label
    certainty: str = field(validator=_check_certainty_word)
    period: str | None = field(default=None, validator=check_period_text)
    certainties: Mapping[str, str] = Factory(dict)
    source: str | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse the certainty of something that is not said."""
        _check_certainties(self)


@frozen(kw_only=True)
class Amount:
    """A number and what it counts."""

    value: float
    unit: Label


@frozen(kw_only=True)
class Programme:
    """A project or programme that the municipality takes part in.

    Attributes:
        label: Its name.
        about: What it is, in the profile's words.
        certainty: Who vouches for it.
        period: When it runs, as text that `plfkit.periods.Period.parse` reads; None if unknown.
        funder: Who pays.
        grant: How much.
        lead: Who leads it.
        partners: The organisations it is carried out with.
        municipalities: The other municipalities in it.
        certainties: The certainty of single keys, where it is another, as ``{"grant": "site"}``.
        source: Where it can be read.
    """

    label: Label
    about: Label | None = None
    certainty: str = field(validator=_check_certainty_word)
    period: str | None = field(default=None, validator=check_period_text)
    funder: str | None = None
    grant: Amount | None = None
    lead: str | None = None
    partners: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    certainties: Mapping[str, str] = Factory(dict)
    source: str | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse the certainty of something that is not said."""
        _check_certainties(self)


def _check_certainties(fact: Statement | Programme) -> None:
    for name, certainty in fact.certainties.items():
        if name in _WHOLE or not getattr(fact, name, None):
            raise ValueError(f"certainties.{name}: it does not say its {name}")
        if certainty not in CERTAINTIES:
            raise ValueError(f"certainties.{name} is one of {', '.join(CERTAINTIES)}")


@frozen(kw_only=True)
class School:
    """A school as a public source describes it: which grades it has and where its pupils go on.

    Attributes:
        name: Its name.
        grades: Its first and last grade, as ``"0-6"``.
        moves_to: The school that its pupils move to after the last grade.
        certainty: Who vouches for it.
        source: Where it can be read.
    """

    name: str
    grades: str = field()
    moves_to: str | None = None
    certainty: str = field(validator=_check_certainty_word)
    source: str | None = None

    @grades.validator
    def _check_grade_range(self, attribute: Any, grades: str) -> None:
        if _GRADES.fullmatch(grades) is None or self.first_grade > self.last_grade:
            message = f'grades are the first and the last, as "0-6", not {grades!r}'
            raise FieldError(attribute.name, message)

    @property
    def first_grade(self) -> int:
        """The lowest grade."""
        return int(self.grades.partition("-")[0])

    @property
    def last_grade(self) -> int:
        """The highest grade."""
        return int(self.grades.partition("-")[2])


@frozen(kw_only=True)
class Rule:
    """How the data settle a claim: what is counted, of what, for whom, and how many there should be.

    One of `at_least`, `exactly` and `more_than` is given, and at most one of `each_unit` and
    `each_person`; without either, a rule is about the municipality as a whole.

    Attributes:
        counts: ``"people"``, ``"communities"``, ``"events"``, ``"rounds"`` (of events), ``"days"`` with
            such events, ``"person_days"``, or ``"outcomes"``: no number, but whether they rose.
        at_least: The least count that bears the claim out.
        exactly: The count that bears it out.
        more_than: The earlier period of which the count is to be exceeded: ``"year_before"``, or a
            period as text.
        stay: Whether days are all those from the first to the last, as those of a stay are, weekends
            too.
        each_unit: The unit kind of which it must hold for each unit.
        each_person: Of each of whom it must hold: those who hold a role, ``"staff"`` for all who count
            as staff, or ``"everyone"`` who is employed.
        within: The unit kind in which people must work, as in "all the schools' staff".
        events: Event kinds: these events are counted, or taking part in one.
        communities: Community kinds: they or their members are counted; beside events, only those that
            a member takes part in; beside `each_person`, only members are asked.
        qualifications: Qualification kinds: those who have one are counted.
        subjects: The subjects that such a qualification must be in; any if left out.
        roles: Only people who hold one of these roles are counted, or only events that one of them
            takes part in.
        outcomes: The supplied figures of pupils that are to have risen, each of them.
    """

    counts: str = field(validator=OneOf(RULE_COUNTS))
    at_least: int | None = None
    exactly: int | None = None
    more_than: str | None = field(default=None)
    stay: bool = False
    each_unit: str | None = None
    each_person: str | None = None
    within: str | None = None
    events: tuple[str, ...] = ()
    communities: tuple[str, ...] = ()
    qualifications: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()

    @more_than.validator
    def _check_earlier(self, attribute: Any, value: str | None) -> None:
        if value != YEAR_BEFORE:
            check_period_text(self, attribute, value)

    def __attrs_post_init__(self) -> None:
        """Refuse a rule that counts nothing, or to no end."""
        if refusal := next((why for refused, why in self._list_refusals() if refused), None):
            raise ValueError(refusal)

    def _list_refusals(self) -> Iterator[tuple[bool, str]]:
        """Yield what a rule may not be, the first that matters first."""
        asked = [self.at_least, self.exactly, self.more_than]
        several = "say one of at_least, exactly and more_than: how many there should be"
        yield sum(value is not None for value in asked) != 1, several
        yield self.more_than is None and self.count < 1, "a rule looks for at least one"
        yield from self._list_misfits()
        both = "a rule holds for each_unit or for each_person, not for both"
        yield self.each_unit is not None and self.each_person is not None, both
        both = "a rule counts who is trained or who takes part in events, not both"
        yield bool(self.events and self.qualifications), both
        whom = "subjects are those of qualifications: say which qualifications"
        yield bool(self.subjects) and not self.qualifications, whom
        whom = "more_than compares two counts: it cannot hold for each_person"
        yield self.more_than is not None and self.each_person is not None, whom

    def _list_misfits(self) -> Iterator[tuple[bool, str]]:
        """Yield what does not go with what is counted."""
        counts = self.counts
        named = {
            "communities": bool(self.communities),
            "outcomes": bool(self.outcomes),
            "people": bool(self.events or self.communities or self.qualifications or self.roles),
        }
        nothing = "say what is counted: events, communities, qualifications or roles"
        yield not named.get(counts, True), nothing
        yield (
            counts not in named and not self.events,
            (f"to count {counts}, say which kinds of events"),
        )
        beside = self.events or self.roles or self.qualifications or self.each_person
        yield (
            counts == "communities" and bool(beside),
            "communities are counted by their kind alone",
        )
        beside = beside or self.communities or self.each_unit or self.within
        alone = "outcomes are compared by themselves: say more_than, and nothing else"
        yield counts == "outcomes" and (bool(beside) or self.more_than is None), alone
        yield (
            counts != "outcomes" and bool(self.outcomes),
            'only counts = "outcomes" reads outcomes',
        )
        yield self.stay and counts not in {"days", "person_days"}, "a stay is one of days"

    @property
    def count(self) -> int:
        """How many there should be; 0 where two counts are compared."""
        return self.exactly if self.exactly is not None else self.at_least or 0

    @property
    def about_people(self) -> bool:
        """Whether it takes names to settle it, not only that events took place."""
        counted = self.counts in {"people", "person_days"}
        narrowed = bool(self.roles or (self.events and self.communities))
        return counted or narrowed or self.each_person is not None

    @property
    def tables(self) -> tuple[str, ...]:
        """The native tables that settle it."""
        return tuple(
            table
            for table, needed in {
                "units": self.each_unit is not None or self.within is not None,
                "positions": bool(self.roles) or self.each_person is not None,
                "communities": bool(self.communities),
                "memberships": bool(self.communities) and self.counts != "communities",
                "events": bool(self.events),
                "participations": bool(self.events) and self.about_people,
                "qualifications": bool(self.qualifications),
                "outcomes": bool(self.outcomes),
            }.items()
            if needed
        )


RULE_SECTIONS = {
    "each_unit": "unit_kinds",
    "within": "unit_kinds",
    "each_person": "roles",
    "events": "event_kinds",
    "communities": "community_kinds",
    "qualifications": "qualification_kinds",
    "roles": "roles",
}
"""In which section of the vocabulary the kinds stand that a rule names under each key."""


@frozen(kw_only=True)
class Claim(Statement):
    """Something that has been said about the municipality, and that data may settle.

    Attributes:
        rule: How data settle it; None for one that no table settles.
    """

    rule: Rule | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse to compare with a period that is not an earlier one."""
        super().__attrs_post_init__()
        earlier = None if self.rule is None else self.rule.more_than
        if self.period is None or earlier in {None, YEAR_BEFORE}:
            return
        if not Period.parse(self.period).starts_after(Period.parse(earlier or "")):
            raise ValueError("rule.more_than names a period that ends before the claim's begins")

    @property
    def tables(self) -> tuple[str, ...]:
        """The native tables that settle it; none for a claim without a rule."""
        return () if self.rule is None else self.rule.tables
