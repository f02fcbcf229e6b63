"""Practice that colleagues share: observation, co-teaching, coaching, handovers, data, materials."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from plfkit.arrays import Days, Numbers
from plfkit.synthetic.draft import RowDraft
from plfkit.synthetic.people import Staff
from plfkit.synthetic.schooldays import pick_school_days
from plfkit.synthetic.setting import Setting, StreamPurpose
from plfkit.synthetic.surveys.rounds import list_surveyed_relations
from plfkit.synthetic.surveys.ties import Truth, draw_tie_details
from plfkit.synthetic.units import SchoolUnits, Units
from plfkit.synthetic.years import YEARS, find_start_day

REGISTERED_VISITS = 0.7
"""The share of observation ties that stand in the log as a visit."""
CO_TEACHING, DATA_TALKS, SHARING = 0.06, 0.08, 0.08
"""The share of ties of collaboration that are also of these kinds."""
COACHED = 3
"""How many colleagues a resource person coaches in a year."""
HANDOVER_HELD, HANDOVERS_FROM = (0.75, 0.95), 0.55
"""How often there is a handover meeting, and from where in the year on."""
LESSON = 0.75


def add_practice(draft: RowDraft, setting: Setting, staff: Staff, truth: Truth) -> None:
    """Add what colleagues of one school do together in pairs, as events and as ties."""
    chance = setting.open_stream(StreamPurpose.PRACTICE, staff.number)
    for year in range(len(YEARS)):
        people = staff.people[year]
        observer, observed = _pick_some_ties(chance, truth["observation"][year], REGISTERED_VISITS)
        seen = ("observer", people[observer]), ("observed", people[observed])
        _add_pair_events(draft, setting, chance, (staff.unit, year, "observation_visit"), seen)
        one, other = _pick_some_ties(chance, np.triu(truth["collaboration"][year]), CO_TEACHING)
        both = ("participant", people[one]), ("participant", people[other])
        _add_pair_events(draft, setting, chance, (staff.unit, year, "co_teaching_lesson"), both)
        _add_unsurveyed_ties(
            draft, setting, chance, ("co_teaching", year), people[one], people[other]
        )
        coach, coachee = _pair_coaches(chance, staff, year)
        talk = ("coach", people[coach]), ("coachee", people[coachee])
        _add_pair_events(draft, setting, chance, (staff.unit, year, "coaching_session"), talk)
        _add_unsurveyed_ties(
            draft, setting, chance, ("coaching", year), people[coach], people[coachee]
        )
        for relation, share in (("data_dialogue", DATA_TALKS), ("materials_sharing", SHARING)):
            one, other = _pick_some_ties(chance, np.triu(truth["collaboration"][year]), share)
            _add_unsurveyed_ties(
                draft, setting, chance, (relation, year), people[one], people[other]
            )


def add_handovers(
    draft: RowDraft, setting: Setting, units: Units, schools: Sequence[Staff]
) -> None:
    """Add meetings and ties along the ways that pupils go, most of them each year."""
    chance = setting.open_stream(StreamPurpose.PATHWAYS)
    at = {school.plan.number: staff for school, staff in zip(units.schools, schools, strict=True)}
    for year in range(len(YEARS)):
        for school in units.schools:
            held = np.interp(year, (0, len(YEARS) - 1), HANDOVER_HELD)
            for here, there in _pair_handover_seats(school, at):
                if chance.random() < held:
                    pair = here[1].people[year, here[0]], there[1].people[year, there[0]]
                    sides = tuple(("participant", np.atleast_1d(side)) for side in pair)
                    event = (school.unit, year, "handover_meeting")
                    _add_pair_events(draft, setting, chance, event, sides)
                    between = map(np.atleast_1d, pair)
                    _add_unsurveyed_ties(draft, setting, chance, ("handover", year), *between)


Seat = tuple[int, Staff]


def _pair_handover_seats(school: SchoolUnits, at: dict[int, Staff]) -> list[tuple[Seat, Seat]]:
    """Return who meets whom: a seat on either side of each way that leads from, or to, a school."""
    own = at[school.plan.number]
    teachers = np.flatnonzero(own.roles == "teacher").tolist()
    first, last = teachers[0], teachers[-1]  # of the first grade and of the last
    ways = [((int(np.flatnonzero(own.away)[0]), own), (first, own))]
    for number in range(1, len(school.departments)):
        before = np.flatnonzero(own.departments == number - 1)
        after = np.flatnonzero(own.departments == number)
        if len(before) and len(after):
            ways.append(((int(before[-1]), own), (int(after[0]), own)))
    if school.plan.moves_to is not None:
        onward = at[school.plan.moves_to]
        middle = np.flatnonzero(onward.grades >= school.plan.grades[1] + 1)
        ways.append(((last, own), (int(middle[0]) if len(middle) else 0, onward)))
    return ways


def _pick_some_ties(
    chance: np.random.Generator, present: Any, share: float
) -> tuple[Numbers, Numbers]:
    """Return some of the ties that are there."""
    source, target = np.nonzero(present & (chance.random(present.shape) < share))
    return source, target


def _pair_coaches(chance: np.random.Generator, staff: Staff, year: int) -> tuple[Numbers, Numbers]:
    """Return resource persons and the teachers they coach; nobody coaches themselves."""
    coaches = np.repeat(np.flatnonzero(staff.coach & (staff.people[year] >= 0)), COACHED)
    teachers = np.flatnonzero(staff.roles == "teacher")
    chosen = chance.choice(teachers, len(coaches))
    pairs = np.unique(np.stack([coaches, chosen])[:, coaches != chosen], axis=1)
    return pairs[0], pairs[1]


def _add_pair_events(
    draft: RowDraft,
    setting: Setting,
    chance: np.random.Generator,
    what: tuple[int, int, str],
    sides: Sequence[tuple[str, Numbers]],
) -> None:
    """Add an event for each pair of people, each side in its role."""
    unit, year, kind = what
    count = len(sides[0][1])
    if kind in setting.reserved[year]:
        return
    share = chance.random(count)
    if kind == "handover_meeting":
        share = HANDOVERS_FROM + share * (1 - HANDOVERS_FROM)
    days: Days = pick_school_days(year, share)
    events = draft.add("events", count, kind=kind, date=days, unit=unit, hours=LESSON, headcount=2)
    for role, people in sides:
        draft.add("participations", count, event=events, person=people, role=role)


def _add_unsurveyed_ties(
    draft: RowDraft,
    setting: Setting,
    chance: np.random.Generator,
    what: tuple[str, int],
    source: Numbers,
    target: Numbers,
) -> None:
    """Add ties of a year that no survey told of; where a survey asks, it tells of them itself."""
    relation, year = what
    if relation in list_surveyed_relations(setting):
        return
    about = draw_tie_details(chance, len(source)) if relation == "coaching" else {}
    draft.add(
        "ties",
        len(source),
        source=source,
        target=target,
        relation=relation,
        valid_from=find_start_day(year),
        valid_to=find_start_day(year + 1),
        **about,
    )
