"""Saves with something in their way. Each returns how it ended, unless it dies of it."""

from __future__ import annotations

import errno
import os
import resource
import signal
import sys
import tempfile
import time
from contextlib import closing
from itertools import cycle
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from attrs import define
from faults.processes import UNDISTURBED, trials
from faults.saves import Place, Version

from plfkit.errors import StoreError

if TYPE_CHECKING:
    from _typeshed import FileDescriptorLike

SAVED, REFUSED, DIED = 10, 11, 12
"""How a disturbed save ends: it went through all the same, it raised StoreError, its process died.
A process that ends in any other number has met with something else."""

CALLS = range(1, 1000)
"""Numbers of calls: more than any save makes."""

_DISTURBED = {
    *("open", "os.fsync", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod"),
    *("os.listdir", "os.scandir"),
}
_NOBODY = 65534
_PAUSE = 0.01


def die_at(place: Place, number: int, *, version: Version = "new") -> int:
    """Save; the process dies before its n-th call."""
    return _with(_Saboteur(place, number, "die"), version)


def begun_by_the_dead(first: Place) -> Place:
    """Return a copy of a place in which a save died as soon as it counted."""
    with closing(trials(die_at, CALLS, first)) as made:
        place = next(trial.place for trial in made if trial.place.found() == "new")
    assert place.strays()
    return place


def fail_at(place: Place, number: int) -> int:
    """Save; the disk is full at the n-th call and has room again afterwards."""
    return _with(_Saboteur(place, number, "fail"), "new")


def fail_from(place: Place, number: int) -> int:
    """Save; the disk gives up at the n-th call, and nothing works from then on."""
    return _with(_Saboteur(place, number, "fail on"), "new")


@define
class _Saboteur:
    """Hears of every call that has to do with files in a place, and disturbs the n-th.

    Attributes:
        place: The place.
        number: Which call to disturb.
        how: What to do to it.
        calls: How many calls there have been.
    """

    place: Place
    number: int
    how: Literal["die", "fail", "fail on"]
    calls: int = 0

    @property
    def has_struck(self) -> bool:
        """Whether anything was disturbed."""
        return self.calls >= self.number

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Hear of a call before it is made."""
        if event in _DISTURBED and self._is_in_place(arguments[0]):
            self.calls += 1
            if self.calls == self.number or (self.has_struck and self.how == "fail on"):
                self._strike()

    def _is_in_place(self, path: Any) -> bool:
        """Tell whether a path is in the place; numbers and names in open folders are."""
        if isinstance(path, int) or not Path(path).is_absolute():
            return True
        return Path(path).is_relative_to(self.place.folder)

    def _strike(self) -> None:
        if self.how == "die":
            os._exit(DIED)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _with(saboteur: _Saboteur, version: Version) -> int:
    sync = os.fsync

    def announced_sync(fd: FileDescriptorLike) -> None:  # Python announces all calls but this
        sys.audit("os.fsync", fd)
        sync(fd)

    os.fsync = announced_sync
    sys.addaudithook(saboteur.hear)
    ended = _saved(saboteur.place, version)
    return ended if saboteur.has_struck else UNDISTURBED


def _saved(place: Place, version: Version) -> int:
    try:
        place.save(version)
    except StoreError:
        return REFUSED
    return SAVED


def stop_beyond(place: Place, size: int) -> int:
    """Save; the system stops writing to a file that grows beyond a size."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    return _on_little_disk(place, size)


def die_beyond(place: Place, size: int) -> int:
    """Save; the system kills the process in the middle of a file that grows beyond a size."""
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    return _on_little_disk(place, size)


def _on_little_disk(place: Place, size: int) -> int:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    return _saved(place, "new")


def save_without_rights(place: Place, before: Version | None) -> int:
    """Save as somebody who may read the place and nothing more, and read it again."""
    with tempfile.TemporaryDirectory() as elsewhere:  # loads what loads on first use
        place_of_own = Place(place.kind, Path(elsewhere))
        place_of_own.save("new")
        assert place_of_own.found() == "new"
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(_NOBODY)
        os.setuid(_NOBODY)
    ended = _saved(place, "new")
    assert place.found() == before
    return ended


def save_in_turns(place: Place, started: Event) -> int:
    """Save the new and the old version in turns until somebody kills the process."""
    versions: tuple[Version, ...] = ("new", "old")
    for version in cycle(versions):
        place.save(version)
        started.set()
    return SAVED


def save_until(place: Place, version: Version, stop: Event) -> int:
    """Save one version again and again until somebody asks to stop."""
    while not stop.is_set():
        place.save(version)
        time.sleep(_PAUSE)
    return SAVED
