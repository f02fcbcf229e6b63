"""Figures that are no counts of people: which groups they are told of, and what of them."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve
from staffing import Staff, name_people

from plfkit import Result, Snapshot, measures, release
from plfkit.model.declared.declarations import PrivacyFloor
from plfkit.model.results.figures import Figure
from plfkit.testing import build_moment

FLOOR = PrivacyFloor()
STAFF = Staff({"a": (0, 0, 20), "b": (0, 0, 30), "c": (0, 0, 8)}, office=3)


def ask(answered: dict[str, int], staff: Staff = STAFF) -> Snapshot:
    """Return a moment in which so many of each school answered who they seek, each one colleague."""
    asked = {
        school: name_people(school, "t", counts[2]) for school, counts in staff.schools.items()
    }
    told = [person for school, count in answered.items() for person in asked[school][:count]]
    silent = [person for people in asked.values() for person in people if person not in told]
    ties = [
        f"{person} {asked[person[0]][(place + 1) % len(asked[person[0]])]} advice survey=q"
        for school in answered
        for place, person in enumerate(asked[school][: answered[school]])
    ]
    return build_moment(
        units=["v municipality", *(f"{school} school parent=v" for school in staff.schools)],
        positions=staff.positions,
        surveys=["q network relation=advice date=2018-11-01"],
        responses=[f"q {','.join(told)} yes", *([f"q {','.join(silent)} no"] if silent else [])],
        ties=ties,
    )


def list_figures(*results: Result) -> dict[Any, Figure]:
    """Return what is told of each group."""
    return {(r.by, row.part): row for r in release(*results, floor=FLOOR) for row in r}


def measure_density(now: Snapshot, by: str | None = None) -> Result:
    """Return the density of advice."""
    return measures.density(now, relation="advice", by=by)


def test_small_school() -> None:
    """A school of eight is not told of, the others are, and nobody's silence shows."""
    told = list_figures(measure_density(ask({"a": 15, "b": 22, "c": 6}), "school"))
    assert [row.reason for row in told.values()] == [None, None, "withheld"]
    row = told["school", "a"]
    assert (row.lower, row.upper, row.observed, row.response_rate) == (None, None, None, None)
    assert (row.numerator, row.denominator, row.n) == (None, None, 20)


def test_whole_with_its_range() -> None:
    """The range of the whole stays where the number who answered is told exactly."""
    row = list_figures(measure_density(ask({"a": 15, "b": 17, "c": 6})))[None, None]
    assert row.lower is not None
    assert row.response_rate == round(38 / 58, 3)


def test_nearly_all_answered() -> None:
    """That two did not answer does not show in any range or rate."""
    row = list_figures(measure_density(ask({"a": 20, "b": 28, "c": 8})))[None, None]
    assert row.value is not None
    assert (row.lower, row.upper, row.observed, row.response_rate) == (None, None, None, None)


@pytest.mark.parametrize("first", [None, "school"])
def test_few_beside_the_rest(first: str | None) -> None:
    """Where a whole has four people beside its schools, one of the two is not told."""
    staff = Staff({"a": (0, 0, 20), "b": (0, 0, 30), "c": (0, 0, 4)})
    now = ask({"a": 20, "b": 30, "c": 4}, staff)
    other = "school" if first is None else None
    told = list_figures(measure_density(now, first), measure_density(now, other))
    shown = {part for (_, part), row in told.items() if row.reason != "withheld"}
    assert shown in ({None, "a"}, {"a", "b"})


def test_nobody_asks_anybody() -> None:
    """That a school's people seek nobody is told as a band: of each of them it would be known."""
    now = ask({"a": 20, "b": 30, "c": 8})
    alone = measure_density(now, "school")
    rows = [evolve(row, value=0.0, numerator=0.0) for row in alone]
    empty = evolve(alone, figures=type(alone.figures).of(Figure, rows))
    row = list_figures(empty)["school", "a"]
    assert (row.value, row.lower, row.reason) == (None, 0, "band")
    assert row.upper is not None
    assert row.upper > 0


def test_blocks() -> None:
    """A group of four hides its ties, and one more group goes with it, or its own would follow."""
    staff = Staff({"a": (4, 10, 40)})
    now = build_moment(
        units=["v municipality", "a school parent=v"],
        positions=staff.positions,
        ties=["at001,at002,at003 at000 advice", "ac001,ac002 at000 advice", "ap001 ac001 advice"],
    )
    told = release(measures.block_density(now, relation="advice", groups="level"), FLOOR).content
    shown = {(row.from_, row.to) for row in told if row.reason != "withheld"}
    assert all("school_leadership" not in pair for pair in shown)
    assert all("resource_persons" not in pair for pair in shown)


def test_answers_of_few() -> None:
    """Of a group of which hardly anybody answered nothing is told."""
    told = list_figures(measure_density(ask({"a": 2, "b": 25, "c": 6}), "school"))
    assert told["school", "a"].reason == "withheld"
    assert told["school", "b"].reason is None
