"""Figures of parts computed together, and who of each part is in which group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plfkit import Snapshot, measures, snapshot
from plfkit.measures.engine.layer_parts import cut_layer
from plfkit.measures.engine.options import CheckedOptions
from plfkit.measures.engine.part_groups import group_part_people
from plfkit.model.results.figures import list_plain_cells
from plfkit.model.results.result import Result
from plfkit.testing import build_moment
from plfkit.testing.strategies import twice_surveyed_networks

CALLS: Mapping[str, Mapping[str, Any]] = {
    "density": {},
    "block_density": {"groups": "level"},
    "reciprocity": {},
    "centralization": {},
    "degree": {},
    "betweenness": {},
    "transitivity": {},
    "constraint": {},
    "brokerage": {"groups": "level"},
    "ei_index": {"groups": "level"},
    "k_step_reach": {"k": 2},
    "group_reach": {"target": "teacher", "k": 1},
    "formal_advice": {"target": "teacher"},
    "sought_share": {"target": "teacher", "at_least": 1},
    "support_load": {"target": "teacher"},
    "cross_team_contacts": {"groups": "level"},
    "layer_overlap": {"against": "advice"},
}
"""Measures of ties that have a figure for each part, and what they ask for."""


def measure(name: str, now: Snapshot, **more: Any) -> Result:
    """Compute a measure of advice without anything that is drawn."""
    found: Result = getattr(measures, name)(now, relation="advice", draws=0, **CALLS[name], **more)
    return found


@pytest.mark.parametrize("name", CALLS)
@given(data=st.data())
def test_parts_together_are_parts_alone(name: str, data: st.DataObject) -> None:
    """The figures of each part, computed with all others, are those of that part alone."""
    now = snapshot(data.draw(twice_surveyed_networks(most=7)))
    labels = data.draw(st.lists(st.sampled_from("xyz"), min_size=7, max_size=7))
    groups = dict(zip(now.person_ids, labels, strict=False))
    if name == "reciprocity" and not now.layer("advice").directed:
        return
    together = measure(name, now, by=groups)
    alone = [
        row
        for part in sorted({*groups.values()})
        for row in measure(
            name, now, by={one: label for one, label in groups.items() if label == part}
        )
    ]
    assert len(together) == len(alone)
    for one, other in zip(together, alone, strict=True):
        assert dict(_list_cells(one)) == pytest.approx(dict(_list_cells(other)), nan_ok=True)


def _list_cells(figure: Any) -> Iterator[tuple[str, float]]:
    """The numbers of a figure; what is no number as one of its own."""
    for field in figure.__attrs_attrs__:
        cell = getattr(figure, field.name)
        if isinstance(cell, (int, float)):
            yield field.name, float(cell)
        elif cell is not None:
            yield f"{field.name} {cell}", 1.0


def town() -> Snapshot:
    """Ann leads at x and teaches at y, Bo teaches at x, Cy coaches at y, and Di works nowhere."""
    return build_moment(
        positions=["ann x principal", "ann y teacher", "bo x teacher", "cy y maths_coach"],
        persons=["di"],
        ties=["ann bo,cy advice", "bo ann advice", "di ann advice"],
    )


@pytest.mark.parametrize("partition", [True, False])
def test_what_somebody_is_at_each_school(partition: bool) -> None:  # noqa: FBT001 - a parameter
    """Ann is a leader at the one school and a teacher at the other; groups of nobody are not there."""
    now = town()
    cut = cut_layer(now, "advice", how=CheckedOptions(), by="school", survey=None)
    found = group_part_people(cut, "role", partition=partition)
    labels = [
        f"{cut.labels[part]} {label}"
        for part, label in zip(found.parts.tolist(), list_plain_cells(found.labels), strict=True)
    ]
    assert labels == ["x principal", "x teacher", "y maths_coach", "y teacher"]
    rows = [now.person_ids[person] for person in found.layer.persons]
    there = [
        [rows[node] for node in np.flatnonzero(column)] for column in found.members.toarray().T
    ]
    assert there == [["ann"], ["bo"], ["cy"], ["ann"]]
    assert found.list_sizes(cut.labels) == {tuple(label.split()): 1 for label in labels}


def test_groups_of_some_parts() -> None:
    """They are numbered anew, and those who are in no group can be left out."""
    now = town()
    groups = {"ann": "g", "bo": "h", "di": "g"}
    cut = cut_layer(now, "advice", how=CheckedOptions(), by="school", survey=None)
    placed = group_part_people(cut, groups).drop_outsiders()
    assert [now.person_ids[person] for person in placed.layer.persons] == ["ann", "bo", "ann"]
    assert placed.layer.sizes.tolist() == [2, 1]
    second = cut.sort_parts(placed.layer, apart=np.array([False, True]))[1]
    taken = placed.take_parts(second)
    assert (taken.parts.tolist(), list_plain_cells(taken.labels)) == ([0], ["g"])
    assert taken.node_groups.tolist() == [0]
