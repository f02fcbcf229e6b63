"""Where the table stands in a file: title rows, totals, several tables, second titles, blank cells."""

from __future__ import annotations

import io
from typing import Any

import pytest
import xlsxwriter
from offices import STAFF, count_advice, list_hints, refuse, take, write_book

from plfkit import Organisation

TITLES = "Nr,Navn,Stilling\n"
ROWS = "1,Anne Ahorn,Lærer\n2,Bo Birk,Lærer\n"


def set_file(**keys: Any) -> str:
    """Return the mapping of a staff list, with what is said of its file."""
    lines = [f"{key} = {value!r}\n" for key, value in keys.items()]
    return STAFF.replace("[[take]]", "[file]\n" + "".join(lines) + "[[take]]")


def list_people(organisation: Organisation) -> list[tuple[str, str | None]]:
    """Return who there is."""
    return [(person.id, person.name) for person in organisation.persons]


PEOPLE = [("1", "Anne Ahorn"), ("2", "Bo Birk")]


@pytest.mark.parametrize("header", [3, "Nr", "nr", "N*"])
def test_rows_above(header: object) -> None:
    """The header is named by its number or by what its first filled cell holds."""
    text = "Personale,,\nudskrevet 1. august,,\n" + TITLES + ROWS
    assert list_people(take(set_file(header=header), text)) == PEOPLE


def test_header_by_itself() -> None:
    """Without a word the first row that says anything is the header, blank ones above it or not."""
    assert list_people(take(STAFF, "\n,,\n" + TITLES + ROWS)) == PEOPLE


@pytest.mark.parametrize(
    ("skip", "count"), [(["I alt"], 1), ([4], 1), (["i ALT", "*note"], 2), ([2, 3, 4, 5], 4)]
)
def test_skip(skip: list[object], count: int) -> None:
    """Totals and notes are left out as the mapping says, and counted."""
    text = TITLES + ROWS + "I alt,,2\n" + ("Fodnote,,\n" if count > 1 else "")
    organisation = take(set_file(skip=skip), text)
    assert list_people(organisation) == ([] if count == 4 else PEOPLE)
    assert count_advice(organisation)["import.skipped"] == count


def test_total_not_skipped() -> None:
    """A total that the mapping does not name is no person: its title must say something."""
    faults = refuse(STAFF, TITLES + ROWS + "I alt,,\n")
    assert [fault.place.row for fault in faults] == [4]


@pytest.mark.parametrize("until", [4, "Kurser", "kurs*"])
def test_until(until: object) -> None:
    """The table ends above the row that no longer belongs to it."""
    text = TITLES + ROWS + "Kurser,,\nDato,Sted,Antal\n1,2,3\n"
    assert list_people(take(set_file(until=until), text)) == PEOPLE


def test_several_tables() -> None:
    """Each take names the table that it reads, in one file."""
    units = STAFF.replace("nord", "syd").replace("Nord", "Syd").replace("schema_version = 1\n", "")
    head, second = units.split("[[take]]")
    text = (
        STAFF.replace("[[take]]", head + "[[take]]\nfile.header = 'Nr'\nfile.until = 'Syd'")
        + "[[take]]\nfile.header = 'Nummer'\n"
        + second.replace('"Nr"', '"Nummer"')
    )
    export = TITLES + "1,Anne Ahorn,Lærer\nSyd,,\nNummer,Navn,Stilling\n2,Bo Birk,Lærer\n"
    organisation = take(text, export)
    assert [(row.person, row.unit) for row in organisation.positions] == [
        ("1", "nord"),
        ("2", "syd"),
    ]


def test_cells() -> None:
    """A table beside another one is named by its columns."""
    book = write_book(
        ["Nr", "Navn", "Stilling", None, "Nr"], [1, "Anne Ahorn", "Lærer", None, "andet"]
    )
    assert list_people(take(set_file(cells="A:C"), book)) == PEOPLE[:1]
    assert list_people(take(set_file(cells=" a : c "), book)) == PEOPLE[:1]


@pytest.mark.parametrize("cells", ["A", "C:A", "A1:C2", "A:B:C", "1:3", ":"])
def test_wrong_cells(cells: str) -> None:
    """Columns are named by letters, the left one first; rows are not named here."""
    assert list_hints(refuse(set_file(cells=cells), TITLES + ROWS)) == ["import.cells"]


