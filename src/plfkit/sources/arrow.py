"""Arrow tables into cells: the one door for frames of every library and for Parquet files."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from plfkit.errors import Fault, LimitError, MissingExtraError, Place
from plfkit.model.schema import columns_of
from plfkit.sources.cells import Coded, RawTable, header_faults
from plfkit.sources.limits import Limits

_STREAM = "__arrow_c_stream__"
_KINDS = (
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
    narwhals, pyarrow = library("narwhals", "A frame"), library("pyarrow", "A frame")
    try:
        table = _as_arrow(frame, narwhals)
    except (pyarrow.ArrowException, ValueError, OverflowError) as error:
        hint = f"a column mixes values of several types ({_first_line(error)}): make it text"
        return RawTable(file=name, faults=[Fault("unreadable", Place(name), hint)])
    except TypeError:
        hint = f"give a frame (pandas, polars, pyarrow, …), not {type(frame).__name__}"
        return RawTable(file=name, faults=[Fault("unreadable", Place(name), hint)])
    return _raw(table, name, part, limits, first=1)


def _as_arrow(frame: Any, narwhals: Any) -> Any:
    try:
        native = narwhals.from_native(frame)
    except TypeError:
        if not hasattr(frame, _STREAM):
            raise
        native = narwhals.from_arrow(frame, backend="pyarrow")
    if isinstance(native, narwhals.LazyFrame):
        native = native.collect(backend="pyarrow")
    return native.to_arrow()


def read_parquet(file: Path, part: type, limits: Limits) -> RawTable:
    """Read a Parquet file; its size is looked at before its contents.

    Raises:
        MissingExtraError: pyarrow is not installed.
        LimitError: The file is too large.
    """
    pyarrow, parquet = library("pyarrow", "Parquet"), library("pyarrow.parquet", "Parquet")
    text = [spec.name for spec in columns_of(part) if spec.codec.is_text]
    try:
        with parquet.ParquetFile(file, read_dictionary=text) as source:
            about = source.metadata
            sizes = [about.row_group(n).total_byte_size for n in range(about.num_row_groups)]
            limits.hold("rows", about.num_rows, file.name)
            limits.hold("columns", about.num_columns, file.name)
            limits.hold("bytes", sum(sizes), file.name)
            table = source.read()
    except LimitError:
        raise
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        hint = f"this is no Parquet file that can be read: {_first_line(error)}"
        return RawTable(file=file.name, faults=[Fault("bad_parquet", Place(file.name), hint)])
    return _raw(table, file.name, part, limits, first=2)


def library(name: str, purpose: str) -> Any:
    """Import a library of the extra ``frames``.

    Raises:
        MissingExtraError: It is not installed.
    """
    try:
        return import_module(name)
    except ImportError as error:
        raise MissingExtraError("frames", purpose) from error


def _raw(table: Any, name: str, part: type, limits: Limits, *, first: int) -> RawTable:
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
    faults = header_faults(table.column_names, part, name, None)
    if faults:
        return RawTable(file=name, faults=faults)
    rows = np.arange(first, table.num_rows + first, dtype=np.int64)
    columns: dict[str, Coded] = {}
    for column, values in zip(table.column_names, table.columns, strict=True):
        try:
            columns[column] = _coded(values)
        except (TypeError, ValueError, OverflowError):
            hint = f"a column of {values.type} cannot be read: make it text, numbers or dates"
            faults.append(Fault("invalid_type", Place(name, None, column), hint))
    return RawTable(file=name, columns=columns, rows=rows, faults=faults)


def _coded(values: Any) -> Coded:
    """Code a column through its dictionary.

    Raises:
        ValueError: The column is of a type that no cell can have, or its text is no text.
    """
    pyarrow = import_module("pyarrow")
    types = pyarrow.types
    kind = values.type.value_type if types.is_dictionary(values.type) else values.type
    if types.is_null(kind) or not len(values):
        return Coded(np.full(len(values), -1, np.int32), [])
    if not any(getattr(types, f"is_{known}")(kind) for known in _KINDS):
        raise ValueError("no cell can have this type")
    if (cast := _plain(pyarrow, kind)) is not None:
        values = values.cast(cast)
    encoded = values if types.is_dictionary(values.type) else values.dictionary_encode()
    chunk = encoded.unify_dictionaries().combine_chunks()
    codes = chunk.indices.cast(pyarrow.int32()).fill_null(-1).to_numpy(zero_copy_only=False)
    return Coded(codes, chunk.dictionary.to_pylist())


def _plain(pyarrow: Any, kind: Any) -> Any:
    """Return the type to which a column must be cast before it can be coded; None if it need not."""
    types = pyarrow.types
    if types.is_decimal(kind):
        return pyarrow.float64()
    if types.is_string_view(kind):
        return pyarrow.large_string()
    if types.is_timestamp(kind):
        return pyarrow.timestamp("us", kind.tz)
    return None


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
