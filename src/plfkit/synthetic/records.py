"""Registrations and qualifications."""

from __future__ import annotations

import numpy as np

from plfkit.arrays import Flags, Numbers
from plfkit.model.records.rows import EVENTS_TABLE, REGISTERS
from plfkit.synthetic.claims.rules import find_claimed_kinds
from plfkit.synthetic.draft import RowDraft
from plfkit.synthetic.people import Staff
from plfkit.synthetic.setting import Setting, StreamPurpose
from plfkit.synthetic.units import Units
from plfkit.synthetic.years import YEARS, find_start_day

COMPLETE = (0.9, 0.94, 0.97)
"""How often the log of a kind of event is complete, year by year."""
COACHES_TRAINED, FACILITATORS_TRAINED, LEADERS_TRAINED = 0.66, 0.35, 0.7
TEACHERS_QUALIFIED = 0.86
FURTHER_TRAINED = 0.4
"""The share of the staff with a qualification that the profile adds."""
WITHOUT_SUBJECT = ("coach_training", "facilitator_training", "leadership_training")
"""What people are trained in whatever they teach."""
PROGRAMME = (0.15, 0.3, 0.4)
"""The share of the staff who complete an element of the programme, year by year."""

PROJECT_EVENTS = ("conference", "training_day", "workshop")
"""Kinds of events that a project holds, and of which it keeps a full log itself."""


def add_registrations(draft: RowDraft, setting: Setting, units: Units) -> None:
    """Add whether lists are complete: logs mostly, and wherever a rule counts events; registers are."""
    kinds = list(setting.vocabulary.event_kinds)
    logged = np.isin(kinds, PROJECT_EVENTS)
    places = [(0, units.municipality), *((s.plan.number, s.unit) for s in units.schools)]
    for number, unit in places:
        chance = setting.open_stream(StreamPurpose.REGISTRATIONS, number)
        drawn = chance.random(len(kinds))
        for year in range(len(YEARS)):
            claimed = np.isin(kinds, list(find_claimed_kinds(setting.wishes, year)))
            draft.add(
                "registrations",
                len(kinds),
                unit=unit,
                of=EVENTS_TABLE,
                kind=np.array(kinds, object),
                complete=claimed | logged | (drawn < COMPLETE[year]) | (number == 0),
                valid_from=find_start_day(year),
                valid_to=find_start_day(year + 1),
            )
    registers = [name for name in REGISTERS if name != EVENTS_TABLE]
    draft.add(
        "registrations",
        len(registers),
        unit=units.municipality,
        of=np.array(registers, object),
        complete=True,
        valid_from=find_start_day(0),
    )


def add_qualifications(draft: RowDraft, setting: Setting, staff: Staff) -> None:
    """Add what the people of one place are trained in."""
    chance = setting.open_stream(StreamPurpose.QUALIFICATIONS, staff.number)
    people, seats = _list_staff_once(staff)
    own = setting.named.list_own("qualification_kinds")
    for kind, who, share in (
        ("teaching_qualification", staff.roles == "teacher", TEACHERS_QUALIFIED),
        ("coach_training", staff.coach, COACHES_TRAINED),
        ("facilitator_training", staff.coach, FACILITATORS_TRAINED),
        ("leadership_training", staff.leader, LEADERS_TRAINED),
        *((kind, staff.asked, FURTHER_TRAINED) for kind in own),
    ):
        chosen = (who & ~_mark_withheld_training(setting, kind, staff))[seats]
        chosen &= chance.random(len(people)) < share
        about = None if kind in WITHOUT_SUBJECT else staff.subjects[seats[chosen]]
        draft.add(
            "qualifications", int(chosen.sum()), person=people[chosen], kind=kind, subject=about
        )
    _add_programme(draft, setting, chance, staff)


def _mark_withheld_training(setting: Setting, kind: str, staff: Staff) -> Flags:
    """Tell who is not trained by chance, because a rule counts exactly who is."""
    withheld = np.zeros(len(staff), np.bool_)
    for wish in setting.wishes:
        if wish.rule.exactly is not None and kind in wish.rule.qualifications:
            withheld[staff.find_seats(*wish.rule.roles) if wish.rule.roles else slice(None)] = True
    return withheld


def _list_staff_once(staff: Staff) -> tuple[Numbers, Numbers]:
    """Return each person of a place once, and a seat of theirs."""
    seats = np.tile(np.arange(len(staff)), (len(YEARS), 1))
    people, first = np.unique(staff.people.ravel(), return_index=True)
    here = people >= 0
    return people[here], seats.ravel()[first[here]]


def _add_programme(
    draft: RowDraft, setting: Setting, chance: np.random.Generator, staff: Staff
) -> None:
    """Add those who complete an element of the programme; each counts from the year after."""
    have: Numbers = np.empty(0, np.int64)
    may = staff.asked & ~_mark_withheld_training(setting, "programme_element", staff)
    for year in range(len(YEARS)):
        taking = may & (chance.random(len(staff)) < PROGRAMME[year])
        people = np.setdiff1d(staff.people[year, taking], have)
        have = np.union1d(have, people)
        draft.add(
            "qualifications",
            len(people),
            person=people,
            kind="programme_element",
            valid_from=find_start_day(year),
        )
