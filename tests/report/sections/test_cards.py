"""A card tells of its goal what is known, how sure that is, and what comes next."""

from __future__ import annotations

from attrs import evolve
from report.made import between, exactly, make_card, make_outcome, make_proposal

from plfkit.goals.scorecard import IndicatorOutcome
from plfkit.model.declared.declarations import Target
from plfkit.model.records.needs import Need
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
    assert (card.sign, card.certainty) == ("●", "Sikkert: 100 % oplyst")
    assert card.step == "Næste skridt: beslut, om 90 % skal være målet."


def test_uncertain_and_settled_by_data() -> None:
    """A wide range is told as such, with the data that would narrow it."""
    outcome = make_outcome(evolve(between(0.2, 0.9), observed=0.34))
    assert outcome.result is not None
    card = card_of(evolve(outcome, result=evolve(outcome.result, needs=(Need("answers"),))))
    assert (card.value, card.sign, card.certainty) == ("20–90%", "○", "Uncertain: 34% told")
    assert card.step == "Next step: answers to questionnaires."


def test_class_is_no_uncertainty() -> None:
    """A class that stands for a count is told as one: it is known better than it is told."""
    card = card_of(make_outcome(evolve(between(0.4, 0.7), reason=Reason.BAND)))
    assert (card.value, card.certainty) == (
        "40–70%",
        "Shown as a class, so that nobody is recognised",
    )


def test_no_figure() -> None:
    """A goal that is not measured has a card all the same, with what is to be collected."""
    named = evolve(make_outcome(None), missing=(Need("outcomes"),))
    made = make_card(named)
    leading = evolve(made.goals[0], goal=evolve(made.goals[0].goal, leading="A"))
    (card,) = list_cards(evolve(made, goals=(leading,)), ENGLISH)
    assert (card.value, card.state) == ("No figure", "Not measured yet")
    assert card.step.startswith("Next step: collect ")
    assert card_of(make_outcome(None)).step == "Next step: choose a figure for the goal."
