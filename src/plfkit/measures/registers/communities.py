"""Communities: how many of the staff are in one."""

from __future__ import annotations

from typing import Unpack

import numpy as np

from plfkit.arrays import Flags
from plfkit.graph.cases import Cases, compute_people_shares
from plfkit.graph.communities import match_community_kinds
from plfkit.graph.groups import GroupSpec, resolve_grouping
from plfkit.graph.snapshot import Snapshot
from plfkit.graph.standing import Standing, judge_standing
from plfkit.measures.engine.catalogue import measure
from plfkit.measures.engine.columns import (
    ASSESSMENT_COLUMNS,
    COMMUNITY_COLUMNS,
    EVENT_COLUMNS,
    STAFF_COLUMNS,
    UNIT_COLUMNS,
)
from plfkit.measures.engine.options import Options, resolve_options
from plfkit.measures.engine.registered import build_register_result, check_kinds, split_staff
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.kinds import Label


@measure(
    label=Label(da="Andel medarbejdere i et fællesskab", en="Share of staff in a community"),
    tells=Label(
        da="Hvor stor en del af medarbejderne der er med i mindst ét fællesskab med nok medlemmer.",
        en="How large a part of the staff is in at least one community with enough members.",
    ),
    beware=Label(
        da="At stå på en medlemsliste viser ikke, at fællesskabet arbejder som et læringsfællesskab.",
        en="Being on a list of members does not show that the community works as a learning community.",
    ),
    figure_class="participation",
    tables=("persons", "positions", "communities", "memberships"),
    columns=(
        *STAFF_COLUMNS,
        *UNIT_COLUMNS,
        *COMMUNITY_COLUMNS,
        *EVENT_COLUMNS,
        *ASSESSMENT_COLUMNS,
    ),
    reference="plfkit's own definition",
    example={"by": "level"},
    no_null="who is in which community is registered, and compared with nothing",
    no_interval="the register counts everybody, so nothing is left to chance",
)
def membership_coverage(
    snapshot: Snapshot,
    *,
    by: GroupSpec | None = None,
    basis: str = "registered",
    kinds: tuple[str, ...] | None = None,
    **options: Unpack[Options],
) -> Result:
    """Return the share of staff who are in at least one community.

    Staff are the people there on the reference day in a role that counts as staff. A community
    counts when it is in force and has enough members: as many as a level it stands on asks for, or
    the vocabulary's minimum. On the basis ``"self_assessed"`` it must also see reflective dialogues
    and a focus on pupils' learning at least two thirds up the scale; on ``"learning"`` it must do so
    or be of a kind that is flagged as a learning community; on ``"active"`` it must have
    held six meetings in the school year, in at least four of its five stretches of two months (a
    *convention*, `plfkit.model.declared.standards.Standards`), and something that is evidence for each of the
    two.

    The register is taken to be complete. Somebody in a community whose log has gaps has no part in the
    value, and widens the range; where the range rules the value out there is none. Where communities
    did not assess themselves that could decide it for somebody there is a range only: almost
    everybody is in one of those, so that the others stand for nobody but themselves.

    Args:
        snapshot: The moment.
        by: One figure for the staff of each of these groups.
        basis: What makes a community count: ``"registered"``, ``"learning"``, ``"self_assessed"`` or
            ``"active"``.
        kinds: The kinds of community that count, with their sorts; all if left out.
        options: What every measure takes; nothing here rests on chance or on missing answers.

    Returns:
        One figure for each part; ``numerator`` counts the staff who are in, ``denominator`` the
        staff of whom it is known. Undefined without staff, where no memberships are registered, and
        where it is known of nobody.

    Raises:
        MeasureError: There is no such basis, the period is too short for it, or an option is refused.
        UnknownGroupError: There is no such kind, or people cannot be grouped by `by`.
    """
    resolve_options(membership_coverage, options)
    check_kinds(snapshot, "community_kinds", kinds)
    found = judge_standing(snapshot, basis, "membership_coverage")
    wanted = match_community_kinds(snapshot, found.communities, kinds)
    groups = None if by is None else resolve_grouping(snapshot, by)
    parts = split_staff(snapshot, groups)
    rows = compute_people_shares(
        find_covered_people(snapshot, found, wanted), snapshot.staff, parts
    )
    if not len(snapshot.memberships):
        rows = [mark_unregistered(row) for row in rows]
    return build_register_result(
        snapshot,
        membership_coverage,
        rows,
        variant=basis,
        by=None if groups is None else groups.name,
        several=None if groups is None else groups.several,
        needs=found.needs,
        rests_on=found.pick_ids(found.counts & wanted),
        evidence=count_community_evidence(found, wanted),
    )


def count_community_evidence(found: Standing, wanted: Flags) -> dict[str, int]:
    """Count the communities that figures rest on, by what became of them."""
    enough = found.communities.established & wanted
    return {
        "communities": int((found.counts & wanted).sum()),
        "communities_unknown": int((enough & found.maybe & ~found.counts).sum()),
        "too_small": int((wanted & ~enough).sum()),
    }


def find_covered_people(snapshot: Snapshot, found: Standing, wanted: Flags) -> Cases:
    """Tell of each person whether they are in a community that counts."""

    def people(which: Flags) -> Flags:
        mask = np.zeros(len(snapshot.person_ids), np.bool_)
        mask[found.communities.persons[(which & wanted)[found.communities.numbers]]] = True
        return mask

    return Cases(people(found.counts), people(found.maybe), ~people(~found.known), found.silence)


def mark_unregistered(row: Figure) -> Figure:
    """Return what stands for a figure where nobody registered who is in which community."""
    reason = "no_staff" if row.reason == "no_staff" else "not_registered"
    return Figure(part=row.part, n=row.n, reason=reason)
