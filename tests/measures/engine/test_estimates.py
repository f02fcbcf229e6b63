"""Estimates: held to their range, and to chance."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from plfkit.measures.engine.estimates import (
    Bounds,
    Estimate,
    compare_with_chance,
    estimate_interval,
    estimate_share,
    move_into_bounds,
)
from plfkit.model.results.figures import list_plain_cells
from plfkit.model.words.ranges import RangeKind


def test_moved_values() -> None:
    """A value outside its range goes to the nearest end and loses its counts; others keep theirs."""
    estimate = Estimate(
        value=np.array([0.2, 0.5, 0.9, np.nan]),
        reasons=[None, None, None, "no_ties"],
        numerator=np.array([1.0, 2.0, 9.0, np.nan]),
        denominator=np.array([5.0, 4.0, 10.0, np.nan]),
    )
    bounds = Bounds(np.array([0.3, 0.3, 0.3, 0.3]), np.array([0.8, 0.8, 0.8, 0.8]), RangeKind.EXACT)
    moved = move_into_bounds(estimate, bounds)
    assert moved.numerator is not None
    assert moved.denominator is not None
    assert_array_equal(moved.value, [0.3, 0.5, 0.8, np.nan])
    assert_array_equal(moved.numerator, [np.nan, 2, np.nan, np.nan])
    assert_array_equal(moved.denominator, [np.nan, 4, np.nan, np.nan])


def test_unknown_bounds_move_nothing() -> None:
    """An end that nobody knows is no end."""
    estimate = Estimate(value=np.array([0.2, 0.9]), reasons=[None, None])
    bounds = Bounds(np.array([np.nan, 0.1]), np.array([0.1, np.nan]), RangeKind.EXACT)
    assert_array_equal(move_into_bounds(estimate, bounds).value, [0.1, 0.9])


def test_chance_by_hand() -> None:
    """Of four draws two are as far up as 2 and three as far down; one figure was in no draw."""
    draws = np.array([[1.0, np.nan], [2.0, np.nan], [3.0, np.nan], [1.0, np.nan]])
    chance = compare_with_chance(np.array([2.0, 1.0]), draws)
    assert chance.p_greater is not None
    assert chance.p_less is not None
    assert chance.p_value is not None
    assert chance.expected[0] == 1.75
    assert chance.sd[0] == np.std([1, 2, 3, 1], ddof=1)
    assert (chance.p_greater[0], chance.p_less[0], chance.p_value[0]) == (0.6, 0.8, 1.0)
    assert np.isnan([chance.p_greater[1], chance.p_less[1], chance.p_value[1]]).all()
    assert chance.draws == 4


def test_chance_without_draws() -> None:
    """Without draws nothing is said of chance."""
    chance = compare_with_chance(np.array([2.0]), np.empty((0, 1)))
    assert np.isnan([chance.expected[0], chance.sd[0]]).all()
    assert chance.p_value is chance.p_greater is chance.p_less is None
    assert chance.draws == 0


def test_intervals_by_hand() -> None:
    """1.96 standard errors on either side, within what can be; of one draw there is no spread."""
    draws = np.array([[0.4, 0.0], [0.6, 0.2]])
    lower, upper = estimate_interval(np.array([0.5, 0.1]), draws)
    error = 1.959963984540054 * np.std([0.4, 0.6], ddof=1)
    np.testing.assert_allclose([lower[0], upper[0]], [0.5 - error, 0.5 + error])
    assert (lower[1], upper[1]) == (0, pytest.approx(0.1 + error))
    assert np.isnan(estimate_interval(np.array([0.5]), draws[:1, :1])).all()


def test_a_share_with_its_counts() -> None:
    """A share, or a reason and nothing else; what chance gives and whom it rests on where told."""
    share = estimate_share(3, 4, None, expected=0.5, n=7)
    assert (share.value.tolist(), list_plain_cells(share.reasons)) == ([0.75], [None])
    assert share.n is not None
    assert share.n.tolist() == [7]
    for cells, found in ((share.numerator, 3), (share.denominator, 4), (share.expected, 0.5)):
        assert cells is not None
        assert cells.tolist() == [found]
    none = estimate_share(0, 0, "no_ties", expected=0.5)
    assert (list_plain_cells(none.reasons), none.n) == (["no_ties"], None)
    for cells in (none.value, none.numerator, none.denominator, none.expected):
        assert cells is not None
        assert np.isnan(cells).tolist() == [True]
    assert estimate_share(3, 4, None).expected is None


def test_moved_values_of_no_share() -> None:
    """A value without counts is moved all the same, and one with half of them keeps that."""
    bounds = Bounds(np.array([0.3]), np.array([0.8]), RangeKind.EXACT)
    sides: tuple[dict[str, Any], ...] = (
        {},
        {"numerator": np.array([1.0])},
        {"denominator": np.array([1.0])},
    )
    for counts in sides:
        moved = move_into_bounds(Estimate(value=np.array([0.9]), reasons=[None], **counts), bounds)
        assert moved.value.tolist() == [0.8]
        for name, cells in counts.items():
            assert getattr(moved, name) is cells


def test_values_as_near_as_arithmetic_gets() -> None:
    """A draw that differs in the last digits only is as far out as the figure itself."""
    value, draws = np.array([0.3]), np.array([[0.1 + 0.2], [0.3 - 1e-16], [0.7], [0.0]])
    chance = compare_with_chance(value, draws)
    assert chance.p_greater is not None
    assert chance.p_less is not None
    assert (chance.p_greater[0], chance.p_less[0]) == ((3 + 1) / 5, (3 + 1) / 5)


def test_chance_of_a_figure_that_is_none() -> None:
    """What is undefined has no p, whatever the draws; two draws already have a spread."""
    chance = compare_with_chance(np.array([np.nan, 1.0]), np.array([[1.0, 1.0], [2.0, 3.0]]))
    assert chance.p_value is not None
    assert np.isnan(chance.p_value).tolist() == [True, False]
    assert chance.sd[1] == pytest.approx(2**0.5)
    lower, upper = estimate_interval(np.array([0.5]), np.array([[0.5], [0.5]]), least=-1, most=2)
    assert (lower[0], upper[0]) == (0.5, 0.5)
    assert estimate_interval(np.array([0.0]), np.array([[-9.0], [9.0]]), least=-1)[0] == [-1]
    assert estimate_interval(np.array([0.0]), np.array([[-9.0], [9.0]]))[1] == [1]


def test_each_figure_has_chance_of_its_own() -> None:
    """Figures side by side are compared each with its own draws."""
    chance = compare_with_chance(np.array([2.0, 5.0]), np.array([[1.0, 9.0], [2.0, 9.0]]))
    assert chance.p_greater is not None
    assert chance.p_less is not None
    assert chance.p_value is not None
    assert chance.expected.tolist() == [1.5, 9]
    np.testing.assert_allclose(chance.p_greater, [2 / 3, 1])
    np.testing.assert_allclose(chance.p_less, [1, 1 / 3])
    np.testing.assert_allclose(chance.p_value, [1, 2 / 3])
