"""What becomes of drafts of all exports: ``python tests/sources/drafting/outcomes.py [FOLDER…]``.

Each export, and each of its variants, is drafted with the organisation that it is added to and without.
The draft is applied as it stands, and once more finished: what it asks is answered as the mapping by
hand says. It comes out right, is asked about, is refused, or is wrong.
"""

from __future__ import annotations

import csv
import importlib.util
import io
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from shutil import copytree
from types import ModuleType
from typing import Any

import plfkit
from plfkit.errors import PlfkitError
from plfkit.sources.drafting import Draft

EXPORTS = Path(__file__).parents[1] / "exports"


def load_script(path: Path) -> ModuleType:
    """Load a script that is no module of a package."""
    spec = importlib.util.spec_from_file_location(f"drafting_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


BUILD = load_script(EXPORTS / "build.py")
FILLING = load_script(Path(__file__).with_name("filling.py"))


class NamedStream(io.BytesIO):
    """A file in memory that has a name."""

    def __init__(self, name: str, data: bytes) -> None:
        super().__init__(data)
        self.name = name


def open_files(files: Mapping[str, bytes]) -> list[NamedStream]:
    """Return files as streams."""
    return [NamedStream(name, data) for name, data in files.items()]


def read_base(folder: Path, place: Path) -> plfkit.Organisation | None:
    """Return the organisation that an export is added to."""
    if folder.name == BUILD.ROSTER:
        tables = BUILD.build_roster_tables()
        write_tables({name: tables[name] for name in ("units", "persons", "positions")}, place)
        return plfkit.read(place)
    base = BUILD.read_settings(folder).get("base")
    return None if base is None else plfkit.read(EXPORTS / base)


def write_tables(tables: Mapping[str, Any], place: Path) -> None:
    """Write native tables."""
    for name, rows in tables.items():
        with (place / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)


def draft_export(
    files: Mapping[str, bytes], base: plfkit.Organisation | None, **options: Any
) -> Draft:
    """Draft a mapping of an export."""
    return plfkit.draft_mapping(*open_files(files), into=base, **options)


def apply_mapping_text(
    folder: Path, text: str, files: Mapping[str, bytes], base: plfkit.Organisation | None
) -> plfkit.Organisation | str:
    """Apply a mapping beside what stands in a folder; return why not if it is not applied."""
    with tempfile.TemporaryDirectory() as place:
        beside = copytree(folder, Path(place) / "export")
        (beside / "mapping.toml").write_text(text, encoding="utf-8")
        try:
            return plfkit.import_files(beside / "mapping.toml", *open_files(files), into=base)
        except PlfkitError as error:
            return f"{type(error).__name__}: {error}"


def judge_outcome(came: plfkit.Organisation | str, wanted: plfkit.Organisation) -> str:
    """Return whether what came out is right or wrong; whatever is refused says what is missing."""
    if isinstance(came, str):
        return "asked"
    same = all(
        sorted(map(repr, came.tables[t])) == sorted(map(repr, wanted.tables[t]))
        for t in came.tables
    )
    return "right" if same else "wrong"


def count_outcomes(folder: Path, variant: str | None, *, with_data: bool) -> tuple[str, str]:
    """Return what becomes of a draft as it stands, and of one that is finished."""
    with tempfile.TemporaryDirectory() as place:
        base = read_base(folder, Path(place))
        hand = (folder / "mapping.toml").read_text("utf-8")
        whole = BUILD.build_roster() if folder.name == BUILD.ROSTER else BUILD.build_export(folder)
        files = whole if variant is None else BUILD.build_variant(folder, variant)
        wanted = apply_mapping_text(folder, hand, whole, base)
        assert not isinstance(wanted, str), wanted
        draft = draft_export(files, base if with_data else None)
        as_is = judge_outcome(apply_mapping_text(folder, draft.text, files, base), wanted)
        filled = FILLING.fill_in(draft, tomllib.loads(hand))
        if filled is None:
            return as_is, "other"
        text = FILLING.write_document(filled)
        came = apply_mapping_text(folder, text, files, base)
        return as_is, judge_outcome(came, wanted)


def print_counts(names: list[str]) -> None:
    """Print what becomes of the drafts of some exports, and how many that are in all."""
    totals: Counter[tuple[str, str]] = Counter()
    for folder in BUILD.list_folders():
        if names and folder.name not in names:
            continue
        variants = [None, *BUILD.read_settings(folder).get("variants", {})]
        for with_data in (True, False):
            found = [count_outcomes(folder, v, with_data=with_data) for v in variants]
            label = f"{folder.name}, {'with' if with_data else 'without'} data"
            sys.stdout.write(
                f"{label:45} as it stands {found[0][0]:6} finished {found[0][1]:6}"
                f" variants finished {dict(Counter(f for _, f in found[1:]))}\n"
            )
            totals.update(("as it stands", one) for one, _ in found)
            totals.update(("finished", one) for _, one in found[:1])
            totals.update(("finished variants", one) for _, one in found[1:])
    for (what, outcome), count in sorted(totals.items()):
        sys.stdout.write(f"{what:20} {outcome:8} {count}\n")


if __name__ == "__main__":
    print_counts(sys.argv[1:])
