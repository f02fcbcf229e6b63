"""Completions: every pair that nobody told of may be tied, none that was told of changes."""

from __future__ import annotations

import numpy as np
import pytest
from definitions import completions
from hypothesis import assume, given
from searching import search

from plfkit import Organisation, Person, Response, Survey, Tie, snapshot
from plfkit.graph.layers import Layer
from plfkit.resampling import Completions
from plfkit.testing import surveyed_networks, twice_surveyed_networks

DRAWS = 2000


def asked(limit: int | None) -> Layer:
    """Ann named Bo and Cy; the five others were asked and said nothing."""
    names = ["ann", "bo", "cy", "dan", "eva", "fie"]
    organisation = Organisation.of(
        persons=[Person(name) for name in names],
        surveys=[Survey("s", "network", "advice", max_ties=limit)],
        responses=[Response("s", name, answered=name == "ann") for name in names],
        ties=[Tie("ann", "bo", "advice", "s"), Tie("ann", "cy", "advice", "s")],
    )
    return snapshot(organisation).layer("advice")


def draw_many(layer: Layer) -> np.ndarray[tuple[int, int, int], np.dtype[np.int64]]:
    """Draw completions as full matrices."""
    drawn, chance = Completions(layer), np.random.default_rng(1)
    return np.stack([drawn.draw(chance).adjacency.toarray() for _ in range(DRAWS)])


@pytest.mark.parametrize("limit", [None, 2])
def test_how_often(limit: int | None) -> None:
    """What was told stays; all that was not comes as often, up to what the survey allowed."""
    drawn, chance = draw_many(asked(limit)), np.random.default_rng(2)
    assert (drawn[:, 0] == [0, 1, 1, 0, 0, 0]).all()
    names = drawn[:, 1:].sum(axis=2)
    assert names.max() == (limit or 5)
    assert names.min() == 0
    shares = drawn[:, 1:].mean(axis=0)
    apart = shares[np.arange(6) != np.arange(1, 6)[:, None]]
    assert not shares[np.arange(5), np.arange(1, 6)].any()
    # Shares from 1 / 6 to 1, each as likely as its double; of each, the names of 5 others.
    names_of = chance.binomial(5, 6.0 ** (chance.random(100_000) - 1))
    expected = np.minimum(names_of, limit or 5).mean() / 5
    assert apart == pytest.approx(expected, abs=0.04)


def test_extremes() -> None:
    """The emptiest completion has what was told alone, the fullest as many names as were allowed."""
    for limit, most in ((None, 27), (2, 12), (3, 17)):
        few, many = Completions(asked(limit)).draw_extremes(np.random.default_rng(0))
        assert (few.adjacency.nnz, many.adjacency.nnz) == (2, most)


@search(40)
@given(surveyed_networks() | twice_surveyed_networks())
def test_each_could_be(organisation: Organisation) -> None:
    """Whatever is drawn is one of all the networks that could be."""
    layer = snapshot(organisation).layer("advice").narrow_range()
    assume(layer.observation is not None)
    ids = snapshot(organisation).person_ids
    networks = {frozenset(network) for network in completions(organisation)}
    drawn, chance = Completions(layer), np.random.default_rng(2)
    for _ in range(20):
        ends = zip(*drawn.draw(chance).list_arcs(), strict=True)
        pairs = {(ids[layer.persons[a]], ids[layer.persons[b]]) for a, b in ends}
        assert frozenset(pairs) in networks
