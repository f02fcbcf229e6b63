"""Answers: what teams and staff said on scales, and whether they take part in peer observation."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from plfkit.arrays import Flags, Floats
from plfkit.synthetic.communities.groups import Groups
from plfkit.synthetic.draft import RowDraft
from plfkit.synthetic.events.meetings import MEETINGS_A_YEAR, MEETINGS_ELSE
from plfkit.synthetic.people import Staff
from plfkit.synthetic.setting import Setting, StreamPurpose
from plfkit.synthetic.surveys.rounds import (
    RHYTHM_INSTRUMENT,
    SCALE,
    Rounds,
    Scale,
    add_roster,
    add_yearly_survey,
    find_framework_scale,
    list_further_frameworks,
)
from plfkit.synthetic.surveys.ties import Truth
from plfkit.synthetic.years import YEARS

SELF_ASSESSING = (
    "learning_community",
    "grade_team",
    "subject_team",
    "leadership_team",
    "team",
    "learning_centre",
    "support_team",
)
"""Kinds of communities that assess themselves."""

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
_STAFF_STREAM, _OBSERVATION_STREAM = 1_000_000, 2_000_000
_RHYTHM_STREAM, _FRAMEWORK_STREAM = 3_000_000, 4_000_000


def add_team_answers(
    draft: RowDraft, setting: Setting, rounds: Rounds, groups: Groups, *, stream: int
) -> None:
    """Add how communities assess themselves, on the characteristics of the frameworks they are asked by."""
    chance = setting.open_stream(StreamPurpose.ANSWERS, stream)
    kinds = np.isin(groups.kinds, _list_assessing_kinds(setting))
    own = chance.normal(0, BY_TEAM, (len(groups.kinds), 1))
    for year in range(len(YEARS)):
        alive = kinds & groups.mark_existing(year) & groups.present[year].any(axis=1)
        rows = np.flatnonzero(alive & (chance.random(len(kinds)) < ASSESSED))
        progress = setting.compute_progress(stream, year)
        for framework, surveys in rounds.teams.items():
            items = _list_team_items(setting, framework)
            values = _draw_answers(
                setting,
                chance,
                (own[rows], progress),
                items,
                find_framework_scale(setting, framework),
            )
            not_teaching = np.isin(groups.kinds[rows], NOT_TEACHING)[:, None]
            apply = ~(not_teaching & (items == OF_TEACHING))
            row, item = np.nonzero(apply)
            draft.add(
                "answers",
                len(row),
                survey=int(surveys[year]),
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


def _list_assessing_kinds(setting: Setting) -> tuple[str, ...]:
    """Return the kinds of community that assess themselves, those among them that are asked about."""
    named = setting.named.list_given("kinds", beside="answers")
    return (*SELF_ASSESSING, *setting.named.list_own("community_kinds"), *named)


def _draw_weeks_between(setting: Setting, groups: Groups, stream: int, year: int) -> Floats:
    """Draw how many weeks lie between meetings: as often as such communities meet, more or less."""
    chance = setting.open_stream(StreamPurpose.ANSWERS, _RHYTHM_STREAM + stream * len(YEARS) + year)
    meetings = np.array([MEETINGS_A_YEAR.get(kind, MEETINGS_ELSE) for kind in groups.kinds])
    return np.maximum(1.0, np.round(TEACHING_WEEKS / meetings + chance.normal(0, 1, len(meetings))))


def add_staff_answers(draft: RowDraft, setting: Setting, staff: Staff, answered: Flags) -> None:
    """Add a survey of a school's staff for each year, answered under codes that lead to nobody."""
    chance = setting.open_stream(StreamPurpose.ANSWERS, _STAFF_STREAM + staff.number)
    framework = setting.profile.framework
    items = _join_items(_list_asked_items(setting, framework), _list_further_items(setting))
    scale = find_framework_scale(setting, framework)
    for year in range(len(YEARS)):
        name = f"medarbejdere-{staff.number}"
        survey = add_yearly_survey(
            draft, staff.unit, name, year, instrument=STAFF_INSTRUMENT, **scale
        )
        add_roster(draft, survey, staff, answered, year)
        count = int(answered[year].sum())
        own, progress = _draw_own_levels(setting, chance, staff, year, count)
        values = _draw_answers(setting, chance, (own, progress), items, scale)
        codes = _draw_answer_codes(chance, "svar", staff, year, count)
        _add_coded_answers(draft, survey, codes, items, values)


