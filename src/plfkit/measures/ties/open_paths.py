"""Open paths: how often people stand between two who are not tied themselves, by the groups of the three."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from plfkit.arrays import Flags, Floats, Numbers
from plfkit.graph.adjacency import Adjacency, unpack_arcs, unpack_targets
from plfkit.graph.layers import Layer
from plfkit.kernels import can_compile, count_open_two_paths


def count_open_paths(layer: Layer, ties: Adjacency, codes: Numbers) -> Floats:
    """Count the two-paths through each node of which it is known that they are open.

    Args:
        layer: The layer, for what was observed of it.
        ties: Those of its ties that paths follow.
        codes: The group of each node.

    Returns:
        A row for each role, as `count_open_two_paths` numbers them, and a column for each node.
    """
    observation = layer.observation
    if (observation is None or observation.whole) and not can_compile(4 * ties.nnz):
        return _subtract_shut_paths(ties, codes)
    kinds, seen = np.zeros(layer.n, np.int32), np.ones(1, np.uint8)
    if observation is not None:
        kinds = observation.codes.astype(np.int32)
        seen = observation.seen.astype(np.uint8).ravel()
    counts, mark = np.zeros(5 * layer.n, np.int64), np.zeros(layer.n, np.uint8)
    # The matrix of classes was laid flat: 9 cells are 3 by 3.
    n_kinds, groups = round(len(seen) ** 0.5), codes.astype(np.int32)
    arcs = *unpack_targets(ties), groups, groups[ties.indices]
    count_open_two_paths(*arcs, kinds, seen, n_kinds, counts, mark)
    # Five counts for each node, one for each role.
    return counts.reshape(layer.n, 5).T.astype(np.float64)


def _subtract_shut_paths(ties: Adjacency, codes: Numbers) -> Floats:
    """Count the same by products of matrices: all two-paths, less those that return or are closed."""
    sources, targets = unpack_arcs(ties)
    within = codes[sources] == codes[targets]
    inside, across = _keep_ties(ties, within), _keep_ties(ties, ~within)
    # Cell (a, v) of A · Bᵀ counts whom a names in A and v names in B: where a names v too, those
    # paths are closed. Which of its three ties lie inside a group says its role.
    twice_across = across @ across.T
    closed = np.stack(
        [
            (whom.multiply(first)).sum(axis=0)
            for whom, first in (
                (inside @ inside.T, inside),
                (inside @ across.T, across),
                (twice_across, inside),
                (across @ inside.T, across),
                (twice_across, across),
            )
        ]
    )
    open_paths = _count_all_paths(ties, codes, inside) - closed
    # Paths that return begin and end in one group: the broker's own, or another.
    for role, some in enumerate((inside, across)):
        open_paths[role] -= some.multiply(some.T).sum(axis=0)
    return np.asarray(open_paths, np.float64)


def _keep_ties(ties: Adjacency, kept: Flags) -> Adjacency:
    """Return some of the ties, as whole numbers that do not overflow."""
    some = sparse.csr_array((kept.astype(np.int32), ties.indices, ties.indptr), shape=ties.shape)
    some = some.copy()  # what is dropped is dropped from a copy: a layer never changes
    some.eliminate_zeros()
    return some


def _count_all_paths(ties: Adjacency, codes: Numbers, inside: Adjacency) -> Numbers:
    """Count the two-paths through each node by role, open or not, those that return among them."""
    n, ones = len(codes), np.ones(len(codes), np.int64)
    shape = (n, int(codes.max(initial=0)) + 1)
    groups = sparse.csr_array((ones, (np.arange(n), codes)), shape=shape)
    # Of each node: ties from and to its own group, and from a group and back to the same, all
    # groups added up. 2 in from one's own and 3 out to it are 6 paths within it.
    own_into, own_out = inside.sum(axis=0), inside.sum(axis=1)
    other_into = np.bincount(ties.indices, minlength=n) - own_into
    other_out = np.diff(ties.indptr) - own_out
    same = (ties.T @ groups).tocsr().multiply(ties @ groups).sum(axis=1)
    coordinator = own_into * own_out
    itinerant = same - coordinator
    return np.stack(
        [
            coordinator,
            itinerant,
            own_into * other_out,
            other_into * own_out,
            # From other groups to other groups, less those that go back to the same.
            other_into * other_out - itinerant,
        ]
    )
