"""Saving: whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from plfkit.errors import StoreError
from plfkit.sources.saving import save_text


def test_save_replaces(tmp_path: Path) -> None:
    """The new text is there, and no temporary file."""
    target = tmp_path / "page.html"
    target.write_text("old")
    assert save_text(target, "new æøå\n") == target
    assert target.read_text(encoding="utf-8") == "new æøå\n"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_a_failing_save_keeps_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    """When the disk gives up the old file is still there, and no temporary file stays."""

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    target = tmp_path / "page.html"
    target.write_text("old")
    monkeypatch.setattr(os, failing, fail)
    if failing == "replace":
        monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(StoreError, match="No space left"):
        save_text(target, "new")
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("name", ["", "no-such-folder/page.html"])
def test_places_that_take_no_file_are_refused(tmp_path: Path, name: str) -> None:
    """A folder, or a path inside a folder that does not exist, is refused by name."""
    with pytest.raises(StoreError, match="folder"):
        save_text(tmp_path / name, "text")


def test_what_is_no_ordinary_file_is_not_replaced(tmp_path: Path) -> None:
    """A pipe or device stays what it is; through a link the file behind it is written."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(StoreError, match="no ordinary file"):
        save_text(pipe, "text")
    assert pipe.is_fifo()
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("old")
    link.symlink_to(target)
    save_text(link, "new")
    assert link.is_symlink()
    assert target.read_text() == "new"


@pytest.mark.parametrize("name", ["x" * 300, "nul\0name", "lone\ud800surrogate"])
def test_impossible_names_are_refused(tmp_path: Path, name: str) -> None:
    """Names that the file system cannot hold give our error."""
    with pytest.raises(StoreError):
        save_text(tmp_path / name, "text")
