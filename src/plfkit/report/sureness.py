"""What is sure of a figure: between which ends it lies, how certain that makes it, and where it moved.

All of the page reads figures through this: what settles nothing here is not said to be above, below,
reached, risen or fallen anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from attrs import frozen

from plfkit.goals.scorecard import YEARS_COMPARED, IndicatorOutcome, Scorecard, TrendPoint
from plfkit.model.declared.declarations import MeasureInfo
from plfkit.model.declared.standards import Standards
from plfkit.model.results.answer_ends import find_answer_ends
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.ranges import RangeKind
from plfkit.model.words.reasons import Reason

_SLACK = 1e-9
"""How numbers are stored: 0.9 − 0.7 is a hair more than 0.2."""
_SMALLEST_CHANGE = 1.0
"""What is no more is no change: one point of a share, or one per cent of a scale. A convention."""
_NO_BOUNDS = frozenset({RangeKind.OF_REGISTERED, RangeKind.SIMULATED, RangeKind.UNKNOWN})
"""Ranges that bound nothing: what is not registered, or was not drawn, may lie outside."""


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
    COARSE = "coarse"
    BROKEN = "broken"
    UNTOLD = "untold"
    FIRST = "first"


OPEN_DIRECTIONS = frozenset({Direction.UNSETTLED, Direction.COARSE, Direction.BROKEN})
"""Where both years are told, and nobody can say which way it went."""


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
    """Return the ends that are told of a figure, whatever they bound; None where there are none."""
    if figure is None or figure.lower is None or figure.upper is None:
        return None
    return Span(figure.lower, figure.upper)


def find_sure_span(result: Result | None, measures: Mapping[str, MeasureInfo]) -> Span | None:
    """Return the ends between which the figure of a result surely lies; None where nobody knows.

    Results of pupils are of a cohort: their interval among cohorts of the same sort stands for a range, and
    without one nothing is sure.
    """
    figure = None if result is None else result.main
    if result is None or figure is None or result.range_kind in _NO_BOUNDS:
        return None
    if is_of_cohorts(result, measures):
        if figure.interval_lower is None or figure.interval_upper is None:
            return None
        return Span(figure.interval_lower, figure.interval_upper)
    return find_span(figure)


def is_of_cohorts(result: Result, measures: Mapping[str, MeasureInfo]) -> bool:
    """Tell whether a result is of pupils, who are others every year."""
    return result.measure in measures and measures[result.measure].of_cohorts


def find_outcome_span(outcome: IndicatorOutcome, card: Scorecard) -> Span | None:
    """Return the ends between which an indicator's figure surely lies."""
    return find_sure_span(outcome.result, card.measures)


def find_line(outcome: IndicatorOutcome) -> float | None:
    """Return what the figure of the whole is held against, if anything: a target for parts is not."""
    if outcome.mark is None or outcome.indicator.each is not None:
        return None
    return outcome.mark.held_against


def is_told_as_class(outcome: IndicatorOutcome) -> bool:
    """Tell whether a figure is known better than it is told: a class stands for it."""
    return outcome.figure is not None and outcome.figure.reason == Reason.BAND


def measure_width(span: Span | None, result: Result | None) -> float | None:
    """Return how wide a range is: of shares in points, of others in per cent of the scale or the number."""
    if span is None or result is None:
        return None
    return 100 * span.width / _find_length(span, result) if span.width else 0.0


def _find_length(span: Span, result: Result) -> float:
    """Return what a difference is measured by: the length of the scale, else the number itself."""
    bounds = find_scale_bounds(result)
    if result.scale == "points":
        return 1.0
    if bounds is not None:
        return bounds.width
    return max(abs(span.lower + span.upper) / 2, abs(span.upper) / 2, _SLACK)


def find_scale_bounds(result: Result) -> Span | None:
    """Return from where to where figures of a sort can lie; None where nobody says.

    Answers tell it themselves: a question reads »five_characteristics 1-4«.
    """
    if result.scale == "share":
        return Span(0.0, 1.0)
    if result.measure in _SIGNED:
        return Span(-1.0, 1.0)
    ends = find_answer_ends(result.questions)
    return None if ends is None else Span(*ends)


_SIGNED = frozenset({"ei_index"})
"""Measures that go from −1 to 1."""


def grade_certainty(outcome: IndicatorOutcome, card: Scorecard) -> Certainty:
    """Return how sure an indicator's figure is, in three steps; none where no range bounds it."""
    return grade_width(
        measure_width(find_outcome_span(outcome, card), outcome.result), card.standards
    )


def grade_width(width: float | None, standards: Standards) -> Certainty:
    """Return how sure a figure with a range of some width is."""
    if width is None:
        return Certainty.NONE
    if width <= standards.sure + _SLACK:
        return Certainty.SURE
    return Certainty.FAIRLY if width <= standards.fairly_sure + _SLACK else Certainty.UNSURE


def find_direction(outcome: IndicatorOutcome, card: Scorecard) -> Direction:
    """Tell where an indicator moved, from what is sure of this year and the year before.

    Up is up only where the least of this year lies above the most of the year before. What can be no
    more than a point is no change: three pupils of a thousand say nothing of a school.
    """
    points = outcome.trend[-YEARS_COMPARED:]
    if len(points) < YEARS_COMPARED:
        return Direction.FIRST
    before, now = points
    if not (is_point_told(before) and is_point_told(now)):
        return Direction.UNTOLD
    if now.breaks:
        return Direction.BROKEN
    spans = [find_sure_span(point.result, card.measures) for point in points]
    return _judge_move(spans[0], spans[1], now.result, coarse=_is_coarse(before, now))


def _judge_move(
    earlier: Span | None, later: Span | None, result: Result, *, coarse: bool
) -> Direction:
    """Tell which way a figure went, by its ends in two years."""
    if earlier is None or later is None:
        return Direction.UNSETTLED
    most = max(later.upper - earlier.lower, earlier.upper - later.lower)
    if most == 0:
        return Direction.SAME
    if 100 * most / _find_length(earlier, result) < _SMALLEST_CHANGE - _SLACK:
        return Direction.ALIKE
    if later.lower > earlier.upper:
        return Direction.UP
    if later.upper < earlier.lower:
        return Direction.DOWN
    return Direction.COARSE if coarse else Direction.UNSETTLED


def _is_coarse(before: TrendPoint, now: TrendPoint) -> bool:
    """Tell whether a class stands for the figure of either year."""
    mains = [point.result.main for point in (before, now)]
    return any(figure is not None and figure.reason == Reason.BAND for figure in mains)


def is_point_told(point: TrendPoint) -> bool:
    """Tell whether anything is told of the figure of a year."""
    figure = point.result.main
    return figure is not None and (figure.value is not None or figure.lower is not None)
