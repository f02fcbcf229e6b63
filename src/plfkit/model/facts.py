"""Facts that a profile tells of a municipality: its situation, programmes, schools, and claims."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from attrs import Factory, field, frozen

from plfkit.model.kinds import Label
from plfkit.model.validators import FieldError, OneOf, readable_period

_GRADES = re.compile(r"[0-9]{1,2}-[0-9]{1,2}")

CERTAINTIES = ("stated", "site", "inferred")
"""Who vouches for a fact: the municipality said so, a public site does, or it was worked out."""

_certain = OneOf(CERTAINTIES)


@frozen(kw_only=True)
class Statement:
    """A fact about the municipality that tells of its situation, and that no table settles.

    Attributes:
        text: The fact, in the profile's words.
        certainty: ``"stated"`` by the municipality, from a public ``"site"``, or ``"inferred"``.
        period: When it holds, as text that `plfkit.periods.Period.parse` reads.
        source: Where it can be read.
    """

    text: Label
    certainty: str = field(validator=_certain)
    period: str | None = field(default=None, validator=readable_period)
    source: str | None = None


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
    certainty: str = field(validator=_certain)
    period: str | None = field(default=None, validator=readable_period)
    funder: str | None = None
    grant: Amount | None = None
    lead: str | None = None
    partners: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    certainties: Mapping[str, str] = Factory(dict)
    source: str | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse the certainty of something that is not said."""
        for name, certainty in self.certainties.items():
            if name in {"label", "certainty", "certainties"} or not getattr(self, name, None):
                raise ValueError(f"certainties.{name}: the programme does not say its {name}")
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
    certainty: str = field(validator=_certain)
    source: str | None = None

    @grades.validator
    def _range(self, attribute: Any, grades: str) -> None:
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

    Attributes:
        counts: ``"people"``, ``"events"``, ``"rounds"`` (of events), ``"days"`` with such events, or
            ``"person_days"``.
        at_least: The least count that bears the claim out.
        exactly: The count that bears it out; one of the two is given.
        each_unit: The unit kind of which it must hold for each unit.
        each_person: The role of which it must hold for each person, or ``"staff"``. Without either,
            it is about the municipality as a whole.
        within: The unit kind in which people must work, as in "all the schools' staff".
        events: Event kinds: these events are counted, or taking part in one.
        communities: Community kinds: their members are counted; beside `each_person`, only they.
        qualifications: Qualification kinds: those who have one are counted.
        roles: Only people who hold one of these roles are counted, or only events that one of them
            takes part in.
    """

    counts: str = field(validator=OneOf(("people", "events", "rounds", "days", "person_days")))
    at_least: int | None = None
    exactly: int | None = None
    each_unit: str | None = None
    each_person: str | None = None
    within: str | None = None
    events: tuple[str, ...] = ()
    communities: tuple[str, ...] = ()
    qualifications: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Refuse a rule that counts nothing, or to no end."""
        if (self.at_least is None) == (self.exactly is None):
            raise ValueError("say at_least or exactly: how many there should be")
        if self.count < 1:
            raise ValueError("a rule looks for at least one")
        if self.counts != "people" and not self.events:
            raise ValueError(f"to count {self.counts}, say which kinds of events")
        if not (self.events or self.communities or self.qualifications or self.roles):
            raise ValueError("say what is counted: events, communities, qualifications or roles")
        if self.each_unit is not None and self.each_person is not None:
            raise ValueError("a rule holds for each_unit or for each_person, not for both")
        if self.events and self.qualifications:
            raise ValueError("a rule counts who is trained or who takes part in events, not both")
        if self.events and self.communities and self.each_person is None:
            raise ValueError("beside events, communities narrow down each_person: say whom")

    @property
    def count(self) -> int:
        """How many there should be."""
        return self.exactly if self.exactly is not None else self.at_least or 0

    @property
    def about_people(self) -> bool:
        """Whether it takes names to settle it, not only that events took place."""
        counted = self.counts in {"people", "person_days"}
        return counted or bool(self.roles) or self.each_person is not None

    @property
    def tables(self) -> tuple[str, ...]:
        """The native tables that settle it."""
        return tuple(
            table
            for table, needed in {
                "units": self.each_unit is not None or self.within is not None,
                "positions": bool(self.roles) or self.each_person is not None,
                "communities": bool(self.communities),
                "memberships": bool(self.communities),
                "events": bool(self.events),
                "participations": bool(self.events) and self.about_people,
                "registrations": bool(self.events),
                "qualifications": bool(self.qualifications),
            }.items()
            if needed
        )


@frozen(kw_only=True)
class Claim(Statement):
    """Something that has been said about the municipality, and that data may settle.

    Attributes:
        rule: How data settle it; None for one that no table settles.
    """

    rule: Rule | None = None

    @property
    def tables(self) -> tuple[str, ...]:
        """The native tables that settle it; none for a claim without a rule."""
        return () if self.rule is None else self.rule.tables
