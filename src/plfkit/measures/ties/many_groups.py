"""Many groups at once: how many of them each node gets to, as bits of whole numbers."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from plfkit.arrays import Flags, Numbers
from plfkit.graph.adjacency import Adjacency, unpack_targets

_BITS_OF_BYTES = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1).sum(1)
"""How many ones each byte has."""


def count_groups_reached(ties: Adjacency, groups: Flags, k: int) -> Numbers:
    """Count, for each node, the groups (columns) outside which it is and which it gets to in k steps.

    Groups are bits of whole numbers: of three, 5 says that a node gets to the first and the third. Who is
    tied to nodes with 5 and 4 gets to those two in a step more: 5 | 4 = 5.
    """
    starts, targets = unpack_targets(ties)
    tied = np.flatnonzero(np.diff(starts))
    counts = np.zeros(len(groups), np.int64)
    for own in _split_into_bits(groups):
        reached = own
        for _ in range(k if len(tied) else 0):
            reached, before = own.copy(), reached
            reached[tied] |= np.bitwise_or.reduceat(before[targets], starts[tied])
        counts += _count_bits(reached & ~own)
    return counts


def _split_into_bits(cells: Flags) -> Iterator[NDArray[np.uint64]]:
    """Yield 64 columns at a time, as bits of a whole number for each row."""
    for first in range(0, cells.shape[1], 64):
        packed = np.packbits(cells[:, first : first + 64], axis=1)
        # 8 columns make a byte, and 8 bytes a number: those of the last columns are filled up with zeros.
        filled = np.pad(packed, [(0, 0), (0, 8 - packed.shape[1])])
        yield filled.view(np.uint64).ravel()


def _count_bits(numbers: NDArray[np.uint64]) -> Numbers:
    """Count the ones among the bits of each number."""
    counts: Numbers = _BITS_OF_BYTES[numbers.view(np.uint8)].reshape(-1, 8).sum(1, dtype=np.int64)
    return counts
