"""Tables: records outside, columns inside."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plfkit import Organisation, Period, Person, Position, Survey, Tie, snapshot
from plfkit.errors import InvalidDataError
from plfkit.measures import density
from plfkit.model.records.tables import Table
from plfkit.testing import organisations


@given(organisations())
def test_records_come_back_as_they_went_in(organisation: Organisation) -> None:
    """A table rebuilt from its own records is the same table, and indexing agrees with iteration."""
    for table in organisation.tables.values():
        records = list(table)
        assert Table.of(table.row_type, records) == table
        assert [table[row] for row in range(len(table))] == records


def test_missing_cells_are_none_and_columns_are_sealed() -> None:
    """What was not given is None; nobody can change a column."""
    table = Table.of(Position, [Position("a", "u", "teacher", valid=Period.parse("2018/19"))])
    assert table[0].fte is None
    assert table[0].valid == Period.parse("2018/19")
    with pytest.raises(ValueError, match="read-only"):
        table.column("person").values[0] = 1


def test_slices_are_tables() -> None:
    """A slice of a table is a table of the same part."""
    table = Table.of(Person, [Person(name) for name in "abc"])
    assert [person.id for person in table[1:]] == ["b", "c"]


@pytest.mark.parametrize(
    "record",
    [
        Person(id=7),  # type: ignore[arg-type]
        Person(id=""),
        Person(id=" a"),
        Person(id="a\x00b"),
        Person(id=None),  # type: ignore[arg-type]
        Person(id="010190-1234"),
        Position("a", "u", "teacher", fte=float("nan")),
        Position("a", "u", "teacher", fte=True),
        Survey("s", "network", max_ties=1.5),  # type: ignore[arg-type]
    ],
)
def test_wrong_values_are_refused(record: Any) -> None:
    """None, numbers for text, NaN, true for a number, control characters and CPR are refused."""
    with pytest.raises(InvalidDataError) as caught:
        Table.of(type(record), [record])
    assert caught.value.faults[0].code == "invalid_value"


def test_each_cell_is_checked() -> None:
    """A cell that equals one that has passed is looked at if it is no text; a bad text is told each time."""
    fractions = [1.0, True, 1.0]
    with pytest.raises(InvalidDataError) as caught:
        Table.of(Position, [Position("a", "u", "teacher", fte=value) for value in fractions])
    assert [fault.place.row for fault in caught.value.faults] == [2]
    with pytest.raises(InvalidDataError) as caught:
        Table.of(Person, [Person(name) for name in ("a", " b", "c", " b")])
    assert [fault.place.row for fault in caught.value.faults] == [2, 4]


def test_reading_and_density_make_no_record(monkeypatch: pytest.MonkeyPatch, example: Any) -> None:
    """Columns carry reading and measuring: no Person and no Tie is ever made."""

    def refuse(*_: object) -> None:
        raise AssertionError("a record was made")

    monkeypatch.setattr(Person, "__init__", refuse)
    monkeypatch.setattr(Tie, "__init__", refuse)
    from plfkit import read

    assert 0 < density(snapshot(read(example)), relation="advice").item() < 1


def test_text_is_normalised() -> None:
    """The same name in composed and decomposed letters is one person."""
    composed, decomposed = "Åse", "A\u030ase"
    tables = [Table.of(Person, [Person(name)]) for name in (composed, decomposed)]
    assert tables[0] == tables[1]
    assert np.array_equal(tables[0].column("id").values, tables[1].column("id").values)


@given(st.lists(organisations(), min_size=1, max_size=4))
def test_tables_are_joined_in_one_go(several: list[Organisation]) -> None:
    """Several tables at once give the rows of each in turn, as their records do."""
    for name in several[0].tables:
        first, *others = (organisation.tables[name] for organisation in several)
        together = [record for table in (first, *others) for record in table]
        assert first.joined(*others) == Table.of(first.row_type, together)
