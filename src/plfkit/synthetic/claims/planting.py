"""Claims: whatever a profile's rules count is made to be there, in the rule's own terms."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from plfkit.model.facts import Rule
from plfkit.periods import Period
from plfkit.synthetic.claims.holders import holders, members, nearest, stays, trained, units_of
from plfkit.synthetic.claims.rules import Wish
from plfkit.synthetic.claims.sessions import plant_events
from plfkit.synthetic.draft import Draft
from plfkit.synthetic.office import Invited
from plfkit.synthetic.setting import Setting
from plfkit.synthetic.units import Units
from plfkit.synthetic.years import Numbers

ORDINARY = ("teacher", "pedagogue")
"""Who takes on what a rule asks for, where nobody has it yet."""


def plant(draft: Draft, setting: Setting, units: Units, guests: Invited) -> None:
    """Add what is still missing for the data to bear out every claim that has a rule."""
    for wish in setting.wishes:
        if not wish.rule.events and wish.rule.counts == "people":
            for unit in _places(draft, wish.rule):
                _plant_people(draft, units, wish, unit)
    plant_events(draft, setting, units, guests)


def _places(draft: Draft, rule: Rule) -> Iterator[int | None]:
    """Yield each unit that a rule must hold for; None for the municipality as a whole."""
    if rule.each_unit is None:
        yield None
    else:
        yield from units_of(draft, rule.each_unit).tolist()


def _plant_people(draft: Draft, units: Units, wish: Wish, unit: int | None) -> None:
    """Give a role, a membership or a qualification to as many people as are missing."""
    rule, period = wish.rule, wish.period
    inside = _below(draft, rule, unit)
    has_role = holders(draft, period, rule.roles).at(inside)
    is_member = members(draft, period, rule.communities).at(inside) if rule.communities else None
    has_training = trained(draft, period, rule.qualifications) if rule.qualifications else None
    bearing = has_role
    for others in (is_member, has_training):
        bearing = bearing if others is None else np.intersect1d(bearing, others)
    missing = max(0, rule.count - len(bearing))
    chosen = _candidates(draft, period, inside, (has_role, bearing), rule)[:missing]
    new = chosen[~np.isin(chosen, has_role)]
    _give_roles(draft, rule, new, period)
    if is_member is not None:
        place = units.municipality if unit is None else unit
        _give_membership(draft, rule, chosen[~np.isin(chosen, is_member)], place)
    if has_training is not None:
        chosen = chosen[~np.isin(chosen, has_training)]
        draft.add("qualifications", len(chosen), person=chosen, kind=rule.qualifications[0])


def _below(draft: Draft, rule: Rule, unit: int | None) -> Numbers:
    """Return the units that a rule looks into: of one unit, or of all, and only of some kind."""
    inside = np.ones(draft.length("units"), np.bool_)
    if rule.each_unit is not None:
        inside &= nearest(draft, rule.each_unit) == unit
    if rule.within is not None:
        inside &= nearest(draft, rule.within) >= 0
    return np.flatnonzero(inside)


def _candidates(
    draft: Draft, period: Period, inside: Numbers, known: tuple[Numbers, Numbers], rule: Rule
) -> Numbers:
    """Return who can still bear a rule out: those who hold its role first, then ordinary staff."""
    has_role, bearing = known
    ordinary = holders(draft, period, ORDINARY).at(inside)
    ordinary = ordinary[stays(draft, ordinary, period)]
    first = has_role if rule.roles else ordinary
    order = np.concatenate([first, ordinary[~np.isin(ordinary, first)]])
    return order[~np.isin(order, bearing)]


def _give_roles(draft: Draft, rule: Rule, people: Numbers, period: Period) -> None:
    """Give people a further position in the rule's first role, at their own place of work."""
    if not rule.roles or not len(people):
        return
    everywhere = holders(draft, period)
    place = np.searchsorted(everywhere.people, people, sorter=np.argsort(everywhere.people))
    unit = everywhere.units[np.argsort(everywhere.people)[place]]
    draft.add("positions", len(people), person=people, unit=unit, role=rule.roles[0])


def _give_membership(draft: Draft, rule: Rule, people: Numbers, unit: int) -> None:
    """Bring people together in a community of the rule's kind."""
    if not len(people):
        return
    community = draft.one(
        "communities",
        kind=rule.communities[0],
        name="Fællesskab på tværs (eksempel)",
        unit=unit,
    )
    draft.add("memberships", len(people), community=community, person=people)
