"""A list of meetings: a row for each, or for each who was there, into events and participations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from attrs import define, field

from plfkit.errors import Place
from plfkit.hints import Hint
from plfkit.sources.importing.claiming import ColumnClaim
from plfkit.sources.importing.cutting import say_cell
from plfkit.sources.importing.gathering import GatheredRows
from plfkit.sources.importing.known import KnownOrganisation
from plfkit.sources.importing.looking import Finder
from plfkit.sources.importing.reading import TakeReader


@define
class MeetingTaker:
    """Takes a list of meetings.

    Attributes:
        reader: The cells.
        known: Whom and what they can refer to.
        finder: Finds what they refer to.
        rows: Where native rows are gathered.
        declared: Where those are gathered that are the mapping's own.
    """

    reader: TakeReader
    known: KnownOrganisation
    finder: Finder
    rows: GatheredRows
    declared: GatheredRows
    _made: Counter[date] = field(factory=Counter)
    _events: dict[str, dict[str, Any]] = field(factory=dict)
    _said: set[tuple[Any, ...]] = field(factory=set)
    _present: set[tuple[str, str, str | None]] = field(factory=set)

    def take_rows(self) -> None:
        """Take every row."""
        reader = self.reader
        columns = {key: reader.list_meanings(key) for key in ("kind", "focus", "artefact", "role")}
        columns |= {key: reader.list_numbers(key) for key in ("hours", "headcount")}
        columns |= {key: reader.list_words(key) for key in ("event", "person")}
        columns["date"] = reader.list_days("date")
        columns["unit"] = self.finder.list_units()
        columns["community"] = self.finder.list_communities(columns["unit"])
        present = self._read_present_columns()
        for row in reader.chosen:
            cells = {key: column[row] for key, column in columns.items()}
            event = self._take_event(row, cells)
            for person in [] if event is None else self._list_present(row, cells, present):
                self._take_participation(row, str(event), person, cells["role"])
        self._write_registrations()

    def _read_present_columns(self) -> list[tuple[ColumnClaim, str | None, list[Any]]]:
        """Read the columns that tell who was there, each with whose it is, if one person's."""
        reader = self.reader
        named = reader.claims.columns.get("named", ())
        columns: list[tuple[ColumnClaim, str | None, list[Any]]] = [
            (claim, None, reader.list_claim_meanings("named", claim)) for claim in named
        ]
        for claim, person in self.finder.find_colleagues():
            columns.append((claim, person, reader.list_claim_meanings("colleagues", claim)))
        return columns

    def _take_event(self, row: int, cells: Mapping[str, Any]) -> str | None:
        """Return the id of a row's meeting; it is added if it is new."""
        reader, day = self.reader, cells["date"]
        if day is None:
            if reader.list_texts("date")[row] is None:
                place = reader.make_place(row, "date")
                reader.add_fault("missing_value", place, Hint("cell.blank"))
            return None
        event = cells["event"]
        if event is None and reader.has("event"):
            reader.refuse_blank(row, "event")
            return None
        about = _describe_event(cells)
        if event is None:
            self._refuse_second_person(row, about)
            event = self._make_event_id(day)
        if self._events.setdefault(event, about) != about:
            place = reader.make_place(row, "event")
            reader.add_fault("contradiction", place, Hint("import.other_meeting"))
        elif self._events[event] is about:
            self.rows.add_row("events", reader.table.rows[row], id=event, **about)
        return str(event)

    def _refuse_second_person(self, row: int, about: Mapping[str, Any]) -> None:
        """Refuse rows of one person each that may be one meeting, where no id tells."""
        said = tuple(about.values())
        if self.reader.has("person") and said in self._said:
            place = self.reader.make_place(row, "person")
            self.reader.add_fault("ambiguous", place, Hint("import.same_meeting"))
        self._said.add(said)

    def _make_event_id(self, day: date) -> str:
        self._made[day] += 1
        return f"{self.reader.take.id}-{day.isoformat()}-{self._made[day]}"

    def _list_present(
        self,
        row: int,
        cells: Mapping[str, Any],
        columns: Sequence[tuple[ColumnClaim, str | None, Sequence[Any]]],
    ) -> Iterator[str]:
        """Yield who was there."""
        for claim, whose, marks in columns:
            place = self.reader.make_column_place(row, claim)
            if whose is not None:
                if self._is_present(marks[row], place):
                    yield whose
                continue
            for text in self.reader.meanings.split_cell("named", marks[row]):
                if (person := self.finder.find_person(text, place)) is not None:
                    yield person
        found = self.finder.find_person(cells["person"], self.reader.make_place(row, "person"))
        if found is not None:
            yield found

    def _is_present(self, mark: Any, place: Place) -> bool:
        """Tell whether a mark in a colleague's column says that they were there."""
        if mark not in (None, True, False):  # a number says how often, not whether
            hint = Hint("import.unknown_word", name="colleagues")
            self.reader.add_fault("unknown_mark", place, hint, mark)
        return mark is True

    def _take_participation(self, row: int, event: str, person: str, role: Any) -> None:
        known = (event, person, say_cell(role) or None)
        if known not in self._present:
            self._present.add(known)
            cells = dict(zip(("event", "person", "role"), known, strict=True))
            self.rows.add_row("participations", self.reader.table.rows[row], **cells)

    def _write_registrations(self) -> None:
        complete, reader = self.reader.take.complete, self.reader
        if complete is None:
            return
        place = Place(reader.table.file)
        start = reader.read_own_day(complete.valid_from, place)
        end = reader.read_own_day(complete.valid_to, place, is_end=True)
        for kind in complete.kinds:
            self.declared.add_row(
                "registrations",
                None,
                unit=complete.unit,
                of="events",
                kind=kind,
                complete=True,
                valid_from=start,
                valid_to=end,
            )


def _describe_event(cells: Mapping[str, Any]) -> dict[str, Any]:
    """Return the cells of a row of events, but for its id."""
    texts = {key: say_cell(cells[key]) or None for key in ("kind", "focus", "artefact")}
    rest = {key: cells[key] for key in ("date", "unit", "community", "hours", "headcount")}
    return {**texts, **rest}
