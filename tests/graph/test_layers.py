"""What a layer alone determines: its ties as a list, and which of them are returned."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from hypothesis import given

from plfkit import Organisation, Snapshot, snapshot
from plfkit.graph.groups import partition_people, resolve_grouping
from plfkit.testing.strategies import twice_surveyed_networks

THREADS = 8


@given(twice_surveyed_networks())
def test_returned_ties(town: Organisation) -> None:
    """A tie is returned where the opposite one is in the list too."""
    layer = snapshot(town).layer("advice")
    arcs = [*zip(*(side.tolist() for side in layer.list_arcs()), strict=True)]
    assert layer.returned.tolist() == [(target, source) in arcs for source, target in arcs]


def test_undirected_ties_are_returned(town: Organisation) -> None:
    """Without direction each tie is its own opposite."""
    assert snapshot(town).layer("advice").symmetrise_ties().returned.all()


@pytest.mark.parametrize(
    "look_up",
    [
        lambda now: now.layer("advice"),
        lambda now: now.layer("advice").list_arcs(),
        lambda now: now.layer("advice").returned,
        lambda now: now.layer("advice").recorded.seen,
        lambda now: resolve_grouping(now, "school"),
        lambda now: partition_people(now, "level"),
        lambda now: now.assigned,
        lambda now: now.number_people("ties", "source"),
    ],
    ids=["layer", "arcs", "returned", "seen", "grouping", "partition", "assigned", "people"],
)
def test_threads_share_it(town: Organisation, look_up: Callable[[Snapshot], Any]) -> None:
    """Threads that ask a new moment at once are given one and the same, and so is whoever asks later."""
    now, start = snapshot(town), Barrier(THREADS, timeout=30)

    def ask(_number: int) -> Any:
        start.wait()
        return look_up(now)

    with ThreadPoolExecutor(THREADS) as pool:
        found = [*pool.map(ask, range(THREADS))]
    assert all(one is look_up(now) for one in found)
