"""Loops over triples of nodes: two-paths that are open or closed, and what contacts have of each other."""

from __future__ import annotations

from math import log
from typing import Any

from plfkit.kernels.compiling import kernel


@kernel(outputs=2)
def count_open_two_paths(
    starts: Any,
    targets: Any,
    groups: Any,
    target_groups: Any,
    kinds: Any,
    seen: Any,
    n_kinds: int,
    counts: Any,
    mark: Any,
) -> None:
    """Count, by broker and role, the two-paths a → v → b of which it is known that there is no a → b.

    Roles: 0 all of one group, 1 both ends of another, 2 the end of another, 3 the start of
    another, 4 three groups.

    Args:
        starts: Where each node's targets begin, and where the last one's end.
        targets: The targets of all nodes.
        groups: The group of each node.
        target_groups: The group of each target, so that whoever reads a target has its group beside it.
        kinds: The class of each node, as far as observation goes.
        seen: Whether a tie from class to class is observed, row by row.
        n_kinds: How many classes there are.
        counts: Five cells for each node, added to.
        mark: A byte for each node, 0 before and after: 1 where a path from a does not end.
    """
    for a in range(len(starts) - 1):
        mark[a] = 1
        for v in targets[starts[a] : starts[a + 1]]:
            mark[v] = 1
        for first in range(starts[a], starts[a + 1]):
            v, group = targets[first], target_groups[first]
            of_broker = of_start = of_others = 0
            for at in range(starts[v], starts[v + 1]):
                b = targets[at]
                # seen is a matrix row by row: of 3 classes, from 1 to 2 is cell 1 · 3 + 2 = 5.
                if mark[b] or (n_kinds > 1 and not seen[kinds[a] * n_kinds + kinds[b]]):
                    continue
                if target_groups[at] == group:
                    of_broker += 1
                elif target_groups[at] == groups[a]:
                    of_start += 1
                else:
                    of_others += 1
            if groups[a] == group:
                counts[5 * v] += of_broker
                counts[5 * v + 2] += of_others
            else:
                counts[5 * v + 1] += of_start
                counts[5 * v + 3] += of_broker
                counts[5 * v + 4] += of_others
        mark[a] = 0
        for v in targets[starts[a] : starts[a + 1]]:
            mark[v] = 0


@kernel(outputs=2)
def count_closed_two_paths(starts: Any, targets: Any, counts: Any, mark: Any) -> None:
    """Count, by the node that they begin at, the two-paths a → v → b with a → b.

    Args:
        starts: Where each node's targets begin, and where the last one's end.
        targets: The targets of all nodes.
        counts: One cell for each node, written.
        mark: A byte for each node, 0 before and after: 1 for whom a is tied to.
    """
    for a in range(len(starts) - 1):
        closed = 0
        for v in targets[starts[a] : starts[a + 1]]:
            mark[v] = 1
        for v in targets[starts[a] : starts[a + 1]]:
            for b in targets[starts[v] : starts[v + 1]]:
                closed += mark[b]
        counts[a] = closed
        for v in targets[starts[a] : starts[a + 1]]:
            mark[v] = 0


@kernel(outputs=4)
def point_ties(
    starts: Any,
    targets: Any,
    weights: Any,
    arc_starts: Any,
    arc_targets: Any,
    arc_weights: Any,
    shares: Any,
) -> None:
    """Keep each tie of a symmetric network once, from the node with fewer ties, so that no ring is left.

    Args:
        starts: Where each node's ties begin, and where the last one's end.
        targets: Whom all nodes are tied to.
        weights: How much each tie weighs.
        arc_starts: Where each node's arcs begin, and where the last one's end; written.
        arc_targets: One cell for each arc, written.
        arc_weights: One cell for each arc, written.
        shares: Two cells for each node, written: what a tie of weight 1 is of the weight of all its
            ties, and of that of its strongest; nought without any.
    """
    count = 0
    for a in range(len(starts) - 1):
        arc_starts[a] = count
        degree = starts[a + 1] - starts[a]
        strength = strongest = 0
        for at in range(starts[a], starts[a + 1]):
            b = targets[at]
            strength += weights[at]
            strongest = max(strongest, weights[at])
            other = starts[b + 1] - starts[b]
            if degree < other or (degree == other and a < b):
                arc_targets[count] = b
                arc_weights[count] = weights[at]
                count += 1
        if degree:
            shares[2 * a] = 1 / strength
            shares[2 * a + 1] = 1 / strongest
    arc_starts[len(starts) - 1] = count


