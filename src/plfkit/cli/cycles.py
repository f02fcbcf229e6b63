"""When Python looks for objects that only know each other: in a command hardly ever, since it soon ends."""

from __future__ import annotations

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

_MANY_OBJECTS = 500_000


@contextmanager
def search_seldom() -> Iterator[None]:
    """Let Python search for cycles among many new objects, not among 700 as it does by itself.

    What a command loads and computes stays until it ends: searches through all of that found nothing, and
    took a twelfth of its time. Half a million objects are some fifty megabytes.
    """
    usual = gc.get_threshold()
    gc.set_threshold(_MANY_OBJECTS, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@cache
def end_without_search() -> None:
    """Let Python end without searching all that is alive once more, for what goes with the process anyway.

    Files are written when they are closed, and nothing waits in a cycle for its end. The search took
    a seventh of the time of `plfkit check`.
    """
    atexit.register(gc.freeze)
