"""What a rule finds, and how rows of two tables are brought together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from plfkit.model.tables import Column, Table, recode

Tables = Mapping[str, Table[Any]]


@frozen(eq=False)
class Finding:
    """Rows that break one rule: the rule's code, where they stand, and what mends them.

    A hint names tables in braces, as in ``{persons}``; the source may call them otherwise.
    """

    code: str
    table: str
    rows: NDArray[Any]
    column: str | None
    hint: str


def rows_meant(column: Column, table: Table[Any]) -> NDArray[np.int64]:
    """Return the row of a table that each id in a column means; −1 for none."""
    ids = table.column("id")
    row_of = np.full(len(ids.categories) + 1, -1, np.int64)
    row_of[ids.values] = np.arange(len(table))
    row_of[-1] = -1
    return np.asarray(row_of[recode(column, ids.categories)])
