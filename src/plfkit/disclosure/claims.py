"""Claims: what is told of those who bear out what has been said.

A claim about each person is told as a share is. A claim about an office or guests is what the municipality
itself tells of them, and passes as it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from plfkit.disclosure.classes import Span
from plfkit.disclosure.properties import Property
from plfkit.disclosure.publication import Publication, ToldProperty
from plfkit.disclosure.recording import CLAIM, describe_who
from plfkit.goals.scorecard import ClaimOutcome
from plfkit.model.results.facts import Facts, PeopleCount, mark_persons
from plfkit.model.words.verdicts import ClaimVerdict

_PERSONAL = frozenset({"people", "person_days"})


def release_claim(outcome: ClaimOutcome, publication: Publication) -> ClaimOutcome:
    """Return a claim as far as it is told; its verdict is worked out again from that."""
    rule, facts = outcome.claim.rule, outcome.facts
    if rule is None or outcome.public:
        return evolve(outcome, facts=None)
    if facts is not None and facts.count is not None:
        return _release_personal_claim(outcome, facts, facts.count, publication)
    if rule.counts in _PERSONAL and rule.each_unit is None:
        # How many were found is told in steps, as all counts of whose people nobody says who they are.
        lower, upper = (
            _widen_count(end, publication.floor.k) for end in (outcome.lower, outcome.upper)
        )
        return evolve(outcome, lower=lower[0] if lower else None, upper=upper[1] if upper else None)
    return outcome


def _widen_count(count: float | None, k: int) -> tuple[float, float] | None:
    """Return the step of k + 2 counts that a count lies in."""
    if count is None:
        return None
    step = k + 2
    return count // step * step, count // step * step + step - 1


def _release_personal_claim(
    outcome: ClaimOutcome, facts: Facts, count: PeopleCount, publication: Publication
) -> ClaimOutcome:
    name, period = f"claim {outcome.id}", outcome.claim.period or ""
    of = Property(name, name, None, period, facts.staff.persons, facts.staff.source)
    told = publication.tell_property(of, facts.staff, count)
    if told is None:
        return evolve(_clear_claim(outcome), facts=None)
    surely, possibly = told.find_spans(told.plan.universe)
    size = len(count.universe)
    publication.figures.append(_record_personal_claim(of, count, surely, possibly))
    verdict = _judge_told_claim(surely, possibly, size)
    exact = surely[0] == surely[1] and possibly[0] == possibly[1]
    return evolve(
        _clear_claim(outcome),
        verdict=verdict,
        supported=surely[0] if exact else None,
        contradicted=size - possibly[0] if exact else None,
        open=possibly[0] - surely[0] if exact else None,
        lower=surely[0],
        upper=possibly[1],
        lacking=dict(_list_lacking(facts, told, publication.floor.k)),
        people=size,
        missing=outcome.missing if surely != possibly else (),
    )


def _clear_claim(outcome: ClaimOutcome) -> ClaimOutcome:
    """Return a claim without anything that was counted."""
    return evolve(
        outcome,
        verdict=ClaimVerdict.OPEN,
        supported=None,
        contradicted=None,
        open=None,
        lacking={},
        missing=(),
        facts=None,
    )


def _judge_told_claim(surely: Span, possibly: Span, size: int) -> ClaimVerdict:
    """Return how a claim about each of some people stands by what is told of them."""
    if size and surely[0] == size:
        return ClaimVerdict.SUPPORTED
    return ClaimVerdict.CONTRADICTED if possibly[1] < size else ClaimVerdict.OPEN


def _list_lacking(facts: Facts, told: ToldProperty, k: int) -> Iterator[tuple[str, int]]:
    """Yield at how many people at least a claim does not hold, or may not, school by school."""
    for unit, persons in facts.staff.places.get("school", {}).items():
        here = mark_persons(facts.staff, persons) & told.plan.universe
        lacking = int(here.sum()) - told.surely.find_span(here)[1]
        if lacking >= k:
            yield unit, lacking


def _record_personal_claim(
    of: Property, count: PeopleCount, surely: Span, possibly: Span
) -> dict[str, object]:
    return {
        "measure": "claim",
        "arguments": {},
        "period": of.period,
        "part": None,
        "figure": None,
        "class": "participation",
        "property": of.name,
        "family": of.family,
        "threshold": None,
        "universe": describe_who(count.universe.who),
        "who": describe_who(count.universe.who),
        "people": len(count.universe),
        "kind": CLAIM,
        "surely": list(surely),
        "possibly": list(possibly),
        "own_answers": False,
    }
