"""Knowledge: of which parts of a layer as much is known, so that they are computed together."""

from __future__ import annotations

import numpy as np

from plfkit.arrays import Numbers
from plfkit.graph.layers import Layer


def code_knowledge(layer: Layer, missing: str) -> Numbers:
    """Return for each part a code: the same for two of which as much is known, however it is treated."""
    treated, narrow = layer.treat_missing(missing), layer.narrow_range()
    sides = [
        _list_knowledge(one) for one in {id(one): one for one in (layer, treated, narrow)}.values()
    ]
    return np.unique(np.concatenate(sides), axis=1, return_inverse=True)[1].ravel()


def _list_knowledge(layer: Layer) -> Numbers:
    """Return for each part (column) whether it was recorded, is whole, and how many answered, if all did."""
    parts, count, known = layer.node_parts, len(layer.sizes), layer.recorded
    if known is None:
        return np.zeros((1, count), np.int64)
    silent = np.bincount(parts[~known.nodes_answered], minlength=count) > 0
    rates = known.response_rates
    # All, none and some of those who were asked are 1, 0 and 2; that nobody was is as good as all.
    answered = np.where(np.isnan(rates) | (rates == 1), 1, np.where(rates == 0, 0, 2))
    sides = np.stack([layer.recorded_parts, known.whole_parts, answered, silent]).astype(np.int64)
    return np.where(layer.recorded_parts, sides, 0)
