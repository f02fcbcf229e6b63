"""Leading figures: the one that stands for each goal, and how far it has come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

from plfkit.goals.scorecard import GoalOutcome, IndicatorOutcome, Scorecard
from plfkit.model.declared.declarations import Scale
from plfkit.model.records.needs import SILENT_ANSWERS
from plfkit.model.results.result import Result
from plfkit.model.words.ranges import RangeKind
from plfkit.model.words.reasons import Reason
from plfkit.model.words.verdicts import Verdict
from plfkit.report.sureness import Span, find_line, find_outcome_span


@frozen
class LeadingFigure:
    """A goal with the figure that stands for it.

    Attributes:
        goal: The goal; None for one of the figures that belong to none.
        outcome: What its leading indicator gave; None where none of its figures can stand for it.
    """

    goal: GoalOutcome | None
    outcome: IndicatorOutcome | None


def list_leading_figures(card: Scorecard) -> list[LeadingFigure]:
    """Return each goal with its leading figure; without goals, the first figures that describe."""
    if card.goals:
        return [LeadingFigure(goal, choose_leading_outcome(goal)) for goal in card.goals]
    shown = [outcome for outcome in card.description if _can_lead(outcome)]
    return [LeadingFigure(None, outcome) for outcome in shown[:_WITHOUT_GOALS]]


_WITHOUT_GOALS = 3
"""How many figures stand on page one where there are no goals."""


def choose_leading_outcome(goal: GoalOutcome) -> IndicatorOutcome | None:
    """Return the indicator that the profile names; else the first that has one figure."""
    if goal.goal.leading is not None:
        return next(one for one in goal.indicators if one.id == goal.goal.leading)
    ranked = sorted(goal.indicators, key=_rank_for_leading)
    return next((outcome for outcome in ranked if _can_lead(outcome)), None)


def _rank_for_leading(outcome: IndicatorOutcome) -> tuple[bool, bool]:
    """Put figures with a mark first, then those with a wanted direction."""
    return outcome.mark is None, outcome.indicator.direction is None


def _can_lead(outcome: IndicatorOutcome) -> bool:
    return outcome.figure is not None and outcome.verdict is not Verdict.NOT_MEASURED


def find_scale(outcome: IndicatorOutcome) -> Scale:
    """Return what an indicator's figure is."""
    return "share" if outcome.result is None else outcome.result.scale


def find_progress(outcome: IndicatorOutcome, card: Scorecard) -> Span | None:
    """Return how far a share has come on the way to its mark: at the least and at the most, up to 1.

    None without a mark for the whole, of what is no share, and of what is not bounded.
    """
    span, mark = find_outcome_span(outcome, card), find_line(outcome)
    if span is None or not mark or find_scale(outcome) != "share":
        return None
    if outcome.indicator.direction == "down":
        ends = [min(mark / end, 1.0) if end > 0 else 1.0 for end in (span.upper, span.lower)]
    else:
        ends = [min(end / mark, 1.0) for end in (span.lower, span.upper)]
    return Span(ends[0], ends[1])


def count_silent_communities(outcome: IndicatorOutcome) -> int:
    """Return how many communities did not say of themselves what a figure wants for, as far as is told."""
    if outcome.result is None or outcome.result.range_kind is RangeKind.OF_REGISTERED:
        return 0
    asks = outcome.figure is not None and outcome.figure.reason == Reason.SOME_NOT_ASSESSED
    return outcome.result.evidence.get("communities_unknown", 0) if asks else 0


def is_asked_list_known(outcomes: Iterable[IndicatorOutcome], card: Scorecard) -> bool:
    """Tell whether somebody is known to be silent wherever figures wait for answers.

    Then a list of who was asked is there, and only the answers of the silent are to be had.
    """
    results = [
        o.result for o in outcomes if o.result is not None and SILENT_ANSWERS in o.result.needs
    ]
    return all(_has_silent_people(card.overview.answered.get(r.relation or "")) for r in results)


def _has_silent_people(response: Result | None) -> bool:
    """Tell whether the data say of somebody that they were asked and did not answer."""
    figure = None if response is None else response.main
    told = None if figure is None else figure.value if figure.lower is None else figure.lower
    return told is not None and told < 1


def list_figures_told(card: Scorecard) -> Iterator[IndicatorOutcome]:
    """Yield the indicators that have one figure of which something is told."""
    for outcome in card.indicators:
        figure = outcome.figure
        if figure is not None and (figure.value is not None or figure.lower is not None):
            yield outcome
