"""Progress of long work on a terminal, unless quiet was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext

from plfkit.cli.speaking import is_quiet
from plfkit.progress import Progress, ProgressBar, hide_progress


@contextmanager
def show_progress(label: str) -> Iterator[Progress]:
    """Give what work calls as it goes on: after a while a bar stands on stderr, if that is a terminal.

    Args:
        label: What is done, in a few words.
    """
    with respect_quiet(), closing(ProgressBar(label)) as bar, hide_progress():
        yield bar


@contextmanager
def respect_quiet() -> Iterator[None]:
    """Let no work show how far it is where quiet was asked for."""
    with hide_progress() if is_quiet() else nullcontext():
        yield