def add_framework_answers(draft: RowDraft, setting: Setting, staff: Staff, answered: Flags) -> None:
    """Add a survey for each further framework that is named, of the staff of a school.

    Each is asked on a scale of its own, so it is a survey of its own, with other codes.
    """
    for place, name in enumerate(list_further_frameworks(setting)):
        stream = _FRAMEWORK_STREAM * (1 + place) + staff.number
        chance = setting.open_stream(StreamPurpose.ANSWERS, stream)
        items, scale = (
            _join_items(_list_new_items(setting, name)),
            find_framework_scale(setting, name),
        )
        for year in range(len(YEARS)):
            known = {"instrument": f"{name} (eksempel)", **scale}
            survey = add_yearly_survey(draft, staff.unit, f"{name}-{staff.number}", year, **known)
            add_roster(draft, survey, staff, answered, year)
            count = int(answered[year].sum())
            own = _draw_own_levels(setting, chance, staff, year, count)
            values = _draw_answers(setting, chance, own, items, scale)
            codes = _draw_answer_codes(chance, name, staff, year, count)
            _add_coded_answers(draft, survey, codes, items, values)


def _draw_own_levels(
    setting: Setting, chance: np.random.Generator, staff: Staff, year: int, count: int
) -> tuple[Floats, float]:
    """Draw how high each person of a staff answers, and return how far their school has come."""
    return chance.normal(0, BY_TEAM, (count, 1)), setting.compute_progress(staff.number, year)


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


def _list_asked_items(setting: Setting, framework: str) -> list[str]:
    known = setting.vocabulary.frameworks[framework]
    return [item for word in known.characteristics for item in known.list_items(word)]


def _list_new_items(setting: Setting, framework: str) -> list[str]:
    """Return the items of a further framework that no framework before it asks: each is asked once."""
    frameworks = (setting.profile.framework, *list_further_frameworks(setting))
    before = frameworks[: frameworks.index(framework)]
    asked = {item for name in before for item in _list_asked_items(setting, name)}
    return [item for item in _list_asked_items(setting, framework) if item not in asked]


def _list_team_items(setting: Setting, framework: str) -> NDArray[np.object_]:
    """Return what communities are asked, as in the template; by the profile's own framework named ones."""
    if framework != setting.profile.framework:
        return _join_items(_list_new_items(setting, framework))
    further = _list_further_items(setting, beside="communities")
    return _join_items(_list_asked_items(setting, framework), further)


def _list_further_items(setting: Setting, *, beside: str | None = None) -> list[str]:
    """Return the questions that are named and that are part of no further framework."""
    further = list_further_frameworks(setting)
    asked = {item for name in further for item in _list_asked_items(setting, name)}
    named = setting.named.list_given("items", beside=beside)
    return [item for item in named if item not in {*asked, *OBSERVATION_ITEMS}]


def _join_items(*lists: list[str]) -> NDArray[np.object_]:
    return np.array(list(dict.fromkeys(item for items in lists for item in items)), object)


def _draw_answers(
    setting: Setting,
    chance: np.random.Generator,
    levels: tuple[Floats, float],
    items: NDArray[np.object_],
    scale: Scale,
) -> Floats:
    """Draw answers on a scale, a little higher the further a school has come.

    Args:
        setting: What the example is made from.
        chance: The stream of chance.
        levels: How high each of those who answer lies, and how far the school has come.
        items: What they are asked; items that are worded against the others are answered the other way.
        scale: On which scale.
    """
    own, progress = levels
    drawn = LEVEL + RISE * progress + own + chance.normal(0, BY_ITEM, (len(own), len(items)))
    answers = _stretch_to_scale(drawn, scale)
    against = np.isin(items, setting.vocabulary.reversed_items)
    return np.where(against, scale["lowest"] + scale["highest"] - answers, answers)


def _stretch_to_scale(drawn: Floats, scale: Scale) -> Floats:
    """Return what was drawn on the usual scale as whole numbers of another."""
    up = (drawn - SCALE["lowest"]) / (SCALE["highest"] - SCALE["lowest"])
    answers = np.round(scale["lowest"] + up * (scale["highest"] - scale["lowest"]))
    return np.asarray(np.clip(answers, scale["lowest"], scale["highest"]))
