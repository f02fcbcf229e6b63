"""What is done with pieces that are tried: other processes import it, and find no module of tests."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from plfkit.progress import ProgressBar


def double(number: int) -> int:
    return 2 * number


def double_or_die(number: int, *, caller: int, diary: Path) -> int:
    """Double a number; a worker that is handed 20 writes what it doubles, and is killed at once."""
    with diary.open("a") as file:
        file.write(f"{number} ")
    if number == 20 and os.getpid() != caller:
        os.kill(os.getpid(), signal.SIGKILL)
    return double(number)


def fail(number: int) -> int:
    raise ValueError(f"no {number}")


def is_bar_wanted(_: int) -> bool:
    return ProgressBar("piece")._wanted  # noqa: SLF001 - it shows on a terminal alone
