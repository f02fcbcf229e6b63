"""Figures as a picture and its heading say them: short, and never more than their range allows."""

from __future__ import annotations

import re
from math import inf

from plfkit.goals.scorecard import IndicatorOutcome, Scorecard
from plfkit.goals.verdicts import drop_registered_range
from plfkit.model.declared.declarations import Scale
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.reasons import Reason
from plfkit.report import figures
from plfkit.report.pictures.axes import round_outwards
from plfkit.report.texts import Texts

_ENDS = re.compile(r"(-?\d+(?:\.\d+)?)-(-?\d+(?:\.\d+)?)$")
_WHOLE_FROM = 0.1
"""Shares from here on are said in whole per cent."""


def write_short(number: float, scale: Scale, texts: Texts) -> str:
    """Write a number as it stands in a picture: shares of a tenth and more in whole per cent."""
    if scale == "share" and (number == 0 or number >= _WHOLE_FROM):
        return texts.write_whole_per_cent(number)
    if scale == "points":
        return texts("pictures.points", number=texts.write_tenths(100 * number))
    return figures.write_amount(number, scale, texts)


def write_tick(number: float, scale: Scale, texts: Texts) -> str:
    """Write a number as it stands on an axis: without its unit, but for per cents."""
    if scale == "points":
        return texts.write_number(round(100 * number, 1))
    return write_short(number, scale, texts)


def write_short_range(lower: float, upper: float, scale: Scale, texts: Texts) -> str:
    """Write a range as it stands in a picture, in whole per cent that never say more than it does."""
    if lower == upper:
        return write_short(lower, scale, texts)
    if scale != "share":
        ends = {"low": write_tick(lower, scale, texts), "high": write_short(upper, scale, texts)}
        return texts("pictures.range_below_zero" if lower < 0 else "goals.band", **ends)
    low, high = round_outwards(lower, upper)
    most = texts.write_whole_per_cent(high)
    return texts("goals.band", low=f"{round(low * 100)}", high=most)


def say_figure(figure: Figure, scale: Scale, texts: Texts) -> str:
    """Say a figure in a sentence: its value, what it is at least or at most, or why there is none."""
    if figure.value is not None:
        return write_short(figure.value, scale, texts)
    if figure.lower is None or figure.upper is None:
        return figures.explain_missing_value(figure.reason, texts)
    return say_range(figure.lower, figure.upper, scale, texts)


def say_range(lower: float, upper: float, scale: Scale, texts: Texts) -> str:
    """Say a range in a sentence; one that reaches to an end of the scale has only the other."""
    if scale == "share" and lower < upper:
        low, high = round_outwards(lower, upper)
        if low <= 0 and high >= 1:
            return texts("pictures.anything")
        if high >= 1:
            return texts("pictures.at_least", value=texts.write_whole_per_cent(low))
        if low <= 0:
            return texts("pictures.at_most", value=texts.write_whole_per_cent(high))
    return write_short_range(lower, upper, scale, texts)


def find_ends(figure: Figure | None, result: Result) -> tuple[float, float] | None:
    """Return the least and the most that a figure can be; None where that is not known.

    A range that is of registered things only settles nothing: what is not registered may be anything.
    """
    if figure is None:
        return None
    known = drop_registered_range(figure, result.range_kind)
    if known.lower is None or known.upper is None:
        return None
    return known.lower, known.upper


def is_band(figure: Figure) -> bool:
    """Tell whether a figure is told as a class of a fixed grid."""
    return figure.reason == Reason.BAND and has_range(figure)


def has_range(figure: Figure) -> bool:
    """Tell whether a figure has a range."""
    return figure.lower is not None and figure.upper is not None


def list_numbers(figure: Figure) -> list[float]:
    """Return every number of a figure that is drawn."""
    numbers = (figure.value, figure.lower, figure.upper, figure.expected)
    return [number for number in numbers if number is not None and abs(number) < inf]


def find_scale_bounds(result: Result) -> tuple[float, float] | None:
    """Return from where to where figures of a sort can lie; None where nobody says.

    Answers tell it themselves: a question reads »five_characteristics 1-4«.
    """
    if result.scale == "share":
        return 0.0, 1.0
    found = {_ENDS.search(question) for question in result.questions}
    ends = {(float(one[1]), float(one[2])) for one in found if one is not None}
    return ends.pop() if len(ends) == 1 and None not in found else None


def say_unit(scale: Scale, texts: Texts) -> str:
    """Say what the numbers of a picture are."""
    return texts(f"pictures.unit_{scale}")


def name_mark(outcome: IndicatorOutcome, scale: Scale, texts: Texts) -> str:
    """Name the line that a figure is held against: a proposal, a target, or a step on the way."""
    mark = outcome.mark
    if mark is None:
        return ""
    word = "proposal" if mark.proposed else "target" if mark.step is None else "step"
    return texts(f"pictures.{word}", value=write_short(mark.held_against, scale, texts))


def find_line(outcome: IndicatorOutcome) -> float | None:
    """Return where the line stands that a figure of the whole is held against, if there is one."""
    if outcome.mark is None or outcome.indicator.each is not None:
        return None
    return outcome.mark.held_against


def name_group(name: str | None, card: Scorecard, texts: Texts) -> str:
    """Return what readers call a unit, a level, a kind or one of several figures."""
    if name is None:
        return texts("goals.none")
    return texts.label(card.names[name]) if name in card.names else texts.of_id("figures", name)


def raise_first_letter(text: str) -> str:
    """Return a text that begins as a sentence does."""
    return text[:1].upper() + text[1:]
