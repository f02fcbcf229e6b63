"""Kernels: compiled and as Python they write the same, and it is what their definitions say."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import definitions
import numpy as np
import pytest
from definitions import Network
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from searching import search

from plfkit.kernels import (
    Kernel,
    add_betweenness,
    count_closed_two_paths,
    count_nodes_reached,
    count_open_two_paths,
    follow_triangles,
    point_ties,
    rewire_ties,
    sum_up_contacts,
)

MANY = search(40)
Ints = NDArray[np.int32]


@st.composite
def matrices(draw: st.DrawFn, *, most: int = 7) -> NDArray[np.bool_]:
    """Draw which of a few nodes are tied to which."""
    n = draw(st.integers(1, most))
    cells = draw(st.lists(st.booleans(), min_size=n * n, max_size=n * n))
    matrix = np.array(cells, np.bool_).reshape(n, n)
    np.fill_diagonal(matrix, val=False)
    return matrix


def lists(matrix: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Where each row's targets begin, and all targets."""
    starts = np.concatenate([[0], matrix.sum(axis=1).cumsum()])
    return starts.astype(np.int32), np.nonzero(matrix)[1].astype(np.int32)


def named(matrix: NDArray[np.bool_]) -> tuple[list[str], Network]:
    """The same as people and their ties."""
    rows, columns = np.nonzero(matrix)
    ties = zip(rows.tolist(), columns.tolist(), strict=True)
    return [str(node) for node in range(len(matrix))], frozenset((str(a), str(b)) for a, b in ties)


def both_runs(kernel: Kernel, *arguments: Any) -> list[NDArray[Any]]:
    """Run a kernel compiled and as Python, assert that they wrote the same, and return it."""
    pytest.importorskip("numba")
    compiled, plain = (
        [a.copy() if isinstance(a, np.ndarray) else a for a in arguments] for _ in range(2)
    )
    assert kernel.run_compiled(*compiled)
    kernel.run_as_python(*plain)
    for one, other, before in zip(compiled, plain, arguments, strict=True):
        assert np.array_equal(one, other)
        assert not isinstance(before, np.ndarray) or one.dtype == before.dtype
    for one, before in zip(compiled[: -kernel.outputs], arguments[: -kernel.outputs], strict=True):
        assert np.array_equal(one, before)
    return list(compiled[-kernel.outputs :])


def test_little_work_waits_for_no_compiler() -> None:
    """Numba loads once loops have taken many steps, or when it is asked for, and the figures are the same."""
    pytest.importorskip("numba")
    program = """
import sys
import numpy as np
from plfkit.kernels import count_nodes_reached, load_compiler
def count(n):
    # a ring: whoever starts reaches the two that follow
    starts, ring = np.arange(n + 1, dtype=np.int32), np.roll(np.arange(n, dtype=np.int32), -1)
    none, one = np.zeros(2, np.int32), np.array([0, n], np.int32)
    kinds, counts, mark, queue = (np.full(n, start, np.int32) for start in (0, -1, -1, -1))
    nodes = np.arange(n, dtype=np.int32)
    mark_of_kind, opened = np.full((2, 1), -1, np.int32)
    count_nodes_reached(
        starts, ring, 2, nodes, kinds, none, none[:0], one, nodes,
        counts, mark, queue, mark_of_kind, opened,
    )
    return set(counts.tolist())
print(count(20), "numba" in sys.modules)
if len(sys.argv) > 1:
    load_compiler()
else:
    print(count(600))
print(count(20), "numba" in sys.modules)
"""
    for asked, between in (([], ["{2}"]), (["now"], [])):
        done = subprocess.run(  # noqa: S603 - our own interpreter
            [sys.executable, "-c", program, *asked], capture_output=True, text=True, check=True
        )
        assert done.stdout.splitlines() == ["{2} False", *between, "{2} True"]


@MANY
@given(matrices(), st.integers(1, 4), st.data())
def test_reached_from(matrix: NDArray[np.bool_], k: int, data: st.DataObject) -> None:
    """Whom some nodes reach, along ties and along what classes of nodes leave open."""
    n = len(matrix)
    codes = data.draw(st.lists(st.integers(0, 2), min_size=n, max_size=n))
    open_ = np.array(data.draw(st.lists(st.booleans(), min_size=9, max_size=9))).reshape(3, 3)
    sources = data.draw(st.lists(st.integers(0, n - 1), min_size=1, max_size=4))
    kinds = np.array(codes, np.int32)
    counts, *_ = both_runs(
        count_nodes_reached,
        *lists(matrix),
        k,
        np.array(sources, np.int32),
        kinds,
        *lists(open_),
        np.searchsorted(np.sort(kinds), np.arange(4)).astype(np.int32),
        np.argsort(kinds, kind="stable").astype(np.int32),
        np.full(len(sources), -1, np.int32),
        np.full(n, -1, np.int32),
        np.zeros(n, np.int32),
        np.full(3, -1, np.int32),
        np.full(3, -1, np.int32),
    )
    _, network = named((matrix | open_[kinds][:, kinds]) & ~np.eye(n, dtype=np.bool_))
    for source, count in zip(sources, counts.tolist(), strict=True):
        assert count == len(definitions.reached(network, str(source), k))


