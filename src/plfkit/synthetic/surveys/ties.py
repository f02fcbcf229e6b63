"""Ties: whom people turn to, work with, talk with and observe, and what of it a survey told.

Every pair of seats has a number drawn once; a tie is there if it lies below the pair's chance. Part
of the numbers are drawn anew each year, so part of the ties are kept.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from plfkit.arrays import Flags, Floats, Numbers
from plfkit.synthetic.communities.groups import Groups
from plfkit.synthetic.draft import RowDraft
from plfkit.synthetic.people import SUBJECTS, Staff
from plfkit.synthetic.setting import Setting, StreamPurpose
from plfkit.synthetic.surveys.rounds import Rounds, list_surveyed_relations
from plfkit.synthetic.years import YEARS, find_end_day, find_start_day

Matrix = Floats

KEPT = 0.62
"""The share of pairs whose number stays from one year to the next."""
MUTUAL = 0.35
"""The share of pairs that have one number both ways."""

SAME_TEAM, SAME_DEPARTMENT, STRANGERS = 1.0, 0.25, 0.05
COACH_SOUGHT, LEADER_SOUGHT = 2.5, 1.7
REPORTS = (0.85, 0.7)
"""How often the one and the other side reports an undirected tie."""
FORMAL, SUPPLIED = 0.35, 0.3
SUBJECT_SAID = 0.7
_TOLD_STREAM = 1_000_000


@frozen
class Habit:
    """How people have ties of one relation: how many at first and in the end, and of which sort."""

    degrees: tuple[float, float]
    directed: bool
    sought: bool


HABITS = {
    "advice": Habit((5.5, 5.9), directed=True, sought=True),
    "collaboration": Habit((4.2, 4.6), directed=False, sought=False),
    "observation": Habit((0.35, 0.8), directed=True, sought=False),
    "reflective_dialogue": Habit((1.8, 2.7), directed=False, sought=True),
}

FURTHER_DEGREES = (2.4, 3.0)
"""How many ties people have of a relation that no example but this profile's has."""
REPORTING = "reports_to"

Truth = dict[str, Flags]
"""For each relation, whether a tie is there: for each year, from seat to seat."""


def draw_true_ties(setting: Setting, staff: Staff, groups: Groups | None) -> Truth:
    """Return the ties within one place of work, told or not."""
    chance = setting.open_stream(StreamPurpose.TIES, staff.number)
    truth: Truth = {}
    for relation in list_made_relations(setting):
        habit = _find_habit(setting, relation)
        numbers = _draw_pair_numbers(chance, staff, directed=habit.directed)
        truth[relation] = np.array(
            [
                numbers[year] < _compute_tie_chances(staff, groups, habit, year, degree)
                for year, degree in enumerate(_list_yearly_degrees(setting, staff, habit))
            ]
        )
    return truth


def list_made_relations(setting: Setting) -> tuple[str, ...]:
    """Return the relations that ties are drawn of: those of surveys, and the registers that are named."""
    surveyed = list_surveyed_relations(setting)
    return (*surveyed, *setting.named.list_further("relations", (*surveyed, REPORTING)))


def _find_habit(setting: Setting, relation: str) -> Habit:
    """Return how people have ties of a relation; those that run one way go to people who are sought."""
    directed = setting.vocabulary.relations[relation].directed
    return HABITS.get(relation) or Habit(FURTHER_DEGREES, directed=directed, sought=directed)


def _list_yearly_degrees(setting: Setting, staff: Staff, habit: Habit) -> list[float]:
    """Return how many ties people have on average, year by year."""
    first, last = habit.degrees
    steps = (setting.compute_progress(staff.number, year) for year in range(len(YEARS)))
    return [first + (last - first) * step for step in steps]


def _draw_pair_numbers(chance: np.random.Generator, staff: Staff, *, directed: bool) -> Matrix:
    """Draw the number of each pair for each year; that of somebody who is new is new."""
    shape = (len(YEARS), len(staff), len(staff))
    fresh, mutual = chance.random(shape), chance.random(shape[1:]) < MUTUAL
    upper = np.triu(np.ones(shape[1:], np.bool_))
    both_ways = np.triu(mutual) | np.triu(mutual).T if directed else np.ones_like(mutual)
    fresh = np.where(both_ways & ~upper, fresh.transpose(0, 2, 1), fresh)
    keep = np.triu(chance.random((len(YEARS) - 1, *shape[1:])) < KEPT)
    keep |= keep.transpose(0, 2, 1)
    for year, stays in enumerate(staff.stays, start=1):
        kept = keep[year - 1] & stays[:, None] & stays
        fresh[year] = np.where(kept, fresh[year - 1], fresh[year])
    return fresh


