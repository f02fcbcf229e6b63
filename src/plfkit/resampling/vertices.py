"""The vertex bootstrap: the same ties among people drawn anew, with replacement.

Snijders & Borgatti (1999), Connections 22(2), 61-70: somebody drawn twice stands twice, and what is
between the two is drawn from what is between people at large.
"""

from __future__ import annotations

import numpy as np
from attrs import frozen

from plfkit.arrays import Flags, Floats, Numbers
from plfkit.graph.layers import Layer


@frozen(eq=False)
class Dyads:
    """Numbers of pairs of people by the ties between them, one for each draw.

    Attributes:
        mutual: Tied in both directions.
        one_sided: Tied in one.
        empty: Not tied.
        ties: How many ties there are, of pairs observed in one direction only too.
        pairs: How many ordered pairs were observed.
    """

    mutual: Floats
    one_sided: Floats
    empty: Floats
    ties: Floats
    pairs: Floats


def draw_weights(chance: np.random.Generator, n: int, count: int) -> Floats:
    """Return how many times each of n people is drawn, one draw a row."""
    # Draw and person in one number: of 10 people, person 7 of draw 3 is counted in cell 37.
    rows = np.repeat(np.arange(count), n) * n + chance.integers(0, n, count * n)
    return np.bincount(rows, minlength=count * n).reshape(count, n).astype(np.float64)


def resample_dyads(layer: Layer, weights: Floats, chance: np.random.Generator) -> Dyads:
    """Count the observed dyads and ties among people who stand as often as their weights say.

    Args:
        layer: The network.
        weights: How many times each person stands, one draw a row.
        chance: What is between a person and the same person drawn again comes from it.
    """
    arcs = _list_observed_arcs(layer)
    sources, targets, returned, both = arcs
    product = weights[:, sources] * weights[:, targets]
    # A mutual tie stands twice among the arcs, a one-sided one once.
    mutual = product[:, returned & both].sum(axis=1) / 2
    one_sided = product[:, ~returned & both].sum(axis=1)
    ties = product.sum(axis=1)
    pairs, dyads = _count_observed_pairs(layer, weights)
    # Somebody drawn 3 times makes 3 · 2 = 6 ordered pairs with themselves, or 3 dyads.
    again = (weights * (weights - 1)).sum(axis=1)
    whole_pairs, whole_dyads = _count_observed_pairs(layer, np.ones((1, layer.n)))
    shares = _compute_dyad_shares(arcs, float(whole_dyads[0]))
    doubled = chance.multinomial((again / 2).astype(np.int64), shares)
    density = len(sources) / whole_pairs[0] if whole_pairs[0] else 0.0
    if layer.directed:
        ties += chance.binomial(again.astype(np.int64), density)
    else:
        ties += 2 * doubled[:, 0]
    mutual += doubled[:, 0]
    one_sided += doubled[:, 1]
    dyads += again / 2
    return Dyads(mutual, one_sided, dyads - mutual - one_sided, ties, pairs + again)


ObservedArcs = tuple[Numbers, Numbers, Flags, Flags]


def _list_observed_arcs(layer: Layer) -> ObservedArcs:
    """Return the observed ties: their ends, whether they are returned, whether both were observed."""
    sources, targets = layer.list_arcs()
    both = np.ones(len(sources), np.bool_)
    if layer.observation is not None:
        codes, seen = layer.observation.codes, layer.observation.seen
        kept = seen[codes[sources], codes[targets]]
        sources, targets = sources[kept], targets[kept]
        both = seen[codes[targets], codes[sources]]
    # With 10 people the tie from 3 to 7 is 37, and returned if 73 is there too.
    keys, back = sources * max(layer.n, 1) + targets, targets * max(layer.n, 1) + sources
    return sources, targets, np.isin(back, keys, assume_unique=True), both


def _count_observed_pairs(layer: Layer, weights: Floats) -> tuple[Floats, Floats]:
    """Count, for each draw, ordered pairs of different people, and dyads, that were observed."""
    if layer.observation is None:
        codes, seen = np.zeros(layer.n, np.int64), np.ones((1, 1), np.bool_)
    else:
        codes, seen = layer.observation.codes, layer.observation.seen
    drawn = np.zeros((len(weights), len(seen)))
    np.add.at(drawn.T, codes, weights.T)
    pairs, dyads = (
        _count_weighted_pairs(drawn, weights, codes, where) for where in (seen, seen & seen.T)
    )
    return pairs, dyads / 2


def _count_weighted_pairs(
    drawn: Floats,
    weights: Floats,
    codes: Numbers,
    where: Flags,
) -> Floats:
    counts: Floats = ((drawn @ where) * drawn).sum(axis=1)
    # Nobody is paired with themselves: of a class of weights 1 and 2, 9 − (1 + 4) = 4 are left.
    return counts - (weights**2 @ where.diagonal()[codes])


def _compute_dyad_shares(arcs: ObservedArcs, dyads: float) -> Floats:
    """Return which part of the observed dyads is mutual, one-sided and empty."""
    if not dyads:
        return np.array([0.0, 0.0, 1.0])
    _, _, returned, both = arcs
    shares = np.array([(returned & both).sum() / 2, (~returned & both).sum(), 0.0]) / dyads
    shares[2] = max(1 - shares.sum(), 0)
    return shares
