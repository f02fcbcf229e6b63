"""Rounds and stays: of one, and of many side by side."""

from __future__ import annotations

from collections.abc import Collection
from itertools import chain, combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plfkit.arrays import Numbers
from plfkit.goals.visits import (
    count_certain_rounds,
    count_rounds,
    measure_longest_stays,
)

FEW = st.sets(st.integers(0, 200), max_size=5)


def days(*numbers: Collection[int]) -> tuple[Numbers, Numbers]:
    """Return the days of the first, of the second and so on, beside whose they are."""
    whose = [number for number, own in enumerate(numbers) for _ in set(own)]
    return np.array(whose, np.int64), np.array(
        [day for own in numbers for day in sorted(set(own))], np.int64
    )


@given(FEW, FEW)
def test_fewest_rounds(sure: set[int], maybe: set[int]) -> None:
    """However many of the days that may count do, there are no fewer rounds, and sometimes as few."""
    subsets = chain.from_iterable(combinations(maybe, n) for n in range(len(maybe) + 1))
    possible = [count_rounds(*days(sure | set(more)), 1).item() for more in subsets]
    found = count_certain_rounds(*days(sure), days(maybe)[1], 1)
    assert found.tolist() == [min(possible) if sure else 0]


@pytest.mark.parametrize(
    ("sure", "maybe", "rounds"),
    [({0, 30}, set(), 1), ({0, 31}, set(), 2), ({0, 60}, {30}, 1), ({0, 61}, {30}, 2)],
)
def test_thirty_days(sure: set[int], maybe: set[int], rounds: int) -> None:
    """Thirty days apart are one round, 31 are two, and so from one visit that may have been to the next."""
    assert count_certain_rounds(*days(sure), days(maybe)[1], 1).tolist() == [rounds]


@given(FEW, FEW)
def test_one_more_visit_is_one_more_round_at_most(sure: set[int], maybe: set[int]) -> None:
    """The most rounds are those of the certain days, and one for each other day."""
    most = count_rounds(*days(sure), 1) + len(maybe - sure)
    assert count_rounds(*days(sure | maybe), 1) <= most


@pytest.mark.parametrize(
    ("visits", "rounds"), [((), 0), ((3,), 1), ((3, 33), 1), ((3, 34), 2), ((3, 34, 20), 1)]
)
def test_rounds_are_more_than_thirty_days_apart(visits: tuple[int, ...], rounds: int) -> None:
    """Visits 31 days apart are of two rounds, unless one between makes them one."""
    assert count_rounds(*days(visits), 1).tolist() == [rounds]


@pytest.mark.parametrize(
    ("noted", "length"),
    [((), 0), ((9,), 1), ((9, 10, 11, 12, 13, 16, 17, 18), 10), ((9, 16, 17), 9), ((1, 9, 10), 2)],
)
def test_stays_are_from_the_first_day_to_the_last(noted: tuple[int, ...], length: int) -> None:
    """A weekend belongs to the stay; what lies more than a week apart is another stay."""
    assert measure_longest_stays(*days(noted), 1).tolist() == [length]


@given(st.lists(FEW, min_size=1, max_size=4), FEW)
def test_side_by_side_is_one_by_one(visits: list[set[int]], maybe: set[int]) -> None:
    """What many have, counted together, each has alone, whoever stands beside them."""
    others, size = days(maybe)[1], len(visits)
    alone = [days(own) for own in visits]
    for found, each in (
        (count_rounds(*days(*visits), size), [count_rounds(*own, 1) for own in alone]),
        (
            count_certain_rounds(*days(*visits), others, size),
            [count_certain_rounds(*own, others, 1) for own in alone],
        ),
        (
            measure_longest_stays(*days(*visits), size),
            [measure_longest_stays(*own, 1) for own in alone],
        ),
    ):
        assert found.tolist() == np.concatenate(each).tolist()
