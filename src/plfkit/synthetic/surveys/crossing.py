"""Ties that leave the school: to other schools, to the administration, to other municipalities."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
from attrs import evolve

from plfkit.arrays import Flags, Floats
from plfkit.synthetic.communities.networks import combine_staffs
from plfkit.synthetic.draft import RowDraft
from plfkit.synthetic.people import Staff
from plfkit.synthetic.setting import Setting, StreamPurpose
from plfkit.synthetic.surveys.rounds import RELATIONS, Rounds, add_responses
from plfkit.synthetic.surveys.ties import add_ties, list_made_relations
from plfkit.synthetic.units import MUNICIPALITY
from plfkit.synthetic.years import YEARS

OUTWARD = {"advice": 0.14, "collaboration": 0.06, "reflective_dialogue": 0.05, "observation": 0.02}
"""How many ties a teacher has that leave the school."""
OUTWARD_ELSE = 0.06
MORE_OUTWARD = 4.0
"""How many times as many leaders and resource persons have."""
CANDIDATES = 3
NEIGHBOURS = 3
TO_ADMINISTRATION = 0.35
SOUGHT = 4.0
PARTNER_TIES = 3
PARTNER_STREAM = 2_000_000


def add_crossing_ties(
    draft: RowDraft,
    setting: Setting,
    rounds: Rounds,
    staffs: tuple[Staff, Sequence[Staff]],
    answered: tuple[Flags, Sequence[Flags]],
) -> None:
    """Add the ties between schools and with the administration.

    Args:
        draft: Where.
        setting: What the example is made from.
        rounds: The surveys.
        staffs: The administration, and the schools.
        answered: Who answered, in the same order.
    """
    office, schools = staffs
    for place, staff in enumerate(schools):
        others = [schools[n] for n in _list_nearest_schools(place, len(schools))]
        _add_outward_ties(draft, setting, rounds, staff, [office, *others], answered[1][place])
    _add_outward_ties(draft, setting, rounds, office, list(schools[:NEIGHBOURS]), answered[0])


def _list_nearest_schools(place: int, count: int) -> list[int]:
    """Return the schools that a school has ties with: the nearest in number."""
    near = range(place - NEIGHBOURS, place + NEIGHBOURS + 1)
    return [other for other in near if 0 <= other < count and other != place]


def _add_outward_ties(
    draft: RowDraft,
    setting: Setting,
    rounds: Rounds,
    staff: Staff,
    others: Sequence[Staff],
    answered: Flags,
) -> None:
    """Add the ties of one place to others: each seat has candidates, some of them sought each year."""
    if not others:
        return
    chance = setting.open_stream(StreamPurpose.TIES, PARTNER_STREAM + staff.number)
    pool = combine_staffs(others, -1)
    weight = _weigh_seats(pool, others[0])
    targets = chance.choice(len(pool), (len(staff), CANDIDATES), p=weight / weight.sum())
    eager = np.where(staff.leader | staff.coach, MORE_OUTWARD, 1.0)[:, None] / CANDIDATES
    further = dict.fromkeys(list_made_relations(setting), OUTWARD_ELSE)
    for relation, rate in (OUTWARD | further | OUTWARD).items():
        for year in range(len(YEARS)):
            sought = chance.random(targets.shape) < rate * eager
            seat, slot = np.nonzero(sought & answered[year][:, None])
            pairs = np.unique(np.stack([seat, targets[seat, slot]]), axis=1)
            source, target = staff.people[year, pairs[0]], pool.people[year, pairs[1]]
            add_ties(draft, chance, rounds, (relation, year), source, target)


def _weigh_seats(pool: Staff, first: Staff) -> Floats:
    """Return how likely each seat is sought; the first place has a share of its own."""
    weight = pool.asked * np.where(pool.leader | pool.coach, SOUGHT, 1.0)
    if first.number == 0:
        inside = np.arange(len(pool)) < len(first)
        total = weight[~inside].sum() or 1.0
        weight[inside] *= TO_ADMINISTRATION * total / weight[inside].sum()
    return np.asarray(weight)


def add_partner_ties(
    draft: RowDraft,
    setting: Setting,
    rounds: Rounds,
    everybody: Staff,
    partners: Sequence[Staff],
) -> None:
    """Add advice between people of other municipalities and our administration, leaders, coaches.

    They are on the roster of advice, and of what this profile asks beside what every example asks; and
    only where an indicator compares municipalities: every other figure would count them in.
    """
    if MUNICIPALITY not in setting.named.list_given("unit"):
        return
    named = setting.named.list_given("relation", beside=MUNICIPALITY)
    further = [name for name in rounds.networks if name in named or name not in RELATIONS]
    relations = tuple(dict.fromkeys(["advice", *further]))
    ours = np.flatnonzero(everybody.asked & (everybody.leader | everybody.coach))
    for place, partner in enumerate(partners):
        asked = evolve(partner, asked=np.ones(len(partner), np.bool_))
        stream = PARTNER_STREAM + place
        answered = add_responses(draft, setting, rounds, asked, stream=stream, relations=relations)
        chance = setting.open_stream(StreamPurpose.PRACTICE, stream)
        shape = (len(partner), min(PARTNER_TIES, len(ours)))
        sought = np.array([chance.permutation(ours)[: shape[1]] for _ in range(shape[0])])
        for relation, year in product(relations, range(len(YEARS))):
            seat, slot = np.nonzero(np.broadcast_to(answered[year][:, None], shape))
            target = everybody.people[year, sought[seat, slot]]
            source = partner.people[year, seat]
            there = (source >= 0) & (target >= 0)
            add_ties(draft, chance, rounds, (relation, year), source[there], target[there])
