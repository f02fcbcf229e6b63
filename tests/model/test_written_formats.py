"""Versions of formats: an older one is read by its steps and told, a newer one is refused."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from plfkit import (
    Organisation,
    Person,
    Profile,
    import_files,
    load_profile,
    read,
    write,
)
from plfkit.errors import DocumentError, IncompatibleProfileError, InvalidDataError
from plfkit.model.written_formats import WrittenFormat

PROFILE = 'schema_version = 1\nid = "p"\nname = { da = "Et", en = "One" }\n'
MAPPING = """schema_version = 1
[[read]]
kind = "staff"
every.unit = "s"
every.role = "teacher"
columns.name = "Navn"
[units.s]
kind = "school"
"""


def rename(old: str, new: str) -> WrittenFormat:
    """A format whose version 2 calls a key otherwise."""

    def step(document: Mapping[str, Any]) -> dict[str, Any]:
        return {(new if key == old else key): value for key, value in document.items()}

    return WrittenFormat((step,))


def test_steps_follow_each_other() -> None:
    """From version 1 all of them are taken, from version 2 those that are left, and today's is as it is."""
    twice = WrittenFormat(
        (lambda said: {"n": said["n"] + 1}, lambda said: {"n": said["n"] + 10}),
    )
    assert [twice.update_document({"n": 0}, n) for n in (1, 2, 3)] == [
        {"n": 11},
        {"n": 10},
        {"n": 0},
    ]
    assert [twice.is_known(n) for n in (0, 1, 3, 4, True, "1", None)] == [
        *(False, True, True, False, False, False, False)
    ]
    assert [twice.advise_update(n) is None for n in (1, 2, 3)] == [False, False, True]


def test_a_profile_of_an_older_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is read by the step and says so; what is written is of the new version."""
    monkeypatch.setattr("plfkit.profiles.profile.PROFILE_FORMAT", rename("name", "label"))
    (tmp_path / "profile.toml").write_text(PROFILE, encoding="utf-8")
    profile = load_profile(tmp_path)
    assert profile.label.en == "One"
    assert [(one.path, "version 1" in str(one.message)) for one in profile.advice] == [
        (("schema_version",), True)
    ]
    assert profile.to_document()["schema_version"] == 2
    assert Profile.from_document(profile.to_document()).advice == ()
    with pytest.raises(
        IncompatibleProfileError, match="version 3 of the format, this plfkit reads 2"
    ):
        Profile.from_document({**profile.to_document(), "schema_version": 3})


@pytest.mark.parametrize("name", ["data", "data.xlsx"])
def test_data_of_an_older_version(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What they say of themselves is read by the step and told as advice; written again it is new."""
    written = Organisation.of(persons=[Person("ann")], synthetic=True)
    write(written, tmp_path / name)
    forget = WrittenFormat((lambda words: {**words, "synthetic": False},))
    monkeypatch.setattr("plfkit.sources.descriptor.TABLES_FORMAT", forget)
    found = read(tmp_path / name)
    assert not found.synthetic
    assert [(one.code, one.place.column) for one in found.advice] == [
        ("older_format", "schema_version")
    ]
    write(found, tmp_path / f"new-{name}")
    assert not read(tmp_path / f"new-{name}").advice


@pytest.mark.parametrize("version", [0, -1, 2])
def test_data_of_no_known_version(version: int, tmp_path: Path) -> None:
    """They are refused with what to do."""
    write(Organisation.of(persons=[Person("ann")]), tmp_path)
    file = tmp_path / "datapackage.json"
    document = json.loads(file.read_text(encoding="utf-8"))
    document["plfkit"]["schema_version"] = version
    file.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(InvalidDataError, match=f"version {version}, and this plfkit reads 1"):
        read(tmp_path)


def test_a_mapping_of_an_older_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes what it took, and the organisation is advised."""
    monkeypatch.setattr("plfkit.sources.importing.language.MAPPING_FORMAT", rename("read", "take"))
    export = b"Navn\nAnn\n"
    found = import_files(MAPPING.encode(), export)
    assert found.persons.column("name").categories == ("Ann",)
    assert "older_format" in {one.code for one in found.advice}
    new = MAPPING.replace("schema_version = 1", "schema_version = 2").replace(
        "[[read]]", "[[take]]"
    )
    assert "older_format" not in {one.code for one in import_files(new.encode(), export).advice}
    with pytest.raises(DocumentError, match="upgrade plfkit"):
        import_files(new.replace("= 2", "= 3").encode(), export)
