"""Quotes of CSV text: they frame cells, or the row is told of; they never shift columns."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plfkit import Organisation, Person, SurveyMapping, add_survey, read
from plfkit.errors import Fault, InvalidDataError
from plfkit.model.documents import structure_document
from plfkit.sources.quoting import BrokenRow, split_rows

BROKEN = [
    ('id,name\nek-1"Skolen, Nord"\nek-2,B\n', ",", 2, "id"),
    ('"id","name"\n"ek-1"x,"A"\n', ",", 2, "id"),
    ('"id","name"\n"ek-1" ,"A"\n', ",", 2, "id"),
    ('id,name\na,"Ada" Lovelace\n', ",", 2, "name"),
    ('id,name\na,6" rule\n', ",", 2, "name"),
    ('id,name\na, "Ada"\n', ",", 2, "name"),
    ('id,name\na,"B, C"\nb,Bo"\n', ",", 3, "name"),
    ('id;name\na;Skole "Nord"\n', ";", 2, "name"),
    ('id\tname\na\tSkole "Nord"\n', "\t", 2, "name"),
    ('id,name\na,"two\nlines"\nb,x"y\n', ",", 3, "name"),
    ('id,name\r\na,A\r\nb,"B\r\nc,C\r\n', ",", 3, "name"),
    ('id,name\n\na,"""\n', ",", 3, "name"),
    ('\ufeffid,name\na,B"C\n', ",", 2, "name"),
    ('sep=;\nid;name\na;B"C\n', ";", 3, "name"),
]


def parse(text: str, delimiter: str = ",") -> tuple[list[list[str]], list[BrokenRow]]:
    """The rows of a text, and those that are broken."""
    broken: list[BrokenRow] = []
    return list(split_rows(text, delimiter, broken)), broken


def write(folder: Path, **tables: str) -> Path:
    """Write CSV files."""
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
    return folder


def faults_of(folder: Path, **dialect: Any) -> list[Fault]:
    """Read what must not be accepted."""
    with pytest.raises(InvalidDataError) as caught:
        read(folder, **dialect)
    return list(caught.value.faults)


@pytest.mark.parametrize(("text", "delimiter", "row", "column"), BROKEN)
def test_a_quote_out_of_place_is_told_of_at_its_cell(
    tmp_path: Path, text: str, delimiter: Any, row: int, column: str
) -> None:
    """A missing separator, text after a closing quote, a space before one, a quote never closed."""
    (fault,) = faults_of(write(tmp_path, persons=text), delimiter=delimiter)
    assert (fault.code, str(fault.place)) == ("bad_csv", f"persons.csv, row {row}, column {column}")
    assert "quote" in fault.hint


@pytest.mark.parametrize(("text", "delimiter", "row", "column"), BROKEN)
def test_the_door_for_surveys_is_as_strict(
    tmp_path: Path, text: str, delimiter: str, row: int, column: str
) -> None:
    """The same texts as an export give the same faults."""
    (tmp_path / "export.csv").write_text(text, encoding="utf-8", newline="")
    document = {
        "survey": {"id": "q", "relation": "advice"},
        "respondent": "id",
        "names": "name",
        "file": {"delimiter": delimiter},
    }
    mapping = structure_document(document, SurveyMapping, "mapping")
    with pytest.raises(InvalidDataError) as caught:
        add_survey(Organisation.of(persons=[Person("a")]), tmp_path / "export.csv", mapping)
    places = [str(fault.place) for fault in caught.value.faults if fault.code == "bad_csv"]
    number = ["id", "name"].index(column) + 1  # titles of an export may be names of people
    assert places == [f"export.csv, row {row}, column number {number}"]


def test_a_colleague_s_column_is_told_of_by_number(tmp_path: Path) -> None:
    """Its title is a name, which no message holds."""
    (tmp_path / "export.csv").write_text('id,to_b\na,x"\n')
    document = {
        "survey": {"id": "q", "relation": "advice"},
        "respondent": "id",
        "colleagues": "to_*",
        "marks": ["x"],
    }
    people = Organisation.of(persons=[Person("a"), Person("b")])
    with pytest.raises(InvalidDataError, match="row 2, column number 2"):
        add_survey(
            people, tmp_path / "export.csv", structure_document(document, SurveyMapping, "m")
        )


