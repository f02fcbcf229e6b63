"""Every indicator with a direction goes that way when things go better, whatever the data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from itertools import chain, product
from typing import Any

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from improvements import IMPROVEMENTS, improve
from searching import search

from plfkit import Organisation, Profile, load_profile, snapshot
from plfkit.measures import CORE
from plfkit.model.declared.declarations import Indicator
from plfkit.model.results.figures import Figure
from plfkit.synthetic import municipality

pytestmark = pytest.mark.slow

NAMES = ("vejle", "middelfart", "langeland")
YEAR = "2018/19"
SLACK = 1e-9
SEEDS = st.integers(min_value=0, max_value=9_999)
DIRECTED = [
    pytest.param(name, key, id=f"{name}-{key}")
    for name in NAMES
    for key, indicator in load_profile(name).indicators.items()
    if indicator.direction is not None
]
THINNED = ("memberships", "participations", "qualifications", "ties")


@cache
def profile_of(name: str) -> Profile:
    """Return an installed profile."""
    return load_profile(name)


@cache
def small(name: str) -> Organisation:
    """Return an example of two schools that fits a profile."""
    return municipality(profile_of(name), schools=2)


def thinned(name: str, keep: float, seed: int, *, logged: float = 1.0) -> Organisation:
    """Leave some rows of an example out, so that there is room for doing better."""
    organisation, chance = small(name), np.random.default_rng(seed)
    tables = dict(organisation.tables)
    for table, part in [*((table, keep) for table in THINNED), ("registrations", logged)]:
        tables[table] = tables[table].take(chance.random(len(tables[table])) < part)
    return evolve(organisation, tables=tables)


def chooser(seed: int) -> Callable[[Sequence[Any]], Any]:
    """Return what chooses one of several things, by chance."""
    chance = np.random.default_rng(seed)
    return lambda things: things[int(chance.integers(len(things)))]


def figures(organisation: Organisation, indicator: Indicator) -> dict[str | None, Figure]:
    """Return an indicator's figure, or that of each part if there is none for the whole."""
    measure, now = CORE[indicator.measure], snapshot(organisation, YEAR)
    moments = measure.choose_moments(now, lambda period: snapshot(organisation, period))
    result = measure(moments, indicator.arguments)
    return {row.part: row for row in ([*result] if result.main is None else [result.main])}


def gains(
    indicator: Indicator, before: dict[str | None, Figure], after: Organisation
) -> dict[str | None, list[list[float]]]:
    """Return by how much each figure's value, lower and upper end went its indicator's way.

    A cell that was not there, or is gone, has nothing.
    """
    sign, later = 1 if indicator.direction == "up" else -1, figures(after, indicator)

    def went(cell: str, one: Figure, other: Figure) -> list[float]:
        ends = getattr(one, cell), getattr(other, cell)
        return [] if None in ends else [sign * (ends[1] - ends[0])]

    return {
        part: [
            went(cell, earlier, later.get(part, Figure())) for cell in ("value", "lower", "upper")
        ]
        for part, earlier in before.items()
        if earlier.value is not None or earlier.lower is not None
    }


def test_every_direction_is_known() -> None:
    """An indicator with a direction that nothing here improves would go untested."""
    directed = {
        indicator.measure
        for name in NAMES
        for indicator in profile_of(name).indicators.values()
        if indicator.direction is not None
    }
    assert directed == set(IMPROVEMENTS)


@pytest.mark.parametrize(("name", "key"), DIRECTED)
@search(10)
@given(keep=st.sampled_from([1.0, 0.6, 0.2]), logged=st.sampled_from([1.0, 0.8]), seed=SEEDS)
def test_better_is_never_worse(name: str, key: str, keep: float, logged: float, seed: int) -> None:
    """One thing that goes better never moves the figure the other way, nor takes it away.

    Where some did not answer or logs have gaps it may decide whom the value is about, or whether there
    is one; then both ends of the range tell.
    """
    indicator = profile_of(name).indicators[key]
    organisation = thinned(name, keep, seed, logged=logged)
    better = improve(
        organisation,
        YEAR,
        indicator.measure,
        indicator.arguments,
        chooser(seed),
    )
    for value, *ends in gains(indicator, figures(organisation, indicator), better).values():
        told = [value] if value and value[0] >= -SLACK else ends
        assert all(told)
        assert min(chain.from_iterable(told)) >= -SLACK


@pytest.mark.parametrize("measure", IMPROVEMENTS)
def test_better_and_better_is_better(measure: str) -> None:
    """Things that go better move the figure sooner or later, so the property above says something."""
    asked = [
        (name, indicator)
        for name in NAMES
        for indicator in profile_of(name).indicators.values()
        if indicator.measure == measure and indicator.direction is not None
    ]
    starts = product(asked, (0.6, 1.0, 0.2, 0.05), range(3))
    assert any(moves(name, indicator, keep, seed) for (name, indicator), keep, seed in starts)


def moves(name: str, indicator: Indicator, keep: float, seed: int) -> bool:
    """Tell whether some improvements move an indicator from where it starts."""
    organisation, pick = thinned(name, keep, seed), chooser(seed)
    start = figures(organisation, indicator)
    for _ in range(10):
        for _ in range(4):
            organisation = improve(organisation, YEAR, indicator.measure, indicator.arguments, pick)
        cells = chain.from_iterable(gains(indicator, start, organisation).values())
        if any(gain > SLACK for gain in chain.from_iterable(cells)):
            return True
    return False
