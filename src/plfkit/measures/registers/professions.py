"""Professions: which communities have several of them, and who sits with whom."""

from __future__ import annotations

from typing import Unpack

import numpy as np

from plfkit.arrays import Numbers
from plfkit.errors import MeasureError
from plfkit.graph.cases import Cases
from plfkit.graph.communities import (
    find_community_units,
    pick_ids,
)
from plfkit.graph.groups import look_up_members
from plfkit.graph.positions import mark_people_at, split_positions
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.engine.options import Options, resolve_options
from plfkit.measures.engine.registered import (
    StaffParts,
    build_register_result,
    check_kinds,
    choose_communities,
    collect_people_facts,
    count_fewest_holders,
    resolve_kinds,
)
from plfkit.measures.registers.communities import blank_unregistered
from plfkit.measures.registers.register_defaults import measure_communities
from plfkit.model.results.facts import PeopleSet
from plfkit.model.results.result import Result
from plfkit.model.words.figure_classes import FigureClass
from plfkit.model.words.kinds import Label
from plfkit.model.words.reasons import Reason


@measure_communities(
    label=Label(da="Fællesskaber på tværs af faggrupper", en="Communities of several professions"),
    tells=Label(
        da="Hvor stor en del af fællesskaberne der har medlemmer fra hver af de valgte faggrupper.",
        en="How large a part of the communities has members of each of the chosen professions.",
    ),
    beware=Label(
        da="Ikke alle fællesskaber skal have alle faggrupper med.",
        en="Not every community should have every profession in it.",
    ),
    tables=("positions", "communities", "memberships"),
    example={"roles": ["teacher", "pedagogue"]},
)
def professional_mix(
    snapshot: Snapshot,
    *,
    roles: tuple[str, ...],
    kinds: tuple[str, ...] | None = None,
    **options: Unpack[Options],
) -> Result:
    """Return the share of communities with members in each of some roles.

    Formula:
        communities with a member in each of the roles / communities with enough members

    Beware:
        A high share is not always better: not every community should have every profession in it.

    Args:
        snapshot: The moment.
        roles: The roles, or levels, that are to be in it: by the positions that its members hold
            where it is, and all positions of a guest.
        kinds: The kinds of community that count, with their sorts; all if left out.
        options: What every measure takes; nothing here rests on chance or on answers.

    Returns:
        One figure; ``numerator`` and ``denominator`` count communities with enough members. Undefined
        without communities.

    Raises:
        MeasureError: No role is named.
        UnknownGroupError: There is no such role or kind of community.

    Source:
        plfkit's own definition.

    Examples:
        One team has teachers alone, the other a pedagogue too: 1 of 2.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(
        ...     positions=["ann,bo,cy s teacher", "di s pedagogue"],
        ...     memberships=["t ann,bo,cy", "u ann,bo,di"],
        ... )
        >>> professional_mix(now, roles=("teacher", "pedagogue")).item()
        0.5
    """
    resolve_options(professional_mix, options)
    if not roles:
        raise MeasureError("professional_mix: name the roles that are to be in a community")
    known, counting = choose_communities(snapshot, kinds)
    at = find_community_units(snapshot, known.ids)[known.numbers]
    mixed = np.ones(len(known.ids), np.bool_)
    for role in roles:
        mixed &= known.count_members(mark_people_at(snapshot, role, known.persons, at)) > 0
    fewest = count_fewest_holders(snapshot, roles)
    shown = Cases.of_register(mixed[counting])
    figure = shown.compute_share(people=fewest, empty=Reason.NO_COMMUNITIES)
    return build_register_result(
        snapshot,
        professional_mix,
        [figure],
        variant=", ".join(roles),
        evidence={"communities": int(counting.sum())},
        rests_on=pick_ids(known.ids, mixed & counting),
    )


