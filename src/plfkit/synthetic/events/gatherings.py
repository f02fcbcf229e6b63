"""What brings schools together: talks, training, workshops, visits and conferences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from attrs import frozen

from plfkit.arrays import Numbers
from plfkit.synthetic.draft import RowDraft
from plfkit.synthetic.named_words import spread_words
from plfkit.synthetic.office import HEAD
from plfkit.synthetic.people import Staff
from plfkit.synthetic.schooldays import pick_school_days
from plfkit.synthetic.setting import Setting, StreamPurpose
from plfkit.synthetic.units import Units
from plfkit.synthetic.years import YEARS

AT_SCHOOLS = {
    "training_day": (1, 6.0),
    "workshop": (1, 3.0),
    "school_visit": (1, 4.0),
    "school_development_talk": (2, 2.0),
}
"""What takes place at each school in a year: how often, and for how many hours."""
CONFERENCE_HOURS, EXTRA_HOURS = 6.0, 2.0
FROM_A_SCHOOL = 3
COMING = 0.85
JOINT_KINDS = ("conference", "network_meeting")
"""What people of other municipalities take part in."""

PLACED_KINDS = frozenset(
    {
        "coordination_meeting",
        "planning_meeting",
        "dialogue_meeting",
        "data_meeting",
        "leadership_meeting",
        "network_meeting",
        "observation_visit",
        "co_teaching_lesson",
        "coaching_session",
        "handover_meeting",
        "conference",
        *AT_SCHOOLS,
    }
)
"""Kinds of events that have a place of their own; further kinds take place in the municipality."""
_MUNICIPAL_STREAM = 1_000_000
_MOST_ATTENDING = 200
NAMES_UP_TO = 100
"""Above so many schools, what takes place at each school counts heads only."""


@frozen
class Gathering:
    """An event that people come to from several places."""

    kind: str
    unit: int
    year: int
    hours: float


def add_gatherings(
    draft: RowDraft,
    setting: Setting,
    units: Units,
    office: Staff,
    schools: Sequence[Staff],
    partners: Sequence[Staff],
) -> None:
    """Add what takes place at schools, and what the municipality holds for all of them."""
    chance = setting.open_stream(StreamPurpose.MEETINGS, _MUNICIPAL_STREAM)
    head = office.find_seats(HEAD)[:1]
    for year in range(len(YEARS)):
        for staff in schools:
            _add_school_gatherings(draft, setting, chance, staff, (year, office.people[year, head]))
        come = [
            office.people[year, head],
            *(_pick_school_envoys(chance, staff, year) for staff in schools),
        ]
        ours = np.concatenate(come)
        theirs = [partner.people[year] for partner in partners]
        for kind in JOINT_KINDS:
            them = np.concatenate([people[people >= 0] for people in (*theirs, ours[:0])])
            gathering = Gathering(kind, units.municipality, year, CONFERENCE_HOURS)
            _add_gathering(draft, setting, chance, gathering, [ours[:_MOST_ATTENDING], them])
        for kind in sorted(set(setting.vocabulary.event_kinds) - PLACED_KINDS):
            gathering = Gathering(kind, units.municipality, year, EXTRA_HOURS)
            _add_gathering(draft, setting, chance, gathering, [ours[:_MOST_ATTENDING]])


def _add_school_gatherings(
    draft: RowDraft,
    setting: Setting,
    chance: np.random.Generator,
    staff: Staff,
    when: tuple[int, Numbers],
) -> None:
    year, head = when
    there = staff.people[year]
    leaders = there[staff.leader]
    for kind, (often, hours) in AT_SCHOOLS.items():
        for _ in range(often):
            people = there[staff.asked & (chance.random(len(there)) < COMING)]
            if kind in ("school_development_talk", "school_visit"):
                people = np.append(leaders, head)
            gathering = Gathering(kind, staff.unit, year, hours)
            _add_gathering(draft, setting, chance, gathering, [people])


def _pick_school_envoys(chance: np.random.Generator, staff: Staff, year: int) -> Numbers:
    """Return whom a school sends: leaders and resource persons."""
    seats = np.flatnonzero(staff.leader | staff.coach)
    return np.asarray(staff.people[year, chance.permutation(seats)[:FROM_A_SCHOOL]])


def _add_gathering(
    draft: RowDraft,
    setting: Setting,
    chance: np.random.Generator,
    gathering: Gathering,
    sides: Sequence[Numbers],
) -> None:
    """Add one event and those who came; of a kind that rules count exactly there is none."""
    if gathering.kind in setting.reserved[gathering.year]:
        return
    people = np.unique(np.concatenate(sides))
    known: dict[str, Any] = {
        "kind": gathering.kind,
        "unit": gathering.unit,
        "hours": gathering.hours,
        "headcount": len(people),
        "date": pick_school_days(gathering.year, chance.random(1)),
    }
    event = draft.add_one("events", **known)
    if len(setting.schools) <= NAMES_UP_TO or gathering.kind in JOINT_KINDS:
        role = np.full(len(people), "participant", object)
        role = spread_words(role, "participant", setting.named.list_own("participation_roles"))
        draft.add("participations", len(people), event=event, person=people, role=role)
