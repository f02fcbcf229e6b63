"""MRQAP: the peer's figures of a published network, and double semi-partialling by brute force."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest
from networks import managers
from numpy.typing import NDArray
from regressing import (
    NETWORKS,
    PATTERNS,
    cells_of,
    dense,
    drawn_orders,
    ordinary,
    semi_partialled,
    surveyed,
)

from plfkit import (
    Organisation,
    Person,
    Position,
    Response,
    Snapshot,
    Survey,
    Tie,
    Unit,
    snapshot,
)
from plfkit.errors import MeasureError
from plfkit.inference import mrqap
from plfkit.inference.aligning import align_relations
from plfkit.inference.least_squares import ProductSums
from plfkit.inference.regression import STATISTICS, PermutedRegressions, Statistic
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.resampling import Drawing, Work

PEER = {
    "intercept": 0.396941649899396,
    "friendship": 0.135814889336016,
    "reports_to": 0.471569416498994,
    "r_squared": 0.0631945724691395,
}
"""Source: R sna 2.7-1, netlm of advice on friendship and reports_to, Krackhardt's managers."""

PEER_P = {"friendship": 0.091, "reports_to": 0.0}
"""Source: the same, nullhyp="qapspp" with 1,000 draws, two-tailed."""

PEER_DRAWS = 1000
DRAWS = 2000
Floats = NDArray[np.float64]


def by_name(result: Result) -> dict[str, Figure]:
    """Figures by what they are called."""
    return {figure.figure or "": figure for figure in result}


def number(value: float | None) -> float:
    """A figure that must be there."""
    assert value is not None
    return value


def test_the_peer_says_the_same() -> None:
    """Coefficients and explained variation to 1e-9, and p within four standard errors of chance."""
    result = mrqap(
        managers(),
        relation="advice",
        on=["friendship", "reports_to"],
        statistic="t",
        draws=DRAWS,
        seed=2,
    )
    found = by_name(result)
    assert list(found) == list(PEER)
    for name, value in PEER.items():
        assert found[name].value == pytest.approx(value, abs=1e-9)
    for name, p in PEER_P.items():
        error = 4 * sqrt(max(p * (1 - p), 1e-3) * (1 / PEER_DRAWS + 1 / DRAWS))
        assert number(found[name].p_value) == pytest.approx(p, abs=error)
    for name in ("intercept", "r_squared"):
        assert (found[name].p_greater, found[name].p_less, found[name].p_value) == (None,) * 3
    assert found["r_squared"].t is None
    assert (result.draws, result.seed, result.null) == (DRAWS, 2, "qap")


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("statistic", STATISTICS)
def test_coefficients_are_least_squares(pattern: str, statistic: Statistic) -> None:
    """Coefficients, t and explained variation are those of a dense regression over observed pairs."""
    silent = PATTERNS[pattern]
    matrices, seen = dense(silent)
    y, *columns = (matrix[seen] for matrix in matrices)
    coefficients, t, explained = ordinary(y, columns, cells_of(seen, statistic))
    result = mrqap(
        surveyed(silent),
        relation="advice",
        on=["observation", "coaching"],
        statistic=statistic,
        draws=0,
    )
    *rows, last = result
    assert [row.value for row in rows] == pytest.approx(coefficients.tolist(), abs=1e-9)
    assert [row.t for row in rows] == pytest.approx(t.tolist(), abs=1e-9)
    assert last.value == pytest.approx(explained, abs=1e-9)
    assert {row.denominator for row in result} == {float(seen.sum())}
    assert [row.p_value for row in result] == [None] * 4


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("statistic", STATISTICS)
def test_p_is_that_of_double_semi_partialling(pattern: str, statistic: Statistic) -> None:
    """Each p is that of dense regressions on the permuted rest, over the very same permutations."""
    silent, draws, seed = PATTERNS[pattern], 120, 5
    matrices, seen = dense(silent)
    now = surveyed(silent)
    on = ["observation", "coaching"]
    result = mrqap(now, relation="advice", on=on, statistic=statistic, draws=draws, seed=seed)
    found = by_name(result)
    orders = drawn_orders(now, draws, seed)
    columns = [matrix[seen] for matrix in matrices[1:]]
    _, observed, _ = ordinary(matrices[0][seen], columns, cells_of(seen, statistic))
    for tested, name in enumerate(["observation", "coaching"], 1):
        t = semi_partialled(matrices, seen, tested, orders, statistic)
        value = observed[tested]
        sides = (t >= value - 1e-9, t <= value + 1e-9, abs(t) >= abs(value) - 1e-9)
        expected = [(side.sum() + 1) / (draws + 1) for side in sides]
        figure = found[name]
        assert [figure.p_greater, figure.p_less, figure.p_value] == pytest.approx(expected)


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("statistic", STATISTICS)
def test_t_of_a_permuted_rest(pattern: str, statistic: Statistic) -> None:
    """Worked out from sums of products and classes of pairs, each permuted t is the dense one to 1e-9."""
    silent, draws = PATTERNS[pattern], 60
    matrices, seen = dense(silent)
    now = surveyed(silent)
    pairs = align_relations(now, tuple(NETWORKS), within=None, missing="available")
    moments, robust = ProductSums.of(pairs), statistic == "robust"
    task = PermutedRegressions.of(pairs, moments, robust=robust)
    found = Work(Drawing(draws=draws, seed=3), "test").draw(task)
    orders = drawn_orders(now, draws, 3)
    for tested in (1, 2):
        expected = semi_partialled(matrices, seen, tested, orders, statistic)
        assert found[:, tested - 1].tolist() == pytest.approx(expected.tolist(), abs=1e-9)


