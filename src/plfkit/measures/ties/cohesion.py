"""Cohesion: how many of the possible ties there are, and between whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import Unpack

import numpy as np
from attrs import evolve, field, frozen

from plfkit.arrays import Floats, Numbers
from plfkit.graph.blocks import Blocks, list_pairs_within
from plfkit.graph.groups import GroupSpec, resolve_grouping
from plfkit.graph.layers import Layer
from plfkit.graph.paired_groups import GroupPairs, Members, PairedGroups
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.engine import anchors
from plfkit.measures.engine.estimates import (
    Bounds,
    Estimate,
    choose_reasons,
    estimate_shares,
    make_unknown_bounds,
)
from plfkit.measures.engine.estimating import measure_pieces
from plfkit.measures.engine.layer_counts import compute_shares, find_tie_range_kind
from plfkit.measures.engine.layer_parts import open_layer
from plfkit.measures.engine.leaving_out import CountsLeft, PairShare
from plfkit.measures.engine.options import TieOptions
from plfkit.measures.engine.part_groups import group_part_people
from plfkit.measures.engine.pieces import Piece
from plfkit.measures.engine.silence import explain_missing
from plfkit.measures.ties.pair_shares import TiedPairs
from plfkit.measures.ties.tie_defaults import EVERY_WAY, WASSERMAN_FAUST, measure_ties
from plfkit.measures.ties.within import (
    Homes,
    check_within_units,
    describe_within_units,
    label_within_units,
    locate_homes,
)
from plfkit.model.caching import Caching, work_out_once
from plfkit.model.results.result import Result
from plfkit.model.words.kinds import Label
from plfkit.model.words.reasons import Reason
from plfkit.resampling import resample_dyads
from plfkit.resampling.drawing import Draws
from plfkit.resampling.pairs import Clusters


def _make_density_estimator(_snapshot: Snapshot, _layer: Layer) -> Density:
    return Density()


@measure_ties(
    label=Label(da="Tæthed", en="Density"),
    tells=Label(
        da="Hvor stor en del af de mulige forbindelser mellem to personer der findes.",
        en="How large a part of the possible ties between two people exists.",
    ),
    beware=Label(
        da="Flere forbindelser er også mere arbejde, og tætheden er af sig selv lav på en stor skole; "
        "på tværs af skoler er den næsten 0, så læs den inden for skolerne.",
        en="More ties are also more work, and density falls by itself where a school is large; across "
        "schools it is next to 0, so read it within them.",
    ),
    anchors=anchors.DENSITY,
    reference=f"{WASSERMAN_FAUST}, ch. 4",
    example={"relation": "advice"},
    no_interval=None,
    intervals=EVERY_WAY,
    estimator=_make_density_estimator,
    no_null="every null holds the number of ties fixed, and with it the density",
)
def density(
    snapshot: Snapshot,
    *,
    relation: str,
    by: GroupSpec | None = None,
    survey: str | None = None,
    within_units: str | None = None,
    **options: Unpack[TieOptions],
) -> Result:
    """Return the share of possible ties that exist.

    Formula:
        ties / pairs: n people make n(n − 1) pairs, or half as many where ties have no direction.

    The value is the share among observed pairs: those of which a tie would have been told if there
    were one. Ties told of other pairs, by one side of an undirected one for instance, count in the
    range only, because counting them as observed would favour ties over their absence. The range
    goes from no unobserved tie to all of them, as many as non-respondents could have named; it is
    exact, but an outer bound for undirected ties, and for several surveys, where names were
    limited. A value outside the range is moved to its nearer end, and then has no counts.

    With ``within_units="school"`` only pairs of colleagues of the same school count, those of all
    schools together, so that a school counts by its pairs. Somebody with positions at several
    schools belongs to the one of their assigned position.

    Its interval is too narrow where colleagues draw in each other's colleagues, unless it leaves out
    schools: it then contains the truth some 85 times in a hundred in place of 95.

    Beware:
        More ties are also more work, and density falls by itself where a school is large; across
        schools it is next to 0, so read it within them.

    Args:
        snapshot: The moment.
        relation: Which ties.
        by: One figure for each of these groups, within it.
        survey: Which survey, if several asked.
        within_units: A kind of unit: only pairs of people of the same one count. People in none are
            left out, and counted in the notes.

    Returns:
        One figure for each part. ``numerator`` counts ties, ``denominator`` observed pairs.
        Undefined for fewer than two people, and where no pair was observed.

    Raises:
        MeasureError: There is no such relation or survey, or people drawn anew are asked for within units.
        UnknownGroupError: People cannot be grouped by `by`, or there is no such kind of unit.

    Source:
        Wasserman & Faust (1994), ch. 4.

    Examples:
        Ann seeks Bo and Cy, and Bo seeks Ann: 3 of 6 possible ties.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(ties=["ann bo,cy advice", "bo ann advice"])
        >>> density(now, relation="advice").item()
        0.5
    """
    cut = open_layer(density, snapshot, relation, options=options, by=by, survey=survey)
    check_within_units("density", cut, within_units)
    pieces = [
        Piece(parts=parts, estimator=Density(homes))
        for parts, homes in locate_homes(cut, within_units)
    ]
    found = measure_pieces(density, cut, pieces, **describe_within_units(cut, within_units))
    return label_within_units(found, cut, within_units)


@measure_ties(
    label=Label(da="Tæthed mellem grupper", en="Density between groups"),
    tells=Label(
        da="Hvor stor en del af de mulige forbindelser fra én gruppe til en anden der findes.",
        en="How large a part of the possible ties from one group to another exists.",
    ),
    beware=Label(
        da="En lav tæthed siger intet om, hvorvidt de to grupper burde have mere kontakt.",
        en="A low density does not say whether the two groups ought to be more in contact.",
    ),
    tables=("persons", "ties", "positions"),
    reference=f"{WASSERMAN_FAUST}, ch. 10",
    example={"relation": "advice", "groups": "level"},
    nulls=("labels",),
    no_interval="an interval among comparable staffs is known for whole networks only",
)
def block_density(
    snapshot: Snapshot,
    *,
    relation: str,
    groups: GroupSpec,
    by: GroupSpec | None = None,
    survey: str | None = None,
    **options: Unpack[TieOptions],
) -> Result:
    """Return the density of ties from each group to each group.

    Formula:
        ties from g to h / (n_g · n_h − n_gh), where n_gh people are in both groups; n_g(n_g − 1)
        within one.

    Groups may overlap: pairs are ordered pairs of different people, one from each group. Value and
    range are those of `density`. An undirected relation gives each pair of groups once.

    Beware:
        A low density does not say whether the two groups ought to be more in contact.

    Args:
        snapshot: The moment.
        relation: Which ties.
        groups: The groups that ties run between; people in none of them are left out, and counted in
            the notes with their ties.
        by: One table for each of these groups, within it.
        survey: Which survey, if several asked.

    Returns:
        One figure for each pair of groups, ``from`` and ``to``; ``n`` counts the people of both.
        Undefined for a group of one with itself, and where no pair was observed.

    Raises:
        MeasureError: There is no such relation or survey.
        UnknownGroupError: People cannot be grouped by `groups` or `by`.

    Source:
        Wasserman & Faust (1994), ch. 10; overlapping groups by counting ordered pairs.

    Examples:
        Ann and Bo seek each other in the north, and Ann seeks Cy in the south, who seeks nobody.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(ties=["ann bo,cy advice", "bo ann advice"])
        >>> schools = {"ann": "north", "bo": "north", "cy": "south"}
        >>> for figure in block_density(now, relation="advice", groups=schools):
        ...     print(figure.from_, figure.to, figure.value)
        north north 1.0
        north south 0.5
        south north 0.0
        south south None
    """
    cut = open_layer(block_density, snapshot, relation, options=options, by=by, survey=survey)
    chosen, placed = resolve_grouping(snapshot, groups), group_part_people(cut, groups)
    pieces: list[Piece] = []
    sizes: dict[tuple[str | None, str], int] = {}
    for parts in cut.sort_parts():
        here = placed.take_parts(parts)
        block = _BlockDensity(here.members, here.parts)
        sources, targets = block.list_group_pairs(parts.layer)
        keys = {"from": here.labels.take(sources), "to": here.labels.take(targets)}
        pieces.append(Piece(parts=parts, keys=keys, places=here.parts[sources], estimator=block))
        sizes |= here.list_sizes(parts.labels)
    return measure_pieces(
        block_density,
        cut,
        pieces,
        groups=chosen.name,
        several=chosen.several,
        sizes=sizes,
        notes=cut.note_outside(chosen),
    )


@frozen(eq=False, slots=False)
class _BlockDensity(Caching):
    """The density of ties between groups of nodes; pairs within an undirected group count once.

    Attributes:
        members: Nodes in groups.
        parts: The part of each group; figures are of groups of the same part.
    """

    members: Members
    parts: Numbers

    def permute_nodes(self, order: Numbers) -> _BlockDensity:
        """Return the same with each node in the groups of another."""
        return evolve(self, members=self.members[order])

    def keep_nodes(self, nodes: Numbers) -> _BlockDensity:
        """Return the same of one part's nodes, and the groups that have people there."""
        members = self.members[nodes]
        there = np.flatnonzero(members.sum(axis=0))
        return _BlockDensity(members[:, there], np.zeros(len(there), np.int64))

    def list_group_pairs(self, layer: Layer) -> GroupPairs:
        """Return the pairs of groups that have a figure."""
        sources, targets = list_pairs_within(self.parts)
        # Without direction each pair of groups once.
        chosen = np.ones(len(sources), np.bool_) if layer.directed else sources <= targets
        return sources[chosen], targets[chosen]

    def __call__(self, layer: Layer) -> Estimate:
        """Return the share of observed pairs that are tied."""
        at, counts = self.list_group_pairs(layer), self._count_blocks(layer)
        # Groups of 3 and 2 that share one person have 3·2 − 1 = 5 pairs of different people: the
        # one that is lacking is in both, and 3 + 2 − 1 = 4 people remain.
        both = counts.sizes[at[0]] + counts.sizes[at[1]]
        overlap = counts.sizes[at[0]] * counts.sizes[at[1]] - counts.pairs
        n = (both - overlap).astype(np.int64)
        return _estimate_density(layer, counts, weight=self._weigh_group_pairs(layer, at), n=n)

    def bounds(self, layer: Layer) -> Bounds:
        """Return the density without any unobserved tie, and with as many as there can be."""
        # Without direction everything here is there twice, above the line and below.
        counts, groups = self._count_blocks(layer), self._pair_groups(layer)
        return _find_density_bounds(
            layer, counts, lambda: layer.count_most_between(groups, counts.ties)
        )

    @work_out_once
    def _count_blocks(self, layer: Layer) -> Blocks:
        return layer.count_blocks(self._pair_groups(layer))

    @work_out_once
    def _pair_groups(self, layer: Layer) -> PairedGroups:
        return layer.pair_groups(self.members, self.list_group_pairs(layer))

    def _weigh_group_pairs(self, layer: Layer, at: GroupPairs) -> Floats:
        # Counts are of ordered pairs: without direction the 6 within a group of 3 are 3.
        return np.where((at[0] == at[1]) & (not layer.directed), 0.5, 1.0)


