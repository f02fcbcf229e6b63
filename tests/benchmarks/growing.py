"""What measures cost as networks grow: from a municipality to a million people.

    python tests/benchmarks/growing.py [FILE.json] [--sizes 1416,6000] [--rounds 5]

Each size is measured in a fresh process. Tables are built from arrays, everybody answered, and every
value is checked against scipy first, at the smallest size against networkx too. Times are medians
of the rounds after the one that is checked, in milliseconds of one processor, so that other
programs do not count. A first call is one on a snapshot that was asked nothing before, so it builds
the layer too; another finds what the snapshot keeps. Memory is the most that a first call took beyond
what was there before it, in megabytes. A file is given what is printed, as JSON; the documentation
draws its picture from `docs/_static/growing.json`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray
from scipy import sparse

import plfkit
from plfkit import Organisation, Person, Position, Response, Survey, Tie, Unit, measures
from plfkit.graph.surveys import build_layer
from plfkit.model.records.tables import Column, Table
from plfkit.model.results.result import Result

SIZES = {1_416: 6_881, 6_000: 28_400, 56_404: 266_862, 240_000: 1_130_000, 961_562: 4_500_000}
"""How many people, and how many ties."""

AT_A_SCHOOL, WITHIN = 38, 0.85
ROLES = {"principal": 0.03, "deputy_principal": 0.03, "reading_coach": 0.027, "teacher": 0.913}
LEVELS = np.array([0, 0, 1, 2])
FOR_NETWORKX = 2_000

Numbers = NDArray[np.int64]


@frozen(eq=False)
class Grown:
    """A network of some size.

    Attributes:
        snapshot: The moment.
        ties: The ties as scipy has them.
        level: The level of each person, by number.
        school: The school of each person, by number.
    """

    snapshot: plfkit.Snapshot
    ties: sparse.csr_array[Any]
    level: Numbers
    school: Numbers


def grow_network(n: int) -> Grown:
    """Draw a network from a seed, and build its tables from arrays."""
    rng = np.random.default_rng(1)
    school = rng.integers(0, max(n // AT_A_SCHOOL, 1), n)
    role = rng.choice(len(ROLES), n, p=list(ROLES.values()))
    source, target = draw_pairs(rng, school, SIZES.get(n, round(4.7 * n)))
    people = tuple(f"p{number:07}" for number in range(n))
    schools = tuple(f"s{number:05}" for number in range(int(school.max()) + 1))

    def text(codes: Any, texts: tuple[str, ...]) -> Column:
        return Column.of_codes(np.asarray(codes, np.int32), texts)

    def repeat(word: str, length: int) -> Column:
        return text(np.zeros(length), (word,))

    everybody, ties = np.arange(n), len(source)
    yes = Column(np.ones(n, np.bool_), np.zeros(n, np.bool_))
    tables: dict[str, Any] = {
        "persons": (Person, {"id": text(everybody, people)}, n),
        "positions": (
            Position,
            {
                "person": text(everybody, people),
                "unit": text(school, schools),
                "role": text(role, tuple(ROLES)),
            },
            n,
        ),
        "responses": (
            Response,
            {"survey": repeat("q", n), "person": text(everybody, people), "answered": yes},
            n,
        ),
        "ties": (
            Tie,
            {
                "source": text(source, people),
                "target": text(target, people),
                "relation": repeat("advice", ties),
                "survey": repeat("q", ties),
            },
            ties,
        ),
    }
    records: dict[str, Any] = {
        name: Table.from_columns(row, columns, length)
        for name, (row, columns, length) in tables.items()
    }
    records["units"] = [Unit(name, "school") for name in schools]
    records["surveys"] = [Survey("q", "network", "advice")]
    organisation = Organisation.of(**records)
    matrix = sparse.csr_array((np.ones(ties, np.int64), (source, target)), shape=(n, n))
    return Grown(plfkit.snapshot(organisation), matrix, LEVELS[role], school)


def draw_pairs(rng: np.random.Generator, school: Numbers, count: int) -> tuple[Numbers, Numbers]:
    """Draw so many different pairs of different people, most of them of one school."""
    n = len(school)
    order = np.argsort(school, kind="stable")
    starts = np.searchsorted(school[order], np.arange(school.max() + 2))
    source = rng.integers(0, n, 2 * count)
    size = starts[school[source] + 1] - starts[school[source]]
    near = order[starts[school[source]] + (rng.random(2 * count) * size).astype(np.int64)]
    far = rng.integers(0, n, 2 * count)
    target = np.where(rng.random(2 * count) < WITHIN, near, far)
    keys = np.unique((source * n + target)[source != target])
    pairs: Numbers = rng.choice(keys, count, replace=False)
    return pairs // n, pairs % n


@frozen(eq=False)
class Growth:
    """One line of the table.

    Attributes:
        name: What the table calls it.
        call: plfkit's computation on a snapshot.
        value: What is checked, from what it returns.
        expected: The same by scipy or networkx; None where neither can do it at this size.
    """

    name: str
    call: Callable[[plfkit.Snapshot], Any]
    value: Callable[[Any], Any]
    expected: Callable[[], Any] | None


def read_values(name: str = "value", figure: str | None = None) -> Callable[[Result], Any]:
    """Read a column of a result as numbers, of the rows of one figure if it is named."""

    def read(result: Result) -> Any:
        cells = result.figures.column(name)
        values = np.where(cells.missing, np.nan, cells.values).astype(np.float64)
        return (
            values if figure is None else values[result.figures.column("figure").match_text(figure)]
        )

    return read


def list_tasks(net: Grown) -> list[Growth]:
    """Return what is measured."""
    ties, n = net.ties, len(net.level)
    about: dict[str, Any] = {"relation": "advice"}
    coaches = np.flatnonzero(net.level == 1)
    source, target = ties.tocoo().coords
    return [
        Growth(
            "layer",
            lambda at: build_layer(at, "advice"),
            lambda one: one.adjacency.nnz,
            lambda: ties.nnz,
        ),
        Growth(
            "density",
            lambda at: measures.density(at, **about),
            read_values(),
            lambda: [ties.nnz / (n * (n - 1))],
        ),
        Growth(
            "reciprocity",
            lambda at: measures.reciprocity(at, **about),
            read_values(),
            lambda: [ties.multiply(ties.T).nnz / ties.nnz],
        ),
        Growth(
            "level by level",
            lambda at: measures.block_density(at, **about, groups="level"),
            read_values("numerator"),
            lambda: np.bincount(3 * net.level[source] + net.level[target], minlength=9),
        ),
        Growth(
            "E-I of schools",
            lambda at: measures.ei_index(at, **about, groups="school"),
            read_values(),
            lambda: [2 * np.mean(net.school[source] != net.school[target]) - 1],
        ),
        Growth(
            "degree",
            lambda at: measures.degree(at, **about, direction="in"),
            read_values(),
            lambda: ties.sum(axis=0),
        ),
        Growth(
            "transitivity",
            lambda at: measures.transitivity(at, **about),
            read_values("numerator"),
            lambda: [(ties @ ties).multiply(ties).sum()],
        ),
        Growth(
            "brokerage, all roles",
            lambda at: measures.brokerage(at, **about, groups="level"),
            read_values("value", "total"),
            lambda: count_open_paths(ties),
        ),
        Growth(
            "constraint, effective size",
            lambda at: measures.constraint(at, **about),
            read_values("value", "constraint"),
            (lambda: list(ask_networkx(ties, "constraint").values())) if n < FOR_NETWORKX else None,
        ),
        Growth(
            "reach of coaches, k = 2",
            lambda at: measures.k_step_reach(at, **about, k=2, people="resource_person"),
            read_values("numerator"),
            lambda: count_two_steps(ties, coaches),
        ),
    ]


def count_open_paths(ties: sparse.csr_array[Any]) -> Any:
    """Count the two-paths through each node whose ends are not tied."""
    returned = ties.multiply(ties.T).sum(axis=1)
    # Cell (a, v) of A · Aᵀ counts whom both name; where a names v too, those paths are closed.
    closed = (ties @ ties.T).multiply(ties).sum(axis=0)
    return ties.sum(axis=0) * ties.sum(axis=1) - returned - closed


def count_two_steps(ties: sparse.csr_array[Any], nodes: Numbers) -> Any:
    """Count whom some nodes reach in one or two steps."""
    first = ties[nodes]
    both = (first + first @ ties).tocoo()
    rows, columns = both.coords
    return np.bincount(rows[columns != nodes[rows]], minlength=len(nodes))


def ask_networkx(ties: sparse.csr_array[Any], function: str) -> dict[int, float]:
    """Ask networkx for a figure of every node."""
    import networkx as nx

    graph = nx.from_scipy_sparse_array(ties, create_using=nx.DiGraph)
    found: dict[int, float] = getattr(nx, function)(graph)
    return found


def read_memory(name: str) -> float:
    """Return a line of the kernel's account of this process in megabytes; nothing where there is none."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return float("nan")
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(name))


