"""Graphs of networkx come back as the moment that they were made of, and nothing is made up on the way."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given

from plfkit import (
    Community,
    Membership,
    Organisation,
    Person,
    Position,
    Response,
    Result,
    Snapshot,
    Survey,
    Tie,
    Unit,
    from_networkx,
    load_profile,
    measures,
    snapshot,
)
from plfkit.errors import InvalidDataError, MeasureError
from plfkit.testing import organisations, surveyed_networks, twice_surveyed_networks

UNITS = [
    Unit("k", "municipality"),
    Unit("s", "school", "Søndre", "k"),
    Unit("t", "school", None, "k"),
]


def describe_layer(now: Snapshot, relation: str = "advice") -> dict[str, Any]:
    """What a layer says: who is in it, who is tied to whom, and which pairs were observed."""
    layer = now.layer(relation)
    recorded = layer.recorded
    ids = [now.person_ids[person] for person in layer.persons]
    pairs = zip(*layer.list_arcs(), strict=True)
    seen = None if recorded is None else recorded.seen[np.ix_(recorded.codes, recorded.codes)]
    return {
        "people": ids,
        "ties": sorted((ids[source], ids[target]) for source, target in pairs),
        "seen": None if seen is None else seen.tolist(),
        "unrecorded": layer.unrecorded.tolist(),
    }


def compute_figures(now: Snapshot, relation: str = "advice") -> list[Any]:
    """Figures of ties with their ranges, whole and in groups."""
    asked: list[Callable[..., Result]] = [measures.density, measures.degree]
    if now.vocabulary.relations[relation].directed:
        asked.append(measures.reciprocity)
    results = [measure(now, relation=relation) for measure in asked]
    rows = [row for result in results for row in result.rows()]
    return [rows, [result.observed for result in results]]


def bring_back(now: Snapshot, relation: str = "advice") -> Snapshot:
    """The moment of the graph of a moment."""
    return snapshot(from_networkx(now.to_networkx(relation)))


@given(surveyed_networks())
def test_a_surveyed_network_comes_back(organisation: Organisation) -> None:
    """Layer, roster and ranges are the same, whoever answered and however many names were allowed."""
    now = snapshot(organisation)
    back = bring_back(now)
    assert describe_layer(back) == describe_layer(now)
    assert compute_figures(back) == compute_figures(now)


@pytest.mark.parametrize("relation", ["advice", "collaboration"])
@given(data=twice_surveyed_networks())
def test_several_surveys_come_back(relation: str, data: Organisation) -> None:
    """Who was asked and answered is kept survey by survey, with and without direction."""
    surveys = [
        Survey(s.id, s.kind, relation, unit=s.unit, max_ties=s.max_ties) for s in data.surveys
    ]
    ties = [Tie(t.source, t.target, relation, t.survey) for t in data.ties]
    now = snapshot(
        Organisation.of(
            units=data.units,
            persons=data.persons,
            responses=data.responses,
            surveys=surveys,
            ties=ties,
        )
    )
    back = bring_back(now, relation)
    assert describe_layer(back, relation) == describe_layer(now, relation)
    assert compute_figures(back, relation) == compute_figures(now, relation)


@given(organisations())
def test_people_and_strengths_come_back(organisation: Organisation) -> None:
    """Unit, role and level of everybody, the strength of every tie, and figures in groups."""
    now = snapshot(organisation)
    graph = now.to_networkx("advice")
    back = snapshot(from_networkx(graph))
    again = back.to_networkx("advice")
    assert dict(again.nodes(data=True)) == dict(graph.nodes(data=True))
    assert {*again.edges(data="weight")} == {*graph.edges(data="weight")}
    assert describe_layer(back) == describe_layer(now)


def school_network() -> Organisation:
    """Two schools; c was asked and did not answer, d was not asked; two relations and a team."""
    return Organisation.of(
        units=UNITS,
        persons=[Person(name) for name in "abcd"],
        positions=[
            Position("a", "s", "principal"),
            Position("b", "s", "teacher"),
            Position("c", "t", "teacher"),
        ],
        communities=[Community("x", "team", "Team Æ", "s", charter=True)],
        memberships=[
            Membership("x", "a", "chair"),
            Membership("x", "a", "facilitator"),
            Membership("x", "b"),
        ],
        surveys=[
            Survey("q", "network", "advice", max_ties=3),
            Survey("r", "network", "collaboration"),
        ],
        responses=[
            *(Response("q", name, answered=name != "c") for name in "abc"),
            *(Response("r", name, answered=name != "a") for name in "abcd"),
        ],
        ties=[
            Tie("a", "b", "advice", "q", 2.0, subject="dansk", initiative="demand"),
            Tie("b", "a", "advice", "q", 1.5, subject="dansk"),
            Tie("b", "a", "advice", "q", 3.0, subject="matematik"),
            Tie("b", "c", "advice", "q"),
            Tie("b", "a", "collaboration", "r"),
            Tie("c", "b", "collaboration", "r"),
            Tie("b", "c", "collaboration", "r"),
        ],
    )


def test_attributes_say_what_is_known() -> None:
    """Who answered, what of ties is known, and what the graph does not tell."""
    graph = snapshot(school_network()).to_networkx("advice")
    assert dict(graph.nodes(data="answered")) == {"a": True, "b": True, "c": False}
    assert graph.edges["a", "b"] == {
        "weight": 2.0,
        "survey": "q",
        "subject": "dansk",
        "initiative": "demand",
        "observed": True,
    }
    assert graph.edges["b", "a"] == {"weight": 3.0, "survey": "q", "observed": True}
    assert graph.edges["b", "c"] == {"survey": "q", "observed": True}
    about = {
        name: graph.graph[name] for name in ("observation", "observed_pairs", "unobserved_pairs")
    }
    assert about == {"observation": "partial", "observed_pairs": 4, "unobserved_pairs": 2}
    assert graph.graph["observed_share"] == pytest.approx(4 / 6)


@given(surveyed_networks(most=6))
def test_density_agrees_once_what_is_unobserved_is_left_out(organisation: Organisation) -> None:
    """In networkx silence is a no for no; among the pairs that were observed it gives plfkit's figure."""
    now = snapshot(organisation)
    graph, figure = now.to_networkx("advice"), measures.density(now, relation="advice").main
    assert figure is not None
    seen = sum(observed for *_, observed in graph.edges(data="observed"))
    pairs = graph.graph["observed_pairs"]
    assert (seen / pairs if pairs else None) == (figure.value and pytest.approx(figure.value))
    if graph.graph["unobserved_pairs"] == 0 and len(graph) > 1:
        assert nx.density(graph) == figure.value


