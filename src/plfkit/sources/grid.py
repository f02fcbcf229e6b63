"""How a table is laid out in its source: where its header stands, and what is a row and a column.

The same rules hold behind every door. The first row that says anything is the header. Space around a
title or a cell is nothing; so is a row without any cell, a row that repeats the header, and a column
without title and cells. Rows keep the numbers that the source gives them.
"""

from __future__ import annotations

import gc
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

import numpy as np
from attrs import Factory, evolve, frozen

from plfkit.arrays import Flags, Numbers
from plfkit.errors import Fault, Place
from plfkit.hints import Hint
from plfkit.model.records.schema import strip_space
from plfkit.sources.cells import CodedCells, Coder, RawTable, is_blank
from plfkit.sources.limits import Limits
from plfkit.sources.quoting import BrokenRow

_BLOCK_ROWS = 512  # rows that, with their cells, fit in a processor's cache
_Rows = Iterator[Sequence[Any]]


@frozen(eq=False, kw_only=True)
class Grid:
    """A table as its source lays it out.

    Attributes:
        file: What the source calls it in faults.
        row: The row in which the header stands; None where titles stand above the rows.
        titles: The titles; the empty text for a column that has cells and no title.
        numbers: Which column of the source each of them is, from 1.
        columns: The cells of each.
        rows: The row of the source that each record stands in.
        broken: The rows that cannot be read.
        faults: What else is no row of this table.
        name: What a column is called that has no title to tell.
    """

    file: str
    row: int | None = 1
    titles: Sequence[str] = ()
    numbers: Sequence[int] = ()
    columns: Sequence[CodedCells] = ()
    rows: Numbers = Factory(lambda: np.empty(0, np.int64))
    broken: Sequence[BrokenRow] = ()
    faults: Sequence[Fault] = ()
    name: Callable[[int], str] = "number {}".format

    def name_column(self, position: int) -> str:
        """Return what a column is called that has no title to tell, by its place from 1."""
        return self.name(self.numbers[position - 1])

    def list_quoting_faults(self, titles: Sequence[str] = ()) -> list[Fault]:
        """Return what is wrong with rows that cannot be read.

        Args:
            titles: What the columns are called, if that may be told.
        """
        called: dict[int | None, str] = dict(zip(self.numbers, titles, strict=False))
        faults = []
        for row in self.broken:
            number = None if row.column is None else self.name(row.column)
            place = Place(self.file, row.row, called.get(row.column) or number)
            faults.append(Fault("bad_csv", place, row.hint))
        return faults

    def drop_blanks(self) -> Grid:
        """Return it without the rows and columns that say nothing."""
        if not self.columns:
            return self
        says = np.array([column.codes >= 0 for column in self.columns])
        kept = says.any(axis=0) & ~self._find_repeated_headers()
        where = np.flatnonzero(kept)
        places = [n for n, title in enumerate(self.titles) if title or says[n, where].any()]
        columns = [self.columns[n] for n in places]
        if len(where) < len(kept):
            columns = [CodedCells(column.codes[where], column.distinct) for column in columns]
        return evolve(
            self,
            titles=[self.titles[n] for n in places],
            numbers=[self.numbers[n] for n in places],
            columns=columns,
            rows=self.rows[where],
        )

    def _find_repeated_headers(self) -> Flags:
        """Find rows whose every cell is the title of its column, as where tables were pasted."""
        repeats = np.ones(len(self.rows), bool)
        for title, column in zip(self.titles, self.columns, strict=True):
            if not repeats.any():
                break
            # No cell has the code −2, so a title that no cell repeats matches none; −1 is blank, as
            # is a column without a title.
            code = column.distinct.index(title) if title in column.distinct else -2
            repeats &= column.codes == (code if title else -1)
        return repeats

    def to_raw_table(self, names: Sequence[str], *, numbers_are_ids: bool = False) -> RawTable:
        """Return its cells under the names of the columns that its titles mean."""
        return RawTable(
            file=self.file,
            columns=dict(zip(names, self.columns, strict=True)),
            rows=self.rows,
            faults=self.faults,
            titles={n: t for n, t in zip(names, self.titles, strict=True) if n != t},
            numbers_are_ids=numbers_are_ids,
        )


def lay_out_rows(
    rows: _Rows, grid: Grid, limits: Limits, *, above: int = 0, typed: bool = False
) -> Grid:
    """Return a grid with the header and the cells of rows; without titles if no row says anything.

    Args:
        rows: The rows of the source, header and all.
        grid: What is known of it.
        limits: How much of it is read.
        above: How many rows stand above these.
        typed: Whether cells may be of several types.

    Raises:
        LimitError: There are more rows or columns than the limits allow.
    """
    row, titles = above, list[str]()
    while not titles:
        row += 1
        if (header := next(rows, None)) is None:
            return grid
        limits.hold("columns", len(header), grid.file)
        titles = _read_header_titles(header)
    faults: list[Fault] = [*grid.faults]
    coders = [Coder(is_typed=typed) for _ in titles]
    numbers = array("q")
    with pause_collection():
        for at, block in _yield_even_blocks(rows, len(titles), row + 1, grid.file, faults):
            numbers.extend(at)
            limits.hold("rows", len(numbers), grid.file)
            for coder, cells in zip(coders, zip(*block, strict=True), strict=True):
                coder.extend(cells)
    return evolve(
        grid,
        row=row,
        titles=titles,
        numbers=range(1, len(titles) + 1),
        columns=[coder.build_codes() for coder in coders],
        rows=np.array(numbers, np.int64),
        faults=faults,
    ).drop_blanks()


def _read_header_titles(header: Sequence[Any]) -> list[str]:
    """Return the titles of a header up to the last one."""
    titles = ["" if is_blank(cell) else strip_space(str(cell)) for cell in header]
    while titles and not titles[-1]:
        titles.pop()
    return titles


@contextmanager
def pause_collection() -> Iterator[None]:
    """Pause the search for cycles: cells and rows make none, and it takes a tenth of the time, or more."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _yield_even_blocks(
    rows: _Rows, width: int, first: int, file: str, faults: list[Fault]
) -> Iterator[tuple[Sequence[int], list[Sequence[Any]]]]:
    """Yield rows of the right width in blocks, with the row number of each."""
    while block := list(islice(rows, _BLOCK_ROWS)):
        numbers: Sequence[int] = range(first, first + len(block))
        first += len(block)
        # Most blocks are even, and one look at 512 lengths is far quicker than a look at each row.
        if any(map(width.__ne__, map(len, block))):
            numbers, block = _even_out_rows(numbers, block, width, file, faults)
        if block:
            yield numbers, block


def _even_out_rows(
    numbers: Sequence[int],
    rows: Sequence[Sequence[Any]],
    width: int,
    file: str,
    faults: list[Fault],
) -> tuple[list[int], list[Sequence[Any]]]:
    """Return the rows of the right width, blank cells to the right of it apart."""
    even = []
    for number, row in zip(numbers, rows, strict=True):
        if len(row) < width and not all(map(is_blank, row)):
            hint = Hint("csv.narrow_row", cells=len(row), width=width)
            faults.append(Fault("row_width", Place(file, number), hint))
        elif not all(map(is_blank, row[width:])):
            faults.append(Fault("row_width", Place(file, number), Hint("csv.wide_row")))
        elif len(row) >= width:
            even.append((number, row[:width]))
    return [number for number, _ in even], [row for _, row in even]
