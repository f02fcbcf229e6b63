"""Keys of pseudonyms: long, in a file that nobody else can read, and never beside the data."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable
from pathlib import Path

from plfkit.errors import ProtectionError
from plfkit.hints import Hint

LEAST_BYTES = 32
"""How long a key is at least: as long as what SHA-256 gives."""
_MOST_BYTES = 4096
_MODES_REFUSED = 0o177
"""The rights that a key's file must not give: all but its owner's to read and write it."""


def read_key(path: str | Path, *, apart_from: Iterable[str | Path] = ()) -> bytes:
    """Read the key of pseudonyms from a file, byte for byte.

    On systems without modes of files, such as Windows, nobody can tell from the file who may read
    it, so there the mode is not looked at.

    Args:
        path: The file, of mode 0600 or stricter.
        apart_from: Folders or workbooks of data. The key must not stand in one of these folders,
            however deep, nor in the folder of one of these workbooks.

    Raises:
        ProtectionError: The file cannot be read, others may read it, it stands beside the data, or
            it is too short or too long for a key.
    """
    for place in apart_from:
        _refuse_key_beside(Path(path), Path(place))
    try:
        key = _read_private_bytes(Path(path))
    except (OSError, ValueError) as error:
        reason = str(getattr(error, "strerror", None) or error)
        raise ProtectionError(Hint("protecting.key_unreadable", reason=reason)) from error
    require_long_key(key)
    return key


def require_long_key(key: bytes) -> None:
    """Refuse a key that could be guessed, or that is no key but some other file.

    Raises:
        ProtectionError: The key is too short or too long.
    """
    if len(key) < LEAST_BYTES:
        raise ProtectionError(Hint("protecting.key_short", length=len(key), least=LEAST_BYTES))
    if len(key) > _MOST_BYTES:
        raise ProtectionError(Hint("protecting.key_long", most=_MOST_BYTES))


def _read_private_bytes(path: Path) -> bytes:
    """Read a file after a look at who else may read it: at the open file, which nobody can swap."""
    with path.open("rb") as file:
        mode = os.fstat(file.fileno()).st_mode
        if not stat.S_ISREG(mode):
            raise ProtectionError(Hint("protecting.key_no_file"))
        if sys.platform != "win32" and stat.S_IMODE(mode) & _MODES_REFUSED:
            shown = f"{stat.S_IMODE(mode):04o}"
            raise ProtectionError(Hint("protecting.key_mode", mode=shown, path=str(path)))
        return file.read(_MOST_BYTES + 1)


def _refuse_key_beside(path: Path, data: Path) -> None:
    """Refuse a key that would be copied or sent along with data."""
    try:
        whole, place = path.resolve(), data.resolve()
    except (OSError, ValueError):
        return  # what cannot be looked up cannot be read either, and reading says why
    folder = place.parent if place.suffix and not place.is_dir() else place
    inside = whole.parent == folder if folder != place else whole.is_relative_to(folder)
    if inside:
        raise ProtectionError(Hint("protecting.key_beside", folder=str(folder)))
