"""The computation of a piece: its figures, and what is drawn of each of its parts."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
from attrs import evolve, field, frozen
from numpy.typing import NDArray

from plfkit.arrays import Floats, Numbers
from plfkit.graph.layers import Layer
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.engine.estimates import (
    EQUAL,
    Bounds,
    Chance,
    Estimate,
    Estimator,
    LabelledEstimator,
    compare_with_chance,
    make_unknown_bounds,
    move_into_bounds,
)
from plfkit.measures.engine.intervals import IntervalFinder
from plfkit.measures.engine.layer_counts import compute_observed_shares
from plfkit.measures.engine.options import CheckedOptions
from plfkit.measures.engine.pieces import Piece
from plfkit.measures.engine.settling import FigureSpan, Settling
from plfkit.measures.engine.silence import drop_uncertain, explain_gaps
from plfkit.measures.engine.strata import count_few_schools, find_strata
from plfkit.measures.engine.tasks import CompletionTask, LabelTask, NetworkTask
from plfkit.model.results.figures import Cells, CodedTexts, code_texts, repeat_number
from plfkit.model.words.ranges import RangeKind
from plfkit.resampling import Completions, Permutations, RandomNetworks, Work
from plfkit.resampling.drawing import Draws, Task

Columns = dict[str, Cells]


@frozen(eq=False)
class PieceComputation:
    """All that is computed of one piece.

    Attributes:
        piece: The piece.
        snapshot: The moment.
        how: What is asked.
        finder: How intervals are found, where they are asked for.
        work: Where draws are made.
        treated: The layer with its unobserved ties treated.
        estimate: The figures before anything is known of their range.
        bounds: Their range; of what is simulated, as far as it was drawn.
        is_simulated: Whether ranges are drawn.
        chance: What was drawn of figures: their intervals, and what chance gives.
        drawn: How many draws each of its tasks came to.
        spared: How many draws each range did not need that settled before.
    """

    piece: Piece
    snapshot: Snapshot
    how: CheckedOptions
    finder: IntervalFinder | None
    work: Work
    treated: Layer
    estimate: Estimate
    bounds: Bounds
    is_simulated: bool
    chance: dict[str, Floats] = field(factory=dict)
    drawn: list[int] = field(factory=list)
    spared: list[int] = field(factory=list)

    @classmethod
    def begin(
        cls,
        piece: Piece,
        snapshot: Snapshot,
        how: CheckedOptions,
        finder: IntervalFinder | None,
        work: Work,
    ) -> PieceComputation:
        """Compute what is not drawn: the figures, and their range where it has a formula."""
        layer = piece.layer
        treated, parallel = layer.treat_missing(how.missing), piece.compute_in_parallel
        if layer.reason is not None:
            nothing = np.full(len(piece.places), np.nan)
            estimate = Estimate(value=nothing, reasons=_repeat_text(layer.reason, len(nothing)))
        else:
            estimate = parallel(treated, work) if parallel else piece.estimator(treated)
        bounds = _find_bounds(piece, estimate)
        simulated = bounds is None and how.drawing.draws > 0
        if bounds is None:
            bounds = make_unknown_bounds(len(piece.places))
        if simulated:
            bounds = evolve(bounds, kind=RangeKind.SIMULATED)
        return cls(piece, snapshot, how, finder, work, treated, estimate, bounds, simulated)

    @property
    def part_numbers(self) -> Numbers:
        """The number of each figure's part among all parts."""
        return self.piece.parts.numbers[self.piece.places]

    @property
    def is_drawing(self) -> bool:
        """Whether anything is drawn."""
        if self.piece.layer.reason is not None:
            return False
        return self.is_simulated or self.finder is not None or self.how.null is not None

    @property
    def kind(self) -> RangeKind | None:
        """What the ranges are; None for no figures, and for those that there cannot be."""
        gone = self.piece.layer.reason is not None or not len(self.piece.places)
        return None if gone else self.bounds.kind

    @property
    def is_ranged(self) -> bool:
        """Whether any figure has a range."""
        return not np.isnan(self.bounds.lower).all()

    def build_columns(self) -> Columns:
        """Return the columns of its figures."""
        piece, layer = self.piece, self.piece.layer
        keys: Columns = {**piece.keys}
        if piece.parts.labels != (None,):
            keys["part"] = code_texts(piece.parts.labels).take(piece.places)
        sizes = self._spread_over_figures(layer.sizes)
        if layer.reason is not None:
            return {**keys, "n": sizes, "reason": self.estimate.reasons}
        estimate = self._finish_estimate(self.estimate, self.bounds)
        columns: Columns = {
            **keys,
            "value": estimate.value,
            "lower": self.bounds.lower,
            "upper": self.bounds.upper,
            "n": sizes if estimate.n is None else estimate.n,
            "reason": estimate.reasons,
            **self.chance,
        }
        for name in ("numerator", "denominator"):
            if (cells := getattr(estimate, name)) is not None:
                columns[name] = cells
        if self.how.null is None and estimate.expected is not None:
            columns["expected"] = estimate.expected
        return {**columns, **self._build_observation_columns()}

    def _build_observation_columns(self) -> Columns:
        """Return how many answered, and how much of what each figure needs was observed."""
        layer, observed = self.piece.layer, self.bounds.observed
        if layer.observation is None:
            return {}
        if observed is None:
            observed = self._spread_over_figures(compute_observed_shares(layer))
        rates = self._spread_over_figures(layer.observation.response_rates)
        return {"response_rate": rates, "observed": observed}

    def _spread_over_figures(self, cells: NDArray[Any]) -> NDArray[Any]:
        """Return what holds of each part for each figure of it."""
        if len(cells) == 1:
            return repeat_number(cells, len(self.piece.places))
        return cells[self.piece.places]

    def _finish_estimate(self, estimate: Estimate, bounds: Bounds) -> Estimate:
        """Return figures that keep to their range, each with the reason where it does not exist."""
        # However gaps are treated, the range is that of the layer with its gaps: a treatment
        # chooses a value among those that could be, and makes nobody's answer known.
        estimate = move_into_bounds(estimate, bounds)
        if self.piece.certain_only:
            estimate = drop_uncertain(estimate, bounds, self.treated)
        return explain_gaps(estimate, self.treated)

    def draw_part(self, part: int) -> None:
        """Draw what is to be drawn of one of the parts: its range, its interval and its null."""
        rows = np.flatnonzero(self.piece.places == part)
        estimator, layer = self.piece.cut_estimator(part), self.piece.layer.cut_part(part)
        if self.is_simulated:
            self._simulate_range(estimator, layer.narrow_range(), rows)
        if self.finder is None and self.how.null is None:
            return
        treated = layer.treat_missing(self.how.missing)
        estimate = self._finish_estimate(self.estimate.take(rows), self.bounds.take(rows))
        columns = self._build_interval_columns(treated, estimator, estimate)
        columns |= self._build_chance_columns(treated, estimator, estimate)
        for name, cells in columns.items():
            self.chance.setdefault(name, np.full(len(self.piece.places), np.nan))[rows] = cells

    def _draw_task(self, task: Task) -> Draws:
        draws = self.work.draw(task)
        self.drawn.append(len(draws))
        return draws

    def _simulate_range(self, estimator: Estimator, layer: Layer, rows: Numbers) -> None:
        """Fill in what figures of a part span over random completions."""
        task = CompletionTask(Completions(layer), estimator)
        # The emptiest and the fullest completion are among them: random ones lie near the middle, and
        # alone they would make the range look narrow.
        span = FigureSpan.of(task.evaluate_extremes(self.work.drawing.seed))
        settling = Settling(span, self.work.drawing.draws)
        for figures in self.work.draw_chunks(task):
            if settling.take_in(figures):
                self.spared.append(self.work.drawing.draws - span.draws)
                break
        self.drawn.append(span.draws)
        self.bounds.lower[rows] = span.lower
        self.bounds.upper[rows] = span.upper

    def _build_interval_columns(
        self, layer: Layer, estimator: Estimator, estimate: Estimate
    ) -> dict[str, Floats]:
        if self.finder is None:
            return {}
        lower, upper = self.finder.find_ends(layer, estimator, estimate.value, self._draw_task)
        return {"interval_lower": lower, "interval_upper": upper}

    def _build_chance_columns(
        self, layer: Layer, estimator: Estimator, estimate: Estimate
    ) -> dict[str, Floats]:
        """Return what chance alone gives, and how far from that the figures are."""
        null = self.how.null
        if null is None:
            return {}
        if null in self.piece.formulas:
            chance = self.piece.formulas[null](estimator, layer)
        else:
            chance = compare_with_chance(
                estimate.value, self._draw_task(self._choose_null_task(null, layer, estimator))
            )
            if null == "labels" and self._count_part_schools(layer):
                chance = Chance(chance.expected, chance.sd)
        expected = chance.expected if estimate.expected is None else estimate.expected
        # Where chance always gives the same figure, its deviation is 0, and z stays undefined.
        z = np.full_like(chance.sd, np.nan)
        np.divide(estimate.value - expected, chance.sd, out=z, where=chance.sd > EQUAL)
        columns = {"expected": expected, "sd": chance.sd, "z": z}
        for name in ("p_greater", "p_less", "p_value"):
            if (p := getattr(chance, name)) is not None:
                columns[name] = p
        return columns

    def _choose_null_task(self, null: str, layer: Layer, estimator: Estimator) -> Task:
        if null != "labels":
            return NetworkTask(RandomNetworks(layer, null), estimator)
        strata = find_strata(self.snapshot, layer, self.how.within)
        return LabelTask(layer, Permutations(strata), cast("LabelledEstimator", estimator))

    def _count_part_schools(self, layer: Layer) -> int:
        strata = find_strata(self.snapshot, layer, self.how.within)
        return count_few_schools(self.snapshot, layer, strata)

    def count_fewest_schools(self) -> int:
        """Return between how many schools people change places in one of its parts, if too few for a p."""
        layer, parts = self.piece.layer, range(len(self.piece.parts.labels))
        return max((self._count_part_schools(layer.cut_part(part)) for part in parts), default=0)


def _find_bounds(piece: Piece, estimate: Estimate) -> Bounds | None:
    """Return the range of figures; None where it has to be drawn.

    What wider relations rule out is known in it, and not observed.
    """
    layer, find = piece.layer, piece.bounds
    if layer.reason is not None:
        return make_unknown_bounds(len(piece.places))
    narrow = layer.narrow_range()
    if find is not None:
        bounds = find(narrow)
        return bounds if narrow is layer else evolve(bounds, observed=find(layer).observed)
    if narrow.observation is None:
        return make_unknown_bounds(len(piece.places))
    if not narrow.observation.whole:
        return None
    # Without an open pair the range is the figure. Estimators leave out whoever did not
    # answer, even where there was nothing left to tell: with "null" they do not.
    heard = narrow.observation.nodes_answered.all()
    value = (estimate if heard else piece.estimator(narrow.treat_missing("null"))).value
    return Bounds(value, value, RangeKind.EXACT)


def _repeat_text(text: str | None, length: int) -> CodedTexts:
    """Return a column with the same text in every cell, or with none."""
    # Codes point into the texts beside them; −1 is a blank cell.
    codes = np.full(length, -1 if text is None else 0, np.int32)
    return CodedTexts(codes, () if text is None else (text,))
