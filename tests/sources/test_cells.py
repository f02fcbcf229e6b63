"""Cells as a source gave them, and the columns they become."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest
from attrs import evolve

from plfkit.errors import Fault, Place
from plfkit.faults import FaultCode
from plfkit.hints import AllowedWord, ColumnName, Hint
from plfkit.model.records.rows import Community, Event, Outcome, Person, Registration
from plfkit.model.words.vocabulary import load_core_vocabulary
from plfkit.sources.cells import (
    CodedCells,
    Coder,
    DecodedTable,
    RawTable,
    code_cells,
    hint_at_table,
    list_cells,
    list_header_faults,
    read_table,
    take_raw_rows,
)
from plfkit.sources.dialects import Dialect

MANY = [f"p{number}" for number in range(150)]
"""More ids than are looked at one by one."""


def sheet(rows: Sequence[int] | None = None, /, **columns: Sequence[Any]) -> RawTable:
    """A table of a workbook, its cells by column."""
    height = len(next(iter(columns.values())))
    return RawTable(
        file="sheet",
        columns={name: code_cells(cells) for name, cells in columns.items()},
        rows=np.array(range(2, height + 2) if rows is None else rows),
        numbers_are_ids=True,
    )


def decoded(raw: RawTable, part: type = Person, **dialect: Any) -> DecodedTable:
    """The table that its cells make."""
    return read_table(raw, part, load_core_vocabulary(), Dialect(**dialect))


def told(table: DecodedTable) -> list[tuple[str, int | None, str | None]]:
    """What each fault is, and where."""
    return [(fault.code, fault.place.row, fault.place.column) for fault in table.faults]


@pytest.mark.parametrize(
    ("distinct", "codes", "kept"),
    [
        (["a", "b"], [0, 1, -1, 0], ["a", "b"]),
        (["a", None], [0, -1, -1, 0], ["a"]),
        (["", "b"], [-1, 0, -1, -1], ["b"]),
        ([" \xa0", "b "], [-1, 0, -1, -1], ["b"]),
        (["b ", "b"], [0, 0, -1, 0], ["b"]),
        ([1, True], [0, 1, -1, 0], [1, True]),
        ([" ", True, 1], [-1, 0, -1, -1], [True, 1]),
    ],
)
def test_blank_cells(distinct: list[Any], codes: list[int], kept: list[Any]) -> None:
    """Nothing but space is no cell, space around one is nothing, and True is not 1."""
    coded = CodedCells.of(np.array([0, 1, -1, 0], np.int32), distinct)
    assert coded.codes.tolist() == codes
    assert [(type(cell), cell) for cell in coded.distinct] == [(type(cell), cell) for cell in kept]


def test_cells_row_by_row() -> None:
    """Cells of several types come back as they were given, and of no column nothing does."""
    cells = [True, 1, "1", 1.0, None, True]
    raw = sheet(id=cells)
    assert [repr(cell) for cell in list_cells(raw, "id")] == [repr(cell) for cell in cells]
    assert list_cells(raw, "name") == [None] * 6


def test_a_source_that_gave_nothing() -> None:
    """A table without cells has no rows."""
    assert len(decoded(RawTable(file="f")).table) == 0


def test_texts_are_coded_as_they_come() -> None:
    """Each text has one code, by where it first stood."""
    coder = Coder()
    coder.extend(["b", "a"])
    coder.extend(["b", ""])
    coded = coder.build_codes()
    assert (coded.codes.tolist(), list(coded.distinct)) == ([0, 1, 0, -1], ["b", "a"])


def test_some_rows() -> None:
    """Rows that are taken keep their cells and the numbers that the source gives them."""
    some = take_raw_rows(sheet([5, 7, 9], id=["a", "b", "c"]), [2, 0])
    assert (list_cells(some, "id"), some.rows.tolist()) == (["c", "a"], [9, 5])


@pytest.mark.parametrize(
    ("cells", "faults"),
    [
        (MANY, []),
        ([*MANY, None], [("missing_value", 152, "id")]),
        ([*MANY, " x\x07"], [("invalid_value", 152, "id")]),
        ([*MANY, True], [("invalid_value", 152, "id")]),
        ([*MANY, 1042], []),
        ([*range(150)], []),
        (["a", None, 1.5, "b"], [("missing_value", 3, "id"), ("invalid_value", 4, "id")]),
    ],
)
def test_ids_of_short_and_long_columns(
    cells: list[Any], faults: list[tuple[str, int, str]]
) -> None:
    """However long a column, what is no id is missing and told of; all others are as they stand."""
    table = decoded(sheet(id=cells))
    wrong = {row for _, row, _ in faults}
    ids = [None if row in wrong else str(cell) for row, cell in enumerate(cells, 2)]
    assert table.table.column("id").tolist() == ids
    assert told(table) == faults


def test_a_missing_text_has_no_code() -> None:
    """What is missing in a column of texts has the code −1, whether few or many stand there."""
    for cells in (["a", None], [*MANY, None]):
        codes = decoded(sheet(id=cells, name=cells)).table.column("name").values.tolist()
        assert (codes[0] >= 0, codes[-1]) == (True, -1)


@pytest.mark.parametrize(
    ("cell", "is_id"),
    [
        (float(2**53 - 1), True),
        (float(2**53), False),
        (-float(2**53 - 1), True),
        (1.5, False),
        (2**60, True),
        (101901234, False),  # 0101901234 that lost its first nought
    ],
)
def test_whole_numbers_as_ids(cell: float, is_id: bool) -> None:  # noqa: FBT001 - a parameter
    """The digits of a number are an id as long as a sheet keeps all of them."""
    (found,) = decoded(sheet(id=[cell])).table.column("id").tolist()
    assert found == (str(int(cell)) if is_id else None)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("0.30000000000000004", 0.1 + 0.2),
        ("9007199254740992.0", 2.0**53),
        ("0.5", None),
        ("9007199254740991.0", None),
        ("0.300000000000000040", None),
        ("0,5", 0.5),
    ],
)
def test_numbers_that_only_text_can_hold(cell: str, value: float | None) -> None:
    """Under decimal commas a sheet's text with a point is a number only where no cell could hold it."""
    raw = sheet(unit=["s"], measure=["m"], value=[cell], n=[5])
    table = decoded(raw, Outcome, decimal=",").table
    assert table.column("value").tolist() == [value]


