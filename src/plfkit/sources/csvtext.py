"""CSV text into the columns of one table, with a fault for every cell that cannot be read.

Every distinct text of a column is decoded once, so a million rows cost a few thousand decodings.
"""

from __future__ import annotations

import csv
import io
from array import array
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from plfkit.errors import Fault, Place
from plfkit.model.schema import ColumnSpec, columns_of
from plfkit.model.tables import Column, Table
from plfkit.model.vocabulary import Vocabulary, did_you_mean

_BLOCK = 65_536


@frozen(eq=False)
class ReadTable:
    """A table as a file gave it.

    Attributes:
        table: The rows; a cell that could not be read is missing in it.
        rows: The row of the file that each record stood in; the header is row 1.
        faults: What could not be read.
    """

    table: Table[Any]
    rows: NDArray[np.int64]
    faults: list[Fault]


@frozen(eq=False)
class _Cells:
    """The texts of one column: codes into the distinct ones, in order of appearance."""

    index: dict[str, int] = field(factory=dict)
    codes: array[int] = field(factory=lambda: array("i"))

    def extend(self, texts: Sequence[str]) -> None:
        index = self.index
        self.codes.extend([index.setdefault(text, len(index)) for text in texts])


def read_csv(data: bytes, file: str, part: type, vocabulary: Vocabulary) -> ReadTable:
    """Read one table.

    Args:
        data: The file's bytes: UTF-8, comma-separated, a header in row 1.
        file: What the file is called in faults.
        part: The part that each row is.
        vocabulary: Where job titles are looked up.
    """
    try:
        lines = io.StringIO(data.decode("utf-8-sig"), newline="")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        hint = "the text is not UTF-8: save the file as “CSV UTF-8”"
        return _nothing(part, Fault("encoding", Place(file, row), hint))
    reader = csv.reader(lines, strict=True)
    faults: list[Fault] = []
    header = _header(reader, file, part, faults)
    if faults:
        return _nothing(part, *faults)
    cells = {name: _Cells() for name in header}
    rows = array("q")
    for numbers, block in _blocks(reader, len(header), file, faults):
        rows.extend(numbers)
        for column, texts in zip(cells.values(), zip(*block, strict=True), strict=True):
            column.extend(texts)
    where = np.array(rows, np.int64)
    columns: dict[str, Column] = {}
    for spec in columns_of(part):
        if spec.name in cells:
            columns[spec.name], wrong = _decode(spec, cells[spec.name], vocabulary)
            faults += [fault.at(file, int(where[record])) for record, fault in wrong]
    return ReadTable(Table.from_columns(part, columns, len(rows)), where, faults)


def _nothing(part: type, *faults: Fault) -> ReadTable:
    return ReadTable(Table.empty(part), np.empty(0, np.int64), list(faults))


def _header(reader: Iterator[list[str]], file: str, part: type, faults: list[Fault]) -> list[str]:
    try:
        header = next(reader, [])
    except csv.Error as error:
        faults.append(Fault("bad_csv", Place(file, 1), f"the header cannot be read: {error}"))
        return []
    if not header:
        hint = "the file is empty: give it a header, or remove it"
        faults.append(Fault("empty_file", Place(file, 1), hint))
        return []
    known = {spec.name: spec for spec in columns_of(part)}
    if len(header) == 1 and ";" in header[0]:
        hint = "columns are separated by semicolons: save the file with commas"
        faults.append(Fault("delimiter", Place(file, 1), hint))
        return []
    for number, name in enumerate(header, 1):
        if name not in known:
            # Without a header the first row holds data: its cells are told of by number only.
            near = did_you_mean(name, list(known))
            place = Place(file, 1, name if near else f"number {number}")
            hint = near or f": its columns are {', '.join(known)}"
            hint = f"this table has no such column{hint}"
            faults.append(Fault("unknown_column", place, hint, name))
        elif name in header[: number - 1]:
            faults.append(Fault("duplicate_column", Place(file, 1, name), "keep one of the two"))
    for name, spec in known.items():
        if spec.required and name not in header:
            hint = f"the table needs the column {name}: {spec.doc[0].lower()}{spec.doc[1:]}"
            faults.append(Fault("missing_column", Place(file, 1, name), hint))
    return header


def _blocks(
    reader: Iterator[list[str]], width: int, file: str, faults: list[Fault]
) -> Iterator[tuple[list[int], list[list[str]]]]:
    """Yield rows of the right width in blocks, with the row number of each."""
    first = 2
    while True:
        rows: list[list[str]] = []
        failed: csv.Error | None = None
        try:
            rows.extend(islice(reader, _BLOCK))
        except csv.Error as error:
            failed = error
        numbers = [n for n, row in enumerate(rows, first) if len(row) == width]
        if len(numbers) < len(rows):
            faults += _ragged(rows, width, first, file)
            rows_of_width = [row for row in rows if len(row) == width]
        else:
            rows_of_width = rows
        if numbers:
            yield numbers, rows_of_width
        if failed is not None:
            hint = f"the row cannot be read, nor can what follows ({failed}): look at its quotes"
            faults.append(Fault("bad_csv", Place(file, first + len(rows)), hint))
        if failed is not None or len(rows) < _BLOCK:
            return
        first += len(rows)


def _ragged(rows: list[list[str]], width: int, first: int, file: str) -> Iterator[Fault]:
    for number, row in enumerate(rows, first):
        if row and len(row) != width:
            hint = f"the row has {len(row)} cells, the header {width}: look for stray commas"
            yield Fault("row_width", Place(file, number), hint)


def _decode(
    spec: ColumnSpec, cells: _Cells, vocabulary: Vocabulary
) -> tuple[Column, list[tuple[int, Fault]]]:
    """Return the column, and each fault with the number of its record."""
    codes = np.array(cells.codes, np.int32)
    decoded = [_decode_text(spec, text, vocabulary) for text in cells.index]
    bad = {code: fault for code, (_, fault) in enumerate(decoded) if fault is not None}
    where = np.flatnonzero(np.isin(codes, list(bad))) if bad else ()
    faults = [(int(record), bad[int(codes[record])]) for record in where]
    return _store(spec, [value for value, _ in decoded], codes), faults


def _decode_text(spec: ColumnSpec, text: str, vocabulary: Vocabulary) -> tuple[Any, Fault | None]:
    place = Place("", column=spec.name)
    if not text.strip():
        if spec.required:
            return None, Fault("missing_value", place, "a value is required here")
        return None, None
    try:
        value = spec.codec.decode(text)
    except ValueError as error:
        return None, Fault("invalid_value", place, str(error), text)
    if spec.kind is not None:
        return vocabulary.resolve(spec.kind, value) or value, None
    return value, None


def _store(spec: ColumnSpec, values: list[Any], codes: NDArray[np.int32]) -> Column:
    """Spread the decoded distinct values over the rows; None is missing."""
    if not spec.codec.is_text:
        distinct = Column.of(spec.codec, values)
        return distinct.take(codes)
    texts = list(dict.fromkeys(value for value in values if value is not None))
    index = {text: code for code, text in enumerate(texts)}
    translation = np.array([index.get(value, -1) for value in values] or [-1], np.int32)
    return Column.coded(translation[codes], texts)
