"""Layers as the graphs of other tools."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from plfkit.errors import LibraryError
from plfkit.graph.layers import Layer

if TYPE_CHECKING:
    import networkx as nx


def to_networkx(
    layer: Layer, nodes: Iterable[tuple[str, Mapping[str, str]]], *, at: str
) -> nx.DiGraph | nx.Graph:
    """Return a layer as a networkx graph.

    Args:
        layer: The ties.
        nodes: The id and the attributes of each node, in the layer's order.
        at: The period, kept as an attribute of the graph.

    Raises:
        LibraryError: networkx cannot be imported: it scans what others registered for it.
    """
    try:
        import networkx as nx  # noqa: PLC0415 - takes longer to import than most files to read
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # what others registered may even end the program
        raise LibraryError("networkx", error) from error
    kind = nx.DiGraph if layer.directed else nx.Graph
    graph = kind(relation=layer.relation, at=at, directed=layer.directed)
    graph.add_nodes_from(nodes)
    ids = list(graph)
    sources, targets = layer.list_arcs()
    graph.add_edges_from((ids[s], ids[t]) for s, t in zip(sources, targets, strict=True))
    return graph
