"""What an example is made from: the profile, the seed, and the schools it is to have."""

from __future__ import annotations

from enum import IntEnum, auto

import numpy as np
from attrs import frozen

from plfkit.errors import Fault, LimitError, Place
from plfkit.hints import Hint
from plfkit.model.words.vocabulary import Vocabulary
from plfkit.periods import Period
from plfkit.profiles.profile import Profile
from plfkit.synthetic.claims.rules import (
    Wish,
    find_invited_roles,
    find_reserved_kinds,
    list_wishes,
)
from plfkit.synthetic.named_words import NamedWords
from plfkit.synthetic.years import FINAL_YEAR, YEARS

MOST_SCHOOLS = 3_000
SCHOOLS = 8
"""How many schools an example has if neither the caller nor the profile says so."""

MIDDLE_SIZE, SPREAD, SMALLEST, LARGEST = 40, 0.42, 12, 100
FEEDER_SIZE, RECEIVER_SIZE = 0.75, 1.4
PACES, HOW_MANY = (1.4, 1.0, 0.6, 0.0, -0.4), (0.2, 0.3, 0.2, 0.175, 0.125)
"""How fast schools change, and how many of them do so."""
WHOLE, FEEDER = (0, 9), (0, 6)
FEEDER_EVERY = 4
"""One in four made-up schools is a feeder; its pupils move on to the school before it."""

PHASES = (("Indskoling", 0, 3), ("Mellemtrin", 4, 6), ("Udskoling", 7, 99))
"""The phases of a Danish school, with their first and last grade."""


class StreamPurpose(IntEnum):
    """What a stream of chance is for; each purpose has one of its own at each school."""

    SIZE = auto()
    PEOPLE = auto()
    COMMUNITIES = auto()
    FOCUSES = auto()
    RESPONSES = auto()
    TIES = auto()
    ANSWERS = auto()
    MEETINGS = auto()
    PRACTICE = auto()
    REGISTRATIONS = auto()
    QUALIFICATIONS = auto()
    OUTCOMES = auto()
    PATHWAYS = auto()
    PACE = auto()


@frozen
class SchoolPlan:
    """A school that the example is to have.

    Attributes:
        number: Its number, from 1.
        grades: Its first and last grade.
        moves_to: The number of the school that its pupils move to.
        size: How many staff it has.
    """

    number: int
    grades: tuple[int, int]
    moves_to: int | None
    size: int

    @property
    def id(self) -> str:
        """Its id."""
        return f"skole-{self.number:02d}"

    @property
    def name(self) -> str:
        """Its name, which says that it is an example."""
        return f"Eksempelskole {self.number} ({self.grades[0]}.–{self.grades[1]}. klasse)"

    @property
    def phases(self) -> tuple[tuple[str, int], ...]:
        """The phases it has, each with its first grade at this school."""
        low, high = self.grades
        return tuple(
            (name, max(low, first)) for name, first, last in PHASES if low <= last and first <= high
        )


@frozen
class Setting:
    """What everything else is made from.

    Attributes:
        profile: What the municipality declares.
        seed: What chance begins with.
        schools: The schools to have.
        wishes: The rules of claims that the data are to bear out.
        reserved: For each year, kinds of events that only those rules bring about.
        named: The words that the profile names.
    """

    profile: Profile
    seed: int
    schools: tuple[SchoolPlan, ...]
    wishes: tuple[Wish, ...]
    reserved: tuple[frozenset[str], ...]
    named: NamedWords

    @classmethod
    def of(cls, profile: Profile, schools: int | None, seed: int) -> Setting:
        """Plan an example.

        Raises:
            LimitError: The number of schools or the seed is not one.
        """
        _check_example_limit("seed", seed, 0, None)
        count = len(profile.schools) or SCHOOLS if schools is None else schools
        _check_example_limit("schools", count, 1, MOST_SCHOOLS)
        shapes = [_choose_school_shape(profile, place, count) for place in range(count)]
        receivers = {onward for _, onward in shapes}
        plans = [
            _plan_school(seed, place, shape, receives=place in receivers)
            for place, shape in enumerate(shapes)
        ]
        found = list_wishes(profile)
        reserved = tuple(find_reserved_kinds(found, year) for year in range(len(YEARS)))
        return cls(profile, seed, tuple(plans), found, reserved, NamedWords.of(profile))

    def compute_progress(self, school: int, year: int) -> float:
        """Return how far a school has come in a year, 0 being the beginning and 1 the usual end.

        Most schools move on, some stand still, and one in eight goes back.
        """
        if school == 0:
            return year / FINAL_YEAR
        pace = self.open_stream(StreamPurpose.PACE, school).choice(PACES, p=HOW_MANY)
        return float(pace) * year / FINAL_YEAR

    @property
    def invited(self) -> dict[str, tuple[int, Period]]:
        """The roles of guests, how many hold each, and when they are here."""
        return find_invited_roles(self.profile, self.named.list_own("roles"))

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of the profile."""
        return self.profile.vocabulary

    def open_stream(self, purpose: StreamPurpose, school: int = 0) -> np.random.Generator:
        """Return the stream of chance for one purpose at one school, 0 being the municipality."""
        return np.random.default_rng([self.seed, purpose, school])


def _check_example_limit(name: str, value: object, least: int, most: int | None) -> None:
    """Refuse an argument that is no whole number within its limits."""
    whole = isinstance(value, int) and not isinstance(value, bool)
    if not whole or value < least or (most is not None and value > most):  # type: ignore[operator]
        given: dict[str, object] = {"least": least, "value": repr(value)}
        hint = (
            Hint("limit.whole_number_from", **given)
            if most is None
            else Hint("limit.whole_number", most=most, **given)
        )
        raise LimitError(Fault("limit", Place(f"municipality({name}=…)"), hint))


def _choose_school_shape(
    profile: Profile, place: int, count: int
) -> tuple[tuple[int, int], int | None]:
    """Return the grades of a school, and the place of the one its pupils move to."""
    declared = list(profile.schools.values())
    if place < len(declared):
        school = declared[place]
        names = list(profile.schools)
        onward = None if school.moves_to is None else names.index(school.moves_to)
        onward = None if onward == place or (onward or 0) >= count else onward
        return (school.first_grade, school.last_grade), onward
    if place % FEEDER_EVERY == 1 and place - 1 >= len(declared):
        return FEEDER, place - 1
    return WHOLE, None


def _plan_school(
    seed: int, place: int, shape: tuple[tuple[int, int], int | None], *, receives: bool
) -> SchoolPlan:
    grades, onward = shape
    number = place + 1
    chance = np.random.default_rng([seed, StreamPurpose.SIZE, number])
    middle = MIDDLE_SIZE * (RECEIVER_SIZE if receives else 1 if onward is None else FEEDER_SIZE)
    size = int(np.clip(middle * np.exp(chance.normal(0, SPREAD)), SMALLEST, LARGEST))
    return SchoolPlan(number, grades, None if onward is None else onward + 1, size)
