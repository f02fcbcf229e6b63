"""Reading an organisation from whatever holds its data: a folder, a workbook, frames, a file of one's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any

from plfkit.errors import Fault, Place
from plfkit.hints import Hint
from plfkit.model.records.organisation import Organisation
from plfkit.model.records.rows import NATIVE_ROWS, REQUIRED_TABLES
from plfkit.model.words.kinds import Label
from plfkit.model.words.vocabulary import Vocabulary, load_core_vocabulary
from plfkit.sources.assembling import assemble_organisation
from plfkit.sources.cells import hint_at_table, read_table
from plfkit.sources.descriptor import About
from plfkit.sources.dialects import Dialect
from plfkit.sources.folder import find_lone_file, read_files, read_folder
from plfkit.sources.given import Given, read_given_file
from plfkit.sources.limits import Limits, fill_in_limits
from plfkit.sources.reader_rows import find_reader, read_with_reader
from plfkit.sources.readers import Reader
from plfkit.sources.recognising import WORKBOOK_SUFFIXES, find_file_kind, refuse_file


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
        from plfkit.sources.workbook import read_workbook  # noqa: PLC0415 - folders need none of it

        return read_workbook(file, vocabulary, dialect, limits)
    if (reader := find_reader(file, readers)) is None:
        refuse_file(file, kind)
    return read_with_reader(reader, file, vocabulary, dialect, limits)


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
    from plfkit.sources.arrow import read_frame  # noqa: PLC0415 - files need none of it

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
