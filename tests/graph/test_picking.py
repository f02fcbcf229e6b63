"""Picking among rows: against plain loops over the same rows."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from plfkit.graph.picking import list_distinct_pairs, pick_first_rows

FEW = st.integers(0, 3)


@given(st.lists(st.tuples(FEW, FEW, FEW)))
def test_the_first_row_of_each_holder(rows: list[tuple[int, int, int]]) -> None:
    """Of each holder it is the row that comes first by the keys, and of rows that are alike the upper one."""
    holders, *keys = np.array(rows, np.int64).reshape(-1, 3).T
    first = {
        holder: min(range(len(rows)), key=lambda row: (rows[row][0] != holder, rows[row][1:], row))
        for holder, _, _ in rows
    }
    assert pick_first_rows(holders, *keys).tolist() == [first[holder] for holder in sorted(first)]


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(-9, 9))))
def test_pairs_once_and_in_order(pairs: list[tuple[int, int]]) -> None:
    """Each pair is there once, in order, days before 1970 too."""
    whose, numbers = np.array(pairs, np.int64).reshape(-1, 2).T
    found = zip(*(side.tolist() for side in list_distinct_pairs(whose, numbers)), strict=True)
    assert [*found] == sorted(set(pairs))
