"""Loading one profile: plfkit's own, a file, or an installed one, for which alone plug-ins are looked up."""

from __future__ import annotations

from contextlib import suppress
from contextvars import ContextVar
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from plfkit.errors import DocumentError, Problem, ProfileError
from plfkit.model.documents import TomlSource, read_toml
from plfkit.model.words.titles import is_kind_id
from plfkit.profiles.profile import GENERIC, Profile

_PATH = frozenset("/\\")


def load_profile(source: str | TomlSource) -> Profile:
    """Load one profile.

    Args:
        source: ``"generic"``, the id of an installed profile, or a ``profile.toml``: its path, the
            folder that holds it, a file inside a package (`importlib.resources.files`), its bytes or
            a stream of bytes.

    Warns:
        PluginWarning: A part of what an installed profile brings is set aside.

    Raises:
        UnknownProfileError: Nothing of that name is installed.
        DuplicateProfileError: Several distributions claim the name.
        IncompatibleProfileError: It was made for another plfkit.
        PluginError: The distribution's code or its profile is broken; it says whose.
        DocumentError: The file says something it must not; it says in which line.
        ProfileError: The file cannot be read, or it extends itself.
    """
    if not isinstance(source, str):
        return _read_profile(source)
    if source.endswith(".toml") or set(source) & _PATH:
        return _read_profile(Path(source))
    if source == GENERIC:
        return _read_profile(resources.files("plfkit.profiles") / "generic.toml")
    from plfkit.profiles.installed import load_installed_profile  # noqa: PLC0415 - plug-ins only

    return load_installed_profile(source)


_extending: ContextVar[tuple[str, ...]] = ContextVar("_extending", default=())


def _read_profile(source: TomlSource) -> Profile:
    with suppress(OSError, ValueError):  # what cannot be looked at is told of when it is read
        if isinstance(source, Path | Traversable) and source.is_dir():
            source /= "profile.toml"
    return read_toml(source, _build_profile)


def _build_profile(document: dict[str, Any], where: str) -> Profile:
    """Build a profile from a document, and the profile that it extends before it."""
    extends, chain = document.get("extends"), _extending.get()
    if extends is None:
        return Profile.from_document(document, where)
    if not isinstance(extends, str) or not is_kind_id(extends) or extends in chain:
        names = " → ".join([*chain, str(extends)])
        problem = Problem(("extends",), f"name the id of another profile, not {names}")
        raise DocumentError(where, [problem])
    token = _extending.set((*chain, extends))
    try:
        base = load_profile(extends)
    except ProfileError as error:
        raise DocumentError(where, [Problem(("extends",), str(error))]) from error
    finally:
        _extending.reset(token)
    return Profile.from_document(document, where, base=base)
