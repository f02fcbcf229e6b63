"""The organisation: all tables of all years, checked, immutable and equal by content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
from attrs import field, frozen

from plfkit.errors import InvalidDataError
from plfkit.model.checks import check
from plfkit.model.parts import (
    PARTS,
    Community,
    Membership,
    Person,
    Position,
    Response,
    Survey,
    Tie,
    Unit,
)
from plfkit.model.tables import Table
from plfkit.model.vocabulary import Label, Vocabulary, core_vocabulary
from plfkit.periods import Period, SchoolYear


@frozen(kw_only=True, repr=False)
class Organisation:
    """Units, people, communities and ties over the years, with the vocabulary they speak.

    Two organisations are equal when they hold the same rows, in whatever order they were given, and
    speak the same vocabulary. Build one with `plfkit.read` or `Organisation.of`.

    Attributes:
        vocabulary: The kinds that the rows name.
        title: What readers should call it, if the data say so.
        synthetic: Whether it is an example and no real municipality.
    """

    vocabulary: Vocabulary
    units: Table[Unit]
    persons: Table[Person]
    positions: Table[Position]
    communities: Table[Community]
    memberships: Table[Membership]
    surveys: Table[Survey]
    responses: Table[Response]
    ties: Table[Tie]
    title: Label | None = field(default=None)
    synthetic: bool = field(default=False)

    @classmethod
    def of(  # noqa: PLR0913 - one argument for each table
        cls,
        *,
        persons: Iterable[Person],
        units: Iterable[Unit] = (),
        positions: Iterable[Position] = (),
        communities: Iterable[Community] = (),
        memberships: Iterable[Membership] = (),
        surveys: Iterable[Survey] = (),
        responses: Iterable[Response] = (),
        ties: Iterable[Tie] = (),
        vocabulary: Vocabulary | None = None,
        title: Label | None = None,
        synthetic: bool = False,
    ) -> Organisation:
        """Build an organisation from records or tables.

        Args:
            persons: Who works there. So for each of the native tables; those left out are empty.
            units: See `persons`.
            positions: See `persons`.
            communities: See `persons`.
            memberships: See `persons`.
            surveys: See `persons`.
            responses: See `persons`.
            ties: See `persons`.
            vocabulary: The kinds that the rows may name; the core vocabulary if left out.
            title: What readers should call the organisation.
            synthetic: Whether it is an example.

        Raises:
            InvalidDataError: The rows break rules; every fault is in it.
            TypeError: Records of another part were given for a table.
        """
        given: dict[str, Iterable[Any]] = {
            "units": units,
            "persons": persons,
            "positions": positions,
            "communities": communities,
            "memberships": memberships,
            "surveys": surveys,
            "responses": responses,
            "ties": ties,
        }
        vocabulary = vocabulary or core_vocabulary()
        built = {name: _as_table(part, given[name]) for name, part in PARTS.items()}
        if faults := check(built, vocabulary):
            raise InvalidDataError(faults)
        return cls.of_checked(built, vocabulary=vocabulary, title=title, synthetic=synthetic)

    @classmethod
    def of_checked(
        cls,
        tables: Mapping[str, Table[Any]],
        *,
        vocabulary: Vocabulary,
        title: Label | None = None,
        synthetic: bool = False,
    ) -> Organisation:
        """Build an organisation from tables that have passed `plfkit.model.checks.check`."""
        ordered: dict[str, Any] = {
            name: tables[name].sorted() if name in tables else Table.empty(part)
            for name, part in PARTS.items()
        }
        return cls(vocabulary=vocabulary, title=title, synthetic=synthetic, **ordered)

    @property
    def tables(self) -> Mapping[str, Table[Any]]:
        """The native tables by name."""
        return {name: getattr(self, name) for name in PARTS}

    @property
    def latest_period(self) -> Period:
        """The latest school year with an explicit date; without any date, time without bounds."""
        days = [day for table in self.tables.values() for day in _last_days(table)]
        if not days:
            return Period()
        return SchoolYear.of(max(days).item()).period

    def __repr__(self) -> str:
        counts = [f"{len(t)} {name}" for name, t in self.tables.items() if len(t)]
        return f"<Organisation: {', '.join(counts) or 'empty'}>"


def _as_table(part: type, rows: Iterable[Any]) -> Table[Any]:
    if not isinstance(rows, Table):
        return Table.of(part, rows)
    if rows.part is not part:
        raise TypeError(f"a table of {rows.part.__name__} was given for one of {part.__name__}")
    return rows


def _last_days(table: Table[Any]) -> Iterator[Any]:
    for name, column in table.columns.items():
        if column.values.dtype.kind == "M" and not column.missing.all():
            last = column.values[~column.missing].max()
            yield last - np.timedelta64(1, "D") if name == "valid_to" else last
