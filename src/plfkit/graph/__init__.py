"""The typed graph of one moment: snapshots, layers of ties, groups of people, logs and who was there."""

from typing import TYPE_CHECKING

from plfkit.graph.groups import Grouping, GroupSpec, partition_people, resolve_grouping
from plfkit.graph.layers import Layer
from plfkit.graph.observation import Observation
from plfkit.graph.snapshot import Snapshot, snapshot
from plfkit.rooms import load_module

__all__ = [
    "GroupSpec",
    "Grouping",
    "Layer",
    "Observation",
    "Snapshot",
    "partition_people",
    "resolve_grouping",
    "snapshot",
]


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        return load_module(__name__, name)
