"""Answers: what teams and staff said on scales, and whether they take part in peer observation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from plfkit.arrays import Flags, Floats
from plfkit.profiles.profile import Profile
from plfkit.synthetic.communities.groups import Groups
from plfkit.synthetic.draft import RowDraft
from plfkit.synthetic.events.meetings import MEETINGS_A_YEAR, MEETINGS_ELSE
from plfkit.synthetic.people import Staff
from plfkit.synthetic.setting import Setting, StreamPurpose
from plfkit.synthetic.surveys.rounds import (
    RHYTHM_INSTRUMENT,
    SCALE,
    Rounds,
    add_roster,
    add_yearly_survey,
)
from plfkit.synthetic.surveys.ties import Truth
from plfkit.synthetic.years import YEARS

SELF_ASSESSING = ("learning_community", "grade_team", "subject_team", "leadership_team", "team")
"""Kinds of communities that assess themselves; so do learning centres and the support team."""

NOT_TEACHING, OF_TEACHING = ("leadership_team", "support_team"), "deprivatised_practice"
"""Kinds of communities that nobody asks whether they see each other teach."""

ASSESSED = 0.8
LEVEL, RISE, BY_TEAM, BY_ITEM = 2.4, 0.4, 0.5, 0.4
STAFF_INSTRUMENT = "medarbejderundersøgelse (eksempel)"
OBSERVATION_INSTRUMENT = "kollegial observation (eksempel)"
OBSERVATION_ITEMS = ("was_observed", "observed_others")
MISREMEMBERED = 0.05
"""How often somebody tells otherwise of the year than it was."""
TEACHING_WEEKS = 40
"""Weeks of teaching in a school year."""
SCALES = {
    "professional_capital": {"lowest": 0.0, "highest": 100.0},
    "collective_responsibility": {"lowest": 1.0, "highest": 5.0},
}
"""The scales of further frameworks."""
_STAFF_STREAM, _OBSERVATION_STREAM = 1_000_000, 2_000_000
_RHYTHM_STREAM, _FRAMEWORK_STREAM = 3_000_000, 4_000_000


def add_team_answers(
    draft: RowDraft, setting: Setting, rounds: Rounds, groups: Groups, *, stream: int
) -> None:
    """Add how communities assess themselves on the characteristics of the profile's framework."""
    chance = setting.open_stream(StreamPurpose.ANSWERS, stream)
    items = _list_survey_items(setting)
    kinds = np.isin(groups.kinds, (*SELF_ASSESSING, "learning_centre", "support_team"))
    own = chance.normal(0, BY_TEAM, (len(groups.kinds), 1))
    for year in range(len(YEARS)):
        alive = kinds & groups.mark_existing(year) & groups.present[year].any(axis=1)
        rows = np.flatnonzero(alive & (chance.random(len(kinds)) < ASSESSED))
        progress = setting.compute_progress(stream, year)
        values = _draw_answers(chance, own[rows], progress, len(items))
        apply = ~(np.isin(groups.kinds[rows], NOT_TEACHING)[:, None] & (items == OF_TEACHING))
        row, item = np.nonzero(apply)
        draft.add(
            "answers",
            len(row),
            survey=int(rounds.teams[year]),
            community=groups.numbers[rows][row],
            item=items[item],
            value=values[apply],
        )
        draft.add(
            "answers",
            len(rows),
            survey=int(rounds.rhythms[year]),
            community=groups.numbers[rows],
            item=RHYTHM_INSTRUMENT,
            value=_draw_weeks_between(setting, groups, stream, year)[rows],
        )


def _draw_weeks_between(setting: Setting, groups: Groups, stream: int, year: int) -> Floats:
    """Draw how many weeks lie between meetings: as often as such communities meet, more or less."""
    chance = setting.open_stream(StreamPurpose.ANSWERS, _RHYTHM_STREAM + stream * len(YEARS) + year)
    meetings = np.array([MEETINGS_A_YEAR.get(kind, MEETINGS_ELSE) for kind in groups.kinds])
    return np.maximum(1.0, np.round(TEACHING_WEEKS / meetings + chance.normal(0, 1, len(meetings))))


def add_staff_answers(draft: RowDraft, setting: Setting, staff: Staff, answered: Flags) -> None:
    """Add a survey of a school's staff for each year, answered under codes that lead to nobody."""
    chance = setting.open_stream(StreamPurpose.ANSWERS, _STAFF_STREAM + staff.number)
    items = _list_survey_items(setting, *_list_further_items(setting.profile))
    for year in range(len(YEARS)):
        name = f"medarbejdere-{staff.number}"
        survey = add_yearly_survey(
            draft, staff.unit, name, year, instrument=STAFF_INSTRUMENT, **SCALE
        )
        add_roster(draft, survey, staff, answered, year)
        count = int(answered[year].sum())
        progress = setting.compute_progress(staff.number, year)
        values = _draw_answers(chance, chance.normal(0, BY_TEAM, (count, 1)), progress, len(items))
        codes = _draw_answer_codes(chance, "svar", staff, year, count)
        _add_coded_answers(draft, survey, codes, items, values)


