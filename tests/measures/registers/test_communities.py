"""Coverage and anchoring: cases that can be counted on the fingers."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from plfkit import (
    Community,
    Membership,
    Organisation,
    Person,
    Position,
    Unit,
    measures,
    snapshot,
)
from plfkit.errors import UnknownGroupError
from plfkit.testing import organisations


def staff(**people: tuple[str, str]) -> dict[str, list[Any]]:
    """People with a school and a role each."""
    schools = sorted({school for school, _ in people.values()})
    return {
        "units": [
            Unit("town", "municipality"),
            *(Unit(s, "school", None, "town") for s in schools),
        ],
        "persons": [Person(name) for name in people],
        "positions": [Position(name, school, role) for name, (school, role) in people.items()],
    }


def community(name: str, kind: str, unit: str | None, members: str) -> dict[str, list[Any]]:
    """A community with members of one letter each."""
    return {
        "communities": [Community(name, kind, None, unit)],
        "memberships": [Membership(name, member) for member in members],
    }


def build(*tables: dict[str, list[Any]]) -> Organisation:
    """An organisation of several sets of tables."""
    merged: dict[str, Any] = {}
    for part in tables:
        for name, rows in part.items():
            merged.setdefault(name, []).extend(rows)
    return Organisation.of(**merged)


SCHOOL = staff(
    a=("s", "principal"),
    b=("s", "deputy_principal"),
    c=("s", "reading_coach"),
    d=("s", "teacher"),
    e=("s", "teacher"),
    f=("s", "teacher"),
    g=("s", "support_staff"),
)


def anchored(organisation: Organisation, **arguments: Any) -> dict[str | None, float | None]:
    """The figures of anchoring by name."""
    result = measures.level_anchoring(snapshot(organisation), **arguments)
    return {figure.figure: figure.value for figure in result}


@pytest.mark.parametrize(
    ("communities", "covered"),
    [
        ([community("t", "team", "s", "def")], 3),
        ([community("t", "team", "s", "de")], 0),
        ([community("t", "team", "s", "de"), community("l", "leadership_team", "s", "ab")], 2),
        ([community("n", "network", None, "ab")], 2),
        ([community("t", "team", "s", "defg")], 3),
        ([community("t", "team", "s", "def"), community("u", "team", "s", "cde")], 4),
    ],
)
def test_coverage(communities: list[dict[str, list[Any]]], covered: int) -> None:
    """Three members make a team, two leaders a leadership community; support staff do not count."""
    (figure,) = measures.membership_coverage(snapshot(build(SCHOOL, *communities)))
    assert (figure.numerator, figure.denominator) == (covered, 6)
    assert figure.lower == figure.value == figure.upper == pytest.approx(covered / 6)


def test_coverage_by_level_and_by_kind() -> None:
    """Each level's staff are counted apart; `kinds` narrows what counts."""
    now = snapshot(build(SCHOOL, community("t", "team", "s", "cde")))
    by_level = measures.membership_coverage(now, by="level")
    assert {f.part: (f.numerator, f.denominator) for f in by_level} == {
        "school_leadership": (0, 2),
        "resource_persons": (1, 1),
        "pedagogical_staff": (2, 3),
    }
    assert measures.membership_coverage(now, kinds=("learning_community",)).item() == 0
    with pytest.raises(UnknownGroupError, match="learning_community"):
        measures.membership_coverage(now, kinds=("learning_comunity",))


def test_coverage_not_registered() -> None:
    """No lists of members is no coverage of zero."""
    (figure,) = measures.membership_coverage(snapshot(build(SCHOOL)))
    assert (figure.value, figure.reason) == (None, "not_registered")


def test_anchored_levels() -> None:
    """Of the four required levels this school has two; the administration holds nobody."""
    organisation = build(
        SCHOOL, community("t", "team", "s", "def"), community("l", "leadership_team", "s", "ab")
    )
    assert anchored(organisation) == {
        "total": 0.5,
        "administration": None,
        "school_leadership": 1,
        "resource_persons": 0,
        "pedagogical_staff": 1,
    }
    total = next(iter(measures.level_anchoring(snapshot(organisation))))
    assert (total.lower, total.upper, total.observed) == (0.5, 0.75, 0.75)


