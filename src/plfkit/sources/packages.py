"""A look into a workbook's package before anything unpacks it.

An .xlsx file is a zip of XML files. Hostile ones unpack to many times their size, nest entities, or
name a single cell in the last row and column so that a reader makes room for billions. All of that
is refused here, from the packed bytes, before a reader of workbooks sees them.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from posixpath import normpath
from xml.etree import ElementTree as ET

from attrs import frozen

from plfkit.errors import Fault, InvalidDataError, Place
from plfkit.sources.limits import Limits

_SMALL = 50_000_000
"""Unpacked bytes below which the ratio does not matter."""
_BLOCK = 1 << 20
_OVERLAP = 64
_DECLARATION = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_ROW = re.compile(rb'<row\b[^>]*?\sr="([0-9]{1,9})"')
_WIDE = re.compile(rb'<c\b[^>]*?\sr="([A-Z]{2,})[0-9]+"')
_ERROR = re.compile(rb'<c\b(?=[^>]*?\st="e")[^>]*?\sr="([A-Z]+)([0-9]+)"')
_NARROW = 26
_SHEET = "xl/worksheets/"
_RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@frozen
class Package:
    """What a look into a workbook found.

    Attributes:
        errors: The cells that hold an error such as #DIV/0!, by the name of their sheet.
    """

    errors: Mapping[str, tuple[str, ...]]


def look_into(data: bytes, file: str, limits: Limits) -> Package:
    """Look into a workbook before it is unpacked.

    Args:
        data: The file's bytes.
        file: What it is called in faults.
        limits: How much it may hold.

    Raises:
        InvalidDataError: It is no workbook, or one that is made to do harm.
        LimitError: It is too large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _hold_sizes(package, len(data), file, limits)
            errors: dict[str, tuple[str, ...]] = {}
            for member in package.infolist():
                errors[member.filename] = _look_at(package, member, file, limits)
            names = _sheet_names(package)
    except (zipfile.BadZipFile, zlib.error, ET.ParseError, KeyError, ValueError, EOFError) as error:
        raise _refusal(
            file, "this is no Excel workbook that can be read: save it as .xlsx"
        ) from error
    except (NotImplementedError, RuntimeError, OSError) as error:
        hint = (
            "the workbook is protected or packed in an unusual way: save it as .xlsx without that"
        )
        raise _refusal(file, hint) from error
    return Package(
        {names[path]: found for path, found in errors.items() if path in names and found}
    )


def _refusal(file: str, hint: str) -> InvalidDataError:
    return InvalidDataError([Fault("bad_workbook", Place(file), hint)])


def _hold_sizes(package: zipfile.ZipFile, packed: int, file: str, limits: Limits) -> None:
    unpacked = sum(member.file_size for member in package.infolist())
    limits.hold("bytes", unpacked, file)
    if unpacked > _SMALL:
        limits.hold("ratio", unpacked // max(packed, 1), file)


def _look_at(
    package: zipfile.ZipFile, member: zipfile.ZipInfo, file: str, limits: Limits
) -> tuple[str, ...]:
    """Read one member in blocks; return its cells that hold an error, if it is a sheet."""
    rows = columns = 0
    errors: list[str] = []
    for block in _blocks(package, member):
        if _DECLARATION.search(block) or b"<\0!\0" in block or b"\0<\0!" in block:
            raise _refusal(file, "the workbook declares XML entities, which plfkit does not read")
        if member.filename.startswith(_SHEET):
            rows = max([rows, *(int(number) for number in _ROW.findall(block))])
            columns = max([columns, *(_number(letters) for letters in set(_WIDE.findall(block)))])
            errors += [(a + b).decode("ascii") for a, b in _ERROR.findall(block)]
            limits.hold("columns", columns, file)
            limits.hold("cells", rows * max(columns, _NARROW), file)
    return tuple(dict.fromkeys(errors))


def _blocks(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield a member in blocks that overlap, so that nothing is cut in two unseen."""
    end = b""
    with package.open(member) as stream:
        while block := stream.read(_BLOCK):
            yield end + block
            end = block[-_OVERLAP:]


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters[:4]:
        number = number * 26 + letter - 64
    return number


def _sheet_names(package: zipfile.ZipFile) -> dict[str, str]:
    """Return the name of each sheet by its path in the package."""
    book = ET.fromstring(package.read("xl/workbook.xml"))  # noqa: S314 - looked at above
    related = ET.fromstring(package.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 - the same
    targets = {relation.get("Id"): relation.get("Target", "") for relation in related}
    return {
        normpath(f"xl/{target}" if not target.startswith("/") else target[1:]): name
        for sheet in book.iter()
        if sheet.tag.endswith("}sheet")
        for name in [sheet.get("name", "")]
        for target in [targets.get(sheet.get(_RELATED), "")]
    }
