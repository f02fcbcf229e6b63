"""Tasks in processes of their own, which may end in any way."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import sys
import traceback
from collections.abc import Callable, Generator, Iterable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from multiprocessing.synchronize import Event
from typing import Any

from attrs import evolve, frozen
from faults.saves import Place

UNDISTURBED = 0
"""What a process ends in when nothing was in its way."""

_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(
    [
        *("pytest", "plfkit.profiles", "plfkit.sources", "xlsxwriter", "python_calamine"),
        *("pyarrow.parquet", "pyarrow.pandas_compat", "pandas"),
    ]
)
_PATIENCE = 60


def start(task: Callable[..., int], *arguments: Any) -> ForkServerProcess:
    """Start a task in a process of its own, which ends in the number that the task returns."""
    process = _PROCESSES.Process(target=_end_in, args=(task, *arguments), daemon=True)
    process.start()
    return process


def _end_in(task: Callable[..., int], *arguments: Any) -> None:
    sys.exit(task(*arguments))


def end(process: ForkServerProcess) -> int:
    """Wait for a process and return the number it ends in; a negative one is a signal."""
    process.join(_PATIENCE)
    code = process.exitcode
    process.kill()
    process.join()
    process.close()
    assert code is not None, "the process hangs"
    return code


def new_flag() -> Event:
    """Return a flag that processes share."""
    return _PROCESSES.Event()


Disturbed = Callable[[Place, int], int]
"""Saves, disturbed in a way that the number tells, and returns how that ended."""


@frozen
class Trial:
    """A disturbed save: where it was made, and how it ended."""

    place: Place
    ended: int


def trials(
    disturbed: Disturbed, numbers: Iterable[int], first: Place
) -> Generator[Trial, None, None]:
    """Make a disturbed save for each number, each in a fresh copy, until nothing is in the way.

    Whoever has seen enough may close this.

    Args:
        disturbed: What saves.
        numbers: What it is called with.
        first: The place that is copied.
    """
    receiving, sending = _PROCESSES.Pipe(duplex=False)
    process = start(_make_trials, disturbed, numbers, first, sending)
    sending.close()
    try:
        with receiving, suppress(EOFError):
            while receiving.poll(_PATIENCE):
                yield receiving.recv()
    except GeneratorExit:
        process.kill()
        raise
    assert end(process) == UNDISTURBED


def _make_trials(
    disturbed: Disturbed, numbers: Iterable[int], first: Place, sending: Connection
) -> int:
    """Fork for every save: this process imports all that is needed and does nothing else."""
    for number in numbers:
        folder = first.folder.with_name(f"{first.folder.name}-{number}")
        shutil.copytree(first.folder, folder)
        place = evolve(first, folder=folder)
        trial = Trial(place, _forked(disturbed, place, number))
        sending.send(trial)
        if trial.ended == UNDISTURBED:
            break
    return UNDISTURBED


def _forked(disturbed: Disturbed, place: Place, number: int) -> int:
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        os._exit(disturbed(place, number))
    except BaseException:  # noqa: BLE001 - a child must not go on as its parent
        traceback.print_exc()
    finally:
        os._exit(1)
