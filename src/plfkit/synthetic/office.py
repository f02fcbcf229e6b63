"""People beside the schools: the administration, guests, and colleagues of other municipalities."""

from __future__ import annotations

import numpy as np

from plfkit.synthetic.claims.rules import (
    OUTSIDE,
    Wishes,
    holders_wanted,
    invited_roles,
    members_wanted,
    reserved_roles,
)
from plfkit.synthetic.draft import Draft
from plfkit.synthetic.people import Staff, Words, add_persons, staff_of
from plfkit.synthetic.setting import Purpose, Setting
from plfkit.synthetic.units import Units
from plfkit.synthetic.years import YEARS, Numbers, start_of

SUPPORT_TEAM, CONSULTANT, HEAD, POLITICIAN = (
    "support_team",
    "consultant",
    "head_of_education",
    "politician",
)
CONSULTANTS, MORE_CONSULTANTS, POLITICIANS = 6, 2, 2
PARTNERS = 5
"""How many people of another municipality take part in a programme."""

Invited = dict[str, Numbers]
"""Guests by their role."""


def add_office(draft: Draft, setting: Setting, units: Units) -> Staff:
    """Add the administration: its head, the consultants of the support team, others, politicians.

    Nobody leaves it, so that what is said about it holds in all years.
    """
    found = setting.wishes
    team = _team_size(found)
    consultants, exactly = holders_wanted(found, CONSULTANT, team + MORE_CONSULTANTS)
    heads, _ = holders_wanted(found, HEAD, 1)
    politicians, _ = holders_wanted(found, POLITICIAN, POLITICIANS)
    beside = max(0, consultants - team) if exactly else max(MORE_CONSULTANTS, consultants - team)
    counts = {HEAD: heads, CONSULTANT: team + beside, POLITICIAN: politicians}
    roles = np.array([role for role, count in counts.items() for _ in range(count)], object)
    chance = setting.chance(Purpose.PEOPLE)
    people, jobs = add_persons(draft, chance, len(roles), turnover=0.0)
    unit = np.full(len(roles), units.administration)
    unit[heads + team : heads + team + beside] = units.support
    unit[heads + team + beside :] = units.municipality
    days = {name: jobs[name] for name in ("person", "valid_from", "valid_to")}
    seat = jobs["seat"]
    fte = np.where(roles == POLITICIAN, np.nan, 1.0)[seat]
    draft.add("positions", len(seat), **days, unit=unit[seat], role=roles[seat], fte=fte)
    return staff_of(setting.vocabulary, (0, units.municipality), people, roles)


def support_team(setting: Setting, office: Staff) -> Numbers:
    """Return the seats of the consultants in the support team."""
    return office.seats(CONSULTANT)[: _team_size(setting.wishes)]


def _team_size(found: Wishes) -> int:
    """Return how many consultants are in the support team: no more than there are."""
    there, exactly = holders_wanted(found, CONSULTANT, CONSULTANTS)
    default = min(there, CONSULTANTS) if exactly else CONSULTANTS
    return members_wanted(found, SUPPORT_TEAM, CONSULTANT, default)


def add_guests(draft: Draft, setting: Setting, units: Units) -> Invited:
    """Add the guests that rules ask for, for the days on which they are here."""
    guests: Invited = {}
    for role, (count, period) in invited_roles(setting.profile).items():
        days = {
            "valid_from": np.datetime64(period.start, "D"),
            "valid_to": np.datetime64(period.end, "D"),
        }
        guests[role] = draft.add("persons", count, **days)
        draft.add("positions", count, person=guests[role], unit=units.guests, role=role, **days)
    return guests


def add_partners(draft: Draft, setting: Setting, units: Units) -> list[Staff]:
    """Add the people of other municipalities who take part in the programmes."""
    return [_partner(draft, setting, unit, year) for unit, year in units.partners]


def _partner(draft: Draft, setting: Setting, unit: int, year: int) -> Staff:
    role = partner_role(setting)
    numbers = draft.add("persons", PARTNERS, valid_from=start_of(year))
    draft.add(
        "positions", PARTNERS, person=numbers, unit=unit, role=role, valid_from=start_of(year)
    )
    people = np.tile(numbers, (len(YEARS), 1))
    people[:year] = -1
    roles: Words = np.full(PARTNERS, role, object)
    return staff_of(setting.vocabulary, (0, unit), people, roles)


def partner_role(setting: Setting) -> str:
    """Return what people of other municipalities are: the first role whose holders nobody counts."""
    each = {wish.rule.each_person for wish in setting.wishes}
    counted = reserved_roles(setting.wishes) | each
    roles = [name for name, role in setting.vocabulary.roles.items() if role.level == OUTSIDE]
    return next((role for role in roles if role not in counted), roles[0])
