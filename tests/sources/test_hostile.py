"""Input that means harm, or that a careless reader would take for something else.

Corpora of hostile files are read where they stand beside the project; a few lines of each are here.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from plfkit import Organisation, Person, Unit, from_tables, read, write
from plfkit.errors import InvalidDataError, LimitError, PlfkitError, StoreError
from plfkit.sources.formats import FORMATS

WIDE = "".join(f'x{n}="0" ' for n in range(100))
SHEET = "xl/worksheets/sheet1.xml"
NAUGHTY = (
    "undefined",
    "NULL",
    "1/0",
    "-1E+02",
    "0x0",
    "',./;'[]\\-=",
    "Ω≈ç√∫µ≤≥÷",
    "田中さんにあげて下さい",
    "﷽",
    "<script>alert(123)</script>",
    "' OR 1=1 -- 1",
    "$HOME",
    "%s%s%s%s%s",
    "../../../etc/passwd",
    "=cmd|' /C calc'!A0",
    "<r>æ</r>",
    "<r><t>x</t></r>",
    "_x0041_",
    "CON",
)


def codes_of(call: Callable[[], object]) -> list[str]:
    """The codes of the faults that a call must find."""
    with pytest.raises(InvalidDataError) as caught:
        call()
    return [fault.code for fault in caught.value.faults]


@pytest.fixture
def shared(root: Path) -> Path:
    """Where hostile corpora stand, if they do."""
    return root.parent / "shared/data/hostile"


def naughty(shared: Path) -> Iterator[str]:
    """Strings that break careless programs."""
    yield from NAUGHTY
    corpus = shared / "blns/blns.json"
    if corpus.exists():
        yield from json.loads(corpus.read_text(encoding="utf-8"))


@pytest.mark.parametrize("form", FORMATS)
def test_naughty_strings_are_kept_or_refused(shared: Path, tmp_path: Path, form: Any) -> None:
    """Each is a name like any other, or a fault; what is kept is written and read unchanged."""
    kept = []
    for number, text in enumerate(dict.fromkeys(naughty(shared))):
        try:
            Organisation.of(persons=[Person(text)])
            kept.append(Person(f"p{number}", text))
            kept.append(Person(text, text))
        except InvalidDataError as error:
            assert {fault.code for fault in error.faults} == {"invalid_value"}  # noqa: PT017
    assert len(kept) >= 2 * len(NAUGHTY)
    unique = {person.id: person for person in kept}
    organisation = Organisation.of(persons=unique.values())
    place = tmp_path / ("book.xlsx" if form == "xlsx" else "folder")
    assert read(write(organisation, place, format=form)) == organisation


def test_any_json_as_a_descriptor_is_read_or_refused(shared: Path, tmp_path: Path) -> None:
    """Hundreds of broken, deep and strange documents give data or a fault, never a traceback."""
    write(Organisation.of(persons=[Person("a")]), tmp_path)
    texts = [b"[" * 100_000, b'{"a":' * 5_000, b"\xff", b"1e999", b'{"plfkit":{"title":{}}}', b""]
    texts += [file.read_bytes() for file in sorted(shared.glob("json-testsuite/*/*.json"))]
    for text in texts:
        (tmp_path / "datapackage.json").write_bytes(text)
        try:
            assert len(read(tmp_path).persons) == 1
        except InvalidDataError as error:
            assert {fault.code for fault in error.faults} <= {"bad_descriptor", "missing_file"}  # noqa: PT017


def test_any_csv_is_read_or_refused(shared: Path, tmp_path: Path) -> None:
    """Quotes, line ends and encodings of every sort give data or faults."""
    texts = [
        b'a,"b\r\n',
        b"id\r\ra\r",
        b'id\n"a""b"\n',
        b"id\n\0\n",
        b"\xef\xbb\xbf\xef\xbb\xbfid\na\n",
    ]
    texts += [file.read_bytes() for file in sorted(shared.glob("csv-spectrum/csvs/*.csv"))]
    for text in texts:
        (tmp_path / "persons.csv").write_bytes(text)
        try:
            organisation = read(tmp_path)
            assert read(write(organisation, tmp_path / "copy")) == organisation
        except InvalidDataError as error:
            assert error.faults  # noqa: PT017 - either outcome is right


@pytest.mark.parametrize("rows", [3, 150, 5000])
def test_blank_cells(tmp_path: Path, rows: int) -> None:
    """Long columns are decoded at once: blanks among them stay missing, or are faults if required."""
    people = "".join(f"p{n},name {n}\n" for n in range(rows))
    units = "".join(f"u{n},school,\nv{n},school,u{n}\n" for n in range(rows))
    (tmp_path / "persons.csv").write_text(f"id,name\n{people}last,\n")
    (tmp_path / "units.csv").write_text(f"id,kind,parent\n{units}")
    organisation = read(tmp_path)
    assert {p.id for p in organisation.persons if p.name is None} == {"last"}
    assert sum(unit.parent is None for unit in organisation.units) == rows
    (tmp_path / "persons.csv").write_text(f"id,name\n{people},nobody\n")
    assert set(codes_of(lambda: read(tmp_path))) == {"missing_value"}


@pytest.mark.parametrize("bad", ["01-0190-1234", "p\u200b", "p\x07p", "p\x07", "x" * 10_001])
def test_one_bad_cell_in_a_long_column_is_found(tmp_path: Path, bad: str) -> None:
    """What is wrong with one of many ids is a fault at its row."""
    ids = [f"p{n}" for n in range(500)]
    ids[250] = {"01-0190-1234": "010190-1234"}.get(bad, bad)
    (tmp_path / "persons.csv").write_text("id\n" + "\n".join(ids) + "\n", encoding="utf-8")
    with pytest.raises(InvalidDataError) as caught:
        read(tmp_path)
    assert [(f.code, f.place.row) for f in caught.value.faults] == [("invalid_value", 252)]


def test_letters_are_composed_in_columns_of_any_length(tmp_path: Path) -> None:
    """Å in two spellings is one letter, and so one person."""
    ids = [f"p{n}" for n in range(500)] + ["A\u030ase"]
    (tmp_path / "persons.csv").write_text("id\n" + "\n".join(ids) + "\n", encoding="utf-8")
    assert "Åse" in {person.id for person in read(tmp_path).persons}
    (tmp_path / "persons.csv").write_text("id\nA\u030ase\nÅse\n", encoding="utf-8")
    assert codes_of(lambda: read(tmp_path)) == ["duplicate"]


@pytest.mark.parametrize(
    "text",
    [
        "0101901234",
        "010190-1234",
        "01.01.90-1234",
        "010190/1234",
        "010190--1234",
        "01 01 90 1234",
        "610190-1234",
        "".join(chr(ord("\uff10") + int(digit)) for digit in "0101901234"),
        "010190\u20111234",
        "cpr 010190 1234",
    ],
)
def test_cpr_numbers_are_found_in_every_spelling(text: str) -> None:
    """Such an id is refused, and so is such a name."""
    for person in (lambda: Person(text), lambda: Person("a", text)):
        assert codes_of(lambda person=person: Organisation.of(persons=[person()])) == [  # type: ignore[misc]
            "invalid_value"
        ]


@pytest.mark.parametrize(
    "text", ["2018-08-01", "12345678", "990190-1234", "tlf 75 82 00 00", "123456-78"]
)
def test_other_numbers_are_no_cpr_numbers(text: str) -> None:
    """Days, phone numbers and numbers that are no date of birth are fine."""
    assert Organisation.of(persons=[Person("a", text)]).persons[0].name == text


def book(path: Path, change: Callable[[str, str], str] = lambda _, text: text) -> Path:
    """A workbook with two people, each part of it changed."""
    plain = write(Organisation.of(persons=[Person("a"), Person("b", "Bo")]), path / "plain.xlsx")
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path / "book.xlsx", "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name).decode()))
    return path / "book.xlsx"


def with_rows(rows: str) -> Callable[[str, str], str]:
    """Add rows to the first sheet, as XML."""

    def change(name: str, text: str) -> str:
        return text.replace("</sheetData>", f"{rows}</sheetData>") if name == SHEET else text

    return change


@pytest.mark.parametrize(
    "rows",
    [
        "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
        '<row r = "1048576"><c r = "XFD1048576"><v>1</v></c></row>',
        '<row><c r="SF1048576"><v>1</v></c></row>',
        '<row spans="1:1" customHeight="1" ' + WIDE + 'r="1048576"><c r="XFD1048576"/></row>',
    ],
)
def test_cell_far_away(tmp_path: Path, rows: str) -> None:
    """The package is parsed, not searched: quotes, space and missing references change nothing."""
    with pytest.raises(LimitError):
        read(book(tmp_path, with_rows(rows)))


def test_the_cells_of_all_sheets_count(tmp_path: Path) -> None:
    """Many sheets that are each within the limit are together beyond it."""
    workbook = openpyxl.Workbook()
    workbook.active.title = "persons"
    for number in range(20):
        workbook.create_sheet(f"s{number}")["AL1048576"] = 1
    workbook.save(tmp_path / "book.xlsx")
    with pytest.raises(LimitError, match="cells"):
        read(tmp_path / "book.xlsx")


def test_one_long_text_in_many_cells_is_refused(tmp_path: Path) -> None:
    """A reader would copy it for each cell."""
    rows = "".join(f'<row r="{n}"><c r="B{n}" t="s"><v>0</v></c></row>' for n in range(9, 3000))

    def change(name: str, text: str) -> str:
        if name == "xl/sharedStrings.xml":
            return re.sub("<si>.*?</si>", f"<si><t>{'x' * 1_000_000}</t></si>", text, count=1)
        return with_rows(rows)(name, text)

    with pytest.raises(LimitError, match="bytes"):
        read(book(tmp_path, change))


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ('<c r="B9" t="e"><v>#DIV/0!</v></c>', "error_cell"),
        ("<c r='B9' t='e'><v>#DIV/0!</v></c>", "error_cell"),
        ('<c/><c t="e"><v>#N/A</v></c>', "error_cell"),
        ('<c r="B9"><f>1+1</f></c>', "uncomputed"),
        ('<c r="B9" t="str"><f>"a"&amp;"b"</f></c>', "uncomputed"),
    ],
)
def test_cells_taken_for_blank(tmp_path: Path, cell: str, code: str) -> None:
    """Errors, and formulas that nobody has computed, are told of at their cell."""
    path = book(tmp_path, with_rows(f'<row r="9">{cell}</row>'))
    with pytest.raises(InvalidDataError) as caught:
        read(path)
    assert (code, "persons, row 9, column B") in [
        (f.code, str(f.place)) for f in caught.value.faults
    ]


def test_merged_cells_are_faults(tmp_path: Path) -> None:
    """Only the first of them has the value."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "persons"
    for row in (["id", "name"], ["a", "Ada"], ["b", None]):
        sheet.append(row)
    sheet.merge_cells("B2:B3")
    workbook.save(tmp_path / "book.xlsx")
    assert codes_of(lambda: read(tmp_path / "book.xlsx")) == ["merged_cells"]


