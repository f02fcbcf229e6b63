"""Simulated ranges beside those of 1,000 completions with even shares: how wide, and how much they hold.

    python tests/benchmarks/settled_ranges.py [NETWORKS]

Networks of 40 to 240 people, of whom half or three quarters answered, who could name five, ten, or as
many as they liked. The ranges of plfkit stop where they have settled. Beside them stand the ranges of
all 1,000 completions drawn likewise, and of 1,000 in each of which an unobserved tie has a chance
drawn evenly between 0 and 1.
"""

from __future__ import annotations

import sys
from itertools import product

import numpy as np

from plfkit import Organisation, Person, Response, Survey, Tie, snapshot
from plfkit.arrays import Floats
from plfkit.graph.layers import Layer
from plfkit.measures.engine.estimates import Estimator
from plfkit.measures.engine.settling import FigureSpan, Settling
from plfkit.measures.engine.tasks import CompletionTask
from plfkit.measures.ties.centrality import BetweennessEstimator
from plfkit.measures.ties.holes import HoleEstimator
from plfkit.resampling import Completions, Drawing, Work

DRAWS, AT_A_SCHOOL, NAMES = 1_000, 40, 5
ESTIMATORS: dict[str, Estimator] = {
    "betweenness": BetweennessEstimator("raw"),
    "constraint": HoleEstimator("directed"),
}
Ends = tuple[Floats, Floats]


def draw_network(n: int, limit: int | None, rate: float, seed: int) -> Layer:
    """Draw people who mostly name colleagues of their school, of whom some did not answer."""
    chance = np.random.default_rng(seed)
    source = chance.integers(0, n, n * NAMES)
    schools = max(n // AT_A_SCHOOL, 1)
    near = source % schools + schools * chance.integers(0, n // schools, len(source))
    target = np.where(chance.random(len(source)) < 0.85, near, chance.integers(0, n, len(source)))
    answered = chance.random(n) < rate
    pairs = sorted({(a, b) for a, b in zip(source.tolist(), target.tolist(), strict=True)})
    named: dict[int, list[int]] = {}
    for a, b in pairs:
        if a != b and answered[a]:
            named.setdefault(a, []).append(b)
    return snapshot(
        Organisation.of(
            persons=[Person(f"p{i:03}") for i in range(n)],
            surveys=[Survey("q", "network", "advice", max_ties=limit)],
            responses=[Response("q", f"p{i:03}", answered=bool(answered[i])) for i in range(n)],
            ties=[
                Tie(f"p{a:03}", f"p{b:03}", "advice", "q")
                for a, others in named.items()
                for b in others[:limit]
            ],
        )
    ).layer("advice")


def draw_evenly(layer: Layer, estimator: Estimator, seed: int) -> Ends:
    """Return ranges over completions whose shares are drawn evenly."""
    completions, chance = Completions(layer), np.random.default_rng(seed)
    span = FigureSpan.of(CompletionTask(completions, estimator).evaluate_extremes(seed))
    for _ in range(DRAWS):
        span.take_in(estimator(completions.draw_with_share(chance, chance.random())).value[None])
    return span.lower, span.upper


def draw_settling(layer: Layer, estimator: Estimator) -> tuple[int, Ends, Ends]:
    """Return after how many draws ranges settled, what they were then, and after all draws."""
    task = CompletionTask(Completions(layer), estimator)
    settling = Settling(FigureSpan.of(task.evaluate_extremes(0)), DRAWS)
    settled = None
    for figures in Work(Drawing(draws=DRAWS), "ranges").draw_chunks(task):
        if settling.take_in(figures) and settled is None:
            settled = settling.span.draws, (settling.span.lower, settling.span.upper)
    whole = settling.span.lower, settling.span.upper
    return (*(settled or (DRAWS, whole)), whole)


def compare_ranges(one: Ends, other: Ends) -> tuple[float, float]:
    """Return how wide ranges are beside others, and how much of these they hold, on average."""
    width = other[1] - other[0]
    wide = width > 0
    held = np.minimum(one[1], other[1]) - np.maximum(one[0], other[0])
    ratio, share = ((a[wide] / width[wide]).mean() for a in (one[1] - one[0], np.fmax(held, 0)))
    return float(ratio), float(share)


def main(networks: int) -> None:
    """Compare ranges on so many networks, and print one line for each and measure."""
    kinds = list(product((40, 120, 240), (None, 5, 10), (0.46, 0.77)))
    print("people limit answered measure      draws  of all drawn: width  of even: width  held")
    rows: dict[str, list[tuple[float, ...]]] = {name: [] for name in ESTIMATORS}
    for seed in range(networks):
        n, limit, rate = kinds[seed % len(kinds)]
        layer = draw_network(n, limit, rate, seed)
        for name, estimator in ESTIMATORS.items():
            draws, settled, whole = draw_settling(layer, estimator)
            even = draw_evenly(layer, estimator, seed)
            row = (draws, compare_ranges(settled, whole)[0], *compare_ranges(settled, even))
            rows[name].append(row)
            print(f"{n:6} {limit or '-':>5} {rate:8.0%} {name:12}", end=" ")
            print(f"{row[0]:5} {row[1]:20.2f} {row[2]:15.2f} {row[3]:5.2f}", flush=True)
    for name, found in rows.items():
        middle, least = np.median(found, axis=0).tolist(), np.min(found, axis=0).tolist()
        print(f"{name}: median of draws {middle[0]:.0f}, widths and held", end=" ")
        print(*(f"{one:.2f}" for one in middle[1:]), "least", *(f"{one:.2f}" for one in least[1:]))


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 24)
