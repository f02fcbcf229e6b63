"""Least squares over pairs of people, and the part of a predictor that the others do not explain."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from attrs import frozen

from plfkit.arrays import Floats
from plfkit.errors import MeasureError
from plfkit.inference.pairs import Pairs
from plfkit.resampling.drawing import Draws

STATISTIC_TOLERANCE = 1e-9
"""What differs by no more is the same: sums of many pairs are not exact to the last digit."""

LEAST_ERROR = 1e-6
"""An error that is less, beside what it could be, is none; of sums the square roots are less exact."""


@frozen(eq=False)
class ProductSums:
    """Sums of products over the observed pairs.

    Attributes:
        within: Of intercept and predictors with each other.
        across: Of these with the relation to be explained.
        total: Of that relation with itself.
        pairs: How many pairs there are.
    """

    within: Floats
    across: Floats
    total: float
    pairs: int

    @classmethod
    def of(cls, pairs: Pairs) -> ProductSums:
        """Sum up; refuse what has no variation, and predictors that follow from the others."""
        products, sums = pairs.sum_products(), pairs.sums
        for name, total, square in zip(pairs.names, sums, products.diagonal(), strict=True):
            if square * pairs.pairs - total**2 <= STATISTIC_TOLERANCE * square:
                raise MeasureError(f"{name} has no variation: leave it out")
        within = np.empty((len(sums), len(sums)))
        within[0, :] = within[:, 0] = [pairs.pairs, *sums[1:]]
        within[1:, 1:] = products[1:, 1:]
        # Years and shares of full time are brought onto one scale, or the greater would hide the less.
        spread = np.sqrt(within.diagonal())
        scaled = within / np.outer(spread, spread)
        for k in range(2, len(within) + 1):
            if np.linalg.matrix_rank(scaled[:k, :k]) < k:
                raise MeasureError(
                    f"{pairs.names[k - 1]} follows from what stands before it: leave it out"
                )
        across = np.array([sums[0], *products[0, 1:]])
        return cls(within, across, float(products[0, 0]), pairs.pairs)


@frozen(eq=False)
class LeastSquaresFit:
    """What least squares give.

    Attributes:
        coefficients: Of intercept and predictors.
        t: The coefficients over their standard errors, were all pairs apart from each other.
        r_squared: The share of the variation that is explained.
        inverse: The inverse of the sums of products of intercept and predictors.
        widest: The standard errors, were nothing explained: in the units of the predictors.
    """

    coefficients: Floats
    t: Floats
    r_squared: float
    inverse: Floats
    widest: Floats


def fit_least_squares(moments: ProductSums) -> LeastSquaresFit:
    """Fit ordinary least squares from sums of products.

    Raises:
        MeasureError: There are not more pairs of people than coefficients.
    """
    inverse: Floats = np.linalg.inv(moments.within).astype(np.float64, copy=False)
    coefficients = inverse @ moments.across
    residual = moments.total - coefficients @ moments.across
    freedom = moments.pairs - len(coefficients)
    if freedom <= 0:
        raise MeasureError("there are not enough pairs of people for so many predictors")
    error = np.sqrt(np.fmax(residual, 0.0) / freedom * inverse.diagonal())
    widest = np.sqrt(moments.total / freedom * inverse.diagonal())
    t = divide_by_error(coefficients, error, widest)
    variation = moments.total - moments.total**2 / moments.pairs
    return LeastSquaresFit(coefficients, t, float(1 - residual / variation), inverse, widest)


def divide_by_error(values: Floats, error: Floats, widest: Floats) -> Floats:
    """Return values over their standard errors; a perfect fit leaves no error to divide by.

    Args:
        values: The coefficients.
        error: Their standard errors.
        widest: What these could be, so that it does not matter whether hours or minutes are counted.
    """
    out = np.full_like(error, np.nan)
    return np.divide(values, error, out=out, where=error > LEAST_ERROR * widest)


@frozen(eq=False)
class PermutedFits:
    """Regressions of the relation on a predictor's rest, permuted, and on the other predictors.

    Attributes:
        effect: The sum of products of the relation with what of the permuted rest the others do not
            explain; the coefficient is this over `free`.
        free: The sum of squares of that; NaN where the others explain it all.
        shares: How much of each column (intercept, predictors) it takes to explain the permuted
            rest; nothing of the predictor itself.
        left: The sum of squares that the regression leaves.
        most: What the effect could be at most, in its units.
    """

    effect: Floats
    free: Floats
    shares: Floats
    left: Floats
    most: float


@frozen(eq=False, slots=False)
class PredictorRest:
    """The part of a predictor that the others do not explain: e = x − Wg, W being intercept and others.

    Every sum of products of the permuted e follows from those of the permuted predictors, and e'e
    does not change.

    Attributes:
        moments: Sums of products over the observed pairs.
        tested: Which predictor, from 0.
    """

    moments: ProductSums
    tested: int

    @cached_property
    def others(self) -> list[int]:
        """The columns of intercept and other predictors."""
        return [j for j in range(len(self.moments.across)) if j != self.tested + 1]

    @cached_property
    def inverse(self) -> Floats:
        """The inverse of the sums of products of these."""
        within = self.moments.within[np.ix_(self.others, self.others)]
        return np.linalg.inv(within).astype(np.float64, copy=False)

    @cached_property
    def weights(self) -> Floats:
        """How much of each column is in e: 1 of the predictor, −g of the others."""
        weights = np.ones(len(self.moments.across))
        weights[self.others] = -self.inverse @ self.moments.within[self.others, self.tested + 1]
        return weights

    @cached_property
    def explaining(self) -> Floats:
        """How much of each column the relation is made of without the predictor."""
        explaining = np.zeros(len(self.moments.across))
        explaining[self.others] = self.inverse @ self.moments.across[self.others]
        return explaining

    def fit_permuted(self, moved: Draws) -> PermutedFits:
        """Regress the relation on the permuted rest and the others.

        Args:
            moved: Of each draw, the sums of products of each permuted predictor (rows) with the
                relation and with all predictors (columns).
        """
        moments, others, inverse = self.moments, self.others, self.inverse
        weights, explaining = self.weights, self.explaining
        square = float(weights @ moments.within[:, self.tested + 1])
        with_relation = moved[:, :, 0] @ weights[1:] + weights[0] * moments.across[0]
        # Permuted or not, the sum of a predictor is the same, and that of the rest is nought.
        with_all = np.zeros((len(moved), len(weights)))
        for j in others[1:]:
            with_all[:, j] = moved[:, :, j] @ weights[1:] + weights[0] * moments.within[0, j]
        shares = np.zeros_like(with_all)
        shares[:, others] = with_all[:, others] @ inverse
        free = square - np.einsum("ij,ij->i", shares, with_all)
        free = np.where(free > STATISTIC_TOLERANCE * square, free, np.nan)
        effect = with_relation - with_all @ explaining
        left = moments.total - explaining @ moments.across - effect**2 / free
        return PermutedFits(effect, free, shares, left, (square * moments.total) ** 0.5)


def compute_plain_t(fits: PermutedFits, moments: ProductSums) -> Floats:
    """Return t of permuted rests as if all pairs were apart from each other."""
    freedom = moments.pairs - len(moments.across)
    return divide_permuted(fits, np.sqrt(np.fmax(fits.left, 0) / freedom * fits.free))


def divide_permuted(fits: PermutedFits, errors: Floats) -> Floats:
    """Return effects of permuted rests over their standard errors.

    Where a rest is explained by the other predictors there is no effect, and t is 0; where a draw fits
    perfectly it is as far out as can be.
    """
    far = np.copysign(np.inf, fits.effect)
    t = np.where(np.abs(fits.effect) > STATISTIC_TOLERANCE * fits.most, far, 0.0)
    np.divide(fits.effect, errors, out=t, where=errors > LEAST_ERROR * fits.most)
    return t
