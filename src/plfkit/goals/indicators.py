"""Computing indicators: what each gives, how it changed, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from attrs import evolve

from plfkit.errors import InvalidDataError, MeasureError
from plfkit.goals.divisions import find_part_figures, settle_parts
from plfkit.goals.marks import find_mark
from plfkit.goals.scorecard import IndicatorOutcome, TrendPoint
from plfkit.goals.verdicts import drop_registered_range, judge_figure
from plfkit.goals.years import YearSnapshots
from plfkit.graph.snapshot import Snapshot
from plfkit.measures import Catalogue, Measure
from plfkit.measures.engine.calls import fill_in_arguments
from plfkit.model.declared.declarations import Indicator
from plfkit.model.records.needs import Need
from plfkit.model.records.organisation import Organisation
from plfkit.model.results.figures import Figure, build_figures
from plfkit.model.results.result import Result
from plfkit.model.words.reasons import Reason
from plfkit.model.words.titles import suggest_word
from plfkit.model.words.verdicts import Verdict
from plfkit.periods import Period

NEAR = 0.85
"""How alike a name must be to a measure's to be taken for a slip."""


def assess_indicator(
    years: YearSnapshots,
    now: Snapshot,
    name: str,
    indicator: Indicator,
    catalogue: Catalogue,
    *,
    back: int,
) -> IndicatorOutcome:
    """Compute one indicator and its trend, or say what is missing.

    Args:
        years: The organisation.
        now: The period that the verdict is about.
        name: The indicator's id.
        indicator: Its declaration.
        catalogue: Where its measure is found.
        back: How many earlier years the trend goes back.
    """
    outcome = _judge_indicator(years, now, name, indicator, catalogue)
    if outcome.verdict is Verdict.NOT_MEASURED and outcome.reason != Reason.REFUSED:
        return outcome
    periods = reversed([*years.list_years_before(now.period, back)])
    given = [
        (p, _compute_indicator(years, years.take_snapshot(p), indicator, catalogue))
        for p in periods
    ]
    given.append((now.period, outcome.result or outcome.detail or ""))
    results = [(period, found) for period, found in given if isinstance(found, Result)]
    breaks = {after[0]: years.name_breaks(before, after) for before, after in pairwise(results)}
    points = [
        TrendPoint(
            str(period), found, breaks.get(period, ()), response_gap=years.standards.response_gap
        )
        if isinstance(found, Result)
        else TrendPoint(
            str(period), _make_refused_result(period, catalogue[indicator.measure]), (), found
        )
        for period, found in given
    ]
    return evolve(outcome, trend=tuple(points)) if results else outcome


def _make_refused_result(period: Period, measure: Measure) -> Result:
    """Return what stands in the trend for a year in which the measure refuses."""
    return Result(
        figures=build_figures(1, reason=[Reason.REFUSED]),
        measure=measure.name,
        figure_class=measure.about.figure_class,
        scale=measure.about.scale,
        at=str(period),
        n=None,
        observed=None,
    )


def _compute_indicator(
    years: YearSnapshots, moment: Snapshot, indicator: Indicator, catalogue: Catalogue
) -> Result | str:
    """Return what the measure gives, or why it refuses."""
    measure = catalogue[indicator.measure]
    try:
        return measure(measure.choose_moments(moment, years.take_snapshot), indicator.arguments)
    except (MeasureError, InvalidDataError) as error:
        return str(error)


def _judge_indicator(
    years: YearSnapshots, now: Snapshot, name: str, indicator: Indicator, catalogue: Catalogue
) -> IndicatorOutcome:
    known = indicator.measure in catalogue
    needed = (*(catalogue[indicator.measure].about.tables if known else ()), *indicator.tables)
    unmeasured = IndicatorOutcome(
        id=name,
        indicator=indicator,
        verdict=Verdict.NOT_MEASURED,
        mark=find_mark(indicator, now.period),
        missing=list_missing_tables(years.organisation, needed),
    )
    if not known:
        return evolve(
            unmeasured, reason=Reason.NO_MEASURE, detail=_suggest_measure(indicator, catalogue)
        )
    if unmeasured.missing:
        return evolve(unmeasured, reason=Reason.MISSING_TABLES)
    result = _compute_indicator(years, now, indicator, catalogue)
    if isinstance(result, str):
        return evolve(unmeasured, reason=Reason.REFUSED, detail=result)
    call = fill_in_arguments(catalogue[indicator.measure], indicator.arguments)
    measured = _judge_result(evolve(unmeasured, result=result, call=call), result)
    if measured.verdict is Verdict.NOT_MEASURED or indicator.each is None:
        return measured
    return _judge_indicator_parts(
        measured, _compute_parts(years, now, indicator, catalogue, result)
    )


