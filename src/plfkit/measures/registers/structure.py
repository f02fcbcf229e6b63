"""Structure: which frame communities have, what schools have in common, and who sits together."""

from __future__ import annotations

from typing import Unpack

import numpy as np
from attrs import evolve

from plfkit.arrays import Numbers
from plfkit.errors import MeasureError
from plfkit.graph.cases import Cases
from plfkit.graph.communities import (
    find_community_units,
    gather_communities,
    locate_communities,
    match_community_kinds,
    pick_ids,
)
from plfkit.graph.groups import look_up_members
from plfkit.graph.meeting_rhythm import read_charters
from plfkit.graph.positions import mark_people_at, split_positions
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.engine.catalogue import measure
from plfkit.measures.engine.columns import COMMUNITY_COLUMNS, STAFF_COLUMNS, UNIT_COLUMNS
from plfkit.measures.engine.options import Options, resolve_options
from plfkit.measures.engine.registered import build_register_result, check_kinds
from plfkit.measures.registers.communities import mark_unregistered
from plfkit.model.records.tables import recode_column
from plfkit.model.results.fields import TOTAL
from plfkit.model.results.result import Result
from plfkit.model.words.kinds import Label

STRUCTURE_NO_NULL = "which communities there are is registered, and compared with nothing"
STRUCTURE_NO_INTERVAL = "the register counts every community, so nothing is left to chance"
STRUCTURE_COLUMNS = (*STAFF_COLUMNS, *UNIT_COLUMNS, *COMMUNITY_COLUMNS)
UNSAID = "some_not_registered"
NAMED_ROLES = ("coordinator", "facilitator", "chair")
"""What somebody is in a community who answers for it."""


@measure(
    label=Label(
        da="Slags fællesskaber, som alle skoler har", en="Kinds of community at every school"
    ),
    tells=Label(
        da="Hvor mange af de valgte slags fællesskaber der findes på alle skoler.",
        en="How many of the chosen kinds of community there are at every school.",
    ),
    beware=Label(
        da="En skole kan have god grund til at gøre det på sin egen måde.",
        en="A school may have good reasons for doing it in its own way.",
    ),
    figure_class="organisational",
    tables=("units", "communities", "memberships"),
    columns=STRUCTURE_COLUMNS,
    reference="plfkit's own definition",
    example={"kinds": ["leadership_team"]},
    no_null=STRUCTURE_NO_NULL,
    no_interval=STRUCTURE_NO_INTERVAL,
)
def shared_structure(
    snapshot: Snapshot,
    *,
    kinds: tuple[str, ...],
    per: str = "school",
    **options: Unpack[Options],
) -> Result:
    """Return the share of some kinds of community that every school has.

    Args:
        snapshot: The moment.
        kinds: The kinds of community that every school should have, of whatever sort.
        per: The kind of unit.
        options: What every measure takes; nothing here rests on chance or on answers.

    Returns:
        One figure; ``numerator`` and ``denominator`` count kinds. Undefined without such units, and
        where no memberships are registered.

    Raises:
        MeasureError: No kind is named.
        UnknownGroupError: There is no such kind of community or unit.
    """
    resolve_options(shared_structure, options)
    if not kinds:
        raise MeasureError("shared_structure: name the kinds of community")
    check_kinds(snapshot, "community_kinds", kinds)
    check_kinds(snapshot, "unit_kinds", (per,))
    known = gather_communities(snapshot)
    at = locate_communities(snapshot, per, known.ids)
    units = snapshot.units.column("id").categories
    schools = {unit.id for unit in snapshot.units if unit.kind == per}
    everywhere = [
        schools
        <= {
            units[place]
            for place in np.unique(
                at[known.established & match_community_kinds(snapshot, known, (kind,))]
            ).tolist()
            if place >= 0
        }
        for kind in dict.fromkeys(kinds)
    ]
    registered = bool(schools) and bool(len(snapshot.memberships))
    cases = Cases.of_register(np.array(everywhere if registered else [], np.bool_))
    figure = cases.compute_share(empty="not_registered" if schools else "no_units")
    return build_register_result(
        snapshot, shared_structure, [figure], evidence={"places": len(schools)}
    )


