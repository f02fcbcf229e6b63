"""Triads: how often two steps are also one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Unpack

import numpy as np
from attrs import frozen
from scipy import sparse

from plfkit.arrays import Flags, Floats, Numbers
from plfkit.graph.adjacency import Adjacency, unpack_arcs, unpack_targets
from plfkit.graph.groups import GroupSpec
from plfkit.graph.layers import Layer
from plfkit.graph.snapshot import Snapshot
from plfkit.kernels import can_compile, count_closed_two_paths
from plfkit.measures.engine.estimates import Estimate, choose_reasons, estimate_shares
from plfkit.measures.engine.estimating import measure_pieces
from plfkit.measures.engine.layer_counts import compute_observed_shares, sum_by_part
from plfkit.measures.engine.layer_parts import open_layer
from plfkit.measures.engine.leaving_out import CLOSURE_LIMIT, CountsLeft
from plfkit.measures.engine.options import TieOptions
from plfkit.measures.engine.pieces import Piece
from plfkit.measures.engine.silence import explain_missing
from plfkit.measures.ties.tie_defaults import LEAVING_OUT, WASSERMAN_FAUST, measure_ties
from plfkit.model.results.result import Result
from plfkit.model.words.choices import check_choice
from plfkit.model.words.kinds import Label
from plfkit.model.words.reasons import Reason
from plfkit.resampling.pairs import Clusters

TRANSITIVITY_VARIANTS = ("weak", "undirected", "strong")
_LEAST_FOR_TRIADS = 3
_TIES_AT_A_TIME = 100_000
"""From how many ties at a time two-paths are followed."""

_OF_A_TRIANGLE = 6.0
"""How many two-paths a triangle without direction closes: from each of three people to either other."""


def _make_transitivity_estimator(
    _snapshot: Snapshot, _layer: Layer, *, variant: str = "weak"
) -> TransitivityEstimator:
    return TransitivityEstimator(variant)


@measure_ties(
    label=Label(da="Lukkede trekanter", en="Transitivity"),
    tells=Label(
        da="Hvor ofte to led (A til B, B til C) også er ét (A til C).",
        en="How often two links (A to B, B to C) are also one (A to C).",
    ),
    beware=Label(
        da="Lukkede trekanter giver tillid, men også færre nye indfald udefra.",
        en="Closed triangles make for trust, and also for fewer ideas from elsewhere.",
    ),
    reference=f"{WASSERMAN_FAUST}, ch. 6",
    example={"relation": "advice", "variant": "undirected"},
    nulls=("size", "mutuals", "degrees"),
    estimator=_make_transitivity_estimator,
    no_interval=None,
    intervals=LEAVING_OUT,
)
def transitivity(
    snapshot: Snapshot,
    *,
    relation: str,
    by: GroupSpec | None = None,
    survey: str | None = None,
    variant: str = "weak",
    **options: Unpack[TieOptions],
) -> Result:
    """Return the share of two-paths that are closed.

    Formula:
        closed two-paths / two-paths: i → j → k of three people, closed where there is i → k as
        well.

    ``"weak"`` takes the ordered two-paths i → j → k of three different people, and counts those with
    i → k (R sna's ``weak``, UCINET's closure); ``"undirected"`` does so with ties taken both ways
    (igraph, networkx on the undirected union); ``"strong"`` is the share of ordered triples in which
    i → k exactly if i → j → k (R sna's ``strong``).

    The value rests on two-paths of which all three ties were observed; ``"strong"`` needs all ties.
    The range under non-response is simulated.

    The intervals of ``"strong"``, which counts all triples, tied or not, of ``"undirected"`` at large
    schools, and a little of ``"weak"`` with 100 people or more, are too narrow where colleagues draw in
    each other's colleagues, unless they leave out schools.

    Beware:
        Closed triangles make for trust, and also for fewer ideas from elsewhere.

    Args:
        snapshot: The moment.
        relation: Which ties.
        by: One figure for each of these groups, within it.
        survey: Which survey, if several asked.
        variant: Which definition.
        options: What every measure of ties takes: see `plfkit.measures.TieOptions`.

    Returns:
        One figure for each part; ``numerator`` counts closed two-paths, ``denominator`` all.
        Undefined with fewer than three people, and without two-paths (``"no_two_paths"``).

    Raises:
        MeasureError: There is no such relation, survey or variant, or an option is refused.
        UnknownGroupError: People cannot be grouped by `by`.

    Source:
        Wasserman & Faust (1994), ch. 6.

    Examples:
        Ann seeks Bo and Cy, Bo seeks Cy, and Cy seeks Dan. Of three two-paths, Ann to Bo to Cy is
        closed, and the two that end at Dan are not.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(ties=["ann bo,cy advice", "bo cy advice", "cy dan advice"])
        >>> [figure] = transitivity(now, relation="advice")
        >>> figure.numerator, figure.denominator
        (1.0, 3.0)
    """
    check_choice("transitivity", "variant", variant, TRANSITIVITY_VARIANTS)
    cut = open_layer(transitivity, snapshot, relation, options=options, by=by, survey=survey)
    closed = TransitivityEstimator(variant)
    pieces = [Piece(parts=parts, estimator=closed) for parts in cut.sort_parts()]
    return measure_pieces(transitivity, cut, pieces, variant=variant)


@frozen
class TransitivityEstimator:
    """The share of two-paths that are closed."""

    variant: str

    def __call__(self, layer: Layer) -> Estimate:
        """Return the share among two-paths of which all three ties were observed."""
        if self.variant == "undirected":
            layer = layer.symmetrise_ties()
        ties = layer.keep_observed_ties()
        closed = sum_by_part(layer, _count_closed_paths(ties))
        paths, n = _count_observed_paths(layer, ties), layer.sizes
        numerator, denominator = closed, paths
        cases = [
            (n < _LEAST_FOR_TRIADS, Reason.TOO_FEW_PEOPLE),
            (compute_observed_shares(layer) == 0, explain_missing(layer)),
        ]
        if self.variant == "strong":
            told = sum_by_part(layer, np.diff(ties.indptr))
            numerator, denominator = _count_agreeing_triples(
                n.astype(np.float64), paths, told, closed
            )
            gaps = layer.observation is not None and not layer.observation.whole
            cases.append((np.full(len(n), gaps), explain_missing(layer)))
        else:
            cases.append((paths == 0, Reason.NO_TWO_PATHS))
        return estimate_shares(numerator, denominator, choose_reasons(len(n), *cases))

    def find_closure_limit(self, layer: Layer) -> float:
        """Return from how many people on leaving people out says too little of ties that close."""
        return CLOSURE_LIMIT if layer.directed and self.variant == "weak" else 0

    def drop_clusters(self, layer: Layer, clusters: Clusters) -> CountsLeft:
        """Return closed two-paths, and all, among the people of all clusters but each."""
        if self.variant == "undirected":
            layer = layer.symmetrise_ties()
        closed, paths = np.zeros(clusters.count), np.zeros(clusters.count)
        all_closed = all_paths = 0
        for path, is_closed in _list_observed_paths(layer, layer.keep_observed_ties()):
            closed += clusters.sum_touching(path, is_closed.astype(np.float64))
            paths += clusters.sum_touching(path, np.ones(len(is_closed)))
            all_closed, all_paths = all_closed + int(is_closed.sum()), all_paths + len(is_closed)
        left = all_closed - closed, all_paths - paths
        if self.variant != "strong":
            return CountsLeft(*left, float(all_paths), 1.0 if layer.directed else _OF_A_TRIANGLE)
        arcs = layer.list_arcs()
        ties_left = len(arcs[0]) - clusters.sum_touching(arcs, np.ones(len(arcs[0])))
        people = layer.n - clusters.sizes
        agreeing, triples = _count_agreeing_triples(people, left[1], ties_left, left[0])
        return CountsLeft(agreeing, triples, float(layer.n * (layer.n - 1) * (layer.n - 2)))


def _count_agreeing_triples(n: Any, paths: Any, ties: Any, closed: Any) -> tuple[Any, Any]:
    """Count the ordered triples of n people in which a path goes with a tie, and all; or arrays of them."""
    triples = n * (n - 1) * (n - 2)
    # Triples with neither path nor tie, or both: all, less those with a path, less those with a tie.
    # Those with both were taken off twice, and come back twice.
    return triples - (paths + ties * (n - 2) - 2 * closed), triples


def _count_closed_paths(ties: Adjacency) -> Numbers:
    """Count the two-paths that begin at each node and are closed."""
    if can_compile(4 * ties.nnz):
        n = ties.shape[0]
        closed, mark = np.zeros(n, np.int64), np.zeros(n, np.uint8)
        count_closed_two_paths(*unpack_targets(ties), closed, mark)
        return closed
    ties = ties.astype(np.int64)
    # Cell (i, k) of the square counts the paths i → j → k: closed where i → k is a tie.
    return np.asarray((ties @ ties).multiply(ties).sum(axis=1))


def _count_observed_paths(layer: Layer, ties: Adjacency) -> Floats:
    """Count each part's ordered two-paths between different people of whom it was observed who is tied."""
    parts, count = layer.node_parts, len(layer.sizes)
    if layer.observation is None or layer.observation.whole:
        # 2 into somebody and 3 out, one of them returned: 6 paths, less 1 that comes back, are 5.
        into = np.bincount(ties.indices, minlength=layer.n)
        through = sum_by_part(layer, into * np.diff(ties.indptr))
        sources, _ = layer.list_arcs()
        return through - np.bincount(parts[sources[layer.returned]], minlength=count)
    ties = ties.astype(np.int64)
    returned = ties.multiply(ties.T).tocoo()
    codes, seen = layer.observation.codes, layer.observation.seen
    ones, kinds = np.ones(layer.n, np.int64), len(seen)
    classes = sparse.csr_array((ones, (np.arange(layer.n), codes)), (layer.n, kinds))
    # By the classes of both ends, as these tell whether anybody would have told of the third tie. Of
    # 10 classes, number 7 of part 3 is row 37.
    begins = sparse.csr_array(
        (ones, (np.arange(layer.n), parts * kinds + codes)), (layer.n, count * kinds)
    )
    paths = ((ties.T @ begins).T @ (ties @ classes)).tocoo()
    part, first = np.divmod(paths.row, kinds)
    known, again = seen[first, paths.col], seen.diagonal()[codes[returned.row]]
    found = np.bincount(part[known], paths.data[known], count)
    return np.asarray(found - np.bincount(parts[returned.row[again]], minlength=count))


def _list_observed_paths(
    layer: Layer, ties: Adjacency
) -> Iterator[tuple[tuple[Numbers, ...], Flags]]:
    """Yield the ordered two-paths of whose ends it was observed whether they are tied, and if they are.

    They come some at a time, since a million people have tens of millions of them.
    """
    sources, middles = unpack_arcs(ties)
    n = max(layer.n, 1)
    # Ties stand row by row, so that their keys (3 → 7 of 10 people is 37) ascend.
    keys = sources * n + middles
    for begin in range(0, len(keys), _TIES_AT_A_TIME):
        some = slice(begin, begin + _TIES_AT_A_TIME)
        path = _extend_ties(ties, sources[some], middles[some])
        kept = path[0] != path[2]
        if layer.observation is not None:
            codes = layer.observation.codes
            kept &= layer.observation.seen[codes[path[0]], codes[path[2]]]
        first, middle, last = (nodes[kept] for nodes in path)
        wanted = first * n + last
        place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        yield (first, middle, last), keys[place] == wanted


def _extend_ties(
    ties: Adjacency, sources: Numbers, middles: Numbers
) -> tuple[Numbers, Numbers, Numbers]:
    """Return all paths of two steps that begin with some ties."""
    starts, degrees = ties.indptr[middles], np.diff(ties.indptr)[middles]
    # Ties to people who seek 2 and 1 others make the paths 0, 0, 1; the place of each within its own
    # tie is 0, 1, 0, and its end stands so far behind the beginning of the middle's row.
    place = np.arange(int(degrees.sum())) - np.repeat(np.cumsum(degrees) - degrees, degrees)
    last = ties.indices[np.repeat(starts, degrees) + place].astype(np.int64)
    return np.repeat(sources, degrees), np.repeat(middles, degrees), last
