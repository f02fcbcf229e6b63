"""The interval of a change, against the variance written out over all pairs of people."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import t

from plfkit.arrays import Floats
from plfkit.inference.change_intervals import find_change_interval
from plfkit.measures.engine.leaving_out import PairShare
from plfkit.resampling.pairs import PairAmounts


def build_share(ties: Floats) -> PairShare:
    """The density of an undirected network: pairs that are tied, of all pairs."""
    n = len(ties)
    one, other = np.nonzero(np.triu(ties, 1))
    codes, nothing = np.zeros(n, np.int64), np.zeros((1, 1))
    over = PairAmounts(codes, nothing, (one, other), np.ones(len(one)))
    return PairShare(over, PairAmounts(codes, nothing + 1, (one, other), np.zeros(len(one))))


@given(st.integers(0, 9999), st.integers(4, 8))
def test_variance_of_pairs_that_share_a_person(seed: int, n: int) -> None:
    """Squares of people's sums less those of pairs, no less than these; n/(n − 1), and t."""
    rng = np.random.default_rng(seed)
    upper = np.triu(rng.random((2, n, n)) < 1 / 2, 1)
    before, after = (upper | upper.transpose(0, 2, 1)).astype(np.float64)
    pairs = n * (n - 1) / 2
    values = [year.sum() / 2 / pairs for year in (before, after)]
    change = values[1] - values[0]
    moved = (after - before - change) / pairs * ~np.eye(n, dtype=np.bool_)
    squares = (moved**2).sum() / 2
    variance = max((moved.sum(axis=1) ** 2).sum() - squares, squares) * n / (n - 1)
    found = find_change_interval(build_share(before), build_share(after), change)
    if squares < 1e-15:
        assert found is None
        return
    error = t.ppf(0.975, n - 1) * np.sqrt(variance)
    assert found == pytest.approx((max(change - error, -1), min(change + error, 1)))
    wide = find_change_interval(build_share(before), build_share(after), change, width=2)
    assert wide == pytest.approx((max(change - 2 * error, -2), min(change + 2 * error, 2)))


def test_a_few_ties_among_many_people() -> None:
    """One tie more among 100,000 people is a change, however little it moves their density."""
    n = 100_000
    codes, nothing = np.zeros(n, np.int64), np.zeros((1, 1))
    pairs = PairAmounts(codes, nothing + 1, (codes[:0], codes[:0]), np.zeros(0))
    ring = np.arange(n)
    before, after = (
        PairShare(PairAmounts(codes, nothing, (ring[:k], ring[:k] + 1), np.ones(k)), pairs)
        for k in (1000, 1001)
    )
    each = 1 / pairs.total
    found = find_change_interval(before, after, each)
    assert found == pytest.approx((each * (1 - 1.96), each * (1 + 1.96)), rel=1e-3)
    assert find_change_interval(after, after, 0.0) is None


def test_nothing_changed() -> None:
    """The same ties in both years tell nothing of how far the figure might have moved."""
    ring = np.roll(np.eye(6), 1, axis=1)
    share = build_share(ring + ring.T)
    assert find_change_interval(share, share, 0.0) is None
