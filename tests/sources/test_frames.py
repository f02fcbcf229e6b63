"""Frames of every library, and Parquet files: the same data, or every fault."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

from plfkit import Organisation, Period, Person, Profile, Tie, from_tables, read, write
from plfkit.errors import Fault, InvalidDataError, MissingExtraError
from plfkit.model.records.rows import NATIVE_ROWS
from plfkit.model.records.schema import list_column_specs

PANDAS: Any = import_module("pandas")
POLARS: Any = import_module("polars")
PYARROW: Any = import_module("pyarrow")
PARQUET: Any = import_module("pyarrow.parquet")
DUCKDB: Any = import_module("duckdb")
DAY = date(2018, 8, 1)
MIDNIGHT = datetime(2018, 8, 1)  # noqa: DTZ001 - a frame's timestamps mostly have no zone
Columns = Mapping[str, list[Any]]
TABLES: Mapping[str, Columns] = {
    "units": {
        "id": ["s", "town"],
        "kind": ["school", "Kommune"],
        "name": ["Østre Skole", None],
        "parent": ["town", None],
    },
    "persons": {"id": ["007", "b", "c"], "name": ["Åse", None, "Bo"]},
    "positions": {
        "person": ["007", "b", "c"],
        "unit": ["s", "s", "town"],
        "role": ["Lærer", "principal", "consultant"],
        "fte": [0.1, None, 1.0],
        "subject": [None, "dansk", None],
        "valid_from": [DAY, None, date(2017, 2, 28)],
        "valid_to": [None, date(2019, 8, 1), None],
    },
    "communities": {
        "id": ["x", "y", "z"],
        "kind": ["team", "network", "team"],
        "name": [None, None, "Team Æ"],
        "unit": ["s", None, "s"],
        "focus": ["læsning", None, None],
        "charter": [True, None, False],
    },
    "surveys": {
        "id": ["q", "r"],
        "kind": ["network", "network"],
        "relation": ["advice", "advice"],
        "instrument": [None, "A"],
        "date": [date(2018, 11, 12), None],
        "unit": [None, "s"],
        "max_ties": [3, None],
    },
    "ties": {
        "source": ["007", "b"],
        "target": ["b", "c"],
        "relation": ["advice", "advice"],
        "survey": [None, None],
        "weight": [2.0, None],
        "subject": ["dansk", None],
        "initiative": ["demand", None],
        "formality": [None, "formal"],
    },
}
EVENT: Columns = {"id": ["e", "f"], "kind": ["planning_meeting"] * 2, "date": [DAY, DAY]}


@frozen
class Stream:
    """Something that has an Arrow stream and nothing else."""

    _table: Any

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._table.__arrow_c_stream__(requested_schema)


def arrow(columns: Columns) -> Any:
    """A pyarrow table; a column that is blank throughout is one of text."""
    return PYARROW.table(
        {
            name: PYARROW.array(cells, None if any(cells) else PYARROW.string())
            for name, cells in columns.items()
        }
    )


def shuffled(columns: Columns) -> Any:
    """A pandas frame after somebody worked with it: rows turned round, with their old numbers."""
    turned = PANDAS.DataFrame({name: cells[::-1] for name, cells in columns.items()})
    return turned[::-1]


def relation(columns: Columns) -> Any:
    """A duckdb relation."""
    return DUCKDB.connect().from_arrow(arrow(columns))


MAKERS: Mapping[str, Callable[[Columns], Any]] = {
    "pandas": PANDAS.DataFrame,
    "pandas-of-objects": lambda columns: PANDAS.DataFrame(columns, dtype=object),
    "pandas-nullable": lambda columns: PANDAS.DataFrame(columns).convert_dtypes(),
    "pandas-of-arrow": lambda columns: PANDAS.DataFrame(columns).convert_dtypes(
        dtype_backend="pyarrow"
    ),
    "pandas-worked-with": shuffled,
    "polars": POLARS.DataFrame,
    "polars-lazy": POLARS.LazyFrame,
    "pyarrow": arrow,
    "pyarrow-batches": lambda columns: arrow(columns).to_reader(max_chunksize=1),
    "duckdb": relation,
    "stream": lambda columns: Stream(arrow(columns)),
    "polars-stream": lambda columns: Stream(POLARS.DataFrame(columns)),
}


def text(cell: Any) -> str:
    """A cell as a CSV file has it."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return "" if cell is None else str(cell)


