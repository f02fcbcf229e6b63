"""Records: the native tables, the rows they hold, and the organisation that is made of them."""

from typing import TYPE_CHECKING

from plfkit.rooms import load_module

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        return load_module(__name__, name)
