"""The organisation: all tables of all years, checked, immutable and equal by content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Unpack

import numpy as np
from attrs import evolve, field, frozen

from plfkit.errors import Fault, InvalidDataError, Place
from plfkit.model.checking import check
from plfkit.model.kinds import Label
from plfkit.model.native import NativeTables, Records
from plfkit.model.parts import PARTS
from plfkit.model.schema import ID, columns_of
from plfkit.model.tables import Table
from plfkit.model.vocabulary import Vocabulary, core_vocabulary, did_you_mean
from plfkit.periods import Period, SchoolYear


@frozen(kw_only=True, repr=False)
class Organisation(NativeTables):
    """Units, people, communities, ties and events over the years, and the vocabulary they speak.

    Two organisations are equal when they hold the same rows, in whatever order they were given, and
    speak the same vocabulary. Build one with `plfkit.read`, `plfkit.from_tables` or
    `Organisation.of`.

    Attributes:
        tables: Every native table by name; each is an attribute too, as in ``organisation.persons``.
        vocabulary: The kinds that the rows name.
        title: What readers should call it, if the data say so.
        synthetic: Whether it is an example and no real municipality.
    """

    vocabulary: Vocabulary
    title: Label | None = field(default=None)
    synthetic: bool = field(default=False)

    @title.validator
    def _showable(self, _attribute: object, title: Label | None) -> None:
        try:
            for text in () if title is None else (title.da, title.en):
                ID.check(text)
        except (AttributeError, ValueError) as error:
            hint = f"the title is a Label, a text in Danish and one in English: {error}"
            raise InvalidDataError([Fault("invalid_value", Place("title"), hint)]) from error

    @classmethod
    def of(
        cls,
        *,
        vocabulary: Vocabulary | None = None,
        title: Label | None = None,
        synthetic: bool = False,
        **records: Unpack[Records],
    ) -> Organisation:
        """Build an organisation from records or tables.

        Args:
            vocabulary: The kinds that the rows may name; the core vocabulary if left out.
            title: What readers should call the organisation.
            synthetic: Whether it is an example.
            **records: The rows of each native table, as in ``persons=[Person("a")]``; a table left
                out is empty.

        Raises:
            InvalidDataError: The rows break rules; every fault is in it.
            TypeError: Records of another part were given for a table, or there is no such table.
        """
        given = _named(records)
        vocabulary = vocabulary or core_vocabulary()
        tables = {name: as_table(part, given.get(name, ())) for name, part in PARTS.items()}
        if faults := check(tables, vocabulary):
            raise InvalidDataError(faults)
        return cls.of_checked(tables, vocabulary=vocabulary, title=title, synthetic=synthetic)

    @classmethod
    def of_checked(
        cls,
        tables: Mapping[str, Table[Any]],
        *,
        vocabulary: Vocabulary,
        title: Label | None = None,
        synthetic: bool = False,
    ) -> Organisation:
        """Build an organisation from tables that have passed `plfkit.model.checking.check`."""
        ordered = {
            name: tables[name].sorted() if name in tables else Table.empty(part)
            for name, part in PARTS.items()
        }
        return cls(tables=ordered, vocabulary=vocabulary, title=title, synthetic=synthetic)

    def with_(self, **records: Unpack[Records]) -> Organisation:
        """Return an organisation with further rows.

        Args:
            **records: The rows to add to each native table, as in ``ties=[Tie("a", "b", "advice")]``.

        Raises:
            InvalidDataError: The rows, or they together with those already here, break rules. Rows
                are counted from 1, those already here first.
            TypeError: Records of another part were given for a table, or there is no such table.
        """
        added = {name: as_table(PARTS[name], rows) for name, rows in _named(records).items()}
        joined = {
            name: table.joined(added[name]) if name in added else table
            for name, table in self.tables.items()
        }
        if faults := check(joined, self.vocabulary):
            raise InvalidDataError(faults)
        return evolve(self, tables={name: table.sorted() for name, table in joined.items()})

    def without(self, person: str) -> Organisation:
        """Return an organisation without a person and without every row about them.

        Ties to them go as well as ties from them, as somebody who opts out expects. Head counts of
        events stay.

        Args:
            person: The person's id.

        Raises:
            InvalidDataError: Nobody has this id.
        """
        ids = self.persons.column("id").categories
        if person not in ids:
            place = Place("persons", None, "id")
            fault = Fault("dangling_reference", place, "nobody has this id", person)
            raise InvalidDataError([fault])
        tables = {name: _without(table, person) for name, table in self.tables.items()}
        linked = self.answers.column("respondent").equals(person)
        return evolve(self, tables={**tables, "answers": self.answers.take(~linked)})

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


def as_table(part: type, rows: Iterable[Any]) -> Table[Any]:
    """Return records as a table of their part; a table is returned as it is.

    Raises:
        TypeError: The rows are of another part.
    """
    if not isinstance(rows, Table):
        return Table.of(part, rows)
    if rows.part is not part:
        raise TypeError(f"a table of {rows.part.__name__} was given for one of {part.__name__}")
    return rows


def _named(records: Records) -> dict[str, Iterable[Any]]:
    given: dict[str, Any] = dict(records)
    for name in given:
        if name not in PARTS:
            hint = did_you_mean(name, PARTS) or f"; there are {', '.join(PARTS)}"
            raise TypeError(f"there is no native table {name!r}{hint}")
    return given


def _without(table: Table[Any], person: str) -> Table[Any]:
    kept = np.ones(len(table), np.bool_)
    for spec in columns_of(table.part):
        if spec.refers_to == "persons" or (table.part is PARTS["persons"] and spec.name == "id"):
            kept &= ~table.column(spec.name).equals(person)
    return table if kept.all() else table.take(kept)


def _last_days(table: Table[Any]) -> Iterator[Any]:
    for name, column in table.columns.items():
        if column.values.dtype.kind == "M" and not column.missing.all():
            last = column.values[~column.missing].max()
            yield last - np.timedelta64(1, "D") if name == "valid_to" else last
