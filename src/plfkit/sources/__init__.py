"""Where organisations come from and go to: a short module a format, and one door each way."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plfkit.errors import Fault, InvalidDataError, Place
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
from plfkit.sources.folder import read_folder
from plfkit.sources.limits import Limits
from plfkit.sources.sheets import open_sheets
from plfkit.sources.workbook import read_workbook
from plfkit.sources.writing import WORKBOOK, write

__all__ = [
    "WORKBOOK",
    "Dialect",
    "Limits",
    "find_data_language",
    "find_profile_name",
    "read_frames",
    "read_source",
    "write",
]
_OTHER_WORKBOOKS = {".xls", ".xlsm", ".xlsb", ".ods", ".numbers"}


def read_source(
    path: str | Path,
    *,
    vocabulary: Vocabulary | None = None,
    dialect: Dialect | None = None,
    limits: Limits | None = None,
) -> Organisation:
    """Read an organisation from a native folder or a workbook.

    Args:
        path: A folder of CSV or Parquet files; or one ``.xlsx`` file, native or the template.
        vocabulary: The kinds that rows may name; if left out, those that the data say they were
            written in, else the core's.
        dialect: How the files are written, where not as plfkit writes them.
        limits: How much is read; generous if left out.

    Raises:
        InvalidDataError: Something is wrong with the files or their rows; every fault is in it.
        LimitError: Something is too large.
        MissingExtraError: The format needs libraries that are not installed.
    """
    source = Path(path)
    if source.suffix.lower() in _OTHER_WORKBOOKS and not _is_folder(source):
        hint = Hint("file.other_workbook", suffix=WORKBOOK)
        raise InvalidDataError([Fault("unread_file", Place(str(path)), hint)])
    door = read_workbook if _is_workbook(source) else read_folder
    return door(source, vocabulary, dialect or Dialect(), limits or Limits())


def find_profile_name(path: str | Path) -> str | None:
    """Return the profile whose words a folder or workbook says it speaks; None if it does not say."""
    source = Path(path)
    if _is_workbook(source):
        return read_about(open_sheets(source, Limits())[0])[0].profile
    return read_descriptor({DESCRIPTOR: source / DESCRIPTOR})[0].profile


def find_data_language(path: str | Path) -> Language | None:
    """Return the language in which a workbook is the template; None if it is none, or no workbook."""
    source = Path(path)
    if not _is_workbook(source):
        return None
    return template.find_template_language(open_sheets(source, Limits())[0])


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
    vocabulary, limits = vocabulary or load_core_vocabulary(), limits or Limits()
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


def _is_workbook(path: Path) -> bool:
    return path.suffix.lower() == WORKBOOK and not _is_folder(path)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        return load_module(__name__, name)
