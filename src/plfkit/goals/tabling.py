"""Figures of scorecards, trends and comparisons in one long table, a row each, with the same columns.

Tables that people read are made of the records, and frames of the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

from plfkit.model.records import schema
from plfkit.model.records.tables import Column, Table
from plfkit.model.results.figures import (
    FIGURE_KEYS,
    NAMED_KEYS,
    ON_REQUEST,
    SHARE_COUNTS,
    Figure,
)
from plfkit.model.results.result import Result
from plfkit.model.words.kinds import Label
from plfkit.model.words.reasons import Reason

if TYPE_CHECKING:
    from plfkit.goals.comparing import Comparison
    from plfkit.goals.scorecard import IndicatorOutcome, Scorecard, TrendPoint

AMOUNTS = ("value", "lower", "upper", "n", "observed", "response_rate")


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


def build_figure_table(
    records: Iterable[Mapping[str, Any]],
    *,
    language: str,
    example: bool | None = None,
    row: type[TabledFigure] = TabledFigure,
) -> Table[TabledFigure]:
    """Build the long table of some records, with labels in a language."""
    rows = [{"example": example, **record} for record in records]
    columns = {
        spec.name: Column.of(
            spec.codec, [_spell_plain_cell(one.get(spec.name), language) for one in rows]
        )
        for spec in schema.list_column_specs(row)
    }
    return Table.from_columns(row, columns, len(rows))


def _spell_plain_cell(cell: Any, language: str) -> Any:
    """Return a cell as a plain value: a label in a language, several words as one text."""
    match cell:
        case Label():
            return cell[language]
        case tuple():
            return ", ".join(map(str, cell)) or None
        case _:
            return cell


def record_card_figures(card: Scorecard) -> Iterator[dict[str, Any]]:
    """Yield a record for each figure of a scorecard."""
    for goal, outcome in _pair_with_goals(card):
        yield from ({"goal": goal, "at": card.at, **one} for one in _record_outcome(outcome))


def record_years(outcome: IndicatorOutcome) -> Iterator[dict[str, Any]]:
    """Yield a record for each figure of each year of an indicator."""
    for point in outcome.trend:
        for figure in choose_figures(point):
            yield {
                "indicator": outcome.id,
                "label": outcome.indicator.label,
                "measure": outcome.indicator.measure,
                "at": point.at,
                **_record_cells(figure, point.result),
                "breaks": point.breaks,
            }


def record_compared_figures(comparison: Comparison) -> Iterator[dict[str, Any]]:
    """Yield a record for each figure of each municipality."""
    for compared in comparison.figures:
        for name, outcome in compared.outcomes.items():
            for figure in [outcome.figure] if outcome.figure else outcome.result or [Figure()]:
                yield {
                    "name": name,
                    "example": name in comparison.examples,
                    "indicator": outcome.id,
                    "label": outcome.indicator.label,
                    "measure": compared.measure,
                    "at": comparison.at,
                    **_record_cells(figure, outcome.result),
                }


def name_groups(row: Mapping[str, Any], result: Result | None) -> dict[str, Label | None]:
    """Return what readers call the groups of a figure, in columns of their own."""
    names = {} if result is None else result.names
    return {f"{key}_name": names.get(row.get(key) or "") for key in NAMED_KEYS}


def _pair_with_goals(card: Scorecard) -> Iterator[tuple[str | None, IndicatorOutcome]]:
    """Yield each indicator with the goal that it belongs to, if it does."""
    for goal in card.goals:
        yield from ((goal.id, outcome) for outcome in goal.indicators)
    yield from ((None, outcome) for outcome in card.description)


def _record_outcome(outcome: IndicatorOutcome) -> Iterator[dict[str, Any]]:
    """Yield a row for each figure of an indicator, the one that the verdict is about first."""
    indicator, main, change = outcome.indicator, outcome.figure, outcome.change
    target = indicator.target
    own = {
        "indicator": outcome.id,
        "label": indicator.label,
        "measure": indicator.measure,
    }
    first = own | {
        "target": None if target is None else target.value,
        "target_source": None if target is None else target.source,
        "target_by": None if target is None else target.by,
        "verdict": outcome.verdict or Reason.WITHHELD,
        "missing": tuple(map(str, outcome.missing)),
        "change": None if change is None else change.value,
        "change_lower": None if change is None else change.lower,
        "change_upper": None if change is None else change.upper,
    }
    result = outcome.result
    yield first | _record_cells(main or Figure(), result, outcome.reason)
    for figure in result or ():
        if figure != main and figure.part not in outcome.part_verdicts:
            yield own | _record_cells(figure, result)
    for part, verdict in outcome.part_verdicts.items():
        figure = outcome.part_figures.get(part, Figure())
        cells = _record_cells(evolve(figure, part=part), outcome.parts)
        yield own | cells | {"verdict": verdict or Reason.WITHHELD}


def _record_cells(
    figure: Figure, result: Result | None, reason: str | None = None
) -> dict[str, Any]:
    """Return what a figure is of, its amounts, and why it may be missing."""
    cells = {name: getattr(figure, name) for name in AMOUNTS}
    keys = {name: getattr(figure, "from_" if name == "from" else name) for name in FIGURE_KEYS}
    named = name_groups(keys, result)
    return {**keys, **named, **cells, "reason": reason or figure.reason}


def record_result(result: Result) -> Iterator[dict[str, Any]]:
    """Yield a record for each figure of a result."""
    known = {"label": result.label, "measure": result.measure, "at": result.at}
    asked = (*SHARE_COUNTS, *ON_REQUEST)
    for figure in result:
        more = {name: getattr(figure, name) for name in asked}
        yield known | _record_cells(figure, result) | more


def choose_figures(point: TrendPoint) -> Sequence[Figure]:
    """Return the figure that stands for a year, or all of them if there are several."""
    return [point.result.main] if point.result.main else [*point.result]
