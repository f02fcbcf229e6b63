"""Many groups at once."""

from __future__ import annotations

import numpy as np
import pytest

from plfkit.graph.adjacency import build_adjacency
from plfkit.measures.ties.many_groups import count_groups_reached


@pytest.mark.parametrize("groups", [1, 64, 67, 200])
@pytest.mark.parametrize("k", [1, 3])
def test_groups_as_bits(groups: int, k: int) -> None:
    """However many groups there are, the bits count what a product of full matrices does for each."""
    chance = np.random.default_rng(groups)
    told = np.argwhere(chance.random((40, 40)) < 0.03)  # some are tied to nobody
    ties = build_adjacency(told[:, 0], told[:, 1], 40)
    inside = chance.random((40, groups)) < 0.1
    reached = inside
    for _ in range(k):
        reached = inside | (ties.toarray() @ reached.astype(np.int64) > 0)
    expected = (reached & ~inside).sum(axis=1)
    assert count_groups_reached(ties, inside, k).tolist() == expected.tolist()
    assert expected.any()


def test_no_ties_lead_to_no_group() -> None:
    """Without ties nobody gets anywhere, and without people there is nobody."""
    for n in (0, 3):
        nobody = np.empty(0, np.int64)
        ties = build_adjacency(nobody, nobody, n)
        assert count_groups_reached(ties, np.eye(n, 70, dtype=np.bool_), 2).tolist() == [0] * n
