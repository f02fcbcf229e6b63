"""What a target may say: its year, its parts, its steps and its baseline, held against each other."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from itertools import pairwise

from plfkit.errors import PeriodError, Problem
from plfkit.model.declared.declarations import Indicator, Target
from plfkit.model.words.titles import suggest_word
from plfkit.periods import Period

_BY_LEVEL = "level"


def find_target_problems(indicator: Indicator, kinds: Collection[str]) -> Iterator[Problem]:
    """Yield all that is wrong with an indicator's target, steps and baseline, each with its path.

    Args:
        indicator: The declaration.
        kinds: The unit kinds there are.
    """
    yield from _check_target_years(indicator)
    target = indicator.target
    if target is not None:
        yield from _check_target_parts(indicator, target, kinds)
    if target is not None and target.by is not None:
        yield from _check_step_order(indicator, target, target.by)
        yield from _check_step_values(indicator, target)
    elif indicator.steps:
        hint = 'steps lead to a target with a year: give it one, as by = "2027/28"'
        yield Problem(("steps",), hint)


def _find_first_day(text: str) -> date | None:
    """Return the first day of a year as text; None for a text that is none, or without a first day."""
    try:
        return Period.parse(text).start
    except PeriodError:
        return None


def _check_target_years(indicator: Indicator) -> Iterator[Problem]:
    target, baseline = indicator.target, indicator.baseline
    texts = {("steps", text): text for text in indicator.steps}
    if target is not None and target.by is not None:
        texts["target", "by"] = target.by
    if baseline is not None:
        texts["baseline", "period"] = baseline.period
    for path, text in texts.items():
        if _find_first_day(text) is None:
            yield Problem(path, f"{text!r} is no school year: write it as 2027/28")


def _check_target_parts(
    indicator: Indicator, target: Target, kinds: Collection[str]
) -> Iterator[Problem]:
    by, words = indicator.arguments.get("by"), {*kinds, _BY_LEVEL}
    if target.each is not None and target.each not in words:
        hint = suggest_word(target.each, words) or f"; there are {', '.join(sorted(words))}"
        yield Problem(("target", "each"), f"there is no {target.each!r} here{hint}")
    elif target.each is not None and by not in {None, target.each}:
        message = f"the figure is computed by {by!r} already: name one of the two"
        yield Problem(("target", "each"), message)
    if target.needs == "all":
        return
    if not 0 < target.needs <= 1:
        message = f'it is "all", or a share above 0 and up to 1, not {target.needs:g}'
        yield Problem(("target", "needs"), message)
    if indicator.each is None:
        message = 'it says of how many parts: name them, as each = "school"'
        yield Problem(("target", "needs"), message)


def _check_step_order(indicator: Indicator, target: Target, by: str) -> Iterator[Problem]:
    """Check that baseline and steps come before the year of the target."""
    end, baseline = _find_first_day(by), indicator.baseline
    dated = {("steps", text): text for text in indicator.steps}
    if baseline is not None:
        dated["baseline", "period"] = baseline.period
    for path, text in dated.items():
        start = _find_first_day(text)
        if start is not None and end is not None and start >= end:
            yield Problem(path, f"{text} is not before {target.by}, the year of the target")


def _check_step_values(indicator: Indicator, target: Target) -> Iterator[Problem]:
    """Check that steps lead one after another towards the target."""
    up = 1 if indicator.direction == "up" else -1
    word = "above" if indicator.direction == "up" else "below"
    steps = sorted((start, text) for text in indicator.steps if (start := _find_first_day(text)))
    for (before, first), (after, second) in pairwise(steps):
        earlier, later = indicator.steps[first], indicator.steps[second]
        if before == after:
            yield Problem(("steps", second), f"{first} and {second} are the same year")
        elif up * later <= up * earlier:
            message = f"the step {later:g} does not lie {word} that of {first}, {earlier:g}"
            yield Problem(("steps", second), message)
    for _, text in steps:
        if up * indicator.steps[text] > up * target.value:
            message = (
                f"the step {indicator.steps[text]:g} goes further than the target, {target.value:g}"
            )
            yield Problem(("steps", text), message)
