"""Centrality: how many ties each person has, and who stands between others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Unpack

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from plfkit.arrays import Floats, Numbers
from plfkit.errors import MeasureError
from plfkit.graph.adjacency import count_entries, unpack_targets
from plfkit.graph.groups import GroupSpec
from plfkit.graph.layers import Layer
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.engine.estimates import (
    Bounds,
    Estimate,
    choose_reasons,
    make_unknown_bounds,
)
from plfkit.measures.engine.estimating import measure_pieces
from plfkit.measures.engine.layer_counts import find_tie_range_kind
from plfkit.measures.engine.layer_parts import build_person_keys, open_layer
from plfkit.measures.engine.options import TieOptions
from plfkit.measures.engine.pieces import Piece
from plfkit.measures.engine.silence import (
    ANSWERED,
    TOLD,
    explain_missing,
    find_node_schools,
    scale_in_ties,
)
from plfkit.measures.ties.path_shares import sum_path_shares
from plfkit.measures.ties.tie_defaults import FREEMAN, measure_each_person
from plfkit.model.results.result import Result
from plfkit.model.words.choices import check_choice
from plfkit.model.words.kinds import Label
from plfkit.model.words.notes import Note
from plfkit.model.words.reasons import Reason
from plfkit.resampling import Work

_BRANDES = (
    "Freeman (1977), Sociometry 40, 35-41; by Brandes (2001), doi:10.1080/0022250X.2001.9990249"
)
DEGREE_DIRECTIONS = ("in", "out", "total")
BETWEENNESS_VARIANTS = ("raw", "normalised")
_CELLS_AT_A_TIME = 4_000_000
"""How many sources by people are worked on in one go; 256 sources at most, so that workers share them."""


@measure_each_person(
    label=Label(da="Antal forbindelser pr. person", en="Degree"),
    tells=Label(
        da="Hvor mange der søger en person (ind), og hvor mange personen selv søger (ud).",
        en="How many seek a person (in), and how many that person seeks (out).",
    ),
    beware=Label(
        da="Mange forbindelser er ikke det samme som god støtte, og tallet må ikke bruges om enkeltpersoner.",
        en="Many ties are not the same as good support, and the figure is not for judging people.",
    ),
    scale="count",
    reference=FREEMAN,
    example={"relation": "observation", "direction": "in"},
    no_interval="a person drawn twice would be two people with the same ties",
)
def degree(
    snapshot: Snapshot,
    *,
    relation: str,
    by: GroupSpec | None = None,
    survey: str | None = None,
    direction: str | None = None,
    **options: Unpack[TieOptions],
) -> Result:
    """Return how many ties each person has.

    Formula:
        in: the number of people who name i; out: the number whom i names; total: their sum.

    An undirected relation has ``"total"`` only, the number of different people.

    Where some did not answer, ``"out"`` is what the person answered. ``"in"`` is scaled up from
    what others told: it is divided, school by school, by the share of them who answered, so it is
    an estimate and need not be a whole number. Without a direction either side may tell of a tie,
    so there is a value only if no answer could change it. The range is exact for each person: it
    adds the unobserved ties, as many as could be, to those told; for undirected ties, or several
    surveys, with a limit on names it is an outer bound.

    Beware:
        Many ties are not the same as good support, and the figure is not for judging people.

    Args:
        snapshot: The moment.
        relation: Which ties.
        by: The people of each of these groups, and the ties within it.
        survey: Which survey, if several asked.
        direction: Which of the three; in and out (or total, if undirected) if left out.
        options: What every measure of ties takes: see `plfkit.measures.TieOptions`.

    Returns:
        One figure for each person and direction, ``id`` and ``figure``. The out-degree and total of
        somebody who did not answer all they were asked are undefined (``"some_did_not_answer"``), and
        so is the in-degree of somebody about whom nobody answered.

    Raises:
        MeasureError: There is no such relation, survey or direction.
        UnknownGroupError: People cannot be grouped by `by`.

    Source:
        Freeman (1979).

    Examples:
        Ann and Bo seek Cy, and Cy seeks Ann.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(ties=["ann,bo cy advice", "cy ann advice"])
        >>> [(figure.id, figure.value) for figure in degree(now, relation="advice", direction="in")]
        [('ann', 1.0), ('bo', 0.0), ('cy', 2.0)]
    """
    cut = open_layer(degree, snapshot, relation, options=options, by=by, survey=survey)
    names = _choose_directions(cut.whole, direction)
    pieces = [
        Piece(
            parts=parts,
            keys=build_person_keys(snapshot, parts.layer, names),
            places=np.tile(parts.layer.node_parts, len(names)),
            estimator=_DegreeEstimator(names, find_node_schools(snapshot, parts.layer)),
            certain_only=not parts.layer.directed,
        )
        for parts in cut.sort_parts()
    ]
    method = ANSWERED if names == ("out",) else TOLD if cut.whole.directed else None
    return measure_pieces(degree, cut, pieces, method=method)


def _choose_directions(layer: Layer, direction: str | None) -> tuple[str, ...]:
    possible = DEGREE_DIRECTIONS if layer.directed else ("total",)
    if direction is None:
        return possible[:2]
    if direction not in possible:
        raise MeasureError(
            f"degree in {layer.relation} has no direction {direction!r}: use {', '.join(possible)}"
        )
    return (direction,)


@frozen(eq=False)
class _DegreeEstimator:
    """How many ties each person has, direction after direction.

    Attributes:
        names: The directions.
        schools: The school of each node.
    """

    names: tuple[str, ...]
    schools: Numbers

    def __call__(self, layer: Layer) -> Estimate:
        into, out = scale_in_ties(layer, self.schools), _count_told_ties(layer)["out"]
        if layer.observation is not None:
            out = np.where(layer.observation.nodes_answered, out, np.nan)
        told = _count_told_ties(layer)["total"]
        ties = {"in": into, "out": out, "total": into + out if layer.directed else told}
        value = np.concatenate([ties[name] for name in self.names])
        missing = np.isnan(value), explain_missing(layer)
        return Estimate(value=value, reasons=choose_reasons(len(value), missing))

    def bounds(self, layer: Layer) -> Bounds:
        if layer.observation is None:
            return make_unknown_bounds(layer.n * len(self.names))
        least, most = _count_told_ties(layer), bound_node_ties(layer)
        return Bounds(
            np.concatenate([least[name] for name in self.names]).astype(np.float64),
            np.concatenate([most[name] for name in self.names]).astype(np.float64),
            find_tie_range_kind(layer, exact_under_caps=layer.directed),
        )


DirectionCounts = dict[str, Floats]


def _count_told_ties(layer: Layer) -> DirectionCounts:
    """Return how many ties of each person were told, by direction."""
    into, out = count_entries(layer.adjacency)
    return {"in": into, "out": out, "total": into + out if layer.directed else out}


def bound_node_ties(layer: Layer) -> DirectionCounts:
    """Return the most ties each person may have, by direction; the observation is known."""
    observation = layer.observation
    assert observation is not None  # noqa: S101 - the caller has looked
    (roster_in, roster_out), (beyond_in, beyond_out) = (
        count_entries(layer.find_told_unseen_ties(asked=a)) for a in (True, False)
    )
    told = _count_told_ties(layer)
    # Of 9 open pairs on the roster 2 are tied for certain; with room for 5 names, 5 of the other 7
    # may be. Without direction the others may name one as well, so there is no limit.
    cap = observation.cap[observation.codes] if layer.directed else np.inf
    named = np.minimum(cap, observation.count_unseen_out(asked=True) - roster_out)
    out = told["out"] + named + observation.count_unseen_out(asked=False) - beyond_out
    into = told["in"] + observation.count_unseen_in() - roster_in - beyond_in
    return {"in": into, "out": out, "total": into + out if layer.directed else out}


@measure_each_person(
    label=Label(da="Placering mellem andre", en="Betweenness"),
    tells=Label(
        da="Hvor mange af de korteste veje mellem to andre der går gennem en person.",
        en="How many of the shortest paths between two others run through a person.",
    ),
    beware=Label(
        da="Tallet kan skifte meget, når en enkelt svarer eller ikke svarer, og må ikke bruges om "
        "enkeltpersoner.",
        en="One answer more or less may change it greatly, and it is not for judging people.",
    ),
    scale="index",
    reference=_BRANDES,
    example={"relation": "advice", "variant": "normalised"},
    no_interval="shortest paths among people drawn twice are not those of a comparable staff",
)
def betweenness(
    snapshot: Snapshot,
    *,
    relation: str,
    by: GroupSpec | None = None,
    survey: str | None = None,
    variant: str = "raw",
    sources: int | None = None,
    **options: Unpack[TieOptions],
) -> Result:
    """Return through whom the shortest paths between others run.

    Formula:
        Σ over pairs of others of (their shortest paths through v / their shortest paths); over (n −
        1)(n − 2) for ``"normalised"``.

    Pairs are ordered, and unordered where ties are undirected. Directed ties are followed in their direction.

    Paths change greatly with single answers, so where some did not answer there is no value, only the
    range, which is simulated; ``missing="null"`` follows what was told. Of 1,800 people of whom half
    are silent, and could have named anybody, it takes minutes: `executor` shares them out, and fewer
    `draws` take less.
    For many people, `sources` takes the paths that begin at so many of them, drawn with `seed`, and
    scales up; the figures are estimates then, and the range is left out.

    Beware:
        One answer more or less may change it greatly, and it is not for judging people.

    Args:
        snapshot: The moment.
        relation: Which ties.
        by: The people of each of these groups, and paths within it.
        survey: Which survey, if several asked.
        variant: ``"raw"`` or ``"normalised"``.
        sources: From how many people paths are followed; from everybody if left out.
        options: What every measure of ties takes: see `plfkit.measures.TieOptions`; with an executor the work
            is shared out.

    Returns:
        One figure for each person, ``id``. Undefined with fewer than three people, and where some did
        not answer.

    Raises:
        MeasureError: There is no such relation, survey or variant, or an option is refused.
        UnknownGroupError: People cannot be grouped by `by`.

    Source:
        Freeman (1977); Brandes (2001).

    Examples:
        Ann seeks Bo, who seeks Cy: the one path between two others runs through Bo.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(ties=["ann bo advice", "bo cy advice"])
        >>> [(figure.id, figure.value) for figure in betweenness(now, relation="advice")]
        [('ann', 0.0), ('bo', 1.0), ('cy', 0.0)]
    """
    check_choice("betweenness", "variant", variant, BETWEENNESS_VARIANTS)
    if sources is not None and sources < 1:
        raise MeasureError(f"betweenness: sources must be at least 1, not {sources}")
    cut = open_layer(betweenness, snapshot, relation, options=options, by=by, survey=survey)
    pieces = []
    # Where all paths are followed there is a range; from some people on there is none.
    small = None if sources is None else cut.laid_out.sizes <= sources
    for parts in cut.sort_parts(apart=small):
        between = BetweennessEstimator(
            variant, _draw_path_sources(parts.layer, sources, cut.how.drawing.seed)
        )
        pieces.append(
            Piece(
                parts=parts,
                keys=build_person_keys(snapshot, parts.layer),
                places=parts.layer.node_parts,
                estimator=between,
                bounds=None if between.sources is None else lambda at: make_unknown_bounds(at.n),
                compute_in_parallel=between.estimate_in_parallel,
                certain_only=True,
            )
        )
    notes = dict(cut.whole.notes)
    if sources is not None:
        notes[Note.PATHS_FROM] = min(sources, cut.whole.n)
    return measure_pieces(betweenness, cut, pieces, variant=variant, notes=notes, method=None)


def _draw_path_sources(layer: Layer, sources: int | None, seed: int) -> Numbers | None:
    """Draw the people of each part whose paths are followed; None for everybody."""
    if sources is None or (layer.sizes <= sources).all():
        return None
    return np.concatenate(
        [
            first + _draw_some(size, sources, seed)
            for first, size in zip(layer.starts.tolist(), layer.sizes.tolist(), strict=False)
        ]
    )


def _draw_some(n: int, count: int, seed: int) -> Numbers:
    """Draw so many of n numbers, or take all of them if they are no more."""
    if count >= n:
        return np.arange(n)
    return np.sort(np.random.default_rng(seed).choice(n, count, replace=False))


@frozen(eq=False)
class BetweennessEstimator:
    """The betweenness of every person.

    Attributes:
        variant: Raw or normalised.
        sources: The nodes whose paths are followed; all if None.
    """

    variant: str
    sources: Numbers | None = None

    def __call__(self, layer: Layer) -> Estimate:
        """Return the betweenness of every person."""
        return self._sum_path_scores(
            layer, map(_score_source_batch, self._split_path_sources(layer))
        )

    def estimate_in_parallel(self, layer: Layer, work: Work) -> Estimate:
        """Return the same, the work shared out."""
        return self._sum_path_scores(
            layer, work.run_jobs(_score_source_batch, self._split_path_sources(layer))
        )

    def _split_path_sources(self, layer: Layer) -> list[_SourceBatch]:
        starts, targets = unpack_targets(layer.adjacency)
        sources = (np.arange(layer.n) if self.sources is None else self.sources).astype(np.int32)
        some = int(np.clip(_CELLS_AT_A_TIME // max(layer.n, 1), 16, 256))
        return [
            _SourceBatch(starts, targets, sources[first : first + some])
            for first in range(0, len(sources), some)
        ]

    def _sum_path_scores(self, layer: Layer, scores: Iterable[Floats]) -> Estimate:
        value = np.zeros(layer.n)
        for score in scores:
            value += score
        sizes, parts = layer.sizes, layer.node_parts
        if self.sources is not None:
            # Paths from 64 of 640 people: each stands for those from ten.
            followed = np.bincount(parts[self.sources], minlength=len(sizes))
            value *= (sizes / np.fmax(followed, 1))[parts]
        pairs = ((sizes - 1) * (sizes - 2))[parts]
        # Without direction each pair was walked from both its ends.
        value /= (1 if layer.directed else 2) if self.variant == "raw" else np.fmax(pairs, 1)
        few = pairs == 0
        return Estimate(
            value=np.where(few, np.nan, value),
            reasons=choose_reasons(layer.n, (few, Reason.TOO_FEW_PEOPLE)),
        )


@frozen(eq=False)
class _SourceBatch:
    """The paths from some nodes."""

    starts: NDArray[np.int32]
    targets: NDArray[np.int32]
    sources: NDArray[np.int32]


def _score_source_batch(job: _SourceBatch) -> Floats:
    """Return each node's share of the shortest paths from some nodes."""
    return sum_path_shares(job.starts, job.targets, job.sources)
