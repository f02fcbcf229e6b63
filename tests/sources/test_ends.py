"""Last days: staff systems write 31 July where the tables have 1 August."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from plfkit import (
    Organisation,
    Period,
    Person,
    Position,
    Unit,
    from_tables,
    measures,
    read,
    snapshot,
    write,
    write_template,
)
from plfkit.errors import InvalidDataError
from plfkit.model.records.rows import NATIVE_ROWS
from plfkit.model.records.schema import list_column_specs

MEETINGS = ("coordination", "planning", "dialogue", "data", "leadership", "network")
STAFF = {
    "persons.csv": "id\n" + "".join(f"p{n}\n" for n in range(1, 7)),
    "units.csv": "id,kind,parent\nk,municipality,\ns,school,k\n",
    "positions.csv": "person,unit,role,valid_from,valid_to\n"
    "p1,s,teacher,2018-08-01,2019-03-01\n"
    + "".join(f"p{n},s,teacher,2018-08-01,2019-07-31\n" for n in range(2, 7)),
    "communities.csv": "id,kind,unit,valid_from,valid_to\nt,team,s,2018-08-01,2019-07-31\n",
    "memberships.csv": "community,person,valid_from,valid_to\n"
    + "".join(f"t,p{n},2018-08-01,2019-07-31\n" for n in range(2, 5)),
    "events.csv": "id,kind,date,unit,community\n"
    "e1,data_meeting,2018-10-01,s,t\ne2,planning_meeting,2018-11-01,s,t\n",
    "registrations.csv": "unit,kind,complete,valid_from,valid_to\n"
    + "".join(f"s,{kind}_meeting,yes,2018-08-01,2019-07-31\n" for kind in MEETINGS),
}
FILES = {name: text.encode() for name, text in STAFF.items()}


def test_declared_last_days_give_the_figures_of_the_school() -> None:
    """Six are employed on 1 March, on which one of them leaves, and the log covers the whole year."""
    now = snapshot(read(FILES, ends="last day"), "2018/19")
    covered = measures.membership_coverage(now).rows()[0]
    assert (covered["numerator"], covered["denominator"]) == (3, 6)
    held = measures.data_meeting_share(now).rows()[0]
    assert (held["numerator"], held["denominator"]) == (1, 2)
    undeclared = snapshot(read(FILES), "2018/19")
    assert measures.membership_coverage(undeclared).rows()[0]["denominator"] == 5
    assert measures.data_meeting_share(undeclared).rows()[0]["value"] is None


def test_every_end_is_a_last_day() -> None:
    """Each table that says when its rows are in force says it in one way; nothing else moves."""
    ended = [
        name
        for name, part in NATIVE_ROWS.items()
        if any(spec.is_end for spec in list_column_specs(part))
    ]
    assert {"units", "persons", "positions", "ties", "outcomes"} <= {*ended}
    then, now = read(FILES), read(FILES, ends="last day")
    for name, table in now.tables.items():
        for column in table.columns:
            old, new = then.tables[name].column(column).tolist(), table.column(column).tolist()
            moved = timedelta(days=column == "valid_to")
            assert new == [value and value + moved if moved else value for value in old]


@pytest.mark.parametrize("cell", ["2019-07-31", "31-07-2019", "31.7.2019", date(2019, 7, 31)])
def test_whatever_holds_the_day(tmp_path: Path, cell: Any) -> None:
    """Text in a file or a frame, and real days in a frame or a workbook."""
    rows = {"person": ["p"], "unit": ["s"], "role": ["teacher"], "valid_to": [cell]}
    tables = {
        "persons": {"id": ["p"]},
        "units": {"id": ["s"], "kind": ["school"]},
        "positions": rows,
    }
    how: dict[str, Any] = {"ends": "last day", "dates": "day-first"}
    found = [from_tables({name: pl.DataFrame(table) for name, table in tables.items()}, **how)]
    book = xlsxwriter.Workbook(tmp_path / "book.xlsx", {"default_date_format": "dd/mm/yyyy"})
    for name, table in tables.items():
        page = book.add_worksheet(name)
        for number, (title, cells) in enumerate(table.items()):
            page.write_column(0, number, [title, *cells])
    book.close()
    found.append(read(tmp_path / "book.xlsx", **how))
    assert [one.positions[0].valid.end for one in found] == [date(2019, 8, 1)] * 2


def test_the_last_day_that_there_is() -> None:
    """No day follows the last one that plfkit knows: it is told of where it stands."""
    files = {**FILES, "persons.csv": b"id,valid_to\n" + b"p1,2100-12-31\n"}
    with pytest.raises(InvalidDataError) as caught:
        read(files, ends="last day")
    first = caught.value.faults[0]
    assert (first.code, str(first.place)) == (
        "invalid_value",
        "persons.csv, row 2, column valid_to",
    )


@pytest.mark.parametrize("ends", ["last-day", "", None, 31])
def test_other_words_are_refused(ends: Any) -> None:
    """What an end is, is said in one of two ways."""
    with pytest.raises(InvalidDataError, match="'day after' or 'last day'"):
        read(FILES, ends=ends)


def test_last_days_that_nobody_declared_are_told_of() -> None:
    """A line for each table whose ends look so, with how many do; declared, there is nothing to tell."""
    advice = read(FILES).advice
    assert [(one.code, str(one.place)) for one in advice] == [
        ("last_days", f"{table}.csv, column valid_to")
        for table in ("positions", "memberships", "registrations")
    ]
    assert "5 of 6" in advice[0].hint
    assert 'ends="last day"' in advice[0].hint
    assert "--ends last-day" in advice[0].say(audience="command_line")
    assert read(FILES, ends="last day").advice == ()


def make_staff(ends: list[date | None]) -> Organisation:
    """A school where people left on these days."""
    people = [f"p{number}" for number, _ in enumerate(ends)]
    return Organisation.of(
        units=[Unit("s", "school")],
        persons=map(Person, people),
        positions=[
            Position(person, "s", "teacher", valid=Period(None, end))
            for person, end in zip(people, ends, strict=True)
        ],
    )


JULY, AUGUST, MAY = date(2019, 7, 31), date(2019, 8, 1), date(2019, 5, 14)


@pytest.mark.parametrize(
    ("ends", "told"),
    [
        ([JULY] * 3, True),
        ([JULY] * 2, False),
        ([None] * 50 + [date(2019, 12, 31), date(2020, 2, 29), date(2019, 2, 28)], True),
        ([AUGUST] * 50 + [JULY] * 3, False),
        ([JULY] * 8 + [AUGUST] * 2, True),
        ([JULY] * 8 + [AUGUST] * 3, False),
        ([JULY] * 5 + [MAY] * 4, True),
        ([JULY] * 5 + [MAY] * 5, False),
        ([date(2020, 2, 28)] * 5, False),
        ([None] * 5, False),
        ([], False),
    ],
)
def test_when_ends_look_like_last_days(ends: list[date | None], told: bool) -> None:  # noqa: FBT001
    """Three at least, most of all that are given, and hardly any first of a month beside them."""
    found = [one.code for one in make_staff(ends).advice]
    assert found == ["last_days"] * told


@given(st.lists(st.dates(date(2018, 1, 1), date(2020, 1, 1)).map(lambda day: day.replace(day=1))))
def test_what_plfkit_has_written_is_never_told_of(ends: list[date | None]) -> None:
    """Ends on the first of a month are the tables' own."""
    assert make_staff(ends).advice == ()


def test_what_is_written_has_the_day_after(tmp_path: Path) -> None:
    """Declared once, the tables are as all others and need no declaration again."""
    whole = read(FILES, ends="last day")
    assert read(write(whole, tmp_path / "data")) == whole


@pytest.mark.parametrize("ends", ["day after", "last day"])
def test_the_template_has_last_days_in_any_case(tmp_path: Path, ends: Any) -> None:
    """It asks for them, so that declaring them changes nothing."""
    path = write_template(tmp_path / "t.xlsx")
    workbook = openpyxl.load_workbook(path)
    page = workbook["Medarbejdere"]
    [title] = [cell for row in page.iter_rows() for cell in row if cell.value == "Til"]
    page.cell(title.row + 1, title.column, JULY)
    workbook.save(path)
    assert AUGUST in [row.valid.end for row in read(path, ends=ends).positions]