def test_two_sheets_of_one_name_are_refused(tmp_path: Path) -> None:
    """One of them would be passed over; a space at the end makes no other name."""

    def twice(name: str, text: str) -> str:
        if name != "xl/workbook.xml":
            return text
        return re.sub(r'(<sheet name="persons"[^>]*/>)', r"\1\1", text)

    assert codes_of(lambda: read(book(tmp_path, twice))) == ["two_sheets"]
    workbook = openpyxl.Workbook()
    for name in ("persons", "persons "):
        workbook.create_sheet(name).append(["id"])
    workbook.save(tmp_path / "other.xlsx")
    assert "two_sheets" in codes_of(lambda: read(tmp_path / "other.xlsx"))


def test_lost_nought(tmp_path: Path) -> None:
    """Excel drops the nought of 0101901234: the number is refused all the same."""
    workbook = openpyxl.Workbook()
    workbook.active.title = "persons"
    for row in (["id"], [101901234]):
        workbook.active.append(row)
    workbook.save(tmp_path / "book.xlsx")
    assert codes_of(lambda: read(tmp_path / "book.xlsx")) == ["invalid_value"]


def test_parquet_files_may_leave_columns_out(tmp_path: Path) -> None:
    """Text, numbers, and nothing at all: a file has the columns it has."""
    pq.write_table(pa.table({"id": ["a"]}), tmp_path / "persons.parquet")
    pq.write_table(pa.table({"kind": ["school"], "id": ["s"]}), tmp_path / "units.parquet")
    assert list(read(tmp_path).units) == [Unit("s", "school")]
    pq.write_table(pa.table({"id": ["a"], "name": [["x"]]}), tmp_path / "persons.parquet")
    assert codes_of(lambda: read(tmp_path)) == ["invalid_type"]


