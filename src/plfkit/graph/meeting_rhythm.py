"""Charters and rhythm: whether communities have agreed on a frame, and meet at steady intervals."""

from __future__ import annotations

import numpy as np

from plfkit.arrays import Flags
from plfkit.graph.answers import name_community_need
from plfkit.graph.assessments import gather_assessments
from plfkit.graph.cases import Cases
from plfkit.graph.communities import Communities, find_community_units
from plfkit.graph.events import list_meeting_kinds, select_events
from plfkit.graph.logs import look_up_logs
from plfkit.graph.snapshot import Snapshot
from plfkit.graph.standing import ACTIVE, SELF_ASSESSED
from plfkit.graph.teaching import TeachingTime
from plfkit.model.caching import work_out_once
from plfkit.model.records.needs import Need
from plfkit.model.records.tables import recode_column

EITHER_BASIS = "either"
"""The log where it is complete, and a community's own word where it is not."""

RHYTHM_ITEM = "weeks_between_meetings"
"""The item under which communities say how many weeks lie between their meetings."""


def read_charters(snapshot: Snapshot, ids: tuple[str, ...]) -> Cases:
    """Tell which communities have a charter; a blank tells nothing."""
    column = snapshot.communities.column("charter")
    numbers = recode_column(snapshot.communities.column("id"), ids)
    inside = numbers >= 0  # of a community that was not asked about the number is −1
    yes, known = np.zeros((2, len(ids)), np.bool_)
    yes[numbers[inside]] = (column.values & ~column.missing)[inside]
    known[numbers[inside]] = ~column.missing[inside]
    return Cases(yes, yes | ~known, known)


def find_rhythm(snapshot: Snapshot, ids: tuple[str, ...], basis: str) -> Cases:
    """Tell which communities have a steady rhythm, by what the basis says."""
    if basis == SELF_ASSESSED:
        return _read_told_rhythm(snapshot, ids)
    logged = _read_logged_rhythm(snapshot, ids)
    return logged if basis == ACTIVE else logged.fill_from(_read_told_rhythm(snapshot, ids))


@work_out_once
def _read_logged_rhythm(snapshot: Snapshot, ids: tuple[str, ...]) -> Cases:
    """Read the rhythm of communities from the log of their meetings."""
    kinds = list_meeting_kinds(snapshot)
    meetings, time = select_events(snapshot, kinds), TeachingTime.of(snapshot, ids)
    steady = time.is_steady(meetings.match_communities(ids), meetings.dates)
    sure = (
        look_up_logs(snapshot, kinds).mark_complete_units(find_community_units(snapshot, ids))
        & time.tells
    )
    return Cases.of_known(steady, sure)


def _read_told_rhythm(snapshot: Snapshot, ids: tuple[str, ...]) -> Cases:
    """Read it from what communities say of themselves."""
    weeks = gather_assessments(snapshot, ids, (RHYTHM_ITEM,)).values[:, 0]
    known = ~np.isnan(weeks)
    # A rhythm of 4 weeks is one of 28 days, which the standard of 42 allows.
    steady = known & (np.nan_to_num(weeks) * 7 <= snapshot.standards.gap_days)
    return Cases.of_known(steady, known)


def name_rhythm_needs(snapshot: Snapshot, known: Communities, basis: str) -> tuple[Need, ...]:
    """Name what would have to be filled in of communities with enough members, charters among it."""
    there = known.established
    needs = (
        () if read_charters(snapshot, known.ids).counted[there].all() else (Need("communities"),)
    )
    return (*needs, *name_meeting_needs(snapshot, known.ids, there, basis))


def name_meeting_needs(
    snapshot: Snapshot, ids: tuple[str, ...], which: Flags, basis: str
) -> tuple[Need, ...]:
    """Name what would have to be filled in to know the rhythm of some communities."""
    if basis in {SELF_ASSESSED, EITHER_BASIS}:
        left = which & ~find_rhythm(snapshot, ids, basis).counted
        return (name_community_need(snapshot, (RHYTHM_ITEM,)),) if left.any() else ()
    units = np.unique(find_community_units(snapshot, ids)[which])
    return look_up_logs(snapshot, list_meeting_kinds(snapshot)).name_missing_logs(units)
