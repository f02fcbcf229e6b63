"""Who is meant: the same people as measures count, found by other code."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from plfkit import Organisation, load_profile, snapshot
from plfkit.auditing.publications import PeopleQuery
from plfkit.auditing.staff_lists import KnownStaff
from plfkit.measures.engine.registered import split_staff
from plfkit.synthetic import municipality
from plfkit.testing import build_moment


@pytest.fixture(scope="module")
def town() -> Organisation:
    """An example municipality, with departments and people of several positions."""
    return municipality(load_profile("vejle"), schools=4, seed=1)


@pytest.mark.parametrize("kind", ["school", "school_department", "municipality"])
def test_measures_count_the_same(town: Organisation, kind: str) -> None:
    """Levels and roles, as a whole and at each unit, have the people of a measure's parts."""
    now = snapshot(town)
    people = KnownStaff(now)
    for name in (None, *now.vocabulary.levels, *now.positions.column("role").categories):
        of = () if name is None else (name,)
        for by in (None, kind):
            for unit, counted in split_staff(now, by, name):
                meant = people.find_people(PeopleQuery(of=of, at=() if unit is None else (unit,)))
                assert np.flatnonzero(meant.members).tolist() == counted.tolist(), (name, unit)


def test_queries() -> None:
    """What is told of one position holds of it alone; who is left out holds none of the kind."""
    now = build_moment(
        units=["s school", "d school_department parent=s", "t school"],
        positions=[
            "ann s principal",
            "bo d teacher subject=maths",
            "bo t reading_coach",
            "cy s teacher subject=danish",
            "di t politician",
        ],
    )
    people = KnownStaff(now)

    def find(**query: tuple[str, ...]) -> list[str]:
        flags = people.find_people(PeopleQuery(**query)).members
        return [now.person_ids[place] for place in np.flatnonzero(flags)]

    assert find() == ["ann", "bo", "cy"]
    assert find(at=("s",)) == ["ann", "bo", "cy"]
    assert find(at=("d",)) == ["bo"]
    assert find(of=("teacher",), at=("t",)) == []
    assert find(of=("teacher", "principal"), at=("s",)) == ["ann", "bo", "cy"]
    assert find(teaches=("maths",)) == ["bo"]
    assert find(teaches=("maths",), at=("t",)) == []
    assert find(not_of=("resource_persons", "principal")) == ["cy"]
    assert find(of=("resource_person",)) == ["bo"]
    words = people.find_people(PeopleQuery(of=("teacher",), at=("s", "t"), not_of=("principal",)))
    assert (
        words.words.say()
        == "staff in the role teacher at s or t but not staff in the role principal"
    )


def test_groups_are_named() -> None:
    """Levels, roles and units, their intersections, and who is on two levels, are all listed."""
    now = build_moment(positions=["ann s principal", "ann t teacher", "bo t teacher"])
    found = {
        group.words.say(): [now.person_ids[n] for n in np.flatnonzero(group.members)]
        for group in KnownStaff(now).list_groups()
    }
    assert found["staff"] == ["ann", "bo"]
    assert found["pedagogical staff at t"] == ["ann", "bo"]
    assert found["school leadership at t"] == []
    assert found["school leadership and also pedagogical staff"] == ["ann"]
    assert all(
        f"staff in the role {role} at {unit}" in found
        for role, unit in product(("teacher", "principal"), "st")
    )
