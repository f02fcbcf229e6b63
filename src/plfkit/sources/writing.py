"""An organisation into files that read back as the same organisation."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial
from os import PathLike
from pathlib import Path
from typing import IO, Any, overload

from attrs import frozen

from plfkit.errors import StoreError
from plfkit.hints import Hint, quote_word
from plfkit.model.records.organisation import Organisation
from plfkit.model.records.rows import REQUIRED_TABLES
from plfkit.model.records.schema import DATE, FLAG, ColumnSpec, list_column_specs
from plfkit.model.records.tables import Table
from plfkit.requiring import require_instance
from plfkit.sources.about_sheet import write_about_sheet
from plfkit.sources.descriptor import DESCRIPTOR, build_about, render_datapackage
from plfkit.sources.folder import is_native_file
from plfkit.sources.formats import FORMATS, TABLE_FORMATS, WORKBOOK, FileFormat, TableFormat
from plfkit.sources.saving import check_byte_stream, save_file
from plfkit.sources.staging import save_folder
from plfkit.sources.xlsx import start_workbook, write_text_cell

_MOST_ROWS = 1_048_576
_LARGEST_EXACT = 2**53
_COLUMN_WIDTH = 18


@overload
def write(
    organisation: Organisation, path: str | PathLike[str], *, format: str | None = None
) -> Path: ...
@overload
def write(organisation: Organisation, path: IO[bytes], *, format: str | None = None) -> None: ...
def write(
    organisation: Organisation,
    path: str | PathLike[str] | IO[bytes],
    *,
    format: str | None = None,  # noqa: A002 - what it is called everywhere
) -> Path | None:
    """Write an organisation so that `read` gives it back, equal.

    It is saved completely or not at all: whoever reads at the same time, or after a crash, finds
    either the old data or the new. Other files in the folder stay as they are. A stream gets a
    workbook, all at once.

    Args:
        organisation: What to write.
        path: A folder, made if it does not exist; or a workbook, if it ends in ``.xlsx``; or a
            stream of bytes that takes one.
        format: ``"csv"``, ``"parquet"`` or ``"jsonl"`` for a folder, ``"xlsx"`` for a workbook; by
            the path if left out.

    Returns:
        The path; None for a stream.

    Raises:
        StoreError: The path could not be written; what was there before still is.
        MissingExtraError: The format needs libraries that are not installed.
    """
    require_instance(organisation, Organisation)
    if not isinstance(path, str | PathLike):
        choose_format(format, None)
        check_byte_stream(path)
        return save_file(path, _build_workbook(organisation))
    target = Path(path)
    chosen = choose_format(format, target)
    if isinstance(chosen, TableFormat):
        return _write_folder(organisation, target, chosen)
    return save_file(target, _build_workbook(organisation))


def choose_format(name: str | None, target: Path | None) -> FileFormat:
    """Return the format that was asked for, or the usual one; its libraries are there.

    Args:
        name: What was asked for, if anything.
        target: Where it is to be written; None for a stream, which takes a workbook.

    Raises:
        StoreError: There is no such format, or not for such a target.
        MissingExtraError: The format needs libraries that are not installed.
    """
    is_workbook = target is None or target.suffix.lower() == WORKBOOK.suffix
    usual = WORKBOOK if is_workbook else TABLE_FORMATS[0]
    chosen = usual if name is None else FORMATS.get(name)
    if chosen is None:
        raise StoreError(Hint("files.format", name=quote_word(name), known=tuple(FORMATS)))
    if is_workbook != (chosen is WORKBOOK):
        raise StoreError(
            "a stream takes a workbook: name a folder for other formats"
            if target is None
            else f"{target}: a workbook's name ends in {WORKBOOK.suffix}, a folder's does not"
        )
    chosen.require_libraries()
    return chosen


def _write_folder(organisation: Organisation, target: Path, form: TableFormat) -> Path:
    kept = {n: t for n, t in organisation.tables.items() if len(t) or n in REQUIRED_TABLES}
    names = {name: name + form.suffix for name in kept}
    described = render_datapackage(organisation, names, form).encode()
    files: dict[str, Callable[[Path], None]] = {
        names[name]: partial(_write_table_file, form, table) for name, table in kept.items()
    }
    files[DESCRIPTOR] = partial(_write_bytes, described)
    return save_folder(target, files, replacing=is_native_file)


def _write_table_file(form: TableFormat, table: Table[Any], file: Path) -> None:
    with file.open("wb") as stream:
        form.write(table, stream)


def _write_bytes(data: bytes, file: Path) -> None:
    file.write_bytes(data)


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
