"""From an estimator to a result: value, range, interval and null of every figure.

A measure of ties says how its figures follow from a layer (an estimator), and, where a formula is
known, between which bounds they could lie. All else is the same for every measure and stands here.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

import numpy as np
from attrs import evolve, field, frozen

from plfkit.arrays import Floats, Numbers
from plfkit.errors import MissingDataWarning
from plfkit.graph.groups import GroupSpec, number_node_groups, partition_people
from plfkit.graph.layers import Layer
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.engine.catalogue import get_measure_info
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
from plfkit.measures.engine.layer_parts import (
    LayerParts,
    compute_observed_share,
    compute_response_rate,
    list_silent_ids,
)
from plfkit.measures.engine.options import CheckedOptions
from plfkit.measures.engine.silence import drop_uncertain, explain_gaps
from plfkit.measures.engine.tasks import CompletionTask, LabelTask, NetworkTask
from plfkit.model.results.figures import Cells, CodedTexts, build_figures, list_plain_cells
from plfkit.model.results.result import MeasureFunction, Result
from plfkit.model.words.intervals import IntervalMethod
from plfkit.model.words.notes import Note
from plfkit.model.words.ranges import RangeKind, pick_weakest_kind
from plfkit.resampling import Completions, Permutations, RandomNetworks, Work
from plfkit.resampling.drawing import Draws, Task

MOST_FEW_SCHOOLS = 3
"""Between so few schools a p would rest on the schools, not on the people."""
OBSERVED = "observed"
"""The method of values that rest on the pairs of which it was told whether they are tied."""
_RECONSTRUCT_WARNING = (
    "unobserved ties are taken from what the other side told; studies of missing network data advise "
    "against it (Huisman 2009; Smith, Morgan & Moody 2022)"
)


@frozen(eq=False, kw_only=True)
class Piece:
    """One part of a result before it is computed.

    Attributes:
        part: The group of `by=`.
        layer: Its layer.
        keys: What its figures are about, by key column.
        estimator: How they follow from the layer.
        bounds: How their range follows from the layer; the estimator's own if left out, and
            simulated where it has none.
        formulas: Nulls that have a formula, by what they hold fixed.
        compute_in_parallel: How the figures themselves are computed, where that is long work of its own.
        certain_only: Whether there is a value only where no answer could change it.
    """

    part: str | None = None
    layer: Layer
    keys: Mapping[str, Cells] = field(factory=dict)
    estimator: Estimator
    bounds: Callable[[Layer], Bounds] | None = field()
    formulas: Mapping[str, Callable[[Layer], Chance]] = field(factory=dict)
    compute_in_parallel: Callable[[Layer, Work], Estimate] | None = None
    certain_only: bool = False

    @bounds.default
    def _find_own_bounds(self) -> Callable[[Layer], Bounds] | None:
        return getattr(self.estimator, "bounds", None)


def measure_pieces(
    measure: MeasureFunction, cut: LayerParts, pieces: Sequence[Piece], **about: Any
) -> Result:
    """Compute the figures of all pieces, and return the result of the measure.

    Args:
        measure: The measure.
        cut: The layer and its parts, with what is asked of it.
        pieces: What to compute.
        about: Further attributes of the result; `method`, how values follow from those who answered,
            stands where not everybody did.
    """
    how = cut.how
    if how.missing == "reconstruct":
        warnings.warn(_RECONSTRUCT_WARNING, MissingDataWarning, stacklevel=3)
    known = get_measure_info(measure)
    layers = [piece.layer for piece in pieces]
    least = -1.0 if known.scale == "index" else 0.0
    finder = IntervalFinder.of_result(measure.__name__, how.interval, layers, cut.snapshot, least)
    # A piece draws three times at most: for its range, its interval and its null.
    with Work(how.drawing, known.label.en, len(pieces) * 3) as work:
        done = [
            _PieceComputation(piece, cut.snapshot, how, finder, work).compute_columns()
            for piece in pieces
        ]
    columns = _stack_columns([one.columns for one in done])
    drawn = [draws for one in done for draws in one.drawn]
    notes = dict(about.pop("notes", cut.whole.notes))
    if work.interrupted:
        # Two tasks of 1000 draws that came to 1000 and 300 lack 700.
        notes[Note.DRAWS_MISSING] = sum(how.drawing.draws - draws for draws in drawn)
    if finder is not None:
        notes |= _note_intervals(columns, pieces, finder)
    if how.null == "labels":
        mixed = [
            count_few_schools(cut.snapshot, p.layer, find_strata(cut.snapshot, p.layer, how.within))
            for p in pieces
        ]
        few = max(mixed, default=0)
        notes |= {Note.TOO_FEW_SCHOOLS: few} if few else {}
    about.setdefault(
        "silent", list_silent_ids(cut.snapshot, cut.whole) if "id" in columns else frozenset()
    )
    return cut.build_result(
        measure,
        build_figures(_count_column_rows(columns), **columns),
        range_kind=_find_weakest_kind(done, cut.whole),
        method=_name_piece_method(pieces, how, about.pop("method", OBSERVED)),
        missing=how.missing,
        interval=None if finder is None else finder.method,
        null=how.null,
        draws=find_fewest_draws(drawn) if drawn else None,
        seed=how.drawing.seed if drawn else None,
        notes=notes,
        **about,
    )


def _note_intervals(
    columns: Columns, pieces: Sequence[Piece], finder: IntervalFinder
) -> dict[str, int]:
    """Note how many figures have no interval although they have a value, and how many may be narrow."""
    absent = np.isnan(np.asarray(columns["interval_lower"], np.float64))
    valued = ~np.isnan(np.asarray(columns["value"], np.float64))
    misses = any(getattr(piece.estimator, "misses_closure", False) for piece in pieces)
    narrow = misses and finder.method is not IntervalMethod.SCHOOLS
    counts = {
        Note.TOO_FEW_FOR_INTERVAL: int((absent & valued).sum()),
        Note.NARROW_WHERE_TIES_CLOSE: int((~absent).sum()) if narrow else 0,
    }
    return {note: count for note, count in counts.items() if count}


Columns = dict[str, Cells]


def _name_piece_method(
    pieces: Sequence[Piece], how: CheckedOptions, method: str | None
) -> str | None:
    """Return how values follow from those who answered; None where nothing is unobserved."""
    known = [piece.layer.observation for piece in pieces]
    if not any(one is not None and not one.whole for one in known):
        return None
    return method if how.missing == "available" else how.missing


def _stack_columns(tables: Sequence[Columns]) -> Columns:
    """Put tables below each other; what a table lacks is missing."""
    # A table alone keeps its texts as codes; below each other they become plain cells.
    if len(tables) == 1:
        return tables[0]
    names = dict.fromkeys(name for table in tables for name in table)
    lengths = [_count_column_rows(table) for table in tables]
    return {
        name: [
            cell
            for table, length in zip(tables, lengths, strict=True)
            for cell in list_plain_cells(table.get(name, [None] * length))
        ]
        for name in names
    }


@frozen(eq=False)
class _PieceColumns:
    """What was computed of a piece.

    Attributes:
        columns: Its figures.
        kind: What their range is; None for no figures.
        ranged: Whether any of them has a range.
        drawn: How many draws each task made.
    """

    columns: Columns
    kind: RangeKind | None
    ranged: bool
    drawn: list[int]


def find_fewest_draws(drawn: Sequence[int]) -> int:
    """Return how many draws figures rest on at least, of those that rest on any."""
    return min((draws for draws in drawn if draws), default=0)


@frozen(eq=False)
class _PieceComputation:
    """All that is computed of one piece.

    Attributes:
        piece: The piece.
        snapshot: The moment.
        how: What is asked.
        finder: How intervals are found, where they are asked for.
        work: Where draws are made.
        drawn: How many draws each of its tasks came to.
    """

    piece: Piece
    snapshot: Snapshot
    how: CheckedOptions
    finder: IntervalFinder | None
    work: Work
    drawn: list[int] = field(factory=list)

    def compute_columns(self) -> _PieceColumns:
        """Compute it."""
        piece, layer = self.piece, self.piece.layer
        treated = layer.treat_missing(self.how.missing)
        parallel = piece.compute_in_parallel
        estimate = parallel(treated, self.work) if parallel else piece.estimator(treated)
        length = len(estimate.value)
        keys: Columns = {"part": _repeat_text(piece.part, length), **piece.keys}
        if layer.reason is not None:
            reasons, n = _repeat_text(layer.reason, length), np.full(length, layer.n)
            return _PieceColumns({**keys, "n": n, "reason": reasons}, None, ranged=False, drawn=[])
        # However gaps are treated, the range is that of the layer with its gaps: a treatment
        # chooses a value among those that could be, and makes nobody's answer known.
        bounds = self._find_bounds(estimate)
        estimate = move_into_bounds(estimate, bounds)
        if piece.certain_only:
            estimate = drop_uncertain(estimate, bounds, treated)
        estimate = explain_gaps(estimate, treated)
        rate = compute_response_rate(layer)
        columns: Columns = {
            **keys,
            "value": estimate.value,
            "lower": bounds.lower,
            "upper": bounds.upper,
            "n": np.full(length, layer.n) if estimate.n is None else estimate.n,
            "response_rate": np.full(length, np.nan if rate is None else rate),
            "reason": estimate.reasons,
            **self._build_interval_columns(treated, estimate),
            **self._build_chance_columns(treated, estimate),
        }
        for name in ("numerator", "denominator"):
            if (cells := getattr(estimate, name)) is not None:
                columns[name] = cells
        if (observed := _fill_observed_share(layer, bounds, length)) is not None:
            columns["observed"] = observed
        ranged = not np.isnan(bounds.lower).all()
        return _PieceColumns(
            columns, bounds.kind if length else None, ranged=ranged, drawn=self.drawn
        )

    def _find_bounds(self, estimate: Estimate) -> Bounds:
        """Return the range of the figures: what wider relations rule out is known in it, and not observed."""
        layer, find = self.piece.layer, self.piece.bounds
        narrow = layer.narrow_range()
        if find is None:
            return self._simulate_bounds(narrow, estimate)
        bounds = find(narrow)
        return bounds if narrow is layer else evolve(bounds, observed=find(layer).observed)

    def _draw_task(self, task: Task) -> Draws:
        draws = self.work.draw(task)
        self.drawn.append(len(draws))
        return draws

    def _simulate_bounds(self, layer: Layer, estimate: Estimate) -> Bounds:
        """Return what figures span over random completions."""
        estimator, length = self.piece.estimator, len(estimate.value)
        if layer.observation is None:
            return make_unknown_bounds(length)
        if layer.observation.whole:
            # Without an open pair the range is the figure. Estimators leave out whoever did not
            # answer, even where there was nothing left to tell: with "null" they do not.
            heard = layer.observation.nodes_answered.all()
            value = (estimate if heard else estimator(layer.treat_missing("null"))).value
            return Bounds(value, value, RangeKind.EXACT)
        if not self.work.drawing.draws:
            return make_unknown_bounds(length)
        task = CompletionTask(Completions(layer), estimator)
        # The emptiest and the fullest completion are among them: random ones lie near the middle, and
        # alone they would make the range look narrow.
        span, draws = task.evaluate_extremes(self.work.drawing.seed), self._draw_task(task)
        if len(draws):
            span = np.concatenate([span, draws])
        # fmin and fmax pass over completions in which a figure is undefined (NaN).
        return Bounds(np.fmin.reduce(span), np.fmax.reduce(span), RangeKind.SIMULATED)

    def _build_interval_columns(self, layer: Layer, estimate: Estimate) -> Columns:
        if self.finder is None:
            return {}
        lower, upper = self.finder.find_ends(
            layer, self.piece.estimator, estimate.value, self._draw_task
        )
        return {"interval_lower": lower, "interval_upper": upper}

    def _build_chance_columns(self, layer: Layer, estimate: Estimate) -> Columns:
        """Return what chance alone gives, and how far from that the figures are."""
        null = self.how.null
        if null is None:
            return {} if estimate.expected is None else {"expected": estimate.expected}
        if null in self.piece.formulas:
            chance = self.piece.formulas[null](layer)
        else:
            chance = compare_with_chance(
                estimate.value, self._draw_task(self._choose_null_task(null, layer))
            )
            if null == "labels" and count_few_schools(
                self.snapshot, layer, self._find_piece_strata(layer)
            ):
                chance = Chance(chance.expected, chance.sd)
        expected = chance.expected if estimate.expected is None else estimate.expected
        # Where chance always gives the same figure, its deviation is 0, and z stays undefined.
        z = np.full_like(chance.sd, np.nan)
        np.divide(estimate.value - expected, chance.sd, out=z, where=chance.sd > EQUAL)
        columns: Columns = {"expected": expected, "sd": chance.sd, "z": z}
        for name in ("p_greater", "p_less", "p_value"):
            if (p := getattr(chance, name)) is not None:
                columns[name] = p
        return columns

    def _choose_null_task(self, null: str, layer: Layer) -> Task:
        if null != "labels":
            return NetworkTask(RandomNetworks(layer, null), self.piece.estimator)
        permutations = Permutations(self._find_piece_strata(layer))
        return LabelTask(layer, permutations, cast("LabelledEstimator", self.piece.estimator))

    def _find_piece_strata(self, layer: Layer) -> Numbers:
        return find_strata(self.snapshot, layer, self.how.within)


def _fill_observed_share(layer: Layer, bounds: Bounds, length: int) -> Floats | None:
    share = compute_observed_share(layer)
    if share is None:
        return None
    return np.full(length, share) if bounds.observed is None else bounds.observed


def _repeat_text(text: str | None, length: int) -> CodedTexts:
    """Return a column with the same text in every cell, or with none."""
    # Codes point into the texts beside them; −1 is a blank cell.
    codes = np.full(length, -1 if text is None else 0, np.int32)
    return CodedTexts(codes, () if text is None else (text,))


def find_strata(snapshot: Snapshot, layer: Layer, within: GroupSpec | None) -> Numbers:
    """Return the stratum of each node: the group of `within`, or none."""
    if within is None:
        return np.zeros(layer.n, np.int64)
    return number_node_groups(layer, partition_people(snapshot, within))


def count_few_schools(snapshot: Snapshot, layer: Layer, strata: Numbers) -> int:
    """Return between how many schools people change places, if these are too few for a p; or 0."""
    codes = number_node_groups(layer, partition_people(snapshot, "school"))
    # Strata 0, 0, 1 of people at schools 4, 4, 5 make two pairs, (0, 4) and (1, 5): as many as
    # there are strata, so each lies within a school, and nobody changes schools.
    if len(np.unique(np.stack([strata, codes]), axis=1).T) == len(np.unique(strata)):
        return 0
    schools = len(np.unique(codes[codes >= 0]))
    return schools if 1 < schools <= MOST_FEW_SCHOOLS else 0


def _find_weakest_kind(done: Sequence[_PieceColumns], whole: Layer) -> RangeKind:
    """Return what ranges are: the least certain kind among rows that have one, or that might."""
    ranged = [one.kind for one in done if one.kind is not None and one.ranged]
    # A piece without any range says nothing of the others' ranges, unless no piece has one.
    kinds = ranged or [one.kind for one in done if one.kind is not None]
    if not kinds:
        return RangeKind.UNKNOWN if whole.observation is None else RangeKind.EXACT
    return pick_weakest_kind(kinds)


def _count_column_rows(columns: Columns) -> int:
    return len(next(iter(columns.values()), ()))
