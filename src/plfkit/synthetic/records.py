"""Registrations, qualifications and outcomes."""

from __future__ import annotations

from typing import Any

import numpy as np

from plfkit.arrays import Flags, Numbers
from plfkit.model.records.rows import EVENTS_TABLE, REGISTERS
from plfkit.profiles.profile import Profile
from plfkit.synthetic.claims.rules import find_claimed_kinds
from plfkit.synthetic.draft import RowDraft
from plfkit.synthetic.events.meetings import interpolate_share
from plfkit.synthetic.people import Staff
from plfkit.synthetic.setting import Setting, StreamPurpose
from plfkit.synthetic.units import SchoolUnits, Units
from plfkit.synthetic.years import YEARS, find_start_day

COMPLETE = (0.9, 0.94, 0.97)
"""How often the log of a kind of event is complete, year by year."""
COACHES_TRAINED, FACILITATORS_TRAINED, LEADERS_TRAINED = 0.66, 0.35, 0.7
TEACHERS_QUALIFIED = 0.86
PROGRAMME = (0.15, 0.3, 0.4)
"""The share of the staff who complete an element of the programme, year by year."""

PUPILS_A_STAFF, HIGH_BACKGROUND, BACKGROUND_SPREAD = 11, 0.55, 0.09
PUPILS_COME_AND_GO = 0.04
GAPS_DIFFER = 0.35
"""How far apart the gaps of schools are, as a share of the usual one."""
LEAST_PUPILS = 24
WELLBEING, PROGRESSION = "wellbeing", "progression_share"
IS_SHARE = "_share"
"""How the names of shares end; other figures are means on a scale from 1 to 5."""
MEAN_LEVEL, SHARE_LEVEL = (3.6, 0.12), (0.68, 0.05)
"""Where schools lie on average, and how far apart."""
MEAN_GAPS, SHARE_GAPS = (0.14, 0.1), (0.16, 0.12)
"""How far apart pupils of high and of low social background are, in the first and last year."""
COVERAGE, COVERED, COVERED_SPREAD, LESSONS_A_STAFF = "competence_coverage", 0.87, 0.04, 640
"""How many lessons a year there are, and how many of them qualified teachers give."""
_COVERAGE_STREAM = 1_000_000
BACKGROUNDS = ("high", "low")
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
    for kind, who, share in (
        ("teaching_qualification", staff.roles == "teacher", TEACHERS_QUALIFIED),
        ("coach_training", staff.coach, COACHES_TRAINED),
        ("facilitator_training", staff.coach, FACILITATORS_TRAINED),
        ("leadership_training", staff.leader, LEADERS_TRAINED),
    ):
        chosen = (who & ~_mark_withheld_training(setting, kind, staff))[seats]
        chosen &= chance.random(len(people)) < share
        about = staff.subjects[seats[chosen]] if kind == "teaching_qualification" else None
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


def add_outcomes(draft: RowDraft, setting: Setting, school: SchoolUnits) -> None:
    """Add supplied figures about a school's pupils, all of them and by social background."""
    number = school.plan.number
    chance = setting.open_stream(StreamPurpose.OUTCOMES, number)
    counts = [_draw_pupil_counts(chance, school) for _ in YEARS]
    for measure in _list_supplied_measures(setting.profile):
        level, spread = SHARE_LEVEL if measure.endswith(IS_SHARE) else MEAN_LEVEL
        gaps = SHARE_GAPS if measure.endswith(IS_SHARE) else MEAN_GAPS
        own, wider = level + chance.normal(0, spread), 1 + chance.normal(0, GAPS_DIFFER)
        for year in range(len(YEARS)):
            pupils, high = counts[year]
            gap = wider * interpolate_share(
                gaps, setting.compute_progress(number, year)
            ) + chance.normal(0, spread / 5)
            low = own - gap * high / pupils + chance.normal(0, spread / 5)
            mean = (high * (low + gap) + (pupils - high) * low) / pupils
            for subgroup, value, n in zip(
                (None, *BACKGROUNDS),
                (mean, low + gap, low),
                (pupils, high, pupils - high),
                strict=True,
            ):
                _add_outcome(draft, school, (measure, year), subgroup, round(value, 3), n)


def add_coverage(draft: RowDraft, setting: Setting, school: SchoolUnits) -> None:
    """Add how many lessons qualified teachers give, in all and in the subjects that indicators name."""
    asked = [
        indicator.arguments.get("subject")
        for indicator in setting.profile.indicators.values()
        if indicator.measure == COVERAGE
    ]
    if not asked:
        return
    chance = setting.open_stream(StreamPurpose.OUTCOMES, _COVERAGE_STREAM + school.plan.number)
    lessons = LESSONS_A_STAFF * school.plan.size
    for year in range(len(YEARS)):
        for subject in dict.fromkeys((None, *asked)):
            share = float(np.clip(chance.normal(COVERED, COVERED_SPREAD), 0, 1))
            hours = lessons if subject is None else lessons // 5
            _add_outcome(draft, school, (COVERAGE, year), subject, round(share, 3), hours)


def _draw_pupil_counts(chance: np.random.Generator, school: SchoolUnits) -> tuple[int, int]:
    """Return how many pupils a school has in a year, and how many of high social background."""
    usual = PUPILS_A_STAFF * school.plan.size * (1 + chance.normal(0, PUPILS_COME_AND_GO))
    pupils = max(2 * LEAST_PUPILS, round(usual))
    high = round(pupils * (HIGH_BACKGROUND + chance.normal(0, BACKGROUND_SPREAD)))
    return pupils, int(np.clip(high, LEAST_PUPILS, pupils - LEAST_PUPILS))


def _list_supplied_measures(profile: Profile) -> list[str]:
    """Return the figures that are supplied: two of our own, and what the profile's indicators name."""
    named = [
        indicator.arguments.get("measure")
        for indicator in profile.indicators.values()
        if "outcomes" in indicator.tables
    ]
    return list(dict.fromkeys([WELLBEING, PROGRESSION, *(n for n in named if isinstance(n, str))]))


def _add_outcome(
    draft: RowDraft,
    school: SchoolUnits,
    about: tuple[str, int],
    subgroup: str | None,
    value: float,
    n: int,
) -> None:
    measure, year = about
    known: dict[str, Any] = {
        "valid_from": find_start_day(year),
        "valid_to": find_start_day(year + 1),
    }
    draft.add_one(
        "outcomes",
        unit=school.unit,
        measure=measure,
        subgroup=subgroup,
        value=value,
        n=n,
        **known,
    )
