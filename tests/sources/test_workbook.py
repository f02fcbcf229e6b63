"""Workbooks: cells of every type are what they mean, and nothing goes missing in silence."""

from __future__ import annotations

import csv
import sys
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

from plfkit import Organisation, Outcome, Period, Person, Unit, read, write
from plfkit.errors import Fault, InvalidDataError, MissingExtraError
from plfkit.model.records.rows import NATIVE_ROWS
from plfkit.model.records.schema import find_column_spec

XLSXWRITER: Any = import_module("xlsxwriter")
OPENPYXL: Any = import_module("openpyxl")
EVENTS = ["id", "kind", "date"]
Rows = Sequence[Sequence[Any]]


@frozen
class Formula:
    """A formula, and the value that was computed when the workbook was saved."""

    text: str
    value: Any


def book(path: Path, **sheets: Rows) -> Path:
    """Write a workbook: text as text, numbers as numbers, days as days; None is left out."""
    with XLSXWRITER.Workbook(path) as workbook:
        day = workbook.add_format({"num_format": "dd-mm-yyyy"})
        for name, rows in {"persons": [["id"], ["a"]], **sheets}.items():
            page = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    _write_cell(page, (number, column), cell, day)
    return path


def _write_cell(page: Any, at: tuple[int, int], cell: Any, day: Any) -> None:
    if isinstance(cell, Formula):
        page.write_formula(*at, cell.text, None, cell.value)
    elif isinstance(cell, str):
        page.write_string(*at, cell)
    elif isinstance(cell, date | time | timedelta):
        page.write_datetime(*at, cell, day)
    elif cell is not None:
        page.write(*at, cell)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a workbook is written."""
    return tmp_path / "book.xlsx"


def faults_of(path: Path) -> list[Fault]:
    """Read what must not be accepted."""
    with pytest.raises(InvalidDataError) as caught:
        read(path)
    return list(caught.value.faults)


def told(path: Path) -> list[tuple[str, str]]:
    """The code and the place of every fault."""
    return [(fault.code, str(fault.place)) for fault in faults_of(path)]


def typed(table: str, column: str, text: str) -> Any:
    """A cell of a CSV file as somebody would enter it into a sheet."""
    makers: dict[str, Callable[[str], Any]] = {
        "date": date.fromisoformat,
        "number": float,
        "integer": int,
        "boolean": lambda word: word == "yes",
    }
    make = makers.get(find_column_spec(NATIVE_ROWS[table], column).codec.name, str)
    return make(text) if text else None


@pytest.mark.parametrize("cell", [typed, lambda _table, _column, text: text], ids=["typed", "text"])
def test_workbook_as_csv(path: Path, example: Path, cell: Callable[[str, str, str], Any]) -> None:
    """A sheet for each file gives the same data, be its cells typed or all of them text."""
    sheets = {}
    for file in sorted(example.glob("*.csv")):
        header, *rows = csv.reader(file.read_text(encoding="utf-8").splitlines())
        cells = [
            [cell(file.stem, name, text) for name, text in zip(header, row, strict=True)]
            for row in rows
        ]
        sheets[file.stem] = [header, *cells]
    expected = read(example)
    assert expected.title is not None
    about = [["title_da", expected.title["da"]], ["title_en", expected.title["en"]]]
    book(path, **sheets, plfkit=[*about, ["synthetic", expected.synthetic]])
    assert read(path) == expected


def test_another_program_s_workbook_is_the_same(path: Path) -> None:
    """It does not matter who wrote the workbook."""
    workbook = OPENPYXL.Workbook()
    page = workbook.active
    page.title = "persons"
    for row in (["id", "name", "valid_from"], ["007", "Åse", date(2018, 8, 1)], [1042, None, None]):
        page.append(row)
    workbook.save(path)
    assert read(path) == Organisation.of(
        persons=[Person("007", "Åse", Period(date(2018, 8, 1))), Person("1042")]
    )


def test_whole_numbers_are_the_digits_of_an_id(path: Path) -> None:
    """Text keeps its zeros; a number means its digits; nothing becomes “1042.0”."""
    book(path, persons=[["id"], ["007"], [1042], ["12"], [-3]])
    assert sorted(person.id for person in read(path).persons) == ["-3", "007", "1042", "12"]


def test_ids_as_numbers(path: Path) -> None:
    """Two cells that look alike are one person, twice."""
    book(path, persons=[["id"], ["1042"], [1042]])
    assert told(path) == [("duplicate", "persons, row 3, column id")]


@pytest.mark.parametrize("cell", [1.5, 1e17, True, date(2018, 8, 1), timedelta(hours=1)])
def test_what_is_no_text_is_no_id(path: Path, cell: object) -> None:
    """Fractions, dates, truth values and hours are refused where an id is due."""
    book(path, persons=[["id"], [cell]])
    assert told(path) == [("invalid_value", "persons, row 2, column id")]


def test_days_are_days(path: Path) -> None:
    """A day in a cell and the same day as text are the same, also where days count from 1904."""
    rows: Rows = [EVENTS, ["e", "planning_meeting", date(2018, 8, 1)]]
    text: Rows = [EVENTS, ["e", "planning_meeting", "2018-08-01"]]
    expected = read(book(path.with_name("text.xlsx"), events=text))
    assert expected.events[0].date == date(2018, 8, 1)
    assert read(book(path, events=rows)) == expected
    with XLSXWRITER.Workbook(path, {"date_1904": True}) as workbook:
        workbook.add_worksheet("persons").write_column(0, 0, ["id", "a"])
        page = workbook.add_worksheet("events")
        page.write_row(0, 0, EVENTS)
        page.write_row(1, 0, ["e", "planning_meeting"])
        page.write_datetime(
            1, 2, date(2018, 8, 1), workbook.add_format({"num_format": "yyyy-mm-dd"})
        )
    assert read(path) == expected


@pytest.mark.parametrize("cell", [datetime(2018, 8, 1, 12, 30), 43313, "01-08-2018", True])  # noqa: DTZ001 - a sheet has no zone
def test_what_is_no_day_is_refused(path: Path, cell: object) -> None:
    """A time of day is not cut off; a bare number is not guessed to be a day."""
    book(path, events=[EVENTS, ["e", "planning_meeting", cell]])
    assert told(path) == [("invalid_value", "events, row 2, column date")]


@pytest.mark.parametrize(
    "dialect",
    [{"decimal": ","}, {"dates": "day-first"}, {"delimiter": ";"}, {"encoding": "cp1252"}],
    ids=str,
)
def test_reads_back_declared(path: Path, dialect: Any) -> None:
    """Cells have types, so it does not matter how text would be written elsewhere."""
    values = [0.5, 0.1 + 0.2, 1e17, -1.5e300, 2.0**53 + 2, 1 / 3, 1000.125]
    day = Period(date(2018, 8, 1), date(2019, 2, 3))
    organisation = Organisation.of(
        units=[Unit("s", "school")],
        persons=[Person("a", "A", day)],
        outcomes=[Outcome("s", f"m{n}", value=value, n=1) for n, value in enumerate(values)],
    )
    assert read(write(organisation, path), **dialect) == organisation


@pytest.mark.parametrize("text", ["1.000", "0.5", "12.345.678", "1.5e-1", "nan"])
def test_point_under_commas(path: Path, text: str) -> None:
    """A sheet could have held that number, so somebody typed it, and may have meant thousands."""
    book(path, outcomes=[["unit", "measure", "value", "n"], ["s", "m", text, 1]])
    with pytest.raises(InvalidDataError) as caught:
        read(path, decimal=",")
    assert "outcomes, row 2, column value" in [str(fault.place) for fault in caught.value.faults]


def test_flags_are_truth_values_or_words(path: Path) -> None:
    """TRUE and FALSE, yes and no are flags; blank is unknown."""
    cells = [True, False, "yes", "no", None]
    rows: Rows = [[f"c{number}", "team", cell] for number, cell in enumerate(cells)]
    book(path, communities=[["id", "kind", "charter"], *rows])
    known = [community.charter for community in read(path).communities]
    assert known == [True, False, True, False, None]


@pytest.mark.parametrize("cell", [1, 0, "ja", "TRUE", "x"])
def test_what_is_no_flag_is_refused(path: Path, cell: object) -> None:
    """A number or another word is no truth value, though Python holds 1 and True for equal."""
    rows: Rows = [["c1", "team", True], ["c2", "team", cell]]
    book(path, communities=[["id", "kind", "charter"], *rows])
    assert told(path) == [("invalid_value", "communities, row 3, column charter")]


def test_formulas_are_the_values_that_were_computed(path: Path) -> None:
    """Text, numbers and truth values that formulas gave are read like others."""
    row = [Formula('="c"&1', "c1"), "team", Formula("=1=1", value=True)]
    events: Rows = [
        [*EVENTS, "hours"],
        ["e", "planning_meeting", "2018-08-01", Formula("=1.5*2", 3)],
    ]
    organisation = read(book(path, communities=[["id", "kind", "charter"], row], events=events))
    assert organisation.communities[0].charter is True
    assert organisation.events[0].hours == 3


@pytest.mark.parametrize(
    "word", ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"]
)
def test_a_cell_with_an_error_is_a_fault(path: Path, word: str) -> None:
    """An error is told of by sheet, row and the column's letter; it is never a blank in silence."""
    rows: Rows = [["id", "name"], ["a", "Ada"], ["b", Formula("=1/0", word)]]
    book(path, persons=rows)
    assert told(path) == [("error_cell", "persons, row 3, column B")]


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ([["id", "name"], [Formula("=1/0", "#REF!"), "Ada"]], "persons, row 2, column A"),
        ([["id", Formula("=1/0", "#REF!")], ["a"]], "persons, row 1, column B"),
        ([["id"], ["a", None, Formula("=1/0", "#REF!")]], "persons, row 2, column C"),
        ([["id"], ["a"], [], [None, Formula("=1/0", "#REF!")]], "persons, row 4, column B"),
        ([["id"], *([f"p{n}"] for n in range(30_000)), [Formula("=0/0", "#N/A")]], "row 30002"),
    ],
)
def test_an_error_anywhere_on_a_sheet_is_told_of(path: Path, rows: Rows, place: str) -> None:
    """In an id, in the header, right of it, in a row that is blank otherwise, far down."""
    book(path, persons=rows)
    assert any(code == "error_cell" and place in where for code, where in told(path))


