"""How often tests of relations find something where there is nothing: QAP, MRQAP, both statistics.

    python tests/benchmarks/testing_sizes.py [--quick] [KIND …]

Networks come from the two models of `origins`. Of each predictor tested it is known that the relation
does not follow from it. Tests should reject five times in a hundred; marked is what lies over two
standard errors away.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, cast

import numpy as np
from attrs import frozen
from numpy.typing import NDArray
from origins import BASES, ORIGINS, Origin, draw_again, draw_networks, draw_people

from plfkit.errors import MeasureError
from plfkit.inference.least_squares import ProductSums, fit_least_squares
from plfkit.inference.pairs import Pairs
from plfkit.inference.permuted_products import PermutedProduct
from plfkit.inference.qap import MatrixMoments, compare_correlation, draw_correlations
from plfkit.inference.regression import PermutedRegressions, compute_p_values
from plfkit.resampling import Drawing, Permutations, Work

Floats = NDArray[np.float64]
DRAWS, LEVEL, MATTERS = 199, 0.05, 1.5
"""Draws; the level of the tests; log odds by which a predictor that matters makes a tie likelier."""

TOGETHER = 250
"""How many schools are drawn together."""

SIZES, REPETITIONS = (8, 15, 30, 60, 150), 1000
"""How many people schools have, and how many schools of each size are drawn."""

Matrices = tuple[Floats, ...]
Drawn = Callable[[np.random.Generator, Origin, int, int], list[Matrices]]
"""Matrices of so many schools of some size: the relation, what is held constant, what is tested."""


def build_pairs(matrices: Sequence[Floats], *, directed: bool) -> Pairs:
    """Return matrices over people who all answered, as the tests take them."""
    n = len(matrices[0])
    cells, amounts = np.zeros((n, n), np.uint8), {}
    for number, matrix in enumerate(matrices):
        matrix[np.diag_indices(n)] = 0
        if np.isin(matrix, (0, 1)).all():
            cells |= matrix.astype(np.uint8) << np.uint8(number)
        else:
            amounts[number] = matrix.ravel()
    names = tuple(f"matrix-{number}" for number in range(len(matrices)))
    alone = np.zeros(n, np.int64)
    # The moment and its relations are for labels, which nobody reads here.
    about: dict[str, Any] = {
        "snapshot": cast("Any", None),
        "related": (),
        "layers": {},
        "labels": (),
    }
    return Pairs(
        **about,
        names=names,
        cells=cells.ravel(),
        amounts=amounts,
        centres=np.zeros(len(matrices)),
        directed=directed,
        kinds=alone,
        seen_kinds=np.ones((1, 1), np.bool_),
        strata=alone,
        few_schools=0,
        within=None,
        fewest=n,
    )


def draw_schools(
    rng: np.random.Generator, origin: Origin, n: int, count: int
) -> tuple[Floats, NDArray[np.bool_]]:
    """Draw people of schools, by their log odds of ties, and their networks."""
    odds = draw_odds(rng, n, count) + BASES[origin][n]
    return odds, draw_networks(rng, origin, odds)


def draw_odds(rng: np.random.Generator, n: int, count: int) -> Floats:
    """Draw people of schools, shuffled, so that grades of two networks are not the same people."""
    odds, schools = draw_people(rng, n, count), np.arange(count)
    places = rng.permuted(np.tile(np.arange(n)[:, None], count), axis=0)
    return np.asarray(odds[places[:, None], places[None, :], schools])


def _split(*networks: NDArray[Any]) -> list[Matrices]:
    return [
        tuple(network[:, :, k].astype(np.float64) for network in networks)
        for k in range(networks[0].shape[2])
    ]


def draw_apart(rng: np.random.Generator, origin: Origin, n: int, count: int) -> list[Matrices]:
    """Draw three networks that have nothing to do with each other."""
    return _split(*(draw_schools(rng, origin, n, count)[1] for _ in range(3)))


def draw_alike(rng: np.random.Generator, origin: Origin, n: int, count: int) -> list[Matrices]:
    """Draw predictors of which the one is the other some time later."""
    odds, first = draw_schools(rng, origin, n, count)
    last = draw_again(rng, origin, odds, first)
    return _split(draw_schools(rng, origin, n, count)[1], first, last)


def draw_following(rng: np.random.Generator, origin: Origin, n: int, count: int) -> list[Matrices]:
    """Draw such predictors, and a relation that follows the first, tie by tie.

    The relation does not go back to anybody by itself, nor close paths: or the last predictor would
    tell of ties that are returned, and there would be something to find.
    """
    odds, first = draw_schools(rng, origin, n, count)
    last = draw_again(rng, origin, odds, first)
    chance = draw_odds(rng, n, count) + BASES["pairs"][n] + MATTERS * first
    return _split(rng.random(chance.shape) * (1 + np.exp(-chance)) < 1, first, last)


def draw_apart_mutual(
    rng: np.random.Generator, origin: Origin, n: int, count: int
) -> list[Matrices]:
    """Draw three networks without a direction that have nothing to do with each other."""
    return _split(*(_forget_direction(draw_schools(rng, origin, n, count)[1]) for _ in range(3)))


def draw_following_mutual(
    rng: np.random.Generator, origin: Origin, n: int, count: int
) -> list[Matrices]:
    """Draw predictors without a direction, the one the other later, and a relation that follows the first."""
    odds, told = draw_schools(rng, origin, n, count)
    first, last = map(_forget_direction, (told, draw_again(rng, origin, odds, told)))
    chance = draw_odds(rng, n, count) + BASES["pairs"][n] + MATTERS * first
    # Both ways as likely, and decided once.
    chance = (chance + chance.transpose(1, 0, 2)) / 2
    decided = np.triu(rng.random((count, n, n)), 1).transpose(1, 2, 0)
    decided += decided.transpose(1, 0, 2)
    return _split(decided * (1 + np.exp(-chance)) < 1, first, last)


def _forget_direction(ties: NDArray[np.bool_]) -> NDArray[np.bool_]:
    return np.asarray(ties | ties.transpose(1, 0, 2))


def draw_numbers_mutual(
    rng: np.random.Generator, origin: Origin, n: int, count: int
) -> list[Matrices]:
    """Draw how far people's numbers lie apart, beside a relation and another without a direction."""
    relation, first = (_forget_direction(draw_schools(rng, origin, n, count)[1]) for _ in range(2))
    return [(*pair, _measure_distance(_normal(rng, n))) for pair in _split(relation, first)]