def test_labels() -> None:
    """A second row of titles names columns as well as the first does, also to ignore them."""
    text = "Q1,Q2,Q3,Q4\nNr,Navn,Stilling,Bemærkning\n" + "1,Anne Ahorn,Lærer,x\n"
    mapping = set_file(labels=2, ignore=["Bemærk*"]).replace('"Navn"', '"Q2"')
    assert list_people(take(mapping, text)) == PEOPLE[:1]
    assert not count_advice(take(mapping, text))


def test_labels_in_the_header() -> None:
    """The row of titles is no second row of titles."""
    faults = refuse(set_file(labels=1), TITLES + ROWS)
    assert list_hints(faults) == ["import.no_row"]


@pytest.mark.parametrize("key", ["header", "labels"])
@pytest.mark.parametrize("row", [9, "Nummer"])
def test_no_such_row(key: str, row: object) -> None:
    """A row that the file does not have is told, with the nearest one."""
    (fault,) = refuse(set_file(**{key: row}), TITLES + ROWS)
    assert fault.remedy.key == "import.no_row"
    assert str(row) in fault.say(language="da")


@pytest.mark.parametrize("text", ["", "\n\n", ",,\n"])
def test_nothing(text: str) -> None:
    """A file that says nothing is refused."""
    assert [fault.code for fault in refuse(STAFF, text)] == ["empty_file"]


def test_empty_cells() -> None:
    """What the mapping calls empty is blank, typed or not."""
    mapping = set_file(empty=["-", "0", "ukendt"]) + 'columns.fte = "Grad"\n'
    titles = ["Nr", "Navn", "Stilling", "Grad"]
    book = write_book(titles, [1, "Anne Ahorn", "Lærer", 0], [2, "-", "Lærer", 1])
    organisation = take(mapping, book)
    assert list_people(organisation) == [("1", "Anne Ahorn"), ("2", None)]
    assert [row.fte for row in organisation.positions] == [None, 1]


def write_merged(row: int) -> bytes:
    """Return a workbook with two cells merged in a row."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as book:
        page = book.add_worksheet()
        page.write_row(1, 0, ["Nr", "Navn", "Stilling"])
        page.write_row(2, 0, [1, "Anne Ahorn", "Lærer"])
        page.merge_range(row, 1, row, 2, "Lærer")
    return data.getvalue()


def test_merged_cells() -> None:
    """Merged cells do no harm above the table, and are refused within it."""
    mapping = set_file(header="Nr")
    assert list_people(take(mapping, write_merged(0))) == PEOPLE[:1]
    assert [fault.code for fault in refuse(mapping, write_merged(3))][:1] == ["merged_cells"]


def test_sheets() -> None:
    """Of several sheets the mapping names one, and is told which there are."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as book:
        book.add_worksheet("Forside").write(0, 0, "Hej")
        page = book.add_worksheet("Personale 26")
        page.write_row(0, 0, ["Nr", "Navn", "Stilling"])
        page.write_row(1, 0, [1, "Anne Ahorn", "Lærer"])
    (fault,) = refuse(STAFF, data.getvalue())
    assert "Personale 26" in fault.say(language="da")
    assert list_people(take(set_file(sheet="Personale *"), data.getvalue())) == PEOPLE[:1]


@pytest.mark.parametrize(
    "row", ['1,"Anne" Ahorn,Lærer', "1,Anne Ahorn,Lærer,x,y", '1,"Anne Ahorn,Lærer']
)
def test_broken_rows(row: str) -> None:
    """A row that cannot be read is told, and nothing comes out without it."""
    assert {fault.code for fault in refuse(STAFF, TITLES + ROWS + row + "\n")} & {
        "bad_csv",
        "row_width",
    }


def test_separators() -> None:
    """A line sep=; is skipped; a header that is separated otherwise is told."""
    text = (TITLES + ROWS).replace(",", ";")
    assert list_people(take(STAFF, "sep=;\n" + text)) == PEOPLE
    assert list_people(take(set_file(delimiter=";"), "\ufeff" + text)) == PEOPLE
    assert list_hints(refuse(STAFF, text)) == ["export.delimiter"]


def test_encodings() -> None:
    """A mark tells its own encoding; any other is as the mapping says."""
    text = TITLES + "1,Åse Ørn,Lærer\n"
    for encoding in ("utf-8-sig", "utf-16"):
        assert list_people(take(STAFF, text.encode(encoding))) == [("1", "Åse Ørn")]
    assert list_people(take(set_file(encoding="cp1252"), text.encode("cp1252")))
    assert list_hints(refuse(STAFF, text.encode("cp1252"))) == ["export.encoding"]
    assert [f.code for f in refuse(set_file(encoding="cp1252"), text)] == ["encoding"]
