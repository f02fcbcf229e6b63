"""Qualifications: who is trained, and whether learning centres are built up."""

from __future__ import annotations

from typing import Unpack

import numpy as np
from numpy.typing import NDArray

from plfkit.errors import MeasureError
from plfkit.graph.communities import communities, places
from plfkit.graph.groups import GroupSpec, grouping, trained
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.attendance import own_people
from plfkit.measures.cases import Cases, parts_of, shares_of_people
from plfkit.measures.catalogue import measure
from plfkit.measures.columns import COMMUNITIES, QUALIFICATIONS, STAFF, UNITS
from plfkit.measures.options import Options, how
from plfkit.measures.registered import check_kinds, register_result, staff_among
from plfkit.model.kinds import Label
from plfkit.model.result import Figure, Result

NO_NULL = "who is trained is registered, and compared with nothing"
NO_INTERVAL = "a register counts everybody, so nothing is left to chance"
CENTRE, LEADERS = "learning_centre", "school_leadership"


@measure(
    label=Label(da="Medarbejdere med en kvalifikation", en="Staff with a qualification"),
    tells=Label(
        da="Hvor stor en del af medarbejderne der er registreret med kvalifikationen.",
        en="How large a part of the staff is registered as having the qualification.",
    ),
    beware=Label(
        da="Et gennemført forløb viser ikke, at det bruges i hverdagen.",
        en="A completed course does not show that it is used in everyday work.",
    ),
    figure_class="participation",
    tables=("persons", "positions", "qualifications"),
    columns=(*STAFF, *UNITS, *QUALIFICATIONS, "qualifications.subject"),
    reference="plfkit's own definition",
    no_null=NO_NULL,
    no_interval=NO_INTERVAL,
)
def qualification_share(
    snapshot: Snapshot,
    *,
    kind: str,
    subject: str | None = None,
    level: str | None = None,
    role: str | None = None,
    by: GroupSpec | None = None,
    **options: Unpack[Options],
) -> Result:
    """Return the share of staff who have a qualification in force.

    The register is taken to be complete wherever anybody has that qualification.

    Args:
        snapshot: The moment.
        kind: The qualification.
        subject: In this subject only; in any if left out.
        level: Staff of this level only.
        role: Staff in this role only.
        by: One figure for each of these groups.
        options: What every measure takes; nothing here rests on chance or on answers.

    Returns:
        One figure for each part; ``numerator`` counts those who have it, ``denominator`` the staff.
        Undefined without staff, and where nobody's qualification of the kind is registered.

    Raises:
        UnknownGroupError: There is no such qualification, level or role, or people cannot be grouped
            by `by`.
    """
    how(qualification_share, options)
    chosen = staff_among(snapshot, level, role)
    groups = None if by is None else grouping(snapshot, by)
    parts = parts_of(groups, len(chosen))
    rows = shares_of_people(Cases.certain(trained(snapshot, (kind,), subject)), chosen, parts)
    registered = bool(trained(snapshot, (kind,)).any())
    if not registered:
        rows = [Figure(part=row.part, n=row.n, reason="not_registered") for row in rows]
    return register_result(
        snapshot,
        qualification_share,
        rows,
        variant=kind if subject is None else f"{kind}, {subject}",
        by=None if groups is None else groups.name,
        several=None if groups is None else groups.several,
        needs=() if registered else ("qualifications",),
    )


@measure(
    label=Label(da="Opbyggede læringscentre", en="Learning centres that are built up"),
    tells=Label(
        da="Hvor stor en del af skolerne der har et læringscenter med en leder og uddannede "
        "vejledere i de valgte funktioner.",
        en="How large a part of the schools has a learning centre with a leader in it and trained "
        "coaches in the chosen functions.",
    ),
    beware=Label(
        da="At funktionerne er besat, viser ikke, hvor meget tid de har.",
        en="That functions are filled does not show how much time they have.",
    ),
    figure_class="organisational",
    tables=("units", "positions", "communities", "memberships", "qualifications"),
    columns=(*STAFF, *UNITS, *COMMUNITIES, *QUALIFICATIONS),
    reference="plfkit's own definition",
    no_null=NO_NULL,
    no_interval=NO_INTERVAL,
)
def learning_centre_build_up(
    snapshot: Snapshot,
    *,
    functions: tuple[str, ...],
    at_least: int | None = None,
    qualifications: tuple[str, ...] = ("coach_training",),
    per: str = "school",
    **options: Unpack[Options],
) -> Result:
    """Return the share of schools whose learning centre is built up.

    It is when somebody of the school's own leadership is in it, and at least so many of the functions
    are held by a member of the school's own who is trained. The school's own are those who hold that
    position at the school or below it. A centre counts when it has enough members.

    Args:
        snapshot: The moment.
        functions: Roles that the centre is to hold.
        at_least: How many of them; all if left out.
        qualifications: What a member is to be trained in: any of these.
        per: The kind of unit that has a centre.
        options: What every measure takes; nothing here rests on chance or on answers.

    Returns:
        One figure; ``numerator`` and ``denominator`` count schools. Undefined without schools, and
        where nobody's training is registered.

    Raises:
        MeasureError: No function is named, or fewer functions than are asked for.
        UnknownGroupError: There is no such role, qualification or unit kind.
    """
    how(learning_centre_build_up, options)
    wanted = len(functions) if at_least is None else at_least
    if not 1 <= wanted <= len(functions):
        raise MeasureError("learning_centre_build_up: name as many functions as you ask for")
    check_kinds(snapshot, "roles", functions)
    check_kinds(snapshot, "unit_kinds", (per,))
    able = trained(snapshot, qualifications)
    members = _members_by_school(snapshot, per)
    schools = sorted(unit.id for unit in snapshot.units if unit.kind == per)
    numbers = {name: place for place, name in enumerate(snapshot.units.column("id").categories)}

    def built_up(school: str) -> bool:
        here = members.get(school, _NOBODY)
        led, *held = (
            own_people(snapshot, numbers[school], name)[here] for name in (LEADERS, *functions)
        )
        return bool(led.any() and sum((able[here] & one).any() for one in held) >= wanted)

    built = [built_up(school) for school in schools]
    figure = Cases.certain(np.array(built, np.bool_)).share(empty="no_units")
    if not able.any():
        figure = Figure(reason="not_registered")
    return register_result(
        snapshot,
        learning_centre_build_up,
        [figure],
        variant=", ".join(functions),
        needs=() if able.any() else ("qualifications",),
        evidence={"centres": len(members), "places": len(schools)},
    )


_NOBODY: NDArray[np.int64] = np.empty(0, np.int64)


def _members_by_school(snapshot: Snapshot, per: str) -> dict[str, NDArray[np.int64]]:
    """Return the members of each school's learning centres that have enough of them."""
    known = communities(snapshot)
    at = places(snapshot, per, known.ids)
    units = snapshot.units.column("id").categories
    centre = np.array([kind == CENTRE for kind in known.kinds], np.bool_)
    centre &= known.established & (at >= 0)
    return {
        units[unit]: np.unique(known.persons[(centre & (at == unit))[known.numbers]])
        for unit in np.unique(at[centre]).tolist()
    }
