"""Communities that not every example has: of the kinds and levels that this profile adds."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from plfkit.arrays import Numbers
from plfkit.synthetic.claims.rules import find_reserved_communities
from plfkit.synthetic.communities.slots import TEAM_SIZE, Slot
from plfkit.synthetic.people import Staff
from plfkit.synthetic.setting import Setting

ACROSS = "network"
"""The kind whose sorts lie across schools."""


def list_further_kinds(setting: Setting) -> tuple[str, ...]:
    """Return the kinds of community that the profile adds.

    Those of which a rule asks for an exact number are left to whoever plants what rules ask for.
    """
    reserved = find_reserved_communities(setting.wishes)
    own = setting.named.list_own("community_kinds")
    return tuple(kind for kind in own if kind not in reserved)


def plan_school_slots(setting: Setting, staff: Staff) -> Iterator[Slot]:
    """Yield the places for further communities at a school.

    A kind that belongs to a level has the people of that level. The other kinds share everyday staff
    among them, so that nobody is in two communities of them and each kind can part people.
    """
    yield from _plan_level_slots(setting, staff, municipal=False)
    words = setting.vocabulary
    kinds = [
        kind
        for kind in list_further_kinds(setting)
        if words.level_of(kind) is None and ACROSS not in words.wider_kinds(kind)
    ]
    if not kinds:
        return
    seats = np.flatnonzero(staff.grades >= 0)
    count = max(len(kinds), round(len(seats) / TEAM_SIZE))
    for number, members in enumerate(np.array_split(seats, count)):
        kind = kinds[number % len(kinds)]
        yield Slot(kind, f"{words.community_kinds[kind].label.da} {number + 1}", members)


def plan_municipal_slots(setting: Setting, office: Staff, delegates: Numbers) -> Iterator[Slot]:
    """Yield the places for further communities above the schools.

    Args:
        setting: What the example is made from.
        office: The administration, whose seats come first.
        delegates: The seats of those whom schools send to networks.
    """
    yield from _plan_level_slots(setting, office, municipal=True)
    words = setting.vocabulary
    for kind in list_further_kinds(setting):
        if ACROSS in words.wider_kinds(kind) and words.level_of(kind) is None:
            yield Slot(kind, f"{words.community_kinds[kind].label.da} (eksempel)", delegates)


def _plan_level_slots(setting: Setting, staff: Staff, *, municipal: bool) -> Iterator[Slot]:
    """Yield a community of each further kind that has a level, and a team of each further level."""
    words = setting.vocabulary
    kinds = [(kind, words.level_of(kind)) for kind in list_further_kinds(setting)]
    named = [(kind, level, words.community_kinds[kind].label.da) for kind, level in kinds if level]
    own = setting.named.list_own("levels")
    named += [("team", level, words.levels[level].label.da) for level in own]
    for kind, level, name in named:
        if words.levels[level].municipal == municipal:
            seats = staff.find_level_seats(words, level)
            # A community is of two at least: who leads and the next one join where there is nobody.
            yield Slot(kind, name, seats if len(seats) > 1 else np.union1d(seats, [0, 1]))
