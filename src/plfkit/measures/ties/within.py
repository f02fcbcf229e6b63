"""Within units: ties between colleagues of the same unit, all units of a kind taken together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from plfkit.arrays import Floats, Numbers
from plfkit.errors import MeasureError
from plfkit.graph.groups import partition_people
from plfkit.graph.layers import Layer
from plfkit.hints import Hint
from plfkit.measures.engine.layer_counts import compute_shares, count_observed_pairs
from plfkit.measures.engine.layer_parts import LayerParts, PartSet
from plfkit.measures.engine.part_groups import group_part_people
from plfkit.measures.engine.registered import check_kinds
from plfkit.model.results.result import Result
from plfkit.model.words.intervals import IntervalMethod
from plfkit.model.words.kinds import Label


@frozen(eq=False)
class Homes:
    """Which unit each node of a layer belongs to; without units all nodes of a part belong together.

    Attributes:
        codes: The number of each node's unit, ascending with the parts; the same unit in two parts is
            two. None without units.
    """

    codes: Numbers | None = None

    def keep_nodes(self, nodes: Numbers) -> Homes:
        """Return the units of some nodes."""
        return self if self.codes is None else Homes(self.codes[nodes])

    def lay_out_units(self, layer: Layer) -> tuple[Layer, Numbers]:
        """Return a layer's units side by side, as parts of their own, and the part that each is in."""
        if self.codes is None:
            return layer, np.arange(len(layer.sizes))
        nodes = np.argsort(self.codes, kind="stable")
        _, first = np.unique(self.codes[nodes], return_index=True)
        units = layer.lay_out_parts(nodes, np.append(first, layer.n))
        return units, layer.node_parts[nodes[first]]

    def sum_by_part(self, layer: Layer, counts: NDArray[Any]) -> Floats:
        """Return the sums of what was counted in each unit, for each part of the layer."""
        _, parts = self.lay_out_units(layer)
        return np.bincount(parts, counts, len(layer.sizes)).astype(np.float64)

    def find_observed_shares(self, layer: Layer) -> Floats | None:
        """Return the share of pairs within units that was observed, for each part."""
        if self.codes is None:
            return None
        units, parts = self.lay_out_units(layer)
        # Summed before divided: schools of 2 and 20 people count by their 2 and 380 pairs.
        seen, pairs = count_observed_pairs(units), units.sizes * (units.sizes - 1)
        sums = (np.bincount(parts, side, len(layer.sizes)) for side in (seen, pairs))
        return compute_shares(*sums)


def check_within_units(name: str, cut: LayerParts, unit: str | None) -> None:
    """Refuse what nobody can tell of pairs within units.

    Raises:
        MeasureError: A comparison with chance is asked for, or an interval of people drawn anew.
        UnknownGroupError: There is no such kind of unit.
    """
    if unit is None:
        return
    check_kinds(cut.snapshot, "unit_kinds", (unit,))
    if cut.how.null is not None:
        raise MeasureError(Hint("measure.null_within_units", measure=name, null=cut.how.null))
    if cut.how.interval == IntervalMethod.BOOTSTRAP:
        raise MeasureError(Hint("measure.interval_within_units", measure=name))


def locate_homes(cut: LayerParts, unit: str | None) -> Iterator[tuple[PartSet, Homes]]:
    """Yield the parts without those who are in no unit of a kind, and who belongs where.

    Somebody with positions at several units belongs to that of their assigned position, so that each
    pair counts once.
    """
    if unit is None:
        for parts in cut.sort_parts():
            yield parts, Homes()
        return
    groups = group_part_people(cut, unit, partition=True).drop_outsiders()
    for parts in cut.sort_parts(groups.layer):
        yield parts, Homes(groups.take_parts(parts).node_groups)


def label_within_units(result: Result, cut: LayerParts, unit: str | None) -> Result:
    """Return a result whose label says that it is about colleagues of the same unit."""
    if unit is None or result.label is None:
        return result
    label, of_unit = result.label, cut.snapshot.vocabulary.unit_kinds[unit].label
    label = Label(
        da=f"{label.da} inden for samme {of_unit.da.lower()}",
        en=f"{label.en} within the same {of_unit.en.lower()}",
    )
    return evolve(result, label=label)


def describe_within_units(cut: LayerParts, unit: str | None) -> dict[str, Any]:
    """Return what a result tells of the units it was computed within; nothing without any."""
    if unit is None:
        return {}
    groups = partition_people(cut.snapshot, unit)
    return {"groups": unit, "several": groups.several, "notes": cut.note_outside(groups)}
