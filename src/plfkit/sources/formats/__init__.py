"""The formats that plfkit reads and writes: a short module each, and their one registry.

A format of tables is a `TableFormat` value in a module of its own, and a line in `TABLE_FORMATS`.
Folders, the descriptor, `write`, the faults about files and the page about formats follow from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from plfkit.hints import Hint
from plfkit.sources.formats.comma_separated import CSV
from plfkit.sources.formats.json_lines import JSON_LINES
from plfkit.sources.formats.parquet import PARQUET
from plfkit.sources.formats.tables import FileFormat, TableFormat

__all__ = [
    "FORMATS",
    "TABLE_FORMATS",
    "WORKBOOK",
    "FileFormat",
    "TableFormat",
    "list_table_files",
    "split_table_file",
]

TABLE_FORMATS: tuple[TableFormat, ...] = (CSV, PARQUET, JSON_LINES)
"""The formats of which a folder may be; the first is the one that is usual."""
WORKBOOK = FileFormat(
    name="xlsx",
    suffix=".xlsx",
    media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    doc="Excel workbook: a sheet a table",
    extra="excel",
    libraries=("xlsxwriter",),
    purpose=Hint("libraries.writing_workbook"),
)
"""The format that has all tables in one file: what reads and writes it takes them together."""
FORMATS: Mapping[str, FileFormat] = {one.name: one for one in (*TABLE_FORMATS, WORKBOOK)}
"""All formats by name."""


def split_table_file(name: str) -> tuple[str, TableFormat] | None:
    """Return the table and the format that the name of a file says; None if it says no format."""
    path = Path(name)
    known = {one.suffix: one for one in TABLE_FORMATS}
    return (path.stem, known[path.suffix]) if path.suffix in known else None


def list_table_files(table: str) -> Iterator[tuple[str, TableFormat]]:
    """Yield what the file of a table may be called, and its format then."""
    for one in TABLE_FORMATS:
        yield table + one.suffix, one
