"""Surveys: who was asked, who answered, and what teams and staff said on scales."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from plfkit.profiles.profile import Profile
from plfkit.synthetic.communities.groups import Groups
from plfkit.synthetic.draft import Draft
from plfkit.synthetic.people import Flags, Staff
from plfkit.synthetic.setting import Purpose, Setting
from plfkit.synthetic.units import Units
from plfkit.synthetic.years import YEARS, Numbers

RELATIONS = ("advice", "collaboration", "observation", "reflective_dialogue")
"""What network surveys ask about each year."""

RESPONSE, RESPONSE_SPREAD, RESPONSE_LIMITS = 0.82, 0.05, (0.75, 0.88)
SELF_ASSESSING = ("learning_community", "grade_team", "subject_team", "leadership_team", "team")
"""Kinds of communities that assess themselves; so do learning centres and the support team."""

ASSESSED = 0.8
LEVEL, RISE, BY_TEAM, BY_ITEM = 2.4, 0.4, 0.5, 0.4
SCALE = (1, 4)
STAFF_INSTRUMENT = "medarbejderundersøgelse (eksempel)"
_MONTH, _DAY = 11, 15


@frozen(eq=False)
class Rounds:
    """The surveys of all years, as rows of the draft.

    Attributes:
        networks: For each relation, one row for each year.
        teams: The self-assessments of teams.
    """

    networks: dict[str, Numbers]
    teams: Numbers


def add_surveys(draft: Draft, setting: Setting, units: Units) -> Rounds:
    """Add a network survey of each relation, and the teams' self-assessment, for each year."""
    networks = {
        relation: np.array(
            [
                _survey(draft, units.municipality, relation, year, relation=relation)
                for year in range(len(YEARS))
            ]
        )
        for relation in RELATIONS
    }
    framework = setting.profile.framework
    teams = [
        _survey(draft, units.municipality, "team", year, instrument=framework)
        for year in range(len(YEARS))
    ]
    return Rounds(networks, np.array(teams))


def _survey(draft: Draft, unit: int, name: str, year: int, **known: str) -> int:
    first = YEARS[year].first
    return draft.one(
        "surveys",
        id=f"{name}-{first}",
        kind="network" if "relation" in known else "scale",
        date=np.datetime64(f"{first}-{_MONTH}-{_DAY}", "D"),
        unit=unit,
        **known,
    )


def add_responses(
    draft: Draft,
    setting: Setting,
    rounds: Rounds,
    staff: Staff,
    *,
    stream: int,
    relations: Sequence[str] = RELATIONS,
) -> Flags:
    """Add who was asked and who answered; return for each year and seat whether they answered.

    One questionnaire holds all relations, so the same people answer all of them.

    Args:
        draft: Where.
        setting: What the example is made from.
        rounds: The surveys.
        staff: The people of one place.
        stream: Whose stream of chance it is.
        relations: What they were asked about.
    """
    chance = setting.chance(Purpose.RESPONSES, stream)
    rate = np.clip(chance.normal(RESPONSE, RESPONSE_SPREAD), *RESPONSE_LIMITS)
    answered = chance.random(staff.people.shape) < rate
    for year in range(len(YEARS)):
        seats = np.flatnonzero(staff.asked & (staff.people[year] >= 0))
        for relation in relations:
            draft.add(
                "responses",
                len(seats),
                survey=int(rounds.networks[relation][year]),
                person=staff.people[year, seats],
                answered=answered[year, seats],
            )
    return np.asarray(answered & staff.asked)


def add_team_answers(
    draft: Draft, setting: Setting, rounds: Rounds, groups: Groups, *, stream: int
) -> None:
    """Add how communities assess themselves on the characteristics of the profile's framework."""
    chance = setting.chance(Purpose.ANSWERS, stream)
    items = _items(setting)
    kinds = np.isin(groups.kinds, (*SELF_ASSESSING, "learning_centre", "support_team"))
    own = chance.normal(0, BY_TEAM, (len(groups.kinds), 1))
    for year in range(len(YEARS)):
        alive = kinds & groups.exists(year) & groups.present[year].any(axis=1)
        rows = np.flatnonzero(alive & (chance.random(len(kinds)) < ASSESSED))
        progress = setting.progress(stream, year)
        values = _values(chance, own[rows], progress, len(items))
        draft.add(
            "answers",
            values.size,
            survey=int(rounds.teams[year]),
            community=np.repeat(groups.numbers[rows], len(items)),
            item=np.tile(items, len(rows)),
            value=values.ravel(),
        )


def add_staff_answers(draft: Draft, setting: Setting, staff: Staff, answered: Flags) -> None:
    """Add a survey of a school's staff for each year, answered under codes that lead to nobody."""
    chance = setting.chance(Purpose.ANSWERS, _STAFF_STREAM + staff.number)
    items = _items(setting, *_further_items(setting.profile))
    for year in range(len(YEARS)):
        name = f"medarbejdere-{staff.number}"
        survey = _survey(draft, staff.unit, name, year, instrument=STAFF_INSTRUMENT)
        count = int(answered[year].sum())
        progress = setting.progress(staff.number, year)
        values = _values(chance, chance.normal(0, BY_TEAM, (count, 1)), progress, len(items))
        # Codes are drawn anew each year and shuffled, so that they follow nobody.
        codes = [f"svar-{year + 1}-{staff.number}-{n + 1}" for n in chance.permutation(count)]
        draft.add(
            "answers",
            values.size,
            survey=survey,
            respondent=np.repeat(np.array(codes, object), len(items)),
            item=np.tile(items, count),
            value=values.ravel(),
        )


_STAFF_STREAM = 1_000_000


def _items(setting: Setting, *further: str) -> NDArray[np.object_]:
    framework = setting.vocabulary.frameworks[setting.profile.framework]
    return np.array(list(dict.fromkeys((*framework.characteristics, *further))), object)


def _further_items(profile: Profile) -> list[str]:
    """Return the questions that the profile's indicators look for in answers."""
    named = [
        indicator.arguments.get("items")
        for indicator in profile.indicators.values()
        if "answers" in indicator.tables
    ]
    return [item for items in named if isinstance(items, list | tuple) for item in items]


def _values(
    chance: np.random.Generator, own: NDArray[np.float64], progress: float, items: int
) -> NDArray[np.float64]:
    """Draw answers from 1 to 4, a little higher the further a school has come."""
    noise = chance.normal(0, BY_ITEM, (len(own), items))
    return np.asarray(np.clip(np.round(LEVEL + RISE * progress + own + noise), *SCALE))
