"""How long rows hold: as long as they say, and no longer than what they belong to.

A position ends with its unit and its person, a membership with its community, a department with its
school. What a row does not say of its end is no claim: it is as far as what it belongs to reaches.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from plfkit.arrays import Flags, Numbers
from plfkit.model.records.rows import NATIVE_ROWS
from plfkit.model.records.schema import ColumnSpec, list_column_specs
from plfkit.model.records.tables import Column, Table, find_rows_meant
from plfkit.periods import Period

EARLIEST, LATEST = np.iinfo(np.int64).min, np.iinfo(np.int64).max
"""The day numbers of bounds that are open."""

_SUPPLIED = frozenset({"registrations", "outcomes"})
"""Tables whose rows somebody wrote down of the time at which they begin."""

_OF_ONE_PERSON = frozenset({"qualifications"})
"""Tables whose ends are a date on a person's certificate, and nothing that anybody saw happen."""

UNBOUND = frozenset({"ties"})
"""Tables that do not end with what they name: a layer tells who of its people have left."""


@frozen(eq=False)
class RowDays:
    """When each row holds: its first day and the day after its last, as day numbers."""

    begins: Numbers
    ends: Numbers

    @classmethod
    def of(cls, table: Table[Any]) -> RowDays | None:
        """Return when the rows of a table hold by their own dates; None for a table without any."""
        if "valid_from" in table.columns:
            begins = _number_column_days(table.column("valid_from"), EARLIEST)
            return cls(begins, _number_column_days(table.column("valid_to"), LATEST))
        if "date" in table.columns:
            begins = _number_column_days(table.column("date"), EARLIEST)
            ends = np.where(table.column("date").missing, LATEST, begins + 1)
            return cls(begins, ends)
        return None

    @property
    def is_open(self) -> bool:
        """Whether no row claims any day, so that nothing can contradict it."""
        return bool((self.begins == EARLIEST).all() and (self.ends == LATEST).all())

    def take(self, rows: Numbers) -> RowDays:
        """Return the days of some rows."""
        return RowDays(self.begins[rows], self.ends[rows])

    def shorten_to(self, other: RowDays, meant: Numbers) -> RowDays:
        """Return when rows hold within what they belong to.

        Args:
            other: When the rows of the other table hold.
            meant: The row of it that each of these belongs to; −1 for none.
        """
        begins = np.append(other.begins, EARLIEST)[meant]
        ends = np.append(other.ends, LATEST)[meant]
        return RowDays(np.maximum(self.begins, begins), np.minimum(self.ends, ends))

    def mark_overlap(self, period: Period) -> Flags:
        """Tell for each row whether it holds on at least one day of a period."""
        mask = self.begins < self.ends
        if period.end is not None:
            mask &= self.begins < _number_day(period.end)
        if period.start is not None:
            mask &= self.ends > _number_day(period.start)
        return np.asarray(mask)


def find_lifetimes(tables: Mapping[str, Table[Any]]) -> dict[str, RowDays]:
    """Return when the rows of each table with an interval hold, by the table's name.

    Args:
        tables: All native tables, without faults.
    """
    known: dict[str, RowDays] = {}
    # A table stands after those that its rows belong to; only units belong to one another.
    for name in NATIVE_ROWS:
        days = RowDays.of(tables[name])
        if days is not None and "valid_from" in tables[name].columns:
            for spec, meant in find_belongings(name, tables):
                other = str(spec.refers_to)
                days = (
                    _cut_to_ancestors(days, meant)
                    if other == name
                    else days.shorten_to(known[other], meant)
                )
            known[name] = days
    return known


def find_belongings(
    name: str, tables: Mapping[str, Table[Any]]
) -> Iterator[tuple[ColumnSpec, Numbers]]:
    """Yield the columns that say what the rows of a table belong to, and the row that each means."""
    for spec in () if name in UNBOUND else list_column_specs(NATIVE_ROWS[name]):
        if spec.refers_to is not None and "valid_from" in tables[spec.refers_to].columns:
            other = tables[spec.refers_to]
            yield spec, find_rows_meant(tables[name].column(spec.name), other)


def list_first_days(table: Table[Any]) -> Iterator[NDArray[Any]]:
    """Yield the days on which rows of a table begin or took place, as far as they say.

    Ends are left out: many are planned, and nothing is known of the time until then.
    """
    for name in ("valid_from", "date"):
        if name in table.columns:
            column = table.column(name)
            yield column.values[~column.missing]


def list_seen_days(name: str, table: Table[Any]) -> Iterator[NDArray[Any]]:
    """Yield the days on which rows of a table show that somebody looked, as far as they say.

    Something took place, was asked or was registered, or was there for the last time. That a row
    begins shows nothing: a list of one day has the first days of all who are still there, and nobody
    who has left.

    Args:
        name: The table's name.
        table: Its rows.
    """
    if "date" in table.columns or name in _SUPPLIED:
        yield from list_first_days(table)
    elif "valid_to" in table.columns and name not in _OF_ONE_PERSON:
        ends = table.column("valid_to")
        # Who left on 1 August, as the first day without them, was there on 31 July.
        yield ends.values[~ends.missing] - np.timedelta64(1, "D")


def _cut_to_ancestors(days: RowDays, parents: Numbers) -> RowDays:
    """Cut rows to those above them, step by step up to the top."""
    above = parents
    while (above >= 0).any():
        cut = days.shorten_to(days, above)
        above = np.where(above >= 0, parents[above], -1)
        days = cut
    return days


def _number_column_days(dates: Column, missing: int) -> Numbers:
    return np.where(dates.missing, missing, dates.values.astype(np.int64))


def _number_day(day: Any) -> int:
    return int(np.datetime64(day, "D").astype(np.int64))
