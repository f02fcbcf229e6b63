"""Estimates: figures of a layer side by side, their bounds, and what chance alone gives."""

from __future__ import annotations

import warnings
from typing import Protocol

import numpy as np
from attrs import evolve, field, frozen

from plfkit.arrays import Flags, Floats, Numbers
from plfkit.graph.layers import Layer
from plfkit.model.results.figures import CodedTexts, code_texts
from plfkit.model.words.ranges import RangeKind
from plfkit.resampling.drawing import Draws

EQUAL = 1e-12
"""How near two figures are that count as equal: their sums may have been taken in another order."""

_NORMAL_QUANTILE = 1.959963984540054


@frozen(eq=False, kw_only=True)
class Estimate:
    """Figures of one layer, side by side; NaN is undefined.

    Attributes:
        value: The figures.
        reasons: Why each does not exist; none where it does.
        numerator: The counts above the line, if the figures are shares.
        denominator: The counts below it.
        expected: What chance alone gives by a formula, where one holds.
        n: How many people each rests on, if not all.
    """

    value: Floats
    reasons: CodedTexts = field(converter=code_texts)
    numerator: Floats | None = None
    denominator: Floats | None = None
    expected: Floats | None = None
    n: Numbers | None = None

    def take(self, rows: Numbers) -> Estimate:
        """Return some of the figures."""
        cells = {
            name: cells[rows]
            for name in ("value", "numerator", "denominator", "expected", "n")
            if (cells := getattr(self, name)) is not None
        }
        return Estimate(reasons=self.reasons.take(rows), **cells)


def choose_reasons(length: int, *cases: tuple[Flags | bool, str]) -> CodedTexts:
    """Return a reason for each of so many figures: that of the first case that holds for it, or none.

    Args:
        length: How many figures.
        cases: For which figures each holds, and the reason.
    """
    codes = np.full(length, -1, np.int32)
    # The first case is written last, over those that hold as well.
    for number in reversed(range(len(cases))):
        codes[cases[number][0]] = number
    return CodedTexts(codes, tuple(reason for _, reason in cases))


def estimate_shares(
    numerator: Floats,
    denominator: Floats,
    reasons: CodedTexts,
    *,
    expected: Floats | None = None,
    n: Numbers | None = None,
) -> Estimate:
    """Return shares with their counts; none of them where there is a reason for having none."""
    known = reasons.codes < 0
    over, under = (np.where(known, side, np.nan) for side in (numerator, denominator))
    with np.errstate(divide="ignore", invalid="ignore"):
        value = over / under
    chance = None if expected is None else np.where(known, expected, np.nan)
    return Estimate(
        value=value, reasons=reasons, numerator=over, denominator=under, expected=chance, n=n
    )


def estimate_share(
    numerator: float,
    denominator: float,
    reason: str | None,
    *,
    expected: float | None = None,
    n: int | None = None,
) -> Estimate:
    """Return a single share with its counts; none of them where there is a reason for having none."""
    over, under = (np.nan, np.nan) if reason else (float(numerator), float(denominator))
    chance = np.nan if reason or expected is None else expected
    return Estimate(
        value=np.array([over / under]),
        reasons=[reason],
        numerator=np.array([over]),
        denominator=np.array([under]),
        expected=None if expected is None else np.array([chance]),
        n=None if n is None else np.array([n]),
    )


class Estimator(Protocol):
    """How figures follow from a layer. It must be picklable to be drawn elsewhere."""

    def __call__(self, layer: Layer) -> Estimate:
        """Return the figures of a layer."""


class LabelledEstimator(Estimator, Protocol):
    """An estimator that knows groups of nodes."""

    def permute_nodes(self, order: Numbers) -> LabelledEstimator:
        """Return the same with each node in the groups of another."""


class ReweightedEstimator(Estimator, Protocol):
    """An estimator for which an interval is valid."""

    def reweight_figures(self, layer: Layer, weights: Floats, chance: np.random.Generator) -> Draws:
        """Return the figures of people who stand as often as their weights say, one draw a row."""


@frozen(eq=False)
class Bounds:
    """Between what figures could lie, had everybody answered; NaN is not known.

    Attributes:
        lower: The least.
        upper: The most.
        kind: What they are, as a `RangeKind`.
        observed: The share of what each figure needs that was observed; of all pairs if left out.
    """

    lower: Floats
    upper: Floats
    kind: RangeKind
    observed: Floats | None = None

    def take(self, rows: Numbers) -> Bounds:
        """Return some of the ranges."""
        observed = None if self.observed is None else self.observed[rows]
        return Bounds(self.lower[rows], self.upper[rows], self.kind, observed)


