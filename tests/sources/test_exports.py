"""The corpus of exports: whole, built again byte for byte, and with tables that are an organisation."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from corpus import (
    BUILD,
    EXPORTS,
    FOLDERS,
    list_variants,
    read_expected,
    read_mapping,
    read_rows,
    write_tables,
)

import plfkit

KINDS = {"staff", "network", "scale", "edges", "meetings"}


def list_words(mapping: Mapping[str, Any]) -> Iterator[str]:
    """Yield the words of the language that a mapping uses: its keys, but for what the file says."""
    for key, value in mapping.items():
        yield key
        if isinstance(value, list) and key == "take":
            for take in value:
                yield from list_words(take)
        elif key == "words":
            yield from value
        elif key in {"units", "communities"}:
            for words in value.values():
                yield from words
        elif isinstance(value, dict) and key not in {"items", "only"}:
            yield from list_words(value)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: f.name)
class TestFolder:
    def test_parts(self, folder: Path) -> None:
        """A folder says where its layout is from, what is made up, and what must come out."""
        text = (folder / "README.md").read_text("utf-8")
        for part in ("**Layout.**", "**Made up.**", "**What must come out.**"):
            assert part in text
        assert folder.name == BUILD.ROSTER or read_rows(folder / "expected")

    def test_mapping(self, folder: Path) -> None:
        """A mapping is of this language: every word in it has its place on the page."""
        mapping = read_mapping(folder)
        page = (EXPORTS.parents[2] / "docs/reference/mappings.md").read_text("utf-8")
        quoted = re.findall(r"`[^`\n]+`", re.sub(r"```.*?```", "", page, flags=re.DOTALL))
        told = set(re.findall(r"[a-z_]+", " ".join(quoted)))
        assert mapping["schema_version"] == 1
        assert all({**mapping.get("common", {}), **t}["kind"] in KINDS for t in mapping["take"])
        assert set(list_words(mapping)) <= told

    def test_built_again(self, folder: Path) -> None:
        """Built files are what stands in the folder, byte for byte."""
        for name, data in BUILD.build_export(folder).items():
            assert (folder / name).read_bytes() == data, name

    def test_expected(self, folder: Path, tmp_path: Path) -> None:
        """What must come out is an organisation without a fault, with what was there before."""
        tables = read_expected(folder)
        write_tables(tables, tmp_path)
        organisation = plfkit.read(tmp_path)
        for name, (_, *rows) in tables.items():
            assert len(organisation.tables[name]) == len(rows)

    def test_plain_text_stands(self, folder: Path) -> None:
        """A file that stands as it is would be written the same: variants differ in nothing else."""
        for settings in BUILD.read_settings(folder).get("files", []):
            if not BUILD.is_built(settings):
                same = BUILD.write_file(folder, settings, {})
                assert same == (folder / settings["name"]).read_bytes()


@pytest.mark.parametrize(
    ("folder", "variant"), list_variants(), ids=lambda v: getattr(v, "name", v)
)
def test_variant(folder: Path, variant: str) -> None:
    """An export with something changed is another file, and says what must become of it."""
    assert BUILD.read_settings(folder)["variants"][variant]["expect"] in {
        "right",
        "asked",
        "refused",
    }
    assert BUILD.build_variant(folder, variant) != BUILD.build_export(folder)


def test_roster() -> None:
    """The widest export has a column for each of 520 people, and two marks a row."""
    (data,) = BUILD.build_roster().values()
    titles, *rows = list(csv.reader(data.decode().splitlines()))
    assert (len(titles), len(rows)) == (525, 520)
    assert {row.count("Y") for row in rows} == {2}
    assert len(BUILD.build_roster_tables()["ties"]) == 1 + 1040
