"""Rules about events, their logs, and pathways."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from plfkit.hints import ColumnName, Hint, TableName
from plfkit.model.records.checking.findings import Finding, Tables
from plfkit.model.records.rows import EVENTS_TABLE
from plfkit.model.records.tables import Table, find_rows_meant, number_rows, recode_column


def find_headcount_conflicts(tables: Tables) -> Iterator[Finding]:
    """Find events in which more people took part than were counted."""
    events, participations = tables["events"], tables["participations"]
    counted = events.column("headcount")
    if counted.missing.all() or not len(participations):
        return
    keys = number_rows([participations.column("event"), participations.column("person")])
    once = np.unique(keys, return_index=True)[1]
    event = find_rows_meant(participations.column("event"), events)[once]
    named = np.bincount(event[event >= 0], minlength=len(events))
    rows = np.flatnonzero(~counted.missing & (named > counted.values))
    hint = Hint("event.headcount", table=TableName("participations"))
    yield Finding("contradiction", "events", rows, "headcount", hint)


def find_vague_registrations(table: Table[Any]) -> Iterator[Finding]:
    """Find logs of events that do not say of which kind; any other list may be of all kinds."""
    rows = np.flatnonzero(
        table.column("of").match_text(EVENTS_TABLE) & table.column("kind").missing
    )
    hint = Hint("event.no_kind", kind=ColumnName("kind"), of=ColumnName("of"))
    yield Finding("missing_value", "registrations", rows, "kind", hint)


def find_self_pathways(table: Table[Any]) -> Iterator[Finding]:
    """Find ways that lead nowhere: from a unit to itself, without a grade."""
    source, target = table.column("source"), table.column("target")
    same = (recode_column(source, target.categories) == target.values) & ~target.missing
    hint = Hint("pathway.self")
    rows = np.flatnonzero(same & table.column("grade").missing)
    yield Finding("self_pathway", "pathways", rows, "target", hint)