def test_a_predictor_alone_has_the_correlation_squared() -> None:
    """With one predictor the explained variation is the square of the peer's correlation."""
    found = by_name(mrqap(managers(), relation="advice", on=["friendship"], draws=0))
    assert found["r_squared"].value == pytest.approx(0.154585452048473**2, abs=1e-9)


def test_what_people_share_predicts() -> None:
    """A mapping to labels is a predictor like a relation."""
    groups = dict(zip("abcdefgh", "xxxyyyzz", strict=True))
    matrices, seen = dense({})
    shared = np.array([[groups[a] == groups[b] for b in "abcdefgh"] for a in "abcdefgh"], float)
    columns = [matrices[1][seen], shared[seen]]
    coefficients, t, _ = ordinary(matrices[0][seen], columns, np.argwhere(seen))
    *rows, _ = mrqap(
        surveyed({}), relation="advice", on=["observation", groups], statistic="robust", draws=20
    )
    assert [row.figure for row in rows] == ["intercept", "observation", "mapping"]
    assert [row.value for row in rows] == pytest.approx(coefficients.tolist(), abs=1e-9)
    assert [row.t for row in rows] == pytest.approx(t.tolist(), abs=1e-9)


def test_what_mrqap_refuses() -> None:
    """A predictor twice, one without variation, no predictor, and a text instead of a list."""
    now = surveyed({})
    together = dict.fromkeys("abcdefgh", "all")
    for on, message in [
        (["observation", "observation"], "follows from what stands before it"),
        (["observation", together], "no variation"),
        ([], "at least one"),
        ("observation", "a list"),
        (["observation"] * 9, "up to 8"),
        (["nothing"], "nothing"),
    ]:
        with pytest.raises(MeasureError, match=message):
            mrqap(now, relation="advice", on=on, draws=0)  # type: ignore[arg-type]


@pytest.mark.parametrize("pairs", ["ab", "abc"])
def test_a_perfect_fit_or_too_few_pairs(pairs: str) -> None:
    """Where a predictor equals the relation there is no error to divide by, and no warning either."""
    now = snapshot(
        Organisation.of(
            persons=[Person(name) for name in pairs],
            ties=[Tie("a", "b", name) for name in ("advice", "observation")],
        )
    )
    if len(pairs) == 2:
        with pytest.raises(MeasureError, match="not enough pairs"):
            mrqap(now, relation="advice", on=["observation"], draws=20)
        return
    found = by_name(mrqap(now, relation="advice", on=["observation"], draws=20))
    assert found["observation"].value == pytest.approx(1)
    assert found["r_squared"].value == pytest.approx(1)


def test_what_the_result_says_of_itself() -> None:
    """What was asked, of whom, how it was tested, and whose test it is."""
    result = mrqap(
        surveyed({}),
        relation="advice",
        on=["observation"],
        missing="null",
        minimum_strength=3.0,
        draws=10,
        seed=3,
    )
    assert (result.measure, result.variant) == (
        "mrqap",
        "double semi-partialling, plain t",
    )
    assert (result.missing, result.minimum_strength) == ("null", 3.0)
    assert (result.draws, result.seed, result.n, result.notes) == (10, 3, 8, {})
    assert result.label is not None
    assert (result.label.da, result.label.en) == (
        "Sammenhæng (MRQAP) med kollegial observation",
        "MRQAP regression on peer observation",
    )
    assert "Dekker" in (result.reference or "")
    assert {(row.n, row.observed) for row in result} == {(8, 1.0)}