def test_several_relations() -> None:
    """One graph of several relations, by key; each comes back as the layer that it was."""
    now = snapshot(school_network())
    graph = now.to_networkx(("advice", "collaboration"))
    assert graph["a"]["b"].keys() == {"advice", "collaboration"}
    assert graph["b"]["a"].keys() == {"advice", "collaboration"}
    assert graph.graph["observation_advice"] == "partial"
    back = snapshot(from_networkx(graph))
    assert describe_layer(back) == describe_layer(now)
    assert describe_layer(back, "collaboration") == describe_layer(now, "collaboration")


def test_communities_as_two_modes() -> None:
    """People and communities, networkx's own functions for both, and the tables again."""
    organisation = school_network()
    graph = snapshot(organisation).to_two_mode("team")
    people = [node for node, mode in graph.nodes(data="bipartite") if mode == 0]
    assert nx.bipartite.is_bipartite(graph)
    assert [*nx.bipartite.projected_graph(graph, people).edges] == [("a", "b")]
    assert graph.nodes["community:x"] == {
        "bipartite": 1,
        "community": "x",
        "kind": "team",
        "name": "Team Æ",
        "unit": "s",
        "charter": True,
    }
    assert graph.edges["a", "community:x"] == {"role": "chair;facilitator"}
    back = from_networkx(graph)
    assert (back.communities, back.memberships) == (
        organisation.communities,
        organisation.memberships,
    )
    with pytest.raises(MeasureError, match="there is no kind of community 'teams'"):
        snapshot(organisation).to_two_mode("teams")


def through_graphml(graph: nx.Graph) -> nx.Graph:
    """A graph as GraphML gives it back."""
    file = io.BytesIO()
    nx.write_graphml(graph, file)
    return nx.read_graphml(io.BytesIO(file.getvalue()), force_multigraph=graph.is_multigraph())


def through_gexf(graph: nx.Graph) -> nx.Graph:
    """A graph as GEXF gives it back: without what stands on the graph itself."""
    file = io.BytesIO()
    nx.write_gexf(graph, file)
    return nx.read_gexf(io.BytesIO(file.getvalue()))


@pytest.mark.parametrize("carry", [through_graphml, through_gexf])
@pytest.mark.parametrize("relation", ["advice", "collaboration"])
def test_graph_files(relation: str, carry: Callable[[nx.Graph], nx.Graph]) -> None:
    """What is written as a graph file comes back from it."""
    now = snapshot(school_network())
    back = snapshot(from_networkx(carry(now.to_networkx(relation)), relation=relation))
    assert describe_layer(back, relation) == describe_layer(now, relation)
    assert dict(back.to_networkx(relation).nodes(data=True)) == dict(
        now.to_networkx(relation).nodes(data=True)
    )


