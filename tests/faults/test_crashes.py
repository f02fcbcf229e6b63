"""A process that dies while it saves leaves what was there before, or all that is new."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest
from attrs import evolve
from faults.disturbances import (
    CALLS,
    DIED,
    SAVED,
    begun_by_the_dead,
    die_at,
    die_beyond,
    save_in_turns,
)
from faults.processes import UNDISTURBED, end, new_flag, start, trials
from faults.saves import KINDS, Kind, Version, assert_mends, begin, sizes

pytestmark = pytest.mark.slow

KILLS = 12


@pytest.mark.parametrize("before", ["old", None])
@pytest.mark.parametrize(
    ("kind", "calls"), [("csv", 30), ("parquet", 30), ("xlsx", 8), ("text", 8)]
)
def test_death_at_any_call(tmp_path: Path, kind: Kind, calls: int, before: Version | None) -> None:
    """All is old until one call and all is new after it; the next save clears up."""
    first = begin(kind, before, tmp_path / "first")
    ended, found = [], []
    for trial in trials(die_at, CALLS, first):
        ended.append(trial.ended)
        found.append(trial.place.found())
        assert_mends(trial.place, first)
    assert len(ended) > calls
    assert ended == [*([DIED] * (len(ended) - 1)), UNDISTURBED]
    assert_turns(found, before, "new")


def assert_turns(found: Sequence[Version | None], one: Version | None, other: Version) -> None:
    """Hold that there is one moment before which all is old and after which all is new."""
    moment = found.index(other)
    assert moment > 0
    assert list(found) == [one] * moment + [other] * (len(found) - moment)
    assert found.count(other) > 1


@pytest.mark.parametrize(("kind", "then"), [("csv", "parquet"), ("parquet", "csv")])
def test_death_after_death_leaves_one_of_the_versions(
    tmp_path: Path, kind: Kind, then: Kind
) -> None:
    """A save that first finishes what a dead one began may die at any call, in any format."""
    first = begin(kind, "old", tmp_path / "first")
    begun = begun_by_the_dead(first)
    found = []
    for trial in trials(partial(die_at, version="later"), CALLS, evolve(begun, kind=then)):
        found.append(trial.place.found())
        assert_mends(trial.place, first)
    assert_turns(found, "new", "later")


@pytest.mark.parametrize("before", ["old", None])
@pytest.mark.parametrize("kind", KINDS)
def test_death_in_a_file(tmp_path: Path, kind: Kind, before: Version | None) -> None:
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
        assert started.wait(30)
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
    files = place.files()
    assert files
    assert {file.stat().st_ino for file in files} <= set(synced)
    assert synced[-1] == files[0].parent.stat().st_ino