@pytest.fixture
def expected(tmp_path: Path) -> Organisation:
    """The organisation of the same tables as CSV files."""
    folder = tmp_path / "csv"
    folder.mkdir()
    for name, columns in TABLES.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            rows = zip(*columns.values(), strict=True)
            csv.writer(file).writerows([columns, *([text(cell) for cell in row] for row in rows)])
    return read(folder)


def organisation_of(make: Callable[[Columns], Any], **tables: Columns) -> Organisation:
    """Read tables as frames of one kind, with two persons if there are none."""
    people = {"persons": {"id": ["a", "b"]}}
    return from_tables({name: make(columns) for name, columns in (people | tables).items()})


def faults_of(tables: Mapping[Any, Any]) -> list[Fault]:
    """Read frames that must not be accepted, with two persons if there are none."""
    with pytest.raises(InvalidDataError) as caught:
        from_tables({"persons": arrow({"id": ["a", "b"]}), **tables})
    return list(caught.value.faults)


def told(tables: Mapping[Any, Any]) -> list[tuple[str, str]]:
    """The code and the place of every fault."""
    return [(fault.code, str(fault.place)) for fault in faults_of(tables)]


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_frames_as_csv(expected: Organisation, make: Callable[[Columns], Any]) -> None:
    """Text, numbers, whole numbers, days and flags, missing ones among them, from any library."""
    assert organisation_of(make, **TABLES) == expected
    assert expected.persons[0] == Person("007", "Åse")
    assert expected.surveys[0].max_ties == 3


def test_frames_of_several_libraries_go_together(expected: Organisation) -> None:
    """Each table may come from another library."""
    makers = [PANDAS.DataFrame, POLARS.DataFrame, arrow, relation, POLARS.LazyFrame, shuffled]
    frames = zip(TABLES.items(), makers, strict=True)
    assert from_tables({name: make(columns) for (name, columns), make in frames}) == expected


CODED: Mapping[str, Callable[[], Any]] = {
    "pandas-category": lambda: PANDAS.DataFrame({"id": ["b", "a", "c"]}, dtype="category")[:2],
    "polars-categorical": lambda: POLARS.DataFrame(
        {"id": ["b", "a"]}, schema={"id": POLARS.Categorical}
    ),
    "polars-enum": lambda: POLARS.DataFrame(
        {"id": ["b", "a"]}, schema={"id": POLARS.Enum(["a", "b", "unused"])}
    ),
    "dictionary": lambda: PYARROW.table({"id": PYARROW.array(["b", "a"]).dictionary_encode()}),
    "dictionary-in-chunks": lambda: PYARROW.table(
        {
            "id": PYARROW.chunked_array(
                [PYARROW.array([word]).dictionary_encode() for word in ("b", "a")]
            )
        }
    ),
    "view": lambda: PYARROW.table({"id": PYARROW.array(["b", "a"], PYARROW.string_view())}),
    "dictionary-of-views": lambda: PYARROW.table(
        {
            "id": PYARROW.DictionaryArray.from_arrays(
                PYARROW.array([1, 0]), PYARROW.array(["a", "b"], PYARROW.string_view())
            )
        }
    ),
    "polars-categorical-stream": lambda: Stream(
        POLARS.DataFrame({"id": ["b", "a"]}, schema={"id": POLARS.Categorical})
    ),
    "large": lambda: PYARROW.table({"id": PYARROW.array(["b", "a"], PYARROW.large_string())}),
    "duckdb-enum": lambda: DUCKDB.connect().sql(
        "select unnest(['b', 'a'])::enum('a', 'b', 'unused') as id"
    ),
}


@pytest.mark.parametrize("make", CODED.values(), ids=CODED)
def test_coded_text_is_text(make: Callable[[], Any]) -> None:
    """Categories, dictionaries and other ways to store text are text; unused words are nobody."""
    assert from_tables({"persons": make()}) == Organisation.of(persons=[Person("a"), Person("b")])


@pytest.mark.parametrize(
    "ids",
    [
        PANDAS.Series([1, 2]),
        PANDAS.Series([1.0, 2.0]),
        PANDAS.Series([1, 2], dtype="category"),
        PANDAS.Series([1, 2], dtype="Int64"),
    ],
    ids=["whole", "float", "category", "nullable"],
)
def test_ids_must_be_text(ids: Any) -> None:
    """Numbers are refused as ids, row by row from 1: a leading zero may have been lost already."""
    faults = faults_of({"persons": PANDAS.DataFrame({"id": ids})})
    assert [str(fault.place) for fault in faults] == [
        "persons, row 1, column id",
        "persons, row 2, column id",
    ]
    assert all("store the column as text" in fault.hint for fault in faults)