@pytest.mark.parametrize(
    ("name", "near"),
    [("person", '"persons"'), ("Persons2", '"persons"'), ("noter", "begins with _")],
)
def test_an_unknown_sheet_is_refused(path: Path, name: str, near: str) -> None:
    """A sheet that is no table is not passed over; the nearest name is offered."""
    (fault,) = faults_of(book(path, **{name: [["id"], ["a"]]}))
    assert (fault.code, str(fault.place)) == ("unknown_table", name)
    assert near in fault.hint


def test_notes_are_passed_over(path: Path) -> None:
    """Sheets whose name begins with _, blank ones and charts are not read."""
    with XLSXWRITER.Workbook(path) as workbook:
        workbook.add_worksheet("persons").write_column(0, 0, ["id", "a"])
        workbook.add_worksheet("_persons").write_column(0, 0, ["id", "b"])
        workbook.add_worksheet("_").write_formula(0, 0, "=1/0", None, "#DIV/0!")
        workbook.add_worksheet("Sheet2")
        chart = workbook.add_chart({"type": "bar"})
        chart.add_series({"values": "=persons!$A$1:$A$2"})
        workbook.add_chartsheet("Diagram").set_chart(chart)
    assert read(path) == Organisation.of(persons=[Person("a")])


def test_blank_rows_do_not_shift_the_count(path: Path) -> None:
    """Rows without a cell are passed over, and later faults stand where Excel shows them."""
    rows: Rows = [["id", "name"], ["a"], [], ["b"], [None, ""], [None, "nobody"], ["a"]]
    book(path, persons=rows)
    assert told(path) == [
        ("missing_value", "persons, row 6, column id"),
        ("duplicate", "persons, row 7, column id"),
    ]


