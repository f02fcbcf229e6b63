"""A card tells of its goal what is known, how sure that is, and what comes next."""

from __future__ import annotations

import pytest
from attrs import evolve
from report.made import PUPILS, between, exactly, make_card, make_outcome, make_proposal

from plfkit.goals.scorecard import IndicatorOutcome
from plfkit.model.declared.declarations import Target
from plfkit.model.records.needs import Need
from plfkit.model.results.figures import Figure
from plfkit.model.words.ranges import RangeKind
from plfkit.model.words.reasons import Reason
from plfkit.report.sections.cards import CardView, list_cards
from plfkit.report.texts import Texts

DANISH, ENGLISH = Texts("da"), Texts("en")


def card_of(outcome: IndicatorOutcome, texts: Texts = ENGLISH) -> CardView:
    """The card of a goal with one figure."""
    (card,) = list_cards(make_card(outcome), texts)
    return card


def test_certain_and_proposed() -> None:
    """A known figure is certain; its proposal waits for a decision."""
    outcome = make_outcome(
        evolve(exactly(0.88), observed=1.0), mark=make_proposal(0.9), before=exactly(0.84)
    )
    target = evolve(outcome.indicator, target=Target(0.9, "proposed"))
    card = card_of(evolve(outcome, indicator=target), DANISH)
    assert (card.goal, card.value, card.label) == ("G1 · mål 1", "88 %", "tal A")
    assert card.moved == "Op fra 84 % i 2017/18"
    assert (card.sign, card.certainty) == ("●", "Sikkert")
    assert card.step == "Næste skridt: beslut, om 90 % skal være målet."


def test_uncertain_and_settled_by_data() -> None:
    """A wide range is told as such, with the data that would narrow it."""
    outcome = make_outcome(evolve(between(0.2, 0.9), observed=0.34))
    assert outcome.result is not None
    card = card_of(evolve(outcome, result=evolve(outcome.result, needs=(Need("answers"),))))
    assert (card.value, card.sign, card.certainty) == ("20–90%", "○", "Uncertain: range 70 points")
    assert card.step == "Next step: get answers to questionnaires."


def test_class_is_no_uncertainty() -> None:
    """A class that stands for a count is told as one: it is known better than it is told."""
    card = card_of(make_outcome(evolve(between(0.4, 0.7), reason=Reason.BAND)))
    assert (card.value, card.certainty) == (
        "40–70%",
        "Shown as a band, for the sake of small groups",
    )


@pytest.mark.parametrize(
    ("outcome", "certainty"),
    [
        (make_outcome(between(0.8, 0.842)), "Certain: range 5 points"),
        (make_outcome(between(0.7, 0.8, 0.75)), "Fairly certain: range 10 points"),
        (make_outcome(between(-0.3, 0.2), scale="points"), "Uncertain: range 50 points"),
        (make_outcome(between(9, 11), scale="index"), "Fairly certain: range 20% of the figure"),
        (make_outcome(Figure(value=0.5)), "How certain is not known"),
        (
            make_outcome(exactly(0.5), range_kind=RangeKind.SIMULATED),
            "How certain is not known",
        ),
    ],
)
def test_how_wide(outcome: IndicatorOutcome, certainty: str) -> None:
    """A range is told in whole points, or in per cent of a figure that has no scale; never too narrow."""
    assert card_of(outcome).certainty == certainty


def test_pupils_are_never_certain() -> None:
    """All pupils are counted; yet they are a cohort, and the next one is another."""
    card = card_of(make_outcome(exactly(0.9), measure=PUPILS, before=exactly(0.1)))
    assert (card.sign, card.certainty) == ("?", "A cohort: small swings say nothing")
    assert card.moved == "10% in 2017/18: too uncertain to say whether it rose"


def test_no_figure() -> None:
    """A goal that is not measured has a card all the same, with what is to be collected."""
    named = evolve(make_outcome(None), missing=(Need("outcomes"),))
    made = make_card(named)
    leading = evolve(made.goals[0], goal=evolve(made.goals[0].goal, leading="A"))
    (card,) = list_cards(evolve(made, goals=(leading,)), ENGLISH)
    assert (card.value, card.state) == ("No figure", "Not measured yet")
    assert card.step.startswith("Next step: collect ")
    assert card_of(make_outcome(None)).step == "Next step: choose a figure for the goal."
