"""Cohesion: how many of the possible ties there are, and between whom."""

from __future__ import annotations

from typing import Unpack

import numpy as np
from attrs import evolve, frozen

from plfkit.arrays import Floats, Numbers
from plfkit.graph.groups import GroupSpec, resolve_grouping
from plfkit.graph.layers import Layer
from plfkit.graph.observation import Members
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.engine import anchors
from plfkit.measures.engine.estimates import (
    Bounds,
    Estimate,
    Estimator,
    estimate_share,
    make_unknown_bounds,
)
from plfkit.measures.engine.estimating import Piece, measure_pieces
from plfkit.measures.engine.layer_parts import (
    compute_shares,
    find_present_groups,
    find_tie_range_kind,
    open_layer,
)
from plfkit.measures.engine.leaving_out import Losses, PairShare
from plfkit.measures.engine.options import TieOptions
from plfkit.measures.engine.silence import explain_missing
from plfkit.measures.ties.pair_shares import TiedPairs
from plfkit.measures.ties.tie_defaults import EVERY_WAY, WASSERMAN_FAUST, measure_ties
from plfkit.measures.ties.within import (
    check_within_units,
    describe_within_units,
    label_within_units,
    locate_homes,
)
from plfkit.model.results.result import Result
from plfkit.model.words.kinds import Label
from plfkit.model.words.reasons import Reason
from plfkit.resampling import resample_dyads
from plfkit.resampling.drawing import Draws
from plfkit.resampling.pairs import Clusters


def make_density_estimator(layer: Layer) -> _BlockDensity:
    """Return how the density of a whole layer follows from it."""
    return _BlockDensity(layer.build_members([layer.persons]), between=False)


def _make_block_estimator(_snapshot: Snapshot, layer: Layer) -> _BlockDensity:
    return make_density_estimator(layer)


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
    estimator=_make_block_estimator,
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
    pieces = []
    for part, layer, homes in locate_homes(cut, within_units):
        estimator: Estimator = _make_block_estimator(snapshot, layer)
        if (codes := homes.codes) is not None:
            units = [layer.persons[codes == unit] for unit in np.unique(codes)]
            estimator = HomeDensity(layer.build_members(units), codes)
        pieces.append(Piece(part=part, layer=layer, estimator=estimator))
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
    chosen = resolve_grouping(snapshot, groups)
    pieces: list[Piece] = []
    sizes: dict[tuple[str | None, str], int] = {}
    for part, layer in cut:
        here = resolve_grouping(snapshot, groups, held=cut.find_held_positions(part, groups))
        labels, members = find_present_groups(layer, here)
        block = _BlockDensity(members)
        sources, targets = block.list_group_pairs(layer)
        keys = {"from": [labels[i] for i in sources], "to": [labels[j] for j in targets]}
        counts = block.members.sum(axis=0)
        sizes |= {(part, name): int(n) for name, n in zip(labels, counts, strict=True)}
        pieces.append(Piece(part=part, layer=layer, keys=keys, estimator=block))
    return measure_pieces(
        block_density,
        cut,
        pieces,
        groups=chosen.name,
        several=chosen.several,
        sizes=sizes,
        notes=cut.note_outside(chosen),
    )


