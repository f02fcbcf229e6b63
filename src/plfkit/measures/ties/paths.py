"""Paths: whether the staff along pupils' ways through school work together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Unpack

import numpy as np
from attrs import frozen

from plfkit.arrays import Flags, Floats
from plfkit.graph.attendance import find_people_within, find_units_within
from plfkit.graph.layers import Layer
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.engine.catalogue import OWN_DEFINITION
from plfkit.measures.engine.columns import LAYER_COLUMNS
from plfkit.measures.engine.estimates import Bounds, Estimate, make_unknown_bounds
from plfkit.measures.engine.estimating import measure_pieces
from plfkit.measures.engine.layer_counts import find_tie_range_kind
from plfkit.measures.engine.layer_parts import open_layer
from plfkit.measures.engine.options import TieOptions
from plfkit.measures.engine.pieces import Piece
from plfkit.measures.ties.contacts import mark_open_classes
from plfkit.measures.ties.reach import read_steps
from plfkit.measures.ties.tie_defaults import measure_ties
from plfkit.model.records.needs import Need
from plfkit.model.records.tables import recode_column
from plfkit.model.results.fields import TOTAL
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.kinds import Label
from plfkit.model.words.reasons import Reason

PATH_FIGURES = (TOTAL, "links")

PupilPath = tuple[int, ...]
"""The links of a path, by their numbers."""


@measure_ties(
    label=Label(da="Sammenhæng i elevernes forløb", en="Continuity of pupils' paths"),
    tells=Label(
        da="På hvor stor en del af elevernes forløb gennem skolen personalet på hver side af hver "
        "overgang når hinanden i højst k led.",
        en="On how large a part of the pupils' paths through school the staff on either side of each "
        "transition are within k steps of each other.",
    ),
    beware=Label(
        da="På små skoler når næsten alle hinanden i to led.",
        en="At small schools nearly everybody is within two steps of each other.",
    ),
    counts_people=False,
    tables=("units", "positions", "pathways", "ties"),
    columns=(*LAYER_COLUMNS, "pathways.source", "pathways.target", "pathways.grade"),
    reference=OWN_DEFINITION,
    example={"relation": "collaboration", "k": 1},
    no_null="which ways pupils go is nobody's chance",
    no_interval="ways are not people, and cannot be drawn anew",
)
def path_continuity(
    snapshot: Snapshot,
    *,
    relation: str,
    k: int | None = None,
    survey: str | None = None,
    **options: Unpack[TieOptions],
) -> Result:
    """Return the share of pupils' paths on which the staff of every transition are connected.

    Formula:
        paths on which every link holds / paths; beside it links that hold / links.

    A link is a way that pupils go from one unit to another; it holds when somebody who works at the
    source, or below it, is within k ties, in either direction, of somebody who works at the target.
    A path begins with a link whose source no other link leads into, and goes on with the link of
    the next higher grade whose source is the unit where the last one led, holds it, or lies within
    it.

    Where some did not answer there is a value only if no answer could change it: a tie that nobody
    told of may be the one that is lacking. The range goes from told ties to every unobserved one. A
    link with nobody in the survey on one of its sides has no part in the value, and widens the
    range. With a limit on names the range is an outer bound.

    Beware:
        At small schools nearly everybody is within two steps of each other.

    Args:
        snapshot: The moment.
        relation: Which ties.
        k: The most steps; the standard `steps`, 2, if left out.
        survey: Which survey, if several asked.
        options: What every measure of ties takes: see `plfkit.measures.TieOptions`.

    Returns:
        ``total``, the share of paths on which every link holds, and ``links``, the share of links
        that do; the evidence tells the greatest number of links in a row that hold. Undefined
        without ways, where a side of each has nobody in the survey, and where silent people could
        change it.

    Raises:
        MeasureError: There is no such relation or survey, or k is less than 1.

    Source:
        plfkit's own definition.

    Examples:
        Pupils go from the north and from the west to the south. Ann of the north has a tie with Bo
        of the south, Cy of the west has none.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(
        ...     positions=["ann north teacher", "bo south teacher", "cy west teacher"],
        ...     pathways=["north,west south"],
        ...     ties=["ann bo collaboration"],
        ... )
        >>> figures = path_continuity(now, relation="collaboration", k=1)
        >>> [(one.figure, one.value) for one in figures]
        [('total', 0.5), ('links', 0.5)]
    """
    steps = read_steps("path_continuity", snapshot, k)
    cut = open_layer(path_continuity, snapshot, relation, options=options, survey=survey)
    if not len(snapshot.pathways):
        rows = [Figure(figure=name, reason=Reason.NO_PATHWAYS) for name in PATH_FIGURES]
        return cut.build_result(
            path_continuity, rows, missing=cut.how.missing, needs=(Need("pathways"),)
        )
    [parts] = cut.sort_parts()
    layer = parts.layer
    paths = _PathEstimator(
        tuple(_find_way_staff(snapshot, layer)), tuple(_trace_pupil_paths(snapshot)), steps
    )
    piece = Piece(
        parts=parts,
        keys={"figure": list(PATH_FIGURES)},
        places=np.zeros(len(PATH_FIGURES), np.int64),
        estimator=paths,
        certain_only=True,
    )
    evidence = {
        "paths": len(paths.paths),
        "ways": len(paths.sides),
        "longest_run": paths.find_longest_run(layer),
    }
    return measure_pieces(
        path_continuity,
        cut,
        [piece],
        variant=f"k={steps}",
        evidence=evidence,
        method=None,
    )


def _find_way_ends(snapshot: Snapshot) -> list[tuple[int, int]]:
    """Return the units at the ends of each way, by the sorted order of ids."""
    ids = snapshot.units.column("id").categories
    ways = snapshot.pathways
    source, target = (
        recode_column(ways.column(side), ids).tolist() for side in ("source", "target")
    )
    return list(zip(source, target, strict=True))


def _find_way_staff(snapshot: Snapshot, layer: Layer) -> Iterator[tuple[Flags, Flags]]:
    """Yield which nodes work at the source and at the target of each way."""
    for source, target in _find_way_ends(snapshot):
        yield (
            find_people_within(snapshot, source)[layer.persons],
            find_people_within(snapshot, target)[layer.persons],
        )


def _trace_pupil_paths(snapshot: Snapshot) -> Iterator[PupilPath]:
    """Yield the paths that ways make, each as far as it goes."""
    ends, grades = _find_way_ends(snapshot), _read_way_grades(snapshot)
    within = {unit: find_units_within(snapshot, unit) for pair in ends for unit in pair}

    def meet(one: int, other: int) -> bool:
        return bool(within[one][other] or within[other][one])

    def following(way: int) -> list[int]:
        later = [
            other
            for other, (source, _) in enumerate(ends)
            if grades[other] > grades[way] and meet(ends[way][1], source)
        ]
        # After grade 6, of ways in grades 7 and 9, pupils take that in grade 7.
        first = min((grades[other] for other in later), default=None)
        return [other for other in later if grades[other] == first]

    def grow(path: PupilPath) -> Iterator[PupilPath]:
        onward = following(path[-1])
        if not onward:
            yield path
        for way in onward:
            yield from grow((*path, way))

    # A path starts where no other way leads to.
    begun = {way for path in range(len(ends)) for way in following(path)}
    for way in range(len(ends)):
        if way not in begun:
            yield from grow((way,))


def _read_way_grades(snapshot: Snapshot) -> list[tuple[float, str]]:
    """Return the grade of each way, so that grades that are numbers compare as numbers."""
    grades = [grade or "" for grade in snapshot.pathways.column("grade").tolist()]
    # Keys to compare by: 9 comes before 10, and what is no number before all numbers.
    return [(float(g), "") if g.isdecimal() else (-1.0, g) for g in grades]


@frozen(eq=False)
class _PathEstimator:
    """How far pupils' paths hold.

    Attributes:
        sides: For each link, the nodes at its source and at its target.
        paths: The paths, by the numbers of their links.
        k: The most steps; the standard `steps`, 2, if left out.
    """

    sides: tuple[tuple[Flags, Flags], ...]
    paths: tuple[PupilPath, ...]
    k: int

    def __call__(self, layer: Layer) -> Estimate:
        """Return the figures along told ties."""
        value = self._compute_path_shares(
            self._mark_held_links(layer, possible=False), self._mark_staffed_links()
        )
        reasons = [Reason.EMPTY_GROUP if np.isnan(one) else None for one in value]
        return Estimate(value=value, reasons=reasons)

    def bounds(self, layer: Layer) -> Bounds:
        """Return the figures along told ties, and along all that could be."""
        if layer.observation is None:
            return make_unknown_bounds(len(PATH_FIGURES))
        # A link with nobody on one side may hold or not: one end of the range takes it for either.
        known = [True] * len(self.sides)
        lower, upper = (
            self._compute_path_shares(self._mark_held_links(layer, possible=p), known)
            for p in (False, True)
        )
        return Bounds(lower, upper, find_tie_range_kind(layer, exact_under_caps=False))

    def _compute_path_shares(self, held: Sequence[bool], known: Sequence[bool]) -> Floats:
        """Return the shares among the paths, and the links, of which it is known."""
        whole = []
        for path in self.paths:
            # One link that does not hold breaks a path, whatever is not known of the others.
            broken = any(known[way] and not held[way] for way in path)
            if broken or all(known[way] for way in path):
                whole.append(not broken)
        links = [holds for holds, knows in zip(held, known, strict=True) if knows]
        return np.array([np.mean(one) if one else np.nan for one in (whole, links)], np.float64)

    def _mark_staffed_links(self) -> list[bool]:
        """Tell of which links both sides have people in the survey."""
        return [bool(source.any() and target.any()) for source, target in self.sides]

    def find_longest_run(self, layer: Layer) -> int:
        """Return how many links in a row hold at most, along told ties."""
        held = self._mark_held_links(layer, possible=False)
        return max(_count_longest_run([held[way] for way in path]) for path in self.paths)

    def _mark_held_links(self, layer: Layer, *, possible: bool) -> list[bool]:
        return [self._is_within_steps(layer, *sides, possible=possible) for sides in self.sides]

    def _is_within_steps(
        self, layer: Layer, source: Flags, target: Flags, *, possible: bool
    ) -> bool:
        """Tell whether two sides are within k steps; with nobody on one of them, they may be."""
        if not (source.any() and target.any()):
            return possible
        reached = source
        for _ in range(self.k):
            reached = reached | _mark_tied_nodes(layer, reached, possible=possible)
        return bool((reached & target).any())


def _mark_tied_nodes(layer: Layer, nodes: Flags, *, possible: bool) -> Flags:
    """Return the nodes with a tie to one of some nodes, in either direction."""
    mask = nodes.astype(np.float64)
    found = np.asarray(((layer.adjacency @ mask) + (layer.adjacency.T @ mask)) > 0)
    observation = layer.observation
    if not possible or observation is None:
        return found
    # A node of a class may be tied to any node of some classes; that it reaches itself adds nothing.
    here = np.bincount(observation.codes[nodes], minlength=len(observation.seen)) > 0
    near = np.asarray(mark_open_classes(observation)[here].any(axis=0))
    return np.asarray(found | near[observation.codes])


def _count_longest_run(held: Sequence[bool]) -> int:
    """Return the most links in a row that hold."""
    longest = run = 0
    for holds in held:
        run = run + 1 if holds else 0
        longest = max(longest, run)
    return longest
