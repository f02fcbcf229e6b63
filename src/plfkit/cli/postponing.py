"""What libraries load of each other without need: here it waits until somebody uses it."""

from __future__ import annotations

import sys
from importlib.util import LazyLoader, find_spec, module_from_spec

_UNUSED = ("numpy.f2py", "numpy.testing")
"""A translator of Fortran, and what numpy's own tests use, with Python's framework for tests below it."""


def keep_unused_waiting() -> None:
    """Let modules be there, and load when something in them is looked at: half of what scipy takes to load.

    scipy.sparse takes over every name that numpy has, and so has all of numpy loaded. This is what Python's
    own `importlib.util.LazyLoader` is for: whoever uses such a module finds it as always. It is for commands,
    whose process is plfkit's; a program that imports plfkit loads what it likes.
    """
    for name in _UNUSED:
        package, _, part = name.rpartition(".")
        spec = None if name in sys.modules else find_spec(name)
        if spec is not None and spec.loader is not None:
            spec.loader = LazyLoader(spec.loader)
            module = module_from_spec(spec)
            sys.modules[name] = module
            spec.loader.exec_module(module)
            setattr(sys.modules[package], part, module)
