"""Headlines: a figure in as few characters as it can be told, how sure it is, and where it moves."""

from __future__ import annotations

from enum import StrEnum
from math import ceil, floor

from attrs import frozen

from plfkit.goals.scorecard import YEARS_COMPARED, IndicatorOutcome, TrendPoint
from plfkit.goals.verdicts import drop_registered_range
from plfkit.model.declared.declarations import Scale
from plfkit.model.declared.standards import Standards
from plfkit.model.results.figures import Figure
from plfkit.model.words.figure_classes import FigureClass
from plfkit.model.words.reasons import Reason
from plfkit.report.figures import explain_missing_value, write_amount, write_breaks
from plfkit.report.texts import Texts

_ROUNDING = 1e-7
_SMALLEST_CHANGE = 1.0
"""What is no more is no change: one point of a share, or one per cent of another number. A convention."""
_SLACK = 1e-9
"""How numbers are stored: 0.9 − 0.7 is a hair more than 0.2."""


class Certainty(StrEnum):
    """How sure a figure is, by the width of its range: a convention of the standards."""

    SURE = "sure"
    FAIRLY = "fairly"
    UNSURE = "unsure"
    NONE = "none"


class Direction(StrEnum):
    """Where a figure moved since the year before, as far as the ranges of both years settle it."""

    UP = "up"
    DOWN = "down"
    SAME = "same"
    ALIKE = "alike"
    UNSETTLED = "unsettled"
    BROKEN = "broken"
    FIRST = "first"


@frozen
class Span:
    """The ends between which a figure lies.

    Attributes:
        lower: The least it can be.
        upper: The most.
    """

    lower: float
    upper: float

    @property
    def width(self) -> float:
        """How far the ends lie apart."""
        return self.upper - self.lower


def find_span(figure: Figure | None) -> Span | None:
    """Return the ends between which a figure lies; None where they are not known."""
    if figure is None or figure.lower is None or figure.upper is None:
        return None
    return Span(figure.lower, figure.upper)


def measure_width(figure: Figure | None, scale: Scale) -> float | None:
    """Return how wide a range is: of shares in points, of other numbers in per cent of the figure."""
    span = find_span(figure)
    if span is None or figure is None:
        return None
    if scale in {"share", "points"}:
        return 100 * span.width
    middle = (span.lower + span.upper) / 2 if figure.value is None else figure.value
    if not span.width:
        return 0.0
    return 100 * span.width / abs(middle) if middle else None


def grade_certainty(figure: Figure | None, scale: Scale, standards: Standards) -> Certainty:
    """Return how sure a figure is, in three steps; none where its range is not known."""
    width = measure_width(figure, scale)
    if width is None:
        return Certainty.NONE
    if width <= standards.sure + _SLACK:
        return Certainty.SURE
    return Certainty.FAIRLY if width <= standards.fairly_sure + _SLACK else Certainty.UNSURE


def is_told_as_class(outcome: IndicatorOutcome) -> bool:
    """Tell whether a figure is known better than it is told: a class stands for it."""
    return outcome.figure is not None and outcome.figure.reason == Reason.BAND


def write_headline(figure: Figure | None, scale: Scale, standards: Standards, texts: Texts) -> str:
    """Write a figure as its value, as its least or its most, or as its range where that is wide."""
    if figure is None:
        return texts("headline.several")
    span = find_span(figure)
    wide = grade_certainty(figure, scale, standards) is Certainty.UNSURE
    if span is not None and (figure.value is None or wide):
        return _write_ends(span, scale, texts)
    if figure.value is None:
        return explain_missing_value(figure.reason or Reason.NOT_REGISTERED, texts)
    if span is None or not span.width or span.lower < figure.value < span.upper:
        return write_round_amount(figure.value, scale, texts)
    ends = _round_ends(span, scale)
    if figure.value <= span.lower:
        return texts("headline.at_least", value=write_round_amount(ends.lower, scale, texts))
    return texts("headline.at_most", value=write_round_amount(ends.upper, scale, texts))


def _round_ends(span: Span, scale: Scale) -> Span:
    """Return the ends of a range in whole per cent, which never say more than the range does."""
    if scale != "share":
        return span
    # Shares have three decimals: 0.57 is no 56.99…, and 0.834 at the upper end is told as 84.
    least, most = floor(span.lower * 100 + _ROUNDING), ceil(span.upper * 100 - _ROUNDING)
    return Span(least / 100, most / 100)


def _write_ends(span: Span, scale: Scale, texts: Texts) -> str:
    ends = _round_ends(span, scale)
    low, high = (write_round_amount(end, scale, texts) for end in (ends.lower, ends.upper))
    if low == high:
        return low
    # The sign of per cent stands once: 75–85 %.
    least = f"{round(ends.lower * 100)}" if scale == "share" else low
    return texts("headline.between", low=least, high=high)


