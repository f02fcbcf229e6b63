"""The range of brokerage: between how many two-paths each person's count lies, had everybody answered.

A count of somebody (v) rises with each tie to and from v, and falls with each tie a → b between
others. No tie is of both sorts, so the most comes from a network in which v has every tie that could
be, and the others have those only that were told; the least the other way round.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from plfkit.arrays import Flags, Floats, Numbers
from plfkit.graph.layers import Layer
from plfkit.graph.observation import Observation

_CELLS_AT_A_TIME = 1_000_000
"""For so many pairs of a person and another it is counted at a time what the other may add."""

Gains = NDArray[np.float32]
"""Of some people (rows): how many open two-paths each other person (column) would end."""


def count_most_brokered(layer: Layer, codes: Numbers) -> Floats:
    """Count the two-paths that each person may broker at most, by role, and all of them.

    Where a survey limited names, somebody silent names those who add most.

    Args:
        layer: The layer; its observation is known.
        codes: The group of each node.

    Returns:
        Roles in rows, the total last; nodes in columns.
    """
    observation = layer.observation
    assert observation is not None  # noqa: S101 - the caller has looked
    step = max(_CELLS_AT_A_TIME // max(layer.n, 1), 1)
    blocks = [np.arange(at, min(at + step, layer.n)) for at in range(0, layer.n, step)]
    counts = [_count_most_of_people(layer, observation, codes, people) for people in blocks]
    return np.concatenate([np.zeros((6, 0)), *counts], axis=1)


def _count_most_of_people(
    layer: Layer, observation: Observation, codes: Numbers, people: Numbers
) -> Floats:
    told, unseen = layer.adjacency, ~observation.seen
    kinds = observation.codes
    before = told[:, people].toarray().T.astype(np.bool_) | unseen[:, kinds[people]][kinds].T
    after = told[people].toarray().astype(np.bool_)
    left = unseen[kinds[people]][:, kinds] & ~after
    for ties in (before, left):  # nobody is tied to themselves
        ties[np.arange(len(people)), people] = False
    listed = left & observation.asked[kinds[people]][:, kinds]
    # Without direction the others may name somebody as well, so there is no limit.
    limits = observation.cap[kinds[people]] if layer.directed else np.full(len(people), np.inf)
    free = after | (left & ~listed)
    return np.stack(
        [
            (gains * free).sum(axis=1, dtype=np.float64) + _sum_highest(gains * listed, limits)
            for gains in _list_gains(told, codes, people, before)
        ]
    )


def _list_gains(told: Any, codes: Numbers, people: Numbers, before: Flags) -> list[Gains]:
    """Return what others add as the ends of two-paths, role by role, and to all of them.

    Args:
        told: The ties that were told.
        codes: The group of each node.
        people: Who stands in the middle.
        before: Whether each node (column) may be tied to each of them (row).
    """
    own = codes[people][:, None] == codes
    starts, own_starts = before.astype(np.float32), (before & own).astype(np.float32)
    ties = told.astype(np.float32)
    sources, targets = ties.tocoo().coords
    within = sparse.csr_array(
        (ties.data * (codes[sources] == codes[targets]), ties.indices, ties.indptr), ties.shape
    )
    groups = sparse.csr_array((np.ones(len(codes), np.float32), (np.arange(len(codes)), codes)))
    # Of 5 who may turn to v, 2 turn to b themselves, and b is one of the 5: 5 − 2 − 1 = 2 are left.
    every = starts.sum(axis=1)[:, None] - starts @ ties - starts
    ours = own_starts.sum(axis=1)[:, None] - own_starts @ ties - own_starts
    same = (starts @ groups)[:, codes] - starts @ within - starts
    return [
        ours * own,
        same * ~own,
        ours * ~own,
        (every - ours) * own,
        (every - ours - same) * ~own,
        every,
    ]


def _sum_highest(gains: Gains, limits: Floats) -> Floats:
    """Sum the highest gains of each row, as many as its limit allows."""
    width = gains.shape[1]
    highest = np.sort(gains, axis=1)[:, ::-1].cumsum(axis=1, dtype=np.float64)
    taken = np.minimum(limits, width).astype(np.int64)
    # The sum of no gain at all stands before that of the first.
    sums = np.concatenate([np.zeros((len(gains), 1)), highest], axis=1)
    return sums[np.arange(len(gains)), taken]
