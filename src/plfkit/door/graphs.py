"""Organisations from graphs of networkx."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plfkit.door.vocabularies import choose_vocabulary
from plfkit.graph.from_graphs import read_network
from plfkit.model.records.organisation import Organisation
from plfkit.profiles.profile import Profile

if TYPE_CHECKING:
    import networkx as nx


def from_networkx(
    graph: nx.Graph,
    *,
    relation: str | None = None,
    profile: Profile | None = None,
    into: Organisation | None = None,
) -> Organisation:
    """Build an organisation from a graph of networkx, or add one to an organisation.

    What `Snapshot.to_networkx` and `Snapshot.to_two_mode` give comes back: the same ties, roster and
    figures. Of any other graph nodes are people, edges ties. Attributes that are read: of nodes ``unit``
    and ``unit_kind``, ``role``, ``answered``; of edges ``relation``, ``weight``, ``survey``, ``subject``,
    ``initiative``, ``formality``, ``sort``; others are left alone. Where nodes have ``bipartite``, those
    with 1 are communities and edges are memberships. Who answered is never made up: without
    ``answered`` nobody was asked, and what was observed is unknown.

    Args:
        graph: The graph.
        relation: What its ties mean, where neither its edges nor the graph itself say so.
        profile: Whose vocabulary it speaks; the core vocabulary if left out.
        into: The organisation that it is added to, in whose vocabulary; of people who are there already
            only ties, answers and memberships are added.

    Raises:
        InvalidDataError: Something is wrong with the graph; every fault is in it. Its place is the node or
            edge, counted from 1 in the order of the graph, and its value says which.
        TypeError: It is no graph, or both a profile and an organisation were given.
    """
    if not hasattr(graph, "is_directed"):
        raise TypeError(f"a graph of networkx is needed, not {type(graph).__name__}")
    if profile is not None and into is not None:
        raise TypeError("give a profile, or the organisation that is added to, not both")
    return read_network(graph, relation=relation, vocabulary=choose_vocabulary(profile), into=into)
