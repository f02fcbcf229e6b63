"""Reach: whom people get to in a few steps."""

from __future__ import annotations

from typing import Unpack

import numpy as np
from attrs import frozen
from numpy.typing import NDArray
from scipy import sparse

from plfkit.arrays import Floats, Numbers
from plfkit.errors import MeasureError
from plfkit.graph.adjacency import Adjacency, unpack_targets
from plfkit.graph.blocks import list_pairs_within
from plfkit.graph.groups import GroupSpec
from plfkit.graph.layers import Layer
from plfkit.graph.observation import Observation
from plfkit.graph.paired_groups import GroupPairs
from plfkit.graph.snapshot import Snapshot
from plfkit.kernels import can_compile, count_nodes_reached
from plfkit.measures.engine.estimates import (
    Bounds,
    Estimate,
    choose_reasons,
    estimate_shares,
    make_unknown_bounds,
)
from plfkit.measures.engine.estimating import measure_pieces
from plfkit.measures.engine.layer_counts import (
    compute_observed_shares,
    compute_shares,
    find_tie_range_kind,
)
from plfkit.measures.engine.layer_parts import open_layer
from plfkit.measures.engine.options import TieOptions
from plfkit.measures.engine.pieces import Piece
from plfkit.measures.engine.silence import (
    ANSWERED,
    TOLD,
    explain_missing,
    find_node_schools,
    scale_in_ties,
)
from plfkit.measures.ties.tie_defaults import BORGATTI, STEPS_AMONG_DOUBLES, measure_each_person
from plfkit.model.caching import Caching, work_out_once
from plfkit.model.results.figures import CodedTexts
from plfkit.model.results.result import Result
from plfkit.model.words.choices import check_choice
from plfkit.model.words.kinds import Label
from plfkit.model.words.reasons import Reason

REACH_DIRECTIONS = ("in", "out")


