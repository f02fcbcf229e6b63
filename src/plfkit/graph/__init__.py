"""The typed graph of one moment: snapshots, layers of ties, groups of people."""

from plfkit.graph.groups import Grouping, GroupSpec, grouping, partition
from plfkit.graph.layers import Layer
from plfkit.graph.observation import Observation
from plfkit.graph.snapshot import Snapshot, snapshot

__all__ = [
    "GroupSpec",
    "Grouping",
    "Layer",
    "Observation",
    "Snapshot",
    "grouping",
    "partition",
    "snapshot",
]
