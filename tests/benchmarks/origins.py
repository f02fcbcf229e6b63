"""Where networks come from whose truth is known: two models of a school, and schools of a municipality.

*Pairs*: people differ in how much they seek advice and are sought, seek those of their own grade more
often, and pairs of them are tied as in the p1 model (Holland & Leinhardt 1981), each pair
independently of all others.

*Actors*: people differ likewise; then one after the other looks at each colleague again and decides
anew, more often for a tie where the colleague seeks them, and where somebody whom they seek seeks that
colleague too, as in actor-oriented models (Snijders 2001). So ties depend on third persons.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import block_diag

from plfkit.graph.adjacency import build_adjacency
from plfkit.graph.layers import Layer
from plfkit.graph.observation import Observation

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]
Origin = Literal["pairs", "actors"]
ORIGINS: tuple[Origin, ...] = get_args(Origin)

SEEKS, SOUGHT, TOGETHER = 0.6, 0.9, -0.2
"""How much people differ in seeking and in being sought, and how the two go together."""

RETURNING, CLOSING, SAME = 1.5, 1.0, 0.8
"""Log odds that a tie has more where it is returned, closes a path of two steps, or stays in a grade."""

GRADES = 3
"""How many grades people are of, one after the other."""

SWEEPS, KEEPING = 10, 0.6
"""How many times everybody looks at everybody again; how much stays as it was in a year."""

BASES: Mapping[Origin, Mapping[int, float]] = MappingProxyType(
    {
        "pairs": MappingProxyType({8: -1.36, 15: -1.80, 30: -2.51, 60: -3.18, 150: -3.92}),
        "actors": MappingProxyType({8: -1.98, 15: -2.58, 30: -3.20, 60: -3.82, 150: -4.49}),
    }
)
"""Log odds of a tie where all are average: density is about .40, .30, .18, .10 and .05."""

SPARSE_BASES: Mapping[float, Mapping[Origin, Mapping[int, float]]] = MappingProxyType(
    {
        0.7: MappingProxyType(
            {
                "pairs": MappingProxyType({8: -3.09, 15: -3.87, 30: -4.62}),
                "actors": MappingProxyType({8: -3.23, 15: -3.95, 30: -4.68}),
            }
        ),
        1.5: MappingProxyType(
            {
                "pairs": MappingProxyType({8: -2.23, 15: -3.05, 30: -3.84}),
                "actors": MappingProxyType({8: -2.59, 15: -3.34, 30: -4.04}),
            }
        ),
    }
)
"""The same where people seek so many colleagues on average, whatever the size of their school."""


def draw_people(rng: np.random.Generator, n: int, count: int) -> Floats:
    """Draw the log odds of each pair's tie beyond the base; one network in the last axis."""
    same = SAME * mark_same_grade(n)
    seeks = rng.normal(size=(n, count))
    sought = TOGETHER * seeks + np.sqrt(1 - TOGETHER**2) * rng.normal(size=(n, count))
    return np.asarray(SEEKS * seeks[:, None] + SOUGHT * sought[None, :] + same[:, :, None])


def mark_same_grade(n: int) -> Flags:
    """Tell which of n people are of the same grade."""
    grades = np.arange(n) % GRADES
    return np.asarray(grades[:, None] == grades)


def draw_networks(rng: np.random.Generator, origin: Origin, odds: Floats) -> Flags:
    """Draw networks of people whose odds of a tie are given, base included."""
    ties = draw_pairs(rng, odds)
    return ties if origin == "pairs" else draw_actors(rng, odds, ties)


def draw_pairs(rng: np.random.Generator, odds: Floats) -> Flags:
    """Draw networks in which each pair is independent of the others."""
    one, other = np.triu_indices(len(odds), 1)
    forth, back = odds[one, other], odds[other, one]
    chances = np.exp(np.stack([np.zeros_like(forth), forth, back, forth + back + RETURNING]))
    bounds = np.cumsum(chances, axis=0)
    # Neither, forth, back, both: numbers 0 to 3, of which the first bit is forth and the second back.
    state = (rng.random(forth.shape) * bounds[3] > bounds[:3]).sum(axis=0)
    ties = np.zeros(odds.shape, np.bool_)
    ties[one, other], ties[other, one] = state % 2 == 1, state >= 2
    return ties


def draw_actors(
    rng: np.random.Generator, odds: Floats, ties: Flags, *, sweeps: int = SWEEPS, share: float = 1.0
) -> Flags:
    """Draw networks in which people look again at each other's ties, from networks to begin with.

    Args:
        rng: Where chance comes from.
        odds: Log odds of each pair's tie.
        ties: The networks to begin with.
        sweeps: How many times.
        share: The part of the ties at which they look each time.
    """
    n, ties = len(odds), ties.copy()
    pairs = np.array([(i, j) for i in range(n) for j in range(n) if i != j])
    for _ in range(sweeps):
        for i, j in rng.permutation(pairs).tolist():
            closes = (ties[i] & ties[:, j]).any(axis=0)
            chance = odds[i, j] + RETURNING * ties[j, i] + CLOSING * closes
            anew = rng.random(ties.shape[2]) * (1 + np.exp(-chance)) < 1
            looks = True if share == 1 else rng.random(ties.shape[2]) < share
            ties[i, j] = np.where(looks, anew, ties[i, j])
    return ties


def draw_again(rng: np.random.Generator, origin: Origin, odds: Floats, ties: Flags) -> Flags:
    """Draw the networks of the same people a year later: some pairs, or ties, are drawn anew."""
    if origin == "actors":
        return draw_actors(rng, odds, ties, sweeps=1, share=1 - KEEPING)
    one, other = np.triu_indices(len(odds), 1)
    keep = np.zeros(odds.shape, np.bool_)
    keep[one, other] = rng.random((len(one), odds.shape[2])) < KEEPING
    keep |= keep.transpose(1, 0, 2)
    return np.where(keep, ties, draw_pairs(rng, odds))


def put_side_by_side(networks: Sequence[Flags]) -> Flags:
    """Return the networks of several schools as one, without ties between them."""
    return np.asarray(block_diag(*networks), np.bool_)


def build_layer(ties: Flags, silent: Flags | None = None) -> Layer:
    """Return the layer of a network as those told it who were not silent."""
    n = len(ties)
    silent = np.zeros(n, np.bool_) if silent is None else silent
    answered = np.array([True, False])
    told = np.repeat(answered[:, None], 2, axis=1)
    recorded = Observation(
        silent.astype(np.int64), told, np.ones_like(told), np.full(2, np.inf), directed=True
    )
    sources, targets = np.nonzero(ties & ~silent[:, None])
    return Layer(
        relation="advice",
        directed=True,
        persons=np.arange(n),
        adjacency=build_adjacency(sources, targets, n),
        recorded=recorded,
        unrecorded=np.zeros(n, np.bool_),
        reason=None,
        notes={},
    )
