"""Dyads: what is known of each pair of people, and how many ties are returned."""

from __future__ import annotations

from typing import Any, Unpack

import numpy as np
from attrs import astuple, evolve, field, frozen

from plfkit.arrays import Flags, Floats, Numbers
from plfkit.errors import MeasureError
from plfkit.graph.groups import GroupSpec
from plfkit.graph.layers import Layer
from plfkit.graph.observation import Observation
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
from plfkit.measures.engine.leaving_out import CLOSURE_LIMIT, CountsLeft, PairShare
from plfkit.measures.engine.options import TieOptions
from plfkit.measures.engine.pieces import Piece
from plfkit.measures.ties.pair_shares import TiedPairs
from plfkit.measures.ties.tie_defaults import EVERY_WAY, WASSERMAN_FAUST, measure_ties
from plfkit.measures.ties.within import (
    Homes,
    check_within_units,
    describe_within_units,
    label_within_units,
    locate_homes,
)
from plfkit.model.caching import work_out_once
from plfkit.model.results.result import Result
from plfkit.model.words.choices import check_choice
from plfkit.model.words.kinds import Label
from plfkit.model.words.reasons import Reason
from plfkit.resampling import resample_dyads
from plfkit.resampling.drawing import Draws
from plfkit.resampling.pairs import Clusters

RECIPROCITY_VARIANTS = ("edgewise", "dyadic", "dyadic_nonnull")


def _make_reciprocity_estimator(
    _snapshot: Snapshot, _layer: Layer, *, variant: str = "edgewise"
) -> ReciprocityEstimator:
    return ReciprocityEstimator(variant)


@measure_ties(
    label=Label(da="Gensidige forbindelser", en="Reciprocity"),
    tells=Label(
        da="Hvor stor en del af forbindelserne der går begge veje.",
        en="How large a part of the ties runs both ways.",
    ),
    beware=Label(
        da="At søge råd uden selv at blive spurgt er normalt, fx for nye kolleger: "
        "det er ikke et mål at nå 100 %.",
        en="Seeking advice without being sought is normal, for new colleagues for one: 100 % is no aim.",
    ),
    anchors=anchors.RECIPROCITY,
    reference=f"{WASSERMAN_FAUST}, ch. 13",
    example={"relation": "advice", "variant": "dyadic"},
    nulls=("size", "degrees"),
    no_interval=None,
    intervals=EVERY_WAY,
    estimator=_make_reciprocity_estimator,
)
def reciprocity(
    snapshot: Snapshot,
    *,
    relation: str,
    by: GroupSpec | None = None,
    survey: str | None = None,
    variant: str = "edgewise",
    within_units: str | None = None,
    **options: Unpack[TieOptions],
) -> Result:
    """Return how many ties are returned.

    Formula:
        2M / (2M + A) for ``"edgewise"``, M / (M + A) for ``"dyadic_nonnull"``, and
        (M + N) / (M + A + N) for ``"dyadic"``, with M mutual, A one-sided and N empty pairs of people.

    ``"edgewise"``, the share of ties that are returned, is what networkx, igraph and UCINET's arc
    reciprocity give; ``"dyadic"`` is the default of R sna.

    The value counts pairs of which both sides were asked and answered. The range is exact without a
    limit on names: at most, every unobserved answer agrees with the other side's; at least, none does. With
    a limit it is an outer bound.

    The interval of ``"dyadic"`` is too narrow where colleagues draw in each other's colleagues, unless it
    leaves out schools: it counts all pairs, as density does. With 100 people the others are, a little.

    With ``within_units="school"`` only pairs of colleagues of the same school count, those of all
    schools together. Then ``"edgewise"`` also says in ``expected`` what chance alone would give: a
    tie at a school where a share d of the possible ties exists is returned with chance d, so it is
    Σ m·d / Σ m over schools with m ties. In a whole municipality d is close to 0, and any share of
    returned ties would look high.

    Beware:
        Seeking advice without being sought is normal, for new colleagues for one: 100 % is no aim.

    Args:
        snapshot: The moment.
        relation: Which ties; a directed relation.
        by: One figure for each of these groups, within it.
        survey: Which survey, if several asked.
        variant: Which definition.
        within_units: A kind of unit: only pairs of people of the same one count. People in none are
            left out, and counted in the notes.

    Returns:
        One figure for each part; the counts are those of the formula. Undefined where the formula
        divides by zero: without ties among the observed pairs, or with fewer than two people.

    Raises:
        MeasureError: The relation is unknown or undirected, there is no such variant, or a null or
            people drawn anew are asked for within units.
        UnknownGroupError: People cannot be grouped by `by`, or there is no such kind of unit.

    Source:
        Wasserman & Faust (1994), ch. 13.

    Examples:
        Ann and Bo seek each other, and Ann seeks Cy: 2 of 3 ties are returned.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(ties=["ann bo,cy advice", "bo ann advice"])
        >>> [figure] = reciprocity(now, relation="advice")
        >>> figure.numerator, figure.denominator, round(figure.value, 2)
        (2.0, 3.0, 0.67)
    """
    check_choice("reciprocity", "variant", variant, RECIPROCITY_VARIANTS)
    cut = open_layer(reciprocity, snapshot, relation, options=options, by=by, survey=survey)
    if not cut.whole.directed:
        raise MeasureError(
            f"reciprocity asks who returns a tie, but {relation} has no direction: "
            "choose a directed relation"
        )
    check_within_units("reciprocity", cut, within_units)
    pieces = [
        Piece(parts=parts, estimator=ReciprocityEstimator(variant, homes))
        for parts, homes in locate_homes(cut, within_units)
    ]
    about = {
        "weight": 2 if variant == "edgewise" else 1,
        **describe_within_units(cut, within_units),
    }
    found = measure_pieces(reciprocity, cut, pieces, variant=variant, **about)
    return label_within_units(found, cut, within_units)


