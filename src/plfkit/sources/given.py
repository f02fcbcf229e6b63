"""Files as they are given: a path, bytes, or an open stream, all of them read in one way."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO

from attrs import frozen

from plfkit.errors import Fault, InvalidDataError, Place
from plfkit.hints import Hint
from plfkit.model.given_paths import explain_bad_path, name_path
from plfkit.model.streams import read_stream
from plfkit.sources.limits import Limits
from plfkit.sources.saving import describe_system_error

Given = str | os.PathLike[str] | bytes | IO[bytes]
"""What a file may be given as."""
_UNNAMED = "data"


@frozen
class GivenFile:
    """A file that was given, read whole.

    Attributes:
        name: What it is called in faults: the last part of its path.
        data: Its bytes.
    """

    name: str
    data: bytes


def read_given_file(given: Given, limits: Limits, *, name: str | None = None) -> GivenFile:
    """Read a file; its size is looked at before its contents, where that can be.

    Args:
        given: Its path, its bytes, or a stream of bytes. A stream with a name is called by it.
        limits: How much is read.
        name: What it is called, where that is not its own name.

    Raises:
        InvalidDataError: There is no such file, or it cannot be read.
        LimitError: It is too large.
        TypeError: It is none of these.
        BlockingIOError: A stream has nothing yet, and does not wait until it has.
    """
    limit_given_file(given, limits, name)
    if isinstance(given, bytes):
        return GivenFile(name or _UNNAMED, given)
    if isinstance(given, str | os.PathLike):
        return _read_path(Path(given), name)
    if not hasattr(given, "read"):
        raise TypeError(f"a path, bytes or a stream is needed, not {type(given).__name__}")
    called = name or _name_stream(given)
    data = _read_whole_stream(given, limits.bytes + 1, called)
    limits.hold("bytes", len(data), called)
    return GivenFile(called, data)


def limit_given_file(given: Given, limits: Limits, name: str | None = None) -> None:
    """Refuse a file whose size is known and too large; that of a stream shows as it is read.

    Args:
        given: The file.
        limits: How much is read.
        name: What it is called, where that is not its own name.

    Raises:
        LimitError: It is too large.
    """
    if isinstance(given, bytes):
        limits.hold("bytes", len(given), name or _UNNAMED)
    elif isinstance(given, str | os.PathLike):
        path = Path(given)
        try:
            size = path.stat().st_size
        except (OSError, ValueError):  # it is told of when it is read
            return
        limits.hold("bytes", size, name or path.name)


def to_toml_source(given: Given) -> Path | bytes | IO[bytes]:
    """Return a TOML file as what reads it takes it: a path as such, all else as it was given."""
    return Path(given) if isinstance(given, str | os.PathLike) else given


def _read_whole_stream(stream: IO[bytes], most: int, name: str) -> bytes:
    """Read a stream to its end, or as much as may be read; one that fails on the way is a fault."""
    try:
        return read_stream(stream, most=most)
    except BlockingIOError:  # it is open in a way that nobody can read it to its end
        raise
    except (OSError, ValueError) as error:
        hint = Hint("file.unreadable", reason=str(describe_system_error(error)))
        raise InvalidDataError([Fault("unreadable", Place(name), hint)]) from error


def _name_stream(stream: IO[bytes]) -> str:
    name = getattr(stream, "name", None)
    return Path(name).name if isinstance(name, str) and name else _UNNAMED


def _read_path(path: Path, name: str | None) -> GivenFile:
    try:
        if not path.is_file():
            raise FileNotFoundError
        return GivenFile(name or path.name, path.read_bytes())
    except (OSError, ValueError) as error:
        hint = explain_bad_path(path, Hint("file.no_file"))
        fault = Fault("unreadable", Place(name or name_path(path)), hint)
        raise InvalidDataError([fault]) from error
