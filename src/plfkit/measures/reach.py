"""Reach: whom people get to in a few steps."""

from __future__ import annotations

from typing import Unpack

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from plfkit.errors import MeasureError
from plfkit.graph.groups import GroupSpec, members_of, trained
from plfkit.graph.layers import Layer, lists_of
from plfkit.graph.snapshot import Snapshot
from plfkit.kernels import reached_from
from plfkit.measures.catalogue import measure
from plfkit.measures.columns import LAYER, QUALIFICATIONS, STAFF, UNITS
from plfkit.measures.estimates import Bounds, Estimate, unknown
from plfkit.measures.estimating import Piece, measured
from plfkit.measures.options import Options, how
from plfkit.measures.parts import check_choice, ids_of, parts, range_kind, shares, unheard
from plfkit.model.kinds import Label
from plfkit.model.result import Result

_BORGATTI = (
    "Borgatti (2006), Computational & Mathematical Organization Theory 12, 21-34, "
    "doi:10.1007/s10588-006-7084-x"
)
DIRECTIONS = ("in", "out")


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
    columns=(*LAYER, *STAFF, *UNITS),
    reference=_BORGATTI,
    no_null="a p-value for each person would make a ranking of people",
    no_interval="steps among people drawn twice are not those of a comparable staff",
)
def k_step_reach(
    snapshot: Snapshot,
    *,
    relation: str,
    k: int | None = None,
    by: GroupSpec | None = None,
    survey: str | None = None,
    direction: str = "out",
    people: str | None = None,
    **options: Unpack[Options],
) -> Result:
    """Return the share of the others that each person reaches in at most k steps.

    The value rests on told ties, so with non-response it is the lower end of its range; the upper
    end has every unobserved tie. With a limit on names the range is an outer bound.

    Args:
        snapshot: The moment.
        relation: Which ties.
        k: The most steps, at least 1; the standard `steps`, 2, if left out.
        by: The people of each of these groups, and paths within it.
        survey: Which survey, if several asked.
        direction: ``"out"`` follows ties, ``"in"`` goes against them.
        people: Figures for these only: a level, role or community kind, or ``"resource_person"``.
        options: What every measure takes: see `plfkit.measures.Options`.

    Returns:
        One figure for each person, ``id``; ``numerator`` counts the people reached, ``denominator``
        the others. Undefined for somebody alone, and going out from somebody who did not answer.

    Raises:
        MeasureError: There is no such relation, survey or direction, or k is less than 1.
        UnknownGroupError: There are no such `people`, or they cannot be grouped by `by`.

    Source:
        Borgatti (2006).
    """
    steps = _read_steps("k_step_reach", snapshot, k)
    check_choice("k_step_reach", "direction", direction, DIRECTIONS)
    asked = how(k_step_reach, options)
    cut = parts(snapshot, relation, by=by, survey=survey)
    wanted = None if people is None else members_of(snapshot, people)
    pieces = []
    for part, layer in cut:
        nodes = np.arange(layer.n) if wanted is None else layer.nodes_of(wanted)
        reach = _PersonReach(steps, direction, nodes)
        ids = ids_of(snapshot, layer)
        pieces.append(
            Piece(
                part=part,
                layer=layer,
                keys={"id": [ids[node] for node in nodes]},
                estimator=reach,
                bounds=reach.bounds,
            )
        )
    return measured(cut, k_step_reach, pieces, asked, variant=direction)


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
    columns=(*LAYER, *STAFF, *UNITS, *QUALIFICATIONS),
    reference=_BORGATTI,
    nulls=("labels",),
    no_interval="steps among people drawn twice are not those of a comparable staff",
)
def group_reach(
    snapshot: Snapshot,
    *,
    relation: str,
    target: str,
    k: int | None = None,
    qualifications: tuple[str, ...] = (),
    by: GroupSpec | None = None,
    survey: str | None = None,
    **options: Unpack[Options],
) -> Result:
    """Return the share of people outside a group who reach somebody in it in at most k steps.

    The value rests on told ties, so with non-response it is the lower end of its range; the upper
    end has every unobserved tie. With a limit on names the range is an outer bound. A large group is
    reached by many in any case: ``null="labels"`` compares with as many people drawn at random.

    Args:
        snapshot: The moment.
        relation: Which ties; they are followed in their direction, from seeker to sought.
        target: The group: a level, role or community kind, or ``"resource_person"`` for everybody in
            a role that supports colleagues' practice, on whatever level.
        k: The most steps, at least 1; the standard `steps`, 2, if left out.
        qualifications: Only those of the group who have one of these; all if left out.
        by: One figure for each of these groups, within it.
        survey: Which survey, if several asked.
        options: What every measure takes: see `plfkit.measures.Options`.

    Returns:
        One figure for each part; ``numerator`` counts the people who reach the group,
        ``denominator`` those outside it. Undefined where nobody is in the group, nobody outside it,
        or nobody answered.

    Raises:
        MeasureError: There is no such relation or survey, or k is less than 1.
        UnknownGroupError: There is no such target or qualification, or people cannot be grouped by
            `by`.

    Source:
        Borgatti (2006), the group version.
    """
    steps = _read_steps("group_reach", snapshot, k)
    asked = how(group_reach, options)
    cut = parts(snapshot, relation, by=by, survey=survey)
    goal = members_of(snapshot, target)
    if qualifications:
        goal = goal[trained(snapshot, qualifications)[goal]]
    pieces, sizes = [], {}
    for part, layer in cut:
        inside = np.isin(np.arange(layer.n), layer.nodes_of(goal))
        sizes[part, target] = int(inside.sum())
        reach = _GroupReach(steps, inside)
        pieces.append(Piece(part=part, layer=layer, estimator=reach, bounds=reach.bounds))
    return measured(cut, group_reach, pieces, asked, variant=target, sizes=sizes)


