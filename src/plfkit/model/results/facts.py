"""Facts: of whom a figure speaks, and which of them have what it counts. They never leave.

What may be published depends on what everybody may know anyway: who works where, as what. So a measure
hands over, beside its figures, the staff list, the set of people that each figure is about, and for a
count of people who has it. The gate decides from the sets; the counts choose only the class that is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from attrs import field, frozen

from plfkit.arrays import Flags, Numbers
from plfkit.model.records.needs import Need

Who = Mapping[str, tuple[str, ...]]
"""A set of people in public words: those ``of`` levels or roles, ``at`` units, who are ``not_of`` levels
or roles, whose positions name a subject that is ``teaches``, who were ``asked`` about a relation. What is
left out says nothing."""


@frozen(eq=False)
class StaffList:
    """Who works where and on which level: what everybody may know.

    Attributes:
        source: The data it is of: two municipalities may use the same ids.
        persons: The ids of people; all others number them by their place here.
        levels: The people of each level, in the vocabulary's order, the top first.
        places: The people of each place of work, by its id, for each kind of unit: schools, …
    """

    source: object
    persons: tuple[str, ...]
    levels: Mapping[str, Numbers]
    places: Mapping[str, Mapping[str, Numbers]]


@frozen(eq=False)
class PeopleSet:
    """The people that a figure is about.

    Attributes:
        persons: Their numbers, ascending.
        who: The same in public words.
    """

    persons: Numbers
    who: Who

    def __len__(self) -> int:
        return len(self.persons)


@frozen(eq=False)
class PeopleCount:
    """Something that each of some people has or has not.

    Attributes:
        universe: Who can have it at all.
        surely: Who has it, a yes or no for everybody on the staff list.
        possibly: Who may have it, as far as is registered or was answered; those that do may too.
        own_answers: Whether only those who answered can be known to have it.
        complete: Whether it is known of everybody by the nature of what was asked, as in a register.
    """

    universe: PeopleSet
    surely: Flags
    possibly: Flags
    own_answers: bool = False
    complete: bool = False


@frozen(eq=False, kw_only=True)
class PlaceFact:
    """One level at one place: whether a community is there, and whether that is the place's own.

    Attributes:
        people: How many people it has on the level.
        municipal: Whether the level belongs to the municipality, not to each place.
        personal: Whether what is shown depends on whether some of these people are in a community
            that belongs to no single place.
        shown: Whether a community counts there, whether one may, and whether there is one of which
            it is not known.
        own: The same of communities of the unit itself, which are public.
    """

    people: int
    municipal: bool
    personal: bool
    shown: tuple[bool, bool, bool]
    own: tuple[bool, bool, bool]


@frozen(eq=False, kw_only=True)
class Facts:
    """What figures rest on, for the gate alone.

    Attributes:
        staff: The staff list.
        sets: The people of each part; None is the whole.
        selecting: The arguments of the measure that only choose of whom it tells, or do nothing here.
        meaning: What some arguments mean, for those that can be written in several ways: all kinds, where
            none is named.
        count: Who has what is counted; None where figures are no counts of people.
        answered: Who answered, of those who were asked; None where nobody was asked, or nobody knows
            who was.
        communal: Whether communities answered, each as one: who of them did is no secret.
        places: The places that each figure is about, by part and figure.
        heads: How many people there are on the level of each figure, by part and figure, where figures
            say how many communities stand on it: whether they do shows how many of these are in them.
        silence: Why figures of places have no value where something is not known.
        changed: How many people's ties are others than before, by part, where figures are changes that
            have an interval or a p.
    """

    staff: StaffList
    sets: Mapping[str | None, PeopleSet]
    selecting: tuple[str, ...] = ()
    meaning: Mapping[str, Any] = field(factory=dict)
    count: PeopleCount | None = None
    answered: PeopleCount | None = None
    communal: bool = False
    places: Mapping[tuple[str | None, str | None], tuple[PlaceFact, ...]] | None = None
    heads: Mapping[tuple[str | None, str | None], int] | None = None
    silence: str | None = None
    changed: Mapping[str | None, int] | None = None

    def find_everybody(self) -> PeopleSet:
        """Return the people of the whole, or of all parts together."""
        if None in self.sets:
            return self.sets[None]
        persons = [one.persons for one in self.sets.values()]
        return PeopleSet(
            np.unique(np.concatenate(persons)) if persons else np.empty(0, np.int64), {}
        )


@frozen(eq=False, kw_only=True)
class ClaimFacts:
    """What a claim about people rests on, for the gate alone.

    Attributes:
        at: The period of which it was counted, as text.
        people: Of whom the claim is, those at each unit by the unit's id, and who is counted; None
            where it counts no people, or where they are told of as no yes or no.
        complete: Whether there can be no others, by unit; under None for the whole.
        gaps: What would have to be filled in, whatever was counted.
        all_known: Whether it is known which units, or people, the claim is about.
        holders: How many people hold a role with which events are counted, at the unit with the
            fewest; None where no people are looked for.
        before: The same of the earlier period that the claim compares with.
    """

    at: str
    people: Facts | None
    complete: Mapping[str | None, bool] = field(factory=dict)
    gaps: tuple[Need, ...] = ()
    all_known: bool = True
    holders: int | None = None
    before: ClaimFacts | None = None


def mark_persons(staff: StaffList, persons: Numbers) -> Flags:
    """Tell of everybody on a staff list whether they are among some people."""
    inside = np.zeros(len(staff.persons), np.bool_)
    inside[persons] = True
    return inside
