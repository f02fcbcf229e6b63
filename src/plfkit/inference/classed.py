"""Permuted regressions with predictors of noughts and ones: pairs are looked at by their classes.

Nearly all pairs are tied in nothing, and add the same. Let a be the class of a pair, b that of what was
permuted onto it, and a₀ and b₀ the commonest. A sum over pairs of anything, s(a, b), is
Σ s(a, b₀) + Σ s(a₀, b) − Σ s(a₀, b₀), which follow from how many pairs there are of each class, and
s(a, b) − s(a, b₀) − s(a₀, b) + s(a₀, b₀) of the pairs that are neither a₀ nor b₀. Only these few are
looked at one by one: with 7,000 ties of each sort among 2,000,000 cells, some 25 for any two sorts.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from plfkit.arrays import Floats, Numbers
from plfkit.inference.least_squares import (
    LeastSquaresFit,
    PermutedFits,
    PredictorRest,
    compute_plain_t,
    divide_permuted,
)
from plfkit.inference.pair_classes import PairClasses
from plfkit.inference.pairs import Pairs
from plfkit.inference.permuted_products import Places, look_up_places
from plfkit.inference.robust import choose_variance, divide_robustly

_CELLS_AT_ONCE = 1 << 21
"""How many pairs of all draws are looked up together."""


@frozen(eq=False)
class ClassedColumns:
    """The relation and the predictors, by the classes of pairs.

    Attributes:
        pairs: The matrices.
        classes: Their pairs by classes.
    """

    pairs: Pairs
    classes: PairClasses
    _ties: tuple[Numbers, Numbers] = field(init=False)
    _kinds: Numbers = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Find the pairs in which the predictors are not what they mostly are."""
        n, classes = self.pairs.n, self.classes
        uncommon = (classes.number_moved != classes.moved.common)[classes.of_cells].reshape(n, n)
        rows, columns = np.nonzero(np.triu(uncommon, 1))
        object.__setattr__(self, "_ties", (rows, columns))
        kinds = classes.number_moved[classes.of_cells[rows * n + columns]]
        object.__setattr__(self, "_kinds", kinds)

    def compute_robust_t(self, fit: LeastSquaresFit) -> Floats:
        """Return the coefficients of a regression over their robust standard errors."""
        table = self.classes.whole
        scores = np.zeros(())
        for side in (table.there, table.back):
            scores = scores + side[:, 1:] * (side[:, :1] - side[:, 1:] @ fit.centred[:, None])
        of_pairs = scores.T @ (scores * table.totals[:, None]) / 2
        return divide_robustly(fit, table.counts @ scores, of_pairs, self.pairs)

    def compute_permuted_t(
        self, rests: list[PredictorRest], places: Places, *, robust: bool
    ) -> Floats:
        """Return t of each predictor's permuted rest (column) in each draw (row).

        Args:
            rests: The rest of each predictor.
            places: Where people stand in each draw.
            robust: Whether it is the robust one.
        """
        step = max(1, _CELLS_AT_ONCE // max(len(self._kinds), 1))
        some = range(0, places.shape[1], step)
        return np.concatenate(
            [self._compute_some(rests, places[:, i : i + step], robust=robust) for i in some]
        )

    def _compute_some(self, rests: list[PredictorRest], places: Places, *, robust: bool) -> Floats:
        uncommon = self._find_uncommon(np.ascontiguousarray(places))
        moved = self._sum_products(uncommon)
        t = np.empty((len(moved), len(rests)))
        for k, rest in enumerate(rests):
            fit = rest.fit_permuted(moved)
            if robust:
                sums = _PermutedScores.of(self.classes, rest, fit).sum_up(uncommon)
                variance = choose_variance(*sums, self.pairs)
                t[:, k] = divide_permuted(fit, np.sqrt(variance))
            else:
                t[:, k] = compute_plain_t(fit, rest.moments)
        return t

    def _find_uncommon(self, places: Places) -> _UncommonPairs:
        """Return the pairs that are neither tied as most are, nor have what is mostly permuted."""
        draws, classes = places.shape[1], len(self.classes.whole.there)
        found = look_up_places(self.classes.of_cells, self._ties, places)
        ties, at = np.divmod(np.flatnonzero(found != self.classes.whole.common), draws)
        # With 50 classes, class 7 onto which class 3 was permuted is 3 · 50 + 7.
        both = self._kinds[ties] * classes + found[ties, at]
        used = np.flatnonzero(np.bincount(both))
        numbers = np.zeros(int(used.max(initial=0)) + 1, np.int64)
        numbers[used] = np.arange(len(used))
        cells = numbers[both] * draws + at
        counts = np.bincount(cells, minlength=len(used) * draws).reshape(len(used), draws)
        people = [places[ends[ties], at] * np.int64(draws) + at for ends in self._ties]
        moved, whole = np.divmod(used, classes)
        return _UncommonPairs(places, whole, moved, counts, cells, np.concatenate(people))

    def _sum_products(self, uncommon: _UncommonPairs) -> Floats:
        """Return, by draw, the sums of products of permuted predictors with the relation and them all."""
        whole, moved = self.classes.whole, self.classes.moved
        n = self.pairs.n
        # Without 1, which is the second column: the relation and predictors, and predictors alone.
        both, own = np.delete(whole.there, 1, axis=1), moved.there[:, 2:]
        usual, mostly = both[whole.common], own[moved.common]
        products = np.outer(mostly, whole.totals @ both) + np.outer(moved.totals @ own, usual)
        products -= n * (n - 1) * np.outer(mostly, usual)
        beyond = np.zeros((len(uncommon.whole), *products.shape))
        for side, table in ((whole.there, moved.there), (whole.back, moved.back)):
            onto = (np.delete(side, 1, axis=1) - usual)[uncommon.whole]
            what = (table[:, 2:] - mostly)[uncommon.moved]
            beyond += what[:, :, None] * onto[:, None, :]
        sums = np.tensordot(uncommon.counts.astype(np.float64), beyond, axes=(0, 0))
        return np.asarray(products + sums) / self.pairs.times


@frozen(eq=False)
class _UncommonPairs:
    """Pairs that have to be looked at one by one.

    Attributes:
        places: Where people stand in each draw.
        whole: The classes of such pairs, each with every class that was permuted onto it.
        moved: The classes that were permuted onto these.
        counts: How many pairs of each (row) there are in each draw (column).
        cells: The cell of these counts that each pair is in.
        people: The person and draw of each pair, as a cell of people and draws: first and second ends.
    """

    places: Places
    whole: Numbers
    moved: Numbers
    counts: Numbers
    cells: Numbers
    people: Numbers


@frozen(eq=False)
class _PermutedScores:
    """What pairs contribute to the coefficient of a permuted rest, in each draw.

    That is r · u, both ways together: r is the rest after the other predictors, and u is what the
    regression leaves of the relation.

    Attributes:
        classes: The pairs by classes.
        slopes: The coefficient in each draw.
        sides: There and back: the permuted rest by its class, what of it the other predictors
            explain by class and draw, and what they leave of the relation by class.
    """

    classes: PairClasses
    slopes: Floats
    sides: tuple[tuple[Floats, Floats, Floats], ...]

    @classmethod
    def of(cls, classes: PairClasses, rest: PredictorRest, fit: PermutedFits) -> _PermutedScores:
        """Work out what every class contributes."""
        weights, explaining = rest.weights, rest.explaining
        sides = tuple(
            (
                moved[:, 1:] @ weights,
                whole[:, 1:] @ fit.shares.T,
                whole[:, 0] - whole[:, 1:] @ explaining,
            )
            for whole, moved in (
                (classes.whole.there, classes.moved.there),
                (classes.whole.back, classes.moved.back),
            )
        )
        return cls(classes, fit.effect / fit.free, sides)

    def compute_scores(
        self, whole: NDArray[Any] | int, moved: NDArray[Any] | int, draws: Numbers
    ) -> Floats:
        """Return what pairs of some classes contribute, with what was permuted onto them, by draw."""
        total = np.zeros(())
        for rest, explained, left in self.sides:
            r = rest[moved] - explained[whole, draws]
            total = total + r * (left[whole] - self.slopes[draws] * r)
        return total

    def sum_up(self, uncommon: _UncommonPairs) -> tuple[Floats, Floats]:
        """Return the sum of the squared sums of people's pairs, and of the squares of pairs, by draw."""
        whole, moved = self.classes.whole, self.classes.moved
        n, draws = len(whole.counts), np.arange(len(self.slopes))
        by_whole = self.compute_scores(np.arange(len(whole.there))[:, None], moved.common, draws)
        by_moved = self.compute_scores(whole.common, np.arange(len(moved.there))[:, None], draws)
        most = self.compute_scores(whole.common, moved.common, draws)
        # What was permuted comes along with the person whose it was, to where they stand now.
        sums = np.empty((n, len(draws)))
        np.put_along_axis(sums, uncommon.places, moved.counts @ by_moved, axis=0)
        sums += whole.counts @ by_whole - (n - 1) * most
        squares = whole.totals @ by_whole**2 + moved.totals @ by_moved**2
        squares = (squares - n * (n - 1) * most**2) / 2
        both = self.compute_scores(uncommon.whole[:, None], uncommon.moved[:, None], draws)
        one, other = by_whole[uncommon.whole], by_moved[uncommon.moved]
        beyond = np.tile((both - one - other + most).take(uncommon.cells), 2)
        sums += np.bincount(uncommon.people, beyond, sums.size).reshape(sums.shape)
        squares += np.sum(uncommon.counts * (both**2 - one**2 - other**2 + most**2), axis=0)
        return np.einsum("ij,ij->j", sums, sums), squares
