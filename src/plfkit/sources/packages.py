"""A look into a workbook's package before anything unpacks it.

An .xlsx file is a zip of XML files. Hostile ones unpack to many times their size, declare entities,
or name a single cell in the last row and column, so that a reader makes room for billions. Readers of
workbooks also pass over what plfkit must not: cells that hold an error, formulas that nobody has
computed, merged cells. All of that is found here, with a parser and before a reader sees the file.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from posixpath import basename, normpath
from xml.etree import ElementTree as ET
from xml.parsers import expat

from attrs import Factory, define, frozen

from plfkit.errors import Fault, InvalidDataError, Place
from plfkit.faults import FaultCode
from plfkit.hints import Hint
from plfkit.sources.limits import Limits
from plfkit.sources.references import parse_reference, spell_column

_SMALL = 50_000_000
"""Unpacked bytes below which the ratio does not matter."""
_BLOCK_BYTES = 1 << 20
_BEFORE = b" \t\r\n\0\xef\xbb\xbf\xfe\xff"
"""What may stand before the first tag: space, byte order marks, halves of wide letters."""
_XML = (".xml", ".rels")
_STRINGS = "xl/sharedStrings.xml"
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    ET.ParseError,
    expat.ExpatError,
    EOFError,
    LookupError,
    ValueError,
)


@frozen
class Package:
    """What a look into a workbook found.

    Attributes:
        sheets: The names of its sheets, in order.
        faults: Cells that a reader would silently take for blank.
    """

    sheets: tuple[str, ...]
    faults: tuple[Fault, ...]


def look_into_package(data: bytes, file: str, limits: Limits) -> Package:
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
            _limit_package_size(package, len(data), file, limits)
            return _scan_package(package, file, limits)
    except _BROKEN as error:
        raise _build_refusal(file, "none") from error
    except (NotImplementedError, RuntimeError, OSError) as error:
        raise _build_refusal(file, "protected") from error


def _build_refusal(file: str, why: str) -> InvalidDataError:
    return InvalidDataError([Fault("bad_workbook", Place(file), Hint(f"workbook.{why}"))])


def _limit_package_size(package: zipfile.ZipFile, packed: int, file: str, limits: Limits) -> None:
    members = package.infolist()
    if len({member.filename for member in members}) < len(members):
        raise _build_refusal(file, "two_parts")
    unpacked = sum(member.file_size for member in members)
    limits.hold("bytes", unpacked, file)
    if unpacked > _SMALL:
        limits.hold("ratio", unpacked // max(packed, 1), file)


def _scan_package(package: zipfile.ZipFile, file: str, limits: Limits) -> Package:
    looks = {name: _scan_part(package, name, file) for name in package.namelist()}
    sheets = _read_sheet_paths(package)
    names = dict(sheets)
    read = {basename(path).lower() for path in names}
    for path, look in looks.items():
        # A reader passes over what stands before the first tag; then nothing here would be seen.
        if look.is_other and (basename(path).lower() in read or path.lower().endswith(_XML)):
            raise _build_refusal(file, "no_xml")
    cells = 0
    for look in looks.values():
        limits.hold("columns", look.columns, file)
        cells += look.rows * look.columns
        limits.hold("cells", cells, file)
    _limit_shared_texts(package, looks, file, limits)
    faults = [
        Fault(
            fault.code,
            Place(names.get(path, file), fault.place.row, fault.place.column),
            fault.remedy,
        )
        for path, look in looks.items()
        for fault in look.faults
    ]
    return Package(tuple(name for _, name in sheets), tuple(faults))


@define
class _PartScan:
    """What one part of the package holds, counted while it is parsed."""

    rows: int = 0
    columns: int = 0
    strings: int = 0
    faults: list[Fault] = Factory(list)
    row: int = 0
    column: int = 0
    is_formula: bool = False
    is_computed: bool = False
    is_text: bool = False
    is_value: bool = False
    is_other: bool = False
    has_begun: bool = False
    text_length: int = 0
    longest_text: int = 0

    def start_tag(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.has_begun = True
        name = tag.rpartition(":")[2] if ":" in tag else tag
        if name == "c":
            self._start_cell(attributes)
        elif name == "v":  # a cell has a value each: these two are nearly all tags of a sheet
            self.is_value = self.is_formula
            self.is_computed = self.is_text
        elif name == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.column = 0
            self.rows = max(self.rows, self.row)
        elif name == "f":
            self.is_formula = True
        elif name == "si":  # one of the texts that cells share
            self.text_length = 0
        elif name == "mergeCell":
            self._add_fault(
                "merged_cells",
                *parse_reference(attributes.get("ref", "").partition(":")[0]),
                Hint("workbook.merged"),
            )

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        reference, type_ = attributes.get("r"), attributes.get("t")
        if reference is None:
            self.column += 1
        else:
            self.column, self.row = parse_reference(reference)
        if self.row > self.rows:  # noqa: PLR1730 - a call of max for each cell is dear
            self.rows = self.row
        if self.column > self.columns:  # noqa: PLR1730 - the same
            self.columns = self.column
        self.strings += type_ == "s"
        self.is_formula = self.is_computed = False
        # A formula whose result is the empty text has an empty value, and says that it is text.
        self.is_text = type_ == "str"
        if type_ == "e":
            self._add_fault("error_cell", self.column, self.row, Hint("workbook.error_cell"))

    def add_text(self, text: str) -> None:
        self.is_computed = self.is_computed or (self.is_value and bool(text.strip()))
        # Space between two texts counts with the first: at the most they are that long.
        self.text_length += len(text)
        if self.text_length > self.longest_text:  # noqa: PLR1730 - the same
            self.longest_text = self.text_length

    def end_tag(self, tag: str) -> None:
        self.is_value = False
        if self.is_formula and tag.rpartition(":")[2] == "c":
            if not self.is_computed:
                self._add_fault("uncomputed", self.column, self.row, Hint("workbook.uncomputed"))
            self.is_formula = False

    def _add_fault(self, code: FaultCode, column: int, row: int, hint: Hint) -> None:
        self.faults.append(Fault(code, Place("", row, spell_column(column)), hint))


def _scan_part(package: zipfile.ZipFile, name: str, file: str) -> _PartScan:
    """Parse one part; parts that are no XML, such as pictures, are passed over."""
    look = _PartScan()
    parser = expat.ParserCreate()
    parser.StartElementHandler = look.start_tag
    parser.EndElementHandler = look.end_tag
    parser.CharacterDataHandler = look.add_text
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise _build_refusal(file, "entities")

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    for number, block in enumerate(_read_part_blocks(package, name)):
        if number == 0 and block.strip(_BEFORE)[:1] not in {b"<", b""}:
            look.is_other = True
            return look
        parser.Parse(block, False)  # noqa: FBT003 - expat takes it so
    if look.has_begun:
        parser.Parse(b"", True)  # noqa: FBT003 - the same
    return look


def _read_part_blocks(package: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with package.open(name) as stream:
        while block := stream.read(_BLOCK_BYTES):
            yield block


def _limit_shared_texts(
    package: zipfile.ZipFile, looks: Mapping[str, _PartScan], file: str, limits: Limits
) -> None:
    """Refuse a few long texts that many cells share: each cell would get a copy."""
    if _STRINGS not in looks:
        return
    most = looks[_STRINGS].longest_text
    used = sum(look.strings for look in looks.values())
    if most * used > limits.bytes:
        lengths = [len(text) for text in _read_shared_texts(package)]
        limits.hold("bytes", sum(lengths[n] for n in _read_text_numbers(package, looks)), file)


def _read_shared_texts(package: zipfile.ZipFile) -> Iterator[str]:
    """Yield the shared texts, phonetic hints and all."""
    with package.open(_STRINGS) as stream:
        for _, element in ET.iterparse(stream):  # noqa: S314 - looked at before
            if element.tag.rpartition("}")[2] == "si":
                yield "".join(element.itertext())
                element.clear()


def _read_text_numbers(package: zipfile.ZipFile, looks: Mapping[str, _PartScan]) -> Iterator[int]:
    """Yield the number of the shared text of each cell that has one."""
    for name, look in looks.items():
        if not look.strings:
            continue
        with package.open(name) as stream:
            for _, element in ET.iterparse(stream):  # noqa: S314 - looked at before
                if element.tag.rpartition("}")[2] == "c":
                    if element.get("t") == "s":
                        yield int("".join(element.itertext()))
                    element.clear()


def _read_sheet_paths(package: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Return the path in the package and the name of each sheet."""
    book = ET.fromstring(package.read("xl/workbook.xml"))  # noqa: S314 - looked at before
    related = ET.fromstring(package.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 - the same
    targets = {relation.get("Id"): relation.get("Target", "") for relation in related}
    found = []
    for sheet in book.iter():
        if sheet.tag.rpartition("}")[2] == "sheet":
            key = next((v for k, v in sheet.attrib.items() if k.endswith("}id")), None)
            target = targets.get(key, "")
            path = target[1:] if target.startswith("/") else f"xl/{target}"
            found.append((normpath(path), sheet.get("name", "")))
    return found
