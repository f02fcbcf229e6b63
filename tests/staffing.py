"""Staff lists of made-up schools, for tests of what is told of whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from attrs import frozen
from hypothesis import strategies as st

from plfkit import Person, Position, Snapshot, Unit
from plfkit.testing import build_moment

ROLES = {"p": "principal", "c": "maths_coach", "t": "teacher"}


@frozen
class Staff:
    """Who works where: the people of each school, an office of consultants above them.

    Attributes:
        schools: How many leaders, coaches and teachers each school has, by its id.
        office: How many consultants the municipality has.
    """

    schools: dict[str, tuple[int, int, int]]
    office: int = 0

    @property
    def positions(self) -> list[str]:
        """The positions, as lines of a moment."""
        lines = [
            f"{','.join(name_people(school, letter, count))} {school} {ROLES[letter]}"
            for school, counts in self.schools.items()
            for letter, count in zip(ROLES, counts, strict=True)
            if count
        ]
        office = name_people("v", "o", self.office)
        return [*lines, *([f"{','.join(office)} v consultant"] if office else [])]

    @property
    def people(self) -> list[str]:
        """Everybody, in the order of their ids."""
        return sorted(person for line in self.positions for person in line.split()[0].split(","))

    def list_rows(self) -> dict[str, Any]:
        """Return the same as rows of native tables: units, persons, positions."""
        lines = [line.split() for line in self.positions]
        return {
            "units": [
                Unit("v", "municipality"),
                *(Unit(name, "school", parent="v") for name in self.schools),
            ],
            "persons": [Person(name) for name in self.people],
            "positions": [
                Position(name, unit, role)
                for names, unit, role in lines
                for name in names.split(",")
            ],
        }

    def take_moment(self, trained: Iterable[str], **lines: Sequence[str]) -> Snapshot:
        """Return the moment in which some people have been trained as coaches."""
        named = ",".join(sorted(trained))
        units = ["v municipality", *(f"{school} school parent=v" for school in self.schools)]
        rows: dict[str, Any] = {"qualifications": [f"{named} coach_training"]} if named else {}
        return build_moment(units=units, positions=self.positions, **(rows | lines))


def hold_two_meetings() -> Snapshot:
    """Return the moment in which 58 of 196 were at one data meeting or more, and 56 at two."""
    staff = Staff(dict.fromkeys("abcd", (3, 6, 40)))
    others = name_people("b", "t", 34)
    return staff.take_moment(
        [],
        events=[f"e{n} data_meeting 2018-10-0{n} unit=v headcount={60 - 2 * n}" for n in (1, 2)],
        participations=[
            f"e{n} {','.join([*name_people('a', 't', 26 - 2 * n), *others])}" for n in (1, 2)
        ],
        complete=["v", *staff.schools],
    )


def name_people(place: str, letter: str, count: int) -> list[str]:
    """Return the ids of so many people of one sort at a place."""
    return [f"{place}{letter}{number:03}" for number in range(count)]


@st.composite
def staffs(draw: st.DrawFn, *, most: int = 4) -> Staff:
    """Draw a municipality of a few schools, small and large."""
    counts = st.tuples(st.integers(0, 4), st.integers(0, 6), st.integers(5, 40))
    schools = draw(st.lists(counts, min_size=1, max_size=most))
    office = draw(st.sampled_from([0, 3, 8]))
    return Staff({f"s{number}": one for number, one in enumerate(schools)}, office)


@st.composite
def trained_people(draw: st.DrawFn, staff: Staff) -> list[str]:
    """Draw who has been trained: nearly nobody, nearly everybody, or any share, sort by sort."""
    rates = draw(st.tuples(*[st.sampled_from([0, 0.05, 0.3, 0.6, 0.95, 1])] * 3))
    chance = draw(st.randoms(use_true_random=False))
    by_letter = dict(zip(ROLES, rates, strict=True))
    return [
        person for person in staff.people if chance.random() < by_letter.get(person[2], rates[0])
    ]
