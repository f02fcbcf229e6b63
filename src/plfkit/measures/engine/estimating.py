"""From an estimator to a result: value, range, interval and null of every figure.

A measure of ties says how its figures follow from a layer (an estimator), and, where a formula is
known, between which bounds they could lie. All else is the same for every measure and stands here.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
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
    PartSet,
    compute_observed_shares,
    list_silent_ids,
)
from plfkit.measures.engine.options import CheckedOptions
from plfkit.measures.engine.settling import FigureSpan, Settling
from plfkit.measures.engine.silence import drop_uncertain, explain_gaps
from plfkit.measures.engine.tasks import CompletionTask, LabelTask, NetworkTask
from plfkit.model.results.figures import (
    Cells,
    CodedTexts,
    build_figures,
    code_texts,
    stack_cells,
    take_rows,
)
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
    """Some parts of a result before they are computed: those of which as much is known.

    Attributes:
        parts: The parts, whose layer they are computed from.
        keys: What the figures are about, by key column.
        places: In which of the parts each figure is, by its place among them; one in each if left out.
        estimator: How figures follow from the layer. What is drawn is drawn part by part: an
            estimator that knows something of each node tells with `keep_nodes` what it knows of a part's.
        bounds: How their range follows from the layer; the estimator's own if left out, and
            simulated where it has none.
        formulas: Nulls that have a formula from the estimator and the layer of a part, by what they
            hold fixed.
        compute_in_parallel: How the figures themselves are computed, where that is long work of its own.
        certain_only: Whether there is a value only where no answer could change it.
    """

    parts: PartSet
    keys: Mapping[str, Cells] = field(factory=dict)
    places: Numbers = field()
    estimator: Estimator
    bounds: Callable[[Layer], Bounds] | None = field()
    formulas: Mapping[str, Callable[[Any, Layer], Chance]] = field(factory=dict)
    compute_in_parallel: Callable[[Layer, Work], Estimate] | None = None
    certain_only: bool = False

    @places.default
    def _number_one_in_each(self) -> Numbers:
        return np.arange(len(self.parts.labels))

    @bounds.default
    def _find_own_bounds(self) -> Callable[[Layer], Bounds] | None:
        return getattr(self.estimator, "bounds", None)

    @property
    def layer(self) -> Layer:
        """The layer of its parts."""
        return self.parts.layer

    def cut_estimator(self, part: int) -> Estimator:
        """Return how figures of one of the parts follow from its layer."""
        keep = getattr(self.estimator, "keep_nodes", None)
        if keep is None or len(self.parts.labels) == 1:
            return self.estimator
        kept: Estimator = keep(np.arange(*self.layer.starts[part : part + 2]))
        return kept


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
    layers = [*_list_part_layers(pieces)] if how.interval else []
    least = -1.0 if known.scale == "index" else 0.0
    finder = IntervalFinder.of_result(measure.__name__, how.interval, layers, cut.snapshot, least)
    parts = sum(len(piece.parts.labels) for piece in pieces)
    # A part draws three times at most: for its range, its interval and its null.
    with Work(how.drawing, known.label.en, parts * 3) as work:
        done = [_PieceComputation.begin(piece, cut.snapshot, how, finder, work) for piece in pieces]
        for one, part in _list_drawing_parts(done):
            one.draw_part(part)
    columns = _stack_pieces([one.build_columns() for one in done], done)
    drawn = [draws for one in done for draws in one.drawn]
    spared = sum(draws for one in done for draws in one.spared)
    notes = dict(about.pop("notes", cut.whole.notes))
    if spared:
        notes[Note.RANGE_SETTLED] = spared
    if work.interrupted:
        # Two tasks of 1000 draws that came to 1000 and 300 lack 700, where a range had not settled.
        notes[Note.DRAWS_MISSING] = sum(how.drawing.draws - draws for draws in drawn) - spared
    if finder is not None:
        notes |= _note_intervals(columns, pieces, finder)
    if how.null == "labels":
        few = max((one.count_fewest_schools() for one in done), default=0)
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


def _list_part_layers(pieces: Sequence[Piece]) -> Iterator[Layer]:
    """Yield the layer of each part."""
    for piece in pieces:
        yield from (piece.layer.cut_part(part) for part in range(len(piece.parts.labels)))


def _note_intervals(
    columns: Columns, pieces: Sequence[Piece], finder: IntervalFinder
) -> dict[str, int]:
    """Note how many figures have no interval although they have a value, and how many may be narrow."""
    if "interval_lower" not in columns:  # no part has a figure
        return {}
    absent = np.isnan(np.asarray(columns["interval_lower"], np.float64))
    valued = ~np.isnan(np.asarray(columns["value"], np.float64))
    misses = any(getattr(piece.estimator, "misses_closure", False) for piece in pieces)
    narrow = misses and finder.method is not IntervalMethod.SCHOOLS
    found = int((~absent).sum())
    mixed = sum(finder.count_mixed_parts(piece.layer) for piece in pieces)
    counts = {
        Note.TOO_FEW_FOR_INTERVAL: int((absent & valued).sum()),
        Note.NARROW_WHERE_TIES_CLOSE: found if narrow else 0,
        Note.NARROW_WHERE_SCHOOLS_DIFFER: min(mixed, found),
    }
    return {note: count for note, count in counts.items() if count}


def _name_piece_method(
    pieces: Sequence[Piece], how: CheckedOptions, method: str | None
) -> str | None:
    """Return how values follow from those who answered; None where nothing is unobserved."""
    known = [piece.layer.observation for piece in pieces]
    if not any(one is not None and not one.whole for one in known):
        return None
    return method if how.missing == "available" else how.missing


Columns = dict[str, Cells]


def _stack_pieces(tables: Sequence[Columns], done: Sequence[_PieceComputation]) -> Columns:
    """Put the figures of all pieces below each other, part after part as `by=` has them."""
    lengths = [_count_column_rows(table) for table in tables]
    if len(tables) == 1:
        stacked, places = tables[0], done[0].part_numbers
    else:
        names = dict.fromkeys(name for table in tables for name in table)
        stacked = {
            name: stack_cells([table.get(name) for table in tables], lengths) for name in names
        }
        places = np.concatenate([one.part_numbers for one in done] or [np.empty(0, np.int64)])
    # Figures of the parts 0 2 0 2 and 1 1 are put in the order 0 0 1 1 2 2.
    if (places[1:] >= places[:-1]).all():
        return stacked
    return take_rows(stacked, np.argsort(places, kind="stable"))


def _list_drawing_parts(
    done: Sequence[_PieceComputation],
) -> Iterator[tuple[_PieceComputation, int]]:
    """Yield the parts of which something is drawn, as `by=` has them: so chance is the same for each."""
    parts = [
        (number, place, one)
        for one in done
        if one.is_drawing
        for place, number in enumerate(one.piece.parts.numbers.tolist())
    ]
    for _, place, one in sorted(parts, key=lambda part: part[0]):
        yield one, place


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
    ) -> _PieceComputation:
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
        parts = code_texts(piece.parts.labels).take(piece.places)
        keys: Columns = {"part": parts, **piece.keys}
        sizes = layer.sizes[piece.places]
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
        if layer.observation is not None:
            observed = self.bounds.observed
            columns |= {
                "response_rate": layer.observation.response_rates[piece.places],
                "observed": compute_observed_shares(layer)[piece.places]
                if observed is None
                else observed,
            }
        return columns

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


def _find_weakest_kind(done: Sequence[_PieceComputation], whole: Layer) -> RangeKind:
    """Return what ranges are: the least certain kind among rows that have one, or that might."""
    ranged = [one.kind for one in done if one.kind is not None and one.is_ranged]
    # A piece without any range says nothing of the others' ranges, unless no piece has one.
    kinds = ranged or [one.kind for one in done if one.kind is not None]
    if not kinds:
        return RangeKind.UNKNOWN if whole.observation is None else RangeKind.EXACT
    return pick_weakest_kind(kinds)


def _count_column_rows(columns: Columns) -> int:
    return len(next(iter(columns.values()), ()))