def draw_numbers(layout: Callable[[Floats], Floats], *, of: Callable[..., Floats]) -> Drawn:
    """Return what draws a number of people, laid out over pairs, beside a relation and another."""

    def draw(rng: np.random.Generator, origin: Origin, n: int, count: int) -> list[Matrices]:
        relation, first = (draw_schools(rng, origin, n, count)[1] for _ in range(2))
        return [(*pair, layout(of(rng, n)) * np.ones((n, n))) for pair in _split(relation, first)]

    return draw


def _half(rng: np.random.Generator, n: int) -> Floats:
    return rng.permutation(np.arange(n) % 2).astype(np.float64)


def _normal(rng: np.random.Generator, n: int) -> Floats:
    return rng.normal(size=n)


def _measure_distance(numbers: Floats) -> Floats:
    return np.abs(numbers[:, None] - numbers)


@frozen
class Kind:
    """What is known of the matrices.

    Attributes:
        draw: Draws them.
        directed: Whether a tie has a direction.
        correlates: Whether two of them are correlated as well.
    """

    draw: Drawn
    directed: bool = True
    correlates: bool = False


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "independent": Kind(draw_apart, correlates=True),
        "correlated": Kind(draw_alike),
        "correlated, one matters": Kind(draw_following),
        "sender, one half": Kind(draw_numbers(lambda x: x[:, None], of=_half)),
        "receiver, one half": Kind(draw_numbers(lambda x: x[None, :], of=_half)),
        "difference of numbers": Kind(draw_numbers(_measure_distance, of=_normal)),
        "sender, numbers": Kind(draw_numbers(lambda x: x[:, None], of=_normal)),
        "receiver, numbers": Kind(draw_numbers(lambda x: x[None, :], of=_normal)),
        "mutual, independent": Kind(draw_apart_mutual, directed=False, correlates=True),
        "mutual, one matters": Kind(draw_following_mutual, directed=False),
        "mutual, difference": Kind(draw_numbers_mutual, directed=False),
    }
)


