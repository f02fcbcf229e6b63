"""Figures in words: how a value, its range and its absence are written."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil, floor

from plfkit.goals.scorecard import YEARS_COMPARED, IndicatorOutcome, TrendPoint
from plfkit.model.declared.declarations import Indicator, Scale
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.results.saying import Sayings
from plfkit.model.words.kinds import Label
from plfkit.model.words.reasons import Reason
from plfkit.model.words.verdicts import Verdict
from plfkit.report.texts import Texts

SIGNIFICANT = 3
_ROUNDING = 1e-6


def write_value(figure: Figure | None, scale: Scale, texts: Texts) -> str:
    """Write a figure's value, its band, or why there is none."""
    if figure is None:
        return texts("goals.none")
    if figure.reason == Reason.BAND and figure.lower is not None and figure.upper is not None:
        return _write_band(figure.lower, figure.upper, texts)
    if figure.value is None:
        return explain_missing_value(figure.reason, texts)
    return write_amount(figure.value, scale, texts)


def _write_band(lower: float, upper: float, texts: Texts) -> str:
    """Write a class in whole per cent, which never say more than the class does."""
    least, most = round_outwards(lower, upper)
    low, high = (texts.write_whole_per_cent(end) for end in (least, most))
    if least > 0 and most >= 1:
        return f"≥ {low}"
    if least <= 0 and most < 1:
        return f"≤ {high}"
    return texts("goals.band", low=f"{round(least * 100)}", high=high)


def round_outwards(lower: float, upper: float) -> tuple[float, float]:
    """Return the ends of a range of shares in whole per cent, which never say more than the range does."""
    # 0.829 is told as 82, 0.834 at the other end as 84. Shares have three decimals: 0.57 is no 56.99….
    return floor(lower * 100 + _ROUNDING) / 100, ceil(upper * 100 - _ROUNDING) / 100


def write_counts(figure: Figure | None, texts: Texts) -> str:
    """Write the counts behind a share, or between which they lie, where they may be seen."""
    if figure is None or figure.denominator is None:
        return ""
    size, whole = figure.denominator, texts.write_number(figure.denominator)
    if figure.numerator is not None:
        # Supplied shares of pupils or lessons have no whole number above their line.
        part = texts.write_number(round(figure.numerator, 1))
        return texts("goals.counts", part=part, whole=whole)
    if figure.reason != Reason.BAND or figure.lower is None or figure.upper is None:
        return ""
    ends = (texts.write_number(round(end * size)) for end in (figure.lower, figure.upper))
    return texts("goals.counts", part="–".join(ends), whole=whole)


def write_levels(result: Result | None, texts: Texts) -> str:
    """Write where the groups lie whose difference a figure is."""
    rows = () if result is None else result.levels
    words = [
        f"{texts.of_id('figures', row.figure or '')}: {write_amount(row.value, 'share', texts)}"
        for row in rows
        if row.value is not None
    ]
    return "; ".join(words)


def write_interval(figure: Figure | None, result: Result | None, texts: Texts) -> str:
    """Write the interval of a difference between groups of pupils."""
    if figure is None or result is None or not result.levels or figure.value is None:
        return ""
    if figure.interval_lower is None or figure.interval_upper is None:
        return ""
    ends = (figure.interval_lower, figure.interval_upper)
    low, high = (write_amount(end, result.scale, texts) for end in ends)
    return texts("goals.interval", low=low, high=high)


def write_expected_value(figure: Figure | None, scale: Scale, texts: Texts) -> str:
    """Write what chance alone would give, where that stands beside the figure."""
    if figure is None or figure.value is None or figure.expected is None:
        return ""
    return write_amount(figure.expected, scale, texts)


def write_range(figure: Figure | None, result: Result | None, texts: Texts) -> str:
    """Write a figure's range, if it has a width, is not shown or is unknown."""
    if figure is None or result is None or figure.reason == Reason.BAND:
        return texts("goals.none")
    if figure.lower is None or figure.upper is None:
        if figure.reason == Reason.RANGE_WITHHELD:
            return texts("methods.withheld")
        return texts("goals.none" if figure.value is None else "methods.unknown")
    low, high = (write_amount(bound, result.scale, texts) for bound in (figure.lower, figure.upper))
    return f"{low} – {high}" if low != high else texts("goals.none")


def write_observed_share(figure: Figure | None, texts: Texts) -> str:
    """Write which part was observed, or that it is not shown."""
    if figure is None or figure.value is None:
        return texts("goals.none")
    if figure.observed is None:
        hidden = figure.reason == Reason.RANGE_WITHHELD
        return texts("methods.withheld" if hidden else "methods.unknown")
    return texts.write_per_cent(figure.observed)


def write_target(
    indicator: Indicator, scale: Scale, texts: Texts, names: Mapping[str, Label]
) -> str:
    """Write a target, who set it, by when and for whom."""
    target = indicator.target
    if target is None:
        return texts("goals.none")
    written = texts(f"goals.target_{target.source}", value=write_amount(target.value, scale, texts))
    if target.by is not None:
        written = texts("goals.target_by", target=written, year=target.by)
    if indicator.each is None:
        return written
    return texts(
        "goals.target_each", target=written, each=_write_target_parts(indicator, texts, names)
    )


