"""Numbering: the place of each id of a column among all ids, both in order."""

from __future__ import annotations

from itertools import chain, islice
from operator import eq

import numpy as np

from plfkit.arrays import Numbers
from plfkit.model.records.tables import Column, recode_column


def number_sorted_ids(column: Column, ids: tuple[str, ...]) -> Numbers:
    """Return the place of each cell's id among all ids; −1 for a missing one, and for one they lack.

    It is what `recode_column` finds, sooner; that one takes words in any order, as those of a rule.

    Args:
        column: A text column.
        ids: All ids, sorted, each once.
    """
    names = column.categories
    if names == ids:
        return np.asarray(column.values, np.int64)
    # Sorted together, an id that both have stands twice in a row: a c and a b c make a a b c c, with
    # pairs at 0 and 3. Less the pairs before each, 0 and 1, these are the places 0 and 2 in a b c. That
    # takes a seventh of the time of looking up a million ids in a dict.
    both = sorted(chain(ids, names))
    twice = np.fromiter(map(eq, both, islice(both, 1, None)), np.bool_, max(len(both) - 1, 0))
    places = np.flatnonzero(twice) - np.arange(twice.sum())
    if len(places) < len(names):
        return recode_column(column, ids)
    return np.asarray(np.append(places, -1)[column.values])  # the last is for missing cells
