"""Units below each other: which one is above, and the nearest of a kind."""

from __future__ import annotations

import numpy as np

from plfkit.arrays import Numbers
from plfkit.graph.snapshot import Snapshot
from plfkit.model.caching import work_out_once
from plfkit.model.records.tables import recode_column


@work_out_once
def find_unit_parents(snapshot: Snapshot) -> Numbers:
    """Return the unit above each, by the sorted order of ids; −1 for none."""
    units = snapshot.units
    ids = units.column("id")
    parents = np.full(len(ids.categories), -1, np.int64)
    parents[ids.values] = recode_column(units.column("parent"), ids.categories)
    return parents


@work_out_once
def find_units_of_kind(snapshot: Snapshot, kind: str) -> Numbers:
    """Return the units of a kind, as numbers by the sorted order of ids, ascending."""
    kinds = snapshot.units.column("kind")
    return np.sort(snapshot.units.column("id").values[kinds.match_text(kind)]).astype(np.int64)


@work_out_once
def find_nearest_above(snapshot: Snapshot, kind: str | None) -> Numbers:
    """Return, for each unit id in sorted order, the nearest unit of a kind at or above it.

    Units are numbered by the sorted order of their ids; −1 means there is none.
    """
    ids, kinds = snapshot.units.column("id"), snapshot.units.column("kind")
    parents = find_unit_parents(snapshot)
    wanted = np.array([name == kind for name in kinds.categories] or [False])
    of_kind = np.zeros(len(parents), np.bool_)
    of_kind[ids.values] = wanted[kinds.values]
    nearest = np.where(of_kind, np.arange(len(parents)), -1)
    above = parents
    # All units climb together, one step at a time, until each has met one of the kind or the top.
    while (open_ := (nearest < 0) & (above >= 0)).any():
        nearest[open_] = np.where(of_kind[above[open_]], above[open_], -1)
        above = np.where(above >= 0, parents[above], -1)
    return nearest
