"""Permuted regressions with predictors that are numbers: every pair is looked at in every draw."""

from __future__ import annotations

import numpy as np
from attrs import field, frozen

from plfkit.arrays import Floats, Numbers
from plfkit.inference.least_squares import (
    LeastSquaresFit,
    PermutedFits,
    PredictorRest,
    compute_plain_t,
    divide_permuted,
)
from plfkit.inference.pairs import Pairs
from plfkit.inference.permuted_products import Places
from plfkit.inference.robust import choose_variance, divide_robustly

_CELLS_AT_ONCE = 1 << 18
"""How many cells of draws are permuted together."""
_CELLS_NEAR, _TILE = 1 << 15, 128
"""How many cells fit near the processor, and how many rows and columns."""


@frozen(eq=False)
class NumberedColumns:
    """The relation, 1 and the predictors over all cells; nothing where one was not observed.

    Attributes:
        pairs: The matrices.
        relation: The relation.
        columns: 1 and the predictors, one below the other.
        ones: The cells of relation and predictors that are 1, where they are noughts and ones.
    """

    pairs: Pairs
    relation: Floats = field(init=False)
    columns: Floats = field(init=False)
    ones: list[Numbers] = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Lay the matrices out."""
        pairs = self.pairs
        object.__setattr__(self, "relation", pairs.lay_out(0))
        predictors = [pairs.lay_out(number) for number in range(1, len(pairs.names))]
        ones = pairs.mark_seen().ravel().astype(np.float64)
        object.__setattr__(self, "columns", np.stack([ones, *predictors]))
        cells = [np.flatnonzero(pairs.cells & (1 << number)) for number in range(len(pairs.names))]
        object.__setattr__(self, "ones", cells)

    def compute_robust_t(self, fit: LeastSquaresFit) -> Floats:
        """Return the coefficients of a regression over their robust standard errors."""
        n = self.pairs.n
        left = self.relation - fit.centred @ self.columns
        of_people = np.empty((n, len(self.columns)))
        of_pairs = np.empty((len(self.columns), n, n))
        for number, column in enumerate(self.columns):
            score = (column * left).reshape(n, n)
            of_pairs[number] = np.triu(score + score.T)
            of_people[:, number] = score.sum(axis=0) + score.sum(axis=1)
        flat = of_pairs.reshape(len(self.columns), -1)
        return divide_robustly(fit, of_people, flat @ flat.T, self.pairs)

    def sum_products(self, matrices: Floats) -> Floats:
        """Return the sums of products of matrices (rows) with the relation and each predictor (columns)."""
        cells, amounts = matrices.reshape(len(matrices), -1), self.pairs.amounts
        sums = [
            [one @ amounts[number] if number in amounts else one[ones].sum() for one in cells]
            for number, ones in enumerate(self.ones)
        ]
        return np.array(sums).T / self.pairs.times

    def compute_permuted_t(
        self, rests: list[PredictorRest], places: Places, *, robust: bool
    ) -> Floats:
        """Return t of each predictor's permuted rest (column) in each draw (row).

        Args:
            rests: The rest of each predictor.
            places: Where people stand in each draw.
            robust: Whether it is the robust one.
        """
        step = max(1, _CELLS_AT_ONCE // self.pairs.n**2)
        # Whoever stands in a place now is found by sorting the places.
        owners = np.argsort(places.T, axis=1)
        t = np.empty((len(owners), len(rests)))
        for k, rest in enumerate(rests):
            tested = _TestedRest.of(self, rest)
            for start in range(0, len(owners), step):
                some = slice(start, start + step)
                t[some, k] = tested.compute_t(owners[some], robust=robust)
        return t


@frozen(eq=False)
class _TestedRest:
    """A predictor's rest, as a matrix, of which one after the other permutation is looked at.

    Attributes:
        columns: The relation and the predictors.
        rest: How it follows from them.
        matrix: The rest.
        left: What the other predictors leave of the relation.
    """

    columns: NumberedColumns
    rest: PredictorRest
    matrix: Floats
    left: Floats

    @classmethod
    def of(cls, columns: NumberedColumns, rest: PredictorRest) -> _TestedRest:
        """Lay the rest out once: where people change places, it comes along as it is."""
        n = columns.pairs.n
        matrix = (rest.weights @ columns.columns).reshape(n, n)
        left = (columns.relation - rest.explaining @ columns.columns).reshape(n, n)
        return cls(columns, rest, matrix, left)

    def compute_t(self, owners: Numbers, *, robust: bool) -> Floats:
        """Return t of some draws.

        Args:
            owners: Who stands in each place (column) in each draw (row).
            robust: Whether it is the robust one.
        """
        moved = np.empty((len(owners), *self.matrix.shape))
        for draw, here in zip(moved, owners, strict=True):
            np.take(self.matrix[here], here, axis=1, out=draw, mode="clip")
        products = self.columns.sum_products(moved)
        fit = self.rest.fit_sums(products[:, 0], products[:, 1:])
        if not robust:
            return compute_plain_t(fit, self.rest.moments)
        self._score_cells(moved, fit)
        sums = moved.sum(axis=1) + moved.sum(axis=2)
        of_people, of_pairs = np.sum(sums**2, axis=1), _sum_squares(moved)
        variance = choose_variance(of_people, of_pairs, self.columns.pairs)
        return divide_permuted(fit, np.sqrt(variance))

    def _score_cells(self, moved: Floats, fit: PermutedFits) -> None:
        """Put what each cell contributes to the coefficient in the place of the permuted rests."""
        draws, n = moved.shape[:2]
        columns = self.columns.columns.reshape(-1, n, n)
        slopes = (fit.effect / fit.free)[:, None, None]
        used = np.flatnonzero(fit.shares.any(axis=0))
        # A few rows at a time, so that every step finds them near the processor.
        step = max(1, _CELLS_NEAR // (draws * n))
        for start in range(0, n, step):
            rows = slice(start, start + step)
            some = moved[:, rows]
            for column in used:
                some -= fit.shares[:, column, None, None] * columns[column, rows]
            some *= self.left[rows] - slopes * some


def _sum_squares(scores: Floats) -> Floats:
    """Sum (s + s')² of pairs, for there and back: s² + s'² + 2 s s' of each, by draw and tile by tile."""
    n, total = scores.shape[1], np.array([np.vdot(one, one) for one in scores])
    for start in range(0, n, _TILE):
        for across in range(0, n, _TILE):
            rows, columns = slice(start, start + _TILE), slice(across, across + _TILE)
            there, back = scores[:, rows, columns], scores[:, columns, rows]
            total += np.sum(there * back.transpose(0, 2, 1), axis=(1, 2))
    return total
