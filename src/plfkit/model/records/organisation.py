"""The organisation: all tables of all years, checked, immutable and equal by content."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar, Unpack

import numpy as np
from attrs import evolve, field, frozen

from plfkit.arrays import Flags
from plfkit.errors import Fault, InvalidDataError, Place
from plfkit.hints import Hint
from plfkit.model.caching import work_out_once
from plfkit.model.records.checking import advise_on_tables, check_tables
from plfkit.model.records.lifetimes import (
    RowDays,
    find_lifetimes,
    list_first_days,
    list_seen_days,
)
from plfkit.model.records.native import NativeTables, Records
from plfkit.model.records.rows import NATIVE_ROWS
from plfkit.model.records.schema import ID, list_column_specs
from plfkit.model.records.tables import Table
from plfkit.model.showing import Display, SelfShowing, count_things
from plfkit.model.words.kinds import Label
from plfkit.model.words.titles import suggest_word
from plfkit.model.words.vocabulary import Vocabulary, load_core_vocabulary
from plfkit.periods import FIRST_YEAR, LAST_YEAR, Period, SchoolYear


@frozen(kw_only=True, repr=False, slots=False)
class Organisation(SelfShowing, NativeTables):
    """Units, people, communities, ties and events over the years, and the vocabulary they speak.

    Two organisations are equal when they hold the same rows, in whatever order they were given, and
    speak the same vocabulary. Build one with `plfkit.read`, `plfkit.from_tables` or
    `Organisation.of`.

    Attributes:
        tables: Every native table by name; each is an attribute too, as in ``organisation.persons``.
        vocabulary: The kinds that the rows name.
        title: What readers should call it, if the data say so.
        synthetic: Whether it is an example and no real municipality.
        advice: What is worth a look in the rows as they were given, though they can be used: each
            with its place and a hint, as faults have them.
    """

    vocabulary: Vocabulary
    title: Label | None = field(default=None)
    synthetic: bool = field(default=False)
    advice: tuple[Fault, ...] = field(default=(), eq=False)
    _INNER: ClassVar[frozenset[str]] = frozenset({"is_told", "lifetimes", "of_checked"})

    @title.validator
    def _check_title_texts(self, _attribute: object, title: Label | None) -> None:
        try:
            for text in () if title is None else (title.da, title.en):
                ID.check(text)
        except (AttributeError, ValueError) as error:
            hint = Hint("cell.title", error=Hint.of(error))
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
            TypeError: Records of another class were given for a table, or there is no such table.
        """
        given = _require_known_tables(records)
        vocabulary = vocabulary or load_core_vocabulary()
        tables = {
            name: _ensure_table(row_type, given.get(name, ()))
            for name, row_type in NATIVE_ROWS.items()
        }
        if faults := check_tables(tables, vocabulary):
            raise InvalidDataError(faults)
        return cls.of_checked(
            tables,
            vocabulary=vocabulary,
            title=title,
            synthetic=synthetic,
            advice=advise_on_tables(tables),
        )

    @classmethod
    def of_checked(
        cls,
        tables: Mapping[str, Table[Any]],
        *,
        vocabulary: Vocabulary,
        title: Label | None = None,
        synthetic: bool = False,
        advice: Iterable[Fault] = (),
    ) -> Organisation:
        """Build an organisation from tables that have passed `plfkit.model.records.checking.check_tables`."""
        ordered = {
            name: tables[name].sorted() if name in tables else Table.empty(row_type)
            for name, row_type in NATIVE_ROWS.items()
        }
        return cls(
            tables=ordered,
            vocabulary=vocabulary,
            title=title,
            synthetic=synthetic,
            advice=tuple(advice),
        )

    def with_(self, **records: Unpack[Records]) -> Organisation:
        """Return an organisation with further rows.

        Args:
            **records: The rows to add to each native table, as in ``ties=[Tie("a", "b", "advice")]``.

        Raises:
            InvalidDataError: The rows, or they together with those already here, break rules. Rows
                are counted from 1, those already here first.
            TypeError: Records of another class were given for a table, or there is no such table.
        """
        added = {
            name: _ensure_table(NATIVE_ROWS[name], rows)
            for name, rows in _require_known_tables(records).items()
        }
        joined = {
            name: table.joined(added[name]) if name in added else table
            for name, table in self.tables.items()
        }
        if faults := check_tables(joined, self.vocabulary):
            raise InvalidDataError(faults)
        ordered = {name: table.sorted() for name, table in joined.items()}
        return evolve(self, tables=ordered, advice=tuple(advise_on_tables(joined)))

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
            fault = Fault("dangling_reference", place, Hint("row.nobody"), person)
            raise InvalidDataError([fault])
        tables = {name: _drop_person_rows(table, person) for name, table in self.tables.items()}
        linked = self.answers.column("respondent").match_text(person)
        return evolve(self, tables={**tables, "answers": self.answers.take(~linked)}, advice=())

    @property
    @work_out_once
    def lifetimes(self) -> Mapping[str, RowDays]:
        """When the rows of each table with an interval hold, no longer than what they belong to."""
        return find_lifetimes(self.tables)

    def in_force(self, table: str, period: Period) -> Flags:
        """Tell for each row of a table whether it is in force on at least one day of a period.

        No row is in force longer than what it belongs to: a position ends with its unit and person,
        a community with its unit, a membership with its community, a unit with the one above it.

        Args:
            table: A native table whose rows have an interval.
            period: The period.
        """
        return self.lifetimes[table].mark_overlap(period)

    @property
    @work_out_once
    def span(self) -> Period:
        """The school years from the first to the latest in which something begins or took place.

        Surveys took place when they were held. Ends choose no year: many are planned. Where nothing
        says when it began it is time without bounds.
        """
        days = _join_days(list_first_days(table) for table in self.tables.values())
        if not len(days):
            return Period()
        return Period(
            _find_school_year(days.min()).period.start, _find_school_year(days.max()).period.end
        )

    @property
    def latest_period(self) -> Period:
        """The latest school year of `span`; time without bounds where that has none."""
        last = self.span.end
        return Period() if last is None else SchoolYear(last.year - 1).period

    @property
    @work_out_once
    def told_from(self) -> date | None:
        """The first day of the first school year that the data tell of; None if nothing has a date.

        It is the first year in which something took place, was asked or was registered, or was there
        for the last time; where there is none, the latest. Of the years before it the data know those
        who are still there, and nobody who has left.
        """
        seen = _join_days(list_seen_days(name, table) for name, table in self.tables.items())
        starts = [self.latest_period.start]
        if len(seen):
            starts.append(_find_school_year(seen.min()).period.start)
        return min(filter(None, starts), default=None)

    def is_told(self, period: Period) -> bool:
        """Tell whether a period reaches into the school years that the data tell of, or beyond them."""
        first = self.told_from
        return first is not None and (period.end is None or first < period.end)

    def _describe_self(self) -> Display:
        sizes = self.list_table_sizes()
        return Display(
            title="data without a title" if self.title is None else self.title.da,
            facts=(
                *(["example"] if self.synthetic else []),
                str(self.span),
                count_things(len(self.persons), "person"),
                count_things(sum(size for _, size in sizes), "row"),
            ),
            head=("table", "rows"),
            rows=sizes,
        )


