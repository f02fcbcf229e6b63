"""How often intervals cover and tests reject, over many networks of which the truth is known.

    python tests/benchmarks/covering.py [--quick]

People are drawn anew each time, with how much they seek and how much they are sought; pairs of them
are tied as in the p1 model (Holland & Leinhardt 1981). So density and reciprocity of the people
whom they stand for follow from the model by quadrature. Where ties depend on each other besides
(somebody's colleague's colleague becomes a colleague) they follow from many simulated networks.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date

import numpy as np
from attrs import frozen
from numpy.typing import NDArray
from scipy.optimize import brentq

from plfkit import (
    Organisation,
    Person,
    Position,
    Response,
    Snapshot,
    Survey,
    Tie,
    Unit,
    inference,
    measures,
    snapshot,
)
from plfkit.measures.engine.estimates import estimate_interval
from plfkit.measures.engine.tasks import PeopleTask
from plfkit.model.results.figures import Figure

Matrix = NDArray[np.bool_]
Floats = NDArray[np.float64]
DENSITIES = {8: 0.40, 15: 0.30, 33: 0.18, 60: 0.10}
"""How dense schools of so many teachers are on average."""

SEEKS, SOUGHT, BOTH = 0.6, 0.9, -0.2
"""How much people differ in seeking and in being sought, and how the two go together."""

RETURNING, CLOSING, KEEPING = 1.5, 0.15, 0.6
"""Log odds of a returned tie; how often two steps become one; how often a pair stays as it was."""

DRAWS, FEW_DRAWS, LEVEL, SILENT = 199, 79, 0.05, 0.2
"""Draws, and those of slow tests: with either a p of 0.05 can be had exactly."""

NODES = 60
LAST, THIS = "advice-2017", "advice-2018"
TRUE_NETWORKS = 4_000


@frozen
class School:
    """The model of a school: how many people, and the log odds of a tie where all are average."""

    n: int
    base: float

    @classmethod
    def of(cls, n: int) -> School:
        """Choose the base so that schools of this size are as dense as they are on average."""

        def gap(base: float) -> float:
            return cls(n, base).truth()[0] - DENSITIES[n]

        return cls(n, float(brentq(gap, -8, 4)))

    def truth(self) -> tuple[float, float]:
        """Return density and reciprocity among all people there could be."""
        points, weights = np.polynomial.hermite_e.hermegauss(NODES)
        one, other = np.meshgrid(points, points)
        weight = np.outer(weights, weights) / (2 * np.pi)
        spread = np.sqrt(SEEKS**2 + SOUGHT**2)
        share = 2 * BOTH * SEEKS * SOUGHT / spread**2
        forth = self.base + spread * one
        back = self.base + spread * (share * one + np.sqrt(1 - share**2) * other)
        chances = _of_pairs(forth, back)
        tied, mutual = (float((weight * p).sum()) for p in (chances[1] + chances[3], chances[3]))
        return tied, mutual / tied

    def effects(self, rng: np.random.Generator) -> Floats:
        """Draw people: the log odds of each pair's tie."""
        seeks = rng.normal(size=self.n)
        sought = BOTH * seeks + np.sqrt(1 - BOTH**2) * rng.normal(size=self.n)
        odds: Floats = self.base + SEEKS * seeks[:, None] + SOUGHT * sought[None, :]
        return odds

    def network(
        self, rng: np.random.Generator, odds: Floats | None = None, returning: float = RETURNING
    ) -> Matrix:
        """Draw a network, of people who are drawn too unless they are given."""
        odds = self.effects(rng) if odds is None else odds
        rows, columns = np.triu_indices(self.n, 1)
        chances = _of_pairs(odds[rows, columns], odds[columns, rows], returning)
        bounds = np.cumsum(chances[:3], axis=0)
        state = (rng.random(len(rows)) > bounds).sum(axis=0)
        ties = np.zeros((self.n, self.n), np.bool_)
        ties[rows, columns], ties[columns, rows] = state % 2 == 1, state >= 2
        return ties

    def resembling(self, rng: np.random.Generator, ties: Matrix, odds: Floats) -> Matrix:
        """Draw a network of the same people in which many pairs are as they were."""
        keep = np.triu(rng.random(ties.shape) < KEEPING, 1)
        return np.where(keep | keep.T, ties, self.network(rng, odds))

    def closed(self, rng: np.random.Generator) -> Matrix:
        """Draw a network in which some two-paths have become ties."""
        ties = self.network(rng)
        paths = ties.astype(np.int64) @ ties.astype(np.int64)
        more = rng.random(ties.shape) < 1 - (1 - CLOSING) ** paths
        np.fill_diagonal(more, val=False)
        return ties | more