def test_network_of_leaders() -> None:
    """At small schools a leadership community spans schools."""
    people = staff(a=("s", "principal"), b=("r", "principal"), c=("q", "principal"))
    result = measures.level_anchoring(
        snapshot(build(people, community("n", "network", "town", "ab"))), by="school"
    )
    assert {f.part: f.value for f in result if f.figure == "school_leadership"} == {
        "s": 1,
        "r": 1,
        "q": 0,
    }


def test_one_teacher_is_no_anchor() -> None:
    """A community of several schools needs half of a school's people of that level."""
    people = staff(
        **{f"{s}{n}": (s, "teacher") for s in ("s", "r", "q") for n in range(4)}, x=("s", "teacher")
    )
    people["communities"] = [Community("n", "network")]
    people["memberships"] = [Membership("n", name) for name in ("s0", "r0", "r1", "q0")]
    figures = measures.level_anchoring(snapshot(build(people)), by="school")
    assert {f.part: f.value for f in figures if f.figure == "pedagogical_staff"} == {
        "s": 0,
        "r": 1,
        "q": 0,
    }


def test_empty_level_stays_open() -> None:
    """A school the data say nothing about may have what nobody registered."""
    people = staff(a=("s", "teacher"), b=("s", "teacher"), c=("s", "teacher"))
    people["units"].append(Unit("empty", "school", None, "town"))
    organisation = build(people, community("t", "team", "s", "abc"))
    figures = measures.level_anchoring(snapshot(organisation), by="school")
    staff_level = {f.part: f for f in figures if f.figure == "pedagogical_staff"}
    assert staff_level["s"].value == 1
    assert (staff_level["empty"].value, staff_level["empty"].upper) == (None, 1)


def test_community_of_another_school() -> None:
    """A school's own team counts at that school only, whoever is in it."""
    people = staff(a=("s", "teacher"), b=("s", "teacher"), c=("r", "teacher"))
    organisation = build(people, community("t", "team", "s", "abc"))
    figures = measures.level_anchoring(snapshot(organisation), by="school")
    assert {f.part: f.value for f in figures if f.figure == "pedagogical_staff"} == {"s": 1, "r": 0}
    assert anchored(organisation)["pedagogical_staff"] == 0.5


def test_municipal_level_once() -> None:
    """Two schools and one administration are seven places, not eight."""
    people = staff(a=("s", "teacher"), b=("r", "teacher"))
    people["units"].append(Unit("office", "administration_unit", None, "town"))
    people["persons"] += [Person(name) for name in "xyz"]
    people["positions"] += [Position(name, "office", "consultant") for name in "xyz"]
    result = measures.level_anchoring(
        snapshot(build(people, community("c", "support_team", "office", "xyz")))
    )
    total = next(iter(result))
    assert (total.numerator, total.denominator) == (1, 7)
    with pytest.raises(UnknownGroupError, match="unit kinds"):
        measures.level_anchoring(snapshot(build(people)), by="level")


@given(organisations())
def test_one_more_community_never_lowers_anchoring(organisation: Organisation) -> None:
    """A leadership team of everybody, at every school, takes nothing away."""
    schools = [unit.id for unit in organisation.units if unit.kind == "school"]
    people = [person.id for person in organisation.persons]
    teams = [Community(f"new-{school}", "leadership_team", None, school) for school in schools]
    members = [Membership(team.id, person) for team in teams for person in people]
    tables: dict[str, Any] = {**organisation.tables}
    tables["communities"] = [*organisation.communities, *teams]
    tables["memberships"] = [*organisation.memberships, *members]
    more = Organisation.of(**tables)
    before, after = anchored(organisation)["total"], anchored(more)["total"]
    if before is not None:
        assert after is not None
        assert after >= before
