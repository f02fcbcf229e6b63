"""A save that the system refuses says so, and leaves what was there before."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from faults.disturbances import (
    CALLS,
    REFUSED,
    SAVED,
    begun_by_the_dead,
    fail_at,
    fail_from,
    save_without_rights,
    stop_beyond,
)
from faults.processes import UNDISTURBED, Disturbed, end, start, trials
from faults.saves import FOLDERS, KINDS, Kind, Place, Version, assert_mends, begin, sizes

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("before", "failing"), [("old", fail_at), (None, fail_at), ("old", fail_from)]
)
@pytest.mark.parametrize(
    ("kind", "calls"), [("csv", 30), ("parquet", 30), ("xlsx", 8), ("text", 8)]
)
def test_any_call_may_fail(
    tmp_path: Path, kind: Kind, calls: int, before: Version | None, failing: Disturbed
) -> None:
    """Whichever call fails, the save says so and all is old, or it goes through and all is new."""
    first = begin(kind, before, tmp_path / "first")
    *failed, last = trials(failing, CALLS, first)
    assert (last.ended, last.place.found()) == (UNDISTURBED, "new")
    assert len(failed) >= calls
    assert REFUSED in {trial.ended for trial in failed}
    for trial in failed:
        assert (trial.ended, trial.place.found()) in {(SAVED, "new"), (REFUSED, before)}
        assert_mends(trial.place, first)


@pytest.mark.parametrize("before", ["old", None])
@pytest.mark.parametrize("kind", KINDS)
def test_a_full_disk_is_told_of_and_the_old_data_stay(
    tmp_path: Path, kind: Kind, before: Version | None
) -> None:
    """Wherever in whichever file the room ends, nothing has changed and nothing stray is left."""
    first = begin(kind, before, tmp_path / "first")
    *refused, last = trials(stop_beyond, sizes(kind, tmp_path / "whole"), first)
    assert (last.ended, last.place.found()) == (SAVED, "new")
    assert len(refused) > 1
    for trial in refused:
        assert (trial.ended, trial.place.found()) == (REFUSED, before)
        assert not trial.place.strays()
        assert_mends(trial.place, first)


@contextmanager
def read_only(place: Place) -> Iterator[None]:
    """Let nobody write into a place for a while."""
    folders = [place.folder, *([place.target] if place.target.is_dir() else [])]
    for folder in folders:
        folder.chmod(0o555)
    try:
        yield
    finally:
        for folder in folders:
            folder.chmod(0o755)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Return a folder that everybody can look into; those of pytest are private."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        folder.chmod(0o755)
        yield folder


@pytest.mark.parametrize("before", ["old", None])
@pytest.mark.parametrize("kind", KINDS)
def test_a_read_only_folder_is_told_of_and_read(
    open_folder: Path, kind: Kind, before: Version | None
) -> None:
    """Who may only read gets StoreError from a save and the old data from a read."""
    place = begin(kind, before, open_folder / "place")
    with read_only(place):
        assert end(start(save_without_rights, place, before)) == REFUSED
    assert place.found() == before
    assert not place.strays()


@pytest.mark.parametrize("kind", FOLDERS)
def test_who_may_only_read_finds_what_a_dead_save_left(open_folder: Path, kind: Kind) -> None:
    """New files that still wait to be moved are for everybody who may read the folder."""
    first = begin(kind, "old", open_folder / "first")
    begun = begun_by_the_dead(first)
    with read_only(begun):
        assert end(start(save_without_rights, begun, "new")) == REFUSED
    assert_mends(begun, first)


@pytest.mark.parametrize("kind", KINDS)
def test_files_stay_as_private_as_they_were(tmp_path: Path, kind: Kind) -> None:
    """Who could not read a file before it was saved anew cannot read it afterwards."""
    place = begin(kind, "old", tmp_path / "place")
    before = place.files()
    for file in before:
        file.chmod(0o600)
    place.save("new")
    kept = set(before) & set(place.files())
    assert kept
    assert {stat.S_IMODE(file.stat().st_mode) for file in kept} == {0o600}


@pytest.mark.parametrize("kind", [*FOLDERS, "xlsx"])
def test_disks_that_cannot_sync_folders_take_saves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: Kind
) -> None:
    """Some network and shared disks answer EINVAL when a folder is to be synced."""
    sync = os.fsync

    def sync_of_files(fd: int) -> None:
        if stat.S_ISDIR(os.fstat(fd).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        sync(fd)

    place = begin(kind, "old", tmp_path / "place")
    monkeypatch.setattr(os, "fsync", sync_of_files)
    place.save("new")
    assert place.found() == "new"
    assert not place.strays()
