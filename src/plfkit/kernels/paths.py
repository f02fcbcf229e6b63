"""Loops along paths: who is reached in a few steps, and who stands on shortest paths."""

from __future__ import annotations

from typing import Any

from plfkit.kernels.compiling import kernel


def _count_reach_steps(starts: Any, targets: Any, k: int, sources: Any, *others: Any) -> int:
    """Return how many steps `count_nodes_reached` takes at most.

    Each source meets each node once, each of its targets, each class open to it, and that class's nodes;
    and the queue is looked through once a step.
    """
    nodes, kind_mark = len(starts) - 1, others[-1]
    return len(sources) * (len(targets) + nodes * (2 + min(k, nodes) + len(kind_mark)))


@kernel(outputs=5, count_steps=_count_reach_steps)
def count_nodes_reached(  # noqa: C901, PLR0912 - calls inside a loop would cost more than the loop
    starts: Any,
    targets: Any,
    k: int,
    sources: Any,
    kinds: Any,
    open_starts: Any,
    open_kinds: Any,
    kind_starts: Any,
    kind_nodes: Any,
    counts: Any,
    mark: Any,
    queue: Any,
    kind_mark: Any,
    opened: Any,
) -> None:
    """Count the other nodes that each of some nodes reaches in at most k steps.

    Beside its targets a node may step to every node of some classes: all ties that might be there. Those
    nodes are counted by their classes, and met one by one only where a further step could lead on from them.

    Args:
        starts: Where each node's targets begin, and where the last one's end.
        targets: The targets of all nodes.
        k: The most steps.
        sources: The nodes that paths begin at.
        kinds: The class of each node.
        open_starts: Where the classes begin to which a class may step, and where the last ones end.
        open_kinds: Those classes.
        kind_starts: Where the nodes of each class begin, and where the last one's end.
        kind_nodes: The nodes of all classes.
        counts: One cell for each source, written.
        mark: One cell for each node, −1 before.
        queue: One cell for each node.
        kind_mark: One cell for each class, −1 before.
        opened: One cell for each class.
    """
    for s in range(len(sources)):
        # mark holds the last source that met a node, so nothing need be cleared between sources.
        mark[sources[s]] = s
        queue[0] = sources[s]
        tail = 1
        head = 0
        room = 0
        unmet = 0
        for step in range(k):
            last = tail
            fresh = 0
            for at in range(head, last):
                v = queue[at]
                for b in targets[starts[v] : starts[v + 1]]:
                    if mark[b] != s:
                        mark[b] = s
                        queue[tail] = b
                        tail += 1
                c = kinds[v]
                for d in open_kinds[open_starts[c] : open_starts[c + 1]]:
                    # A class is opened once a source: from then on all its nodes are reached.
                    if kind_mark[d] != s:
                        kind_mark[d] = s
                        opened[fresh] = d
                        fresh += 1
                        room += kind_starts[d + 1] - kind_starts[d]
            head = last
            if fresh > 0:
                # Classes of 5 nodes were opened, 2 of which are in the queue: 3 have not been met.
                unmet = room
                for v in queue[:tail]:
                    if kind_mark[kinds[v]] == s:
                        unmet -= 1
                # On the last step, and once everybody is reached, it is enough to know how many.
                if step == k - 1 or tail + unmet == len(mark):
                    break
                unmet = 0
                for d in opened[:fresh]:
                    for b in kind_nodes[kind_starts[d] : kind_starts[d + 1]]:
                        if mark[b] != s:
                            mark[b] = s
                            queue[tail] = b
                            tail += 1
            if head == tail:
                break
        counts[s] = tail + unmet - 1


@kernel(outputs=9)
def add_betweenness(  # noqa: C901 - calls inside a loop would cost more than the loop
    starts: Any,
    targets: Any,
    sources: Any,
    score: Any,
    place: Any,
    queue: Any,
    paths: Any,
    share: Any,
    level_starts: Any,
    link_starts: Any,
    origins: Any,
    links: Any,
) -> None:
    """Add to each node's score its share of the shortest paths from some sources (Brandes 2001).

    What is known of a node on the way stands at its place in the queue, and so do the steps of
    shortest paths, so that the way back looks at these alone. Nobody can guess which ties are such steps,
    and a processor that guesses wrongly where an `if` leads loses the time of ten additions. So there
    is none: each tie is written down, and counted if it is one; if not, the next is written over it.

    Args:
        starts: Where each node's targets begin, and where the last one's end.
        targets: The targets of all nodes.
        sources: The nodes that paths begin at.
        score: One cell for each node, added to.
        place: One cell for each node, which holds how many nodes there are before and after: where it
            stands in the queue.
        queue: One cell for each node, and one more.
        paths: One cell for each node, and one more, 0 before and after: how many shortest paths lead to the
            place.
        share: The same, 0 before and after: what the place adds to those before it.
        level_starts: One cell for each node: where the places of each distance begin.
        link_starts: One cell for each node: where the links from there begin.
        origins: One cell for each tie, and one more: the places that links lead from.
        links: The same: the places that they lead to.
    """
    unmet = len(place)
    for source in sources:
        place[source] = 0
        queue[0] = source
        paths[0] = 1.0
        levels = 0
        count = 0
        head = 0
        tail = 1
        while head < tail:
            # With 2 nodes at distance 1 in places 1 and 2, all places from 3 on are at distance 2.
            beyond = tail
            level_starts[levels] = head
            link_starts[levels] = count
            # Once everybody was met the farthest can lead to nobody new.
            for at in range(head, beyond if tail < unmet else head):
                v = queue[at]
                for w in targets[starts[v] : starts[v + 1]]:
                    links[count] = w
                    origins[count] = at
                    count += place[w] >= beyond  # farther, or not met yet
            for link in range(link_starts[levels], count):
                w = links[link]
                there = place[w]
                is_new = there == unmet
                there = tail if is_new else there
                place[w] = there
                queue[tail] = w
                tail += is_new
                paths[there] += paths[origins[link]]
                links[link] = there
            levels += 1
            head = beyond
        # Backwards from the farthest: a place's share is known before nearer ones need it.
        last_link = count
        last = tail
        for level in range(levels - 1, -1, -1):
            for link in range(link_starts[level], last_link):
                share[origins[link]] += share[links[link]]
            for at in range(level_starts[level], last):
                v = queue[at]
                if level > 0:  # a path does not run through its source
                    score[v] += share[at] * paths[at]
                share[at] += 1.0 / paths[at]
                paths[at] = 0.0
                place[v] = unmet
            last_link = link_starts[level]
            last = level_starts[level]
        for at in range(tail):
            share[at] = 0.0
