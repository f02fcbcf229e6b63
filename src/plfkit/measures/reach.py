"""Reach: whom people get to in a few steps."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from attrs import evolve
from numpy.typing import NDArray
from scipy import sparse

from plfkit.errors import MeasureError
from plfkit.graph.groups import GroupSpec, members_of
from plfkit.graph.layers import Adjacency, Layer
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.catalogue import measure
from plfkit.measures.parts import (
    observed_share,
    parts,
    range_kind,
    response_rate,
    share,
    silent_ids,
    unheard,
)
from plfkit.model.kinds import Label
from plfkit.model.result import Figure, Result

_BORGATTI = (
    "Borgatti (2006), Computational & Mathematical Organization Theory 12, 21-34, "
    "doi:10.1007/s10588-006-7084-x"
)
_CELLS = 4_000_000
_NO_CODES = np.empty(0, np.int64)


@measure(
    label=Label(da="Rækkevidde i k skridt", en="Reach in k steps"),
    tells=Label(
        da="Hvor stor en del af de andre en person kan nå gennem højst k led.",
        en="How large a part of the others a person gets to through at most k links.",
    ),
    beware=Label(
        da="At kunne nå en kollega gennem andre er ikke det samme som at få hjælp af kollegaen.",
        en="Getting to a colleague through others is not the same as being helped by them.",
    ),
    figure_class="answers",
    tables=("persons", "ties"),
    reference=_BORGATTI,
)
def k_step_reach(
    snapshot: Snapshot,
    *,
    relation: str,
    k: int = 2,
    by: GroupSpec | None = None,
    survey: str | None = None,
    direction: str = "out",
) -> Result:
    """Return the share of the others that each person reaches in at most k steps.

    The value rests on told ties, so with non-response it is the lower end of its range; the upper
    end has every unobserved tie. With a limit on names the range is an outer bound.

    Args:
        snapshot: The moment.
        relation: Which ties.
        k: The most steps, at least 1.
        by: The people of each of these groups, and paths within it.
        survey: Which survey, if several asked.
        direction: ``"out"`` follows ties, ``"in"`` goes against them.

    Returns:
        One figure for each person, ``id``; ``numerator`` counts the people reached, ``denominator``
        the others. Undefined for somebody alone, and going out from somebody who did not answer.

    Raises:
        MeasureError: There is no such relation, survey or direction, or k is less than 1.
        UnknownGroupError: People cannot be grouped by `by`.

    Source:
        Borgatti (2006).
    """
    _check_steps("k_step_reach", k)
    if direction not in {"in", "out"}:
        raise MeasureError(f"k_step_reach has no direction {direction!r}: use in or out")
    cut = parts(snapshot, relation, by=by, survey=survey)
    rows = [
        figure
        for part, layer in cut
        for figure in _person_reach(snapshot, part, layer, k, direction)
    ]
    return cut.result(
        k_step_reach,
        rows,
        variant=direction,
        range_kind=range_kind(cut.whole, exact_under_caps=False),
        silent=silent_ids(snapshot, cut.whole),
    )


@measure(
    label=Label(da="Medarbejdere, der kan nå en person i gruppen", en="Reach of a group"),
    tells=Label(
        da="Hvor stor en del af de andre der når mindst én i gruppen gennem højst k led.",
        en="How large a part of the others gets to at least one of the group through at most k links.",
    ),
    beware=Label(
        da="En stor gruppe nås af mange, alene fordi den er stor.",
        en="A large group is reached by many just because it is large.",
    ),
    figure_class="answers",
    tables=("persons", "positions", "ties"),
    reference=_BORGATTI,
)
def group_reach(
    snapshot: Snapshot,
    *,
    relation: str,
    target: str,
    k: int = 2,
    by: GroupSpec | None = None,
    survey: str | None = None,
) -> Result:
    """Return the share of people outside a group who reach somebody in it in at most k steps.

    The value rests on told ties, so with non-response it is the lower end of its range; the upper
    end has every unobserved tie. With a limit on names the range is an outer bound.

    Args:
        snapshot: The moment.
        relation: Which ties; they are followed in their direction, from seeker to sought.
        target: The group: a level, role or community kind, or ``"resource_person"`` for everybody in
            a role that supports colleagues' practice, on whatever level.
        k: The most steps, at least 1.
        by: One figure for each of these groups, within it.
        survey: Which survey, if several asked.

    Returns:
        One figure for each part; ``numerator`` counts the people who reach the group,
        ``denominator`` those outside it. Undefined where nobody is in the group, nobody outside it,
        or nobody answered.

    Raises:
        MeasureError: There is no such relation or survey, or k is less than 1.
        UnknownGroupError: There is no such target, or people cannot be grouped by `by`.

    Source:
        Borgatti (2006), the group version.
    """
    _check_steps("group_reach", k)
    cut = parts(snapshot, relation, by=by, survey=survey)
    goal = members_of(snapshot, target)
    return cut.result(
        group_reach,
        [_group_reach(part, layer, goal, k) for part, layer in cut],
        variant=target,
        sizes={(part, target): len(layer.nodes_of(goal)) for part, layer in cut},
        range_kind=range_kind(cut.whole, exact_under_caps=False),
    )


def _check_steps(name: str, k: int) -> None:
    if k < 1:
        raise MeasureError(f"{name}: k must be at least 1, not {k}")


def _person_reach(
    snapshot: Snapshot, part: str | None, layer: Layer, k: int, direction: str
) -> Iterator[Figure]:
    adjacency, missing = _towards(layer, direction)
    least = _reached(adjacency, None, _NO_CODES, k)
    most = least
    if layer.observation is not None and missing.any():
        most = _reached(adjacency, missing, layer.observation.codes, k)
    silent = np.zeros(layer.n, np.bool_)
    if layer.observation is not None and direction == "out":
        silent = ~layer.observation.nodes_answered
    others, observed = layer.n - 1, observed_share(layer)
    why = layer.reason or ("too_few_people" if others < 1 else unheard(layer))
    for node, (low, high) in enumerate(zip(least.tolist(), most.tolist(), strict=True)):
        reason = why or ("unobserved" if silent[node] else None)
        figure = _reach(layer, (low, high), others, observed, reason)
        yield evolve(figure, part=part, id=snapshot.person_ids[layer.persons[node]])


def _group_reach(part: str | None, layer: Layer, goal: NDArray[np.int64], k: int) -> Figure:
    inside = np.zeros((1, layer.n), np.bool_)
    inside[0, layer.nodes_of(goal)] = True
    adjacency, missing = _towards(layer, "in")
    codes = _NO_CODES if layer.observation is None else layer.observation.codes
    low = int(_spread(inside, adjacency, None, codes, k).sum() - inside.sum())
    possible = missing if len(codes) else None
    high = int(_spread(inside, adjacency, possible, codes, k).sum() - inside.sum())
    others = layer.n - int(inside.sum())
    reason = layer.reason or (None if inside.any() else "empty_group")
    reason = reason or (unheard(layer) if others else "too_few_people")
    return evolve(_reach(layer, (low, high), others, observed_share(layer), reason), part=part)


def _reach(
    layer: Layer,
    reached: tuple[int, int],
    others: int,
    observed: float | None,
    reason: str | None,
) -> Figure:
    """Make a figure of the least and the most people that are reached."""
    low, high = reached
    ranged = layer.observation is not None and reason in {None, "unobserved"}
    return Figure(
        value=share(low, others) if reason is None else None,
        lower=share(low, others) if ranged else None,
        upper=share(high, others) if ranged else None,
        numerator=float(low) if reason is None else None,
        denominator=float(others) if reason is None else None,
        n=layer.n,
        observed=observed if ranged else None,
        response_rate=response_rate(layer),
        reason=reason,
    )


def _towards(layer: Layer, direction: str) -> tuple[Adjacency, NDArray[np.bool_]]:
    """Return ties, and which classes have unobserved ones, in the direction of travel."""
    missing = np.zeros((1, 1), np.bool_)
    if layer.observation is not None:
        missing = ~layer.observation.seen
    if direction == "out":
        return layer.adjacency, missing
    return layer.adjacency.T.tocsr(), missing.T


def _reached(
    adjacency: Adjacency, missing: NDArray[np.bool_] | None, codes: NDArray[np.int64], k: int
) -> NDArray[np.int64]:
    """Count, for each node, the others within k steps; a block of nodes at a time."""
    n = adjacency.shape[0]
    counts = np.zeros(n, np.int64)
    block = max(_CELLS // max(n, 1), 1)
    for first in range(0, n, block):
        nodes = np.arange(first, min(first + block, n))
        start = np.zeros((len(nodes), n), np.bool_)
        start[np.arange(len(nodes)), nodes] = True
        counts[nodes] = _spread(start, adjacency, missing, codes, k).sum(axis=1) - 1
    return counts


def _spread(
    start: NDArray[np.bool_],
    adjacency: Adjacency,
    missing: NDArray[np.bool_] | None,
    codes: NDArray[np.int64],
    k: int,
) -> NDArray[np.bool_]:
    """Return what each row of starting nodes reaches in at most k steps, the start included.

    Args:
        start: Rows of starting nodes.
        adjacency: The ties to follow.
        missing: Between which classes every tie is added; None adds none.
        codes: The class of each node.
        k: The most steps.
    """
    reached, frontier = start.copy(), start
    for _ in range(k):
        found = (sparse.csr_array(frontier.astype(np.int32)) @ adjacency).toarray() > 0
        if missing is not None:
            classes = np.zeros((len(start), len(missing)), np.bool_)
            rows, nodes = frontier.nonzero()
            classes[rows, codes[nodes]] = True
            found |= (classes.astype(np.int64) @ missing > 0)[:, codes]
        frontier = found & ~reached
        reached |= frontier
        frontier[reached.all(axis=1)] = False
        if not frontier.any():
            break
    return reached
