"""Who shares a group with whom, where people may be in several."""

from __future__ import annotations

import numpy as np
from attrs import frozen
from scipy import sparse

from plfkit.arrays import Flags, Floats, Numbers
from plfkit.graph.layers import Layer
from plfkit.graph.observation import Members, Observation
from plfkit.measures.engine.layer_parts import sum_by_part


@frozen(eq=False)
class GroupSharing:
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

    def count_pair_mates(
        self, layer: Layer, observation: Observation, where: Flags
    ) -> tuple[Floats, Floats]:
        """Count, for each node, the others `where` holds between groups, and within its own."""
        codes = observation.codes
        patterns, sharing = self.find_group_patterns()
        standing = sparse.csr_array(
            (np.ones(layer.n), (codes, patterns)), shape=(len(where), sharing.shape[0])
        )
        # For each class, how many of each set of groups `where` holds. Of 3 people of team A and 2
        # of team B somebody of A has 3 − 1 within, and 5 − 1 − 2 = 2 between.
        reach: Floats = where.astype(np.float64) @ standing.toarray()
        own = where.diagonal()[codes].astype(np.float64)
        everywhere = observation.count_others(where)
        within = np.asarray((reach @ sharing)[codes, patterns]) - own
        return everywhere - within, within

    def split_groups(self, layer: Layer) -> Members:
        """Return the nodes in the groups of each part of a layer: a group of two parts becomes two."""
        entries, width = self.members.tocoo(), self.members.shape[1]
        # Of 10 groups, number 7 in part 3 is 37.
        columns = layer.node_parts[entries.row] * width + entries.col
        shape = (layer.n, len(layer.sizes) * width)
        return sparse.csr_array((entries.data, (entries.row, columns)), shape=shape)

    def count_sharing_pairs(self, layer: Layer) -> Floats:
        """Count, in each part, the ordered pairs of different people who share a group."""
        patterns, sharing = self.find_group_patterns()
        # Teams of 2 and 1 have 4 + 1 ordered pairs inside, 3 of them somebody with themselves: 2.
        sizes = np.bincount(patterns, minlength=sharing.shape[0])
        return sum_by_part(layer, np.asarray(sharing @ sizes)[patterns] - 1)

    def find_group_patterns(self) -> tuple[Numbers, Members]:
        """Return each node's set of groups as a number, and which sets have a group in common."""
        if self._is_partition:
            return self.members.indices.astype(np.int64), sparse.eye_array(
                self.members.shape[1], format="csr"
            )
        sets = np.split(self.members.indices, self.members.indptr[1:-1])
        known: dict[tuple[int, ...], int] = {}
        # Whoever is in the same groups has the same number: {1}, {1, 4}, {1} become 0, 1, 0.
        codes = [known.setdefault(tuple(sorted(one.tolist())), len(known)) for one in sets]
        rows = np.repeat(np.arange(len(known)), [len(one) for one in known])
        columns = np.array([group for one in known for group in one], np.int64)
        shape = (len(known), self.members.shape[1])
        groups = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)
        sharing = (groups @ groups.T).tocsr()
        # Sets with two groups in common share a group all the same.
        sharing.data = np.ones(sharing.nnz)
        return np.array(codes, np.int64), sharing

    @property
    def _is_partition(self) -> bool:
        """Whether every node is in exactly one group."""
        return bool((np.diff(self.members.indptr) == 1).all())
