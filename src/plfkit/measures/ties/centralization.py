"""Centralization: whether a network hangs on single people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Unpack

import numpy as np
from attrs import evolve, field, frozen

from plfkit.arrays import Flags, Floats
from plfkit.errors import MeasureError
from plfkit.graph.groups import GroupSpec
from plfkit.graph.layers import Layer
from plfkit.graph.snapshot import Snapshot
from plfkit.hints import Hint
from plfkit.measures.engine import anchors
from plfkit.measures.engine.estimates import (
    Bounds,
    Estimate,
    choose_reasons,
    make_unknown_bounds,
)
from plfkit.measures.engine.estimating import measure_pieces
from plfkit.measures.engine.layer_counts import compute_shares, find_tie_range_kind, sum_by_part
from plfkit.measures.engine.layer_parts import open_layer
from plfkit.measures.engine.options import TieOptions
from plfkit.measures.engine.pieces import Piece
from plfkit.measures.engine.silence import explain_missing
from plfkit.measures.ties.centrality import BetweennessEstimator, bound_node_ties
from plfkit.measures.ties.tie_defaults import FREEMAN, measure_ties
from plfkit.measures.ties.within import (
    Homes,
    check_within_units,
    describe_within_units,
    label_within_units,
    locate_homes,
)
from plfkit.model.results.result import Result
from plfkit.model.words.choices import check_choice
from plfkit.model.words.kinds import Label
from plfkit.model.words.ranges import RangeKind
from plfkit.model.words.reasons import Reason

CENTRALIZATION_VARIANTS = ("degree", "betweenness")
CENTRALIZATION_DIRECTIONS = ("in", "out", "total", "any")
_LEAST_PEOPLE = {"in": 2, "out": 2, "total": 3, "any": 3}


def _make_centralization_estimator(
    _snapshot: Snapshot, layer: Layer, *, variant: str = "degree", direction: str | None = None
) -> _CentralizationEstimator:
    return _CentralizationEstimator(variant, _resolve_direction(layer, variant, direction))


@measure_ties(
    label=Label(da="Koncentration om enkelte", en="Centralization"),
    tells=Label(
        da="Hvor meget forbindelserne samler sig om én person: 0, hvis alle har lige mange, 1, hvis alle "
        "går til den samme.",
        en="How far ties gather around one person: 0 if all have as many, 1 if all lead to the same.",
    ),
    beware=Label(
        da="Et lavt tal er ikke i sig selv godt: få forbindelser er også spredte, sparring skal gerne gå til "
        "den, der ved noget, og tallet falder af sig selv, hvor der er flere.",
        en="A low figure is not good as such: few ties are scattered, too, advice had better go to those "
        "who know, and the figure falls by itself where people are many.",
    ),
    scale="index",
    anchors=anchors.CENTRALIZATION,
    reference=FREEMAN,
    example={"relation": "advice", "direction": "in"},
    nulls=("size", "mutuals", "degrees"),
    no_interval="it rests on the one person with the most ties, who may be drawn or not",
    extreme=True,
    estimator=_make_centralization_estimator,
)
def centralization(
    snapshot: Snapshot,
    *,
    relation: str,
    by: GroupSpec | None = None,
    survey: str | None = None,
    direction: str | None = None,
    variant: str = "degree",
    within_units: str | None = None,
    **options: Unpack[TieOptions],
) -> Result:
    """Return how far the network hangs on its most central person (Freeman).

    Formula:
        Σ (greatest centrality − centrality of i) / the most that this sum can be with n people.

    The most is (n − 1)² for in- and out-degree (R sna, UCINET, igraph with ``loops=FALSE``),
    2(n − 1)(n − 2) for total degree, (n − 1)(n − 2) for ties taken both ways, (n − 1)²(n − 2) for
    betweenness, half of it without direction.

    As long as ties are unobserved people have not had the same chance to be named, so there is no
    value, only its range. For in- and out-degree it is exact without a limit on names, and an outer
    bound for in-degree with one; for all else it is simulated.

    With ``within_units="school"`` each school is a network of its own, and both sums run over all
    of them: a mean over schools, each weighted by the most its sum could be, (n − 1)². A plain mean
    would let the smallest school, where the figure swings most, count like the largest. Only in-
    and out-degree can be asked for so.

    Beware:
        A low figure is not good as such: few ties are scattered, too, advice had better go to those
        who know, and the figure falls by itself where people are many.

    Args:
        snapshot: The moment.
        relation: Which ties.
        by: One figure for each of these groups, within it.
        survey: Which survey, if several asked.
        direction: ``"in"``, ``"out"`` or ``"total"`` for degree, ``"any"`` for ties taken both ways;
            in-degree, or for betweenness paths in the direction of ties, if left out.
        variant: ``"degree"`` or ``"betweenness"``.
        within_units: A kind of unit: only ties between people of the same one count. People in none
            are left out, and counted in the notes.
        options: What every measure of ties takes: see `plfkit.measures.TieOptions`.

    Returns:
        One figure for each part. Undefined with fewer than two people (three where the formula
        divides by n − 2), and while ties are unobserved. As the figure is about a single person,
        those of parts are never released.

    Raises:
        MeasureError: There is no such relation, survey, direction or variant, or an option is refused.
        UnknownGroupError: People cannot be grouped by `by`, or there is no such kind of unit.

    Source:
        Freeman (1979).

    Examples:
        Two seek Cy, one seeks Ann, nobody Bo: 0 + 1 + 2 of at most 4.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(ties=["ann,bo cy advice", "cy ann advice"])
        >>> centralization(now, relation="advice").item()
        0.75
    """
    check_choice("centralization", "variant", variant, CENTRALIZATION_VARIANTS)
    cut = open_layer(centralization, snapshot, relation, options=options, by=by, survey=survey)
    if cut.how.null == "degrees" and variant == "degree":
        raise MeasureError("centralization has no null 'degrees' of degree: it would hold it fixed")
    check_within_units("centralization", cut, within_units)
    central = _make_centralization_estimator(
        snapshot, cut.whole, variant=variant, direction=direction
    )
    if within_units is not None and not central.has_formula:
        raise MeasureError(Hint("measure.direction_within_units"))
    pieces = []
    for parts, homes in locate_homes(cut, within_units):
        here = evolve(central, homes=homes)
        pieces.append(
            Piece(parts=parts, estimator=here, bounds=here.choose_range_formula(parts.layer))
        )
    described = variant if central.direction is None else f"{variant}, {central.direction}"
    about = describe_within_units(cut, within_units)
    found = measure_pieces(centralization, cut, pieces, variant=described, method=None, **about)
    return label_within_units(found, cut, within_units)


def _resolve_direction(layer: Layer, variant: str, direction: str | None) -> str | None:
    """Return whose ties count; None for paths along ties."""
    if variant == "betweenness":
        if direction is not None:
            check_choice("centralization of betweenness", "direction", direction, ("any",))
        return direction if layer.directed else None
    if not layer.directed:
        check_choice(
            f"centralization in {layer.relation}", "direction", direction or "any", ("any",)
        )
        return "any"
    check_choice("centralization", "direction", direction or "in", CENTRALIZATION_DIRECTIONS)
    return direction or "in"


@frozen(eq=False)
class _CentralizationEstimator:
    """The centralization of a layer, or of its units together.

    Attributes:
        variant: Degree or betweenness.
        direction: Whose ties count; None for paths along ties.
        homes: Within which units.
    """

    variant: str
    direction: str | None
    homes: Homes = field(factory=Homes)

    def __call__(self, layer: Layer) -> Estimate:
        units, _ = self.homes.lay_out_units(layer)
        most = self.homes.sum_by_part(layer, self._find_greatest_sums(units))
        reasons = choose_reasons(
            len(most),
            (most == 0, Reason.TOO_FEW_PEOPLE),
            (self.homes.sum_by_part(layer, _mark_gaps(units)) > 0, explain_missing(layer)),
        )
        value = np.full(len(most), np.nan)
        known = reasons.codes < 0
        if known.any():
            # Of scores 3, 1, 0 the greatest, three times over, is 5 more than their sum.
            scores = self._score_nodes(units)
            sums = units.sizes * _find_greatest(units, scores) - sum_by_part(units, scores)
            value[known] = (self.homes.sum_by_part(layer, sums) / np.fmax(most, 1))[known]
        return Estimate(value=value, reasons=reasons)

    def _score_nodes(self, layer: Layer) -> Floats:
        if self.direction == "any":
            layer = layer.symmetrise_ties()
        if self.variant == "betweenness":
            return BetweennessEstimator("raw")(layer.treat_missing("null")).value
        into, out = layer.adjacency.sum(axis=0), layer.adjacency.sum(axis=1)
        scores = {"in": into, "out": out, "total": into + out, "any": out}[self.direction or "any"]
        return np.asarray(scores, np.float64)

    def _find_greatest_sums(self, layer: Layer) -> Floats:
        """Return the most that distances from the greatest centrality can sum up to in each part."""
        n = layer.sizes.astype(np.float64)
        if self.variant == "betweenness":
            # In a star of 4 all 3·2 paths run through the centre, none through the others: 3 · 6.
            paths = (n - 1) ** 2 * (n - 2)
            most = paths if layer.directed and self.direction is None else paths // 2
        else:
            # In a star of 4 the centre is sought by 3, and each of the others by 0: 3 · 3. Taken both
            # ways the centre has 3, and the others have 1: 3 · 2.
            others = {"in": n - 1, "out": n - 1, "total": 2 * (n - 2), "any": n - 2}
            most = (n - 1) * others[self.direction or "any"]
        return np.where(n < _LEAST_PEOPLE.get(self.direction or "", 3), 0, most)

    @property
    def has_formula(self) -> bool:
        """Whether a formula says between what it lies."""
        return self.variant == "degree" and self.direction in {"in", "out"}

    def choose_range_formula(self, layer: Layer) -> Callable[[Layer], Bounds] | None:
        """Return how the range follows; None if it has no formula."""
        whole = layer.observation is not None and layer.observation.whole
        return self._find_sum_bounds if self.has_formula and not whole else None

    def _find_sum_bounds(self, layer: Layer) -> Bounds:
        """Return the range: the least and the most that the sums of all units can be."""
        if layer.observation is None:
            return make_unknown_bounds(len(layer.sizes))
        units, _ = self.homes.lay_out_units(layer)
        most = self._find_greatest_sums(units)
        least, greatest = (np.where(most > 0, one, 0) for one in self._find_extreme_sums(units))
        least, greatest, most = (
            self.homes.sum_by_part(layer, one) for one in (least, greatest, most)
        )
        kind = find_tie_range_kind(layer, exact_under_caps=self.direction == "out")
        if not most.any():
            kind = RangeKind.EXACT
        observed = self.homes.find_observed_shares(layer)
        return Bounds(compute_shares(least, most), compute_shares(greatest, most), kind, observed)

    def _find_extreme_sums(self, layer: Layer) -> tuple[Floats, Floats]:
        """Return the least and the greatest sum of each part: unobserved names evened out, or to one."""
        told = self._score_nodes(layer)
        could = bound_node_ties(layer)[self.direction or "in"]
        n, parts = layer.sizes, layer.node_parts
        top, total = _find_greatest(layer, told), sum_by_part(layer, told)
        # Told 3, 1, 0, and 3, 2, 2 at most. If all open names go to the last: 3·3 − 4 − 2 = 3, that
        # is 0 + 2 + 1. If all come as near to the first as names allow: 3·3 − (3 + 2 + 2) = 2.
        risen = n[parts] * np.fmax(top[parts], could) - total[parts] - (could - told)
        least = n * top - sum_by_part(layer, np.fmin(top[parts], could))
        return least, np.fmax(_find_greatest(layer, risen), n * top - total)


def _mark_gaps(layer: Layer) -> Flags:
    """Tell of which parts not every pair was observed, where it was recorded who was asked."""
    if layer.recorded is None:
        return np.zeros(len(layer.sizes), np.bool_)
    return np.asarray(~layer.recorded.whole_parts & layer.recorded_parts)


def _find_greatest(layer: Layer, scores: Floats) -> Floats:
    """Return the greatest score of each part's nodes; 0 where there are none."""
    greatest = np.zeros(len(layer.sizes))
    there = layer.sizes > 0
    # Parts that begin at 0 and 2, the last ending at 5: the greatest of the first 2, then of 3.
    greatest[there] = np.maximum.reduceat(scores, layer.starts[:-1][there]) if layer.n else 0
    return greatest
