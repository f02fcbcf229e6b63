"""Witnesses: other municipalities that would have published the same.

One municipality witnesses much at once: that none of a school's leaders have a property, and all those
of another. Only what no witness shows is looked for one by one, and what is not found is a leak.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from attrs import frozen

from plfkit.arrays import Flags, Floats, Numbers
from plfkit.auditing.programmes import Count, IntegerProgramme, Solver, build_rows

_STALE_ROUNDS = 2
_GAP = 0.1
"""A joint witness need not be the best: it shows what it shows."""
_UNSEEN = 1 << 40


@frozen(eq=False)
class NarrowCount:
    """A count of which too much is known.

    Attributes:
        count: The count.
        least: The least that it can be.
        most: The most.
        ends: The ends that figures bound, the least by the sign 1 and the most by −1.
    """

    count: Count
    least: int
    most: int
    ends: Mapping[int, int]


def is_narrow(people: int, least: int, most: int, k: int) -> bool:
    """Tell whether a count is known too well.

    Of fewer people than k both none and all must be possible; of others at least k counts, or the count
    is known to lie between k and all but k.
    """
    if people < k:
        return least > 0 or most < people
    return most - least + 1 < k and not (least >= k and most <= people - k)


def find_narrow_counts(
    programme: IntegerProgramme, counts: Sequence[Count], k: int
) -> list[NarrowCount] | None:
    """Return the counts that are known too well; None where nothing fits what was published."""
    harmless = {
        one.count.key
        for one in programme.told
        if one.count.people >= k and one.least >= k and one.most <= one.count.people - k
    }
    asked = [one for one in counts if one.key not in harmless]
    solver = Solver(programme)
    start = solver.minimise(np.zeros(programme.caps.size))
    if start is None:
        return None
    if not asked:
        return []
    search = _Search(solver, asked, k)
    search.observe(start)
    search.search_jointly()
    return [*search.search_singly()]


class _Search:
    """What witnesses have shown so far: the least and the most of each count."""

    def __init__(self, solver: Solver, counts: Sequence[Count], k: int) -> None:
        self.solver, self.counts, self.k = solver, counts, k
        self.rows = build_rows(counts, solver.programme.caps)
        self.base = np.array([one.base for one in counts])
        self.people = np.array([one.people for one in counts])
        self.least = np.full(len(counts), _UNSEEN)
        self.most = np.full(len(counts), -1)

    def observe(self, tallies: Numbers) -> None:
        """Note what a witness shows."""
        sums = self.base + (self.rows @ tallies).astype(np.int64)
        self.least, self.most = np.minimum(self.least, sums), np.maximum(self.most, sums)

    def mark_wanted(self) -> tuple[Flags, Flags]:
        """Tell of which counts a smaller witness is wanted, and of which a larger one."""
        small, few = self.people < self.k, self.most - self.least + 1 < self.k
        return (
            np.where(small, self.least > 0, few & (self.least > 0)),
            np.where(small, self.most < self.people, few & (self.most < self.people)),
        )

    def search_jointly(self) -> None:
        """Look for witnesses of many counts at once, until they show nothing new."""
        chance, stale = np.random.default_rng(0), 0
        first = [np.full(len(self.counts), sign) for sign in (-1, 1)]
        wanted = sum(map(np.count_nonzero, self.mark_wanted()))
        while wanted and stale < _STALE_ROUNDS:
            signs = first.pop() if first else chance.choice([-1, 1], len(self.counts))
            self._find_witness(self._weigh_wanted(signs) * chance.uniform(0.5, 1, len(self.counts)))
            left = sum(map(np.count_nonzero, self.mark_wanted()))
            stale = 0 if left < wanted else stale + 1
            wanted = left

    def _weigh_wanted(self, signs: Numbers) -> Floats:
        """Weigh the counts: 1 to make it small, −1 to make it large; the sign where both are wanted."""
        smaller, larger = self.mark_wanted()
        both = np.where(signs > 0, 1.0, -1.0)
        weights = np.where(smaller & larger, both, smaller * 1.0 - larger * 1.0)
        # All of a small group are as much worth as all of a large one.
        return np.asarray(weights / np.maximum(self.people, 1))

    def _find_witness(self, weights: Floats) -> None:
        tallies = self.solver.minimise_quickly(weights @ self.rows, gap=_GAP)
        if tallies is not None:
            self.observe(tallies)

    def search_singly(self) -> Iterator[NarrowCount]:
        """Find the ends of each count that is still wanted, and yield those known too well."""
        for place in np.flatnonzero(np.logical_or(*self.mark_wanted())).tolist():
            count, ends = self.counts[place], {}
            for sign, seen in ((1, self.least), (-1, self.most)):
                if self.mark_wanted()[sign < 0][place]:
                    seen[place] = ends[sign] = self._find_end(count, sign)
            least, most = int(self.least[place]), int(self.most[place])
            if is_narrow(count.people, least, most, self.k):
                # That none can have it, or all, is no news.
                ends = {s: end for s, end in ends.items() if end != (0, count.people)[s < 0]}
                yield NarrowCount(count, least, most, ends)

    def _find_end(self, count: Count, sign: int) -> int:
        """Find one end of one count, in atoms that only the figures and the count tell apart."""
        programme = self.solver.programme
        fewer, own = programme.restrict_to(programme.told, count)
        end = Solver(fewer).find_end(own, sign)
        if end is None:
            raise RuntimeError("the audit's solver lost a municipality that it had found")
        return end
