"""What a wheel says of itself is complete, and a plug-in asks for one minor version of plfkit."""

from __future__ import annotations

import zipfile
from email.message import Message
from pathlib import Path

import pytest
from packaging.version import Version
from release.wheel_metadata import check_bounds, find_problems, read_metadata

NOW = Version("0.2.1")
ABOUT = {
    "Name": "plfkit-made",
    "Version": "0.2.0",
    "Summary": "Made.",
    "Author": "Nobody",
    "License-Expression": "Apache-2.0",
    "License-File": "LICENSE",
    "Requires-Python": ">=3.11",
    "Keywords": "made",
    "Description-Content-Type": "text/markdown",
    "Classifier": "Typing :: Typed",
    "Requires-Dist": "plfkit<0.3,>=0.2",
}


def say(**changes: str) -> Message:
    """Return metadata that lack nothing, but for changes."""
    about = Message()
    for name, value in (ABOUT | changes).items():
        if value:
            about[name.replace("_", "-")] = value
    about.set_payload("A README, and [an address](https://example.org).")
    return about


def test_nothing_is_lacking() -> None:
    """Complete metadata are told nothing of."""
    assert list(find_problems(say(), NOW)) == []


@pytest.mark.parametrize("field", sorted(ABOUT.keys() - {"Name", "Version", "Classifier"}))
def test_each_field_is_wanted(field: str) -> None:
    """A field that is left out is told, and nothing else."""
    (problem,) = find_problems(say(**{field: ""}), NOW)
    assert field in problem or "needs no plfkit" in problem


@pytest.mark.parametrize(
    "needs",
    ["plfkit", "plfkit>=0.2", "plfkit<0.3", "plfkit>=0.1,<0.2", "plfkit>=0.2,<1", "plfkit==0.2.*"],
)
def test_plug_ins_are_bounded(needs: str) -> None:
    """Neither an older nor a later minor version will do, and the words to write are given."""
    (problem,) = check_bounds(say(**{"Requires-Dist": needs}), NOW)
    assert problem.endswith("write plfkit>=0.2,<0.3")


def test_a_readme_stands_alone() -> None:
    """A link to a file leads nowhere on an index."""
    about = say()
    about.set_payload("See [this](docs/this.md).")
    (problem,) = find_problems(about, NOW)
    assert "links to a file" in problem


def test_metadata_are_read_from_a_wheel(tmp_path: Path) -> None:
    """They stand in the wheel's own folder of metadata."""
    with zipfile.ZipFile(tmp_path / "made-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("made/__init__.py", "")
        wheel.writestr("made-1.0.dist-info/METADATA", "Name: made\nVersion: 1.0\n")
    assert read_metadata(tmp_path / "made-1.0-py3-none-any.whl")["Name"] == "made"
