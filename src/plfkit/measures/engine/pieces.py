"""Pieces: what is to be computed of parts of which as much is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from attrs import field, frozen

from plfkit.arrays import Numbers
from plfkit.graph.layers import Layer
from plfkit.measures.engine.estimates import Bounds, Chance, Estimate, Estimator
from plfkit.measures.engine.layer_parts import PartSet
from plfkit.model.results.figures import Cells
from plfkit.resampling import Work


@frozen(eq=False, kw_only=True)
class Piece:
    """Some parts of a result before they are computed: those of which as much is known.

    Attributes:
        parts: The parts, whose layer they are computed from.
        keys: What the figures are about, by key column.
        places: In which of the parts each figure is, by its place among them; one in each if left out.
        estimator: How figures follow from the layer. What is drawn is drawn part by part: an
            estimator that knows something of each node tells with `keep_nodes` what it knows of a part's.
        bounds: How their range follows from the layer; the estimator's own if left out, and
            simulated where it has none.
        formulas: Nulls that have a formula from the estimator and the layer of a part, by what they
            hold fixed.
        compute_in_parallel: How the figures themselves are computed, where that is long work of its own.
        certain_only: Whether there is a value only where no answer could change it.
    """

    parts: PartSet
    keys: Mapping[str, Cells] = field(factory=dict)
    places: Numbers = field()
    estimator: Estimator
    bounds: Callable[[Layer], Bounds] | None = field()
    formulas: Mapping[str, Callable[[Any, Layer], Chance]] = field(factory=dict)
    compute_in_parallel: Callable[[Layer, Work], Estimate] | None = None
    certain_only: bool = False

    @places.default
    def _number_one_in_each(self) -> Numbers:
        return np.arange(len(self.parts.labels))

    @bounds.default
    def _find_own_bounds(self) -> Callable[[Layer], Bounds] | None:
        return getattr(self.estimator, "bounds", None)

    @property
    def layer(self) -> Layer:
        """The layer of its parts."""
        return self.parts.layer

    def cut_estimator(self, part: int) -> Estimator:
        """Return how figures of one of the parts follow from its layer."""
        keep = getattr(self.estimator, "keep_nodes", None)
        if keep is None or len(self.parts.labels) == 1:
            return self.estimator
        kept: Estimator = keep(np.arange(*self.layer.starts[part : part + 2]))
        return kept
