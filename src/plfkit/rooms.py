"""What a room gives when it is asked: names that it promises, and its modules, each loaded on first use."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from threading import RLock
from types import ModuleType
from typing import Any

LOADING = RLock()
"""Python holds a module's lock while it loads the package above: two threads could wait for each other."""


def index_names(names_by_module: Mapping[str, str]) -> dict[str, str]:
    """Return in which module each name stands, of a table of modules and what they hold.

    >>> index_names({"profiles.loading": "load_profile", "periods": "Period SchoolYear"})["Period"]
    'plfkit.periods'

    Args:
        names_by_module: The names, with spaces between them, by where they stand in plfkit.
    """
    return {
        name: f"plfkit.{module}"
        for module, names in names_by_module.items()
        for name in names.split()
    }


def load_name(room: str, name: str, places: Mapping[str, str]) -> Any:
    """Return what a room promises under a name, or one of its modules: what its ``__getattr__`` does.

    Args:
        room: The room's own name, as in ``"plfkit.profiles"``.
        name: The name that it does not have yet.
        places: In which module each name stands that it promises.

    Raises:
        AttributeError: The room has neither.
    """
    if name not in places:
        return load_module(room, name)
    with LOADING:
        return getattr(import_module(places[name]), name)


def load_module(room: str, name: str) -> ModuleType:
    """Return a module of a room: what a room's ``__getattr__`` does with a name that it does not have.

    Args:
        room: The room's own name, as in ``"plfkit.model"``.
        name: The module's.

    Raises:
        AttributeError: The room has no such module.
    """
    with LOADING:
        if name.startswith("_") or find_spec(f"{room}.{name}") is None:
            raise AttributeError(f"module {room!r} has no attribute {name!r}")
        return import_module(f"{room}.{name}")
