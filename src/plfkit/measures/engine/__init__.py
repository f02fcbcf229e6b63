"""How a figure is made: the catalogue, what is asked, estimates and their ranges."""

from typing import TYPE_CHECKING

from plfkit.rooms import load_module

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        return load_module(__name__, name)
