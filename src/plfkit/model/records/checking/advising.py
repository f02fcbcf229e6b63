"""What is no fault, but worth a look: rows that hold longer than what they belong to."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from plfkit.hints import ColumnName, Hint, TableName
from plfkit.model.records.checking.findings import Finding, Tables
from plfkit.model.records.lifetimes import (
    EARLIEST,
    LATEST,
    RowDays,
    find_belongings,
    find_lifetimes,
)

_ALL_DAYS = RowDays(np.array([EARLIEST]), np.array([LATEST]))


def find_rows_beyond_owners(tables: Tables) -> Iterator[Finding]:
    """Find rows that go on after, or begin before, what they belong to.

    A blank end is a claim only where a unit has closed: those who worked there went somewhere, and
    the rows do not say where. People leave, and communities end, without that.
    """
    known = find_lifetimes(tables)
    if all(days.is_open for days in known.values()):
        return
    for name in known:
        own = RowDays.of(tables[name])
        assert own is not None  # noqa: S101 - only tables with dates have lifetimes
        for spec, meant in find_belongings(name, tables):
            limits = RowDays.shorten_to(_ALL_DAYS, known[str(spec.refers_to)], meant)
            named = {"column": ColumnName(spec.name), "table": TableName(spec.refers_to)}
            told = (own.ends != LATEST) | (spec.refers_to == "units")
            rows = np.flatnonzero(told & (own.ends > limits.ends))
            yield Finding("outlives", name, rows, spec.name, Hint("row.outlives", **named))
            rows = np.flatnonzero((own.begins != EARLIEST) & (own.begins < limits.begins))
            yield Finding("predates", name, rows, spec.name, Hint("row.predates", **named))
