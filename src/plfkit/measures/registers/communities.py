"""Communities: how many of the staff are in one."""

from __future__ import annotations

from typing import Unpack

from plfkit.arrays import Flags
from plfkit.graph.cases import Cases, compute_people_shares
from plfkit.graph.communities import mark_members, match_community_kinds, pick_ids
from plfkit.graph.groups import GroupSpec
from plfkit.graph.snapshot import Snapshot
from plfkit.graph.standing import Standing, judge_standing
from plfkit.measures.engine.options import Options, resolve_options
from plfkit.measures.engine.registered import (
    build_staff_result,
    check_kinds,
    collect_people_facts,
    resolve_kinds,
    split_staff,
)
from plfkit.measures.registers.register_defaults import measure_members
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.kinds import Label
from plfkit.model.words.reasons import Reason


@measure_members(
    label=Label(da="Andel medarbejdere i et fællesskab", en="Share of staff in a community"),
    tells=Label(
        da="Hvor stor en del af medarbejderne der er med i mindst ét fællesskab med nok medlemmer.",
        en="How large a part of the staff is in at least one community with enough members.",
    ),
    beware=Label(
        da="At stå på en medlemsliste viser ikke, at fællesskabet arbejder som et læringsfællesskab.",
        en="Being on a list of members does not show that the community works as a learning community.",
    ),
    tables=("persons", "positions", "communities", "memberships"),
    example={"by": "level"},
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

    Formula:
        staff in a community that counts / staff of whom it is known

    Staff are the people there on the reference day in a role that counts as staff. A community
    counts when it is in force and has enough members: as many as a level it stands on asks for, or
    the vocabulary's minimum. On the basis ``"self_assessed"`` it must also see reflective dialogues
    and a focus on pupils' learning at least two thirds up the scale; on ``"learning"`` it must do so
    or be of a kind that is flagged as a learning community; on ``"active"`` it must have
    held six meetings in the school year, in at least four of its five stretches of two months (a
    *convention*, `plfkit.model.declared.standards.Standards`), and something that is evidence for each of the
    two.

    The register is taken to be complete. Somebody in a community whose log has gaps has no part in
    the value, and widens the range; where the range rules the value out there is none. Where
    communities that did not assess themselves could decide it for somebody, there is only a range:
    almost everybody is in such a community, so the few others say nothing about the rest.

    Beware:
        A high share does not mean that the communities work as learning communities: it is read from
        lists of members.

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

    Source:
        plfkit's own definition.

    Examples:
        Ann, Bo and Cy are in a team of three, Di is in none: 3 of 4.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(positions=["ann,bo,cy,di s teacher"], memberships=["t ann,bo,cy"])
        >>> membership_coverage(now).item()
        0.75
    """
    resolve_options(membership_coverage, options)
    check_kinds(snapshot, "community_kinds", kinds)
    found = judge_standing(snapshot, basis, "membership_coverage")
    wanted = match_community_kinds(snapshot, found.communities, kinds)
    parts = split_staff(snapshot, by)
    cases = judge_coverage(snapshot, found, wanted)
    rows = compute_people_shares(cases, snapshot.staff, parts)
    return build_staff_result(
        snapshot,
        membership_coverage,
        blank_unregistered(snapshot, rows),
        parts,
        facts=collect_people_facts(
            snapshot,
            cases,
            parts,
            meaning={"kinds": resolve_kinds(snapshot, kinds)},
        ),
        variant=basis,
        needs=found.needs,
        rests_on=pick_ids(found.communities.ids, found.counts & wanted),
        evidence=count_community_evidence(found, wanted),
    )


def count_community_evidence(found: Standing, wanted: Flags) -> dict[str, int]:
    """Count the communities that figures rest on, by what became of them."""
    enough = found.communities.established & wanted
    return {
        "communities": int((found.counts & wanted).sum()),
        # Of all that are registered: which of these have members enough tells who is in them.
        "communities_unknown": int((wanted & found.silent).sum()),
        "too_small": int((wanted & ~enough).sum()),
    }


def judge_coverage(snapshot: Snapshot, found: Standing, wanted: Flags) -> Cases:
    """Tell of everybody whether they are in a community that counts.

    Args:
        snapshot: The moment.
        found: Which communities count.
        wanted: Which of them are asked about.
    """
    surely, maybe, unknown = (
        mark_members(snapshot, found.communities, which & wanted)
        for which in (found.counts, found.maybe, ~found.known)
    )
    # Somebody in two communities is known where all is known of both.
    return Cases(surely, maybe, ~unknown, found.silence)


def blank_unregistered(snapshot: Snapshot, rows: list[Figure]) -> list[Figure]:
    """Return figures of staff; without values where nobody registered who is in which community."""
    if len(snapshot.memberships):
        return rows
    return [
        Figure(
            part=row.part,
            n=row.n,
            reason=Reason.NO_STAFF if row.reason == Reason.NO_STAFF else Reason.NOT_REGISTERED,
        )
        for row in rows
    ]
