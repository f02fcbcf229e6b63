"""Figures equal those of peers on published networks, and differ where definitions do."""

from __future__ import annotations

from itertools import chain

import pytest
from attrs import evolve
from peers import (
    AFFILIATIONS,
    AGREEING,
    COMPARISONS,
    DIFFERING,
    FILES,
    PAGE,
    PEOPLE,
    Case,
    counted,
    page,
    published,
    told,
)

from plfkit.measures import CORE, block_density, k_step_reach
from plfkit.measures.engine.catalogue import OWN_DEFINITION

EVERY = [case for row in AGREEING for case in row.cases()]
OTHER = [case for row in DIFFERING for case in row.cases()]
OF_TIES = {found.name: found.about for found in CORE if "relation" in found.parameters}
OWN = {name for name, about in OF_TIES.items() if about.source.en.startswith(OWN_DEFINITION)}
WITHOUT_PEERS = {*OWN, "group_reach", "layer_overlap"}
"""Measures of ties that no peer has; others are of registers and logs, which peers do not know."""


@pytest.mark.parametrize("case", EVERY, ids=repr)
def test_a_figure_is_the_peers(case: Case) -> None:
    """Everything that the peer says, plfkit says of the same people or groups, and nothing else."""
    assert case.theirs
    assert case.differences() == []


@pytest.mark.parametrize("case", OTHER, ids=repr)
def test_a_figure_defined_otherwise_differs(case: Case) -> None:
    """It differs wherever the table does not say that it is the same, and as its reason says."""
    assert case.row.reason
    assert bool(case.differences()) == (case.name not in case.row.alike)
    assert case.remade()


def test_number_of_comparisons() -> None:
    """No row, network or person can go missing from table or facts unnoticed."""
    assert counted() == COMPARISONS
    assert sum(COMPARISONS.values()) == sum(len(case.theirs) for case in EVERY)
    assert {row.measure for row in AGREEING} >= {*OF_TIES} - WITHOUT_PEERS
    assert not {row.measure for row in AGREEING} & WITHOUT_PEERS


@pytest.mark.parametrize("name", FILES)
def test_every_figure_of_a_peer_is_accounted_for(name: str) -> None:
    """Each is compared or listed as differing, in every network that has it."""
    network = published(name)
    for grouping in [None, *network.grouped]:
        here = [c for c in (*EVERY, *OTHER) if c.name == name and c.grouping == grouping]
        keys = set(chain.from_iterable(case.row.keys for case in here))
        assert keys == set(network.told_by_peers(grouping))


def test_the_page_about_peers_is_fresh() -> None:
    """Run `python tests/peers.py` if this fails."""
    assert PAGE.read_text(encoding="utf-8") == page()


@pytest.mark.parametrize("name", [*PEOPLE, *AFFILIATIONS])
def test_a_removed_tie_is_noticed(name: str) -> None:
    """The golden facts are sharp: with one tie less no measure agrees any more."""
    network = published(name)
    fewer = evolve(network, ties=network.ties[1:])
    here = [case for case in EVERY if case.name == name]
    noticed = {case.row.measure for case in here if case.differences(fewer)}
    assert noticed == {case.row.measure for case in here}


@pytest.mark.parametrize("name", PEOPLE)
def test_what_follows_from_the_peers_figures(name: str) -> None:
    """Graphs handed over have all ties, reach is a share of all others, a group of one has no density."""
    network = published(name)
    now, relation = told(network)
    assert relation is not None
    assert now.to_networkx(relation).number_of_edges() == network.figures["m"]
    for figure in k_step_reach(now, relation=relation, k=2):
        reached = network.figures["k_step_reach/out/k2"][figure.id]
        assert figure.value == pytest.approx(reached / (len(network.people) - 1), rel=1e-9)
    for grouping, groups in network.groups.items():
        table = network.grouped[grouping]["blocks/density"]
        for figure in block_density(now, relation=relation, groups=groups):
            missing = table[figure.from_][figure.to] is None
            assert (figure.reason == "too_few_people") == missing
