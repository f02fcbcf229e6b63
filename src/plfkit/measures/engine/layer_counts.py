"""What is counted of a layer, part by part: shares, sums, and how much of it was observed."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from plfkit.arrays import Floats
from plfkit.graph.layers import Layer
from plfkit.model.words.ranges import RangeKind


def compute_share(numerator: float, denominator: float | None) -> float | None:
    """Return a share; None where nothing could be counted."""
    return None if not denominator else float(numerator / denominator)


def compute_shares(numerator: NDArray[Any], denominator: NDArray[Any]) -> Floats:
    """Return shares; NaN where nothing could be counted."""
    result = np.full(np.shape(numerator), np.nan)
    np.divide(numerator, denominator, out=result, where=np.asarray(denominator) != 0)
    return result


def sum_by_part(layer: Layer, counts: NDArray[Any]) -> Floats:
    """Sum up what was counted for each node, part by part."""
    return np.bincount(layer.node_parts, counts, len(layer.sizes)).astype(np.float64)


def compute_observed_share(layer: Layer) -> float | None:
    """Return the observed share of a single part's pairs; None if nobody recorded who was asked."""
    (share,) = compute_observed_shares(layer).tolist()
    return None if np.isnan(share) else share


def compute_observed_shares(layer: Layer) -> Floats:
    """Return the observed share of each part's pairs; NaN if nobody recorded who was asked."""
    return compute_shares(count_observed_pairs(layer), layer.sizes * (layer.sizes - 1.0))


def count_observed_pairs(layer: Layer) -> Floats:
    """Count each part's ordered pairs of which somebody told; NaN where nobody recorded it."""
    if layer.observation is None:
        return np.full(len(layer.sizes), np.nan)
    return layer.observation.seen_pairs.astype(np.float64)


def compute_response_rate(layer: Layer) -> float | None:
    """Return the share of a single part's people who answered; None if nobody recorded who was asked."""
    return None if layer.observation is None else layer.observation.response_rate


def find_tie_range_kind(layer: Layer, *, exact_under_caps: bool) -> RangeKind:
    """Tell what the range is: exact, an outer bound where names were limited, or unknown.

    With several surveys a limit on names is shared out among rosters, which no formula here follows.
    """
    observation = layer.observation
    if observation is None:
        return RangeKind.UNKNOWN
    if not observation.limited:
        return RangeKind.EXACT
    return (
        RangeKind.EXACT if exact_under_caps and observation.surveys == 1 else RangeKind.OUTER_BOUND
    )