def _compute_tie_chances(
    staff: Staff, groups: Groups | None, habit: Habit, year: int, degree: float
) -> Matrix:
    """Return the chance of each tie in a year: higher in teams, and towards those who are sought."""
    weight = np.full((len(staff), len(staff)), STRANGERS)
    department = staff.departments
    weight[(department[:, None] == department) & (department >= 0)] = SAME_DEPARTMENT
    # Without communities everybody is one team.
    weight[... if groups is None else groups.mark_team_pairs(year)] = SAME_TEAM
    if habit.sought:
        weight = weight * np.where(staff.coach, COACH_SOUGHT, 1.0)
        weight = weight * np.where(staff.leader, LEADER_SOUGHT, 1.0)
    there = staff.asked & (staff.people[year] >= 0)
    weight = weight * there * there[:, None]
    np.fill_diagonal(weight, 0)
    if not habit.directed:
        weight = (weight + weight.T) / 2
    total = weight.sum(axis=1, keepdims=True)
    if not habit.directed:
        total = np.maximum(np.sqrt(total * total.T), total.mean() / 2)
    return np.asarray(-np.expm1(-degree * weight / np.maximum(total, 1e-9)))


def add_told_ties(
    draft: RowDraft, setting: Setting, rounds: Rounds, staff: Staff, truth: Truth, answered: Flags
) -> None:
    """Add the ties that those who answered told of, and all of those that a register holds."""
    chance = setting.open_stream(StreamPurpose.TIES, _TOLD_STREAM + staff.number)
    for relation, present in truth.items():
        surveyed, directed = relation in rounds.networks, _find_habit(setting, relation).directed
        for year in range(len(YEARS)):
            told = present[year]
            if not directed:
                told = _draw_reports(chance, told) if surveyed else np.triu(told)
            source, target = np.nonzero(told & answered[year][:, None] if surveyed else told)
            add_ties(
                draft,
                chance,
                rounds,
                (relation, year),
                staff.people[year, source],
                staff.people[year, target],
            )


def _draw_reports(chance: np.random.Generator, present: Flags) -> Flags:
    """Let one side, the other or both report each undirected tie."""
    once = np.triu(present)
    first = once & (chance.random(once.shape) < REPORTS[0])
    second = once & (chance.random(once.shape) < REPORTS[1])
    return np.asarray(first | second.T)


def add_ties(
    draft: RowDraft,
    chance: np.random.Generator,
    rounds: Rounds,
    told_in: tuple[str, int],
    source: Numbers,
    target: Numbers,
) -> None:
    """Add ties of a year, with the survey that told of them if one did.

    Those of advice say what about, and how they came about; so do those that not every example has.
    """
    relation, year = told_in
    detailed = relation == "advice" or relation not in HABITS
    about = draw_tie_details(chance, len(source)) if detailed else {}
    draft.add(
        "ties",
        len(source),
        source=source,
        target=target,
        relation=relation,
        weight=chance.integers(1, 4, len(source)).astype(np.float64),
        **_find_tie_source(rounds, relation, year),
        **about,
    )


def _find_tie_source(rounds: Rounds, relation: str, year: int) -> dict[str, Any]:
    """Return the survey that told of ties, or the days of a year for those of a register."""
    if relation in rounds.networks:
        return {"survey": int(rounds.networks[relation][year])}
    return {"valid_from": find_start_day(year), "valid_to": find_end_day(year)}


def draw_tie_details(chance: np.random.Generator, count: int) -> dict[str, Any]:
    """Draw the subject, the initiative and the formality of ties."""
    subjects = np.array(SUBJECTS, object)[chance.integers(0, len(SUBJECTS), count)]
    subjects[chance.random(count) >= SUBJECT_SAID] = None
    return {
        "subject": subjects,
        "initiative": _draw_either_word(chance, count, SUPPLIED, ("supply", "demand")),
        "formality": _draw_either_word(chance, count, FORMAL, ("formal", "informal")),
    }


def _draw_either_word(
    chance: np.random.Generator, count: int, share: float, words: tuple[str, str]
) -> NDArray[np.object_]:
    return np.array(words, object)[(chance.random(count) >= share).astype(np.int64)]
