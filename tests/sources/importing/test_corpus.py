"""The corpus of exports through the door: the tables that must come out, and no others."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from corpus import (
    BUILD,
    FOLDERS,
    build_files,
    list_variants,
    read_base,
    read_expected,
    read_mapping,
    write_tables,
)
from offices import name_file

import plfkit
from plfkit import Limits, Organisation
from plfkit.errors import InvalidDataError

Rows = list[list[str]]
LIMITS = Limits(columns=1_000)


class Tables:
    """Reads native tables as organisations, each base once."""

    def __init__(self, make_folder: Callable[[str], Path]) -> None:
        self.make_folder = make_folder
        self.bases: dict[str, Organisation] = {}

    def read(self, tables: Mapping[str, Rows]) -> Organisation:
        folder = self.make_folder("tables")
        write_tables(tables, folder)
        return plfkit.read(folder)

    def read_before(self, folder: Path) -> Organisation | None:
        base = str(BUILD.read_settings(folder).get("base", folder.name))
        if base not in self.bases and (tables := read_base(folder)):
            self.bases[base] = self.read(tables)
        return self.bases.get(base)


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """Native tables as organisations."""
    return Tables(tmp_path_factory.mktemp)


def import_folder(
    folder: Path, files: Mapping[str, bytes], before: Organisation | None
) -> Organisation:
    """Import the files of an export with the mapping that stands beside it."""
    given = [name_file(name, data) for name, data in files.items()]
    return plfkit.import_files(folder / "mapping.toml", *given, into=before, limits=LIMITS)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: f.name)
def test_export(folder: Path, tables: Tables) -> None:
    """Every export gives the tables that stand beside it, added to what was there."""
    imported = import_folder(folder, build_files(folder), tables.read_before(folder))
    assert imported == tables.read(read_expected(folder))


@pytest.mark.parametrize(
    ("folder", "variant"), list_variants(), ids=lambda v: getattr(v, "name", v)
)
def test_variant(folder: Path, variant: str, tables: Tables) -> None:
    """An export with something changed gives the same tables, or nothing and what is to be decided."""
    files, before = BUILD.build_variant(folder, variant), tables.read_before(folder)
    if BUILD.read_settings(folder)["variants"][variant]["expect"] == "right":
        assert import_folder(folder, files, before) == tables.read(read_expected(folder))
        return
    with pytest.raises(InvalidDataError) as caught:
        import_folder(folder, files, before)
    for fault in caught.value.faults:
        where = fault.place.column or fault.place.row or fault.place.file
        assert where
        assert len({fault.say(language=language) for language in ("da", "en")}) == 2


def read_plain_rows(data: bytes, settings: Mapping[str, Any]) -> Rows:
    """Read the rows of a file that stands as plain text."""
    text = data.decode(settings.get("encoding", "utf-8-sig"))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=settings.get("delimiter", ","))
    return list(reader)


def list_plain_exports() -> list[Path]:
    """Return the exports of one plain file whose rows are all of one width."""
    found = []
    for folder in FOLDERS:
        settings = BUILD.read_settings(folder).get("files", [])
        if len(settings) == 1 and "sheets" not in settings[0]:
            rows = read_plain_rows(build_files(folder)[settings[0]["name"]], settings[0])
            if len(set(map(len, rows))) == 1 and "labels" not in read_mapping(folder)["file"]:
                found.append(folder)
    return found


def change_rows(folder: Path, change: Callable[[Rows], Rows]) -> dict[str, bytes]:
    """Return the one plain file of an export with its rows changed."""
    (settings,) = BUILD.read_settings(folder)["files"]
    rows = read_plain_rows(build_files(folder)[settings["name"]], settings)
    return {settings["name"]: BUILD.write_text(change(rows), settings)}


def shuffle_columns(seed: int, rows: Rows) -> Rows:
    """Return rows whose columns stand in another order."""
    order = random.Random(seed).sample(range(len(rows[0])), len(rows[0]))  # noqa: S311
    return [[row[n] for n in order] for row in rows]


def insert_blank_rows(seed: int, rows: Rows) -> Rows:
    """Return rows with blank ones among them."""
    chance = random.Random(seed)  # noqa: S311
    found = []
    for row in rows:
        found += [[""] * len(row)] * chance.randrange(3) + [row]
    return found


PLAIN = list_plain_exports()


def test_plain_exports() -> None:
    """Most exports that are plain text are shuffled."""
    assert len(PLAIN) >= 8


@pytest.mark.parametrize("change", [shuffle_columns, insert_blank_rows])
@pytest.mark.parametrize("folder", PLAIN, ids=lambda f: f.name)
def test_layout(folder: Path, change: Callable[[int, Rows], Rows], tables: Tables) -> None:
    """The order of columns, and blank rows, make no difference."""
    before, expected = tables.read_before(folder), tables.read(read_expected(folder))
    for seed in range(3):
        files = change_rows(folder, partial(change, seed))
        assert import_folder(folder, files, before) == expected, seed


def test_order_of_staff(tables: Tables) -> None:
    """The order of the rows of a staff list makes no difference."""
    folder = next(f for f in FOLDERS if f.name == "opus-staff")

    def shuffle(rows: Rows) -> Rows:
        told = next(n for n, row in enumerate(rows) if len(row) > 2)
        below = rows[told + 1 :]
        return [*rows[: told + 1], *random.Random(7).sample(below, len(below))]  # noqa: S311

    expected = tables.read(read_expected(folder))
    assert import_folder(folder, change_rows(folder, shuffle), None) == expected
