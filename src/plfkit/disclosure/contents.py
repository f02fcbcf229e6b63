"""What released things show, and hold as rows: here figures stand, as the gate lets them out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from plfkit.goals.comparing import Comparison
from plfkit.goals.figure_blocks import FigureBlock
from plfkit.goals.scorecard import IndicatorOutcome, Scorecard
from plfkit.goals.tabling import (
    gather_card_figures,
    gather_compared_figures,
    gather_result_figures,
    gather_year_figures,
)
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.showing import Display
from plfkit.model.words.reasons import Reason

_FIGURE_HEAD = ("value", "lower", "upper", "n", "reason")
_PART_KEYS = ("part", "from", "to", "figure")
"""What a row of a result is of; who it is of is left out."""


def describe_content(thing: Result | Scorecard | Comparison | IndicatorOutcome) -> Display:
    """Return what a released thing shows: its figures, and of people nobody."""
    match thing:
        case Result():
            return _describe_result(thing)
        case Scorecard():
            rows = [
                (one.id, one.indicator.label.da, *_list_outcome_cells(one))
                for one in thing.indicators
            ]
            head = ("indicator", "label", *_FIGURE_HEAD, "verdict")
            return Display((thing.title or thing.label).da, (thing.at,), head, rows)
        case Comparison():
            head = ("measure", "municipality", *_FIGURE_HEAD, "verdict")
            return Display(", ".join(thing.names), (thing.at,), head, [*_list_compared_rows(thing)])
        case IndicatorOutcome():
            years = [(point.at, *_list_figure_cells(point.result.main)) for point in thing.trend]
            return Display(thing.indicator.label.da, (thing.id,), ("year", *_FIGURE_HEAD), years)
        case _:
            assert_never(thing)


def gather_figures(
    thing: Result | Scorecard | Comparison | IndicatorOutcome,
) -> Iterator[FigureBlock]:
    """Return the figures of a released thing, for a table of all that was released."""
    match thing:
        case Result():
            return gather_result_figures(thing)
        case Scorecard():
            return gather_card_figures(thing)
        case Comparison():
            return gather_compared_figures(thing)
        case IndicatorOutcome():
            return gather_year_figures(thing)
        case _:
            assert_never(thing)


def _describe_result(result: Result) -> Display:
    keys = [key for key in _PART_KEYS if key in result.columns]
    rows = [
        (*(row[key] for key in keys), *_list_figure_cells(figure))
        for row, figure in zip(result.rows(), result, strict=True)
    ]
    title = result.measure if result.label is None else result.label.da
    return Display(title, (result.at,), (*keys, *_FIGURE_HEAD), rows)


def _list_compared_rows(comparison: Comparison) -> Iterator[tuple[object, ...]]:
    for compared in comparison.figures:
        for name, outcome in compared.outcomes.items():
            yield compared.measure, name, *_list_outcome_cells(outcome)


def _list_outcome_cells(outcome: IndicatorOutcome) -> tuple[object, ...]:
    """Return the figure and the verdict of an indicator; of several figures, that there are several."""
    several = outcome.figure is None and outcome.result is not None
    cells = _list_figure_cells(outcome.figure)
    verdict = None if outcome.verdict is None else outcome.verdict.words.da
    return ("several" if several else cells[0], *cells[1:], verdict)


def _list_figure_cells(figure: Figure | None) -> tuple[object, ...]:
    if figure is None:
        return (None,) * len(_FIGURE_HEAD)
    known = Reason.find_word(figure.reason)
    reason = figure.reason if known is None else known.words.da
    return figure.value, figure.lower, figure.upper, figure.n, reason
