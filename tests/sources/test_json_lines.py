"""JSON Lines: one object a row, read as strictly as every other format."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from searching import search

from plfkit import Event, Limits, Organisation, Person, Position, Survey, Unit, read, write
from plfkit.errors import InvalidDataError, LimitError
from plfkit.model.records.rows import NATIVE_ROWS

BARE = {"persons.jsonl": b'{"id": "a"}\n'}


def read_lines(table: str, *lines: str | bytes) -> Organisation:
    """Read lines of one table, beside one person."""
    data = b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines)
    return read({**BARE, f"{table}.jsonl": data})


def told(table: str, *lines: str | bytes) -> list[tuple[str, str]]:
    """What is wrong with lines of one table, and where."""
    with pytest.raises(InvalidDataError) as caught:
        read_lines(table, *lines)
    return [(fault.code, str(fault.place)) for fault in caught.value.faults]


def test_rows_are_objects(tmp_path: Path) -> None:
    """Texts, numbers and flags are JSON's own, days are texts, and what is missing is null."""
    organisation = Organisation.of(
        units=[Unit("s", "school", 'Å "1"')],
        persons=[Person("007")],
        positions=[Position("007", "s", "teacher", fte=0.5)],
        surveys=[Survey("q", "scale", linked=True)],
    )
    folder = write(organisation, tmp_path / "data", format="jsonl")
    (position,) = (folder / "positions.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(position) == {
        "person": "007",
        "unit": "s",
        "role": "teacher",
        "fte": 0.5,
        "subject": None,
        "valid_from": None,
        "valid_to": None,
    }
    assert 'Å \\"1\\"' in (folder / "units.jsonl").read_text(encoding="utf-8")
    (survey,) = (folder / "surveys.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(survey)["linked"] is True


def test_keys_may_be_left_out_and_stand_in_any_order() -> None:
    """What a row does not say is blank, also where only a later row has the column."""
    found = read_lines(
        "units",
        '{"id": "s", "kind": "school"}',
        '{"parent": "s", "kind": "school_department", "id": "d", "valid_to": "2019-08-01"}',
    )
    assert {unit.id: unit.parent for unit in found.units} == {"s": None, "d": "s"}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n \t\n"])
def test_lines_end_as_they_may(end: str) -> None:
    """Blank lines are passed over, and so is the mark with which Windows begins a file."""
    text = "\ufeff" + end.join(['{"id": "a"}', '{"id": "b"}', ""])
    assert len(read({"persons.jsonl": text.encode()}).persons) == 2


def test_an_empty_file_is_a_table_without_rows() -> None:
    """There is no header that could be missing."""
    assert len(read_lines("ties", "").ties) == 0


@pytest.mark.parametrize(
    "line",
    [
        '{"id": "u", "kind": "school", "kind": "school"}',
        '{"id": "u", "kind": "school", "name": NaN}',
        '{"id": "u", "kind": "school"} {"id": "v"}',
        '{"id": "u", "kind": "school"',
        '["u", "school"]',
        '"u"',
        "null",
        "id,kind",
        "[" * 100_000,
        '{"a":' * 100_000,
        "9" * 10_000,
        "{'id': 'u'}",
    ],
)
def test_a_line_that_is_no_object_is_told_of(line: str) -> None:
    """Repeated keys, NaN, lists and whatever is no JSON are faults at their row."""
    assert told("units", '{"id": "s", "kind": "school"}', "", line) == [
        ("bad_json", "units.jsonl, row 3")
    ]


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        ({"kind": 7}, "invalid_value", "kind"),
        ({"kind": True}, "invalid_value", "kind"),
        ({"kind": ["school"]}, "invalid_type", "kind"),
        ({"kind": {"id": "school"}}, "invalid_type", "kind"),
        ({"kind": None}, "missing_value", "kind"),
        ({"kind": " "}, "missing_value", "kind"),
        ({"kind": "castle"}, "unknown_kind", "kind"),
        ({"name": "\ud800"}, "invalid_value", "name"),
        ({"name": "a\0b"}, "invalid_value", "name"),
        ({"valid_to": 20190801}, "invalid_value", "valid_to"),
        ({"valid_to": "2019-08-01T00:00"}, "invalid_value", "valid_to"),
        ({"parent": "nowhere"}, "dangling_reference", "parent"),
        ({"knd": "school"}, "unknown_column", "knd"),
    ],
)
def test_a_wrong_cell_is_told_of_at_its_row(cells: dict[str, Any], code: str, column: str) -> None:
    """Wrong types, unknown columns and whatever else is wrong, in the third line."""
    row = {"id": "u", "kind": "school", **cells}
    lines = ['{"id": "s", "kind": "school"}', "", json.dumps(row)]
    assert (code, f"units.jsonl, row 3, column {column}") in told("units", *lines)


