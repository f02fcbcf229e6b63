"""Mixing: whether ties stay within groups or run between them."""

from __future__ import annotations

from typing import Unpack

import numpy as np
from attrs import evolve, field, frozen

from plfkit.arrays import Flags, Floats, Numbers
from plfkit.errors import MeasureError
from plfkit.graph.groups import Grouping, GroupSpec, partition_people, resolve_grouping
from plfkit.graph.layers import Layer
from plfkit.graph.observation import Observation
from plfkit.graph.paired_groups import Members
from plfkit.graph.snapshot import Snapshot
from plfkit.hints import Hint
from plfkit.measures.engine.estimates import (
    Bounds,
    Estimate,
    choose_reasons,
    make_unknown_bounds,
)
from plfkit.measures.engine.estimating import measure_pieces
from plfkit.measures.engine.layer_counts import compute_shares, find_tie_range_kind, sum_by_part
from plfkit.measures.engine.layer_parts import build_person_keys, open_layer
from plfkit.measures.engine.leaving_out import CountsLeft, PairShare
from plfkit.measures.engine.options import TieOptions
from plfkit.measures.engine.part_groups import PartGroups, group_part_people
from plfkit.measures.engine.pieces import Piece
from plfkit.measures.ties.group_sharing import GroupSharing
from plfkit.measures.ties.pair_shares import TiedPairs
from plfkit.measures.ties.tie_defaults import LEAVING_OUT, measure_ties
from plfkit.model.caching import Caching, work_out_once
from plfkit.model.results.figures import Cells
from plfkit.model.results.result import Result
from plfkit.model.words.choices import check_choice
from plfkit.model.words.kinds import Label
from plfkit.model.words.reasons import Reason
from plfkit.resampling.pairs import Clusters

MIXING_SCOPES = ("network", "group", "person")
_ONE_FIGURE_ONLY = "it is known for a network only, not for its groups or people"
MIXING_DIRECTIONS = ("out", "in", "all")


def _make_mixing_estimator(
    snapshot: Snapshot, layer: Layer, *, groups: GroupSpec, direction: str = "out"
) -> Mixing:
    members = layer.build_members(
        [persons for _, persons in _choose_mixing_groups(snapshot, groups)]
    )
    return Mixing(members, direction, "network")


