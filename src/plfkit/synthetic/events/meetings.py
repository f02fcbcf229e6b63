"""Meetings of communities: how often, about what, and who came."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from plfkit.arrays import Days, Flags, Numbers
from plfkit.synthetic.communities.groups import Groups
from plfkit.synthetic.draft import RowDraft
from plfkit.synthetic.named_words import spread_words
from plfkit.synthetic.people import Staff
from plfkit.synthetic.schooldays import pick_school_days
from plfkit.synthetic.setting import Setting, StreamPurpose
from plfkit.synthetic.years import YEARS

Mix = Mapping[str, tuple[float, float]]
"""Kinds of meetings with their shares in the first and in the last year."""

TEAM_MIX: Mix = {
    "coordination_meeting": (0.55, 0.33),
    "planning_meeting": (0.25, 0.25),
    "dialogue_meeting": (0.12, 0.24),
    "data_meeting": (0.08, 0.18),
}
MIXES: Mapping[str, Mix] = {
    "learning_community": {
        "coordination_meeting": (0.25, 0.1),
        "planning_meeting": (0.2, 0.2),
        "dialogue_meeting": (0.3, 0.4),
        "data_meeting": (0.25, 0.3),
    },
    "leadership_team": {
        "leadership_meeting": (0.85, 0.6),
        "dialogue_meeting": (0.1, 0.2),
        "data_meeting": (0.05, 0.2),
    },
    "network": {"network_meeting": (1.0, 1.0)},
}
MEETINGS_A_YEAR = {
    "learning_community": 9,
    "grade_team": 12,
    "class_team": 10,
    "leadership_team": 16,
    "learning_centre": 7,
    "support_team": 10,
    "network": 4,
}
MEETINGS_ELSE = 5
ORDINARY_MEETING = "planning_meeting"
"""In the place of which a community holds a meeting of a kind that the profile adds."""
BESIDE_USUAL = (-2, 3)
"""What may come on top: from the first number on, and less than the second."""

ATTENDING = 0.9
NAMED, NAMED_IN_LARGE, LARGE = 0.6, 0.06, 100
"""The share of meetings that note names; above so many schools most count heads only."""
BY_CONSULTANT = (0.3, 0.12)
"""The share of meetings that a consultant facilitates, in the first and in the last year."""
MEETINGS_FOCUSED = 0.7
MEETING_HOURS = (1.0, 1.5, 2.0)
ARTEFACTS = {"data_meeting": ("dataark", 0.8), "dialogue_meeting": ("referat", 0.4)}
ARTEFACT_ELSE = ("referat", 0.2)
EARLY_OR_LATE = 0.3


@frozen(eq=False)
class YearMeetings:
    """The meetings of one year: one entry for each."""

    group: Numbers
    kinds: NDArray[np.object_]
    days: Days


def add_meetings(
    draft: RowDraft, setting: Setting, staff: Staff, groups: Groups, consultants: Numbers
) -> None:
    """Add the meetings of the communities of one place.

    Args:
        draft: Where.
        setting: What the example is made from.
        staff: The people.
        groups: Their communities.
        consultants: The consultants who facilitate some of them.
    """
    chance = setting.open_stream(StreamPurpose.MEETINGS, staff.number)
    share_named = NAMED if len(setting.schools) <= LARGE else NAMED_IN_LARGE
    for year in range(len(YEARS)):
        progress = setting.compute_progress(staff.number, year)
        held = _plan_year_meetings(setting, chance, groups, year, progress)
        present = groups.present[year][held.group]
        present &= chance.random(present.shape) < ATTENDING
        helped = chance.random(len(held.group)) < interpolate_share(BY_CONSULTANT, progress)
        helped &= len(consultants) > 0
        there = np.maximum(present.sum(axis=1) + helped, 2)  # a meeting is of two at least
        events = _add_meeting_events(draft, setting, chance, staff, (groups, held, there))
        named = chance.random(len(events)) < share_named
        leads = np.where(helped, -1, groups.facilitators[held.group])
        noted = present & named[:, None]
        _add_participants(draft, setting, staff.people[year], noted, (events, leads))
        led = np.flatnonzero(named & helped)
        draft.add(
            "participations",
            len(led),
            event=events[led],
            person=chance.choice(consultants, len(led)) if len(led) else consultants[:0],
            role="facilitator",
        )


def _add_participants(
    draft: RowDraft,
    setting: Setting,
    people: Numbers,
    present: Flags,
    meetings: tuple[Numbers, Numbers],
) -> None:
    """Add who was there; one of them led the meeting, unless somebody from outside did."""
    events, leads = meetings
    event, seat = np.nonzero(present)
    role = np.where(seat == leads[event], "facilitator", "participant").astype(object)
    role = spread_words(role, "participant", setting.named.list_own("participation_roles"))
    draft.add("participations", len(event), event=events[event], person=people[seat], role=role)


def interpolate_share(ends: tuple[float, float], progress: float) -> float:
    """Return a share on its way from the beginning to the usual end."""
    return ends[0] + (ends[1] - ends[0]) * progress


def _plan_year_meetings(
    setting: Setting, chance: np.random.Generator, groups: Groups, year: int, progress: float
) -> YearMeetings:
    alive = groups.mark_existing(year) & (groups.present[year].sum(axis=1) > 1)
    usual = np.array([MEETINGS_A_YEAR.get(kind, MEETINGS_ELSE) for kind in groups.kinds], np.int64)
    counts = np.where(alive, usual + chance.integers(*BESIDE_USUAL, len(usual)), 0)
    group = np.repeat(np.arange(len(usual)), counts)
    starts = np.cumsum(counts) - counts
    nth = np.arange(len(group)) - starts[group]
    jitter = chance.random(len(group)) * EARLY_OR_LATE
    days = pick_school_days(year, (nth + jitter) / np.maximum(counts[group], 1))
    kinds = _draw_meeting_kinds(chance, groups, group, progress)
    kinds = spread_words(kinds, ORDINARY_MEETING, _list_own_meetings(setting))
    kept = ~np.isin(kinds, list(setting.reserved[year]))
    return YearMeetings(group[kept], kinds[kept], days[kept])


def _list_own_meetings(setting: Setting) -> list[str]:
    """Return the kinds of meetings of communities that the profile adds."""
    known = setting.vocabulary.event_kinds
    return [kind for kind in setting.named.list_own("event_kinds") if known[kind].meeting]


def _draw_meeting_kinds(
    chance: np.random.Generator, groups: Groups, group: Numbers, progress: float
) -> NDArray[np.object_]:
    """Draw the kind of each meeting from the mix of its community."""
    drawn = chance.random(len(group))
    kinds = np.empty(len(group), object)
    for own in sorted(set(groups.kinds)):
        mix = MIXES.get(own, TEAM_MIX)
        upto = np.cumsum([interpolate_share(ends, progress) for ends in mix.values()])
        rows = groups.kinds[group] == own
        place = np.minimum(np.searchsorted(upto, drawn[rows]), len(mix) - 1)
        kinds[rows] = np.array(list(mix), object)[place]
    return kinds


def _add_meeting_events(
    draft: RowDraft,
    setting: Setting,
    chance: np.random.Generator,
    staff: Staff,
    meetings: tuple[Groups, YearMeetings, Numbers],
) -> Numbers:
    groups, held, headcount = meetings
    count = len(held.group)
    focused = (chance.random(count) < MEETINGS_FOCUSED) & (held.kinds != "coordination_meeting")
    return draft.add(
        "events",
        count,
        kind=held.kinds,
        date=held.days,
        unit=staff.unit,
        community=groups.numbers[held.group],
        focus=np.where(focused, groups.focuses[held.group], -1),
        hours=np.array(MEETING_HOURS)[chance.integers(0, len(MEETING_HOURS), count)],
        headcount=headcount,
        artefact=_draw_artefacts(setting, chance, held.kinds),
    )


def _draw_artefacts(
    setting: Setting, chance: np.random.Generator, kinds: NDArray[np.object_]
) -> NDArray[np.object_]:
    drawn = chance.random(len(kinds))
    found = np.full(len(kinds), None, object)
    for kind in sorted(set(kinds)):
        word, share = ARTEFACTS.get(kind, ARTEFACT_ELSE)
        found[(kinds == kind) & (drawn < share)] = word
    usual = {word for word, _ in (*ARTEFACTS.values(), ARTEFACT_ELSE)}
    named = setting.named.list_given("artefacts")
    return spread_words(found, None, [word for word in named if word not in usual])