def test_long_text_held_once(tmp_path: Path) -> None:
    """A date column full of one long text is a fault, and costs no more than the text."""
    text = pa.DictionaryArray.from_arrays(
        pa.array([0] * 50_000, pa.int32()), pa.array(["x" * 400_000])
    )
    ids = pa.array([f"p{n}" for n in range(50_000)])
    pq.write_table(pa.table({"id": ids, "valid_from": text}), tmp_path / "persons.parquet")
    with pytest.raises(InvalidDataError) as caught:
        read(tmp_path)
    assert {fault.code for fault in caught.value.faults} == {"invalid_value"}


def test_a_filtered_frame_is_a_frame() -> None:
    """What pandas keeps of the rows that are gone is no column."""
    frame = pd.DataFrame({"id": ["a", "b", "c"]})
    assert len(from_tables({"persons": frame[frame["id"] != "a"]}).persons) == 2


def test_a_frame_that_cannot_be_computed_is_a_fault() -> None:
    """A lazy frame whose file is gone fails when it is read: that is told, without its contents."""
    assert codes_of(lambda: from_tables({"persons": pl.scan_csv("no-such-file.csv")})) == [
        "unreadable"
    ]


def test_messages_about_frames_hold_no_cells() -> None:
    """A name among numbers is not printed."""
    frame = pd.DataFrame({"id": [1, "Anna Hansen"]})
    with pytest.raises(InvalidDataError) as caught:
        from_tables({"persons": frame})
    assert "Anna" not in str(caught.value)


