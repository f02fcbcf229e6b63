"""Where a table begins and what is a row of it: the same behind every door."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from searching import search

from plfkit import Organisation, Person, SurveyMapping, Unit, add_survey, from_tables, read, write
from plfkit.errors import InvalidDataError
from plfkit.model.documents import structure_document

Rows = list[list[str]]
SPACES = ("", " ", "\xa0", " \u202f", "\t")
HEADER = ["id", "name", "valid_from"]
MAPPING: dict[str, Any] = {
    "survey": {"id": "q", "relation": "advice"},
    "respondent": "id",
    "names": "råd *",
    "blank": "silent",
}


def csv_text(rows: Rows, delimiter: str, *, quoting: Any = csv.QUOTE_MINIMAL) -> str:
    """Rows as CSV."""
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter, quoting=quoting).writerows(rows)
    return stream.getvalue()


def save_book(path: Path, sheet: str, rows: Rows) -> Path:
    """Rows as the one sheet of a workbook, blank cells left out."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row, 1):
            if cell:
                page.cell(number, column, cell)
    book.save(path)
    return path


def by_csv(delimiter: Any, above: str = "") -> Callable[[Path, Rows], Organisation]:
    """The door of folders."""

    def door(folder: Path, rows: Rows) -> Organisation:
        (folder / "persons.csv").write_text(above + csv_text(rows, delimiter), newline="")
        return read(folder, delimiter=delimiter)

    return door


def by_sheet(folder: Path, rows: Rows) -> Organisation:
    """The door of workbooks."""
    return read(save_book(folder / "book.xlsx", "persons", rows))


def by_frame(_folder: Path, rows: Rows) -> Organisation:
    """The door of frames; the first row that says anything gives the names of the columns."""
    says = [number for number, row in enumerate(rows) if "".join(row).strip()]
    header, *below = rows[says[0] :]
    frame = pd.DataFrame(below, columns=header, dtype=object).replace({"": None})
    return from_tables({"persons": frame})


DOORS = {
    "commas": by_csv(","),
    "semicolons": by_csv(";"),
    "tabs": by_csv("\t"),
    "excel's line": by_csv(";", "sep=;\r\n"),
    "excel's line quoted": by_csv(",", '"sep=,",,\n'),
    "sheet": by_sheet,
    "frame": by_frame,
}


@st.composite
def disguises(draw: st.DrawFn, rows: Rows) -> tuple[Rows, list[int]]:
    """Draw a table with rows and columns that say nothing, and where each of its rows now stands."""
    space = st.sampled_from(SPACES)
    rows = [[draw(space) + cell + draw(space) if cell else draw(space) for cell in r] for r in rows]
    at = draw(st.sampled_from([*range(len(rows[0]) + 1), None]))
    if at is not None:
        rows = [[*row[:at], "", *row[at:]] for row in rows]
    disguised, stands = Rows(), list[int]()
    for number, row in enumerate(rows):
        for _ in range(draw(st.integers(0, 2))):
            blank = [draw(space) for _ in row]
            disguised.append(draw(st.sampled_from([blank, rows[0]])) if number > 0 else blank)
        disguised.append(row)
        stands.append(len(disguised))
    return [*disguised, *draw(st.sampled_from([[], [[""] * len(rows[0])] * 2]))], stands


@pytest.mark.parametrize("door", DOORS.values(), ids=list(DOORS))
@search(15)
@given(
    people=st.lists(st.sampled_from("abcdefgh"), min_size=1, unique=True),
    data=st.data(),
)
def test_what_says_nothing_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory,
    door: Callable[[Path, Rows], Organisation],
    people: Sequence[str],
    data: st.DataObject,
) -> None:
    """Blank rows and columns, repeated headers and space around cells: the same data in each door."""
    names = {person: data.draw(st.sampled_from(["", "Åse M.", "x\xa0y"])) for person in people}
    rows, _ = data.draw(disguises([HEADER, *([p, names[p], "2018-08-01"] for p in people)]))
    found = door(tmp_path_factory.mktemp("door"), rows)
    assert {person.id: person.name or "" for person in found.persons} == names


@pytest.mark.parametrize("name", ["commas", "semicolons", "excel's line", "sheet"])
@search(15)
@given(data=st.data())
def test_faults_stand_where_the_file_has_them(
    tmp_path_factory: pytest.TempPathFactory, name: str, data: st.DataObject
) -> None:
    """Rows that say nothing are counted, so that a fault is found where the file shows it."""
    rows, stands = data.draw(disguises([HEADER, ["a", "A", ""], ["b", "B", "yesterday"]]))
    with pytest.raises(InvalidDataError) as caught:
        DOORS[name](tmp_path_factory.mktemp("door"), rows)
    (fault,) = caught.value.faults
    above = 1 if "line" in name else 0
    assert (fault.place.row, fault.place.column) == (stands[2] + above, "valid_from")


