"""Tables: what is told of one yes/no, and what follows from it for any other set of people."""

from __future__ import annotations

from math import ceil, floor

import numpy as np
from attrs import frozen

from plfkit.arrays import Flags, Floats, Numbers
from plfkit.disclosure.classes import Span, find_class, find_total_class
from plfkit.disclosure.plans import Plan

_SLACK = 1e-6
"""By how much a bound may miss a whole number: it was computed with floating points."""


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
    def of(cls, plan: Plan, has: Flags, k: int, *, at_least: int = 0) -> ToldCount:
        """Tell of those who have something.

        Args:
            plan: The sets.
            has: Who has it.
            k: The threshold.
            at_least: How many it must be by what is told elsewhere.
        """
        inside = has & plan.universe
        classes = tuple(
            find_class(int(inside[one.persons].sum()), (0, len(one.persons)), plan.width)
            for one in plan.sets
        )
        size = int(plan.universe.sum())
        open_ = cls(plan, classes, (at_least, size))
        span = open_.deduce_span(plan.universe) if classes else (at_least, size)
        return cls(plan, classes, find_total_class(int(inside.sum()), span, size=size, k=k))

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
        rows = np.vstack([kinds[:-1], np.ones(len(sizes), np.bool_)]).astype(np.float64)
        spans = np.array([*self.classes, self.whole], np.float64)
        wanted = kinds[-1].astype(np.float64)
        least = _find_least_sum(wanted, rows, spans, sizes)
        most = -_find_least_sum(-wanted, rows, spans, sizes)
        return ceil(least - _SLACK), floor(most + _SLACK)


def count_alike(members: Flags) -> tuple[Flags, Numbers]:
    """Return who is in which sets, each combination once (a column), and how many people have it.

    Args:
        members: A row for each set, a column for everybody.
    """
    # Eight sets a byte: a person is some bytes, and people of the same bytes are alike.
    packed = np.ascontiguousarray(np.packbits(members, axis=0).T)
    words = packed.view(np.dtype((np.void, packed.shape[1]))).ravel()
    _, first, sizes = np.unique(words, return_index=True, return_counts=True)
    return members[:, first], sizes


def _find_least_sum(weights: Floats, rows: Floats, spans: Floats, sizes: Numbers) -> float:
    """Return the least that a sum of unknown numbers can be, the sum of each row lying in its span."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - loads for a second

    # Of people who are on one level and at one place the bounds are whole numbers all by themselves.
    found = milp(
        weights,
        bounds=Bounds(np.zeros(len(sizes)), sizes.astype(np.float64)),
        constraints=LinearConstraint(rows, spans[:, 0], spans[:, 1]),
    )
    return found.fun or 0.0
