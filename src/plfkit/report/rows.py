"""The rows of what was released, and of faults: what tables, CSV and workbooks hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, assert_never

from attrs import evolve

from plfkit.disclosure import Released
from plfkit.disclosure.gate import Thing
from plfkit.goals.comparing import Comparison
from plfkit.goals.scorecard import IndicatorOutcome, Scorecard, TrendPoint
from plfkit.model.declared.standards import STANDARD_KEYS
from plfkit.model.results.figures import FIGURE_KEYS, Figure
from plfkit.model.results.result import Result
from plfkit.model.words.kinds import Label
from plfkit.model.words.reasons import Reason
from plfkit.report.listings import Listing

_KEYS = ("part", "part_name", "id", "from", "from_name", "to", "to_name", "figure")
_NAMED = ("part", "from", "to")
"""Columns of groups, beside which stands what readers call them."""
_AMOUNTS = ("value", "lower", "upper", "n", "observed", "response_rate")
_FIGURE_COLUMNS = (
    *("goal", "indicator", "label", "measure", "at", *_KEYS, *_AMOUNTS),
    *("target", "target_source", "target_by", "verdict", "reason", "missing"),
    *("change", "change_lower", "change_upper"),
)
_YEAR_COLUMNS = ("indicator", "label", "at", *_KEYS, *_AMOUNTS, "reason", "breaks")
_CLAIM_COLUMNS = (
    *("claim", "label", "certainty", "verdict", "supported", "contradicted", "open"),
    *("lower", "upper", "missing"),
)


def list_released(released: Released[Any], example: Label | None = None) -> tuple[Listing, ...]:
    """Return the rows of the one thing that was released, its figures first; or of several indicators.

    Args:
        released: What has passed the gate.
        example: What an example is called whose figures these are, where the thing does not say so.

    Raises:
        DisclosureError: Several things were released that are no indicators.
    """
    outcomes = [one for one in released if isinstance(one, IndicatorOutcome)]
    if len(outcomes) == len(released.contents) > 1:
        return (_list_years(outcomes, example),)
    thing: Thing = released.content
    match thing:
        case Result():
            return (list_result(thing, released.purpose, example),)
        case Scorecard():
            about = _list_about(thing, released)
            return (*_list_scorecard(thing), about)
        case Comparison():
            return _list_comparison(thing)
        case IndicatorOutcome():
            return (_list_years([thing], example),)
        case _:
            assert_never(thing)


def list_result(result: Result, purpose: str | None, example: Label | None) -> Listing:
    """Return the long table of a result; why single persons are shown stands in every row."""
    more = {"purpose": purpose, "example": example}
    known = {name: value for name, value in more.items() if value is not None}
    records = [row | name_groups(row, result) | known for row in result.rows()]
    columns = [
        column
        for name in result.columns
        for column in ((name, f"{name}_name") if name in _NAMED else (name,))
    ]
    return Listing.of_records("figures", records, *columns, *known)


def name_groups(row: Mapping[str, Any], result: Result | None) -> dict[str, Label | None]:
    """Return what readers call the groups of a figure, in columns of their own."""
    names = {} if result is None else result.names
    return {f"{key}_name": names.get(row.get(key) or "") for key in _NAMED}


def _list_scorecard(card: Scorecard) -> Iterator[Listing]:
    example = card.title or card.label if card.example else None
    marked = () if example is None else ("example",)
    records = [
        {"goal": goal, "at": card.at, "example": example, **record}
        for goal, outcome in _pair_with_goals(card)
        for record in _record_outcome(outcome)
    ]
    yield Listing.of_records("figures", records, *_FIGURE_COLUMNS, *marked)
    yield _list_years(card.indicators, example)
    yield _list_claims(card)
    standards = [
        (name, getattr(card.standards, name), card.standards.find_source(name))
        for name in STANDARD_KEYS
    ]
    yield Listing("standards", ("standard", "value", "source"), standards)


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
    cells = {name: getattr(figure, name) for name in _AMOUNTS}
    keys = {name: getattr(figure, "from_" if name == "from" else name) for name in FIGURE_KEYS}
    named = name_groups(keys, result)
    return {**keys, **named, **cells, "reason": reason or figure.reason}


def _list_years(outcomes: Sequence[IndicatorOutcome], example: Label | None) -> Listing:
    """Return a row for each figure of each year."""
    records = [
        {
            "indicator": outcome.id,
            "label": outcome.indicator.label,
            "at": point.at,
            **_record_cells(figure, point.result),
            "breaks": point.breaks,
            "example": example,
        }
        for outcome in outcomes
        for point in outcome.trend
        for figure in choose_figures(point)
    ]
    marked = () if example is None else ("example",)
    return Listing.of_records("years", records, *_YEAR_COLUMNS, *marked)


def choose_figures(point: TrendPoint) -> Sequence[Figure]:
    """Return the figure that stands for a year, or all of them if there are several."""
    return [point.result.main] if point.result.main else [*point.result]


def _list_claims(card: Scorecard) -> Listing:
    records = [
        {
            "claim": one.id,
            "label": one.claim.text,
            "certainty": one.claim.certainty,
            "verdict": one.verdict,
            "supported": one.supported,
            "open": one.open,
            "contradicted": one.contradicted,
            "lower": one.lower,
            "upper": one.upper,
            "missing": tuple(map(str, one.missing)),
        }
        for one in card.claims
    ]
    return Listing.of_records("claims", records, *_CLAIM_COLUMNS)


def _list_about(card: Scorecard, released: Released[Any]) -> Listing:
    """Return what the figures are about, and how they were judged."""
    facts: Mapping[str, Any] = {
        "profile": card.profile,
        "title": card.title or card.label,
        "at": card.at,
        "reference_day": card.reference_day,
        "example": card.example,
        "k": released.floor.k,
        "judged": released.judged,
        "not_told_small": released.small,
        "not_told_others": released.others,
    }
    return Listing("about", ("fact", "what"), list(facts.items()))


def _list_comparison(comparison: Comparison) -> tuple[Listing, ...]:
    """Return a row for each figure of each municipality, and what is not compared."""
    records = [
        {
            "name": name,
            "example": name in comparison.examples,
            "indicator": outcome.id,
            "label": outcome.indicator.label,
            "measure": compared.measure,
            "at": comparison.at,
            **_record_cells(figure, outcome.result),
        }
        for compared in comparison.figures
        for name, outcome in compared.outcomes.items()
        for figure in ([outcome.figure] if outcome.figure else outcome.result or [Figure()])
    ]
    columns = (
        "name",
        "example",
        "indicator",
        "label",
        "measure",
        "at",
        *_KEYS,
        *_AMOUNTS,
        "reason",
    )
    return Listing.of_records("figures", records, *columns), list_refused(comparison)


def list_refused(comparison: Comparison) -> Listing:
    """Return what cannot be compared, and why."""
    rows = [(one.name, one.indicator, one.measure, one.reason) for one in comparison.refused]
    return Listing("refused", ("name", "indicator", "measure", "reason"), rows)