def _read_steps(name: str, snapshot: Snapshot, k: int | None) -> int:
    """Return over how many ties somebody counts as reached."""
    steps = snapshot.standards.steps if k is None else k
    if steps < 1:
        raise MeasureError(f"{name}: k must be at least 1, not {steps}")
    return steps


@frozen(eq=False)
class _PersonReach:
    """The share of the others that some nodes reach.

    Attributes:
        k: The most steps.
        direction: Whether ties are followed or gone against.
        nodes: Whose reach.
    """

    k: int
    direction: str
    nodes: NDArray[np.int64]

    def __call__(self, layer: Layer) -> Estimate:
        others = layer.n - 1
        why = "too_few_people" if others < 1 else unheard(layer)
        silent = np.zeros(len(self.nodes), np.bool_)
        if layer.observation is not None and self.direction == "out":
            silent = ~layer.observation.nodes_answered[self.nodes]
        reasons = [why or ("unobserved" if nobody else None) for nobody in silent.tolist()]
        known = np.array([reason is None for reason in reasons], np.bool_)
        reached = np.where(known, self._reached(layer, possible=False), np.nan)
        return Estimate(
            value=reached / max(others, 1),
            reasons=reasons,
            numerator=reached,
            denominator=np.where(known, others, np.nan),
        )

    def bounds(self, layer: Layer) -> Bounds:
        """Return the reach along told ties, and along all that could be."""
        if layer.observation is None:
            return unknown(len(self.nodes))
        others = np.full(len(self.nodes), layer.n - 1)
        least, most = (self._reached(layer, possible=possible) for possible in (False, True))
        kind = range_kind(layer, exact_under_caps=False)
        return Bounds(shares(least, others), shares(most, others), kind)

    def _reached(self, layer: Layer, *, possible: bool) -> NDArray[np.float64]:
        sets = np.arange(len(self.nodes) + 1), self.nodes
        return _reached(layer, sets, self.k, self.direction, possible=possible)


@frozen(eq=False)
class _GroupReach:
    """The share of nodes outside a group that reach it.

    Attributes:
        k: The most steps.
        inside: Whether each node is in the group.
    """

    k: int
    inside: NDArray[np.bool_]

    def permuted(self, order: NDArray[np.int64]) -> _GroupReach:
        """Return the same with each node in the place of another."""
        return evolve(self, inside=self.inside[order])

    def __call__(self, layer: Layer) -> Estimate:
        others = float((~self.inside).sum())
        reason = None if self.inside.any() else "empty_group"
        reason = reason or (unheard(layer) if others else "too_few_people")
        reached = self._reached(layer, possible=False)
        over, under = (np.nan, np.nan) if reason else (reached, others)
        return Estimate(
            value=np.array([over / under]),
            reasons=[reason],
            numerator=np.array([over]),
            denominator=np.array([under]),
        )

    def bounds(self, layer: Layer) -> Bounds:
        """Return the share along told ties, and along all that could be."""
        outside = np.array([(~self.inside).sum() if self.inside.any() else 0])
        if layer.observation is None:
            return unknown(1)
        ends = (np.array([self._reached(layer, possible=p)]) for p in (False, True))
        lower, upper = (shares(end, outside) for end in ends)
        return Bounds(lower, upper, range_kind(layer, exact_under_caps=False))

    def _reached(self, layer: Layer, *, possible: bool) -> float:
        nodes = np.flatnonzero(self.inside)
        sets = np.array([0, len(nodes)]), nodes
        return float(_reached(layer, sets, self.k, "in", possible=possible)[0])


Sets = tuple[NDArray[np.int64], NDArray[np.int64]]
"""Where each set of nodes begins, with the end of the last one, and the nodes of all."""


def _reached(
    layer: Layer, sets: Sets, k: int, direction: str, *, possible: bool
) -> NDArray[np.float64]:
    """Count the nodes that sets of nodes reach in at most k steps, along possible ties too."""
    adjacency, missing, codes = (
        layer.adjacency,
        np.zeros((1, 1), np.bool_),
        np.zeros(layer.n, np.int64),
    )
    if possible and layer.observation is not None:
        missing, codes = ~layer.observation.seen, layer.observation.codes
    if direction == "in":
        adjacency, missing = adjacency.T.tocsr(), missing.T
    kinds = codes.astype(np.int32)
    from_, to = np.nonzero(missing)
    n_sets, n_kinds = len(sets[0]) - 1, len(missing)
    counts, mark, queue = (np.full(size, -1, np.int32) for size in (n_sets, layer.n, layer.n))
    reached_from(
        *lists_of(adjacency),
        k,
        *(side.astype(np.int32) for side in sets),
        kinds,
        np.searchsorted(from_, np.arange(n_kinds + 1)).astype(np.int32),
        to.astype(np.int32),
        np.searchsorted(np.sort(kinds), np.arange(n_kinds + 1)).astype(np.int32),
        np.argsort(kinds, kind="stable").astype(np.int32),
        counts,
        mark,
        queue,
        np.full(n_kinds, -1, np.int32),
    )
    return counts.astype(np.float64)
