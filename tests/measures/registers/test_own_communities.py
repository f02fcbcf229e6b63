"""Own communities: counted by hand, school by school and level by level."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plfkit import Snapshot, measures
from plfkit.errors import UnknownGroupError
from plfkit.model.words.reasons import Reason
from plfkit.testing import build_moment

TEACHERS: dict[str, tuple[str, ...]] = {
    "s": ("ann", "bo", "cy", "di"),
    "t": ("eva", "fie", "gro", "hal"),
}
LEADERS: dict[str, tuple[str, ...]] = {"s": ("pia", "per"), "t": ("pil", "pan")}
EVERYBODY = [person for of in (TEACHERS, LEADERS) for people in of.values() for person in people]


def build_schools(*communities: tuple[str | None, set[str]]) -> Snapshot:
    """Return a moment of two schools and some teams, each of a school or of none, with its members."""
    return build_moment(
        positions=[
            *(f"{','.join(people)} {school} teacher" for school, people in TEACHERS.items()),
            *(f"{','.join(people)} {school} principal" for school, people in LEADERS.items()),
        ],
        communities=[
            f"c{number} team" + (f" unit={unit}" if unit else "")
            for number, (unit, _) in enumerate(communities)
        ],
        memberships=[
            f"c{number} {','.join(sorted(members))}"
            for number, (_, members) in enumerate(communities)
            if members
        ],
    )


def count_by_hand(
    communities: list[tuple[str | None, set[str]]],
    unit: str | None,
    those: dict[str, tuple[str, ...]],
    least: int,
) -> int:
    """Count the teams of a unit with enough members of some sort, guests of the other school too."""
    people = {one for some in those.values() for one in some}
    return sum(own == unit and len(members & people) >= least for own, members in communities)


@given(
    st.lists(
        st.tuples(st.sampled_from(["s", "t", None]), st.sets(st.sampled_from(EVERYBODY))),
        min_size=1,
        max_size=5,
    ).filter(lambda all_: any(members for _, members in all_))
)
def test_brute_force(communities: list[tuple[str | None, set[str]]]) -> None:
    """Three teachers make a community of teachers, two leaders one of leaders, each where it belongs."""
    now = build_schools(*communities)
    rows = {(row.part, row.figure): row.value for row in measures.own_communities(now)}
    for unit in ("s", "t", None):
        for level, those, least in (
            ("pedagogical_staff", TEACHERS, 3),
            ("school_leadership", LEADERS, 2),
        ):
            assert rows[unit, level] == count_by_hand(communities, unit, those, least)


def test_levels_of_the_municipality() -> None:
    """The administration's communities stand in the municipality's row alone, wherever they belong."""
    now = build_moment(
        units=["v municipality", "s school parent=v"],
        positions=["ole,oda,ib v consultant", "ann s teacher"],
        communities=["a learning_community"],
        memberships=["a ole,oda,ib"],
    )
    rows = {(row.part, row.figure): row.value for row in measures.own_communities(now)}
    assert rows[None, "administration"] == 1
    assert not any(level == "administration" for part, level in rows if part)


def test_nothing_registered() -> None:
    """Without any membership it is not known how many communities there are."""
    now = build_moment(positions=["ann s teacher"])
    assert {row.reason for row in measures.own_communities(now)} == {Reason.NOT_REGISTERED}


def test_no_schools() -> None:
    """Without schools every community spans them."""
    now = build_moment(
        units=["h daycare"],
        positions=["ann,bo,cy h teacher"],
        communities=["t team unit=h"],
        memberships=["t ann,bo,cy"],
    )
    rows = {(row.part, row.figure): row.value for row in measures.own_communities(now)}
    assert rows[None, "pedagogical_staff"] == 1
    assert {part for part, _ in rows} == {None}
    with pytest.raises(UnknownGroupError):
        measures.own_communities(now, by="skole")
