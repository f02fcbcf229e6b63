"""Results: figures, what they were computed from, and how they are said."""

from typing import TYPE_CHECKING

from plfkit.rooms import load_module

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        return load_module(__name__, name)
