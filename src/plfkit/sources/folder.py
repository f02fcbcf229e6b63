"""The native folder: one CSV file a table, and a ``datapackage.json`` that may name the data."""

from __future__ import annotations

from pathlib import Path

from attrs import frozen

from plfkit.errors import Fault, InvalidDataError, Place, ProfileError
from plfkit.model.checks import check
from plfkit.model.documents import mapping_of, parse_json, structure
from plfkit.model.organisation import Organisation
from plfkit.model.parts import PARTS, REQUIRED_TABLES
from plfkit.model.schema import ID
from plfkit.model.tables import Table
from plfkit.model.vocabulary import Label, Vocabulary, core_vocabulary, did_you_mean
from plfkit.sources.csvtext import ReadTable, read_csv

_DESCRIPTOR = "datapackage.json"


@frozen
class _Description:
    """What plfkit's part of the descriptor may say."""

    title: Label | None = None
    synthetic: bool = False
    schema_version: int | None = None
    profile: str | None = None


def read_folder(path: Path, vocabulary: Vocabulary | None = None) -> Organisation:
    """Read a native folder.

    Args:
        path: The folder. Files are named after the tables: ``persons.csv``, ``units.csv``, ….
        vocabulary: The kinds that rows may name; the core vocabulary if left out.

    Raises:
        InvalidDataError: The folder, its files or their rows have faults; all of them are in it.
    """
    vocabulary = vocabulary or core_vocabulary()
    faults = _folder_faults(path)
    if faults:
        raise InvalidDataError(faults)
    reads: dict[str, ReadTable] = {}
    for name, part in PARTS.items():
        file = path / f"{name}.csv"
        if file.exists():
            reads[name] = _read_file(file, part, vocabulary)
    title, synthetic, faults = _describe(path / _DESCRIPTOR)
    faults += [fault for read in reads.values() for fault in read.faults]
    faults += _check(reads, vocabulary)
    if faults:
        raise InvalidDataError(sorted(faults, key=_by_place))
    tables = {name: read.table for name, read in reads.items()}
    return Organisation.of_checked(tables, vocabulary=vocabulary, title=title, synthetic=synthetic)


def _folder_faults(path: Path) -> list[Fault]:
    if not _is_folder(path):
        hint = "there is no such folder: look at the path"
        return [Fault("no_folder", Place(str(path)), hint)]
    faults = []
    for file in sorted(path.iterdir()):
        if file.suffix.lower() == ".csv" and file.stem.lower() not in PARTS:
            hint = did_you_mean(file.stem, PARTS) or f": the tables are {', '.join(PARTS)}"
            faults.append(
                Fault("unknown_table", Place(file.name), f"this is no native table{hint}")
            )
        elif file.stem.lower() in PARTS and file.name != f"{file.stem.lower()}.csv":
            hint = f"this file is not read: save it as {file.stem.lower()}.csv"
            faults.append(Fault("unread_file", Place(file.name), hint))
        elif file.name in {_DESCRIPTOR, f"{file.stem}.csv"} and not file.is_file():
            hint = "this is no file that can be read: replace it by one"
            faults.append(Fault("unreadable", Place(file.name), hint))
    for name in REQUIRED_TABLES:
        if not (path / f"{name}.csv").exists():
            hint = "this table is required: add the file, with the column id"
            faults.append(Fault("missing_table", Place(f"{name}.csv"), hint))
    return faults


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _read_file(file: Path, part: type, vocabulary: Vocabulary) -> ReadTable:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise InvalidDataError(
            [Fault("unreadable", Place(file.name), f"the file cannot be read: {error.strerror}")]
        ) from error
    return read_csv(data, file.name, part, vocabulary)


def _check(reads: dict[str, ReadTable], vocabulary: Vocabulary) -> list[Fault]:
    tables = {
        name: reads[name].table if name in reads else Table.empty(part)
        for name, part in PARTS.items()
    }
    unreliable = frozenset(
        name
        for name, read in reads.items()
        if any(fault.place.column in {None, "id"} for fault in read.faults)
    )
    return [
        fault.at(f"{name}.csv", int(reads[name].rows[(fault.place.row or 1) - 1]))
        for fault in check(tables, vocabulary, unreliable=unreliable)
        for name in [fault.place.file]
    ]


def _by_place(fault: Fault) -> tuple[int, int, str]:
    """Order faults as somebody mends them: file by file, from the top."""
    files = [f"{name}.csv" for name in PARTS]
    place = files.index(fault.place.file) if fault.place.file in files else -1
    return place, fault.place.row or 0, fault.place.column or ""


def _describe(file: Path) -> tuple[Label | None, bool, list[Fault]]:
    """Read the title, and whether the data are an example, from plfkit's part of the descriptor."""
    if not file.exists():
        return None, False, []
    try:
        document = parse_json(file.read_text(encoding="utf-8-sig"), file.name)
        own = mapping_of(document, "plfkit", file.name)
        title = own.get("title")
        if isinstance(title, str):
            own = {**own, "title": {"da": title, "en": title}}
        known = structure(own, _Description, "plfkit")
        for text in () if known.title is None else (known.title.da, known.title.en):
            ID.check(text)
    except (ProfileError, ValueError, OSError) as error:
        return None, False, [Fault("bad_descriptor", Place(file.name), str(error))]
    return known.title, known.synthetic, []
