"""Trends: each year as it is told, and what breaks the row by what is told of who answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import evolve

from plfkit.disclosure.publication import Publication
from plfkit.disclosure.statistics import find_told_rates
from plfkit.goals.scorecard import TrendPoint
from plfkit.goals.years import (
    ANSWERED_BREAKS,
    Rates,
    compare_response_rates,
    has_no_overlap,
)
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.breaks import Break
from plfkit.model.words.reasons import Reason


def release_breaks(
    points: Sequence[TrendPoint], told: Sequence[Result], publication: Publication
) -> Iterator[TrendPoint]:
    """Yield the years of a trend with what is told of each, and the breaks that follow from that.

    Other schools and other questions are public. Whether more or fewer answered is worked out again
    from what is told of that: from the rates themselves it would tell where in a class they lie.

    Args:
        points: The years, as they are.
        told: What is told of each.
        publication: What has been told so far.
    """
    before: tuple[TrendPoint, Result] | None = None
    for point, result in zip(points, told, strict=True):
        kept = tuple(found for found in point.breaks if found not in ANSWERED_BREAKS)
        answered = None
        if before is not None and point.refusal is None:
            answered = _compare_answered(before, (point, result), publication)
        yield evolve(point, result=result, breaks=kept if answered is None else (*kept, answered))
        before = (point, result) if point.refusal is None else before


def _compare_answered(
    before: tuple[TrendPoint, Result], now: tuple[TrendPoint, Result], publication: Publication
) -> Break | None:
    """Return what is told of whether more or fewer answered, where that may have moved the figure."""
    years = (before, now)
    if not all(_has_response_rate(point.result.main) for point, _ in years):
        return None
    first, second = (told.main for _, told in years)
    if first is None or second is None or Reason.WITHHELD in {first.reason, second.reason}:
        return None
    if has_no_overlap(*map(_keep_range, (first, second))):
        return None
    earlier, later = (_find_rates(point, told, publication) for point, told in years)
    if earlier is None or later is None:
        return Break.ANSWERS_NOT_COMPARED
    return compare_response_rates(earlier, later, now[0].response_gap)


def _has_response_rate(figure: Figure | None) -> bool:
    """Tell whether anybody noted who was asked: then there is a rate, whatever it is."""
    return figure is not None and figure.response_rate is not None


def _keep_range(figure: Figure) -> Figure:
    """Return a figure with the range that no answers can leave; a band is none."""
    return evolve(figure, lower=None, upper=None) if figure.reason == Reason.BAND else figure


def _find_rates(point: TrendPoint, told: Result, publication: Publication) -> Rates | None:
    rate = None if told.main is None else told.main.response_rate
    return find_told_rates(point.result, publication) if rate is None else (rate, rate)