@pytest.mark.parametrize(
    ("rows", "faults"),
    [
        ([["id"], ["a"], ["b", None, "x"]], [("row_width", "persons, row 3")]),
        ([["id", "nmae"], ["a"]], [("unknown_column", "persons, row 1, column nmae")]),
        ([["id", "name", "id"], ["a"]], [("duplicate_column", "persons, row 1, column id")]),
        ([["name"], ["a"]], [("missing_column", "persons, row 1, column id")]),
        ([["id", None, "name"], ["a", "x"]], [("unknown_column", "persons, row 1, column B")]),
        ([[None, "id"], ["x", "a"]], [("unknown_column", "persons, row 1, column A")]),
        ([], [("empty_file", "persons, row 1")]),
    ],
)
def test_each_fault_of_a_header_has_its_place(
    path: Path, rows: Rows, faults: list[tuple[str, str]]
) -> None:
    """What stands outside the header's columns, or is not among the table's, is refused."""
    book(path, persons=rows)
    assert told(path) == faults


def test_spaces_around_a_heading_do_not_matter(path: Path) -> None:
    """Headers are typed by hand; formatted cells to their right are none."""
    book(path, persons=[[" id ", "name ", ""], ["a", "Ada"]])
    assert read(path) == Organisation.of(persons=[Person("a", "Ada")])


def test_persons_are_required(path: Path) -> None:
    """A workbook without the sheet is refused."""
    with XLSXWRITER.Workbook(path) as workbook:
        workbook.add_worksheet("units").write_row(0, 0, ["id", "kind"])
    assert told(path) == [("missing_table", "persons")]


