"""A list of meetings: who was there in a cell, a column each or a row each, and how complete it is."""

from __future__ import annotations

from datetime import date

import pytest
from offices import (
    MEETINGS,
    SCHOOL,
    drop_line,
    list_hints,
    refuse,
    take,
    write_book,
)

from plfkit import Organisation

ROWS = drop_line(drop_line(MEETINGS, "columns.named"), "split")
BY_ROW = drop_line(ROWS, "id") + 'columns.event = "Nr"\ncolumns.person = "Hvem"\n'
MARKS = ROWS + 'columns.colleagues = "til [*]"\nwords.colleagues = { x = true, "-" = false }\n'


def list_present(organisation: Organisation) -> list[tuple[str, str]]:
    """Return who was at which meeting."""
    return [(row.event, row.person) for row in organisation.participations]


def test_in_a_cell() -> None:
    """Ids are made of the day, and numbered within it."""
    export = "Dato,Til stede\n2026-09-14,Bo Birk;p3;\n2026-09-14,p1\n2026-09-21,\n"
    organisation = take(MEETINGS, export, into=SCHOOL)
    assert list_present(organisation) == [
        ("m-2026-09-14-1", "p2"),
        ("m-2026-09-14-1", "p3"),
        ("m-2026-09-14-2", "p1"),
    ]
    assert len(organisation.events) == 3


def test_a_column_each() -> None:
    """A mark says that somebody was there; any other one is asked about, and so is a number."""
    export = "Dato,til [p1],til [Bo Birk]\n2026-09-14,X,\n2026-09-15,-,x\n"
    assert {person for _, person in list_present(take(MARKS, export, into=SCHOOL))} == {"p1", "p2"}
    for mark in ("v", "2"):
        faults = refuse(MARKS, f"Dato,til [p1]\n2026-09-14,{mark}\n", into=SCHOOL)
        assert list_hints(faults) == ["import.unknown_word"]


def test_a_row_each() -> None:
    """Rows with one id are one meeting, about which they agree."""
    export = "Nr,Dato,Hvem\na,2026-09-14,p1\na,2026-09-14,Bo Birk\na,2026-09-14,p1\n"
    organisation = take(BY_ROW, export, into=SCHOOL)
    assert list_present(organisation) == [("a", "p1"), ("a", "p2")]
    assert len(organisation.events) == 1
    faults = refuse(BY_ROW, export.replace("14,Bo", "15,Bo"), into=SCHOOL)
    assert list_hints(faults) == ["import.other_meeting"]


@pytest.mark.parametrize("row", [",2026-09-14,p1", "a,,p1"])
def test_blank(row: str) -> None:
    """A meeting without its id, where they have some, or without its day is a fault."""
    assert list_hints(refuse(BY_ROW, f"Nr,Dato,Hvem\n{row}\n", into=SCHOOL)) == ["cell.blank"]


def test_about() -> None:
    """Kind, hours, headcount and artefact stand in columns of their own."""
    mapping = drop_line(MEETINGS, "every.kind") + (
        'columns.kind = "Slags"\nwords.kind = { "Datamøde" = "data_meeting" }\n'
        'columns.hours = "Timer"\ncolumns.headcount = "Antal"\n'
    )
    book = write_book(
        ["Dato", "Til stede", "Slags", "Timer", "Antal"],
        [date(2026, 9, 14), "p1", "datamøde", 1.5, 12],
    )
    (event,) = take(mapping, book, into=SCHOOL).events
    assert (event.kind, event.hours, event.headcount) == ("data_meeting", 1.5, 12)
    faults = refuse(mapping, "Dato,Til stede,Slags,Timer,Antal\n2026-09-14,,hygge,,\n", into=SCHOOL)
    assert list_hints(faults)[:1] == ["import.unknown_word"]


@pytest.mark.parametrize(
    ("ends", "end"), [("day after", date(2026, 12, 31)), ("last day", date(2027, 1, 1))]
)
def test_complete(ends: str, end: date) -> None:
    """That a list has every meeting of a kind is a registration, whose last day counts."""
    mapping = MEETINGS + (
        f'file.ends = "{ends}"\n'
        'complete = { kinds = ["planning_meeting", "data_meeting"], unit = "nord", '
        "valid_from = 2026-08-01, valid_to = 2026-12-31 }\n"
    )
    organisation = take(mapping, "Dato,Til stede\n2026-09-14,p1\n", into=SCHOOL)
    found = [(r.kind, r.unit, r.valid.start, r.valid.end) for r in organisation.registrations]
    start = date(2026, 8, 1)
    assert sorted(found) == [
        ("data_meeting", "nord", start, end),
        ("planning_meeting", "nord", start, end),
    ]


def test_next_half_year() -> None:
    """Meetings whose ids are in the data already are refused."""
    export = "Dato,Til stede\n2026-09-14,p1\n"
    once = take(MEETINGS, export, into=SCHOOL)
    assert [fault.code for fault in refuse(MEETINGS, export, into=once)] == ["duplicate"] * 2


def test_one_meeting_or_several() -> None:
    """Rows of a person each that say the same of their meeting are one or several: it is asked which."""
    mapping = ROWS + 'columns.person = "Hvem"\n'
    export = "Dato,Hvem\n2026-09-14,p1\n2026-09-14,p2\n2026-09-15,p1\n"
    assert list_hints(refuse(mapping, export, into=SCHOOL)) == ["import.same_meeting"]
    for event, count in (('"Dato"', 2), ('["Dato", "Hvem"]', 3)):
        organisation = take(mapping + f"columns.event = {event}\n", export, into=SCHOOL)
        assert len(organisation.events) == count
