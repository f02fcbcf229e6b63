"""What was observed of a layer: a tie is present, absent or unobserved.

People who were asked and answered in the same surveys see the same part of the layer, so they share
a class, and everything about observation is counted over pairs of classes. A layer of sixty thousand
people has a few hundred classes at most.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import evolve, field, frozen
from numpy.typing import NDArray
from scipy import sparse

from plfkit.arrays import Flags, Floats, Numbers
from plfkit.graph.paired_groups import Members, PairedGroups
from plfkit.model.caching import Caching, seal_arrays, work_out_once


@frozen(eq=False, slots=False)
class Observation(Caching):
    """Which ordered pairs of a layer's nodes were observed.

    Attributes:
        codes: The class of each node.
        told: Whether the first class would have told of a tie to the second.
        asked: Whether two classes share a roster, so that answering would have told of a tie.
        cap: How many ties somebody of a class who did not answer could have named.
        directed: Whether a pair is told of from one side only.
        limited: Whether somebody who did not answer could have named only so many.
        surveys: How many surveys it is made of; registers of sorts are one more.
        rosters: Whether each class (row) is on the roster of each survey (column).
        unanswered: Whether each class was asked in each survey and did not answer.
        limits: How many names each survey allowed.
        starts: Where each part of the layer begins among the nodes, and where the last one ends; one
            part if left out. People of two parts are no pair.
    """

    codes: Numbers
    told: Flags
    asked: Flags
    cap: Floats
    directed: bool
    limited: bool = False
    surveys: int = 1
    rosters: Flags = field(factory=lambda: np.zeros((1, 0), np.bool_))
    unanswered: Flags = field(factory=lambda: np.zeros((1, 0), np.bool_))
    limits: Floats = field(factory=lambda: np.zeros(0))
    starts: Numbers = field()

    @starts.default
    def _make_single_part(self) -> Numbers:
        return np.array([0, len(self.codes)])

    def __attrs_post_init__(self) -> None:
        """Seal the arrays: what was observed never changes."""
        seal_arrays((self.codes, self.told, self.asked, self.cap))
        seal_arrays((self.rosters, self.unanswered, self.limits, self.starts))

    @classmethod
    def complete(cls, n: int, *, directed: bool) -> Observation:
        """Return the observation of a register: nobody was asked, and every pair is known."""
        yes = np.ones((1, 1), np.bool_)
        return cls(np.zeros(n, np.int64), yes, ~yes, np.zeros(1), directed)

    @classmethod
    def empty(cls, n: int, *, directed: bool) -> Observation:
        """Return the observation of what nobody was asked about: no pair is known."""
        no = np.zeros((1, 1), np.bool_)
        return cls(np.zeros(n, np.int64), no, no, np.zeros(1), directed)

    def add_unasked_node(self) -> Observation:
        """Return the same with somebody more, the last, whom nobody asked and nobody was asked about."""
        row = [(0, 1), (0, 0)]
        return evolve(
            self,
            codes=np.append(self.codes, len(self.told)),
            told=np.pad(self.told, (0, 1)),
            asked=np.pad(self.asked, (0, 1)),
            cap=np.pad(self.cap, (0, 1)),
            rosters=np.pad(self.rosters, row),
            unanswered=np.pad(self.unanswered, row),
            starts=np.array([0, len(self.codes) + 1]),
        )

    def lay_out_nodes(self, nodes: Numbers, starts: Numbers) -> Observation:
        """Return the observation of some nodes, in parts that begin where it is said."""
        return evolve(self, codes=self.codes[nodes], starts=starts)

    def keep_nodes(self, nodes: Numbers) -> Observation:
        """Return the observation of some nodes only."""
        return self.lay_out_nodes(nodes, np.array([0, len(nodes)]))

    def drop_empty_classes(self) -> Observation:
        """Return the same without the classes that no node has any more."""
        used, codes = np.unique(self.codes, return_inverse=True)
        return self.replace_classes(codes.ravel(), used)

    def replace_classes(self, codes: Numbers, of: Numbers) -> Observation:
        """Return the same in other classes, each of which knows what one of today's does.

        Args:
            codes: The new class of each node.
            of: For each new class the one of today that it is part of.
        """
        pairs = np.ix_(of, of)
        return evolve(
            self,
            codes=codes,
            told=self.told[pairs],
            asked=self.asked[pairs],
            cap=self.cap[of],
            rosters=self.rosters[of],
            unanswered=self.unanswered[of],
        )

    @property
    @work_out_once
    def seen(self) -> Flags:
        """Whether pairs of two classes are observed even where nobody told of a tie.

        In an undirected layer both sides must have answered: one side's silence does not speak for
        the other.
        """
        return self.told if self.directed else self.told & self.told.T

    @property
    @work_out_once
    def node_parts(self) -> Numbers:
        """The number of each node's part."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))

    @property
    @work_out_once
    def part_classes(self) -> Members:
        """How many nodes of each class (column) each part (row) has."""
        shape = (len(self.starts) - 1, len(self.told))
        # Nodes of the same part and class are entries of the same cell, which add up.
        ones = np.ones(len(self.codes), np.int64)
        return sparse.coo_array((ones, (self.node_parts, self.codes)), shape).tocsr()

    @property
    @work_out_once
    def whole(self) -> bool:
        """Whether every pair of different nodes of a part is observed."""
        return bool(self.whole_parts.all())

    @property
    @work_out_once
    def whole_parts(self) -> Flags:
        """For each part, whether every pair of different nodes is observed."""
        classes = self.part_classes
        open_ = (self._count_others_by_class(~self.seen) > 0) & (classes.toarray() > 0)
        return np.asarray(~open_.any(axis=1))

    @property
    @work_out_once
    def seen_pairs(self) -> Floats:
        """For each part, how many ordered pairs of different nodes were observed."""
        return self.count_class_pairs(self.seen)

    def count_unseen_pairs_in_parts(self, *, asked: bool) -> Floats:
        """Count each part's unobserved ordered pairs, among those that share a roster or all others."""
        return self.count_class_pairs(self._mark_unseen(asked=asked))

    def count_class_pairs(self, where: Flags, cap: Floats | None = None) -> Floats:
        """Count, for each part, the ordered pairs of different nodes whose classes `where` holds for.

        Args:
            where: Between which classes.
            cap: How many others count at most for each node, by its class.
        """
        # If 3 of 4 answered, these tell of 3·3 + 3·1 = 12 pairs. 3 of them are somebody with
        # themselves, so 9 were observed, of 4·3 = 12 that there are.
        others = self._count_others_by_class(where)
        others = others if cap is None else np.minimum(others, cap)
        parts, classes, counts = self._part_entries
        pairs = counts * others[parts, classes]
        return np.bincount(parts, pairs, len(self.starts) - 1).astype(np.float64)

    @property
    @work_out_once
    def _part_entries(self) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
        """Each part and class that it has nodes of, and how many."""
        entries = self.part_classes.tocoo()
        return entries.row, entries.col, entries.data

    @property
    @work_out_once
    def sizes(self) -> Numbers:
        """How many nodes each class has."""
        return np.bincount(self.codes, minlength=len(self.told))

    @property
    @work_out_once
    def response_rate(self) -> float | None:
        """Share of the nodes of a single part who answered; None where nobody was asked."""
        (rate,) = self.response_rates.tolist()
        return None if np.isnan(rate) else rate

    @property
    @work_out_once
    def response_rates(self) -> Floats:
        """For each part, the share of its nodes who answered; NaN where nobody was asked."""
        asked = np.asarray(self.asked.any(axis=1))[self.codes]
        parts, count = self.node_parts, len(self.starts) - 1
        answered = np.bincount(parts[asked & self.nodes_answered], minlength=count)
        rates, asked_parts = np.full(count, np.nan), np.bincount(parts[asked], minlength=count)
        np.divide(answered, asked_parts, out=rates, where=asked_parts > 0)
        return rates

    @property
    @work_out_once
    def nodes_answered(self) -> Flags:
        """For each node, whether they answered all they were asked about the others of their part.

        Whom nobody asked did not.
        """
        # Classes without a node in a part are left over from the people who were filtered out.
        there = (self.part_classes > 0).astype(np.int64)
        untold = (there @ (self.asked & ~self.told).T.astype(np.int64)) > 0
        known = (self.asked | self.told).any(axis=1) & ~untold
        return np.asarray(known[self.node_parts, self.codes])

    def _count_others_by_class(self, where: Flags) -> Numbers:
        """Count, for each part and class, the nodes of the part that `where` holds for with the class.

        A node does not count itself: of 3 nodes of a class that is open to itself, each has 2.
        """
        counts: Numbers = self.part_classes @ where.T.astype(np.int64)
        return counts - where.diagonal()

    def count_others(self, where: Flags) -> Numbers:
        """For each node, the others of its part whose class `where` holds for with its own."""
        return np.asarray(self._count_others_by_class(where)[self.node_parts, self.codes])

    def count_unseen_out(self, *, asked: bool) -> Numbers:
        """For each node, the others to whom ties are unobserved, on a roster with them or not."""
        return self.count_others(~self.seen & (self.asked == asked))

    def count_unseen_in(self) -> Numbers:
        """For each node, the others from whom ties are unobserved."""
        return self.count_others(~self.seen.T)

    def count_seen_pairs(self, groups: PairedGroups) -> Floats:
        """Count the observed ordered pairs of different nodes for some pairs of groups."""
        return groups.count_class_pairs(self.seen)

    def count_unseen_pairs(self, groups: PairedGroups, *, asked: bool) -> Floats:
        """Count the unobserved ordered pairs, among those that share a roster or among all others."""
        return groups.count_class_pairs(self._mark_unseen(asked=asked))

    def count_most_named(self, groups: PairedGroups) -> Floats:
        """Count the ties, from group to group, that non-respondents could have named.

        A limit on the number of names caps what each of them adds. Where either side may tell of a
        tie, both sides' names count together.
        """
        # Somebody silent about 8 colleagues, where a survey takes 5 names, could have named 5.
        open_ = self._mark_unseen(asked=True)
        named = groups.count_class_pairs(open_, self.cap)
        if self.directed:
            return named
        return named + groups.swap_sides().count_class_pairs(open_, self.cap)

    def count_most_named_in_parts(self) -> Floats:
        """Count the ties, in each part, that non-respondents could have named; see `count_most_named`."""
        named = self.count_class_pairs(self._mark_unseen(asked=True), self.cap)
        return named if self.directed else 2 * named

    def _mark_unseen(self, *, asked: bool) -> Flags:
        """Tell which pairs of classes are unobserved, of those that share a roster or of all others."""
        return np.asarray(~self.seen & (self.asked == asked))
