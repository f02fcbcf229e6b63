"""What plfkit knows: words, records, what is declared, and results."""

from typing import TYPE_CHECKING

from plfkit.rooms import load_module

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        return load_module(__name__, name)
