"""Tables: what is told of one yes/no, and what follows from it for any other set of people."""

from __future__ import annotations

import numpy as np
from attrs import frozen

from plfkit.arrays import Flags, Floats, Numbers
from plfkit.disclosure.classes import Span, find_class, find_total_class
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
        members = np.vstack([self.plan.members, persons])[:, self.plan.universe]
        # People in the same sets are alike: their number is one unknown.
        kinds, sizes = np.unique(members, axis=1, return_counts=True)
        rows = np.vstack([kinds[:-1], np.ones(len(sizes), np.bool_)]).astype(np.float64)
        spans = np.array([*self.classes, self.whole], np.float64)
        wanted = kinds[-1].astype(np.float64)
        return _find_least_sum(wanted, rows, spans, sizes), -_find_least_sum(
            -wanted, rows, spans, sizes
        )


def _find_least_sum(weights: Floats, rows: Floats, spans: Floats, sizes: Numbers) -> int:
    """Return the least that a sum of unknown numbers can be, the sum of each row lying in its span."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - loads for a second

    found = milp(
        weights,
        integrality=np.ones(len(sizes), np.int64),
        bounds=Bounds(np.zeros(len(sizes)), sizes.astype(np.float64)),
        constraints=LinearConstraint(rows, spans[:, 0], spans[:, 1]),
    )
    return round(found.fun or 0.0)
