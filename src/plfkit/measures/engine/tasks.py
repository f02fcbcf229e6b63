"""What measures draw: figures of completions, of random networks, of changed groups, of people drawn anew."""

from __future__ import annotations

import numpy as np
from attrs import frozen

from plfkit.graph.layers import Layer
from plfkit.measures.engine.estimates import Estimator, LabelledEstimator, ReweightedEstimator
from plfkit.resampling import Completions, Permutations, RandomNetworks, draw_weights
from plfkit.resampling.drawing import Draws


@frozen(eq=False)
class CompletionTask:
    """Draws the figures of random completions."""

    completions: Completions
    estimator: Estimator

    def evaluate_extremes(self, seed: int) -> Draws:
        """Return the figures of the two completions with the fewest and the most ties."""
        both = self.completions.draw_extremes(np.random.default_rng(seed))
        return np.stack([self.estimator(layer).value for layer in both])

    def __call__(self, chance: np.random.Generator, count: int) -> Draws:
        """Return the figures of completions, one draw a row."""
        draw = self.completions.draw
        return np.stack([self.estimator(draw(chance)).value for _ in range(count)])


@frozen(eq=False)
class NetworkTask:
    """Draws the figures of random networks."""

    networks: RandomNetworks
    estimator: Estimator

    def __call__(self, chance: np.random.Generator, count: int) -> Draws:
        """Return the figures of random networks, one draw a row."""
        draw = self.networks.draw
        return np.stack([self.estimator(draw(chance)).value for _ in range(count)])


@frozen(eq=False)
class LabelTask:
    """Draws the figures of a layer whose people have changed groups."""

    layer: Layer
    permutations: Permutations
    estimator: LabelledEstimator

    def __call__(self, chance: np.random.Generator, count: int) -> Draws:
        """Return the figures of people who changed groups, one draw a row."""
        orders = self.permutations.draw(chance, count)
        return np.stack([self.estimator.permute_nodes(o)(self.layer).value for o in orders])


@frozen(eq=False)
class PeopleTask:
    """Draws the figures of people drawn anew."""

    layer: Layer
    estimator: ReweightedEstimator

    def __call__(self, chance: np.random.Generator, count: int) -> Draws:
        """Return the figures of people drawn anew, one draw a row."""
        weights = draw_weights(chance, self.layer.n, count)
        return self.estimator.reweight_figures(self.layer, weights, chance)
