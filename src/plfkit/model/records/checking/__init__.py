"""The rules of the tables: every fault of an organisation, found in one pass over its columns.

Each rule looks at whole columns and yields findings; `check_tables` turns them into faults whose place
is the table's name and the number of the record, counted from 1. `advise_on_tables` does the same with
what is no fault, but worth a look.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from plfkit.errors import Fault, Place
from plfkit.faults import FaultCode
from plfkit.model.records.checking import advising, columns, events, rows, surveys, trees
from plfkit.model.records.checking.findings import Finding, Tables
from plfkit.model.records.rows import NATIVE_ROWS
from plfkit.model.records.schema import list_column_specs
from plfkit.model.words.vocabulary import Vocabulary

__all__ = ["TABLE_ADVICE", "advise_on_tables", "check_tables"]

TABLE_ADVICE: frozenset[FaultCode] = frozenset({"outlives", "predates", "last_days", "no_school"})
"""The codes of what `advise_on_tables` finds: it finds it anew whenever rows are added."""


def check_tables(
    tables: Tables,
    vocabulary: Vocabulary,
    *,
    unreliable: frozenset[str] = frozenset(),
    called: Mapping[str, str] | None = None,
) -> list[Fault]:
    """Return every fault of the tables, in the order of tables, rows and columns.

    Args:
        tables: All native tables by name.
        vocabulary: The kinds that rows may name.
        unreliable: Tables whose ids could not all be read; what refers to them is not judged.
        called: What hints call tables, where not by their names.
    """
    return _list_table_faults(
        tables, _run_table_rules(tables, vocabulary, unreliable), called or {}
    )


def advise_on_tables(tables: Tables, *, called: Mapping[str, str] | None = None) -> list[Fault]:
    """Return what is worth a look in tables without faults, in the same order.

    The data can be used as they are; how they are understood is said in the hint.

    Args:
        tables: All native tables by name.
        called: What hints call tables, where not by their names.
    """
    found = chain(
        advising.find_rows_beyond_owners(tables),
        advising.find_last_days(tables),
        advising.find_departments_of_no_school(tables["units"]),
    )
    return _list_table_faults(tables, found, called or {})


def _list_table_faults(
    tables: Tables, findings: Iterable[Finding], called: Mapping[str, str]
) -> list[Fault]:
    order = {name: number for number, name in enumerate(NATIVE_ROWS)}
    faults = [fault for found in findings for fault in _build_faults(tables, found, called)]
    return sorted(
        faults, key=lambda f: (order[f.place.file], f.place.row or 0, f.place.column or "", f.code)
    )


def _build_faults(tables: Tables, found: Finding, called: Mapping[str, str]) -> Iterator[Fault]:
    hint = found.hint.rename(tables=called)
    if found.as_one:
        yield Fault(found.code, Place(found.table, None, found.column), hint)
        return
    column = tables[found.table].column(found.column) if found.column else None
    for row in found.rows.tolist():
        value = None if column is None else column[row]
        place = Place(found.table, row + 1, found.column)
        yield Fault(found.code, place, hint, None if value is None else str(value))


def _run_table_rules(
    tables: Tables, vocabulary: Vocabulary, unreliable: frozenset[str]
) -> Iterator[Finding]:
    for name, table in tables.items():
        for spec in list_column_specs(NATIVE_ROWS[name]):
            yield from columns.find_unknown_kinds(name, table.column(spec.name), spec, vocabulary)
            yield from columns.find_wrong_section_kinds(name, table, spec, vocabulary)
            yield from columns.find_out_of_range(name, table.column(spec.name), spec)
            if spec.refers_to not in unreliable:
                yield from columns.find_dangling_references(
                    name, table.column(spec.name), spec, tables
                )
        yield from rows.find_repeated_rows(name, table)
        yield from rows.find_reversed_intervals(name, table)
        yield from rows.find_overlapping_rows(name, table)
        yield from rows.find_rows_outside(name, tables)
    yield from rows.find_over_full_time(tables["positions"])
    yield from trees.find_parent_cycles("units", tables["units"])
    yield from trees.find_parent_cycles("focuses", tables["focuses"])
    yield from surveys.find_unclear_surveys(tables["surveys"])
    yield from surveys.find_bad_ties(tables)
    yield from surveys.find_bad_answers(tables)
    yield from events.find_headcount_conflicts(tables)
    yield from events.find_vague_registrations(tables["registrations"])
    yield from events.find_self_pathways(tables["pathways"])
