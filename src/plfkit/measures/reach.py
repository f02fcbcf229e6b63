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
from plfkit.measures.columns import LAYER, QUALIFICATIONS
from plfkit.measures.estimates import Bounds, Estimate, unknown
from plfkit.measures.estimating import Piece, measured
from plfkit.measures.options import TieOptions, how
from plfkit.measures.parts import check_choice, ids_of, parts, range_kind, shares
from plfkit.measures.silence import (
    ANSWERED,
    PATHS,
    TOLD,
    explain_missing,
    explain_unheard,
    scale_in_ties,
    schools_of,
)
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
    columns=LAYER,
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
    **options: Unpack[TieOptions],
) -> Result:
    """Return the share of the others that each person reaches in at most k steps.

    Where some did not answer, one step out is what the person answered, and one step in is the ties
    told of them, scaled up school by school by the share who answered. Of more steps, or without a
    direction, there is a value only where no answer could change it. The range goes from told ties to
    every unobserved one; with a limit on names it is an outer bound.

    Args:
        snapshot: The moment.
        relation: Which ties.
        k: The most steps, at least 1; the standard `steps`, 2, if left out.
        by: The people of each of these groups, and paths within it.
        survey: Which survey, if several asked.
        direction: ``"out"`` follows ties, ``"in"`` goes against them.
        people: Figures for these only: a level, role or community kind, or ``"resource_person"``.
        options: What every measure of ties takes: see `plfkit.measures.TieOptions`.

    Returns:
        One figure for each person, ``id``; ``numerator`` counts the people reached, ``denominator``
        the others. Undefined for somebody alone, going out from somebody who did not answer, and of
        several steps where silent people could be on the way.

    Raises:
        MeasureError: There is no such relation, survey or direction, or k is less than 1.
        UnknownGroupError: There are no such `people`, or they cannot be grouped by `by`.

    Source:
        Borgatti (2006).
    """
    steps = _read_steps("k_step_reach", snapshot, k)
    check_choice("k_step_reach", "direction", direction, DIRECTIONS)
    asked = how(k_step_reach, options, TieOptions)
    cut = parts(snapshot, relation, how=asked, by=by, survey=survey)
    pieces = []
    for part, layer in cut:
        nodes = np.arange(layer.n)
        if people is not None:
            held = cut.held(part, people)
            nodes = layer.nodes_of(members_of(snapshot, people, held=held))
        reach = _PersonReach(steps, direction, nodes, schools_of(snapshot, layer))
        ids = ids_of(snapshot, layer)
        pieces.append(
            Piece(
                part=part,
                layer=layer,
                keys={"id": [ids[node] for node in nodes]},
                estimator=reach,
                bounds=reach.bounds,
                certain_only=steps > 1 or not layer.directed,
            )
        )
    settled = steps > 1 or not cut.whole.directed
    method = None if settled else TOLD if direction == "in" else ANSWERED
    return measured(cut, k_step_reach, pieces, asked, variant=direction, method=method)


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
    columns=(*LAYER, *QUALIFICATIONS),
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
    **options: Unpack[TieOptions],
) -> Result:
    """Return the share of people outside a group who reach somebody in it in at most k steps.

    The value is the share among those who answered; without a direction, where the other side may
    tell of a tie too, there is one only if no answer could change it. A silent person on the way, of
    whom nobody knows whom they ask, counts with the share of their school's respondents who get there
    in the steps that are left. The range is of everybody: from told ties to every unobserved one;
    with a limit on names it is an outer bound. Where those who ask more also answer more the value is
    too high.

    A large group is reached by many in any case: ``null="labels"`` compares with as many people drawn
    at random.

    Args:
        snapshot: The moment.
        relation: Which ties; they are followed in their direction, from seeker to sought.
        target: The group: a level, role or community kind, or ``"resource_person"`` for everybody in
            a role that supports colleagues' practice, on whatever level.
        k: The most steps, at least 1; the standard `steps`, 2, if left out.
        qualifications: Only those of the group who have one of these; all if left out.
        by: One figure for each of these groups, within it.
        survey: Which survey, if several asked.
        options: What every measure of ties takes: see `plfkit.measures.TieOptions`.

    Returns:
        One figure for each part; ``numerator`` counts the people who answered and surely reach the
        group, ``denominator`` those outside it who answered. Undefined where nobody is in the group,
        nobody outside it, or nobody outside it answered.

    Raises:
        MeasureError: There is no such relation or survey, or k is less than 1.
        UnknownGroupError: There is no such target or qualification, or people cannot be grouped by
            `by`.

    Source:
        Borgatti (2006), the group version.
    """
    steps = _read_steps("group_reach", snapshot, k)
    asked = how(group_reach, options, TieOptions)
    cut = parts(snapshot, relation, how=asked, by=by, survey=survey)
    able = trained(snapshot, qualifications) if qualifications else None
    pieces, sizes = [], {}
    for part, layer in cut:
        goal = members_of(snapshot, target, held=cut.held(part, target))
        goal = goal if able is None else goal[able[goal]]
        inside = np.isin(np.arange(layer.n), layer.nodes_of(goal))
        sizes[part, target] = int(inside.sum())
        reach = _GroupReach(steps, inside, schools_of(snapshot, layer))
        pieces.append(
            Piece(
                part=part,
                layer=layer,
                estimator=reach,
                bounds=reach.bounds,
                certain_only=not layer.directed,
            )
        )
    method = None if not cut.whole.directed else PATHS if steps > 1 else ANSWERED
    return measured(cut, group_reach, pieces, asked, variant=target, sizes=sizes, method=method)


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
        schools: The school of every node.
    """

    k: int
    direction: str
    nodes: NDArray[np.int64]
    schools: NDArray[np.int64]

    def __call__(self, layer: Layer) -> Estimate:
        others = layer.n - 1
        why = "too_few_people" if others < 1 else explain_unheard(layer)
        reached = self._count(layer)
        missing = explain_missing(layer)
        reasons = [why or (missing if np.isnan(count) else None) for count in reached.tolist()]
        known = np.array([reason is None for reason in reasons], np.bool_)
        reached = np.where(known, reached, np.nan)
        return Estimate(
            value=reached / max(others, 1),
            reasons=reasons,
            numerator=reached,
            denominator=np.where(known, others, np.nan),
        )

    def _count(self, layer: Layer) -> NDArray[np.float64]:
        """Count the people whom each node reaches; NaN where nobody answered who could tell."""
        if self.k == 1 and self.direction == "in" and layer.directed:
            return scale_in_ties(layer, self.schools)[self.nodes]
        reached = self._reached(layer, possible=False)
        if self.k > 1 or layer.observation is None or not layer.directed:
            return reached
        return np.where(layer.observation.nodes_answered[self.nodes], reached, np.nan)

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
        schools: The school of each node.
    """

    k: int
    inside: NDArray[np.bool_]
    schools: NDArray[np.int64]

    def permuted(self, order: NDArray[np.int64]) -> _GroupReach:
        """Return the same with each node in the place of another."""
        return evolve(self, inside=self.inside[order])

    def __call__(self, layer: Layer) -> Estimate:
        answered = np.ones(layer.n, np.bool_)
        if layer.observation is not None:
            answered = layer.observation.nodes_answered
        asked = answered & ~self.inside
        reason = None if self.inside.any() else "empty_group"
        reason = reason or ("too_few_people" if self.inside.all() else None)
        reason = reason or (None if asked.any() else explain_missing(layer))
        if reason:
            nothing = np.array([np.nan])
            return Estimate(value=nothing, reasons=[reason], numerator=nothing, denominator=nothing)
        chance = self._chance(layer, answered)[asked]
        surely = self._surely(layer)[asked]
        return Estimate(
            value=np.array([chance.mean()]),
            reasons=[None],
            numerator=np.array([float(surely.sum())]),
            denominator=np.array([float(len(surely))]),
        )

    def _surely(self, layer: Layer) -> NDArray[np.bool_]:
        """Tell which nodes get to the group in at most k steps along told ties."""
        ties, reached = layer.adjacency.astype(np.float64), self.inside
        for _ in range(self.k):
            reached = self.inside | ((ties @ reached.astype(np.float64)) > 0)
        return np.asarray(reached)

    def _chance(self, layer: Layer, answered: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Return how likely each node gets to the group in at most k steps: 1 along told ties.

        A node gets there if one of those it is tied to does in a step less: two silent contacts who do
        with a chance of 0.5 each make 0.75. A silent node has the chance of its school's respondents.
        """
        ties = layer.adjacency.astype(np.float64)
        chance = self.inside.astype(np.float64)
        for _ in range(self.k):
            with np.errstate(divide="ignore"):  # whoever surely gets there leaves no doubt: log 0
                doubt = ties @ np.log1p(-chance)
            chance = np.where(self.inside, 1.0, -np.expm1(doubt))
            mean = self._mean_by_school(chance, answered & ~self.inside)
            chance = np.where(answered | self.inside, chance, np.maximum(chance, mean))
        return chance

    def _mean_by_school(
        self, chance: NDArray[np.float64], asked: NDArray[np.bool_]
    ) -> NDArray[np.float64]:
        """Return the mean of those who answered at each node's school, or of all if nobody did."""
        count = np.bincount(self.schools[asked], minlength=self.schools.max(initial=-1) + 1)
        total = np.bincount(self.schools[asked], chance[asked], minlength=len(count))
        everywhere = chance[asked].mean() if asked.any() else 0.0
        means = np.full(len(count), everywhere)
        np.divide(total, count, out=means, where=count > 0)
        return np.asarray(means[self.schools])

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
