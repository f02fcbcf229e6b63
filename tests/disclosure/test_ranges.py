"""What is told of a figure never denies what it could be had everybody answered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from searching import search
from staffing import Staff, name_people

from plfkit import Organisation, Result, Snapshot, measures, read, release, snapshot
from plfkit.errors import PlfkitError
from plfkit.measures import CORE
from plfkit.measures.engine.arguments import read_keywords
from plfkit.model.declared.declarations import PrivacyFloor
from plfkit.model.results.figures import Figure
from plfkit.testing import build_moment

FLOOR = PrivacyFloor()
ROUNDED = 0.0006
STAFF = Staff({"a": (0, 2, 20), "b": (0, 2, 18)}, office=1)
OF_TIES: dict[str, dict[str, Any]] = {
    "density": {},
    "reciprocity": {},
    "transitivity": {},
    "group_reach": {"target": "maths_coach"},
    "block_density": {"groups": "school"},
}
GROUPINGS = (None, "school", "level")


def list_denied(result: Result) -> list[tuple[Figure, Figure]]:
    """Return the figures that are told with ends that leave out a part of their range.

    Anchoring is told of each unit's own communities where few people are: that is another figure.
    """
    if result.facts is not None and result.facts.places is not None:
        return []
    own = {(row.part, row.from_, row.to, row.figure): row for row in result}
    (told,) = release(result, floor=FLOOR)
    pairs = [(own.get((one.part, one.from_, one.to, one.figure)), one) for one in told]
    return [(was, one) for was, one in pairs if was is not None and denies_range(was, one)]


def denies_range(own: Figure, told: Figure) -> bool:
    """Tell whether the ends that are told of a figure leave out a part of its range."""
    ends = [(told.lower, own.lower), (own.upper, told.upper)]
    return any(
        least is not None and most is not None and least > most + ROUNDED for least, most in ends
    )


def measure_in_all_groups(now: Snapshot, name: str, **arguments: Any) -> Iterator[Result]:
    """Yield a measure of the whole, of schools and of levels, as far as it can be measured."""
    groupable = "by" in read_keywords(CORE[name].function) and "by" not in arguments
    for by in GROUPINGS if groupable else (None,):
        more = arguments if by is None else {**arguments, "by": by}
        try:
            yield getattr(measures, name)(now, **more)
        except PlfkitError:
            continue


@pytest.fixture(scope="module")
def example() -> Organisation:
    """The example municipality, of whose staff nine did not answer."""
    return read("docs/examples/example_municipality")


@pytest.mark.parametrize("name", [one.name for one in CORE])
def test_catalogue(name: str, example: Organisation) -> None:
    """No measure of the example municipality is told such that its range is denied."""
    now = snapshot(example, "2018/19")
    for result in measure_in_all_groups(now, name, **CORE[name].about.example):
        assert list_denied(result) == [], (name, result.by)


@st.composite
def networks(draw: st.DrawFn) -> Snapshot:
    """Draw who answered at two schools, and ties so few or so many that figures lie near their ends."""
    people = [one for school in STAFF.schools for one in name_people(school, "t", 18)]
    silent = draw(st.sets(st.sampled_from(people), max_size=18))
    steps = draw(st.sets(st.integers(1, 17), max_size=17))
    asked = [one for one in people if one not in silent]
    ties = [
        f"{one} {people[(place + step) % len(people)]} advice survey=q"
        for place, one in enumerate(people)
        if one not in silent
        for step in steps
    ]
    return build_moment(
        units=["v municipality", *(f"{school} school parent=v" for school in STAFF.schools)],
        positions=STAFF.positions,
        surveys=["q network relation=advice date=2018-11-01"],
        responses=[f"q {','.join(asked)} yes", *([f"q {','.join(silent)} no"] if silent else [])],
        ties=ties,
    )


@search(25)
@given(networks())
def test_networks(now: Snapshot) -> None:
    """However few or many ties there are, and whoever answered, no range is denied."""
    for name, more in OF_TIES.items():
        for result in measure_in_all_groups(now, name, relation="advice", **more):
            assert list_denied(result) == [], (name, result.by)
