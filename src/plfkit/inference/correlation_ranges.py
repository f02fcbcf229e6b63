"""Between what a correlation could lie, had everybody answered.

A correlation of two relations rises with every pair that is told to be alike in both, and falls with every
pair that is told to be apart, so its ends can be reached.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from plfkit.arrays import Floats
from plfkit.inference.known_cells import KnownCells
from plfkit.inference.pairs import Pairs
from plfkit.inference.spans import Spans
from plfkit.model.words.ranges import RangeKind

_AT_ONCE = 1 << 20
"""How many ways of filling in are tried together."""


def find_correlation_span(pairs: Pairs, value: float) -> Spans:
    """Return between what the correlation of the first two matrices could lie, had everybody answered.

    Args:
        pairs: The matrices.
        value: The correlation over the pairs that were observed; NaN if there is none.
    """
    values = np.array([value])
    known = KnownCells.of(pairs)
    if not isinstance(known, KnownCells):
        return Spans.of_known(values, known)
    return bound_correlation(known).widen(values)


def bound_correlation(known: KnownCells) -> Spans:
    """Return between what the correlation of the first two matrices could lie.

    Args:
        known: What is known of them.
    """
    if 1 in known.amounts:
        found = _correlate_with_numbers(known)
        ends = np.fmin.reduce(found, keepdims=True), np.fmax.reduce(found, keepdims=True)
        return Spans(*ends, RangeKind.UNKNOWN if np.isnan(ends[0]).all() else known.kind)
    chunks = [*_correlate_completions(known)]
    lower, upper = (np.concatenate(ends) for ends in zip(*chunks, strict=True))
    if np.isnan(lower).all() and np.isnan(upper).all():
        return Spans.of_unknown(1)
    # Where one of the two would be the same everywhere, there is no correlation, and the end that
    # would be reached there is not known: nothing lies beyond 1.
    open_ = bool(np.isnan(lower).any() or np.isnan(upper).any())
    least = -1.0 if np.isnan(lower).any() else float(lower.min())
    most = 1.0 if np.isnan(upper).any() else float(upper.max())
    kind = RangeKind.OUTER_BOUND if open_ else known.kind
    return Spans(np.array([least]), np.array([most]), kind)


def _correlate_completions(known: KnownCells) -> Iterator[tuple[Floats, Floats]]:
    """Yield correlations of completions of two relations among which the least is, and the greatest."""
    (one, gaps), (other, other_gaps) = known.mark_known(0), known.mark_known(1)
    states = (one + 2 * gaps) * 3 + other + 2 * other_gaps
    counts = np.bincount(states, minlength=9).reshape(3, 3) / known.times
    apart, alike = counts.copy(), counts.copy()
    # What one of the two is known to be, the other is too, or is not; the third state is unknown.
    for told in (0, 1):
        for table, same in ((alike, told), (apart, 1 - told)):
            table[told, same] += counts[told, 2]
            table[same, told] += counts[2, told]
    # Where neither is known, some are one way of being alike (or apart), and the rest the other.
    for start in range(0, int(counts[2, 2]) + 1, _AT_ONCE):
        some = np.arange(start, min(start + _AT_ONCE, int(counts[2, 2]) + 1))
        rest = counts[2, 2] - some
        yield (
            _correlate_table(apart[1, 1], apart[1, 0] + some, apart[0, 1] + rest, apart[0, 0]),
            _correlate_table(alike[1, 1] + some, alike[1, 0], alike[0, 1], alike[0, 0] + rest),
        )


def _correlate_table(both: Any, one: Any, other: Any, neither: Any) -> Floats:
    """Return the correlation of two matrices by how many pairs have both, the one, the other, neither."""
    spread = (both + one) * (other + neither) * (both + other) * (one + neither)
    covariance = both * neither - one * other
    found = np.full(np.shape(spread), np.nan)
    np.divide(covariance, np.sqrt(spread), out=found, where=spread > 0)
    return found


def _correlate_with_numbers(known: KnownCells) -> Floats:
    """Return the correlations with the least, and the most, that so many unobserved ties could add up to."""
    ties, gaps = known.mark_known(0)
    numbers, count = known.amounts[1], len(ties) / known.times
    total = numbers.sum() / known.times
    spread = count * (numbers @ numbers) / known.times - total**2
    # Without a direction each number stands there twice.
    least = np.sort(numbers[gaps])[:: known.times]
    more = np.arange(len(least) + 1)
    ones = ties.sum() / known.times + more
    variation = ones * (count - ones) * spread
    found = []
    for added in (least, least[::-1]):
        sums = numbers[ties].sum() / known.times + np.concatenate([[0.0], np.cumsum(added)])
        covariance = count * sums - ones * total
        missing = np.full(len(more), np.nan)
        root = np.sqrt(np.fmax(variation, 0))
        found.append(np.divide(covariance, root, out=missing, where=variation > 0))
    return np.concatenate(found)
