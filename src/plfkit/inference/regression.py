"""MRQAP: which of several relations goes with one, the others held constant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

import numpy as np
from attrs import frozen

from plfkit.arrays import Floats
from plfkit.errors import MeasureError
from plfkit.graph.snapshot import Snapshot
from plfkit.inference.options import PermutationOptions
from plfkit.inference.pairs import Pairs, PermutedProducts, Related, align_relations
from plfkit.measures.engine.expanding import write_out_keywords
from plfkit.measures.engine.options import build_drawing, check_missing_treatment, check_options
from plfkit.model.results.figures import build_figures
from plfkit.model.results.result import Result
from plfkit.model.words.kinds import Label
from plfkit.model.words.notes import Note
from plfkit.requiring import require_instance
from plfkit.resampling import Permutations, Work
from plfkit.resampling.drawing import Draws

INTERCEPT, EXPLAINED = "intercept", "r_squared"
_STATISTIC_TOLERANCE = 1e-9
_MRQAP_LABEL = Label(da="Relationer, der følger med (MRQAP)", en="MRQAP regression")
_ON_LABEL = Label(da="Sammenhæng (MRQAP) med", en="MRQAP regression on")
_DEKKER = (
    "Dekker, Krackhardt & Snijders (2007), Psychometrika 72, 563-581, doi:10.1007/s11336-007-9016-1"
)


@write_out_keywords
def mrqap(
    snapshot: Snapshot,
    *,
    relation: str,
    on: Sequence[Related],
    **options: Unpack[PermutationOptions],
) -> Result:
    """Regress a relation on others, or on what people share, testing by double semi-partialling.

    Ordinary least squares over all pairs of different people observed in all relations, with
    noughts and ones. To test a predictor, the part of it that the other predictors do not explain
    is permuted, people changing places as in `qap`, and the relation is regressed on that part and
    the others; the statistic is t, not the coefficient. A coefficient does not say that one
    relation leads to the other.

    Args:
        snapshot: The moment.
        relation: The relation to be explained.
        on: What it is regressed on: relations, or what two people may share.

    Returns:
        A ``figure`` for the ``"intercept"``, each predictor and ``"r_squared"``, with coefficient,
        ``t``, and ``p_greater``, ``p_less`` and ``p_value`` (two-sided) for predictors. Across only
        two or three schools there is no p: test within them.

    Raises:
        MeasureError: There is no such relation or grouping, nobody was asked about one, one has no
            variation, or a predictor follows from the others.

    Source:
        Dekker, Krackhardt & Snijders (2007).
    """
    require_instance(snapshot, Snapshot)
    check_options("mrqap", options, PermutationOptions)
    missing = options.get("missing", "available")
    check_missing_treatment("mrqap", missing)
    if isinstance(on, str) or not on:
        raise MeasureError("mrqap: on is a list of relations or groups, at least one")
    within = options.get("within")
    strength = options.get("minimum_strength")
    pairs = align_relations(
        snapshot,
        (relation, *on),
        within=within,
        missing=missing,
        minimum_strength=strength,
    )
    moments = _ProductSums.of(pairs)
    fit = _fit_least_squares(moments)
    drawing, drawn = build_drawing(options), None
    predictors = len(on)
    p = np.full((3, predictors), np.nan)
    permutations = Permutations(pairs.strata)
    notes = dict(snapshot.notes)
    notes |= {Note.TOO_FEW_SCHOOLS: pairs.few_schools} if pairs.few_schools else {}
    if permutations.free and not pairs.few_schools:
        task = PermutedProducts(pairs, tuple(range(1, predictors + 1)), permutations)
        with Work(drawing, _MRQAP_LABEL.en) as work:
            products = work.draw(task)
        drawn = len(products)
        if drawn < drawing.draws:
            notes[Note.DRAWS_MISSING] = drawing.draws - drawn
        if drawn:
            p = _compute_p_values(moments, fit.t[1:], products)
    names = [INTERCEPT, *pairs.names[1:], EXPLAINED]
    return pairs.build_result(
        build_figures(
            len(names),
            figure=names,
            value=[*fit.coefficients.tolist(), fit.r_squared],
            t=[*_list_statistics(fit.t), None],
            denominator=[float(pairs.pairs)] * len(names),
            n=[pairs.n] * len(names),
            observed=[pairs.observed] * len(names),
            p_greater=[None, *_list_statistics(p[0]), None],
            p_less=[None, *_list_statistics(p[1]), None],
            p_value=[None, *_list_statistics(p[2]), None],
        ),
        measure="mrqap",
        label=pairs.label_test(_ON_LABEL),
        variant="double semi-partialling",
        call={"relation": relation, "on": pairs.names[1:], "within": pairs.within},
        missing=missing,
        minimum_strength=strength,
        draws=drawn,
        seed=drawing.seed if drawn is not None else None,
        notes=notes,
        reference=_DEKKER,
    )


def _list_statistics(p: Floats) -> list[float | None]:
    return [None if np.isnan(one) else float(one) for one in p]


@frozen(eq=False)
class _ProductSums:
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
    def of(cls, pairs: Pairs) -> _ProductSums:
        """Sum up; refuse what has no variation, and predictors that follow from the others."""
        products = pairs.count_common_pairs()
        ones = products.diagonal()
        for name, count in zip(pairs.names, ones.tolist(), strict=True):
            if count in {0, pairs.pairs}:
                raise MeasureError(f"{name} has no variation: leave it out")
        within = np.empty((len(ones), len(ones)))
        within[0, :] = within[:, 0] = [pairs.pairs, *ones[1:]]
        within[1:, 1:] = products[1:, 1:]
        for k in range(2, len(within) + 1):
            if np.linalg.matrix_rank(within[:k, :k]) < k:
                raise MeasureError(
                    f"{pairs.names[k - 1]} follows from what stands before it: leave it out"
                )
        return cls(within, np.array([ones[0], *products[0, 1:]]), float(ones[0]), pairs.pairs)


@frozen(eq=False)
class _LeastSquaresFit:
    coefficients: Floats
    t: Floats
    r_squared: float


def _fit_least_squares(moments: _ProductSums) -> _LeastSquaresFit:
    """Fit ordinary least squares from sums of products."""
    inverse = np.linalg.inv(moments.within)
    coefficients = inverse @ moments.across
    residual = moments.total - coefficients @ moments.across
    freedom = moments.pairs - len(coefficients)
    if freedom <= 0:
        raise MeasureError("there are not enough pairs of people for so many predictors")
    error = np.sqrt(np.fmax(residual, 0.0) / freedom * inverse.diagonal())
    # A perfect fit leaves no error to divide by.
    t = np.divide(
        coefficients, error, out=np.full_like(error, np.nan), where=error > _STATISTIC_TOLERANCE
    )
    variation = moments.total - moments.total**2 / moments.pairs
    return _LeastSquaresFit(coefficients, t, float(1 - residual / variation))


def _compute_p_values(moments: _ProductSums, t: Floats, products: Draws) -> Floats:
    """Return p on either side and two-sided, for each predictor."""
    size = len(moments.across)
    # One draw, one moved predictor, its sums with the relation and with all predictors.
    moved = products.reshape(len(products), size - 1, size)
    p = np.empty((3, size - 1))
    for k in range(size - 1):
        if np.isnan(t[k]):
            p[:, k] = np.nan
            continue
        drawn = _compute_permuted_t(moments, moved, k)
        sides = (
            drawn >= t[k] - _STATISTIC_TOLERANCE,
            drawn <= t[k] + _STATISTIC_TOLERANCE,
            abs(drawn) >= abs(t[k]) - _STATISTIC_TOLERANCE,
        )
        p[:, k] = [(side.sum() + 1) / (len(drawn) + 1) for side in sides]
    return p


def _compute_permuted_t(moments: _ProductSums, moved: Draws, k: int) -> Floats:
    """Return t of a predictor whose rest, after the others, was permuted.

    With the rest e = x − Wg, W being intercept and other predictors, every sum of products of the
    permuted e follows from those of the permuted predictors, and e'e does not change.
    """
    size = len(moments.across)
    others = [j for j in range(size) if j != k + 1]
    within = moments.within[np.ix_(others, others)]
    inverse = np.linalg.inv(within)
    gamma = inverse @ moments.within[others, k + 1]
    square = moments.within[k + 1, k + 1] - gamma @ moments.within[others, k + 1]
    # Weights of the permuted intercept and predictors in the permuted rest.
    weights = np.zeros(size)
    weights[others], weights[k + 1] = -gamma, 1.0
    with_relation = moved[:, :, 0] @ weights[1:] + weights[0] * moments.total
    # Permuted or not, the sum of a predictor is the same, and that of the rest is nought.
    with_others = np.zeros((len(moved), len(others)))
    for place, j in enumerate(others):
        if j:
            sums = moved[:, :, j] @ weights[1:] + weights[0] * moments.within[0, j]
            with_others[:, place] = sums
    explained = inverse @ moments.across[others]
    free = square - np.einsum("ij,jk,ik->i", with_others, inverse, with_others)
    free = np.where(free > _STATISTIC_TOLERANCE, free, np.nan)
    effect = with_relation - with_others @ explained
    rest = moments.total - explained @ moments.across[others] - effect**2 / free
    t: Floats = effect / np.sqrt(np.fmax(rest, 0) / (moments.pairs - size) * free)
    return np.where(np.isnan(t), 0.0, t)
