"""MRQAP: the peer's figures of a published network, and double semi-partialling by brute force."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

import numpy as np
import pytest
from networks import managers
from numpy.typing import NDArray

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
from plfkit.inference.pairs import PermutedProducts, align_relations
from plfkit.inference.regression import _compute_permuted_t, _ProductSums
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.resampling import Drawing, Permutations, Work

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
        managers(), relation="advice", on=["friendship", "reports_to"], draws=DRAWS, seed=2
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


NETWORKS = {
    "advice": "ab ac bc bd ca cd db de ea ef fa fb ga gh hb hg",
    "observation": "ab bc bd cd da de ec ef fa gh gb hg ha",
    "coaching": "ac bc ca db ea fb fe gc hg hd",
}
"""Three networks among eight people; a tie is two letters."""

PATTERNS = {
    "everybody": {},
    "some_silent": {"advice": "gh", "coaching": "a"},
}
"""Who did not answer about which relation."""


def surveyed(silent: dict[str, str]) -> Snapshot:
    """The three networks, each told in a survey of its own."""
    return snapshot(
        Organisation.of(
            persons=[Person(name) for name in "abcdefgh"],
            surveys=[Survey(name, "network", name) for name in NETWORKS],
            responses=[
                Response(name, person, answered=person not in silent.get(name, ""))
                for name in NETWORKS
                for person in "abcdefgh"
            ],
            ties=[
                Tie(tie[0], tie[1], name, name)
                for name, ties in NETWORKS.items()
                for tie in ties.split()
                if tie[0] not in silent.get(name, "")
            ],
        )
    )


def dense(silent: dict[str, str]) -> tuple[list[Floats], NDArray[np.bool_]]:
    """The networks as matrices, and which of their cells were observed in all of them."""
    people = "abcdefgh"
    seen = ~np.eye(8, dtype=np.bool_)
    for names in silent.values():
        seen[[people.index(name) for name in names], :] = False
    matrices = []
    for ties in NETWORKS.values():
        matrix = np.zeros((8, 8))
        for tie in ties.split():
            matrix[people.index(tie[0]), people.index(tie[1])] = 1
        matrices.append(matrix * seen)
    return matrices, seen


def ordinary(y: Floats, columns: Sequence[Floats]) -> tuple[Floats, Floats, float]:
    """Least squares the long way: coefficients, t and explained variation."""
    design = np.stack([np.ones(len(y)), *columns], axis=1)
    coefficients, *_ = np.linalg.lstsq(design, y, rcond=None)
    residual = y - design @ coefficients
    variance = residual @ residual / (len(y) - design.shape[1])
    errors = np.sqrt(variance * np.linalg.pinv(design.T @ design).diagonal())
    explained = 1 - residual @ residual / ((y - y.mean()) @ (y - y.mean()))
    found: Floats = np.asarray(coefficients, np.float64)
    return found, found / np.asarray(errors, np.float64), float(explained)


def semi_partialled(
    matrices: list[Floats], seen: NDArray[np.bool_], tested: int, orders: NDArray[np.int64]
) -> Floats:
    """The t of a predictor whose rest after the others is permuted, draw by draw."""
    others = [m[seen] for k, m in enumerate(matrices) if k not in {0, tested}]
    y = matrices[0][seen]
    design = np.stack([np.ones(len(y)), *others], axis=1)
    fit, *_ = np.linalg.lstsq(design, matrices[tested][seen], rcond=None)
    rest = np.zeros(seen.shape)
    rest[seen] = matrices[tested][seen] - design @ fit
    found = []
    for order in orders:
        moved = np.zeros(seen.shape)
        moved[np.ix_(order, order)] = rest
        _, t, _ = ordinary(y, [moved[seen], *others])
        found.append(t[1])
    return np.array(found)


def drawn_orders(now: Snapshot, draws: int, seed: int) -> NDArray[np.int64]:
    """The permutations that a test with this seed draws: the same strata, and the same chance."""
    pairs = align_relations(now, tuple(NETWORKS), within=None, missing="available")
    permutations = Permutations(pairs.strata)

    def orders(chance: np.random.Generator, count: int) -> Floats:
        return permutations.draw(chance, count).astype(np.float64)

    return Work(Drawing(draws=draws, seed=seed), "test").draw(orders).astype(np.int64)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_coefficients_are_least_squares(pattern: str) -> None:
    """Coefficients, t and explained variation are those of a dense regression over observed pairs."""
    silent = PATTERNS[pattern]
    matrices, seen = dense(silent)
    y, *columns = (matrix[seen] for matrix in matrices)
    coefficients, t, explained = ordinary(y, columns)
    result = mrqap(surveyed(silent), relation="advice", on=["observation", "coaching"], draws=0)
    *rows, last = result
    assert [row.value for row in rows] == pytest.approx(coefficients.tolist(), abs=1e-9)
    assert [row.t for row in rows] == pytest.approx(t.tolist(), abs=1e-9)
    assert last.value == pytest.approx(explained, abs=1e-9)
    assert {row.denominator for row in result} == {float(seen.sum())}
    assert [row.p_value for row in result] == [None] * 4


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("seed", [0, 5])
def test_p_is_that_of_double_semi_partialling(pattern: str, seed: int) -> None:
    """Each p is that of dense regressions on the permuted rest, over the very same permutations."""
    silent, draws = PATTERNS[pattern], 120
    matrices, seen = dense(silent)
    now = surveyed(silent)
    result = mrqap(now, relation="advice", on=["observation", "coaching"], draws=draws, seed=seed)
    found = by_name(result)
    orders = drawn_orders(now, draws, seed)
    _, observed, _ = ordinary(matrices[0][seen], [matrix[seen] for matrix in matrices[1:]])
    for tested, name in enumerate(["observation", "coaching"], 1):
        t, value = semi_partialled(matrices, seen, tested, orders), observed[tested]
        sides = (t >= value - 1e-9, t <= value + 1e-9, abs(t) >= abs(value) - 1e-9)
        expected = [(side.sum() + 1) / (draws + 1) for side in sides]
        figure = found[name]
        assert [figure.p_greater, figure.p_less, figure.p_value] == pytest.approx(expected)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_t_of_a_permuted_rest(pattern: str) -> None:
    """Worked out from sums of products, each permuted t is the dense one to 1e-9."""
    silent, draws = PATTERNS[pattern], 60
    matrices, seen = dense(silent)
    now = surveyed(silent)
    pairs = align_relations(now, tuple(NETWORKS), within=None, missing="available")
    task = PermutedProducts(pairs, (1, 2), Permutations(pairs.strata))
    products = Work(Drawing(draws=draws, seed=3), "test").draw(task).reshape(draws, 2, 3)
    orders = drawn_orders(now, draws, 3)
    for tested in (1, 2):
        expected = semi_partialled(matrices, seen, tested, orders)
        found = _compute_permuted_t(_ProductSums.of(pairs), products, tested - 1)
        assert found.tolist() == pytest.approx(expected.tolist(), abs=1e-9)


def test_permutations_keep_response_patterns() -> None:
    """In a network with silent people, products of the drawn permutations stay those of observed pairs."""
    silent = PATTERNS["some_silent"]
    matrices, seen = dense(silent)
    now = surveyed(silent)
    pairs = align_relations(now, tuple(NETWORKS), within=None, missing="available")
    products = Work(Drawing(draws=30), "test").draw(
        PermutedProducts(pairs, (1,), Permutations(pairs.strata))
    )
    for order, row in zip(drawn_orders(now, 30, 0), products, strict=True):
        moved = np.zeros((8, 8))
        moved[np.ix_(order, order)] = matrices[1]
        assert (moved[~seen] == 0).all()
        assert row.tolist() == [float((moved * matrix).sum()) for matrix in matrices]


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
    coefficients, t, _ = ordinary(matrices[0][seen], columns)
    *rows, _ = mrqap(surveyed({}), relation="advice", on=["observation", groups], draws=20)
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
    assert (result.measure, result.variant) == ("mrqap", "double semi-partialling")
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
