"""Builds the exports that are no plain text, and every export once more with something changed.

``python tests/sources/exports/build.py`` writes what the folders' ``export.toml`` says is built from
rows: workbooks and files in other encodings. The same rows give the same bytes. Plain text stands as
it is. Tests ask ``build_variant`` for what is derived, which is never committed.
"""

from __future__ import annotations

import csv
import io
import tomllib
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

EXPORTS = Path(__file__).parent
ROSTER = "limesurvey-roster"
"""The folder whose export has a column for each of 520 people: it is made when it is needed."""
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook carries no clock

Rows = list[list[str]]


def list_folders() -> list[Path]:
    """Return the folders that hold an export."""
    return sorted(path.parent for path in EXPORTS.glob("*/export.toml"))


def read_settings(folder: Path) -> dict[str, Any]:
    """Return what a folder says about its files and their variants."""
    return tomllib.loads((folder / "export.toml").read_text("utf-8"))


def build_export(folder: Path) -> dict[str, bytes]:
    """Return the files of an export by name: those that are built, and those that stand."""
    files = {}
    for settings in read_settings(folder).get("files", []):
        if is_built(settings):
            files[settings["name"]] = write_file(folder, settings, {})
        else:
            files[settings["name"]] = (folder / settings["name"]).read_bytes()
    return files


def is_built(settings: Mapping[str, Any]) -> bool:
    """Tell whether a file is built from rows."""
    return "rows" in settings or "sheets" in settings


def build_variant(folder: Path, variant: str) -> dict[str, bytes]:
    """Return the files of an export with something changed: columns swapped, or words replaced."""
    settings = read_settings(folder)
    change = settings["variants"][variant]
    return {file["name"]: write_file(folder, file, change) for file in settings["files"]}


def write_file(folder: Path, settings: Mapping[str, Any], change: Mapping[str, Any]) -> bytes:
    """Write one file of an export with something changed, or nothing."""
    if "sheets" in settings:
        sheets = {
            sheet["name"]: _change_rows(_read_source(folder / sheet["rows"]), change)
            for sheet in settings["sheets"]
        }
        return write_workbook(sheets)
    if "rows" in settings:
        rows = _read_source(folder / settings["rows"])
    else:
        text = (folder / settings["name"]).read_bytes().decode(_name_encoding(settings))
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_get_delimiter(settings)))
    return write_text(_change_rows(rows, change), settings)


def _read_source(path: Path) -> Rows:
    """Return rows as they are kept: UTF-8 and commas."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def _name_encoding(settings: Mapping[str, Any]) -> str:
    return str(settings.get("encoding", "utf-8"))


def _get_delimiter(settings: Mapping[str, Any]) -> str:
    return str(settings.get("delimiter", ","))


def write_text(rows: Iterable[Sequence[str]], settings: Mapping[str, Any]) -> bytes:
    """Write rows as the tool writes text."""
    text = io.StringIO(newline="")
    writer = csv.writer(
        text,
        delimiter=_get_delimiter(settings),
        lineterminator=settings.get("line_end", "\r\n"),
        quoting=csv.QUOTE_ALL if settings.get("quoted") else csv.QUOTE_MINIMAL,
    )
    writer.writerows(rows)
    return text.getvalue().encode(_name_encoding(settings))


def _change_rows(rows: Rows, change: Mapping[str, Any]) -> Rows:
    """Return rows with two columns swapped, found by their titles, and whole cells replaced."""
    if "swap" in change:
        first, second = change["swap"]
        titles = next((row for row in rows if first in row and second in row), None)
        if titles is not None:
            rows = [_swap_cells(row, titles.index(first), titles.index(second)) for row in rows]
    words = change.get("words", {})
    return [[words.get(cell, cell) for cell in row] for row in rows]


def _swap_cells(row: list[str], first: int, second: int) -> list[str]:
    """Return a row with two cells swapped; a row of notes is too short to have them."""
    swapped = list(row)
    if len(row) > max(first, second):
        swapped[first], swapped[second] = row[second], row[first]
    return swapped


def write_workbook(sheets: Mapping[str, Rows]) -> bytes:
    """Write sheets as Excel keeps them: numbers and dates typed, what begins with ' as text."""
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": _MADE})
    days = book.add_format({"num_format": "dd-mm-yyyy"})
    moments = book.add_format({"num_format": "dd-mm-yyyy hh:mm:ss"})
    for name, rows in sheets.items():
        page = book.add_worksheet(name)
        for at in ((r, c) for r, row in enumerate(rows) for c in range(len(row))):
            value = type_cell(rows[at[0]][at[1]])
            if isinstance(value, datetime):
                page.write_datetime(*at, value, moments)
            elif isinstance(value, date):
                page.write_datetime(*at, value, days)
            elif isinstance(value, float):
                page.write_number(*at, value)
            elif value:
                page.write_string(*at, value)
    book.close()
    return _pack_plainly(data.getvalue())


def type_cell(text: str) -> str | float | date:
    """Return what Excel makes of a cell that is typed in: a number, a day, a moment, or text."""
    if text.startswith("'"):
        return text[1:]
    for read in (float, date.fromisoformat, datetime.fromisoformat):
        try:
            return read(text)
        except ValueError:
            continue
    return text


def _pack_plainly(workbook: bytes) -> bytes:
    """Pack a workbook without compression, whose bytes would depend on the library that does it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, _EARLIEST)
            member.create_system = 3  # the same on every machine
            new.writestr(member, old.read(name))
    return packed.getvalue()


def list_roster(people: int = 520) -> list[str]:
    """Return the ids of a middle-sized municipality's staff."""
    return [f"m{number:03}" for number in range(1, people + 1)]


def build_roster() -> dict[str, bytes]:
    """Return an export with a column for each colleague; each names the next two on the list."""
    ids = list_roster()
    fixed = ("id", "submitdate", "lastpage", "startlanguage", "token")
    rows = [[*fixed, *(f"net[{person}]" for person in ids)]]
    for number, person in enumerate(ids):
        named = {ids[(number + step) % len(ids)] for step in (1, 2)}
        marks = ["Y" if other in named else "" for other in ids]
        rows.append([str(number + 1), "2026-11-09 10:00:00", "2", "da", person, *marks])
    return {"results-survey640001.csv": write_text(rows, {"quoted": True, "line_end": "\n"})}


def build_roster_tables() -> dict[str, Rows]:
    """Return the tables that must come of it, with those of the staff before."""
    ids = list_roster()
    survey = "sparring-2026"
    pairs = [(n, (n + step) % len(ids)) for n in range(len(ids)) for step in (1, 2)]
    ties = [[ids[n], ids[other], "advice", survey] for n, other in pairs]
    return {
        "units": [["id", "kind"], ["by", "municipality"]],
        "persons": [["id"], *([person] for person in ids)],
        "positions": [["person", "unit", "role"], *([person, "by", "teacher"] for person in ids)],
        "surveys": [
            ["id", "kind", "relation", "date"],
            [survey, "network", "advice", "2026-11-09"],
        ],
        "responses": [["survey", "person", "answered"], *([survey, p, "yes"] for p in ids)],
        "ties": [["source", "target", "relation", "survey"], *ties],
    }


def write_exports() -> None:
    """Write all files that are built."""
    for folder in list_folders():
        built = {f["name"] for f in read_settings(folder).get("files", []) if is_built(f)}
        for name, data in build_export(folder).items():
            if name in built:
                (folder / name).write_bytes(data)


if __name__ == "__main__":
    write_exports()
