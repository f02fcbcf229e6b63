"""Rhythm: whether communities have a charter and meet at steady intervals."""

from __future__ import annotations

from typing import Unpack

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from plfkit.graph.assessments import assessments
from plfkit.graph.communities import Communities, communities, community_units
from plfkit.graph.events import events_of
from plfkit.graph.groups import GroupSpec, grouping
from plfkit.graph.logs import logs
from plfkit.graph.snapshot import Snapshot
from plfkit.graph.teaching import TeachingTime
from plfkit.measures.cases import Cases, shares_of_people
from plfkit.measures.catalogue import measure
from plfkit.measures.columns import ASSESSMENTS, COMMUNITIES, EVENTS, STAFF, UNITS
from plfkit.measures.options import Options, how
from plfkit.measures.parts import check_choice
from plfkit.measures.registered import register_result, staff_among, staff_parts
from plfkit.measures.standing import (
    ACTIVE,
    SELF_ASSESSED,
    check_length,
    meeting_kinds,
    named,
)
from plfkit.model.kinds import Label
from plfkit.model.result import Result
from plfkit.model.tables import recode

RHYTHM = "weeks_between_meetings"
"""The item under which communities say how many weeks lie between their meetings."""

Flags = NDArray[np.bool_]


@measure(
    label=Label(
        da="Medlemmer af fællesskaber med teamkontrakt og fast rytme",
        en="Members of communities with a charter and a steady rhythm",
    ),
    tells=Label(
        da="Hvor stor en del af fællesskabernes medlemmer der er i et fællesskab, som har en "
        "teamkontrakt og mødes hele året: som regel med højst seks uger imellem, og aldrig med mere "
        "end tolv.",
        en="How large a part of the communities' members is in one that has a charter and meets all "
        "year: as a rule at most six weeks apart, and never more than twelve.",
    ),
    beware=Label(
        da="En kontrakt og en kalender viser en ramme, ikke hvad fællesskabet bruger den til. De seks "
        "og de tolv uger er en konvention.",
        en="A charter and a calendar show a frame, not what the community uses it for. The six weeks "
        "and the twelve are a convention.",
    ),
    figure_class="participation",
    tables=("persons", "positions", "communities", "memberships"),
    columns=(*STAFF, *UNITS, *COMMUNITIES, *EVENTS, *ASSESSMENTS, "communities.charter"),
    reference="plfkit's own definition",
    no_null="which communities there are is registered, and compared with nothing",
    no_interval="registers and logs count everything, so nothing is left to chance",
)
def structured_membership(
    snapshot: Snapshot,
    *,
    level: str | None = None,
    basis: str = ACTIVE,
    by: GroupSpec | None = None,
    **options: Unpack[Options],
) -> Result:
    """Return the share of communities' members who are in one with a charter and a steady rhythm.

    A rhythm is steady when there are three meetings or more, the median gap between them is at most
    six weeks, the gaps' standard deviation is at most their mean, and no more than twelve weeks pass
    without a meeting: neither between two, nor from the first day of teaching to the first, nor from
    the last to the end of teaching. Summers do not count. A community that began later, or ended
    earlier, is held to its own time. These numbers are a
    *convention* (`plfkit.model.standards.Standards`). On the basis ``"self_assessed"`` a community's
    own word counts instead: that its meetings lie at most six weeks apart.

    Members of a community that does not say whether it has a charter, or whose log has gaps, have no
    part in the value, and widen the range.

    Args:
        snapshot: The moment.
        level: Staff of this level or role only.
        basis: Where the rhythm is read: ``"active"``, the log of meetings, or ``"self_assessed"``.
        by: One figure for each of these groups.
        options: What every measure takes; nothing here rests on chance.

    Returns:
        One figure for each part; ``numerator`` counts members of such communities, ``denominator``
        the members of whose communities it is known. Undefined where nobody is in a community.

    Raises:
        MeasureError: There is no such basis, or the period is too short to show a rhythm.
        UnknownGroupError: There is no such level, or people cannot be grouped by `by`.
    """
    how(structured_membership, options)
    check_choice("structured_membership", "basis", basis, (ACTIVE, SELF_ASSESSED))
    if basis == ACTIVE:
        check_length(snapshot, "structured_membership")
    known = communities(snapshot)
    found = _charters(snapshot, known.ids).both(
        _logged(snapshot, known.ids) if basis == ACTIVE else _told(snapshot, known.ids)
    )
    groups = None if by is None else grouping(snapshot, by)

    def people(which: Flags) -> Flags:
        mask = np.zeros(len(snapshot.person_ids), np.bool_)
        mask[known.persons[(which & known.established)[known.numbers]]] = True
        return mask

    cases = Cases(people(found.yes), people(found.maybe), ~people(~found.known))
    chosen = staff_among(snapshot, level)
    members = chosen & people(np.ones_like(known.established))
    theirs = np.zeros_like(known.established)
    theirs[known.numbers[chosen[known.persons]]] = True
    bearing = found.yes & known.established & theirs
    rows = shares_of_people(
        cases, members, staff_parts(snapshot, groups, level), empty="no_members"
    )
    return register_result(
        snapshot,
        structured_membership,
        rows,
        variant=basis if level is None else f"{basis}, {level}",
        by=None if groups is None else groups.name,
        several=None if groups is None else groups.several,
        needs=_needs(snapshot, known, basis),
        evidence={"communities": int(bearing.sum())},
        rests_on=named(known.ids, bearing),
    )


