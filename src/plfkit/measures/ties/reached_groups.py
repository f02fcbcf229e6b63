"""Reach of a group: how many get to somebody in it in a few steps, and to a random group."""

from __future__ import annotations

from typing import Unpack

import numpy as np
from attrs import evolve, frozen
from scipy import sparse

from plfkit.arrays import Flags, Floats, Numbers
from plfkit.graph.groups import GroupSpec, mark_qualified_people
from plfkit.graph.layers import Layer
from plfkit.graph.paired_groups import GroupPairs, Members
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.engine.columns import LAYER_COLUMNS, QUALIFICATION_COLUMNS
from plfkit.measures.engine.estimates import (
    Bounds,
    Estimate,
    choose_reasons,
    estimate_shares,
    make_unknown_bounds,
)
from plfkit.measures.engine.estimating import measure_pieces
from plfkit.measures.engine.layer_counts import compute_shares, find_tie_range_kind, sum_by_part
from plfkit.measures.engine.layer_parts import open_layer
from plfkit.measures.engine.options import TieOptions
from plfkit.measures.engine.pieces import Piece
from plfkit.measures.engine.silence import ANSWERED, PATHS, explain_missing, find_node_schools
from plfkit.measures.ties.many_groups import count_groups_reached
from plfkit.measures.ties.reach import NO_PAIRS, list_open_classes, read_steps
from plfkit.measures.ties.tie_defaults import BORGATTI, STEPS_AMONG_DOUBLES, measure_ties
from plfkit.model.caching import Caching, work_out_once
from plfkit.model.results.result import Result
from plfkit.model.words.kinds import Label
from plfkit.model.words.reasons import Reason
from plfkit.resampling import Permutations, Work

RANDOM_GROUPS = 200
"""With how many random groups a group's reach is compared."""

_MOST_CELLS = 1_000_000
"""How many people by groups are looked at in one go."""


