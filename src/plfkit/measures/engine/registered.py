"""What measures of registers and logs have in common."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from plfkit.arrays import Flags
from plfkit.errors import UnknownGroupError
from plfkit.graph.cases import Part, parts_of
from plfkit.graph.groups import Grouping, is_by_positions, look_up_members
from plfkit.graph.positions import can_positions_tell, split_positions
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.engine.catalogue import MeasureFunction, describe_measure
from plfkit.model.records.tables import Table
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.vocabulary import suggest_word


def build_register_result(
    snapshot: Snapshot, measure: MeasureFunction, rows: list[Figure], **about: Any
) -> Result:
    """Return the result of a measure of registers or logs, with what is the same for all.

    Its `range_kind` is that of the rows that have a range; ``"unknown"`` where none has.
    """
    told = [row for row in rows if row.value is not None or row.lower is not None]
    if told and all(row.lower is None for row in told):
        about["range_kind"] = "unknown"
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


def split_staff(snapshot: Snapshot, groups: Grouping | None, *names: str | None) -> Iterator[Part]:
    """Yield the groups of `by=`, or the whole, with those of the staff who belong to what is named.

    A level at a school is a position: somebody counts at a school where they hold one that counts as
    staff, and is of a level or role there where they hold one of that.

    Args:
        snapshot: The moment.
        groups: The groups; None for the whole.
        names: Levels or roles; None names nothing.

    Raises:
        UnknownGroupError: There is no such level or role.
    """
    chosen = find_staff_among(snapshot, *names)
    if groups is None or not is_by_positions(snapshot.vocabulary, groups.name):
        for part, persons in parts_of(groups, len(chosen)):
            yield part, persons[chosen[persons]]
        return
    for part, rows in split_positions(snapshot, groups.name).items():
        held = rows[snapshot.position_staff[rows]]
        persons = np.unique(snapshot.position_persons[held])
        for name in names:
            if name is not None and can_positions_tell(snapshot, groups.name, name):
                persons = np.intersect1d(persons, look_up_members(snapshot, name, held=rows))
        yield part, persons[chosen[persons]]


def check_kinds(snapshot: Snapshot, section: str, kinds: Sequence[str] | None) -> None:
    """Refuse kinds that the vocabulary does not have.

    Raises:
        UnknownGroupError: There is no such kind in that section of the vocabulary.
    """
    known = snapshot.vocabulary.section(section)
    for kind in kinds or ():
        if kind not in known:
            hint = suggest_word(kind, known) or f": there are {', '.join(known)}"
            what = section.removesuffix("s").replace("_", " ")
            raise UnknownGroupError(f"there is no {what} {kind!r}{hint}")