def test_broken_rows_in_one_pass(tmp_path: Path) -> None:
    """Each row is told of; rows that can be read are, and what refers to lost rows is not blamed."""
    write(
        tmp_path,
        persons='id,name,valid_from\na,A"B,\nb,B,yesterday\n"c"d,C,\ne,E,\n',
        ties="source,target,relation\na,e,advice\ne,x,advice\n",
    )
    assert [(f.code, str(f.place)) for f in faults_of(tmp_path)] == [
        ("bad_csv", "persons.csv, row 2, column name"),
        ("invalid_value", "persons.csv, row 3, column valid_from"),
        ("bad_csv", "persons.csv, row 4, column id"),
    ]


def test_a_broken_header_is_one_fault(tmp_path: Path) -> None:
    """No row below is taken for the header in its place."""
    (fault,) = faults_of(write(tmp_path, persons='id,"name"x\na,A\n'))
    assert (fault.code, str(fault.place)) == ("bad_csv", "persons.csv, row 1, column number 2")


def test_a_cell_beyond_all_measure_is_a_fault(tmp_path: Path) -> None:
    """What the csv module does not read is told of at its row, and reading goes on."""
    text = f'id,name\na,A\nb,"{"x" * 200_000}"\nc,C\na,A\n'
    assert [(f.code, f.place.row) for f in faults_of(write(tmp_path, persons=text))] == [
        ("bad_csv", 3),
        ("duplicate", 5),
    ]


@pytest.mark.parametrize(
    "text",
    [
        '\ufeff"id","name"\n"a","Ada ""Countess"" Lovelace"\n"b","two\nlines, and a comma"\n',
        'id,name\r\na,"Ada ""Countess"" Lovelace"\r\nb,"two\nlines, and a comma"\r\n',
        'id,name\ra,"Ada ""Countess"" Lovelace"\rb,"two\nlines, and a comma"\r',
    ],
)
def test_quotes_that_frame_cells_are_read(tmp_path: Path, text: str) -> None:
    """Doubled quotes, separators and line ends inside a quoted cell are its text; a mark does no harm."""
    people = read(write(tmp_path, persons=text)).persons
    assert [(p.id, p.name) for p in people] == [
        ("a", 'Ada "Countess" Lovelace'),
        ("b", "two\nlines, and a comma"),
    ]


def strict_cells(text: str, delimiter: str) -> list[list[str]] | None:
    """Read a text letter by letter, or return None at the first quote that may not stand there."""
    rows: list[list[str]] = [[]]
    cell, state, letters = "", "start", iter([*text.replace("\r\n", "\n").replace("\r", "\n"), ""])
    for letter in letters:
        if state == "inside" and letter != '"':
            if not letter:
                return None
            cell += letter
        elif letter == '"':
            if state == "plain":
                return None
            cell += '"' if state == "closed" else ""
            state = "closed" if state == "inside" else "inside"
        elif letter in {delimiter, "\n", ""}:
            if letter or cell or state != "start" or rows[-1]:
                rows[-1] += (
                    []
                    if letter != delimiter and not rows[-1] and not cell and state == "start"
                    else [cell]
                )
            cell, state = "", "start"
            rows += [[]] if letter == "\n" else []
        elif state == "closed":
            return None
        else:
            cell, state = cell + letter, "plain"
    return rows if rows[-1] else rows[:-1]


@given(st.text('ab",;\n\r ', max_size=30), st.sampled_from([",", ";"]))
def test_any_text_is_read_as_the_rule_says_or_broken(text: str, delimiter: str) -> None:
    """Letter by letter: either every quote stands where it may, and the cells are those, or not."""
    rows, broken = parse(text, delimiter)
    expected = strict_cells(text, delimiter)
    assert bool(broken) == (expected is None)
    if expected is not None:
        plain = [[cell.replace("\r\n", "\n").replace("\r", "\n") for cell in row] for row in rows]
        assert plain == expected


CELLS = st.text('aå",;\t\n ', max_size=6)


@given(
    st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=5),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    st.data(),
)
def test_one_more_quote_anywhere_is_never_read(
    rows: list[list[str]], delimiter: str, quoting: Any, data: st.DataObject
) -> None:
    """What a CSV writer writes reads back; with a stray quote anywhere some row is broken."""
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter, quoting=quoting).writerows(rows)
    text = stream.getvalue()
    assert parse(text, delimiter) == (rows, [])
    at = data.draw(st.integers(0, len(text)))
    assert parse(f'{text[:at]}"{text[at:]}', delimiter)[1]
