"""Rhythm: whether communities have a charter and meet at steady intervals."""

from __future__ import annotations

from typing import Unpack

import numpy as np
from numpy.typing import NDArray

from plfkit.graph.assessments import gather_assessments
from plfkit.graph.communities import Communities, find_community_units, gather_communities
from plfkit.graph.events import select_events
from plfkit.graph.groups import GroupSpec, resolve_grouping
from plfkit.graph.logs import look_up_logs
from plfkit.graph.snapshot import Snapshot
from plfkit.graph.teaching import TeachingTime
from plfkit.measures.cases import Cases, compute_people_shares
from plfkit.measures.catalogue import measure
from plfkit.measures.columns import (
    ASSESSMENT_COLUMNS,
    COMMUNITY_COLUMNS,
    EVENT_COLUMNS,
    STAFF_COLUMNS,
    UNIT_COLUMNS,
)
from plfkit.measures.communities import mark_unregistered
from plfkit.measures.options import Options, resolve_options
from plfkit.measures.parts import check_choice
from plfkit.measures.registered import build_register_result, find_staff_among, split_staff
from plfkit.measures.standing import (
    ACTIVE,
    SELF_ASSESSED,
    check_period_length,
    list_meeting_kinds,
    pick_ids,
    read_charters,
)
from plfkit.model.kinds import Label
from plfkit.model.result import Result

STAFF_OF, MEMBERS_OF = "staff", "members"
EITHER = "either"
RHYTHM_ITEM = "weeks_between_meetings"
"""The item under which communities say how many weeks lie between their meetings."""

Flags = NDArray[np.bool_]