@pytest.mark.parametrize("carry", [through_graphml, through_gexf])
def test_graph_files_of_several_relations_and_of_two_modes(
    carry: Callable[[nx.Graph], nx.Graph],
) -> None:
    """The same of graphs with parallel ties, and of communities."""
    organisation = school_network()
    now = snapshot(organisation)
    both = snapshot(from_networkx(carry(now.to_networkx(("advice", "collaboration")))))
    assert describe_layer(both)["ties"] == describe_layer(now)["ties"]
    assert describe_layer(both, "collaboration") == describe_layer(now, "collaboration")
    assert from_networkx(carry(now.to_two_mode())).memberships == organisation.memberships


def test_who_answered_is_never_made_up() -> None:
    """A graph of somebody else's says who is tied to whom, and not who was asked."""
    now = snapshot(
        from_networkx(nx.gnp_random_graph(6, 0.5, seed=1, directed=True), relation="advice")
    )
    assert now.layer("advice").n == 6
    assert now.layer("advice").observation is None
    assert len(from_networkx(nx.DiGraph([("a", "b")]), relation="advice").responses) == 0


def test_who_answered_may_be_said() -> None:
    """With `answered` on the nodes there was a survey, of those who have it."""
    graph = nx.DiGraph([("a", "b")])
    nx.set_node_attributes(graph, {"a": True, "b": False}, "answered")
    now = snapshot(from_networkx(graph, relation="advice"))
    assert now.layer("advice").observation is not None
    assert measures.density(now, relation="advice").observed == 0.5


def test_a_graph_is_added_to_an_organisation() -> None:
    """People who are there already stay as they are, and get their ties."""
    before = school_network()
    graph = nx.DiGraph([("a", "e")])
    graph.nodes["a"]["role"] = "teacher"
    whole = from_networkx(graph, relation="observation", into=before)
    assert {person.id for person in whole.persons} == {*"abcde"}
    assert whole.positions == before.positions
    assert [*snapshot(whole).to_networkx("observation").edges] == [("a", "e")]
    with pytest.raises(TypeError, match="not both"):
        from_networkx(graph, profile=load_profile("generic"), into=before)
    with pytest.raises(TypeError, match="a graph of networkx is needed, not list"):
        from_networkx([("a", "e")])


def make_bad_graphs() -> dict[str, tuple[nx.Graph, list[tuple[Any, ...]]]]:
    """Graphs that cannot be taken, and of each fault code, place and what it is about."""
    wrong_role = nx.DiGraph([("a", "b")])
    wrong_role.add_node("b", unit="s", unit_kind="school", role="wizard")
    silent = nx.DiGraph([("a", "b"), ("b", "a")])
    nx.set_node_attributes(silent, {"a": True, "b": False}, "answered")
    several = nx.DiGraph([("a", "b", {"weight": "strong"}), ("b", "b"), ("b", ("c", 1))])
    same = nx.DiGraph([(1, "1")])
    return {
        "a role nobody knows": (wrong_role, [("unknown_kind", "nodes", 2, "role", "wizard")]),
        "a tie of somebody silent": (silent, [("not_answered", "edges", 2, None, "b")]),
        "cells of other types": (
            several,
            [
                ("invalid_value", "nodes", 3, None, "('c', 1)"),
                ("invalid_value", "edges", 1, "weight", "'strong'"),
                ("invalid_value", "edges", 3, None, "('c', 1)"),
            ],
        ),
        "a tie to oneself": (nx.DiGraph([("a", "a")]), [("self_tie", "edges", 1, None, "a")]),
        "two names that are one": (same, [("duplicate", "nodes", 2, None, "1")]),
        "no direction": (
            nx.Graph([("a", "b")]),
            [("missing_value", "edges", 1, "relation", "a – b")],
        ),
    }


@pytest.mark.parametrize(("graph", "faults"), make_bad_graphs().values(), ids=make_bad_graphs())
def test_what_cannot_be_taken_is_named(graph: nx.Graph, faults: list[tuple[Any, ...]]) -> None:
    """Every fault at once, each with the node or edge that it is about."""
    with pytest.raises(InvalidDataError) as caught:
        from_networkx(graph, relation="advice")
    assert [
        (f.code, f.place.file, f.place.row, f.place.column, f.value) for f in caught.value.faults
    ] == faults
