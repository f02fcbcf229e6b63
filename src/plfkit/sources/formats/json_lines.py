"""JSON Lines: one object a row, its keys the columns, as databases and programs exchange rows."""

from __future__ import annotations

import io
import json
from array import array
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, repeat
from typing import IO, Any

import numpy as np
from attrs import Factory, frozen

from plfkit.errors import Fault, Place, ProfileError
from plfkit.hints import Hint
from plfkit.model.documents import parse_json
from plfkit.model.records.schema import DATE, ColumnSpec, list_column_specs
from plfkit.model.records.tables import Table
from plfkit.sources.cells import Coder, RawTable, list_header_faults
from plfkit.sources.dialects import Dialect
from plfkit.sources.formats.tables import TableFormat
from plfkit.sources.given import GivenFile
from plfkit.sources.grid import pause_collection
from plfkit.sources.limits import Limits

_MARK = b"\xef\xbb\xbf"
_BLOCK_ROWS = 512


@frozen(eq=False)
class _RowCollector:
    """Collects the cells of rows, column by column; what is no cell is a fault."""

    file: str
    limits: Limits
    coders: dict[str, Coder] = Factory(dict)
    first: dict[str, int] = Factory(dict)
    rows: array[int] = Factory(lambda: array("q"))
    faults: list[Fault] = Factory(list)

    def add_rows(self, numbers: Sequence[int], rows: Sequence[Mapping[str, Any]]) -> None:
        """Add rows and the lines they stand on; a key that no row had before begins a column."""
        for number, row in zip(numbers, rows, strict=True):
            for key in row:
                if key not in self.coders:
                    self._begin_column(key, number)
        for key, coder in self.coders.items():
            cells = [row.get(key) for row in rows]
            if any(isinstance(cell, list | dict) for cell in cells):
                cells = [self._check_cell(*one, key) for one in zip(cells, numbers, strict=True)]
            coder.extend(cells)
        self.rows.extend(numbers)
        self.limits.hold("rows", len(self.rows), self.file)

    def _begin_column(self, key: str, number: int) -> None:
        self.first[key] = number
        self.coders[key] = Coder(is_typed=True)
        self.coders[key].extend(repeat(None, len(self.rows)))
        self.limits.hold("columns", len(self.coders), self.file)

    def _check_cell(self, cell: Any, number: int, key: str) -> Any:
        """Return a cell; a list or an object is none."""
        if not isinstance(cell, list | dict):
            return cell
        place = Place(self.file, number, key)
        self.faults.append(Fault("invalid_type", place, Hint("json_lines.no_cell")))
        return None

    def list_column_faults(self, part: type) -> list[Fault]:
        """Return what is wrong with the columns, each at the first row that has it."""
        if not self.rows:
            return []
        found = list_header_faults(list(self.coders), part, self.file, None)
        # The value of a fault is the column that is unknown; one that is missing stands nowhere.
        rows = [None if fault.value is None else self.first[fault.value] for fault in found]
        return [fault.at(self.file, row) for fault, row in zip(found, rows, strict=True)]


def _read_json_lines(file: GivenFile, part: type, dialect: Dialect, limits: Limits) -> RawTable:
    del dialect  # JSON has an encoding and numbers of its own; cells of text are decoded later
    rows = _RowCollector(file.name, limits)
    lines = _list_lines(file.data)
    with pause_collection():
        while block := list(islice(lines, _BLOCK_ROWS)):
            parsed = [(number, _parse_row(line, number, rows)) for number, line in block]
            kept = [(number, row) for number, row in parsed if row is not None]
            rows.add_rows([number for number, _ in kept], [row for _, row in kept])
    if wrong := rows.list_column_faults(part):
        return RawTable(file=file.name, faults=[*rows.faults, *wrong])
    return RawTable(
        file=file.name,
        columns={key: coder.build_codes() for key, coder in rows.coders.items()},
        rows=np.array(rows.rows, np.int64),
        faults=rows.faults,
    )


def _parse_row(line: bytes, number: int, rows: _RowCollector) -> Mapping[str, Any] | None:
    """Return the row of a line; None, and a fault, if it is no object."""
    try:
        return parse_json(line.decode("utf-8"), rows.file)
    except UnicodeDecodeError:
        fault = Fault("encoding", Place(rows.file, number), Hint("json_lines.not_utf8"))
    except ProfileError:
        fault = Fault("bad_json", Place(rows.file, number), Hint("json_lines.no_object"))
    rows.faults.append(fault)
    return None


def _list_lines(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that say anything, each with its number from 1."""
    for number, line in enumerate(io.BytesIO(data.removeprefix(_MARK)), 1):
        if text := line.strip():
            yield number, text


def _write_json_lines(table: Table[Any], stream: IO[bytes]) -> None:
    specs = list_column_specs(table.row_type)
    columns = [_encode_json_cells(spec, table) for spec in specs]
    for cells in zip(*columns, strict=True):
        row = dict(zip(table.columns, cells, strict=True))
        stream.write(json.dumps(row, ensure_ascii=False, allow_nan=False).encode() + b"\n")


def _encode_json_cells(spec: ColumnSpec, table: Table[Any]) -> list[Any]:
    """Return the cells of a column as JSON has them; None where missing."""
    cells: list[Any] = table.column(spec.name).tolist()
    if spec.codec is DATE:
        return [None if day is None else day.isoformat() for day in cells]
    return cells


JSON_LINES = TableFormat(
    name="jsonl",
    suffix=".jsonl",
    media_type="application/jsonl",
    doc="JSON Lines: UTF-8, an object a row; texts, numbers, `true` and `false`, dates as texts",
    read=_read_json_lines,
    write=_write_json_lines,
    encoding="utf-8",
)
