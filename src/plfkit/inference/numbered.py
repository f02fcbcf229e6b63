"""Permuted regressions with predictors that are numbers: every pair is looked at in every draw."""

from __future__ import annotations

import numpy as np
from attrs import field, frozen

from plfkit.arrays import Floats
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


@frozen(eq=False)
class NumberedColumns:
    """The relation, 1 and the predictors over all cells; nothing where one was not observed.

    Attributes:
        pairs: The matrices.
        relation: The relation.
        columns: 1 and the predictors, one below the other.
    """

    pairs: Pairs
    relation: Floats = field(init=False)
    columns: Floats = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Lay the matrices out."""
        pairs = self.pairs
        object.__setattr__(self, "relation", pairs.lay_out(0))
        predictors = [pairs.lay_out(number) for number in range(1, len(pairs.names))]
        ones = pairs.mark_seen().ravel().astype(np.float64)
        object.__setattr__(self, "columns", np.stack([ones, *predictors]))

    def compute_robust_t(self, fit: LeastSquaresFit) -> Floats:
        """Return the coefficients of a regression over their robust standard errors."""
        n = self.pairs.n
        left = self.relation - fit.coefficients @ self.columns
        of_people = np.empty((n, len(self.columns)))
        of_pairs = np.empty((len(self.columns), n, n))
        for number, column in enumerate(self.columns):
            score = (column * left).reshape(n, n)
            of_pairs[number] = np.triu(score + score.T)
            of_people[:, number] = score.sum(axis=0) + score.sum(axis=1)
        flat = of_pairs.reshape(len(self.columns), -1)
        return divide_robustly(fit, of_people, flat @ flat.T, self.pairs)

    def compute_permuted_t(
        self, rests: list[PredictorRest], places: Places, *, robust: bool
    ) -> Floats:
        """Return t of each predictor's permuted rest (column) in each draw (row).

        Args:
            rests: The rest of each predictor.
            places: Where people stand in each draw.
            robust: Whether it is the robust one.
        """
        return np.stack([self._compute_draw(rests, draw, robust=robust) for draw in places.T])

    def _compute_draw(self, rests: list[PredictorRest], places: Places, *, robust: bool) -> Floats:
        permuted = self._permute_columns(places)
        onto = np.concatenate([self.relation[None], self.columns[1:]])
        moved = (permuted[1:] @ onto.T / self.pairs.times)[None]
        t = np.empty(len(rests))
        for k, rest in enumerate(rests):
            fit = rest.fit_permuted(moved)
            plain = compute_plain_t(fit, rest.moments)
            t[k] = (self._divide_robustly(permuted, rest, fit) if robust else plain)[0]
        return t

    def _permute_columns(self, places: Places) -> Floats:
        """Return 1 and the predictors with people in other places."""
        n = self.pairs.n
        # Whoever stands in a place now is found by sorting the places.
        owners = np.argsort(places)
        moved = self.columns.reshape(-1, n, n)[:, owners][:, :, owners]
        return moved.reshape(len(self.columns), -1)

    def _divide_robustly(self, moved: Floats, rest: PredictorRest, fit: PermutedFits) -> Floats:
        n = self.pairs.n
        free = rest.weights @ moved - fit.shares[0] @ self.columns
        left = self.relation - rest.explaining @ self.columns - fit.effect / fit.free * free
        score = (free * left).reshape(n, n)
        sums = score.sum(axis=0) + score.sum(axis=1)
        # Of a pair, (s + s')² for there and back is s² + s'² + 2 s s'.
        squares = np.vdot(score, score) + np.vdot(score, score.T)
        variance = choose_variance(np.atleast_1d(sums @ sums), squares, self.pairs)
        return divide_permuted(fit, np.sqrt(variance))