def compute_reciprocity_terms(
    mutual: Any, one_sided: Any, empty: Any, variant: str
) -> tuple[Any, Any]:
    """Return numerator and denominator of a reciprocity, from numbers of pairs or arrays of them."""
    if variant == "dyadic":
        return mutual + empty, mutual + empty + one_sided
    # Edgewise counts ties, two in a mutual pair: 1 mutual and 1 one-sided pair are 2 of 3.
    weight = 2 if variant == "edgewise" else 1
    return weight * mutual, weight * mutual + one_sided


def _count_nothing() -> Numbers:
    return np.zeros(1, np.int64)


@frozen(eq=False)
class DyadCensus:
    """Unordered pairs of people by what is known of the two ties between them, in each part of a layer.

    Attributes:
        mutual: Both ties are there.
        one_sided: One is there, the other is not.
        empty: Neither is there.
        half_tie: One is there, the other is unobserved.
        half_empty: One is not there, the other is unobserved.
        unseen: Both are unobserved.
        mutual_beside: Mutual pairs that were told although nobody asked about both ties.
        one_sided_beside: One-sided pairs of that sort.
    """

    mutual: Numbers
    one_sided: Numbers
    empty: Numbers
    half_tie: Numbers = field(factory=_count_nothing)
    half_empty: Numbers = field(factory=_count_nothing)
    unseen: Numbers = field(factory=_count_nothing)
    mutual_beside: Numbers = field(factory=_count_nothing)
    one_sided_beside: Numbers = field(factory=_count_nothing)

    def compute_terms(self, variant: str) -> tuple[Floats, Floats]:
        """Return numerator and denominator among the pairs that were wholly observed."""
        over, under = compute_reciprocity_terms(self.mutual, self.one_sided, self.empty, variant)
        return over.astype(np.float64), under.astype(np.float64)

    @property
    def pairs(self) -> Numbers:
        """How many pairs there are."""
        known = self.mutual + self.one_sided + self.empty + self.mutual_beside
        return known + self.one_sided_beside + self.half_tie + self.half_empty + self.unseen

    @property
    def observed(self) -> Numbers:
        """How many pairs were wholly observed."""
        return self.mutual + self.one_sided + self.empty

    @property
    def most(self) -> DyadCensus:
        """The completion that returns the most: every unobserved answer agrees."""
        # Whoever was named names back, whoever was not does not; where both were silent both name.
        agreeing = self.mutual + self.mutual_beside + self.half_tie + self.unseen
        one_sided = self.one_sided + self.one_sided_beside
        return DyadCensus(agreeing, one_sided, self.empty + self.half_empty)

    @property
    def least(self) -> DyadCensus:
        """The completion that returns the least: no unobserved answer agrees."""
        differing = self.half_tie + self.half_empty + self.unseen
        one_sided = self.one_sided + self.one_sided_beside + differing
        return DyadCensus(self.mutual + self.mutual_beside, one_sided, self.empty)


