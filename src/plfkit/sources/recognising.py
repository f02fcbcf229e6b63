"""What a file is, by what stands in it: its name may say anything, or nothing.

Only a few bytes and the names in a package are looked at, so that nothing is unpacked or run.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePath
from typing import Literal, NoReturn

from plfkit.errors import Fault, InvalidDataError, Place
from plfkit.faults import FaultCode
from plfkit.hints import Hint
from plfkit.sources.formats import TABLE_FORMATS, WORKBOOK
from plfkit.sources.given import GivenFile

FileKind = Literal[
    "workbook",
    "binary_workbook",
    "old_workbook",
    "locked_workbook",
    "open_document",
    "numbers",
    "word",
    "archive",
    "pdf",
    "spss",
    "stata",
    "html",
    "json",
    "table",
    "unknown",
]
"""What plfkit knows a file to be; but for the first, each has a hint that says what to do."""
WORKBOOK_SUFFIXES = frozenset({WORKBOOK.suffix, ".xlsm", ".xlsb", ".xls", ".ods", ".numbers"})
"""What the names of workbooks end in, whichever program wrote them."""
_ZIP = b"PK"
_BEGINNINGS: tuple[tuple[bytes, FileKind], ...] = (
    (b"%PDF", "pdf"),
    (b"$FL2", "spss"),
    (b"$FL3", "spss"),
    (b"<stata_dta>", "stata"),
    (b"PAR1", "table"),
)
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How old Office documents begin, and new ones that a password locks."""
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_MEMBERS: tuple[tuple[str, FileKind], ...] = (
    ("xl/workbook.xml", "workbook"),
    ("xl/workbook.bin", "binary_workbook"),
    ("content.xml", "open_document"),
    ("Index/Document.iwa", "numbers"),
    ("Index.zip", "numbers"),
    ("word/document.xml", "word"),
)
_FIRST_SIGNS: Mapping[bytes, FileKind] = {b"<": "html", b"{": "json", b"[": "json"}
_MARKS = b"\xef\xbb\xbf\xff\xfe \t\r\n\0"
TABLE_SUFFIXES = frozenset({".csv", ".tsv", ".txt", *(one.suffix for one in TABLE_FORMATS)})
"""What the names of files end in that may hold one table."""


def is_workbook(path: Path) -> bool:
    """Tell whether a path is a file to be opened as a workbook, without reading all of it."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return file.read(len(_ZIP)) == _ZIP or path.suffix.lower() == WORKBOOK.suffix
    except (OSError, ValueError):
        return False


def find_file_kind(file: GivenFile) -> FileKind:
    """Return what a file is, by its bytes; by its name only where they could be anything.

    What is called a workbook is one unless it is known to be something else: what is wrong with it
    is for the reader of workbooks to say.
    """
    kind = _find_bytes_kind(file.data)
    suffix = PurePath(file.name).suffix.lower()
    if suffix == WORKBOOK.suffix and kind in {"archive", "unknown"}:
        return "workbook"
    is_table = suffix in TABLE_SUFFIXES and kind in {"json", "unknown"}
    return "table" if is_table else kind


def _find_bytes_kind(data: bytes) -> FileKind:
    if data.startswith(_ZIP):
        return _find_package_kind(data)
    if data.startswith(_COMPOUND):
        return "locked_workbook" if _LOCKED in data else "old_workbook"
    for beginning, kind in _BEGINNINGS:
        if data.startswith(beginning):
            return kind
    return _FIRST_SIGNS.get(data[:100].lstrip(_MARKS)[:1], "unknown")


def _find_package_kind(data: bytes) -> FileKind:
    """Return what a zip file is, by the names of what is packed in it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return "workbook"  # broken: the reader of workbooks says so
    return next((kind for member, kind in _MEMBERS if member in names), "archive")


def refuse_file(file: GivenFile, kind: FileKind) -> NoReturn:
    """Refuse a file that is not what is wanted: one fault says what it is, and what to do with it.

    Raises:
        InvalidDataError: Always.
    """
    if not file.data:
        raise InvalidDataError([Fault("empty_file", Place(file.name), Hint("kinds.empty"))])
    is_called_workbook = PurePath(file.name).suffix.lower() == WORKBOOK.suffix
    code: FaultCode = "bad_workbook" if is_called_workbook else "unread_file"
    raise InvalidDataError([Fault(code, Place(file.name), Hint(f"kinds.{kind}"))])
