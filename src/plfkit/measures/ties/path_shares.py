"""Shortest paths by products of matrices: who stands on them, where no loop is compiled."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from plfkit.arrays import Flags, Floats, Numbers

_Walkers = sparse.csr_array[Any]
"""For each source (row), the nodes (columns) at some distance from it, with a number."""


def sum_path_shares(
    starts: NDArray[np.int32], targets: NDArray[np.int32], sources: NDArray[np.int32]
) -> Floats:
    """Return each node's share of the shortest paths from some nodes, as `add_betweenness` adds it up.

    All sources take a step at a time, so that each step is one product. Two nodes at distance 1 that both are
    tied to one at distance 2 make two paths to it: 1 + 1.
    """
    n = len(starts) - 1
    ties = sparse.csr_array((np.ones(len(targets)), targets, starts), shape=(n, n))
    back, score = ties.T.tocsr(), np.zeros(n)
    farther = sparse.csr_array((len(sources), n))  # beyond the farthest there is nobody
    for paths in reversed(_walk_shortest_paths(ties, sources)[1:]):
        # A node hands back to each nearer one a part for each path: 1 of its own, and what it was handed.
        handed = paths.sign().multiply(farther @ back)
        score += np.asarray(handed.multiply(paths).sum(axis=0))
        farther = _invert_paths(paths) + handed
    return score


def _walk_shortest_paths(ties: _Walkers, sources: NDArray[np.int32]) -> list[_Walkers]:
    """Return how many shortest paths lead from each source to each node, distance by distance."""
    shape = len(sources), ties.shape[0]
    met = np.zeros(shape, np.bool_)
    cells = np.ones(len(sources)), (np.arange(len(sources)), sources)
    walkers, levels = sparse.csr_array(cells, shape=shape), []
    while walkers.nnz:
        levels.append(walkers)
        met[_list_rows(walkers), walkers.indices] = True
        walkers = _keep_unmet(walkers @ ties, met)
    return levels


def _keep_unmet(walkers: _Walkers, met: Flags) -> _Walkers:
    """Return the walkers at nodes that those from the same source had not met."""
    rows = _list_rows(walkers)
    new = ~met[rows, walkers.indices]
    cells = walkers.data[new], (rows[new], walkers.indices[new])
    return sparse.csr_array(cells, shape=met.shape)


def _list_rows(walkers: _Walkers) -> Numbers:
    """Return the row of each entry."""
    return np.repeat(np.arange(walkers.shape[0]), np.diff(walkers.indptr))


def _invert_paths(paths: _Walkers) -> _Walkers:
    return sparse.csr_array((1 / paths.data, paths.indices, paths.indptr), shape=paths.shape)
