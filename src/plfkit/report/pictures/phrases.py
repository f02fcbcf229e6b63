"""Words of pictures: figures as their labels say them, units, marks, and the names of groups."""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import inf

from plfkit.goals.scorecard import IndicatorOutcome, Scorecard
from plfkit.goals.verdicts import drop_registered_range
from plfkit.model.declared.declarations import Scale
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.kinds import Label
from plfkit.model.words.reasons import Reason
from plfkit.report.headlines import write_headline, write_round_amount
from plfkit.report.sureness import Span, find_scale_bounds, find_span
from plfkit.report.texts import Texts

_BRACKET = re.compile(r"\s*\([^()]*\)")
_LOOSE_RANGE = re.compile(r"(?<=[\d%])–(?=\d)")
_JOINER = "\N{WORD JOINER}"
JOINED = " + "
"""What stands between small groups that are told together, as the gate writes it."""


def write_label(result: Result, figure: Figure, card: Scorecard, texts: Texts) -> str:
    """Write a figure as the page's headlines do, and in two words that there is none."""
    if not list_numbers(figure):
        return write_absence(figure, texts)
    return raise_first_letter(write_headline(result, figure, card.standards, texts))


def write_absence(figure: Figure, texts: Texts) -> str:
    """Write that a figure is not shown, or that there is none."""
    return texts("pictures.not_shown" if is_hidden(figure) else "pictures.no_data")


def write_tick(number: float, scale: Scale, texts: Texts) -> str:
    """Write a number as it stands on an axis: without its unit, but for per cents."""
    if scale == "points":
        return texts.write_number(round(100 * number, 1))
    return write_round_amount(number, scale, texts)


def write_ends(span: Span, result: Result, card: Scorecard, texts: Texts) -> str:
    """Write a range of what a result measures as the page's headlines do."""
    figure = Figure(lower=span.lower, upper=span.upper)
    return write_headline(result, figure, card.standards, texts)


def find_part_span(figure: Figure, result: Result) -> Span | None:
    """Return the ends between which the figure of a part surely lies; None where nobody knows."""
    return find_span(drop_registered_range(figure, result.range_kind))


def is_band(figure: Figure) -> bool:
    """Tell whether a figure is told as a class of a fixed grid."""
    return figure.reason == Reason.BAND and find_span(figure) is not None


def is_hidden(figure: Figure) -> bool:
    """Tell whether the gate holds a figure back."""
    return figure.reason == Reason.WITHHELD


def list_numbers(figure: Figure) -> list[float]:
    """Return every number of a figure that is drawn."""
    numbers = (figure.value, figure.lower, figure.upper, figure.expected)
    return [number for number in numbers if number is not None and abs(number) < inf]


def say_unit(result: Result, texts: Texts) -> str:
    """Say what the numbers of a picture are: per cent, a number, or answers on a scale."""
    bounds = find_scale_bounds(result)
    if result.scale != "index" or bounds is None:
        return texts(f"pictures.unit_{result.scale}")
    low, high = (texts.write_number(end) for end in (bounds.lower, bounds.upper))
    return texts("pictures.unit_scale", low=low, high=high)


def name_mark(outcome: IndicatorOutcome, scale: Scale, texts: Texts) -> str:
    """Name the line that a figure is held against: a proposal, a target, or a step on the way."""
    mark = outcome.mark
    if mark is None:
        return ""
    word = "proposal" if mark.proposed else "target" if mark.step is None else "step"
    return texts(f"pictures.{word}", value=write_round_amount(mark.held_against, scale, texts))


def name_group(name: str | None, card: Scorecard, texts: Texts) -> str:
    """Return what readers call a unit, a level, a kind or one of several figures."""
    if name is None:
        return texts("goals.none")
    return texts.label(card.names[name]) if name in card.names else texts.of_id("figures", name)


def name_relation(label: Label | None, name: str | None, texts: Texts) -> str:
    """Return what readers call a relation, without the bracket that says which way it runs."""
    return _BRACKET.sub("", (name or "") if label is None else texts.label(label))


def name_joined_levels(parts: Iterable[str | None], card: Scorecard, texts: Texts) -> str:
    """Name the levels that are told together because they are small; empty where none are."""
    names = [
        write_inside_sentence(name_group(level, card, texts))
        for part in parts
        if part is not None and JOINED in part
        for level in part.split(JOINED)
    ]
    return raise_first_letter(texts.write_listing(names))


def raise_first_letter(text: str) -> str:
    """Return a text that begins as a sentence does."""
    return text[:1].upper() + text[1:]


def write_inside_sentence(text: str) -> str:
    """Return a name as it stands inside a sentence."""
    return text[:1].lower() + text[1:]


def keep_ranges_together(text: str) -> str:
    """Return a text in which no line ends inside »34–45 %«."""
    return _LOOSE_RANGE.sub(f"{_JOINER}–{_JOINER}", text.replace(" %", "\N{NO-BREAK SPACE}%"))
