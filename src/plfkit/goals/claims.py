"""Claims: what has been said of a municipality, held against its data.

A claim is supported, contradicted or open. What is not registered is not zero: only lists that are said
to be complete contradict, and what holds for each unit or person holds only where all of them are known.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from attrs import evolve

from plfkit.errors import PeriodError
from plfkit.goals.checking import RuleCheck
from plfkit.goals.claim_facts import collect_claim_facts
from plfkit.goals.counting import CountRange
from plfkit.goals.indicators import list_missing_tables
from plfkit.goals.results import compare_pupil_outcomes
from plfkit.goals.scorecard import ClaimOutcome
from plfkit.goals.years import YearSnapshots
from plfkit.model.declared.facts import YEAR_BEFORE, Claim, Rule
from plfkit.model.records.needs import Need
from plfkit.model.words.verdicts import ClaimVerdict
from plfkit.periods import Period
from plfkit.profiles import Profile

Verdicts = Mapping[str | None, ClaimVerdict]


def check_claims(years: YearSnapshots, profile: Profile, period: Period) -> Iterator[ClaimOutcome]:
    """Check every claim of a profile.

    Args:
        years: The organisation.
        profile: What has been said.
        period: When a claim without a period of its own is to hold.
    """
    for name, claim in profile.claims.items():
        own = period if claim.period is None else Period.parse(claim.period)
        yield _check_one_claim(years, name, claim, own)


def _check_one_claim(years: YearSnapshots, name: str, claim: Claim, period: Period) -> ClaimOutcome:
    rule, organisation = claim.rule, years.organisation
    if rule is None:
        return ClaimOutcome(id=name, claim=claim, verdict=ClaimVerdict.OPEN)
    if missing := list_missing_tables(organisation, claim.tables):
        return ClaimOutcome(id=name, claim=claim, verdict=ClaimVerdict.OPEN, missing=missing)
    if rule.more_than is None:
        return _check_claim_counts(
            name, claim, RuleCheck(organisation, rule, years.take_snapshot(period))
        )
    before = _find_earlier_period(rule, period)
    if before is None:  # undated data have no year before
        return ClaimOutcome(
            id=name, claim=claim, verdict=ClaimVerdict.OPEN, missing=tuple(map(Need, claim.tables))
        )
    moments = [years.take_snapshot(when) for when in (before, period)]
    if rule.counts == "outcomes":
        verdict, missing = compare_pupil_outcomes(rule, *moments)
        return _make_claim_outcome(name, claim, {None: verdict}, missing)
    return _check_claim_change(
        name, claim, *(RuleCheck(organisation, rule, when) for when in moments)
    )


def _find_earlier_period(rule: Rule, period: Period) -> Period | None:
    """Return the period that a rule compares with; None where there is no year before."""
    if rule.more_than != YEAR_BEFORE:
        return Period.parse(rule.more_than or "")
    try:
        return period.year_before()
    except PeriodError:
        return None


def _check_claim_counts(name: str, claim: Claim, check: RuleCheck) -> ClaimOutcome:
    """Hold what was counted against what was said."""
    found = check.found
    verdicts = {key: one.judge_rule(check.rule) for key, one in found.items()}
    made = _make_claim_outcome(
        name, claim, verdicts, check.name_missing_lists(verdicts), unknown=check.unknown
    )
    facts = collect_claim_facts(check, verdicts)
    outcome = evolve(made, public=check.is_public, facts=facts)
    whole = found.get(None)
    if whole is None:
        people = None if claim.rule is None or claim.rule.each_person is None else len(verdicts)
        return evolve(outcome, lacking=check.count_lacking_people(verdicts), people=people)
    return evolve(
        outcome, lower=whole.lower, upper=None if whole.upper == math.inf else whole.upper
    )


def _check_claim_change(name: str, claim: Claim, before: RuleCheck, now: RuleCheck) -> ClaimOutcome:
    """Hold what was counted against what was counted for an earlier period."""
    nothing = CountRange(0.0, math.inf)
    verdicts = {
        key: one.judge_after(before.found.get(key, nothing)) for key, one in now.found.items()
    }
    missing = dict.fromkeys(
        (*now.name_missing_lists(verdicts), *before.name_missing_lists(verdicts))
    )
    made = _make_claim_outcome(name, claim, verdicts, tuple(missing), unknown=now.unknown)
    return evolve(made, public=now.is_public, facts=collect_claim_facts(now, verdicts, before))


def _make_claim_outcome(
    name: str,
    claim: Claim,
    verdicts: Verdicts,
    missing: tuple[Need, ...],
    *,
    unknown: tuple[Need, ...] = (),
) -> ClaimOutcome:
    """Bring the verdicts of all units, or of all people, together.

    Args:
        name: The claim's id.
        claim: The claim.
        verdicts: The verdict of each unit, of each person, or of the whole.
        missing: What would settle those that are open.
        unknown: The lists without which it is not known whether that is each of them.
    """
    counts = Counter(verdicts.values())
    verdict = judge_claim_overall(verdicts.values())
    if verdict is ClaimVerdict.SUPPORTED and unknown:
        verdict = ClaimVerdict.OPEN
    settles = dict.fromkeys((*missing, *unknown)) if verdict is ClaimVerdict.OPEN else ()
    per_unit = claim.rule is not None and claim.rule.each_unit is not None
    return ClaimOutcome(
        id=name,
        claim=claim,
        verdict=verdict,
        supported=counts[ClaimVerdict.SUPPORTED],
        contradicted=counts[ClaimVerdict.CONTRADICTED],
        open=counts[ClaimVerdict.OPEN],
        units={unit: own for unit, own in verdicts.items() if unit is not None and per_unit},
        missing=tuple(settles),
    )


def judge_claim_overall(verdicts: Iterable[ClaimVerdict]) -> ClaimVerdict:
    """Return the verdict of all: one that contradicts is enough, and nobody to ask leaves it open."""
    found = {*verdicts}
    if ClaimVerdict.CONTRADICTED in found:
        return ClaimVerdict.CONTRADICTED
    return ClaimVerdict.SUPPORTED if found == {ClaimVerdict.SUPPORTED} else ClaimVerdict.OPEN