def test_no_file_has_such_numbers() -> None:
    """In a file that was declared to have commas a point is refused however long the number."""
    columns = {"value": CodedCells(np.zeros(1, np.int32), ["0.30000000000000004"])}
    raw = RawTable(file="outcomes.csv", columns=columns, rows=np.array([2]))
    assert told(decoded(raw, Outcome, decimal=",")) == [("invalid_value", 2, "value")]


MIDNIGHT = datetime(2018, 8, 1)  # noqa: DTZ001 - sheets have no zone


@pytest.mark.parametrize(
    ("column", "cell", "found"),
    [
        ("date", MIDNIGHT.date(), MIDNIGHT.date()),
        ("date", MIDNIGHT, MIDNIGHT.date()),
        ("date", MIDNIGHT.replace(hour=9), "cell.time_of_day"),
        ("date", MIDNIGHT.replace(tzinfo=UTC), "cell.time_of_day"),
        ("date", 43313.0, "cell.no_date"),
        ("id", MIDNIGHT, "cell.date_for_text"),
        ("id", MIDNIGHT.date(), "cell.date_for_text"),
        ("id", 1.5, "cell.number_for_text"),
        ("id", True, "cell.no_text"),
        ("id", 7.0, "7"),
        ("hours", 1.5, 1.5),
        ("hours", True, "cell.no_number"),
        ("headcount", 7.0, 7),
        ("headcount", 7.5, "cell.no_whole_number"),
    ],
)
def test_cells_that_have_a_type(column: str, cell: object, found: object) -> None:
    """Each is what the column takes, or is refused with what it was taken for."""
    table = decoded(sheet(**{column: [cell]}), Event)
    (value,) = table.table.column(column).tolist()
    assert (value if value is not None else table.faults[0].remedy.key) == found


def test_what_a_list_is_of_decides_its_words() -> None:
    """A kind means what the column beside it says it is a kind of; a blank there means events."""
    raw = sheet(
        unit=["s"] * 4,
        of=["positions", "memberships", None, "positions"],
        kind=["Lærer", "Fagteam", "Workshop", "Skoleledelse"],
        complete=["yes"] * 4,
    )
    kinds = decoded(raw, Registration).table.column("kind").tolist()
    assert kinds == ["teacher", "subject_team", "workshop", "school_leadership"]


@pytest.mark.parametrize("others", [["xyzzy"], MANY])
def test_kinds_in_short_and_long_columns(others: list[str]) -> None:
    """A word that a kind has becomes its id, and another word stays as it stands."""
    words = ["Workshop", *others]
    raw = sheet(id=[f"e{number}" for number in range(len(words))], kind=words)
    assert decoded(raw, Event).table.column("kind").tolist() == ["workshop", *others]


