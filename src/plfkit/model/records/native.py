"""The native tables by name: as a mapping, and as typed attributes of whatever holds them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Generic, Self, TypedDict, TypeVar, overload

from attrs import frozen

from plfkit.model.caching import Caching
from plfkit.model.records import rows
from plfkit.model.records.frames import Backend
from plfkit.model.records.tables import Table

P = TypeVar("P")


class Records(TypedDict, total=False):
    """Records or tables by the name of their native table; all of them may be left out."""

    units: Iterable[rows.Unit]
    persons: Iterable[rows.Person]
    positions: Iterable[rows.Position]
    communities: Iterable[rows.Community]
    memberships: Iterable[rows.Membership]
    surveys: Iterable[rows.Survey]
    responses: Iterable[rows.Response]
    answers: Iterable[rows.Answer]
    ties: Iterable[rows.Tie]
    events: Iterable[rows.Event]
    participations: Iterable[rows.Participation]
    registrations: Iterable[rows.Registration]
    qualifications: Iterable[rows.Qualification]
    focuses: Iterable[rows.Focus]
    pathways: Iterable[rows.Pathway]
    outcomes: Iterable[rows.Outcome]


class _TableAttribute(Generic[P]):
    """The table of one type of row, as a read-only attribute named after it."""

    def __init__(self, row_type: type[P]) -> None:
        self.row_type = row_type

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, holder: None, owner: type) -> Self: ...
    @overload
    def __get__(self, holder: NativeTables, owner: type) -> Table[P]: ...
    def __get__(self, holder: NativeTables | None, owner: type) -> Self | Table[P]:
        return self if holder is None else holder.tables[self.name]


@frozen(kw_only=True, eq=False, repr=False, slots=False)
class NativeTables(Caching):
    """What holds the native tables: `tables` by name, and each of them as an attribute.

    Attributes:
        tables: Every native table by name; those without rows are there and empty.
    """

    tables: Mapping[str, Table[Any]]

    def list_table_sizes(self) -> list[tuple[str, int]]:
        """Return the name of each table that is not empty, with how many rows it has."""
        return [(name, len(table)) for name, table in self.tables.items() if len(table)]

    def to_frames(self, backend: Backend = "pandas") -> dict[str, Any]:
        """Return every native table as a data frame, by its name; `plfkit.from_tables` takes them again.

        Args:
            backend: ``"pandas"``, ``"polars"`` or ``"pyarrow"``.

        Raises:
            MeasureError: There is no such backend.
            MissingExtraError: The libraries are not installed.
        """
        return {name: table.to_frame(backend) for name, table in self.tables.items()}

    units = _TableAttribute(rows.Unit)
    persons = _TableAttribute(rows.Person)
    positions = _TableAttribute(rows.Position)
    communities = _TableAttribute(rows.Community)
    memberships = _TableAttribute(rows.Membership)
    surveys = _TableAttribute(rows.Survey)
    responses = _TableAttribute(rows.Response)
    answers = _TableAttribute(rows.Answer)
    ties = _TableAttribute(rows.Tie)
    events = _TableAttribute(rows.Event)
    participations = _TableAttribute(rows.Participation)
    registrations = _TableAttribute(rows.Registration)
    qualifications = _TableAttribute(rows.Qualification)
    focuses = _TableAttribute(rows.Focus)
    pathways = _TableAttribute(rows.Pathway)
    outcomes = _TableAttribute(rows.Outcome)