def _of_pairs(forth: Floats, back: Floats, returning: float = RETURNING) -> Floats:
    """Return the chance of neither tie, the one, the other, and both."""
    odds = np.exp(np.stack([np.zeros_like(forth), forth, back, forth + back + returning]))
    chances: Floats = odds / odds.sum(axis=0)
    return chances


def closed_truth(school: School) -> tuple[float, float]:
    """Return density and reciprocity where two-paths close, from many networks."""
    rng = np.random.default_rng(school.n)
    ties = mutual = 0
    for _ in range(TRUE_NETWORKS):
        one = school.closed(rng)
        ties, mutual = ties + int(one.sum()), mutual + int((one & one.T).sum())
    return ties / TRUE_NETWORKS / school.n / (school.n - 1), mutual / ties


def bernoulli(rng: np.random.Generator, n: int) -> Matrix:
    """Draw a network in which every tie is as likely."""
    ties = rng.random((n, n)) < DENSITIES[n]
    np.fill_diagonal(ties, val=False)
    return ties


def organisation(
    networks: dict[tuple[str, str, date], Matrix], silent: NDArray[np.bool_] | None = None
) -> Organisation:
    """Return a school whose people told these ties, in surveys of a name, relation and day."""
    n = len(next(iter(networks.values())))
    silent = np.zeros(n, np.bool_) if silent is None else silent
    names = [f"teacher-{number:02d}" for number in range(n)]
    ties = [
        Tie(names[i], names[j], relation, survey)
        for (survey, relation, _), told in networks.items()
        for i, j in np.argwhere(told & ~silent[:, None]).tolist()
    ]
    return Organisation.of(
        units=[Unit("school", "school")],
        persons=[Person(name) for name in names],
        positions=[Position(name, "school", "teacher") for name in names],
        surveys=[Survey(s, "network", relation, date=day) for s, relation, day in networks],
        responses=[
            Response(survey, name, answered=not quiet)
            for survey, _, _ in networks
            for name, quiet in zip(names, silent.tolist(), strict=True)
        ],
        ties=ties,
    )


def moment(*networks: Matrix, silent: NDArray[np.bool_] | None = None) -> Snapshot:
    """Return one moment of a school with up to three relations."""
    relations = ("advice", "observation", "coaching")
    day = date(2018, 11, 1)
    told = {(r, r, day): network for r, network in zip(relations, networks, strict=False)}
    return snapshot(organisation(told, silent), "2018/19")


Once = Callable[[np.random.Generator, int], Sequence[bool | None]]
"""One repetition: what came true of each row of the table; None if there was nothing to say."""


@frozen
class Study:
    """Rows of the table that come from the same repetitions.

    Attributes:
        names: What each row is about.
        n: How many people.
        nominal: How often it should come true.
        once: One repetition.
        repetitions: How many.
    """

    names: tuple[str, ...]
    n: int
    nominal: float
    once: Once
    repetitions: int


