"""The check that an example shows every indicator, and advice for each that it does not show."""

from __future__ import annotations

from plfkit.goals import IndicatorOutcome
from plfkit.hints import Hint
from plfkit.model.words.reasons import Reason
from plfkit.model.words.verdicts import Verdict
from plfkit.testing.checks.advice import refuse_problems
from plfkit.testing.subjects import Subject


def indicators_measured(subject: Subject) -> None:
    """Every indicator has a figure on an example that fits the profile."""
    refuse_problems(
        _advise_on_outcome(subject, outcome)
        for outcome in subject.card.indicators
        if outcome.verdict is Verdict.NOT_MEASURED
    )


def _advise_on_outcome(subject: Subject, outcome: IndicatorOutcome) -> Hint:
    """Say of an indicator where it stands, why the example has no figure for it, and what to do."""
    return Hint(
        "contract.unmeasured",
        where=subject.locate("indicators", outcome.id),
        measure=outcome.indicator.measure,
        reason=_explain_outcome(outcome),
        remedy=_choose_remedy(subject, outcome),
    )


def _explain_outcome(outcome: IndicatorOutcome) -> object:
    """Return the reason in words: what the measure says itself where it refuses."""
    reason = Reason.find_word(outcome.reason)
    if outcome.detail is not None or reason is None:
        return outcome.detail or str(outcome.reason)
    if not outcome.missing:
        return reason.words
    return Hint("contract.reason_needs", reason=reason.words, needs=(*map(str, outcome.missing),))


def _choose_remedy(subject: Subject, outcome: IndicatorOutcome) -> Hint:
    """Return what to do: the example is made from what the profile says, so that it must say more."""
    own = {function.__name__ for function in subject.profile.measures}
    if outcome.reason == Reason.NEEDS_COMBINED:
        return Hint("contract.remedy_combined")
    if outcome.reason == Reason.ONE_UNIT:
        return Hint("contract.remedy_one_unit")
    if outcome.reason == Reason.REFUSED:
        return Hint("contract.remedy_refused")
    if outcome.indicator.measure in own:
        return Hint("contract.remedy_own_measure")
    return Hint("contract.remedy_words")