@pytest.mark.parametrize(
    "manifest", ['["../plan.txt"]', '["/plan.txt"]', "5", "[5]", "[" * 99_999, "{"]
)
def test_files_elsewhere(tmp_path: Path, manifest: str) -> None:
    """What looks like a save of ours, and is none, is neither read nor carried out."""
    (tmp_path / "plan.txt").write_text("mine")
    folder = write(Organisation.of(persons=[Person("a")]), tmp_path / "data")
    (folder / ".plfkit-committed").mkdir()
    (folder / ".plfkit-committed/files.json").write_text(manifest)
    (folder / ".plfkit-committed/plan.txt").write_text("theirs")
    assert codes_of(lambda: read(folder)) == ["no_folder"]
    with pytest.raises(StoreError, match="remove it"):
        write(Organisation.of(persons=[Person("b")]), folder)
    assert (tmp_path / "plan.txt").read_text() == "mine"


def test_a_table_that_went_missing_is_missed(tmp_path: Path) -> None:
    """The descriptor names it, so it is no table that was never there."""
    write(Organisation.of(persons=[Person("a")], units=[Unit("s", "school")]), tmp_path)
    (tmp_path / "units.csv").unlink()
    assert codes_of(lambda: read(tmp_path)) == ["missing_file"]


@pytest.mark.parametrize(
    "encoding", ["punycode", "idna", "utf-7", "unicode_escape", "rot13", "hex", "no-such", ""]
)
def test_odd_encodings_give_our_error_or_data(tmp_path: Path, encoding: str) -> None:
    """Whatever Python knows under a name, the answer is data or an error of ours."""
    (tmp_path / "persons.csv").write_bytes("id,name\na,Åse\n".encode("cp1252"))
    with pytest.raises(PlfkitError):
        read(tmp_path, encoding=encoding)


def test_million_columns(tmp_path: Path) -> None:
    """Nobody wants a million suggestions."""
    (tmp_path / "persons.csv").write_text(",".join(f"idx{n}" for n in range(1_000_000)) + "\n")
    with pytest.raises(LimitError, match="columns"):
        read(tmp_path)
    frame = pd.DataFrame([[0] * 6_000], columns=[f"idx{n}" for n in range(6_000)])
    with pytest.raises(LimitError, match="columns"):
        from_tables({"persons": frame})
