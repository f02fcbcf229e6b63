"""Loops over triples of nodes: two-paths that are not open, and triangles."""

from __future__ import annotations

from typing import Any

from plfkit.kernels.compiling import kernel


@kernel(outputs=2)
def count_shut_two_paths(
    starts: Any,
    targets: Any,
    groups: Any,
    kinds: Any,
    seen: Any,
    n_kinds: int,
    counts: Any,
    mark: Any,
) -> None:
    """Count, by broker and role, the two-paths a → v → b that broker nothing.

    They are those with a → b, those that return (a = b), and those of which nobody knows whether
    a → b. Roles: 0 all of one group, 1 both ends of another, 2 the end of another, 3 the start of
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
            for b in targets[starts[v] : starts[v + 1]]:
                # seen is a matrix row by row: of 3 classes, from 1 to 2 is cell 1 · 3 + 2 = 5.
                if mark[b] == a or (n_kinds > 1 and not seen[kinds[a] * n_kinds + kinds[b]]):
                    if groups[a] == groups[v]:
                        role = 0 if groups[b] == groups[v] else 2
                    elif groups[b] == groups[v]:
                        role = 3
                    else:
                        role = 1 if groups[a] == groups[b] else 4
                    counts[5 * v + role] += 1


@kernel(outputs=5)
def find_triangles(
    starts: Any, targets: Any, found: Any, first: Any, second: Any, third: Any, mark: Any
) -> None:
    """Find each triangle of an acyclic orientation once, as the places of its three arcs.

    Args:
        starts: Where each node's targets begin, and where the last one's end.
        targets: The targets of all nodes.
        found: One cell: how many triangles there are, also beyond the room for them.
        first: The arc from the first node to the second.
        second: The arc from the first node to the third.
        third: The arc from the second node to the third.
        mark: One cell for each node, −1 before.
    """
    count = 0
    room = len(first)
    for a in range(len(starts) - 1):
        for i in range(starts[a], starts[a + 1]):
            mark[targets[i]] = i
        for i in range(starts[a], starts[a + 1]):
            b = targets[i]
            for j in range(starts[b], starts[b + 1]):
                ac = mark[targets[j]]
                if ac >= starts[a]:
                    if count < room:
                        first[count] = i
                        second[count] = ac
                        third[count] = j
                    count += 1
    found[0] = count