@measure_ties(
    label=Label(da="Forbindelser på tværs af grupper (E–I)", en="E–I index"),
    tells=Label(
        da="Om forbindelserne mest går på tværs af grupper (op mod 1) eller mest inden for dem (ned mod −1).",
        en="Whether ties run between groups (towards 1) or stay within them (towards −1).",
    ),
    beware=Label(
        da="Med små grupper ligger tallet over nul af sig selv: sammenlign med det forventede.",
        en="With small groups the figure lies above zero by itself: compare it with the expected one.",
    ),
    scale="index",
    tables=("persons", "positions", "ties"),
    reference="Krackhardt & Stern (1988), Social Psychology Quarterly 51, 123-140, doi:10.2307/2786835",
    example={"relation": "advice", "groups": "level"},
    nulls=("labels",),
    estimator=_make_mixing_estimator,
    no_interval=None,
    intervals=LEAVING_OUT,
)
def ei_index(
    snapshot: Snapshot,
    *,
    relation: str,
    groups: GroupSpec,
    by: GroupSpec | None = None,
    survey: str | None = None,
    direction: str = "out",
    scope: str = "network",
    **options: Unpack[TieOptions],
) -> Result:
    """Return (E − I) / (E + I): ties between groups less ties within, over all of them.

    Formula:
        (E − I) / (E + I), with E ties between groups and I ties within them.

    Where positions decide on groups, everybody is in the group of their assigned position. In
    communities people may be in several: a tie is internal if the two share any. People in no group
    are left out, and counted in the notes with their ties.

    ``expected`` is what random mixing gives among the same people: with small groups it is far
    above zero. The value rests on observed ties. The range is exact: at its upper end every
    unobserved tie runs between groups, at its lower end none does. With a limit on names it is
    exact for one survey of directed ties told outwards, and an outer bound otherwise.

    The interval, of a whole network only, is that of the share of ties between groups.

    Beware:
        With small groups the figure lies above zero by itself: compare it with the expected one.

    Args:
        snapshot: The moment.
        relation: Which ties.
        groups: The groups.
        by: One figure for each of these groups, within it.
        survey: Which survey, if several asked.
        direction: For a group or person, whose ties count: those told of others (``"out"``), those
            that others told (``"in"``), or ``"all"``. An undirected relation has no difference.
        scope: One figure for the ``"network"``, for each ``"group"`` (``from``) or each ``"person"``
            (``id``).
        options: What every measure of ties takes: see `plfkit.measures.TieOptions`.

    Returns:
        ``numerator`` counts ties between groups, ``denominator`` all ties. Undefined without ties.

    Raises:
        MeasureError: There is no such relation, survey, direction or scope, or an option is refused.
        UnknownGroupError: People cannot be grouped by `groups` or `by`.

    Source:
        Krackhardt & Stern (1988).

    Examples:
        Ann seeks Bo within the north; Ann and Bo seek Cy in the south: 2 between, 1 within.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(ties=["ann bo,cy advice", "bo cy advice"])
        >>> schools = {"ann": "north", "bo": "north", "cy": "south"}
        >>> [figure] = ei_index(now, relation="advice", groups=schools)
        >>> figure.numerator, figure.denominator, round(figure.value, 2)
        (2.0, 3.0, 0.33)
    """
    check_choice("ei_index", "scope", scope, MIXING_SCOPES)
    check_choice("ei_index", "direction", direction, MIXING_DIRECTIONS)
    if scope != "network" and options.get("interval"):
        raise MeasureError(Hint("measure.no_interval", measure="ei_index", reason=_ONE_FIGURE_ONLY))
    cut = open_layer(ei_index, snapshot, relation, options=options, by=by, survey=survey)
    chosen = _choose_mixing_groups(snapshot, groups)
    partition = not _is_by_communities(snapshot, groups)
    placed = group_part_people(cut, groups, partition=partition).drop_outsiders()
    pieces: list[Piece] = []
    sizes: dict[tuple[str | None, str], int] = {}
    for parts in cut.sort_parts(placed.layer):
        here = placed.take_parts(parts)
        if scope == "group":
            sizes |= here.list_sizes(parts.labels)
        keys, places = _build_mixing_keys(snapshot, here, scope)
        mixing = Mixing(here.members, direction, scope, here.parts)
        pieces.append(Piece(parts=parts, keys=keys, places=places, estimator=mixing))
    return measure_pieces(
        ei_index,
        cut,
        pieces,
        variant="arcs" if cut.whole.directed else "dyads",
        groups=chosen.name,
        several=chosen.several,
        sizes=sizes,
        notes=cut.note_outside(chosen),
    )


def _is_by_communities(snapshot: Snapshot, groups: GroupSpec) -> bool:
    return isinstance(groups, str) and groups in snapshot.vocabulary.community_kinds


def _choose_mixing_groups(snapshot: Snapshot, groups: GroupSpec) -> Grouping:
    """Return communities as they are, and a partition where positions decide."""
    if _is_by_communities(snapshot, groups):
        return resolve_grouping(snapshot, groups)
    return partition_people(snapshot, groups)


def _build_mixing_keys(
    snapshot: Snapshot, here: PartGroups, scope: str
) -> tuple[dict[str, Cells], Numbers]:
    """Return what figures are about, and in which part each is."""
    if scope == "group":
        return {"from": here.labels}, here.parts
    if scope == "person":
        return build_person_keys(snapshot, here.layer), here.layer.node_parts
    return {}, np.arange(len(here.layer.sizes))


@frozen(eq=False)
class _EndCounts:
    """For each node, ties between groups and within them, going out and coming in.

    Attributes:
        inside: For each group, the ties from one of its nodes to another.
    """

    out_between: Floats
    out_within: Floats
    in_between: Floats
    in_within: Floats
    inside: Floats


