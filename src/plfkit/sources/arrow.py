"""Arrow tables into cells: the one door for frames of every library and for Parquet files."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import Any

import numpy as np

from plfkit.errors import Fault, MissingExtraError, Place
from plfkit.hints import Hint
from plfkit.model.records.schema import strip_space
from plfkit.sources.cells import CodedCells, RawTable, list_header_faults
from plfkit.sources.dialects import Dialect
from plfkit.sources.given import GivenFile
from plfkit.sources.grid import Grid
from plfkit.sources.limits import Limits

_STREAM = "__arrow_c_stream__"
_CELL_TYPES = (
    "null",
    "boolean",
    "integer",
    "floating",
    "decimal",
    "string",
    "large_string",
    "string_view",
    "date",
    "timestamp",
)


def read_frame(frame: Any, name: str, part: type, limits: Limits) -> RawTable:
    """Read a frame: pandas, polars, pyarrow, duckdb, or whatever has an Arrow stream.

    Args:
        frame: The frame.
        name: What it is called in faults.
        part: The part that each row is.
        limits: How much of it is read.

    Raises:
        MissingExtraError: narwhals or pyarrow is not installed.
        LimitError: The frame is too large.
    """
    narwhals, pyarrow = import_library("narwhals", "A frame"), import_library("pyarrow", "A frame")
    try:
        eager = _compute_frame(frame, narwhals)
    except TypeError:
        hint = Hint("frame.none", type=type(frame).__name__)
        return RawTable(file=name, faults=[Fault("unreadable", Place(name), hint)])
    except Exception as error:  # noqa: BLE001 - frames are lazy: whatever fails behind them shows here
        hint = Hint("frame.uncomputed", error=type(error).__name__)
        return RawTable(file=name, faults=[Fault("unreadable", Place(name), hint)])
    limits.hold("columns", len(eager.columns), name)
    if faults := list_header_faults(_list_named_columns(eager.columns), part, name, None):
        return RawTable(file=name, faults=faults)
    arrays: dict[str, Any] = {}
    for column in eager.columns:
        try:
            arrays[column] = eager[column].to_arrow()
        except (pyarrow.ArrowException, TypeError, ValueError, OverflowError):
            place = Place(name, None, str(column))
            faults.append(Fault("invalid_type", place, Hint("frame.mixed")))
    if faults:
        return RawTable(file=name, faults=faults)
    return _code_arrow_table(pyarrow.table(arrays), name, part, limits, first=1)


def _compute_frame(frame: Any, narwhals: Any) -> Any:
    """Return a frame of whatever library, computed, as narwhals sees it."""
    try:
        native = narwhals.from_native(frame)
    except TypeError:
        if not hasattr(frame, _STREAM):
            raise
        native = narwhals.from_arrow(frame, backend="pyarrow")
    return native.collect(backend="pyarrow") if hasattr(native, "collect") else native


def read_parquet(file: GivenFile, part: type, dialect: Dialect, limits: Limits) -> RawTable:
    """Read a Parquet file; its size and its columns are looked at before its contents.

    Args:
        file: The file.
        part: The part that each row is.
        dialect: How cells of text are written, which matters when they are decoded.
        limits: How much of it is read.

    Raises:
        MissingExtraError: pyarrow is not installed.
        LimitError: The file is too large.
    """
    del dialect
    pyarrow, parquet = (
        import_library("pyarrow", "Parquet"),
        import_library("pyarrow.parquet", "Parquet"),
    )
    try:
        with parquet.ParquetFile(pyarrow.BufferReader(file.data)) as source:
            about, schema = source.metadata, source.schema_arrow
        sizes = [about.row_group(n).total_byte_size for n in range(about.num_row_groups)]
        limits.hold("rows", about.num_rows, file.name)
        limits.hold("columns", about.num_columns, file.name)
        limits.hold("bytes", sum(sizes), file.name)
        faults = list_header_faults(_list_named_columns(schema.names), part, file.name, None)
        faults += [
            _make_type_fault(file.name, f.type, f.name) for f in schema if not _can_be_cells(f.type)
        ]
        if faults:
            return RawTable(file=file.name, faults=faults)
        # Texts stay in their dictionaries: a few long ones may stand in very many rows.
        text = [f.name for f in schema if _is_text(f.type)]
        data = pyarrow.BufferReader(file.data)
        with parquet.ParquetFile(data, read_dictionary=text) as source:
            table = source.read()
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        hint = Hint("file.bad_parquet", error=type(error).__name__)
        return RawTable(file=file.name, faults=[Fault("bad_parquet", Place(file.name), hint)])
    return _code_arrow_table(table, file.name, part, limits, first=2)


def import_library(name: str, purpose: str) -> Any:
    """Import a library of the extra ``frames``.

    Raises:
        MissingExtraError: It is not installed.
    """
    try:
        return import_module(name)
    except ImportError as error:
        raise MissingExtraError("frames", purpose) from error


def _code_arrow_table(table: Any, name: str, part: type, limits: Limits, *, first: int) -> RawTable:
    """Code the columns of an Arrow table.

    Args:
        table: The table.
        name: What it is called in faults.
        part: The part that each row is.
        limits: How much of it is read.
        first: What the first record is called in faults: 1, or 2 below a header.
    """
    limits.hold("columns", table.num_columns, name)
    limits.hold("rows", table.num_rows, name)
    faults = []
    columns: dict[str, CodedCells] = {}
    for column, values in zip(table.column_names, table.columns, strict=True):
        try:
            columns[column] = _code_arrow_column(values)
        except (TypeError, ValueError, OverflowError, NotImplementedError):
            faults.append(_make_type_fault(name, values.type, column))
    grid = Grid(
        file=name,
        row=None,
        titles=list(map(strip_space, columns)),
        numbers=range(1, len(columns) + 1),
        columns=list(columns.values()),
        rows=np.arange(first, table.num_rows + first, dtype=np.int64),
        faults=faults,
    ).drop_blanks()
    if wrong := list_header_faults(grid.titles, part, name, None, called=grid.name_column):
        return RawTable(file=name, faults=[*wrong, *faults])
    return grid.to_raw_table(grid.titles)


def _list_named_columns(names: Iterable[Any]) -> list[str]:
    """Return the names of the columns that have one."""
    return [title for name in names if (title := strip_space(str(name)))]


def _code_arrow_column(values: Any) -> CodedCells:
    """Code a column through its dictionary.

    Raises:
        ValueError: The column is of a type that no cell can have, or its text is no text.
    """
    pyarrow = import_module("pyarrow")
    kind = _find_cell_type(values.type)
    if pyarrow.types.is_null(kind) or not len(values):
        return CodedCells(np.full(len(values), -1, np.int32), [])
    if not _can_be_cells(kind):
        raise ValueError("no cell can have this type")
    if pyarrow.types.is_dictionary(values.type) and pyarrow.types.is_string_view(kind):
        values = pyarrow.chunked_array(map(_replace_text_views, values.chunks))
    elif (cast := _choose_cast_type(pyarrow, kind)) is not None:
        values = values.cast(cast)
    encoded = values if pyarrow.types.is_dictionary(values.type) else values.dictionary_encode()
    chunk = encoded.unify_dictionaries().combine_chunks()
    codes = chunk.indices.cast(pyarrow.int32())
    if codes.null_count:
        codes = codes.fill_null(-1)
    codes = codes.to_numpy(zero_copy_only=False)
    return CodedCells.of(codes, chunk.dictionary.to_pylist())


def _replace_text_views(chunk: Any) -> Any:
    """Return a dictionary of views as one of text, which pyarrow can do more with."""
    pyarrow = import_module("pyarrow")
    texts = chunk.dictionary.cast(pyarrow.large_string())
    return pyarrow.DictionaryArray.from_arrays(chunk.indices, texts)


def _choose_cast_type(pyarrow: Any, kind: Any) -> Any:
    """Return the type to which a column must be cast before it can be coded; None if it need not."""
    types = pyarrow.types
    if types.is_decimal(kind):
        return pyarrow.float64()
    if types.is_string_view(kind):
        return pyarrow.large_string()
    if types.is_timestamp(kind):
        return pyarrow.timestamp("us", kind.tz)
    return None


def _find_cell_type(type_: Any) -> Any:
    """Return the type of the cells, whether or not they are in a dictionary."""
    is_dictionary = import_module("pyarrow").types.is_dictionary(type_)
    return type_.value_type if is_dictionary else type_


def _is_text(type_: Any) -> bool:
    types = import_module("pyarrow").types
    return bool(
        types.is_string(_find_cell_type(type_)) or types.is_large_string(_find_cell_type(type_))
    )


def _can_be_cells(type_: Any) -> bool:
    types = import_module("pyarrow").types
    return any(getattr(types, f"is_{known}")(_find_cell_type(type_)) for known in _CELL_TYPES)


def _make_type_fault(file: str, type_: Any, column: str) -> Fault:
    hint = Hint("frame.other_type", type=str(_find_cell_type(type_)))
    return Fault("invalid_type", Place(file, None, column), hint)
