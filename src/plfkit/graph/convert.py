"""Moments as the graphs of other tools: people and their ties, of one relation or several.

Every attribute is a text, a number or yes or no, and is left out where nothing is known: writers of graph
files know neither a missing value nor a list. Tables that a graph needs to come back stand as JSON in a
text. What comes back is read by `plfkit.graph.from_graphs`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import frozen

from plfkit.arrays import Numbers
from plfkit.errors import LibraryError
from plfkit.graph.layers import Layer
from plfkit.graph.surveys import ToldTies, gather_told_ties
from plfkit.model.records.rows import Tie
from plfkit.model.records.schema import list_column_specs
from plfkit.model.records.tables import Table, recode_column

if TYPE_CHECKING:
    import networkx as nx

    from plfkit.graph.snapshot import Snapshot

OF_TIES = ("subject", "initiative", "formality")
"""What a tie says of itself, where all who told of it say the same."""
ANSWERED = "answered"
"""The attribute of nodes that says whether somebody answered; with a survey's id where there are several."""

SORT = "sort"
"""The attribute of edges that nobody told as the relation itself: the sort of it that they were told as."""


@frozen
class NetworkPart:
    """A relation of a moment, as a layer and as the ties that it was made of."""

    layer: Layer
    told: ToldTies

    @property
    def relation(self) -> str:
        """The relation's id."""
        return self.layer.relation


def gather_network_part(now: Snapshot, relation: str, **chosen: Any) -> NetworkPart:
    """Gather a relation of a moment; see `plfkit.graph.Snapshot.layer` for what may be chosen."""
    return NetworkPart(now.layer(relation, **chosen), gather_told_ties(now, relation, **chosen))


def import_networkx() -> Any:
    """Import networkx.

    Raises:
        LibraryError: It cannot be imported: it scans what others registered for it.
    """
    try:
        import networkx as nx  # noqa: PLC0415 - takes longer to import than most files to read
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # what others registered may even end the program
        raise LibraryError("networkx", error) from error
    return nx


def build_relation_graph(now: Snapshot, part: NetworkPart) -> nx.DiGraph | nx.Graph:
    """Build the graph of one relation."""
    nx, layer = import_networkx(), part.layer
    facts = {"directed": layer.directed, **_describe_observation(layer)}
    graph = (nx.DiGraph if layer.directed else nx.Graph)(
        relation=part.relation, at=str(now.period), **facts, **_encode_tables(now, [part])
    )
    graph.add_nodes_from(_list_people(now, [part]))
    graph.add_edges_from(_list_edges(now, part))
    return graph


def build_relations_graph(now: Snapshot, parts: Sequence[NetworkPart]) -> nx.MultiDiGraph:
    """Build the graph of several relations, each edge with its relation as key and as attribute.

    A tie without direction stands in both directions.
    """
    graph = import_networkx().MultiDiGraph(
        relations=", ".join(part.relation for part in parts),
        at=str(now.period),
        **{
            f"{name}_{part.relation}": fact
            for part in parts
            for name, fact in _describe_observation(part.layer).items()
        },
        **_encode_tables(now, parts),
    )
    graph.add_nodes_from(_list_people(now, parts))
    for part in parts:
        edges = [*_list_edges(now, part)]
        both = [*edges, *((t, s, d) for s, t, d in edges if not part.layer.directed)]
        # Keys repeat from pair to pair; graph files want an id for each edge.
        graph.add_edges_from(
            (s, t, part.relation, {"relation": part.relation, "id": f"{part.relation}-{n}", **d})
            for n, (s, t, d) in enumerate(both, start=1)
        )
    return graph


def _describe_observation(layer: Layer) -> dict[str, Any]:
    """Return how much of a layer was observed; of what nobody recorded, that it is unknown."""
    if layer.observation is None:
        return {"observation": "unknown"}
    blocks = layer.count_parts()
    # Pairs are counted in both directions: without direction each of them is one pair.
    each = 1 if layer.directed else 2
    pairs, seen = (
        int(np.sum(counts)) // each for counts in (blocks.pairs, blocks.seen) if counts is not None
    )
    return {
        "observation": "complete" if seen == pairs else "partial",
        "observed_pairs": seen,
        "unobserved_pairs": pairs - seen,
        **({"observed_share": seen / pairs} if pairs else {}),
    }


