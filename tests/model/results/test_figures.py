"""Tables of figures are built from arrays as they are: nothing is sorted, or stands, twice."""

from __future__ import annotations

import numpy as np
import pytest

from plfkit.measures import build_figures
from plfkit.model.records.frames import BACKENDS, Backend, build_frame
from plfkit.model.results.figures import CodedTexts, repeat_number, stack_cells


def test_sorted_texts() -> None:
    """Codes into sorted texts make the column that codes into texts in any order make."""
    texts = ("ann", "bo", "cy", "dan")
    for codes in ([0, 1, 2, 3], [3, -1, 1], [-1, -1], []):
        cells = np.array(codes, np.int32)
        known, any_ = (CodedTexts(cells.copy(), texts, are_sorted=it) for it in (True, False))
        table, other = (build_figures(len(codes), id=one) for one in (known, any_))
        assert table == other
        assert table.column("id").tolist() == [None if c < 0 else texts[c] for c in codes]


def test_stacked_texts() -> None:
    """Codes into the same texts are put below each other without coding anything anew."""
    texts = ("ann", "bo")
    halves = [CodedTexts(np.array(c, np.int32), texts, are_sorted=True) for c in ([1], [0, 1])]
    stacked = stack_cells(halves, [1, 2])
    assert isinstance(stacked, CodedTexts)
    assert stacked.texts is texts
    assert stacked.are_sorted
    assert stacked.codes.tolist() == [1, 0, 1]


def test_arrays_stand_once() -> None:
    """Value and range that are one array are one column, apart from the caller's array."""
    cells = np.array([0.5, 0.75, 1.0])
    table = build_figures(3, value=cells, lower=cells, upper=cells.copy())
    value, lower, upper = (table.column(name) for name in ("value", "lower", "upper"))
    assert value is lower
    assert value == upper
    cells[0] = 7
    assert value.tolist() == [0.5, 0.75, 1.0]


@pytest.mark.parametrize("backend", BACKENDS)
def test_repeated_number(backend: Backend) -> None:
    """A number that holds for all figures stands once in memory, and in every row of a frame."""
    table = build_figures(
        3,
        value=np.arange(3.0),
        n=repeat_number(np.array([12]), 3),
        observed=repeat_number(np.array([np.nan]), 3),
    )
    assert table.column("n").values.strides == (0,)
    assert table.column("n").tolist() == [12, 12, 12]
    assert table.column("observed").tolist() == [None, None, None]
    assert table.take(np.array([2, 0])).column("n").tolist() == [12, 12]
    frame = build_frame(table, backend)
    assert [int(str(cell)) for cell in frame["n"]] == [12, 12, 12]
