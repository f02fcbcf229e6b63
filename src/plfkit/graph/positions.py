"""Positions: who is what, and where. A level at a school is a position.

Somebody who is principal at one school and coaches at another is a leader at the first and a resource
person at the other: what people are is never multiplied with where they work.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from plfkit.arrays import Flags, Numbers
from plfkit.graph.groups import (
    Grouping,
    code_positions,
    is_by_positions,
    look_up_members,
    mark_positions,
)
from plfkit.graph.snapshot import Snapshot
from plfkit.graph.unit_trees import find_unit_parents
from plfkit.model.records.tables import recode_column


def split_positions(snapshot: Snapshot, spec: str) -> dict[str, Numbers]:
    """Return the positions of record that put people into each level, role or unit of a kind.

    Labels are those of `plfkit.graph.resolve_grouping`, in its order; positions are numbered by their rows.
    """
    labels, codes = code_positions(snapshot, spec)
    # Codes 1, 0, 1 sort to rows 1, 0, 2, where code 1 begins at place 1: there they are cut.
    rows = np.argsort(codes, kind="stable")
    used, starts = np.unique(codes[rows], return_index=True)
    groups = np.split(rows, starts[1:])
    found = zip(used.tolist(), groups, strict=False)  # without positions there is one empty group
    return {labels[code]: group for code, group in found if code >= 0}


def number_position_parts(snapshot: Snapshot, spec: str, labels: Sequence[str | None]) -> Numbers:
    """Return in which of some levels, roles or units of a kind each position puts people; −1 for none.

    Args:
        snapshot: The moment.
        spec: ``"level"``, ``"role"`` or a unit kind.
        labels: The groups that count.
    """
    known, codes = code_positions(snapshot, spec)
    number = {label: place for place, label in enumerate(labels)}
    # The last entry is for a position in no group, whose code is −1.
    return np.array([*(number.get(label, -1) for label in known), -1])[codes]


def can_positions_tell(snapshot: Snapshot, by: str | None, spec: str) -> bool:
    """Tell whether the positions that put people into a group of `by` tell what they are in it.

    It is where one of the two is a place: then the same position says what and where.
    """
    units = snapshot.vocabulary.unit_kinds
    if by is None or not is_by_positions(snapshot.vocabulary, by):
        return False
    return by in units or spec in units


def group_levels_by_unit(snapshot: Snapshot, kind: str) -> dict[str, Grouping]:
    """Group the people of each level by the units of a kind where they are on it.

    The groups of all levels have the same labels, the ids of all units.
    """
    labels, codes = code_positions(snapshot, kind)
    persons, levels = snapshot.position_persons, snapshot.position_levels
    return {
        name: Grouping.of(kind, labels, persons, np.where(levels == number, codes, -1))
        for number, name in enumerate(snapshot.vocabulary.levels)
    }


def find_positions_at(
    snapshot: Snapshot, persons: Numbers, units: Numbers
) -> tuple[Numbers, Numbers]:
    """Return the positions by which people are at a unit each, as those see it who work there.

    They are the positions at the unit, below it or above it. A guest, who holds none there, comes
    with all positions; so does everybody where there is no unit.

    Args:
        snapshot: The moment.
        persons: People, by their numbers.
        units: A unit for each, by the sorted order of ids; −1 for none.

    Returns:
        For each position found the place of its holder in `persons`, and its row.
    """
    order = np.argsort(snapshot.position_persons, kind="stable")
    # Sorted by holder 2, 2, 5, person 2 has the places from 0 up to 2, person 5 from 2 up to 3.
    starts = np.searchsorted(snapshot.position_persons[order], [persons, persons + 1])
    counts = starts[1] - starts[0]
    whose = np.repeat(np.arange(len(persons)), counts)
    # Each person's positions stand in a row: with counts 2 and 3 the steps are 0, 1 and 0, 1, 2.
    steps = np.arange(len(whose)) - np.repeat(np.cumsum(counts) - counts, counts)
    rows = order[starts[0][whose] + steps]
    places = recode_column(
        snapshot.positions.column("unit"), snapshot.units.column("id").categories
    )
    own, at = units[whose], places[rows]
    # Who works in a department is at its school, and a principal is at the department.
    below, above = _mark_units_within(snapshot, at, own), _mark_units_within(snapshot, own, at)
    here = (own < 0) | below | above
    at_home = np.bincount(whose[here], minlength=len(persons)) > 0
    kept = here | ~at_home[whose]
    return whose[kept], rows[kept]


def mark_levels_at(snapshot: Snapshot, persons: Numbers, units: Numbers) -> Flags:
    """Tell on which levels (columns) people (rows) are at a unit each; see `find_positions_at`."""
    whose, rows = find_positions_at(snapshot, persons, units)
    levels = snapshot.position_levels[rows]
    on = np.zeros((len(persons), len(snapshot.vocabulary.levels)), np.bool_)
    on[whose[levels >= 0], levels[levels >= 0]] = True
    return on


def mark_people_at(snapshot: Snapshot, name: str, persons: Numbers, units: Numbers) -> Flags:
    """Tell which people are of a level, role or community kind at a unit each; see `find_positions_at`."""
    whose, rows = find_positions_at(snapshot, persons, units)
    positions = mark_positions(snapshot, name)
    if positions is None:
        return np.isin(persons, look_up_members(snapshot, name))
    return np.bincount(whose[positions[rows]], minlength=len(persons)) > 0


def _mark_units_within(snapshot: Snapshot, units: Numbers, tops: Numbers) -> Flags:
    """Tell which units are the unit at the top given for each, or lie below it."""
    # The last entry stands for no unit (−1): above no unit there is none, so the climb ends.
    parents = np.append(find_unit_parents(snapshot), -1)
    found, above = np.zeros(len(units), np.bool_), units
    while (above >= 0).any():
        found |= (above == tops) & (above >= 0)
        above = parents[above]
    return found