def test_days_are_no_text() -> None:
    """A day in a column of text is refused with what to do."""
    (fault,) = faults_of({"persons": arrow({"id": ["a"], "name": [DAY]})})
    assert (fault.code, str(fault.place)) == ("invalid_value", "persons, row 1, column name")
    assert "store it as text" in fault.hint


@pytest.mark.parametrize(
    "counts",
    [
        PANDAS.Series([3.0, None]),
        PANDAS.Series([3, None], dtype="Int64"),
        PANDAS.Series(["3", None]),
        PANDAS.Series([Decimal(3), None], dtype=object),
    ],
    ids=["float", "nullable", "text", "decimal"],
)
def test_whole_numbers_stay_whole_beside_missing_ones(counts: Any) -> None:
    """Where pandas makes floats of whole numbers because some are missing, they count as whole."""
    frame = PANDAS.DataFrame({**EVENT, "headcount": counts})
    events = from_tables({"persons": arrow({"id": ["a"]}), "events": frame}).events
    assert [event.headcount for event in events] == [3, None]


@pytest.mark.parametrize("count", [1.5, float("inf"), 2.0**60, True, "3.0"])
def test_what_is_no_whole_number_is_refused(count: object) -> None:
    """Halves, infinity, numbers too large to be exact and truth values are no counts."""
    frame = PANDAS.DataFrame({**EVENT, "headcount": [None, count]})
    assert told({"events": frame}) == [("invalid_value", "events, row 2, column headcount")]


def test_nan() -> None:
    """In pandas there is no other way to say that a number is missing; elsewhere there is."""
    columns = {**EVENT, "hours": [2.0, float("nan")]}
    events = organisation_of(PANDAS.DataFrame, events=columns).events
    assert [event.hours for event in events] == [2, None]
    for make in (POLARS.DataFrame, POLARS.LazyFrame, arrow, relation):
        assert told({"events": make(columns)}) == [("invalid_value", "events, row 2, column hours")]


@pytest.mark.parametrize("missing", [None, PANDAS.NA, PANDAS.NaT, float("nan")])
def test_every_missing_value_of_pandas_is_blank(missing: object) -> None:
    """None, NA, NaT and NaN are the same in text and in days."""
    frame = PANDAS.DataFrame({"id": ["a", "b"], "name": ["Ada", missing]}, dtype=object)
    frame["valid_from"] = [PANDAS.Timestamp(DAY), missing]
    assert from_tables({"persons": frame}) == Organisation.of(
        persons=[Person("a", "Ada", Period(DAY)), Person("b")]
    )


@pytest.mark.parametrize(
    "days",
    [
        PYARROW.array([DAY, None]),
        PYARROW.array([DAY, None], PYARROW.date64()),
        PYARROW.array(["2018-08-01", ""]),
        *(PYARROW.array([MIDNIGHT, None], PYARROW.timestamp(unit)) for unit in ("s", "us", "ns")),
        PYARROW.array([MIDNIGHT, None]).dictionary_encode(),
    ],
    ids=["date32", "date64", "text", "seconds", "microseconds", "nanoseconds", "dictionary"],
)
def test_days_are_dates_timestamps_at_midnight_or_text(days: Any) -> None:
    """However a frame stores a day, it is that day."""
    frame = arrow({"id": ["a", "b"]}).append_column("valid_from", days)
    expected = Organisation.of(persons=[Person("a", valid=Period(DAY)), Person("b")])
    assert from_tables({"persons": frame}) == expected
    assert from_tables({"persons": POLARS.from_arrow(frame)}) == expected
    assert from_tables({"persons": frame.to_pandas()}) == expected


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2018, 8, 1, 12),  # noqa: DTZ001 - a frame's timestamps mostly have no zone
        datetime(2018, 8, 1, 0, 0, 0, 1),  # noqa: DTZ001 - the same
        datetime(2018, 8, 1, tzinfo=UTC),
        "2018-08-01T00:00:00",
        "01-08-2018",
        date(1800, 1, 1),
        20180801,
        True,
    ],
)
@pytest.mark.parametrize("make", [PANDAS.DataFrame, POLARS.DataFrame, arrow])
def test_what_is_no_day_is_refused(make: Callable[[Columns], Any], moment: object) -> None:
    """A time of day or a zone is not cut off; which day it is would be a guess."""
    frame = make({"id": ["a", "b"], "valid_to": [None, moment]})
    ((code, place),) = told({"persons": frame})
    assert (code, place) == ("invalid_value", "persons, row 2, column valid_to")


