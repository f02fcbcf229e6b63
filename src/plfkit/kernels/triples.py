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
        kinds: The class of each node, as far as observation goes.
        seen: Whether a tie from class to class is observed, row by row.
        n_kinds: How many classes there are.
        counts: Five cells for each node, added to.
        mark: One cell for each node, −1 before.
    """
    for a in range(len(starts) - 1):
        mark[a] = a
        for v in targets[starts[a] : starts[a + 1]]:
            mark[v] = a
        for v in targets[starts[a] : starts[a + 1]]:
            of_broker = of_start = of_others = 0
            for b in targets[starts[v] : starts[v + 1]]:
                # seen is a matrix row by row: of 3 classes, from 1 to 2 is cell 1 · 3 + 2 = 5.
                if mark[b] == a or (n_kinds > 1 and not seen[kinds[a] * n_kinds + kinds[b]]):
                    continue
                if groups[b] == groups[v]:
                    of_broker += 1
                elif groups[b] == groups[a]:
                    of_start += 1
                else:
                    of_others += 1
            if groups[a] == groups[v]:
                counts[5 * v] += of_broker
                counts[5 * v + 2] += of_others
            else:
                counts[5 * v + 1] += of_start
                counts[5 * v + 3] += of_broker
                counts[5 * v + 4] += of_others


@kernel(outputs=2)
def count_closed_two_paths(starts: Any, targets: Any, counts: Any, mark: Any) -> None:
    """Count, by the node that they begin at, the two-paths a → v → b with a → b.

    Args:
        starts: Where each node's targets begin, and where the last one's end.
        targets: The targets of all nodes.
        counts: One cell for each node, written.
        mark: One cell for each node, −1 before.
    """
    for a in range(len(starts) - 1):
        closed = 0
        for v in targets[starts[a] : starts[a + 1]]:
            mark[v] = a
        for v in targets[starts[a] : starts[a + 1]]:
            for b in targets[starts[v] : starts[v + 1]]:
                if mark[b] == a:
                    closed += 1
        counts[a] = closed


@kernel(outputs=4)
def follow_triangles(
    starts: Any,
    targets: Any,
    weights: Any,
    strength: Any,
    strongest: Any,
    there: Any,
    back: Any,
    redundancy: Any,
    mark: Any,
) -> None:
    """Sum up what contacts have of each other, each triangle of an acyclic orientation met once.

    Args:
        starts: Where each node's arcs begin, and where the last one's end: each tie is one arc.
        targets: The targets of all arcs.
        weights: How much each tie weighs.
        strength: How much each node's ties weigh together.
        strongest: How much the strongest of them weighs.
        there: One cell for each arc, added to: what binds its source to its target by way of others.
        back: One cell for each arc, added to: what binds its target to its source by way of others.
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
                p_ab, p_ba = weights[ab] / strength[a], weights[ab] / strength[b]
                p_ac, p_ca = weights[ac] / strength[a], weights[ac] / strength[c]
                p_bc, p_cb = weights[bc] / strength[b], weights[bc] / strength[c]
                # p_iq · p_qj: a triangle leads once round to each of its ties, in either direction.
                there[ab] += p_ac * p_cb
                there[ac] += p_ab * p_bc
                there[bc] += p_ba * p_ac
                back[ab] += p_bc * p_ca
                back[ac] += p_cb * p_ba
                back[bc] += p_ca * p_ab
                # p_iq · m_jq: the tie between two contacts makes either redundant in part.
                redundancy[a] += weights[bc] * (p_ac / strongest[b] + p_ab / strongest[c])
                redundancy[b] += weights[ac] * (p_bc / strongest[a] + p_ba / strongest[c])
                redundancy[c] += weights[ab] * (p_cb / strongest[a] + p_ca / strongest[b])


@kernel(outputs=2)
def sum_up_contacts(
    starts: Any,
    targets: Any,
    weights: Any,
    strength: Any,
    contacts: Any,
    there: Any,
    back: Any,
    total: Any,
    unequal: Any,
) -> None:
    """Sum up how far contacts bind each node, and how unequally.

    Args:
        starts: Where each node's arcs begin, and where the last one's end: each tie is one arc.
        targets: The targets of all arcs.
        weights: How much each tie weighs.
        strength: How much each node's ties weigh together.
        contacts: How many ties each node has.
        there: What binds each arc's source to its target by way of others.
        back: What binds each arc's target to its source by way of others.
        total: One cell for each node, added to: the sum of what its contacts bind.
        unequal: One cell for each node, added to: the sum of x · log x, x being what a contact binds
            over the mean of all contacts.
    """
    for a in range(len(starts) - 1):
        for ab in range(starts[a], starts[a + 1]):
            b = targets[ab]
            total[a] += (weights[ab] / strength[a] + there[ab]) ** 2
            total[b] += (weights[ab] / strength[b] + back[ab]) ** 2
    for a in range(len(starts) - 1):
        for ab in range(starts[a], starts[a + 1]):
            b = targets[ab]
            x = (weights[ab] / strength[a] + there[ab]) ** 2 * contacts[a] / total[a]
            y = (weights[ab] / strength[b] + back[ab]) ** 2 * contacts[b] / total[b]
            unequal[a] += x * log(x)
            unequal[b] += y * log(y)
