"""Native rows as they are taken from files: gathered in columns, decoded where all tables are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from attrs import define, evolve, field, frozen

from plfkit.errors import Fault, Place
from plfkit.model.records.rows import NATIVE_ROWS
from plfkit.model.records.tables import Table
from plfkit.model.words.vocabulary import Vocabulary
from plfkit.sources.cells import DecodedTable, RawTable, code_cells, read_table
from plfkit.sources.dialects import Dialect

MAPPING = "mapping"
"""What a mapping is called in faults."""
_NO_ROW = 0
"""The row of what stands in no row of a file: it is the mapping's, or follows from several."""


@define
class GatheredRows:
    """Rows of native tables that come from one file.

    Attributes:
        file: What it is called in faults.
        titles: What it calls the columns of each table.
    """

    file: str
    titles: Mapping[str, Mapping[str, str]] = field(factory=dict)
    _column_names: dict[str, tuple[str, ...]] = field(factory=dict)
    _cells: dict[str, list[tuple[Any, ...]]] = field(factory=dict)
    _rows: dict[str, list[int]] = field(factory=dict)

    def add_row(self, table: str, row: int | None, **cells: Any) -> None:
        """Add a row of a native table, and the row of the file that it was in.

        Every row of a table is added with the same cells; those that are None are blank.
        """
        if table not in self._column_names:
            self._column_names[table], self._cells[table], self._rows[table] = tuple(cells), [], []
        self._cells[table].append(tuple(cells.values()))
        self._rows[table].append(row or _NO_ROW)

    def decode_tables(self, vocabulary: Vocabulary) -> dict[str, DecodedTable]:
        """Decode the rows as those of every source are."""
        return {
            table: read_table(
                self._build_raw_table(table), NATIVE_ROWS[table], vocabulary, Dialect()
            )
            for table in self._cells
        }

    def _build_raw_table(self, table: str) -> RawTable:
        columns = zip(*self._cells[table], strict=True)
        return RawTable(
            file=self.file,
            columns=dict(zip(self._column_names[table], map(code_cells, columns), strict=True)),
            rows=np.array(self._rows[table], np.int64),
            titles=self.titles.get(table, {}),
        )


@frozen(eq=False)
class JoinedTables:
    """The tables of an organisation with what was taken from files, and where each row came from.

    Attributes:
        tables: All native tables by name.
        faults: What could not be decoded.
    """

    tables: Mapping[str, Table[Any]]
    faults: Sequence[Fault]
    _pieces: Mapping[str, Sequence[DecodedTable]]
    _before: Mapping[str, int]

    def list_pieces(self) -> Iterator[DecodedTable]:
        """Yield what was taken from files, table by table."""
        for pieces in self._pieces.values():
            yield from pieces

    def locate_fault(self, fault: Fault) -> Fault:
        """Return a fault of a record as one of the file that it came from."""
        table = fault.place.file
        row = (fault.place.row or 1) - self._before[table]
        for piece in self._pieces.get(table, ()):
            if 0 < row <= len(piece.table):
                moved = evolve(fault, place=evolve(fault.place, row=row))
                return _drop_no_row(piece.locate_table_fault(moved))
            row -= len(piece.table)
        return fault


def _drop_no_row(fault: Fault) -> Fault:
    if fault.place.row != _NO_ROW:
        return fault
    return evolve(fault, place=Place(fault.place.file, None, fault.place.column))


def join_tables(
    before: Mapping[str, Table[Any]], gathered: Sequence[GatheredRows], vocabulary: Vocabulary
) -> JoinedTables:
    """Join the rows of an organisation and those that were taken from files.

    Args:
        before: The tables of the organisation.
        gathered: What was taken from each file.
        vocabulary: The kinds that rows may name.
    """
    pieces: dict[str, list[DecodedTable]] = {}
    for rows in gathered:
        for table, decoded in rows.decode_tables(vocabulary).items():
            pieces.setdefault(table, []).append(decoded)
    tables = dict(before)
    for table, added in pieces.items():
        for piece in added:
            tables[table] = tables[table].joined(piece.table)
    faults = [_drop_no_row(f) for added in pieces.values() for one in added for f in one.faults]
    return JoinedTables(tables, faults, pieces, {name: len(t) for name, t in before.items()})
