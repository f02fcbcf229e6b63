"""Hostile and broken files are refused before they cost anything."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from searching import search

from plfkit import Limits, Organisation, Person, Tie, from_tables, read, write
from plfkit.errors import Fault, InvalidDataError, LimitError, PlfkitError

PANDAS: Any = import_module("pandas")
PYARROW: Any = import_module("pyarrow")
PARQUET: Any = import_module("pyarrow.parquet")
SHEET = "xl/worksheets/sheet1.xml"
PEOPLE = Organisation.of(
    persons=[Person("a", "Ada"), Person("b"), Person("c")], ties=[Tie("a", "b", "advice")]
)
BOMB = '<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><b>&b;&b;</b>'
EXTERNAL = '<!DOCTYPE e SYSTEM "file:///etc/hostname"><e/>'
CORPUS = Path(__file__).parents[3] / "shared/data/hostile/xml-attacks-defusedxml"
ATTACKS = {
    "bomb": BOMB.encode(),
    "external": EXTERNAL.encode(),
    "entity-alone": b'<!ENTITY a "b">',
    "small-letters": BOMB.lower().encode(),
    "utf-16": f'<?xml version="1.0" encoding="utf-16"?>{BOMB}'.encode("utf-16"),
    "utf-16-le": BOMB.encode("utf-16-le"),
    "utf-16-be": BOMB.encode("utf-16-be"),
    "utf-16-le-at-once": EXTERNAL.encode("utf-16-le"),
    "utf-16-be-at-once": EXTERNAL.encode("utf-16-be"),
    "across-blocks": b" " * (2**20 - 5) + EXTERNAL.encode(),
} | {
    file.name: file.read_bytes()
    for file in sorted(CORPUS.glob("*.xml"))
    if b"<!DOCTYPE" in file.read_bytes()
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A workbook of three people and a tie."""
    return write(PEOPLE, tmp_path / "book.xlsx")


def members(path: Path) -> dict[str, bytes]:
    """The files inside a workbook."""
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


NO_XML = {"entity-alone", "small-letters"}
"""Attacks that no parser of XML takes for any: refused as such."""


def pack(path: Path, files: Mapping[str, bytes]) -> Path:
    """Pack files into a workbook."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            package.writestr(name, data)
    return path


def with_cells(path: Path, cells: str) -> Path:
    """Add rows to the first sheet, as XML."""
    files = members(path)
    files[SHEET] = files[SHEET].replace(b"</sheetData>", f"{cells}</sheetData>".encode())
    return pack(path, files)


def fault_of(path: Path) -> Fault:
    """Read a workbook that must be refused as a whole."""
    with pytest.raises(InvalidDataError) as caught:
        read(path)
    (fault,) = caught.value.faults
    return fault


def test_ordinary_package(path: Path) -> None:
    """What the other tests break is whole to begin with: packed anew it reads the same."""
    assert read(path) == PEOPLE
    assert read(pack(path, members(path))) == PEOPLE
    assert read(with_cells(path, '<row r="1000000"/>')) == PEOPLE


def test_zip_bomb(path: Path) -> None:
    """A zip bomb is refused by its ratio; what is declared is enough, nothing is unpacked."""
    pack(path, members(path) | {"xl/media/image1.png": b" " * 60_000_000})
    with pytest.raises(LimitError, match="ratio are more than the 100"):
        read(path)
    assert read(path, limits=Limits(ratio=100_000)) == PEOPLE


def test_declared_too_large(path: Path) -> None:
    """Three declared gigabytes are refused, whatever is there."""
    files = members(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            package.writestr(name, data)
        package.getinfo(SHEET).file_size = 3_000_000_000
    with pytest.raises(LimitError, match="bytes are more than the 2,000,000,000"):
        read(path)


def test_a_package_that_lies_about_its_size_is_refused(path: Path) -> None:
    """A member that holds more than it declares is no member that can be read."""
    files = members(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            package.writestr(name, data)
        package.getinfo(SHEET).file_size = 100
    assert fault_of(path).code == "bad_workbook"


@pytest.mark.parametrize(
    ("cell", "limit"),
    [
        ("XFD1048576", "columns"),
        ("XFD4", "columns"),
        ("SF1048576", "cells"),
        ("AO1000000", "cells"),
    ],
)
def test_one_cell_far_away_is_refused(path: Path, cell: str, limit: str) -> None:
    """A reader would make room for all cells up to it; none is made."""
    row = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    with_cells(path, f'<row r="{row}"><c r="{cell}"><v>1</v></c></row>')
    with pytest.raises(LimitError, match=rf"Limits\({limit}=…\)"):
        read(path)


@pytest.mark.parametrize("attack", sorted(ATTACKS))
@pytest.mark.parametrize(
    "member", [SHEET, "xl/workbook.xml", "xl/sharedStrings.xml", "docProps/app.xml", "xl/more.bin"]
)
def test_declared_entities_are_refused_in_every_member(
    path: Path, member: str, attack: str
) -> None:
    """No document type and no entity is read, in any encoding, wherever it stands."""
    fault = fault_of(pack(path, members(path) | {member: ATTACKS[attack]}))
    assert (fault.code, fault.place.file) == ("bad_workbook", "book.xlsx")
    assert "entities" in fault.hint or attack in NO_XML


def _encrypted(data: bytes) -> bytes:
    """Set the mark of encryption on the first member, in both places."""
    changed = bytearray(data)
    changed[data.index(b"PK\3\4") + 6] |= 1
    changed[data.index(b"PK\1\2") + 8] |= 1
    return bytes(changed)


def _garbled(data: bytes) -> bytes:
    """Make what is packed in the first member impossible to unpack."""
    name = members_of(data)[0]
    start = data.index(name) + len(name)
    return data[:start] + b"\xff" * 20 + data[start + 20 :]


def members_of(data: bytes) -> list[bytes]:
    """The names of the files inside a workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return [name.encode() for name in package.namelist()]