@measure_each_person(
    label=Label(da="Rækkevidde i k skridt", en="Reach in k steps"),
    tells=Label(
        da="Hvor stor en del af de andre en person kan nå gennem højst k led.",
        en="How large a part of the others a person gets to through at most k links.",
    ),
    beware=Label(
        da="At kunne nå en kollega gennem andre er ikke det samme som at få hjælp af kollegaen.",
        en="Getting to a colleague through others is not the same as being helped by them.",
    ),
    reference=BORGATTI,
    example={"relation": "advice", "k": 2},
    no_interval=STEPS_AMONG_DOUBLES,
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

    Formula:
        people within k ties of i / (n − 1).

    Where some did not answer, one step out is what the person answered, and one step in is the ties
    told of them, scaled up school by school by the share who answered. For more steps, or without a
    direction, there is a value only where no answer could change it. The range goes from told ties
    to every unobserved one; with a limit on names it is an outer bound.

    Beware:
        Getting to a colleague through others is not the same as being helped by them.

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

    Examples:
        Ann seeks Bo, who seeks Cy: in two steps Ann gets to both, Bo to one, Cy to nobody.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(ties=["ann bo advice", "bo cy advice"])
        >>> [(figure.id, figure.value) for figure in k_step_reach(now, relation="advice", k=2)]
        [('ann', 1.0), ('bo', 0.5), ('cy', 0.0)]
    """
    steps = read_steps("k_step_reach", snapshot, k)
    check_choice("k_step_reach", "direction", direction, REACH_DIRECTIONS)
    cut = open_layer(k_step_reach, snapshot, relation, options=options, by=by, survey=survey)
    whose = np.ones(cut.laid_out.n, np.bool_) if people is None else cut.mark_target(people)
    pieces = []
    for parts in cut.sort_parts():
        layer, nodes = parts.layer, np.flatnonzero(whose[parts.nodes])
        schools = find_node_schools(snapshot, layer) if steps == 1 else None
        reach = _PersonReach(steps, direction, nodes, schools)
        persons = layer.persons[nodes].astype(np.int32)
        ids = CodedTexts(persons, snapshot.person_ids, are_sorted=True)
        pieces.append(
            Piece(
                parts=parts,
                keys={"id": ids},
                places=layer.node_parts[nodes],
                estimator=reach,
                certain_only=steps > 1 or not layer.directed,
            )
        )
    settled = steps > 1 or not cut.whole.directed
    method = None if settled else TOLD if direction == "in" else ANSWERED
    return measure_pieces(k_step_reach, cut, pieces, variant=direction, method=method)


def read_steps(name: str, snapshot: Snapshot, k: int | None) -> int:
    """Return over how many ties somebody counts as reached."""
    steps = snapshot.standards.steps if k is None else k
    if steps < 1:
        raise MeasureError(f"{name}: k must be at least 1, not {steps}")
    return steps


@frozen(eq=False, slots=False)
class _PersonReach(Caching):
    """The share of the others that some nodes reach.

    The value and the lower end of the range follow from the same count, which is made once.

    Attributes:
        k: The most steps.
        direction: Whether ties are followed or gone against.
        nodes: Whose reach.
        schools: The school of every node, by which ties of one step are scaled up; None for more.
    """

    k: int
    direction: str
    nodes: Numbers
    schools: Numbers | None

    def __call__(self, layer: Layer) -> Estimate:
        others = self._count_others(layer)
        reached = self._estimate_reached(layer)
        missing = explain_missing(layer)
        unheard = (compute_observed_shares(layer) == 0)[layer.node_parts[self.nodes]]
        reasons = choose_reasons(
            len(reached),
            (others < 1, Reason.TOO_FEW_PEOPLE),
            (unheard | np.isnan(reached), missing),
        )
        return estimate_shares(reached, others, reasons)

    def _count_others(self, layer: Layer) -> Floats:
        """Return how many others there are in the part of each node whose reach it is."""
        others: Floats = layer.sizes.astype(np.float64) - 1
        return others[layer.node_parts[self.nodes]]

    def _estimate_reached(self, layer: Layer) -> Floats:
        """Count the people whom each node reaches; NaN where nobody answered who could tell."""
        if self.schools is not None and self.direction == "in" and layer.directed:
            return scale_in_ties(layer, self.schools)[self.nodes]
        reached = self._count_surely_reached(layer)
        if self.k > 1 or layer.observation is None or not layer.directed:
            return reached
        return np.where(layer.observation.nodes_answered[self.nodes], reached, np.nan)

    def bounds(self, layer: Layer) -> Bounds:
        """Return the reach along told ties, and along all that could be."""
        if layer.observation is None:
            return make_unknown_bounds(len(self.nodes))
        others = self._count_others(layer)
        kind = find_tie_range_kind(layer, exact_under_caps=False)
        lower = compute_shares(self._count_surely_reached(layer), others)
        if layer.observation.whole:
            return Bounds(lower, lower, kind)
        most = _count_reached(layer, self.nodes, self.k, self.direction, possible=True)
        return Bounds(lower, compute_shares(most, others), kind)

    @work_out_once
    def _count_surely_reached(self, layer: Layer) -> Floats:
        return _count_reached(layer, self.nodes, self.k, self.direction, possible=False)


_CELLS_AT_A_TIME = 20_000_000
"""For how many nodes at a time products are made: so many cells of these and of all nodes."""

NO_PAIRS: GroupPairs = (np.empty(0, np.int64), np.empty(0, np.int64))
"""Of classes of which all ties are known."""


def _count_reached(
    layer: Layer, nodes: Numbers, k: int, direction: str, *, possible: bool
) -> Floats:
    """Count the others whom some nodes reach in at most k steps, along told ties or possible ones too."""
    adjacency, kinds, open_pairs = layer.adjacency, np.zeros(layer.n, np.int64), NO_PAIRS
    if possible and layer.observation is not None:
        kinds, open_pairs = list_open_classes(layer.observation)
    if direction == "in":
        adjacency, open_pairs = adjacency.T.tocsr(), open_pairs[::-1]
    if not len(open_pairs[0]) and not can_compile(len(nodes) * adjacency.nnz):
        return _count_by_products(adjacency, nodes, k)
    n_kinds = int(kinds.max(initial=-1)) + 1
    counts, mark, queue = (np.full(size, -1, np.int32) for size in (len(nodes), layer.n, layer.n))
    count_nodes_reached(
        *unpack_targets(adjacency),
        k,
        nodes.astype(np.int32),
        *_lay_out_classes(kinds, open_pairs, n_kinds),
        counts,
        mark,
        queue,
        *np.full((2, n_kinds), -1, np.int32),
    )
    return counts.astype(np.float64)


def _lay_out_classes(kinds: Numbers, open_pairs: GroupPairs, count: int) -> list[NDArray[np.int32]]:
    """Return the classes of nodes as `count_nodes_reached` takes them."""
    (from_, to), numbers = open_pairs, np.arange(count + 1)
    order = np.lexsort((to, from_))
    arrays = (
        kinds,
        # Where the open classes of each class begin: 0, 0, 2 turns into 0, 2, 2, 3.
        np.searchsorted(from_[order], numbers),
        to[order],
        # The same for the nodes of each class.
        np.searchsorted(np.sort(kinds), numbers),
        np.argsort(kinds, kind="stable"),
    )
    return [one.astype(np.int32) for one in arrays]


def _count_by_products(adjacency: Adjacency, nodes: Numbers, k: int) -> Floats:
    """Count the same along ties alone by products of matrices: quicker than a loop in Python."""
    n, steps = adjacency.shape[0], adjacency.astype(np.bool_)
    counts = np.zeros(len(nodes))
    # Some nodes at a time, as each may reach everybody.
    at_a_time = max(_CELLS_AT_A_TIME // max(n, 1), 1)
    for begin in range(0, len(counts), at_a_time):
        some = nodes[begin : begin + at_a_time]
        cells = np.ones(len(some), np.bool_), some, np.arange(len(some) + 1)
        reached = sparse.csr_array(cells, shape=(len(some), n))
        for _ in range(k):
            before, reached = reached.nnz, reached + reached @ steps
            if reached.nnz == before:
                break
        counts[begin : begin + at_a_time] = np.diff(reached.indptr) - 1
    return counts


def list_open_classes(observation: Observation) -> tuple[Numbers, GroupPairs]:
    """Return the class of each node within its part, and the pairs of these that have unobserved ties.

    Two parts that have a class in common have two classes: nobody may be tied to another part.
    """
    present = observation.part_classes.tocoo()
    numbers = np.zeros(present.shape, np.int64)
    numbers[present.row, present.col] = np.arange(present.nnz)
    sources, targets = list_pairs_within(present.row.astype(np.int64))
    open_ = ~observation.seen[present.col[sources], present.col[targets]]
    kinds = np.asarray(numbers[observation.node_parts, observation.codes])
    return kinds, (sources[open_], targets[open_])