@work_out_once
def take_dyad_census(layer: Layer) -> DyadCensus:
    """Count the pairs of each part of a directed layer by what is known of them."""
    told, known = _take_told_census(layer), layer.recorded_parts
    if layer.recorded is None or not known.any() or layer.recorded.whole:
        return told
    observed = _take_observed_census(layer, layer.recorded)
    # Of a part of which nobody recorded who was asked, what was told is all there is to count.
    sides = zip(astuple(told), astuple(observed), strict=True)
    return DyadCensus(*(np.where(known, other, one) for one, other in sides))


def _take_told_census(layer: Layer) -> DyadCensus:
    """Count the pairs of each part by the ties between them, as if all were known of them."""
    pairs, returned = layer.sizes * (layer.sizes - 1) // 2, layer.returned
    parts = layer.node_parts[layer.list_arcs()[0]]
    # A mutual pair has two returned ties: 4 returned and 1 other are 2 mutual and 1 one-sided.
    mutual = np.bincount(parts[returned], minlength=len(pairs)) // 2
    one_sided = np.bincount(parts[~returned], minlength=len(pairs))
    nothing = np.zeros((5, len(pairs)), np.int64)
    return DyadCensus(mutual, one_sided, pairs - mutual - one_sided, *nothing)


def _take_observed_census(layer: Layer, observation: Observation) -> DyadCensus:
    """Count the pairs of each part by what is known of them."""
    (sources, targets), returned = layer.list_arcs(), layer.returned
    parts, size = layer.node_parts[sources], len(layer.sizes)
    ends, seen = (observation.codes[sources], observation.codes[targets]), observation.seen
    forth, back = seen[ends], seen.T[ends]

    def count(which: Flags) -> Numbers:
        return np.bincount(parts[which], minlength=size)

    def count_silent(where: Flags) -> Numbers:
        # Ordered pairs without any tie: all of some classes, less those with one. A tie that is not
        # returned is met once, and takes away the pair in both directions.
        held = where[ends]
        pairs = observation.count_class_pairs(where).astype(np.int64)
        return pairs - 2 * count(held) + count(held & returned)

    # Below, what is counted by class, or by returned ties, has each pair twice and is halved; a
    # one-sided pair has one tie only.
    neither, both = ~seen & ~seen.T, seen & seen.T
    return DyadCensus(
        mutual=count(returned & forth & back) // 2,
        one_sided=count(~returned & forth & back),
        empty=count_silent(both) // 2,
        half_tie=count(~returned & ~back),
        half_empty=count_silent(~both & ~neither) // 2,
        unseen=count_silent(neither) // 2,
        mutual_beside=count(returned & ~(forth & back)) // 2,
        one_sided_beside=count(~returned & ~forth & back),
    )


