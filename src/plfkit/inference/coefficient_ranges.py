"""Between what the figures of a regression could lie, had everybody answered.

As long as only the relation to be explained has gaps, the ends of a coefficient can be reached: it is a
weighted sum of that relation's ties. Where predictors have gaps too, there is no formula, and many
completions show a span.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from attrs import evolve

from plfkit.arrays import Floats, Numbers
from plfkit.inference.known_cells import KnownCells
from plfkit.inference.least_squares import build_uncentring, invert_products
from plfkit.inference.pairs import Pairs
from plfkit.inference.spans import Spans
from plfkit.model.words.ranges import RangeKind
from plfkit.resampling import Drawing

_SINGULAR = 1e-9
"""Columns whose sums of products leave less than that, beside the pairs, follow from each other."""


def find_coefficient_spans(pairs: Pairs, values: Sequence[float], drawing: Drawing) -> Spans:
    """Return between what intercept, coefficients and the explained share could lie.

    Args:
        pairs: The matrices.
        values: What these are over the pairs that were observed.
        drawing: How completions are made, where there is no formula.
    """
    given = np.array(values)
    known = KnownCells.of(pairs)
    if not isinstance(known, KnownCells):
        return Spans.of_known(given, known)
    chance = np.random.default_rng(np.random.SeedSequence(drawing.seed, spawn_key=(1, 0)))
    return bound_coefficients(known, chance, drawing.draws).widen(given)


def bound_coefficients(known: KnownCells, chance: np.random.Generator, draws: int) -> Spans:
    """Return between what intercept, coefficients and the explained share could lie; NaN for no range.

    Args:
        known: What is known of the matrices.
        chance: Where completions come from.
        draws: How many completions are made, where there is no formula.
    """
    if not np.any(known.unknown >> np.uint8(1)):
        return _weigh_unknown_ties(known)
    nothing = Spans.of_unknown(known.count + 1)
    if known.amounts or known.coupled:
        gaps = sum(known.mark_known(number)[1].any() for number in range(1, known.count))
        return evolve(nothing, gaps=int(gaps))
    if not draws:
        return nothing
    found = _fit_completions(known, chance, draws)
    return Spans(np.fmin.reduce(found), np.fmax.reduce(found), RangeKind.SIMULATED)


def _weigh_unknown_ties(known: KnownCells) -> Spans:
    """Return the ends of coefficients where the predictors are known: sums of weighted ties.

    The explained share is no such sum, and has no range.
    """
    design, codes = _list_designs(known)
    ties, gaps = known.mark_known(0)
    totals, told, untold = (
        np.bincount(codes, some, len(design)).astype(np.float64) for some in (None, ties, gaps)
    )
    inverse = invert_products(design.T @ (design * totals[:, None]))
    weights = design @ (build_uncentring(known.centres) @ inverse).T
    least = told @ weights + untold @ np.fmin(weights, 0)
    most = told @ weights + untold @ np.fmax(weights, 0)
    return Spans(np.append(least, np.nan), np.append(most, np.nan), known.kind)


def _list_designs(known: KnownCells) -> tuple[Floats, Numbers]:
    """Return the different rows of the design, of 1 and the predictors, and which one each cell has."""
    if not known.amounts:
        # The relation is bit 0: behind it stand the predictors, 0b01 for the first alone.
        patterns = np.arange(1 << (known.count - 1))
        bits = (patterns[:, None] >> np.arange(known.count - 1)) & 1
        codes = (known.cells >> np.uint8(1)).astype(np.int64)
        return np.insert(bits, 0, 1, axis=1).astype(np.float64), codes
    columns = [
        known.amounts[number] if number in known.amounts else known.mark_known(number)[0]
        for number in range(1, known.count)
    ]
    ones = np.ones(len(known.cells))
    return np.stack([ones, *columns], axis=1), np.arange(len(known.cells))


def _fit_completions(known: KnownCells, chance: np.random.Generator, draws: int) -> Floats:
    """Return coefficients and the explained share (columns) of many completions (rows)."""
    counts = _complete_patterns(known, chance, draws)
    pairs = counts[0].sum()
    # The relation is bit 0 of a pattern, and the predictors stand behind it.
    bits = (np.arange(1 << known.count)[:, None] >> np.arange(known.count)) & 1
    columns = np.insert(bits[:, 1:], 0, 1, axis=1).astype(np.float64)
    within = np.einsum("dp,pi,pj->dij", counts, columns, columns)
    across = counts @ (columns * bits[:, :1])
    total = across[:, 0]
    regular = np.linalg.eigvalsh(within)[:, 0] > _SINGULAR * pairs
    coefficients = np.full(across.shape, np.nan)
    coefficients[regular] = np.linalg.solve(within[regular], across[regular, :, None])[..., 0]
    left = total - np.einsum("di,di->d", coefficients, across)
    variation = total - total**2 / pairs
    explained = np.full(draws, np.nan)
    np.divide(variation - left, variation, out=explained, where=variation > 0)
    return np.column_stack([coefficients, explained])


def _complete_patterns(known: KnownCells, chance: np.random.Generator, draws: int) -> Floats:
    """Return how many pairs of each pattern of ties (column) each of many completions (row) has.

    Pairs of which the same is known are filled in together. In half of the completions all of them are
    filled in alike, and in the others by shares of their own.
    """
    count = known.count
    codes = known.cells.astype(np.int64) | known.unknown.astype(np.int64) << count
    sizes = np.bincount(codes, minlength=1 << (2 * count)) // known.times
    counts = np.zeros((draws, 1 << count))
    patterns = np.arange(1 << count)
    for code in np.flatnonzero(sizes):
        cells, unknown = code & ((1 << count) - 1), code >> count
        # With 0b01 known and 0b10 unknown, a pair becomes 0b01 or 0b11.
        possible = patterns[(patterns & ~unknown) == cells]
        shares = chance.dirichlet(np.full(len(possible), 0.5), draws)
        alike = np.eye(len(possible))[chance.integers(len(possible), size=draws)]
        shares = np.where(np.arange(draws)[:, None] % 2 == 0, alike, shares)
        counts[:, possible] += chance.multinomial(sizes[code], shares)
    return counts