def _write_target_parts(indicator: Indicator, texts: Texts, names: Mapping[str, Label]) -> str:
    """Write how many of which parts a target is for."""
    needs = "all" if indicator.target is None else indicator.target.needs
    each = indicator.each or ""
    how_many = "each" if needs == "all" else "share"
    named = each if f"{how_many}_{each}" in texts.read_texts()["parts"] else "other"
    share = "" if needs == "all" else texts.write_whole_per_cent(needs)
    kind = texts.label(names[each]).lower() if each in names else each
    return texts(f"parts.{how_many}_{named}", share=share, kind=kind)


def write_steps(indicator: Indicator, scale: Scale, texts: Texts) -> str:
    """Write what is to be reached on the way to a dated target."""
    written = [
        texts("goals.step", year=year, value=write_amount(value, scale, texts))
        for year, value in sorted(indicator.steps.items())
    ]
    return texts("goals.steps", steps=texts.write_listing(written)) if written else ""


def write_baseline(indicator: Indicator, scale: Scale, texts: Texts) -> str:
    """Write where an indicator stood when its target was set."""
    began = indicator.baseline
    if began is None:
        return ""
    return texts("goals.baseline", value=write_amount(began.value, scale, texts), year=began.period)


def write_amount(number: float, scale: Scale, texts: Texts) -> str:
    """Write a number of its unit."""
    if scale == "points":
        return texts("goals.points", number=texts.write_tenths(100 * number))
    return (
        texts.write_per_cent(number)
        if scale == "share"
        else texts.write_number(_shorten_amount(number))
    )


def _shorten_amount(number: float) -> float:
    """Return a number with the digits that the gate leaves it."""
    return number if number == int(number) else float(f"{number:.{SIGNIFICANT}g}")


def write_change(outcome: IndicatorOutcome, texts: Texts) -> str:
    """Write how much an indicator changed since the year before."""
    moved = outcome.change
    if moved is None or outcome.result is None:
        return ""
    signed = _write_signed_amount(moved.value, outcome.result.scale, texts)
    return texts("goals.change", change=signed, since=moved.since)


def write_change_range(outcome: IndicatorOutcome, texts: Texts) -> str:
    """Write between what the change could lie, where that has a width."""
    moved = outcome.change
    if moved is None or outcome.result is None or moved.lower is None or moved.upper is None:
        return ""
    lower, upper = (
        _write_signed_amount(end, outcome.result.scale, texts) for end in (moved.lower, moved.upper)
    )
    return "" if lower == upper else texts("goals.change_range", lower=lower, upper=upper)


def _write_signed_amount(number: float, scale: Scale, texts: Texts) -> str:
    """Write a difference with its sign; that of two shares is in points."""
    size = write_amount(abs(number), "points" if scale == "share" else scale, texts)
    return f"{'+' if number > 0 else '−' if number < 0 else '±'}{size}"


def write_years(outcome: IndicatorOutcome, texts: Texts) -> list[tuple[str, bool]]:
    """Write an indicator year by year, and tell which years break the row."""
    shown = [point for point in outcome.trend if point.result.main is not None]
    if len(shown) < YEARS_COMPARED or outcome.verdict is None:
        return []
    return [
        (_write_trend_year(point, before, texts), bool(point.breaks))
        for before, point in zip((None, *shown), shown, strict=False)
    ]


def _write_trend_year(point: TrendPoint, before: TrendPoint | None, texts: Texts) -> str:
    """Write one year; where it breaks the row, why."""
    written = _write_value_or_range(point.result, texts)
    why = f" ({write_breaks(point, before, texts)})" if point.breaks else ""
    return texts("goals.point", at=texts.write_period(point.at), value=written) + why


def write_breaks(point: TrendPoint, before: TrendPoint | None, texts: Texts) -> str:
    """Write why a year cannot be compared with the one before, and how many answered in both."""
    return texts.write_listing(list_breaks(point, before, texts))


def list_breaks(point: TrendPoint, before: TrendPoint | None, texts: Texts) -> list[str]:
    """Write each reason why a year cannot be compared; how many answered only where that is told."""
    now, earlier = (_find_response_rate(one) for one in (point, before))
    rates = {} if now is None or earlier is None else {"now": now, "before": earlier}
    words = {name: texts.write_whole_per_cent(rate) for name, rate in rates.items()}
    return [texts.fill_in(found.choose_words(rates=bool(words)), **words) for found in point.breaks]


def _write_value_or_range(result: Result, texts: Texts) -> str:
    """Write a year's value, or its range where that is all there is."""
    figure, nothing = result.main, texts("goals.none")
    if figure is None or figure.value is not None:
        return write_value(figure, result.scale, texts)
    between = write_range(figure, result, texts)
    return write_value(figure, result.scale, texts) if between == nothing else between


def _find_response_rate(point: TrendPoint | None) -> float | None:
    figure = None if point is None else point.result.main
    return None if figure is None else figure.response_rate


def explain_missing_value(name: str | None, texts: Texts) -> str:
    """Say why there is no value; a reason of somebody else's measure stands as it is."""
    if name is None:
        return texts("goals.none")
    return Sayings.of(texts.language).say_reason(name)


def write_verdict(verdict: Verdict | None, texts: Texts) -> str:
    """Write how a figure stands, in few words, or that it is not shown."""
    return texts.label(Reason.WITHHELD.words if verdict is None else verdict.words)
