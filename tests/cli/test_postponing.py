"""What waits until it is used is there all the same."""

from __future__ import annotations

import subprocess
import sys

from plfkit.cli.postponing import keep_unused_waiting

USE = """
import sys
from plfkit.cli.postponing import keep_unused_waiting
keep_unused_waiting()
import scipy.sparse
assert 'unittest' not in sys.modules
import numpy.testing
from numpy.testing import assert_array_equal
assert_array_equal([1], [1])
assert numpy.testing.assert_array_equal is assert_array_equal and 'unittest' in sys.modules
assert callable(numpy.f2py.get_include)
"""


def test_postponed_is_loaded_when_used() -> None:
    """Importing scipy loads no test framework; whoever uses numpy's has it."""
    subprocess.run([sys.executable, "-c", USE], check=True)  # noqa: S603 - this very Python


def test_what_is_loaded_stays() -> None:
    """A module that somebody has loaded is not replaced."""
    import numpy.testing as loaded

    keep_unused_waiting()
    assert sys.modules["numpy.testing"] is loaded
