"""A card for each goal: its leading figure, where it moves, how sure that is, and what comes next."""

from __future__ import annotations

from math import ceil

from attrs import frozen

from plfkit.goals.scorecard import GoalOutcome, IndicatorOutcome, Scorecard
from plfkit.model.words.reasons import Reason
from plfkit.model.words.verdicts import Verdict
from plfkit.report.figures import explain_missing_value, write_verdict
from plfkit.report.headlines import (
    write_direction,
    write_outcome_headline,
    write_round_amount,
    write_spread,
)
from plfkit.report.leading import (
    LeadingFigure,
    count_silent_communities,
    find_scale,
    is_asked_list_known,
    list_leading_figures,
)
from plfkit.report.sections.goals import count_directions
from plfkit.report.sureness import (
    Certainty,
    find_outcome_span,
    find_scale_bounds,
    grade_certainty,
    is_of_cohorts,
    is_told_as_class,
    measure_width,
)
from plfkit.report.texts import Texts

_SLACK = 1e-6
"""Shares are told to three digits: a range of 10.0000001 points is one of 10."""
_SIGNS = {
    Certainty.SURE: "●",
    Certainty.FAIRLY: "◐",
    Certainty.UNSURE: "○",
    Certainty.NONE: "?",
}


@frozen(kw_only=True)
class CardView:
    """A goal at a glance.

    Attributes:
        link: The id of the goal's section; empty where there is none.
        goal: The goal in few words.
        value: Its leading figure.
        spread: Between what it may lie, where the value stands alone.
        label: What that is.
        moved: Where it moves.
        sign: One of three steps of certainty, as a sign.
        certainty: The same in words, and what it rests on.
        others: Where the goal's other figures move.
        state: How the figure stands, in at most three words.
        look: The verdict that the state looks like.
        step: What comes next.
    """

    link: str
    goal: str
    value: str
    spread: str
    label: str
    moved: str
    sign: str
    certainty: str
    others: str
    state: str
    look: str
    step: str


def list_cards(card: Scorecard, texts: Texts) -> list[CardView]:
    """Return a card for each goal, or for the first figures where there are no goals."""
    return [_build_card(one, card, texts) for one in list_leading_figures(card)]


def _build_card(one: LeadingFigure, card: Scorecard, texts: Texts) -> CardView:
    goal, outcome = one.goal, one.outcome
    name = "" if goal is None else f"{goal.id} · {texts.label(goal.goal.label)}"
    link = "figures" if goal is None else f"goal-{goal.id}"
    if outcome is None or outcome.figure is None:
        return _build_empty_card(name, link, outcome, card, texts)
    step = grade_certainty(outcome, card)
    return CardView(
        link=link,
        goal=name,
        value=write_outcome_headline(outcome, card, texts),
        spread=write_spread(outcome, card, texts),
        label=texts.label(outcome.indicator.label),
        moved=write_direction(outcome, card, texts),
        sign=_SIGNS[step],
        certainty=_write_certainty(outcome, step, card, texts),
        others="" if goal is None else count_directions(goal.indicators, card, texts),
        state=write_verdict(outcome.verdict, texts),
        look=outcome.verdict or Reason.WITHHELD,
        step=_write_next_step(outcome, goal, card, texts),
    )


def _build_empty_card(
    name: str, link: str, outcome: IndicatorOutcome | None, card: Scorecard, texts: Texts
) -> CardView:
    """Return the card of a goal without a figure, which says what would give it one."""
    missing = () if outcome is None else outcome.missing
    reason = None if outcome is None else outcome.reason
    return CardView(
        link=link,
        goal=name,
        value=texts("headline.absent"),
        spread="",
        label="" if outcome is None else texts.label(outcome.indicator.label),
        moved="",
        sign=_SIGNS[Certainty.NONE],
        certainty=explain_missing_value(reason, texts) if reason else texts("card.no_figure"),
        others="",
        state=write_verdict(Verdict.NOT_MEASURED, texts),
        look=Verdict.NOT_MEASURED,
        step=texts("card.step_collect", needs=texts.write_main_needs(missing, card.names))
        if missing
        else texts("card.step_choose"),
    )


def _write_certainty(
    outcome: IndicatorOutcome, step: Certainty, card: Scorecard, texts: Texts
) -> str:
    """Write how sure a figure is, and how wide its range."""
    result = outcome.result
    if is_told_as_class(outcome):
        # What is not known widens a class as it widens a range.
        return texts(
            "card.as_class_open" if result is not None and result.needs else "card.as_class"
        )
    if outcome.figure is not None and outcome.figure.reason == Reason.RANGE_WITHHELD:
        return texts("card.range_withheld")
    if result is not None and is_of_cohorts(result, card.measures):
        return texts("card.cohort")
    width = measure_width(find_outcome_span(outcome, card), result)
    if not width or result is None:
        return texts(f"card.{step}")
    whole = find_scale_bounds(result) is not None or result.scale == "points"
    key = f"card.{step}_{'points' if whole else 'per_cent'}"
    return texts(key, width=texts.write_number(ceil(width - _SLACK)))


def _write_next_step(
    outcome: IndicatorOutcome, goal: GoalOutcome | None, card: Scorecard, texts: Texts
) -> str:
    """Write what would settle the figure, or that a target has to be decided."""
    needs = outcome.settles or (() if outcome.result is None else outcome.result.needs)
    if (silent := count_silent_communities(outcome)) and needs:
        return texts("card.step_assess", count=silent)
    step = grade_certainty(outcome, card)
    if needs and step is not Certainty.SURE:
        listed = is_asked_list_known([outcome], card)
        settled = texts.write_main_needs(needs, card.names, listed=listed)
        return texts("card.step_settle", needs=settled)
    if outcome.indicator.target is None:
        return texts("card.step_target") if goal is not None else texts("card.step_follow")
    if not outcome.counts_for_goal:
        mark = write_round_amount(outcome.indicator.target.value, find_scale(outcome), texts)
        return texts("card.step_decide", mark=mark)
    return texts("card.step_follow")
