"""Within units: ties between colleagues of the same unit, all units of a kind taken together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from attrs import evolve, frozen

from plfkit.arrays import Floats, Numbers
from plfkit.errors import MeasureError
from plfkit.graph.groups import number_node_groups, partition_people
from plfkit.graph.layers import Layer
from plfkit.hints import Hint
from plfkit.measures.engine.layer_parts import (
    LayerParts,
    compute_shares,
    count_observed_pairs,
    restrict_to_groups,
)
from plfkit.measures.engine.registered import check_kinds
from plfkit.model.results.result import Result
from plfkit.model.words.intervals import IntervalMethod
from plfkit.model.words.kinds import Label


@frozen(eq=False)
class Homes:
    """Which unit each node of a layer belongs to; without units all nodes belong together.

    Attributes:
        codes: The number of each node's unit; None without units.
    """

    codes: Numbers | None = None

    def split_layer(self, layer: Layer) -> tuple[Layer, ...]:
        """Return a layer's parts, one for each unit that has people in it."""
        if self.codes is None:
            return (layer,)
        nodes = (np.flatnonzero(self.codes == code) for code in np.unique(self.codes))
        return tuple(layer.keep_nodes(each) for each in nodes)

    def find_observed_share(self, layer: Layer) -> Floats | None:
        """Return the share of pairs within units that was observed, as a single figure."""
        if self.codes is None:
            return None
        return np.array([_compute_seen_share(self.split_layer(layer))])


def _compute_seen_share(layers: tuple[Layer, ...]) -> float:
    # Summed before divided: schools of 2 and 20 people count by their 2 and 380 pairs.
    seen = sum(map(count_observed_pairs, layers))
    pairs = sum(layer.n * (layer.n - 1) for layer in layers)
    return float(compute_shares(np.array(seen), np.array(pairs)))


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


def locate_homes(cut: LayerParts, unit: str | None) -> Iterator[tuple[str | None, Layer, Homes]]:
    """Yield each part, its layer without those who are in no unit of a kind, and who belongs where.

    Somebody with positions at several units belongs to that of their assigned position, so that each
    pair counts once.
    """
    for part, layer in cut:
        if unit is None:
            yield part, layer, Homes()
            continue
        groups = partition_people(cut.snapshot, unit, held=cut.find_held_positions(part, unit))
        inside = restrict_to_groups(layer, groups)
        yield part, inside, Homes(number_node_groups(inside, groups))


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
