"""A draft of the native tables: rows are added batch by batch, and become columns in the end.

Cells that refer to a row of another table are that row's number, in the order of adding. Nothing is
told by −1, None, NaN or NaT.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from plfkit.arrays import Flags, Numbers
from plfkit.model.records.rows import NATIVE_ROWS
from plfkit.model.records.schema import ColumnSpec, find_column_spec, list_column_specs
from plfkit.model.records.tables import Column, Table
from plfkit.synthetic.years import NO_DAY

Batches = Iterable[tuple[int, Any]]

_ID_FORMATS = {"persons": "p-{:05d}", "communities": "f-{:05d}", "events": "e-{:06d}"}
"""How ids are written where nobody gave one."""

_BLANK_CELLS: Mapping[str, Any] = {
    "date": NO_DAY,
    "number": np.nan,
    "integer": -1,
    "boolean": -1,
}


class RowDraft:
    """Rows of the native tables, as they come.

    Attributes:
        begun_at: How many rows each table had before the first of these: those of another draft, to which
            these will be added.
    """

    def __init__(self, begun_at: Mapping[str, int] | None = None) -> None:
        self._batches: dict[str, list[tuple[int, Mapping[str, Any]]]] = {
            name: [] for name in NATIVE_ROWS
        }
        self.begun_at = dict.fromkeys(NATIVE_ROWS, 0) if begun_at is None else begun_at
        self._lengths = {**self.begun_at}

    @property
    def lengths(self) -> Mapping[str, int]:
        """How many rows each table has so far."""
        return {**self._lengths}

    def add_part(self, part: RowDraft) -> None:
        """Add the rows of a draft that was begun where this one stood some rows ago.

        Its own rows are numbered on from where this one stands now. Begun at ten rows, it calls its first
        row 10; where this one has 13 by now, that is row 13, and a cell that refers to it says 13 too.
        """
        moved = {name: self._lengths[name] - first for name, first in part.begun_at.items()}
        for name, row_type in NATIVE_ROWS.items():
            refers = {spec.name: spec.refers_to for spec in list_column_specs(row_type)}
            for length, cells in part._batches[name]:
                own = {
                    column: value
                    if (table := refers[column]) is None or value is None
                    else _move_row_numbers(value, part.begun_at[table], moved[table])
                    for column, value in cells.items()
                }
                self.add(name, length, **own)

    def add(self, table: str, length: int, **cells: Any) -> Numbers:
        """Add rows and return their numbers.

        Args:
            table: Which table.
            length: How many rows.
            **cells: The cells of each column: an array, or one value for all rows.
        """
        first = self._lengths[table]
        self._lengths[table] += length
        if length:
            self._batches[table].append((length, cells))
        return np.arange(first, first + length)

    def add_one(self, table: str, **cells: Any) -> int:
        """Add one row and return its number."""
        return int(self.add(table, 1, **cells)[0])

    def count_rows(self, table: str) -> int:
        """Return how many rows a table has so far."""
        return self._lengths[table]

    def read_cells(self, table: str, column: str) -> NDArray[Any]:
        """Return a column of numbers or days as it stands."""
        spec = find_column_spec(NATIVE_ROWS[table], column)
        return _join_batches(self._collect_batches(table, column), _choose_blank(spec))

    def read_words(self, table: str, column: str) -> tuple[NDArray[np.int32], list[str]]:
        """Return a column of words as it stands: codes, and the words they mean."""
        return _number_words(self._collect_batches(table, column))

    def is_word(self, table: str, column: str, words: Sequence[str]) -> Flags:
        """Tell for each row of a column whether its word is one of some."""
        codes, known = self.read_words(table, column)
        return np.isin(codes, [code for code, word in enumerate(known) if word in words])

    def build_tables(self) -> dict[str, Table[Any]]:
        """Return the tables."""
        ids = {name: self._list_row_ids(name) for name in NATIVE_ROWS}
        return {
            name: self._build_table(name, row_type, ids) for name, row_type in NATIVE_ROWS.items()
        }

    def _collect_batches(self, table: str, column: str) -> list[tuple[int, Any]]:
        return [(length, cells.get(column)) for length, cells in self._batches[table]]

    def _list_row_ids(self, table: str) -> list[str]:
        if table in _ID_FORMATS:
            return [_ID_FORMATS[table].format(row + 1) for row in range(self._lengths[table])]
        if any("id" in cells for _, cells in self._batches[table]):
            return _list_batch_words(self._collect_batches(table, "id"))
        return []

    def _build_table(
        self, name: str, row_type: type[Any], ids: Mapping[str, list[str]]
    ) -> Table[Any]:
        length = self._lengths[name]
        columns: dict[str, Column] = {}
        for spec in list_column_specs(row_type):
            batches = self._collect_batches(name, spec.name)
            if spec.name == "id":
                columns["id"] = Column.of_codes(np.arange(length, dtype=np.int32), ids[name])
            elif any(value is not None for _, value in batches):
                columns[spec.name] = _build_draft_column(spec, batches, ids)
        return Table.from_columns(row_type, columns, length)


def _move_row_numbers(numbers: Any, first: int, by: int) -> Any:
    """Return row numbers of which those from the first on are moved."""
    return np.where(np.asarray(numbers) >= first, numbers + by, numbers) if by else numbers


def _build_draft_column(spec: ColumnSpec, batches: Batches, ids: Mapping[str, list[str]]) -> Column:
    if spec.refers_to is not None:
        numbers = _join_batches(batches, -1)
        return Column.of_codes(numbers.astype(np.int32), ids[spec.refers_to])
    if spec.codec.is_text:
        return Column.of_codes(*_number_words(batches))
    cells = _join_batches(batches, _choose_blank(spec))
    missing = _mark_blank_cells(spec, cells)
    zero = np.zeros(1, spec.codec.dtype)
    values = np.where(missing, zero, np.where(missing, cells[:1], cells).astype(spec.codec.dtype))
    return Column(values, missing)


def _mark_blank_cells(spec: ColumnSpec, cells: NDArray[Any]) -> Flags:
    if spec.codec.name == "date":
        return np.asarray(np.isnat(cells))
    if spec.codec.name == "number":
        return np.asarray(np.isnan(cells))
    return np.asarray(cells.astype(np.int64) < 0)


def _choose_blank(spec: ColumnSpec) -> Any:
    return -1 if spec.refers_to is not None else _BLANK_CELLS[spec.codec.name]


def _join_batches(batches: Batches, nothing: Any) -> NDArray[Any]:
    """Return one array of the cells of all batches."""
    arrays = [
        value
        if isinstance(value, np.ndarray) and value.ndim
        else np.full(length, nothing if value is None else value)
        for length, value in batches
    ]
    return np.concatenate(arrays) if arrays else np.empty(0, np.asarray(nothing).dtype)


def _number_words(batches: Batches) -> tuple[NDArray[np.int32], list[str]]:
    """Number the words of all batches in the order in which they come."""
    number: dict[str | None, int] = {None: -1}
    codes: list[int] = []
    for length, value in batches:
        if value is None or isinstance(value, str):
            codes += [number.setdefault(value, len(number) - 1)] * length
        else:
            for word in dict.fromkeys(value):
                number.setdefault(word, len(number) - 1)
            codes += map(number.__getitem__, value)
    return np.array(codes, np.int32), [word for word in number if word is not None]


def _list_batch_words(batches: Batches) -> list[str]:
    return [
        word
        for _, value in batches
        for word in ([value] if isinstance(value, str) else list(value))
    ]
