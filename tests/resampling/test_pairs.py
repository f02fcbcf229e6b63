"""Sums over pairs of people, against all pairs one by one."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plfkit.resampling.pairs import Clusters, PairAmounts


def draw_amounts(rng: np.random.Generator, n: int) -> PairAmounts:
    """Amounts of pairs of up to three classes, about half of which come to something else."""
    base = rng.integers(0, 3, (3, 3)).astype(np.float64)
    one, other = np.triu_indices(n, 1)
    kept = rng.random(len(one)) < 1 / 2
    ends = one[kept], other[kept]
    return PairAmounts(rng.integers(0, 3, n), base + base.T, ends, rng.normal(size=len(ends[0])))


def write_out(amounts: PairAmounts) -> Any:
    """All pairs as a matrix, each once."""
    cells = amounts.base[np.ix_(amounts.codes, amounts.codes)].copy()
    cells[amounts.ends] += amounts.extra
    return np.triu(cells, 1)


@given(st.integers(0, 999), st.integers(1, 8))
def test_sums_are_those_of_all_pairs(seed: int, n: int) -> None:
    """Totals, squares, sums and differences are those of pairs one by one."""
    rng = np.random.default_rng(seed)
    one, other = draw_amounts(rng, n), draw_amounts(rng, n)
    less = one.add(other.scale_amounts(-2))
    cells = write_out(one) - 2 * write_out(other)
    np.testing.assert_allclose(write_out(less), cells, atol=1e-12)
    assert (less.total, less.squares) == pytest.approx((cells.sum(), (cells**2).sum()))
    homes = rng.integers(0, 2, n)
    within = np.where(homes[:, None] == homes, write_out(one), 0)
    np.testing.assert_allclose(write_out(one.keep_within(homes)), within)


@given(st.integers(0, 999), st.integers(1, 8))
def test_each_cluster_has_its_pairs(seed: int, n: int) -> None:
    """A person, or a school, has part in every pair with an end in it, and once where both are."""
    rng = np.random.default_rng(seed)
    amounts = draw_amounts(rng, n)
    for clusters in (Clusters.of_persons(n), Clusters(rng.integers(0, 3, n), 3)):
        here = clusters.codes == np.arange(clusters.count)[:, None]
        touching = here[:, :, None] | here[:, None, :]
        found = (touching * write_out(amounts)).sum(axis=(1, 2))
        np.testing.assert_allclose(amounts.sum_by_cluster(clusters), found, atol=1e-12)
        assert clusters.sizes.tolist() == here.sum(axis=1).tolist()


def test_a_path_counts_once_where_it_comes_twice() -> None:
    """Paths 0–1–2 and 2–1–0 of the schools 0, 1, 0 count once at each school that they touch."""
    path = (np.array([0, 2]), np.array([1, 1]), np.array([2, 0]))
    schools = Clusters(np.array([0, 1, 0]), 3)
    assert schools.sum_touching(path, np.array([1.0, 5.0])).tolist() == [6, 6, 0]
