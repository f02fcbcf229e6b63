"""JSON Lines: one object a row, its keys the columns, as databases and programs exchange rows."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import IO, Any

from plfkit.errors import Fault, Place, ProfileError
from plfkit.hints import Hint
from plfkit.model.documents import parse_json
from plfkit.model.records.schema import DATE, ColumnSpec, list_column_specs
from plfkit.model.records.tables import Table
from plfkit.sources.cells import RawTable
from plfkit.sources.collecting import RowCollector
from plfkit.sources.dialects import Dialect
from plfkit.sources.formats.tables import TableFormat
from plfkit.sources.given import GivenFile
from plfkit.sources.grid import pause_collection
from plfkit.sources.limits import Limits

_MARK = b"\xef\xbb\xbf"
_BLOCK_ROWS = 512


def _read_json_lines(file: GivenFile, part: type, dialect: Dialect, limits: Limits) -> RawTable:
    del dialect  # JSON has an encoding and numbers of its own; cells of text are decoded later
    rows = RowCollector(file.name, limits)
    lines = _list_lines(file.data)
    with pause_collection():
        while block := list(islice(lines, _BLOCK_ROWS)):
            parsed = [(number, _parse_row(line, number, rows)) for number, line in block]
            kept = [(number, row) for number, row in parsed if row is not None]
            rows.add_rows([number for number, _ in kept], [row for _, row in kept])
    return rows.build_raw_table(part)


def _parse_row(line: bytes, number: int, rows: RowCollector) -> Mapping[str, Any] | None:
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
