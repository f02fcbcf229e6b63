"""Rounds and stays: what days of visits belong together, for one or for many at once.

Whose days they are is a number beside each: of a person, or 0 throughout for the whole. They stand in
order, each day of each once, as `list_distinct_pairs` returns them.
"""

from __future__ import annotations

import numpy as np

from plfkit.arrays import Flags, Numbers

ROUND_GAP_DAYS = 30
"""Days between two visits of different rounds, at the least."""

STAY_GAP_DAYS = 7
"""Days between two events of one stay, at the most: over a weekend, or a day off."""

_LONG = 10_000_000
"""Days before and after all that anybody notes."""


def count_rounds(whose: Numbers, days: Numbers, size: int) -> Numbers:
    """Count the rounds that the visits of each of so many belong to."""
    # Days 1, 20 and 60: one gap of more than 30 days parts two rounds.
    begins = _mark_firsts(whose)
    begins[1:] |= np.diff(days) > ROUND_GAP_DAYS
    return np.bincount(whose[begins], minlength=size)


def count_certain_rounds(whose: Numbers, days: Numbers, others: Numbers, size: int) -> Numbers:
    """Count the rounds of each that are certain, if any of some other days may be one of visits too.

    Two visits 40 days apart are of one round if there may have been one half way between.

    Args:
        whose: Whose days they are.
        days: The days.
        others: The other days, which are the same for all, in order.
        size: How many there are whose rounds are counted.
    """
    begins = _mark_firsts(whose)
    begins[1:] |= _mark_gaps_between(days[:-1], days[1:], others)
    return np.bincount(whose[begins], minlength=size)


def measure_longest_stays(whose: Numbers, days: Numbers, size: int) -> Numbers:
    """Count the days of each one's longest stay, the first and the last of it too.

    From Monday to the Wednesday of the week after are ten days, whatever happened at the weekend.
    """
    # Days 1, 3, 20 and 21: the gap of 17 days parts stays of 3 and of 2 days.
    begins = _mark_firsts(whose)
    begins[1:] |= np.diff(days) > STAY_GAP_DAYS
    first = np.flatnonzero(begins)
    last = np.append(first[1:], len(days)) - 1
    longest = np.zeros(size, np.int64)
    np.maximum.at(longest, whose[first], days[last[: len(first)]] - days[first] + 1)
    return longest


def _mark_firsts(whose: Numbers) -> Flags:
    """Tell which days are the first of somebody."""
    firsts = np.ones(len(whose), np.bool_)
    firsts[1:] = whose[1:] != whose[:-1]
    return firsts


def _mark_gaps_between(before: Numbers, after: Numbers, others: Numbers) -> Flags:
    """Tell between which visits there are more than 30 days without any of some other days."""
    known = np.concatenate([[-_LONG], others, [_LONG]])
    # Between visits on days 0 and 70 lie the others 10, 20 and 60, from number `first` to number `last` of
    # those known: gaps of 10 days at either edge, and one of 40 among the others.
    first = np.searchsorted(known, before, side="right")
    last = np.searchsorted(known, after, side="left") - 1
    wide = np.cumsum(np.diff(known, prepend=-_LONG) > ROUND_GAP_DAYS)
    return np.asarray(
        (np.minimum(known[first], after) - before > ROUND_GAP_DAYS)
        | (after - np.maximum(known[last], before) > ROUND_GAP_DAYS)
        | (wide[last] > wide[first])
    )
