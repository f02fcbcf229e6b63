"""The native folder: read whole, or refused with every fault."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from searching import search

import plfkit
from plfkit import Organisation, Period, Person, Position, Profile, Tie, Unit, read
from plfkit.errors import Fault, InvalidDataError
from plfkit.model.records.rows import NATIVE_ROWS, Registration

PERSONS = "id,name\na,Ada\nb,\n"


def write(folder: Path, **tables: str) -> Path:
    """Write CSV files."""
    for name, text in {"persons": PERSONS, **tables}.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
    return folder


def faults_of(folder: Path) -> list[Fault]:
    """Read a folder that must not be accepted."""
    with pytest.raises(InvalidDataError) as caught:
        read(folder)
    return list(caught.value.faults)


def test_folder(tmp_path: Path) -> None:
    """Cells become values; job titles become roles; blank cells are missing; ids stay text."""
    folder = write(
        tmp_path,
        persons="id,name\n007,\nb,Bo\n",
        units="kind,id\nschool,s\n",
        positions="person,unit,role,fte,valid_from\n007,s, Lærer ,0.5,2018-08-01\nb,s,principal,,\n".replace(
            " Lærer ", "LÆRER"
        ),
        ties="source,target,relation,weight\n007,b,advice,2\n",
    )
    organisation = read(folder)
    assert organisation == Organisation.of(
        persons=[Person("007"), Person("b", "Bo")],
        units=[Unit("s", "school")],
        positions=[
            Position("007", "s", "teacher", 0.5, None, _from(date(2018, 8, 1))),
            Position("b", "s", "principal"),
        ],
        ties=[Tie("007", "b", "advice", weight=2)],
    )


def _from(day: date) -> Period:
    return Period(day)


def test_a_profile_brings_its_vocabulary(tmp_path: Path) -> None:
    """Kinds and titles of a profile are known when it is given, and refused when it is not."""
    label = {"da": "Mentor", "en": "Mentor"}
    role = {"label": label, "level": "resource_persons", "aliases": ["Mentor på skolen"]}
    profile = Profile.from_document(
        {"schema_version": 1, "id": "p", "label": label, "vocabulary": {"roles": {"mentor": role}}}
    )
    folder = write(
        tmp_path, units="id,kind\ns,school\n", positions="person,unit,role\na,s,mentor  på skolen\n"
    )
    assert read(folder, profile=profile).positions[0].role == "mentor"
    assert [fault.code for fault in faults_of(folder)] == ["unknown_kind"]


@pytest.mark.parametrize(
    ("tables", "code", "place"),
    [
        ({"persons": "id,nmae\na,\n"}, "unknown_column", "persons.csv, row 1, column nmae"),
        ({"persons": "id,id\na,a\n"}, "duplicate_column", "persons.csv, row 1, column id"),
        ({"persons": "name\nAda\n"}, "missing_column", "persons.csv, row 1, column id"),
        ({"persons": ""}, "empty_file", "persons.csv, row 1"),
        ({"persons": "id;name\na;b\n"}, "delimiter", "persons.csv, row 1"),
        ({"persons": "id,name\na\n"}, "row_width", "persons.csv, row 2"),
        ({"persons": "id,name\na,b,c\n"}, "row_width", "persons.csv, row 2"),
        ({"persons": 'id,name\na,"b\n'}, "bad_csv", "persons.csv, row 2, column name"),
        ({"persons": "id,name\n,Ada\n"}, "missing_value", "persons.csv, row 2, column id"),
        ({"persons": "id\na,\nb\na\n"}, "duplicate", "persons.csv, row 4, column id"),
        ({"persons": "id\n0101901234\n"}, "invalid_value", "persons.csv, row 2, column id"),
        (
            {"persons": "id,valid_from\na,01-08-2018\n"},
            "invalid_value",
            "persons.csv, row 2, column valid_from",
        ),
        (
            {"persons": "id,valid_from\na,2018-8-1\n"},
            "invalid_value",
            "persons.csv, row 2, column valid_from",
        ),
        (
            {"persons": "id,valid_from,valid_to\na,2019-01-01,2018-01-01\n"},
            "reversed_interval",
            "persons.csv, row 2, column valid_to",
        ),
        ({"persons": "id\na\n\na\n"}, "duplicate", "persons.csv, row 4, column id"),
        (
            {
                "units": "id,kind\ns,school\n",
                "positions": 'person,unit,role,fte\na,s,teacher,"0,5"\n',
            },
            "invalid_value",
            "positions.csv, row 2, column fte",
        ),
        (
            {"surveys": "id,kind,relation\nq,network,advise\n"},
            "unknown_kind",
            "surveys.csv, row 2, column relation",
        ),
        (
            {
                "surveys": "id,kind,relation\nq,network,advice\n",
                "responses": "survey,person,answered\nq,a,ja\n",
            },
            "invalid_value",
            "responses.csv, row 2, column answered",
        ),
        ({"person": "id\na\n"}, "unknown_table", "person.csv"),
    ],
)
def test_each_fault_of_a_file_has_its_place(
    tmp_path: Path, tables: dict[str, str], code: str, place: str
) -> None:
    """A file with one fault gives that fault, at the row a spreadsheet would show."""
    (fault,) = faults_of(write(tmp_path, **tables))
    assert (fault.code, str(fault.place)) == (code, place)
    assert fault.hint


def test_faults_of_all_files_come_together(tmp_path: Path) -> None:
    """Unreadable cells and broken rules of different files are one report."""
    folder = write(
        tmp_path,
        persons="id,valid_from\na,yesterday\nb,\n",
        units="id,kind\ns,scool\n",
        ties="source,target,relation\na,a,advice\na,x,advice\n",
    )
    codes = [(fault.place.file, fault.code) for fault in faults_of(folder)]
    assert sorted(codes) == [
        ("persons.csv", "invalid_value"),
        ("ties.csv", "dangling_reference"),
        ("ties.csv", "self_tie"),
        ("units.csv", "unknown_kind"),
    ]


def test_unreadable_ids(tmp_path: Path) -> None:
    """One wrong encoding is one fault, not a thousand dangling references."""
    folder = write(tmp_path, ties="source,target,relation\na,b,advice\nb,a,advice\n")
    (folder / "persons.csv").write_bytes("id,name\na,Åse\nb,Bo\n".encode("cp1252"))
    (fault,) = faults_of(folder)
    assert (fault.code, str(fault.place)) == ("encoding", "persons.csv, row 2")


def test_windows_files(tmp_path: Path) -> None:
    """What spreadsheets add to UTF-8 files does no harm."""
    write(tmp_path)
    (tmp_path / "persons.csv").write_bytes(b"\xef\xbb\xbfid,name\r\na,Ada\r\nb,\r\n")
    assert [person.id for person in read(tmp_path).persons] == ["a", "b"]


@pytest.mark.parametrize("name", ["missing", "persons.csv"])
def test_what_is_no_folder_is_refused(tmp_path: Path, name: str) -> None:
    """A wrong path gives an error that names it."""
    write(tmp_path)
    with pytest.raises(InvalidDataError, match=name):
        read(tmp_path / name)


def test_persons_are_required(tmp_path: Path) -> None:
    """A folder without persons is refused."""
    assert [fault.code for fault in faults_of(tmp_path)] == ["missing_table"]


def test_the_descriptor_names_the_data(tmp_path: Path) -> None:
    """Title and example mark come from datapackage.json; a broken one is a fault."""
    write(tmp_path)
    descriptor = tmp_path / "datapackage.json"
    descriptor.write_text('{"plfkit": {"title": "Test", "synthetic": true}}')
    organisation = read(tmp_path)
    assert organisation.synthetic
    assert organisation.title is not None
    assert organisation.title["da"] == organisation.title["en"] == "Test"
    for broken in (
        '{"plfkit": {"synthetic": "nej"}}',
        "{",
        '{"a": NaN}',
        '{"a":1,"a":2}',
        "[" * 99999,
    ):
        descriptor.write_text(broken)
        assert [fault.code for fault in faults_of(tmp_path)] == ["bad_descriptor"]


@search(150)
@given(table=st.sampled_from(sorted(NATIVE_ROWS)), data=st.binary(max_size=200))
def test_any_bytes_give_an_organisation_or_faults(
    tmp_path_factory: pytest.TempPathFactory, table: str, data: bytes
) -> None:
    """Whatever stands in a file, reading ends in data or in our error, never in a traceback."""
    folder = write(tmp_path_factory.mktemp("bytes"))
    (folder / f"{table}.csv").write_bytes(data)
    try:
        assert isinstance(read(folder), Organisation)
    except InvalidDataError as error:
        assert error.faults  # noqa: PT017 - either outcome is right


def test_a_first_row_of_data_is_told_of_by_number(tmp_path: Path) -> None:
    """Without a header the first row holds names: none of them is printed."""
    folder = write(tmp_path, persons="ek-001,Anna Hansen\nek-002,Bo Jensen\n")
    told = [f"{fault.place} {fault.hint}" for fault in faults_of(folder)]
    assert any(text.startswith("persons.csv, row 1, column number 1") for text in told)
    assert not any("Anna" in text or "ek-001" in text for text in told)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("ties.xlsx", "unread_file"),
        ("Ties.csv", "unread_file"),
        ("ties.CSV", "unread_file"),
        ("ties.tsv", "unread_file"),
        ("tiez.csv", "unknown_table"),
    ],
)
def test_stray_tables(tmp_path: Path, name: str, code: str) -> None:
    """A table in another format or spelling is refused, not left out in silence."""
    write(tmp_path)
    (tmp_path / name).write_text("x")
    assert [(fault.code, fault.place.file) for fault in faults_of(tmp_path)] == [(code, name)]


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo])
@pytest.mark.parametrize("name", ["units.csv", "datapackage.json"])
def test_what_is_no_ordinary_file_is_refused(
    tmp_path: Path, name: str, make: Callable[[Path], None]
) -> None:
    """A folder or a pipe in place of a file does not hang the reader."""
    write(tmp_path)
    make(tmp_path / name)
    assert [fault.code for fault in faults_of(tmp_path)] == ["unreadable"]


@pytest.mark.parametrize(
    "text",
    [
        '{"plfkit": {"title": 3}}',
        '{"plfkit": {"title": []}}',
        '{"plfkit": {"synthetc": true}}',
        '{"plfkit": {"title": "a\\u001bb"}}',
        '{"plfkit": {"title": "\\ud800"}}',
        '{"plfkit": 3}',
        "[]",
    ],
)
def test_contradicting_descriptor(tmp_path: Path, text: str) -> None:
    """Wrong types, misspelt keys and control characters are faults, never a traceback."""
    write(tmp_path)
    (tmp_path / "datapackage.json").write_text(text)
    assert [fault.code for fault in faults_of(tmp_path)] == ["bad_descriptor"]


def test_registrations_of_old_are_of_events(tmp_path: Path) -> None:
    """Without the column that says what is listed, a registration is one of a log, as it always was."""
    rows = {
        "persons": "id\nanna\n",
        "units": "id,kind\ns,school\n",
        "registrations": "unit,kind,complete\ns,Workshop,yes\n",
    }
    for name, text in rows.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    assert list(read(tmp_path).registrations) == [Registration("s", "workshop", complete=True)]


def test_lists_name_kinds_in_anybodys_words(tmp_path: Path) -> None:
    """What a kind means depends on the list: a title, a level, a community, or all of them."""
    text = (
        "unit,of,kind,complete\n"
        "s,positions,Læsevejleder,yes\n"
        "s,positions,Skoleledelse,no\n"
        "s,memberships,Årgangsteam,yes\n"
        "s,communities,,yes\n"
        "s,,workshop,yes\n"
    )
    (tmp_path / "persons.csv").write_text("id\nanna\n", encoding="utf-8")
    (tmp_path / "units.csv").write_text("id,kind\ns,school\n", encoding="utf-8")
    (tmp_path / "registrations.csv").write_text(text, encoding="utf-8")
    assert {(row.of, row.kind, row.complete) for row in read(tmp_path).registrations} == {
        ("positions", "reading_coach", True),
        ("positions", "school_leadership", False),
        ("memberships", "grade_team", True),
        ("communities", None, True),
        ("events", "workshop", True),
    }


@pytest.mark.parametrize("name", ["data.xlsx", "Skolerne 2018.XLSX", "persons.xlsx"])
def test_a_form_may_send_one_workbook(name: str) -> None:
    """Given alone by its name, as forms hand over what they got, a workbook is read as a workbook."""
    organisation = Organisation.of(persons=[Person("a", "Ada")])
    plfkit.write(organisation, book := io.BytesIO())
    assert read({name: book.getvalue()}) == organisation
    with pytest.raises(InvalidDataError, match="this is a PDF") as caught:
        read({"data.pdf": b"%PDF-1.7"})
    assert [fault.place.file for fault in caught.value.faults] == ["data.pdf"]


def test_files_that_nobody_would_read_are_told_of() -> None:
    """A workbook among other files, and names with a folder before them, are not passed over."""
    for files, told in (
        ({"data.xlsx": b"PK", "notes.docx": b""}, ("data.xlsx", "send it alone")),
        ({"sub/persons.csv": b"id\na\n"}, ("sub/persons.csv", "call it persons.csv")),
        ({"../persons.csv": b"id\na\n"}, ("../persons.csv", "call it persons.csv")),
        ({"persons.txt": b"id\na\n"}, ("persons.txt", "save it as persons.csv")),
        ({"C:\\x\\persons.csv": b"id\na\n"}, ("C:\\x\\persons.csv", "call it persons.csv")),
    ):
        with pytest.raises(InvalidDataError) as caught:
            read(files)
        faults = {f.place.file: f.say(audience="page") for f in caught.value.faults}
        assert told[1] in faults[told[0]]
