"""QAP: whether two relations go together more than chance lets them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Unpack

import numpy as np
from attrs import frozen

from plfkit.arrays import Floats
from plfkit.graph.snapshot import Snapshot
from plfkit.inference.aligning import align_relations
from plfkit.inference.correlation_ranges import find_correlation_span
from plfkit.inference.options import PermutationOptions
from plfkit.inference.pairs import Pairs, Related
from plfkit.inference.permuted_products import PermutedProduct, mark_changeable
from plfkit.inference.spans import Spans
from plfkit.measures.engine.estimates import compare_with_chance
from plfkit.measures.engine.expanding import write_out_keywords
from plfkit.measures.engine.options import build_drawing, check_missing_treatment, check_options
from plfkit.model.results.figures import build_figures
from plfkit.model.results.result import Result
from plfkit.model.words.kinds import Label
from plfkit.model.words.notes import Note
from plfkit.model.words.reasons import Reason
from plfkit.requiring import require_instance
from plfkit.resampling import Drawing, Permutations, Work
from plfkit.resampling.drawing import Draws

ENOUGH = 20
"""After so many draws as far out an adaptive test has seen enough (Besag & Clifford 1991)."""

_CORRELATION_TOLERANCE = 1e-12
_QAP_LABEL = Label(da="Sammenhæng mellem relationer (QAP)", en="QAP correlation")
_AGAINST_LABEL = Label(da="Sammenhæng (QAP) med", en="QAP correlation with")
_KRACKHARDT = "Krackhardt (1988), Social Networks 10, 359-381, doi:10.1016/0378-8733(88)90004-4"


@write_out_keywords
def qap(
    snapshot: Snapshot,
    *,
    relation: str,
    against: Related,
    adaptive: bool = False,
    **options: Unpack[PermutationOptions],
) -> Result:
    """Correlate a relation with another, or with what people share, and test by permuting people.

    The correlation is Pearson's over all pairs of different people observed in both. Under the null
    the one relation keeps its shape, while people change places in it, as far as they were asked and
    answered alike, and within the groups of `within`. A high correlation does not say which of the
    two leads to the other, or that either does.

    Args:
        snapshot: The moment.
        relation: A relation.
        against: Another relation, or what two people may share: ``"level"``, ``"role"``, a unit or
            community kind, or a mapping from person id to label.
        adaptive: Stop as soon as 20 draws are as far out as the figure; p is then 20 over the number
            of draws (Besag & Clifford 1991), and no p is one-sided.

    Returns:
        One figure, ``"correlation"``, with ``expected``, ``sd``, ``p_greater``, ``p_less`` and
        ``p_value`` (two-sided: as large without its sign); ``denominator`` counts the pairs.
        Undefined where one of the two has no variation (``"no_variation"``). Across only two or
        three schools there is no p: test within them.

    Raises:
        MeasureError: There is no such relation or grouping, or nobody was asked about it.

    Source:
        Krackhardt (1988), Social Networks 10, 359-381.
    """
    require_instance(snapshot, Snapshot)
    check_options("qap", options, PermutationOptions)
    missing = options.get("missing", "available")
    check_missing_treatment("qap", missing)
    treated: dict[str, Any] = {
        "missing": missing,
        "minimum_strength": options.get("minimum_strength"),
    }
    pairs = align_relations(snapshot, (relation, against), within=options.get("within"), **treated)
    moments, drawing = MatrixMoments.of(pairs), build_drawing(options)
    value = moments.correlate(float(pairs.sum_products()[0, 1])) if moments.vary else np.nan
    span = find_correlation_span(pairs, value)
    tested = _test_correlation(pairs, moments, value, drawing, adaptive=adaptive)
    return pairs.build_result(
        build_figures(1, **_describe_correlation(pairs, value, span), **tested.columns),
        measure="qap",
        label=pairs.label_test(_AGAINST_LABEL),
        variant=f"against {pairs.names[1]}",
        call={"relation": relation, "against": pairs.names[1], "within": pairs.within},
        range_kind=span.kind,
        draws=tested.drawn,
        seed=None if tested.drawn is None else drawing.seed,
        notes={**snapshot.notes, **tested.notes},
        reference=_KRACKHARDT,
        **treated,
    )


def _describe_correlation(pairs: Pairs, value: float, span: Spans) -> dict[str, Any]:
    """Return a correlation, its range and what both rest on, by the columns of figures."""
    undefined = np.isnan(value)
    return {
        "figure": ["correlation"],
        "value": [None if undefined else value],
        "lower": span.lower.tolist(),
        "upper": span.upper.tolist(),
        "denominator": [float(pairs.pairs)],
        "n": [pairs.fewest],
        "observed": [pairs.observed],
        "reason": [Reason.NO_VARIATION if undefined else None],
    }


@frozen(eq=False)
class _CorrelationTest:
    """What permuting people says of a correlation.

    Attributes:
        columns: What chance gives, and p, by the columns of figures.
        drawn: How many draws were made; None if there was nothing to be drawn.
        notes: Why there is no p, and how many draws are missing.
    """

    columns: Mapping[str, list[Any]]
    drawn: int | None
    notes: Mapping[str, int]


def _test_correlation(
    pairs: Pairs, moments: MatrixMoments, value: float, drawing: Drawing, *, adaptive: bool
) -> _CorrelationTest:
    """Compare a correlation with chance, where there is one and people change places at all."""
    notes: dict[str, int] = {Note.TOO_FEW_SCHOOLS: pairs.few_schools} if pairs.few_schools else {}
    if not moments.vary:
        return _CorrelationTest({}, None, notes)
    if not mark_changeable(pairs).all():
        return _CorrelationTest({}, None, {**notes, Note.CANNOT_CHANGE: 1})
    task = PermutedProduct.of(pairs, Permutations(pairs.strata))
    with Work(drawing, _QAP_LABEL.en) as work:
        draws = draw_correlations(work, task, moments, value if adaptive else None)
    if lacking := drawing.draws - len(draws):
        stopped = adaptive and not work.interrupted
        notes[Note.STOPPED_EARLY if stopped else Note.DRAWS_MISSING] = lacking
    columns = compare_correlation(value, draws, adaptive=adaptive, p=not pairs.few_schools)
    return _CorrelationTest(columns, len(draws), notes)


@frozen(eq=False)
class MatrixMoments:
    """What permuting does not change of two matrices: means of them and of their squares over the pairs."""

    pairs: int
    means: Floats
    squares: Floats

    @classmethod
    def of(cls, pairs: Pairs) -> MatrixMoments:
        """Return those of the first two matrices."""
        count = max(pairs.pairs, 1)
        means = pairs.sums / count
        # Of noughts and ones, the squares are the numbers themselves.
        squares = means.copy()
        if 1 in pairs.amounts:
            squares[1] = float(pairs.amounts[1] @ pairs.amounts[1]) / pairs.times / count
        return cls(pairs.pairs, means, squares)

    @property
    def variances(self) -> Floats:
        """The variances of the two over the pairs."""
        return self.squares - self.means**2

    @property
    def vary(self) -> bool:
        """Whether both matrices have any variation."""
        # Beside the squares, so that it does not matter whether hours or years are counted.
        return bool((self.variances > _CORRELATION_TOLERANCE * self.squares).all())

    def correlate(self, product: Any) -> Any:
        """Return the correlation by the sum of products."""
        return (product / self.pairs - self.means[0] * self.means[1]) / np.sqrt(
            np.prod(self.variances)
        )


def draw_correlations(
    work: Work,
    task: PermutedProduct,
    moments: MatrixMoments,
    enough_for: float | None,
) -> Draws:
    """Return the correlations of permuted people; only until enough are as far out, if asked."""
    chunks: list[Draws] = []
    far = 0
    for products in work.draw_chunks(task):
        values = moments.correlate(products[:, 0])
        if enough_for is not None:
            beyond = np.flatnonzero(np.abs(values) >= abs(enough_for) - _CORRELATION_TOLERANCE)
            if far + len(beyond) >= ENOUGH:
                chunks.append(values[: beyond[ENOUGH - far - 1] + 1])
                break
            far += len(beyond)
        chunks.append(values)
    return np.concatenate([*chunks, np.empty(0)])


def compare_correlation(
    value: float, draws: Draws, *, adaptive: bool, p: bool
) -> dict[str, list[Any]]:
    """Compare a correlation with those of permuted people."""
    chance = compare_with_chance(np.array([value]), draws[:, None])
    columns: dict[str, list[Any]] = {
        "expected": [chance.expected[0]],
        "sd": [chance.sd[0]],
        "z": [
            (value - chance.expected[0]) / chance.sd[0]
            if chance.sd[0] > _CORRELATION_TOLERANCE
            else None
        ],
    }
    if not p or not len(draws):
        return columns
    far = int((np.abs(draws) >= abs(value) - _CORRELATION_TOLERANCE).sum())
    if adaptive:
        stopped = far >= ENOUGH
        return columns | {
            "p_value": [far / len(draws) if stopped else (far + 1) / (len(draws) + 1)]
        }
    sides = {"p_greater": chance.p_greater, "p_less": chance.p_less}
    columns |= {name: [float(side[0])] for name, side in sides.items() if side is not None}
    return columns | {"p_value": [(far + 1) / (len(draws) + 1)]}
