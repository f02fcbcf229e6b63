"""Triangles: what contacts who have each other bind, each triangle of a network with few ties met once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from plfkit.arrays import Floats, Numbers
from plfkit.graph.adjacency import Adjacency, unpack_targets
from plfkit.kernels import can_compile, follow_triangles, point_ties, sum_up_contacts

_ARCS_AT_A_TIME = 200_000
"""From how many arcs at a time paths are followed by arrays."""


@frozen(eq=False)
class _Arcs:
    """Each tie once, from the node with fewer of them: so there are few triangles from any node.

    Attributes:
        starts: Where the arcs of each node begin, and where the last one's end.
        targets: The targets of all arcs.
        weights: How much each weighs.
        shares: Two cells for each node: what a tie of weight 1 is of the weight of all its ties, and
            of that of its strongest.
    """

    starts: NDArray[np.int32]
    targets: NDArray[np.int32]
    weights: NDArray[Any]
    shares: Floats

    @property
    def sources(self) -> Numbers:
        """The source of each arc."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))


def sum_up_triangles(union: Adjacency, contacts: Floats) -> tuple[Floats, Floats, Floats]:
    """Return constraint, redundancy and the inequality of contacts of each node.

    Args:
        union: The ties both ways, weighted.
        contacts: How many each node has.

    Returns:
        Σ of what contacts bind, Σ_j Σ_q p_iq · m_jq, and Σ y · log y, y being what a contact binds over
        the mean of all.
    """
    find = _run_loops if can_compile(4 * union.nnz) else _follow_arrays
    redundancy, sums = find(union, contacts)
    total, logs = sums[::2], sums[1::2]
    # Contacts x over their mean are f · x, f being their number over the total T = Σ x: so
    # Σ f · x · log(f · x) = f · Σ x · log x + f · T · log f, and f · T is their number.
    factor = divide_or_zero(contacts, total)
    unequal = factor * logs + contacts * np.log(np.where(contacts > 0, factor, 1))
    return total, redundancy, unequal


def _run_loops(union: Adjacency, contacts: Floats) -> tuple[Floats, Floats]:
    """Return redundancy, and Σ x and Σ x · log x of what contacts x bind, two cells for each node."""
    n, ties = len(contacts), union.nnz // 2
    starts, targets, weights = (np.zeros(n + 1, np.int32), *_take_arrays(union, slice(ties)))
    arcs, shares = (starts, targets, weights), np.zeros(2 * n)
    point_ties(*unpack_targets(union), union.data, *arcs, shares)
    bound, redundancy, sums = np.zeros(2 * ties), np.zeros(n), np.zeros(2 * n)
    follow_triangles(*arcs, shares, bound, redundancy, np.full(n, -1, np.int32))
    sum_up_contacts(*arcs, shares, bound, sums)
    return redundancy, sums


def _follow_arrays(union: Adjacency, contacts: Floats) -> tuple[Floats, Floats]:
    """Return the same, triangles being looked up some at a time."""
    arcs = _point_ties(union, contacts)
    bound, redundancy = np.zeros(union.nnz), np.zeros(len(contacts))
    for triangles in _list_triangles(arcs):
        _add_triangles(arcs, triangles, bound, redundancy)
    return redundancy, _sum_up_arcs(arcs, bound)


def divide_or_zero(over: NDArray[Any], under: NDArray[Any]) -> Floats:
    """Return quotients; nought where there is nothing to divide by."""
    result = np.zeros(np.shape(over))
    np.divide(over, under, out=result, where=under != 0)
    return result


def _take_arrays(union: Adjacency, some: Any) -> tuple[NDArray[np.int32], NDArray[Any]]:
    """Return copies of some targets and their weights."""
    return union.indices[some].astype(np.int32), union.data[some].copy()


def _point_ties(union: Adjacency, contacts: Floats) -> _Arcs:
    """Do by arrays what `point_ties` does."""
    sources, targets = union.tocoo().coords
    ours, theirs = contacts[sources], contacts[targets]
    once = (ours < theirs) | ((ours == theirs) & (sources < targets))
    # Of rows that begin at 0, 2 and 3 with the ties yes, no, yes kept they begin at 0, 1 and 1.
    starts = np.append(0, np.cumsum(once))[union.indptr].astype(np.int32)
    shares = np.zeros(2 * len(contacts))
    # A byte holds 127 at most, so weights are added up as floats.
    shares[::2] = np.bincount(sources, union.data, len(contacts))
    shares[1::2] = union.max(axis=1).toarray()
    return _Arcs(starts, *_take_arrays(union, once), divide_or_zero(np.ones(len(shares)), shares))


def _list_triangles(arcs: _Arcs) -> Iterator[tuple[Numbers, Numbers, Numbers]]:
    """Yield the places of the three arcs a → b, a → c and b → c of every triangle, some at a time."""
    n, starts, degrees = len(arcs.starts) - 1, arcs.starts[:-1], np.diff(arcs.starts)
    sources = arcs.sources
    # Arcs stand row by row, so that their keys (3 → 7 of 10 nodes is 37) ascend.
    keys = sources * n + arcs.targets
    for begin in range(0, len(keys), _ARCS_AT_A_TIME):
        first = np.arange(begin, min(begin + _ARCS_AT_A_TIME, len(keys)))
        middle = arcs.targets[first]
        ab = np.repeat(first, degrees[middle])
        # Arcs to nodes with 2 and 1 arcs of their own make three paths: the steps within are 0, 1, 0.
        ends = np.cumsum(degrees[middle])
        steps = np.arange(len(ab)) - np.repeat(ends - degrees[middle], degrees[middle])
        bc = np.repeat(starts[middle], degrees[middle]) + steps
        wanted = sources[ab] * n + arcs.targets[bc]
        place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        there = keys[place] == wanted
        yield ab[there], place[there], bc[there]


def _add_triangles(
    arcs: _Arcs, triangles: tuple[Numbers, Numbers, Numbers], bound: Floats, redundancy: Floats
) -> None:
    """Add by arrays what `follow_triangles` adds."""
    ab, ac, bc = triangles
    a, b, c = arcs.sources[ab], arcs.targets[ab], arcs.targets[ac]
    w, s, m = arcs.weights, arcs.shares[::2], arcs.shares[1::2]
    # From each corner x of a triangle with y and z: the arcs, and which of their two cells is of x.
    corners = (
        (a, b, c, ab, ac, bc, 0, 0),
        (b, a, c, ab, bc, ac, 1, 0),
        (c, a, b, ac, bc, ab, 1, 1),
    )
    for x, y, z, xy, xz, yz, to_y, to_z in corners:
        p_xy, p_xz = w[xy] * s[x], w[xz] * s[x]
        np.add.at(bound, 2 * xy + to_y, p_xz * w[yz] * s[z])
        np.add.at(bound, 2 * xz + to_z, p_xy * w[yz] * s[y])
        np.add.at(redundancy, x, w[yz] * (p_xz * m[y] + p_xy * m[z]))


def _sum_up_arcs(arcs: _Arcs, bound: Floats) -> Floats:
    """Do by arrays what `sum_up_contacts` does."""
    n, strengths = len(arcs.starts) - 1, arcs.shares[::2]
    sums = np.zeros(2 * n)
    ends: tuple[NDArray[Any], ...] = (arcs.sources, arcs.targets)
    for side, nodes in enumerate(ends):
        cells = (arcs.weights * strengths[nodes] + bound[side::2]) ** 2
        sums[::2] += np.bincount(nodes, cells, n)
        sums[1::2] += np.bincount(nodes, cells * np.log(cells), n)
    return sums
