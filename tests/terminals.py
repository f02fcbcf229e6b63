"""Terminals: what a process shows on one."""

from __future__ import annotations

import os
import subprocess


def read_terminal(process: subprocess.Popen[bytes], ours: int, theirs: int) -> bytes:
    """Return all that a process shows on a terminal of which it has the one end, and we the other."""
    os.close(theirs)
    shown = b""
    try:
        while piece := os.read(ours, 4096):
            shown += piece
    except OSError:  # the terminal is gone: all was read
        pass
    process.wait()
    os.close(ours)
    return shown
