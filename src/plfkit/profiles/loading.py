"""Finding installed profiles without importing them, and loading one at a time."""

from __future__ import annotations

import logging
from contextlib import suppress
from contextvars import ContextVar
from importlib import resources
from importlib.metadata import version
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from plfkit.errors import DocumentError, Problem, ProfileError, UnknownProfileError
from plfkit.hints import Hint, quote_word
from plfkit.model.documents import TomlSource, read_toml
from plfkit.model.given_paths import explain_bad_path
from plfkit.model.words.titles import hint_at_word, is_kind_id
from plfkit.profiles import hooks
from plfkit.profiles.calling import load_offer
from plfkit.profiles.plugins import (
    ALLOWED,
    GENERIC,
    ProfileInfo,
    is_left_out,
    list_offers,
)
from plfkit.profiles.profile import Profile

_log = logging.getLogger("plfkit.profiles")
_PATH = frozenset("/\\")


def available_profiles() -> tuple[ProfileInfo, ...]:
    """List the profiles that are installed and usable, by id, without importing any of them.

    What the metadata alone show to be unusable is left out: names that several distributions claim,
    and profiles made for another plfkit. `plfkit.profiles.probe_profiles` tells why.
    """
    generic, offers = ProfileInfo(GENERIC, hooks.PROJECT, version(hooks.PROJECT)), list_offers()
    for offer in offers:
        if offer.problem is not None:
            _log.warning("%s", offer.problem)
    return tuple(sorted([generic, *(offer.info for offer in offers if offer.problem is None)]))


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
    claims = [offer for offer in list_offers() if offer.info.id == source]
    if not claims:
        raise UnknownProfileError(_explain_missing_profile(source))
    return load_offer(claims)


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


def _explain_missing_profile(name: str) -> Hint:
    if is_left_out(name):
        return Hint("profiles.not_allowed", name=quote_word(name), variable=ALLOWED)
    known = tuple(info.id for info in available_profiles())
    near = hint_at_word(name, known) or Hint("profiles.installed", names=known)
    missing = Hint("profiles.unknown", name=quote_word(name), near=near)
    return explain_bad_path(name, missing)