def _packed_by(method: int) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        changed = bytearray(data)
        changed[data.index(b"PK\3\4") + 8] = method
        changed[data.index(b"PK\1\2") + 10] = method
        return bytes(changed)

    return change


@pytest.mark.parametrize(
    "change",
    [
        lambda _: b"",
        lambda _: b"id,name\na,Ada\n",
        lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000,
        lambda _: b"PK\5\6" + b"\0" * 18,
        lambda data: data[:-1],
        lambda data: data[: len(data) // 2],
        lambda data: data[30:],
        lambda data: data.replace(b"sheet1.xml", b"sheet9.xml", 1),
        _garbled,
        _encrypted,
        _packed_by(9),
        _packed_by(99),
    ],
    ids=[
        "empty",
        "text",
        "old-or-protected",
        "empty-zip",
        "last-byte-missing",
        "half",
        "beginning-missing",
        "names-differ",
        "garbled",
        "encrypted",
        "deflate64",
        "unknown-method",
    ],
)
def test_what_is_no_workbook_is_refused(path: Path, change: Callable[[bytes], bytes]) -> None:
    """Broken, cut off, protected or something else: one fault that says what to do."""
    path.write_bytes(change(path.read_bytes()))
    fault = fault_of(path)
    assert (fault.code, fault.place.file) == ("bad_workbook", "book.xlsx")
    assert "save it" in fault.hint


@pytest.mark.parametrize("data", [None, b"", b"<", b"<a>", b"\xff\xfe"])
@pytest.mark.parametrize("member", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", SHEET])
def test_a_workbook_without_its_parts_is_refused(
    path: Path, member: str, data: bytes | None
) -> None:
    """A package that lacks a part, or has one that is no XML, is refused."""
    files = members(path)
    del files[member]
    pack(path, files if data is None else files | {member: data})
    with pytest.raises(InvalidDataError):
        read(path)


@pytest.mark.parametrize("junk", [b"x", b"\x0c", b"&lt;", b"\xc2\xa0", b"x<!DOCTYPE a>"])
def test_nothing_may_stand_before_a_sheet_s_first_tag(path: Path, junk: bytes) -> None:
    """Readers pass over it, so a look that stopped there would see none of the sheet."""
    files = members(with_cells(path, '<row r="9"><c r="A9" t="e"><v>#N/A</v></c></row>'))
    body = files[SHEET][files[SHEET].index(b"<worksheet") :]
    assert fault_of(pack(path, files | {SHEET: junk + body})).code == "bad_workbook"
    other = files["xl/_rels/workbook.xml.rels"].replace(b"worksheets/sheet1.xml", b"xl/one.bin")
    del files[SHEET]
    pack(path, files | {"xl/one.bin": junk + body, "xl/_rels/workbook.xml.rels": other})
    assert fault_of(path).code == "bad_workbook"


@search(150)
@given(data=st.binary(max_size=300), start=st.sampled_from([b"", b"PK\3\4", b"PK\5\6"]))
def test_any_bytes_are_refused_as_a_workbook(
    tmp_path_factory: pytest.TempPathFactory, start: bytes, data: bytes
) -> None:
    """Whatever the bytes, there is a fault and never a traceback."""
    path = tmp_path_factory.mktemp("bytes") / "book.xlsx"
    path.write_bytes(start + data)
    assert fault_of(path).code == "bad_workbook"


@search(100)
@given(data=st.data())
def test_changed_bytes(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """A damaged download ends in data or in our error."""
    path = write(PEOPLE, tmp_path_factory.mktemp("damaged") / "book.xlsx")
    damaged = bytearray(path.read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(damaged) - 1), max_size=3)):
        damaged[place] = data.draw(st.integers(0, 255))
    path.write_bytes(bytes(damaged[: data.draw(st.integers(1, len(damaged)))]))
    try:
        assert isinstance(read(path), Organisation)
    except PlfkitError as error:
        assert str(error)  # noqa: PT017 - either outcome is right


@pytest.mark.parametrize(
    ("name", "most"), [("bytes", 5_000), ("rows", 3), ("columns", 1), ("cells", 60), ("ratio", 1)]
)
def test_lowered_limits_of_a_workbook_hold(path: Path, name: str, most: int) -> None:
    """Each limit is looked at; the error names it, the file or sheet, and how to raise it."""
    more = {"xl/media/a.txt": b" " * 50_000_001} if name == "ratio" else {}
    wide = '<row r="9"><c r="AB9"><v>1</v></c></row>' if name in {"columns", "cells"} else ""
    pack(with_cells(path, wide), members(with_cells(path, wide)) | more)
    with pytest.raises(LimitError) as caught:
        read(path, limits=Limits(**{name: most}))
    fault = caught.value.fault
    assert fault.code == "limit"
    assert fault.place.file in {"book.xlsx", "persons"}
    assert f"more than the {most:,} " in fault.hint
    assert f"limits=Limits({name}=…)" in fault.hint


def test_a_file_that_is_too_large_is_not_even_opened(path: Path) -> None:
    """The size on disk is looked at first, whatever the file holds."""
    path.write_bytes(b"no workbook at all")
    with pytest.raises(LimitError, match="bytes are more than the 10 "):
        read(path, limits=Limits(bytes=10))


def test_parquet_bomb(tmp_path: Path) -> None:
    """A few kilobytes of Parquet that unpack to megabytes are refused by the size they declare."""
    table = PYARROW.table({"id": ["a"] * 200, "name": ["x" * 10_000] * 200})
    file = tmp_path / "persons.parquet"
    PARQUET.write_table(table, file, use_dictionary=False, compression="gzip")
    assert file.stat().st_size < 100_000
    with pytest.raises(LimitError, match=r"^persons.parquet: .*Limits\(bytes=…\)"):
        read(tmp_path, limits=Limits(bytes=100_000))


@pytest.mark.parametrize("format_", ["csv", "parquet"])
@pytest.mark.parametrize(("name", "most"), [("bytes", 20), ("rows", 2)])
def test_lowered_limits_of_a_folder_hold(
    tmp_path: Path, format_: Any, name: str, most: int
) -> None:
    """Files are refused by their size and by their rows; at the limit they are read."""
    folder = write(PEOPLE, tmp_path / "folder", format=format_)
    with pytest.raises(LimitError) as caught:
        read(folder, limits=Limits(**{name: most}))
    assert caught.value.fault.place.file in {f"persons.{format_}", f"ties.{format_}"}
    assert f"limits=Limits({name}=…)" in str(caught.value)
    largest = max(file.stat().st_size for file in folder.iterdir())
    assert read(folder, limits=Limits(rows=3, bytes=2 * largest)) == PEOPLE


def test_lowered_limits_of_frames_hold() -> None:
    """Frames are counted too."""
    table = {"persons": PANDAS.DataFrame({"id": ["a", "b", "c"], "name": ["Ada", None, None]})}
    assert from_tables(table, limits=Limits(rows=3, columns=2)).persons == PEOPLE.persons
    for name, most in (("rows", 2), ("columns", 1)):
        with pytest.raises(LimitError, match=rf"^persons: .*Limits\({name}=…\)"):
            from_tables(table, limits=Limits(**{name: most}))
