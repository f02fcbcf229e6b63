"""Loops that rewire a network without changing anybody's number of ties."""

from __future__ import annotations

from typing import Any

from plfkit.kernels.compiling import kernel


@kernel(outputs=3)
def rewire_ties(
    n: int,
    directed: bool,  # noqa: FBT001 - a kernel takes its arguments by place
    allowed: Any,
    picks: Any,
    turns: Any,
    sources: Any,
    targets: Any,
    present: Any,
) -> None:
    """Try to swap the targets of pairs of ties, wherever that makes no loop and no double tie.

    An undirected tie stands once, and may be turned round before it is swapped.

    Args:
        n: How many nodes there are.
        directed: Whether ties have a direction.
        allowed: Whether a tie may run from node to node, row by row.
        picks: Two places of ties for each attempt.
        turns: One cell for each attempt: whether the second tie is turned round (undirected only).
        sources: Where ties begin, changed.
        targets: Where ties end, changed.
        present: Whether there is a tie from node to node, row by row, changed.
    """
    for attempt in range(len(turns)):
        i = picks[2 * attempt]
        j = picks[2 * attempt + 1]
        a, b, c, d = sources[i], targets[i], sources[j], targets[j]
        if not directed and turns[attempt]:
            c, d = d, c
        # Two ties that share an end would give a loop or the same two ties again.
        if a in (c, d) or b in (c, d):
            continue
        if present[a * n + d] or present[c * n + b]:
            continue
        if not allowed[a * n + d] or not allowed[c * n + b]:
            continue
        present[a * n + b] = 0
        present[c * n + d] = 0
        present[a * n + d] = 1
        present[c * n + b] = 1
        if not directed:
            present[b * n + a] = 0
            present[d * n + c] = 0
            present[d * n + a] = 1
            present[b * n + c] = 1
        targets[i] = d
        sources[j] = c
        targets[j] = b
