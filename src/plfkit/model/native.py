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


class _TableAttribute(Generic[P]):
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

    units = _TableAttribute(parts.Unit)
    persons = _TableAttribute(parts.Person)
    positions = _TableAttribute(parts.Position)
    communities = _TableAttribute(parts.Community)
    memberships = _TableAttribute(parts.Membership)
    surveys = _TableAttribute(parts.Survey)
    responses = _TableAttribute(parts.Response)
    answers = _TableAttribute(parts.Answer)
    ties = _TableAttribute(parts.Tie)
    events = _TableAttribute(parts.Event)
    participations = _TableAttribute(parts.Participation)
    registrations = _TableAttribute(parts.Registration)
    qualifications = _TableAttribute(parts.Qualification)
    focuses = _TableAttribute(parts.Focus)
    pathways = _TableAttribute(parts.Pathway)
    outcomes = _TableAttribute(parts.Outcome)
