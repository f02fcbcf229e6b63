"""Parquet: typed columns, for large data and for databases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any

import numpy as np

from plfkit.model.records.schema import (
    DATE,
    FLAG,
    INTEGER,
    NUMBER,
    ColumnSpec,
    list_column_specs,
)
from plfkit.model.records.tables import Column, Table
from plfkit.sources.arrow import import_library, read_parquet
from plfkit.sources.formats.tables import TableFormat

_PURPOSE = "Parquet"


def _write_parquet(table: Table[Any], stream: IO[bytes]) -> None:
    parquet = import_library("pyarrow.parquet", _PURPOSE)
    parquet.write_table(_build_arrow_table(table), stream)


def _build_arrow_table(table: Table[Any]) -> Any:
    pyarrow = import_library("pyarrow", _PURPOSE)
    columns = {
        spec.name: _build_arrow_array(pyarrow, spec, table.column(spec.name))
        for spec in list_column_specs(table.row_type)
    }
    return pyarrow.table(columns)


def _build_arrow_array(pyarrow: Any, spec: ColumnSpec, column: Column) -> Any:
    if spec.codec.is_text:
        codes = pyarrow.array(column.values, pyarrow.int32(), mask=column.missing)
        texts = pyarrow.array(column.categories, pyarrow.string())
        return pyarrow.DictionaryArray.from_arrays(codes, texts)
    types = {DATE.dtype: pyarrow.date32(), NUMBER.dtype: pyarrow.float64()}
    types |= {INTEGER.dtype: pyarrow.int64(), FLAG.dtype: pyarrow.bool_()}
    values = column.values.astype(np.int32) if spec.codec is DATE else column.values
    array = pyarrow.array(values, mask=column.missing)
    return array.cast(types[spec.codec.dtype])


def _describe_missing_numbers(spec: ColumnSpec) -> Mapping[str, Any]:
    """Say what pandas makes of a number that is missing: frictionless reads Parquet through it."""
    return {"missingValues": ["", "nan"]} if spec.codec in {NUMBER, INTEGER} else {}


PARQUET = TableFormat(
    name="parquet",
    suffix=".parquet",
    media_type="application/vnd.apache.parquet",
    doc="Parquet: text, numbers, dates and flags, each column of its own type",
    extra="frames",
    libraries=("pyarrow", "pyarrow.parquet"),
    purpose=_PURPOSE,
    read=read_parquet,
    write=_write_parquet,
    describe_field=_describe_missing_numbers,
)