def test_what_a_fault_tells_of_a_cell() -> None:
    """It holds what stood there, if anything did, and says what may, in the words of the source."""
    raw = evolve(sheet(id=["c", None], charter=["maybe", None]), words={"yes": "ja", "no": "nej"})
    blank, flag = decoded(raw, Community).faults
    assert (flag.value, blank.value) == ("maybe", None)
    assert "ja" in flag.hint
    assert "yes" not in flag.hint


@pytest.mark.parametrize(
    ("code", "column", "hides"),
    [
        ("bad_csv", "Navn", True),
        ("row_width", None, True),
        ("invalid_value", "Nr.", True),
        ("invalid_value", "id", False),
        ("invalid_value", "Navn", False),
    ],
)
def test_faults_that_may_hide_ids(code: FaultCode, column: str | None, hides: bool) -> None:  # noqa: FBT001 - a parameter
    """A row that cannot be read may, and so may a cell of the column that the source has for ids."""
    raw = RawTable(
        file="f", columns={"id": code_cells(["a"])}, rows=np.array([2]), titles={"id": "Nr."}
    )
    fault = Fault(code, Place("f", 2, column), Hint("cell.blank"))
    assert decoded(raw).may_hide_ids(fault) is hides


@pytest.mark.parametrize("columns", [{}, {"id": code_cells(["a"])}], ids=["none", "some"])
def test_ids_of_a_table_without_titles(columns: dict[str, CodedCells]) -> None:
    """Ids are in the column of that name; where no column could be read, all of them are hidden."""
    raw = RawTable(file="f", columns=columns, rows=np.zeros(len(columns), np.int64))
    table = DecodedTable(decoded(sheet(id=["a"])).table, raw, ())
    for column, hides in (("id", True), ("name", not columns)):
        fault = Fault("invalid_value", Place("f", 2, column), Hint("cell.blank"))
        assert table.may_hide_ids(fault) is hides


def test_a_fault_of_a_record_in_its_source() -> None:
    """It stands in the row, under the title and with the words that the source has for them."""
    raw = RawTable(
        file="Personer",
        rows=np.array([4, 7]),
        titles={"name": "Navn"},
        words={"yes": "ja"},
    )
    table = DecodedTable(decoded(sheet(id=["a"])).table, raw, ())
    hint = Hint("column.missing", column=ColumnName("name"), doc=AllowedWord("yes"))
    found = table.locate_table_fault(Fault("duplicate", Place("persons", 2, "name"), hint))
    assert found.place == Place("Personer", 7, "Navn")
    assert dict(found.remedy.values) == {"column": "Navn", "doc": "ja"}
    bare = table.locate_table_fault(Fault("duplicate", Place("persons", 1), hint))
    assert bare.place == Place("Personer", 4)


def test_hints_at_tables() -> None:
    """A misspelt table has the nearest one for its hint, any other word the list of them."""
    assert "persons" in str(hint_at_table("person"))
    assert "ties" not in str(hint_at_table("person"))
    assert all(name in str(hint_at_table("xyzzy")) for name in ("persons", "ties"))


def test_a_header_with_everything_wrong() -> None:
    """A name that is near is told; one that is not is told by its number, for it may be somebody's."""
    faults = list_header_faults(["nmae", "Anna Hansen", "name", "name"], Person, "f", 3)
    assert [(fault.code, str(fault.place)) for fault in faults] == [
        ("unknown_column", "f, row 3, column nmae"),
        ("unknown_column", "f, row 3, column number 2"),
        ("duplicate_column", "f, row 3, column name"),
        ("missing_column", "f, row 3, column id"),
    ]
    near, far, _, missing = (fault.hint for fault in faults)
    assert "name" in near
    assert "valid_from" not in near
    assert "valid_from" in far
    assert "id" in missing


@pytest.mark.parametrize(
    ("part", "cells", "remedies"),
    [
        (Event, {"date": ["01-08-2018"]}, ["day-first", "number or a date"]),
        (Event, {"date": ["soon"]}, ["number or a date"]),
        (Outcome, {"value": ["0,5"]}, ['decimal=","', "number or a date"]),
        (Outcome, {"n": ["five"]}, ["number or a date"]),
        (Person, {"id": ["a\x07"]}, []),
    ],
)
def test_what_else_would_mend_a_cell(
    part: type, cells: dict[str, list[Any]], remedies: list[str]
) -> None:
    """A declaration, where one would make it readable; in a sheet also a cell of another format."""
    (fault,) = decoded(sheet(**cells), part).faults
    offered = ["day-first", 'decimal=","', "number or a date"]
    assert [remedy for remedy in offered if remedy in fault.hint] == remedies
