"""Who bears out a claim about people: for the gate, and never beyond."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from attrs import evolve

from plfkit.arrays import Flags
from plfkit.goals.checking import Key, RuleCheck
from plfkit.graph.staff_list import list_staff
from plfkit.graph.unit_trees import find_nearest_above
from plfkit.model.records.needs import Need
from plfkit.model.results.facts import ClaimFacts, Facts, PeopleCount, PeopleSet, Who
from plfkit.model.words.verdicts import ClaimVerdict

Verdicts = Mapping[Key, ClaimVerdict]


def collect_claim_facts(
    check: RuleCheck, verdicts: Verdicts, before: RuleCheck | None = None
) -> ClaimFacts | None:
    """Return what a claim about people rests on; None for a claim about anything else.

    Args:
        check: Its rule, and the period in which it is to hold.
        verdicts: The verdict of each unit, of each person, or of the whole.
        before: The same rule, and the period that the claim compares with.
    """
    rule = check.rule
    if not (rule.about_people or (rule.events and rule.within)):
        return None
    earlier = None if before is None else collect_claim_facts(before, {})
    facts = ClaimFacts(
        at=str(check.moment.period),
        people=None,
        complete={key: _is_complete(check, key) for key in _list_unit_keys(check)},
        gaps=tuple(dict.fromkeys(_name_all_gaps(check))),
        all_known=not check.unknown,
        before=earlier,
    )
    if rule.each_person is not None:
        return evolve(facts, people=_collect_asked_people(check, verdicts))
    if rule.counts == "people":
        return evolve(facts, people=_collect_counted_people(check))
    # Whose days are counted, and who is in a community, is theirs; who holds a role everybody knows.
    known = rule.counts != "person_days" and not rule.communities
    return evolve(facts, holders=_count_fewest_holders(check) if known else None)


def _list_unit_keys(check: RuleCheck) -> tuple[Key, ...]:
    """Return the units of which a rule must hold, or None for anywhere."""
    return check.asked_keys if check.rule.each_unit is not None else (None,)


def _is_complete(check: RuleCheck, key: Key) -> bool:
    """Tell whether a list may lack nobody; to events of which everybody counts anybody may have come."""
    anybody = check.rule.events and not (check.rule.roles or check.rule.within)
    return not anybody and not check.name_gaps(key)


def _name_all_gaps(check: RuleCheck) -> Iterator[Need]:
    """Yield what would settle a claim, whatever was counted."""
    for key in _list_unit_keys(check):
        yield from check.name_gaps(key)
    if check.rule.events and not check.all_named.all():
        yield Need("participations")
    yield from check.unknown


def _count_fewest_holders(check: RuleCheck) -> int:
    """Count those who hold a role of the rule, at the unit with the fewest."""
    units = map(check.find_units_inside, _list_unit_keys(check))
    held = map(check.eligible.find_holders, units)
    return min((int(people.sum()) for people in held), default=0)


def _collect_asked_people(check: RuleCheck, verdicts: Verdicts) -> Facts:
    """Return of each of whom a rule must hold, and of whom it does."""
    asked, surely, possibly = np.zeros((3, len(check.moment.person_ids)), np.bool_)
    for person, verdict in verdicts.items():
        number = check.person_numbers[person or ""]
        asked[number] = True
        surely[number] = verdict is ClaimVerdict.SUPPORTED
        possibly[number] = verdict is not ClaimVerdict.CONTRADICTED
    return _build_facts(check, {None: asked}, surely, possibly)


def _collect_counted_people(check: RuleCheck) -> Facts | None:
    """Return who may be counted, at each unit or anywhere, and who is."""
    everybody = check.eligible.find_holders(None)
    holders: dict[Key, Flags] = {None: everybody}
    if check.rule.each_unit is None:
        return _build_facts(check, holders, *_mark_counted_people(check))
    if check.rule.events:
        return None  # whoever came to an event at a unit may work anywhere
    some = np.zeros_like(everybody)
    everywhere = ~some
    for key in check.asked_keys:
        inside = check.find_units_inside(key)
        holders[key] = check.eligible.find_holders(inside)
        counted = check.eligible.find_counted_people(inside)
        # Who works at two units and counts at one of them counts at either one only perhaps.
        some |= counted
        everywhere &= counted | ~holders[key]
    return _build_facts(check, holders, some & everywhere, some)


def _mark_counted_people(check: RuleCheck) -> tuple[Flags, Flags]:
    """Tell who is counted for certain, and who may be."""
    if not check.rule.events:
        counted = check.eligible.find_counted_people(None)
        return counted, counted
    surely = np.zeros(len(check.moment.person_ids), np.bool_)
    surely[check.select_counted_events(None).find_people()] = True
    possibly = surely if check.all_named.all() else np.ones_like(surely)
    return surely, possibly


def _build_facts(
    check: RuleCheck, asked: Mapping[Key, Flags], surely: Flags, possibly: Flags
) -> Facts:
    sets = {
        key: PeopleSet(np.flatnonzero(people), _name_people(check, key))
        for key, people in asked.items()
    }
    everybody = asked[None]
    count = PeopleCount(sets[None], surely & everybody, possibly & everybody)
    return Facts(staff=list_staff(check.moment), sets=sets, count=count)


def _name_people(check: RuleCheck, key: Key) -> Who:
    """Return the people of a rule, at a unit or anywhere, in public words."""
    rule = check.rule
    who = {"of": check.eligible.asked_roles}
    if key is not None:
        return {**who, "at": (key,)}
    if rule.within is None:
        return who
    # Only units of that kind: the others that belong to one are below it.
    ids = check.moment.units.column("id").categories
    near = find_nearest_above(check.moment, rule.within)
    return {**who, "at": tuple(ids[unit] for unit in np.unique(near[near >= 0]).tolist())}
