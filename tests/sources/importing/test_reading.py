"""The cells of a take: words, blanks, rows to take, ends, and what only the mapping knows."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from offices import (
    NETWORK,
    SCHOOL,
    STAFF,
    count_advice,
    list_hints,
    list_ties,
    refuse,
    take,
    write_book,
)

TITLES = "Nr,Navn,Stilling,Fra,Til,Fag,Status\n"
FULL = (
    STAFF
    + """columns.valid_from = "Fra"
columns.valid_to = "Til"
columns.subject = "Fag"
file.ignore = ["Status"]
"""
)
MOMENT = datetime(2026, 8, 1, 10, 30)  # noqa: DTZ001 - as a workbook has it
BY_STATUS = FULL.replace("file.ignore", "only.Status = { aktiv = true, orlov = false }\n#")


def list_rows(mapping: str, rows: str) -> list[tuple[Any, ...]]:
    """Return what is read of the positions of rows."""
    organisation = take(mapping, TITLES + rows)
    return [
        (row.person, row.subject, row.valid.start, row.valid.end) for row in organisation.positions
    ]


def test_ends() -> None:
    """The last day becomes the day after; the first day stays."""
    row = "1,Anne,Lærer,2026-08-01,2027-07-31,,\n"
    start, end = date(2026, 8, 1), date(2027, 7, 31)
    assert list_rows(FULL, row) == [("1", None, start, end)]
    last = FULL + "file.ends = 'last day'\n"
    assert list_rows(last, row) == [("1", None, start, date(2027, 8, 1))]


@pytest.mark.parametrize("mark", ["\u200b", "\u200e", "\u00ad"])
def test_titles_with_letters_that_nobody_sees(mark: str) -> None:
    """Programs put such marks into titles: a mapping may name them as they are."""
    mapping = FULL.replace('["Status"]', f'["Sta{mark}tus"]')
    rows = TITLES.replace("Status", f"Sta{mark}tus") + "1,Anne,Lærer,,,,\n"
    assert [one.person for one in take(mapping, rows).positions] == ["1"]


def test_words() -> None:
    """Words have their meaning in every column: as texts, as days, as none."""
    mapping = FULL + (
        'words.subject = { "Mat." = "mathematics", "-" = "none" }\n'
        'words.valid_to = { "ubegrænset" = "none", "sommer" = 2027-07-31 }\n'
        'file.dates = "day-first"\n'
    )
    rows = "1,Anne,Lærer,,Ubegrænset,mat.,\n2,Bo,Lærer,,sommer,-,\n3,Cai,Lærer,,01-08-2027,,\n"
    assert list_rows(mapping, rows) == [
        ("1", "mathematics", None, None),
        ("2", None, None, date(2027, 7, 31)),
        ("3", None, None, date(2027, 8, 1)),
    ]


def test_half_filled_words() -> None:
    """A word that its table lacks is a fault, once a row, and nothing comes out."""
    mapping = FULL + 'words.subject = { "Mat." = "mathematics" }\n'
    faults = refuse(mapping, TITLES + "1,A,Lærer,,,Mat.,\n2,B,Lærer,,,Dansk,\n3,C,Lærer,,,Dansk,\n")
    assert list_hints(faults) == ["import.unknown_word"] * 2
    assert [(f.place.row, f.place.column, f.value) for f in faults] == [
        (3, "Fag", "Dansk"),
        (4, "Fag", "Dansk"),
    ]


def test_any_word() -> None:
    """A star is any cell that is not blank, and comes after the words."""
    mapping = FULL + 'words.subject = { "Mat." = "mathematics", "*" = "other" }\n'
    rows = "1,A,Lærer,,,Mat.,\n2,B,Lærer,,,Dansk,\n3,C,Lærer,,,,\n"
    assert [row[1] for row in list_rows(mapping, rows)] == ["mathematics", "other", None]


def test_words_for_people() -> None:
    """A word may mean somebody, several, or nobody at all; other cells are looked up."""
    mapping = NETWORK + (
        'words.person = { "lederen" = "p1" }\n'
        'words.named = { "alle lærere" = ["p2", "p3"], "ingen" = "none" }\n'
    )
    export = "Navn,Hvem 1,Hvem 2\nLederen,Alle lærere,Dan Drue\nBo Birk,Ingen,p1\n"
    assert list_ties(take(mapping, export, into=SCHOOL)) == [
        ("p1", "p2", None),
        ("p1", "p3", None),
        ("p1", "p4", None),
        ("p2", "p1", None),
    ]


def test_only() -> None:
    """Rows to leave out are counted; what they hold is nobody's fault."""
    rows = "1,Anne,Lærer,,,,aktiv\n2,,Konge,i går,,,orlov\n"
    organisation = take(BY_STATUS, TITLES + rows)
    assert [row.person for row in organisation.positions] == ["1"]
    assert count_advice(organisation) == {"import.not_chosen": 1}


