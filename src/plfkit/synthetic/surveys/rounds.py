"""Surveys: what was asked when, who was asked, and who answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from attrs import frozen

from plfkit.arrays import Flags, Numbers
from plfkit.profiles.asking import list_read_frameworks, list_team_frameworks
from plfkit.synthetic.draft import RowDraft
from plfkit.synthetic.people import Staff
from plfkit.synthetic.setting import Setting, StreamPurpose
from plfkit.synthetic.units import Units
from plfkit.synthetic.years import YEARS

RELATIONS = ("advice", "collaboration", "observation", "reflective_dialogue")
"""What network surveys ask about each year."""

RESPONSE, RESPONSE_SPREAD, RESPONSE_LIMITS = 0.82, 0.05, (0.75, 0.88)
Scale = dict[str, float]
SCALE: Scale = {"lowest": 1.0, "highest": 4.0}
"""The scale of what teams and staff answer, where a framework has none of its own."""
SCALES: Mapping[str, Scale] = {
    "professional_capital": {"lowest": 0.0, "highest": 100.0},
    "collective_responsibility": {"lowest": 1.0, "highest": 5.0},
}
"""The scales of frameworks by which staffs are asked, where the vocabulary says none."""
RHYTHM_INSTRUMENT = "weeks_between_meetings"
"""The item, and the instrument, under which teams say how many weeks lie between their meetings."""
_MONTH, _DAY = 11, 15


@frozen(eq=False)
class Rounds:
    """The surveys of all years, as rows of the draft.

    Attributes:
        networks: For each relation, one row for each year.
        teams: For each framework the self-assessments of communities, one for each year.
        rhythms: What teams say of the weeks between their meetings.
    """

    networks: dict[str, Numbers]
    teams: dict[str, Numbers]
    rhythms: Numbers


def list_surveyed_relations(setting: Setting) -> tuple[str, ...]:
    """Return what network surveys ask about: the usual relations, and those reported that are named."""
    further = setting.named.list_further("relations", RELATIONS)
    known = setting.vocabulary.relations
    return (*RELATIONS, *(relation for relation in further if known[relation].is_reported))


def add_surveys(draft: RowDraft, setting: Setting, units: Units) -> Rounds:
    """Add a network survey of each relation, and the teams' self-assessments, for each year."""
    networks = {
        relation: _repeat_survey(draft, units, relation, relation=relation)
        for relation in list_surveyed_relations(setting)
    }
    teams: dict[str, Numbers] = {}
    for framework in list_team_frameworks(setting.profile):
        name = "team" if framework == setting.profile.framework else f"team-{framework}"
        scale = find_framework_scale(setting, framework)
        teams[framework] = _repeat_survey(draft, units, name, instrument=framework, **scale)
    rhythms = _repeat_survey(draft, units, "rytme", instrument=RHYTHM_INSTRUMENT)
    return Rounds(networks, teams, rhythms)


def _repeat_survey(draft: RowDraft, units: Units, name: str, **known: Any) -> Numbers:
    """Add a survey of the whole municipality for each year."""
    years = range(len(YEARS))
    return np.array(
        [add_yearly_survey(draft, units.municipality, name, year, **known) for year in years]
    )


def list_further_frameworks(setting: Setting) -> tuple[str, ...]:
    """Return the frameworks that figures read or that are named, beside the profile's own."""
    read = (*list_read_frameworks(setting.profile), *setting.named.kinds["frameworks"])
    return tuple(name for name in dict.fromkeys(read) if name != setting.profile.framework)


def find_framework_scale(setting: Setting, framework: str) -> Scale:
    """Return the scale of a framework: what the profile says of it, or the usual one."""
    known = setting.vocabulary.frameworks[framework].scale
    if known is None:
        return SCALES.get(framework, SCALE)
    return {"lowest": float(known.lowest), "highest": float(known.highest)}


def add_yearly_survey(draft: RowDraft, unit: int, name: str, year: int, **known: Any) -> int:
    """Add a survey held in November of a year: of ties if a relation is given, else on a scale.

    Args:
        draft: Where.
        unit: The unit it was held in.
        name: What its id begins with.
        year: The year.
        **known: What else is known of it, by the names of columns.
    """
    first = YEARS[year].first
    return draft.add_one(
        "surveys",
        id=f"{name}-{first}",
        kind="network" if "relation" in known else "scale",
        date=np.datetime64(f"{first}-{_MONTH}-{_DAY}", "D"),
        unit=unit,
        **known,
    )


def add_responses(
    draft: RowDraft,
    setting: Setting,
    rounds: Rounds,
    staff: Staff,
    *,
    stream: int,
    relations: Sequence[str] | None = None,
) -> Flags:
    """Add who was asked and who answered; return for each year and seat whether they answered.

    One questionnaire holds all relations, so the same people answer all of them.

    Args:
        draft: Where.
        setting: What the example is made from.
        rounds: The surveys.
        staff: The people of one place.
        stream: Whose stream of chance it is.
        relations: What they were asked about; everything if left out.
    """
    chance = setting.open_stream(StreamPurpose.RESPONSES, stream)
    rate = np.clip(chance.normal(RESPONSE, RESPONSE_SPREAD), *RESPONSE_LIMITS)
    answered = chance.random(staff.people.shape) < rate
    for year in range(len(YEARS)):
        for relation in relations or rounds.networks:
            add_roster(draft, int(rounds.networks[relation][year]), staff, answered, year)
    return np.asarray(answered & staff.asked)


def add_roster(draft: RowDraft, survey: int, staff: Staff, answered: Flags, year: int) -> None:
    """Add who of a place was asked in a survey, and whether they answered."""
    seats = np.flatnonzero(staff.asked & (staff.people[year] >= 0))
    draft.add(
        "responses",
        len(seats),
        survey=survey,
        person=staff.people[year, seats],
        answered=answered[year, seats],
    )
