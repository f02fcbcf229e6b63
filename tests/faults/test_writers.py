"""Several who write and read at once do not disturb each other."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from faults.disturbances import SAVED, save_until
from faults.processes import end, new_flag, start
from faults.saves import KINDS, Kind, assert_mends, begin

pytestmark = pytest.mark.slow

CHANGES = 10
PATIENCE = 30


@pytest.mark.parametrize("kind", KINDS)
def test_two_writers_and_a_reader(tmp_path: Path, kind: Kind) -> None:
    """Every read is one of the versions, they come and go, and nobody gets an error."""
    first = begin(kind, "old", tmp_path / "first")
    place = begin(kind, "later", tmp_path / "place")
    stop = new_flag()
    found = [place.found()]  # afterwards only what differs from the read before
    writers = [start(save_until, place, version, stop) for version in ("old", "new")]
    deadline = time.monotonic() + PATIENCE
    while len(found) <= CHANGES and time.monotonic() < deadline:
        if (now := place.found()) != found[-1]:
            found.append(now)
    stop.set()
    assert [end(writer) for writer in writers] == [SAVED, SAVED]
    assert found[0] == "later"
    assert len(found) > CHANGES
    assert set(found[1:]) == {"old", "new"}
    assert_mends(place, first)
