"""People beside the schools: the administration, guests, and colleagues of other municipalities."""

from __future__ import annotations

import numpy as np

from plfkit.arrays import Numbers
from plfkit.profiles.profile import GUEST_LEVEL
from plfkit.synthetic.claims.rules import (
    Wishes,
    count_holders_wanted,
    count_members_wanted,
    find_reserved_roles,
)
from plfkit.synthetic.draft import RowDraft
from plfkit.synthetic.people import (
    SEATS_A_ROLE,
    Staff,
    WordCells,
    add_persons,
    build_staff,
    list_further_roles,
)
from plfkit.synthetic.setting import Setting, StreamPurpose
from plfkit.synthetic.units import Units
from plfkit.synthetic.years import YEARS, find_start_day

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


def add_office(draft: RowDraft, setting: Setting, units: Units) -> Staff:
    """Add the administration: its head, the consultants of the support team, others, politicians.

    Nobody leaves it, so that what is said about it holds in all years.
    """
    wishes = setting.wishes
    team = _count_team_consultants(wishes)
    consultants, exactly = count_holders_wanted(wishes, CONSULTANT, team + MORE_CONSULTANTS)
    heads, _ = count_holders_wanted(wishes, HEAD, 1)
    politicians, _ = count_holders_wanted(wishes, POLITICIAN, POLITICIANS)
    beside = max(0, consultants - team) if exactly else max(MORE_CONSULTANTS, consultants - team)
    further = dict.fromkeys(list_further_roles(setting, municipal=True), SEATS_A_ROLE)
    counts = {HEAD: heads, CONSULTANT: team + beside, POLITICIAN: politicians, **further}
    roles = np.array([role for role, count in counts.items() for _ in range(count)], object)
    chance = setting.open_stream(StreamPurpose.PEOPLE)
    people, jobs = add_persons(draft, chance, len(roles), turnover=0.0)
    unit = np.full(len(roles), units.administration)
    unit[heads + team : heads + team + beside] = units.support
    unit[heads + team + beside :] = units.municipality
    unit[heads + team + beside + politicians :] = units.administration
    days = {name: jobs[name] for name in ("person", "valid_from", "valid_to")}
    seat = jobs["seat"]
    fte = np.where(roles == POLITICIAN, np.nan, 1.0)[seat]
    draft.add("positions", len(seat), **days, unit=unit[seat], role=roles[seat], fte=fte)
    return build_staff(setting.vocabulary, (0, units.municipality), people, roles)


def find_support_team(setting: Setting, office: Staff) -> Numbers:
    """Return the seats of the consultants in the support team."""
    return office.find_seats(CONSULTANT)[: _count_team_consultants(setting.wishes)]


def _count_team_consultants(wishes: Wishes) -> int:
    """Return how many consultants are in the support team: no more than there are."""
    there, exactly = count_holders_wanted(wishes, CONSULTANT, CONSULTANTS)
    default = min(there, CONSULTANTS) if exactly else CONSULTANTS
    return count_members_wanted(wishes, SUPPORT_TEAM, CONSULTANT, default)


def add_guests(draft: RowDraft, setting: Setting, units: Units) -> Invited:
    """Add the guests that are asked for, for the days on which they are here."""
    guests: Invited = {}
    for role, (count, period) in setting.invited.items():
        days = {
            "valid_from": np.datetime64(period.start, "D"),
            "valid_to": np.datetime64(period.end, "D"),
        }
        guests[role] = draft.add("persons", count, **days)
        draft.add("positions", count, person=guests[role], unit=units.guests, role=role, **days)
    return guests


def add_partners(draft: RowDraft, setting: Setting, units: Units) -> list[Staff]:
    """Add the people of other municipalities who take part in the programmes."""
    return [_add_partner_staff(draft, setting, unit, year) for unit, year in units.partners]


def _add_partner_staff(draft: RowDraft, setting: Setting, unit: int, year: int) -> Staff:
    role = _choose_partner_role(setting)
    numbers = draft.add("persons", PARTNERS, valid_from=find_start_day(year))
    draft.add(
        "positions", PARTNERS, person=numbers, unit=unit, role=role, valid_from=find_start_day(year)
    )
    people = np.tile(numbers, (len(YEARS), 1))
    people[:year] = -1
    roles: WordCells = np.full(PARTNERS, role, object)
    return build_staff(setting.vocabulary, (0, unit), people, roles)


def _choose_partner_role(setting: Setting) -> str:
    """Return what people of other municipalities are: the first role whose holders nobody counts."""
    each = {wish.rule.each_person for wish in setting.wishes}
    counted = find_reserved_roles(setting.wishes) | each
    roles = [name for name, role in setting.vocabulary.roles.items() if role.level == GUEST_LEVEL]
    return next((role for role in roles if role not in counted), roles[0])