@MANY
@given(matrices(most=6), st.data())
def test_betweenness_from(matrix: NDArray[np.bool_], data: st.DataObject) -> None:
    """Shares of shortest paths from some nodes; all places are left as they were."""
    n, ties = len(matrix), int(matrix.sum())
    sources = sorted(data.draw(st.sets(st.integers(0, n - 1))))
    score, place, _, paths, share, *_ = both_runs(
        add_betweenness,
        *lists(matrix),
        np.array(sources, np.int32),
        np.zeros(n),
        np.full(n, n, np.int32),
        np.zeros(n + 1, np.int32),
        *np.zeros((2, n + 1)),
        *np.zeros((2, n), np.int32),
        *np.zeros((2, ties + 1), np.int32),
    )
    people, network = named(matrix)
    each = [definitions.betweenness_from(people, network, str(source)) for source in sources]
    assert score.tolist() == pytest.approx([sum(one[person] for one in each) for person in people])
    assert set(place.tolist()) == {n}
    assert not np.concatenate([paths, share]).any()


@MANY
@given(matrices(), st.data())
def test_open_two_paths(matrix: NDArray[np.bool_], data: st.DataObject) -> None:
    """Two-paths that broker, by role: all but those that are closed, that return, or that nobody knows."""
    n = len(matrix)
    label = st.lists(st.integers(0, 2), min_size=n, max_size=n)
    groups, kinds = (np.array(data.draw(label), np.int32) for _ in range(2))
    seen = np.array(data.draw(st.lists(st.booleans(), min_size=9, max_size=9)), np.uint8)
    starts, targets = lists(matrix)
    counts, mark = both_runs(
        count_open_two_paths,
        *(starts, targets, groups, groups[targets], kinds, seen, 3),
        *(np.zeros(5 * n, np.int64), np.zeros(n, np.uint8)),
    )
    assert not mark.any()
    expected = np.zeros((n, 5), np.int64)
    named_ = {str(node): str(group) for node, group in enumerate(groups.tolist())}
    for a, v, b in np.ndindex(n, n, n):
        known = seen[3 * kinds[a] + kinds[b]]
        if matrix[a, v] and matrix[v, b] and a != b and not matrix[a, b] and known:
            role = definitions.role_of(named_, str(a), str(v), str(b))
            expected[v, definitions.ROLES.index(role)] += 1
    assert counts.reshape(n, 5).tolist() == expected.tolist()


@MANY
@given(matrices())
def test_closed_two_paths(matrix: NDArray[np.bool_]) -> None:
    """Two-paths whose ends are tied, by where they begin."""
    n = len(matrix)
    counts, mark = both_runs(
        count_closed_two_paths, *lists(matrix), np.zeros(n, np.int64), np.zeros(n, np.uint8)
    )
    assert not mark.any()
    ties = matrix.astype(np.int64)
    assert counts.tolist() == ((ties @ ties) * ties).sum(axis=1).tolist()


@MANY
@given(matrices(), st.data())
def test_holes(matrix: NDArray[np.bool_], data: st.DataObject) -> None:
    """What contacts bind and have of each other, found by looking at each tie and each triangle once."""
    n, either = len(matrix), matrix | matrix.T
    cells = data.draw(st.lists(st.integers(1, 2), min_size=either.size, max_size=either.size))
    weights = np.triu(np.array(cells).reshape(either.shape) * either)
    weights = weights + weights.T
    ties = int(either.sum()) // 2
    *arcs, shares = both_runs(
        point_ties,
        *(*lists(either), weights[either].astype(np.int8)),
        *(np.zeros(n + 1, np.int32), np.zeros(ties, np.int32), np.zeros(ties, np.int8)),
        np.zeros(2 * n),
    )
    bound, redundancy, _ = both_runs(
        follow_triangles,
        *(*arcs, shares, np.zeros(2 * ties), np.zeros(n), np.full(n, -1, np.int32)),
    )
    (sums,) = both_runs(sum_up_contacts, *(*arcs, shares, bound, np.zeros(2 * n)))
    p = weights / np.fmax(weights.sum(axis=1), 1)[:, None]
    squares = np.where(either, p + p @ p, 0) ** 2
    assert sums[::2] == pytest.approx(squares.sum(axis=1))
    logs = squares * np.log(squares + ~either)
    assert sums[1::2] == pytest.approx(logs.sum(axis=1))
    m = weights / np.fmax(weights.max(axis=1, initial=0), 1)[:, None]
    assert redundancy == pytest.approx((p * (either @ m)).sum(axis=1))


@pytest.mark.parametrize("directed", [True, False])
@MANY
@given(st.data())
def test_rewire(directed: bool, data: st.DataObject) -> None:  # noqa: FBT001
    """Swaps keep everybody's ties, make no loop and no double tie, and use allowed cells only."""
    matrix = data.draw(matrices())
    n = len(matrix)
    if not directed:
        matrix = np.triu(matrix)
    whole = matrix if directed else matrix | matrix.T
    allowed = whole | data.draw(
        matrices(most=n).filter(lambda one: len(one) == n) | st.just(~whole)
    )
    np.fill_diagonal(allowed, val=False)
    if not directed:
        allowed |= allowed.T
    sources, targets = (side.astype(np.int32) for side in np.nonzero(matrix))
    tries = 20 if len(sources) else 0
    chance = np.random.default_rng(data.draw(st.integers(0, 99)))
    sources, targets, present = both_runs(
        rewire_ties,
        n,
        directed,
        allowed.ravel().astype(np.uint8),
        chance.integers(0, max(len(sources), 1), 2 * tries, dtype=np.int32),
        chance.integers(0, 2, tries, dtype=np.int32),
        sources,
        targets,
        whole.ravel().astype(np.uint8),
    )
    after = np.zeros((n, n), np.bool_)
    after[sources, targets] = True
    assert after.sum() == len(sources)
    if not directed:
        after |= after.T
    assert np.array_equal(after, present.reshape(n, n).astype(np.bool_))
    assert not after.diagonal().any()
    assert not (after & ~allowed).any()
    for axis in (0, 1):
        assert after.sum(axis=axis).tolist() == whole.sum(axis=axis).tolist()
