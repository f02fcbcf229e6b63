"""Overlap: how often two people who are tied in one way are tied in another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Unpack

import numpy as np
from attrs import frozen

from plfkit.arrays import Flags, Floats, Numbers
from plfkit.graph.groups import GroupSpec
from plfkit.graph.layers import Layer
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.engine.estimates import (
    Bounds,
    choose_reasons,
    estimate_shares,
    move_into_bounds,
)
from plfkit.measures.engine.estimating import OBSERVED
from plfkit.measures.engine.layer_counts import (
    compute_shares,
    find_tie_range_kind,
)
from plfkit.measures.engine.layer_parts import cut_layer, open_layer
from plfkit.measures.engine.options import TieOptions
from plfkit.measures.ties.contacts import mark_open_classes
from plfkit.measures.ties.tie_defaults import measure_ties
from plfkit.model.records.needs import Need
from plfkit.model.records.tables import Table
from plfkit.model.results.figures import (
    Cells,
    CodedTexts,
    Figure,
    build_figures,
    code_texts,
)
from plfkit.model.results.result import Result
from plfkit.model.words.kinds import Label
from plfkit.model.words.ranges import RangeKind, pick_weakest_kind
from plfkit.model.words.reasons import Reason


@measure_ties(
    label=Label(da="Forbindelser af to slags", en="Ties of two kinds"),
    tells=Label(
        da="Hvor stor en del af de par, der har den ene forbindelse, der også har den anden.",
        en="How large a part of the pairs that have one tie also has the other.",
    ),
    beware=Label(
        da="Hvor næsten alle har den anden forbindelse, er tallet højt af sig selv.",
        en="Where nearly everybody has the other tie, the figure is high by itself.",
    ),
    reference="Wasserman & Faust (1994), ch. 3; multiplexity of dyads",
    example={"relation": "collaboration", "against": "reflective_dialogue"},
    no_null="compare the two relations with plfkit.inference.qap, which keeps both as they are",
    no_interval="an interval among comparable staffs is known for one relation only",
)
def layer_overlap(
    snapshot: Snapshot,
    *,
    relation: str,
    against: str,
    by: GroupSpec | None = None,
    survey: str | None = None,
    **options: Unpack[TieOptions],
) -> Result:
    """Return the share of pairs tied in one relation that are tied in another too.

    Formula:
        pairs tied in both relations / pairs tied in the first.

    Pairs are of people whom both relations are about; a tie in either direction ties them. The
    value is the share among pairs both of whom answered about both relations. The range goes over
    all completions of both relations: a pair that may be tied in the first counts at the lower end
    if it makes the figure less, and at the upper end if it makes it more. With a limit on names it
    is an outer bound.

    Beware:
        Where nearly everybody has the other tie, the figure is high by itself.

    Args:
        snapshot: The moment.
        relation: The ties that pairs have.
        against: The ties that they may also have.
        by: One figure for each of these groups, within it.
        survey: Which survey asked about `relation`, if several did.
        options: What every measure of ties takes: see `plfkit.measures.TieOptions`.

    Returns:
        One figure for each part; ``numerator`` and ``denominator`` count pairs. Undefined where no
        pair is tied, and where the other relation was not observed for any of them.

    Raises:
        MeasureError: There is no such relation or survey.
        UnknownGroupError: People cannot be grouped by `by`.

    Source:
        Wasserman & Faust (1994), ch. 3.

    Examples:
        Ann and Bo work together, and so do Bo and Cy; only Ann and Bo observe each other.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(ties=["ann,cy bo collaboration", "ann bo observation"])
        >>> layer_overlap(now, relation="collaboration", against="observation").item()
        0.5
    """
    cut = open_layer(layer_overlap, snapshot, relation, options=options, by=by, survey=survey)
    others = cut_layer(snapshot, against, how=cut.how, by=by, survey=None)
    other, missing = others.whole, cut.how.missing
    pair = _LayerPair.of(*(one.laid_out.treat_missing(missing) for one in (cut, others)))
    ranged = _LayerPair.of(*(one.laid_out.narrow_range() for one in (cut, others)))
    kinds = [*ranged.list_range_kinds()]
    if _list_overlap_needs(cut.whole, other) and _are_kin(snapshot, relation, against):
        # What fills a gap in a sort fills it in the relation too: the range takes them for apart.
        kinds.append(RangeKind.OUTER_BOUND)
    unasked = {Reason.NOT_SURVEYED, Reason.SURVEY_UNDATED} & {cut.whole.reason, other.reason}
    return cut.build_result(
        layer_overlap,
        _build_overlap_figures(cut.labels, pair, ranged),
        needs=(Need("surveys"),) if unasked else _list_overlap_needs(cut.whole, other),
        questions=(*snapshot.questions(relation), *snapshot.questions(against)),
        variant=against,
        missing=missing,
        method=_name_overlap_method(missing, cut.whole, other),
        range_kind=pick_weakest_kind(kinds),
    )


def _are_kin(snapshot: Snapshot, one: str, other: str) -> bool:
    """Tell whether of two relations one is a sort of the other."""
    wider = (snapshot.vocabulary.wider_kinds(name, section="relations") for name in (one, other))
    return any({one, other} <= {*names} for names in wider)


def _name_overlap_method(missing: str, *layers: Layer) -> str | None:
    """Return how the value follows from those who answered; None where nothing is unobserved."""
    known = [layer.observation for layer in layers]
    if all(one is None or one.whole for one in known):
        return None
    return OBSERVED if missing == "available" else missing


def _list_overlap_needs(*layers: Layer) -> tuple[Need, ...]:
    known = [layer.observation for layer in layers]
    return () if all(one is not None and one.whole for one in known) else (Need("responses"),)


@frozen(eq=False)
class _LayerPair:
    """Two layers of the same people, in the same parts, with ties in either direction.

    A pair of people is one number: of 10 nodes 3 and 7 are 37, which `divmod` takes apart.

    Attributes:
        first: The one.
        second: The other.
    """

    first: Layer
    second: Layer

    @classmethod
    def of(cls, first: Layer, second: Layer) -> _LayerPair:
        """Restrict two layers, part by part, to the people whom both are about."""
        one, other = _keep_people_of(first, second), _keep_people_of(second, first)
        return cls(one.symmetrise_ties(), other.symmetrise_ties())

    def list_range_kinds(self) -> Iterator[RangeKind]:
        """Yield what ranges of either layer are."""
        for layer in (self.first, self.second):
            # Parts differ in whether it was recorded who was asked, and so one of each sort will do.
            for part in np.unique(layer.recorded_parts, return_index=True)[1].tolist():
                yield find_tie_range_kind(layer.cut_part(part), exact_under_caps=False)

    def count_open_pairs(self) -> tuple[Floats, Floats]:
        """Count each part's pairs that are open in the first layer, and in both; both were recorded."""
        one, other = self.first.recorded, self.second.recorded
        assert one is not None and other is not None  # noqa: S101, PT018 - the caller has looked
        # People alike in both layers make a class: of 10 classes, 3 and 7 are 37.
        alike, codes = np.unique(one.codes * len(other.told) + other.codes, return_inverse=True)
        first, second = np.divmod(alike, len(other.told))
        joint = one.replace_classes(codes.ravel(), first)
        open_ = mark_open_classes(joint)
        both = open_ & mark_open_classes(other)[np.ix_(second, second)]
        return joint.count_class_pairs(open_) / 2, joint.count_class_pairs(both) / 2

    def count_by_part(self, pairs: Numbers) -> Floats:
        """Count how many of some pairs are in each part."""
        parts = self.first.node_parts[pairs // max(self.first.n, 1)]
        return np.bincount(parts, minlength=len(self.first.sizes)).astype(np.float64)


def _keep_people_of(layer: Layer, other: Layer) -> Layer:
    """Restrict a layer, part by part, to the people whom another one is about too."""
    width = 1 + max(one.persons.max(initial=0) for one in (layer, other))
    # Of 10 people, number 7 in part 3 is 37.
    own, others = (one.node_parts * width + one.persons for one in (layer, other))
    both = _mark_among(own, others)
    return layer if both.all() else layer.keep_nodes(np.flatnonzero(both))


def _list_tied_pairs(layer: Layer) -> Numbers:
    """Return the tied pairs of a layer as numbers, ascending, each once."""
    sources, targets = layer.list_arcs()
    once = sources < targets
    return sources[once] * layer.n + targets[once]


def _mark_open_pairs(layer: Layer, pairs: Numbers) -> Flags:
    """Tell of which pairs nobody told, whichever way they are, where it is known who was asked."""
    recorded = layer.recorded
    if recorded is None:
        return np.zeros(len(pairs), np.bool_)
    sources, targets = np.divmod(pairs, max(layer.n, 1))
    open_ = mark_open_classes(recorded)[recorded.codes[sources], recorded.codes[targets]]
    return np.asarray(open_ & layer.recorded_parts[layer.node_parts[sources]])


def _mark_among(numbers: Numbers, others: Numbers) -> Flags:
    """Tell which of some numbers are among others; none stands twice among either."""
    return np.isin(numbers, others, assume_unique=True)


def _build_overlap_figures(
    labels: Sequence[str | None], pair: _LayerPair, ranged: _LayerPair
) -> Table[Figure]:
    """Return the figure of each part: the share, its range, and why there is none."""
    tied, heard, shared = (pair.count_by_part(pairs) for pairs in _list_counted_pairs(pair))
    estimate = estimate_shares(shared, heard, _explain_no_overlap(pair, heard))
    columns: dict[str, Cells | None] = {"n": pair.first.sizes, "reason": estimate.reasons}
    if labels != (None,):
        columns["part"] = code_texts(labels)
    if pair.first.reason is None and pair.second.reason is None:
        lower, upper = _find_overlap_range(ranged)
        moved = move_into_bounds(estimate, Bounds(lower, upper, RangeKind.UNKNOWN))
        columns |= {"value": moved.value, "lower": lower, "upper": upper}
        columns |= {"numerator": moved.numerator, "denominator": moved.denominator}
        columns["response_rate"] = _look_up_response_rates(pair.first)
        columns["observed"] = compute_shares(heard, tied)
    return build_figures(len(labels), **columns)


def _list_counted_pairs(pair: _LayerPair) -> tuple[Numbers, Numbers, Numbers]:
    """Return the pairs tied in the first layer, those of them known in both, and of these the shared ones."""
    tied = _list_tied_pairs(pair.first)
    known = ~(_mark_open_pairs(pair.first, tied) | _mark_open_pairs(pair.second, tied))
    heard = tied[known]
    return tied, heard, heard[_mark_among(heard, _list_tied_pairs(pair.second))]


def _explain_no_overlap(pair: _LayerPair, heard: Floats) -> CodedTexts:
    """Say why no pair is known to be tied: nobody is there, there is none, or not everything is known."""
    nothing = heard == 0
    first, second = pair.first, pair.second
    cases: list[tuple[Flags | bool, str]] = [
        (first.reason is not None, first.reason or ""),
        (first.sizes == 0, Reason.NOT_SURVEYED),
        (second.reason is not None, second.reason or ""),
    ]
    for layer in (first, second):
        if layer.recorded is not None:
            rates = layer.recorded.response_rates
            gap = nothing & layer.recorded_parts & ~layer.recorded.whole_parts
            cases += [
                (gap & (np.isnan(rates) | (rates == 1)), Reason.NOT_ALL_ASKED),
                (gap & (rates == 0), Reason.NOBODY_ANSWERED),
                (gap, Reason.SOME_DID_NOT_ANSWER),
            ]
    return choose_reasons(len(nothing), *cases, (nothing, Reason.NO_TIES))


def _look_up_response_rates(layer: Layer) -> Floats | None:
    """Return each part's share who answered; NaN, or nothing at all, where nobody recorded who was asked."""
    if layer.recorded is None:
        return None
    return np.where(layer.recorded_parts, layer.recorded.response_rates, np.nan)


def _find_overlap_range(pair: _LayerPair) -> tuple[Floats, Floats]:
    """Return the least and the greatest share of each part over all completions of both layers."""
    one, other, count = pair.first, pair.second, pair.count_by_part
    known = one.recorded_parts & other.recorded_parts
    if not known.any():
        return (np.full(len(known), np.nan),) * 2
    first, second = _list_tied_pairs(one), _list_tied_pairs(other)
    both, beyond = _mark_among(first, second), second[~_mark_among(second, first)]
    open_first, open_beyond = (_mark_open_pairs(one, pairs) for pairs in (first, beyond))
    may_share, may_stay = (_mark_open_pairs(other, pairs) for pairs in (first, beyond))
    open_, open_in_both = pair.count_open_pairs()
    tied, shared, most = count(first), count(first[both]), count(first[both | may_share])
    # Further pairs that may be tied in the first: `settled` are tied in the second, `unsettled` may be.
    settled, open_ = count(beyond[open_beyond]), open_ - count(first[open_first])
    unsettled = open_in_both - count(first[open_first & may_share])
    unsettled -= count(beyond[open_beyond & may_stay])
    # Tied in both 2 of 4; open in the first 3, of which 1 is tied in the second. At least 2 / 6, as
    # that one would add to both sides; at most 3 / 5, as nothing is open in the second.
    lower = compute_shares(shared, tied + open_ - settled)
    upper = compute_shares(most + settled + unsettled, tied + settled + unsettled)
    lower, upper = np.where(np.isnan(lower), upper, lower), np.where(np.isnan(upper), lower, upper)
    return np.where(known, lower, np.nan), np.where(known, upper, np.nan)
