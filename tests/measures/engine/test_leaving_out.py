"""The jackknife: what is left of a share without each person, against measuring without them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit, logit
from scipy.stats import binomtest, t

from plfkit.graph.adjacency import build_adjacency
from plfkit.graph.layers import Layer
from plfkit.graph.observation import Observation
from plfkit.measures.engine.leaving_out import CountsLeft, find_jackknife_interval
from plfkit.measures.ties.appointed import FormalAdvice
from plfkit.measures.ties.cohesion import Density
from plfkit.measures.ties.dyads import RECIPROCITY_VARIANTS, ReciprocityEstimator
from plfkit.measures.ties.mixing import Mixing
from plfkit.measures.ties.triads import TRANSITIVITY_VARIANTS, TransitivityEstimator
from plfkit.measures.ties.within import Homes
from plfkit.resampling.pairs import Clusters

TOLD = np.array([[True, True], [False, False]])


def build_layer(ties: Any, silent: Any) -> Layer:
    """A network as those told it who were not silent."""
    n = len(ties)
    sources, targets = np.nonzero(ties & ~silent[:, None])
    return Layer(
        relation="advice",
        directed=True,
        persons=np.arange(n),
        adjacency=build_adjacency(sources, targets, n),
        recorded=Observation(
            silent.astype(np.int64), TOLD, np.ones_like(TOLD), np.full(2, np.inf), directed=True
        ),
        unrecorded=np.zeros(n, np.bool_),
        reason=None,
        notes={},
    )


def list_estimators(layer: Layer, groups: Any) -> Iterator[Any]:
    """All estimators of shares that have a jackknife, of some layer of people in two groups."""
    here = groups[layer.persons]
    halves = layer.build_members([layer.persons[here == half] for half in (0, 1)])
    yield Density()
    yield Density(Homes(here))
    yield Mixing(halves, "out", "network")
    yield FormalAdvice(here == 1)
    yield from (TransitivityEstimator(variant) for variant in TRANSITIVITY_VARIANTS)
    if layer.directed:
        yield from (ReciprocityEstimator(variant) for variant in RECIPROCITY_VARIANTS)
        yield from (ReciprocityEstimator(one, Homes(here)) for one in RECIPROCITY_VARIANTS)


@given(st.integers(0, 9999), st.integers(3, 8), st.booleans())
def test_left_is_what_is_measured_without_them(seed: int, n: int, directed: bool) -> None:  # noqa: FBT001
    """Both counts without each person, and without each school, are those of the others alone."""
    rng = np.random.default_rng(seed)
    ties = (rng.random((n, n)) < rng.random()) & ~np.eye(n, dtype=np.bool_)
    layer = build_layer(ties, rng.random(n) < rng.choice([0, 0.3]))
    layer = layer if directed else layer.symmetrise_ties()
    groups = rng.integers(0, 2, n)
    for clusters in (Clusters.of_persons(n), Clusters(rng.integers(0, 3, n), 3)):
        without = [
            layer.keep_nodes(np.flatnonzero(clusters.codes != c)) for c in range(clusters.count)
        ]
        for place, estimator in enumerate(list_estimators(layer, groups)):
            if np.isnan(estimator(layer).value[0]):
                continue
            left = estimator.drop_clusters(layer, clusters)
            assert left.whole == pytest.approx(estimator(layer).denominator[0])
            for cluster, others in enumerate(without):
                found = [*list_estimators(others, groups)][place](others)
                if not np.isnan(found.value[0]):
                    assert left.numerator[cluster] == pytest.approx(found.numerator[0])
                    assert left.denominator[cluster] == pytest.approx(found.denominator[0])


def keep(numerators: list[float], denominators: list[float], whole: float) -> CountsLeft:
    """What is left without each of a few people."""
    return CountsLeft(np.array(numerators), np.array(denominators), whole)


def test_an_interval_by_hand() -> None:
    """4 of 10; without each of three people 3 of 8, 2 of 7 and 3 of 5: t with 2 degrees, by logit."""
    left = keep([3, 2, 3], [8, 7, 5], 10)
    shares = np.array([3 / 8, 2 / 7, 3 / 5])
    spread = np.sqrt(2 / 3 * ((shares - shares.mean()) ** 2).sum())
    error = t.ppf(0.975, 2) * spread / (0.4 * 0.6)
    expected = expit(logit(0.4) - error), expit(logit(0.4) + error)
    assert find_jackknife_interval(0.4, left) == pytest.approx(expected)
    index = tuple(2 * end - 1 for end in expected)
    assert find_jackknife_interval(2 * 0.4 - 1, left, least=-1) == pytest.approx(index)


def test_who_has_no_part_does_not_count() -> None:
    """A fourth person without whom nothing is less adds no degree of freedom."""
    three = find_jackknife_interval(0.4, keep([3, 2, 3], [8, 7, 5], 10))
    assert find_jackknife_interval(0.4, keep([3, 2, 3, 4], [8, 7, 5, 10], 10)) == three


@pytest.mark.parametrize("hits", [0, 6, 12])
def test_nothing_moves_and_the_interval_has_a_width(hits: int) -> None:
    """A share of 0, 1, or the same without anybody has the exact interval of as many people."""
    people, pairs = 12, 40
    left = keep([hits / 12 * 34] * people, [34.0] * people, pairs)
    exact = binomtest(hits, people).proportion_ci(method="exact")
    found = find_jackknife_interval(hits / 12, left)
    assert found == pytest.approx((exact.low, exact.high))
    few = find_jackknife_interval(0.0, keep([0.0] * people, [1.0] * people, 3))
    assert few == pytest.approx((0, binomtest(0, 3).proportion_ci(method="exact").high))


@pytest.mark.parametrize(
    "left",
    [keep([0, 1], [0, 2], 3), keep([1], [2], 3), keep([], [], 3)],
    ids=["all rests on one", "one alone", "nobody"],
)
def test_what_rests_on_one_person_has_none(left: CountsLeft) -> None:
    """Without them there is no figure, and nothing tells how far it would move."""
    for value in (0.0, 0.5):
        assert np.isnan(find_jackknife_interval(value, left)).all()


def test_no_figure_no_interval() -> None:
    """What has no value has no interval."""
    assert np.isnan(find_jackknife_interval(np.nan, keep([3, 2], [8, 7], 10))).all()


@pytest.mark.parametrize(
    ("at_once", "trials"), [(1.0, 8), (6.0, 4)], ids=["each for itself", "triangles"]
)
def test_what_is_counted_together_is_one_trial(at_once: float, trials: int) -> None:
    """Of 24 paths that triangles would close by the six, there were four to be closed, not eight."""
    left = CountsLeft(np.zeros(8), np.full(8, 20.0), 24.0, at_once)
    exact = binomtest(0, trials).proportion_ci(method="exact")
    assert find_jackknife_interval(0.0, left) == pytest.approx((0, exact.high))


def test_ties_that_count_together() -> None:
    """A returned tie counts two of edgewise reciprocity, a triangle without direction six paths."""
    ties = np.ones((4, 4), np.bool_) & ~np.eye(4, dtype=np.bool_)
    layer, alone = build_layer(ties, np.zeros(4, np.bool_)), Clusters.of_persons(4)

    def count(estimator: Any, layer: Layer = layer) -> float:
        return float(estimator.drop_clusters(layer, alone).at_once)

    assert count(ReciprocityEstimator("edgewise")) == 2
    assert count(ReciprocityEstimator("dyadic_nonnull")) == 1
    assert count(TransitivityEstimator("undirected")) == 6
    assert count(TransitivityEstimator("weak")) == 1
    assert count(TransitivityEstimator("weak"), layer.symmetrise_ties()) == 6


LIMITS: dict[str, tuple[Callable[[], Any], float, float]] = {
    "density": (Density, 0, 0),
    "reciprocity, dyadic": (lambda: ReciprocityEstimator("dyadic"), 0, 0),
    "reciprocity": (lambda: ReciprocityEstimator("edgewise"), 100, 100),
    "transitivity": (lambda: TransitivityEstimator("weak"), 100, 0),
    "transitivity, undirected": (lambda: TransitivityEstimator("undirected"), 0, 0),
    "transitivity, strong": (lambda: TransitivityEstimator("strong"), 0, 0),
    "formal_advice": (lambda: FormalAdvice(np.zeros(3, np.bool_)), np.inf, np.inf),
}


@pytest.mark.parametrize(("build", "directed", "mutual"), LIMITS.values(), ids=LIMITS)
def test_from_how_many_people_closure_bites(
    build: Callable[[], Any], directed: float, mutual: float
) -> None:
    """At once where untied pairs or triangles without direction count, from 100 on where ties do."""
    layer = build_layer(np.zeros((3, 3), np.bool_), np.zeros(3, np.bool_))
    assert build().find_closure_limit(layer) == directed
    assert build().find_closure_limit(layer.symmetrise_ties()) == mutual
