"""Modules of a room that load when they are asked for, as attributes of the room."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType


def load_module(room: str, name: str) -> ModuleType:
    """Return a module of a room: what a room's ``__getattr__`` does with a name that it does not have.

    Args:
        room: The room's own name, as in ``"plfkit.model"``.
        name: The module's.

    Raises:
        AttributeError: The room has no such module.
    """
    if name.startswith("_") or find_spec(f"{room}.{name}") is None:
        raise AttributeError(f"module {room!r} has no attribute {name!r}")
    return import_module(f"{room}.{name}")
