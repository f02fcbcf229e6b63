"""A level at a school is a position: who is what, and where."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plfkit import (
    Community,
    Membership,
    Organisation,
    Person,
    Position,
    Qualification,
    Response,
    Snapshot,
    Survey,
    Tie,
    Unit,
    measures,
    snapshot,
)
from plfkit.graph.positions import find_positions_at, split_positions
from plfkit.periods import Period
from plfkit.testing import organisations, snapshots

UNITS = [
    Unit("town", "municipality"),
    Unit("A", "school", None, "town"),
    Unit("A1", "school_department", None, "A"),
    Unit("B", "school", None, "town"),
]
POSITIONS = [
    Position("chef", "town", "consultant"),
    Position("x", "A", "principal"),
    Position("x", "B", "maths_coach"),
    Position("ta", "A1", "teacher"),
    Position("tb", "B", "teacher"),
    Position("pb", "B", "principal"),
]
PEOPLE = ("chef", "pb", "ta", "tb", "x")
ADVICE: dict[str, Any] = {"relation": "advice"}


def two_schools(*ties: str, **more: Any) -> Organisation:
    """Two schools: x is principal at A and coaches at B; everybody answered."""
    tables: dict[str, Any] = {
        "units": UNITS,
        "persons": [Person(p) for p in PEOPLE],
        "positions": POSITIONS,
        "surveys": [Survey("s", "network", "advice")],
        "responses": [Response("s", p, answered=True) for p in PEOPLE],
        "ties": [Tie(one, other, "advice", "s") for one, other in (t.split("-") for t in ties)],
    }
    return Organisation.of(**{**tables, **more})


def figures(result: Any) -> dict[Any, Any]:
    """Numerator and denominator of each part."""
    return {row.part: (row.numerator, row.denominator) for row in result}


@pytest.mark.parametrize(
    ("tie", "over"), [("ta-x", 0), ("tb-x", 1), ("pb-x", 1), ("chef-x", 1), ("x-ta", 0)]
)
def test_pairs_of_levels_are_pairs_of_positions(tie: str, over: int) -> None:
    """Nobody coaches at A: of four pairs a tie of A's teacher to its principal joins none."""
    found = measures.vertical_connectedness(snapshot(two_schools(tie)), **ADVICE).main
    assert found is not None
    assert (found.numerator, found.denominator) == (over, 4)


def test_level_without_position() -> None:
    """The principal of A does not make coaches of A; B has one."""
    team: dict[str, Any] = {"communities": [Community("c", "team", None, "A")]}
    team |= {"memberships": [Membership("c", p) for p in ("ta", "x")]}
    result = measures.level_anchoring(snapshot(two_schools(**team)), by="school")
    coaches = {f.part: (f.value, f.upper) for f in result if f.figure == "resource_persons"}
    assert coaches == {"A": (None, 1.0), "B": (0.0, 0.0)}


def test_levels_of_community() -> None:
    """Three who coach at B and teach at A are teachers in A's team, and coaches in B's."""
    people = [f"m{n}" for n in range(3)]
    where = {"A": "teacher", "B": "maths_coach"}
    organisation = Organisation.of(
        units=UNITS,
        persons=[Person(p) for p in people],
        positions=[Position(p, unit, role) for p in people for unit, role in where.items()],
        communities=[Community(f"team-{unit}", "team", None, unit) for unit in where],
        memberships=[Membership(f"team-{unit}", p) for unit in where for p in people],
    )
    result = measures.level_anchoring(snapshot(organisation), by="school")
    assert [(f.part, f.figure) for f in result if f.value == 1] == [
        ("A", "pedagogical_staff"),
        ("B", "resource_persons"),
    ]
    mixed = measures.professional_mix(snapshot(organisation), roles=("teacher", "maths_coach"))
    assert mixed.item() == 0


