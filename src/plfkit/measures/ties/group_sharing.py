"""Who shares a group with whom, where people may be in several."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from attrs import frozen
from scipy import sparse

from plfkit.arrays import Flags, Floats, Numbers
from plfkit.graph.layers import Layer
from plfkit.graph.observation import Members, Observation


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
        codes, (patterns, sharing) = observation.codes, self.group_patterns
        # For each class, how many of its nodes are in each set of groups.
        standing = sparse.csr_array(
            (np.ones(layer.n), (codes, patterns)), shape=(len(where), sharing.shape[0])
        )
        within = np.zeros(layer.n)
        in_order = np.argsort(patterns, kind="stable")
        # Of 3 people of team A and 2 of team B somebody of A has 3 − 1 within, and 5 − 1 − 2 = 2
        # between. Counts are made for some sets at a time, and read off at the nodes in them.
        for columns, others in observation.count_others(where, standing @ sharing):
            first, last = np.searchsorted(patterns, (columns.start, columns.stop), sorter=in_order)
            nodes = in_order[first:last]
            within[nodes] = others[codes[nodes], patterns[nodes] - columns.start]
        own = where.diagonal()[codes].astype(np.float64)
        everywhere = np.asarray(where @ observation.sizes)[codes] - own
        return everywhere - (within - own), within - own

    @cached_property
    def group_patterns(self) -> tuple[Numbers, Members]:
        """Each node's set of groups as a number, and which sets have a group in common."""
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

    @cached_property
    def _is_partition(self) -> bool:
        """Whether every node is in exactly one group."""
        return bool((np.diff(self.members.indptr) == 1).all())
