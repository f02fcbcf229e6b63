"""How often intervals cover and tests reject, over many networks of which the truth is known.

    python tests/benchmarks/covering.py [--quick] [FAMILY …]

The families of rows are `figures`, `sparse`, `mutual`, `changes`, `municipalities`, `tests` and
`exchanges`; all of them if none is named. Networks have two origins, in `origins`; those of the tests
come from the p1 model (Holland & Leinhardt 1981): people are drawn anew each time, with how much they
seek and are sought, and pairs of them are tied. Tests of relations stand in `testing_sizes`.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

import numpy as np
from attrs import frozen
from covering_intervals import (
    FIGURES,
    MUTUAL,
    POOLED,
    SCHOOLS_DIFFER,
    SIZES,
    SPARSE,
    cover_changes,
    cover_figures,
    cover_municipalities,
    draw_batches,
    list_change_rows,
    list_figure_rows,
    list_pooled_rows,
)
from covering_intervals import Figure as Interval
from numpy.typing import NDArray
from origins import BASES, ORIGINS, SPARSE_BASES, Origin, build_layer, draw_again
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
    measures,
    snapshot,
)
from plfkit.graph.layers import Layer
from plfkit.inference.change import _ExchangedYears, _SingleEstimator
from plfkit.measures.engine.estimates import Estimator, compare_with_chance
from plfkit.model.results.figures import Figure
from plfkit.resampling import Drawing, Work

Matrix = NDArray[np.bool_]
Floats = NDArray[np.float64]
DENSITIES = {8: 0.40, 15: 0.30, 30: 0.18, 60: 0.10}
"""How dense schools of so many teachers are on average."""

SEEKS, SOUGHT, BOTH = 0.6, 0.9, -0.2
"""How much people differ in seeking and in being sought, and how the two go together."""

RETURNING = 1.5
"""Log odds of a returned tie."""

DRAWS, FEW_DRAWS, LEVEL, SILENT = 199, 79, 0.05, 0.2
"""Draws, and those of slow tests: with either a p of 0.05 can be had exactly."""

NODES = 60
THIS = "advice-2018"


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

    def network(self, rng: np.random.Generator, odds: Floats | None = None) -> Matrix:
        """Draw a network, of people who are drawn too unless they are given."""
        odds = self.effects(rng) if odds is None else odds
        rows, columns = np.triu_indices(self.n, 1)
        chances = _of_pairs(odds[rows, columns], odds[columns, rows])
        bounds = np.cumsum(chances[:3], axis=0)
        state = (rng.random(len(rows)) > bounds).sum(axis=0)
        ties = np.zeros((self.n, self.n), np.bool_)
        ties[rows, columns], ties[columns, rows] = state % 2 == 1, state >= 2
        return ties


def _of_pairs(forth: Floats, back: Floats) -> Floats:
    """Return the chance of neither tie, the one, the other, and both."""
    odds = np.exp(np.stack([np.zeros_like(forth), forth, back, forth + back + RETURNING]))
    chances: Floats = odds / odds.sum(axis=0)
    return chances


def bernoulli(rng: np.random.Generator, n: int) -> Matrix:
    """Draw a network in which every tie is as likely."""
    ties = rng.random((n, n)) < DENSITIES[n]
    np.fill_diagonal(ties, val=False)
    return ties


def organisation(networks: Mapping[tuple[str, date], Matrix]) -> Organisation:
    """Return a school whose people all told who gives them advice, in surveys of a name and day."""
    n = len(next(iter(networks.values())))
    names = [f"teacher-{number:02d}" for number in range(n)]
    return Organisation.of(
        units=[Unit("school", "school")],
        persons=[Person(name) for name in names],
        positions=[Position(name, "school", "teacher") for name in names],
        surveys=[Survey(name, "network", "advice", date=day) for name, day in networks],
        responses=[
            Response(survey, name, answered=True) for survey, _ in networks for name in names
        ],
        ties=[
            Tie(names[i], names[j], "advice", survey)
            for (survey, _), told in networks.items()
            for i, j in np.argwhere(told).tolist()
        ],
    )


def moment(network: Matrix) -> Snapshot:
    """Return one moment of a school."""
    return snapshot(organisation({(THIS, date(2018, 11, 1)): network}), "2018/19")


Once = Callable[[np.random.Generator, int], Sequence[bool | None]]
"""One repetition: what came true of each row of the table; None if there was nothing to say."""


@frozen
class Study:
    """Rows of the table that come from the same repetitions.

    Attributes:
        names: What each row is about.
        n: How many people, or schools: the column of the table.
        nominal: How often it should come true.
        once: One repetition.
        repetitions: How many.
        table: The heading of the table that the rows are of.
    """

    names: tuple[str, ...]
    n: int
    nominal: float
    once: Once
    repetitions: int
    table: str = "Tests: how often they reject where there is nothing to find, by people"


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


def exchanging(origin: Origin, n: int, repetitions: int) -> Once:
    """Exchange answers between two years in which the people's ways did not change.

    The changes of density and reciprocity do not rest on this test: their rows say why.
    """
    draws, together = np.random.default_rng([n, 5]), np.zeros(n, np.int64)
    years = (
        (before[:, :, number], after[:, :, number])
        for before, odds in draw_batches(draws, origin, n, repetitions)
        for after in (draw_again(draws, origin, odds, before),)
        for number in range(before.shape[2])
    )

    def once(_rng: np.random.Generator, seed: int) -> list[bool | None]:
        layers = [build_layer(ties) for ties in next(years)]
        return [
            _exchange_years([(figure.build(layer, together), layer) for layer in layers], seed)
            for figure in POOLED
        ]

    return once


def _exchange_years(years: Sequence[tuple[Estimator, Layer]], seed: int) -> bool | None:
    both = tuple((_SingleEstimator(estimator), layer) for estimator, layer in years)
    before, after = (estimator.estimate_figure(layer) for estimator, layer in both)
    if np.isnan(after - before):
        return None
    with Work(Drawing(draws=FEW_DRAWS, seed=seed), "change", 1) as work:
        draws = work.draw(_ExchangedYears(both))
    p = compare_with_chance(np.array([after - before]), draws).p_value
    return None if p is None or np.isnan(p[0]) else bool(p[0] <= LEVEL + 1e-9)


Times = Callable[[int], int]
"""How many of so many repetitions are asked for."""

NAMES: Mapping[Origin, str] = {"pairs": "pairs alone", "actors": "ties that close"}


def list_figures(times: Times) -> Iterator[Study]:
    """Yield the studies of intervals of figures."""
    for silent in (0.0, SILENT):
        for origin in ORIGINS:
            heading = f"Intervals of figures, {NAMES[origin]}"
            yield from _cover(FIGURES, heading, origin, BASES[origin], silent, times(1000))


def list_sparse(times: Times) -> Iterator[Study]:
    """Yield the studies of intervals of figures where people seek one colleague or two."""
    for silent in (0.0, SILENT):
        for origin in ORIGINS:
            for each, bases in SPARSE_BASES.items():
                heading = f"Intervals of figures, {NAMES[origin]}, {each} ties a person"
                yield from _cover(SPARSE, heading, origin, bases[origin], silent, times(1000))


def list_mutual(times: Times) -> Iterator[Study]:
    """Yield the studies of intervals of figures of relations without direction."""
    for silent in (0.0, SILENT):
        for origin in ORIGINS:
            heading = f"Intervals of figures, {NAMES[origin]}, without direction"
            yield from _cover(MUTUAL, heading, origin, BASES[origin], silent, times(1000))


def _cover(
    figures: tuple[Interval, ...],
    heading: str,
    origin: Origin,
    bases: Mapping[int, float],
    silent: float,
    repetitions: int,
) -> Iterator[Study]:
    table, names = f"{heading}{_tell_silence(silent)}, by people", list_figure_rows(figures, silent)
    for n, base in bases.items():
        once = cover_figures(figures, origin, n, base, silent, repetitions)
        yield Study(names, n, 1 - LEVEL, once, repetitions, table)


def _tell_silence(silent: float) -> str:
    return f", {100 * silent:.0f} % silent" if silent else ""


def list_changes(times: Times) -> Iterator[Study]:
    """Yield the studies of intervals of changes."""
    for silent in (0.0, SILENT):
        for origin in ORIGINS:
            table = f"Intervals of a change of nothing, {NAMES[origin]}{_tell_silence(silent)}, by people"
            for n in SIZES:
                once = cover_changes(origin, n, silent, times(1000))
                yield Study(list_change_rows(), n, LEVEL, once, times(1000), table)


def list_municipalities(times: Times) -> Iterator[Study]:
    """Yield the studies of intervals of figures within all schools of a municipality."""
    for origin in ORIGINS:
        for differ, words in ((0.0, "schools alike"), (SCHOOLS_DIFFER, "schools differ")):
            table = f"Intervals of a municipality, {NAMES[origin]}, {words}, by schools"
            for count in (5, 10, 25):
                once = cover_municipalities(origin, count, differ, times(1000))
                yield Study(list_pooled_rows(), count, 1 - LEVEL, once, times(1000), table)


def list_tests(times: Times) -> Iterator[Study]:
    """Yield the studies of tests of one network, and of its change."""
    for n in (8, 15, 30, 60):
        school = School.of(n)
        yield Study(("E–I, null labels",), n, LEVEL, mixing(school), times(1000))
        size = ("reciprocity, null size",)
        yield Study(size, n, LEVEL, of_size("reciprocity", n), times(1000))
    for n in (8, 15, 30):
        size = ("transitivity, null size",)
        yield Study(size, n, LEVEL, of_size("transitivity", n), times(500))


def list_exchanges(times: Times) -> Iterator[Study]:
    """Yield the studies of tests that exchange people's answers between two years."""
    for origin in ORIGINS:
        names = tuple(f"change of {one.name}, {NAMES[origin]}" for one in POOLED)
        table = "Exchanging years: how often it finds a change of nothing, by people"
        for n in (8, 15, 30, 60):
            yield Study(names, n, LEVEL, exchanging(origin, n, times(1000)), times(1000), table)