def covers(school: School, truth: tuple[float, float], *, closed: bool, silent: float) -> Once:
    """Tell whether the intervals of density and reciprocity hold the truth."""

    def once(rng: np.random.Generator, seed: int) -> list[bool | None]:
        ties = school.closed(rng) if closed else school.network(rng)
        at = moment(ties, silent=rng.random(school.n) < silent)
        found = [_interval(at, name, seed) for name in ("density", "reciprocity")]
        return [
            None if ends is None else ends[0] <= value <= ends[1]
            for ends, value in zip(found, truth, strict=True)
        ]

    return once


def _interval(at: Snapshot, name: str, seed: int) -> tuple[float, float] | None:
    measure = measures.CORE[name]
    layer = at.layer("advice")
    if layer.n >= 15:
        about = {"relation": "advice", "interval": True, "draws": DRAWS, "seed": seed}
        figure = measure(at, about).figures[0]
        if figure.interval_lower is None or figure.interval_upper is None:
            return None
        return figure.interval_lower, figure.interval_upper
    # Below that number of people it is refused; this is what it would be.
    builder = measure.about.estimator
    assert builder is not None
    estimator = builder(at, layer)
    draws = PeopleTask(layer, estimator)(np.random.default_rng(seed), DRAWS)
    ends = estimate_interval(estimator(layer).value, draws)
    return None if np.isnan(ends[0][0]) else (float(ends[0][0]), float(ends[1][0]))


def _rejected(figure: Figure) -> bool | None:
    return None if figure.p_value is None else figure.p_value <= LEVEL + 1e-9


def mixing(school: School) -> Once:
    """Test E–I of groups that have nothing to do with the ties."""

    def once(rng: np.random.Generator, seed: int) -> list[bool | None]:
        at = moment(school.network(rng))
        grades = rng.integers(0, 3, school.n).tolist()
        groups = {p: f"grade {g}" for p, g in zip(at.person_ids, grades, strict=True)}
        found = measures.ei_index(
            at, relation="advice", groups=groups, null="labels", draws=DRAWS, seed=seed
        )
        return [_rejected(found.figures[0])]

    return once


def of_size(name: str, n: int) -> Once:
    """Test a measure where every tie is as likely."""

    def once(rng: np.random.Generator, seed: int) -> list[bool | None]:
        about = {"relation": "advice", "null": "size", "draws": DRAWS, "seed": seed}
        return [_rejected(measures.CORE[name](moment(bernoulli(rng, n)), about).figures[0])]

    return once


def correlating(school: School) -> Once:
    """Test two relations that have nothing to do with each other, with a set number of draws and not."""

    def once(rng: np.random.Generator, seed: int) -> list[bool | None]:
        at = moment(school.network(rng), school.network(rng))
        return [
            _rejected(
                inference.qap(
                    at,
                    relation="advice",
                    against="observation",
                    draws=DRAWS,
                    seed=seed,
                    adaptive=adaptive,
                ).figures[0]
            )
            for adaptive in (False, True)
        ]

    return once


def regressing(school: School, kind: str) -> Once:
    """Test the last of two predictors.

    Both ``"apart"`` from each other and the relation; ``"alike"`` but apart from the relation; or
    alike, and the relation follows the ``"first"`` tie by tie: so it does not go back to anybody by
    itself, or the last predictor would tell of ties that are returned.
    """

    def once(rng: np.random.Generator, seed: int) -> list[bool | None]:
        people, others = school.effects(rng), school.effects(rng)
        first = school.network(rng, people)
        last = school.network(rng) if kind == "apart" else school.resembling(rng, first, people)
        if kind == "first":
            relation = school.network(rng, others + 1.5 * first, returning=0.0)
        else:
            relation = school.network(rng, others)
        at = moment(relation, first, last)
        on = ["observation", "coaching"]
        found = inference.mrqap(at, relation="advice", on=on, draws=DRAWS, seed=seed)
        return [_rejected(found.figures[2])]

    return once


