"""Structure: which communities schools have in common, and which professions sit in them."""

from __future__ import annotations

from typing import Unpack

import numpy as np

from plfkit.errors import MeasureError
from plfkit.graph.communities import are_kinds, communities, community_units, places
from plfkit.graph.positions import are_at
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.cases import Cases
from plfkit.measures.catalogue import measure
from plfkit.measures.columns import COMMUNITIES, STAFF, UNITS
from plfkit.measures.options import Options, how
from plfkit.measures.registered import check_kinds, register_result
from plfkit.measures.standing import named
from plfkit.model.kinds import Label
from plfkit.model.result import Result

NO_NULL = "which communities there are is registered, and compared with nothing"
NO_INTERVAL = "the register counts every community, so nothing is left to chance"
COLUMNS = (*STAFF, *UNITS, *COMMUNITIES)


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
    columns=COLUMNS,
    reference="plfkit's own definition",
    no_null=NO_NULL,
    no_interval=NO_INTERVAL,
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
    how(shared_structure, options)
    if not kinds:
        raise MeasureError("shared_structure: name the kinds of community")
    check_kinds(snapshot, "community_kinds", kinds)
    check_kinds(snapshot, "unit_kinds", (per,))
    known = communities(snapshot)
    at = places(snapshot, per, known.ids)
    units = snapshot.units.column("id").categories
    schools = {unit.id for unit in snapshot.units if unit.kind == per}
    everywhere = [
        schools
        <= {
            units[place]
            for place in np.unique(
                at[known.established & are_kinds(snapshot, known, (kind,))]
            ).tolist()
            if place >= 0
        }
        for kind in dict.fromkeys(kinds)
    ]
    registered = bool(schools) and bool(len(snapshot.memberships))
    cases = Cases.certain(np.array(everywhere if registered else [], np.bool_))
    figure = cases.share(empty="not_registered" if schools else "no_units")
    return register_result(snapshot, shared_structure, [figure], evidence={"places": len(schools)})


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
    columns=COLUMNS,
    reference="plfkit's own definition",
    no_null=NO_NULL,
    no_interval=NO_INTERVAL,
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
    how(professional_mix, options)
    if not roles:
        raise MeasureError("professional_mix: name the roles that are to be in a community")
    check_kinds(snapshot, "community_kinds", kinds)
    known = communities(snapshot)
    counting = known.established & are_kinds(snapshot, known, kinds)
    at = community_units(snapshot, known.ids)[known.numbers]
    mixed = np.ones(len(known.ids), np.bool_)
    for role in roles:
        inside = known.numbers[are_at(snapshot, role, known.persons, at)]
        mixed &= np.bincount(inside, minlength=len(known.ids)) > 0
    figure = Cases.certain(mixed[counting]).share(empty="no_communities")
    return register_result(
        snapshot,
        professional_mix,
        [figure],
        variant=", ".join(roles),
        evidence={"communities": int(counting.sum())},
        rests_on=named(known.ids, mixed & counting),
    )
