"""The least and the most that a sum of unknown whole numbers can be.

Sums of people on levels and at places are the sums of rows and columns of a table. What is possible for
them is found by adding and taking away, so that nothing is rounded. A solver is loaded only where that does
not suffice, as it may where people are on several levels at once, and for large tables.
"""

from __future__ import annotations

from math import ceil, floor

import numpy as np
from attrs import define

from plfkit.arrays import Numbers
from plfkit.disclosure.classes import Span

_SLACK = 1e-6
"""By how much a solver's bound may miss a whole number: it was computed with floating points."""
_MOST_CELLS = 10_000
"""How large a table may be: with larger ones a solver, which passes over zeros, makes up for its loading."""

_STEPS = 10
"""How many steps are taken for each sum of which something is told, at most: a fourth was the most so far."""


def find_extremes(wanted: Numbers, rows: Numbers, spans: Numbers, sizes: Numbers) -> Span:
    """Return the least and the most that a sum of unknown numbers can be.

    Args:
        wanted: How often each number is in the sum.
        rows: Sums of which something is told: how often each number is in each.
        spans: From what to what each of these is.
        sizes: The most that each number can be.
    """
    if rows.size <= _MOST_CELLS:
        least = find_most(-wanted, rows, spans, sizes)
        most = find_most(wanted, rows, spans, sizes)
        if least is not None and most is not None:
            return -least, most
    return find_extremes_by_solver(wanted, rows, spans, sizes)


def find_extremes_by_solver(wanted: Numbers, rows: Numbers, spans: Numbers, sizes: Numbers) -> Span:
    """Return the same, by a solver that can do it always."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - loads for a second

    bounds, told = Bounds(np.zeros(len(sizes)), sizes), LinearConstraint(rows, *spans.T)
    least, most = (
        milp(sign * wanted, bounds=bounds, constraints=told).fun or 0.0 for sign in (1, -1)
    )
    return ceil(least - _SLACK), floor(-most + _SLACK)


def find_most(wanted: Numbers, rows: Numbers, spans: Numbers, sizes: Numbers) -> int | None:
    """Return the most that a sum of unknown numbers can be; None where this way does not lead to it.

    This is the dual simplex method with bounds: at first each number is as makes the sum largest, whatever
    is told. While some other sum is beyond its span it is put back to the end of its span, and the number
    that costs the sum least gives way. Nothing larger is passed by, so that the first that fits is the most.

    Args:
        wanted: How often each number is in the sum.
        rows: Sums of which something is told: how often each number is in each.
        spans: From what to what each of these is.
        sizes: The most that each number can be.

    Examples:
        Of 6 at one school and 4 at another some have it: 2 to 5 at the first, 3 to 7 at both. All are at
        most 7; of the second school at most 4, and at most -2 are lacking at the first.

        >>> told = np.array([[1, 0], [1, 1]]), np.array([[2, 5], [3, 7]]), np.array([6, 4])
        >>> [find_most(np.array(one), *told) for one in ([1, 1], [0, 1], [-1, 0])]
        [7, 4, -2]
    """
    table = _Table.lay_out(wanted, rows, spans, sizes)
    for _ in range(_STEPS * len(table.rows)):
        sums = table.rows @ table.values
        least, most = table.row_limits.T
        misfits = sums[:-1] - np.minimum(np.maximum(sums[:-1], least), most)
        if not misfits.any():
            return int(sums[-1])
        row = int(np.abs(misfits).argmax())
        column = table.find_cheapest(row, int(misfits[row]))
        if column is None:
            return None
        table.swap(row, column, sums[row] - misfits[row])
    return None


@define(eq=False)
class _Table:
    """Some numbers as sums of others, each of which is at one of its ends.

    Attributes:
        rows: How often each of the others is in each sum; the last row is the sum that is to be large.
        row_limits: From what to what each sum is.
        values: What each of the others is now.
        limits: From what to what each of the others is.
    """

    rows: Numbers
    row_limits: Numbers
    values: Numbers
    limits: Numbers

    @classmethod
    def lay_out(cls, wanted: Numbers, rows: Numbers, spans: Numbers, sizes: Numbers) -> _Table:
        """Begin with the sums as they are told, and the numbers as the one wanted is largest."""
        return cls(
            rows=np.vstack([rows, wanted]),
            row_limits=spans.copy(),
            values=np.where(wanted > 0, sizes, 0),
            limits=np.stack([np.zeros_like(sizes), sizes], axis=1),
        )

    def find_cheapest(self, row: int, misfit: int) -> int | None:
        """Return the number that may give way and costs least; None if none may, or not one by one."""
        shares = self.rows[row]
        least, most = self.limits.T
        # 1 for what is at its most and can go down, -1 for what can go up, 0 for what can do neither. A sum
        # that is too large is mended by what goes down and is in it, or goes up and is taken off.
        downwards = (self.values == most).astype(np.int64) - (self.values == least)
        may = np.flatnonzero(downwards * shares * misfit > 0)
        costs = np.abs(self.rows[-1, may] / shares[may])
        cheapest = may[costs == costs.min(initial=np.inf)]
        # Twice a number makes an odd sum only with a half.
        cheapest = cheapest[np.abs(shares[cheapest]) == 1]
        return int(cheapest[0]) if len(cheapest) else None

    def swap(self, row: int, column: int, end: int) -> None:
        """Put a sum at one end of its span, and write the number that gave way as a sum instead.

        From s = a - b follows b = a - s, in which s is fixed now; in all other sums b is written so.
        """
        sign = self.rows[row, column]
        others = self.rows[row] * sign
        of_number = self.rows[:, column].copy()
        self.rows -= np.outer(of_number, others)
        self.rows[:, column] = of_number * sign
        self.rows[row] = -others
        self.rows[row, column] = sign
        self.values[column] = end
        swapped = self.row_limits[row].copy()
        self.row_limits[row], self.limits[column] = self.limits[column], swapped
