"""Pieces of long work: in order, wherever they are done, also where a worker is lost."""

from __future__ import annotations

import logging
import os
import pickle
from functools import partial
from pathlib import Path

import pytest
from executors import dask, processes, threads
from piecework import double, double_or_die, fail, is_bar_wanted

from plfkit.pieces import Shared, run_pieces
from plfkit.progress import hide_progress

PIECES = range(40)


def test_pieces_come_in_order() -> None:
    """Here and on threads each piece is done once, and the results stand as the pieces do."""
    with threads() as pool:
        assert [*run_pieces(double, PIECES)] == [*run_pieces(double, PIECES, pool)]
    assert [*run_pieces(double, PIECES)] == [2 * number for number in PIECES]


def test_a_killed_worker_costs_its_piece(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Nothing is missing when a process is killed, what was done is not done again, and the log tells."""
    function = partial(double_or_die, caller=os.getpid(), diary=tmp_path / "diary")
    with processes() as pool, caplog.at_level(logging.WARNING, logger="plfkit.pieces"):
        done = run_pieces(function, PIECES, pool)
        first = [next(done) for _ in range(4)]
        assert [*first, *done] == [2 * number for number in PIECES]
        assert [*run_pieces(double, PIECES, pool)] == [2 * number for number in PIECES]
    assert "a worker was lost (BrokenProcessPool): its piece is done here" in caplog.messages
    written = (tmp_path / "diary").read_text().split()
    assert [written.count(str(number)) for number in range(4)] == [1] * 4
    assert written.count("20") == 2


def test_a_worker_that_dask_gives_up(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Dask tries a piece on its other workers; where it gives up the piece is done here."""
    function = partial(double_or_die, caller=os.getpid(), diary=tmp_path / "diary")
    with (
        dask(own_processes=True, failures=0) as cluster,
        caplog.at_level(logging.WARNING, logger="plfkit.pieces"),
    ):
        assert [*run_pieces(function, range(16, 24), cluster)] == [*range(32, 48, 2)]
    assert "a worker was lost (KilledWorker): its piece is done here" in caplog.messages


def test_other_errors_come_through() -> None:
    """What a piece raises by itself is no lost worker."""
    with processes() as pool, pytest.raises(ValueError, match="no 0"):
        [*run_pieces(fail, PIECES, pool)]


def test_a_shared_value_is_unpacked_once() -> None:
    """A process keeps what it was handed until it is handed another, and nothing before that."""
    shared, other = Shared([1, 2]), Shared([3])
    packed = pickle.dumps(shared)
    there = pickle.loads(packed)  # noqa: S301 - our own
    assert there.value == [1, 2]
    assert pickle.loads(packed) is there  # noqa: S301 - our own
    assert pickle.loads(pickle.dumps(there)).value is there.value  # noqa: S301 - our own
    assert pickle.loads(pickle.dumps(other)).value == [3]  # noqa: S301 - our own
    assert pickle.loads(packed) is not there  # noqa: S301 - our own


def test_pieces_show_no_bars(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only who puts the pieces together knows how far the whole is."""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with threads() as pool:
        assert [*run_pieces(is_bar_wanted, [1], pool)] == [False]
    assert [*run_pieces(is_bar_wanted, [1])] == [True]
    with hide_progress():
        assert [*run_pieces(is_bar_wanted, [1])] == [False]