def changing(school: School) -> Once:
    """Test and cover the change of density and reciprocity where the people's ways did not change."""

    def once(rng: np.random.Generator, seed: int) -> list[bool | None]:
        people = school.effects(rng)
        before = school.network(rng, people)
        after = school.resembling(rng, before, people)
        told = {
            (LAST, "advice", date(2017, 11, 1)): before,
            (THIS, "advice", date(2018, 11, 1)): after,
        }
        years = organisation(told)
        rows = [
            inference.change(
                years,
                name,
                from_="2017/18",
                to="2018/19",
                relation="advice",
                draws=FEW_DRAWS,
                seed=seed,
            ).figures[0]
            for name in ("density", "reciprocity")
        ]
        inside = [
            None
            if row.interval_lower is None or row.interval_upper is None
            else not row.interval_lower <= 0 <= row.interval_upper
            for row in rows
        ]
        return [*map(_rejected, rows), *inside]

    return once


def studies(share: float) -> Iterator[Study]:
    """Yield all studies, with a share of their repetitions."""

    def times(repetitions: int) -> int:
        return max(round(repetitions * share), 10)

    schools = {n: School.of(n) for n in DENSITIES}
    both = ("density", "reciprocity")
    for silent in (0.0, SILENT):
        for n, school in schools.items():
            words = ", 20 % silent" if silent else ""
            names = tuple(f"interval of {name}{words}" for name in both)
            once = covers(school, school.truth(), closed=False, silent=silent)
            yield Study(names, n, 1 - LEVEL, once, times(300))
    for n in (15, 33):
        names = tuple(f"interval of {name}, two-paths close" for name in both)
        once = covers(schools[n], closed_truth(schools[n]), closed=True, silent=0.0)
        yield Study(names, n, 1 - LEVEL, once, times(200))
    for n in (8, 33):
        yield Study(("ei_index, null labels",), n, LEVEL, mixing(schools[n]), times(200))
        size = "reciprocity, null size"
        yield Study((size,), n, LEVEL, of_size("reciprocity", n), times(200))
    size = "transitivity, null size"
    yield Study((size,), 15, LEVEL, of_size("transitivity", 15), times(60))
    for n in (8, 15, 33, 60):
        yield Study(("qap", "qap, adaptive"), n, LEVEL, correlating(schools[n]), times(300))
    kinds = {"apart": "independent", "alike": "correlated", "first": "correlated, one matters"}
    for n in (15, 33):
        for kind, words in kinds.items():
            once = regressing(schools[n], kind)
            yield Study((f"mrqap, predictors {words}",), n, LEVEL, once, times(300))
    names = (
        *(f"change of {name}, p" for name in both),
        *(f"change of {name}, interval misses 0" for name in both),
    )
    yield Study(names, 33, LEVEL, changing(schools[33]), times(200))


def main(share: float) -> None:
    """Run all studies and print a table."""
    start = time.perf_counter()
    print(f"{'':46} {'people':>6} {'nominal':>7} {'found':>6} {'±se':>6} {'of':>4}")
    for number, study in enumerate(studies(share)):
        chances = np.random.default_rng(number).spawn(study.repetitions)
        told = [study.once(rng, seed) for seed, rng in enumerate(chances)]
        for row, name in enumerate(study.names):
            came = np.array([one[row] for one in told if one[row] is not None], np.float64)
            found = came.mean()
            error = np.sqrt(study.nominal * (1 - study.nominal) / len(came))
            away = (found - study.nominal) / error
            mark = "" if abs(away) <= 2 else "  above" if away > 0 else "  below"
            print(
                f"{name:46} {study.n:6} {study.nominal:7.2f} {found:6.3f} {error:6.3f} {len(came):4}{mark}",
                flush=True,
            )
    print(f"{DRAWS} draws each, {FEW_DRAWS} of changes; ", end="")
    print("marked where found lies over two standard errors (se) from nominal")
    print(f"{time.perf_counter() - start:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main(0.15 if "--quick" in sys.argv[1:] else 1.0)
