"""Figures of scorecards, trends and comparisons in one long table, a row each, with the same columns.

What the blocks of each are stands here; `plfkit.goals.figure_blocks` makes records and tables of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import frozen

from plfkit.arrays import Numbers
from plfkit.goals.divisions import find_part_rows
from plfkit.goals.figure_blocks import FigureBlock
from plfkit.model.records import schema
from plfkit.model.results.figures import Figure, build_figures
from plfkit.model.results.result import Result
from plfkit.model.words.reasons import Reason

if TYPE_CHECKING:
    from plfkit.goals.comparing import Comparison
    from plfkit.goals.scorecard import IndicatorOutcome, Scorecard, TrendPoint


@frozen(kw_only=True)
class TabledFigure:
    """A figure of a scorecard, a trend or a comparison: what it is of, what it is, and how it stands."""

    name: str | None = schema.declare_text(
        "Whose it is, where municipalities stand beside each other."
    )
    example: bool | None = schema.declare_flag("Whether it is an example's and no municipality's.")
    goal: str | None = schema.declare_label("The goal that it belongs to.")
    indicator: str | None = schema.declare_label("The indicator.")
    label: str | None = schema.declare_text("What readers call the indicator.")
    measure: str | None = schema.declare_label("The measure.")
    at: str | None = schema.declare_label("The period.")
    part: str | None = schema.declare_label("The group of `by=` it was computed in.")
    part_name: str | None = schema.declare_text("What readers call that group.")
    id: str | None = schema.declare_label("The person it is about.")
    from_: str | None = schema.declare_label("The group that ties run from.")
    from_name: str | None = schema.declare_text("What readers call that group.")
    to: str | None = schema.declare_label("The group that ties run to.")
    to_name: str | None = schema.declare_text("What readers call that group.")
    figure: str | None = schema.declare_label("Which figure, for measures that have several.")
    figure_name: str | None = schema.declare_text("What readers call it, where it is a group's.")
    value: float | None = schema.declare_number("The figure.")
    lower: float | None = schema.declare_number("The least it could be, had all been observed.")
    upper: float | None = schema.declare_number("The most it could be, had all been observed.")
    n: int | None = schema.declare_integer("How many people it rests on.")
    observed: float | None = schema.declare_number("Share of what it needs that was observed.")
    response_rate: float | None = schema.declare_number("Share of those asked who answered.")
    target: float | None = schema.declare_number("What it is to reach.")
    target_source: str | None = schema.declare_label("Who set that.")
    target_by: str | None = schema.declare_label("By when.")
    verdict: str | None = schema.declare_label("How it stands.")
    reason: str | None = schema.declare_label("Why there is no value.")
    missing: str | None = schema.declare_text("What would have to be filled in to measure it.")
    change: float | None = schema.declare_number("How much it changed since the year before.")
    change_lower: float | None = schema.declare_number("The least that the change could be.")
    change_upper: float | None = schema.declare_number("The most that it could be.")
    breaks: str | None = schema.declare_text("Why it cannot be compared with the year before.")


@frozen(kw_only=True)
class TabledResultFigure(TabledFigure):
    """A figure, and what a result tells of it on request: its interval, what chance gives, its change."""

    numerator: float | None = schema.declare_number("The count above the line of a share.")
    denominator: float | None = schema.declare_number("The count below the line of a share.")
    interval_lower: float | None = schema.declare_number("The lower end of its 95 % interval.")
    interval_upper: float | None = schema.declare_number("The upper end of its 95 % interval.")
    expected: float | None = schema.declare_number("What chance alone gives.")
    sd: float | None = schema.declare_number("The standard deviation of what chance gives.")
    z: float | None = schema.declare_number("How many of these it lies above what chance gives.")
    t: float | None = schema.declare_number("A coefficient over its standard error.")
    p_greater: float | None = schema.declare_number("How often chance gives as much or more.")
    p_less: float | None = schema.declare_number("How often chance gives as little or less.")
    p_value: float | None = schema.declare_number("How often chance is as far out, on either side.")
    p_adjusted: float | None = schema.declare_number("The same, corrected for several figures.")
    before: float | None = schema.declare_number(
        "What it was before, where the figure is a change."
    )
    after: float | None = schema.declare_number("What it was afterwards.")


def gather_card_figures(card: Scorecard) -> Iterator[FigureBlock]:
    """Yield the figures of a scorecard, those of an indicator after those of another."""
    same = {"example": card.example, "at": card.at}
    for goal in card.goals:
        for outcome in goal.indicators:
            yield from _gather_outcome_figures(outcome, {**same, "goal": goal.id})
    for outcome in card.description:
        yield from _gather_outcome_figures(outcome, same)


def gather_year_figures(outcome: IndicatorOutcome) -> Iterator[FigureBlock]:
    """Yield the figures of each year of an indicator."""
    for point in outcome.trend:
        same = {**_name_indicator(outcome), "at": point.at, "breaks": point.breaks}
        yield FigureBlock.of(point.result, same, rows=find_main_rows(point.result))


def gather_compared_figures(comparison: Comparison) -> Iterator[FigureBlock]:
    """Yield the figures of each municipality."""
    for compared in comparison.figures:
        for name, outcome in compared.outcomes.items():
            same = {
                **_name_indicator(outcome),
                "name": name,
                "example": name in comparison.examples,
                "measure": compared.measure,
                "at": comparison.at,
            }
            result = outcome.result or None
            rows = None if result is None else find_main_rows(result)
            yield FigureBlock.of(result, same, rows=rows)


def gather_result_figures(result: Result) -> Iterator[FigureBlock]:
    """Yield the figures of a result, with what it tells on request."""
    same = {"label": result.label, "measure": result.measure, "at": result.at}
    yield FigureBlock.of(result, same, on_request=True)


def find_main_rows(result: Result) -> Numbers:
    """Return the row of the figure that stands for the whole, or all rows if there are several."""
    row = result.main_row
    return np.arange(len(result)) if row is None else np.array([row])


def _name_indicator(outcome: IndicatorOutcome) -> dict[str, Any]:
    indicator = outcome.indicator
    return {"indicator": outcome.id, "label": indicator.label, "measure": indicator.measure}


def _gather_outcome_figures(
    outcome: IndicatorOutcome, same: Mapping[str, Any]
) -> Iterator[FigureBlock]:
    """Yield the figures of an indicator: the one of the verdict, the others, and those of parts."""
    result, own = outcome.result, {**same, **_name_indicator(outcome)}
    first = own | _tell_verdict(outcome)
    if result is None or result.main_row is None:
        yield FigureBlock.of(None, first)
    else:
        yield FigureBlock.of(result, first, rows=np.array([result.main_row]))
    if result is not None:
        yield FigureBlock.of(result, own, rows=_find_other_rows(result, outcome.part_verdicts))
    if outcome.part_verdicts:
        yield _gather_part_figures(outcome, own)


def _tell_verdict(outcome: IndicatorOutcome) -> dict[str, Any]:
    """Return how an indicator stands, what it is to reach, and how it changed."""
    target, change = outcome.indicator.target, outcome.change
    return {
        "target": None if target is None else target.value,
        "target_source": None if target is None else target.source,
        "target_by": None if target is None else target.by,
        "verdict": outcome.verdict or Reason.WITHHELD,
        "missing": tuple(map(str, outcome.missing)),
        "change": None if change is None else change.value,
        "change_lower": None if change is None else change.lower,
        "change_upper": None if change is None else change.upper,
        **({} if outcome.reason is None else {"reason": outcome.reason}),
    }


def _find_other_rows(result: Result, parts: Collection[str]) -> Numbers:
    """Return the rows that are neither the main figure nor those of parts with verdicts."""
    there = result.figures.column("part")
    # A missing part, whose code is −1, is told of last: it is none of those with a verdict.
    judged = np.array([*(part in parts for part in there.categories), False])
    others = ~judged[there.values]
    if result.main_row is not None:
        others[result.main_row] = False
    return np.flatnonzero(others)


def _gather_part_figures(outcome: IndicatorOutcome, same: Mapping[str, Any]) -> FigureBlock:
    """Return the figures of the parts that a target is for; blank for those that have none."""
    parts, verdicts = outcome.parts, outcome.part_verdicts
    rows = {} if parts is None else find_part_rows(parts)
    blank = [part for part in verdicts if part not in rows]
    figures = build_figures(len(blank), part=blank)
    if parts is not None:
        figures = parts.figures.joined(figures)
    place = {
        **rows,
        **dict(zip(blank, range(len(figures) - len(blank), len(figures)), strict=True)),
    }
    return FigureBlock(
        figures=figures,
        rows=np.array([place[part] for part in verdicts], np.int64),
        names={} if parts is None else parts.names,
        same=same,
        own={"verdict": [verdict or Reason.WITHHELD for verdict in verdicts.values()]},
    )


def choose_figures(point: TrendPoint) -> Sequence[Figure]:
    """Return the figure that stands for a year, or all of them if there are several."""
    return [point.result.main] if point.result.main else [*point.result]
