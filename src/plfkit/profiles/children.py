"""Processes of their own for code that is not trusted to end, or to leave things as they were."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from attrs import frozen


@frozen
class ChildRun:
    """How a child ended, and what it wrote.

    Attributes:
        code: Its exit code; None if it did not end in time.
        stdout: What it wrote there until then.
        stderr: The same.
    """

    code: int | None
    stdout: str
    stderr: str


def run_child(
    program: str, argument: str, seconds: float, *, folder: Path | None = None
) -> ChildRun:
    """Run a piece of Python in a process of its own, and end whatever it started.

    Args:
        program: The Python text.
        argument: What it finds in ``sys.argv[1]``.
        seconds: How long it may take.
        folder: Its working folder; ours if left out.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        # Files and a group of its own: what the child starts cannot keep us waiting either.
        child = subprocess.Popen(  # noqa: S603 - this very Python
            [sys.executable, "-P", "-c", program, argument],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            cwd=folder,
            env=_build_child_environment(),
            start_new_session=True,
        )
        try:
            code = child.wait(seconds)
        except subprocess.TimeoutExpired:
            code = None
        finally:
            _end_child(child)
        out.seek(0)
        err.seek(0)
        written = [stream.read().decode("utf-8", "replace") for stream in (out, err)]
        return ChildRun(code, *written)


def _end_child(child: subprocess.Popen[bytes]) -> None:
    """End a child, and what it started where the system knows groups of processes."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
    else:
        child.kill()
    child.wait()


def _build_child_environment() -> dict[str, str]:
    """Return the environment of a child that finds the modules that we find, and nothing else."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    path = (str(Path(entry).absolute()) for entry in sys.path if entry)
    return {**kept, "PYTHONPATH": os.pathsep.join(path)}
