"""The registry of formats: every format keeps the same promises, and one more is one value."""

from __future__ import annotations

import io
import sys
from functools import partial
from pathlib import Path
from typing import IO, Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from plfkit import Organisation, read, write
from plfkit.errors import MissingExtraError
from plfkit.model.records.rows import NATIVE_ROWS
from plfkit.model.records.tables import Table
from plfkit.model.words.vocabulary import load_core_vocabulary
from plfkit.sources import formats
from plfkit.sources.cells import read_table
from plfkit.sources.dialects import Dialect
from plfkit.sources.formats import FORMATS, TABLE_FORMATS, TableFormat, split_table_file
from plfkit.sources.given import GivenFile
from plfkit.sources.limits import Limits
from plfkit.testing import organisations

EVERY_TABLE_FORMAT = pytest.mark.parametrize("form", TABLE_FORMATS, ids=lambda form: form.name)


def write_table(form: TableFormat, organisation: Organisation, table: str) -> bytes:
    """The file of one table."""
    stream = io.BytesIO()
    form.write(organisation.tables[table], stream)
    return stream.getvalue()


@EVERY_TABLE_FORMAT
@given(organisation=organisations())
def test_every_table_reads_back_equal(form: TableFormat, organisation: Organisation) -> None:
    """Each of the tables, with rows or without, is what it was, and its file is always the same."""
    for table, part in NATIVE_ROWS.items():
        data = write_table(form, organisation, table)
        file = GivenFile(table + form.suffix, data)
        raw = form.read(file, part, Dialect(), Limits())
        read = read_table(raw, part, load_core_vocabulary(), Dialect())
        assert not read.faults
        assert read.table == organisation.tables[table]
        assert write_table(form, organisation, table) == data


@EVERY_TABLE_FORMAT
@given(data=st.binary(max_size=200), table=st.sampled_from(sorted(NATIVE_ROWS)))
def test_no_bytes_break_a_reader(form: TableFormat, data: bytes, table: str) -> None:
    """Whatever the bytes, there are cells or faults that name the file."""
    file = GivenFile(table + form.suffix, data)
    raw = form.read(file, NATIVE_ROWS[table], Dialect(), Limits())
    assert {raw.file, *(fault.place.file for fault in raw.faults)} == {file.name}


def test_formats_are_told_apart() -> None:
    """No two have a name, a suffix or a media type in common, and each says what it is."""
    for fact in ("name", "suffix", "media_type", "doc"):
        assert len({getattr(form, fact) for form in FORMATS.values()}) == len(FORMATS)
    assert all(name == form.name for name, form in FORMATS.items())


@pytest.mark.parametrize("form", FORMATS.values(), ids=lambda form: form.name)
def test_missing_libraries_are_named(monkeypatch: pytest.MonkeyPatch, form: Any) -> None:
    """What a format needs, its extra brings."""
    assert (form.extra is None) == (not form.libraries)
    for library in form.libraries:
        with monkeypatch.context() as without:
            without.setitem(sys.modules, library, None)
            with pytest.raises(MissingExtraError, match=rf"plfkit\[{form.extra}\]"):
                form.require_libraries()


@pytest.mark.parametrize(
    ("name", "split"),
    [
        ("ties.csv", ("ties", "csv")),
        ("ties.jsonl", ("ties", "jsonl")),
        ("Ties.parquet", ("Ties", "parquet")),
        ("ties.xlsx", None),
        ("ties.CSV", None),
        ("ties", None),
    ],
)
def test_names_of_files_say_table_and_format(name: str, split: tuple[str, str] | None) -> None:
    """The suffix counts, in small letters; what is no suffix of a format says nothing."""
    found = split_table_file(name)
    assert (found and (found[0], found[1].name)) == split


def test_another_format_is_one_more_value(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, example: Path
) -> None:
    """Once in the registry it is read, written, described and replaced as the others are."""
    csv = FORMATS["csv"]
    assert isinstance(csv, TableFormat)
    upside_down = evolve(
        csv,
        name="vsc",
        suffix=".vsc",
        media_type="text/x-vsc",
        read=lambda file, *how: csv.read(evolve(file, data=file.data[::-1]), *how),
        write=partial(_write_reversed, csv),
    )
    monkeypatch.setattr(formats, "TABLE_FORMATS", (*TABLE_FORMATS, upside_down))
    monkeypatch.setitem(FORMATS, "vsc", upside_down)
    folder = write(read(example), tmp_path / "data", format="vsc")
    assert read(folder) == read(example)
    assert "text/x-vsc" in (folder / "datapackage.json").read_text(encoding="utf-8")
    write(read(example), folder)
    assert not list(folder.glob("*.vsc"))


def _write_reversed(form: TableFormat, table: Table[Any], stream: IO[bytes]) -> None:
    upright = io.BytesIO()
    form.write(table, upright)
    stream.write(upright.getvalue()[::-1])