@frozen(eq=False)
class _BlockDensity:
    """The density of ties between groups of nodes; pairs within an undirected group count once.

    Attributes:
        members: Nodes in groups.
        between: Whether there are several groups, and figures rest on the people of two.
    """

    members: Members
    between: bool = True

    def permute_nodes(self, order: Numbers) -> _BlockDensity:
        """Return the same with each node in the groups of another."""
        return evolve(self, members=self.members[order])

    def list_group_pairs(self, layer: Layer) -> tuple[Numbers, Numbers]:
        """Return the pairs of groups that have a figure."""
        n = self.members.shape[1]
        # Without direction each pair of groups once; else number 5 of 3 groups is from 1 to 2.
        return np.triu_indices(n) if not layer.directed else np.divmod(np.arange(n * n), max(n, 1))

    def __call__(self, layer: Layer) -> Estimate:
        """Return the share of observed pairs that are tied."""
        at, counts = self.list_group_pairs(layer), layer.count_blocks(self.members)
        # Counts are of ordered pairs: without direction the 6 within a group of 3 are 3.
        twice = self._weigh_group_pairs(layer)
        pairs = counts.pairs[at] / twice
        seen = pairs if counts.seen is None else counts.seen[at] / twice
        ties = (counts.ties if counts.ties_seen is None else counts.ties_seen)[at] / twice
        missing = explain_missing(layer)
        reasons = [
            None if s else missing if p else Reason.TOO_FEW_PEOPLE
            for s, p in zip(seen.tolist(), pairs.tolist(), strict=True)
        ]
        # Groups of 3 and 2 that share one person have 3·2 − 1 = 5 pairs of different people: the
        # one that is lacking is in both, and 3 + 2 − 1 = 4 people remain.
        both = counts.sizes[at[0]] + counts.sizes[at[1]]
        overlap = np.outer(counts.sizes, counts.sizes)[at] - counts.pairs[at]
        return Estimate(
            value=compute_shares(ties, seen),
            reasons=reasons,
            numerator=np.where(seen > 0, ties, np.nan),
            denominator=np.where(seen > 0, seen, np.nan),
            n=(both - overlap).astype(int).tolist() if self.between else None,
        )

    def bounds(self, layer: Layer) -> Bounds:
        """Return the density without any unobserved tie, and with as many as there can be."""
        at, counts = self.list_group_pairs(layer), layer.count_blocks(self.members)
        pairs = counts.pairs[at]
        if counts.seen is None:
            return make_unknown_bounds(len(pairs))
        return Bounds(
            # Without direction everything here is there twice, above the line and below.
            compute_shares(counts.ties[at], pairs),
            compute_shares(layer.count_most_between(self.members)[at], pairs),
            find_tie_range_kind(layer, exact_under_caps=layer.directed),
            compute_shares(counts.seen[at], pairs),
        )

    def reweight_figures(self, layer: Layer, weights: Floats, chance: np.random.Generator) -> Draws:
        """Return the density among people who stand as often as their weights say."""
        dyads = resample_dyads(layer, weights, chance)
        return compute_shares(dyads.ties, dyads.pairs)[:, None]

    @property
    def misses_closure(self) -> bool:
        """Whether leaving out people says too little of ties that close."""
        return True

    def split_pairs(self, layer: Layer) -> PairShare:
        """Return ties and observed pairs among all people, by pair."""
        return split_density(layer)

    def drop_clusters(self, layer: Layer, clusters: Clusters) -> Losses:
        """Return ties and observed pairs among all people but those of each cluster."""
        return self.split_pairs(layer).drop_clusters(clusters)

    def _weigh_group_pairs(self, layer: Layer) -> Floats:
        sources, targets = self.list_group_pairs(layer)
        return np.where((sources == targets) & (not layer.directed), 2.0, 1.0)


def split_density(layer: Layer) -> PairShare:
    """Return by pair how many ties it has, and how many were observed of it."""
    tied = TiedPairs.of_layer(layer)
    return PairShare(tied.weigh(tied.ties), tied.weigh(np.zeros(len(tied.ties)), tied.ways))


@frozen(eq=False)
class HomeDensity:
    """The density of ties between people of the same group, all groups together.

    Attributes:
        members: Nodes in groups; nobody is in two.
        homes: The number of each node's group.
    """

    members: Members
    homes: Numbers

    def __call__(self, layer: Layer) -> Estimate:
        """Return the share of observed pairs within groups that are tied."""
        # The diagonal is what lies within: two units of 3 people have 6 + 6 ordered pairs.
        counts, twice = layer.count_blocks(self.members), 1.0 if layer.directed else 2.0
        pairs = counts.pairs.trace() / twice
        seen = pairs if counts.seen is None else counts.seen.trace() / twice
        ties = (counts.ties if counts.ties_seen is None else counts.ties_seen).trace() / twice
        reason = None if seen else explain_missing(layer) if pairs else Reason.TOO_FEW_PEOPLE
        return estimate_share(ties, seen, reason)

    def bounds(self, layer: Layer) -> Bounds:
        """Return the density without any unobserved tie, and with as many as there can be."""
        counts = layer.count_blocks(self.members)
        if counts.seen is None:
            return make_unknown_bounds(1)
        most = layer.count_most_between(self.members).trace()
        parts_of_pairs = [
            compute_shares(np.array([part]), np.array([counts.pairs.trace()]))
            for part in (counts.ties.trace(), most, counts.seen.trace())
        ]
        lower, upper, observed = parts_of_pairs
        kind = find_tie_range_kind(layer, exact_under_caps=layer.directed)
        return Bounds(lower, upper, kind, observed)

    @property
    def misses_closure(self) -> bool:
        """Whether leaving out people says too little of ties that close."""
        return True

    def split_pairs(self, layer: Layer) -> PairShare:
        """Return ties and observed pairs within groups, by pair."""
        return split_density(layer).keep_within(self.homes)

    def drop_clusters(self, layer: Layer, clusters: Clusters) -> Losses:
        """Return ties and observed pairs within groups without the people of each cluster."""
        return self.split_pairs(layer).drop_clusters(clusters)
