"""Progress of long work: a bar with time left on a terminal, nothing in a pipe."""

from __future__ import annotations

import pty
import subprocess
import sys

from terminals import read_terminal

PROGRAM = """
import time
from plfkit.cli.progressing import show_progress
with show_progress("looking") as advance:
    for done in range(1, 6):
        time.sleep(0.6)
        advance(done, 5)
"""


def test_long_work_tells_how_far_it_is() -> None:
    """After two seconds a bar stands on the terminal, with its share and the time that is left."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen([sys.executable, "-c", PROGRAM], stderr=theirs)  # noqa: S603 - this very Python
    shown = read_terminal(process, ours, theirs)
    assert process.returncode == 0
    assert b"looking" in shown
    assert b"80%  00:00:0" in shown
    assert b"20%" not in shown


def test_a_pipe_hears_nothing() -> None:
    """Who reads what a program writes wants no bars."""
    done = subprocess.run(  # noqa: S603 - this very Python
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == ("", "")
