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
        centres: What was taken off the numbers in each matrix, that of the relation included.
    """

    within: Floats
    across: Floats
    total: float
    pairs: int
    centres: Floats

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
        return cls(within, across, float(products[0, 0]), pairs.pairs, pairs.centres)


def invert_products(within: Floats) -> Floats:
    """Return the inverse of sums of products, whatever units each column has."""
    units = np.sqrt(within.diagonal())
    scale = np.outer(units, units)
    inverse: Floats = np.linalg.pinv(within / scale, hermitian=True) / scale
    return inverse


def build_uncentring(centres: Floats) -> Floats:
    """Return what brings coefficients back to the numbers as they were given.

    Of years less 2007 the intercept speaks of the year 2007; of years it is less by 2007 times their
    coefficient.
    """
    back = np.eye(len(centres))
    back[0, 1:] = -centres[1:]
    return back


@frozen(eq=False)
class LeastSquaresFit:
    """What least squares give.

    Attributes:
        centred: The coefficients of the columns as they stand, with what was taken off taken off.
        coefficients: Of intercept and predictors, as they were given.
        t: These over their standard errors, were all pairs apart from each other.
        r_squared: The share of the variation that is explained.
        weights: By how much each sum of products with a column moves each coefficient.
        widest: The standard errors, were nothing explained: in the units of the predictors.
    """

    centred: Floats
    coefficients: Floats
    t: Floats
    r_squared: float
    weights: Floats
    widest: Floats


def fit_least_squares(moments: ProductSums) -> LeastSquaresFit:
    """Fit ordinary least squares from sums of products.

    Raises:
        MeasureError: There are not more pairs of people than coefficients.
    """
    freedom = moments.pairs - len(moments.across)
    if freedom <= 0:
        raise MeasureError("there are not enough pairs of people for so many predictors")
    inverse, back = invert_products(moments.within), build_uncentring(moments.centres)
    centred, weights = inverse @ moments.across, back @ inverse
    residual = moments.total - centred @ moments.across
    variances = np.einsum("ij,ij->i", weights, back)
    error = np.sqrt(np.fmax(residual, 0.0) / freedom * variances)
    widest = np.sqrt(moments.total / freedom * variances)
    coefficients = back @ centred
    t = divide_by_error(coefficients, error, widest)
    variation = moments.total - moments.total**2 / moments.pairs
    r_squared = float(1 - residual / variation)
    return LeastSquaresFit(centred, coefficients, t, r_squared, weights, widest)


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
        return invert_products(self.moments.within[np.ix_(self.others, self.others)])

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
        moments, weights = self.moments, self.weights
        with_relation = moved[:, :, 0] @ weights[1:] + weights[0] * moments.across[0]
        # Permuted or not, the sum of a predictor is the same.
        with_all = np.einsum("dij,i->dj", moved[:, :, 1:], weights[1:])
        return self.fit_sums(with_relation, with_all + weights[0] * moments.within[0, 1:])

    def fit_sums(self, with_relation: Floats, with_predictors: Floats) -> PermutedFits:
        """Regress the relation on the permuted rest and the others, from sums of products.

        Args:
            with_relation: Of the permuted rest with the relation, in each draw.
            with_predictors: The same with each predictor (column).
        """
        moments, others, inverse = self.moments, self.others, self.inverse
        explaining = self.explaining
        square = float(self.weights @ moments.within[:, self.tested + 1])
        # Of the rest's sum, the product with 1, nothing is left by the regression.
        with_all = np.insert(with_predictors, 0, 0.0, axis=1)
        with_all[:, self.tested + 1] = 0.0
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
