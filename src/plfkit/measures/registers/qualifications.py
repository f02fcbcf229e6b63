"""Qualifications: who is trained, and whether learning centres are built up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Unpack

import numpy as np
from attrs import evolve, frozen

from plfkit.arrays import Flags, Numbers
from plfkit.errors import MeasureError
from plfkit.graph.cases import Cases, compute_people_shares
from plfkit.graph.communities import (
    find_community_units,
    gather_communities,
    locate_communities,
    match_community_kinds,
)
from plfkit.graph.groups import GroupSpec, is_by_positions, look_up_members, mark_qualified_people
from plfkit.graph.positions import mark_people_at, split_positions
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.engine.columns import QUALIFICATION_COLUMNS, STAFF_COLUMNS, UNIT_COLUMNS
from plfkit.measures.engine.options import Options, resolve_options
from plfkit.measures.engine.registered import (
    StaffParts,
    build_register_result,
    build_staff_result,
    check_kinds,
    collect_people_facts,
    find_staff_among,
    split_staff,
)
from plfkit.measures.registers.register_defaults import MEMBER_COLUMNS, measure_training
from plfkit.model.records.needs import Need
from plfkit.model.results.facts import PeopleSet, Who
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.figure_classes import FigureClass
from plfkit.model.words.kinds import Label
from plfkit.model.words.reasons import Reason

LEARNING_CENTRE = "learning_centre"
SCHOOL_LEADERSHIP = "school_leadership"


@measure_training(
    label=Label(da="Medarbejdere med en kvalifikation", en="Staff with a qualification"),
    tells=Label(
        da="Hvor stor en del af medarbejderne der er registreret med kvalifikationen.",
        en="How large a part of the staff is registered as having the qualification.",
    ),
    beware=Label(
        da="Et gennemført forløb viser ikke, at det bruges i hverdagen.",
        en="A completed course does not show that it is used in everyday work.",
    ),
    figure_class=FigureClass.PARTICIPATION,
    tables=("persons", "positions", "qualifications"),
    columns=(
        *STAFF_COLUMNS,
        "positions.subject",
        *UNIT_COLUMNS,
        *QUALIFICATION_COLUMNS,
        "qualifications.subject",
    ),
    example={"kind": "coach_training", "level": "resource_persons"},
)
def qualification_share(
    snapshot: Snapshot,
    *,
    kind: str,
    subject: str | None = None,
    teaches: str | None = None,
    level: str | None = None,
    role: str | None = None,
    by: GroupSpec | None = None,
    **options: Unpack[Options],
) -> Result:
    """Return the share of staff who have a qualification in force.

    Formula:
        staff with the qualification / staff

    If anybody has that qualification, the register is taken to be complete.

    Beware:
        A high share does not mean that what was learnt is used in everyday work.

    Args:
        snapshot: The moment.
        kind: The qualification.
        subject: In this subject only; in any if left out.
        teaches: Staff only who hold a position in this subject; with groups of places, one there.
        level: Staff of this level only.
        role: Staff in this role only.
        by: One figure for each of these groups.
        options: What every measure takes; nothing here rests on chance or on answers.

    Returns:
        One figure for each part; ``numerator`` counts those who have it, ``denominator`` the staff.
        Undefined without staff, where nobody's qualification of the kind is registered, and where it is
        asked who teaches a subject that no position names.

    Raises:
        UnknownGroupError: There is no such qualification, level or role, or people cannot be grouped
            by `by`.

    Source:
        plfkit's own definition.

    Examples:
        Of four teachers Ann has been trained as a coach: 1 of 4.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(positions=["ann,bo,cy,di s teacher"], qualifications=["ann coach_training"])
        >>> qualification_share(now, kind="coach_training").item()
        0.25
    """
    resolve_options(qualification_share, options)
    chosen = find_staff_among(snapshot, level, role)
    parts = split_staff(snapshot, by, level, role)
    if teaches is not None:
        parts = _narrow_to_teachers(snapshot, parts, teaches)
    cases = Cases.of_register(mark_qualified_people(snapshot, (kind,), subject))
    rows = compute_people_shares(cases, chosen, parts)
    # Nobody with the qualification at all: its register is taken to be missing, not empty.
    needs = () if mark_qualified_people(snapshot, (kind,)).any() else (Need("qualifications"),)
    if teaches is not None and not _find_subject_positions(snapshot, teaches).any():
        needs = (*needs, Need("positions"))
    if needs:
        rows = [Figure(part=row.part, n=row.n, reason=Reason.NOT_REGISTERED) for row in rows]
    return build_staff_result(
        snapshot,
        qualification_share,
        rows,
        parts,
        variant=", ".join(word for word in (kind, subject, teaches) if word is not None),
        needs=needs,
        facts=collect_people_facts(
            snapshot,
            cases,
            parts,
            asked=chosen,
            selecting=("level", "role", "teaches"),
            universe=_find_eligible_people(snapshot, role, teaches),
            complete=True,
        ),
    )


def _find_eligible_people(
    snapshot: Snapshot, role: str | None, teaches: str | None
) -> PeopleSet | None:
    """Return whose qualification is asked about, where not everybody's: of a role, of a subject."""
    if role is None and teaches is None:
        return None
    parts = split_staff(snapshot, None, role)
    who: Who = {} if role is None else {"of": (role,)}
    if teaches is not None:
        parts, who = _narrow_to_teachers(snapshot, parts, teaches), {**who, "teaches": (teaches,)}
    ((_, persons),) = parts
    return PeopleSet(persons, who)


