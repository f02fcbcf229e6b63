"""Where organisations come from and go to: a short module a format, and one door each way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plfkit.errors import Fault, Place
from plfkit.hints import Hint, Language
from plfkit.model.records.organisation import Organisation
from plfkit.model.records.rows import NATIVE_ROWS, REQUIRED_TABLES
from plfkit.model.words.kinds import Label
from plfkit.model.words.vocabulary import Vocabulary, load_core_vocabulary
from plfkit.rooms import load_module
from plfkit.sources import template
from plfkit.sources.about_sheet import read_about
from plfkit.sources.arrow import read_frame
from plfkit.sources.assembling import assemble_organisation
from plfkit.sources.cells import hint_at_table, read_table
from plfkit.sources.descriptor import DESCRIPTOR, About, read_descriptor
from plfkit.sources.dialects import Dialect
from plfkit.sources.folder import find_lone_file, read_files, read_folder
from plfkit.sources.formats import WORKBOOK
from plfkit.sources.given import Given, read_given_file
from plfkit.sources.limits import Limits, fill_in_limits
from plfkit.sources.readers import Reader, TextRow, find_reader, read_with_reader
from plfkit.sources.recognising import (
    WORKBOOK_SUFFIXES,
    find_file_kind,
    is_workbook,
    refuse_file,
)
from plfkit.sources.sheets import WorkbookSheet, open_sheets
from plfkit.sources.workbook import read_workbook
from plfkit.sources.writing import write

__all__ = [
    "WORKBOOK",
    "Dialect",
    "Given",
    "Limits",
    "Reader",
    "TextRow",
    "find_data_language",
    "find_profile_name",
    "read_frames",
    "read_source",
    "write",
]


def read_source(
    source: Given | Mapping[str, Given],
    *,
    vocabulary: Vocabulary | None = None,
    dialect: Dialect | None = None,
    limits: Limits | None = None,
    readers: Sequence[Reader] = (),
) -> Organisation:
    """Read an organisation from a native folder or a workbook, or from a file that a reader knows.

    Args:
        source: The path of a folder; or one workbook, native or the template, as a path, bytes or a
            stream of bytes; or the files of a folder by their names, or such a workbook by its own.
        vocabulary: The kinds that rows may name; if left out, those that the data say they were
            written in, else the core's.
        dialect: How the files are written, where not as plfkit writes them.
        limits: How much is read; generous if left out.
        readers: Formats of a municipality's own, for single files that are no workbook.

    Raises:
        InvalidDataError: Something is wrong with the files or their rows; every fault is in it.
        LimitError: Something is too large.
        MissingExtraError: The format needs libraries that are not installed.
    """
    dialect, limits = dialect or Dialect(), fill_in_limits(limits)
    if isinstance(source, Mapping):
        if (lone := find_lone_file(source)) is None:
            return read_files(source, vocabulary, dialect, limits)
        file = read_given_file(source[lone], limits, name=lone)
    elif isinstance(source, str | PathLike) and _is_meant_as_folder(Path(source)):
        return read_folder(Path(source), vocabulary, dialect, limits)
    else:
        file = read_given_file(source, limits)
    if (kind := find_file_kind(file)) == "workbook":
        return read_workbook(file, vocabulary, dialect, limits)
    if (reader := find_reader(file, readers)) is None:
        refuse_file(file, kind)
    return read_with_reader(reader, file, vocabulary, dialect, limits)


def find_profile_name(path: str | Path, *, limits: Limits | None = None) -> str | None:
    """Return the profile whose words a folder or workbook says it speaks; None if it does not say."""
    source, limits = Path(path), fill_in_limits(limits)
    if is_workbook(source):
        sheets = _open_workbook(source, limits)
        return None if sheets is None else read_about(sheets)[0].profile
    file = source / DESCRIPTOR
    return read_descriptor({DESCRIPTOR: file} if file.exists() else {}, limits)[0].profile


def find_data_language(path: str | Path, *, limits: Limits | None = None) -> Language | None:
    """Return the language in which a workbook is the template; None if it is none, or no workbook."""
    source, limits = Path(path), fill_in_limits(limits)
    if not is_workbook(source):
        return None
    sheets = _open_workbook(source, limits)
    return None if sheets is None else template.find_template_language(sheets)


def _open_workbook(path: Path, limits: Limits) -> Mapping[str, WorkbookSheet] | None:
    """Return the sheets of a workbook; None of a zip file that is none."""
    file = read_given_file(path, limits)
    return open_sheets(file, limits)[0] if find_file_kind(file) == "workbook" else None


def read_frames(
    tables: Mapping[str, Any],
    *,
    vocabulary: Vocabulary | None = None,
    dialect: Dialect | None = None,
    limits: Limits | None = None,
    title: Label | None = None,
    synthetic: bool = False,
) -> Organisation:
    """Build an organisation from frames; see `plfkit.from_tables`.

    Args:
        tables: A frame for each native table, by its name.
        vocabulary: The kinds that rows may name; the core vocabulary if left out.
        dialect: How numbers and dates are written that the frames hold as text.
        limits: How much is read; generous if left out.
        title: What readers should call the organisation.
        synthetic: Whether it is an example.
    """
    vocabulary, limits = vocabulary or load_core_vocabulary(), fill_in_limits(limits)
    faults = [
        Fault(
            "unknown_table",
            Place(str(name)),
            Hint("table.unknown", near=hint_at_table(str(name))),
        )
        for name in tables
        if name not in NATIVE_ROWS
    ]
    faults += [
        Fault("missing_table", Place(name), Hint("table.needs_frame"))
        for name in REQUIRED_TABLES
        if name not in tables
    ]
    reads = {
        name: read_table(
            read_frame(tables[name], name, part, limits), part, vocabulary, dialect or Dialect()
        )
        for name, part in NATIVE_ROWS.items()
        if name in tables
    }
    return assemble_organisation(reads, About(title=title, synthetic=synthetic), vocabulary, faults)


def _is_meant_as_folder(path: Path) -> bool:
    """Tell whether a path is a folder; or is nothing, and not called as a workbook is."""
    try:
        return path.is_dir() or not (path.exists() or path.suffix.lower() in WORKBOOK_SUFFIXES)
    except (OSError, ValueError):
        return path.suffix.lower() not in WORKBOOK_SUFFIXES


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        return load_module(__name__, name)
