"""Counts between pairs of groups of which people may be in several."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from plfkit.graph.adjacency import build_adjacency
from plfkit.graph.paired_groups import FEW_GROUPS, PairedGroups


@pytest.mark.parametrize("extra", [0, FEW_GROUPS])
@given(seed=st.integers(0, 9999), n=st.integers(1, 7), capped=st.booleans())
def test_counts_of_pairs(extra: int, seed: int, n: int, capped: bool) -> None:  # noqa: FBT001
    """Pairs, ties and capped pairs of classes are what a loop over people finds, also of many groups."""
    rng = np.random.default_rng(seed)
    inside = np.hstack([rng.random((n, 3)) < 0.5, np.zeros((n, extra), np.bool_)])
    codes, where, cap = rng.integers(0, 2, n), rng.random((2, 2)) < 0.5, rng.integers(0, 4, 2)
    ties = (rng.random((n, n)) < 0.4) & ~np.eye(n, dtype=np.bool_)
    at = np.divmod(rng.permutation(9), 3)
    members = sparse.csr_array(inside.astype(np.float64))
    groups = PairedGroups(members, *at, codes, 2)
    sources, targets = np.nonzero(ties)
    assert groups.count_ties(build_adjacency(sources, targets, n)).tolist() == [
        ties[np.ix_(inside[:, g], inside[:, h])].sum() for g, h in zip(*at, strict=True)
    ]
    others = [
        [[i != j and inside[j, h] for j in range(n)] for i in range(n) if inside[i, g]]
        for g, h in zip(*at, strict=True)
    ]
    assert groups.count_pairs().tolist() == [np.sum(rows) for rows in others]
    limit = cap.astype(np.float64) if capped else None
    expected = [
        sum(
            min(
                sum(i != j and inside[j, h] and where[codes[i], codes[j]] for j in range(n)),
                cap[codes[i]] if capped else n,
            )
            for i in range(n)
            if inside[i, g]
        )
        for g, h in zip(*at, strict=True)
    ]
    assert groups.count_class_pairs(where, limit).tolist() == expected
