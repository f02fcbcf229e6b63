"""A draft of the native tables: rows are added piece by piece, and become columns in the end.

Cells that refer to a row of another table are that row's number, in the order of adding. Nothing is
told by −1, None, NaN or NaT.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from plfkit.model.parts import PARTS
from plfkit.model.schema import ColumnSpec, columns_of, spec_of
from plfkit.model.tables import Column, Table
from plfkit.synthetic.years import NO_DAY, Numbers

Pieces = Iterable[tuple[int, Any]]

_IDS = {"persons": "p-{:05d}", "communities": "f-{:05d}", "events": "e-{:06d}"}
"""How ids are written where nobody gave one."""

_NOTHING: Mapping[str, Any] = {
    "date": NO_DAY,
    "number": np.nan,
    "integer": -1,
    "boolean": -1,
}


class Draft:
    """Rows of the native tables, as they come."""

    def __init__(self) -> None:
        self._pieces: dict[str, list[tuple[int, Mapping[str, Any]]]] = {name: [] for name in PARTS}
        self._lengths = dict.fromkeys(PARTS, 0)

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
            self._pieces[table].append((length, cells))
        return np.arange(first, first + length)

    def one(self, table: str, **cells: Any) -> int:
        """Add one row and return its number."""
        return int(self.add(table, 1, **cells)[0])

    def length(self, table: str) -> int:
        """Return how many rows a table has so far."""
        return self._lengths[table]

    def cells(self, table: str, column: str) -> NDArray[Any]:
        """Return a column of numbers or days as it stands."""
        spec = spec_of(PARTS[table], column)
        return _together(self._of(table, column), _nothing(spec))

    def words(self, table: str, column: str) -> tuple[NDArray[np.int32], list[str]]:
        """Return a column of words as it stands: codes, and the words they mean."""
        return _coded(self._of(table, column))

    def is_word(self, table: str, column: str, words: Sequence[str]) -> NDArray[np.bool_]:
        """Tell for each row of a column whether its word is one of some."""
        codes, known = self.words(table, column)
        return np.isin(codes, [code for code, word in enumerate(known) if word in words])

    def tables(self) -> dict[str, Table[Any]]:
        """Return the tables."""
        ids = {name: self._ids(name) for name in PARTS}
        return {name: self._table(name, part, ids) for name, part in PARTS.items()}

    def _of(self, table: str, column: str) -> list[tuple[int, Any]]:
        return [(length, cells.get(column)) for length, cells in self._pieces[table]]

    def _ids(self, table: str) -> list[str]:
        if table in _IDS:
            return [_IDS[table].format(row + 1) for row in range(self._lengths[table])]
        if any("id" in cells for _, cells in self._pieces[table]):
            return _listed(self._of(table, "id"))
        return []

    def _table(self, name: str, part: type[Any], ids: Mapping[str, list[str]]) -> Table[Any]:
        length = self._lengths[name]
        columns: dict[str, Column] = {}
        for spec in columns_of(part):
            pieces = self._of(name, spec.name)
            if spec.name == "id":
                columns["id"] = Column.coded(np.arange(length, dtype=np.int32), ids[name])
            elif any(value is not None for _, value in pieces):
                columns[spec.name] = _column(spec, pieces, ids)
        return Table.from_columns(part, columns, length)


def _column(spec: ColumnSpec, pieces: Pieces, ids: Mapping[str, list[str]]) -> Column:
    if spec.refers_to is not None:
        numbers = _together(pieces, -1)
        return Column.coded(numbers.astype(np.int32), ids[spec.refers_to])
    if spec.codec.is_text:
        return Column.coded(*_coded(pieces))
    cells = _together(pieces, _nothing(spec))
    missing = _missing(spec, cells)
    zero = np.zeros(1, spec.codec.dtype)
    values = np.where(missing, zero, np.where(missing, cells[:1], cells).astype(spec.codec.dtype))
    return Column(values, missing)


def _missing(spec: ColumnSpec, cells: NDArray[Any]) -> NDArray[np.bool_]:
    if spec.codec.name == "date":
        return np.asarray(np.isnat(cells))
    if spec.codec.name == "number":
        return np.asarray(np.isnan(cells))
    return np.asarray(cells.astype(np.int64) < 0)


def _nothing(spec: ColumnSpec) -> Any:
    return -1 if spec.refers_to is not None else _NOTHING[spec.codec.name]


def _together(pieces: Pieces, nothing: Any) -> NDArray[Any]:
    """Return one array of the cells of all pieces."""
    arrays = [
        value
        if isinstance(value, np.ndarray) and value.ndim
        else np.full(length, nothing if value is None else value)
        for length, value in pieces
    ]
    return np.concatenate(arrays) if arrays else np.empty(0, np.asarray(nothing).dtype)


def _coded(pieces: Pieces) -> tuple[NDArray[np.int32], list[str]]:
    """Number the words of all pieces in the order in which they come."""
    index: dict[str | None, int] = {None: -1}
    codes = [np.full(length, -1, np.int32) for length, _ in pieces]
    for place, (length, value) in enumerate(pieces):
        if isinstance(value, str):
            codes[place] = np.full(length, index.setdefault(value, len(index) - 1), np.int32)
        elif value is not None:
            numbers = (index.setdefault(word, len(index) - 1) for word in value)
            codes[place] = np.fromiter(numbers, np.int32, length)
    words = [word for word in index if word is not None]
    return np.concatenate(codes) if codes else np.empty(0, np.int32), words


def _listed(pieces: Pieces) -> list[str]:
    return [
        word for _, value in pieces for word in ([value] if isinstance(value, str) else list(value))
    ]
