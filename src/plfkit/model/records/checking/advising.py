"""What is no fault, but worth a look: rows beyond what they belong to, and ends that look like last days."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from plfkit.arrays import Flags
from plfkit.hints import AllowedWord, ColumnName, Hint, TableName
from plfkit.model.records.checking.findings import Finding, Tables
from plfkit.model.records.lifetimes import (
    EARLIEST,
    LATEST,
    RowDays,
    find_belongings,
    find_lifetimes,
)
from plfkit.model.records.tables import Table

_SCHOOL, _DEPARTMENT = "school", "school_department"
_FEW_ENDS = 3
"""From how many ends on a table shows a habit."""
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


def find_last_days(tables: Tables) -> Iterator[Finding]:
    """Find tables whose ends look like last days, where the first day after is meant.

    Staff systems write 31 July for what ends with the school year; the tables here write 1 August.
    A table whose ends mostly close a month, and hardly ever begin one, was written by the former.
    """
    for name, table in tables.items():
        if "valid_to" not in table.columns:
            continue
        column = table.column("valid_to")
        ends = column.values.astype("datetime64[D]")
        last = np.flatnonzero(
            ~column.missing & _is_month_begin(np.add(ends, np.timedelta64(1, "D")))
        )
        first = np.count_nonzero(~column.missing & _is_month_begin(ends))
        count = np.count_nonzero(~column.missing)
        if len(last) >= _FEW_ENDS and 2 * len(last) > count and 4 * first <= len(last):
            hint = Hint("row.last_days", last=len(last), count=int(count))
            yield Finding("last_days", name, last, "valid_to", hint, as_one=True)


def find_departments_of_no_school(units: Table[Any]) -> Iterator[Finding]:
    """Find departments of schools below what belongs to no school.

    A municipality's office for its schools is often called Skoleafdelingen, as the kind is in Danish.
    """
    ids, parents, kinds = (units.column(name).tolist() for name in ("id", "parent", "kind"))
    parent, kind = dict(zip(ids, parents, strict=True)), dict(zip(ids, kinds, strict=True))
    lost = []
    for row, direct in enumerate(parents):
        above = direct
        while above is not None and kind.get(above) != _SCHOOL:
            above = parent.get(above)
        if kinds[row] == _DEPARTMENT and direct is not None and above is None:
            lost.append(row)
    words = {"kind": AllowedWord("administration_unit"), "parent": ColumnName("parent")}
    hint = Hint("row.no_school", **words)
    yield Finding("no_school", "units", np.array(lost, np.int64), "kind", hint)


def _is_month_begin(days: NDArray[np.datetime64]) -> Flags:
    """Tell which days are the first of a month."""
    return np.asarray(days.astype("datetime64[M]").astype("datetime64[D]") == days)