def test_days_as_text_are_read_as_declared() -> None:
    """Text in a frame may be Danish as in a file, if that is declared."""
    columns = {**EVENT, "date": ["01-08-2018", "1.8.2018"], "hours": ["0,5", "2"]}
    tables = {"persons": arrow({"id": ["a"]}), "events": arrow(columns)}
    events = from_tables(tables, decimal=",", dates="day-first").events
    assert [(event.date, event.hours) for event in events] == [(DAY, 0.5), (DAY, 2)]
    hints = [fault.hint for fault in faults_of(tables)]
    assert [name for hint in hints for name in ('dates="', 'decimal="') if name in hint] == [
        'dates="',
        'decimal="',
        'dates="',
    ]


@pytest.mark.parametrize(
    "cells", [["a", 1], [1, "a"], [DAY, "2018-08-01"], [b"a", "b"], ["a", 1.5]]
)
def test_a_column_of_several_types_is_refused_by_name(cells: list[Any]) -> None:
    """A column of objects that mixes types is told of by its name, in one fault."""
    (fault,) = faults_of({"persons": PANDAS.DataFrame({"id": ["a", "b"], "name": cells})})
    assert fault.place.file == "persons"
    assert "name" in f"{fault.place.column} {fault.hint}"
    assert "text" in fault.hint


@pytest.mark.parametrize(
    "cells",
    [
        [["a"], ["b"]],
        [{"a": 1}, {"a": 2}],
        [b"a", b"b"],
        [time(1), time(2)],
        [timedelta(hours=1)] * 2,
    ],
    ids=["list", "struct", "bytes", "time", "duration"],
)
@pytest.mark.parametrize("make", [PANDAS.DataFrame, POLARS.DataFrame, arrow, relation])
def test_a_column_of_no_plain_cells_is_refused(
    make: Callable[[Columns], Any], cells: list[Any]
) -> None:
    """Nested columns, bytes and hours of the day are no cells: one fault a column."""
    frame = make({"id": ["a", "b"], "name": cells})
    assert told({"persons": frame}) == [("invalid_type", "persons, column name")]


@pytest.mark.parametrize("make", [PANDAS.DataFrame, POLARS.DataFrame, arrow, relation])
@pytest.mark.parametrize(
    ("columns", "faults"),
    [
        (
            {"id": ["a"], "nmae": ["Ada"]},
            [("unknown_column", "persons, column nmae", 'did you mean "name"?')],
        ),
        (
            {"id": ["a"], "shoe size": ["39"]},
            [("unknown_column", "persons, column number 2", "its columns are id, name")],
        ),
        ({"name": ["Ada"]}, [("missing_column", "persons, column id", "needs the column id")]),
    ],
)
def test_each_fault_of_the_columns_is_told(
    make: Callable[[Columns], Any], columns: Columns, faults: list[tuple[str, str, str]]
) -> None:
    """Unknown and missing columns are refused as in a file; there is no header row to name."""
    found = faults_of({"persons": make(columns)})
    assert len(found) == len(faults)
    for fault, (code, place, words) in zip(found, faults, strict=True):
        assert (fault.code, str(fault.place)) == (code, place)
        assert words in fault.hint


@pytest.mark.parametrize(
    "frame",
    [
        PANDAS.DataFrame([["a", "b"]], columns=["id", "id"]),
        PYARROW.table([["a"], ["b"]], names=["id", "id"]),
        Stream(PYARROW.table([["a"], ["b"]], names=["id", "id"])),
    ],
    ids=["pandas", "pyarrow", "stream"],
)
def test_a_repeated_column_is_refused(frame: Any) -> None:
    """Neither of two columns of one name is taken."""
    (fault,) = faults_of({"persons": frame})
    assert fault.place.file == "persons"


