"""What was observed of a layer: a tie is present, absent or unobserved.

People who were asked and answered in the same surveys see the same part of the layer, so they share
a class, and everything about observation is counted over pairs of classes. A layer of sixty thousand
people has a few hundred classes at most.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import evolve, field, frozen
from scipy import sparse

from plfkit.arrays import Flags, Floats, Numbers
from plfkit.model.caching import Caching, seal_arrays, work_out_once

Members = sparse.csr_array[Any]
"""Nodes (rows) in groups (columns), as ones."""


@frozen(eq=False, slots=False)
class Observation(Caching):
    """Which ordered pairs of a layer's nodes were observed.

    Attributes:
        codes: The class of each node.
        told: Whether the first class would have told of a tie to the second.
        asked: Whether two classes share a roster, so that answering would have told of a tie.
        cap: How many ties somebody of a class who did not answer could have named.
        directed: Whether a pair is told of from one side only.
        limited: Whether somebody who did not answer could have named only so many.
        surveys: How many surveys it is made of; registers of sorts are one more.
        rosters: Whether each class (row) is on the roster of each survey (column).
        unanswered: Whether each class was asked in each survey and did not answer.
        limits: How many names each survey allowed.
    """

    codes: Numbers
    told: Flags
    asked: Flags
    cap: Floats
    directed: bool
    limited: bool = False
    surveys: int = 1
    rosters: Flags = field(factory=lambda: np.zeros((1, 0), np.bool_))
    unanswered: Flags = field(factory=lambda: np.zeros((1, 0), np.bool_))
    limits: Floats = field(factory=lambda: np.zeros(0))

    def __attrs_post_init__(self) -> None:
        """Seal the arrays: what was observed never changes."""
        seal_arrays((self.codes, self.told, self.asked, self.cap))
        seal_arrays((self.rosters, self.unanswered, self.limits))

    @classmethod
    def complete(cls, n: int, *, directed: bool) -> Observation:
        """Return the observation of a register: nobody was asked, and every pair is known."""
        yes = np.ones((1, 1), np.bool_)
        return cls(np.zeros(n, np.int64), yes, ~yes, np.zeros(1), directed)

    @classmethod
    def empty(cls, n: int, *, directed: bool) -> Observation:
        """Return the observation of what nobody was asked about: no pair is known."""
        no = np.zeros((1, 1), np.bool_)
        return cls(np.zeros(n, np.int64), no, no, np.zeros(1), directed)

    def add_unasked_node(self) -> Observation:
        """Return the same with somebody more, the last, whom nobody asked and nobody was asked about."""
        row = [(0, 1), (0, 0)]
        return evolve(
            self,
            codes=np.append(self.codes, len(self.told)),
            told=np.pad(self.told, (0, 1)),
            asked=np.pad(self.asked, (0, 1)),
            cap=np.pad(self.cap, (0, 1)),
            rosters=np.pad(self.rosters, row),
            unanswered=np.pad(self.unanswered, row),
        )

    def keep_nodes(self, nodes: Numbers) -> Observation:
        """Return the observation of some nodes only."""
        return evolve(self, codes=self.codes[nodes])

    def drop_empty_classes(self) -> Observation:
        """Return the same without the classes that no node has any more."""
        used, codes = np.unique(self.codes, return_inverse=True)
        return self.replace_classes(codes.ravel(), used)

    def replace_classes(self, codes: Numbers, of: Numbers) -> Observation:
        """Return the same in other classes, each of which knows what one of today's does.

        Args:
            codes: The new class of each node.
            of: For each new class the one of today that it is part of.
        """
        pairs = np.ix_(of, of)
        return evolve(
            self,
            codes=codes,
            told=self.told[pairs],
            asked=self.asked[pairs],
            cap=self.cap[of],
            rosters=self.rosters[of],
            unanswered=self.unanswered[of],
        )

    @property
    @work_out_once
    def seen(self) -> Flags:
        """Whether pairs of two classes are observed even where nobody told of a tie.

        In an undirected layer both sides must have answered: one side's silence does not speak for
        the other.
        """
        return self.told if self.directed else self.told & self.told.T

    @property
    @work_out_once
    def whole(self) -> bool:
        """Whether every pair of different nodes is observed."""
        # A class of one person has no pair with itself: 1·1 is not above 1, but 2·2 is above 2.
        pairs = np.outer(self.sizes, self.sizes) > np.diag(self.sizes)
        return not bool((~self.seen & pairs).any())

    @property
    @work_out_once
    def sizes(self) -> Numbers:
        """How many nodes each class has."""
        return np.bincount(self.codes, minlength=len(self.told))

    @property
    @work_out_once
    def response_rate(self) -> float | None:
        """Share of the nodes who answered; None where nobody was asked."""
        asked = np.asarray(self.asked.any(axis=1))[self.codes]
        return float(self.nodes_answered[asked].mean()) if asked.any() else None

    @property
    @work_out_once
    def nodes_answered(self) -> Flags:
        """For each node, whether they answered all they were asked about the others here.

        Whom nobody asked did not.
        """
        # Classes without a node here are left over from the people who were filtered out.
        untold = self.asked & ~self.told & (self.sizes > 0)
        known = (self.asked | self.told).any(axis=1) & ~untold.any(axis=1)
        return np.asarray(known)[self.codes]

    @property
    @work_out_once
    def seen_pairs(self) -> int:
        """How many ordered pairs of different nodes are observed."""
        # If 3 of 4 answered, these tell of 3·3 + 3·1 = 12 pairs. 3 of them are somebody with
        # themselves, so 9 were observed, of 4·3 = 12 that there are.
        return int(self.sizes @ self.seen @ self.sizes - self.seen.diagonal() @ self.sizes)

    def count_unseen_out(self, *, asked: bool) -> Numbers:
        """For each node, the others to whom ties are unobserved, on a roster with them or not."""
        where = ~self.seen & (self.asked == asked)
        # Whoever is unseen within their own class is not counted as unseen to themselves.
        return np.asarray(where @ self.sizes - where.diagonal())[self.codes]

    def count_unseen_in(self) -> Numbers:
        """For each node, the others from whom ties are unobserved."""
        return np.asarray(self.sizes @ ~self.seen - (~self.seen).diagonal())[self.codes]

    def count_seen_pairs(self, members: Members) -> Floats:
        """Count the observed ordered pairs of different nodes, from group (row) to group (column)."""
        return self._count_capped_pairs(members, self.seen)

    def count_unseen_pairs(self, members: Members, *, asked: bool) -> Floats:
        """Count the unobserved ordered pairs, among those that share a roster or among all others."""
        return self._count_capped_pairs(members, ~self.seen & (self.asked == asked))

    def build_classes(self) -> Members:
        """Return the matrix of nodes (rows) in classes (columns), as ones."""
        nodes = np.arange(len(self.codes))
        return sparse.csr_array(
            (np.ones(len(nodes)), (nodes, self.codes)), shape=(len(nodes), len(self.told))
        )

    def count_most_named(self, members: Members) -> Floats:
        """Count the ties, from group to group, that non-respondents could have named.

        A limit on the number of names caps what each of them adds. Where either side may tell of a
        tie, both sides' names count together.
        """
        # Somebody silent about 8 colleagues, where a survey takes 5 names, could have named 5.
        named = self._count_capped_pairs(members, ~self.seen & self.asked, self.cap)
        return named if self.directed else named + named.T

    def _count_capped_pairs(
        self, members: Members, where: Flags, cap: Floats | None = None
    ) -> Floats:
        """Sum, over the nodes of each group, the capped count of others in each group `where` holds.

        Nodes of a class have the same count, one less where the node itself is in the other group.
        """
        # Classes of 2 and 3 nodes, all unseen from the first to the second: 2·3 = 6 pairs, from one
        # product of counts and not from a list of pairs.
        of_group = (members.T @ self.build_classes()).toarray()
        others = where @ of_group.T
        limit = np.inf if cap is None else cap[:, None]
        capped = np.minimum(others, limit)
        # Among 4 of its own class a node has 3 others: the cap of 5 is laid on 3.
        without_self = np.minimum(others - where.diagonal()[:, None], limit)
        own = members.tocoo()
        excess = sparse.csr_array(
            ((capped - without_self)[self.codes[own.row], own.col], (own.row, own.col)),
            shape=members.shape,
        )
        counts: Floats = of_group @ capped - (members.T @ excess).toarray()
        return counts