def correlate(matrices: Matrices, seed: int, *, directed: bool) -> dict[str, float]:
    """Return p of QAP, with a set number of draws and stopped as soon as enough is known."""
    pairs = build_pairs((matrices[0], matrices[2]), directed=directed)
    moments = MatrixMoments.of(pairs)
    if not moments.vary:
        return {}
    value = moments.correlate(float(pairs.sum_products()[0, 1]))
    found = {}
    for adaptive in (False, True):
        task = PermutedProduct.of(pairs, Permutations(pairs.strata))
        with Work(Drawing(draws=DRAWS, seed=seed), "") as work:
            draws = draw_correlations(work, task, moments, value if adaptive else None)
        tested = compare_correlation(value, draws, adaptive=adaptive, p=True)
        found["qap, adaptive" if adaptive else "qap"] = tested["p_value"][0]
    return found


def regress(matrices: Matrices, seed: int, *, directed: bool) -> dict[str, float]:
    """Return p of the last predictor of MRQAP, by either statistic."""
    pairs = build_pairs(matrices, directed=directed)
    try:
        moments = ProductSums.of(pairs)
    except MeasureError:
        return {}
    fit, found = fit_least_squares(moments), {}
    for name in ("robust", "t"):
        task = PermutedRegressions.of(pairs, moments, robust=name == "robust")
        t = task.columns.compute_robust_t(fit) if task.robust else fit.t
        with Work(Drawing(draws=DRAWS, seed=seed), "") as work:
            draws = work.draw(task)
        p = compute_p_values(t[1:], draws, np.ones(len(t) - 1, np.bool_))
        found[f"mrqap {name}"] = float(p[2, -1])
    return found


def count_rejections(name: str, origin: Origin, n: int, repetitions: int) -> dict[str, list[bool]]:
    """Return, for each test, whether it rejected each time."""
    kind, rng = KINDS[name], np.random.default_rng([n, ORIGINS.index(origin), [*KINDS].index(name)])
    told: dict[str, list[bool]] = {}
    for start in range(0, repetitions, TOGETHER):
        schools = kind.draw(rng, origin, n, min(TOGETHER, repetitions - start))
        for seed, matrices in enumerate(schools, start):
            found = regress(matrices, seed, directed=kind.directed)
            if kind.correlates:
                found |= correlate(matrices, seed, directed=kind.directed)
            for test, p in found.items():
                told.setdefault(test, []).append(p <= LEVEL + 1e-9)
    return told


Rejected = Mapping[int, Mapping[str, Sequence[bool]]]
"""By the number of people, for each test, whether it rejected each time."""


def print_rows(kind: str, origin: Origin, told: Rejected) -> None:
    """Print how often each test rejected, a column for each number of people."""
    for test in dict.fromkeys(test for one in told.values() for test in one):
        cells = "".join(f"  {write_share(one.get(test, ()))}" for one in told.values())
        print(f"{test:14} {kind:24} {origin:6}{cells}".rstrip(), flush=True)


def write_share(came: Sequence[bool]) -> str:
    """Write a share, with + or - where it lies over two standard errors from what it should be."""
    if not came:
        return f"{'–':>5} "
    error = np.sqrt(LEVEL * (1 - LEVEL) / len(came))
    away = (np.mean(came) - LEVEL) / error
    return f"{np.mean(came):.3f}{' ' if abs(away) <= 2 else '+' if away > 0 else '-'}"


def main(share: float, kinds: Sequence[str]) -> None:
    """Run the rows of some kinds."""
    start, repetitions = time.perf_counter(), max(round(REPETITIONS * share), 10)
    print(f"{'people':46}" + "".join(f"{n:>5}   " for n in SIZES).rstrip())
    least = repetitions
    for kind in kinds:
        for origin in ORIGINS:
            told = {n: count_rejections(kind, origin, n, repetitions) for n in SIZES}
            print_rows(kind, origin, told)
            least = min([least, *(len(came) for one in told.values() for came in one.values())])
    print(f"(of {least} to {repetitions})" if least < repetitions else f"(of {repetitions})")
    print(f"{time.perf_counter() - start:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    asked = [word for word in sys.argv[1:] if word != "--quick"]
    main(0.15 if "--quick" in sys.argv[1:] else 1.0, asked or [*KINDS])
