"""Tables: what is told of one yes/no, and what follows from it for any other set of people.

Where registers have gaps, or some did not answer, a yes/no is two: who surely has it, and who may. Whoever
surely has it may, so the two tables are bounded together.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from attrs import evolve, frozen

from plfkit.arrays import Flags, Numbers
from plfkit.disclosure.classes import Span, find_class, find_total_class, find_total_limits
from plfkit.disclosure.extremes import find_extremes
from plfkit.disclosure.plans import Plan


@frozen(eq=False)
class ToldCount:
    """What is told of one yes/no: the class of each set, and of the whole.

    Attributes:
        plan: The sets.
        classes: The class of each set, in the plan's order.
        whole: What is told of everybody together.
    """

    plan: Plan
    classes: tuple[Span, ...]
    whole: Span

    @classmethod
    def of(cls, plan: Plan, has: Flags, k: int) -> ToldCount:
        """Tell of those who have something, where that is known of everybody."""
        found = cls._tell_sets(plan, has)
        return found.tell_whole(has, (has, ~has), k, lambda: found.deduce_span(plan.universe))

    @classmethod
    def of_pair(
        cls, plan: Plan, surely: Flags, possibly: Flags, k: int, *, own_answers: bool
    ) -> tuple[ToldCount, ToldCount]:
        """Tell of those who surely have something, and of those who may.

        Args:
            plan: The sets.
            surely: Who surely has it.
            possibly: Who may have it, those who surely do among them.
            k: The threshold.
            own_answers: Whether those who may and do not surely are those who did not answer: how many
                they are is guarded then as any other count is.
        """
        sure, may = cls._tell_sets(plan, surely), cls._tell_sets(plan, possibly)
        between = possibly & ~surely
        deduce_sure = partial(deduce_pair_span, sure, may, surely=True)
        sure = sure.tell_whole(surely, (surely, between), k, deduce_sure)

        def deduce_may() -> Span:
            # By the whole of those who surely have it too: where few may have it besides, the one
            # total would narrow what is told of the other's sets.
            least, most = deduce_pair_span(sure, may, surely=False)
            return (max(least, sure.whole[0]) if own_answers else least), most

        return sure, may.tell_whole(possibly, (between, ~possibly), k, deduce_may)

    @classmethod
    def _tell_sets(cls, plan: Plan, has: Flags) -> ToldCount:
        inside = has & plan.universe
        classes = tuple(
            find_class(int(inside[one.persons].sum()), (0, len(one.persons)), plan.width)
            for one in plan.sets
        )
        return cls(plan, classes, (0, int(plan.universe.sum())))

    def tell_whole(
        self, has: Flags, free: tuple[Flags, Flags], k: int, deduce_span: Callable[[], Span]
    ) -> ToldCount:
        """Return the same with what is told of everybody together.

        Args:
            has: Who has it.
            free: Who of them might not have it, and who else might, for all that is told of other counts.
            k: The threshold.
            deduce_span: Says between what their number must lie by what is told of the sets.
        """
        count, size = int((has & self.plan.universe).sum()), int(self.plan.universe.sum())
        fewest, largest = find_total_limits(size, k)
        fewer, more = free
        # Where k more or fewer are possible the total is told itself, however many more or fewer are.
        if (
            fewest <= count <= largest
            and self._may_differ_by(has, fewer, -k)
            and self._may_differ_by(has, more, k)
        ):
            return evolve(self, whole=(count, count))
        return evolve(self, whole=find_total_class(count, deduce_span(), size=size, k=k))

    def _may_differ_by(self, has: Flags, free: Flags, further: int) -> bool:
        """Tell whether some more or fewer could have it without a set leaving its class.

        They are looked for one after the other, in the sets that still have room: of 8 people in a class
        from 6 to 12 four more, or two fewer. Where too few are found there may still be enough.

        Args:
            has: Who has it.
            free: Who else could have it, or who could lack it.
            further: How many more; below 0 how many fewer.
        """
        members = self.plan.members
        counts = (members & has & self.plan.universe).sum(axis=1)
        spans = np.array(self.classes, np.int64).reshape(-1, 2)
        room = spans[:, 1] - counts if further > 0 else counts - spans[:, 0]
        free = free & self.plan.universe
        for _ in range(abs(further)):
            free &= ~members[room == 0].any(axis=0)
            if not free.any():
                return False
            person = int(free.argmax())
            free[person] = False
            room[members[:, person]] -= 1
        return True

    def find_span(self, persons: Flags) -> Span:
        """Return from how many to how many of some people have it, as far as is told."""
        if np.array_equal(persons, self.plan.universe):
            return self.whole
        same = (self.plan.members == persons).all(axis=1)
        if same.any():
            return self.classes[int(np.flatnonzero(same)[0])]
        return self.deduce_span(persons)

    def deduce_span(self, persons: Flags) -> Span:
        """Return what follows from all that is told for some people: the least and the most."""
        kinds, sizes = count_alike(np.vstack([self.plan.members, persons])[:, self.plan.universe])
        rows = np.vstack([kinds[:-1], np.ones(len(sizes), np.bool_)]).astype(np.int64)
        spans = np.array([*self.classes, self.whole], np.int64)
        return find_extremes(kinds[-1].astype(np.int64), rows, spans, sizes)


def deduce_pair_span(sure: ToldCount, may: ToldCount, *, surely: bool) -> Span:
    """Return what follows for the whole of one of two counts of which each of the one is of the other."""
    plan = sure.plan
    kinds, sizes = count_alike(plan.members[:, plan.universe])
    rows = np.vstack([kinds, np.ones(len(sizes), np.bool_)]).astype(np.int64)
    nothing, one_each = np.zeros_like(rows), np.eye(len(sizes), dtype=np.int64)
    # First the numbers of those who surely have it, then of those who may: of each sort of people
    # at least as many.
    table = np.block([[rows, nothing], [nothing, rows], [-one_each, one_each]])
    told = [*sure.classes, sure.whole, *may.classes, may.whole]
    room = [(0, size) for size in sizes.tolist()]
    wanted = np.concatenate([np.full(len(sizes), int(one)) for one in (surely, not surely)])
    spans = np.array([*told, *room], np.int64)
    return find_extremes(wanted, table, spans, np.concatenate([sizes, sizes]))


def count_alike(members: Flags) -> tuple[Flags, Numbers]:
    """Return who is in which sets, each combination once (a column), and how many people have it.

    Args:
        members: A row for each set, a column for everybody.
    """
    if not len(members):
        return members[:, :1], np.array([members.shape[1]][: members.shape[1]], np.int64)
    # Eight sets a byte: a person is some bytes, and people of the same bytes are alike.
    packed = np.ascontiguousarray(np.packbits(members, axis=0).T)
    words = packed.view(np.dtype((np.void, packed.shape[1]))).ravel()
    _, first, sizes = np.unique(words, return_index=True, return_counts=True)
    return members[:, first], sizes