@frozen(eq=False)
class _Found:
    """Which communities have something, may have it, and of which it is known."""

    yes: Flags
    maybe: Flags
    known: Flags

    def both(self, other: _Found) -> _Found:
        """Return which have both.

        One that lacks the one for certain is counted only where the other is known too: else those
        that lack something would count more often than those that have it.
        """
        return _Found(self.yes & other.yes, self.maybe & other.maybe, self.known & other.known)


def _charters(snapshot: Snapshot, ids: tuple[str, ...]) -> _Found:
    column = snapshot.communities.column("charter")
    numbers = recode(snapshot.communities.column("id"), ids)
    inside = numbers >= 0
    yes, unknown = np.zeros((2, len(ids)), np.bool_)
    yes[numbers[inside]] = (column.values & ~column.missing)[inside]
    unknown[numbers[inside]] = column.missing[inside]
    return _Found(yes, yes | unknown, ~unknown)


def _logged(snapshot: Snapshot, ids: tuple[str, ...]) -> _Found:
    """Read the rhythm of communities from the log of their meetings."""
    kinds = meeting_kinds(snapshot)
    meetings, time = events_of(snapshot, kinds), TeachingTime.of(snapshot, ids)
    steady = time.is_steady(meetings.communities(ids), meetings.dates)
    sure = logs(snapshot, kinds).all_of(community_units(snapshot, ids)) & time.tells
    return _Found(steady, steady | ~sure, sure)


def _told(snapshot: Snapshot, ids: tuple[str, ...]) -> _Found:
    """Read it from what communities say of themselves."""
    weeks = assessments(snapshot, ids, (RHYTHM,)).values[:, 0]
    told = ~np.isnan(weeks)
    steady = told & (np.nan_to_num(weeks) * 7 <= snapshot.standards.gap_days)
    return _Found(steady, steady | ~told, told)


def _needs(snapshot: Snapshot, known: Communities, basis: str) -> tuple[str, ...]:
    """Name what would have to be filled in of communities with enough members."""
    there = known.established
    needs = () if _charters(snapshot, known.ids).known[there].all() else ("communities",)
    if basis == SELF_ASSESSED:
        told = _told(snapshot, known.ids).known[there].all()
        return needs if told else (*needs, "answers")
    units = np.unique(community_units(snapshot, known.ids)[there])
    return (*needs, *logs(snapshot, meeting_kinds(snapshot)).needs(units))