@kernel(outputs=3)
def follow_triangles(
    starts: Any, targets: Any, weights: Any, shares: Any, bound: Any, redundancy: Any, mark: Any
) -> None:
    """Sum up what contacts have of each other, each triangle met once.

    Args:
        starts: Where each node's arcs begin, and where the last one's end, as `point_ties` has them.
        targets: The targets of all arcs.
        weights: How much each arc weighs.
        shares: What a tie of weight 1 is of each node's ties, and of its strongest.
        bound: Two cells for each arc, added to: what binds its source to its target by way of
            others, and its target to its source.
        redundancy: One cell for each node, added to: how far its contacts have each other.
        mark: One cell for each node, −1 before.
    """
    for a in range(len(starts) - 1):
        for ac in range(starts[a], starts[a + 1]):
            mark[targets[ac]] = ac
        for ab in range(starts[a], starts[a + 1]):
            b = targets[ab]
            for bc in range(starts[b], starts[b + 1]):
                c = targets[bc]
                ac = mark[c]
                if ac < starts[a]:
                    continue
                # Burt's p at either end of each tie: of three equal ties, each is 1 / 3.
                p_ab, p_ba = weights[ab] * shares[2 * a], weights[ab] * shares[2 * b]
                p_ac, p_ca = weights[ac] * shares[2 * a], weights[ac] * shares[2 * c]
                p_bc, p_cb = weights[bc] * shares[2 * b], weights[bc] * shares[2 * c]
                # p_iq · p_qj: a triangle leads once round to each of its ties, in either direction.
                bound[2 * ab] += p_ac * p_cb
                bound[2 * ac] += p_ab * p_bc
                bound[2 * bc] += p_ba * p_ac
                bound[2 * ab + 1] += p_bc * p_ca
                bound[2 * ac + 1] += p_cb * p_ba
                bound[2 * bc + 1] += p_ca * p_ab
                # p_iq · m_jq: the tie between two contacts makes either redundant in part.
                m_a, m_b, m_c = shares[2 * a + 1], shares[2 * b + 1], shares[2 * c + 1]
                redundancy[a] += weights[bc] * (p_ac * m_b + p_ab * m_c)
                redundancy[b] += weights[ac] * (p_bc * m_a + p_ba * m_c)
                redundancy[c] += weights[ab] * (p_cb * m_a + p_ca * m_b)


@kernel(outputs=1)
def sum_up_contacts(
    starts: Any, targets: Any, weights: Any, shares: Any, bound: Any, sums: Any
) -> None:
    """Sum up how far contacts bind each node.

    Args:
        starts: Where each node's arcs begin, and where the last one's end, as `point_ties` has them.
        targets: The targets of all arcs.
        weights: How much each arc weighs.
        shares: What a tie of weight 1 is of each node's ties, and of its strongest.
        bound: What `follow_triangles` found.
        sums: Two cells for each node, added to: Σ x and Σ x · log x of what its contacts x bind.
    """
    for a in range(len(starts) - 1):
        for ab in range(starts[a], starts[a + 1]):
            b = targets[ab]
            x = (weights[ab] * shares[2 * a] + bound[2 * ab]) ** 2
            y = (weights[ab] * shares[2 * b] + bound[2 * ab + 1]) ** 2
            sums[2 * a] += x
            sums[2 * a + 1] += x * log(x)
            sums[2 * b] += y
            sums[2 * b + 1] += y * log(y)
