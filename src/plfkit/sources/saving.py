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
from typing import IO, Any, TypeGuard, overload
from uuid import uuid4

from plfkit.errors import StoreError
from plfkit.model.given_paths import name_path

if sys.platform != "win32":
    import fcntl

_PREFIX, _SUFFIX = ".plfkit-", ".tmp"
_PAUSE = 0.02
_LOCK_PATIENCE = 60.0
"""How many seconds to wait for somebody else's lock."""


FilePath = str | os.PathLike[str]
Stream = IO[bytes] | IO[str]
Target = FilePath | Stream
"""Where a file is written to: a path, or a stream that is open."""


@overload
def save_text(target: FilePath, text: str) -> Path: ...
@overload
def save_text(target: Stream, text: str) -> None: ...
@overload
def save_text(target: Target, text: str) -> Path | None: ...
def save_text(target: Target, text: str) -> Path | None:
    """Write text so that a file is either the old one or the new one, never a part.

    Args:
        target: The path of the file, which will be in UTF-8; or a stream of text or of bytes, which
            gets all of it at once.
        text: What to write.

    Returns:
        The path; None for a stream.

    Raises:
        StoreError: It could not be written; what a file held before is still there.
    """
    if is_text_stream(target):
        _write_stream(target, text)
        return None
    try:
        data = text.encode("utf-8")
    except ValueError as error:
        raise StoreError(f"cannot write {target}: {error}") from error
    return save_file(target, data)


@overload
def save_file(target: FilePath, data: bytes) -> Path: ...
@overload
def save_file(target: Stream, data: bytes) -> None: ...
@overload
def save_file(target: Target, data: bytes) -> Path | None: ...
def save_file(target: Target, data: bytes) -> Path | None:
    """Write bytes so that a file is either the old one or the new one, never a part.

    Args:
        target: The path of the file, or a stream of bytes, which gets all of them at once.
        data: What to write.

    Returns:
        The path; None for a stream.

    Raises:
        StoreError: It could not be written; what a file held before is still there.
        TypeError: It is neither a path nor a stream of bytes.
    """
    if not isinstance(target, str | os.PathLike):
        check_byte_stream(target)
        _write_stream(target, data)
        return None
    try:
        file = Path(target).resolve()
        _explain_bad_target(file)
        with lock_folder(file.parent, exclusive=True):
            _remove_leftovers(file.parent)
            _replace_file(file, data)
    except (OSError, ValueError, RuntimeError) as error:
        raise StoreError(
            f"cannot write {name_path(target)}: {describe_system_error(error)}"
        ) from error
    return Path(target)


def is_text_stream(target: object) -> TypeGuard[IO[str]]:
    """Tell whether something is a stream of text: those have an encoding, even where it is None."""
    return hasattr(target, "encoding")


def check_byte_stream(target: object) -> None:
    """Refuse what takes no bytes.

    Raises:
        TypeError: It is no stream, or one of text.
    """
    if not hasattr(target, "write"):
        raise TypeError(f"a path or a stream to write to is needed, not {type(target).__name__}")
    if is_text_stream(target):
        raise TypeError("a stream of bytes is needed, not of text: open the file with mode 'wb'")


def _write_stream(stream: IO[Any], content: str | bytes) -> None:
    """Write to a stream what was made, all at once.

    Raises:
        StoreError: The stream does not take it.
    """
    try:
        taken: Any = stream.write(content)
    except (OSError, ValueError) as error:
        raise StoreError(f"cannot write to the stream: {describe_system_error(error)}") from error
    if isinstance(taken, int) and taken < len(content):
        raise StoreError(f"the stream took {taken} of {len(content)}: give one with a buffer")


def _replace_file(target: Path, data: bytes) -> None:
    temporary = target.parent / f"{_PREFIX}{uuid4().hex}{_SUFFIX}"
    # What replaces a file that few may read is read by nobody else meanwhile.
    mode = 0o600 if target.exists() else 0o666
    handle = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode)
    try:
        os.close(handle)
        write_and_sync(temporary, data)
        keep_file_mode(temporary, target)
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
        raise StoreError(
            f"cannot write {name_path(target)}: {describe_system_error(error)}"
        ) from error


def _explain_bad_target(target: Path) -> None:
    if target.is_dir():
        raise StoreError(f"{target} is a folder: name a file in it")
    if target.exists() and not target.is_file():
        raise StoreError(f"{target} is no ordinary file: name another")
    if not target.parent.is_dir():
        raise StoreError(f"the folder {target.parent} does not exist: make it first")


def keep_file_mode(new: Path, old: Path) -> None:
    """Give a new file the mode of the one that it replaces; without one it has that of the user's mask."""
    if old.exists():
        new.chmod(old.stat().st_mode & 0o777)
