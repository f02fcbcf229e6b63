"""Rules about rows: none twice, none before it begins, none at odds with another in time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from plfkit.arrays import Flags, Numbers
from plfkit.hints import ColumnName, Hint, TableName
from plfkit.model.records.checking.findings import Finding, Tables
from plfkit.model.records.lifetimes import EARLIEST, LATEST, RowDays
from plfkit.model.records.rows import NATIVE_ROWS
from plfkit.model.records.schema import ColumnSpec, list_column_specs, read_row_rules
from plfkit.model.records.tables import Table, find_rows_meant, number_rows

_ROUNDING = 1e-9


def find_repeated_rows(name: str, table: Table[Any]) -> Iterator[Finding]:
    """Find rows that have in common with an earlier one what only one row may have."""
    columns = read_row_rules(table.row_type).unique
    if not columns or not len(table):
        return
    given = [table.column(column) for column in columns]
    required = [spec.name for spec in list_column_specs(table.row_type) if spec.required]
    unread = [table.column(column).missing for column in columns if column in required]
    present = np.flatnonzero(~np.any(unread, axis=0))
    keys = number_rows(given)[present]
    order = np.argsort(keys, kind="stable")
    again = np.sort(present[order[1:][keys[order][1:] == keys[order][:-1]]])
    hint = Hint("row.duplicate", columns=tuple(map(ColumnName, columns)))
    yield Finding("duplicate", name, again, columns[-1], hint)


def find_reversed_intervals(name: str, table: Table[Any]) -> Iterator[Finding]:
    """Find rows that end before they begin."""
    days = RowDays.of(table)
    if days is not None and "valid_to" in table.columns:
        rows = np.flatnonzero(days.ends <= days.begins)
        yield Finding("reversed_interval", name, rows, "valid_to", Hint("row.reversed"))


def find_overlapping_rows(name: str, table: Table[Any]) -> Iterator[Finding]:
    """Find rows that say for some day what another row says for it too."""
    columns = read_row_rules(table.row_type).one_at_a_time
    days = RowDays.of(table)
    if not columns or days is None or not len(table):
        return
    groups = number_rows([table.column(column) for column in columns])
    in_order = np.sort(groups)
    if (in_order[1:] != in_order[:-1]).all():
        return
    order = np.lexsort((days.ends, days.begins, groups))
    begins, ends, groups = days.begins[order], days.ends[order], groups[order]
    same = groups[1:] == groups[:-1]
    overlapping = (
        same & (begins[1:] < _find_latest_ends(ends, groups)[:-1]) & (begins[1:] < ends[1:])
    )
    hint = Hint("row.overlap", columns=tuple(map(ColumnName, columns)))
    yield Finding("overlap", name, np.sort(order[1:][overlapping]), None, hint)


def _find_latest_ends(ends: Numbers, groups: Numbers) -> Numbers:
    """Return the latest end so far in each group, for rows in the order of their groups."""
    days, ranks = np.unique(ends, return_inverse=True)
    number = np.cumsum(np.concatenate([[False], groups[1:] != groups[:-1]])) * len(days)
    return np.asarray(days[np.maximum.accumulate(number + ranks) - number])


def find_rows_outside(name: str, tables: Tables) -> Iterator[Finding]:
    """Find rows that hold only when what they refer to does not, or not within it where they must."""
    table = tables[name]
    own = RowDays.of(table)
    for spec in list_column_specs(NATIVE_ROWS[name]):
        if own is None or own.is_open or spec.refers_to is None:
            continue
        other = RowDays.of(tables[spec.refers_to])
        if other is None or other.is_open:
            continue
        meant = find_rows_meant(table.column(spec.name), tables[spec.refers_to])
        rows = np.flatnonzero(meant >= 0)
        theirs, mine = other.take(meant[rows]), own.take(rows)
        sound = (mine.begins < mine.ends) & (theirs.begins < theirs.ends)
        yield Finding(
            "outside",
            name,
            rows[sound & _mark_stray_rows(mine, theirs, spec)],
            spec.name,
            Hint(
                "row.beyond" if spec.within else "row.apart",
                column=ColumnName(spec.name),
                table=TableName(spec.refers_to),
            ),
        )


def _mark_stray_rows(mine: RowDays, theirs: RowDays, spec: ColumnSpec) -> Flags:
    """Blank ends of a row are no claim: they are as far as what it refers to reaches."""
    apart = (mine.begins >= theirs.ends) | (mine.ends <= theirs.begins)
    if not spec.within:
        return np.asarray(apart)
    early = (mine.begins != EARLIEST) & (mine.begins < theirs.begins)
    late = (mine.ends != LATEST) & (mine.ends > theirs.ends)
    return np.asarray(apart | early | late)


def find_over_full_time(positions: Table[Any]) -> Iterator[Finding]:
    """Find people whose shares of full time add up to more than one on some day."""
    days = RowDays.of(positions)
    share = positions.column("fte")
    rows = np.flatnonzero(~share.missing & (share.values > 0) & (share.values <= 1))
    if days is None or not len(rows):
        return
    person = positions.column("person").values[rows].astype(np.int64)
    sound = (days.begins[rows] < days.ends[rows]) & (person >= 0)
    rows, person = rows[sound], person[sound]
    # Walk through each person's starts and ends in time; ends come before starts of the same day.
    who = np.concatenate([person, person])
    when = np.concatenate([days.begins[rows], days.ends[rows]])
    change = np.concatenate([share.values[rows], -share.values[rows]])
    row = np.concatenate([rows, np.full(len(rows), -1)])
    order = np.lexsort((row, when, who))
    total = np.cumsum(change[order])
    first = np.searchsorted(who[order], who[order])
    before = np.concatenate([[0.0], total])[first]
    too_much = (total - before > 1 + _ROUNDING) & (row[order] >= 0)
    hint = Hint("row.over_full_time")
    yield Finding("over_full_time", "positions", np.sort(row[order][too_much]), "fte", hint)
