"""Progress of long work on a terminal: how far it is, and how much time is left."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from typing import Any

import click

from plfkit.cli.speaking import is_quiet

_PATIENCE = 2.0
"""After how many seconds work says how long it will take."""

Progress = Callable[[int, int], None]
"""What work calls after each step: how many are done, and how many there are."""


@contextmanager
def show_progress(label: str) -> Iterator[Progress]:
    """Give what work calls as it goes on: after a while a bar stands on stderr, if that is a terminal.

    Args:
        label: What is done, in a few words.
    """
    from plfkit.resampling.drawing import hide_progress

    with hide_progress(), ExitStack() as shown:
        yield _start_bar(label, shown) if _has_audience() else _ignore_steps


@contextmanager
def respect_quiet() -> Iterator[None]:
    """Let no draws show how far they are where quiet was asked for."""
    from plfkit.resampling.drawing import hide_progress

    with hide_progress() if is_quiet() else nullcontext():
        yield


def _has_audience() -> bool:
    return sys.stderr.isatty() and not is_quiet()


def _ignore_steps(_done: int, _total: int) -> None:
    """Show nothing."""


def _start_bar(label: str, shown: ExitStack) -> Progress:
    """Return what moves a bar, which appears once the work has lasted a while."""
    began = time.time()
    bars: list[Any] = []

    def move_bar(done: int, total: int) -> None:
        if not bars and time.time() - began > _PATIENCE:
            bar = click.progressbar(length=total, label=label, file=sys.stderr, show_eta=True)
            bars.append(shown.enter_context(bar))
            # Time left goes by all that was done, not by what came after, and is told at once.
            bar.start = bar.last_eta = began
        for bar in bars:
            bar.update(done - bar.pos)

    return move_bar
