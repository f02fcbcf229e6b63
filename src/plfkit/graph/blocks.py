"""Blocks: what is counted from group to group, or within the parts of a layer."""

from __future__ import annotations

import numpy as np
from attrs import frozen

from plfkit.arrays import Floats, Numbers
from plfkit.graph.paired_groups import GroupPairs
from plfkit.model.caching import seal_arrays


@frozen(eq=False)
class Blocks:
    """Counts between pairs of groups of a layer, or within each of its parts; pairs of nodes are ordered.

    Attributes:
        sizes: How many nodes each group or part has.
        pairs: How many pairs there are.
        ties: How many ties there are.
        seen: How many pairs were observed; None if nobody recorded who was asked.
        ties_seen: How many ties there are among the observed pairs; None likewise.
    """

    sizes: Floats
    pairs: Floats
    ties: Floats
    seen: Floats | None
    ties_seen: Floats | None

    def __attrs_post_init__(self) -> None:
        """Seal the arrays: counts of a layer are handed to all who ask."""
        seal_arrays((self.sizes, self.pairs, self.ties, self.seen, self.ties_seen))


def list_pairs_within(parts: Numbers) -> GroupPairs:
    """Return all ordered pairs of things in the same part, by their numbers.

    Args:
        parts: The part of each thing, ascending: 0 0 1 gives the pairs 00 01 10 11 22.
    """
    starts, counts = np.searchsorted(parts, parts), np.bincount(parts)[parts]
    first = np.repeat(np.arange(len(parts)), counts)
    # The partners of each stand in a row: with counts 2, 2, 1 the steps are 0 1, 0 1 and 0.
    steps = np.arange(len(first)) - np.repeat(np.cumsum(counts) - counts, counts)
    return first, starts[first] + steps
