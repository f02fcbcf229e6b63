"""CSV text into the cells of one table, with a fault for whatever is no table."""

from __future__ import annotations

from typing import Any

import pytest

from plfkit.model.records.rows import Person
from plfkit.sources.cells import RawTable, list_cells
from plfkit.sources.csvtext import find_other_separator, read_csv
from plfkit.sources.dialects import Dialect
from plfkit.sources.given import GivenFile
from plfkit.sources.limits import Limits


def of_bytes(data: bytes, **dialect: Any) -> RawTable:
    """The table of persons that some bytes are."""
    return read_csv(GivenFile("f.csv", data), Person, Dialect(**dialect), Limits())


def told(raw: RawTable) -> list[tuple[str, str]]:
    """What each fault is, and where."""
    return [(fault.code, str(fault.place)) for fault in raw.faults]


CUT_OFF = [("row_width", "f.csv, row 4"), ("bad_csv", "f.csv, row 3, column name")]
MISSPELT = [
    ("unknown_column", "f.csv, row 1, column nmae"),
    ("bad_csv", "f.csv, row 2, column number 2"),
]


@pytest.mark.parametrize(
    ("data", "declared", "faults"),
    [
        (b"id;name\n", {}, [("delimiter", "f.csv, row 1")]),
        (b",Anna,id\n,x,a\n", {}, [("unknown_column", "f.csv, row 1, column number 2")]),
        (b"", {}, [("empty_file", "f.csv, row 1")]),
        (b"\xff\xfei\0d\0\n\0", {}, [("encoding", "f.csv")]),
        (b"\xef\xbb\xbfid\n", {"encoding": "cp1252"}, [("encoding", "f.csv")]),
        ("id\nåse\n".encode(), {"encoding": "cp1252"}, [("encoding", "f.csv")]),
        ("id\na\nå\n".encode("cp1252"), {}, [("encoding", "f.csv, row 3")]),
        ("\nid\nå\n".encode("cp1252"), {}, [("encoding", "f.csv, row 3")]),
        (b"id\na\n\x81\n", {"encoding": "cp1252"}, [("encoding", "f.csv, row 3")]),
        (b"\nid\n\n", {"encoding": "utf-16"}, [("encoding", "f.csv")]),
        (b"\n\0i\0d\0\n", {"encoding": "utf-16"}, [("encoding", "f.csv, row 2")]),
        (b"id\n", {"encoding": "unicode"}, [("encoding", "f.csv")]),
        (b"\xff\xfei\0d\0", {"encoding": "cp1252"}, [("encoding", "f.csv")]),
        ("id\na\n".encode("utf-16-be"), {}, [("encoding", "f.csv")]),
        (b'id,"na"me\na,A\n', {}, [("bad_csv", "f.csv, row 1, column number 2")]),
        (b'"x"y\nid,name\n', {}, [("bad_csv", "f.csv, row 1, column number 1")]),
        (b'sep=;\nid;"na"me\n', {}, [("bad_csv", "f.csv, row 2, column number 2")]),
        (b'sep=;\nid;name\na;A"\nb\n', {}, CUT_OFF),
        (b'id,nmae\na,A"\n', {}, MISSPELT),
    ],
)
def test_what_is_no_table(
    data: bytes, declared: dict[str, str], faults: list[tuple[str, str]]
) -> None:
    """Other encodings than declared, broken headers and rows, each where the file has it."""
    assert told(of_bytes(data, **declared)) == faults


@pytest.mark.parametrize(
    ("data", "declared", "word"),
    [
        (b"id;name\n", {}, "--delimiter ';'"),
        (b"id,name\n", {"delimiter": ";"}, "--delimiter ','"),
        (b"id\tname\n", {}, "--delimiter '\\t'"),
        (b"id\n\xe5\n", {}, "--encoding"),
        (b"id\n\x81\n", {"encoding": "cp1252"}, "CP1252"),
        ("id\nå\n".encode(), {"encoding": "cp1252"}, "cp1252"),
    ],
)
def test_hints(data: bytes, declared: dict[str, str], word: str) -> None:
    """What was taken for something else is named as the one who declares it would."""
    (fault,) = of_bytes(data, **declared).faults
    assert word in fault.say(audience="command_line")


@pytest.mark.parametrize(
    ("data", "declared", "row"),
    [
        ("\ufeffid,name\nå,A\n".encode(), {}, 2),
        ("sep=;\nid;name\nå;A\n".encode(), {}, 3),
        ("\n\nsep=;\r\nid;name\nå;A\n".encode(), {}, 5),
        ("sep=,\nid;name\nå;A\n".encode(), {"delimiter": ";"}, 3),
        ("sep=\nid\tname\nå\tA\n".encode(), {"delimiter": "\t"}, 3),
        ("id;name\nå;A\n".encode("cp1252"), {"encoding": "cp1252", "delimiter": ";"}, 2),
        ("id,name\nå,A\n".encode("utf-16"), {"encoding": "utf-16"}, 2),
    ],
)
def test_what_is_a_table(data: bytes, declared: dict[str, str], row: int) -> None:
    """As it was declared, or as Excel's line says, the same cells in the row where they stand."""
    raw = of_bytes(data, **declared)
    assert (told(raw), list_cells(raw, "id"), list_cells(raw, "name")) == ([], ["å"], ["A"])
    assert raw.rows.tolist() == [row]


def test_excels_line_alone() -> None:
    """A file that holds nothing else is empty."""
    assert told(of_bytes(b"sep=;")) == [("empty_file", "f.csv, row 1")]


def test_other_separators() -> None:
    """Of a header read as one cell another sign than was declared separates the columns."""
    commas, semicolons = Dialect(), Dialect(delimiter=";")
    assert find_other_separator(["id;name"], commas) == ";"
    assert find_other_separator(["id\tname"], commas) == "\\t"
    assert find_other_separator(["id,name"], semicolons) == ","
    for header in (["id"], ["id,name"], ["id;x", "name"]):
        assert find_other_separator(header, commas) is None


@pytest.mark.parametrize("below", [513, 1024, 1025, 1026])
def test_rows_far_down(below: int) -> None:
    """Where rows are cut off, broken or blank at any place, those below keep their numbers."""
    lines = ["id,name", *(f"p{row},A" for row in range(2, 1201))]
    odd = {below - 2: "x", below - 1: 'x,"A"x', below: ","}
    for row, line in odd.items():
        lines[row - 1] = line
    raw = of_bytes("\n".join(lines).encode())
    assert told(raw) == [
        ("row_width", f"f.csv, row {below - 2}"),
        ("bad_csv", f"f.csv, row {below - 1}, column name"),
    ]
    kept = [row for row in range(2, 1201) if row not in odd]
    assert raw.rows.tolist() == kept
    assert list_cells(raw, "id") == [f"p{row}" for row in kept]
