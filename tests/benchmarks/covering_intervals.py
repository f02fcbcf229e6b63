"""The rows of the study about intervals: of figures, of changes, and of municipalities of many schools."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, cast

import numpy as np
from attrs import evolve, frozen
from origins import (
    BASES,
    GRADES,
    Flags,
    Floats,
    Origin,
    build_layer,
    draw_again,
    draw_networks,
    draw_people,
    mark_same_grade,
    put_side_by_side,
)

from plfkit.arrays import Numbers
from plfkit.graph.layers import Layer
from plfkit.inference.change_intervals import find_change_interval
from plfkit.measures.engine.estimates import estimate_interval
from plfkit.measures.engine.leaving_out import (
    LeavingEstimator,
    find_jackknife_interval,
)
from plfkit.measures.engine.tasks import PeopleTask
from plfkit.measures.ties.appointed import FormalAdvice
from plfkit.measures.ties.cohesion import Density
from plfkit.measures.ties.dyads import ReciprocityEstimator
from plfkit.measures.ties.mixing import Mixing
from plfkit.measures.ties.triads import TransitivityEstimator
from plfkit.measures.ties.within import Homes
from plfkit.resampling.pairs import Clusters

if TYPE_CHECKING:
    from plfkit.measures.engine.estimates import ReweightedEstimator
    from plfkit.measures.engine.leaving_out import PairEstimator

SIZES = (8, 15, 30, 60, 150)
DRAWS = 199
"""Draws of the bootstrap."""

TRUE_NETWORKS = {8: 40_000, 15: 40_000, 30: 20_000, 60: 10_000, 150: 3_000}
"""How many networks a truth is the mean of."""

STAFFS, SCHOOLS_DIFFER = (15, 20, 30, 45), 0.3
"""Sizes of a municipality's schools, and how much their log odds of a tie differ where they differ."""

Once = Callable[[np.random.Generator, int], list[bool | None]]
Told = tuple[Floats, Floats]


@frozen
class Figure:
    """A figure whose interval is studied.

    Attributes:
        name: Its name in the table.
        build: Makes its estimator of a layer and the number of each node's school.
        count: Counts what is above and below its line, of each of many whole networks.
        least: What it is where the share that it stands for is 0.
        draws: Whether people can be drawn anew.
        mutual: Whether it is of a relation without direction: people are tied who are so either way.
    """

    name: str
    build: Callable[[Layer, Numbers], LeavingEstimator]
    count: Callable[[Flags], Told]
    least: float = 0.0
    draws: bool = False
    mutual: bool = False


def _build_density(_layer: Layer, schools: Numbers) -> LeavingEstimator:
    return Density(Homes(schools if schools.any() else None))


def _build_mixing(layer: Layer, _schools: Numbers) -> LeavingEstimator:
    grades = np.arange(layer.n) % GRADES
    members = layer.build_members([layer.persons[grades == grade] for grade in range(GRADES)])
    return Mixing(members, "out", "network")


def _build_reciprocity(variant: str) -> Callable[[Layer, Numbers], LeavingEstimator]:
    return lambda _layer, schools: ReciprocityEstimator(
        variant, Homes(schools if schools.any() else None)
    )


APPOINTED = 3
"""How many people are appointed to give advice."""


def _build_advice(layer: Layer, _schools: Numbers) -> LeavingEstimator:
    return FormalAdvice(np.arange(layer.n) < APPOINTED)


def _count_sought(ties: Flags) -> Told:
    asked = ties[APPOINTED:]
    return _count_ties(asked[:, :APPOINTED]), _count_ties(asked)


def _count_ties(ties: Flags) -> Floats:
    return np.asarray(ties.sum(axis=(0, 1)), np.float64)


def _count_density(ties: Flags) -> Told:
    n = len(ties)
    return _count_ties(ties), np.full(ties.shape[2], n * (n - 1.0))


def _count_reciprocity(ties: Flags) -> Told:
    return _count_ties(ties & ties.transpose(1, 0, 2)), _count_ties(ties)


def _count_dyadic(ties: Flags) -> Told:
    n, (returned, all_ties) = len(ties), _count_reciprocity(ties)
    pairs = np.full(ties.shape[2], n * (n - 1) / 2)
    return pairs - (all_ties - returned), pairs


def _count_nonnull(ties: Flags) -> Told:
    returned, all_ties = _count_reciprocity(ties)
    return returned / 2, all_ties - returned / 2


def _count_mixing(ties: Flags) -> Told:
    between = ties & ~mark_same_grade(len(ties))[:, :, None]
    return _count_ties(between), _count_ties(ties)


def _count_paths(ties: Flags) -> Told:
    told = ties.transpose(2, 0, 1).astype(np.float32)
    steps = told @ told
    closed = (steps * told).sum(axis=(1, 2), dtype=np.float64)
    back = np.trace(steps, axis1=1, axis2=2).astype(np.float64)
    return closed, steps.sum(axis=(1, 2), dtype=np.float64) - back


