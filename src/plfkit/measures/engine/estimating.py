"""From an estimator to a result: value, range, interval and null of every figure.

A measure of ties says how its figures follow from a layer (an estimator), and, where a formula is
known, between which bounds they could lie. All else is the same for every measure and stands here.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from plfkit.errors import MissingDataWarning
from plfkit.graph.layers import Layer
from plfkit.measures.engine.catalogue import get_measure_info
from plfkit.measures.engine.intervals import IntervalFinder
from plfkit.measures.engine.layer_parts import (
    LayerParts,
    list_silent_ids,
)
from plfkit.measures.engine.options import CheckedOptions
from plfkit.measures.engine.piece_computations import Columns, PieceComputation
from plfkit.measures.engine.pieces import Piece
from plfkit.model.results.figures import (
    build_figures,
    stack_cells,
    take_rows,
)
from plfkit.model.results.result import MeasureFunction, Result
from plfkit.model.words.notes import Note
from plfkit.model.words.ranges import RangeKind, pick_weakest_kind
from plfkit.resampling import Work

OBSERVED = "observed"
"""The method of values that rest on the pairs of which it was told whether they are tied."""
_RECONSTRUCT_WARNING = (
    "unobserved ties are taken from what the other side told; studies of missing network data advise "
    "against it (Huisman 2009; Smith, Morgan & Moody 2022)"
)


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
    about.setdefault("method", OBSERVED)
    finder = _choose_intervals(measure, cut, pieces)
    done, interrupted = _compute_pieces(measure, cut, pieces, finder)
    columns = _stack_pieces([one.build_columns() for one in done], done)
    drawn = [draws for one in done for draws in one.drawn]
    notes = {
        **about.pop("notes", cut.whole.notes),
        **_note_draws(done, how, interrupted=interrupted),
        **_note_intervals(columns, pieces, finder),
        **_note_few_schools(done, how),
    }
    return cut.build_result(
        measure,
        build_figures(_count_column_rows(columns), **columns),
        range_kind=_find_weakest_kind(done, cut.whole),
        method=_name_piece_method(pieces, how, about.pop("method")),
        missing=how.missing,
        interval=None if finder is None else finder.method,
        null=how.null,
        draws=find_fewest_draws(drawn) if drawn else None,
        seed=how.drawing.seed if drawn else None,
        notes=notes,
        silent=list_silent_ids(cut.snapshot, cut.whole) if "id" in columns else frozenset(),
        **about,
    )


def _choose_intervals(
    measure: MeasureFunction, cut: LayerParts, pieces: Sequence[Piece]
) -> IntervalFinder | None:
    """Return how the intervals that are asked for are found; None if none is."""
    asked = cut.how.interval
    layers = [*_list_part_layers(pieces)] if asked else []
    least = -1.0 if get_measure_info(measure).scale == "index" else 0.0
    return IntervalFinder.of_result(measure.__name__, asked, layers, cut.snapshot, least)


def _compute_pieces(
    measure: MeasureFunction,
    cut: LayerParts,
    pieces: Sequence[Piece],
    finder: IntervalFinder | None,
) -> tuple[list[PieceComputation], bool]:
    """Compute all pieces, draw what is to be drawn, and tell whether somebody interrupted that."""
    how, parts = cut.how, sum(len(piece.parts.labels) for piece in pieces)
    # A part draws three times at most: for its range, its interval and its null.
    with Work(how.drawing, get_measure_info(measure).label.en, parts * 3) as work:
        done = [PieceComputation.begin(piece, cut.snapshot, how, finder, work) for piece in pieces]
        for one, part in _list_drawing_parts(done):
            one.draw_part(part)
    return done, work.interrupted


def _list_part_layers(pieces: Sequence[Piece]) -> Iterator[Layer]:
    """Yield the layer of each part."""
    for piece in pieces:
        yield from (piece.layer.cut_part(part) for part in range(len(piece.parts.labels)))


def _note_draws(
    done: Sequence[PieceComputation], how: CheckedOptions, *, interrupted: bool
) -> dict[str, int]:
    """Note how many draws ranges did not need that had settled, and how many are missing."""
    spared = sum(draws for one in done for draws in one.spared)
    # Two tasks of 1000 draws that came to 1000 and 300 lack 700, where a range had not settled.
    lacking = sum(how.drawing.draws - draws for one in done for draws in one.drawn) - spared
    notes: dict[str, int] = {Note.RANGE_SETTLED: spared} if spared else {}
    return notes | {Note.DRAWS_MISSING: lacking} if interrupted else notes


def _note_few_schools(done: Sequence[PieceComputation], how: CheckedOptions) -> dict[str, int]:
    """Note between how many schools labels change places, where these are too few for a p."""
    if how.null != "labels":
        return {}
    few = max((one.count_fewest_schools() for one in done), default=0)
    return {Note.TOO_FEW_SCHOOLS: few} if few else {}


def _note_intervals(
    columns: Columns, pieces: Sequence[Piece], finder: IntervalFinder | None
) -> dict[str, int]:
    """Note how many figures have no interval although they have a value, and how many may be narrow."""
    if finder is None or "interval_lower" not in columns:  # no part has a figure
        return {}
    absent = np.isnan(np.asarray(columns["interval_lower"], np.float64))
    valued = ~np.isnan(np.asarray(columns["value"], np.float64))
    found = int((~absent).sum())
    narrow = sum(finder.count_narrow_parts(piece.layer, piece.estimator) for piece in pieces)
    mixed = sum(finder.count_mixed_parts(piece.layer) for piece in pieces)
    counts = {
        Note.TOO_FEW_FOR_INTERVAL: int((absent & valued).sum()),
        Note.NARROW_WHERE_TIES_CLOSE: min(narrow, found),
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


def _stack_pieces(tables: Sequence[Columns], done: Sequence[PieceComputation]) -> Columns:
    """Put the figures of all pieces below each other, part after part as `by=` has them."""
    if len(tables) == 1 and len(done[0].piece.parts.labels) == 1:
        return tables[0]
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
    done: Sequence[PieceComputation],
) -> Iterator[tuple[PieceComputation, int]]:
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


def _find_weakest_kind(done: Sequence[PieceComputation], whole: Layer) -> RangeKind:
    """Return what ranges are: the least certain kind among rows that have one, or that might."""
    ranged = [one.kind for one in done if one.kind is not None and one.is_ranged]
    # A piece without any range says nothing of the others' ranges, unless no piece has one.
    kinds = ranged or [one.kind for one in done if one.kind is not None]
    if not kinds:
        return RangeKind.UNKNOWN if whole.observation is None else RangeKind.EXACT
    return pick_weakest_kind(kinds)


def _count_column_rows(columns: Columns) -> int:
    return len(next(iter(columns.values()), ()))
