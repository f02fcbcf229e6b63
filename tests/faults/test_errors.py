"""A save that the system refuses says so, and leaves what was there before."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from faults.disturbances import (
    REFUSED,
    SAVED,
    die_at,
    fail_at,
    fail_from,
    save_without_rights,
    stop_beyond,
)
from faults.processes import UNDISTURBED, Disturbed, end, start, trials
from faults.saves import FOLDERS, KINDS, Kind, Place, Version, assert_mends, begin, sizes

CALLS = range(1, 1000)


@pytest.mark.parametrize(
    ("before", "failing"), [("old", fail_at), (None, fail_at), ("old", fail_from)]
)
@pytest.mark.parametrize(
    ("kind", "calls"), [("csv", 30), ("parquet", 30), ("xlsx", 8), ("text", 8)]
)
def test_any_call_may_fail(
    tmp_path: Path, kind: Kind, calls: int, before: Version | None, failing: Disturbed
) -> None:
    """Whichever call fails, the save says so or goes through, and the data are old or new."""
    first = begin(kind, before, tmp_path / "first")
    *failed, last = trials(failing, CALLS, first)
    assert (last.ended, last.place.found()) == (UNDISTURBED, "new")
    assert len(failed) >= calls
    assert REFUSED in {trial.ended for trial in failed}
    for trial in failed:
        assert trial.ended in {SAVED, REFUSED}
        assert trial.place.found() in ({"new"} if trial.ended == SAVED else {before, "new"})
        assert_mends(trial.place, first)


@pytest.mark.parametrize("kind", ["csv", "text"])
def test_a_save_that_says_it_failed_changed_nothing(tmp_path: Path, kind: Kind) -> None:
    """StoreError promises that what was there before still is: whichever call fails."""
    first = begin(kind, "old", tmp_path / "first")
    refused = [trial for trial in trials(fail_at, CALLS, first) if trial.ended == REFUSED]
    assert {trial.place.found() for trial in refused} == {"old"}


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
    yield
    for folder in folders:
        folder.chmod(0o755)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Return a folder that everybody can look into; those of pytest are private."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
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
    begun = next(t.place for t in trials(die_at, CALLS, first) if t.place.found() == "new")
    assert begun.strays()
    with read_only(begun):
        assert end(start(save_without_rights, begun, "new")) == REFUSED
    assert_mends(begun, first)