@frozen(eq=False)
class Chance:
    """What chance alone gives; NaN is not known.

    Attributes:
        expected: The mean.
        sd: The standard deviation.
        p_greater: How often chance gives as much or more.
        p_less: How often it gives as little or less.
        p_value: How often it gives something as far out, on either side.
        draws: How many draws it rests on; 0 for a formula.
    """

    expected: Floats
    sd: Floats
    p_greater: Floats | None = None
    p_less: Floats | None = None
    p_value: Floats | None = None
    draws: int = 0


def make_unknown_bounds(length: int) -> Bounds:
    """Return the range of figures of which nobody knows what was observed."""
    return Bounds(np.full(length, np.nan), np.full(length, np.nan), RangeKind.UNKNOWN)


def withhold_bounds(bounds: Bounds, known: Flags) -> Bounds:
    """Return ranges where there can be a figure, and none where there cannot."""
    if known.all():
        return bounds
    lower, upper = (np.where(known, end, np.nan) for end in (bounds.lower, bounds.upper))
    kind = RangeKind.UNKNOWN if np.isnan(lower).all() else bounds.kind
    return Bounds(lower, upper, kind, bounds.observed)


def estimate_interval(
    value: Floats, draws: Draws, *, least: float = 0.0, most: float = 1.0
) -> tuple[Floats, Floats]:
    """Return the 95 % interval of figures from their bootstrap draws: value ± 1.96 standard errors."""
    if len(draws) < 2:  # noqa: PLR2004 - a spread needs two
        return np.full_like(value, np.nan), np.full_like(value, np.nan)
    error = _NORMAL_QUANTILE * np.nanstd(draws, axis=0, ddof=1)
    return np.fmax(value - error, least), np.fmin(value + error, most)


def compare_with_chance(value: Floats, draws: Draws) -> Chance:
    """Compare figures with what chance gave.

    p = (b + 1) / (B + 1) on either side, b being how many of B draws are as far out; two-sided, the
    smaller of the two doubled.
    """
    if not len(draws):
        nothing = np.full_like(value, np.nan)
        return Chance(nothing, nothing)
    known = ~np.isnan(draws)
    # A comparison with NaN is false, so an undefined figure would look as if no draw came near it.
    count = np.where(np.isnan(value), 0, known.sum(axis=0))
    # Sums taken in another order differ in the last digit: a draw of 0.3 is as much as 0.1 + 0.2.
    greater = _compute_tail_p((draws >= value - EQUAL).sum(axis=0), count)
    less = _compute_tail_p((draws <= value + EQUAL).sum(axis=0), count)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # figures that no draw has
        expected, sd = np.nanmean(draws, axis=0), np.nanstd(draws, axis=0, ddof=1)
    both = np.minimum(2 * np.minimum(greater, less), 1.0)
    return Chance(expected, sd, greater, less, both, len(draws))


def _compute_tail_p(as_far: Numbers, count: Numbers) -> Floats:
    # The figure counts as one more draw: 3 of 99 as far out give 4 / 100, and no p is 0.
    return np.where(count > 0, (as_far + 1) / (count + 1), np.nan)


def move_into_bounds(estimate: Estimate, bounds: Bounds) -> Estimate:
    """Move values that cannot be the truth to the nearest end of their range, without counts."""
    if bounds.lower is estimate.value is bounds.upper:  # as where everybody answered
        return estimate
    # fmax and fmin pass over NaN: an end that nobody knows moves nothing. A value that is missing
    # would become the end itself, so it is put back.
    value = np.fmin(np.fmax(estimate.value, bounds.lower), bounds.upper)
    value = np.where(np.isnan(estimate.value), np.nan, value)
    moved = ~np.isnan(value) & (value != estimate.value)
    if estimate.numerator is None or estimate.denominator is None or not moved.any():
        return evolve(estimate, value=value)
    # 2 of 8 is not the 0.3 that it was moved to.
    numerator, denominator = (
        np.where(moved, np.nan, side) for side in (estimate.numerator, estimate.denominator)
    )
    return evolve(estimate, value=value, numerator=numerator, denominator=denominator)
