"""The jackknife: how far a share moves when each person, or each school, is left out in turn.

A share is a count over a count. Without somebody it is what is left of the one over what is left of the
other, so it is enough to know in how much of both each has a part.
"""

from __future__ import annotations

from typing import Protocol, runtime_checkable

import numpy as np
from attrs import frozen

from plfkit.arrays import Floats, Numbers
from plfkit.graph.layers import Layer
from plfkit.measures.engine.estimates import EQUAL, Estimator
from plfkit.measures.engine.layer_counts import compute_shares
from plfkit.resampling.pairs import Clusters, PairAmounts

TAIL = 0.025
"""What a 95 % interval leaves out on either side."""

CLOSURE_LIMIT = 100
"""From so many people on even intervals of shares of ties are somewhat too narrow where ties close."""


@frozen(eq=False)
class CountsLeft:
    """What is left of the two counts of a share without each cluster.

    Attributes:
        numerator: The count above the line, without each.
        denominator: The count below it, without each.
        whole: The count below it with all of them.
        at_once: How many are counted above the line at once, where there is one: 2 of a tie that is
            returned, as both are; 6 of a triangle without direction, which closes as many paths.
    """

    numerator: Floats
    denominator: Floats
    whole: float
    at_once: float = 1.0


class LeavingEstimator(Estimator, Protocol):
    """An estimator of one share that knows what people have a part in."""

    def find_closure_limit(self, layer: Layer) -> float:
        """Return from how many people on leaving people out says too little of ties that close.

        0 where untied pairs count, since these tell of whole schools; infinity where it never does.
        """

    def drop_clusters(self, layer: Layer, clusters: Clusters) -> CountsLeft:
        """Return what is left of the share's counts without each cluster."""


@runtime_checkable
class PairEstimator(LeavingEstimator, Protocol):
    """An estimator of a share whose counts are sums over pairs of people."""

    def split_pairs(self, layer: Layer) -> PairShare:
        """Return what each pair has in the share."""


@frozen(eq=False)
class PairShare:
    """A share of which each pair of people has a part.

    Attributes:
        numerator: What each pair counts above the line.
        denominator: What it counts below.
    """

    numerator: PairAmounts
    denominator: PairAmounts

    def drop_clusters(self, clusters: Clusters) -> CountsLeft:
        """Return what is left of both counts without each cluster."""
        over, under = self.numerator.total, self.denominator.total
        return CountsLeft(
            over - self.numerator.sum_by_cluster(clusters),
            under - self.denominator.sum_by_cluster(clusters),
            under,
        )

    def keep_within(self, homes: Numbers | None) -> PairShare:
        """Return the share among pairs of the same home; of all where there are none."""
        if homes is None:
            return self
        return PairShare(self.numerator.keep_within(homes), self.denominator.keep_within(homes))

    def weigh_influence(self) -> PairAmounts:
        """Return by how much each pair moves the share: its part above the line less its due.

        Of a share of 0.5 among 10 pairs, one that is tied moves it by (1 − 0.5) / 10.
        """
        whole = self.denominator.total
        due = self.denominator.scale_amounts(-self.numerator.total / whole)
        return self.numerator.add(due).scale_amounts(1 / whole)


def find_jackknife_interval(
    value: float, left: CountsLeft, *, least: float = 0.0
) -> tuple[float, float]:
    """Return the 95 % interval of a share from what it is without each cluster.

    Its spread is that of the jackknife, its ends lie t standard errors away on the logit scale, with a
    degree of freedom less than there are clusters with a part in it. Where leaving anybody out moves
    nothing (a share of 0 or 1, everybody alike) it is the exact binomial interval of as many people, or
    of as many things as could have been counted apart from each other, if these are fewer: of the 24
    paths of two steps in a network without triangles four, as each triangle would close six.

    Args:
        value: The figure.
        left: What is left of its counts without each cluster.
        least: What the figure is where the share is 0; it is 1 where the share is 1.

    Returns:
        Both ends; NaN where the share rests on one cluster, without which there is none.
    """
    from scipy import special  # noqa: PLC0415 - loads as long as a third of `plfkit check` takes

    share = (value - least) / (1 - least)
    apart = np.flatnonzero(left.denominator < left.whole)
    count = len(apart)
    without = compute_shares(left.numerator[apart], left.denominator[apart])
    # Without the one on whom all rests there is no share.
    if count < 2 or np.isnan(share) or np.isnan(without).any():  # noqa: PLR2004 - a spread needs two
        return np.nan, np.nan
    spread = np.sqrt((count - 1) / count * ((without - without.mean()) ** 2).sum())
    if spread < EQUAL or not 0 < share < 1:
        ends = _find_exact_ends(share, min(count, left.whole / left.at_once))
    else:
        # Near 0.2 a share moves by 0.2 · 0.8 where its logit moves by 1.
        error = special.stdtrit(count - 1, 1 - TAIL) * spread / (share * (1 - share))
        ends = special.expit(special.logit(share) + error * np.array([-1, 1]))
    lower, upper = least + (1 - least) * ends
    return float(lower), float(upper)


def _find_exact_ends(share: float, trials: float) -> Floats:
    """Return the interval of Clopper & Pearson (1934) of a share of so many trials."""
    from scipy.special import betaincinv  # noqa: PLC0415 - the same

    hits = share * trials
    lower = betaincinv(hits, trials - hits + 1, TAIL) if hits > 0 else 0.0
    upper = betaincinv(hits + 1, trials - hits, 1 - TAIL) if hits < trials else 1.0
    return np.array([lower, upper])
