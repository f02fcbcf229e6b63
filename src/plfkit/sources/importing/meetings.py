"""A list of meetings: a row for each, or for each who was there, into events and participations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from attrs import define, field

from plfkit.errors import Place
from plfkit.hints import Hint
from plfkit.sources.importing.claiming import Claim
from plfkit.sources.importing.cutting import say_cell
from plfkit.sources.importing.gathering import GatheredRows
from plfkit.sources.importing.known import KnownOrganisation
from plfkit.sources.importing.looking import Finder
from plfkit.sources.importing.reading import TakeReader

_MEANT = ("kind", "focus", "artefact", "hours", "headcount", "role")
_PLAIN = ("event", "date", "unit", "community", "person")


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
    _present: set[tuple[str, str, str | None]] = field(factory=set)
    _colleagues: list[tuple[Claim, str]] = field(factory=list)

    def take_rows(self) -> None:
        """Take every row."""
        reader = self.reader
        self._colleagues = list(self._find_colleagues())
        columns = {key: reader.list_meanings(key) for key in _MEANT}
        columns |= {key: reader.list_cells(key) for key in _PLAIN}
        for row in reader.choose_rows():
            cells = {key: column[row] for key, column in columns.items()}
            event = self._take_event(row, cells)
            for person in [] if event is None else self._list_present(row, cells):
                self._take_participation(row, str(event), person, cells["role"])
        self._write_registrations()

    def _find_colleagues(self) -> Iterator[tuple[Claim, str]]:
        table = self.reader.table
        for claim in self.reader.claims.columns.get("colleagues", ()):
            place = Place(table.file, table.header, table.letters[claim.position])
            person = self.finder.find_person(claim.star, place)
            if person is not None:
                yield claim, person

    def _take_event(self, row: int, cells: Mapping[str, Any]) -> str | None:
        """Return the id of a row's meeting; it is added if it is new."""
        reader = self.reader
        place = reader.make_place(row, "date")
        if cells["date"] is None:
            reader.add_fault("missing_value", place, Hint("cell.blank"))
        day = reader.read_day(cells["date"], place, is_iso="date" in reader.take.every)
        if day is None:
            return None
        event = say_cell(cells["event"]) or self._make_event_id(day)
        about = self._describe_event(row, cells, day)
        if self._events.setdefault(event, about) != about:
            place = reader.make_place(row, "event")
            reader.add_fault("contradiction", place, Hint("import.other_meeting"))
        elif self._events[event] is about:
            self.rows.add_row("events", reader.table.rows[row], id=event, **about)
        return event

    def _make_event_id(self, day: date) -> str:
        self._made[day] += 1
        return f"{self.reader.take.id}-{day.isoformat()}-{self._made[day]}"

    def _describe_event(self, row: int, cells: Mapping[str, Any], day: date) -> dict[str, Any]:
        reader = self.reader
        unit = self.finder.find_unit(row, cells["unit"]) if cells["unit"] is not None else None
        numbers = {
            key: reader.read_number(cells[key], reader.make_place(row, key))
            for key in ("hours", "headcount")
        }
        return {
            "kind": say_cell(cells["kind"]) or None,
            "date": day,
            "unit": unit,
            "community": self.finder.find_community(row, cells["community"], unit),
            "focus": say_cell(cells["focus"]) or None,
            **numbers,
            "artefact": say_cell(cells["artefact"]) or None,
        }

    def _list_present(self, row: int, cells: Mapping[str, Any]) -> Iterator[str]:
        """Yield who was there."""
        reader = self.reader
        for claim in reader.claims.columns.get("named", ()):
            place = reader.make_column_place(row, claim)
            for text in reader.split_cell("named", reader.mean_cell("named", row, claim)):
                if (person := self.finder.find_person(text, place)) is not None:
                    yield person
        for claim, person in self._colleagues:
            if self._read_mark(row, claim):
                yield person
        if reader.has("person"):
            place = reader.make_place(row, "person")
            found = self.finder.find_person(cells["person"], place)
            if found is not None:
                yield found

    def _read_mark(self, row: int, claim: Claim) -> bool:
        """Tell whether the cell of a colleague says that they were there."""
        meaning = self.reader.mean_cell("colleagues", row, claim)
        if meaning not in (None, True, False):  # a number says how often, not whether
            place = self.reader.make_column_place(row, claim)
            hint = Hint("import.unknown_word", name="colleagues")
            self.reader.add_fault("unknown_mark", place, hint, meaning)
        return meaning is True

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
        start = reader.read_day(complete.valid_from, place, is_iso=True)
        end = reader.read_day(complete.valid_to, place, is_end=True, is_iso=True)
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
