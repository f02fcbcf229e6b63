"""Rhythm: whether communities have a charter and meet at steady intervals."""

from __future__ import annotations

from typing import Unpack

import numpy as np

from plfkit.arrays import Flags
from plfkit.graph.cases import Cases, compute_people_shares
from plfkit.graph.communities import gather_communities, pick_ids
from plfkit.graph.groups import GroupSpec, resolve_grouping
from plfkit.graph.meeting_rhythm import EITHER, find_rhythm, name_rhythm_needs, read_charters
from plfkit.graph.snapshot import Snapshot
from plfkit.graph.standing import ACTIVE, SELF_ASSESSED, check_period_length
from plfkit.measures.engine.catalogue import measure
from plfkit.measures.engine.columns import (
    ASSESSMENT_COLUMNS,
    COMMUNITY_COLUMNS,
    EVENT_COLUMNS,
    STAFF_COLUMNS,
    UNIT_COLUMNS,
)
from plfkit.measures.engine.options import Options, resolve_options
from plfkit.measures.engine.registered import build_register_result, find_staff_among, split_staff
from plfkit.measures.registers.communities import mark_unregistered
from plfkit.model.results.result import Result
from plfkit.model.words.choices import check_choice
from plfkit.model.words.kinds import Label

STAFF_OF, MEMBERS_OF = "staff", "members"


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
    example={"level": "pedagogical_staff", "basis": "either"},
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
    *convention* (`plfkit.model.declared.standards.Standards`). On the basis ``"self_assessed"`` a community's
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
    found = read_charters(snapshot, known.ids).combine_with(find_rhythm(snapshot, known.ids, basis))
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
        needs=name_rhythm_needs(snapshot, known, basis),
        evidence={"communities": int(bearing.sum())},
        rests_on=pick_ids(known.ids, bearing),
    )
