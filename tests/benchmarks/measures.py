"""Measures beside peers in one run, with numba and without, each figure checked first.

    python tests/benchmarks/measures.py [muni|dk] [ROUNDS]

People work at schools, hold positions on levels, and all answered who they go to for advice; in the
lines that say so a fifth did not, and ranges have to be found. Times are those of the processor, so
that other programs do not count, and medians of the rounds after one that warms up, compiling
included; whatever takes longer than `LONG` seconds is measured once. A first call is one on a snapshot
that was asked nothing before: it builds the layer too. Beside it stands what a peer takes that has to
build its graph of everybody's ties as well. Peers that would take too long do a share of the work, and
their time is extrapolated, which a star says.
"""

from __future__ import annotations

import json
import platform
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from attrs import evolve, field, frozen
from denmark import write_table
from numpy.typing import NDArray
from scipy import sparse

if "--without-numba" in sys.argv:
    sys.modules["numba"] = None  # type: ignore[assignment] # so that it cannot be imported

import igraph
import networkx as nx

import plfkit
from plfkit import inference, measures
from plfkit.graph.surveys import build_layer
from plfkit.kernels import load_compiler
from plfkit.model.results.result import Result

SIZES = {"muni": (1_416, 6_881), "dk": (56_404, 266_862)}
"""How many people and ties."""

AT_A_SCHOOL, WITHIN = 38, 0.85
ROLES = {"principal": 0.03, "deputy_principal": 0.03, "reading_coach": 0.027, "teacher": 0.913}
RELATIONS = ("advice", "observation", "coaching", "materials_sharing")
SOURCES, STEPS, DRAWS = 256, 3, 1_000
SILENT = 0.2
LONG = 3.0
BUILDING = "build the layer"
Ties = tuple[NDArray[np.int64], NDArray[np.int64]]
Call = Callable[[], Any]


