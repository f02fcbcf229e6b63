"""Shortest paths from some nodes: who stands on them, by a compiled loop or by products of matrices."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from plfkit.arrays import Flags, Floats, Numbers
from plfkit.kernels import add_betweenness

_Walkers = sparse.csr_array[Any]
"""For each source (row), the nodes (columns) at some distance from it, with a number."""


def sum_path_shares(
    starts: NDArray[np.int32], targets: NDArray[np.int32], sources: NDArray[np.int32]
) -> Floats:
    """Return each node's share of the shortest paths from some nodes.

    Args:
        starts: Where each node's targets begin, and where the last one's end.
        targets: The targets of all nodes.
        sources: The nodes that paths begin at.
    """
    n, ties = len(starts) - 1, len(targets)
    score, (paths, share) = np.zeros(n), np.zeros((2, n + 1))
    place, queue = np.full(n, n, np.int32), np.empty(n + 1, np.int32)
    level_starts, link_starts = np.empty((2, n), np.int32)
    origins, links = np.empty((2, ties + 1), np.int32)
    cells = place, queue, paths, share, level_starts, link_starts, origins, links
    if add_betweenness.run_compiled(starts, targets, sources, score, *cells):
        return score
    return sum_by_products(starts, targets, sources)


def sum_by_products(
    starts: NDArray[np.int32], targets: NDArray[np.int32], sources: NDArray[np.int32]
) -> Floats:
    """Return the same by products of matrices: quicker than a loop in Python.

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
