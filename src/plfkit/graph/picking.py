"""Picking among rows: the first of each holder, and each pair of numbers once."""

from __future__ import annotations

import numpy as np

from plfkit.arrays import Flags, Numbers


def pick_first_rows(holders: Numbers, *keys: Numbers | Flags) -> Numbers:
    """Return each holder's first row in the order of some keys, by the order of holders.

    Args:
        holders: Whose each row is.
        keys: What puts the rows of a holder in order, the key that decides first in front.

    Examples:
        Number 4 has rows 0 and 2, and 2 comes first; number 3 has row 1.

        >>> pick_first_rows(np.array([4, 3, 4]), np.array([9, 5, 1])).tolist()
        [1, 2]
    """
    # `lexsort` takes the key that decides first last.
    order = np.lexsort((*reversed(keys), holders))
    ordered, first = holders[order], np.ones(len(order), np.bool_)
    first[1:] = ordered[1:] != ordered[:-1]
    return order[first]


def list_distinct_pairs(whose: Numbers, numbers: Numbers) -> tuple[Numbers, Numbers]:
    """Return pairs of numbers in order, each once: people beside events, or beside days as numbers.

    Examples:
        >>> [side.tolist() for side in list_distinct_pairs(np.array([3, 0, 3]), np.array([7, 9, 7]))]
        [[0, 3], [9, 7]]
    """
    least = numbers.min(initial=0)
    width = numbers.max(initial=0) - least + 1
    # With days from 0 to 9, day 7 of person 3 is 37.
    pairs = np.unique(whose * width + numbers - least)
    return pairs // width, pairs % width + least
