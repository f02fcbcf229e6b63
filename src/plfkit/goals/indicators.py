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
from plfkit.measures import Catalogue
from plfkit.model.declarations import Indicator
from plfkit.model.organisation import Organisation
from plfkit.model.result import Result
from plfkit.model.vocabulary import did_you_mean

NEAR = 0.85
"""How alike a name must be to a measure's to be taken for a slip."""


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
    if outcome.result is None or outcome.verdict == "not_measured":
        return outcome
    earlier = [
        (period, _computed(years, years.at(period), indicator, catalogue))
        for period in reversed([*years.before(now.period, back)])
    ]
    results = [(p, r) for p, r in earlier if isinstance(r, Result)]
    steps = pairwise([*results, (now.period, outcome.result)])
    breaks = {str(after[0]): years.breaks(before, after) for before, after in steps}
    points = [TrendPoint(str(p), r, breaks.get(str(p), ())) for p, r in results]
    last = TrendPoint(str(now.period), outcome.result, breaks.get(str(now.period), ()))
    return evolve(outcome, trend=(*points, last))


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
        return evolve(unmeasured, reason="refused", detail=result)
    return _measured(evolve(unmeasured, result=result), result)


def _measured(outcome: IndicatorOutcome, result: Result) -> IndicatorOutcome:
    """Return the outcome of a result: its verdict, or why there is no figure."""
    figure = result.main
    figures = list(result) if figure is None else [figure]
    if any(one.value is not None for one in figures):
        reached = "shown" if figure is None else verdict(figure, outcome.indicator)
        return evolve(outcome, verdict=reached)
    reason = figures[0].reason if figures else None
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
