"""The page's view of claims: what was said, how it stands, and what was found."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from plfkit.goals.scorecard import ClaimOutcome, Scorecard
from plfkit.model.declared.facts import YEAR_BEFORE, Claim, Rule
from plfkit.model.words.reasons import Reason
from plfkit.model.words.verdicts import ClaimVerdict
from plfkit.report.texts import Texts


@frozen(kw_only=True)
class ClaimView:
    """A claim as the page shows it."""

    text: str
    certainty: str
    verdict: str
    state: str
    found: list[str]


def build_claim_view(outcome: ClaimOutcome, card: Scorecard, texts: Texts) -> ClaimView:
    """Return a claim in words."""
    return ClaimView(
        text=texts.label(outcome.claim.text),
        certainty=_say_who_vouches(outcome.claim, texts),
        verdict=texts.label(outcome.verdict.words),
        state=outcome.verdict,
        found=list(_say_findings(outcome, card, texts)),
    )


def _say_who_vouches(claim: Claim, texts: Texts) -> str:
    """Say who vouches for a claim, and who for its period or its rule if that is somebody else."""
    others = (
        texts(f"claims.{key}_{claim.certainties[key]}")
        for key in ("period", "rule")
        if key in claim.certainties
    )
    return "; ".join((texts(f"claims.{claim.certainty}"), *others))


def _say_findings(outcome: ClaimOutcome, card: Scorecard, texts: Texts) -> Iterator[str]:
    """Say what was found, where it was not, and what would settle it."""
    rule = outcome.claim.rule
    if rule is None:
        yield texts("claims.no_rule")
        return
    if outcome.units:
        yield from _say_unit_findings(outcome, card, texts)
    else:
        yield from _say_claim_counts(outcome, rule, texts)
    for unit, count in outcome.lacking.items():
        yield texts("claims.lacking", unit=texts.label(card.names[unit]), count=count)
    if outcome.missing:
        yield texts("goals.settles", needs=texts.write_needs(outcome.missing, card.names))
    elif outcome.supported is outcome.lower is None:
        yield texts.label(Reason.WITHHELD.words)


def _say_unit_findings(outcome: ClaimOutcome, card: Scorecard, texts: Texts) -> Iterator[str]:
    """Say of how many units a claim holds, of which it does not, and of which that is not known."""
    yield texts("claims.units", count=outcome.supported or 0, all=len(outcome.units))
    for verdict in (ClaimVerdict.CONTRADICTED, ClaimVerdict.OPEN):
        if names := [unit for unit, own in outcome.units.items() if own == verdict]:
            listed = texts.write_listing([texts.label(card.names[name]) for name in names])
            yield texts(f"claims.units_{verdict}", units=listed)


def _say_claim_counts(outcome: ClaimOutcome, rule: Rule, texts: Texts) -> Iterator[str]:
    """Say of how many people a claim holds, how many were found, or what was compared."""
    if rule.each_person is not None and outcome.supported is not None:
        all_ = outcome.supported + (outcome.contradicted or 0) + (outcome.open or 0)
        if all_:
            yield texts("claims.people", count=outcome.supported, all=all_)
    elif outcome.people and outcome.lower is not None and outcome.upper is not None:
        ends = {
            "least": texts.write_number(outcome.lower),
            "most": texts.write_number(outcome.upper),
        }
        yield texts("claims.people_between", all=texts.write_number(outcome.people), **ends)
    elif rule.more_than is not None:
        earlier = "year_before" if rule.more_than == YEAR_BEFORE else "earlier"
        yield texts(f"claims.{earlier}", period=rule.more_than)
    elif outcome.lower is not None:
        asked = "enough" if rule.exactly is None else "exactly"
        key = asked if outcome.lower == outcome.upper else f"{asked}_at_least"
        yield texts(f"claims.{key}", count=texts.write_number(outcome.lower), wanted=rule.count)