@frozen(eq=False)
class ReciprocityEstimator:
    """The share of ties, or of pairs of people, that is returned.

    Attributes:
        variant: Which definition.
        homes: Within which units.
    """

    variant: str
    homes: Homes = field(factory=Homes)

    def keep_nodes(self, nodes: Numbers) -> ReciprocityEstimator:
        """Return the same of some nodes."""
        return ReciprocityEstimator(self.variant, self.homes.keep_nodes(nodes))

    def _take_unit_census(self, layer: Layer) -> DyadCensus:
        return take_dyad_census(self.homes.lay_out_units(layer)[0])

    def _sum_census(self, layer: Layer) -> DyadCensus:
        """Return the census of each part, that of its units added up."""
        cells = astuple(self._take_unit_census(layer))
        return DyadCensus(
            *(self.homes.sum_by_part(layer, counts).astype(np.int64) for counts in cells)
        )

    def _compute_expected_shares(self, layer: Layer) -> Floats | None:
        """Return what chance alone would give within units: their densities, weighted by ties."""
        if self.homes.codes is None or self.variant != "edgewise":
            return None
        census = self._take_unit_census(layer)
        # 4 of 8 possible ties at one school and 1 of 10 at another: (4 · 0.5 + 1 · 0.1) / 5 = 0.42.
        ties = 2 * census.mutual + census.one_sided
        densities = np.nan_to_num(compute_shares(ties, 2 * census.observed))
        sums = (self.homes.sum_by_part(layer, one) for one in (ties * densities, ties))
        return compute_shares(*sums)

    def __call__(self, layer: Layer) -> Estimate:
        """Return the share among the pairs that were wholly observed."""
        census = self._sum_census(layer)
        numerator, denominator = census.compute_terms(self.variant)
        reasons = choose_reasons(
            len(numerator),
            (census.pairs == 0, Reason.TOO_FEW_PEOPLE),
            (denominator == 0, Reason.NO_TIES),
        )
        expected = self._compute_expected_shares(layer)
        return estimate_shares(numerator, denominator, reasons, expected=expected)

    def bounds(self, layer: Layer) -> Bounds:
        """Return the range over the completions that have a reciprocity at all."""
        if layer.observation is None:
            return make_unknown_bounds(len(layer.sizes))
        census = self._sum_census(layer)
        low = compute_shares(*census.least.compute_terms(self.variant))
        most = compute_shares(*census.most.compute_terms(self.variant))
        # Answers that all agree on nothing leave no tie; then a single tie gives the only figure, 0.
        high = np.where(np.isnan(most), low, most)
        observed = compute_shares(census.observed, census.pairs)
        return Bounds(low, high, find_tie_range_kind(layer, exact_under_caps=False), observed)

    def reweight_figures(self, layer: Layer, weights: Floats, chance: np.random.Generator) -> Draws:
        """Return the share among people who stand as often as their weights say."""
        dyads = resample_dyads(layer, weights, chance)
        census = dyads.mutual, dyads.one_sided, dyads.empty
        return compute_shares(*compute_reciprocity_terms(*census, self.variant))[:, None]

    def find_closure_limit(self, _layer: Layer) -> float:
        """Return from how many people on leaving people out says too little of ties that close."""
        return 0 if self.variant == "dyadic" else CLOSURE_LIMIT

    def split_pairs(self, layer: Layer) -> PairShare:
        """Return what each pair has above and below the line."""
        tied = TiedPairs.of_layer(layer)
        observed, mutual = tied.both, tied.ties == 2  # noqa: PLR2004 - both ties
        if self.variant == "dyadic":
            # All pairs are below the line, and all above it but those with one tie.
            whole = (tied.ways == 2).astype(np.float64)  # noqa: PLR2004
            one_sided = -np.where(observed & ~mutual, 1.0, 0.0)
            nothing = np.zeros(len(one_sided))
            share = PairShare(tied.weigh(one_sided, whole), tied.weigh(nothing, whole))
        else:
            weight = 2 if self.variant == "edgewise" else 1
            counted = np.where(observed, np.where(mutual, weight, 1.0), 0.0)
            share = PairShare(tied.weigh(np.where(mutual, counted, 0.0)), tied.weigh(counted))
        return share.keep_within(self.homes.codes)

    def drop_clusters(self, layer: Layer, clusters: Clusters) -> CountsLeft:
        """Return both counts of the share without the people of each cluster."""
        left = self.split_pairs(layer).drop_clusters(clusters)
        return evolve(left, at_once=2.0) if self.variant == "edgewise" else left