@pytest.mark.parametrize(
    ("cell", "hint"), [("barsel", "import.unknown_choice"), ("", "import.blank_choice")]
)
def test_only_unknown(cell: str, hint: str) -> None:
    """A new status, and a blank one, is no row to leave out until the mapping says so."""
    (fault,) = refuse(BY_STATUS, TITLES + f"1,Anne,Lærer,,,,aktiv\n2,Bo,Lærer,,,,{cell}\n")
    assert (fault.remedy.key, fault.place.row, fault.place.column) == (hint, 3, "Status")
    said = BY_STATUS.replace("orlov = false", f'orlov = false, "{cell}" = false')
    assert list_rows(said, f"1,Anne,Lærer,,,,aktiv\n2,Bo,Lærer,,,,{cell}\n")[1:] == []


def test_typed_cells() -> None:
    """A workbook's numbers, days and times are taken as they are; ids of digits keep their zeros."""
    mapping = FULL.replace("file.ignore", 'columns.fte = "Grad"\nfile.decimal = ","\nfile.ignore')
    book = write_book(
        ["Nr", "Navn", "Stilling", "Fra", "Til", "Fag", "Grad"],
        ["007", "Anne", "Lærer", MOMENT, None, None, 0.8],
        [7, "Bo", "Lærer", date(2026, 8, 1), None, 2, "0,5"],
    )
    organisation = take(mapping, book)
    assert [(row.person, row.subject, row.fte) for row in organisation.positions] == [
        ("007", None, 0.8),
        ("7", "2", 0.5),
    ]
    assert {row.valid.start for row in organisation.positions} == {date(2026, 8, 1)}


def test_serial_number() -> None:
    """A day that Excel shows as a number is no day."""
    book = write_book(["Nr", "Navn", "Stilling", "Fra", "Til", "Fag"], [1, "A", "Lærer", 46235])
    assert list_hints(refuse(FULL, book)) == ["import.day"]


@pytest.mark.parametrize(
    ("cells", "hint"),
    [("1-8-2026,", "import.dates"), ("snart,", "import.day"), (",2026-13-01", "import.dates")],
)
def test_wrong_day(cells: str, hint: str) -> None:
    """A day that is written otherwise says so, and one that is none says what else it may be."""
    assert list_hints(refuse(FULL, TITLES + f"1,Anne,Lærer,{cells},,\n")) == [hint]


def test_wrong_constant() -> None:
    """What holds for every row is read like a cell, and told as the mapping's line."""
    mapping = STAFF + 'every.valid_from = "i går"\nevery.fte = "hel"\n'
    faults = refuse(mapping, "Nr,Navn,Stilling\n1,Anne,Lærer\n")
    assert [fault.place.column for fault in faults] == ["every.fte", "every.valid_from"]


def test_personal_numbers() -> None:
    """A CPR number is never taken for an id, nor for a name."""
    for row in ("010170-1234,Anne,Lærer", "1,010170-1234,Lærer"):
        assert list_hints(refuse(STAFF, "Nr,Navn,Stilling\n" + row + "\n")) == ["cell.cpr"]
