"""An organisation into files that read back as the same organisation."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Literal

import numpy as np
from attrs import frozen

from plfkit.errors import StoreError
from plfkit.model.records.organisation import Organisation
from plfkit.model.records.rows import REQUIRED_TABLES
from plfkit.model.records.schema import DATE, FLAG, INTEGER, NUMBER, ColumnSpec, list_column_specs
from plfkit.model.records.tables import Column, Table
from plfkit.sources.about_sheet import write_about_sheet
from plfkit.sources.arrow import import_library
from plfkit.sources.descriptor import DESCRIPTOR, build_about, render_datapackage
from plfkit.sources.folder import CSV, PARQUET, is_native_file
from plfkit.sources.saving import save_file
from plfkit.sources.staging import save_folder
from plfkit.sources.xlsx import start_workbook, write_text_cell

Format = Literal["csv", "parquet", "xlsx"]
WORKBOOK = ".xlsx"
_MOST_ROWS = 1_048_576
_LARGEST_EXACT = 2**53
_COLUMN_WIDTH = 18


def write(organisation: Organisation, path: str | Path, *, format: Format | None = None) -> Path:  # noqa: A002 - what it is called everywhere
    """Write an organisation so that `read` gives it back, equal.

    It is saved completely or not at all: whoever reads at the same time, or after a crash, finds
    either the old data or the new. Other files in the folder stay as they are.

    Args:
        organisation: What to write.
        path: A folder, made if it does not exist; or a workbook, if it ends in ``.xlsx``.
        format: ``"csv"`` or ``"parquet"`` for a folder, ``"xlsx"`` for a workbook; by the path if
            left out.

    Returns:
        The path.

    Raises:
        StoreError: The path could not be written; what was there before still is.
        MissingExtraError: The format needs libraries that are not installed.
    """
    target = Path(path)
    is_workbook = target.suffix.lower() == WORKBOOK
    chosen = format or ("xlsx" if is_workbook else "csv")
    if chosen not in {"csv", "parquet", "xlsx"}:
        raise StoreError(f"there is no format {format!r}: use csv, parquet or xlsx")
    if is_workbook != (chosen == "xlsx"):
        raise StoreError(f"{target}: a workbook's name ends in {WORKBOOK}, a folder's does not")
    if chosen == "xlsx":
        return save_file(target, _build_workbook(organisation))
    kept = {n: t for n, t in organisation.tables.items() if len(t) or n in REQUIRED_TABLES}
    suffix, writer = (
        (CSV, _write_csv_file) if chosen == "csv" else (PARQUET, _make_parquet_writer())
    )
    described = render_datapackage(organisation, {name: name + suffix for name in kept}).encode()
    files: dict[str, Callable[[Path], None]] = {
        name + suffix: partial(writer, table) for name, table in kept.items()
    }
    files[DESCRIPTOR] = partial(_write_bytes, described)
    return save_folder(target, files, replacing=is_native_file)


def _write_bytes(data: bytes, file: Path) -> None:
    file.write_bytes(data)


def _write_csv_file(table: Table[Any], file: Path) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(table.columns)
        columns = [_encode_column(spec, table) for spec in list_column_specs(table.row_type)]
        writer.writerows(zip(*columns, strict=True))


def _encode_column(spec: ColumnSpec, table: Table[Any]) -> list[str]:
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


def _make_parquet_writer() -> Callable[[Table[Any], Path], None]:
    """Return what writes a Parquet file, before any work is done."""
    import_library("pyarrow", "Parquet")
    parquet = import_library("pyarrow.parquet", "Parquet")

    def write_parquet(table: Table[Any], file: Path) -> None:
        parquet.write_table(_build_arrow_table(table), file)

    return write_parquet


def _build_arrow_table(table: Table[Any]) -> Any:
    pyarrow = import_library("pyarrow", "Parquet")
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


@frozen
class _CellFormats:
    """How the cells of a workbook look."""

    plain: Any
    bold: Any
    day: Any


def _build_workbook(organisation: Organisation) -> bytes:
    data = io.BytesIO()
    with start_workbook(data) as book:
        formats: tuple[dict[str, Any], ...] = ({}, {"bold": True}, {"num_format": "yyyy-mm-dd"})
        looks = _CellFormats(*map(book.add_format, formats))
        for name, table in organisation.tables.items():
            if len(table) or name in REQUIRED_TABLES:
                _write_table_sheet(book.add_worksheet(name), name, table, looks)
        write_about_sheet(book, build_about(organisation), looks.plain)
    return data.getvalue()


def _write_table_sheet(page: Any, name: str, table: Table[Any], looks: _CellFormats) -> None:
    if len(table) >= _MOST_ROWS:
        raise StoreError(
            f"the table {name} has {len(table):,} rows, a sheet holds {_MOST_ROWS - 1:,}: write a "
            "folder, as CSV or Parquet"
        )
    page.freeze_panes(1, 0)
    for number, spec in enumerate(list_column_specs(table.row_type)):
        page.set_column(number, number, _COLUMN_WIDTH)
        page.write_string(0, number, spec.name, looks.bold)
        for row, value in enumerate(table.column(spec.name).tolist(), 1):
            if value is not None:
                _write_table_cell(page, (row, number), spec, value, looks)


def _write_table_cell(
    page: Any, at: tuple[int, int], spec: ColumnSpec, value: Any, looks: _CellFormats
) -> None:
    """Write a cell of its own type; numbers that a workbook would round are written as text."""
    if spec.codec.is_text:
        write_text_cell(page, at, value, looks.plain)
    elif spec.codec is DATE:
        page.write_datetime(*at, value, looks.day)
    elif spec.codec is FLAG:
        page.write_string(*at, "yes" if value else "no")
    elif float(f"{value:.16G}") == value and abs(value) < _LARGEST_EXACT:
        page.write_number(*at, value)
    else:
        page.write_string(*at, repr(value))
