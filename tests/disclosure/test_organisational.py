"""Figures of units and communities: what is told of a level of few people."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from plfkit import Result, measures, release
from plfkit.model.declared.declarations import PrivacyFloor
from plfkit.model.records.tables import Table
from plfkit.model.results.figures import Figure
from plfkit.model.words.reasons import Reason
from plfkit.testing import build_moment

NOW = build_moment(
    positions=["ann,bo,cy s teacher"],
    communities=["t team unit=s"],
    memberships=["t ann,bo,cy"],
    surveys=["q scale date=2018-11-01"],
    answers=["q weeks_between_meetings 4 community=t"],
)
COUNTED = measures.own_communities(NOW)
AT = ("s", "pedagogical_staff")


def tell(people: int, k: int, least: int, most: int) -> tuple[float | None, ...]:
    """Return what is told of a level of so many people, on which so many communities stand."""
    figure = Figure(part=AT[0], figure=AT[1], lower=least, upper=most)
    figure = (
        evolve(figure, value=least) if least == most else evolve(figure, reason="not_registered")
    )
    assert COUNTED.facts is not None
    result = evolve(
        COUNTED,
        figures=Table.of(Figure, [figure]),
        facts=evolve(COUNTED.facts, heads={AT: people}),
    )
    (left,) = release(result, PrivacyFloor(k=k, statistics=max(15, k))).content
    assert (left.n, left.numerator, left.denominator) == (None, None, None)
    return left.value, left.lower, left.upper


@given(st.integers(0, 60), st.integers(3, 20), st.integers(1, 40), st.integers(1, 40))
def test_few_people(people: int, k: int, one: int, other: int) -> None:
    """Of fewer than 2k - 1 people any two numbers of communities leave as the same."""
    same = tell(people, k, one, one) == tell(people, k, other, other)
    assert same == (one == other or people < 2 * k - 1)
    assert tell(people, k, 0, 0) == (0, 0, 0)
    assert tell(people, k, one, one)[1] == (one if people >= 2 * k - 1 else 1)


@given(st.integers(0, 60), st.integers(3, 20), st.integers(0, 5), st.integers(1, 5))
def test_unsure_counts(people: int, k: int, least: int, more: int) -> None:
    """Of few people it is told too only whether there is one for certain; how many there may be is not."""
    told = tell(people, k, least, least + more)
    few = people < 2 * k - 1
    assert told == (None, min(least, 1) if few else least, None if few else least + more)


def test_at_least_one() -> None:
    """Three teachers have a team: that is told, and not how many they have."""
    rows = {(row.part, row.figure): row for row in release(COUNTED, PrivacyFloor()).content}
    told = rows[AT]
    assert (told.value, told.lower, told.upper, told.reason) == (None, 1, None, Reason.BAND)
    exact = rows[None, "pedagogical_staff"]
    assert (exact.value, exact.reason) == (0, None)


@pytest.mark.parametrize(
    "result",
    [
        measures.steady_rhythm(NOW, by="school"),
        measures.steady_rhythm(NOW, by="school", basis="self_assessed"),
        measures.own_communities(NOW, basis="learning"),
    ],
    ids=lambda one: f"{one.measure} {one.variant}",
)
def test_what_communities_said(result: Result) -> None:
    """What the few communities of a school said of themselves is not told school by school."""
    left = release(result, PrivacyFloor()).content
    assert {row.reason for row in left} == {Reason.WITHHELD}
    assert left.rests_on == ()


def test_logs_are_public() -> None:
    """How often they met, and whether logs are complete, is told of every school."""
    rhythm = measures.steady_rhythm(NOW, by="school", basis="active")
    data = measures.registered_data(NOW)
    told = release(rhythm, data, floor=PrivacyFloor())
    assert [row.reason for row in told.contents[0]] == ["not_registered"]
    members, logs = told.contents[1]
    assert (members.reason, logs.value) == (Reason.WITHHELD, 0)  # of the three who work there
