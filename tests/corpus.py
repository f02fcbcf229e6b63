"""The corpus of exports as tests use it: its folders, what is built from them, what must come out."""

from __future__ import annotations

import csv
import importlib.util
import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

EXPORTS = Path(__file__).parent / "sources/exports"
FOLDERS = sorted(path.parent for path in EXPORTS.glob("*/export.toml"))
Rows = list[list[str]]


def load_build() -> ModuleType:
    """Load the script that builds exports; a module of that name would be one of many."""
    spec = importlib.util.spec_from_file_location("exports_build", EXPORTS / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


BUILD = load_build()


def read_mapping(folder: Path) -> dict[str, Any]:
    """Read the mapping of a folder as TOML."""
    return tomllib.loads((folder / "mapping.toml").read_text("utf-8"))


def read_rows(folder: Path) -> dict[str, Rows]:
    """Read native tables, the header first."""
    tables = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            tables[path.stem] = list(csv.reader(file))
    return tables


def read_base(folder: Path) -> dict[str, Rows]:
    """Return what is there before the import."""
    base = BUILD.read_settings(folder).get("base")
    if folder.name == BUILD.ROSTER:
        made = BUILD.build_roster_tables()
        return {name: made[name] for name in ("units", "persons", "positions")}
    return {} if base is None else read_rows(EXPORTS / base)


def read_expected(folder: Path) -> dict[str, Rows]:
    """Return what must be there after the import: what was there before, and what comes out."""
    if folder.name == BUILD.ROSTER:
        tables: dict[str, Rows] = BUILD.build_roster_tables()
        return tables
    tables = read_base(folder)
    for name, (header, *rows) in read_rows(folder / "expected").items():
        before = tables.get(name, [header])
        columns = list(dict.fromkeys([*before[0], *header]))
        records = [dict(zip(before[0], row, strict=True)) for row in before[1:]]
        records += [dict(zip(header, row, strict=True)) for row in rows]
        tables[name] = [columns, *([r.get(c, "") for c in columns] for r in records)]
    return tables


def build_files(folder: Path) -> dict[str, bytes]:
    """Return the files of an export by name; the widest is made here."""
    is_widest = folder.name == BUILD.ROSTER
    files: dict[str, bytes] = BUILD.build_roster() if is_widest else BUILD.build_export(folder)
    return files


def list_variants() -> list[tuple[Path, str]]:
    """Return every export that is there once more with something changed."""
    return [
        (folder, variant)
        for folder in FOLDERS
        for variant in BUILD.read_settings(folder).get("variants", {})
    ]


def write_tables(tables: Mapping[str, Rows], folder: Path) -> None:
    """Write native tables as CSV files."""
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
