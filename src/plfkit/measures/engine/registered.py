"""What measures of registers and logs have in common: whose figures, in which groups, of which kinds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from attrs import frozen

from plfkit.arrays import Flags
from plfkit.errors import MeasureError, UnknownGroupError
from plfkit.graph.cases import Cases, Part
from plfkit.graph.communities import Communities, gather_communities, match_community_kinds
from plfkit.graph.groups import (
    Grouping,
    GroupSpec,
    is_by_positions,
    look_up_members,
    mark_positions,
    resolve_grouping,
)
from plfkit.graph.positions import can_positions_tell, split_positions
from plfkit.graph.snapshot import Snapshot
from plfkit.graph.staff_list import list_staff
from plfkit.hints import Hint, quote_word
from plfkit.measures.engine.catalogue import describe_measure
from plfkit.model.records.tables import Table
from plfkit.model.results.facts import Facts, PeopleCount, PeopleSet, Who
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import MeasureFunction, Result
from plfkit.model.words.ranges import RangeKind
from plfkit.model.words.titles import hint_at_choice


def build_register_result(
    snapshot: Snapshot, measure: MeasureFunction, rows: list[Figure], **about: Any
) -> Result:
    """Return the result of a measure of registers or logs, with what is the same for all.

    Its `range_kind` is that of the rows that have a range; ``"unknown"`` where none has.
    """
    known = [row for row in rows if row.value is not None or row.lower is not None]
    if known and all(row.lower is None for row in known):
        about["range_kind"] = RangeKind.UNKNOWN
    return Result(
        figures=Table.of(Figure, rows),
        **describe_measure(measure),
        at=str(snapshot.period),
        reference_day=snapshot.reference_text,
        n=int(snapshot.staff.sum()),
        notes={**snapshot.notes, **about.pop("notes", {})},
        observed=rows[0].observed if rows else None,
        **about,
    )


def find_staff_among(snapshot: Snapshot, *names: str | None) -> Flags:
    """Tell which people count as staff and belong to each level or role named.

    Raises:
        UnknownGroupError: There is no such level or role.
    """
    chosen = snapshot.staff.copy()
    for name in names:
        if name is not None:
            inside = np.zeros(len(chosen), np.bool_)
            inside[look_up_members(snapshot, name)] = True
            chosen &= inside
    return chosen


@frozen(eq=False)
class StaffParts:
    """The staff asked about, as a whole or in groups.

    Iterating gives the label of each group, None for the whole, with the numbers of its people.

    Attributes:
        parts: The groups.
        groups: What the people are grouped by; None where they are not.
        names: The levels or roles that they belong to besides.
    """

    parts: tuple[Part, ...]
    groups: Grouping | None = None
    names: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Part]:
        return iter(self.parts)


def split_staff(snapshot: Snapshot, by: GroupSpec | None, *names: str | None) -> StaffParts:
    """Return the groups of `by=`, or the whole, with those of the staff who belong to what is named.

    A level at a school is a position: somebody counts at a school where they hold one that counts as
    staff, and is of a level or role there where they hold one of that.

    Args:
        snapshot: The moment.
        by: What people are grouped by; None for the whole.
        names: Levels or roles; None names nothing.

    Raises:
        UnknownGroupError: There is no such level or role, or people cannot be grouped so.
    """
    chosen = find_staff_among(snapshot, *names)
    named = tuple(name for name in names if name is not None)
    if by is None:
        return StaffParts(((None, np.flatnonzero(chosen)),), None, named)
    groups = resolve_grouping(snapshot, by)
    if not is_by_positions(snapshot.vocabulary, groups.name):
        parts = [(part, own[chosen[own]]) for part, own in groups]
        return StaffParts(tuple(parts), groups, named)
    telling = [one for one in named if can_positions_tell(snapshot, groups.name, one)]
    told = [mark_positions(snapshot, name) for name in telling]
    parts = []
    for part, rows in split_positions(snapshot, groups.name).items():
        held = rows[snapshot.position_staff[rows]]
        # Somebody with two positions at a school is one person there.
        persons = np.unique(snapshot.position_persons[held])
        for positions in told:
            # What no position tells, as membership of a team, was looked up for everybody above.
            if positions is not None:
                of_name = snapshot.position_persons[rows[positions[rows]]]
                persons = np.intersect1d(persons, of_name)
        parts.append((part, persons[chosen[persons]]))
    return StaffParts(tuple(parts), groups, named)


def build_staff_result(
    snapshot: Snapshot,
    measure: MeasureFunction,
    rows: list[Figure],
    parts: StaffParts,
    **about: Any,
) -> Result:
    """Return the result of a measure that has a figure for each group of the staff."""
    if (groups := parts.groups) is not None:
        about |= {"by": groups.name, "several": groups.several}
    return build_register_result(snapshot, measure, rows, **about)


def collect_people_facts(
    snapshot: Snapshot,
    cases: Cases,
    parts: StaffParts,
    *,
    asked: Flags | None = None,
    selecting: tuple[str, ...] = (),
    universe: PeopleSet | None = None,
    complete: bool = False,
    meaning: Mapping[str, Any] | None = None,
) -> Facts:
    """Return of whom shares of staff speak, and who has what they count.

    Args:
        snapshot: The moment.
        cases: Who has it, one for each person of the snapshot.
        parts: The groups of the staff that have a figure.
        asked: Who is asked about, where not all of them are.
        selecting: The arguments that only choose of whom the figures tell.
        universe: Who can have it at all; the staff if left out.
        complete: Whether it is known of everybody by the nature of what was asked.
        meaning: What some arguments mean that can be written in several ways.
    """
    staff, by = list_staff(snapshot), None if parts.groups is None else parts.groups.name
    among = snapshot.staff if asked is None else asked
    everybody = PeopleSet(np.flatnonzero(snapshot.staff), {}) if universe is None else universe
    sets = {
        part: PeopleSet(persons[among[persons]], who)
        for part, persons in parts
        if (who := describe_part(snapshot, by, part, parts.names, everybody.who)) is not None
    }
    count = PeopleCount(everybody, cases.yes, cases.yes | cases.maybe, complete=complete)
    return Facts(
        staff=staff, sets=sets, selecting=selecting, count=count, meaning=dict(meaning or {})
    )


def resolve_kinds(snapshot: Snapshot, kinds: Sequence[str] | None) -> tuple[str, ...] | None:
    """Return the kinds of community that are meant, with their sorts; None where it is all of them."""
    words = snapshot.vocabulary
    meant = words.sorts_of(*words.community_kinds if kinds is None else kinds)
    return None if set(meant) == {*words.community_kinds} else meant


def count_fewest_holders(snapshot: Snapshot, names: Sequence[str]) -> int:
    """Return how many people the rarest of some levels or roles has: what is counted tells of them."""
    return min(len(look_up_members(snapshot, name)) for name in names)


def describe_part(
    snapshot: Snapshot,
    by: str | None,
    part: str | None,
    names: Sequence[str] = (),
    universe: Who | None = None,
) -> Who | None:
    """Return in public words who a part is; None where nobody but its own people knows.

    Args:
        snapshot: The moment.
        by: What people are grouped by.
        part: The group; None for the whole.
        names: Levels or roles that its people belong to besides.
        universe: Who can be in it at all.
    """
    who = dict(universe or {})
    if names:
        who["of"] = tuple(names)
    if part is None:
        return who
    if by in snapshot.vocabulary.unit_kinds:
        return {**who, "at": (part,)}
    # Of two levels at once nobody is told, nor of communities: who is in these is not public.
    return {**who, "of": (part,)} if by in {"level", "role"} and len(names) == 0 else None


def check_kinds(snapshot: Snapshot, section: str, kinds: Sequence[str] | None) -> None:
    """Refuse kinds that the vocabulary does not have.

    Raises:
        UnknownGroupError: There is no such kind in that section of the vocabulary.
    """
    known = snapshot.vocabulary.section(section)
    for kind in kinds or ():
        if kind not in known:
            values = {"name": quote_word(kind), "near": hint_at_choice(kind, known)}
            raise UnknownGroupError(
                Hint("measure.no_kind", what=Hint(f"section.{section}"), **values)
            )


def choose_communities(
    snapshot: Snapshot, kinds: Sequence[str] | None
) -> tuple[Communities, Flags]:
    """Return the communities, and which of them count: those with enough members, of some kinds.

    Args:
        snapshot: The moment.
        kinds: The kinds, with their sorts; all if left out.

    Raises:
        UnknownGroupError: There is no such kind.
    """
    check_kinds(snapshot, "community_kinds", kinds)
    known = gather_communities(snapshot)
    return known, known.established & match_community_kinds(snapshot, known, kinds)


def choose_characteristics(
    snapshot: Snapshot, framework: str, chosen: Sequence[str] | None
) -> tuple[str, ...]:
    """Return the characteristics of a framework that are asked about: those chosen, or all.

    Raises:
        MeasureError: The framework lacks one of them.
        UnknownGroupError: There is no such framework.
    """
    check_kinds(snapshot, "frameworks", (framework,))
    known = snapshot.vocabulary.frameworks[framework].characteristics
    for name in chosen or ():
        if name not in known:
            values = {"name": quote_word(name), "near": hint_at_choice(name, known)}
            raise MeasureError(Hint("measure.no_characteristic", framework=framework, **values))
    return tuple(known) if chosen is None else tuple(dict.fromkeys(chosen))