def test_coverage_by_level_and_school_counts_positions() -> None:
    """The coach of B is nobody's coach at A, in every measure that takes a level and schools."""
    trained = {"qualifications": [Qualification("x", "coach_training")]}
    now = snapshot(two_schools(**trained))
    share = measures.qualification_share
    by_school = share(now, kind="coach_training", level="resource_persons", by="school")
    assert figures(by_school) == {"A": (None, None), "B": (1, 1)}
    by_level = share(now, kind="coach_training", role="principal", by="school")
    assert figures(by_level) == {"A": (1, 1), "B": (0, 1)}


def test_staff_of_school() -> None:
    """A caretaker at A who teaches at B is one of B's staff only."""
    organisation = two_schools(
        positions=[Position("ta", "A", "support_staff"), Position("ta", "B", "teacher")],
        communities=[Community("t", "team")],
        memberships=[Membership("t", "ta")],
    )
    result = measures.membership_coverage(snapshot(organisation), by="school")
    assert {row.part: row.n for row in result} == {"A": 0, "B": 1}


def test_groups_within_school() -> None:
    """At B x is a coach, at A a principal: ties between levels are counted by what they are there."""
    now = snapshot(two_schools("ta-x", "tb-x", "pb-x"))
    blocks = measures.block_density(now, **ADVICE, groups="level", by="school")
    told = {(row.part, row.from_, row.to) for row in blocks if row.value}
    assert told == {
        ("A", "pedagogical_staff", "school_leadership"),
        ("B", "pedagogical_staff", "resource_persons"),
        ("B", "school_leadership", "resource_persons"),
    }
    mixing = measures.ei_index(now, **ADVICE, groups="level", by="school", scope="group")
    assert {(row.part, row.from_) for row in mixing if row.numerator} == {
        ("A", "pedagogical_staff"),
        ("B", "pedagogical_staff"),
        ("B", "school_leadership"),
    }


def test_reached_within_school() -> None:
    """A's teacher asks x, who is no resource person at A; B's does, and reaches one."""
    now = snapshot(two_schools("ta-x", "tb-x"))
    reached = measures.group_reach(now, **ADVICE, target="resource_person", k=1, by="school")
    assert figures(reached) == {"A": (None, None), "B": (1, 2)}
    schools = measures.ei_index(now, **ADVICE, groups="school", by="level", scope="network")
    assert {row.part for row in schools} >= {"resource_persons"}


@pytest.mark.parametrize(("member", "built"), [("x", 0.0), ("guest", 1.0)])
def test_leader_of_learning_centre(member: str, built: float) -> None:
    """B's coach, who is principal elsewhere, does not lead B's centre; a guest comes as they are."""
    organisation = two_schools(
        persons=[Person(p) for p in (*PEOPLE, "guest", "more")],
        positions=[
            *POSITIONS,
            Position("guest", "A", "principal"),
            Position("more", "B", "teacher"),
            Position("tb", "B", "reading_coach"),
        ],
        communities=[Community("c", "learning_centre", None, "B")],
        memberships=[Membership("c", p) for p in ("tb", "more", member)],
        qualifications=[Qualification("tb", "coach_training")],
    )
    found = measures.learning_centre_build_up(
        snapshot(organisation), functions=("reading_coach",)
    ).main
    assert found is not None
    assert found.numerator == built


def related(units: dict[str, str | None], one: str | None, other: str | None) -> bool:
    """Whether one unit is the other, or above or below it, by walking up from both."""
    ways = []
    for unit in (one, other):
        way, step = [], unit
        while step is not None:
            way.append(step)
            step = units[step]
        ways.append(way)
    return one in ways[1] or other in ways[0]


@given(snapshots(), st.data())
def test_positions_at_a_unit_are_found_row_by_row(now: Snapshot, data: st.DataObject) -> None:
    """Each person's own positions around a unit are found, or all of them where there is none."""
    ids = now.units.column("id").categories
    persons = np.array(data.draw(st.lists(st.integers(0, len(now.person_ids) - 1))), np.int64)
    units = np.array([data.draw(st.integers(-1, len(ids) - 1)) for _ in persons], np.int64)
    parents = {unit.id: unit.parent for unit in now.units}
    expected = []
    for place, (person, unit) in enumerate(zip(persons, units, strict=True)):
        mine = [r for r, p in enumerate(now.positions) if p.person == now.person_ids[person]]
        near = [r for r in mine if unit < 0 or related(parents, ids[unit], now.positions[r].unit)]
        expected += [(place, row) for row in near or mine]
    found = zip(*(side.tolist() for side in find_positions_at(now, persons, units)), strict=True)
    assert sorted(found) == sorted(expected)


