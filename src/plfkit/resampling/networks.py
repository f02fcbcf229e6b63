"""Random networks that hold something of a network fixed, among the ties that were observed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from attrs import evolve, field, frozen

from plfkit.arrays import Flags, Numbers
from plfkit.errors import MeasureError
from plfkit.graph.adjacency import build_adjacency
from plfkit.graph.layers import Layer
from plfkit.hints import Hint
from plfkit.kernels import rewire_ties

MOST_PEOPLE_REDRAWN = 5_000
"""Beyond so many people no random networks are drawn: every pair has a cell."""

_SWAPS = 20
"""How many swaps are tried for each tie before a rewired network is taken."""

Arcs = tuple[Numbers, Numbers]


@frozen(eq=False)
class RandomNetworks:
    """Networks among the same people that hold fixed what `held` names.

    Everybody's number of ties is held by swapping the ends of two ties again and again. That cannot
    turn round a ring of three ties that stands alone, so such networks are drawn too seldom.

    Only ties that were observed take part: what is unobserved stays so.

    Attributes:
        layer: The network they are like.
        held: What they hold fixed, a key of `NETWORKS`.
    """

    layer: Layer
    held: str
    _allowed: Flags = field(init=False)
    _arcs: Arcs = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Note which ties were observed; refuse networks with too many possible ties."""
        layer = self.layer
        if layer.n > MOST_PEOPLE_REDRAWN:
            asked = {"null": self.held, "most": MOST_PEOPLE_REDRAWN, "people": layer.n}
            raise MeasureError(Hint("measure.network_too_large", **asked))
        allowed = np.ones((layer.n, layer.n), np.bool_)
        if layer.observation is not None:
            codes = layer.observation.codes
            allowed = layer.observation.seen[codes][:, codes]
        np.fill_diagonal(allowed, val=False)
        sources, targets = layer.list_arcs()
        inside = allowed[sources, targets]
        object.__setattr__(self, "_allowed", allowed)
        object.__setattr__(self, "_arcs", (sources[inside], targets[inside]))

    def draw(self, chance: np.random.Generator) -> Layer:
        """Return one of them."""
        sources, targets = NETWORKS[self.held](self, chance)
        return evolve(self.layer, adjacency=build_adjacency(sources, targets, self.layer.n))

    def _draw_same_size(self, chance: np.random.Generator) -> Arcs:
        """As many ties as there are, anywhere."""
        if not self.layer.directed:
            return self._draw_same_dyads(chance)
        cells = np.flatnonzero(self._allowed)
        return self._unpack_pair_cells(chance.choice(cells, len(self._arcs[0]), replace=False))

    def _draw_same_dyads(self, chance: np.random.Generator) -> Arcs:
        """As many mutual and as many one-sided ties as there are, anywhere."""
        n = self.layer.n
        present = np.zeros((n, n), np.bool_)
        present[self._arcs] = True
        both = np.triu(self._allowed & self._allowed.T)
        mutual = int((present & present.T & both).sum())
        one_sided = int(((present ^ present.T) & both).sum())
        # The first of the shuffled dyads become mutual, the next one-sided, all others stay empty.
        dyads = chance.permutation(np.flatnonzero(both))[: mutual + one_sided]
        turned = chance.random(one_sided) < 1 / 2
        first, second = self._unpack_pair_cells(dyads)
        once = slice(mutual, None)
        first[once], second[once] = (
            np.where(turned, second[once], first[once]),
            np.where(turned, first[once], second[once]),
        )
        # Pairs observed from one side only are no dyads: their ties are drawn apart.
        alone = np.flatnonzero(self._allowed & ~self._allowed.T)
        beside = int((present & self._allowed & ~self._allowed.T).sum())
        more = self._unpack_pair_cells(chance.choice(alone, beside, replace=False))
        sources = np.concatenate([first, second[:mutual], more[0]])
        return sources, np.concatenate([second, first[:mutual], more[1]])

    def _draw_same_degrees(self, chance: np.random.Generator) -> Arcs:
        """Everybody with as many ties, in and out, as they have."""
        layer, n = self.layer, self.layer.n
        sources, targets = (side.copy() for side in self._arcs)
        present = np.zeros(n * n, np.uint8)
        # Row by row: of 10 people, the tie from 3 to 7 is cell 37.
        present[sources * n + targets] = 1
        if not layer.directed:
            once = sources < targets
            sources, targets = sources[once], targets[once]
        if len(sources) > 1:
            tries = _SWAPS * len(sources)
            picks = chance.integers(0, len(sources), 2 * tries, dtype=np.int32)
            turns = chance.integers(0, 2, tries, dtype=np.int32)
            allowed = self._allowed.ravel().astype(np.uint8)
            rewire_ties(n, layer.directed, allowed, picks, turns, sources, targets, present)
        if layer.directed:
            return sources, targets
        return np.concatenate([sources, targets]), np.concatenate([targets, sources])

    def _unpack_pair_cells(self, cells: Numbers) -> Arcs:
        first, second = np.divmod(cells, self.layer.n)
        return first, second


NETWORKS: Mapping[str, Callable[[RandomNetworks, np.random.Generator], Arcs]] = {
    "size": RandomNetworks._draw_same_size,  # noqa: SLF001 - its own
    "mutuals": RandomNetworks._draw_same_dyads,  # noqa: SLF001 - its own
    "degrees": RandomNetworks._draw_same_degrees,  # noqa: SLF001 - its own
}
"""What random networks can hold fixed, beside the people: how many ties there are, how many of them
are returned, how many everybody has."""
