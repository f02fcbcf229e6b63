"""Files as an office has them, and mappings of them: imported in a line, for tests of the reader."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
import xlsxwriter

import plfkit
from plfkit import Organisation, Person, Position, Unit
from plfkit.errors import DocumentError, Fault, InvalidDataError, Problem

SCHOOL = Organisation.of(
    units=[Unit("by", "municipality", "Byen"), Unit("nord", "school", "Nord Skole", "by")],
    persons=[
        Person("p1", "Anne Ahorn"),
        Person("p2", "Bo Birk"),
        Person("p3", "Cilla Ceder"),
        Person("p4", "Dan Drue"),
    ],
    positions=[
        Position("p1", "nord", "principal"),
        Position("p2", "nord", "teacher"),
        Position("p3", "nord", "teacher"),
        Position("p4", "nord", "teacher"),
    ],
)
"""A leader and three teachers of one school."""
NETWORK = """schema_version = 1
[[take]]
kind = "network"
asked = "rows"
survey.id = "s"
survey.relation = "advice"
survey.date = "2026-11-09"
survey.unit = "nord"
columns.person = "Navn"
columns.named = "Hvem *"
"""
"""A question about ties whose columns hold names."""
STAFF = """schema_version = 1
units.nord.kind = "school"
units.nord.name = "Nord Skole"
[[take]]
kind = "staff"
every.unit = "nord"
columns.person = "Nr"
columns.name = "Navn"
columns.role = "Stilling"
"""
"""A staff list of one school."""
SCALE = """schema_version = 1
[[take]]
kind = "scale"
survey.id = "k"
survey.lowest = 1
survey.highest = 5
survey.date = "2026-11-09"
columns.items."q*" = "item_*"
"""
"""Questions that have a column each, of respondents nobody knows."""
EDGES = """schema_version = 1
[[take]]
kind = "edges"
every.relation = "advice"
columns.source = "Fra"
columns.target = "Til"
"""
"""A list of ties that are no survey's."""
MEETINGS = """schema_version = 1
[[take]]
kind = "meetings"
id = "m"
every.kind = "planning_meeting"
every.unit = "nord"
columns.date = "Dato"
columns.named = "Til stede"
split.named = ";"
"""
"""A list of meetings with who was there in one cell."""


def name_file(name: str, text: str | bytes) -> io.BytesIO:
    """Return a stream with a name, as an opened file is."""
    stream = io.BytesIO(text if isinstance(text, bytes) else text.encode())
    stream.name = name
    return stream


def write_book(*rows: Sequence[Any], sheet: str = "Ark1") -> bytes:
    """Return a workbook with one sheet, whose cells are typed as they are given."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"default_date_format": "dd-mm-yyyy"}) as book:
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return data.getvalue()


def write_lines(*rows: Sequence[str]) -> str:
    """Return rows as CSV text."""
    return "".join(",".join(row) + "\n" for row in rows)


def _open_file(file: Any) -> Any:
    return file.encode() if isinstance(file, str) else file


def take(mapping: str, *files: Any, into: Organisation | None = None) -> Organisation:
    """Import texts, workbooks and streams as a mapping says."""
    parsed = plfkit.ImportMapping.parse(mapping)
    return plfkit.import_files(parsed, *map(_open_file, files), into=into)


def refuse(mapping: str, *files: Any, into: Organisation | None = None) -> list[Fault]:
    """Import what must not be accepted, and return the faults."""
    with pytest.raises(InvalidDataError) as caught:
        take(mapping, *files, into=into)
    return list(caught.value.faults)


def drop_line(mapping: str, start: str) -> str:
    """Return a mapping without the line that begins so."""
    lines = mapping.splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(start)]
    assert len(kept) == len(lines) - 1
    return "".join(kept)


def list_hints(faults: Sequence[Fault]) -> list[str]:
    """Return the keys of what faults say is to be done."""
    return [fault.remedy.key for fault in faults]


def list_problems(mapping: str) -> list[Problem]:
    """Return what is wrong in a mapping."""
    with pytest.raises(DocumentError) as caught:
        plfkit.ImportMapping.parse(mapping)
    return list(caught.value.problems)


def list_ties(organisation: Organisation) -> list[tuple[str, str, float | None]]:
    """Return who named whom, and how strongly."""
    return [(tie.source, tie.target, tie.weight) for tie in organisation.ties]


def list_answered(organisation: Organisation) -> dict[str, bool]:
    """Return who was asked, and whether they answered."""
    return {row.person: row.answered for row in organisation.responses}


def count_advice(organisation: Organisation) -> Mapping[str, int]:
    """Return what was left out, and how often."""
    told = (fault.remedy for fault in organisation.advice if fault.code == "left_out")
    return {hint.key: int(str(dict(hint.values)["count"])) for hint in told}
