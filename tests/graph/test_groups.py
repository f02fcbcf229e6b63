"""Groups of people: what `groups=` and `by=` name."""

from __future__ import annotations

import pytest

from plfkit import Community, Membership, Organisation, Person, Position, Unit, snapshot
from plfkit.errors import UnknownGroupError
from plfkit.graph import Grouping, resolve_grouping
from plfkit.graph.groups import GroupSpec, look_up_members


@pytest.fixture
def people() -> Organisation:
    """Four people: a coach who teaches at two schools, two teachers, one without a position."""
    return Organisation.of(
        units=[
            Unit("town", "municipality"),
            Unit("east", "school", None, "town"),
            Unit("lower", "school_department", None, "east"),
            Unit("west", "school", None, "town"),
        ],
        persons=[Person(name) for name in ("coach", "lower", "none", "west")],
        positions=[
            Position("coach", "east", "reading_coach"),
            Position("coach", "west", "teacher"),
            Position("lower", "lower", "teacher"),
            Position("west", "west", "teacher"),
        ],
        communities=[Community("t", "team"), Community("u", "subject_team")],
        memberships=[Membership("t", "coach"), Membership("t", "west"), Membership("u", "none")],
    )


def named(organisation: Organisation, groups: Grouping) -> dict[str, list[str]]:
    """A grouping with ids in place of numbers."""
    ids = snapshot(organisation).person_ids
    return {label: [ids[number] for number in persons] for label, persons in groups}


@pytest.mark.parametrize(
    ("spec", "expected", "several"),
    [
        (
            "level",
            {"resource_persons": ["coach"], "pedagogical_staff": ["coach", "lower", "west"]},
            1,
        ),
        ("role", {"reading_coach": ["coach"], "teacher": ["coach", "lower", "west"]}, 1),
        ("school", {"east": ["coach", "lower"], "west": ["coach", "west"]}, 1),
        ("municipality", {"town": ["coach", "lower", "west"]}, 0),
        ("school_department", {"lower": ["lower"]}, 0),
        ("team", {"t": ["coach", "west"], "u": ["none"]}, 0),
        ("subject_team", {"u": ["none"]}, 0),
        ("network", {}, 0),
        ({"none": "x", "west": "y"}, {"x": ["none"], "y": ["west"]}, 0),
    ],
)
def test_people_in_several_groups(
    people: Organisation, spec: GroupSpec, expected: dict[str, list[str]], several: int
) -> None:
    """Levels, roles, the nearest unit of a kind, communities and mappings group people as sets."""
    groups = resolve_grouping(snapshot(people), spec)
    assert named(people, groups) == expected
    assert groups.several == several


def test_levels_stand_from_the_top(people: Organisation) -> None:
    """Groups of levels are ordered by rank, not by name."""
    assert resolve_grouping(snapshot(people), "level").labels == (
        "resource_persons",
        "pedagogical_staff",
    )


@pytest.mark.parametrize(
    ("spec", "message"), [("scool", 'did you mean "school"'), ({"stranger": "x"}, "1 people")]
)
def test_what_groups_nobody_is_refused(people: Organisation, spec: GroupSpec, message: str) -> None:
    """A misspelt grouping gets a suggestion; a mapping of strangers is counted, not named."""
    with pytest.raises(UnknownGroupError, match=message) as caught:
        resolve_grouping(snapshot(people), spec)
    assert "stranger" not in str(caught.value)


def test_target_groups(people: Organisation) -> None:
    """Members of a target are found by its id alone."""
    now = snapshot(people)
    assert look_up_members(now, "resource_persons").tolist() == [0]
    assert look_up_members(now, "teacher").tolist() == [0, 1, 3]
    assert look_up_members(now, "subject_team").tolist() == [2]
    assert look_up_members(now, "administration").tolist() == []
    assert look_up_members(now, "resource_person").tolist() == [0]
    with pytest.raises(UnknownGroupError, match='did you mean "teacher"'):
        look_up_members(now, "teachr")
