"""Who shares a group with whom, where people may be in several."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen
from scipy import sparse

from plfkit.arrays import Flags, Floats, Numbers
from plfkit.graph.layers import Layer
from plfkit.graph.observation import Observation
from plfkit.graph.paired_groups import Members
from plfkit.graph.patterns import number_patterns
from plfkit.measures.engine.layer_counts import sum_by_part
from plfkit.model.caching import Caching, work_out_once

Cells = sparse.csc_array[Any]
"""Classes of people (rows) in groups, or in sets of groups (columns), as counts; or sets against sets."""


@frozen(eq=False, slots=False)
class GroupSharing(Caching):
    """Which nodes of a layer share a group.

    Attributes:
        members: Nodes in groups.
    """

    members: Members

    def mark_sharing_pairs(self, sources: Numbers, targets: Numbers) -> Flags:
        """Tell which pairs of nodes share a group."""
        if self._is_partition:
            # Rows of one entry each: the columns of the entries are the groups of the nodes.
            codes = self.members.indices
            return np.asarray(codes[sources] == codes[targets])
        both = self.members[sources].multiply(self.members[targets])
        return np.asarray(both.sum(axis=1) > 0)

    def count_pair_mates(self, observation: Observation, where: Flags) -> tuple[Floats, Floats]:
        """Count, for each node, the others `where` holds between groups, and within its own."""
        if not where.any():  # as of unobserved pairs where all answered
            return np.zeros(len(observation.codes)), np.zeros(len(observation.codes))
        codes, (patterns, sharing) = observation.codes, self.find_group_patterns()
        standing, mates, entries = self._count_mates_by_class(observation)
        # For each class, how many `where` holds. Of 3 people of team A and 2 of team B somebody of A
        # has 3 − 1 within, and 5 − 1 − 2 = 2 between. Whoever is in no team has nobody within, not even
        # themselves.
        own = where.diagonal()[codes] * sharing.diagonal()[patterns]
        everywhere = observation.count_others(where)
        within = _sum_over_mates(where, standing, mates)[entries] - own
        return everywhere - within, within

    @work_out_once
    def _count_mates_by_class(self, observation: Observation) -> tuple[Cells, Cells, Numbers]:
        """Count those of each class (row) in each set of groups (column), and in sets that share one.

        Returns:
            Both counts, and in which entry of the first each node counts.
        """
        patterns, sharing = self.find_group_patterns()
        shape = len(observation.told), sharing.shape[0]
        standing, entries = _count_combinations(observation.codes, patterns, shape)
        mates = standing if self._is_partition else (standing @ sharing).tocsc()
        return standing, mates, entries

    def count_pairs_within(self, observation: Observation, where: Flags) -> Floats:
        """Count, for each group, the ordered pairs of its different nodes that `where` holds."""
        nodes, groups = self.members.tocoo().coords
        standing, _ = _count_combinations(
            observation.codes[nodes],
            np.asarray(groups, np.int64),
            (len(where), self.members.shape[1]),
        )
        # 3 of a class that knows itself: 3·3 − 3 pairs of different ones.
        pairs = standing.data * (
            _sum_over_mates(where, standing, standing) - where.diagonal()[standing.indices]
        )
        return np.asarray(np.bincount(_list_columns(standing), pairs, minlength=standing.shape[1]))

    def split_groups(self, layer: Layer) -> Members:
        """Return the nodes in the groups of each part of a layer: a group of two parts becomes two."""
        entries, width = self.members.tocoo(), self.members.shape[1]
        # Of 10 groups, number 7 in part 3 is 37. Only those that there are get a column.
        numbers = layer.node_parts[entries.row] * width + entries.col
        there, columns = np.unique(numbers, return_inverse=True)
        shape = (layer.n, len(there))
        return sparse.csr_array((entries.data, (entries.row, columns)), shape=shape)

    def count_sharing_pairs(self, layer: Layer) -> Floats:
        """Count, in each part, the ordered pairs of different people who share a group."""
        patterns, sharing = self.find_group_patterns()
        # Teams of 2 and 1 have 4 + 1 ordered pairs inside, 3 of them somebody with themselves: 2.
        sizes = np.bincount(patterns, minlength=sharing.shape[0])
        mates = np.asarray(sharing @ sizes) - sharing.diagonal()
        return sum_by_part(layer, mates[patterns])

    @work_out_once
    def find_group_patterns(self) -> tuple[Numbers, Cells]:
        """Return each node's set of groups as a number, and which sets have a group in common."""
        if self._is_partition:
            return self.members.indices.astype(np.int64), sparse.eye_array(
                self.members.shape[1], format="csc"
            )
        # Whoever is in the same groups has the same number: {1}, {1, 4}, {1} become 0, 1, 0.
        examples, codes = number_patterns(self.members.sorted_indices())
        groups = self.members[examples]
        sharing = (groups @ groups.T).tocsc()
        # Sets with two groups in common share a group all the same.
        sharing.data = np.ones(sharing.nnz)
        return codes, sharing

    @property
    @work_out_once
    def _is_partition(self) -> bool:
        """Whether every node is in exactly one group."""
        return bool((np.diff(self.members.indptr) == 1).all())


def _count_combinations(
    classes: Numbers, columns: Numbers, shape: tuple[int, int]
) -> tuple[Cells, Numbers]:
    """Count how often each class (row) stands in each column, and tell which entry each pair counts in."""
    # A pair as one number, column first, as the entries are kept: of 10 classes 3 in column 2 is 23.
    keys = columns * max(shape[0], 1) + classes
    distinct, entries, counts = np.unique(keys, return_inverse=True, return_counts=True)
    cells = distinct % max(shape[0], 1), distinct // max(shape[0], 1)
    return sparse.csc_array((counts.astype(np.float64), cells), shape=shape), entries.ravel()


def _sum_over_mates(where: Flags, standing: Cells, mates: Cells) -> Floats:
    """For each entry of one matrix, sum those of its column in another whose class `where` holds for its own.

    Of classes by teams both are all but empty, and their product over all classes would not be.
    """
    columns = _list_columns(standing)
    counts = np.diff(mates.indptr)[columns]
    entry = np.repeat(np.arange(len(columns)), counts)
    # Entries with 2 and 3 mates, whose columns begin at 4 and 0: 4, 5, 0, 1, 2.
    begins = mates.indptr[columns] - (np.cumsum(counts) - counts)
    mate = np.arange(len(entry)) + begins[entry]
    held = where[standing.indices[entry], mates.indices[mate]] * mates.data[mate]
    return np.asarray(np.bincount(entry, held, minlength=len(columns)), np.float64)


def _list_columns(cells: Cells) -> Numbers:
    """Return the column of each entry."""
    return np.repeat(np.arange(cells.shape[1]), np.diff(cells.indptr))
