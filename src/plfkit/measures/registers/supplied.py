"""Supplied aggregates: what units tell of their pupils or lessons, each with how many it rests on."""

from __future__ import annotations

import numpy as np
from attrs import frozen

from plfkit.arrays import Floats, Numbers
from plfkit.graph.snapshot import Snapshot
from plfkit.graph.unit_trees import find_nearest_above
from plfkit.model.records.tables import recode_column


@frozen(eq=False)
class SuppliedFigures:
    """Supplied aggregates of one measure and subgroup: one for each unit of a kind and each year.

    Attributes:
        units: The numbers of the units that supplied them, once for each aggregate.
        values: The figures.
        n: How many pupils, or lessons, each rests on.
        asked: How many units of the kind there are.
    """

    units: Numbers
    values: Floats
    n: Floats
    asked: int

    @property
    def are_shares(self) -> bool:
        """Whether all of them lie between 0 and 1."""
        return not ((self.values < 0) | (self.values > 1)).any()

    @property
    def mean(self) -> float | None:
        """The mean over all pupils: 0.5 of 20 and 0.8 of 10 make (10 + 8)/30 = 0.6."""
        return float(self.values @ self.n / self.n.sum()) if self.n.sum() else None

    @property
    def places(self) -> int:
        """How many units supplied it."""
        return len(np.unique(self.units))

    @property
    def observed(self) -> float | None:
        """The share of what units could have supplied that they did, in years in which any did.

        One of two schools supplied 2018 and 2019, the other 2019 alone: 3 of 2 · 2.
        """
        most = self.asked * int(np.bincount(self.units).max(initial=1))
        return len(self.units) / most if most else None

    @property
    def whole(self) -> bool:
        """Whether all units supplied it, in every year in which any did."""
        return self.observed == 1


def read_supplied_figures(
    snapshot: Snapshot, measure: str, subgroup: str | None, per: str, *, years: int = 1
) -> SuppliedFigures:
    """Read what the units of a kind supplied.

    Args:
        snapshot: The moment.
        measure: The name of the figure, in ``outcomes``.
        subgroup: What it is about; None for the rows that name no subgroup.
        per: The kind of unit.
        years: How many years are pooled, the moment's and those before it.
    """
    # Units are numbered by the sorted order of their ids; one of the kind is its own nearest.
    ids = snapshot.units.column("id").categories
    of_kind = find_nearest_above(snapshot, per) == np.arange(len(ids))
    table = snapshot.pools[years - 1]
    unit = recode_column(table.column("unit"), ids)
    group = table.column("subgroup")
    # A unit that the snapshot does not hold is numbered −1: the entry behind the last is False for it.
    rows = table.column("measure").match_text(measure) & np.append(of_kind, False)[unit]
    rows &= group.missing if subgroup is None else group.match_text(subgroup)
    return SuppliedFigures(
        units=unit[rows],
        values=table.column("value").values[rows],
        n=table.column("n").values[rows].astype(np.float64),
        asked=int(of_kind.sum()),
    )
