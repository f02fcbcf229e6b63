"""Pairs of people with what is between them, for shares of which each pair has a part."""

from __future__ import annotations

import numpy as np
from attrs import frozen

from plfkit.arrays import Flags, Floats, Numbers
from plfkit.graph.layers import Layer
from plfkit.resampling.pairs import PairAmounts


@frozen(eq=False)
class TiedPairs:
    """The pairs of a layer with an observed tie, each once; all others are known by their classes.

    Attributes:
        codes: The class of each node.
        ways: How many of the two ties between nodes of two classes were observed; of an undirected
            pair there is one.
        ends: The nodes of the tied pairs.
        ties: How many observed ties each has.
    """

    codes: Numbers
    ways: Floats
    ends: tuple[Numbers, Numbers]
    ties: Floats

    @classmethod
    def of_layer(cls, layer: Layer) -> TiedPairs:
        """List the tied pairs of a layer."""
        sources, targets = layer.list_observed_arcs()
        n = max(layer.n, 1)
        # Of 10 nodes the ties 3 → 7 and 7 → 3 are both the pair 37.
        keys = np.minimum(sources, targets) * n + np.maximum(sources, targets)
        pairs, ties = np.unique(keys, return_counts=True)
        codes, seen = np.zeros(layer.n, np.int64), np.ones((1, 1), np.bool_)
        if layer.observation is not None:
            codes, seen = layer.observation.codes, layer.observation.seen
        # An undirected tie stands in both directions, and counts once.
        twice = 1 if layer.directed else 2
        ways = (seen.astype(np.float64) + seen.T) / twice
        return cls(codes, ways, (pairs // n, pairs % n), ties / twice)

    @property
    def both(self) -> Flags:
        """Which tied pairs were observed both ways."""
        one, other = self.ends
        return self.ways[self.codes[one], self.codes[other]] > 1

    def weigh(self, extra: Floats, base: Floats | None = None) -> PairAmounts:
        """Return an amount for each pair.

        Args:
            extra: What each tied pair comes to beyond an untied one.
            base: What untied pairs of two classes come to; nothing if left out.
        """
        amounts = np.zeros_like(self.ways) if base is None else base
        return PairAmounts(self.codes, amounts, self.ends, extra)