@pytest.mark.parametrize(
    ("words", "danish", "english"),
    [
        ([["title", "Prøve"]], "Prøve", "Prøve"),
        ([["title_da", "Prøve"], ["title_en", "Trial"]], "Prøve", "Trial"),
    ],
)
def test_the_sheet_plfkit_names_the_data(
    path: Path, words: list[list[Any]], danish: str, english: str
) -> None:
    """Title and example mark stand on a sheet of their own."""
    organisation = read(book(path, plfkit=[*words, [], ["synthetic", True], ["schema_version", 1]]))
    assert organisation.synthetic
    assert organisation.title is not None
    assert (organisation.title["da"], organisation.title["en"]) == (danish, english)


@pytest.mark.parametrize(
    "row",
    [
        ["titel", "Prøve"],
        ["title", 2018],
        ["synthetic", "ja"],
        ["synthetic", 1],
        ["schema_version", 99],
        ["schema_version", 1.5],
        [3, "Prøve"],
    ],
)
def test_wrong_words_about_the_data_are_a_fault(path: Path, row: list[Any]) -> None:
    """Misspelt keys, wrong types and a newer version are refused on that sheet."""
    assert told(book(path, plfkit=[row])) == [("bad_descriptor", "plfkit")]


def test_faults_of_all_sheets_come_together(path: Path) -> None:
    """Whatever is wrong anywhere in a workbook is one report, sheet by sheet."""
    book(
        path,
        units=[["id", "kind"], ["s", "scool"]],
        persons=[["id", "valid_from"], ["a", "i går"], [1.5, None]],
        ties=[["source", "target", "relation"], ["a", "a", "advice"], ["a", "b", "advice", "x"]],
        events=[EVENTS, ["e", "planning_meeting", Formula("=1/0", "#DIV/0!")]],
        noter=[["hej"]],
        plfkit=[["titel", "x"]],
    )
    assert set(told(path)) >= {
        ("unknown_kind", "units, row 2, column kind"),
        ("invalid_value", "persons, row 2, column valid_from"),
        ("invalid_value", "persons, row 3, column id"),
        ("row_width", "ties, row 3"),
        ("error_cell", "events, row 2, column C"),
        ("unknown_table", "noter"),
        ("bad_descriptor", "plfkit"),
    }


def test_rules_between_sheets_are_checked(path: Path) -> None:
    """A reference to nobody is found in the row of its sheet."""
    book(path, ties=[["source", "target", "relation"], [], ["a", "x", "advice"]])
    assert told(path) == [("dangling_reference", "ties, row 3, column target")]


def test_the_suffix_may_be_written_large(tmp_path: Path) -> None:
    """Windows does not care, and neither does plfkit."""
    assert len(read(book(tmp_path / "BOOK.XLSX")).persons) == 1


@pytest.mark.parametrize("name", ["missing.xlsx", "missing/book.xlsx", "a\0.xlsx"])
def test_a_missing_workbook_is_named(tmp_path: Path, name: str) -> None:
    """A wrong path gives a fault that names it."""
    (fault,) = faults_of(tmp_path / name)
    assert (fault.code, fault.place.file) == ("unreadable", str(tmp_path / name))


@pytest.mark.parametrize("name", ["data.xlsx", "data.ods"])
def test_a_folder_is_a_folder_whatever_its_name(tmp_path: Path, name: str) -> None:
    """What something is counts, not what it is called."""
    folder = tmp_path / name
    folder.mkdir()
    (folder / "persons.csv").write_text("id\na\n", encoding="utf-8")
    assert read(folder) == Organisation.of(persons=[Person("a")])


def test_without_the_library_the_extra_is_named(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where python-calamine is not installed the error says what to install."""
    book(path)
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(MissingExtraError, match=r"plfkit\[excel\]"):
        read(path)


def test_a_formula_that_nobody_computed_is_a_fault(path: Path) -> None:
    """Programs that write formulas compute none of them; an empty text that was computed is blank."""
    workbook = OPENPYXL.Workbook()
    page = workbook.active
    page.title = "persons"
    for row in (["id", "name"], ["a", "=1+1"]):
        page.append(row)
    workbook.save(path)
    assert told(path) == [("uncomputed", "persons, row 2, column B")]
    saved = path.with_name("saved.xlsx")
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(saved, "w") as after:
        for name in before.namelist():
            computed = before.read(name).replace(b'<c r="B2">', b'<c r="B2" t="str">')
            after.writestr(name, computed)
    assert read(saved) == Organisation.of(persons=[Person("a")])
