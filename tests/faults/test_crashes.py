"""A process that dies while it saves leaves what was there before, or all that is new."""

from __future__ import annotations

import os
import random
import signal
import time
from functools import partial
from pathlib import Path

import pytest
from attrs import evolve
from faults.disturbances import DIED, SAVED, die_at, die_beyond, save_in_turns
from faults.processes import UNDISTURBED, end, new_flag, start, trials
from faults.saves import KINDS, Kind, Version, assert_mends, begin, sizes

CALLS = range(1, 1000)
KILLS = 12


@pytest.mark.parametrize("before", ["old", None])
@pytest.mark.parametrize(
    ("kind", "calls"), [("csv", 30), ("parquet", 30), ("xlsx", 8), ("text", 8)]
)
def test_death_at_any_call_leaves_the_old_data_or_the_new(
    tmp_path: Path, kind: Kind, calls: int, before: Version | None
) -> None:
    """All is old until one call and all is new after it; the next save clears up."""
    first = begin(kind, before, tmp_path / "first")
    made = trials(die_at, CALLS, first)
    assert [trial.ended for trial in made] == [DIED] * (len(made) - 1) + [UNDISTURBED]
    assert len(made) > calls
    found = [trial.place.found() for trial in made]
    assert found == [before] * found.count(before) + ["new"] * found.count("new")
    assert found.count(before)
    assert found.count("new") > 1
    for trial in made:
        assert_mends(trial.place, first)


@pytest.mark.parametrize(("kind", "then"), [("csv", "parquet"), ("parquet", "csv")])
def test_death_after_death_leaves_one_of_the_versions(
    tmp_path: Path, kind: Kind, then: Kind
) -> None:
    """A save that first finishes what a dead one began may die at any call, in any format."""
    first = begin(kind, "old", tmp_path / "first")
    begun = next(t.place for t in trials(die_at, CALLS, first) if t.place.found() == "new")
    assert begun.strays()
    made = trials(partial(die_at, version="later"), CALLS, evolve(begun, kind=then))
    found = [trial.place.found() for trial in made]
    assert found == ["new"] * found.count("new") + ["later"] * found.count("later")
    assert found.count("new")
    assert found.count("later") > 1
    for trial in made:
        assert_mends(trial.place, first)


@pytest.mark.parametrize("before", ["old", None])
@pytest.mark.parametrize("kind", KINDS)
def test_death_in_the_middle_of_a_file_leaves_the_old_data(
    tmp_path: Path, kind: Kind, before: Version | None
) -> None:
    """A process that is killed with half a file written has changed nothing."""
    first = begin(kind, before, tmp_path / "first")
    *died, last = trials(die_beyond, sizes(kind, tmp_path / "whole"), first)
    assert (last.ended, last.place.found()) == (SAVED, "new")
    assert any(trial.place.strays() for trial in died)
    for trial in died:
        assert (trial.ended, trial.place.found()) == (-signal.SIGXFSZ, before)
        assert_mends(trial.place, first)


@pytest.mark.parametrize("kind", KINDS)
def test_kills_at_any_moment_leave_one_of_the_versions(tmp_path: Path, kind: Kind) -> None:
    """A process that saves all the time is killed again and again; the data are always whole."""
    first = begin(kind, "old", tmp_path / "first")
    place = begin(kind, "old", tmp_path / "place")
    moments = random.Random(kind)  # noqa: S311 - no secret
    for _ in range(KILLS):
        started = new_flag()
        process = start(save_in_turns, place, started)
        started.wait(30)
        time.sleep(moments.uniform(0, 0.05))
        process.kill()
        assert end(process) == -signal.SIGKILL
        assert place.found() in {"old", "new"}
    assert_mends(place, first)


@pytest.mark.parametrize("before", ["old", None])
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_saved_is_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: Kind, before: Version | None
) -> None:
    """A save ends when the disk has every file, and last of all the names in the folder."""
    place = begin(kind, before, tmp_path / "place")
    synced: list[int] = []
    sync = os.fsync

    def noted_sync(fd: int) -> None:
        sync(fd)
        synced.append(os.fstat(fd).st_ino)

    monkeypatch.setattr(os, "fsync", noted_sync)
    place.save("new")
    folder = place.target if place.target.is_dir() else place.folder
    files = [file for file in folder.iterdir() if file.name != "README.txt"]
    assert files
    assert {file.stat().st_ino for file in files} <= set(synced)
    assert synced[-1] == folder.stat().st_ino
