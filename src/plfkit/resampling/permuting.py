"""Permutations of nodes within strata: nobody changes place with somebody of another stratum."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from attrs import frozen

from plfkit.arrays import Numbers


@frozen(eq=False)
class Permutations:
    """Permutations of nodes that keep every stratum in its places.

    Attributes:
        strata: The stratum of each node.
    """

    strata: Numbers

    @property
    def free(self) -> bool:
        """Whether anybody can change place at all."""
        return len(np.unique(self.strata)) < len(self.strata)

    def draw(self, chance: np.random.Generator, count: int) -> Numbers:
        """Return permutations, one a row: who stands in each node's place."""
        orders = np.tile(np.arange(len(self.strata)), (count, 1))
        for nodes, others in self.draw_strata(chance, count):
            orders[:, nodes] = others
        return orders

    def draw_strata(
        self, chance: np.random.Generator, count: int
    ) -> Iterator[tuple[Numbers, Numbers]]:
        """Yield the nodes of each stratum that has several, with permutations of them, one a row."""
        # Strata 1, 0, 1 sort to nodes 1, 0, 2, where stratum 1 begins at place 1: there they are cut.
        order = np.argsort(self.strata, kind="stable")
        cuts = np.flatnonzero(np.diff(self.strata[order])) + 1
        for nodes in np.split(order, cuts):
            if len(nodes) > 1:
                yield nodes, chance.permuted(np.tile(nodes, (count, 1)), axis=1)
