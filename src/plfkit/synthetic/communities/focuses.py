"""Focuses: what the municipality, a school and its communities inquire into, each serving a wider one."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from plfkit.arrays import Numbers
from plfkit.synthetic.draft import RowDraft
from plfkit.synthetic.people import WordCells
from plfkit.synthetic.setting import Setting, StreamPurpose
from plfkit.synthetic.units import SchoolUnits

SHARES_FOCUSED = {"learning_community": 0.92}
SHARE_FOCUSED_ELSE = 0.5
ORPHANS = 0.1
"""The share of teams' focuses that serve no focus of the school."""
TAGS = 2

MUNICIPAL_FOCUSES = ("Elevernes læringsudbytte", "Trivsel i fællesskaber", "Sproglig udvikling")
SCHOOL_FOCUSES = ("Feedback, der flytter elever", "Stærke læsere", "Matematik med forståelse")
TEAM_FOCUSES = (
    "Elever, der spørger",
    "Tydelige læringsmål",
    "Brug af elevdata",
    "Samtaler i klassen",
)


def add_municipal_focuses(draft: RowDraft) -> Numbers:
    """Add the focuses of the municipality."""
    ids = np.array([f"fokus-{n}" for n in range(1, len(MUNICIPAL_FOCUSES) + 1)], object)
    names = np.array([f"{name} (eksempel)" for name in MUNICIPAL_FOCUSES], object)
    return draft.add("focuses", len(ids), id=ids, name=names, tags="kommune;eksempel")


def add_focuses(
    draft: RowDraft, setting: Setting, school: SchoolUnits, kinds: WordCells, municipal: Numbers
) -> Numbers:
    """Add a school's focus and those of its communities; return each community's, −1 for none."""
    chance = setting.open_stream(StreamPurpose.FOCUSES, school.plan.number)
    above = draft.add_one(
        "focuses",
        id=f"fokus-{school.plan.id}",
        name=f"{chance.choice(SCHOOL_FOCUSES)} (eksempel)",
        parent=int(chance.choice(municipal)),
        tags="skole;eksempel",
    )
    share = np.array([SHARES_FOCUSED.get(kind, SHARE_FOCUSED_ELSE) for kind in kinds])
    has = np.flatnonzero(chance.random(len(kinds)) < share)
    ids = [f"fokus-{school.plan.id}-{place + 1:02d}" for place in range(len(has))]
    names = [f"{name} (eksempel)" for name in chance.choice(TEAM_FOCUSES, len(has))]
    focuses = np.full(len(kinds), -1, np.int64)
    focuses[has] = draft.add(
        "focuses",
        len(has),
        id=_build_word_array(ids),
        name=_build_word_array(names),
        parent=np.where(chance.random(len(has)) < ORPHANS, -1, above),
        tags=_build_word_array([_draw_focus_tags(setting, chance) for _ in has]),
    )
    return focuses


def _draw_focus_tags(setting: Setting, chance: np.random.Generator) -> str:
    """Draw words that place a focus, from the framework that everybody speaks of."""
    words = setting.vocabulary.frameworks[setting.profile.framework].characteristics
    words = (*words, *setting.named.list_given("tag", "tags"))
    return ";".join(sorted(chance.permutation(words)[:TAGS].tolist()))


def _build_word_array(texts: list[str]) -> NDArray[Any]:
    return np.array(texts, object)
