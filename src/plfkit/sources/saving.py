"""Saving a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from plfkit.errors import StoreError


def save_text(path: str | Path, text: str) -> Path:
    """Write UTF-8 text so that the file is either the old one or the new one, never a part.

    Raises:
        StoreError: The file could not be written; what was there before still is.
    """
    try:
        target = Path(path).resolve()
        _refuse_what_takes_no_file(target)
        data = text.encode("utf-8")
        handle, temporary = tempfile.mkstemp(prefix=".plfkit-", dir=target.parent)
    except (OSError, ValueError, RuntimeError) as error:
        raise StoreError(f"cannot write {path}: {error}") from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(_mode(target))
        Path(temporary).replace(target)
    except OSError as error:
        raise StoreError(f"cannot write {target}: {error.strerror}") from error
    finally:
        with suppress(FileNotFoundError):
            Path(temporary).unlink()
    return Path(path)


def _refuse_what_takes_no_file(target: Path) -> None:
    if target.is_dir():
        raise StoreError(f"{target} is a folder: name a file in it")
    if target.exists() and not target.is_file():
        raise StoreError(f"{target} is no ordinary file: name another")
    if not target.parent.is_dir():
        raise StoreError(f"the folder {target.parent} does not exist: make it first")


def _mode(target: Path) -> int:
    """Keep the mode of a file that is replaced; a new one follows the user's mask."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
