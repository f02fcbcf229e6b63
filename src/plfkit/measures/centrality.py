"""Centrality: how many ties each person has."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from plfkit.errors import MeasureError
from plfkit.graph.groups import GroupSpec
from plfkit.graph.layers import Layer
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.catalogue import measure
from plfkit.measures.parts import parts, range_kind, response_rate
from plfkit.model.result import Figure, Result, figures
from plfkit.model.tables import Table
from plfkit.model.vocabulary import Label

_FREEMAN = "Freeman (1979), Social Networks 1, 215-239, doi:10.1016/0378-8733(78)90021-7"
DIRECTIONS = ("in", "out", "total")


@measure(
    label=Label(da="Antal forbindelser pr. person", en="Degree"),
    tells=Label(
        da="Hvor mange der søger en person (ind), og hvor mange personen selv søger (ud).",
        en="How many seek a person (in), and how many that person seeks (out).",
    ),
    beware=Label(
        da="Mange forbindelser er ikke det samme som god støtte, og tallet må ikke bruges om enkeltpersoner.",
        en="Many ties are not the same as good support, and the figure is not for judging people.",
    ),
    figure_class="answers",
    unit="count",
    tables=("persons", "ties"),
    reference=_FREEMAN,
)
def degree(
    snapshot: Snapshot,
    *,
    relation: str,
    by: GroupSpec | None = None,
    survey: str | None = None,
    direction: str | None = None,
) -> Result:
    """Return how many ties each person has.

    ``"in"`` counts the people who name a person, ``"out"`` those whom the person names, ``"total"``
    their sum; an undirected relation has ``"total"`` only, the number of different people.

    The value counts observed ties. The range is exact for each person: it adds the unobserved ones,
    as many as could be; for undirected ties with a limit on names it is an outer bound.

    Args:
        snapshot: The moment.
        relation: Which ties.
        by: The people of each of these groups, and the ties within it.
        survey: Which survey, if several asked.
        direction: Which of the three; in and out (or total, if undirected) if left out.

    Returns:
        One figure for each person and direction, ``id`` and ``figure``. The out-degree and total of
        somebody who did not answer are undefined (``"unobserved"``).

    Raises:
        MeasureError: There is no such relation, survey or direction.
        UnknownGroupError: People cannot be grouped by `by`.

    Source:
        Freeman (1979).
    """
    cut = parts(snapshot, relation, by=by, survey=survey)
    wanted = _directions(cut.whole, direction)
    rows: dict[str, list[NDArray[np.object_]]] = {}
    for part, layer in cut:
        for name in wanted:
            for column, cells in _degree(snapshot, part, layer, name).items():
                rows.setdefault(column, []).append(cells)
    columns = {name: np.concatenate(cells).tolist() for name, cells in rows.items()}
    table: Table[Figure] = figures(len(columns.get("id", ())), **columns)
    kind = range_kind(cut.whole, exact_under_caps=cut.whole.directed)
    return cut.result("degree", table, unit="count", range_kind=kind, reference=_FREEMAN)


def _directions(layer: Layer, direction: str | None) -> tuple[str, ...]:
    possible = DIRECTIONS if layer.directed else ("total",)
    if direction is None:
        return possible[:2]
    if direction not in possible:
        raise MeasureError(
            f"degree in {layer.relation} has no direction {direction!r}: use {', '.join(possible)}"
        )
    return (direction,)


def _degree(
    snapshot: Snapshot, part: str | None, layer: Layer, name: str
) -> dict[str, NDArray[np.object_]]:
    """Return the columns of one part's figures of one direction."""
    out, into = layer.adjacency.sum(axis=1), layer.adjacency.sum(axis=0)
    ties = {"in": into, "out": out, "total": into + out if layer.directed else out}[name]
    value = ties.astype(np.float64)
    unseen, silent = _unseen(layer, name)
    cells: dict[str, NDArray[np.object_]] = {
        "part": np.full(layer.n, part, np.object_),
        "id": np.array([snapshot.person_ids[p] for p in layer.persons], np.object_),
        "figure": np.full(layer.n, name, np.object_),
        "value": value.astype(np.object_),
        "lower": value.astype(np.object_),
        "upper": np.full(layer.n, None, np.object_),
        "n": np.full(layer.n, layer.n, np.object_),
        "response_rate": np.full(layer.n, response_rate(layer), np.object_),
        "reason": np.full(layer.n, layer.reason, np.object_),
    }
    if unseen is None or layer.reason is not None:
        cells["lower"][:] = None
    else:
        cells["upper"] = (value + unseen).astype(np.object_)
    if layer.reason is not None:
        cells["value"][:] = None
    cells["value"][silent] = None
    cells["reason"][silent] = "unobserved"
    return cells


def _unseen(layer: Layer, name: str) -> tuple[NDArray[np.float64] | None, NDArray[np.bool_]]:
    """Return how many ties each person may have beyond those told, and whose answer is missing."""
    nobody = np.zeros(layer.n, np.bool_)
    if layer.observation is None:
        return None, nobody
    out, into = layer.observation.unseen_out(), layer.observation.unseen_in()
    told = layer.told_beside(asked=True) + layer.told_beside(asked=False)
    out, into = out - told.sum(axis=1), into - told.sum(axis=0)
    if not layer.directed:
        return out, nobody
    silent = ~layer.observation.nodes_answered
    return {"in": (into, nobody), "out": (out, silent), "total": (into + out, silent)}[name]
