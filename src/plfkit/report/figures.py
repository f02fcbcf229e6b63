"""Figures in words: how a value, its range and its absence are written."""

from __future__ import annotations

from plfkit.disclosure import BAND
from plfkit.goals.scorecard import IndicatorOutcome
from plfkit.model.declarations import Scale, Target
from plfkit.model.result import Figure, Result
from plfkit.model.saying import Sayings
from plfkit.report.texts import Texts

SIGNIFICANT = 3


def value(figure: Figure | None, scale: Scale, texts: Texts) -> str:
    """Write a figure's value, its band, or why there is none."""
    if figure is None:
        return texts("goals.none")
    if figure.reason == BAND and figure.lower is not None and figure.upper is not None:
        if figure.upper == 1:
            return f"≥ {texts.whole_per_cent(figure.lower)}"
        return f"≤ {texts.whole_per_cent(figure.upper)}"
    if figure.value is None:
        return reason(figure.reason, texts)
    return amount(figure.value, scale, texts)


def counts(figure: Figure | None, texts: Texts) -> str:
    """Write the counts behind a share, where they may be seen."""
    if figure is None or figure.numerator is None or figure.denominator is None:
        return ""
    part, whole = texts.number(figure.numerator), texts.number(figure.denominator)
    return texts("goals.counts", part=part, whole=whole)


def spread(figure: Figure | None, result: Result | None, texts: Texts) -> str:
    """Write a figure's range, if it has a width or is unknown."""
    if figure is None or result is None or figure.value is None:
        return texts("goals.none")
    if figure.lower is None or figure.upper is None:
        return texts("methods.unknown")
    low, high = (amount(bound, result.scale, texts) for bound in (figure.lower, figure.upper))
    return f"{low} – {high}" if low != high else texts("goals.none")


def observed(figure: Figure | None, texts: Texts) -> str:
    """Write which part was observed."""
    if figure is None or figure.value is None:
        return texts("goals.none")
    if figure.observed is None:
        return texts("methods.unknown")
    return texts.per_cent(figure.observed)


def target(mark: Target | None, scale: Scale, texts: Texts) -> str:
    """Write a target and who set it."""
    if mark is None:
        return texts("goals.none")
    return texts(f"goals.target_{mark.source}", value=amount(mark.value, scale, texts))


def amount(number: float, scale: Scale, texts: Texts) -> str:
    """Write a number of its unit."""
    if scale == "points":
        return texts("goals.points", number=texts.number(round(100 * number, 1)))
    return texts.per_cent(number) if scale == "share" else texts.number(_short(number))


def _short(number: float) -> float:
    """Return a number with the digits that the gate leaves it."""
    return number if number == int(number) else float(f"{number:.{SIGNIFICANT}g}")


def change(outcome: IndicatorOutcome, texts: Texts) -> str:
    """Write how much an indicator changed since the year before."""
    if outcome.change is None or outcome.result is None:
        return ""
    moved, scale = outcome.change, outcome.result.scale
    told = texts("goals.change", change=_signed(moved.value, scale, texts), since=moved.since)
    if moved.lower is None or moved.upper is None or moved.lower == moved.upper:
        return told
    ends = (_signed(end, scale, texts) for end in (moved.lower, moved.upper))
    return told + texts("goals.change_range", lower=next(ends), upper=next(ends))


def _signed(number: float, scale: Scale, texts: Texts) -> str:
    """Write a difference with its sign; that of two shares is in points."""
    size = amount(abs(number), "points" if scale == "share" else scale, texts)
    return f"{'+' if number > 0 else '−' if number < 0 else '±'}{size}"


def trend(outcome: IndicatorOutcome, texts: Texts) -> str:
    """Write an indicator year by year, with what breaks the row."""
    told = [
        texts("goals.point", at=point.at, value=value(point.result.main, point.result.scale, texts))
        + "".join(f" ({texts(f'breaks.{name}')})" for name in point.breaks)
        for point in outcome.trend
        if point.result.main is not None
    ]
    return " · ".join(told) if len(told) > 1 else ""


def reason(name: str | None, texts: Texts) -> str:
    """Say why there is no value; a reason of somebody else's measure stands as it is."""
    if name is None:
        return texts("goals.none")
    return Sayings.of(texts.language).reason(name)