@measure(
    label=Label(
        da="Medarbejdere i fællesskaber med teamkontrakt og fast rytme",
        en="Staff in communities with a charter and a steady rhythm",
    ),
    tells=Label(
        da="Hvor stor en del af medarbejderne der er med i et fællesskab, som har en teamkontrakt og "
        "mødes fast hele året: efter kalenderen som regel med højst seks uger imellem og aldrig med "
        "mere end tolv, eller efter eget udsagn med højst seks.",
        en="How large a part of the staff is in a community that has a charter and meets steadily all "
        "year: by the log as a rule at most six weeks apart and never more than twelve, or by its own "
        "word at most six.",
    ),
    beware=Label(
        da="En kontrakt og en kalender viser en ramme, ikke hvad fællesskabet bruger den til. De seks "
        "og de tolv uger er en konvention.",
        en="A charter and a calendar show a frame, not what the community uses it for. The six weeks "
        "and the twelve are a convention.",
    ),
    figure_class="participation",
    tables=("persons", "positions", "communities", "memberships"),
    columns=(
        *STAFF_COLUMNS,
        *UNIT_COLUMNS,
        *COMMUNITY_COLUMNS,
        *EVENT_COLUMNS,
        *ASSESSMENT_COLUMNS,
        "communities.charter",
    ),
    reference="plfkit's own definition",
    no_null="which communities there are is registered, and compared with nothing",
    no_interval="registers and logs count everything, so nothing is left to chance",
)
def structured_membership(
    snapshot: Snapshot,
    *,
    level: str | None = None,
    of: str = STAFF_OF,
    basis: str = ACTIVE,
    by: GroupSpec | None = None,
    **options: Unpack[Options],
) -> Result:
    """Return the share of staff who are in a community with a charter and a steady rhythm.

    A rhythm is steady when there are three meetings or more, the median gap between them is at most
    six weeks, the gaps' standard deviation is at most their mean, and no more than twelve weeks pass
    without a meeting: neither between two, nor from the first day of teaching to the first, nor from
    the last to the end of teaching. Summers do not count. A community that began later, or ended
    earlier, is held to its own time. These numbers are a
    *convention* (`plfkit.model.standards.Standards`). On the basis ``"self_assessed"`` a community's
    own word counts instead: that its meetings lie at most six weeks apart. On ``"either"`` the log
    counts where it is complete, and a community's own word where it is not.

    Members of a community that does not say whether it has a charter, or whose log has gaps, have no
    part in the value of members, and widen the range. Of all staff there is a range only where such a
    community could decide it.

    Args:
        snapshot: The moment.
        level: Staff of this level or role only.
        of: Of whom it is the share: all ``"staff"``, or ``"members"`` of some community. Of members
            it rises where a community without a charter is given up.
        basis: Where the rhythm is read: ``"active"``, the log of meetings, ``"self_assessed"``, or
            ``"either"``.
        by: One figure for each of these groups.
        options: What every measure takes; nothing here rests on chance.

    Returns:
        One figure for each part; ``numerator`` counts members of such communities, ``denominator``
        the staff, or the members of whom it is known. Undefined where there are none, and where no
        memberships are registered.

    Raises:
        MeasureError: There is no such basis, or the period is too short to show a rhythm.
        UnknownGroupError: There is no such level, or people cannot be grouped by `by`.
    """
    resolve_options(structured_membership, options)
    check_choice("structured_membership", "basis", basis, (ACTIVE, SELF_ASSESSED, EITHER))
    check_choice("structured_membership", "of", of, (STAFF_OF, MEMBERS_OF))
    if basis == ACTIVE:
        check_period_length(snapshot, "structured_membership")
    known = gather_communities(snapshot)
    found = read_charters(snapshot, known.ids).combine_with(
        _find_rhythm(snapshot, known.ids, basis)
    )
    groups = None if by is None else resolve_grouping(snapshot, by)

    def people(which: Flags) -> Flags:
        mask = np.zeros(len(snapshot.person_ids), np.bool_)
        mask[known.persons[(which & known.established)[known.numbers]]] = True
        return mask

    told = bool(found.counted[known.established].any())
    # Those who are in no community are known without a word from anybody: they stand for no member.
    silence = None if of == MEMBERS_OF else "some_not_registered" if told else "not_registered"
    cases = Cases(people(found.yes), people(found.maybe), ~people(~found.counted), silence)
    chosen = find_staff_among(snapshot, level)
    asked = chosen if of == STAFF_OF else chosen & people(np.ones_like(known.established))
    theirs = np.zeros_like(known.established)
    theirs[known.numbers[chosen[known.persons]]] = True
    bearing = found.yes & known.established & theirs
    empty = "no_staff" if of == STAFF_OF else "no_members"
    rows = compute_people_shares(cases, asked, split_staff(snapshot, groups, level), empty=empty)
    if not len(snapshot.memberships):
        rows = [mark_unregistered(row) for row in rows]
    return build_register_result(
        snapshot,
        structured_membership,
        rows,
        variant=", ".join(word for word in (basis, of, level) if word),
        by=None if groups is None else groups.name,
        several=None if groups is None else groups.several,
        needs=_name_rhythm_needs(snapshot, known, basis),
        evidence={"communities": int(bearing.sum())},
        rests_on=pick_ids(known.ids, bearing),
    )


def _find_rhythm(snapshot: Snapshot, ids: tuple[str, ...], basis: str) -> Cases:
    """Tell which communities have a steady rhythm, by what the basis says."""
    if basis == SELF_ASSESSED:
        return _read_told_rhythm(snapshot, ids)
    logged = _read_logged_rhythm(snapshot, ids)
    return logged if basis == ACTIVE else logged.fill_from(_read_told_rhythm(snapshot, ids))


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
    told = ~np.isnan(weeks)
    steady = told & (np.nan_to_num(weeks) * 7 <= snapshot.standards.gap_days)
    return Cases.of_known(steady, told)


def _name_rhythm_needs(snapshot: Snapshot, known: Communities, basis: str) -> tuple[str, ...]:
    """Name what would have to be filled in of communities with enough members."""
    there = known.established
    needs = () if read_charters(snapshot, known.ids).counted[there].all() else ("communities",)
    left = there & ~_find_rhythm(snapshot, known.ids, basis).counted
    if basis in {SELF_ASSESSED, EITHER}:
        return (*needs, "answers") if left.any() else needs
    units = np.unique(find_community_units(snapshot, known.ids)[there])
    return (*needs, *look_up_logs(snapshot, list_meeting_kinds(snapshot)).name_missing_logs(units))
