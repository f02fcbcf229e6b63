"""Figures in words: how a value, its range and its absence are written."""

from __future__ import annotations

from plfkit.disclosure import BAND
from plfkit.model.declarations import Scale, Target
from plfkit.model.result import Figure, Result
from plfkit.model.saying import Sayings
from plfkit.report.texts import Texts


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
    return texts.per_cent(number) if scale == "share" else texts.number(number)


def reason(name: str | None, texts: Texts) -> str:
    """Say why there is no value; a reason of somebody else's measure stands as it is."""
    if name is None:
        return texts("goals.none")
    return Sayings.of(texts.language).reason(name)