def _list_people(
    now: Snapshot, parts: Sequence[NetworkPart]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each person of some relations, with where they are and whether they answered."""
    people = np.unique(np.concatenate([part.layer.persons for part in parts]))
    answers = {
        survey: dict(_list_answers(part, number))
        for part in parts
        for number, survey in enumerate(part.told.asked.surveys)
    }
    for person in people.tolist():
        given = {s: told[person] for s, told in answers.items() if person in told}
        answered = {ANSWERED: all(given.values())} if given else {}
        if len(answers) > 1:
            answered |= {f"{ANSWERED}_{survey}": one for survey, one in given.items()}
        yield now.person_ids[person], {**describe_person(now, person), **answered}


def _list_answers(part: NetworkPart, survey: int) -> Iterator[tuple[int, bool]]:
    """Yield everybody whom a survey asked, and whether they answered."""
    asked = part.told.asked
    for person, code in zip(asked.persons.tolist(), asked.codes.tolist(), strict=True):
        if asked.asked[code, survey]:
            yield person, bool(asked.answered[code, survey])


def describe_person(now: Snapshot, person: int) -> dict[str, str]:
    """Return unit, role and level of the position that counts for somebody, as far as there is one."""
    row = now.assigned[person]
    if row < 0:
        return {}
    position = now.positions[int(row)]
    level = now.vocabulary.roles[position.role].level
    unit = now.find_unit(position.unit)
    known = {
        "unit": position.unit,
        "unit_kind": None if unit is None else unit.kind,
        "role": position.role,
        "level": level,
    }
    return {name: value for name, value in known.items() if value is not None}


def _list_edges(now: Snapshot, part: NetworkPart) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield each tie once, with what is known of it."""
    layer, rows = part.layer, _group_told_rows(part)
    sources, targets = layer.list_arcs()
    ids = [now.person_ids[person] for person in layer.persons.tolist()]
    observed = _mark_observed(layer, sources, targets)
    for source, target, seen in zip(sources.tolist(), targets.tolist(), observed, strict=True):
        if not layer.directed and source > target:
            continue
        ends = ids[source], ids[target]
        told = rows[ends] + ([] if layer.directed else rows[ends[::-1]])
        known = _describe_tie(told, part.relation, directed=layer.directed)
        yield *ends, known if seen is None else {**known, "observed": seen}


def _mark_observed(layer: Layer, sources: Numbers, targets: Numbers) -> list[bool | None]:
    """Tell of each tie whether its pair was observed; None where nobody recorded that."""
    observation = layer.observation
    if observation is None:
        return [None] * len(sources)
    seen: list[bool | None] = observation.seen[
        observation.codes[sources], observation.codes[targets]
    ].tolist()
    return seen


def _group_told_rows(part: NetworkPart) -> Mapping[tuple[str, str], list[Tie]]:
    """Return the rows that tell of each tie."""
    rows: dict[tuple[str, str], list[Tie]] = defaultdict(list)
    for tie in part.told.ties:
        rows[tie.source, tie.target].append(tie)
    return rows


def _describe_tie(told: Sequence[Tie], relation: str, *, directed: bool) -> dict[str, Any]:
    """Return what is known of a tie that was told once or several times.

    What was told of the relation itself goes before what was told of a sort of it, which is named then.

    A tie counts at any strength where one of those who told of it named none, so it has none then; else
    the greatest. The survey is the last that told of it; there is none where somebody told of it outside
    any survey, since then nobody knows who else was asked.
    """
    told = [tie for tie in told if tie.relation == relation] or told
    last = max(told, key=lambda tie: (tie.survey is None, tie.survey or ""))
    weights = [tie.weight for tie in told]
    known: dict[str, Any] = {
        "weight": None if None in weights else max(filter(None, weights), default=None),
        "survey": last.survey,
        SORT: None if last.relation == relation else last.relation,
    }
    for name in OF_TIES:
        said = {getattr(tie, name) for tie in told}
        known[name] = said.pop() if len(said) == 1 else None
    if not directed:
        back = (last.target, last.source, last.survey)
        known["told_by"] = last.source
        known["told_by_both"] = any((t.source, t.target, t.survey) == back for t in told)
    return {name: value for name, value in known.items() if value is not None}


def _encode_tables(now: Snapshot, parts: Sequence[NetworkPart]) -> dict[str, str]:
    """Return the surveys and the units that a graph needs to come back, each as JSON in a text."""
    surveys = parts[0].told.surveys
    for part in parts[1:]:
        surveys = surveys.joined(part.told.surveys)
    packed = {"surveys": _encode_rows(surveys)} if len(surveys) else {}
    people = np.unique(np.concatenate([part.layer.persons for part in parts]))
    return packed | encode_units(now, {survey.unit for survey in surveys}, people)


def encode_units(now: Snapshot, named: set[str | None], people: Numbers) -> dict[str, str]:
    """Return some units, those of some people, and all above them, as JSON in a text."""
    rows = now.assigned[people]
    places = now.positions.take(rows[rows >= 0]).column("unit")
    above = [*places.categories, *(unit for unit in named if unit is not None)]
    chosen: set[str] = set()
    while above:
        unit = now.find_unit(above.pop())
        if unit is not None and unit.id not in chosen:
            chosen.add(unit.id)
            above += [] if unit.parent is None else [unit.parent]
    kept = recode_column(now.units.column("id"), tuple(sorted(chosen))) >= 0
    return {"units": _encode_rows(now.units.take(kept))} if chosen else {}


def _encode_rows(table: Table[Any]) -> str:
    """Write the rows of a table as JSON, without blank cells and intervals: a graph is of one moment."""
    names = [s.name for s in list_column_specs(table.row_type) if not s.name.startswith("valid_")]
    cells = {name: table.column(name).tolist() for name in names}
    rows = (dict(zip(cells, row, strict=True)) for row in zip(*cells.values(), strict=True))
    known = [{name: cell for name, cell in row.items() if cell is not None} for row in rows]
    return json.dumps(known, ensure_ascii=False, default=str)
