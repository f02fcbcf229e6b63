"""Permutations of nodes within strata: nobody changes place with somebody of another stratum."""

from __future__ import annotations

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
        n = len(self.strata)
        orders = np.tile(np.arange(n), (count, 1))
        for stratum in np.unique(self.strata):
            nodes = np.flatnonzero(self.strata == stratum)
            if len(nodes) > 1:
                orders[:, nodes] = chance.permuted(np.tile(nodes, (count, 1)), axis=1)
        return orders