@frozen(eq=False, slots=False)
class Mixing(Caching):
    """The E–I index of nodes in groups.

    Attributes:
        members: Nodes in groups.
        direction: Whose ties count.
        scope: What a figure is about.
        parts: The part of each group; all of one if left out.
    """

    members: Members
    direction: str
    scope: str
    parts: Numbers = field()

    @parts.default
    def _make_single_part(self) -> Numbers:
        return np.zeros(self.members.shape[1], np.int64)

    def permute_nodes(self, order: Numbers) -> Mixing:
        """Return the same with each node in the groups of another."""
        return evolve(self, members=self.members[order])

    def keep_nodes(self, nodes: Numbers) -> Mixing:
        """Return the same of one part's nodes, and the groups that have people there."""
        members = self.members[nodes]
        there = np.flatnonzero(members.sum(axis=0))
        return evolve(self, members=members[:, there], parts=np.zeros(len(there), np.int64))

    def __call__(self, layer: Layer) -> Estimate:
        """Return the index of observed ties."""
        seen = layer.observation is None or layer.observation.whole
        between, within = (
            self._count_told_ties(layer)
            if seen
            else self._sum_end_counts(
                layer, self._count_tie_ends(layer, *layer.list_observed_arcs())
            )
        )
        total = between + within
        known = total > 0
        return Estimate(
            value=compute_shares(between - within, total),
            reasons=choose_reasons(len(total), (~known, Reason.NO_TIES)),
            numerator=np.where(known, between, np.nan),
            denominator=np.where(known, total, np.nan),
            expected=self._compute_expected_index(layer),
        )

    def bounds(self, layer: Layer) -> Bounds:
        """Return the index with unobserved ties only within groups, and only between them."""
        observation = layer.observation
        if observation is None:
            return make_unknown_bounds(self._count_figures(layer))
        between, within = self._count_told_ties(layer)
        more_between, more_within = np.zeros((2, self._count_figures(layer)))
        if not observation.whole:
            more_between, more_within = self._sum_end_counts(
                layer, self._count_unseen_ends(layer, observation)
            )
        # Told 3 between and 2 within, and 1 open either way: (3 − 2 − 1) / 6 to (3 + 1 − 2) / 6.
        lower = compute_shares(between - within - more_within, between + within + more_within)
        upper = compute_shares(between + more_between - within, between + more_between + within)
        lower, upper = (
            # An end without any tie is no figure; the other end is the only one there can be.
            np.where(np.isnan(one), other, one)
            for one, other in ((lower, upper), (upper, lower))
        )
        outwards = layer.directed and (self.scope == "network" or self.direction == "out")
        return Bounds(lower, upper, find_tie_range_kind(layer, exact_under_caps=outwards))

    def find_closure_limit(self, _layer: Layer) -> float:
        """Return from how many people on leaving people out says too little of ties that close."""
        return np.inf

    def split_pairs(self, layer: Layer) -> PairShare:
        """Return by pair its ties between groups, and all its ties."""
        tied = TiedPairs.of_layer(layer)
        within = self._group_sharing.mark_sharing_pairs(*tied.ends)
        return PairShare(tied.weigh(np.where(within, 0.0, tied.ties)), tied.weigh(tied.ties))

    def drop_clusters(self, layer: Layer, clusters: Clusters) -> CountsLeft:
        """Return ties between groups, and all ties, without the people of each cluster."""
        return self.split_pairs(layer).drop_clusters(clusters)

    @property
    @work_out_once
    def _group_sharing(self) -> GroupSharing:
        """Which nodes share a group."""
        return GroupSharing(self.members)

    def _count_figures(self, layer: Layer) -> int:
        nodes, groups = self.members.shape
        return {"network": len(layer.sizes), "group": groups, "person": nodes}[self.scope]

    @work_out_once
    def _count_told_ties(self, layer: Layer) -> tuple[Floats, Floats]:
        """Count the ties that were told between groups and within them, for each figure."""
        sources, targets = layer.list_arcs()
        if self.scope != "network":
            return self._sum_end_counts(layer, self._count_tie_ends(layer, sources, targets))
        inside = self._group_sharing.mark_sharing_pairs(sources, targets)
        parts, count = layer.node_parts[sources], len(layer.sizes)
        # Without direction a tie was met from both sides.
        halves = 1 if layer.directed else 2
        between, within = (
            np.bincount(parts[which], minlength=count) / halves for which in (~inside, inside)
        )
        return between, within

    def _sum_end_counts(self, layer: Layer, counts: _EndCounts) -> tuple[Floats, Floats]:
        """Add up the counts of all nodes, or of each group's, as far as their direction counts."""
        if self.scope == "network" or not layer.directed or self.direction == "out":
            sides = (counts.out_between, counts.out_within)
        elif self.direction == "in":
            sides = (counts.in_between, counts.in_within)
        else:
            sides = (counts.out_between + counts.in_between, counts.out_within + counts.in_within)
        if self.scope == "network":
            # Without direction a tie was met from both sides.
            halves = 1 if layer.directed else 2
            between, within = (sum_by_part(layer, side) / halves for side in sides)
            return between, within
        if self.scope == "group":
            # A tie with both ends in the group was met at both.
            twice = 0.0 if layer.directed and self.direction != "all" else 1.0
            twice /= 1 if layer.directed else 2
            return self.members.T @ sides[0], self.members.T @ sides[1] - twice * counts.inside
        return sides

    def _count_tie_ends(self, layer: Layer, sources: Numbers, targets: Numbers) -> _EndCounts:
        """Count some ties at both their ends."""
        within = self._group_sharing.mark_sharing_pairs(sources, targets)

        def at(nodes: Numbers, which: Flags) -> Floats:
            return np.bincount(nodes[which], minlength=layer.n).astype(np.float64)

        both = (
            self.members[sources].multiply(self.members[targets]) if self.scope == "group" else None
        )
        return _EndCounts(
            at(sources, ~within),
            at(sources, within),
            at(targets, ~within),
            at(targets, within),
            np.zeros(self.members.shape[1])
            if both is None
            else both.sum(axis=0).astype(np.float64),
        )

    def _count_unseen_ends(self, layer: Layer, observation: Observation) -> _EndCounts:
        """Count, for each node, the unobserved ties that there could be, as many as could be named."""
        on_roster, beyond = (
            self._count_tie_ends(layer, *layer.list_told_unseen_arcs(asked=a))
            for a in (True, False)
        )
        sides = []
        for asked, told in ((True, on_roster), (False, beyond)):
            where = ~observation.seen & (observation.asked == asked)
            out, into = (
                self._group_sharing.count_pair_mates(observation, w) for w in (where, where.T)
            )
            cap = np.full(layer.n, np.inf)
            if asked and layer.directed:
                cap = observation.cap[observation.codes]
            sides.append(
                _EndCounts(
                    np.minimum(cap, out[0] - told.out_between),
                    np.minimum(cap, out[1] - told.out_within),
                    into[0] - told.in_between,
                    into[1] - told.in_within,
                    self._group_sharing.count_pairs_within(observation, where) - told.inside
                    if self.scope == "group" and not (observation.limited and layer.directed)
                    else np.zeros_like(told.inside),
                )
            )
        first, second = sides
        return _EndCounts(
            first.out_between + second.out_between,
            first.out_within + second.out_within,
            first.in_between + second.in_between,
            first.in_within + second.in_within,
            first.inside + second.inside,
        )

    def _compute_expected_index(self, layer: Layer) -> Floats:
        """Return the index of random mixing: every pair of people as likely to be tied."""
        expected = np.full(self._count_figures(layer), np.nan)
        pairs = layer.sizes * (layer.sizes - 1)
        if self.scope == "network":
            sharing = self._group_sharing.count_sharing_pairs(layer)
            # Groups of 2 and 1: 4 + 1 ordered pairs within, 3 of them somebody with themselves,
            # leave 2 of 6, and 1 − 2 · 2 / 6 = 1 / 3.
            expected = 1 - 2 * compute_shares(sharing, pairs)
        return expected
