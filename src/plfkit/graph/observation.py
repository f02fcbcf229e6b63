"""What was observed of a layer: a tie is present, absent or unobserved.

People who were asked and answered in the same surveys see the same part of the layer, so they share
a class, and everything about observation is counted over pairs of classes. A layer of sixty thousand
people has a few hundred classes at most.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray
from scipy import sparse

Members = sparse.csr_array[Any]
"""Nodes (rows) in groups (columns), as ones."""


@frozen(eq=False)
class Observation:
    """Which ordered pairs of a layer's nodes were observed.

    Attributes:
        codes: The class of each node.
        told: Whether the first class would have told of a tie to the second.
        asked: Whether two classes share a roster, so that answering would have told of a tie.
        cap: How many ties somebody of a class who did not answer could have named.
        answered: Whether the class answered.
        directed: Whether a pair is told of from one side only.
    """

    codes: NDArray[np.int64]
    told: NDArray[np.bool_]
    asked: NDArray[np.bool_]
    cap: NDArray[np.float64]
    answered: NDArray[np.bool_]
    directed: bool

    @classmethod
    def complete(cls, n: int, *, directed: bool) -> Observation:
        """Return the observation of a register: nobody was asked, and every pair is known."""
        yes = np.ones((1, 1), np.bool_)
        return cls(np.zeros(n, np.int64), yes, ~yes, np.zeros(1), yes[0], directed)

    def restricted(self, nodes: NDArray[np.int64]) -> Observation:
        """Return the observation of some nodes only."""
        return evolve(self, codes=self.codes[nodes])

    @property
    def seen(self) -> NDArray[np.bool_]:
        """Whether pairs of two classes are observed; in an undirected layer one side suffices."""
        return self.told if self.directed else self.told | self.told.T

    @property
    def sizes(self) -> NDArray[np.int64]:
        """How many nodes each class has."""
        return np.bincount(self.codes, minlength=len(self.told))

    @property
    def response_rate(self) -> float | None:
        """Share of the nodes who answered; None where nobody was asked."""
        asked = self.asked.any(axis=1)[self.codes]
        return float(self.nodes_answered[asked].mean()) if asked.any() else None

    @property
    def nodes_answered(self) -> NDArray[np.bool_]:
        """For each node, whether they answered."""
        return self.answered[self.codes]

    @property
    def capped(self) -> bool:
        """Whether somebody who did not answer could have named only so many."""
        silent = (self.sizes > 0) & ~self.answered
        return bool(np.isfinite(self.cap[silent]).any())

    def unseen_out(self) -> NDArray[np.float64]:
        """For each node, the most ties from it that could come with everybody's answer."""
        sizes = self.sizes
        on_roster = ~self.seen & self.asked
        beyond = ~self.seen & ~self.asked
        named = np.minimum(on_roster @ sizes - on_roster.diagonal(), self.cap)
        return (named + beyond @ sizes - beyond.diagonal())[self.codes]

    def unseen_in(self) -> NDArray[np.float64]:
        """For each node, the most ties to it that could come with everybody's answer."""
        able = ~self.seen & ((self.cap > 0)[:, None] | ~self.asked)
        return (self.sizes @ able - able.diagonal()).astype(np.float64)[self.codes]

    def seen_pairs(self, members: Members) -> NDArray[np.float64]:
        """Count the observed ordered pairs of different nodes, from group (row) to group (column)."""
        return self._count(members, self.seen, np.full(len(self.cap), np.inf))

    def most_new(self, members: Members) -> NDArray[np.float64]:
        """Count the ties, from group to group, that could come with everybody's answer.

        A limit on the number of names caps what each non-respondent adds on their own roster. Where
        either side may tell of a tie, both sides' names count together.
        """
        unlimited = np.full(len(self.cap), np.inf)
        named = self._count(members, ~self.seen & self.asked, self.cap)
        if not self.directed:
            unseen = self._count(members, ~self.seen & self.asked, unlimited)
            named = np.minimum(named + named.T, unseen)
        return named + self._count(members, ~self.seen & ~self.asked, unlimited)

    def _count(
        self, members: Members, where: NDArray[np.bool_], cap: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Sum, over the nodes of each group, the capped count of others in each group `where` holds.

        Nodes of a class have the same count, one less where the node itself is in the other group.
        """
        classes = sparse.csr_array(
            (np.ones(len(self.codes)), (np.arange(len(self.codes)), self.codes)),
            shape=(len(self.codes), len(self.told)),
        )
        of_group = (members.T @ classes).toarray()
        others = where @ of_group.T
        capped = np.minimum(others, cap[:, None])
        without_self = np.minimum(others - where.diagonal()[:, None], cap[:, None])
        own = members.tocoo()
        excess = sparse.csr_array(
            ((capped - without_self)[self.codes[own.row], own.col], (own.row, own.col)),
            shape=members.shape,
        )
        counts: NDArray[np.float64] = of_group @ capped - (members.T @ excess).toarray()
        return counts
