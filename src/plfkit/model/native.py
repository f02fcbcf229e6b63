"""The native tables by name: as a mapping, and as typed attributes of whatever holds them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Generic, Self, TypedDict, TypeVar, overload

from attrs import frozen

from plfkit.model import parts
from plfkit.model.tables import Table

P = TypeVar("P")


class Records(TypedDict, total=False):
    """Records or tables by the name of their native table; all of them may be left out."""

    units: Iterable[parts.Unit]
    persons: Iterable[parts.Person]
    positions: Iterable[parts.Position]
    communities: Iterable[parts.Community]
    memberships: Iterable[parts.Membership]
    surveys: Iterable[parts.Survey]
    responses: Iterable[parts.Response]
    answers: Iterable[parts.Answer]
    ties: Iterable[parts.Tie]
    events: Iterable[parts.Event]
    participations: Iterable[parts.Participation]
    registrations: Iterable[parts.Registration]
    qualifications: Iterable[parts.Qualification]
    focuses: Iterable[parts.Focus]
    pathways: Iterable[parts.Pathway]
    outcomes: Iterable[parts.Outcome]


class _TableOf(Generic[P]):
    """The table of one part, as a read-only attribute named after it."""

    def __init__(self, part: type[P]) -> None:
        self.part = part

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, holder: None, owner: type) -> Self: ...
    @overload
    def __get__(self, holder: NativeTables, owner: type) -> Table[P]: ...
    def __get__(self, holder: NativeTables | None, owner: type) -> Self | Table[P]:
        return self if holder is None else holder.tables[self.name]


@frozen(kw_only=True, eq=False, repr=False)
class NativeTables:
    """What holds the native tables: `tables` by name, and each of them as an attribute.

    Attributes:
        tables: Every native table by name; those without rows are there and empty.
    """

    tables: Mapping[str, Table[Any]]

    units = _TableOf(parts.Unit)
    persons = _TableOf(parts.Person)
    positions = _TableOf(parts.Position)
    communities = _TableOf(parts.Community)
    memberships = _TableOf(parts.Membership)
    surveys = _TableOf(parts.Survey)
    responses = _TableOf(parts.Response)
    answers = _TableOf(parts.Answer)
    ties = _TableOf(parts.Tie)
    events = _TableOf(parts.Event)
    participations = _TableOf(parts.Participation)
    registrations = _TableOf(parts.Registration)
    qualifications = _TableOf(parts.Qualification)
    focuses = _TableOf(parts.Focus)
    pathways = _TableOf(parts.Pathway)
    outcomes = _TableOf(parts.Outcome)
