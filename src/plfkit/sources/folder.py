"""The native folder: one CSV or Parquet file a table, and a ``datapackage.json`` beside them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from plfkit.errors import Fault, InvalidDataError, Place
from plfkit.hints import Hint
from plfkit.model.records.organisation import Organisation
from plfkit.model.records.rows import NATIVE_ROWS, REQUIRED_TABLES
from plfkit.model.words.vocabulary import Vocabulary, load_core_vocabulary
from plfkit.sources.arrow import read_parquet
from plfkit.sources.assembling import assemble_organisation
from plfkit.sources.cells import RawTable, hint_at_table, read_table
from plfkit.sources.csvtext import read_csv
from plfkit.sources.descriptor import DESCRIPTOR, read_descriptor
from plfkit.sources.dialects import Dialect
from plfkit.sources.limits import Limits
from plfkit.sources.staging import open_saved_files

CSV, PARQUET = ".csv", ".parquet"


def read_folder(
    path: Path, vocabulary: Vocabulary | None, dialect: Dialect, limits: Limits
) -> Organisation:
    """Read a native folder.

    Args:
        path: The folder. Files are named after the tables: ``persons.csv`` or ``persons.parquet``.
        vocabulary: The kinds that rows may name; if None, those that the folder says they name.
        dialect: How CSV files are written.
        limits: How much is read.

    Raises:
        InvalidDataError: The folder, its files or their rows have faults; all of them are in it.
        LimitError: A file is too large.
    """
    with open_saved_files(path) as files:
        faults = _list_folder_faults(files)
        if faults:
            raise InvalidDataError(faults)
        for file in files.values():
            limits.hold("bytes", file.stat().st_size, file.name)
        about, faults = read_descriptor(files)
        words = vocabulary or about.vocabulary or load_core_vocabulary()
        faults += about.find_conflicts(words, DESCRIPTOR)
        reads = {
            name: read_table(raw, NATIVE_ROWS[name], words, dialect)
            for name, raw in _read_raw_tables(files, dialect, limits).items()
        }
    return assemble_organisation(reads, about, words, faults)


def _read_raw_tables(
    files: Mapping[str, Path], dialect: Dialect, limits: Limits
) -> dict[str, RawTable]:
    raw: dict[str, RawTable] = {}
    for name, part in NATIVE_ROWS.items():
        if (csv := files.get(name + CSV)) is not None:
            raw[name] = _read_csv_file(csv, part, dialect, limits)
        elif (parquet := files.get(name + PARQUET)) is not None:
            raw[name] = read_parquet(parquet, part, limits)
    return raw


def _read_csv_file(file: Path, part: type, dialect: Dialect, limits: Limits) -> RawTable:
    try:
        data = file.read_bytes()
    except OSError as error:
        hint = Hint("file.unreadable", reason=str(error.strerror))
        return RawTable(file=file.name, faults=[Fault("unreadable", Place(file.name), hint)])
    return read_csv(data, file.name, part, dialect, limits)


def is_native_file(name: str) -> bool:
    """Tell whether a file of this name belongs to the data."""
    return name == DESCRIPTOR or name in {
        t + suffix for t in NATIVE_ROWS for suffix in (CSV, PARQUET)
    }


def _list_folder_faults(files: Mapping[str, Path]) -> list[Fault]:
    faults = []
    for name, file in sorted(files.items()):
        stem, suffix = Path(name).stem, Path(name).suffix
        if suffix.lower() in {CSV, PARQUET} and stem.lower() not in NATIVE_ROWS:
            hint = Hint("table.unknown", near=hint_at_table(stem))
            faults.append(Fault("unknown_table", Place(name), hint))
        elif stem.lower() in NATIVE_ROWS and name not in {
            stem.lower() + CSV,
            stem.lower() + PARQUET,
        }:
            faults.append(
                Fault("unread_file", Place(name), _explain_unread_file(stem.lower(), suffix))
            )
        elif is_native_file(name) and not file.is_file():
            faults.append(Fault("unreadable", Place(name), Hint("file.no_plain_file")))
    for name in NATIVE_ROWS:
        if name + CSV in files and name + PARQUET in files:
            hint = Hint("table.two_files", file=name + CSV)
            faults.append(Fault("two_files", Place(name + PARQUET), hint))
    faults += [
        Fault("missing_table", Place(name + CSV), Hint("table.needs_file"))
        for name in REQUIRED_TABLES
        if name + CSV not in files and name + PARQUET not in files
    ]
    return faults


def _explain_unread_file(table: str, suffix: str) -> Hint:
    is_workbook = suffix.lower() in {".xlsx", ".xlsm", ".xls", ".ods"}
    return Hint("file.workbook_in_folder" if is_workbook else "file.unread", file=table + CSV)
