"""The interval of a change: how much each pair of people moved a share, and how far pairs go together."""

from __future__ import annotations

import numpy as np
from scipy.special import stdtrit

from plfkit.measures.engine.leaving_out import TAIL, PairShare
from plfkit.resampling.pairs import Clusters


def find_change_interval(
    before: PairShare, after: PairShare, value: float, *, width: float = 1.0
) -> tuple[float, float] | None:
    """Return the 95 % interval of the change of a share among the same people.

    With u the influence of a pair on the later share less that on the earlier, the variance is the sum
    over people of their pairs' u together, squared, less the sum of u², times n / (n − 1): pairs that
    share a person go together, all others do not (Fafchamps & Gubert 2007; Aronow, Samii & Assenova
    2015). It is no less than if pairs were independent. The ends lie t standard errors away, with
    n − 1 degrees of freedom.

    Args:
        before: What each pair has in the earlier share.
        after: What it has in the later one.
        value: The change.
        width: How far apart the ends of what the figure can be lie: 1 for a share, 2 for E–I.

    Returns:
        Both ends; None where no pair moved the figure, so nothing tells how far it might have moved.
    """
    earlier, later = before.weigh_influence(), after.weigh_influence()
    moved = later.add(earlier.scale_amounts(-1))
    n = len(moved.codes)
    squares = moved.squares
    together = float((moved.sum_by_cluster(Clusters.of_persons(n)) ** 2).sum())
    variance = max(together - squares, squares) * n / (n - 1)
    # Without any change amounts differ from 0 in the last digits only. Of many people one tie moves
    # little too: among 100,000 its square is 1e-20, but not beside those of all the ties.
    if squares <= np.finfo(float).eps * (earlier.squares + later.squares):
        return None
    error = float(stdtrit(n - 1, 1 - TAIL)) * width * variance**0.5
    return max(value - error, -width), min(value + error, width)
