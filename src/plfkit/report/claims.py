"""The page's view of claims: what was said, how it stands, and what was found."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from plfkit.goals.scorecard import ClaimOutcome, Scorecard
from plfkit.report.texts import Texts


@frozen(kw_only=True)
class ClaimView:
    """A claim as the page shows it."""

    text: str
    certainty: str
    verdict: str
    state: str
    found: list[str]


def claim_view(outcome: ClaimOutcome, card: Scorecard, texts: Texts) -> ClaimView:
    """Return a claim in words."""
    return ClaimView(
        text=texts.label(outcome.claim.text),
        certainty=texts(f"claims.{outcome.claim.certainty}"),
        verdict=texts(f"verdicts.{outcome.verdict}"),
        state=outcome.verdict,
        found=list(_found(outcome, card, texts)),
    )


def _found(outcome: ClaimOutcome, card: Scorecard, texts: Texts) -> Iterator[str]:
    """Say what was found, where it was not, and what would settle it."""
    rule = outcome.claim.rule
    if rule is None:
        yield texts("claims.no_rule")
        return
    if outcome.units:
        count, all_ = outcome.supported or 0, len(outcome.units)
        yield texts("claims.units", count=count, all=all_)
        for verdict in ("contradicted", "open"):
            if names := [u for u, own in outcome.units.items() if own == verdict]:
                listed = texts.listing([texts.label(card.names[name]) for name in names])
                yield texts(f"claims.units_{verdict}", units=listed)
    elif rule.each_person is not None and outcome.supported is not None:
        all_ = outcome.supported + (outcome.contradicted or 0) + (outcome.open or 0)
        if all_:
            yield texts("claims.people", count=outcome.supported, all=all_)
    elif outcome.lower is not None:
        asked = "enough" if rule.exactly is None else "exactly"
        key = asked if outcome.lower == outcome.upper else f"{asked}_at_least"
        yield texts(f"claims.{key}", count=texts.number(outcome.lower), wanted=rule.count)
    for unit, count in outcome.lacking.items():
        yield texts("claims.lacking", unit=texts.label(card.names[unit]), count=count)
    if outcome.missing:
        yield texts("goals.settles", needs=texts.needs(outcome.missing, card.names))
