"""Claims: whatever a profile's rules count is made to be there, in the rule's own terms."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import numpy as np

from plfkit.arrays import Numbers
from plfkit.model.declared.facts import Rule
from plfkit.periods import Period
from plfkit.synthetic.claims.holders import (
    NOBODY,
    count_kind_communities,
    find_kind_members,
    find_nearest_units,
    find_position_holders,
    find_qualified_people,
    list_units_of_kind,
    mark_people_staying,
)
from plfkit.synthetic.claims.rules import (
    Wish,
    find_compared_period,
    find_reserved_communities,
    find_reserved_roles,
    is_guest_role,
)
from plfkit.synthetic.claims.sessions import plant_events
from plfkit.synthetic.draft import RowDraft
from plfkit.synthetic.office import Invited
from plfkit.synthetic.setting import Setting
from plfkit.synthetic.units import Units
from plfkit.synthetic.years import NO_DAY, WINDOW, find_period_bounds

ORDINARY = ("teacher", "pedagogue")
"""Who takes on what a rule asks for, where nobody has it yet."""

SMALL = 3
"""How many members there are in a community that is only there because it is named."""
TITLE = "Fællesskab på tværs (eksempel)"

Bearers = tuple[Numbers, Numbers | None, Numbers | None]
"""Who has the role, who is a member and who is trained."""


def plant_claims(draft: RowDraft, setting: Setting, units: Units, guests: Invited) -> None:
    """Add what is still missing for the data to bear out every claim that has a rule."""
    for wish in setting.wishes:
        if not wish.rule.events:
            _plant_wish(draft, units, wish)
    plant_events(draft, setting, units, guests)


def plant_named_kinds(draft: RowDraft, setting: Setting, units: Units) -> None:
    """Add at each school what is named and chance left out: roles and communities that are nowhere."""
    for rule in _find_missing_kinds(draft, setting):
        _plant_wish(draft, units, Wish(rule, WINDOW))


def _find_missing_kinds(draft: RowDraft, setting: Setting) -> Iterator[Rule]:
    """Yield a rule for each role and kind of community that is named, and of which there is none."""
    _, held = draft.read_words("positions", "role")
    _, there = draft.read_words("communities", "kind")
    held = [*held, *find_reserved_roles(setting.wishes)]
    there = [*there, *find_reserved_communities(setting.wishes)]
    for role in setting.named.list_further("roles", held):
        if not is_guest_role(setting.profile, role):
            yield Rule(counts="people", at_least=1, each_unit="school", roles=(role,))
    for kind in setting.named.list_further("community_kinds", there):
        yield Rule(counts="people", at_least=SMALL, each_unit="school", communities=(kind,))


def _plant_wish(draft: RowDraft, units: Units, wish: Wish) -> None:
    """Add as many communities or people as are missing for a rule to hold."""
    plant = _plant_communities if wish.rule.counts == "communities" else _plant_people
    for unit in _list_units_to_fill(draft, wish.rule):
        plant(draft, units, wish, unit)


def _list_units_to_fill(draft: RowDraft, rule: Rule) -> Iterator[int | None]:
    """Yield each unit that a rule must hold for; None for the municipality as a whole."""
    if rule.each_unit is None:
        yield None
    else:
        yield from list_units_of_kind(draft, rule.each_unit).tolist()


def _plant_communities(draft: RowDraft, units: Units, wish: Wish, unit: int | None) -> None:
    """Add as many communities as are missing."""
    rule, inside = wish.rule, _find_units_looked_into(draft, wish.rule, unit)
    day = _choose_days_to_fill(wish)
    there = [
        count_kind_communities(draft, period, rule.communities, inside)
        for period in (day, _choose_compared_period(wish))
    ]
    missing = _count_missing(rule, *there)
    draft.add(
        "communities",
        missing,
        kind=rule.communities[0],
        name=TITLE,
        unit=units.municipality if unit is None else unit,
        valid_from=_find_first_new_day(wish),
    )


def _plant_people(draft: RowDraft, units: Units, wish: Wish, unit: int | None) -> None:
    """Give a role, a membership or a qualification to as many people as are missing."""
    rule, inside = wish.rule, _find_units_looked_into(draft, wish.rule, unit)
    period, since = _choose_days_to_fill(wish), _find_first_new_day(wish)
    parts = _find_bearers(draft, rule, period, inside)
    bearing = _find_full_bearers(parts)
    before = _find_full_bearers(_find_bearers(draft, rule, _choose_compared_period(wish), inside))
    missing = _count_missing(rule, len(bearing), len(before))
    chosen = _rank_candidates(draft, period, inside, (parts, bearing), rule)[:missing]
    has_role, is_member, has_training = parts
    _give_roles(draft, rule, chosen[~np.isin(chosen, has_role)], period, since)
    if is_member is not None:
        place = units.municipality if unit is None else unit
        _give_membership(draft, rule, chosen[~np.isin(chosen, is_member)], place, since)
    if has_training is not None:
        chosen = chosen[~np.isin(chosen, has_training)]
        kind = rule.qualifications[0]
        about = rule.subjects[0] if rule.subjects else None
        draft.add(
            "qualifications", len(chosen), person=chosen, kind=kind, subject=about, valid_from=since
        )


def _find_bearers(draft: RowDraft, rule: Rule, period: Period, inside: Numbers) -> Bearers:
    """Return who has the role, who is a member and who is trained; None where no rule asks."""
    return (
        find_position_holders(draft, period, rule.roles).list_at_units(inside),
        find_kind_members(draft, period, rule.communities).list_at_units(inside)
        if rule.communities
        else None,
        find_qualified_people(draft, period, rule.qualifications, rule.subjects)
        if rule.qualifications
        else None,
    )


def _find_full_bearers(parts: Bearers) -> Numbers:
    bearing, *others = parts
    for other in others:
        bearing = bearing if other is None else np.intersect1d(bearing, other)
    return bearing


def _count_missing(rule: Rule, now: int, before: int) -> int:
    """Return how many more are wanted: so many in all, or one more than there were before."""
    return max(0, (rule.count if rule.more_than is None else before + 1) - now)


def _choose_compared_period(wish: Wish) -> Period:
    """Return the period that a rule compares with; any will do for one that does not."""
    return find_compared_period(wish.rule, wish.period) or wish.period


def _choose_days_to_fill(wish: Wish) -> Period:
    """Return when there are to be so many: in all of the period, or on its first day."""
    start, _ = find_period_bounds(wish.period)
    return wish.period if wish.rule.more_than is None else Period(start, start + timedelta(days=1))


def _find_first_new_day(wish: Wish) -> np.datetime64:
    """Return the day from which on there are more; no day for what has always been so."""
    start, _ = find_period_bounds(wish.period)
    return NO_DAY if wish.rule.more_than is None else np.datetime64(start, "D")


def _find_units_looked_into(draft: RowDraft, rule: Rule, unit: int | None) -> Numbers:
    """Return the units that a rule looks into: of one unit, or of all, and only of some kind."""
    inside = np.ones(draft.count_rows("units"), np.bool_)
    if rule.each_unit is not None:
        inside &= find_nearest_units(draft, rule.each_unit) == unit
    if rule.within is not None:
        inside &= find_nearest_units(draft, rule.within) >= 0
    return np.flatnonzero(inside)


def _rank_candidates(
    draft: RowDraft, period: Period, inside: Numbers, known: tuple[Bearers, Numbers], rule: Rule
) -> Numbers:
    """Return who can still bear a rule out: those who lack least first, then ordinary staff."""
    (has_role, is_member, _), bearing = known
    ordinary = find_position_holders(draft, period, ORDINARY).list_at_units(inside)
    ordinary = ordinary[mark_people_staying(draft, ordinary, period)]
    first = has_role if rule.roles else ordinary
    nearly = NOBODY if is_member is None else np.intersect1d(first, is_member)
    order = np.concatenate([nearly, first[~np.isin(first, nearly)]])
    order = np.concatenate([order, ordinary[~np.isin(ordinary, order)]])
    return order[~np.isin(order, bearing)]


def _give_roles(
    draft: RowDraft, rule: Rule, people: Numbers, period: Period, since: np.datetime64
) -> None:
    """Give people a further position in the rule's first role, at their own place of work."""
    if not rule.roles or not len(people):
        return
    everywhere = find_position_holders(draft, period)
    place = np.searchsorted(everywhere.people, people, sorter=np.argsort(everywhere.people))
    unit = everywhere.units[np.argsort(everywhere.people)[place]]
    role = rule.roles[0]
    draft.add("positions", len(people), person=people, unit=unit, role=role, valid_from=since)


def _give_membership(
    draft: RowDraft, rule: Rule, people: Numbers, unit: int, since: np.datetime64
) -> None:
    """Bring people together in a community of the rule's kind."""
    if not len(people):
        return
    community = draft.add_one(
        "communities", kind=rule.communities[0], name=TITLE, unit=unit, valid_from=since
    )
    draft.add("memberships", len(people), community=community, person=people, valid_from=since)
