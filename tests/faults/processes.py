"""Saves in processes of their own, which can be disturbed at any call, stopped and killed."""

from __future__ import annotations

import errno
import multiprocessing
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import count, cycle
from multiprocessing.context import ForkServerProcess
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any, Literal

from attrs import define
from faults.saves import Kind, Version, begin, found, save

from plfkit.errors import StoreError

How = Literal["die", "fail once", "fail from then on"]
UNDISTURBED, SAVED, REFUSED, DIED = 0, 10, 11, 12
"""How a process ends: nothing was wrong; something was, but the save went through; it raised
StoreError; the process died of it."""

_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(
    ["pytest", "plfkit.profiles", "pyarrow.parquet", "xlsxwriter", "python_calamine"]
)
_PATIENCE = 60
_MANY = 10_000
_NOBODY = 65534
_CALLS = {
    *("open", "os.fsync", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod"),
    *("os.listdir", "os.scandir"),
}


def start(task: Callable[..., None], *arguments: Any) -> ForkServerProcess:
    """Start a task in a process of its own."""
    process = _PROCESSES.Process(target=task, args=arguments, daemon=True)
    process.start()
    return process


def end(process: ForkServerProcess) -> int:
    """Wait for a process and return how it ended; a signal is a negative number."""
    process.join(_PATIENCE)
    code = process.exitcode
    process.kill()
    process.join()
    process.close()
    assert code is not None, "the process hangs"
    return code


def new_flag() -> Event:
    """Return a flag that processes can share."""
    return _PROCESSES.Event()


def trials(
    kind: Kind, before: Version | None, home: Path, how: How
) -> Iterator[tuple[Path, int]]:
    """Save the new version with its first call disturbed, then its second, and so on to its last.

    Yields:
        The place that was saved into, and how the process ended.
    """
    first = begin(kind, before, home / "first")
    for number in count(1):
        place = Path(shutil.copytree(first, home / str(number)))
        ended = end(start(save_disturbed, kind, "new", place, number, how))
        yield place, ended
        if ended == UNDISTURBED:
            return


def save_disturbed(kind: Kind, version: Version, place: Path, number: int, how: How) -> None:
    """Save, with the n-th call disturbed that has to do with files in the place."""
    saboteur = _Saboteur(str(place), number, how)
    sync = os.fsync

    def announced(file: int) -> None:
        sys.audit("os.fsync", file)
        sync(file)

    os.fsync = announced
    sys.addaudithook(saboteur)
    ended = _saved(kind, version, place)
    sys.exit(ended if saboteur.has_struck else UNDISTURBED)


@define
class _Saboteur:
    """Hears of every call before it is made, and disturbs the n-th.

    Attributes:
        place: Calls about paths elsewhere do not count.
        number: Which call to disturb.
        how: What to do to it.
        calls: How many there have been.
    """

    place: str
    number: int
    how: How
    calls: int = 0

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event in _CALLS and self._is_in_place(arguments[0]):
            self.calls += 1
            if self.calls == self.number or (self.has_struck and self.how == "fail from then on"):
                self._strike()

    @property
    def has_struck(self) -> bool:
        return self.calls >= self.number

    def _is_in_place(self, path: Any) -> bool:
        """Tell whether a path is in the place; a number stands for a file that was opened there."""
        if isinstance(path, int):
            return True
        name = os.fspath(path)
        return not os.path.isabs(name) or name.startswith(self.place)

    def _strike(self) -> None:
        if self.how == "die":
            os._exit(DIED)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _saved(kind: Kind, version: Version, place: Path) -> int:
    try:
        save(kind, version, place)
    except StoreError:
        return REFUSED
    return SAVED


def save_on_little_disk(kind: Kind, version: Version, place: Path, size: int, how: How) -> None:
    """Save where no file can grow beyond a size; the system stops, or kills, who tries."""
    dying = how == "die"
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL if dying else signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    sys.exit(_saved(kind, version, place))


def save_without_rights(kind: Kind, before: Version | None, place: Path) -> None:
    """Save as somebody who may read the place and no more."""
    with tempfile.TemporaryDirectory() as elsewhere:  # whatever loads on first use is loaded now
        save(kind, "new", Path(elsewhere))
        found(kind, Path(elsewhere))
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(_NOBODY)
        os.setuid(_NOBODY)
    ended = _saved(kind, "new", place)
    assert found(kind, place) == before
    sys.exit(ended)


def save_in_turns(kind: Kind, place: Path, started: Event) -> None:
    """Save the old and the new version in turns until somebody kills the process."""
    for version in cycle[Version](["old", "new"]):
        save(kind, version, place)
        started.set()


def save_until(kind: Kind, version: Version, place: Path, stop: Event) -> None:
    """Save one version again and again until somebody asks to stop."""
    while not stop.is_set():
        save(kind, version, place)
        time.sleep(0.01)
    sys.exit(SAVED)
