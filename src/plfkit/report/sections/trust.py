"""Trust: what the figures are for, who sees them, what is hidden, and whether anybody can be recognised."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from plfkit.disclosure import Released
from plfkit.disclosure.released import ALONE
from plfkit.goals.scorecard import Scorecard
from plfkit.report.texts import Texts

_RULES: Mapping[str, tuple[str, ...]] = {
    "persons": (),
    "promise": ("k",),
    "classes": ("width",),
    "whole": (),
    "joined": ("least",),
    "n": ("n", "k"),
    "places": (),
    "values": (),
    "round": (),
}
"""The rules of the gate as the page says them, each with the numbers that stand in it."""


@frozen(kw_only=True)
class TrustView:
    """What a colleague wants to know.

    Attributes:
        answer: Whether anybody can be recognised, in a few plain sentences.
        purpose: What the figures are for, who sees them and until when; empty if nobody has said so.
        rules: By which rules figures are told.
    """

    answer: list[str]
    purpose: list[tuple[str, str]]
    rules: list[str]


def build_trust_view(released: Released[Scorecard], texts: Texts) -> TrustView:
    """Return what a colleague wants to know of a released card."""
    return TrustView(
        answer=[
            texts(f"privacy.answer_{_name_judgement(released)}"),
            texts("privacy.answer_few", k=released.floor.k),
            texts("privacy.answer_silent"),
            texts("privacy.answer_except"),
        ],
        purpose=_tell_purpose(released.content, texts),
        rules=_list_rules(released, texts),
    )


def _list_rules(released: Released[Scorecard], texts: Texts) -> list[str]:
    """Say what is promised, by which rules, and how much is not shown."""
    k = released.floor.k
    numbers = {"k": k, "width": k + 2, "least": 2 * k + 3, "n": released.floor.statistics}
    rules = [
        texts(f"privacy.rule_{name}", **{key: numbers[key] for key in keys})
        for name, keys in _RULES.items()
    ]
    rules.append(texts("privacy.rule_counts", small=released.small, others=released.others))
    rules.append(texts(f"privacy.rule_{_name_judgement(released)}"))
    if released.standing:
        rules.append(texts("privacy.rule_standing", count=released.standing))
    return rules


def _name_judgement(released: Released[Scorecard]) -> str:
    return "alone" if released.judged == ALONE else "ledger"


def _tell_purpose(card: Scorecard, texts: Texts) -> list[tuple[str, str]]:
    purpose = card.purpose
    if purpose is None:
        return []
    unsaid = texts("privacy.not_said")
    return [
        (texts("privacy.purpose"), texts.label(purpose.purpose)),
        (texts("privacy.audience"), texts.label(purpose.audience)),
        (texts("privacy.limits"), texts.label(purpose.limits)),
        (texts("privacy.discussed_on"), purpose.discussed_on or unsaid),
        (texts("privacy.deleted_by"), purpose.deleted_by or unsaid),
    ]