def test_a_column_without_a_name_is_refused() -> None:
    """Columns that are numbered only are told of by number."""
    places = [str(f.place) for f in faults_of({"persons": PANDAS.DataFrame([["a", "Ada"]])})]
    assert places == ["persons, column id", "persons, column number 1", "persons, column number 2"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("person", 'did you mean "persons"?'),
        ("rows", "the tables are units, persons"),
        (3, "units"),
    ],
)
def test_an_unknown_table_is_refused(name: object, words: str) -> None:
    """A table of another name is not passed over; the nearest name is offered."""
    (fault,) = faults_of({name: arrow({"id": ["a"]})})
    assert (fault.code, fault.place.file) == ("unknown_table", str(name))
    assert words in fault.hint


@pytest.mark.parametrize(
    "value", [None, "persons.csv", 3, {"id": ["a"]}, [["a"]], PYARROW.array(["a"]), object()]
)
def test_what_is_no_frame_is_refused(value: object) -> None:
    """Something else in place of a frame is told of by its type."""
    (fault,) = faults_of({"units": value})
    assert (fault.code, fault.place.file) == ("unreadable", "units")
    assert f"not {type(value).__name__}" in fault.hint


@pytest.mark.parametrize("value", [PANDAS.Series(["a"]), POLARS.Series(["a"])])
def test_a_single_column_is_no_frame(value: object) -> None:
    """A series has an Arrow stream, but not one of rows."""
    (fault,) = faults_of({"persons": value})
    assert (fault.code, fault.place.file) == ("unreadable", "persons")


def test_persons_are_required() -> None:
    """Frames without persons are refused."""
    with pytest.raises(InvalidDataError) as caught:
        from_tables({"units": arrow({"id": ["s"], "kind": ["school"]})})
    assert [str(fault.place) for fault in caught.value.faults] == ["persons"]


def test_faults_of_all_frames_come_together() -> None:
    """Cells, columns, rules and tables: whatever is wrong in any frame is one report."""
    tables = {
        "person": None,
        "persons": PANDAS.DataFrame({"id": ["a", "b", "a"]}),
        "units": POLARS.DataFrame({"id": ["s"], "kind": ["scool"]}),
        "ties": arrow({"source": ["a", "a"], "target": ["b", "x"], "relation": ["advice"] * 2}),
        "events": arrow({**EVENT, "hours": [1.0, -1.0]}),
        "focuses": arrow({"id": ["f"], "nmae": ["x"]}),
    }
    assert sorted(told(tables)) == [
        ("dangling_reference", "ties, row 2, column target"),
        ("duplicate", "persons, row 3, column id"),
        ("out_of_range", "events, row 2, column hours"),
        ("unknown_column", "focuses, column nmae"),
        ("unknown_kind", "units, row 1, column kind"),
        ("unknown_table", "person"),
    ]


def test_what_stands_beside_frames() -> None:
    """What a file's descriptor says is an argument here, and so is the profile whose words count."""
    label = {"da": "Mentor", "en": "Mentor"}
    role = {"label": label, "level": "resource_persons", "aliases": ["Mentor på skolen"]}
    profile = Profile.from_document(
        {"schema_version": 1, "id": "p", "label": label, "vocabulary": {"roles": {"mentor": role}}}
    )
    tables = {
        "persons": arrow({"id": ["a"]}),
        "units": arrow({"id": ["s"], "kind": ["school"]}),
        "positions": arrow({"person": ["a"], "unit": ["s"], "role": ["mentor på skolen"]}),
    }
    organisation = from_tables(tables, profile=profile, title=profile.label, synthetic=True)
    assert (organisation.title, organisation.synthetic) == (profile.label, True)
    assert organisation.positions[0].role == "mentor"
    assert told(tables) == [("unknown_kind", "positions, row 1, column role")]
    assert not from_tables({"persons": arrow({"id": ["a"]})}).synthetic


def test_frames_without_rows_are_empty_tables() -> None:
    """A frame of no rows has columns of no type, which is fine."""
    for make in (PANDAS.DataFrame, POLARS.DataFrame, arrow, relation):
        ties: Columns = {"source": [], "target": [], "relation": [], "weight": []}
        people = [Person("a"), Person("b")]
        assert organisation_of(make, ties=ties) == Organisation.of(persons=people)


def whole(name: str, columns: Columns) -> Columns:
    """A table with all its columns, blank where nothing is said."""
    blank = [None] * len(columns[next(iter(columns))])
    return {
        spec.name: columns.get(spec.name, blank) for spec in list_column_specs(NATIVE_ROWS[name])
    }


def _by_pyarrow(columns: Columns, file: Path) -> None:
    PARQUET.write_table(arrow(columns), file)