def _find_subject_positions(snapshot: Snapshot, subject: str) -> Flags:
    """Tell which positions of record are about a subject."""
    return np.asarray(snapshot.positions.column("subject").match_text(subject))


def _narrow_to_teachers(snapshot: Snapshot, parts: StaffParts, subject: str) -> StaffParts:
    """Return the parts with those only who hold a position in a subject, at a place one there."""
    about = _find_subject_positions(snapshot, subject)
    here: Mapping[str, Numbers] = {}
    if parts.groups is not None and is_by_positions(snapshot.vocabulary, parts.groups.name):
        here = split_positions(snapshot, parts.groups.name)
    narrowed = []
    for part, persons in parts:
        # Places have their own positions; other groups, and the whole, have those of everywhere.
        rows = here.get(part or "", np.arange(len(about)))
        teachers = snapshot.position_persons[rows[about[rows]]]
        narrowed.append((part, np.intersect1d(persons, teachers)))
    return evolve(parts, parts=tuple(narrowed))


@measure_training(
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
    figure_class=FigureClass.ORGANISATIONAL,
    tables=("units", "positions", "communities", "memberships", "qualifications"),
    columns=(*MEMBER_COLUMNS, *QUALIFICATION_COLUMNS),
    example={"functions": ["reading_coach", "maths_coach"], "at_least": 1},
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

    Formula:
        schools whose learning centre is built up / schools

    A learning centre is built up when somebody of the school leadership is in it, and at least so
    many of the functions are held by a member who is trained. What counts is what a member is at
    that school, not at another; a guest, who has no position there, counts with all positions. A
    centre counts when it has enough members.

    Beware:
        A high share does not mean that those who hold the functions have time for them.

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

    Source:
        plfkit's own definition.

    Examples:
        The centre of the school *s* has a leader and a trained reading coach; the school *z* has none:
        1 of 2.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(
        ...     positions=["pia s principal", "col s reading_coach", "ann s teacher", "bo z teacher"],
        ...     communities=["c learning_centre unit=s"],
        ...     memberships=["c pia,col,ann"],
        ...     qualifications=["col coach_training"],
        ... )
        >>> learning_centre_build_up(now, functions=("reading_coach",)).item()
        0.5
    """
    resolve_options(learning_centre_build_up, options)
    wanted = len(functions) if at_least is None else at_least
    if not 1 <= wanted <= len(functions):
        raise MeasureError("learning_centre_build_up: name as many functions as you ask for")
    check_kinds(snapshot, "roles", functions)
    check_kinds(snapshot, "unit_kinds", (per,))
    able = mark_qualified_people(snapshot, qualifications)
    seats = _CentreSeats.of(snapshot, per)
    schools = snapshot.units.column("kind").match_text(per)
    places = snapshot.units.column("id").values[schools]
    leads = seats.find_schools_with(seats.find_members_as(snapshot, SCHOOL_LEADERSHIP))
    # For each function, at which units a trained member holds it; a school needs enough of these.
    filled = [
        seats.find_schools_with(seats.find_members_as(snapshot, f) & able[seats.persons])
        for f in functions
    ]
    built = leads & (np.sum(filled, axis=0) >= wanted)
    holders = np.unique(np.concatenate([look_up_members(snapshot, f) for f in functions]))
    shown = Cases.of_register(built[places])
    figure = shown.compute_share(people=len(holders), empty=Reason.NO_UNITS)
    if not able.any():
        figure = Figure(reason=Reason.NOT_REGISTERED)
    return build_register_result(
        snapshot,
        learning_centre_build_up,
        [figure],
        variant=", ".join(functions),
        needs=() if able.any() else (Need("qualifications"),),
        evidence={"centres": int(seats.find_schools_with().sum()), "places": len(places)},
    )


@frozen(eq=False)
class _CentreSeats:
    """Who sits in the learning centres of schools, or in sorts of them: one entry for each member.

    Attributes:
        persons: The members.
        units: The units of their centres.
        schools: The schools of those.
        count: How many units there are.
    """

    persons: Numbers
    units: Numbers
    schools: Numbers
    count: int

    @classmethod
    def of(cls, snapshot: Snapshot, per: str) -> _CentreSeats:
        """Look up the learning centres of the units of a kind."""
        known = gather_communities(snapshot)
        at = locate_communities(snapshot, per, known.ids)
        counts = (
            known.established
            & match_community_kinds(snapshot, known, (LEARNING_CENTRE,))
            & (at >= 0)
        )
        seats = counts[known.numbers]  # a mask of communities becomes one of memberships
        numbers = known.numbers[seats]
        units = find_community_units(snapshot, known.ids)[numbers]
        count = len(snapshot.units.column("id").categories)
        return cls(known.persons[seats], units, at[numbers], count)

    def find_members_as(self, snapshot: Snapshot, name: str) -> Flags:
        """Tell which members are of a level or role where the centre is."""
        return mark_people_at(snapshot, name, self.persons, self.units)

    def find_schools_with(self, which: Flags | None = None) -> Flags:
        """Tell for each unit whether some of the members, or any, sit in its centre."""
        seats = self.schools if which is None else self.schools[which]
        return np.bincount(seats, minlength=self.count) > 0
