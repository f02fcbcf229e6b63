"""The corpus of exports through the door: the tables that must come out, and no others."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pytest
from corpus import BUILD, FOLDERS, build_files, list_variants, read_base, read_expected
from corpus import write_tables
from offices import name_file

import plfkit
from plfkit import Organisation
from plfkit.errors import InvalidDataError

Rows = list[list[str]]


@pytest.fixture(scope="module")
def read_tables(
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[Mapping[str, Rows]], Organisation]:
    """Read native tables as an organisation."""

    def read(tables: Mapping[str, Rows]) -> Organisation:
        folder = tmp_path_factory.mktemp("tables")
        write_tables(tables, folder)
        return plfkit.read(folder)

    return read


@pytest.fixture(scope="module")
def read_before(
    read_tables: Callable[[Mapping[str, Rows]], Organisation],
) -> Callable[[Path], Organisation | None]:
    """Read what is there before the import; each base once."""
    known: dict[str, Organisation] = {}

    def read(folder: Path) -> Organisation | None:
        tables = read_base(folder)
        if not tables:
            return None
        key = str(BUILD.read_settings(folder).get("base", folder.name))
        if key not in known:
            known[key] = read_tables(tables)
        return known[key]

    return read


def import_folder(
    folder: Path, files: Mapping[str, bytes], before: Organisation | None
) -> Organisation:
    """Import the files of an export with the mapping that stands beside it."""
    given = [name_file(name, data) for name, data in files.items()]
    return plfkit.import_files(folder / "mapping.toml", *given, into=before)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: f.name)
def test_export(folder: Path, read_tables, read_before) -> None:
    """Every export gives the tables that stand beside it, added to what was there."""
    imported = import_folder(folder, build_files(folder), read_before(folder))
    assert imported == read_tables(read_expected(folder))