def test_an_interruption_is_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever stops the draws gets p by those made, and how many are missing; of none there is no p."""
    made = [4, 0]
    monkeypatch.setattr(Work, "draw", lambda _, task: task(np.random.default_rng(0), 4)[: made[0]])
    result = mrqap(surveyed({}), relation="advice", on=["observation"], draws=10)
    assert (result.draws, result.notes) == (4, {"draws_missing": 6})
    assert by_name(result)["observation"].p_value is not None
    made[0] = 0
    result = mrqap(surveyed({}), relation="advice", on=["observation"], draws=10)
    assert (result.draws, by_name(result)["observation"].p_value) == (0, None)


def at_schools(schools: str) -> Snapshot:
    """Eight people of some schools, and what they told of two relations."""
    names = ("advice", "observation")
    return snapshot(
        Organisation.of(
            units=[Unit(school, "school") for school in sorted(set(schools))],
            persons=[Person(name) for name in "abcdefgh"],
            positions=[
                Position(name, school, "teacher")
                for name, school in zip("abcdefgh", schools, strict=True)
            ],
            surveys=[Survey(name, "network", name) for name in names],
            responses=[Response(name, p, answered=True) for name in names for p in "abcdefgh"],
            ties=[
                Tie(tie[0], tie[1], name, name, weight=3.0)
                for name in names
                for tie in NETWORKS[name].split()
            ],
        )
    )


@pytest.mark.parametrize(("schools", "few"), [("xxxxyyyy", 2), ("xxxyyyzz", 3), ("wwxxyyzz", 0)])
def test_between_few_schools_there_is_no_p(schools: str, few: int) -> None:
    """Between two or three there is none, but within them there is."""
    now = at_schools(schools)
    result = mrqap(now, relation="advice", on=["observation"], draws=20)
    assert (by_name(result)["observation"].p_value is None) == (few > 0)
    assert result.notes == ({"too_few_schools": few} if few else {})
    assert (result.draws, result.seed) == ((None, None) if few else (20, 0))
    within = mrqap(now, relation="advice", on=["observation"], draws=20, within="school")
    assert by_name(within)["observation"].p_value is not None
    assert within.notes == {}


def test_ties_too_weak_have_no_variation() -> None:
    """From a strength on that no tie has, there is nothing to explain."""
    now = at_schools("wwxxyyzz")
    assert mrqap(now, relation="advice", on=["observation"], draws=0, minimum_strength=3)
    with pytest.raises(MeasureError, match="advice has no variation"):
        mrqap(now, relation="advice", on=["observation"], draws=0, minimum_strength=4)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"missing": "nul"}, "mrqap does not know missing='nul'"),
        ({"drwas": 1}, "mrqap takes no argument 'drwas'"),
    ],
)
def test_options_that_mrqap_has_not(more: dict[str, object], message: str) -> None:
    """Misspelt keywords and treatments that there are not are named."""
    with pytest.raises(MeasureError, match=message):
        mrqap(surveyed({}), relation="advice", on=["observation"], **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("people", "variant"), [(14, "plain t"), (15, "robust t")])
def test_the_statistic_unless_it_is_named(people: int, variant: str) -> None:
    """From 15 people on it is the robust one, below R sna's, and whichever is named all the same."""
    names = [f"p{number:02d}" for number in range(people)]
    ties = [
        (a, b) for i, a in enumerate(names) for j, b in enumerate(names) if (i * j + j) % 3 == 1
    ]
    now = snapshot(
        Organisation.of(
            persons=[Person(name) for name in names],
            ties=[Tie(a, b, "advice") for a, b in ties if a != b]
            + [Tie(b, a, "observation") for a, b in ties[::2] if a != b],
        )
    )
    given = {"relation": "advice", "on": ["observation"], "draws": 0}
    found = mrqap(now, **given)  # type: ignore[arg-type]
    assert (found.variant or "").endswith(variant)
    named = mrqap(now, statistic="robust", **given)  # type: ignore[arg-type]
    assert (named.variant, named.call["statistic"]) == (
        "double semi-partialling, robust t",
        "robust",
    )
    assert (named == found) == (people == 15)