FAMILIES: Mapping[str, Callable[[Times], Iterator[Study]]] = {
    "figures": list_figures,
    "sparse": list_sparse,
    "mutual": list_mutual,
    "changes": list_changes,
    "municipalities": list_municipalities,
    "tests": list_tests,
    "exchanges": list_exchanges,
}


@frozen
class Cell:
    """How often something came true.

    Attributes:
        nominal: How often it should.
        found: How often it did.
        count: Of how many times.
    """

    nominal: float
    found: float
    count: int

    def __str__(self) -> str:
        """Write it, with + or - where it lies over two standard errors from nominal."""
        error = np.sqrt(self.nominal * (1 - self.nominal) / max(self.count, 1))
        away = (self.found - self.nominal) / error
        mark = " " if abs(away) <= 2 else "+" if away > 0 else "-"
        return f"{self.found:.3f}{mark}"


def compute_cells(study: Study, number: int) -> dict[str, Cell]:
    """Repeat a study and return the cell of each of its rows."""
    chances = np.random.default_rng(number).spawn(study.repetitions)
    told = [study.once(rng, seed) for seed, rng in enumerate(chances)]
    cells = {}
    for row, name in enumerate(study.names):
        came = [bool(one[row]) for one in told if one[row] is not None]
        found = float(np.mean(came)) if came else np.nan
        cells[name] = Cell(study.nominal, found, len(came))
    return cells


