"""Groups in pairs: what is counted of people and ties from one group to another."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from attrs import frozen
from numpy.typing import NDArray
from scipy import sparse

from plfkit.arrays import Flags, Floats, Numbers
from plfkit.graph.adjacency import Adjacency
from plfkit.model.caching import Caching, seal_arrays, work_out_once

Members = sparse.csr_array[Any]
"""Nodes (rows) in groups (columns), as ones."""

GroupPairs = tuple[Numbers, Numbers]
"""Pairs of groups that ties run between: the number of the first group of each, and of the second."""

FEW_GROUPS = 16
"""Of so many groups a full matrix takes less time than a sparse one, and next to no room."""

_Entries = tuple[NDArray[Any], NDArray[Any], Floats]
"""Pairs of groups, classes of nodes, and how many nodes of the class stand for the pair."""


@frozen(eq=False, slots=False)
class PairedGroups(Caching):
    """Groups of a layer's nodes, some pairs of which something is counted for.

    Attributes:
        members: Nodes in groups.
        from_: The first group of each pair.
        to: Its second group.
        codes: The class of each node: nodes of a class see the same.
        class_count: How many classes there are.
    """

    members: Members
    from_: Numbers
    to: Numbers
    codes: Numbers
    class_count: int

    def __attrs_post_init__(self) -> None:
        """Seal the arrays: what is counted of them is kept beside them."""
        seal_arrays((self.members, self.from_, self.to, self.codes))

    def swap_sides(self) -> Self:
        """Return the pairs the other way round."""
        return type(self)(self.members, self.to, self.from_, self.codes, self.class_count)

    @property
    @work_out_once
    def sizes(self) -> Floats:
        """How many nodes each group has."""
        return np.bincount(self.members.indices, minlength=self.members.shape[1]).astype(np.float64)

    def count_pairs(self) -> Floats:
        """Count the ordered pairs of different nodes, one of the first group and one of the second."""
        # Groups of 3 and 2 that share one person have 3·2 − 1 = 5 ordered pairs from one to the other,
        # and 3·3 − 3 = 6 and 2·2 − 2 = 2 inside.
        pairs, _, counts = self._in_both
        return self.sizes[self.from_] * self.sizes[self.to] - self._sum_up(pairs, counts)

    def count_ties(self, ties: Adjacency) -> Floats:
        """Count ties from the first group of each pair to the second."""
        if not len(self.from_) or not ties.nnz:
            return np.zeros(len(self.from_))
        few = self.members.shape[1] <= FEW_GROUPS
        counts: Any = self.members.T @ (ties @ (self.members.toarray() if few else self.members))
        return np.asarray((counts if few else counts.tocsr())[self.from_, self.to], np.float64)

    def count_class_pairs(self, where: Flags, cap: Floats | None = None) -> Floats:
        """Count the ordered pairs of different nodes whose classes `where` holds for.

        Args:
            where: Between which classes.
            cap: How many others count at most for each node, by its class.
        """
        # Classes of 2 and 3 nodes, all unseen from the first to the second: 2·3 = 6 pairs, from one
        # product of counts and not from a list of pairs.
        others = self._groups_by_class @ where.T.astype(np.float64)
        limit = np.inf if cap is None else cap
        capped = np.minimum(others, limit)
        pairs, classes, counts = self._in_first
        sums = self._sum_up(pairs, counts * capped[self.to[pairs], classes])
        # Who is in the second group too is no other of their own: among 4 of their class they have 3
        # others, and the cap of 5 is laid on 3.
        less = capped - np.minimum(others - where.diagonal(), limit)
        pairs, classes, counts = self._in_both
        return sums - self._sum_up(pairs, counts * less[self.to[pairs], classes])

    def _sum_up(self, pairs: NDArray[Any], counts: Floats) -> Floats:
        return np.bincount(pairs, counts, len(self.from_)).astype(np.float64)

    @property
    @work_out_once
    def _group_counts(self) -> Numbers:
        """How many groups each node is in."""
        return np.diff(self.members.indptr)

    @property
    @work_out_once
    def _groups_by_class(self) -> sparse.csr_array[Any]:
        """How many nodes of each class (column) each group (row) has."""
        classes = np.repeat(self.codes, self._group_counts)
        cells = (np.ones(len(classes)), (self.members.indices, classes))
        shape = self.members.shape[1], self.class_count
        return sparse.coo_array(cells, shape).tocsr()

    @property
    @work_out_once
    def _in_first(self) -> _Entries:
        """For each pair, how many nodes of each class its first group has."""
        rows = self._groups_by_class[self.from_].tocoo()
        return rows.row, rows.col, rows.data

    @property
    @work_out_once
    def _in_both(self) -> _Entries:
        """For each pair, how many nodes of each class both its groups have."""
        pairs, classes, counts = self._in_first
        alike = (self.from_ == self.to)[pairs]
        same = pairs[alike], classes[alike], counts[alike]
        several = np.flatnonzero(self._group_counts > 1)
        if not len(several):
            return same
        # Two groups can share only those people who are in several.
        apart = np.flatnonzero(self.from_ != self.to)
        people = self.members[several].T.tocsr()
        both = people[self.from_[apart]].multiply(people[self.to[apart]]).tocoo()
        shared = apart[both.row], self.codes[several[both.col]], both.data
        pairs, classes, counts = map(np.concatenate, zip(same, shared, strict=True))
        return pairs, classes, counts
