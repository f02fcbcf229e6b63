"""What loading a plug-in leaves behind, seen from a process of its own."""

from __future__ import annotations

import builtins
import gc
import json
import logging
import os
import random
import signal
import sys
import tempfile
import threading
import warnings
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from plfkit.errors import PluginWarning
from plfkit.profiles import load_profile
from plfkit.profiles.children import ChildRun, run_child

_SECONDS = (60, 180)
"""How long loading may take, and when it is tried again: a busy machine is no fault of a plug-in."""

_OBSERVER_CODE = "import sys; from plfkit.testing.importing import observe; observe(sys.argv[1])"
_TRACE_ADVICE = {
    "folder": "it changes the working folder",
    "environment": "it changes environment variables",
    "path": "it changes sys.path",
    "warnings": "it changes which warnings are shown",
    "threads": "it starts threads",
    "chance": "it uses or seeds the random numbers that all share",
    "files": "it writes files",
    "signals": "it handles signals",
    "logging": "it sets up logging",
    "limits": "it changes limits or settings of Python or numpy",
}


def find_traces(name: str) -> Iterator[str]:
    """Yield what loading an installed profile leaves behind.

    Args:
        name: The profile's id.
    """
    ended = _load_twice(name)
    printed, _, answer = ended.stdout.rpartition("\n")
    if ended.code != 0 or not answer:
        slow = f"it does not end within {_SECONDS[1]} seconds: it is slow, or it hangs"
        message = slow if ended.code is None else ended.stderr.strip()[-200:]
        yield f"it cannot be loaded in a process of its own: {message}"
        return
    if printed.strip() or ended.stderr.strip():
        yield "it prints while it is loaded: say things in docstrings and errors instead"
    for changed in json.loads(answer):
        yield f"{_TRACE_ADVICE[changed]} while it is loaded: do nothing until a function is called"


def _load_twice(name: str) -> ChildRun:
    """Load a profile in a process and an empty folder of its own, again if it did not end in time."""
    for seconds in _SECONDS:
        with tempfile.TemporaryDirectory() as folder:
            ended = run_child(_OBSERVER_CODE, name, seconds, folder=Path(folder))
        if ended.code is not None:
            break
    return ended


def observe(name: str) -> None:
    """Load a profile and print what changed, as JSON in the last line; the child's side."""
    warnings.simplefilter("ignore", PluginWarning)  # plfkit's own word on it, not the plug-in's
    import_module("plfkit.measures")  # so that what it does is not taken for the plug-in's
    load_profile("generic")
    before = _read_process_state()
    load_profile(name)
    after = _read_process_state()
    sys.stdout.write("\n" + json.dumps([key for key in before if before[key] != after[key]]))


def _read_process_state() -> dict[str, Any]:
    import numpy as np  # noqa: PLC0415 - in the child alone

    return {
        "folder": Path.cwd(),
        "environment": dict(os.environ),
        "path": list(sys.path),
        "warnings": list(warnings.filters),
        "threads": threading.active_count(),
        "chance": (random.getstate(), str(np.random.get_state())),  # noqa: NPY002 - the shared one
        "files": sorted(file.name for file in Path().iterdir()),
        "signals": [signal.getsignal(number) for number in signal.valid_signals()],
        "logging": (list(logging.getLogger().handlers), logging.getLogger().level),
        "limits": (sys.getrecursionlimit(), gc.isenabled(), np.geterr(), dir(builtins)),
    }
