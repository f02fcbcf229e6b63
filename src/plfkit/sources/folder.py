"""The native folder: one file a table, in any of the formats, and a ``datapackage.json`` beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path, PureWindowsPath

from plfkit.errors import Fault, InvalidDataError, Place
from plfkit.hints import Hint
from plfkit.model.records.organisation import Organisation
from plfkit.model.records.rows import NATIVE_ROWS, REQUIRED_TABLES
from plfkit.model.words.vocabulary import Vocabulary, load_core_vocabulary
from plfkit.sources.assembling import assemble_organisation
from plfkit.sources.cells import RawTable, hint_at_table, read_table
from plfkit.sources.descriptor import DESCRIPTOR, read_descriptor
from plfkit.sources.dialects import Dialect
from plfkit.sources.formats import TABLE_FORMATS, TableFormat, list_table_files, split_table_file
from plfkit.sources.given import Given, limit_given_file, read_given_file
from plfkit.sources.limits import Limits
from plfkit.sources.recognising import TABLE_SUFFIXES, WORKBOOK_SUFFIXES
from plfkit.sources.staging import open_saved_files

_USUAL = TABLE_FORMATS[0].suffix
_OF_FOLDERS = TABLE_SUFFIXES | {Path(DESCRIPTOR).suffix, ""}
"""What the names of files end in that stand in a folder of tables."""
_SUFFIXES = {one.suffix for one in TABLE_FORMATS}
"""What the names of files end in that are read as tables."""


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
        return _read_known_files(files, vocabulary, dialect, limits)


def read_files(
    files: Mapping[str, Given], vocabulary: Vocabulary | None, dialect: Dialect, limits: Limits
) -> Organisation:
    """Read the files of a native folder, wherever they are; in place of a folder each of them counts.

    Args:
        files: The files by the names they have in a folder.
        vocabulary: The kinds that rows may name; if None, those that the folder says they name.
        dialect: How CSV files are written.
        limits: How much is read.

    Raises:
        InvalidDataError: The files or their rows have faults; all of them are in it.
        LimitError: A file is too large.
    """
    if strays := [*_list_strays(files)]:
        raise InvalidDataError([*dict.fromkeys([*strays, *_list_folder_faults(files)])])
    return _read_known_files(files, vocabulary, dialect, limits)


def _read_known_files(
    files: Mapping[str, Given], vocabulary: Vocabulary | None, dialect: Dialect, limits: Limits
) -> Organisation:
    """Read the files that are tables; what else stands in a folder is its owner's."""
    if faults := _list_folder_faults(files):
        raise InvalidDataError(faults)
    for name, file in files.items():
        limit_given_file(file, limits, name)
    about, faults = read_descriptor(files, limits)
    words = vocabulary or about.vocabulary or load_core_vocabulary()
    faults += about.find_conflicts(words, DESCRIPTOR)
    reads = {
        name: read_table(raw, NATIVE_ROWS[name], words, dialect)
        for name, raw in _read_raw_tables(files, dialect, limits).items()
    }
    return assemble_organisation(reads, about, words, faults)


def _read_raw_tables(
    files: Mapping[str, Given], dialect: Dialect, limits: Limits
) -> dict[str, RawTable]:
    return {
        table: _read_table_file(files[name], name, (table, one), dialect, limits)
        for table in NATIVE_ROWS
        for name, one in list_table_files(table)
        if name in files
    }


def _read_table_file(
    file: Given, name: str, what: tuple[str, TableFormat], dialect: Dialect, limits: Limits
) -> RawTable:
    table, table_format = what
    try:
        given = read_given_file(file, limits, name=name)
    except InvalidDataError as error:
        return RawTable(file=name, faults=error.faults)
    return table_format.read(given, NATIVE_ROWS[table], dialect, limits)


def is_native_file(name: str) -> bool:
    """Tell whether a file of this name belongs to the data."""
    split = split_table_file(name)
    return name == DESCRIPTOR or (split is not None and split[0] in NATIVE_ROWS)


def find_lone_file(files: Mapping[str, Given]) -> str | None:
    """Return the name of the one file that was sent, if no folder has such: it is read by itself."""
    names = [name for name in files if PureWindowsPath(name).suffix.lower() not in _OF_FOLDERS]
    return names[0] if len(files) == len(names) == 1 else None


def _list_folder_faults(files: Mapping[str, Given]) -> list[Fault]:
    faults = [fault for name in sorted(files) for fault in _judge_file(name, files[name])]
    if not any(is_native_file(name) and name != DESCRIPTOR for name in files):
        faults += _list_stray_workbooks(files)
    for table in NATIVE_ROWS:
        there = [name for name, _ in list_table_files(table) if name in files]
        for other in there[1:]:
            hint = Hint("table.two_files", file=there[0])
            faults.append(Fault("two_files", Place(other), hint))
        if not there and table in REQUIRED_TABLES:
            place = Place(table + _USUAL)
            faults.append(Fault("missing_table", place, Hint("table.needs_file")))
    return faults


def _list_strays(files: Mapping[str, Given]) -> Iterator[Fault]:
    """Find what was given beside tables and is none: whoever sends a file means it to be read."""
    for name in sorted(files):
        path = PureWindowsPath(name)
        is_judged = path.suffix.lower() in _SUFFIXES or path.stem.lower() in NATIVE_ROWS
        if is_judged or is_native_file(name):
            continue
        is_workbook = path.suffix.lower() in WORKBOOK_SUFFIXES
        key = "file.workbook_among_files" if is_workbook else "file.no_table"
        yield Fault("unread_file", Place(name), Hint(key))


def _list_stray_workbooks(files: Mapping[str, Given]) -> Iterator[Fault]:
    """Find workbooks where there is no table at all: one of them may be what is meant."""
    for name in sorted(files):
        is_table = PureWindowsPath(name).stem.lower() in NATIVE_ROWS
        if PureWindowsPath(name).suffix.lower() in WORKBOOK_SUFFIXES and not is_table:
            yield Fault("unread_file", Place(name), Hint("file.workbook_among_files"))


def _judge_file(name: str, file: Given) -> Iterator[Fault]:
    """Find out whether a file is taken for a table that plfkit would pass over or cannot read."""
    last = PureWindowsPath(name).name  # which knows both kinds of slashes
    if last != name and is_native_file(last):
        yield Fault("unread_file", Place(name), Hint("file.in_folder", file=last))
        return
    stem, suffix = Path(name).stem, Path(name).suffix
    is_known = suffix.lower() in _SUFFIXES
    if is_known and stem.lower() not in NATIVE_ROWS:
        hint = Hint("table.unknown", near=hint_at_table(stem))
        yield Fault("unknown_table", Place(name), hint)
    elif stem.lower() in NATIVE_ROWS and not is_native_file(name):
        yield Fault("unread_file", Place(name), _explain_unread_file(stem.lower(), suffix))
    elif is_native_file(name) and isinstance(file, Path) and not file.is_file():
        yield Fault("unreadable", Place(name), Hint("file.no_plain_file"))


def _explain_unread_file(table: str, suffix: str) -> Hint:
    is_workbook = suffix.lower() in WORKBOOK_SUFFIXES
    return Hint("file.workbook_in_folder" if is_workbook else "file.unread", file=table + _USUAL)
