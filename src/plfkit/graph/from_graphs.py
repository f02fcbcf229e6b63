"""Graphs of networkx as an organisation: what `plfkit.graph.convert` wrote, and what others made.

A graph is taken apart into rows of the native tables, each with the node or edge that it came from. The
rows are checked as all rows are, and a fault names the node or edge in place of the row.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from attrs import define, evolve, field, frozen

from plfkit.errors import Fault, InvalidDataError, Place
from plfkit.graph.convert import ANSWERED, OF_TIES, SORT
from plfkit.graph.two_modes import COMMUNITIES, OF_COMMUNITIES, ROLES_BETWEEN
from plfkit.hints import Hint
from plfkit.model.records.organisation import Organisation
from plfkit.model.records.rows import NATIVE_ROWS
from plfkit.model.records.schema import DATE, list_column_specs
from plfkit.model.records.tables import Table
from plfkit.model.words.vocabulary import Vocabulary

if TYPE_CHECKING:
    import networkx as nx

_ATTRIBUTES = {
    ("units", "id"): "unit",
    ("units", "kind"): "unit_kind",
    ("persons", "id"): None,
    ("positions", "person"): None,
    ("memberships", "person"): None,
    ("memberships", "community"): None,
    ("responses", "person"): None,
    ("ties", "source"): None,
    ("ties", "target"): None,
}
"""What columns are called in a graph, where it is not by their own name; None is the node or edge itself."""


@frozen
class Origin:
    """The node or edge that a row came from: which of them, from 1, and what it is called."""

    what: str
    number: int | None = None
    name: str | None = None

    def rename_fault(self, fault: Fault, table: str) -> Fault:
        """Return a fault of a row as one of the node or edge."""
        column = fault.place.column
        called = _ATTRIBUTES.get((table, column), column) if column is not None else None
        return evolve(
            fault, place=Place(self.what, self.number, called), value=fault.value or self.name
        )


@define
class _RowsFromGraph:
    """The rows that a graph gives, by table, each with its origin; and the ids that there are."""

    known: Organisation
    rows: dict[str, list[dict[str, Any]]] = field(factory=lambda: defaultdict(list))
    origins: dict[str, list[Origin]] = field(factory=lambda: defaultdict(list))
    faults: list[Fault] = field(factory=list)
    ids: dict[str, set[str]] = field(init=False)

    @ids.default
    def _gather_ids(self) -> dict[str, set[str]]:
        named = ("persons", "units", "communities", "surveys")
        return {name: {*self.known.tables[name].column("id").categories} for name in named}

    def add_row(self, table: str, origin: Origin, **cells: Any) -> None:
        """Add a row."""
        self.rows[table].append(cells)
        self.origins[table].append(origin)

    def add_new_row(self, table: str, origin: Origin, **cells: Any) -> bool:
        """Add a row with an id of its own, unless there is one with it; tell whether it was added."""
        name = cells["id"]
        if isinstance(name, str):
            if name in self.ids[table]:
                return False
            self.ids[table].add(name)
        self.add_row(table, origin, **cells)
        return True

    def build_organisation(self) -> Organisation:
        """Return what is known with the rows added.

        Raises:
            InvalidDataError: There are faults; every one is in it.
        """
        tables = {
            name: table for name in self.rows if (table := self._build_table(name)) is not None
        }
        if self.faults:
            raise InvalidDataError(self.faults)
        try:
            return self.known.with_(**tables)
        except InvalidDataError as error:
            raise InvalidDataError(map(self._rename_fault, error.faults)) from error

    def _build_table(self, name: str) -> Table[Any] | None:
        kind = NATIVE_ROWS[name]
        try:
            return Table.of(kind, (kind(**row) for row in self.rows[name]))
        except InvalidDataError as error:
            self.faults += [self._rename_fault(fault, before=0) for fault in error.faults]
            return None

    def _rename_fault(self, fault: Fault, before: int | None = None) -> Fault:
        """Name the node or edge of a fault; one in a row that was there before stays as it is."""
        table, row = fault.place.file, fault.place.row
        there = len(self.known.tables[table]) if before is None else before
        if row is None or row <= there:
            return fault
        return self.origins[table][row - there - 1].rename_fault(fault, table)


def read_network(
    graph: nx.Graph,
    *,
    relation: str | None = None,
    vocabulary: Vocabulary | None = None,
    into: Organisation | None = None,
) -> Organisation:
    """Read a graph of networkx; see `plfkit.from_networkx`."""
    rows = _RowsFromGraph(into or Organisation.of(vocabulary=vocabulary))
    _read_packed_rows(rows, graph, "units")
    people = [n for n in graph if graph.nodes[n].get("bipartite") != COMMUNITIES]
    origins = {n: Origin("nodes", k, str(n)) for k, n in enumerate(graph, start=1)}
    rows.faults += _find_same_names(people, origins)
    for node in people:
        _read_person(rows, origins[node], _name_node(node), graph.nodes[node])
    if len(people) < len(graph):
        _read_communities(rows, graph, origins)
    else:
        _read_ties(rows, graph, relation, origins)
    return rows.build_organisation()


def _name_node(node: Any) -> Any:
    """Return a node as an id; networkx's own networks number their nodes."""
    return str(node) if isinstance(node, int) and not isinstance(node, bool) else node


