"""Rhythm: whether communities have a charter and meet at steady intervals."""

from __future__ import annotations

from typing import Unpack

import numpy as np

from plfkit.arrays import Flags
from plfkit.graph.cases import Cases, compute_people_shares
from plfkit.graph.communities import (
    gather_communities,
    locate_communities,
    mark_members,
    pick_ids,
)
from plfkit.graph.groups import GroupSpec
from plfkit.graph.meeting_rhythm import (
    EITHER_BASIS,
    find_rhythm,
    name_meeting_needs,
    name_rhythm_needs,
    read_charters,
)
from plfkit.graph.snapshot import Snapshot
from plfkit.graph.standing import ACTIVE, SELF_ASSESSED, check_period_length
from plfkit.measures.engine.options import Options, resolve_options
from plfkit.measures.engine.registered import (
    build_register_result,
    build_staff_result,
    check_kinds,
    choose_communities,
    collect_people_facts,
    find_staff_among,
    split_staff,
)
from plfkit.measures.logs.log_defaults import measure_meetings
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


@measure_meetings(
    label=Label(da="Fællesskaber med fast rytme", en="Communities with a steady rhythm"),
    tells=Label(
        da="Hvor stor en del af fællesskaberne der mødes fast hele året: efter kalenderen som regel "
        "med højst seks uger imellem og aldrig med mere end tolv, eller efter eget udsagn med højst "
        "seks.",
        en="How large a part of the communities meets steadily all year: by the log as a rule at most "
        "six weeks apart and never more than twelve, or by its own word at most six.",
    ),
    beware=Label(
        da="En fast kalender viser ikke, hvad møderne bliver brugt til. De seks og de tolv uger er en "
        "konvention.",
        en="A steady calendar does not show what meetings are used for. The six weeks and the twelve "
        "are a convention.",
    ),
    tables=("communities", "memberships"),
    columns=STANDING_COLUMNS,
    example={"basis": "either"},
    counts_people=False,
)
def steady_rhythm(
    snapshot: Snapshot,
    *,
    by: str | None = None,
    kinds: tuple[str, ...] | None = None,
    basis: str = EITHER_BASIS,
    **options: Unpack[Options],
) -> Result:
    """Return the share of communities that meet at steady intervals.

    Formula:
        communities with a steady rhythm / communities of which it is known

    What a steady rhythm is, and where it is read, stands at `plfkit.measures.structured_membership`. A
    community whose log has gaps, and that said nothing itself, has no part in the value and widens the
    range; so has one that was there too short a time to show a rhythm.

    Beware:
        A high share does not mean that much is learned: a calendar does not show what meetings are for.

    Args:
        snapshot: The moment.
        by: A unit kind: one figure for the communities of each of these units.
        kinds: The kinds of community that count, with their sorts; all if left out.
        basis: Where the rhythm is read: ``"active"``, the log of meetings, ``"self_assessed"``, the
            community's own word, or ``"either"``, its word where the log is not complete.
        options: What every measure takes; nothing here rests on chance.

    Returns:
        One figure for each part; ``numerator`` and ``denominator`` count communities with enough
        members. Undefined without these, and where it is known of none.

    Raises:
        MeasureError: There is no such basis.
        UnknownGroupError: There is no such kind of community or unit.

    Source:
        plfkit's own definition.

    Examples:
        The team *t* says that it meets every fourth week, the team *u* every tenth: 1 of 2.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(
        ...     memberships=["t,u ann,bo,cy"],
        ...     surveys=["q scale date=2018-11-01"],
        ...     answers=[
        ...         "q weeks_between_meetings 4 community=t",
        ...         "q weeks_between_meetings 10 community=u",
        ...     ],
        ... )
        >>> steady_rhythm(now, basis="self_assessed").item()
        0.5
    """
    resolve_options(steady_rhythm, options)
    check_choice("steady_rhythm", "basis", basis, (ACTIVE, SELF_ASSESSED, EITHER_BASIS))
    known, counting = choose_communities(snapshot, kinds)
    found = find_rhythm(snapshot, known.ids, basis)
    rows = [
        found.take(counting & here).compute_share(part=part, empty=Reason.NO_COMMUNITIES)
        for part, here in _split_communities(snapshot, known.ids, by)
    ]
    bearing = found.yes & counting
    return build_register_result(
        snapshot,
        steady_rhythm,
        rows,
        by=by,
        variant=basis,
        needs=name_meeting_needs(snapshot, known.ids, counting, basis),
        evidence={"communities": int(bearing.sum())},
        rests_on=pick_ids(known.ids, bearing),
    )


def _split_communities(
    snapshot: Snapshot, ids: tuple[str, ...], by: str | None
) -> list[tuple[str | None, Flags]]:
    """Return which communities each unit of a kind has, or all of them."""
    if by is None:
        return [(None, np.ones(len(ids), np.bool_))]
    check_kinds(snapshot, "unit_kinds", (by,))
    at = locate_communities(snapshot, by, ids)
    names = snapshot.units.column("id").categories
    units = sorted(unit.id for unit in snapshot.units if unit.kind == by)
    return [(unit, np.asarray(at == names.index(unit))) for unit in units]