def _ensure_table(row_type: type, rows: Iterable[Any]) -> Table[Any]:
    """Return records as a table of their class; a table is returned as it is.

    Raises:
        TypeError: The rows are of another class.
    """
    if not isinstance(rows, Table):
        return Table.of(row_type, rows)
    if rows.row_type is not row_type:
        raise TypeError(
            f"a table of {rows.row_type.__name__} was given for one of {row_type.__name__}"
        )
    return rows


def _require_known_tables(records: Records) -> dict[str, Iterable[Any]]:
    given: dict[str, Any] = dict(records)
    for name in given:
        if name not in NATIVE_ROWS:
            hint = suggest_word(name, NATIVE_ROWS) or f"; there are {', '.join(NATIVE_ROWS)}"
            raise TypeError(f"there is no native table {name!r}{hint}")
    return given


def _drop_person_rows(table: Table[Any], person: str) -> Table[Any]:
    kept = np.ones(len(table), np.bool_)
    for spec in list_column_specs(table.row_type):
        if spec.refers_to == "persons" or (
            table.row_type is NATIVE_ROWS["persons"] and spec.name == "id"
        ):
            kept &= ~table.column(spec.name).match_text(person)
    return table if kept.all() else table.take(kept)


def _join_days(of_tables: Iterable[Iterable[Any]]) -> Any:
    known = [days for table in of_tables for days in table]
    return np.concatenate([*known, np.empty(0, "datetime64[D]")])


def _find_school_year(day: Any) -> SchoolYear:
    """Return the school year of a day; the first or last there is where the day lies beyond it."""
    first = SchoolYear.first_of(day.astype(object))
    return SchoolYear(min(max(first, FIRST_YEAR), LAST_YEAR - 1))
