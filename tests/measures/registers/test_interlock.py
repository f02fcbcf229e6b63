"""Where levels, sides of a transition and professions meet, by definitions spelt out."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plfkit import (
    Community,
    Membership,
    Organisation,
    Person,
    Position,
    Snapshot,
    Unit,
    measures,
    snapshot,
)
from plfkit.errors import MeasureError, UnknownGroupError
from plfkit.model.records.rows import Focus, Pathway
from plfkit.testing import build_moment

UNITS = {"town": ("municipality", None), "office": ("administration_unit", "town")}
SCHOOLS = ("nord", "syd")
LEVELS = {
    "consultant": "administration",
    "principal": "school_leadership",
    "reading_coach": "resource_persons",
    "teacher": "pedagogical_staff",
    "pedagogue": "pedagogical_staff",
}
ORDER = ("administration", "school_leadership", "resource_persons", "pedagogical_staff")
PEOPLE = "abcdefg"
ENOUGH = 3

Held = dict[str, tuple[tuple[str, str], ...]]
Sat = list[tuple[str, str, frozenset[str]]]


POSITIONS = st.dictionaries(
    st.sampled_from(PEOPLE),
    st.lists(
        st.tuples(st.sampled_from(SCHOOLS), st.sampled_from(sorted(LEVELS))),
        min_size=1,
        max_size=2,
        unique=True,
    ).map(tuple),
    min_size=1,
)
COMMUNITIES = st.lists(
    st.tuples(
        st.sampled_from(["team", "network", "leadership_team"]),
        st.sampled_from(SCHOOLS),
        st.frozensets(st.sampled_from(PEOPLE), min_size=1),
    ),
    min_size=1,
    max_size=3,
)


def build(held: Held, sat: Sat) -> Organisation:
    """Write down two schools: who holds what where, and who sits in what."""
    there = [(kind, unit, members & set(held)) for kind, unit, members in sat]
    return Organisation.of(
        units=[
            *(Unit(name, kind, None, parent) for name, (kind, parent) in UNITS.items()),
            *(Unit(name, "school", None, "town") for name in SCHOOLS),
        ],
        persons=[Person(name) for name in held],
        positions=[Position(name, *place) for name, places in held.items() for place in places],
        communities=[Community(f"c{n}", k, None, u) for n, (k, u, _) in enumerate(there)],
        memberships=[Membership(f"c{n}", m) for n, (*_, who) in enumerate(there) for m in who],
        pathways=[Pathway("nord", "syd", "7", 20), Pathway("syd", "nord", "1", 10)],
    )


def counting(held: Held, sat: Sat) -> list[tuple[str, str, frozenset[str]]]:
    """The communities that have enough members of the data: three, or two who lead there."""
    there = [(kind, unit, members & frozenset(held)) for kind, unit, members in sat]

    def enough(kind: str, unit: str, members: frozenset[str]) -> bool:
        leaders = sum(leads(held[name], unit) for name in members)
        few = kind == "leadership_team" or leaders > 1
        return len(members) >= (2 if few else ENOUGH)

    return [one for one in there if enough(*one)]


def leads(places: tuple[tuple[str, str], ...], school: str) -> bool:
    """Tell whether somebody leads a school, or leads elsewhere and has no position there."""
    here = [role for unit, role in places if unit == school]
    return "principal" in (here or [role for _, role in places])


def on(held: Held, level: str, school: str) -> set[str]:
    """The people of a level at a school; those of the administration are everywhere."""
    return {
        name
        for name, places in held.items()
        for unit, role in places
        if LEVELS[role] == level and (unit == school or level == ORDER[0])
    }


ON_BOTH: Held = {
    "a": (("nord", "principal"), ("nord", "reading_coach")),
    "b": (("nord", "reading_coach"),),
    "c": (("syd", "teacher"),),
    "d": (("syd", "teacher"),),
}
"""A leader who coaches too: alone in a team with people of another school they meet nobody."""


@example(held=ON_BOTH, sat=[("team", "nord", frozenset("acd"))])
@given(held=POSITIONS, sat=COMMUNITIES)
def test_levels_meet_where_a_community_has_one_of_each(held: Held, sat: Sat) -> None:
    """Two different people of adjacent levels in one community that is no leadership team."""
    now = snapshot(build(held, sat))
    expected: dict[str, list[bool]] = {}
    for school in SCHOOLS:
        for upper, lower in pairwise(ORDER):
            above, below = on(held, upper, school), on(held, lower, school)
            if above and below and len(above | below) > 1:
                met = any(
                    any(a != b for a in above & who for b in below & who)
                    for kind, _, who in counting(held, sat)
                    if kind != "leadership_team"
                )
                expected.setdefault(school, []).append(met)
    (whole,) = measures.level_interlock(now)
    pairs = [met for found in expected.values() for met in found]
    if not len(now.memberships):
        assert whole.reason == "not_registered"
        return
    assert whole.value == (sum(pairs) / len(pairs) if pairs else None)
    assert (whole.lower, whole.upper) == (whole.value, whole.value)
    assert whole.n is None
    by_school = {row.part: row for row in measures.level_interlock(now, by="school")}
    for school in SCHOOLS:
        own = expected.get(school, [])
        assert by_school[school].value == (sum(own) / len(own) if own else None)


@given(held=POSITIONS, sat=COMMUNITIES)
def test_spanned_transition(held: Held, sat: Sat) -> None:
    """Whoever works on both sides brings nobody together; both ways are the same two schools."""
    now = snapshot(build(held, sat))
    at = {s: {n for n, places in held.items() if s in {u for u, _ in places}} for s in SCHOOLS}
    only = at["nord"] - at["syd"], at["syd"] - at["nord"]
    spanned = any(all(len(side & who) > 1 for side in only) for *_, who in counting(held, sat))
    for weighted in (False, True):
        (figure,) = measures.shared_communities_at_transitions(now, weighted=weighted)
        if len(now.memberships):
            assert (figure.value, figure.lower, figure.upper) == (spanned,) * 3
        else:
            assert figure.reason == "not_registered"


@given(held=POSITIONS, sat=COMMUNITIES)
def test_professions_with_others(held: Held, sat: Sat) -> None:
    """A pedagogue sits beside a teacher who is another person."""
    single = {name: places[:1] for name, places in held.items()}
    now = snapshot(build(single, sat))
    roles = {name: places[0][1] for name, places in single.items()}
    asked = [name for name, role in roles.items() if role == "pedagogue"]
    beside = [
        name
        for name in asked
        if any(
            name in who and any(roles[other] == "teacher" for other in who)
            for *_, who in counting(single, sat)
        )
    ]
    (figure,) = measures.mixed_membership(now, role="pedagogue", beside="teacher")
    if not asked:
        assert figure.reason == "no_staff"
    elif len(now.memberships):
        assert figure.value == len(beside) / len(asked)
        assert figure.n == len(asked)


FRAMES = st.lists(
    st.tuples(st.sampled_from([True, False, None]), st.booleans(), st.booleans()),
    min_size=1,
    max_size=4,
)


@given(frames=FRAMES)
def test_a_frame_is_a_charter_a_focus_and_a_name(
    frames: list[tuple[bool | None, bool, bool]],
) -> None:
    """The range goes over all that blanks could hide; a focus that is blank counts as none."""
    figures = {row.figure: row for row in measures.framing(framed(frames))}
    least = [bool(charter) and focus and role for charter, focus, role in frames]
    most = [charter is not False and role for charter, _, role in frames]
    total = figures["total"]
    ends = sum(least) / len(frames), sum(most) / len(frames)
    assert (total.lower, total.upper) == pytest.approx(ends)
    said = [n for n, (charter, *_) in enumerate(frames) if charter is not None]
    if any(focus for _, focus, _ in frames) and total.value is not None:
        told = range(len(frames)) if total.lower == total.upper else said
        assert total.value == pytest.approx(sum(least[n] for n in told) / len(told))
    assert figures["role"].value == sum(role for *_, role in frames) / len(frames)
    focused = sum(focus for _, focus, _ in frames)
    assert figures["focus"].value == (focused / len(frames) if focused else None)


@pytest.mark.parametrize(
    ("roles", "value", "ends", "needs"),
    [
        (["t ann,bo,cy", "u ann,bo,cy"], None, (0, 1), ["memberships"]),
        (["t ann role=coordinator", "t bo,cy", "u ann,bo,cy"], 0.5, (0.5, 0.5), []),
        (["t,u ann role=member", "t,u bo,cy"], 0.0, (0, 0), []),
    ],
)
def test_roles_that_nobody_wrote(
    roles: list[str], value: float | None, ends: tuple[float, float], needs: list[str]
) -> None:
    """Of a list with names alone it is not known who coordinates; where roles are written a blank is none."""
    now = build_moment(communities=["t,u team focus=reading charter=yes"], memberships=roles)
    result = measures.framing(now)
    figures = {row.figure: row for row in result}
    for name in ("total", "role"):
        row = figures[name]
        assert (row.value, row.lower, row.upper) == (value, *ends)
    assert [*map(str, result.needs)] == needs


def framed(frames: list[tuple[bool | None, bool, bool]]) -> Snapshot:
    """Return a school with one community for each frame, of the same three people."""
    return snapshot(
        Organisation.of(
            units=[Unit("s", "school")],
            persons=[Person(name) for name in "abc"],
            positions=[Position(name, "s", "teacher") for name in "abc"],
            focuses=[Focus("f")],
            communities=[
                Community(f"c{n}", "team", None, "s", "f" if focus else None, charter=charter)
                for n, (charter, focus, _) in enumerate(frames)
            ],
            memberships=[
                Membership(f"c{n}", name, "coordinator" if role and name == "a" else "member")
                for n, (*_, role) in enumerate(frames)
                for name in "abc"
            ],
        )
    )


def test_a_focus_is_shared_with_a_community_elsewhere() -> None:
    """The same word whatever its case, or a wider focus in common; never one of the own school."""
    schools = {"a": "nord", "b": "syd", "c": "nord", "d": "nord", "e": "syd"}
    focuses = {"a": "Læsning", "b": "læsning", "c": "trivsel", "d": "tal", "e": "brøker"}
    organisation = Organisation.of(
        units=[Unit("nord", "school"), Unit("syd", "school")],
        persons=[Person(name) for name in "xyz"],
        positions=[Position(name, "nord", "teacher") for name in "xyz"],
        focuses=[
            Focus("matematik"),
            *(Focus(word) for word in ("Læsning", "læsning", "trivsel")),
            *(Focus(word, parent="matematik") for word in ("tal", "brøker")),
        ],
        communities=[Community(n, "team", None, schools[n], focuses[n]) for n in schools],
        memberships=[Membership(name, person) for name in schools for person in "xyz"],
    )
    now = snapshot(organisation)
    (figure,) = measures.shared_focus(now)
    assert (figure.value, figure.lower, figure.upper) == (4 / 5, 4 / 5, 4 / 5)
    (alone,) = measures.shared_focus(now, across="municipality")
    assert alone.reason == "one_unit"


@pytest.mark.parametrize(
    ("name", "arguments", "error"),
    [
        ("level_interlock", {"per": "scool"}, UnknownGroupError),
        ("level_interlock", {"without": ("teem",)}, UnknownGroupError),
        ("leaders_in_teams", {"level": "leaders"}, UnknownGroupError),
        ("leaders_in_teams", {"basis": "learnt"}, MeasureError),
        ("mixed_membership", {"role": "pedagog", "beside": "teacher"}, UnknownGroupError),
        ("mixed_membership", {"role": "pedagogue", "beside": "teachr"}, UnknownGroupError),
        ("framing", {"roles": ("boss",)}, UnknownGroupError),
        ("shared_communities_at_transitions", {"at_least": 0}, MeasureError),
        ("shared_focus", {"across": "scool"}, UnknownGroupError),
        ("structured_membership", {"of": "everybody"}, MeasureError),
    ],
)
def test_slips_are_refused(name: str, arguments: dict[str, Any], error: type[Exception]) -> None:
    """A word that means nothing is told, not taken for an empty group."""
    held: Held = dict.fromkeys("abc", (("nord", "teacher"),))
    now = snapshot(build(held, [("team", "nord", frozenset("abc"))]))
    with pytest.raises(error):
        measures.CORE[name](now, arguments)


def test_no_units_have_no_levels_that_meet() -> None:
    """Where there is no school, and no unit at all, there is no pair of levels, be it the municipality's."""
    now = build_moment(persons=["ann", "bo"], memberships=["t ann,bo"])
    [figure] = measures.level_interlock(now)
    assert (figure.value, figure.reason) == (None, "empty_group")
