"""One function, two ways to run it: compiled by numba, or as Python over lists.

Python reads a list four times as fast as an array, cell by cell; so where numba is not installed, or
does not work, a kernel's arrays become lists, and what it wrote into its outputs is copied back.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from traceback import format_exception_only
from typing import Any

import numpy as np
from attrs import frozen

_log = logging.getLogger("plfkit.kernels")
_SLOW = (
    "numba cannot be used, so loops run as Python: the figures are the same and come more slowly. "
    "Mostly the metadata of another installed distribution are broken: repair or uninstall it"
)


@frozen
class Kernel:
    """A loop over arrays.

    Attributes:
        function: The loop, over one-dimensional arrays and whole numbers.
        outputs: How many of its last arguments it writes into.
    """

    function: Callable[..., None]
    outputs: int

    def __call__(self, *arguments: Any) -> None:
        """Run the loop, compiled if it can be."""
        compiled = _compile_loop(self.function)
        if compiled is None:
            self.run_as_python(*arguments)
        else:
            compiled(*map(_view_read_only, arguments[: -self.outputs]), *arguments[-self.outputs :])

    def run_as_python(self, *arguments: Any) -> None:
        """Run the loop as Python."""
        lists = [a.tolist() if isinstance(a, np.ndarray) else a for a in arguments]
        self.function(*lists)
        for array, cells in zip(arguments[-self.outputs :], lists[-self.outputs :], strict=True):
            array[:] = cells


def kernel(*, outputs: int) -> Callable[[Callable[..., None]], Kernel]:
    """Make a kernel of a loop whose last arguments are its outputs."""
    return lambda function: Kernel(function, outputs)


def _view_read_only(argument: Any) -> Any:
    """Return a read-only view of an array: whether it was sealed before, the loop's types are the same."""
    if not isinstance(argument, np.ndarray):
        return argument
    view = argument.view()
    view.flags.writeable = False
    return view


@cache
def _compile_loop(function: Callable[..., None]) -> Callable[..., None] | None:
    """Return the loop compiled; None without a compiler. The first call with new types compiles."""
    njit = _load_compiler()
    if njit is None:
        return None
    try:
        compiled: Callable[..., None] = njit(cache=True, nogil=True)(function)
    except RuntimeError:  # there is nowhere to keep what was compiled
        compiled = njit(nogil=True)(function)
    return compiled


@cache
def _load_compiler() -> Callable[..., Any] | None:
    """Return numba's compiler; None where it is not installed, or does not work.

    As it compiles for the first time it scans the metadata of everything that is installed, and runs
    what others registered there: all of that may fail, in any way, and is message of once.
    """
    if find_spec("numba") is None:
        _log.info("loops run as Python: numba is not installed")
        return None
    try:
        from numba import njit  # noqa: PLC0415 - an extra, and slow to import

        njit(nogil=True)(_do_nothing)()
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001 - what others registered may even end the program
        message = format_exception_only(error)[-1].strip()
        _log.warning("loops run as Python: numba cannot be used")
        warnings.warn(f"{_SLOW} ({message})", RuntimeWarning, stacklevel=2)
        return None
    _log.info("loops are compiled by numba")
    compiler: Callable[..., Any] = njit
    return compiler


def _do_nothing() -> None: ...
