"""Communities above the schools: the support team, and networks across schools and municipalities."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from attrs import evolve, fields

from plfkit.arrays import Numbers
from plfkit.synthetic.claims.rules import find_reserved_roles
from plfkit.synthetic.communities.further import plan_municipal_slots
from plfkit.synthetic.communities.groups import (
    LACKING_EVERY,
    LACKING_PLACE,
    Groups,
    add_memberships,
)
from plfkit.synthetic.communities.slots import Slot
from plfkit.synthetic.draft import RowDraft
from plfkit.synthetic.office import HEAD, SUPPORT_TEAM, find_support_team
from plfkit.synthetic.people import Staff
from plfkit.synthetic.setting import Setting
from plfkit.synthetic.units import Units
from plfkit.synthetic.years import FINAL_YEAR, find_start_day

SCHOOLS_A_NETWORK = 12
COACHES_A_SCHOOL = 1


def add_networks(
    draft: RowDraft,
    setting: Setting,
    units: Units,
    office: Staff,
    schools: Sequence[Staff],
    partners: Sequence[Staff],
) -> tuple[Staff, Groups]:
    """Add the communities that belong to no single school.

    Returns:
        The people of all of them as one staff, and the communities.
    """
    chosen = [_choose_delegates(staff) for staff in schools]
    everybody = combine_staffs([office, *chosen, *partners], units.municipality)
    sizes = [len(office), *map(len, chosen), *map(len, partners)]
    starts = np.concatenate([[0], np.cumsum(sizes)])
    parts = [np.arange(start, end) for start, end in pairwise(starts)]
    first = dict(units.partners)
    slots = [
        Slot(
            SUPPORT_TEAM,
            "Forvaltningens supportteam (eksempel)",
            find_support_team(setting, office),
        ),
        *_plan_school_networks(everybody, parts[1 : len(chosen) + 1]),
        *(
            _plan_partner_network(setting, everybody, part, first[partner.unit])
            for part, partner in zip(parts[len(chosen) + 1 :], partners, strict=True)
        ),
        *plan_municipal_slots(setting, office, np.concatenate(parts[1 : len(chosen) + 1])),
    ]
    return everybody, _add_network_groups(draft, setting, (units, everybody), slots)


def combine_staffs(staffs: Sequence[Staff], unit: int) -> Staff:
    """Return several staffs as one."""
    joined = {
        attribute.name: np.concatenate(
            [getattr(staff, attribute.name) for staff in staffs], axis=-1
        )
        for attribute in fields(Staff)
        if attribute.name not in {"number", "unit"}
    }
    return Staff(number=0, unit=unit, **joined)


def _pick_seats(staff: Staff, seats: Numbers) -> Staff:
    """Return some seats of a staff."""
    kept = {
        attribute.name: getattr(staff, attribute.name)[..., seats]
        for attribute in fields(Staff)
        if attribute.name not in {"number", "unit"}
    }
    return evolve(staff, **kept)


def _choose_delegates(staff: Staff) -> Staff:
    """Return who goes to networks: a school's principal, and a resource person or two.

    The principal of a school without a leadership team goes to none, so that its level of leaders
    has no community at all.
    """
    coaches = np.flatnonzero(staff.coach)[:COACHES_A_SCHOOL]
    lacks = staff.number % LACKING_EVERY == LACKING_PLACE
    principal = staff.find_seats("principal")[: int(not lacks)]
    return _pick_seats(staff, np.concatenate([principal, coaches]))


def _plan_school_networks(everybody: Staff, schools: Sequence[Numbers]) -> Iterator[Slot]:
    for start in range(0, len(schools), SCHOOLS_A_NETWORK):
        seats = np.concatenate(schools[start : start + SCHOOLS_A_NETWORK])
        number = start // SCHOOLS_A_NETWORK + 1
        leads = everybody.leader[seats]
        yield Slot("network", f"Netværk {number} for skoleledere (eksempel)", seats[leads])
        yield Slot("network", f"Netværk {number} for ressourcepersoner (eksempel)", seats[~leads])


def _plan_partner_network(setting: Setting, everybody: Staff, seats: Numbers, year: int) -> Slot:
    """Return the network with another municipality: its people, our head, leaders and coaches."""
    heads = np.flatnonzero(everybody.roles == HEAD)
    ours = heads if HEAD not in find_reserved_roles(setting.wishes) else heads[:0]
    leaders = np.flatnonzero(everybody.leader)[:2]
    coaches = np.flatnonzero(everybody.coach & (everybody.roles == "teacher"))[:2]
    members = np.concatenate([seats, ours, leaders, coaches])
    return Slot("network", "Tværkommunalt netværk (eksempel)", members, year)


def _add_network_groups(
    draft: RowDraft, setting: Setting, place: tuple[Units, Staff], slots: Sequence[Slot]
) -> Groups:
    units, everybody = place
    first = np.array([slot.first for slot in slots])
    kinds = np.array([slot.kind for slot in slots], object)
    numbers = draft.add(
        "communities",
        len(slots),
        kind=kinds,
        name=np.array([slot.name for slot in slots], object),
        unit=np.where(kinds == SUPPORT_TEAM, units.administration, units.municipality),
        charter=kinds == SUPPORT_TEAM,
        valid_from=find_start_day(first),
    )
    present = np.zeros((FINAL_YEAR + 1, len(slots), len(everybody)), np.bool_)
    for row, slot in enumerate(slots):
        present[slot.first :, row, slot.seats] = True
    present &= (everybody.people >= 0)[:, None, :]
    last = np.full(len(slots), FINAL_YEAR)
    facilitators = np.array([slot.seats[0] for slot in slots])
    nothing = np.full(len(slots), -1, np.int64)
    groups = Groups(numbers, kinds, nothing, first, last, present, facilitators)
    add_memberships(draft, setting, groups, everybody)
    return groups
