"""Centrality: how many ties each person has."""

from __future__ import annotations

from typing import Any

import numpy as np

from plfkit.errors import MeasureError
from plfkit.graph.groups import GroupSpec
from plfkit.graph.layers import Layer
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.catalogue import measure
from plfkit.measures.parts import parts, range_kind, response_rate, silent_ids
from plfkit.model.kinds import Label
from plfkit.model.result import Result, figures

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
    scale="count",
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
    as many as could be; for undirected ties, or several surveys, with a limit on names it is an outer
    bound.

    Args:
        snapshot: The moment.
        relation: Which ties.
        by: The people of each of these groups, and the ties within it.
        survey: Which survey, if several asked.
        direction: Which of the three; in and out (or total, if undirected) if left out.

    Returns:
        One figure for each person and direction, ``id`` and ``figure``. The out-degree and total of
        somebody who did not answer all they were asked are undefined (``"unobserved"``), and so is
        the in-degree of somebody about whom nobody answered.

    Raises:
        MeasureError: There is no such relation, survey or direction.
        UnknownGroupError: People cannot be grouped by `by`.

    Source:
        Freeman (1979).
    """
    cut = parts(snapshot, relation, by=by, survey=survey)
    wanted = _directions(cut.whole, direction)
    pieces = [_degree(snapshot, part, layer, name) for part, layer in cut for name in wanted]
    columns = {
        name: [cell for piece in pieces for cell in piece[name]] for name in (pieces or [{}])[0]
    }
    return cut.result(
        degree,
        figures(len(columns.get("id", ())), **columns),
        range_kind=range_kind(cut.whole, exact_under_caps=cut.whole.directed),
        silent=silent_ids(snapshot, cut.whole),
    )


def _directions(layer: Layer, direction: str | None) -> tuple[str, ...]:
    possible = DIRECTIONS if layer.directed else ("total",)
    if direction is None:
        return possible[:2]
    if direction not in possible:
        raise MeasureError(
            f"degree in {layer.relation} has no direction {direction!r}: use {', '.join(possible)}"
        )
    return (direction,)


def _degree(snapshot: Snapshot, part: str | None, layer: Layer, name: str) -> dict[str, list[Any]]:
    """Return the columns of one part's figures of one direction."""
    out, into = layer.adjacency.sum(axis=1), layer.adjacency.sum(axis=0)
    ties = {"in": into, "out": out, "total": into + out if layer.directed else out}[name].tolist()
    known = layer.observation is not None and layer.reason is None
    most, unheard = _most(layer, name) if known else ([None] * layer.n, [False] * layer.n)
    reasons = [layer.reason or ("unobserved" if silent else None) for silent in unheard]
    return {
        "part": [part] * layer.n,
        "id": [snapshot.person_ids[person] for person in layer.persons],
        "figure": [name] * layer.n,
        "value": [None if why else float(n) for n, why in zip(ties, reasons, strict=True)],
        "lower": [float(n) if known else None for n in ties],
        "upper": most,
        "n": [layer.n] * layer.n,
        "response_rate": [response_rate(layer)] * layer.n,
        "reason": reasons,
    }


def _most(layer: Layer, name: str) -> tuple[list[float], list[bool]]:
    """Return the most ties each person may have, and whose ties nobody could tell of."""
    observation = layer.observation
    assert observation is not None  # noqa: S101 - the caller has looked
    on_roster, beyond = layer.told_beside(asked=True), layer.told_beside(asked=False)
    told_out, told_in = layer.adjacency.sum(axis=1), layer.adjacency.sum(axis=0)
    cap = observation.cap[observation.codes] if layer.directed else np.inf
    named = np.minimum(cap, observation.unseen_out(asked=True) - on_roster.sum(axis=1))
    out = told_out + named + observation.unseen_out(asked=False) - beyond.sum(axis=1)
    into = told_in + observation.unseen_in() - (on_roster + beyond).sum(axis=0)
    silent = ~observation.nodes_answered
    if not layer.directed:
        return out.tolist(), silent.tolist()
    nobody_asked = (observation.unseen_in() == layer.n - 1) & (layer.n > 1)
    most = {"in": into, "out": out, "total": into + out}[name]
    unheard = {"in": nobody_asked, "out": silent, "total": silent | nobody_asked}[name]
    return most.tolist(), unheard.tolist()
