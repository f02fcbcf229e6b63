"""What a snapshot holds is read-only: no measure can change what the next one sees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, get_type_hints

import numpy as np
import pytest
from attrs import fields, has
from numpy.typing import NDArray
from scipy import sparse

from plfkit import Organisation, Snapshot, snapshot
from plfkit.graph.layers import Layer
from plfkit.graph.observation import Observation
from plfkit.model.records.tables import Column
from plfkit.testing import build_moment

TREATMENTS = ("available", "null", "reconstruct")


def arrays_of(value: Any, path: str) -> Iterator[tuple[str, NDArray[Any]]]:
    """Every array in a value: in its fields, its columns and the properties that it keeps."""
    if isinstance(value, np.ndarray):
        yield path, value
    elif sparse.issparse(value):
        for name in ("data", "indices", "indptr"):
            yield f"{path}.{name}", getattr(value, name)
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from arrays_of(inner, f"{path}[{name!r}]")
    elif has(type(value)):
        for name in {*list_kept(type(value)), *(one.name for one in fields(type(value)))}:
            yield from arrays_of(getattr(value, name), f"{path}.{name}")


def list_kept(kind: type) -> set[str]:
    """The properties of a class that are worked out once: a plain one has a function of its own."""
    members = {name: getattr(kind, name) for name in dir(kind)}
    return {
        name
        for name, member in members.items()
        if isinstance(member, property) and hasattr(member.fget, "__wrapped__")
    }


def layers_of(now: Snapshot) -> Iterator[Layer]:
    """A layer as measures come by it: whole, treated, one of two ways, of some people only."""
    for treatment in TREATMENTS:
        whole = now.layer("advice").treat_missing(treatment)
        yield from (whole, whole.symmetrise_ties(), whole.keep_nodes(np.arange(5)))


def assert_sealed(found: Mapping[str, NDArray[Any]]) -> None:
    """Try to write to each array."""
    for path, array in found.items():
        with pytest.raises(ValueError, match="read-only"):
            array[...] = array.copy()
        assert not array.flags.writeable, path


@pytest.mark.parametrize("part", [False, True], ids=["whole", "restricted"])
def test_arrays_of_a_snapshot(town: Organisation, *, part: bool) -> None:
    """Who was there, positions, staff and every column of every table cannot be written to."""
    whole = snapshot(town)
    now = whole.restricted(whole.person_ids[:9]) if part else whole
    found = dict(arrays_of(now, "now"))
    expected = {"present", "counted", "staff", "assigned", "position_persons", "position_levels"}
    assert {f"now.{name}" for name in expected} <= found.keys()
    columns = sum(len(table.columns) for table in now.tables.values())
    assert sum(path.startswith("now.tables") for path in found) == 2 * columns
    assert_sealed(found)


def test_arrays_of_layers(town: Organisation) -> None:
    """Ties, people and what was observed of them cannot be written to, however the layer came about."""
    for layer in layers_of(snapshot(town)):
        found = dict(arrays_of(layer, "layer"))
        assert {"layer.persons", "layer.adjacency.data", "layer.recorded.codes"} <= found.keys()
        assert {"layer.returned", "layer.recorded.seen"} <= found.keys()
        found |= {f"arcs {side}": arcs for side, arcs in enumerate(layer.list_arcs())}
        found |= dict(arrays_of(layer.count_parts(), "blocks"))
        halves = layer.build_members([layer.persons[:2], layer.persons[1:]])
        found |= dict(arrays_of(layer.pair_groups(halves, np.divmod(np.arange(4), 2)), "pairs"))
        assert_sealed(found)


def arrays_in(kind: type) -> set[str]:
    """The fields of a class that are declared to hold arrays."""
    return {name for name, hint in get_type_hints(kind).items() if "ndarray" in str(hint).lower()}


def test_every_array_of_a_layer_is_walked() -> None:
    """A field that holds an array and is not sealed would be found: none is passed over."""
    observation = Observation.complete(2, directed=True)
    walked = {path.split(".")[1] for path, _ in arrays_of(observation, "o")}
    kept = {"seen", "sizes", "nodes_answered"}
    by_part = {"node_parts", "part_classes", "whole_parts", "seen_pairs", "response_rates"}
    assert walked == arrays_in(Observation) | kept | by_part
    assert arrays_in(Column) == {"values", "missing"}


def test_notes_of_a_layer() -> None:
    """Whoever looks into a layer takes no note away from those who are handed the same one."""
    now = build_moment(positions=["ann,bo s teacher"], ties=["ann bo advice"])
    with pytest.raises(TypeError, match="cannot be changed"):
        now.layer("advice").notes["repeated_ties"] = 1  # type: ignore[index]
