"""One function, two ways to run it: compiled by numba, or as Python over lists.

Python reads a list four times as fast as an array, cell by cell; so where numba is not installed, or
does not work, a kernel's arrays become lists, and what it wrote into its outputs is copied back. So it is
too where there is little to do: a command that takes a thousand steps does not wait for numba to load.
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


class _Allowance:
    """How many steps loops may still take as Python before numba is loaded.

    Whoever takes fewer never waits for it; whoever takes more loses, once, about the time that it loads in.
    """

    def __init__(self) -> None:
        self.left = 1_000_000

    def take_steps(self, steps: int) -> bool:
        """Take steps off what is left, and tell whether they may be taken as Python."""
        self.left -= steps
        return self.left > 0

    def clear(self) -> None:
        """Let no loop run as Python from now on that can be compiled."""
        self.left = 0


_allowance = _Allowance()


@frozen
class Kernel:
    """A loop over arrays.

    Attributes:
        function: The loop, over one-dimensional arrays and whole numbers.
        outputs: How many of its last arguments it writes into.
        count_steps: Says, of its arguments, how many steps it takes at most; without, it is always compiled.
    """

    function: Callable[..., None]
    outputs: int
    count_steps: Callable[..., int] | None = None

    def __call__(self, *arguments: Any) -> None:
        """Run the loop: compiled if it can be, and if that is worth while."""
        is_little = self.count_steps is not None and _allowance.take_steps(
            self.count_steps(*arguments)
        )
        if is_little or not self.run_compiled(*arguments):
            self.run_as_python(*arguments)

    def run_compiled(self, *arguments: Any) -> bool:
        """Run the loop compiled, and tell whether it could be."""
        compiled = _compile_loop(self.function)
        if compiled is None:
            return False
        compiled(*map(_view_read_only, arguments[: -self.outputs]), *arguments[-self.outputs :])
        return True

    def run_as_python(self, *arguments: Any) -> None:
        """Run the loop as Python."""
        lists = [a.tolist() if isinstance(a, np.ndarray) else a for a in arguments]
        self.function(*lists)
        for array, cells in zip(arguments[-self.outputs :], lists[-self.outputs :], strict=True):
            array[:] = cells


def kernel(
    *, outputs: int, count_steps: Callable[..., int] | None = None
) -> Callable[[Callable[..., None]], Kernel]:
    """Make a kernel of a loop whose last arguments are its outputs."""
    return lambda function: Kernel(function, outputs, count_steps)


def load_compiler() -> None:
    """Load numba now, if it is installed, rather than when loops have taken many steps."""
    _allowance.clear()
    _load_compiler()


def can_compile(steps: int) -> bool:
    """Tell whether a loop of so many steps will run compiled; else whoever can had better do without it.

    Where arrays give the same they are quicker than a loop that runs as Python, also for little work. A
    loop over two-paths takes some four steps for each tie.
    """
    return not _allowance.take_steps(steps) and _load_compiler() is not None


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
