"""One function, two ways to run it: compiled by numba, or as Python over lists.

Python reads a list four times as fast as an array, cell by cell; so where numba is not installed a
kernel's arrays become lists, and what it wrote into its outputs is copied back.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from attrs import frozen


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
        compiled = _compiled(self.function)
        if compiled is None:
            self.as_python(*arguments)
        else:
            compiled(*arguments)

    def as_python(self, *arguments: Any) -> None:
        """Run the loop as Python."""
        lists = [a.tolist() if isinstance(a, np.ndarray) else a for a in arguments]
        self.function(*lists)
        for array, cells in zip(arguments[-self.outputs :], lists[-self.outputs :], strict=True):
            array[:] = cells


def kernel(*, outputs: int) -> Callable[[Callable[..., None]], Kernel]:
    """Make a kernel of a loop whose last arguments are its outputs."""
    return lambda function: Kernel(function, outputs)


@cache
def _compiled(function: Callable[..., None]) -> Callable[..., None] | None:
    """Return the loop compiled; None without numba. The first call with new types compiles."""
    try:
        from numba import njit  # noqa: PLC0415 - an extra, and slow to import
    except ImportError:
        return None
    try:
        compiled: Callable[..., None] = njit(cache=True, nogil=True)(function)
    except RuntimeError:  # there is nowhere to keep what was compiled
        compiled = njit(nogil=True)(function)
    return compiled
