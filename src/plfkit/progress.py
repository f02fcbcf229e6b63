"""Progress of long work: a bar on the terminal, with the time left, once the work has lasted a while."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from attrs import Factory, define

Progress = Callable[[int, int], None]
"""What work calls after each step: how many are done, and how many there are."""

_PATIENCE = 2.0
"""After how many seconds work says how long it will take."""

_bars_shown: ContextVar[bool] = ContextVar("_bars_shown", default=True)


@contextmanager
def hide_progress() -> Iterator[None]:
    """Let no work show how far it is: somebody else does, or nobody wants to know."""
    before = _bars_shown.set(False)
    try:
        yield
    finally:
        _bars_shown.reset(before)


@define
class ProgressBar:
    """A bar that work calls after each step; it shows on a terminal only, and only if work lasts.

    Attributes:
        label: What is done, in a few words.
    """

    label: str
    _wanted: bool = Factory(lambda: _bars_shown.get() and sys.stderr.isatty())
    _began: float = Factory(time.time)
    _bar: Any = None

    def __call__(self, done: int, total: int) -> None:
        """Show how many steps of how many are done."""
        if self._bar is None:
            if not self._wanted or time.time() - self._began < _PATIENCE:
                return
            import click  # noqa: PLC0415 - for long work only

            self._bar = click.progressbar(
                length=total, label=self.label, file=sys.stderr, show_eta=True
            ).__enter__()
            # Time left goes by all that was done, not by what came after, and is told at once.
            self._bar.start = self._bar.last_eta = self._began
        self._bar.update(done - self._bar.pos)

    def close(self) -> None:
        """Take away what was written on the terminal."""
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