def _find_same_names(nodes: Iterable[Any], origins: Mapping[Any, Origin]) -> Iterator[Fault]:
    """Find nodes that would be one person, as 1 and "1" would."""
    seen: set[Any] = set()
    for node in nodes:
        if (name := _name_node(node)) in seen:
            place = Place("nodes", origins[node].number)
            yield Fault("duplicate", place, Hint("graph.same_name"), origins[node].name)
        seen.add(name)


def _read_packed_rows(rows: _RowsFromGraph, graph: nx.Graph, table: str) -> list[dict[str, Any]]:
    """Add the rows of a table that a graph carries as JSON, but for those that are known; return them."""
    text, origin = graph.graph.get(table), Origin("graph")
    if text is None:
        return []
    try:
        records = [_unpack_row(table, record) for record in json.loads(text)]
    except (TypeError, ValueError, KeyError, AttributeError, RecursionError):
        rows.faults.append(
            Fault("invalid_value", Place("graph", None, table), Hint("graph.packed"))
        )
        return []
    for record in records:
        rows.add_new_row(table, origin, **record)
    return records


def _unpack_row(table: str, record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the cells of a row as its record takes them.

    Raises:
        KeyError: It has a column that the table lacks, or no id or kind.
        ValueError: A date is none.
    """
    codecs = {spec.name: spec.codec for spec in list_column_specs(NATIVE_ROWS[table])}
    cells = {n: DATE.decode(c) if codecs[n] is DATE else c for n, c in record.items()}
    return {"id": cells["id"], "kind": cells["kind"], **cells}


def _read_person(
    rows: _RowsFromGraph, origin: Origin, person: Any, known: Mapping[str, Any]
) -> None:
    """Add a person with their position; of whom is there already nothing is taken."""
    if not rows.add_new_row("persons", origin, id=person):
        return
    if "unit" not in known and "role" not in known:
        return
    unit = known.get("unit")
    if unit is not None:
        rows.add_new_row("units", origin, id=unit, kind=known.get("unit_kind"))
    rows.add_row("positions", origin, person=person, unit=unit, role=known.get("role"))


def _read_communities(rows: _RowsFromGraph, graph: nx.Graph, origins: Mapping[Any, Origin]) -> None:
    """Add the communities of a graph of two modes, and their members."""
    named = {}
    for node, known in graph.nodes(data=True):
        if known.get("bipartite") == COMMUNITIES:
            named[node] = known.get("community", _name_node(node))
            cells = {name: known.get(name) for name in OF_COMMUNITIES}
            rows.add_new_row("communities", origins[node], id=named[node], **cells)
    for number, (one, other, known) in enumerate(graph.edges(data=True), start=1):
        origin = Origin("edges", number, f"{one} – {other}")
        person, community = (other, one) if one in named else (one, other)
        if community not in named or person in named:
            place = Place("edges", number)
            rows.faults.append(Fault("contradiction", place, Hint("graph.one_mode"), origin.name))
            continue
        for role in str(known.get("role", "")).split(ROLES_BETWEEN):
            member = {"community": named[community], "person": _name_node(person)}
            rows.add_row("memberships", origin, **member, role=role or None)


def _read_ties(
    rows: _RowsFromGraph, graph: nx.Graph, relation: str | None, origins: Mapping[Any, Origin]
) -> None:
    """Add the ties of a graph, its surveys, and who answered them."""
    named = relation or graph.graph.get("relation")
    ties = list(_list_ties(rows, graph, named))
    packed = _read_packed_rows(rows, graph, "surveys")
    known = [*packed, *({"id": tie["survey"], "relation": tie["relation"]} for _, tie in ties)]
    # Whatever is no text is no survey's id: where it stands in a row it is a fault of that.
    surveys = {one["id"]: one.get("relation") for one in known[::-1] if isinstance(one["id"], str)}
    is_asked = any(ANSWERED in node for _, node in graph.nodes(data=True))
    if is_asked and not surveys and isinstance(named, str):
        # Somebody was asked, and nothing says by which survey: there was one.
        surveys = {named: named}
        ties = [(origin, {**tie, "survey": named}) for origin, tie in ties]
    for survey, about in surveys.items():
        rows.add_new_row("surveys", Origin("graph"), id=survey, kind="network", relation=about)
        _read_responses(rows, graph, survey, is_alone=len(surveys) == 1, origins=origins)
    for origin, tie in ties:
        rows.add_row("ties", origin, **tie)


def _read_responses(
    rows: _RowsFromGraph,
    graph: nx.Graph,
    survey: str,
    *,
    is_alone: bool,
    origins: Mapping[Any, Origin],
) -> None:
    """Add who was asked in a survey, as far as the graph says so: who answered is never made up."""
    name = f"{ANSWERED}_{survey}"
    for node, known in graph.nodes(data=True):
        answered = known.get(name, known.get(ANSWERED) if is_alone else None)
        if answered is not None:
            person = _name_node(node)
            rows.add_row(
                "responses", origins[node], survey=survey, person=person, answered=answered
            )


def _list_ties(
    rows: _RowsFromGraph, graph: nx.Graph, named: str | None
) -> Iterator[tuple[Origin, dict[str, Any]]]:
    """Yield the ties of a graph, each with the edge that it came from."""
    done: set[tuple[Any, ...]] = set()
    edges = list(graph.edges(data=True))
    plain = {
        (s, t, str(known.get("relation", named))) for s, t, known in edges if SORT not in known
    }
    for number, (source, target, known) in enumerate(edges, start=1):
        origin = Origin("edges", number, f"{source} – {target}")
        relation = known.get(SORT) or known.get("relation", named)
        # A tie of a sort is an edge of the relation too; where the sort has edges itself it stands once.
        if SORT in known and (source, target, str(relation)) in plain:
            continue
        kind = rows.known.vocabulary.relations.get(str(relation))
        if relation is None or (kind is not None and kind.directed and not graph.is_directed()):
            hint = "graph.no_relation" if relation is None else "graph.undirected"
            place = Place("edges", number, "relation")
            rows.faults.append(Fault("missing_value", place, Hint(hint), origin.name))
            continue
        ends = _order_ends(graph, source, target, known)
        # Of a tie without direction the graph of several relations has both directions.
        if "told_by" in known and (*ends, str(relation)) in done:
            continue
        done.add((*ends, str(relation)))
        for giver, taker in (ends, ends[::-1])[: 1 + bool(known.get("told_by_both"))]:
            cells = {name: known.get(name) for name in ("survey", "weight", *OF_TIES)}
            ends_named = {"source": _name_node(giver), "target": _name_node(taker)}
            yield origin, {**ends_named, "relation": relation, **cells}


def _order_ends(
    graph: nx.Graph, source: Any, target: Any, known: Mapping[str, Any]
) -> tuple[Any, Any]:
    """Return the ends of an edge, the one who told of it first, as far as somebody says who that was."""
    if "told_by" in known:
        return (target, source) if known["told_by"] == target else (source, target)
    silent = graph.nodes[source].get(ANSWERED) is False and not graph.is_directed()
    return (target, source) if silent else (source, target)
