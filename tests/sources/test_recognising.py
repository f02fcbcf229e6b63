"""Recognising: what a file is, and what to do with it, whatever it is called."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import get_args

import pytest

from plfkit import Organisation, Person, read, write
from plfkit.errors import Fault, InvalidDataError
from plfkit.hints import LANGUAGES
from plfkit.sources.given import GivenFile
from plfkit.sources.recognising import FileKind, find_file_kind, is_workbook

PEOPLE = Organisation.of(persons=[Person("a"), Person("b", "Bo")])


def pack(*members: str) -> bytes:
    """A package with members of these names."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        for member in members:
            package.writestr(member, "x")
    return data.getvalue()


COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500
OTHERS: Mapping[str, tuple[str, bytes, str]] = {
    "binary_workbook": ("liste.xlsb", pack("xl/workbook.bin"), ".xlsx"),
    "old_workbook": ("liste.xls", COMPOUND, ".xlsx"),
    "locked_workbook": (
        "liste.xlsm",
        COMPOUND + "EncryptedPackage".encode("utf-16-le"),
        "password",
    ),
    "open_document": ("liste.ods", pack("mimetype", "content.xml"), ".xlsx"),
    "numbers": ("liste.numbers", pack("Index/Document.iwa"), ".xlsx"),
    "word": ("liste.docx", pack("word/document.xml"), "Excel"),
    "archive": ("data.zip", pack("persons.csv"), "unpack"),
    "pdf": ("liste.pdf", b"%PDF-1.7\n", "Excel"),
    "spss": ("svar.sav", b"$FL2@(#) SPSS", "CSV"),
    "stata": ("svar.dta", b"<stata_dta><header>", "CSV"),
    "html": ("liste.xls", b"\xef\xbb\xbf\r\n<html><table>", ".xlsx"),
    "json": ("data.json", b' [{"id": "a"}]', "JSON Lines"),
    "table": ("persons.csv", b"id,name\na,Ada\n", "name the folder"),
    "unknown": ("liste", b"\x01\x02\x03", "CSV"),
}


def fault_of(path: Path) -> Fault:
    """The one fault of what cannot be read."""
    with pytest.raises(InvalidDataError) as caught:
        read(path)
    (fault,) = caught.value.faults
    return fault


@pytest.mark.parametrize("kind", OTHERS)
def test_other_files_say_what_they_are(tmp_path: Path, kind: str) -> None:
    """Each is told of in one fault that says what it is and what to do, in both languages."""
    name, data, words = OTHERS[kind]
    (tmp_path / name).write_bytes(data)
    fault = fault_of(tmp_path / name)
    assert (fault.code, fault.place.file) == ("unread_file", name)
    assert words in fault.hint
    assert len({fault.say(language=language) for language in LANGUAGES}) == 2


def test_every_kind_of_file_has_an_example() -> None:
    """What is recognised is tried here."""
    assert {*OTHERS, "workbook"} == {*get_args(FileKind)}


@pytest.mark.parametrize("kind", sorted(OTHERS.keys() - {"archive", "table", "unknown"}))
def test_what_is_called_a_workbook_may_be_something_else(tmp_path: Path, kind: str) -> None:
    """What is in a file counts, and a name that ends in .xlsx makes no workbook of it."""
    path = tmp_path / "liste.xlsx"
    path.write_bytes(OTHERS[kind][1])
    assert fault_of(path).code == "bad_workbook"
    assert find_file_kind(GivenFile(path.name, path.read_bytes())) == kind


@pytest.mark.parametrize(
    "name", ["book", "book.xlsm", "book.xls", "book.XLS", "book.ods", "book.csv", "2018.19"]
)
def test_a_workbook_is_read_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    """Without its suffix, or with another, it is the same workbook."""
    path = write(PEOPLE, tmp_path / "book.xlsx").rename(tmp_path / name)
    assert read(path) == PEOPLE
    assert is_workbook(path)


@pytest.mark.parametrize("name", ["nothing", "nothing.csv"])
def test_nothing_is_no_folder(tmp_path: Path, name: str) -> None:
    """A path that leads nowhere is called the folder that is missing."""
    assert fault_of(tmp_path / name).code == "no_folder"
    assert not is_workbook(tmp_path / name)
