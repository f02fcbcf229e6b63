"""Headlines: a figure in as few characters as it can be told, and where it moves, in words."""

from __future__ import annotations

from plfkit.goals.scorecard import YEARS_COMPARED, IndicatorOutcome, Scorecard
from plfkit.model.declared.declarations import Scale
from plfkit.model.declared.standards import Standards
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.figure_classes import FigureClass
from plfkit.model.words.reasons import Reason
from plfkit.report.figures import (
    explain_missing_value,
    round_outwards,
    write_amount,
    write_breaks,
)
from plfkit.report.sureness import (
    Certainty,
    Direction,
    Span,
    find_direction,
    find_span,
    grade_width,
    measure_width,
)
from plfkit.report.texts import Texts


def write_headline(
    result: Result | None, figure: Figure | None, standards: Standards, texts: Texts
) -> str:
    """Write a figure as its value, as its least or its most, or as its range where that is wide.

    Args:
        result: The result that it is of.
        figure: The figure; None where there are several.
        standards: From which width on a range is wide.
        texts: The words.
    """
    if result is None or figure is None:
        return texts("headline.several")
    span, scale = find_span(figure), result.scale_of(figure)
    wide = grade_width(measure_width(span, result), standards) is Certainty.UNSURE
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


def write_outcome_headline(outcome: IndicatorOutcome, card: Scorecard, texts: Texts) -> str:
    """Write an indicator's figure in few characters."""
    return write_headline(outcome.result, outcome.figure, card.standards, texts)


def write_full_headline(outcome: IndicatorOutcome, card: Scorecard, texts: Texts) -> str:
    """Write an indicator's figure with its range where the value stands alone, else with its counts."""
    headline = write_outcome_headline(outcome, card, texts)
    more = write_spread(outcome, card, texts) or write_span_counts(outcome, texts)
    return texts("headline.counted", value=headline, counts=more) if more else headline


def write_wide_ends(outcome: IndicatorOutcome, texts: Texts) -> dict[str, str]:
    """Write the two ends of a share that is known from end to end only, and the counts behind them."""
    figure, counts = outcome.figure, write_span_counts(outcome, texts)
    span = find_span(figure) or Span(0.0, 1.0)
    ends = _round_ends(span, "share")
    low = texts.write_number(round(100 * ends.lower))
    high = write_round_amount(ends.upper, "share", texts)
    return {"low": low, "high": high, "counts": f" ({counts})" if counts else ""}


def _round_ends(span: Span, scale: Scale) -> Span:
    """Return the ends of a range as they are told: of shares in whole per cent."""
    return Span(*round_outwards(span.lower, span.upper)) if scale == "share" else span


def _write_ends(span: Span, scale: Scale, texts: Texts) -> str:
    ends = _round_ends(span, scale)
    low, high = (write_round_amount(end, scale, texts) for end in (ends.lower, ends.upper))
    if low == high:
        return low
    # The sign of per cent stands once, and so does the word of points: 75–85 %.
    in_hundredths = scale in {"share", "points"}
    least = texts.write_number(round(ends.lower * 100)) if in_hundredths else low
    key = "between_signed" if span.lower < 0 else "between"
    return texts(f"headline.{key}", low=least, high=high)


def write_spread(outcome: IndicatorOutcome, card: Scorecard, texts: Texts) -> str:
    """Write between what a figure may lie, where its headline tells the value alone."""
    figure, result, span = outcome.figure, outcome.result, find_span(outcome.figure)
    if figure is None or result is None or figure.value is None or span is None:
        return ""
    if not span.lower < figure.value < span.upper:
        return ""
    if grade_width(measure_width(span, result), card.standards) is Certainty.UNSURE:
        return ""
    return texts("headline.spread", ends=_write_ends(span, result.scale, texts))


def write_span_counts(outcome: IndicatorOutcome, texts: Texts) -> str:
    """Write how many of how many a share is, or between which counts of people it lies.

    Of communities and meetings only what is exact: their ranges are of more than their counts.
    """
    figure, result, span = outcome.figure, outcome.result, find_span(outcome.figure)
    if figure is None or result is None or span is None or figure.denominator is None:
        return ""
    of_people = result.figure_class is FigureClass.PARTICIPATION
    if result.scale != "share" or not (span.width == 0 or of_people):
        return ""
    size = figure.denominator
    ends = [texts.write_number(round(end * size)) for end in (span.lower, span.upper)]
    part = ends[0] if ends[0] == ends[1] else texts("headline.between", low=ends[0], high=ends[1])
    return texts("goals.counts", part=part, whole=texts.write_number(size))


def write_round_amount(number: float, scale: Scale, texts: Texts) -> str:
    """Write a number without decimals that mean nothing."""
    if scale == "share":
        return texts.write_whole_per_cent(number)
    if scale == "points":
        return texts("headline.points", number=texts.write_number(round(100 * number)))
    return write_amount(number, scale, texts)


def write_direction(outcome: IndicatorOutcome, card: Scorecard, texts: Texts) -> str:
    """Write where an indicator moved, and from where; empty where there is no year before."""
    direction = find_direction(outcome, card)
    if direction is Direction.FIRST:
        return ""
    before, now = outcome.trend[-YEARS_COMPARED:]
    if direction is Direction.BROKEN:
        why = write_breaks(now, before, texts)
        return texts("headline.broken", since=before.at, why=why)
    value = _write_before(outcome, card, texts)
    return texts(f"headline.{direction}", since=before.at, value=value)


def write_short_direction(outcome: IndicatorOutcome, card: Scorecard, texts: Texts) -> str:
    """Write where an indicator moved as a sign and a word or two, for one cell of a table."""
    direction = find_direction(outcome, card)
    value = "" if direction is Direction.FIRST else _write_before(outcome, card, texts)
    return texts(f"row.moved_{direction}", value=value)


def _write_before(outcome: IndicatorOutcome, card: Scorecard, texts: Texts) -> str:
    """Write the figure of the year before; with a decimal where it would look the same."""
    before, now = (point.result for point in outcome.trend[-YEARS_COMPARED:])
    written = [write_headline(one, one.main, card.standards, texts) for one in (before, now)]
    values = [None if one.main is None else one.main.value for one in (before, now)]
    if written[0] == written[1] and None not in values and values[0] != values[1]:
        return write_amount(values[0] or 0.0, before.scale, texts)
    return written[0]
