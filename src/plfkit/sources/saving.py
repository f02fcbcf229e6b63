"""Saving a file whole or not at all."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from plfkit.errors import StoreError

if sys.platform != "win32":
    import fcntl

_PREFIX, _SUFFIX = ".plfkit-", ".tmp"
_PAUSE = 0.02
_LOCK_PATIENCE = 60.0
"""How many seconds to wait for somebody else's lock."""


def save_text(path: str | Path, text: str) -> Path:
    """Write UTF-8 text so that the file is either the old one or the new one, never a part.

    Raises:
        StoreError: The file could not be written; what was there before still is.
    """
    try:
        data = text.encode("utf-8")
    except ValueError as error:
        raise StoreError(f"cannot write {path}: {error}") from error
    return save_file(path, data)


def save_file(path: str | Path, data: bytes) -> Path:
    """Write bytes so that the file is either the old one or the new one, never a part.

    Raises:
        StoreError: The file could not be written; what was there before still is.
    """
    try:
        target = Path(path).resolve()
        _explain_bad_target(target)
        with lock_folder(target.parent, exclusive=True):
            _remove_leftovers(target.parent)
            _replace_file(target, data)
    except (OSError, ValueError, RuntimeError) as error:
        raise StoreError(f"cannot write {path}: {describe_system_error(error)}") from error
    return Path(path)


def _replace_file(target: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_SUFFIX, dir=target.parent)
    temporary = Path(name)
    try:
        os.close(handle)
        write_and_sync(temporary, data)
        temporary.chmod(choose_file_mode(target))
        temporary.replace(target)
    finally:
        with suppress(OSError):  # moved; or swept by the next save
            temporary.unlink()
    with suppress(OSError):  # saved: whoever reads finds the new file
        sync_folder(target.parent)


def _remove_leftovers(folder: Path) -> None:
    """Remove what saves that were killed have left; under the lock nobody is writing it."""
    for stray in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        with suppress(OSError):
            stray.unlink()


@contextmanager
def lock_folder(folder: Path, *, exclusive: bool) -> Iterator[None]:
    """Hold a lock on a folder, alone or together with other readers.

    Windows has no such locks, nor have some file systems: there two writers at once are not kept
    apart.

    Raises:
        StoreError: Somebody else has held the lock for too long.
    """
    if sys.platform == "win32":
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        how = fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH
        deadline = time.monotonic() + _LOCK_PATIENCE
        while not _try_lock(handle, how):
            if time.monotonic() > deadline:
                raise StoreError(f"{folder} is in use by another program: try again later")
            time.sleep(_PAUSE)
        yield
    finally:
        os.close(handle)


def _try_lock(handle: int, how: int) -> bool:
    """Take the lock if it is free; a file system without locks counts as free."""
    if sys.platform == "win32":
        return True
    try:
        fcntl.flock(handle, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def describe_system_error(error: Exception) -> object:
    """Return what the system says of an error, without its number."""
    return getattr(error, "strerror", None) or error


def write_and_sync(path: Path, data: bytes) -> None:
    """Write a file and wait until the disk has it."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Wait until the disk has the names in a folder; not all systems and disks can tell."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:
            raise
    finally:
        os.close(handle)


def refuse_bad_target(target: Path) -> None:
    """Refuse a file that cannot be written, before the work whose outcome it is to hold.

    Raises:
        StoreError: It is a folder or no ordinary file, its folder is missing, or may not be written to.
    """
    try:
        resolved = target.resolve()
        _explain_bad_target(resolved)
        # Whether a folder may be written to is known once somebody tried: rights do not tell all.
        with tempfile.TemporaryFile(dir=resolved.parent):
            pass
    except (OSError, ValueError, RuntimeError) as error:
        raise StoreError(f"cannot write {target}: {describe_system_error(error)}") from error


def _explain_bad_target(target: Path) -> None:
    if target.is_dir():
        raise StoreError(f"{target} is a folder: name a file in it")
    if target.exists() and not target.is_file():
        raise StoreError(f"{target} is no ordinary file: name another")
    if not target.parent.is_dir():
        raise StoreError(f"the folder {target.parent} does not exist: make it first")


def choose_file_mode(target: Path) -> int:
    """Keep the mode of a file that is replaced; a new one follows the user's mask."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
