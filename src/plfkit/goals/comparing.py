"""Comparing municipalities: figure by figure, where their profiles measure the same thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import frozen

from plfkit.errors import NotComparableError
from plfkit.goals.figure_blocks import build_block_table
from plfkit.goals.scorecard import IndicatorOutcome, Scorecard
from plfkit.goals.tabling import TabledFigure, gather_compared_figures
from plfkit.hints import Hint, Language
from plfkit.model.records.frames import Backend
from plfkit.model.words.breaks import Mismatch
from plfkit.model.words.kinds import Label

Outcomes = Mapping[str, IndicatorOutcome]
"""What an indicator gave, by the name of the municipality."""
FEWEST_MUNICIPALITIES = 2


@frozen
class Compared:
    """A figure that several municipalities measure in the same way.

    Attributes:
        measure: The measure's name.
        arguments: What it was called with, as far as any of the profiles says so.
        outcomes: What it gave, by the name of each municipality, in the order they were given.
    """

    measure: str
    arguments: Mapping[str, Any]
    outcomes: Outcomes


@frozen
class Refused:
    """Why an indicator is not compared.

    Attributes:
        name: Whose indicator it is.
        indicator: Its id.
        label: What readers call it.
        measure: Its measure's name.
        reason: What stands in the way.
        detail: The reason in words, for whoever keeps the profiles.
    """

    name: str
    indicator: str
    label: Label
    measure: str
    reason: Mismatch
    detail: str


@frozen
class Comparison:
    """Municipalities beside each other, in the order they were given: there is no ranking.

    Attributes:
        at: The period, as text.
        names: Their names.
        examples: The names of those that are examples, not municipalities.
        figures: What they measure in the same way.
        refused: What cannot be compared, and why.
    """

    at: str
    names: tuple[str, ...]
    examples: tuple[str, ...]
    figures: tuple[Compared, ...]
    refused: tuple[Refused, ...]

    def to_frame(self, backend: Backend = "pandas", *, language: Language = "da") -> Any:
        """Return the figures, a row for each municipality, as a data frame.

        It has the columns of `Scorecard.to_frame`.

        Args:
            backend: ``"pandas"``, ``"polars"`` or ``"pyarrow"``.
            language: The language of labels and names.

        Raises:
            MeasureError: There is no such backend.
            MissingExtraError: The libraries are not installed.
        """
        blocks = gather_compared_figures(self)
        return build_block_table(blocks, TabledFigure, language).to_frame(backend)


def bring_together(cards: Mapping[str, Scorecard]) -> Comparison:
    """Bring together what several municipalities measure in the same way.

    Args:
        cards: The scorecards of one period, by the name of each municipality.

    Raises:
        NotComparableError: They are of different periods, or no figure is measured in the same way by
            two of them; the message says why.
    """
    periods = sorted({card.at for card in cards.values()})
    if len(periods) > 1:
        raise NotComparableError(Hint("comparing.years", years=tuple(periods)))
    groups = _group_outcomes(cards)
    figures = tuple(
        _build_compared_figure(one) for one in groups if len(one) >= FEWEST_MUNICIPALITIES
    )
    refused = tuple(_list_refused_indicators(cards, figures))
    if not figures:
        why = dict.fromkeys(f"{r.name} {r.indicator}: {r.detail}" for r in refused)
        raise NotComparableError(Hint("comparing.nothing", reasons=tuple(why)))
    examples = tuple(name for name, card in cards.items() if card.example)
    return Comparison(periods[0], tuple(cards), examples, figures, refused)


_ComparisonKey = tuple[Any, ...]


def _make_comparison_key(card: Scorecard, outcome: IndicatorOutcome) -> _ComparisonKey:
    """Return what must be the same for two indicators to measure the same."""
    questions = outcome.result.questions if outcome.result is not None else None
    return (*_make_call_key(outcome), tuple(sorted(card.counting.items())), questions)


def _make_call_key(outcome: IndicatorOutcome) -> _ComparisonKey:
    return outcome.indicator.measure, _freeze_argument(outcome.call)


def _freeze_argument(value: Any) -> Any:
    """Return an argument as a value that can be looked up: a list and a tuple of the same are one."""
    if isinstance(value, Mapping):
        return tuple(sorted((name, _freeze_argument(inner)) for name, inner in value.items()))
    return tuple(map(_freeze_argument, value)) if isinstance(value, list | tuple) else value


def _group_outcomes(cards: Mapping[str, Scorecard]) -> list[dict[str, IndicatorOutcome]]:
    groups: dict[_ComparisonKey, dict[str, IndicatorOutcome]] = {}
    for name, card in cards.items():
        for outcome in card.indicators:
            if outcome.result is not None:
                groups.setdefault(_make_comparison_key(card, outcome), {}).setdefault(name, outcome)
    return list(groups.values())


def _build_compared_figure(outcomes: Outcomes) -> Compared:
    """Return a figure with the arguments that anybody wrote: they are the same for all."""
    first = next(iter(outcomes.values()))
    written = dict.fromkeys(name for one in outcomes.values() for name in one.indicator.arguments)
    return Compared(first.indicator.measure, {n: first.call[n] for n in written}, outcomes)


def _list_refused_indicators(
    cards: Mapping[str, Scorecard], figures: Sequence[Compared]
) -> Iterator[Refused]:
    """Yield each indicator that is compared with nothing."""
    compared = {
        (name, outcome.id) for figure in figures for name, outcome in figure.outcomes.items()
    }
    for name, card in cards.items():
        for outcome in card.indicators:
            if (name, outcome.id) not in compared:
                others = {other: one for other, one in cards.items() if other != name}
                reason, detail = _explain_refusal(card, outcome, others)
                label, measure = outcome.indicator.label, outcome.indicator.measure
                yield Refused(name, outcome.id, label, measure, reason, detail)


def _explain_refusal(
    card: Scorecard, outcome: IndicatorOutcome, others: Mapping[str, Scorecard]
) -> tuple[Mismatch, str]:
    """Say why an indicator is compared with nothing: the nearest that another profile has."""
    measure = outcome.indicator.measure
    if outcome.result is None:
        return Mismatch.NOT_MEASURED, f"{measure} is not measured here"
    same = [
        (name, other, one)
        for name, other in others.items()
        for one in other.indicators
        if one.indicator.measure == measure and one.result is not None
    ]
    if not same:
        return Mismatch.NOT_MEASURED_ELSEWHERE, f"nobody else measures {measure}"
    for name, other, one in same:
        if _make_call_key(one) == _make_call_key(outcome):
            if other.counting != card.counting:
                return Mismatch.COUNTED_OTHERWISE, f"{name} counts by other rules"
            return Mismatch.OTHER_QUESTION, f"{name} asked people otherwise"
    name, _, one = same[0]
    own, theirs = _write_indicator_call(outcome), _write_indicator_call(one)
    return Mismatch.OTHER_ARGUMENTS, f"it is {own} here and {theirs} in {name}"


def _write_indicator_call(outcome: IndicatorOutcome) -> str:
    arguments = ", ".join(f"{name}={value}" for name, value in outcome.indicator.arguments.items())
    return f"{outcome.indicator.measure}({arguments})"