def _count_strong(ties: Flags) -> Told:
    n, (closed, paths) = len(ties), _count_paths(ties)
    triples = np.full(len(closed), n * (n - 1.0) * (n - 2))
    return triples - (paths + _count_ties(ties) * (n - 2) - 2 * closed), triples


def _count_mutual(count: Callable[[Flags], Told]) -> Callable[[Flags], Told]:
    return lambda ties: count(ties | ties.transpose(1, 0, 2))


FIGURES = (
    Figure("density", _build_density, _count_density, draws=True),
    Figure("reciprocity", _build_reciprocity("edgewise"), _count_reciprocity, draws=True),
    Figure("reciprocity, dyadic", _build_reciprocity("dyadic"), _count_dyadic),
    Figure("reciprocity, non-null", _build_reciprocity("dyadic_nonnull"), _count_nonnull),
    Figure("transitivity", lambda *_: TransitivityEstimator("weak"), _count_paths),
    Figure(
        "transitivity, undirected",
        lambda *_: TransitivityEstimator("undirected"),
        _count_mutual(_count_paths),
    ),
    Figure("transitivity, strong", lambda *_: TransitivityEstimator("strong"), _count_strong),
    Figure("E–I of grades", _build_mixing, _count_mixing, least=-1.0),
    Figure("advice from three appointed", _build_advice, _count_sought),
)
MUTUAL = (
    Figure("density", _build_density, _count_mutual(_count_density), mutual=True),
    Figure(
        "transitivity",
        lambda *_: TransitivityEstimator("weak"),
        _count_mutual(_count_paths),
        mutual=True,
    ),
    Figure(
        "transitivity, strong",
        lambda *_: TransitivityEstimator("strong"),
        _count_mutual(_count_strong),
        mutual=True,
    ),
    Figure("E–I of grades", _build_mixing, _count_mutual(_count_mixing), least=-1.0, mutual=True),
    Figure("advice from three appointed", _build_advice, _count_mutual(_count_sought), mutual=True),
)
SPARSE = tuple(evolve(one, draws=False) for one in FIGURES)
POOLED = tuple(one for one in FIGURES if one.name in {"density", "reciprocity", "transitivity"})
PAIRED = tuple(one for one in FIGURES if one.name in {"density", "reciprocity", "E–I of grades"})