@measure(
    label=Label(da="Fællesskaber på tværs af faggrupper", en="Communities of several professions"),
    tells=Label(
        da="Hvor stor en del af fællesskaberne der har medlemmer fra hver af de valgte faggrupper.",
        en="How large a part of the communities has members of each of the chosen professions.",
    ),
    beware=Label(
        da="Ikke alle fællesskaber skal have alle faggrupper med.",
        en="Not every community should have every profession in it.",
    ),
    figure_class="organisational",
    tables=("positions", "communities", "memberships"),
    columns=STRUCTURE_COLUMNS,
    reference="plfkit's own definition",
    example={"roles": ["teacher", "pedagogue"]},
    no_null=STRUCTURE_NO_NULL,
    no_interval=STRUCTURE_NO_INTERVAL,
)
def professional_mix(
    snapshot: Snapshot,
    *,
    roles: tuple[str, ...],
    kinds: tuple[str, ...] | None = None,
    **options: Unpack[Options],
) -> Result:
    """Return the share of communities with members in each of some roles.

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
    """
    resolve_options(professional_mix, options)
    if not roles:
        raise MeasureError("professional_mix: name the roles that are to be in a community")
    check_kinds(snapshot, "community_kinds", kinds)
    known = gather_communities(snapshot)
    counting = known.established & match_community_kinds(snapshot, known, kinds)
    at = find_community_units(snapshot, known.ids)[known.numbers]
    mixed = np.ones(len(known.ids), np.bool_)
    for role in roles:
        inside = known.numbers[mark_people_at(snapshot, role, known.persons, at)]
        mixed &= np.bincount(inside, minlength=len(known.ids)) > 0
    figure = Cases.of_register(mixed[counting]).compute_share(empty="no_communities")
    return build_register_result(
        snapshot,
        professional_mix,
        [figure],
        variant=", ".join(roles),
        evidence={"communities": int(counting.sum())},
        rests_on=pick_ids(known.ids, mixed & counting),
    )


