"""Files that are not written as plfkit writes them: read as declared, refused otherwise."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from searching import search

from plfkit import from_tables, read
from plfkit.errors import Fault, InvalidDataError

DANISH: dict[str, Any] = {
    "encoding": "cp1252",
    "delimiter": ";",
    "decimal": ",",
    "dates": "day-first",
}
EXPORT = {
    "persons": "id;name\n007;Åse Møller\nb;Bo\n",
    "units": "id;kind\ns;school\n",
    "positions": "person;unit;role;fte;valid_from;valid_to\n"
    "007;s;teacher;0,5;01-08-2018;1.8.2019\n"
    "b;s;principal;1;01/08/2018;\n",
}
NATIVE = {
    "persons": "id,name\n007,Åse Møller\nb,Bo\n",
    "units": "id,kind\ns,school\n",
    "positions": "person,unit,role,fte,valid_from,valid_to\n"
    "007,s,teacher,0.5,2018-08-01,2019-08-01\n"
    "b,s,principal,1,2018-08-01,\n",
}


def write(folder: Path, tables: dict[str, str], encoding: str = "utf-8") -> Path:
    """Write CSV files."""
    folder.mkdir(exist_ok=True)
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding=encoding, newline="")
    return folder


def faults_of(folder: Path, **dialect: Any) -> list[Fault]:
    """Read a folder that must not be accepted."""
    with pytest.raises(InvalidDataError) as caught:
        read(folder, **dialect)
    return list(caught.value.faults)


def places(faults: list[Fault]) -> list[str]:
    """Where faults stand."""
    return [str(fault.place) for fault in faults]


def test_a_declared_danish_export_is_the_same_data(tmp_path: Path) -> None:
    """Encoding, semicolons, decimal commas and three ways to write a day, all as declared."""
    danish = read(write(tmp_path / "danish", EXPORT, "cp1252"), **DANISH)
    assert danish == read(write(tmp_path / "native", NATIVE))
    assert danish.persons[0].name == "Åse Møller"
    first = danish.positions[0]
    assert (first.fte, first.valid.start, first.valid.end) == (
        0.5,
        date(2018, 8, 1),
        date(2019, 8, 1),
    )


@pytest.mark.parametrize(
    ("left_out", "code", "option", "where"),
    [
        ("encoding", "encoding", "--encoding cp1252", ["persons.csv, row 2"]),
        (
            "delimiter",
            "delimiter",
            "--delimiter ';'",
            ["units.csv, row 1", "persons.csv, row 1", "positions.csv, row 1"],
        ),
        ("decimal", "invalid_value", "--decimal ,", ["positions.csv, row 2, column fte"]),
        (
            "dates",
            "invalid_value",
            "--dates day-first",
            [
                "positions.csv, row 2, column valid_from",
                "positions.csv, row 2, column valid_to",
                "positions.csv, row 3, column valid_from",
            ],
        ),
    ],
)
def test_undeclared(
    tmp_path: Path, left_out: str, code: str, option: str, where: list[str]
) -> None:
    """Nothing is guessed; each thing wrong is one fault, and its hint can be copied."""
    declared = {name: value for name, value in DANISH.items() if name != left_out}
    faults = faults_of(write(tmp_path, EXPORT, "cp1252"), **declared)
    assert [fault.code for fault in faults] == [code] * len(where)
    assert places(faults) == where
    for fault in faults:
        told = fault.say(audience="command_line")
        assert option in told
        assert f"{left_out}=" not in told
        assert f"{left_out}=" in fault.hint
        assert "--" not in fault.hint


@pytest.mark.parametrize(
    ("written", "persons"),
    [
        ("utf-8", EXPORT["persons"]),
        ("utf-8-sig", EXPORT["persons"]),
        ("utf-8-sig", "id\n007\nb\n"),
    ],
)
def test_utf8_declared_otherwise(tmp_path: Path, written: str, persons: str) -> None:
    """A file that would read as “Ã…se” is told of instead."""
    folder = write(tmp_path, EXPORT, "cp1252")
    write(tmp_path, {"persons": persons}, written)
    (fault,) = faults_of(folder, **DANISH)
    assert (fault.code, str(fault.place)) == ("encoding", "persons.csv")
    assert "UTF-8, not cp1252" in fault.hint


@pytest.mark.parametrize(
    "name",
    [
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "latin-1",
        "cp865",
        "cp1252",
        "UTF8",
        "utf-8-sig",
    ],
)
def test_other_encodings_are_read_when_declared(tmp_path: Path, name: str) -> None:
    """Any encoding with Danish letters will do, under any of its names."""
    folder = write(tmp_path / "other", NATIVE, name)
    assert read(folder, encoding=name) == read(write(tmp_path / "native", NATIVE))


@pytest.mark.parametrize("name", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16_that_is_not_declared_is_refused_by_name(tmp_path: Path, name: str) -> None:
    """What Excel calls “Unicode text” is recognised by its mark."""
    write(tmp_path, NATIVE)
    (tmp_path / "persons.csv").write_text("\ufeff" + NATIVE["persons"], encoding=name, newline="")
    (fault,) = faults_of(tmp_path)
    assert (fault.code, str(fault.place)) == ("encoding", "persons.csv")
    assert "--encoding utf-16" in fault.say(audience="command_line")
    assert 'encoding="utf-16"' in fault.hint


@pytest.mark.parametrize(
    "declared", ["utf-16", "UTF16", "utf-16-le", "utf-16-be", "Unicode", "u16"]
)
@pytest.mark.parametrize("written", ["utf-16-le", "utf-16-be"])
def test_a_mark_says_more_than_a_name(tmp_path: Path, written: str, declared: str) -> None:
    """Whichever of its names UTF-16 is declared by, the mark in the file tells the order of bytes."""
    marked = {name: "\ufeff" + text for name, text in NATIVE.items()}
    folder = write(tmp_path / "marked", marked, written)
    assert read(folder, encoding=declared) == read(write(tmp_path / "native", NATIVE))


@pytest.mark.parametrize("written", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_known_by_its_noughts(tmp_path: Path, written: str) -> None:
    """Letters that are two bytes each are no UTF-8, although they could be read as such."""
    (fault, *_) = faults_of(write(tmp_path, NATIVE, written))
    assert "--encoding utf-16" in fault.say(audience="command_line")


def test_a_mark_contradicts_another_encoding(tmp_path: Path) -> None:
    """One file of many that Excel saved as “Unicode text” is named."""
    folder = write(tmp_path, EXPORT, "cp1252")
    write(tmp_path, {"persons": EXPORT["persons"]}, "utf-16")
    (fault,) = faults_of(folder, **DANISH)
    assert (fault.code, str(fault.place)) == ("encoding", "persons.csv")
    assert "UTF-16, not cp1252" in fault.hint


@pytest.mark.parametrize("text", ["id,name\na,A\n", "id\na\n", "id,name\na,\n"])
def test_plain_letters_are_no_utf16(tmp_path: Path, text: str) -> None:
    """A file of plain letters under a declared UTF-16 is refused, not read as other signs."""
    (fault, *_) = faults_of(write(tmp_path, {"persons": text}), encoding="utf-16")
    assert fault.place.file == "persons.csv"


@pytest.mark.parametrize("cell", ["0.5", "1.000,5", "1.5e-1"])
def test_a_point_under_declared_commas_is_refused(tmp_path: Path, cell: str) -> None:
    """A point may stand for thousands, so it is never read as one thing or the other."""
    tables = EXPORT | {"positions": EXPORT["positions"].replace("0,5", cell)}
    (fault,) = faults_of(write(tmp_path, tables, "cp1252"), **DANISH)
    assert str(fault.place) == "positions.csv, row 2, column fte"
    assert "decimal comma" in fault.hint
    assert "--decimal" not in fault.hint


@pytest.mark.parametrize("cell", ["2018-13-01", "31-02-2018", "1-8.2018", "1-8-18", "08/2018"])
def test_no_day_is_refused_in_any_dialect(tmp_path: Path, cell: str) -> None:
    """Declaring that the day comes first makes no day of what is none."""
    tables = EXPORT | {"positions": EXPORT["positions"].replace("1.8.2019", cell)}
    (fault,) = faults_of(write(tmp_path, tables, "cp1252"), **DANISH)
    assert fault.code == "invalid_value"
    assert str(fault.place) == "positions.csv, row 2, column valid_to"


def test_iso_days(tmp_path: Path) -> None:
    """A day that can be read in one way only may stand among others."""
    tables = EXPORT | {"positions": EXPORT["positions"].replace("1.8.2019", "2019-08-01")}
    organisation = read(write(tmp_path, tables, "cp1252"), **DANISH)
    assert organisation.positions[0].valid.end == date(2019, 8, 1)


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("encoding", "klingon"),
        ("encoding", ""),
        ("encoding", "\0"),
        ("encoding", "rot13"),
        ("encoding", "base64"),
        ("encoding", "ascii"),
        ("encoding", "cp1251"),
        ("encoding", b"utf-8"),
        ("encoding", ["utf-8"]),
        ("encoding", None),
        ("delimiter", "|"),
        ("delimiter", ""),
        ("delimiter", None),
        ("decimal", ";"),
        ("decimal", 3),
        ("dates", "month-first"),
        ("dates", "ISO"),
        ("dates", []),
    ],
)
def test_a_wrong_declaration_is_refused(tmp_path: Path, option: str, value: object) -> None:
    """A dialect that does not exist is refused by the name of its option, before any reading."""
    (fault,) = faults_of(tmp_path / "not-there", **{option: value})
    assert (fault.code, str(fault.place)) == ("unknown_dialect", option)
    assert "'" in fault.hint


@pytest.mark.parametrize(
    ("option", "value"), [("decimal", "|"), ("dates", "month-first"), ("decimal", None)]
)
def test_a_wrong_declaration_for_frames_is_refused(option: str, value: Any) -> None:
    """Frames are read under the same declarations."""
    with pytest.raises(InvalidDataError) as caught:
        from_tables({}, **{option: value})
    assert [fault.code for fault in caught.value.faults] == ["unknown_dialect"]


@search(60)
@given(
    rows=st.lists(
        st.tuples(
            st.floats(allow_nan=False, allow_infinity=False),
            st.dates(date(1900, 1, 1), date(2100, 12, 31)),
            st.sampled_from(["{:02}-{:02}-{}", "{}.{}.{}", "{:02}/{:02}/{}", "{}-{:02}-{}"]),
        ),
        max_size=20,
    )
)
def test_danish_reads_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[float, date, str]]
) -> None:
    """Whatever number and day: written with a comma, day first, and declared, it is the same."""
    lines = ["unit;measure;value;n;valid_from"]
    for number, (value, day, form) in enumerate(rows):
        written = form.format(day.day, day.month, day.year)
        lines.append(f"s;m{number:02};{repr(value).replace('.', ',')};1;{written}")
    tables = EXPORT | {"outcomes": "\n".join(lines) + "\n"}
    folder = write(tmp_path_factory.mktemp("danish"), tables, "cp1252")
    outcomes = read(folder, **DANISH).outcomes
    assert [(o.value, o.valid.start) for o in outcomes] == [(value, day) for value, day, _ in rows]
