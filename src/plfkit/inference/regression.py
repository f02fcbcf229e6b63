"""MRQAP: which of several relations goes with one, the others held constant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, Unpack

import numpy as np
from attrs import evolve, frozen

from plfkit.arrays import Flags, Floats
from plfkit.errors import MeasureError
from plfkit.graph.snapshot import Snapshot
from plfkit.inference.aligning import align_relations
from plfkit.inference.classed import ClassedColumns
from plfkit.inference.coefficient_ranges import find_coefficient_spans
from plfkit.inference.least_squares import (
    STATISTIC_TOLERANCE,
    PredictorRest,
    ProductSums,
    fit_least_squares,
)
from plfkit.inference.numbered import NumberedColumns
from plfkit.inference.options import PermutationOptions
from plfkit.inference.pair_classes import PairClasses
from plfkit.inference.pairs import Pairs, Related
from plfkit.inference.permuted_products import draw_places, mark_changeable
from plfkit.inference.spans import Spans
from plfkit.measures.engine.expanding import write_out_keywords
from plfkit.measures.engine.options import build_drawing, check_missing_treatment, check_options
from plfkit.model.records.tables import Table
from plfkit.model.results.figures import Figure, build_figures
from plfkit.model.results.result import Result
from plfkit.model.words.choices import check_choice
from plfkit.model.words.kinds import Label
from plfkit.model.words.notes import Note
from plfkit.model.words.ranges import RangeKind
from plfkit.requiring import require_instance
from plfkit.resampling import Drawing, Permutations, Work
from plfkit.resampling.drawing import Draws

INTERCEPT, EXPLAINED = "intercept", "r_squared"
Statistic = Literal["robust", "t"]
STATISTICS: tuple[Statistic, ...] = ("robust", "t")
LEAST_FOR_ROBUST = 15
"""With fewer people the robust t finds something somewhat too often where there is nothing."""

_VARIANTS = {
    "robust": "double semi-partialling, robust t",
    "t": "double semi-partialling, plain t",
}
_MRQAP_LABEL = Label(da="Relationer, der følger med (MRQAP)", en="MRQAP regression")
_ON_LABEL = Label(da="Sammenhæng (MRQAP) med", en="MRQAP regression on")
_DEKKER = (
    "Dekker, Krackhardt & Snijders (2007), Psychometrika 72, 563-581, doi:10.1007/s11336-007-9016-1"
)
_REFERENCES = {
    "robust": f"{_DEKKER}; Aronow, Samii & Assenova (2015), Political Analysis 23, 564-577, "
    "doi:10.1093/pan/mpv018",
    "t": _DEKKER,
}


@write_out_keywords
def mrqap(
    snapshot: Snapshot,
    *,
    relation: str,
    on: Sequence[Related],
    statistic: Statistic | None = None,
    **options: Unpack[PermutationOptions],
) -> Result:
    """Regress a relation on others, on what people share or on what they are, by permuting people.

    Ordinary least squares over all pairs of different people observed in all relations. To test a
    predictor, the part of it that the other predictors do not explain is permuted, people changing
    places as in `qap`, and the relation is regressed on that part and the others (double
    semi-partialling); the statistic is t, not the coefficient. A coefficient does not say that one
    relation leads to the other.

    Args:
        snapshot: The moment.
        relation: The relation to be explained.
        on: What it is regressed on: relations; what two people may share; or, of a relation with a
            direction, what one of them is, as ``"sender:teacher"``, ``"receiver:years_employed"``,
            ``"difference:fte"`` or `Sender`, `Receiver`, `Difference` and `SignedDifference` with a
            mapping from person id to number.
        statistic: ``"robust"`` divides by a standard error that takes pairs with a person in common
            to go together; ``"t"`` is R sna's, as if all pairs were apart, which finds too much where
            one predictor matters and another resembles it. If left out, ``"robust"`` from 15 people
            on, and ``"t"`` with fewer, where the other has too little to go by.

    Returns:
        A ``figure`` for the ``"intercept"``, each predictor and ``"r_squared"``, with coefficient,
        ``t``, and ``p_greater``, ``p_less`` and ``p_value`` (two-sided) for predictors. Across only
        two or three schools there is no p: test within them. Nor is there of a predictor that stays
        as it is whoever changes places, as ``"school"`` within schools.

    Raises:
        MeasureError: There is no such relation, grouping or attribute, nobody was asked about one, one
            has no variation, or a predictor follows from the others.

    Source:
        Dekker, Krackhardt & Snijders (2007); the robust t: Fafchamps & Gubert (2007), Aronow, Samii
        & Assenova (2015).
    """
    require_instance(snapshot, Snapshot)
    check_options("mrqap", options, PermutationOptions)
    check_choice("mrqap", "statistic", statistic or STATISTICS[0], STATISTICS)
    missing = options.get("missing", "available")
    check_missing_treatment("mrqap", missing)
    if isinstance(on, str) or not on:
        raise MeasureError("mrqap: on is a list of relations or groups, at least one")
    treated: dict[str, Any] = {
        "missing": missing,
        "minimum_strength": options.get("minimum_strength"),
    }
    pairs = align_relations(snapshot, (relation, *on), within=options.get("within"), **treated)
    statistic = statistic or ("robust" if pairs.n >= LEAST_FOR_ROBUST else "t")
    drawing = build_drawing(options)
    found = _fit_regression(pairs, drawing, robust=statistic == "robust")
    on_ = pairs.names[1:]
    return pairs.build_result(
        found.figures,
        measure="mrqap",
        label=pairs.label_test(_ON_LABEL),
        variant=_VARIANTS[statistic],
        call={"relation": relation, "on": on_, "within": pairs.within, "statistic": statistic},
        range_kind=found.range_kind,
        draws=found.drawn,
        seed=None if found.drawn is None else drawing.seed,
        notes={**snapshot.notes, **found.notes},
        reference=_REFERENCES[statistic],
        **treated,
    )


@frozen(eq=False)
class _Regression:
    """A regression with its tests and ranges.

    Attributes:
        figures: The intercept, each predictor, and the explained share.
        range_kind: What their ranges are.
        drawn: How many draws, or completions, were made; None if there was nothing to be drawn.
        notes: Why there is no p, or no range, and how many draws are missing.
    """

    figures: Table[Figure]
    range_kind: RangeKind
    drawn: int | None
    notes: Mapping[str, int]


def _fit_regression(pairs: Pairs, drawing: Drawing, *, robust: bool) -> _Regression:
    """Regress the first matrix on the others, test these, and say between what all could lie."""
    moments = ProductSums.of(pairs)
    fit = fit_least_squares(moments)
    task = PermutedRegressions.of(pairs, moments, robust=robust)
    t = task.columns.compute_robust_t(fit) if robust else fit.t
    tested = _test_predictors(pairs, task, t[1:], drawing)
    values = [*fit.coefficients.tolist(), fit.r_squared]
    # Interrupted tests leave a span of as many completions as draws were made.
    drawn = drawing.draws if tested.drawn is None else tested.drawn
    spans = find_coefficient_spans(pairs, values, evolve(drawing, draws=drawn))
    notes: dict[str, int] = {Note.NO_RANGE_OF_PREDICTORS: spans.gaps} if spans.gaps else {}
    return _Regression(
        _list_coefficients(pairs, values, spans, t, tested.p),
        spans.kind,
        drawn if spans.kind is RangeKind.SIMULATED else tested.drawn,
        {**tested.notes, **notes},
    )


def _list_coefficients(
    pairs: Pairs, values: list[float], spans: Spans, t: Floats, p: Floats
) -> Table[Figure]:
    """Return the figures; t and p stand at coefficients alone, and p at those of predictors."""
    names = [INTERCEPT, *pairs.names[1:], EXPLAINED]
    greater, less, either = ([None, *_list_statistics(side), None] for side in p)
    return build_figures(
        len(names),
        figure=names,
        value=values,
        lower=spans.lower,
        upper=spans.upper,
        t=[*_list_statistics(t), None],
        denominator=[float(pairs.pairs)] * len(names),
        n=[pairs.fewest] * len(names),
        observed=[pairs.observed] * len(names),
        p_greater=greater,
        p_less=less,
        p_value=either,
    )


@frozen(eq=False)
class _PredictorTests:
    """What permuting people says of predictors.

    Attributes:
        p: On either side and two-sided (rows) of each predictor (column); NaN for none.
        drawn: How many draws were made; None if there was nothing to be drawn.
        notes: Why there is no p, and how many draws are missing.
    """

    p: Floats
    drawn: int | None
    notes: dict[str, int]


def _test_predictors(
    pairs: Pairs, task: PermutedRegressions, t: Floats, drawing: Drawing
) -> _PredictorTests:
    """Compare t with chance, as far as people change places at all and the schools are enough."""
    nothing = np.full((3, len(t)), np.nan)
    if pairs.few_schools:
        return _PredictorTests(nothing, None, {Note.TOO_FEW_SCHOOLS: pairs.few_schools})
    changeable = mark_changeable(pairs)[1:]
    fixed = int((~changeable).sum())
    notes: dict[str, int] = {Note.CANNOT_CHANGE: fixed} if fixed else {}
    if fixed == len(t):
        return _PredictorTests(nothing, None, notes)
    with Work(drawing, _MRQAP_LABEL.en) as work:
        draws = work.draw(task)
    if len(draws) < drawing.draws:
        notes[Note.DRAWS_MISSING] = drawing.draws - len(draws)
    p = compute_p_values(t, draws, changeable) if len(draws) else nothing
    return _PredictorTests(p, len(draws), notes)


def _list_statistics(statistics: Floats) -> list[float | None]:
    return [None if np.isnan(one) else float(one) for one in statistics]


def compute_p_values(t: Floats, draws: Draws, changeable: Flags) -> Floats:
    """Return p on either side and two-sided of each predictor; none where permuting changes nothing."""
    near = STATISTIC_TOLERANCE * np.fmax(1.0, abs(t))
    sides = np.stack([draws >= t - near, draws <= t + near, abs(draws) >= abs(t) - near])
    p: Floats = (sides.sum(axis=1) + 1) / (len(draws) + 1)
    return np.where(changeable & ~np.isnan(t), p, np.nan)


@frozen(eq=False)
class PermutedRegressions:
    """Draws t of each predictor whose rest, after the others, was permuted.

    Attributes:
        permutations: Who may change places.
        columns: The relation and the predictors.
        rests: The rest of each predictor.
        robust: Whether t is the robust one.
    """

    permutations: Permutations
    columns: ClassedColumns | NumberedColumns
    rests: list[PredictorRest]
    robust: bool

    @classmethod
    def of(cls, pairs: Pairs, moments: ProductSums, *, robust: bool) -> PermutedRegressions:
        """Work out what does not change from draw to draw."""
        rests = [PredictorRest(moments, k) for k in range(len(pairs.names) - 1)]
        classed = not pairs.amounts
        columns = (
            ClassedColumns(pairs, PairClasses.of(pairs)) if classed else NumberedColumns(pairs)
        )
        return cls(Permutations(pairs.strata), columns, rests, robust)

    def __call__(self, chance: np.random.Generator, count: int) -> Draws:
        """Return a row for each draw: t of each predictor, 0 where there is none."""
        places = draw_places(self.permutations, chance, count)
        return self.columns.compute_permuted_t(self.rests, places, robust=self.robust)
