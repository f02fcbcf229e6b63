"""Shortest paths by products of matrices."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from plfkit.graph.adjacency import build_adjacency, unpack_targets
from plfkit.measures.ties.path_shares import sum_by_products


@pytest.mark.parametrize("ties", [0, 30, 60, 120, 600])
def test_shares_of_shortest_paths(ties: int) -> None:
    """Of few ties and of many, from some nodes and from none, shares are those that networkx finds."""
    chance = np.random.default_rng(ties)
    pairs = chance.integers(0, 40, (ties, 2))
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    matrix = build_adjacency(pairs[:, 0], pairs[:, 1], 40)
    graph = nx.DiGraph()
    graph.add_nodes_from(range(40))
    graph.add_edges_from(pairs.tolist())
    for count in (0, 1, 15, 40):
        sources = chance.choice(40, count, replace=False).astype(np.int32)
        shares = sum_by_products(*unpack_targets(matrix), sources)
        expected = nx.betweenness_centrality_subset(graph, sources.tolist(), list(graph))
        np.testing.assert_allclose(shares, list(expected.values()), rtol=1e-12, atol=1e-12)
    assert shares.any() == (ties > 0)
