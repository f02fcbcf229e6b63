"""The template filled in as somebody would fill it in, and what is wrong with one."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from plfkit import Profile, read, write_template
from plfkit.errors import Fault, InvalidDataError
from plfkit.hints import Language

FILLED: dict[str, list[list[Any]]] = {
    "Enheder": [["k", "Kommunen", "Kommune", None], ["s", "Skolen", "skole", "k"]],
    "Medarbejdere": [
        [1042, None, "s", "Lærer", 0.8, "dansk", date(2018, 8, 1), date(2019, 7, 31)],
        [1042, None, "s", "LÆSEVEJLEDER", 0.2, None, None, None],
        ["bo", "Bo", "s", "teacher", None, None, None, None],
        ["chef", None, None, None, None, None, None, None],
    ],
    "Teams": [
        ["t", "Dansk", "Fagteam", "s", "læsning", "ja", 2],
        ["u", None, "Team", "s", None, "Nej", 4],
    ],
    "Teammedlemmer": [["t", 1042, "Medlem"], ["t", "bo", None]],
    "Selvvurdering": [
        ["t", date(2018, 10, 1), 2, 2, 2, 2, 2],
        ["t", date(2019, 3, 1), 4, 3, None, 1, 3],
    ],
}


def fill(
    path: Path,
    sheets: dict[str, list[list[Any]]],
    *,
    language: Language = "da",
    profile: Profile | None = None,
) -> Path:
    """Write the template, delete its example rows, and fill in others."""
    write_template(path, language=language, profile=profile)
    book = openpyxl.load_workbook(path)
    for name in book.sheetnames[2:-1]:
        book[name].delete_rows(2, 2)
        for row in sheets.get(name, []):
            book[name].append(row)
            for number, cell in enumerate(row, 1):
                book[name].cell(book[name].max_row, number).value = cell
    book.save(path)
    return path


def faults_of(path: Path, profile: Profile | None = None) -> list[Fault]:
    """Read a workbook that must not be accepted."""
    with pytest.raises(InvalidDataError) as caught:
        read(path, profile=profile)
    return list(caught.value.faults)
