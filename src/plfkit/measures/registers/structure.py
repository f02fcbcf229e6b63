"""Structure: which frame communities have, and which kinds of them every school has."""

from __future__ import annotations

from typing import Unpack

import numpy as np
from attrs import evolve

from plfkit.errors import MeasureError
from plfkit.graph.cases import Cases
from plfkit.graph.communities import (
    gather_communities,
    locate_communities,
    match_community_kinds,
    pick_ids,
)
from plfkit.graph.meeting_rhythm import read_charters
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.engine.options import Options, resolve_options
from plfkit.measures.engine.registered import build_register_result, check_kinds, choose_communities
from plfkit.measures.registers.register_defaults import MEMBER_COLUMNS, measure_communities
from plfkit.model.records.needs import Need
from plfkit.model.records.tables import recode_column
from plfkit.model.results.fields import TOTAL
from plfkit.model.results.result import Result
from plfkit.model.words.kinds import Label
from plfkit.model.words.reasons import Reason

NAMED_ROLES = ("coordinator", "facilitator", "chair")
"""What somebody is in a community who answers for it."""


@measure_communities(
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
    tables=("units", "communities", "memberships"),
    example={"kinds": ["leadership_team"]},
)
def shared_structure(
    snapshot: Snapshot,
    *,
    kinds: tuple[str, ...],
    per: str = "school",
    **options: Unpack[Options],
) -> Result:
    """Return the share of some kinds of community that every school has.

    Formula:
        kinds of community that every school has / kinds asked about

    Beware:
        A high share does not mean that schools work alike, and a low one may have good reasons.

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

    Source:
        plfkit's own definition.

    Examples:
        Both schools have a team, only one a leadership team: 1 of 2 kinds is everywhere.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(
        ...     communities=["t team unit=s", "u team unit=z", "l leadership_team unit=s"],
        ...     memberships=["t,u,l ann,bo,cy"],
        ... )
        >>> shared_structure(now, kinds=("team", "leadership_team")).item()
        0.5
    """
    resolve_options(shared_structure, options)
    if not kinds:
        raise MeasureError("shared_structure: name the kinds of community")
    check_kinds(snapshot, "community_kinds", kinds)
    check_kinds(snapshot, "unit_kinds", (per,))
    known = gather_communities(snapshot)
    at = locate_communities(snapshot, per, known.ids)
    schools = snapshot.units.column("id").values[snapshot.units.column("kind").match_text(per)]
    # Of each kind: whether every school is among the places of its communities.
    everywhere = [
        np.isin(
            schools, at[known.established & match_community_kinds(snapshot, known, (kind,))]
        ).all()
        for kind in dict.fromkeys(kinds)
    ]
    # Without schools, or without any member, there is nothing to count, and no kind is missing.
    registered = len(schools) > 0 and len(snapshot.memberships) > 0
    cases = Cases.of_register(np.array(everywhere if registered else [], np.bool_))
    figure = cases.compute_share(empty=Reason.NOT_REGISTERED if len(schools) else Reason.NO_UNITS)
    return build_register_result(
        snapshot, shared_structure, [figure], evidence={"places": len(schools)}
    )


@measure_communities(
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
    tables=("communities", "memberships"),
    columns=(*MEMBER_COLUMNS, "communities.charter", "communities.focus", "memberships.role"),
)
def framing(
    snapshot: Snapshot,
    *,
    kinds: tuple[str, ...] | None = None,
    roles: tuple[str, ...] = NAMED_ROLES,
    **options: Unpack[Options],
) -> Result:
    """Return the shares of communities that have a charter, a focus, a named role, and all three.

    Formula:
        communities with a charter, a focus and a named role / communities of which it is known

    A community that does not say whether it has a charter has no part in the value, and widens the
    range. No list says that a community has no focus. If any community has one registered, a blank
    counts as no focus in the value and at the lower end, and as a focus at the upper end. If none
    has one registered, or if no member's role is written at all, ``total`` has a range only.

    Beware:
        A high share does not mean that the frame is used: it stands on paper.

    Args:
        snapshot: The moment.
        kinds: The kinds of community that count, with their sorts; all if left out.
        roles: What a member is to be named as, one of these: coordinator, facilitator or chair.
        options: What every measure takes; nothing here rests on chance or on answers.

    Returns:
        Four figures: ``total``, all three, and ``charter``, ``focus`` and ``role``; ``numerator``
        and ``denominator`` count communities with enough members. Undefined without communities,
        and where it is registered for none of them.

    Raises:
        UnknownGroupError: There is no such kind of community or role.

    Source:
        plfkit's own definition.

    Examples:
        The team *t* has a charter, a focus and a facilitator, the team *u* a focus only.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(
        ...     communities=["t team focus=reading charter=yes", "u team focus=maths charter=no"],
        ...     memberships=["t ann role=facilitator", "t bo,cy", "u ann,bo,cy"],
        ... )
        >>> {row.figure: row.value for row in framing(now)}
        {'total': 0.5, 'charter': 0.5, 'focus': 1.0, 'role': 0.5}
    """
    resolve_options(framing, options)
    known, counting = choose_communities(snapshot, kinds)
    check_kinds(snapshot, "membership_roles", roles)
    charter, focus = (
        read_charters(snapshot, known.ids),
        _find_focused_communities(snapshot, known.ids),
    )
    role = _find_led_communities(snapshot, known.ids, roles)
    # That there is no focus nobody registers: while no community has one, blanks may all be forgotten.
    told = focus.yes.any() and role.counted.all()
    whole = evolve(
        charter.combine_with(focus).combine_with(role),
        silence=None if told else Reason.SOME_NOT_REGISTERED,
    )
    parts = {TOTAL: whole, "charter": charter, "focus": focus, "role": role}
    rows = [
        one.take(counting).compute_share(figure=name, empty=Reason.NO_COMMUNITIES)
        for name, one in parts.items()
    ]
    open_ = whole.maybe & ~whole.yes & counting
    return build_register_result(
        snapshot,
        framing,
        rows,
        needs=tuple(
            Need(table)
            for table, one in {
                "communities": charter.combine_with(focus),
                "memberships": role,
            }.items()
            if (open_ & one.maybe & ~one.yes).any()
        ),
        evidence={"communities": int(counting.sum())},
        rests_on=pick_ids(known.ids, whole.yes & counting),
    )


def _find_focused_communities(snapshot: Snapshot, ids: tuple[str, ...]) -> Cases:
    """Tell which communities have a focus; a blank counts as none where any has one."""
    column = snapshot.communities.column("focus")
    rows = recode_column(snapshot.communities.column("id"), ids)
    yes = np.zeros(len(ids), np.bool_)
    # Rows of communities that are not in force on the reference day are −1, and left out.
    yes[rows[rows >= 0]] = ~column.missing[rows >= 0]
    return Cases(yes, np.ones_like(yes), np.full_like(yes, yes.any()))


def _find_led_communities(
    snapshot: Snapshot, ids: tuple[str, ...], roles: tuple[str, ...]
) -> Cases:
    """Tell which communities name somebody as one of some roles.

    Where any role is written, a blank is a plain member; where none is, all may have been forgotten.
    """
    memberships = snapshot.memberships
    column = memberships.column("role")
    leads = recode_column(column, roles) >= 0
    # Who was named and has left by the reference day no longer leads.
    leads &= snapshot.counted[snapshot.number_people("memberships", "person")]
    led = recode_column(memberships.column("community"), ids)[leads]
    yes = np.bincount(led[led >= 0], minlength=len(ids)) > 0
    return Cases.of_known(yes, np.full_like(yes, not column.missing.all()))