@frozen(eq=False)
class Density:
    """The density of each part, or of the pairs within units, all units of a part together.

    Attributes:
        homes: Within which units.
    """

    homes: Homes = field(factory=Homes)

    def __call__(self, layer: Layer) -> Estimate:
        """Return the share of observed pairs within units that are tied."""
        return _estimate_density(
            layer, self._count_blocks(layer), weight=1.0 if layer.directed else 0.5
        )

    def bounds(self, layer: Layer) -> Bounds:
        """Return the density without any unobserved tie, and with as many as there can be."""

        def count_most() -> Floats:
            units, _ = self.homes.lay_out_units(layer)
            return self.homes.sum_by_part(layer, units.count_most_in_parts())

        return _find_density_bounds(layer, self._count_blocks(layer), count_most)

    def _count_blocks(self, layer: Layer) -> Blocks:
        """Count pairs and ties within units, and sum them up by part."""
        units, _ = self.homes.lay_out_units(layer)
        counts = units.count_parts()

        def total(cells: Floats) -> Floats:
            return self.homes.sum_by_part(layer, cells)

        sizes, pairs, ties = map(total, (counts.sizes, counts.pairs, counts.ties))
        if counts.seen is None or counts.ties_seen is None:
            return Blocks(sizes, pairs, ties, None, None)
        return Blocks(sizes, pairs, ties, total(counts.seen), total(counts.ties_seen))

    def reweight_figures(self, layer: Layer, weights: Floats, chance: np.random.Generator) -> Draws:
        """Return the density among people who stand as often as their weights say."""
        dyads = resample_dyads(layer, weights, chance)
        return compute_shares(dyads.ties, dyads.pairs)[:, None]

    def keep_nodes(self, nodes: Numbers) -> Density:
        """Return the same of some nodes."""
        return Density(self.homes.keep_nodes(nodes))

    def find_closure_limit(self, _layer: Layer) -> float:
        """Return from how many people on leaving people out says too little of ties that close."""
        return 0

    def split_pairs(self, layer: Layer) -> PairShare:
        """Return by pair within units how many ties it has, and how many were observed of it."""
        tied = TiedPairs.of_layer(layer)
        share = PairShare(tied.weigh(tied.ties), tied.weigh(np.zeros(len(tied.ties)), tied.ways))
        return share.keep_within(self.homes.codes)

    def drop_clusters(self, layer: Layer, clusters: Clusters) -> CountsLeft:
        """Return ties and observed pairs within units without the people of each cluster."""
        return self.split_pairs(layer).drop_clusters(clusters)


def _estimate_density(
    layer: Layer, counts: Blocks, *, weight: Floats | float, n: Numbers | None = None
) -> Estimate:
    """Return the share of observed pairs that are tied, with counts of ordered pairs times a weight."""
    pairs = counts.pairs * weight
    seen = pairs if counts.seen is None else counts.seen * weight
    ties = (counts.ties if counts.ties_seen is None else counts.ties_seen) * weight
    reasons = choose_reasons(
        len(pairs),
        (pairs == 0, Reason.TOO_FEW_PEOPLE),
        (seen == 0, explain_missing(layer)),
    )
    return estimate_shares(ties, seen, reasons, n=n)


def _find_density_bounds(layer: Layer, counts: Blocks, count_most: Callable[[], Floats]) -> Bounds:
    """Return the density without any unobserved tie, and with as many as there can be."""
    pairs = counts.pairs
    if counts.seen is None:
        return make_unknown_bounds(len(pairs))
    return Bounds(
        compute_shares(counts.ties, pairs),
        compute_shares(count_most(), pairs),
        find_tie_range_kind(layer, exact_under_caps=layer.directed),
        compute_shares(counts.seen, pairs),
    )
