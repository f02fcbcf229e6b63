"""Sums over all pairs of people, and what of them each person, or each school, has a part in.

Most pairs are not tied, and what such a pair adds follows from the classes that the two are of: so it
is kept once for each pair of classes, and only tied pairs are listed one by one.
"""

from __future__ import annotations

import numpy as np
from attrs import evolve, frozen
from scipy import sparse

from plfkit.arrays import Floats, Numbers


@frozen(eq=False)
class Clusters:
    """Who is left out together: each person alone, or the people of a school.

    Attributes:
        codes: The cluster of each node.
        count: How many clusters there are.
    """

    codes: Numbers
    count: int

    @classmethod
    def of_persons(cls, n: int) -> Clusters:
        """Return each of n nodes by itself."""
        return cls(np.arange(n), n)

    @property
    def sizes(self) -> Numbers:
        """How many nodes each cluster has."""
        return np.bincount(self.codes, minlength=self.count)

    def sum_touching(self, ends: tuple[Numbers, ...], amounts: Floats) -> Floats:
        """Sum, for each cluster, the amounts of things that have an end in it.

        Args:
            ends: The nodes that each thing lies at: two of a pair, three of a path.
            amounts: How much each thing is.
        """
        # A path through the schools 4, 7 and 4 counts once at each: of 4, 4, 7 the second 4 is left out.
        at = np.sort(self.codes[np.stack(ends)], axis=0)
        first = np.ones(at.shape, np.bool_)
        first[1:] = at[1:] != at[:-1]
        weights = np.broadcast_to(amounts, at.shape)[first]
        return np.bincount(at[first], weights, minlength=self.count).astype(np.float64)


@frozen(eq=False)
class PairAmounts:
    """An amount for each unordered pair of different nodes.

    Attributes:
        codes: The class of each node.
        base: What two nodes of two classes come to, symmetric.
        ends: The nodes of the pairs that come to more or less than that; each pair once.
        extra: By how much.
    """

    codes: Numbers
    base: Floats
    ends: tuple[Numbers, Numbers]
    extra: Floats

    @property
    def total(self) -> float:
        """The sum over all pairs."""
        return self._sum_base(self.base) + float(self.extra.sum())

    @property
    def squares(self) -> float:
        """The sum of squares over all pairs."""
        usual = self.base[self.codes[self.ends[0]], self.codes[self.ends[1]]]
        # A pair that comes to 2 + 1 has 3² = 9; the base counted 2² = 4 of it, so 5 are to be added.
        more = (usual + self.extra) ** 2 - usual**2
        return self._sum_base(self.base**2) + float(more.sum())

    def sum_by_cluster(self, clusters: Clusters) -> Floats:
        """Sum, for each cluster, over the pairs that have one end or both in it."""
        return self._sum_base_by_cluster(clusters) + clusters.sum_touching(self.ends, self.extra)

    def keep_within(self, homes: Numbers) -> PairAmounts:
        """Return the amounts of pairs of the same home; all others come to nothing.

        Args:
            homes: The number of each node's home.
        """
        kinds, codes = np.unique(np.stack([homes, self.codes]), axis=1, return_inverse=True)
        home, of = kinds
        base = np.where(home[:, None] == home, self.base[np.ix_(of, of)], 0.0)
        same = homes[self.ends[0]] == homes[self.ends[1]]
        one, other = self.ends
        return PairAmounts(codes.ravel(), base, (one[same], other[same]), self.extra[same])

    def scale_amounts(self, factor: float) -> PairAmounts:
        """Return so many times the amounts."""
        return evolve(self, base=factor * self.base, extra=factor * self.extra)

    def add(self, others: PairAmounts) -> PairAmounts:
        """Return the sum of two amounts of each pair."""
        kinds, codes = np.unique(np.stack([self.codes, others.codes]), axis=1, return_inverse=True)
        mine, theirs = kinds
        base = self.base[np.ix_(mine, mine)] + others.base[np.ix_(theirs, theirs)]
        n = max(len(self.codes), 1)
        # A pair as one number: of 10 nodes 3 and 7 are 37.
        keys = np.concatenate([one * n + other for one, other in (self.ends, others.ends)])
        pairs, place = np.unique(keys, return_inverse=True)
        extra = np.bincount(place, np.concatenate([self.extra, others.extra]), len(pairs))
        ends = pairs // n, pairs % n
        return PairAmounts(codes.ravel(), base, ends, extra.astype(np.float64))

    def _sum_base(self, base: Floats) -> float:
        sizes = np.bincount(self.codes, minlength=len(base)).astype(np.float64)
        # Ordered pairs, those of somebody with themselves taken off, are each pair twice.
        return float(sizes @ base @ sizes - base.diagonal() @ sizes) / 2

    def _sum_base_by_cluster(self, clusters: Clusters) -> Floats:
        if not self.base.any():
            return np.zeros(clusters.count)
        shape = (clusters.count, len(self.base))
        members = sparse.csr_array((np.ones(len(self.codes)), (clusters.codes, self.codes)), shape)
        sizes: Floats = np.asarray(members.sum(axis=0))
        # Of a cluster of 2 among 5 people all pairs with one of its people are 2·5 − 2 = 8; the pair
        # of the two is there from both sides, so (2·2 − 2) / 2 = 1 comes off, and 7 are left.
        own = members @ self.base.diagonal()
        within = (members @ sparse.csr_array(self.base)).multiply(members).sum(axis=1) - own
        touching: Floats = members @ (self.base @ sizes) - own - np.asarray(within) / 2
        return touching
