"""Random networks hold fixed what they say, among what was observed; permutations keep strata."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from searching import search

from plfkit import Organisation, Person, Tie, snapshot
from plfkit.graph.layers import Layer
from plfkit.resampling import Permutations, RandomNetworks
from plfkit.testing import surveyed_networks

FEW = search(20)
Matrix = NDArray[np.bool_]


def observed(layer: Layer) -> Matrix:
    """Which ties of a layer were observed."""
    seen = np.ones((layer.n, layer.n), np.bool_)
    if layer.observation is not None:
        codes = layer.observation.codes
        seen = layer.observation.seen[codes][:, codes]
    return seen & ~np.eye(layer.n, dtype=np.bool_)


def ties(layer: Layer) -> Matrix:
    """The ties of a layer as a table."""
    table: Matrix = layer.adjacency.toarray().astype(np.bool_)
    return table


def census(table: Matrix, both: Matrix) -> tuple[int, int]:
    """How many pairs of which both sides were observed are mutual, and how many are one-sided."""
    pairs = list(combinations(range(len(table)), 2))
    states = [int(table[a, b]) + int(table[b, a]) for a, b in pairs if both[a, b] and both[b, a]]
    return states.count(2), states.count(1)


def register(people: str, *told: str) -> Layer:
    """The layer of a register: people of one letter each, ties of two letters."""
    organisation = Organisation.of(
        persons=[Person(name) for name in people],
        ties=[Tie(tie[0], tie[1], "reports_to") for tie in told],
    )
    return snapshot(organisation).layer("reports_to")


@pytest.mark.parametrize("relation", ["advice", "collaboration"])
@pytest.mark.parametrize("held", ["size", "mutuals", "degrees"])
@FEW
@given(st.data(), st.integers(0, 99))
def test_what_is_held_fixed(relation: str, held: str, data: st.DataObject, seed: int) -> None:
    """Ties, or returned ties, or everybody's ties are as many as there were, all of them observed."""
    organisation = data.draw(surveyed_networks(relation=relation, most=6))
    layer = snapshot(organisation).layer(relation)
    seen = observed(layer)
    before = ties(layer) & seen
    chance = np.random.default_rng(seed)
    for _ in range(3):
        drawn = RandomNetworks(layer, held).draw(chance)
        after = ties(drawn)
        assert not (after & ~seen).any()
        assert after.sum() == before.sum()
        assert layer.directed or np.array_equal(after, after.T)
        if held == "mutuals":
            assert census(after, seen) == census(before, seen)
            alone = seen & ~seen.T
            assert (after & alone).sum() == (before & alone).sum()
        if held == "degrees":
            for axis in (0, 1):
                assert after.sum(axis=axis).tolist() == before.sum(axis=axis).tolist()


@pytest.mark.parametrize(
    ("held", "told", "possible"),
    [
        # 3 of 6 cells; a mutual pair and a one-sided one: 3 · 2 choices of pairs, 2 directions.
        ("size", ("ab", "ba", "ac"), 20),
        ("mutuals", ("ab", "ba", "ac"), 12),
    ],
)
def test_every_network_is_drawn_as_often(held: str, told: tuple[str, ...], possible: int) -> None:
    """All networks that hold it fixed occur, about equally often."""
    layer, chance = register("abc", *told), np.random.default_rng(1)
    networks = RandomNetworks(layer, held)
    draws = 150 * possible
    counts = Counter(ties(networks.draw(chance)).tobytes() for _ in range(draws))
    assert len(counts) == possible
    # Chi-square with possible - 1 degrees of freedom: 19 exceeds 43.8 once in a thousand times.
    assert sum((count - 150) ** 2 / 150 for count in counts.values()) < 43.8


def test_swaps_reach_all() -> None:
    """Two people name one each of two others: that is the two ways to share them out, equally often."""
    layer, chance = register("abcd", "ac", "bd"), np.random.default_rng(1)
    networks = RandomNetworks(layer, "degrees")
    counts = Counter(ties(networks.draw(chance)).tobytes() for _ in range(400))
    assert len(counts) == 2
    assert max(counts.values()) < 240


@FEW
@given(st.lists(st.integers(-1, 2), max_size=7), st.integers(0, 99))
def test_permutations_keep_strata(codes: list[int], seed: int) -> None:
    """Everybody stands somewhere once, and only in the place of somebody of the same stratum."""
    strata = np.array(codes, np.int64)
    permutations = Permutations(strata)
    orders = permutations.draw(np.random.default_rng(seed), 5)
    assert orders.shape == (5, len(codes))
    for order in orders:
        assert sorted(order.tolist()) == list(range(len(codes)))
        assert strata[order].tolist() == codes
    assert permutations.free == (len(set(codes)) < len(codes))


def test_every_permutation_is_drawn_as_often() -> None:
    """Three people stand in each of six orders about equally often."""
    orders = Permutations(np.zeros(3, np.int64)).draw(np.random.default_rng(1), 600)
    counts = Counter(tuple(order) for order in orders.tolist())
    assert len(counts) == 6
    assert sum((count - 100) ** 2 / 100 for count in counts.values()) < 20.5
