"""Figures equal those of R on published networks, to 1e-9."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from plfkit.graph import Snapshot
from plfkit.measures import block_density, degree, density, k_step_reach, reciprocity

Peer = tuple[Snapshot, str, Mapping[str, Any]]


def close(value: float | None) -> Any:
    """Equal to 1e-9, relative and absolute."""
    return pytest.approx(value, rel=1e-9, abs=1e-9)


def test_size_and_density(peer: Peer) -> None:
    """People, ties and density are those of sna::gden."""
    now, relation, facts = peer
    result = density(now, relation=relation)
    assert (result.n, now.layer(relation).adjacency.nnz) == (facts["n"], facts["m"])
    assert result.item() == close(facts["density"])
    assert now.to_networkx(relation).number_of_edges() == facts["m"]


@pytest.mark.parametrize("variant", ["edgewise", "dyadic", "dyadic_nonnull"])
def test_reciprocity(peer: Peer, variant: str) -> None:
    """Each variant is that of sna::grecip; edgewise is the default."""
    now, relation, facts = peer
    figure = reciprocity(now, relation=relation, variant=variant)
    assert figure.item() == close(facts["reciprocity"][variant])
    assert reciprocity(now, relation=relation).item() == close(facts["reciprocity"]["edgewise"])


@pytest.mark.parametrize("direction", ["in", "out"])
def test_degree(peer: Peer, direction: str) -> None:
    """In- and out-degrees are those of sna::degree; the total is their sum."""
    now, relation, facts = peer
    result = degree(now, relation=relation, direction=direction)
    assert {figure.id: figure.value for figure in result} == facts["degree"][direction]
    total = degree(now, relation=relation, direction="total")
    sums = {
        name: facts["degree"]["in"][name] + facts["degree"]["out"][name] for name in now.person_ids
    }
    assert {figure.id: figure.value for figure in total} == sums


@pytest.mark.parametrize("direction", ["in", "out"])
@pytest.mark.parametrize("k", [1, 2, 3])
def test_k_step_reach(peer: Peer, direction: str, k: int) -> None:
    """The number of others within k steps is R's; the value is its share of all others."""
    now, relation, facts = peer
    result = k_step_reach(now, relation=relation, k=k, direction=direction)
    expected = facts["k_step_reach"][direction][str(k)]
    assert {figure.id: figure.numerator for figure in result} == expected
    shares = {name: close(count / (facts["n"] - 1)) for name, count in expected.items()}
    assert {figure.id: figure.value for figure in result} == shares


def test_block_density(peer: Peer) -> None:
    """Densities between groups are those of sna::blockmodel; a group of one with itself has none."""
    now, relation, facts = peer
    table = facts["block_density"]
    expected = {
        (source, target): cell
        for source, cells in zip(table["rows"], table["data"], strict=True)
        for target, cell in zip(table["cols"], cells, strict=True)
    }
    result = block_density(now, relation=relation, groups=facts["groups"])
    assert {(f.from_, f.to) for f in result} == set(expected)
    for figure in result:
        value = expected[figure.from_ or "", figure.to or ""]
        assert figure.value == (None if value is None else close(value))
        assert (figure.reason == "too_few_people") == (value is None)


def test_a_removed_tie_is_noticed(peer: Peer) -> None:
    """The golden facts are sharp: with one tie less nothing agrees any more."""
    from plfkit import Organisation, Person, Tie, snapshot

    now, relation, facts = peer
    fewer = snapshot(
        Organisation.of(
            vocabulary=now.vocabulary,
            persons=[Person(name) for name in now.person_ids],
            ties=[Tie(a, b, relation) for a, b in facts["ties"][1:]],
        )
    )
    assert density(fewer, relation=relation).item() != close(facts["density"])
    degrees = {f.id: f.value for f in degree(fewer, relation=relation, direction="in")}
    assert degrees != facts["degree"]["in"]