def measure_time(call: Callable[[plfkit.Snapshot], Any], at: plfkit.Snapshot) -> float:
    """Return how many milliseconds of a processor a call takes."""
    start = time.process_time()
    call(at)
    return 1e3 * (time.process_time() - start)


def measure_memory(call: Callable[[plfkit.Snapshot], Any], at: plfkit.Snapshot) -> float:
    """Return how many megabytes a call takes at most beyond what there was."""
    try:
        Path("/proc/self/clear_refs").write_text("5", encoding="utf-8")
    except OSError:
        return float("nan")
    before = read_memory("VmRSS")
    call(at)
    return max(read_memory("VmHWM") - before, 0.0)


def measure_size(n: int, rounds: int) -> dict[str, Any]:
    """Measure one size in this process."""
    begun = time.process_time()
    net = grow_network(n)
    found: dict[str, Any] = {
        "people": n,
        "ties": net.ties.nnz,
        "snapshot_seconds": time.process_time() - begun,
        "data_megabytes": read_memory("VmRSS"),
        "tasks": {},
    }
    for task in list_tasks(net):
        value = np.asarray(task.value(task.call(net.snapshot)), np.float64)
        if task.expected is not None:
            expected = np.asarray(task.expected(), np.float64)
            known = ~np.isnan(value) & ~np.isnan(expected)
            np.testing.assert_allclose(value[known], expected[known], rtol=1e-9, err_msg=task.name)
        first = [measure_time(task.call, evolve(net.snapshot)) for _ in range(rounds)]
        again = [measure_time(task.call, net.snapshot) for _ in range(rounds)]
        found["tasks"][task.name] = {
            "first_ms": median(first),
            "ms": median(again),
            "mb": measure_memory(task.call, evolve(net.snapshot)),
            "checked": task.expected is not None,
        }
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--one", type=int)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(measure_size(given.one, given.rounds)))
        return
    found = []
    for size in given.sizes.split(","):
        command = [sys.executable, __file__, "--one", size, "--rounds", str(given.rounds)]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603 - ourselves
        found.append(json.loads(done.stdout.splitlines()[-1]))
        print_size(found[-1])
    if given.file is not None:
        given.file.write_text(json.dumps(found, indent=1), encoding="utf-8")


def print_size(found: dict[str, Any]) -> None:
    """Print what was found at a size."""
    print(f"{found['people']:,} people, {found['ties']:,} ties: ", end="")
    print(f"snapshot in {found['snapshot_seconds']:.1f} s, {found['data_megabytes']:,.0f} MB")
    for name, task in found["tasks"].items():
        unchecked = "" if task["checked"] else "  (not checked at this size)"
        times = f"{task['first_ms']:10,.1f} ms {task['ms']:10,.1f} ms again"
        print(f"  {name:30} {times} {task['mb']:8,.0f} MB{unchecked}", flush=True)


if __name__ == "__main__":
    main()