@pytest.mark.parametrize("number", ["1e999", "-1e999", "1" * 400, "true", '"0,5"', "1.5"])
def test_numbers_are_numbers(number: str) -> None:
    """What is too large, no number, or more than full time, is refused at its row."""
    line = f'{{"person": "a", "unit": "s", "role": "teacher", "fte": {number}}}'
    files = {**BARE, "units.jsonl": b'{"id": "s", "kind": "school"}'}
    with pytest.raises(InvalidDataError) as caught:
        read({**files, "positions.jsonl": line.encode()})
    assert {str(fault.place) for fault in caught.value.faults} == {
        "positions.jsonl, row 1, column fte"
    }


def test_other_encodings_are_refused() -> None:
    """JSON is UTF-8; a line in another encoding is told of, and the others are still read."""
    lines = '{"id": "s", "kind": "school"}', '{"id": "ø", "kind": "x"}'.encode("cp1252")
    assert told("units", *lines) == [("encoding", "units.jsonl, row 2")]


def test_a_missing_column_is_told_of_once() -> None:
    """No row has it: it is missing, not blank in each."""
    assert told("units", '{"id": "s"}', '{"id": "t"}') == [
        ("missing_column", "units.jsonl, column kind")
    ]
    assert told("units", "{}") == [
        ("missing_column", "units.jsonl, column id"),
        ("missing_column", "units.jsonl, column kind"),
    ]


def test_names_of_people_are_no_columns() -> None:
    """A key that is nothing like a column may be somebody's name: its number is told."""
    ((code, place),) = told("units", '{"id": "s", "kind": "school", "Anna Hansen": 1}')
    assert (code, place) == ("unknown_column", "units.jsonl, row 1, column number 3")


def test_a_table_in_two_formats_is_refused() -> None:
    """Nobody could say which of the two counts."""
    with pytest.raises(InvalidDataError) as caught:
        read({**BARE, "persons.csv": b"id\na\n"})
    assert [(f.code, f.place.file) for f in caught.value.faults] == [("two_files", "persons.jsonl")]


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("rows", [f'{{"id": "{number}"}}' for number in range(9)]),
        ("columns", [json.dumps({f"k{number}": 1 for number in range(9)})]),
        ("bytes", ['{"id": "a"}']),
    ],
)
def test_limits_hold(name: str, lines: list[str]) -> None:
    """A table of more rows, keys or bytes than allowed is refused."""
    with pytest.raises(LimitError, match=name):
        read({"persons.jsonl": "\n".join(lines).encode()}, limits=Limits(**{name: 3}))


@search(200)
@given(table=st.sampled_from(sorted(NATIVE_ROWS)), data=st.binary(max_size=200))
def test_any_bytes_give_data_or_faults(table: str, data: bytes) -> None:
    """Whatever stands in a file, reading ends in data or in our error."""
    try:
        assert isinstance(read({**BARE, f"{table}.jsonl": data}), Organisation)
    except InvalidDataError as error:
        assert error.faults  # noqa: PT017 - either outcome is right


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=4,
)


@search(200)
@given(
    rows=st.lists(
        st.dictionaries(st.sampled_from(["id", "kind", "date", "hours", "x"]), JSON), max_size=4
    )
)
def test_any_json_gives_data_or_faults_with_rows(rows: list[dict[str, Any]]) -> None:
    """Objects of whatever cells are data, or faults that name one of their rows or a column."""
    data = "\n".join(map(json.dumps, rows)).encode()
    try:
        assert len(read({**BARE, "events.jsonl": data}).events) == len(rows)
    except InvalidDataError as error:
        assert all(fault.place.row or fault.place.column for fault in error.faults)  # noqa: PT017


def test_blocks_of_rows_are_one_table() -> None:
    """A column that first shows after hundreds of rows is blank in all before, and rows keep their place."""
    events = [{"id": f"e{n:04}", "kind": "workshop", "date": "2019-01-01"} for n in range(1500)]
    events[1400]["artefact"] = "plan"
    found = read_lines("events", *map(json.dumps, events))
    expected = [
        Event(f"e{n:04}", "workshop", found.events[0].date, artefact="plan" if n == 1400 else None)
        for n in range(1500)
    ]
    assert list(found.events) == expected
    events[1450]["date"] = "yesterday"
    assert told("events", *map(json.dumps, events)) == [
        ("invalid_value", "events.jsonl, row 1451, column date")
    ]
