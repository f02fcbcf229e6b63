"""The typed graph of one moment: snapshots, layers of ties, groups of people, logs and who was there."""

from typing import TYPE_CHECKING

from plfkit.graph.cases import Cases
from plfkit.graph.communities import find_community_units, gather_communities
from plfkit.graph.events import select_events
from plfkit.graph.groups import Grouping, GroupSpec, partition_people, resolve_grouping
from plfkit.graph.layers import Layer
from plfkit.graph.logs import look_up_logs
from plfkit.graph.observation import Observation
from plfkit.graph.snapshot import Snapshot, snapshot
from plfkit.rooms import load_module

__all__ = [
    "Cases",
    "GroupSpec",
    "Grouping",
    "Layer",
    "Observation",
    "Snapshot",
    "find_community_units",
    "gather_communities",
    "look_up_logs",
    "partition_people",
    "resolve_grouping",
    "select_events",
    "snapshot",
]


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        return load_module(__name__, name)


def __dir__() -> list[str]:
    return list(__all__)
