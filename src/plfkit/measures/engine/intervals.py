"""Intervals: which way to one a result takes, for how many people it holds, and its columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

import numpy as np
from attrs import frozen

from plfkit.arrays import Floats
from plfkit.errors import MeasureError
from plfkit.graph.layers import Layer
from plfkit.graph.snapshot import Snapshot
from plfkit.hints import Hint
from plfkit.measures.engine.estimates import (
    Estimator,
    ReweightedEstimator,
    estimate_interval,
)
from plfkit.measures.engine.leaving_out import LeavingEstimator, find_jackknife_interval
from plfkit.measures.engine.silence import find_node_schools
from plfkit.measures.engine.tasks import PeopleTask
from plfkit.model.words.intervals import IntervalMethod
from plfkit.resampling.drawing import Draws, Task
from plfkit.resampling.pairs import Clusters

LEAST_PEOPLE = {IntervalMethod.JACKKNIFE: 8, IntervalMethod.PAIRS: 8, IntervalMethod.BOOTSTRAP: 15}
"""With fewer people an interval does not cover what it promises, or nobody has looked."""

LEAST_SCHOOLS, LEAST_ANSWERS = 10, 15
"""The spread between schools takes so many of them with so many answers each."""


@frozen(eq=False)
class IntervalFinder:
    """How the intervals of a result are found.

    Attributes:
        method: Which way.
        snapshot: The moment.
        least: What a figure is where the share that it stands for is 0.
    """

    method: IntervalMethod
    snapshot: Snapshot
    least: float

    @classmethod
    def of_result(
        cls,
        name: str,
        asked: bool | str,  # noqa: FBT001 - as it is asked
        layers: Sequence[Layer],
        snapshot: Snapshot,
        least: float,
    ) -> IntervalFinder | None:
        """Return how the intervals that are asked for are found; None if none is.

        Left to plfkit, schools are left out where every part has enough of them, and else people.

        Raises:
            MeasureError: No part has enough people, or schools, for it.
        """
        if not asked:
            return None
        method = None if asked is True else IntervalMethod.find_word(str(asked))
        if method is None:
            spread = bool(layers) and all(has_enough_schools(snapshot, one) for one in layers)
            method = IntervalMethod.SCHOOLS if spread else IntervalMethod.JACKKNIFE
        found = cls(method, snapshot, least)
        if layers and not any(map(found.is_enough, layers)):
            raise MeasureError(found.refuse_all(name))
        return found

    def is_enough(self, layer: Layer) -> bool:
        """Tell whether a part has enough people, or schools."""
        if self.method is IntervalMethod.SCHOOLS:
            return has_enough_schools(self.snapshot, layer)
        return layer.n >= LEAST_PEOPLE[self.method]

    def count_mixed_parts(self, layer: Layer) -> int:
        """Count the parts over several schools of which people are left out: these say little of schools."""
        if self.method is IntervalMethod.SCHOOLS:
            return 0
        # Of the schools 0, 1 and 2 with the first nodes 0, 9 and 30, in part 0, 0 and 1, part 0 has two.
        _, first = np.unique(find_node_schools(self.snapshot, layer), return_index=True)
        schools = np.bincount(layer.node_parts[first], minlength=len(layer.sizes))
        return int(((schools > 1) & (layer.sizes >= LEAST_PEOPLE[self.method])).sum())

    def count_narrow_parts(self, layer: Layer, estimator: Estimator) -> int:
        """Count the parts with so many people that leaving people out says too little of ties that close."""
        if self.method is IntervalMethod.SCHOOLS:
            return 0
        limit = cast("LeavingEstimator", estimator).find_closure_limit(layer)
        return int((layer.sizes >= max(limit, LEAST_PEOPLE[self.method])).sum())

    def refuse_all(self, name: str) -> Hint:
        """Say how many there would have to be."""
        if self.method is IntervalMethod.SCHOOLS:
            counts = {"schools": LEAST_SCHOOLS, "answers": LEAST_ANSWERS}
            return Hint("measure.interval_needs_schools", measure=name, **counts)
        least = LEAST_PEOPLE[self.method]
        return Hint("measure.interval_needs_people", measure=name, least=least)

    def find_ends(
        self, layer: Layer, estimator: Estimator, value: Floats, draw: Callable[[Task], Draws]
    ) -> tuple[Floats, Floats]:
        """Return both ends of the interval of a part's figures; NaN where there are none."""
        if not self.is_enough(layer):
            nothing = np.full(len(value), np.nan)
            return nothing, nothing
        if self.method is IntervalMethod.BOOTSTRAP:
            draws = draw(PeopleTask(layer, cast("ReweightedEstimator", estimator)))
            return estimate_interval(value, draws, least=self.least)
        clusters = Clusters.of_persons(layer.n)
        if self.method is IntervalMethod.SCHOOLS:
            clusters = find_school_clusters(self.snapshot, layer)
        left = cast("LeavingEstimator", estimator).drop_clusters(layer, clusters)
        lower, upper = find_jackknife_interval(float(value[0]), left, least=self.least)
        return np.array([lower]), np.array([upper])


def find_school_clusters(snapshot: Snapshot, layer: Layer) -> Clusters:
    """Return the schools of a layer's people; those at none go together as if they were one."""
    codes = find_node_schools(snapshot, layer)
    return Clusters(codes, int(codes.max(initial=-1)) + 1)


def has_enough_schools(snapshot: Snapshot, layer: Layer) -> bool:
    """Tell whether enough schools have enough people who answered."""
    schools = find_school_clusters(snapshot, layer)
    answered = np.ones(layer.n, np.bool_)
    if layer.observation is not None:
        answered = layer.observation.nodes_answered
    counts = np.bincount(schools.codes[answered], minlength=schools.count)
    return int((counts >= LEAST_ANSWERS).sum()) >= LEAST_SCHOOLS