@measure_ties(
    label=Label(da="Medarbejdere, der kan nå en person i gruppen", en="Reach of a group"),
    tells=Label(
        da="Hvor stor en del af de andre der når mindst én i gruppen gennem højst k led.",
        en="How large a part of the others gets to at least one of the group through at most k links.",
    ),
    beware=Label(
        da="En stor gruppe nås af mange, alene fordi den er stor: hold tallet op mod, hvad lige så mange "
        "tilfældige kolleger på hver skole ville give.",
        en="A large group is reached by many just because it is large: hold the figure against what as "
        "many colleagues picked at random at each school would give.",
    ),
    tables=("persons", "positions", "ties"),
    columns=(*LAYER_COLUMNS, *QUALIFICATION_COLUMNS),
    reference=BORGATTI,
    example={"relation": "advice", "target": "resource_person", "k": 2},
    nulls=("labels",),
    no_interval=STEPS_AMONG_DOUBLES,
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

    Formula:
        people outside the group within k ties of somebody in it / people outside it.

    The value is the share among those who answered; without a direction, where the other side may
    tell of a tie too, there is one only if no answer could change it. A silent person on the way, of
    whom nobody knows whom they ask, counts with the share of their school's respondents who get there
    in the steps that are left. The range is of everybody: from told ties to every unobserved one;
    with a limit on names it is an outer bound. Where those who ask more also answer more the value is
    too high.

    A large group is reached by many in any case. So ``expected`` is what as many people drawn at
    random at each school would reach: the mean of 200 draws, the same for the same seed. Already
    with a few more steps the figure tells groups apart less: read one step beside two.
    ``null="labels"`` draws people from all schools together, and tells how far out the figure is.

    Beware:
        A large group is reached by many just because it is large: hold the figure against what as
        many colleagues picked at random at each school would give.

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
        One figure for each part; ``numerator`` counts the people who answered and surely reach the
        group, ``denominator`` those outside it who answered. Undefined where nobody is in the group,
        nobody outside it, or nobody outside it answered.

    Raises:
        MeasureError: There is no such relation or survey, or k is less than 1.
        UnknownGroupError: There is no such target or qualification, or people cannot be grouped by
            `by`.

    Source:
        Borgatti (2006), the group version.

    Examples:
        Ann seeks Bo, who seeks the coach Cy. Of the three teachers Ann and Bo get to the coach, Dan
        does not.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(
        ...     positions=["ann,bo,dan s teacher", "cy s maths_coach"],
        ...     ties=["ann bo advice", "bo cy advice"],
        ... )
        >>> [figure] = group_reach(now, relation="advice", target="maths_coach", k=2)
        >>> figure.numerator, figure.denominator, round(figure.value, 2)
        (2.0, 3.0, 0.67)
    """
    steps = read_steps("group_reach", snapshot, k)
    cut = open_layer(group_reach, snapshot, relation, options=options, by=by, survey=survey)
    target_nodes = cut.mark_target(target)
    if qualifications:
        target_nodes &= mark_qualified_people(snapshot, qualifications)[cut.laid_out.persons]
    counts = sum_by_part(cut.laid_out, target_nodes).astype(np.int64).tolist()
    sizes = {(part, target): count for part, count in zip(cut.labels, counts, strict=True)}
    pieces = []
    for parts in cut.sort_parts():
        schools = find_node_schools(snapshot, parts.layer)
        reach = _GroupReach(steps, target_nodes[parts.nodes], schools)
        pieces.append(
            Piece(
                parts=parts,
                estimator=reach,
                compute_in_parallel=reach.compare_random_groups if cut.how.null is None else None,
                certain_only=not parts.layer.directed,
            )
        )
    method = None if not cut.whole.directed else PATHS if steps > 1 else ANSWERED
    found = measure_pieces(group_reach, cut, pieces, variant=target, sizes=sizes, method=method)
    if cut.how.null is not None or cut.how.drawing.draws == 0:
        return found
    return evolve(found, draws=RANDOM_GROUPS, seed=cut.how.drawing.seed)


@frozen(eq=False, slots=False)
class _GroupReach(Caching):
    """The share of nodes outside a group that reach it.

    The value and the lower end of the range follow from the same paths, which are followed once.

    Attributes:
        k: The most steps.
        inside: Whether each node is in the group.
        schools: The school of each node.
    """

    k: int
    inside: Flags
    schools: Numbers

    def permute_nodes(self, order: Numbers) -> _GroupReach:
        """Return the same with each node in the place of another."""
        return evolve(self, inside=self.inside[order])

    def keep_nodes(self, nodes: Numbers) -> _GroupReach:
        """Return the same of some nodes."""
        return evolve(self, inside=self.inside[nodes], schools=self.schools[nodes])

    def compare_random_groups(self, layer: Layer, work: Work) -> Estimate:
        """Return the share with what random groups of the same size at each school would have."""
        found = self(layer)
        known = ~np.isnan(found.value)
        if work.drawing.draws == 0 or not known.any():
            return found
        groups = self._draw_random_groups(layer, known, work.drawing.seed)
        means = self._average_random_groups(layer, groups)
        return evolve(found, expected=np.where(known, means, np.nan))

    def _average_random_groups(self, layer: Layer, groups: Flags) -> Floats:
        """Return the mean over random groups (columns) of the share that gets to each, for each part."""
        if _is_heard(layer):
            # As many at each school are outside a random group as are outside the group.
            count = sum_by_part(layer, count_groups_reached(layer.adjacency, groups, self.k))
            return compute_shares(count, RANDOM_GROUPS * sum_by_part(layer, ~self.inside))
        # Some groups at a time: a table of everybody by all groups would be large.
        some = max(_MOST_CELLS // max(layer.n, 1), 1)
        shares = [
            share
            for first in range(0, RANDOM_GROUPS, some)
            for share in self._compute_mean_chances(layer, groups[:, first : first + some]).T
        ]
        return np.asarray(sum(shares) / RANDOM_GROUPS)

    def _draw_random_groups(self, layer: Layer, known: Flags, seed: int) -> Flags:
        """Draw who is in each random group (column); the people of every part by a chance of their own."""
        groups = np.repeat(self.inside[:, None], RANDOM_GROUPS, axis=1)
        for part in np.flatnonzero(known).tolist():
            first, last = layer.starts[part : part + 2]
            strata, chance = Permutations(self.schools[first:last]), np.random.default_rng(seed)
            for nodes, others in strata.draw_strata(chance, RANDOM_GROUPS):
                groups[first + nodes] = self.inside[first + others.T]
        return groups

    def __call__(self, layer: Layer) -> Estimate:
        answered = np.ones(layer.n, np.bool_)
        if layer.observation is not None:
            answered = layer.observation.nodes_answered
        asked = answered & ~self.inside
        sizes, count = layer.sizes, sum_by_part(layer, self.inside)
        heard = sum_by_part(layer, asked)
        reasons = choose_reasons(
            len(sizes),
            (count == 0, Reason.EMPTY_GROUP),
            (count == sizes, Reason.TOO_FEW_PEOPLE),
            (heard == 0, explain_missing(layer)),
        )
        surely = self._mark_sure_reach(layer) & asked
        shares = estimate_shares(sum_by_part(layer, surely), heard, reasons)
        if _is_heard(layer):
            return shares
        # Counts of those who surely get there; the share adds the chances of the others.
        [mean] = self._compute_mean_chances(layer, self.inside[:, None]).T
        return evolve(shares, value=np.where(reasons.codes < 0, mean, np.nan))

    @work_out_once
    def _mark_sure_reach(self, layer: Layer) -> Flags:
        """Tell which nodes get to the group in at most k steps along told ties."""
        return self._mark_reach(layer, np.zeros(layer.n, np.int64), NO_PAIRS)

    def _mark_reach(self, layer: Layer, kinds: Numbers, open_pairs: GroupPairs) -> Flags:
        """Tell the same where nodes of some classes (kinds) may be tied to all nodes of some others too."""
        reached, (from_, to) = self.inside, open_pairs
        for _ in range(self.k):
            # A class gets on if it is open to a class of which somebody has got there.
            arrived, onward = np.zeros((2, int(kinds.max(initial=-1)) + 1), np.bool_)
            arrived[kinds[reached]] = True
            onward[from_[arrived[to]]] = True
            told = layer.adjacency @ reached.astype(np.float64) > 0
            reached = reached | told | onward[kinds]
        return np.asarray(reached)

    def _compute_mean_chances(self, layer: Layer, inside: Flags) -> Floats:
        """Return how likely those outside get to a group, on average, for each part and group (column).

        A node gets there if one of those it is tied to does in a step less: two silent contacts who do
        with a chance of 0.5 each make 0.75; along told ties the chance is 1.

        Args:
            layer: The network.
            inside: Who (row) is in each group (column).
        """
        asked = ~inside
        silent = np.zeros(layer.n, np.bool_)
        if layer.observation is not None:
            silent = ~layer.observation.nodes_answered
            asked &= ~silent[:, None]
        chance = inside.astype(np.float64)
        for _ in range(self.k):
            with np.errstate(divide="ignore"):  # whoever surely gets there leaves no doubt: log 0
                doubt = layer.adjacency @ np.log1p(-chance)
            # 1 − Π (1 − p), by logarithms: two contacts with 0.5 each give 1 − 0.25 = 0.75.
            chance = np.where(inside, 1.0, -np.expm1(doubt))
            if silent.any():
                # Silence is no answer: whoever was silent has the mean of their school, or more.
                mean = self._average_by_school(layer, chance, asked, silent)
                chance[silent] = np.maximum(chance[silent], mean)
        parts = _mark_groups(layer.node_parts, len(layer.sizes))
        return compute_shares(parts @ (chance * asked), parts @ asked.astype(np.float64))

    def _average_by_school(
        self, layer: Layer, chance: Floats, asked: Flags, whose: Flags
    ) -> Floats:
        """Return the mean of those who answered at the school of some nodes, or of the part if nobody did."""
        means = []
        for codes in (self.schools, layer.node_parts):
            members = _mark_groups(codes, int(codes.max(initial=-1)) + 1)
            total, count = members @ (chance * asked), members @ asked.astype(np.float64)
            means.append(compute_shares(total, count)[codes[whose]])
        at_school, everywhere = means
        return np.where(np.isnan(at_school), np.nan_to_num(everywhere), at_school)

    def bounds(self, layer: Layer) -> Bounds:
        """Return the share along told ties, and along all that could be."""
        if layer.observation is None:
            return make_unknown_bounds(len(layer.sizes))
        count = sum_by_part(layer, self.inside)
        outside = np.where(count > 0, layer.sizes - count, 0)
        kind = find_tie_range_kind(layer, exact_under_caps=False)
        least = sum_by_part(layer, self._mark_sure_reach(layer) & ~self.inside)
        lower = compute_shares(least, outside)
        if layer.observation.whole:
            return Bounds(lower, lower, kind)
        possibly = self._mark_reach(layer, *list_open_classes(layer.observation)) & ~self.inside
        return Bounds(lower, compute_shares(sum_by_part(layer, possibly), outside), kind)


def _is_heard(layer: Layer) -> bool:
    """Tell whether all answered, or nobody recorded who was asked: then no chances stand for ties."""
    return layer.observation is None or bool(layer.observation.nodes_answered.all())


def _mark_groups(codes: Numbers, count: int) -> Members:
    """Return the matrix of groups (rows) and the nodes (columns) in them, from the group of each node."""
    cells = (np.ones(len(codes)), (codes, np.arange(len(codes))))
    return sparse.csr_array(cells, shape=(count, len(codes)))
