"""Rows with the same entries are one pattern, in the order that sorting them as flags gives."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import sparse

from plfkit.graph.patterns import number_patterns

SHAPES = st.tuples(st.integers(0, 12), st.integers(1, 6))


@given(SHAPES.flatmap(lambda shape: arrays(np.bool_, shape)))
def test_as_sorted_flags(flags: np.ndarray) -> None:
    """Numbers are those of the distinct rows of flags, sorted, and each example is a row of its pattern."""
    examples, codes = number_patterns(sparse.csr_array(flags))
    distinct, expected = np.unique(flags, axis=0, return_inverse=True)
    assert codes.tolist() == expected.ravel().tolist()
    assert np.array_equal(flags[examples], distinct)


def test_worked_example() -> None:
    """Of five columns the rows {0, 3}, {1} and {0} are the patterns 2, 0 and 1."""
    flags = np.array([[1, 0, 0, 1, 0], [0, 1, 0, 0, 0], [1, 0, 0, 0, 0]], np.bool_)
    examples, codes = number_patterns(sparse.csr_array(flags))
    assert (codes.tolist(), examples.tolist()) == ([2, 0, 1], [1, 2, 0])
