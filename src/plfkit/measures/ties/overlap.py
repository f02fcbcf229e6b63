"""Overlap: how often two people who are tied in one way are tied in another."""

from __future__ import annotations

from typing import Unpack

import numpy as np
from attrs import frozen

from plfkit.arrays import Flags, Numbers
from plfkit.graph.groups import GroupSpec
from plfkit.graph.layers import Layer
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.engine.estimating import OBSERVED
from plfkit.measures.engine.layer_counts import (
    compute_response_rate,
    compute_share,
    find_tie_range_kind,
)
from plfkit.measures.engine.layer_parts import cut_layer, open_layer
from plfkit.measures.engine.options import TieOptions
from plfkit.measures.engine.silence import explain_missing
from plfkit.measures.ties.contacts import mark_open_classes
from plfkit.measures.ties.tie_defaults import measure_ties
from plfkit.model.records.needs import Need
from plfkit.model.results.figures import Figure
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
    other = others.whole
    rows, kinds = [], []
    for (part, layer), (_, beside) in zip(cut, others, strict=True):
        pair = _LayerPair.of(
            layer.treat_missing(cut.how.missing), beside.treat_missing(cut.how.missing)
        )
        ranged = _LayerPair.of(layer.narrow_range(), beside.narrow_range())
        rows.append(_build_layer_overlap(part, pair, ranged))
        kinds.append(ranged.kind)
    if _list_overlap_needs(cut.whole, other) and _are_kin(snapshot, relation, against):
        # What fills a gap in a sort fills it in the relation too: the range takes them for apart.
        kinds.append(RangeKind.OUTER_BOUND)
    unasked = {Reason.NOT_SURVEYED, Reason.SURVEY_UNDATED} & {cut.whole.reason, other.reason}
    return cut.build_result(
        layer_overlap,
        rows,
        needs=(Need("surveys"),) if unasked else _list_overlap_needs(cut.whole, other),
        questions=(*snapshot.questions(relation), *snapshot.questions(against)),
        variant=against,
        missing=cut.how.missing,
        method=_name_overlap_method(cut.how.missing, cut.whole, other),
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
    """Two layers of the same people, with ties in either direction.

    Attributes:
        first: The one.
        second: The other.
    """

    first: Layer
    second: Layer

    @classmethod
    def of(cls, first: Layer, second: Layer) -> _LayerPair:
        """Restrict two layers to the people whom both are about."""
        one = first.keep_nodes(first.find_nodes(second.persons))
        other = second.keep_nodes(second.find_nodes(first.persons))
        return cls(one.symmetrise_ties(), other.symmetrise_ties())

    @property
    def kind(self) -> RangeKind:
        """What the range is: no better than for either layer."""
        return pick_weakest_kind(
            find_tie_range_kind(layer, exact_under_caps=False)
            for layer in (self.first, self.second)
        )

    @property
    def reason(self) -> str | None:
        """Why there can be no figure."""
        return self.first.reason or self.second.reason

    def explain_no_pairs(self) -> str:
        """Say why no pair is known to be tied: there is none, or not everything is known."""
        open_ = (
            one
            for one in (self.first, self.second)
            if one.observation and not one.observation.whole
        )
        return next((explain_missing(layer) for layer in open_), Reason.NO_TIES)

    def list_tied_pairs(self, layer: Layer) -> Numbers:
        """Return the tied pairs of a layer, each as one number."""
        sources, targets = layer.list_arcs()
        # Each pair once, as one number: of 10 nodes 3 and 7 are 37, which `divmod` takes apart.
        once = sources < targets
        return np.sort(sources[once] * layer.n + targets[once])

    def mark_open_pairs(self, layer: Layer, pairs: Numbers) -> Flags:
        """Tell of which pairs nobody told, whichever way they are."""
        observation = layer.observation
        assert observation is not None  # noqa: S101 - the caller has looked
        sources, targets = np.divmod(pairs, max(layer.n, 1))
        return mark_open_classes(observation)[
            observation.codes[sources], observation.codes[targets]
        ]

    def count_open_pairs(self, *layers: Layer) -> float:
        """Count the pairs that are open in each of some layers, by their classes."""
        known = [layer.observation for layer in layers]
        codes = np.stack([one.codes for one in known if one is not None], axis=1)
        # People alike in every layer make a joint class: codes (0, 1), (0, 1), (2, 1) are two.
        classes, sizes = np.unique(codes, axis=0, return_counts=True)
        where = np.ones((len(classes), len(classes)), np.bool_)
        for column, one in enumerate(known):
            if one is not None:
                own = classes[:, column]
                where &= mark_open_classes(one)[np.ix_(own, own)]
        # Classes of 2 and 3, all open: 5·5 pairs, less 5 of somebody with themselves, halved: 10.
        return float(sizes @ where @ sizes - where.diagonal() @ sizes) / 2


def _build_layer_overlap(part: str | None, pair: _LayerPair, ranged: _LayerPair) -> Figure:
    n = pair.first.n
    if pair.reason is not None:
        return Figure(part=part, n=n, reason=pair.reason)
    first, second = pair.list_tied_pairs(pair.first), pair.list_tied_pairs(pair.second)
    known = np.ones(len(first), np.bool_)
    for layer in (pair.first, pair.second):
        if layer.observation is not None:
            known &= ~pair.mark_open_pairs(layer, first)
    shared, tied = float(np.isin(first[known], second).sum()), float(known.sum())
    lower, upper = _find_overlap_range(ranged)
    value = compute_share(shared, tied)
    if value is not None and lower is not None and upper is not None:
        value = min(max(value, lower), upper)
    # A value that was moved into its range is no longer that of its counts.
    exact = value is not None and value == shared / tied
    return Figure(
        part=part,
        value=value,
        lower=lower,
        upper=upper,
        numerator=shared if exact else None,
        denominator=tied if exact else None,
        n=n,
        response_rate=compute_response_rate(pair.first),
        observed=compute_share(tied, float(len(first))),
        reason=None if value is not None else pair.explain_no_pairs(),
    )


def _find_overlap_range(pair: _LayerPair) -> tuple[float | None, float | None]:
    """Return the least and the greatest share over all completions of both layers."""
    one, other = pair.first, pair.second
    if one.observation is None or other.observation is None:
        return None, None
    first, second = pair.list_tied_pairs(one), pair.list_tied_pairs(other)
    shared = float(np.isin(first, second).sum())
    may_share = shared + float((pair.mark_open_pairs(other, first) & ~np.isin(first, second)).sum())
    # Further pairs that may be tied in the first: `settled` are tied in the second, `unsettled` may be.
    beyond = second[~np.isin(second, first)]
    settled = float(pair.mark_open_pairs(one, beyond).sum())
    open_ = pair.count_open_pairs(one) - float(pair.mark_open_pairs(one, first).sum())
    unsettled = pair.count_open_pairs(one, other) - sum(
        float((pair.mark_open_pairs(one, pairs) & pair.mark_open_pairs(other, pairs)).sum())
        for pairs in (first, beyond)
    )
    count = float(len(first))
    # Tied in both 2 of 4; open in the first 3, of which 1 is tied in the second. At least 2 / 6, as
    # that one would add to both sides; at most 3 / 5, as nothing is open in the second.
    lower = compute_share(shared, count + open_ - settled)
    upper = compute_share(may_share + settled + unsettled, count + settled + unsettled)
    return (upper if lower is None else lower), (lower if upper is None else upper)
