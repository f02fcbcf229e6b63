"""Blocks of figures: the same cells as records, and as arrays."""

from __future__ import annotations

import numpy as np

from plfkit import Label
from plfkit.goals.figure_blocks import FigureBlock, build_block_table, list_records
from plfkit.goals.tabling import TabledFigure
from plfkit.model.results.figures import build_figures
from plfkit.model.results.result import Result

NORTH = Label(da="Nordskolen", en="North School")


def make_blocks() -> list[FigureBlock]:
    """Two of three figures of a result, each with a verdict, and a row of nothing."""
    figures = build_figures(3, part=["a", "b", None], value=np.array([1.0, np.nan, 3.0]))
    result = Result(
        figures=figures, measure="m", figure_class="answers", at="2018/19", n=3, observed=1.0
    )
    some = FigureBlock(
        figures=result.figures,
        rows=np.array([2, 0]),
        names={"a": NORTH},
        same={"label": NORTH, "missing": ("units", "positions")},
        own={"verdict": ["met", None]},
    )
    return [some, FigureBlock.of(None, {"reason": "refused"})]


def test_records_and_arrays() -> None:
    """A table has what the records have, with labels in one language and several words as one text."""
    blocks = make_blocks()
    table = list(build_block_table(blocks, TabledFigure, "en"))
    records = list(list_records(blocks))
    for name in ("part", "value", "reason"):
        assert [getattr(row, name) for row in table] == [one.get(name) for one in records]
    assert [row.value for row in table] == [3.0, 1.0, None]
    assert [row.part_name for row in table] == [None, "North School", None]
    assert [row.label for row in table] == ["North School", "North School", None]
    assert [row.missing for row in table] == ["units, positions"] * 2 + [None]
    assert [row.verdict for row in table] == ["met", None, None]
    assert [row.reason for row in table] == [None, None, "refused"]


def test_no_blocks() -> None:
    """Of nothing there is a table without rows."""
    assert len(build_block_table([], TabledFigure, "da")) == 0
