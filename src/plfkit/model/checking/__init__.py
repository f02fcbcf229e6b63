"""The rules of the tables: every fault of an organisation, found in one pass over its columns.

Each rule looks at whole columns and yields findings; `check` turns them into faults whose place is
the table's name and the number of the record, counted from 1. `advise` does the same with what is no
fault, but worth a look.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from plfkit.errors import Fault, Place
from plfkit.model.checking import advising, columns, events, rows, surveys, trees
from plfkit.model.checking.findings import Finding, Tables
from plfkit.model.parts import PARTS
from plfkit.model.schema import columns_of
from plfkit.model.vocabulary import Vocabulary

__all__ = ["advise", "check"]


def check(
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
    return _list_faults(tables, _findings(tables, vocabulary, unreliable), called or {})


def advise(tables: Tables, *, called: Mapping[str, str] | None = None) -> list[Fault]:
    """Return what is worth a look in tables without faults, in the same order.

    The data can be used as they are; how they are understood is said in the hint.

    Args:
        tables: All native tables by name.
        called: What hints call tables, where not by their names.
    """
    return _list_faults(tables, advising.find_outliving(tables), called or {})


def _list_faults(
    tables: Tables, findings: Iterable[Finding], called: Mapping[str, str]
) -> list[Fault]:
    order = {name: number for number, name in enumerate(PARTS)}
    faults = [fault for found in findings for fault in _faults(tables, found, called)]
    return sorted(
        faults, key=lambda f: (order[f.place.file], f.place.row, f.place.column or "", f.code)
    )


def _faults(tables: Tables, found: Finding, called: Mapping[str, str]) -> Iterator[Fault]:
    hint = found.hint
    for name in PARTS:
        hint = hint.replace(f"{{{name}}}", called.get(name, name))
    column = tables[found.table].column(found.column) if found.column else None
    for row in found.rows.tolist():
        value = None if column is None else column[row]
        place = Place(found.table, row + 1, found.column)
        yield Fault(found.code, place, hint, None if value is None else str(value))


def _findings(
    tables: Tables, vocabulary: Vocabulary, unreliable: frozenset[str]
) -> Iterator[Finding]:
    for name, table in tables.items():
        for spec in columns_of(PARTS[name]):
            yield from columns.kinds(name, table.column(spec.name), spec, vocabulary)
            yield from columns.kinds_by(name, table, spec, vocabulary)
            yield from columns.limits(name, table.column(spec.name), spec)
            if spec.refers_to not in unreliable:
                yield from columns.references(name, table.column(spec.name), spec, tables)
        yield from rows.repeats(name, table)
        yield from rows.reversed_intervals(name, table)
        yield from rows.overlaps(name, table)
        yield from rows.outside(name, tables)
    yield from rows.over_full_time(tables["positions"])
    yield from trees.cycles("units", tables["units"])
    yield from trees.cycles("focuses", tables["focuses"])
    yield from surveys.rounds(tables["surveys"])
    yield from surveys.ties(tables)
    yield from surveys.answers(tables)
    yield from events.headcounts(tables)
    yield from events.registrations(tables["registrations"])
    yield from events.pathways(tables["pathways"])