def _by_pyarrow_in_groups(columns: Columns, file: Path) -> None:
    PARQUET.write_table(arrow(columns), file, row_group_size=1, use_dictionary=False)


def _by_pandas(columns: Columns, file: Path) -> None:
    PANDAS.DataFrame(columns).to_parquet(file)


def _by_polars(columns: Columns, file: Path) -> None:
    POLARS.DataFrame(columns).write_parquet(file)


@pytest.mark.parametrize(
    "save", [_by_pyarrow, _by_pyarrow_in_groups, _by_pandas, _by_polars], ids=lambda f: f.__name__
)
def test_parquet_files_are_the_data_of_csv_files(
    tmp_path: Path, expected: Organisation, save: Callable[[Columns, Path], None]
) -> None:
    """A folder of Parquet files is the same organisation, whoever wrote them."""
    for name, columns in TABLES.items():
        save(whole(name, columns), tmp_path / f"{name}.parquet")
    assert read(tmp_path) == expected


def test_csv_and_parquet_go_together(tmp_path: Path, expected: Organisation) -> None:
    """A folder may hold some tables as CSV and others as Parquet; one table in both is refused."""
    folder = tmp_path / "csv"
    PARQUET.write_table(arrow(whole("ties", TABLES["ties"])), folder / "ties.parquet")
    with pytest.raises(InvalidDataError) as caught:
        read(folder)
    (fault,) = caught.value.faults
    assert (fault.code, fault.place.file) == ("two_files", "ties.parquet")
    assert "ties.csv" in fault.hint
    (folder / "ties.csv").unlink()
    assert read(folder) == expected


def parquet_faults(folder: Path) -> list[tuple[str, str]]:
    """The code and the place of every fault of a folder that must not be accepted."""
    with pytest.raises(InvalidDataError) as caught:
        read(folder)
    return [(fault.code, str(fault.place)) for fault in caught.value.faults]


@pytest.mark.parametrize(
    "change",
    [
        lambda _: b"",
        lambda _: b"id,name\na,Ada\n",
        lambda _: b"PAR1" + b"x" * 100 + b"PAR1",
        lambda data: data[:-20],
        lambda data: data[20:],
    ],
    ids=["empty", "csv", "no-footer", "end-missing", "beginning-missing"],
)
def test_a_broken_parquet_file_is_a_fault(tmp_path: Path, change: Callable[[bytes], bytes]) -> None:
    """A file that is no Parquet is one fault of that file."""
    folder = write(
        Organisation.of(persons=[Person("a"), Person("b")], ties=[Tie("a", "b", "advice")]),
        tmp_path / "folder",
        format="parquet",
    )
    file = folder / "ties.parquet"
    file.write_bytes(change(file.read_bytes()))
    assert parquet_faults(folder) == [("bad_parquet", "ties.parquet")]


@pytest.mark.parametrize(
    ("columns", "faults"),
    [
        (
            {"id": [1, 2]},
            [("invalid_value", f"persons.parquet, row {row}, column id") for row in (2, 3)],
        ),
        ({"id": ["a", "a"]}, [("duplicate", "persons.parquet, row 3, column id")]),
        ({"id": ["a", None]}, [("missing_value", "persons.parquet, row 3, column id")]),
        (
            {"id": ["a", "b"], "nmae": ["A", "B"]},
            [("unknown_column", "persons.parquet, column nmae")],
        ),
    ],
)
def test_faults_of_parquet_files_have_their_places(
    tmp_path: Path, columns: Columns, faults: list[tuple[str, str]]
) -> None:
    """The first record stands in row 2, as it would in the same table's CSV file."""
    PARQUET.write_table(arrow({**columns, "name": ["A", "B"]}), tmp_path / "persons.parquet")
    assert parquet_faults(tmp_path) == faults


@pytest.mark.parametrize("library", ["narwhals", "pyarrow"])
def test_without_the_libraries_the_extra_is_named(
    monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    """Where narwhals or pyarrow is not installed the error says what to install."""
    frame = PANDAS.DataFrame({"id": ["a"]})
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtraError, match=r"plfkit\[frames\]"):
        from_tables({"persons": frame})


def test_parquet_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading a folder of Parquet files says what to install; one of CSV files needs nothing."""
    people = Organisation.of(persons=[Person("a")])
    folder = write(people, tmp_path / "parquet", format="parquet")
    other = write(people, tmp_path / "csv")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"plfkit\[frames\]"):
        read(folder)
    assert read(other) == people
