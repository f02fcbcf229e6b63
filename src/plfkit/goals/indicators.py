"""Computing indicators: what each gives, how it changed, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from attrs import evolve

from plfkit.errors import InvalidDataError, MeasureError
from plfkit.goals.scorecard import IndicatorOutcome, TrendPoint
from plfkit.goals.verdicts import verdict
from plfkit.goals.years import Years
from plfkit.graph.snapshot import Snapshot
from plfkit.measures import Catalogue, Measure
from plfkit.measures.calls import write_out
from plfkit.model.declarations import Indicator
from plfkit.model.organisation import Organisation
from plfkit.model.result import Result, figures
from plfkit.model.vocabulary import did_you_mean
from plfkit.periods import Period

NEAR = 0.85
"""How alike a name must be to a measure's to be taken for a slip."""
REFUSED = "refused"
"""The reason of a figure that the measure refuses to give."""


def indicator_outcome(
    years: Years, now: Snapshot, name: str, indicator: Indicator, catalogue: Catalogue, *, back: int
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
    outcome = _outcome(years, now, name, indicator, catalogue)
    if outcome.verdict == "not_measured" and outcome.reason != REFUSED:
        return outcome
    periods = reversed([*years.before(now.period, back)])
    given = [(p, _computed(years, years.at(p), indicator, catalogue)) for p in periods]
    given.append((now.period, outcome.result or outcome.detail or ""))
    results = [(period, found) for period, found in given if isinstance(found, Result)]
    breaks = {after[0]: years.breaks(before, after) for before, after in pairwise(results)}
    points = [
        TrendPoint(str(period), found, breaks.get(period, ()))
        if isinstance(found, Result)
        else TrendPoint(str(period), _mark(period, catalogue[indicator.measure]), (), found)
        for period, found in given
    ]
    return evolve(outcome, trend=tuple(points)) if results else outcome


def _mark(period: Period, measure: Measure) -> Result:
    """Return what stands in the trend for a year in which the measure refuses."""
    return Result(
        figures=figures(1, reason=[REFUSED]),
        measure=measure.name,
        figure_class=measure.about.figure_class,
        scale=measure.about.scale,
        at=str(period),
        n=None,
        observed=None,
    )


def _computed(
    years: Years, moment: Snapshot, indicator: Indicator, catalogue: Catalogue
) -> Result | str:
    """Return what the measure gives, or why it refuses."""
    measure = catalogue[indicator.measure]
    try:
        return measure(measure.moments(moment, years.at), indicator.arguments)
    except (MeasureError, InvalidDataError) as error:
        return str(error)


def _outcome(
    years: Years, now: Snapshot, name: str, indicator: Indicator, catalogue: Catalogue
) -> IndicatorOutcome:
    known = indicator.measure in catalogue
    needed = (*(catalogue[indicator.measure].about.tables if known else ()), *indicator.tables)
    unmeasured = IndicatorOutcome(
        id=name,
        indicator=indicator,
        verdict="not_measured",
        missing=missing_tables(years.organisation, needed),
    )
    if not known:
        return evolve(unmeasured, reason="no_measure", detail=_near(indicator, catalogue))
    if unmeasured.missing:
        return evolve(unmeasured, reason="missing_tables")
    result = _computed(years, now, indicator, catalogue)
    if isinstance(result, str):
        return evolve(unmeasured, reason=REFUSED, detail=result)
    call = write_out(catalogue[indicator.measure], indicator.arguments)
    return _measured(evolve(unmeasured, result=result, call=call), result)


def _measured(outcome: IndicatorOutcome, result: Result) -> IndicatorOutcome:
    """Return the outcome of a result: its verdict, or why there is no figure."""
    figure = result.main
    rows = list(result) if figure is None else [figure]
    if any(row.value is not None for row in rows):
        reached = "shown" if figure is None else verdict(figure, outcome.indicator)
        return evolve(outcome, verdict=reached)
    reason = rows[0].reason if rows else None
    if reason == "one_unit" and outcome.indicator.combined:
        return evolve(outcome, reason="needs_combined")
    return evolve(outcome, reason=reason, missing=result.needs)


def _near(indicator: Indicator, catalogue: Catalogue) -> str | None:
    near = did_you_mean(indicator.measure, [m.name for m in catalogue], closeness=NEAR)
    return f"there is no measure {indicator.measure!r}{near}" if near else None


def missing_tables(organisation: Organisation, needed: tuple[str, ...]) -> tuple[str, ...]:
    """Return the needed tables that are empty, or that are not among the native tables yet."""
    return tuple(_missing(organisation, needed))


def _missing(organisation: Organisation, needed: tuple[str, ...]) -> Iterator[str]:
    tables = organisation.tables
    for name in dict.fromkeys(needed):
        if name not in tables or not len(tables[name]):
            yield name
