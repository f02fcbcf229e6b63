"""What a draft says so far: who holds which role, is in which community, is trained in what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from attrs import frozen

from plfkit.arrays import Flags, Numbers
from plfkit.periods import Period
from plfkit.synthetic.draft import RowDraft

NOBODY: Numbers = np.empty(0, np.int64)


@frozen(eq=False)
class Holders:
    """Positions in force in a period: one entry for each, in the order of people."""

    people: Numbers
    units: Numbers

    @property
    def persons(self) -> Numbers:
        """The people who hold them, each once."""
        return np.unique(self.people)

    def list_at_units(self, wanted: Numbers) -> Numbers:
        """Return the people who hold one in some units."""
        return np.unique(self.people[np.isin(self.units, wanted)])

    def group_by_unit(self, nearest: Numbers) -> Mapping[int, Numbers]:
        """Return the people of each unit, by what `find_nearest_units` says of the unit of a position."""
        unit = nearest[self.units]
        order = np.argsort(unit, kind="stable")
        found, starts = np.unique(unit[order], return_index=True)
        people = np.split(self.people[order], starts[1:])
        return {int(u): np.unique(p) for u, p in zip(found, people, strict=True)}


def find_position_holders(draft: RowDraft, period: Period, roles: Sequence[str] = ()) -> Holders:
    """Return who holds a role in a period; any role if none is named."""
    rows = _mark_rows_in_force(draft, "positions", period)
    if roles:
        rows &= draft.is_word("positions", "role", roles)
    people, units = draft.read_cells("positions", "person"), draft.read_cells("positions", "unit")
    return Holders(people[rows], units[rows])


def find_kind_members(draft: RowDraft, period: Period, kinds: Sequence[str]) -> Holders:
    """Return who is in a community of some kinds, and at which unit the community is."""
    community = draft.read_cells("memberships", "community")
    rows = _mark_rows_in_force(draft, "memberships", period)
    rows &= draft.is_word("communities", "kind", kinds)[community]
    units = draft.read_cells("communities", "unit")[community]
    return Holders(draft.read_cells("memberships", "person")[rows], units[rows])


def count_kind_communities(
    draft: RowDraft, period: Period, kinds: Sequence[str], inside: Numbers
) -> int:
    """Count the communities of some kinds at some units in a period."""
    rows = _mark_rows_in_force(draft, "communities", period) & draft.is_word(
        "communities", "kind", kinds
    )
    return int(np.isin(draft.read_cells("communities", "unit")[rows], inside).sum())


def find_qualified_people(
    draft: RowDraft, period: Period, kinds: Sequence[str], subjects: Sequence[str] = ()
) -> Numbers:
    """Return who has a qualification of some kinds in a period, in some subjects if any is named."""
    rows = _mark_rows_in_force(draft, "qualifications", period)
    rows &= draft.is_word("qualifications", "kind", kinds)
    if subjects:
        rows &= draft.is_word("qualifications", "subject", subjects)
    return np.unique(draft.read_cells("qualifications", "person")[rows])


def _mark_rows_in_force(draft: RowDraft, table: str, period: Period) -> Flags:
    """Tell which rows of a table are in force on at least one day of a period."""
    start, end = draft.read_cells(table, "valid_from"), draft.read_cells(table, "valid_to")
    begins = np.isnat(start) | (start < np.datetime64(period.end, "D"))
    return np.asarray(begins & (np.isnat(end) | (end > np.datetime64(period.start, "D"))))


def mark_people_staying(draft: RowDraft, people: Numbers, period: Period) -> Flags:
    """Tell which people are here on every day of a period."""
    start = draft.read_cells("persons", "valid_from")[people]
    end = draft.read_cells("persons", "valid_to")[people]
    begun = np.isnat(start) | (start <= np.datetime64(period.start, "D"))
    return np.asarray(begun & (np.isnat(end) | (end >= np.datetime64(period.end, "D"))))


def find_nearest_units(draft: RowDraft, kind: str) -> Numbers:
    """Return for each unit the nearest one of a kind, at or above it; −1 where there is none."""
    wanted = draft.is_word("units", "kind", [kind])
    parent = draft.read_cells("units", "parent")
    found = np.where(wanted, np.arange(len(parent)), -1)
    # A unit comes after the one it belongs to.
    for unit in np.flatnonzero(~wanted & (parent >= 0)).tolist():
        found[unit] = found[parent[unit]]
    return found


def list_units_of_kind(draft: RowDraft, kind: str) -> Numbers:
    """Return the units of a kind."""
    return np.flatnonzero(draft.is_word("units", "kind", [kind]))
