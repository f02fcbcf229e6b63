"""Rhythm: whether communities have a charter and meet at steady intervals."""

from __future__ import annotations

from typing import Unpack

import numpy as np

from plfkit.graph.cases import Cases, compute_people_shares
from plfkit.graph.communities import gather_communities, mark_members, pick_ids
from plfkit.graph.groups import GroupSpec
from plfkit.graph.meeting_rhythm import EITHER_BASIS, find_rhythm, name_rhythm_needs, read_charters
from plfkit.graph.snapshot import Snapshot
from plfkit.graph.standing import ACTIVE, SELF_ASSESSED, check_period_length
from plfkit.measures.engine.options import Options, resolve_options
from plfkit.measures.engine.registered import (
    build_staff_result,
    collect_people_facts,
    find_staff_among,
    split_staff,
)
from plfkit.measures.registers.communities import blank_unregistered
from plfkit.measures.registers.register_defaults import STANDING_COLUMNS, measure_members
from plfkit.model.results.result import Result
from plfkit.model.words.choices import check_choice
from plfkit.model.words.kinds import Label
from plfkit.model.words.reasons import Reason

OF_STAFF = "staff"
OF_MEMBERS = "members"


@measure_members(
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
    tables=("persons", "positions", "communities", "memberships"),
    columns=(*STANDING_COLUMNS, "communities.charter"),
    example={"level": "pedagogical_staff", "basis": "either"},
    no_null="which communities there are is registered, and compared with nothing",
    no_interval="registers and logs count everything, so nothing is left to chance",
)
def structured_membership(
    snapshot: Snapshot,
    *,
    level: str | None = None,
    of: str = OF_STAFF,
    basis: str = ACTIVE,
    by: GroupSpec | None = None,
    **options: Unpack[Options],
) -> Result:
    """Return the share of staff who are in a community with a charter and a steady rhythm.

    Formula:
        people in a community with a charter and a steady rhythm / staff, or members of whom it is
        known

    A rhythm is steady when there are three meetings or more, the median gap between them is at most
    six weeks, the gaps' standard deviation is at most their mean, and no more than twelve weeks pass
    without a meeting: neither between two, nor from the first day of teaching to the first, nor from
    the last to the end of teaching. Summers do not count. A community that began later, or ended
    earlier, is held to its own time. These numbers are a
    *convention* (`plfkit.model.declared.standards.Standards`). On the basis ``"self_assessed"`` a community's
    own word counts instead: that its meetings lie at most six weeks apart. On ``"either"`` the log
    counts where it is complete, and a community's own word where it is not.

    Members of a community that does not say whether it has a charter, or whose log has gaps, have
    no part in the value of members, and widen the range. Of all staff there is only a range where
    such a community could decide it for somebody.

    Beware:
        A high share does not mean that the frame is put to use: a charter and a calendar show a frame
        alone.

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

    Source:
        plfkit's own definition.

    Examples:
        The team has a charter and says that it meets every fourth week; Di is in no community: 3 of 4.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(
        ...     positions=["ann,bo,cy,di s teacher"],
        ...     communities=["t team charter=yes"],
        ...     memberships=["t ann,bo,cy"],
        ...     surveys=["q scale date=2018-11-01"],
        ...     answers=["q weeks_between_meetings 4 community=t"],
        ... )
        >>> structured_membership(now, basis="self_assessed").item()
        0.75
    """
    resolve_options(structured_membership, options)
    check_choice("structured_membership", "basis", basis, (ACTIVE, SELF_ASSESSED, EITHER_BASIS))
    check_choice("structured_membership", "of", of, (OF_STAFF, OF_MEMBERS))
    if basis == ACTIVE:
        check_period_length(snapshot, "structured_membership")
    known = gather_communities(snapshot)
    found = read_charters(snapshot, known.ids).combine_with(find_rhythm(snapshot, known.ids, basis))
    any_known = bool(found.counted[known.established].any())
    # Those who are in no community are known without a word from anybody: they stand for no member.
    silence = (
        None
        if of == OF_MEMBERS
        else Reason.SOME_NOT_REGISTERED
        if any_known
        else Reason.NOT_REGISTERED
    )
    surely, maybe, unknown = (
        mark_members(snapshot, known, which & known.established)
        for which in (found.yes, found.maybe, ~found.counted)
    )
    cases = Cases(surely, maybe, ~unknown, silence)
    chosen = find_staff_among(snapshot, level)
    members = mark_members(snapshot, known, known.established)
    asked = chosen if of == OF_STAFF else chosen & members
    # The communities that people asked about are in.
    theirs = np.zeros_like(known.established)
    theirs[known.numbers[chosen[known.persons]]] = True
    bearing = found.yes & known.established & theirs
    empty = Reason.NO_STAFF if of == OF_STAFF else Reason.NO_MEMBERS
    parts = split_staff(snapshot, by, level)
    rows = compute_people_shares(cases, asked, parts, empty=empty)
    return build_staff_result(
        snapshot,
        structured_membership,
        blank_unregistered(snapshot, rows),
        parts,
        facts=collect_people_facts(snapshot, cases, parts, selecting=("level",))
        if of == OF_STAFF
        else None,
        variant=", ".join(word for word in (basis, of, level) if word),
        needs=name_rhythm_needs(snapshot, known, basis),
        evidence={"communities": int(bearing.sum())},
        rests_on=pick_ids(known.ids, bearing),
    )
