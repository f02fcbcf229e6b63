"""Claims: what is told of those who bear out what has been said.

Who bears out a claim about people is a yes or no, of which is told as of any other; whether it holds, of
whom it does not, and what would settle it follow from that. A claim about an office or guests is what the
municipality itself tells of them, who works where stands in its staff list, and both pass as they are.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import asdict, evolve

from plfkit.disclosure.classes import Span
from plfkit.disclosure.plans import count_fewest_told
from plfkit.disclosure.properties import Property, write_call
from plfkit.disclosure.publication import Publication, ToldProperty
from plfkit.disclosure.recording import ToldSpans, record_claim, record_hidden_claim
from plfkit.goals.claims import judge_claim_overall
from plfkit.goals.counting import CountRange
from plfkit.goals.scorecard import ClaimOutcome
from plfkit.model.declared.facts import Rule
from plfkit.model.results.facts import ClaimFacts, Facts, mark_persons
from plfkit.model.words.verdicts import ClaimVerdict

_ASKED = ("at_least", "exactly", "more_than", "each_unit")
"""What a rule wants of a count: not part of what is counted."""

Ranges = Mapping[str | None, CountRange]
"""How many there are, as far as is told: at each unit, or under None in the whole."""


def release_claim(outcome: ClaimOutcome, publication: Publication) -> ClaimOutcome:
    """Return a claim as far as it is told; its verdict is worked out again from that."""
    rule, facts = outcome.claim.rule, outcome.facts
    if rule is None or outcome.public or not _is_about_people(rule) or _is_nothing_found(outcome):
        return evolve(outcome, facts=None)
    if facts is not None and facts.people is not None:
        release = _release_personal_claim if rule.each_person else _release_counted_claim
        told = release(outcome, rule, facts, publication)
        return _hide_claim(outcome, rule, facts, publication) if told is None else told
    # Of events with somebody in a role is told where enough people hold it that it is none of them.
    holders = None if facts is None else facts.holders
    if holders is not None and holders >= publication.floor.k:
        return evolve(outcome, facts=None)
    return _hide_claim(outcome, rule, facts, publication)


def _is_about_people(rule: Rule) -> bool:
    return rule.about_people or bool(rule.events and rule.within)


def _is_nothing_found(outcome: ClaimOutcome) -> bool:
    """Tell whether a claim is open because the tables that settle it are empty."""
    return outcome.verdict is ClaimVerdict.OPEN and outcome.supported is outcome.lower is None


def _hide_claim(
    outcome: ClaimOutcome, rule: Rule, facts: ClaimFacts | None, publication: Publication
) -> ClaimOutcome:
    """Return a claim of which nothing is told, and record that."""
    publication.others += 1
    record_hidden_claim(publication, _name_counted(rule), "" if facts is None else facts.at)
    return _clear_claim(outcome)


def _name_counted(rule: Rule) -> str:
    """Return what is counted, whatever is wanted of the count: two claims about one ask for one."""
    asked = {name: value for name, value in asdict(rule).items() if value not in (None, (), False)}
    kept = {name: value for name, value in asked.items() if name not in _ASKED}
    if rule.each_person is not None and rule.exactly is not None:
        kept["exactly"] = rule.exactly
    # Who is in a community of the unit where they work is another question than who is in any.
    if rule.communities and rule.each_unit is not None:
        kept["each_unit"] = rule.each_unit
    return write_call("claim", kept)


def _release_counted_claim(
    outcome: ClaimOutcome, rule: Rule, facts: ClaimFacts, publication: Publication
) -> ClaimOutcome | None:
    """Return what is told of a claim about how many people there are; None if nothing is."""
    now = _tell_ranges(rule, facts, publication)
    before = None if facts.before is None else _tell_ranges(rule, facts.before, publication)
    if now is None or (facts.before is not None and before is None):
        return None
    verdicts = {key: _judge_range(rule, key, one, before) for key, one in now.items()}
    counted = [*verdicts.values()]
    whole = now.get(None) if before is None else None
    return _settle_claim(
        evolve(
            _clear_claim(outcome),
            verdict=judge_claim_overall(counted),
            supported=counted.count(ClaimVerdict.SUPPORTED),
            contradicted=counted.count(ClaimVerdict.CONTRADICTED),
            open=counted.count(ClaimVerdict.OPEN),
            lower=None if whole is None else whole.lower,
            upper=None if whole is None or whole.upper == math.inf else whole.upper,
            units={key: one for key, one in verdicts.items() if key is not None},
        ),
        facts,
    )


def _judge_range(
    rule: Rule, key: str | None, now: CountRange, before: Ranges | None
) -> ClaimVerdict:
    if before is None:
        return now.judge_rule(rule)
    return now.judge_after(before.get(key, CountRange(0.0, math.inf)))


def _settle_claim(outcome: ClaimOutcome, facts: ClaimFacts) -> ClaimOutcome:
    """Leave a claim open where it is not known of whom it is, and say what would settle an open one."""
    if outcome.verdict is ClaimVerdict.SUPPORTED and not facts.all_known:
        outcome = evolve(outcome, verdict=ClaimVerdict.OPEN)
    return evolve(outcome, missing=facts.gaps if outcome.verdict is ClaimVerdict.OPEN else ())


def _tell_ranges(rule: Rule, facts: ClaimFacts, publication: Publication) -> Ranges | None:
    """Return how many there are at each unit, or in the whole; None where one of them is not told."""
    people = facts.people
    if people is None or people.count is None:
        return None
    asked = {key: people.sets[key] for key in facts.complete}
    # Nothing is told of units unless each has room for two classes, by how many work there.
    fewest = count_fewest_told(publication.floor.k)
    if not asked or any(len(one) < fewest for one in asked.values()):
        return None
    of = _name_property(rule, facts, people)
    told = publication.tell_property(of, people.staff, people.count)
    if told is None:
        return None
    spans = {key: _find_spans(told, people, key) for key in asked}
    if None in spans.values():
        return None
    found = {}
    for key, (size, surely, possibly) in spans.items():  # type: ignore[misc]
        record_claim(publication, told, people.sets[key].who, key, (size, surely, possibly))
        found[key] = CountRange(surely[0], possibly[1] if facts.complete[key] else math.inf)
    return found


def _find_spans(told: ToldProperty, people: Facts, key: str | None) -> ToldSpans | None:
    """Return what is told of the people of a unit, or of all: as before, where some have come or left."""
    count, one = people.count, people.sets[key]
    if count is None:
        return None
    if told.stands_for(mark_persons(people.staff, count.universe.persons), count.universe.who):
        found = told.find_standing_spans(key)
        return None if found is None else (found[0], *found[1])
    return len(one), *told.find_spans(mark_persons(people.staff, one.persons))


def _name_property(rule: Rule, facts: ClaimFacts, people: Facts) -> Property:
    """Return what a claim tells of people; one about how often has a threshold."""
    family = _name_counted(rule)
    threshold = None if rule.each_person is None or rule.at_least is None else rule.at_least
    name = family if threshold is None else f"{family} at_least={threshold}"
    staff = people.staff
    return Property(name, family, threshold, facts.at, staff.persons, staff.source)


def _release_personal_claim(
    outcome: ClaimOutcome, rule: Rule, facts: ClaimFacts, publication: Publication
) -> ClaimOutcome | None:
    """Return what is told of a claim about each of some people; None if nothing is."""
    people = facts.people
    if people is None or people.count is None:
        return None
    of = _name_property(rule, facts, people)
    told = publication.tell_property(of, people.staff, people.count)
    if told is None:
        return None
    spans = _find_spans(told, people, None)
    if spans is None:
        return None
    size, surely, possibly = spans
    record_claim(publication, told, people.count.universe.who, None, spans)
    exact = surely[0] == surely[1] and possibly[0] == possibly[1]
    settled = _settle_claim(
        evolve(
            _clear_claim(outcome),
            verdict=_judge_told_claim(surely, possibly, size),
            supported=surely[0] if exact else None,
            contradicted=size - possibly[0] if exact else None,
            open=possibly[0] - surely[0] if exact else None,
            lower=surely[0],
            upper=possibly[1],
            lacking=dict(_list_lacking(people, told, publication.floor.k)),
            people=size,
        ),
        facts,
    )
    return settled if surely != possibly else evolve(settled, missing=())


def _clear_claim(outcome: ClaimOutcome) -> ClaimOutcome:
    """Return a claim without anything that was counted."""
    nothing: dict[str, Any] = dict.fromkeys(
        ("supported", "contradicted", "open", "lower", "upper", "people", "facts")
    )
    return evolve(outcome, verdict=ClaimVerdict.OPEN, units={}, lacking={}, missing=(), **nothing)


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