def write_spread(figure: Figure | None, scale: Scale, texts: Texts) -> str:
    """Write between what a figure may lie, where its headline tells the value alone."""
    span = find_span(figure)
    if figure is None or figure.value is None or span is None:
        return ""
    if not span.lower < figure.value < span.upper:
        return ""
    return texts("headline.spread", ends=_write_ends(span, scale, texts))


def write_span_counts(outcome: IndicatorOutcome, texts: Texts) -> str:
    """Write how many of how many a share is, or between which counts of people it lies.

    Of communities and meetings only what is exact: their ranges are of more than their counts.
    """
    figure, result, span = outcome.figure, outcome.result, find_span(outcome.figure)
    if figure is None or result is None or span is None or figure.denominator is None:
        return ""
    if result.scale != "share" or not (span.width == 0 or result.figure_class in _OF_PEOPLE):
        return ""
    size = figure.denominator
    ends = [texts.write_number(round(end * size)) for end in (span.lower, span.upper)]
    part = ends[0] if ends[0] == ends[1] else texts("headline.between", low=ends[0], high=ends[1])
    return texts("goals.counts", part=part, whole=texts.write_number(size))


_OF_PEOPLE = frozenset({FigureClass.PARTICIPATION})
"""Classes of figures that count the staff, of whom everybody knows how many they are."""


def write_round_amount(number: float, scale: Scale, texts: Texts) -> str:
    """Write a number without decimals that mean nothing."""
    if scale == "share":
        return texts.write_whole_per_cent(number)
    if scale == "points":
        return texts("headline.points", number=texts.write_number(round(100 * number)))
    return write_amount(number, scale, texts)


def find_direction(outcome: IndicatorOutcome) -> Direction:
    """Tell where an indicator moved, from the ranges of this year and the year before.

    Up is up only where the least of this year lies above the most of the year before. What can be no
    more than a point is no change: three pupils of a thousand say nothing of a school.
    """
    before, now = _find_last_points(outcome)
    if before is None or now is None:
        return Direction.FIRST
    if now.breaks:
        return Direction.BROKEN
    earlier, later = (find_span(_find_point_figure(point)) for point in (before, now))
    if earlier is None or later is None:
        return Direction.UNSETTLED
    most = max(later.upper - earlier.lower, earlier.upper - later.lower)
    if most == 0:
        return Direction.SAME
    if _measure_change(most, earlier, now.result.scale) < _SMALLEST_CHANGE - _SLACK:
        return Direction.ALIKE
    if later.lower > earlier.upper:
        return Direction.UP
    if later.upper < earlier.lower:
        return Direction.DOWN
    return Direction.UNSETTLED


def _measure_change(size: float, earlier: Span, scale: Scale) -> float:
    """Return how large a change is: of shares in points, of other numbers in per cent of what was."""
    if scale in {"share", "points"}:
        return 100 * size
    middle = abs(earlier.lower + earlier.upper) / 2
    return 100 * size / middle if middle else 100.0


def write_direction(outcome: IndicatorOutcome, standards: Standards, texts: Texts) -> str:
    """Write where an indicator moved, and from where; empty where there is no year before."""
    direction = find_direction(outcome)
    before, now = _find_last_points(outcome)
    if before is None or now is None:
        return ""
    if direction is Direction.BROKEN:
        why = write_breaks(now, before, texts)
        return texts("headline.broken", since=before.at, why=why)
    value = write_headline(before.result.main, before.result.scale, standards, texts)
    return texts(f"headline.{direction}", since=before.at, value=value)


def write_short_direction(outcome: IndicatorOutcome, standards: Standards, texts: Texts) -> str:
    """Write where an indicator moved as a sign and a word or two, for one cell of a table."""
    before, _ = _find_last_points(outcome)
    value = ""
    if before is not None:
        value = write_headline(before.result.main, before.result.scale, standards, texts)
    return texts(f"row.moved_{find_direction(outcome)}", value=value)


def _find_last_points(outcome: IndicatorOutcome) -> tuple[TrendPoint | None, TrendPoint | None]:
    """Return the year before and this year, as far as both have one figure that is told."""
    points = outcome.trend[-YEARS_COMPARED:]
    if len(points) < YEARS_COMPARED:
        return None, None
    shown = [_is_point_told(point) for point in points]
    return (points[0], points[1]) if all(shown) else (None, None)


def _is_point_told(point: TrendPoint) -> bool:
    figure = point.result.main
    return figure is not None and (figure.value is not None or figure.lower is not None)


def _find_point_figure(point: TrendPoint) -> Figure | None:
    figure = point.result.main
    return None if figure is None else drop_registered_range(figure, point.result.range_kind)
