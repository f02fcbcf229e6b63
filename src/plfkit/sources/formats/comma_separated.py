"""CSV: text with a row a line, as spreadsheets and databases export it."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import IO, Any

from plfkit.model.records.schema import DATE, FLAG, ColumnSpec, list_column_specs
from plfkit.model.records.tables import Table
from plfkit.sources.csvtext import read_csv
from plfkit.sources.formats.tables import TableFormat


def _write_csv(table: Table[Any], stream: IO[bytes]) -> None:
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.columns)
    columns = [_encode_text_cells(spec, table) for spec in list_column_specs(table.row_type)]
    writer.writerows(zip(*columns, strict=True))
    text.detach()


def _encode_text_cells(spec: ColumnSpec, table: Table[Any]) -> list[str]:
    """Return the cells of a column as texts, blank where missing."""
    column = table.column(spec.name)
    if spec.codec.is_text:
        categories = (*column.categories, "")
        return [categories[code] for code in column.values.tolist()]
    return ["" if value is None else _encode_value(spec, value) for value in column.tolist()]


def _encode_value(spec: ColumnSpec, value: Any) -> str:
    if spec.codec is FLAG:
        return "yes" if value else "no"
    return value.isoformat() if spec.codec is DATE else repr(value)


def _describe_flags(spec: ColumnSpec) -> Mapping[str, Any]:
    return {"trueValues": ["yes"], "falseValues": ["no"]} if spec.codec is FLAG else {}


CSV = TableFormat(
    name="csv",
    suffix=".csv",
    media_type="text/csv",
    doc="CSV: UTF-8, commas and a header in row 1, or as declared",
    read=read_csv,
    write=_write_csv,
    encoding="utf-8",
    resource_profile="tabular-data-resource",
    missing=("",),
    describe_field=_describe_flags,
)
