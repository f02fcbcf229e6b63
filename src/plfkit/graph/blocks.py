"""Blocks: what is counted from group to group, for all pairs of groups or for some of them."""

from __future__ import annotations

import numpy as np
from attrs import frozen

from plfkit.arrays import Floats, Numbers
from plfkit.graph.adjacency import Adjacency
from plfkit.graph.observation import GroupPairs, Members, read_cells


@frozen(eq=False)
class Blocks:
    """Counts between groups of a layer, from rows to columns or at some pairs of groups; pairs are ordered.

    Attributes:
        sizes: How many nodes each group has.
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


def list_group_pairs(count: int) -> GroupPairs:
    """Return all ordered pairs of so many groups: number 5 of 3 groups is from 1 to 2."""
    return np.divmod(np.arange(count * count), max(count, 1))


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


def count_ties_between(members: Members, matrix: Adjacency, at: GroupPairs | None) -> Floats:
    """Count ties from group to group, or for some pairs of groups."""
    counts = members.T @ (matrix @ members)
    return np.asarray(counts.toarray(), np.float64) if at is None else read_cells(counts, at)


def lay_out_blocks(counts: Floats, members: Members, at: GroupPairs | None) -> Floats:
    """Return counts as they are where pairs of groups were named, and else from row to column."""
    return counts if at is not None else counts.reshape(members.shape[1], members.shape[1])