def draw_batches(
    rng: np.random.Generator, origin: Origin, n: int, count: int, base: float | None = None
) -> Iterator[tuple[Flags, Floats]]:
    """Yield batches of networks with the odds that they come from, so many networks in all."""
    base = BASES[origin][n] if base is None else base
    # A batch of 8 million cells takes some 70 MB.
    size = min(count, max(8_000_000 // n**2, 1))
    for _ in range(-(-count // size)):
        odds = draw_people(rng, n, size) + base
        yield draw_networks(rng, origin, odds), odds


def find_truths(batches: Iterable[Flags], figures: Iterable[Figure]) -> dict[str, float]:
    """Return each figure of all networks together: the count above the line over the one below."""
    sums = {figure.name: np.zeros(2) for figure in figures}
    for ties in batches:
        for figure in figures:
            sums[figure.name] += [counts.sum() for counts in figure.count(ties)]
    return {
        figure.name: figure.least + (1 - figure.least) * sums[figure.name][0] / sums[figure.name][1]
        for figure in figures
    }


@cache
def find_model_truths(
    figures: tuple[Figure, ...], origin: Origin, n: int, base: float
) -> Mapping[str, float]:
    """Return the truths of schools of a size."""
    rng = np.random.default_rng([n, 1])
    batches = draw_batches(rng, origin, n, TRUE_NETWORKS[n], base)
    return find_truths((ties for ties, _ in batches), figures)


def _hold(ends: tuple[float, float] | None, truth: float) -> bool | None:
    return None if ends is None or np.isnan(ends[0]) else ends[0] <= truth <= ends[1]


def _list_figures(figures: tuple[Figure, ...], silent: float) -> tuple[Figure, ...]:
    """Leave out what has no value where somebody is silent."""
    return tuple(one for one in figures if not (silent and one.name == "transitivity, strong"))


def list_figure_rows(figures: tuple[Figure, ...], silent: float) -> tuple[str, ...]:
    """Name the rows of `cover_figures`."""
    names = []
    for figure in _list_figures(figures, silent):
        names += [f"{figure.name}, jackknife"]
        names += [f"{figure.name}, bootstrap"] if figure.draws else []
    return tuple(names)


def cover_figures(
    figures: tuple[Figure, ...],
    origin: Origin,
    n: int,
    base: float,
    silent: float,
    repetitions: int,
) -> Once:
    """Tell whether intervals of figures hold the truth."""
    truths = find_model_truths(figures, origin, n, base)
    draws = np.random.default_rng([n, 2])
    networks = (
        ties[:, :, number]
        for ties, _ in draw_batches(draws, origin, n, repetitions, base)
        for number in range(ties.shape[2])
    )
    together, alone = np.zeros(n, np.int64), Clusters.of_persons(n)

    def once(rng: np.random.Generator, _seed: int) -> list[bool | None]:
        told = build_layer(next(networks), rng.random(n) < silent)
        found: list[bool | None] = []
        for figure in _list_figures(figures, silent):
            layer = told.symmetrise_ties() if figure.mutual else told
            estimator, truth = figure.build(layer, together), truths[figure.name]
            value = float(estimator(layer).value[0])
            left = estimator.drop_clusters(layer, alone)
            found.append(_hold(find_jackknife_interval(value, left, least=figure.least), truth))
            if figure.draws:
                found.append(_hold(_redraw(layer, estimator, value, rng), truth))
        return found

    return once


def _redraw(
    layer: Layer, estimator: LeavingEstimator, value: float, rng: np.random.Generator
) -> tuple[float, float]:
    draws = PeopleTask(layer, cast("ReweightedEstimator", estimator))(rng, DRAWS)
    lower, upper = estimate_interval(np.array([value]), draws)
    return float(lower[0]), float(upper[0])


def list_change_rows() -> tuple[str, ...]:
    """Name the rows of `cover_changes`."""
    return tuple(f"{figure.name}, misses 0" for figure in PAIRED)


def cover_changes(origin: Origin, n: int, silent: float, repetitions: int) -> Once:
    """Tell whether intervals of changes miss 0, where the people's ways did not change."""
    draws = np.random.default_rng([n, 3])
    years = (
        (before[:, :, number], after[:, :, number])
        for before, odds in draw_batches(draws, origin, n, repetitions)
        for after in (draw_again(draws, origin, odds, before),)
        for number in range(before.shape[2])
    )
    together = np.zeros(n, np.int64)

    def once(rng: np.random.Generator, _seed: int) -> list[bool | None]:
        # A pair counts if it was observed in both years.
        quiet = np.asarray((rng.random((2, n)) < silent).any(axis=0))
        layers = [build_layer(ties, quiet) for ties in next(years)]
        found: list[bool | None] = []
        for figure in PAIRED:
            estimators = [cast("PairEstimator", figure.build(layer, together)) for layer in layers]
            before, after = (
                (float(one(layer).value[0]), one.split_pairs(layer))
                for one, layer in zip(estimators, layers, strict=True)
            )
            tested = None
            if not np.isnan(before[0] + after[0]):
                value, width = after[0] - before[0], 1 - figure.least
                tested = find_change_interval(before[1], after[1], value, width=width)
            found.append(None if tested is None else not tested.lower <= 0 <= tested.upper)
        return found

    return once


def list_pooled_rows() -> tuple[str, ...]:
    """Name the rows of `cover_municipalities`."""
    ways = ("leaving out schools", "leaving out people")
    return tuple(f"{figure.name}, {way}" for figure in POOLED for way in ways)


def cover_municipalities(origin: Origin, count: int, differ: float, repetitions: int) -> Once:
    """Tell whether intervals of figures within all schools of a municipality hold the truth."""
    draws = np.random.default_rng([count, 4])
    each = -(-repetitions * count // len(STAFFS)) * 2
    pools = {n: draw_schools(draws, origin, n, each, differ) for n in STAFFS}
    # Each size is as likely as any other, by chance alone: a municipality may have many large schools.
    truths = find_truths(pools.values(), POOLED)
    unused = {n: iter(range(each)) for n in STAFFS}

    def once(_rng: np.random.Generator, _seed: int) -> list[bool | None]:
        chosen = draws.choice(STAFFS, count).tolist()
        networks = [pools[n][:, :, next(unused[n])] for n in chosen]
        layer, homes = build_layer(put_side_by_side(networks)), number_schools(networks)
        found: list[bool | None] = []
        for figure in POOLED:
            estimator = figure.build(layer, homes)
            value = float(estimator(layer).value[0])
            for clusters in (Clusters(homes, count), Clusters.of_persons(layer.n)):
                left = estimator.drop_clusters(layer, clusters)
                found.append(_hold(find_jackknife_interval(value, left), truths[figure.name]))
        return found

    return once


def number_schools(networks: list[Flags]) -> Numbers:
    """Return the number of each person's school."""
    return np.repeat(np.arange(len(networks)), [len(one) for one in networks])


def draw_schools(
    rng: np.random.Generator, origin: Origin, n: int, count: int, differ: float
) -> Flags:
    """Draw schools of a size, which differ in how many ties they have."""
    known = BASES[origin]
    base = float(np.interp(np.log(n), np.log(list(known)), list(known.values())))
    batches = []
    for start in range(0, count, 2_000):
        size = min(2_000, count - start)
        odds = draw_people(rng, n, size) + base + differ * rng.normal(size=size)
        batches.append(draw_networks(rng, origin, odds))
    return np.concatenate(batches, axis=2)