def add_framework_answers(draft: RowDraft, setting: Setting, staff: Staff, answered: Flags) -> None:
    """Add a survey for each further framework that the profile's indicators ask a staff about.

    Each is asked on a scale of its own, so it is a survey of its own, with other codes.
    """
    for place, name in enumerate(_list_further_frameworks(setting.profile)):
        stream = _FRAMEWORK_STREAM * (1 + place) + staff.number
        chance = setting.open_stream(StreamPurpose.ANSWERS, stream)
        items = np.array(list(_list_framework_items(setting, name)), object)
        scale = SCALES.get(name, SCALE)
        for year in range(len(YEARS)):
            known = {"instrument": f"{name} (eksempel)", **scale}
            survey = add_yearly_survey(draft, staff.unit, f"{name}-{staff.number}", year, **known)
            add_roster(draft, survey, staff, answered, year)
            count = int(answered[year].sum())
            own = chance.normal(0, BY_TEAM, (count, 1))
            drawn = _draw_answer_levels(
                chance, own, setting.compute_progress(staff.number, year), len(items)
            )
            codes = _draw_answer_codes(chance, name, staff, year, count)
            _add_coded_answers(draft, survey, codes, items, _stretch_to_scale(drawn, scale))


def _stretch_to_scale(drawn: Floats, scale: Mapping[str, float]) -> Floats:
    """Return what was drawn on the usual scale as whole numbers of another."""
    up = (drawn - SCALE["lowest"]) / (SCALE["highest"] - SCALE["lowest"])
    answers = np.round(scale["lowest"] + up * (scale["highest"] - scale["lowest"]))
    return np.asarray(np.clip(answers, scale["lowest"], scale["highest"]))


def _list_framework_items(setting: Setting, framework: str) -> Iterator[str]:
    known = setting.vocabulary.frameworks[framework]
    for characteristic in known.characteristics:
        yield from known.list_items(characteristic)


def _list_further_frameworks(profile: Profile) -> list[str]:
    """Return the frameworks that the profile's indicators name, beside its own."""
    named = [indicator.arguments.get("framework") for indicator in profile.indicators.values()]
    known = dict.fromkeys(name for name in named if isinstance(name, str))
    return [name for name in known if name != profile.framework]


def add_observation_answers(
    draft: RowDraft, setting: Setting, staff: Staff, truth: Truth, answered: Flags
) -> None:
    """Add, for each year, whether staff were observed and observed others, as yes (1) and no (0).

    The same people answer as in other surveys, under codes of their own. What they tell is what the
    ties of observation say within the school, but for some who remember it otherwise.
    """
    chance = setting.open_stream(StreamPurpose.ANSWERS, _OBSERVATION_STREAM + staff.number)
    scale = {"lowest": 0.0, "highest": 1.0}
    for year in range(len(YEARS)):
        name = f"kollegial-observation-{staff.number}"
        survey = add_yearly_survey(
            draft, staff.unit, name, year, instrument=OBSERVATION_INSTRUMENT, **scale
        )
        add_roster(draft, survey, staff, answered, year)
        seen = truth["observation"][year]
        told = np.stack([seen.any(axis=0), seen.any(axis=1)], axis=1)[answered[year]]
        told ^= chance.random(told.shape) < MISREMEMBERED
        codes = _draw_answer_codes(chance, "observation", staff, year, len(told))
        items = np.array(OBSERVATION_ITEMS, object)
        _add_coded_answers(draft, survey, codes, items, told.astype(np.float64))


def _draw_answer_codes(
    chance: np.random.Generator, name: str, staff: Staff, year: int, count: int
) -> NDArray[np.object_]:
    """Return codes that are drawn anew each year and shuffled, so that they follow nobody."""
    shuffled = chance.permutation(count)
    return np.array([f"{name}-{year + 1}-{staff.number}-{n + 1}" for n in shuffled], object)


def _add_coded_answers(
    draft: RowDraft,
    survey: int,
    codes: NDArray[np.object_],
    items: NDArray[np.object_],
    values: Floats,
) -> None:
    """Add the answers of some codes (rows) to some items (columns)."""
    draft.add(
        "answers",
        values.size,
        survey=survey,
        respondent=np.repeat(codes, len(items)),
        item=np.tile(items, len(codes)),
        value=values.ravel(),
    )


def _list_survey_items(setting: Setting, *further: str) -> NDArray[np.object_]:
    framework = setting.vocabulary.frameworks[setting.profile.framework]
    return np.array(list(dict.fromkeys((*framework.characteristics, *further))), object)


def _list_further_items(profile: Profile) -> list[str]:
    """Return the questions that the profile's indicators look for in answers."""
    named = [indicator.arguments.get("items") for indicator in profile.indicators.values()]
    asked = [item for items in named if isinstance(items, list | tuple) for item in items]
    return [item for item in asked if item not in OBSERVATION_ITEMS]


def _draw_answers(chance: np.random.Generator, own: Floats, progress: float, items: int) -> Floats:
    """Draw answers on the scale, a little higher the further a school has come."""
    return _stretch_to_scale(_draw_answer_levels(chance, own, progress, items), SCALE)


def _draw_answer_levels(
    chance: np.random.Generator, own: Floats, progress: float, items: int
) -> Floats:
    """Draw how high answers lie, before they are told in whole numbers of a scale."""
    return np.asarray(LEVEL + RISE * progress + own + chance.normal(0, BY_ITEM, (len(own), items)))
