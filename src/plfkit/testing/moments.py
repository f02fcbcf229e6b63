"""Moments small enough to check by eye: a line for a few rows that are alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from plfkit.errors import DocumentError, Problem
from plfkit.graph.snapshot import Snapshot, snapshot
from plfkit.model.records.organisation import Organisation
from plfkit.model.records.rows import NATIVE_ROWS, Community, Person, Registration, Unit
from plfkit.model.records.schema import list_column_specs
from plfkit.model.words.vocabulary import load_core_vocabulary
from plfkit.testing.cases.reading import expand_case_row

_UNTOLD: Mapping[str, Callable[[str], Any]] = {
    "units": partial(Unit, kind="school"),
    "persons": Person,
    "communities": partial(Community, kind="team"),
}
"""What stands for units, people and communities that no line tells of."""


def build_moment(
    at: str | None = None, *, complete: Sequence[str] = (), **lines: Sequence[str]
) -> Snapshot:
    """Build a snapshot from lines of text, for examples and tests that a reader can check by eye.

    A line has the cells of a row: first those of the required columns, in their order, then others by
    name. ``ann,bo`` in a cell is a row for each. Units, people and communities that rows refer to need
    no lines of their own: such a unit is a school, such a community a team.

    Args:
        at: The period; the latest school year with data if left out.
        complete: Units whose logs of events are complete, of whatever kind.
        **lines: The lines of each native table.

    Raises:
        DocumentError: There is no such column, or a cell does not fit its column.
        InvalidDataError: The rows break rules.

    Examples:
        At the school *s* Ann and Bo teach, and Cy leads. The teachers are in the team *t*.

        >>> now = build_moment(
        ...     positions=["ann,bo s teacher", "cy s principal"], memberships=["t ann,bo"]
        ... )
        >>> now.person_ids, now.units[0].kind, now.communities[0].kind
        (('ann', 'bo', 'cy'), 'school', 'team')
    """
    rows: dict[str, list[Any]] = {table: [] for table in (*_UNTOLD, *lines)}
    for table, written in lines.items():
        for line in written:
            rows[table] += expand_case_row(table, _split_cells(table, line), len(rows[table]))
    if complete:
        kinds = load_core_vocabulary().event_kinds
        rows["registrations"] = [
            *rows.get("registrations", ()),
            *(Registration(unit, kind=kind, complete=True) for unit in complete for kind in kinds),
        ]
    referred = [*_list_named_ids(rows)]
    for table, make in _UNTOLD.items():
        known = {row.id for row in rows[table]}
        names = {name for of, name in referred if of == table} - known
        rows[table] += [make(name) for name in sorted(names)]
    tables: Any = rows
    return snapshot(Organisation.of(**tables), at)


def _split_cells(table: str, line: str) -> Mapping[str, list[str]]:
    """Return the cells of a line by their columns."""
    words = line.split()
    plain = [word for word in words if "=" not in word]
    named = dict(word.split("=", 1) for word in words if "=" in word)
    required = [spec.name for spec in list_column_specs(NATIVE_ROWS[table]) if spec.required]
    if len(plain) > len(required):
        message = f"{table} takes {' '.join(required)}, and further cells by name: {line!r}"
        raise DocumentError(table, [Problem((), message)])
    cells = dict(zip(required, plain, strict=False)) | named
    return {name: cell.split(",") for name, cell in cells.items()}


def _list_named_ids(rows: Mapping[str, Sequence[Any]]) -> Iterator[tuple[str, str]]:
    """Yield the table and the id of whatever rows refer to."""
    for table, given in rows.items():
        for spec in list_column_specs(NATIVE_ROWS[table]):
            for row in given if spec.refers_to else ():
                if (name := getattr(row, spec.name)) is not None:
                    yield spec.refers_to or "", name
