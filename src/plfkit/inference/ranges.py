"""Between what a correlation or a regression could lie, had everybody answered.

A correlation of two relations rises with every pair that is told to be alike in both, and falls with every
pair that is told to be apart, so its ends can be reached. So can those of a coefficient, as long as only
the relation to be explained has gaps: it is a weighted sum of that relation's ties. Where predictors have
gaps too, there is no formula, and many completions show a span.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from plfkit.arrays import Flags, Floats, Numbers
from plfkit.inference.aligning import fill_matrices
from plfkit.inference.pairs import Pairs
from plfkit.model.words.ranges import RangeKind
from plfkit.resampling import Drawing

_AT_ONCE = 1 << 20
"""How many ways of filling in are tried together."""

_SINGULAR = 1e-9
"""Columns whose sums of products leave less than that, beside the pairs, follow from each other."""


@frozen(eq=False)
class KnownCells:
    """What is known of the cells of some matrices, and what answers that did not come in could be.

    Attributes:
        count: How many matrices there are.
        cells: The matrices of noughts and ones, bit by bit; nothing where one is not known.
        unknown: Bit by bit, whether a cell is not known.
        amounts: The other matrices, all of which are known.
        times: How many cells a pair has.
        limited: Whether somebody who did not answer could have named only so many.
        coupled: Whether a relation without direction, which has gaps, stands beside one with a direction.
    """

    count: int
    cells: NDArray[np.uint8]
    unknown: NDArray[np.uint8]
    amounts: dict[int, Floats]
    times: int
    limited: bool
    coupled: bool

    @classmethod
    def of(cls, pairs: Pairs) -> KnownCells | RangeKind:
        """Tell what is known; the kind of range alone where all is, or nobody recorded who was asked."""
        layers = {number: one.narrow_range() for number, one in pairs.layers.items()}
        known = {n: seen for n, one in layers.items() if (seen := one.observation) is not None}
        if len(known) < len(layers):
            return RangeKind.UNKNOWN
        if all(one.whole for one in known.values()):
            return RangeKind.EXACT
        filled = fill_matrices(pairs.snapshot, pairs.related, layers, directed=pairs.directed)
        unknown = np.zeros_like(filled.cells)
        limited = coupled = False
        for number, one in known.items():
            gaps = ~one.seen[one.codes][:, one.codes]
            # A tie that was told is known, whoever else was silent.
            gaps &= (filled.cells & np.uint8(1 << number)) == 0
            np.fill_diagonal(gaps, val=False)
            unknown |= gaps.astype(np.uint8) << np.uint8(number)
            limited |= one.limited and bool(gaps.any())
            coupled |= pairs.directed and not one.directed and bool(gaps.any())
        apart = ~np.eye(pairs.n, dtype=np.bool_)
        return cls(
            len(pairs.names),
            filled.cells[apart],
            unknown[apart],
            {number: amounts[apart] for number, amounts in filled.amounts.items()},
            pairs.times,
            limited,
            coupled,
        )

    @property
    def kind(self) -> RangeKind:
        """What a range is whose ends are reached as long as nothing limits what could be told."""
        return RangeKind.OUTER_BOUND if self.limited or self.coupled else RangeKind.EXACT

    def mark_known(self, number: int) -> tuple[Flags, Flags]:
        """Tell where a matrix is known to have a one, and where it is not known."""
        bit = np.uint8(1 << number)
        return self.cells & bit > 0, self.unknown & bit > 0


@frozen(eq=False)
class Spans:
    """Between what figures could lie: NaN where nobody knows.

    Attributes:
        lower: The lower end of each.
        upper: The upper end of each.
        kind: What these ends are.
        gaps: How many predictors have gaps, if that is why there are no ends.
    """

    lower: Floats
    upper: Floats
    kind: RangeKind
    gaps: int = 0

    @classmethod
    def of_known(cls, values: Floats, kind: RangeKind) -> Spans:
        """Return those of values of which all is known (``"exact"``), or nothing (``"unknown"``)."""
        return cls(values, values, kind) if kind is RangeKind.EXACT else cls.of_unknown(len(values))

    @classmethod
    def of_unknown(cls, count: int) -> Spans:
        """Return those of figures of which nothing is known."""
        return cls(np.full(count, np.nan), np.full(count, np.nan), RangeKind.UNKNOWN)

    def widen(self, values: Floats) -> Spans:
        """Return spans that hold the values: of the pairs observed alone, they may lie beyond."""
        lower, upper = (
            np.where(np.isnan(end), np.nan, choose(end, values))
            for end, choose in ((self.lower, np.fmin), (self.upper, np.fmax))
        )
        beyond = ((lower < self.lower) | (upper > self.upper)).any()
        weaker = beyond and self.kind is RangeKind.EXACT
        return evolve(
            self,
            lower=lower,
            upper=upper,
            kind=RangeKind.OUTER_BOUND if weaker else self.kind,
        )


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
    weights = design @ np.linalg.pinv(design.T @ (design * totals[:, None]))
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
    """Return coefficients and the explained share (columns) of many completions (rows).

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
    bits = (patterns[:, None] >> np.arange(count)) & 1
    columns = np.insert(bits[:, 1:], 0, 1, axis=1).astype(np.float64)
    within = np.einsum("dp,pi,pj->dij", counts, columns, columns)
    across = counts @ (columns * bits[:, :1])
    total = across[:, 0]
    regular = np.linalg.eigvalsh(within)[:, 0] > _SINGULAR * sizes.sum()
    coefficients = np.full(across.shape, np.nan)
    coefficients[regular] = np.linalg.solve(within[regular], across[regular, :, None])[..., 0]
    left = total - np.einsum("di,di->d", coefficients, across)
    variation = total - total**2 / sizes.sum()
    explained = np.full(draws, np.nan)
    np.divide(variation - left, variation, out=explained, where=variation > 0)
    return np.column_stack([coefficients, explained])
