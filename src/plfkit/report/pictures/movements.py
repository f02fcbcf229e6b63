"""What an indicator did since the year before, as a heading: what it is of first, then where it stands."""

from __future__ import annotations

from math import ceil, floor

from plfkit.goals.scorecard import YEARS_COMPARED, IndicatorOutcome, Scorecard, TrendPoint
from plfkit.model.results.figures import Figure
from plfkit.report import figures
from plfkit.report.headlines import write_headline
from plfkit.report.pictures.phrases import is_hidden, write_absence
from plfkit.report.sureness import (
    Direction,
    Span,
    find_direction,
    find_span,
    find_sure_span,
    is_point_told,
)
from plfkit.report.texts import Texts

_ROUNDING = 1e-6


def say_trend(outcome: IndicatorOutcome, card: Scorecard, texts: Texts) -> str:
    """Say how an indicator stands, and whether that is more or less than the year before."""
    label, now = texts.label(outcome.indicator.label), outcome.trend[-1]
    if not is_point_told(now):
        why = write_absence(now.result.main or Figure(), texts)
        return texts("pictures.trend_none", label=label, at=texts.write_period(now.at), why=why)
    direction = find_direction(outcome, card)
    if direction is Direction.FIRST:
        return texts("pictures.trend_first", label=label, now=_write_year(now, card, texts))
    before = outcome.trend[-YEARS_COMPARED]
    key = f"trend_{_name_move(direction, outcome, card)}"
    said, earlier = _write_years_apart(before, now, direction, card, texts)
    return texts(f"pictures.{key}", label=label, now=said, before=earlier, since=before.at)


def _name_move(direction: Direction, outcome: IndicatorOutcome, card: Scorecard) -> str:
    """Name the sentence of a direction: where a year is missing, or nothing bounds it, it is another."""
    before, now = outcome.trend[-YEARS_COMPARED:]
    if direction is Direction.UNTOLD:
        return "hidden" if is_hidden(before.result.main or Figure()) else "unmeasured"
    spans = [find_sure_span(point.result, card.measures) for point in (before, now)]
    if direction is Direction.UNSETTLED and None in spans:
        return "unbounded"
    return str(direction)


def _write_year(point: TrendPoint, card: Scorecard, texts: Texts) -> str:
    return write_headline(point.result, point.result.main, card.standards, texts)


def _write_years_apart(
    before: TrendPoint, now: TrendPoint, direction: Direction, card: Scorecard, texts: Texts
) -> tuple[str, str]:
    """Write the figures of this year and the one before, with a decimal where rounding hides the gap.

    56.4–68 % is more than 22–56.2 %, which 56–68 % and 22–57 % do not show.
    """
    if direction in {Direction.UP, Direction.DOWN}:
        spans = [find_span(point.result.main) for point in (now, before)]
        if _look_alike(*spans) and now.result.scale == "share":
            said = [_write_exactly(point, texts) for point in (now, before)]
            return said[0], said[1]
    return _write_year(now, card, texts), _write_year(before, card, texts)


def _look_alike(one: Span | None, other: Span | None) -> bool:
    """Tell whether two ranges that do not meet would do so in whole per cent, rounded outwards."""
    if one is None or other is None:
        return False
    low, high = sorted((one, other), key=lambda span: span.lower)
    if not (low.width or high.width):
        return round(100 * high.lower) == round(100 * low.upper)
    return floor(100 * high.lower + _ROUNDING) <= ceil(100 * low.upper - _ROUNDING)


def _write_exactly(point: TrendPoint, texts: Texts) -> str:
    """Write a share, or its range, with a decimal."""
    figure = point.result.main or Figure()
    low, high = (
        figures.write_amount(end or 0.0, "share", texts) for end in (figure.lower, figure.upper)
    )
    return low if low == high else texts("headline.between", low=low.rstrip("% "), high=high)