def print_table(heading: str, rows: Mapping[str, Mapping[int, Cell]]) -> None:
    """Print a table: what in rows, how many people or schools in columns."""
    columns = sorted({n for cells in rows.values() for n in cells})
    least = min(cell.count for cells in rows.values() for cell in cells.values())
    most = max(cell.count for cells in rows.values() for cell in cells.values())
    print(f"{heading} (of {least} to {most})" if least < most else f"{heading} (of {most})")
    print(f"{'':40}" + "".join(f"{n:8}" for n in columns))
    for name, cells in rows.items():
        line = "".join(f"  {cells[n]}" if n in cells else f"{'–':>7} " for n in columns)
        print(f"{name:40}{line}".rstrip())
    print(flush=True)


def main(share: float, families: Sequence[str]) -> None:
    """Run the studies of some families and print their tables."""
    start = time.perf_counter()

    def times(repetitions: int) -> int:
        return max(round(repetitions * share), 10)

    for family in families:
        tables: dict[str, dict[str, dict[int, Cell]]] = {}
        for number, study in enumerate(FAMILIES[family](times)):
            for name, cell in compute_cells(study, number).items():
                tables.setdefault(study.table, {}).setdefault(name, {})[study.n] = cell
        for heading, rows in tables.items():
            print_table(heading, rows)
    print("+ and - mark what lies over two standard errors above or below .95, or .05 of tests")
    print(f"{time.perf_counter() - start:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    asked = [word for word in sys.argv[1:] if word != "--quick"]
    main(0.15 if "--quick" in sys.argv[1:] else 1.0, asked or [*FAMILIES])