@frozen(eq=False)
class Network:
    """What plfkit and its peers are given.

    Attributes:
        snapshot: The moment.
        ties: For each relation, who is tied to whom, by number.
        level: The level of each person.
        school: The unit of each person.
        answered: Who answered.
    """

    snapshot: plfkit.Snapshot
    ties: Mapping[str, Ties]
    level: NDArray[np.int64]
    school: NDArray[np.int64]
    answered: NDArray[np.bool_]

    @property
    def n(self) -> int:
        """How many people."""
        return len(self.level)

    @classmethod
    def of(cls, size: str, *, silent: float = 0.0) -> Network:
        """Draw one from a seed, write it as a folder and read that.

        Args:
            size: Which size.
            silent: Which share of the people did not answer, so that their ties are not known.
        """
        n, count = SIZES[size]
        rng = np.random.default_rng(1)
        schools = max(n // AT_A_SCHOOL, 1)
        school = rng.integers(0, schools, n)
        role = rng.choice(len(ROLES), n, p=list(ROLES.values()))
        answered = np.random.default_rng(2).random(n) >= silent
        ties = {"advice": _drawn(rng, school, count)}
        for other in RELATIONS[1:] if size == "muni" else ():
            ties[other] = _resembling(rng, ties["advice"], school, count)
        ties = {
            relation: (sources[answered[sources]], targets[answered[sources]])
            for relation, (sources, targets) in ties.items()
        }
        with tempfile.TemporaryDirectory() as place:
            _write(Path(place), school, [list(ROLES)[r] for r in role], answered, ties)
            snapshot = plfkit.snapshot(plfkit.read(Path(place)), "2018/19")
        assert snapshot.layer("advice").adjacency.nnz == len(ties["advice"][0])
        level = np.array([0, 0, 1, 2])[role]
        return cls(snapshot, ties, level, school, answered)

    def matrix(self, relation: str = "advice") -> sparse.csr_array[Any]:
        """The ties as scipy has them."""
        data = (np.ones(len(self.ties[relation][0]), np.int8), self.ties[relation])
        return sparse.csr_array(data, shape=(self.n, self.n))

    def dense(self, relation: str) -> NDArray[np.float64]:
        """The ties as a full matrix."""
        full: NDArray[np.float64] = self.matrix(relation).toarray().astype(np.float64)
        return full


def _pairs(rng: np.random.Generator, school: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """Draw pairs as numbers, most of them within schools; some may be the same."""
    n = len(school)
    order = np.argsort(school, kind="stable")
    starts = np.searchsorted(school[order], np.arange(school.max() + 2))
    source = rng.integers(0, n, count)
    first, last = starts[school[source]], starts[school[source] + 1]
    near = order[first + (rng.random(count) ** 1.5 * (last - first)).astype(np.int64)]
    target = np.where(rng.random(count) < WITHIN, near, rng.integers(0, n, count))
    pairs: NDArray[np.int64] = (source * n + target)[source != target]
    return pairs


def _drawn(rng: np.random.Generator, school: NDArray[np.int64], count: int) -> Ties:
    n = len(school)
    pairs = np.unique(_pairs(rng, school, 2 * count))
    chosen = np.sort(rng.choice(pairs, count, replace=False))
    back = chosen[rng.random(count) < 0.15]  # some are returned
    both = np.unique(np.concatenate([chosen, back % n * n + back // n]))
    chosen = np.sort(rng.choice(both, count, replace=False))
    return chosen // n, chosen % n


def _resembling(
    rng: np.random.Generator, ties: Ties, school: NDArray[np.int64], count: int
) -> Ties:
    n = len(school)
    kept = (ties[0] * n + ties[1])[rng.random(count) < 0.4]
    both = np.unique(np.concatenate([kept, _pairs(rng, school, count // 2)]))
    return both // n, both % n


def _write(
    folder: Path,
    school: NDArray[np.int64],
    role: list[str],
    answered: NDArray[np.bool_],
    ties: Mapping[str, Ties],
) -> None:
    person = [f"person-{n:06d}" for n in range(len(school))]
    unit = [f"school-{n:04d}" for n in range(int(school.max()) + 1)]
    tables: dict[str, tuple[str, list[tuple[Any, ...]]]] = {
        "units": (
            "id,kind,parent",
            [("dk", "municipality", ""), *((u, "school", "dk") for u in unit)],
        ),
        "persons": ("id", [(p,) for p in person]),
        "positions": (
            "person,unit,role",
            [(p, unit[s], r) for p, s, r in zip(person, school, role, strict=True)],
        ),
        "surveys": ("id,kind,relation,date", [(r, "network", r, "2018-11-01") for r in ties]),
        "responses": (
            "survey,person,answered",
            [
                (r, p, "yes" if a else "no")
                for r in ties
                for p, a in zip(person, answered.tolist(), strict=True)
            ],
        ),
        "ties": (
            "source,target,relation,survey",
            [
                (person[i], person[j], relation, relation)
                for relation, (sources, targets) in ties.items()
                for i, j in zip(sources.tolist(), targets.tolist(), strict=True)
            ],
        ),
    }
    for name, table in tables.items():
        write_table(folder / f"{name}.csv", *table)


@frozen(eq=False)
class Peer:
    """How somebody else computes the same.

    Attributes:
        call: The computation.
        times: How much more work the whole is; 1 if all of it is done.
        value: What is compared, from what it returns; nothing if it does a share only.
    """

    call: Call
    times: float = 1.0
    value: Callable[[Any], Any] | None = None


@frozen(eq=False)
class Task:
    """What is measured.

    Attributes:
        name: What the table calls it.
        call: plfkit's computation on a snapshot.
        value: What is compared, from what it returns.
        peers: Peers by name.
    """

    name: str
    call: Callable[[plfkit.Snapshot], Any]
    value: Callable[[Any], Any]
    peers: Mapping[str, Peer] = field(factory=dict)


def column(name: str, figure: str | None = None) -> Callable[[Result], NDArray[np.float64]]:
    """Read a column of a result as numbers, of the rows of one figure if it is named."""

    def read(result: Result) -> NDArray[np.float64]:
        cells = result.figures.column(name)
        values = np.where(cells.missing, np.nan, cells.values).astype(np.float64)
        if figure is None:
            return values
        rows: NDArray[np.bool_] = result.figures.column("figure").match_text(figure)
        return values[rows]

    return read


def _build_graphs(net: Network) -> tuple[Any, Any]:
    """Return the ties of advice as networkx and igraph have them."""
    graph = nx.DiGraph()
    graph.add_nodes_from((v, {"level": int(c)}) for v, c in enumerate(net.level.tolist()))
    graph.add_edges_from(zip(*(side.tolist() for side in net.ties["advice"]), strict=True))
    edges = np.stack(net.ties["advice"], axis=1)
    return graph, igraph.Graph(net.n, edges.tolist(), directed=True)


def list_silent_tasks(net: Network) -> list[Task]:
    """Return what is measured where some did not answer."""
    graph, other = _build_graphs(net)
    tasks = [
        *_mixing(net, graph, other),
        _reach(net, graph, other),
        _reach_of_group(net, graph, other),
    ]
    return [evolve(task, name=f"{task.name}, a fifth silent") for task in tasks]


def list_tasks(net: Network, size: str) -> list[Task]:
    """Return what is measured at a size where everybody answered."""
    graph, other = _build_graphs(net)
    about = {"relation": "advice"}
    found = [
        _build(net),
        *_mixing(net, graph, other),
        _brokerage(net, graph),
        Task(
            "constraint, effective size",
            lambda at: measures.constraint(at, **about),  # type: ignore[arg-type]
            column("value", "constraint"),
            {
                "networkx": Peer(lambda: nx.constraint(graph), value=lambda d: list(d.values())),
                "igraph": Peer(other.constraint, value=np.array),
            },
        ),
        _reach(net, graph, other),
        _reach_of_group(net, graph, other),
        _betweenness(net, graph, other, exact=False),
    ]
    if size == "muni":
        found += [_betweenness(net, graph, other, exact=True), *_permutations(net)]
    return found


def _build(net: Network) -> Task:
    sources, targets = net.ties["advice"]

    def with_networkx() -> Any:
        graph = nx.DiGraph()
        graph.add_nodes_from(range(net.n))
        graph.add_edges_from(zip(sources.tolist(), targets.tolist(), strict=True))
        return graph

    def with_igraph() -> Any:
        return igraph.Graph(net.n, list(zip(sources.tolist(), targets.tolist(), strict=True)))

    return Task(
        BUILDING,
        lambda at: build_layer(at, "advice"),
        lambda layer: [layer.adjacency.nnz],
        {
            "networkx": Peer(with_networkx, value=lambda g: [g.number_of_edges()]),
            "igraph": Peer(with_igraph, value=lambda g: [g.ecount()]),
            "scipy": Peer(net.matrix, value=lambda m: [m.nnz]),
        },
    )


def _mixing(net: Network, graph: Any, other: Any) -> list[Task]:
    matrix = net.matrix()
    level, school = net.level.tolist(), net.school.tolist()
    kinds = int(net.level.max()) + 1

    def counted(edges: Any) -> list[int]:
        count = Counter((level[i], level[j]) for i, j in edges)
        return [count[a, b] for a in range(kinds) for b in range(kinds)]

    def mixed() -> list[int]:
        count = nx.attribute_mixing_dict(graph, "level")
        return [count.get(a, {}).get(b, 0) for a in range(kinds) for b in range(kinds)]

    def binned() -> Any:
        ties = matrix.tocoo()
        return np.bincount(net.level[ties.row] * kinds + net.level[ties.col], minlength=kinds**2)

    def across(edges: Any) -> list[float]:
        outer = total = 0
        for i, j in edges:
            total, outer = total + 1, outer + (school[i] != school[j])
        return [2 * outer / total - 1]

    def same(told: Any) -> Any:
        return told

    # What is returned can be told of those alone who answered.
    kept, pairs = np.flatnonzero(net.answered), matrix.tocoo()
    heard, between = graph.subgraph(kept.tolist()).copy(), matrix[kept][:, kept]

    def by_school() -> Any:
        inside = net.school[pairs.row] == net.school[pairs.col]
        return np.bincount(net.school[pairs.row[inside]], minlength=int(net.school.max()) + 1)

    return [
        Task(
            "density",
            lambda at: measures.density(at, relation="advice"),
            column("numerator"),
            {"igraph": Peer(other.ecount, value=lambda v: [v])},
        ),
        Task(
            f"density by school, {int(net.school.max()) + 1:,} parts",
            lambda at: measures.density(at, relation="advice", by="school"),
            column("numerator"),
            {"scipy": Peer(by_school, value=same)},
        ),
        Task(
            "level by level",
            lambda at: measures.block_density(at, relation="advice", groups="level"),
            column("numerator"),
            {
                "networkx": Peer(mixed, value=same),
                "igraph": Peer(lambda: counted(other.get_edgelist()), value=same),
                "scipy": Peer(binned, value=same),
            },
        ),
        Task(
            "reciprocity",
            lambda at: measures.reciprocity(at, relation="advice"),
            column("value"),
            {
                "networkx": Peer(lambda: nx.overall_reciprocity(heard), value=lambda v: [v]),
                "igraph": Peer(other.induced_subgraph(kept).reciprocity, value=lambda v: [v]),
                "scipy": Peer(
                    lambda: between.multiply(between.T).nnz / between.nnz, value=lambda v: [v]
                ),
            },
        ),
        Task(
            "ei_index of schools",
            lambda at: measures.ei_index(at, relation="advice", groups="school"),
            column("value"),
            {
                "networkx": Peer(lambda: across(graph.edges()), value=same),
                "igraph": Peer(lambda: across(other.get_edgelist()), value=same),
            },
        ),
        Task(
            "degree",
            lambda at: measures.degree(at, relation="advice", direction="in"),
            column("lower"),  # told ties: the value adds those who did not answer
            {
                "networkx": Peer(lambda: [ties for _, ties in graph.in_degree()], value=same),
                "igraph": Peer(other.indegree, value=same),
                "scipy": Peer(lambda: matrix.sum(axis=0), value=same),
            },
        ),
    ]


def _brokerage(net: Network, graph: Any) -> Task:
    group = net.level.tolist()
    roles = ("coordinator", "itinerant", "representative", "gatekeeper", "liaison")

    def with_networkx() -> NDArray[np.int64]:
        counts = np.zeros((net.n, 5), np.int64)
        for v in graph:
            of_v, into, out = group[v], graph.pred[v], graph.succ[v]
            row = [0] * 5
            for a in into:
                of_a, known = group[a], graph.succ[a]
                for b in out:
                    if a == b or b in known:
                        continue
                    of_b = group[b]
                    if of_a == of_b:
                        row[0 if of_a == of_v else 1] += 1
                    else:
                        row[2 if of_a == of_v else 3 if of_b == of_v else 4] += 1
            counts[v] = row
        return counts

    return Task(
        "brokerage, all roles",
        lambda at: measures.brokerage(at, relation="advice", groups="level"),
        lambda result: np.stack([column("value", role)(result) for role in roles], axis=1),
        {"networkx": Peer(with_networkx, value=lambda counts: counts)},
    )


def _reach(net: Network, graph: Any, other: Any) -> Task:
    coaches = np.flatnonzero(net.level == 1).tolist()

    def with_networkx() -> list[int]:
        found = nx.single_source_shortest_path_length
        return [len(dict(found(graph, v, cutoff=STEPS))) - 1 for v in coaches]

    return Task(
        f"reach of {len(coaches):,}, k = {STEPS}",
        lambda at: measures.k_step_reach(at, relation="advice", k=STEPS, people="resource_person"),
        # Along told ties, which is the lower end of the range: all that peers know of.
        lambda result: column("lower")(result) * (net.n - 1),
        {
            "networkx": Peer(with_networkx, value=lambda counts: counts),
            "igraph": Peer(
                lambda: other.neighborhood_size(coaches, order=STEPS, mode="out"),
                value=lambda counts: np.array(counts) - 1,
            ),
        },
    )


def _reach_of_group(net: Network, graph: Any, other: Any) -> Task:
    coaches = np.flatnonzero(net.level == 1).tolist()
    backwards = graph.reverse()

    def with_networkx() -> int:
        layers = zip(range(STEPS + 1), nx.bfs_layers(backwards, coaches), strict=False)
        return sum(len(layer) for _, layer in layers)

    def with_igraph() -> int:
        return len(set().union(*other.neighborhood(coaches, order=STEPS, mode="in")))

    return Task(
        f"reach of the group of {len(coaches):,}, k = {STEPS}",
        lambda at: measures.group_reach(
            at, relation="advice", k=STEPS, target="resource_person", draws=0
        ),
        lambda result: column("lower")(result) * (net.n - len(coaches)) + len(coaches),
        {
            "networkx": Peer(with_networkx, value=lambda count: [count]),
            "igraph": Peer(with_igraph, value=lambda count: [count]),
        },
    )


def _betweenness(net: Network, graph: Any, other: Any, *, exact: bool) -> Task:
    if exact:
        return Task(
            "betweenness, exact",
            lambda at: measures.betweenness(at, relation="advice"),
            column("value"),
            {
                "networkx": Peer(
                    lambda: nx.betweenness_centrality(graph, normalized=False),
                    value=lambda d: list(d.values()),
                ),
                "igraph": Peer(other.betweenness, value=np.array),
            },
        )
    some = np.sort(np.random.default_rng(0).choice(net.n, SOURCES, replace=False)).tolist()
    few = some[: 2 if net.n > 10_000 else 64]
    everybody = list(range(net.n))
    return Task(
        f"betweenness, {SOURCES} sources",
        lambda at: measures.betweenness(at, relation="advice", sources=SOURCES),
        column("value"),
        {
            "networkx": Peer(
                lambda: nx.betweenness_centrality_subset(graph, few, everybody),
                times=SOURCES / len(few),
            ),
            "igraph": Peer(
                lambda: other.betweenness(sources=some, targets=everybody),
                value=lambda told: np.array(told) * net.n / SOURCES,
            ),
        },
    )


def _permutations(net: Network) -> list[Task]:
    n = net.n
    full = [net.dense(relation) for relation in RELATIONS]
    apart = ~np.eye(n, dtype=np.bool_)
    share = 10

    def dense(count: int, first: Any, second: Any) -> Any:
        rng = np.random.default_rng(0)
        flat = second[apart]
        return [np.corrcoef(first[np.ix_(o, o)][apart], flat)[0, 1] for o in _orders(rng, n, count)]

    def regressed() -> Any:
        """Permute the rest of one predictor twice."""
        ones = np.ones(n * (n - 1))
        columns = np.stack([ones, *(matrix[apart] for matrix in full[1:])], axis=1)
        target, rng = full[0][apart], np.random.default_rng(0)
        gamma = np.linalg.lstsq(columns[:, :-1], columns[:, -1])[0]
        rest = np.zeros((n, n))
        rest[apart] = columns[:, -1] - columns[:, :-1] @ gamma
        for order in _orders(rng, n, 2):
            columns[:, -1] = rest[np.ix_(order, order)][apart]
            np.linalg.lstsq(columns, target)

    def redrawn() -> Any:
        rng = np.random.default_rng(0)
        for _ in range(share):
            people = rng.integers(0, n, n)
            drawn = full[0][np.ix_(people, people)]
            (drawn * drawn.T).sum() / max(drawn.sum(), 1)

    identity = np.arange(n)
    assert np.array_equal(full[0][np.ix_(identity, identity)], full[0])
    observed = float(np.corrcoef(full[0][apart], full[1][apart])[0, 1])
    columns = np.stack([np.ones(n * (n - 1)), *(matrix[apart] for matrix in full[1:])], axis=1)
    coefficients = np.linalg.lstsq(columns, full[0][apart])[0]
    del columns

    def checked(expected: Any, read: Callable[[Result], Any]) -> Callable[[Result], Any]:
        def value(result: Result) -> Any:
            np.testing.assert_allclose(read(result), expected, rtol=1e-6)
            return [0.0]

        return value

    return [
        Task(
            "QAP, 1,000 draws",
            lambda at: inference.qap(at, relation="advice", against="observation", draws=DRAWS),
            checked([observed], column("value")),
            {"numpy, dense": Peer(lambda: dense(share, full[0], full[1]), DRAWS / share)},
        ),
        Task(
            "MRQAP, 3 predictors, 1,000 draws",
            lambda at: inference.mrqap(at, relation="advice", on=RELATIONS[1:], draws=DRAWS),
            checked(coefficients, lambda result: column("value")(result)[:4]),
            {"numpy, dense": Peer(regressed, 3 * DRAWS / 2)},
        ),
        Task(
            "interval of reciprocity, 1,000 draws",
            lambda at: measures.reciprocity(
                at, relation="advice", interval="bootstrap", draws=DRAWS
            ),
            checked([(full[0] * full[0].T).sum() / full[0].sum()], column("value")),
            {"numpy, dense": Peer(redrawn, DRAWS / share)},
        ),
    ]


def _orders(rng: np.random.Generator, n: int, count: int) -> list[NDArray[np.int64]]:
    return [rng.permutation(n) for _ in range(count)]


def timed(call: Call, rounds: int) -> tuple[Any, float, bool]:
    """Return what a call returns, the median of its milliseconds, and whether it ran once only."""
    start = time.process_time()
    told = call()
    first = time.process_time() - start
    if first > LONG:  # where it compiles this round says little
        start = time.process_time()
        told = call() if first < 4 * LONG else told
        again = time.process_time() - start if first < 4 * LONG else first
        if again > LONG:
            return told, again * 1e3, True
    took = []
    for _ in range(rounds):
        start = time.process_time()
        call()
        took.append(time.process_time() - start)
    return told, median(took) * 1e3, False


def one_process(size: str, rounds: int, *, peers: bool) -> None:
    """Measure every task in this process, the peers too if asked, and print what was found."""
    load_compiler()
    net, quiet = Network.of(size), Network.of(size, silent=SILENT)
    found = [
        measure_task(task, net.snapshot, rounds, peers=peers) for task in list_tasks(net, size)
    ]
    found += [
        measure_task(task, quiet.snapshot, rounds, peers=peers) for task in list_silent_tasks(quiet)
    ]
    print(json.dumps(found))


def measure_task(task: Task, at: plfkit.Snapshot, rounds: int, *, peers: bool) -> dict[str, Any]:
    """Measure a task on a snapshot as it is, and on one that was asked nothing before."""
    told, took, once = timed(lambda: task.call(at), rounds)
    first = took if once else median(timed_anew(task, at) for _ in range(rounds))
    value = np.asarray(task.value(told), np.float64)
    row: dict[str, Any] = {"task": task.name, "plfkit": took, "first": first, "once": once}
    row |= {"peers": {}, "sum": float(np.nansum(value))}
    for name, peer in task.peers.items() if peers else ():
        theirs, theirs_took, _ = timed(peer.call, rounds)
        if peer.value is not None:
            expected = np.asarray(peer.value(theirs), np.float64)
            known = ~np.isnan(value) & ~np.isnan(expected)
            np.testing.assert_allclose(value[known], expected[known], rtol=1e-6, err_msg=task.name)
        row["peers"][name] = (theirs_took * peer.times, peer.times != 1)
    return row


def timed_anew(task: Task, at: plfkit.Snapshot) -> float:
    """Return the milliseconds of a call on a snapshot that keeps nothing yet."""
    fresh = evolve(at)
    start = time.process_time()
    task.call(fresh)
    return 1e3 * (time.process_time() - start)


def tell_first_ratio(
    name: str, took: float, row: Mapping[str, Any], building: Mapping[str, Any]
) -> str:
    """Tell how many times plfkit's first call a peer takes that builds its graph too."""
    if name not in building or row["task"] == BUILDING:
        return ""
    return f", first {(building[name][0] + took) / row['first']:,.1f}"


def process(size: str, rounds: int, *options: str) -> list[dict[str, Any]]:
    """Measure in a fresh process."""
    command = [sys.executable, __file__, "--one", size, str(rounds), *options]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603 - ourselves
    found: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    return found


def main(size: str, rounds: int) -> None:
    """Measure with numba and the peers, then without numba, and print a table."""
    n, ties = SIZES[size]
    names = ("numpy", "scipy", "numba", "networkx", "igraph")
    print(f"{n:,} people, {ties:,} ties; Python {platform.python_version()}, ", end="")
    print(", ".join(f"{name} {version(name)}" for name in names), end="")
    print(f", {platform.machine()}; median of {rounds}; milliseconds")
    fast = process(size, rounds, "--peers")
    plain = process(size, rounds, "--without-numba")
    print(f"{'':46} {'with':>9} {'first':>9} {'without':>9}  ", end="")
    print(
        "peers, and how many times plfkit's time with numba; first: a graph built, by a first call"
    )
    building = next(row["peers"] for row in fast if row["task"] == BUILDING)
    for row, slow in zip(fast, plain, strict=True):
        np.testing.assert_allclose(slow["sum"], row["sum"], rtol=1e-9, err_msg=row["task"])
        beside = [
            f"{name} {took:,.1f}{'*' if part else ''} ({took / row['plfkit']:,.1f}"
            f"{tell_first_ratio(name, took, row, building)})"
            for name, (took, part) in row["peers"].items()
        ]
        once = " once" if row["once"] or slow["once"] else ""
        times = (row["plfkit"], row["first"], slow["plfkit"])
        print(f"{row['task']:46} " + " ".join(f"{one:9,.1f}" for one in times), end="  ")
        print("; ".join(beside) + once)
    print("* extrapolated from a share of the work; once: measured once, because it takes long")


if __name__ == "__main__":
    given = [word for word in sys.argv[1:] if not word.startswith("--")]
    size = given[0] if given else "muni"
    rounds = int(given[1]) if given[1:] else 5
    if "--one" in sys.argv:
        one_process(size, rounds, peers="--peers" in sys.argv)
    else:
        main(size, rounds)