@given(organisations(), st.sampled_from(["advice", "collaboration"]))
def test_vertical_contact_by_position(organisation: Organisation, relation: str) -> None:
    """Pairs of levels and those in contact are what a walk over positions and ties gives."""
    now = snapshot(organisation, Period())
    layer = now.layer(relation)
    nodes = [now.person_ids[person] for person in layer.persons]
    told = {(nodes[i], nodes[j]) for i, j in zip(*layer.symmetrise_ties().list_arcs(), strict=True)}
    there = met = 0
    words = now.vocabulary

    def people(level: str, school: str) -> set[str]:
        everywhere = words.levels[level].municipal
        return {
            p.person
            for p in now.positions
            if words.roles[p.role].level == level
            and p.person in nodes
            and (everywhere or now.nearest(p.unit, "school") == school)
        }

    for school in [unit.id for unit in now.units if unit.kind == "school"]:
        for upper, lower in pairwise(words.required_levels):
            pairs = {(a, b) for a in people(upper, school) for b in people(lower, school) if a != b}
            there += bool(pairs)
            met += bool(pairs & told)
    result = measures.vertical_connectedness(now, relation=relation)
    assert result.evidence == {"level_pairs": there}
    if result.main is not None and result.main.numerator is not None:
        assert (result.main.numerator, result.main.denominator) == (met, there)


@given(snapshots())
def test_anchoring_is_open_where_no_position_is(now: Snapshot) -> None:
    """A level below the municipality's has people at a school if a position there says so."""
    for figure in measures.level_anchoring(now, by="school"):
        level = now.vocabulary.levels.get(figure.figure or "")
        if level is None or level.municipal or figure.part is None or not len(now.memberships):
            continue
        held = any(
            now.vocabulary.roles[p.role].level == figure.figure
            and now.nearest(p.unit, "school") == figure.part
            and now.counted[now.person_ids.index(p.person)]
            for p in now.positions
        )
        assert held or figure.value in {None, 1.0}
        assert held or figure.upper == 1.0
        assert not held or figure.value is not None


def test_positions_are_counted_once_in_each_group() -> None:
    """Groups of positions have the labels of groups of people, and every position."""
    now = snapshot(two_schools())
    rows = split_positions(now, "school")
    assert {label: len(found) for label, found in rows.items()} == {"A": 2, "B": 3}
    assert split_positions(snapshot(Organisation.of(persons=[Person("a")])), "level") == {}


def arrays(value: Any, seen: dict[int, Any]) -> Any:
    """Every array in a value, wherever it is kept."""
    if id(value) in seen:
        return
    seen[id(value)] = value
    if isinstance(value, np.ndarray):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from arrays(inner, seen)
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from arrays(inner, seen)
    elif type(value).__module__.startswith(("plfkit.", "scipy.sparse")):
        names = [*getattr(type(value), "__attrs_attrs__", ())]
        inner = [getattr(value, name.name) for name in names] or list(vars(value).values())
        yield from arrays(inner, seen)


def test_no_array_of_a_snapshot_can_be_written() -> None:
    """What one measure is given another cannot have changed."""
    now = snapshot(two_schools("ta-x"))
    views = ("staff", "assigned", "position_levels", "position_persons", "position_ranks")
    found = [*arrays([now, now.layer("advice"), *(getattr(now, name) for name in views)], {})]
    found += [*arrays(now.restricted(["x", "ta"]), {})]
    assert len(found) > 100
    for array in found:
        assert not array.flags.writeable
    with pytest.raises(ValueError, match="read-only"):
        now.counted[...] = False