@measure_communities(
    label=Label(
        da="Kolleger i fællesskab med en anden faggruppe",
        en="Colleagues who share a community with another profession",
    ),
    tells=Label(
        da="Hvor stor en del af den ene faggruppe der er med i mindst ét fællesskab sammen med den "
        "anden.",
        en="How large a part of the one profession is in at least one community with the other.",
    ),
    beware=Label(
        da="At stå på samme medlemsliste er ikke det samme som at blive hørt.",
        en="Being on the same list of members is not the same as being heard.",
    ),
    figure_class=FigureClass.PARTICIPATION,
    tables=("units", "positions", "communities", "memberships"),
    example={"role": "pedagogue", "beside": "teacher"},
)
def mixed_membership(
    snapshot: Snapshot,
    *,
    role: str,
    beside: str,
    per: str = "school",
    kinds: tuple[str, ...] | None = None,
    **options: Unpack[Options],
) -> Result:
    """Return the share of people of one profession who share a community with somebody of another.

    Formula:
        people in the role who share a community with somebody of the other / people in the role

    Beware:
        A high share does not mean that the two are heard by each other: they stand on one list.

    Args:
        snapshot: The moment.
        role: The role, or level, of those asked about: who hold it at a unit of the kind `per`, or
            below one.
        beside: The role, or level, of whom at least one other is to be in the same community: by the
            positions that its members hold where it is, and all positions of a guest.
        per: The kind of unit.
        kinds: The kinds of community that count, with their sorts; all if left out.
        options: What every measure takes; nothing here rests on chance or on answers.

    Returns:
        One figure; ``numerator`` and ``denominator`` count people. Undefined where nobody holds the
        role at such a unit, and where no memberships are registered.

    Raises:
        UnknownGroupError: There is no such role, unit kind or kind of community.

    Source:
        plfkit's own definition.

    Examples:
        Of four teachers Ann and Bo are in a team with the pedagogue: 2 of 4.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(
        ...     positions=["ann,bo,cy,ed s teacher", "di s pedagogue"],
        ...     memberships=["t ann,bo,di", "u ann,cy,ed"],
        ... )
        >>> mixed_membership(now, role="teacher", beside="pedagogue").item()
        0.5
    """
    resolve_options(mixed_membership, options)
    check_kinds(snapshot, "unit_kinds", (per,))
    known, counting = choose_communities(snapshot, kinds)
    at = find_community_units(snapshot, known.ids)[known.numbers]
    others = mark_people_at(snapshot, beside, known.persons, at)
    # Somebody who is both needs another of the profession to sit with: they are taken from its count.
    company = known.count_members(others)[known.numbers] - others
    beside_them = (company > 0) & counting[known.numbers]
    yes = np.zeros(len(snapshot.person_ids), np.bool_)
    yes[known.persons[beside_them & mark_people_at(snapshot, role, known.persons, at)]] = True
    asked = _find_role_holders(snapshot, role, per)
    figure = Cases.of_register(yes[asked]).compute_share(people=len(asked), empty=Reason.NO_STAFF)
    units = tuple(unit.id for unit in snapshot.units if unit.kind == per)
    holders = PeopleSet(asked, {"of": (role,), "at": units})
    return build_register_result(
        snapshot,
        mixed_membership,
        blank_unregistered(snapshot, [figure]),
        facts=collect_people_facts(
            snapshot,
            Cases.of_register(yes),
            StaffParts(((None, asked),), None, (role,)),
            selecting=("role", "per"),
            universe=holders,
            meaning={"kinds": resolve_kinds(snapshot, kinds)},
            complete=True,
        ),
        variant=f"{role}, {beside}",
        evidence={},
    )


def _find_role_holders(snapshot: Snapshot, role: str, per: str) -> Numbers:
    """Return who counts as staff in a role, or on a level, at a unit of a kind or below one."""
    inside = split_positions(snapshot, per).values()
    rows = np.concatenate([*inside, np.zeros(0, np.int64)])
    # Of the positions at such units those that count as staff, and of their holders those who do.
    rows = rows[snapshot.position_staff[rows]]
    return np.intersect1d(
        look_up_members(snapshot, role, held=rows), np.flatnonzero(snapshot.staff)
    )
