"""Patterns: who is on the same rosters, or in the same groups, as a number for each pattern."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import sparse

from plfkit.arrays import Numbers


def number_patterns(rows: sparse.csr_array[Any]) -> tuple[Numbers, Numbers]:
    """Number the rows of a matrix so that rows with entries in the same columns have the same number.

    Patterns are in the order of the rows as flags, no before yes: of two rows the one that has the first
    column in which they differ comes later.

    Args:
        rows: The matrix, each row's columns ascending.

    Returns:
        A row of each pattern, and the pattern of each row.
    """
    count, width = rows.shape
    lengths, keys = np.diff(rows.indptr), np.zeros(count, np.int64)
    for place in range(lengths.max(initial=0)):
        # Place by place: of 5 columns the rows {0, 3}, {1} and {0} have 5, 4, 5 at the first place, and
        # 2, 0, 0 at the next. As patterns so far (1, 0, 1) and this together 1·6 + 2, 0·6 + 0, 1·6 + 0
        # they are the patterns 2, 0, 1.
        here = lengths > place
        cells = np.zeros(count, np.int64)
        cells[here] = width - rows.indices[rows.indptr[:-1][here] + place]
        keys = keys * (width + 1) + cells
        keys = np.searchsorted(np.unique(keys), keys)
    examples = np.zeros(keys.max(initial=-1) + 1, np.int64)
    examples[keys] = np.arange(count)
    return examples, keys
