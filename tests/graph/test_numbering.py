"""The place of ids among all ids."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from plfkit.graph.numbering import number_sorted_ids
from plfkit.model.records.tables import Column

IDS = st.text("abæ\0", max_size=2)


@given(st.sets(IDS), st.lists(IDS | st.none(), max_size=6))
def test_number_sorted_ids(known: set[str], cells: list[str | None]) -> None:
    """Each cell has the place of its id among all in order, and −1 where there is none such."""
    ids = tuple(sorted(known))
    texts = sorted({cell for cell in cells if cell is not None})
    codes = np.array([-1 if cell is None else texts.index(cell) for cell in cells], np.int32)
    expected = [ids.index(cell) if cell in known else -1 for cell in cells]
    assert number_sorted_ids(Column.of_codes(codes, texts), ids).tolist() == expected
