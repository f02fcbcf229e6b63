"""Loops along paths: who is reached in a few steps, and who stands on shortest paths."""

from __future__ import annotations

from typing import Any

from plfkit.kernels.compiling import kernel


def _count_reach_steps(starts: Any, targets: Any, _k: int, set_starts: Any, *others: Any) -> int:
    """Return how many steps `count_nodes_reached` takes at most.

    Each set meets each node once, each of its targets, each class open to it, and that class's nodes.
    """
    nodes, sets = len(starts) - 1, len(set_starts) - 1
    kind_mark = others[-1]
    return sets * (len(targets) + nodes * (2 + len(kind_mark)))


@kernel(outputs=4, count_steps=_count_reach_steps)
def count_nodes_reached(  # noqa: C901 - calls inside a loop would cost more than the loop
    starts: Any,
    targets: Any,
    k: int,
    set_starts: Any,
    set_nodes: Any,
    kinds: Any,
    open_starts: Any,
    open_kinds: Any,
    kind_starts: Any,
    kind_nodes: Any,
    counts: Any,
    mark: Any,
    queue: Any,
    kind_mark: Any,
) -> None:
    """Count the nodes that each set of nodes reaches in at most k steps, its own left out.

    Beside its targets a node may step to every node of some classes: all ties that might be there.

    Args:
        starts: Where each node's targets begin, and where the last one's end.
        targets: The targets of all nodes.
        k: The most steps.
        set_starts: Where each set begins, and where the last one ends.
        set_nodes: The nodes of all sets.
        kinds: The class of each node.
        open_starts: Where the classes begin to which a class may step, and where the last ones end.
        open_kinds: Those classes.
        kind_starts: Where the nodes of each class begin, and where the last one's end.
        kind_nodes: The nodes of all classes.
        counts: One cell for each set, written.
        mark: One cell for each node, −1 before.
        queue: One cell for each node.
        kind_mark: One cell for each class, −1 before.
    """
    for s in range(len(set_starts) - 1):
        tail = 0
        # mark holds the last set that met a node, so nothing need be cleared between sets.
        for node in set_nodes[set_starts[s] : set_starts[s + 1]]:
            mark[node] = s
            queue[tail] = node
            tail += 1
        own = tail
        head = 0
        for _ in range(k):
            last = tail
            for at in range(head, last):
                v = queue[at]
                for b in targets[starts[v] : starts[v + 1]]:
                    if mark[b] != s:
                        mark[b] = s
                        queue[tail] = b
                        tail += 1
                c = kinds[v]
                for d in open_kinds[open_starts[c] : open_starts[c + 1]]:
                    # A class is opened once a set: all its nodes are in the queue from then on.
                    if kind_mark[d] != s:
                        kind_mark[d] = s
                        for b in kind_nodes[kind_starts[d] : kind_starts[d + 1]]:
                            if mark[b] != s:
                                mark[b] = s
                                queue[tail] = b
                                tail += 1
            head = last
            if head == tail:
                break
        counts[s] = tail - own


@kernel(outputs=5)
def add_betweenness(
    starts: Any,
    targets: Any,
    sources: Any,
    score: Any,
    distance: Any,
    paths: Any,
    share: Any,
    queue: Any,
) -> None:
    """Add to each node's score its share of the shortest paths from some sources (Brandes 2001).

    Args:
        starts: Where each node's targets begin, and where the last one's end.
        targets: The targets of all nodes.
        sources: The nodes that paths begin at.
        score: One cell for each node, added to.
        distance: One cell for each node, −1 before and after.
        paths: One cell for each node, 0 before and after.
        share: One cell for each node, 0 before and after.
        queue: One cell for each node.
    """
    for source in sources:
        distance[source] = 0
        paths[source] = 1.0
        queue[0] = source
        head = 0
        tail = 1
        while head < tail:
            v = queue[head]
            head += 1
            beyond = distance[v] + 1
            ways = paths[v]
            for w in targets[starts[v] : starts[v + 1]]:
                if distance[w] < 0:
                    distance[w] = beyond
                    queue[tail] = w
                    tail += 1
                    paths[w] = ways
                elif distance[w] == beyond:
                    paths[w] += ways
        # Backwards from the farthest: a node's share is known before nearer ones need it.
        for at in range(tail - 1, 0, -1):
            v = queue[at]
            beyond = distance[v] + 1
            total = 0.0
            for w in targets[starts[v] : starts[v + 1]]:
                if distance[w] == beyond:
                    total += share[w]
            score[v] += total * paths[v]
            share[v] = (1.0 + total * paths[v]) / paths[v]
        for at in range(tail):
            v = queue[at]
            distance[v] = -1
            paths[v] = 0.0
            share[v] = 0.0