@measure(
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
    figure_class="participation",
    tables=("units", "positions", "communities", "memberships"),
    columns=STRUCTURE_COLUMNS,
    reference="plfkit's own definition",
    example={"role": "pedagogue", "beside": "teacher"},
    no_null=STRUCTURE_NO_NULL,
    no_interval=STRUCTURE_NO_INTERVAL,
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
    """Return the share of one profession who share a community with somebody of another.

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
    """
    resolve_options(mixed_membership, options)
    check_kinds(snapshot, "unit_kinds", (per,))
    check_kinds(snapshot, "community_kinds", kinds)
    known = gather_communities(snapshot)
    counting = known.established & match_community_kinds(snapshot, known, kinds)
    at = find_community_units(snapshot, known.ids)[known.numbers]
    others = mark_people_at(snapshot, beside, known.persons, at)
    heads = np.bincount(known.numbers[others], minlength=len(known.ids))
    # Somebody who is both needs another of the profession to sit with.
    beside_them = (heads[known.numbers] - others > 0) & counting[known.numbers]
    yes = np.zeros(len(snapshot.person_ids), np.bool_)
    yes[known.persons[beside_them & mark_people_at(snapshot, role, known.persons, at)]] = True
    asked = _find_role_holders(snapshot, role, per)
    figure = Cases.of_register(yes[asked]).compute_share(people=len(asked), empty="no_staff")
    if not len(snapshot.memberships):
        figure = mark_unregistered(figure)
    return build_register_result(
        snapshot, mixed_membership, [figure], variant=f"{role}, {beside}", evidence={}
    )


def _find_role_holders(snapshot: Snapshot, role: str, per: str) -> Numbers:
    """Return who counts as staff in a role, or on a level, at a unit of a kind or below one."""
    inside = split_positions(snapshot, per).values()
    rows = np.concatenate([*inside, np.zeros(0, np.int64)])
    rows = rows[snapshot.position_staff[rows]]
    return np.intersect1d(
        look_up_members(snapshot, role, held=rows), np.flatnonzero(snapshot.staff)
    )


@measure(
    label=Label(da="Fællesskabernes ramme", en="The frame of communities"),
    tells=Label(
        da="Hvor stor en del af fællesskaberne der har en ramme på skrift: en teamkontrakt, et "
        "genstandsfelt og en navngiven koordinator, facilitator eller mødeleder.",
        en="How large a part of the communities has a written frame: a charter, a focus, and a named "
        "coordinator, facilitator or chair.",
    ),
    beware=Label(
        da="En ramme på papir viser ikke, at den bliver brugt. Et felt, der står tomt, kan være glemt.",
        en="A frame on paper does not show that it is used. A cell left blank may have been forgotten.",
    ),
    figure_class="organisational",
    tables=("communities", "memberships"),
    columns=(*STRUCTURE_COLUMNS, "communities.charter", "communities.focus", "memberships.role"),
    reference="plfkit's own definition",
    no_null=STRUCTURE_NO_NULL,
    no_interval=STRUCTURE_NO_INTERVAL,
)
def framing(
    snapshot: Snapshot,
    *,
    kinds: tuple[str, ...] | None = None,
    roles: tuple[str, ...] = NAMED_ROLES,
    **options: Unpack[Options],
) -> Result:
    """Return the share of communities that have a charter, a focus and a named role, and all three.

    A community that does not say whether it has a charter has no part in the value, and widens the
    range. No list says that a community has no focus: where any has one registered, a blank counts as
    none in the value and at the lower end, and as one at the upper end. Where no community has one the
    whole frame has a range only.

    Args:
        snapshot: The moment.
        kinds: The kinds of community that count, with their sorts; all if left out.
        roles: What a member is to be named as, one of these: coordinator, facilitator or chair.
        options: What every measure takes; nothing here rests on chance or on answers.

    Returns:
        Four figures: ``total``, all three, and ``charter``, ``focus`` and ``role``; ``numerator`` and
        ``denominator`` count communities with enough members. Undefined without communities, and
        where nobody registered it of any.

    Raises:
        UnknownGroupError: There is no such kind of community or role.
    """
    resolve_options(framing, options)
    check_kinds(snapshot, "community_kinds", kinds)
    check_kinds(snapshot, "membership_roles", roles)
    known = gather_communities(snapshot)
    counting = known.established & match_community_kinds(snapshot, known, kinds)
    charter, focus = (
        read_charters(snapshot, known.ids),
        _find_focused_communities(snapshot, known.ids),
    )
    role = _find_led_communities(snapshot, known.ids, roles)
    whole = evolve(
        charter.combine_with(focus).combine_with(role), silence=None if focus.yes.any() else UNSAID
    )
    parts = {TOTAL: whole, "charter": charter, "focus": focus, "role": role}
    rows = [
        one.take(counting).compute_share(figure=name, empty="no_communities")
        for name, one in parts.items()
    ]
    return build_register_result(
        snapshot,
        framing,
        rows,
        needs=() if (whole.yes | ~whole.maybe)[counting].all() else ("communities",),
        evidence={"communities": int(counting.sum())},
        rests_on=pick_ids(known.ids, whole.yes & counting),
    )


def _find_focused_communities(snapshot: Snapshot, ids: tuple[str, ...]) -> Cases:
    """Tell which communities have a focus; a blank counts as none where any has one."""
    column = snapshot.communities.column("focus")
    rows = recode_column(snapshot.communities.column("id"), ids)
    yes = np.zeros(len(ids), np.bool_)
    yes[rows[rows >= 0]] = ~column.missing[rows >= 0]
    return Cases(yes, np.ones_like(yes), np.full_like(yes, yes.any()))


def _find_led_communities(
    snapshot: Snapshot, ids: tuple[str, ...], roles: tuple[str, ...]
) -> Cases:
    """Tell which communities name somebody as one of some roles."""
    memberships = snapshot.memberships
    leads = recode_column(memberships.column("role"), roles) >= 0
    leads &= snapshot.counted[snapshot.person_numbers(memberships, "person")]
    led = recode_column(memberships.column("community"), ids)[leads]
    return Cases.of_register(np.bincount(led[led >= 0], minlength=len(ids)) > 0)