def _judge_result(outcome: IndicatorOutcome, result: Result) -> IndicatorOutcome:
    """Return the outcome of a result: its verdict, or why there is no figure."""
    figure = result.main
    rows = list(result) if figure is None else [figure]
    if any(map(_is_figure_known, rows)):
        if figure is not None:
            sure = drop_registered_range(figure, result.range_kind)
            reached = judge_figure(sure, outcome.indicator, outcome.mark)
            return evolve(outcome, verdict=reached, reason=_explain_open_verdict(reached, outcome))
        if outcome.mark is None:
            return evolve(outcome, verdict=Verdict.SHOWN)
        return evolve(outcome, verdict=Verdict.UNDECIDED, reason=Reason.SEVERAL_FIGURES)
    reason = rows[0].reason if rows else None
    if reason == Reason.ONE_UNIT and outcome.indicator.combined:
        return evolve(outcome, reason=Reason.NEEDS_COMBINED)
    return evolve(outcome, reason=reason, missing=result.needs)


def _is_figure_known(figure: Figure) -> bool:
    """Tell whether there is a figure: a value, or a range where that is all that can be said."""
    reason = Reason.find_word(figure.reason)
    ranged = reason is not None and reason.range_of is not None and figure.lower is not None
    return figure.value is not None or ranged


def _compute_parts(
    years: YearSnapshots, now: Snapshot, indicator: Indicator, catalogue: Catalogue, whole: Result
) -> Result | str:
    """Return the figures of the parts that a target is for, or why the measure refuses."""
    if indicator.arguments.get("by") == indicator.each:
        return whole
    arguments = {**indicator.arguments, "by": indicator.each}
    return _compute_indicator(years, now, evolve(indicator, arguments=arguments), catalogue)


def _judge_indicator_parts(outcome: IndicatorOutcome, parts: Result | str) -> IndicatorOutcome:
    """Judge each part that a target is for, and the indicator by as many of them as it asks for."""
    if isinstance(parts, str):
        detail = f"its target is for each {outcome.indicator.each}: {parts}"
        return evolve(outcome, verdict=Verdict.UNDECIDED, reason=Reason.REFUSED, detail=detail)
    figures = find_part_figures(parts)
    if not figures:
        return evolve(
            outcome, verdict=Verdict.UNDECIDED, reason=Reason.SEVERAL_FIGURES, parts=parts
        )
    indicator, mark = outcome.indicator, outcome.mark
    verdicts = {
        part: judge_figure(drop_registered_range(figure, parts.range_kind), indicator, mark)
        if _is_figure_known(figure)
        else Verdict.NOT_MEASURED
        for part, figure in figures.items()
    }
    settled = settle_parts([*verdicts.values()], indicator)
    judged = evolve(outcome, parts=parts, part_verdicts=verdicts, verdict=settled)
    return evolve(judged, reason=_explain_open_verdict(settled, judged))


def _explain_open_verdict(verdict: Verdict, outcome: IndicatorOutcome) -> Reason | None:
    """Say why a verdict is open if the range is not to blame: nobody knows which year it is."""
    undated = outcome.mark is not None and outcome.mark.due is None
    return Reason.UNDATED if verdict is Verdict.UNDECIDED and undated else None


def _suggest_measure(indicator: Indicator, catalogue: Catalogue) -> str | None:
    near = suggest_word(indicator.measure, [m.name for m in catalogue], closeness=NEAR)
    return f"there is no measure {indicator.measure!r}{near}" if near else None


def list_missing_tables(organisation: Organisation, needed: tuple[str, ...]) -> tuple[Need, ...]:
    """Return the needed tables that are empty, or that are not among the native tables yet."""
    return tuple(map(Need, _name_empty_tables(organisation, needed)))


def _name_empty_tables(organisation: Organisation, needed: tuple[str, ...]) -> Iterator[str]:
    tables = organisation.tables
    for name in dict.fromkeys(needed):
        if name not in tables or not len(tables[name]):
            yield name
