"""Completions: networks that could be, had everybody answered."""

from __future__ import annotations

import numpy as np
from attrs import evolve, frozen

from plfkit.arrays import Numbers
from plfkit.errors import MeasureError
from plfkit.graph.layers import Layer, build_adjacency
from plfkit.graph.observation import Observation

MOST_PEOPLE_COMPLETED = 20_000
"""Beyond so many people no completions are drawn: there would be too many possible ties."""


@frozen(eq=False)
class Completions:
    """Random completions of a layer in which some ties are unobserved.

    Each completion has a share of its own, anywhere between nothing and everything, with which an
    unobserved tie is there. Somebody who did not answer names as many as each survey allowed at most.

    Attributes:
        layer: The layer; its observation is known.
    """

    layer: Layer

    def __attrs_post_init__(self) -> None:
        """Refuse layers with too many possible ties."""
        if self.layer.n > MOST_PEOPLE_COMPLETED:
            raise MeasureError(
                f"the range of {self.layer.n} people would take too long: ask for each school with "
                "by=, or for no range with draws=0"
            )

    def draw_extremes(self, chance: np.random.Generator) -> tuple[Layer, Layer]:
        """Return the completion without any unobserved tie, and one with as many as there can be."""
        return self._complete_layer(chance, 0.0), self._complete_layer(chance, 1.0)

    def draw(self, chance: np.random.Generator) -> Layer:
        """Return a completion."""
        return self._complete_layer(chance, chance.random())

    def _complete_layer(self, chance: np.random.Generator, share: float) -> Layer:
        layer = self.layer
        observation = layer.observation
        assert observation is not None  # noqa: S101 - the caller has looked
        sources, targets = layer.list_arcs()
        chosen = [
            self._draw_named_people(observation, node, chance, share)
            for node in np.flatnonzero(~observation.seen[observation.codes].all(axis=1))
        ]
        more = np.concatenate([*chosen, np.empty((2, 0), np.int64)], axis=1)
        sources, targets = np.concatenate([[sources, targets], more], axis=1)
        if not layer.directed:
            sources, targets = (
                np.concatenate([sources, targets]),
                np.concatenate([targets, sources]),
            )
        return evolve(
            layer,
            adjacency=build_adjacency(sources, targets, layer.n),
            recorded=Observation.complete(layer.n, directed=layer.directed),
        )

    def _draw_named_people(
        self, observation: Observation, node: np.int64, chance: np.random.Generator, share: float
    ) -> Numbers:
        """Draw whom one person would have named: the ties that they alone could have told of."""
        kind = observation.codes[node]
        silent = ~observation.told[kind][observation.codes]
        silent[node] = False
        drawn = silent & (chance.random(len(silent)) < share)
        named = drawn & ~observation.asked[kind][observation.codes]
        for survey in np.flatnonzero(observation.unanswered[kind]):
            listed = np.flatnonzero(drawn & observation.rosters[observation.codes, survey])
            cap = observation.limits[survey]
            # Of more names than the survey took, as many as it took, drawn at random.
            named[listed if len(listed) <= cap else chance.permutation(listed)[: int(cap)]] = True
        others = np.flatnonzero(named)
        return np.stack([np.full(len(others), node), others])