def surveyed(export: Path, delimiter: str = ",") -> list[tuple[str, str]]:
    """Who named whom in an export."""
    people = Organisation.of(persons=[Person(name) for name in "abc"])
    mapping = structure_document(
        {**MAPPING, "file": {"delimiter": delimiter}}, SurveyMapping, "mapping"
    )
    return [(tie.source, tie.target) for tie in add_survey(people, export, mapping).ties]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@search(25)
@given(data=st.data())
def test_the_door_of_surveys_has_the_same_rules(
    tmp_path_factory: pytest.TempPathFactory, form: str, data: st.DataObject
) -> None:
    """The same disguises of an export give the same ties."""
    answers = [["id", "råd 1", "råd 2"], ["a", "b", "c"], ["b", "", "a"], ["c", "", ""]]
    rows, _ = data.draw(disguises(answers))
    export = tmp_path_factory.mktemp("door") / f"export.{form}"
    if form == "csv":
        export.write_text(data.draw(st.sampled_from(["", "sep=;\n"])) + csv_text(rows, ";"))
    else:
        save_book(export, "Svar", rows)
    assert surveyed(export, ";") == [("a", "b"), ("a", "c"), ("b", "a")]


@pytest.mark.parametrize(
    ("line", "delimiter", "declared"),
    [
        ("sep=;\n", ";", ";"),
        ('"sep=;"\r\n', ";", ";"),
        ("sep=;;;\n", ";", ";"),
        ("SEP=,\n", ",", ","),
        ("sep=\t\n", "\t", "\t"),
        ("sep=|\n", "|", ","),
        ("sep=;\n", ";", ","),
        ("sep=,\n", ";", ";"),
        ("sep=\n", "\t", "\t"),
        ("\n\nsep=;\n", ";", ","),
    ],
)
def test_excel_s_line_is_read_past(
    tmp_path: Path, line: str, delimiter: str, declared: Any
) -> None:
    """It says what separates the columns, if the header has it; else what was declared counts."""
    text = csv_text([["id", "name"], ["a", "A"], ["a", "B"]], delimiter)
    (tmp_path / "persons.csv").write_text("\ufeff" + line + text, encoding="utf-8", newline="")
    with pytest.raises(InvalidDataError) as caught:
        read(tmp_path, delimiter=declared)
    row = 3 + line.count("\n")
    assert [str(f.place) for f in caught.value.faults] == [f"persons.csv, row {row}, column id"]


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("id,,name\na,x,A\n", "unknown_column", "row 1, column number 2"),
        (",id,,name\n,a,x,A\n", "unknown_column", "row 1, column number 3"),
        ("id,name,\na,A,x\n", "row_width", "row 2"),
        ("id,name\na,A,,x\n", "row_width", "row 2"),
        ("id,name\na\n", "row_width", "row 2"),
        ("id,name\nid,x\nid,y\n", "duplicate", "row 3, column id"),
        ("\n ,\n\xa0,\n", "empty_file", "row 1"),
    ],
)
def test_what_says_something_is_not_passed_over(
    tmp_path: Path, text: str, code: str, place: str
) -> None:
    """A cell without a title, a row that is cut off, and a row that repeats one title only."""
    (tmp_path / "persons.csv").write_text(text, encoding="utf-8")
    with pytest.raises(InvalidDataError) as caught:
        read(tmp_path)
    assert [(f.code, str(f.place)) for f in caught.value.faults] == [
        (code, f"persons.csv, {place}")
    ]


def test_rows_keep_their_numbers(tmp_path: Path) -> None:
    """However far down: a row that is cut off, or blank, does not move the numbers of those below."""
    ids = [f"p{number:04}" for number in range(1200)]
    lines = ["id,name", *(f"{one},A" for one in ids)]
    lines[20], lines[1100] = ",", f"{ids[0]},A"
    for number in (10, 512, 700):
        lines[number] = ids[number - 1]
    (tmp_path / "persons.csv").write_text("\n".join(lines))
    with pytest.raises(InvalidDataError) as caught:
        read(tmp_path)
    found = [(fault.code, fault.place.row) for fault in caught.value.faults]
    assert sorted(found) == [
        ("duplicate", 1101),
        ("row_width", 11),
        ("row_width", 513),
        ("row_width", 701),
    ]


def test_untitled_columns(tmp_path: Path) -> None:
    """Separators at the end of rows, of the header, or of both, are nothing."""
    for text in ("id,name\na,A,,\n", "id,name,,\na,A\n", "id,name,\na,A,\n"):
        (tmp_path / "persons.csv").write_text(text)
        assert list(read(tmp_path).persons) == [Person("a", "A")]


def test_text_from_python(tmp_path: Path) -> None:
    """What is written reads back equal, so a name is stored as every door reads it."""
    organisation = Organisation.of(persons=[Person("a", " Ada\xa0")], units=[Unit("s", "school")])
    assert organisation.persons[0].name == "Ada"
    for path in (tmp_path / "folder", tmp_path / "book.xlsx"):
        assert read(write(organisation, path)) == organisation
