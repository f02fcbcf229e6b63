"""A staff list: a row for each position, into persons, positions and memberships."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import count
from typing import Any

from attrs import define, field

from plfkit.errors import Place
from plfkit.hints import Hint
from plfkit.sources.importing.cutting import say_cell
from plfkit.sources.importing.gathering import GatheredRows
from plfkit.sources.importing.known import HeldPosition, KnownOrganisation
from plfkit.sources.importing.looking import Finder
from plfkit.sources.importing.people import is_nobody, split_name
from plfkit.sources.importing.reading import TakeReader
from plfkit.sources.importing.titles import fold_word

_DECIMALS = 4
_COLUMNS = ("person", "name", "unit", "role", "subject", "valid_from", "valid_to", "community")


@define
class StaffTaker:
    """Takes a staff list.

    Attributes:
        reader: The cells.
        known: Whom and what they can refer to.
        finder: Finds what they refer to.
        rows: Where native rows are gathered.
    """

    reader: TakeReader
    known: KnownOrganisation
    finder: Finder
    rows: GatheredRows
    _made: Iterator[int] = field(factory=lambda: count(1))
    _seen: set[tuple[Any, ...]] = field(factory=set)
    _members: set[tuple[Any, ...]] = field(factory=set)
    _people: set[str] = field(factory=set)
    _units: set[str] = field(factory=set)
    _roles: dict[str, tuple[str, ...]] = field(factory=dict)

    def take_rows(self) -> None:
        """Take every row."""
        reader = self.reader
        texts = {key: reader.list_cells(key) for key in (*_COLUMNS, "also", "community_role")}
        shares = self._list_shares()
        for row in reader.choose_rows():
            cells = {key: column[row] for key, column in texts.items()}
            person = self._take_person(row, cells)
            unit = self.finder.find_unit(row, cells["unit"])
            roles = self._find_roles(row, cells["role"])
            start, end = self._read_days(row, cells)
            share = shares[row] if len(roles) == 1 else None
            if person is None or unit is None or not roles:
                reader.left_out["import.no_position"] += person is not None
                continue
            self._people.add(person)
            self._units.add(unit)
            for role in roles:
                self._take_position(row, (person, unit, role, share, cells["subject"], start, end))
            self._take_membership(row, person, unit, cells, (start, end))
        self._count_gone()

    def _take_person(self, row: int, cells: dict[str, Any]) -> str | None:
        """Return the id of whom a row is about; they are added if they are new."""
        name = say_cell(cells["name"]) or None
        if self.reader.has("person"):
            person = self._find_by_id(row, cells["person"])
        else:
            person = self._find_by_name(row, name)
        if person is None:
            return None
        if person not in self.known.people:
            self.known.people.add_person(person, name)
            self.rows.add_row("persons", self.reader.table.rows[row], id=person, name=name)
        elif name is not None:
            self._compare_name(row, person, name)
        if cells["also"] is not None:
            self.known.people.add_other_name(say_cell(cells["also"]), person)
        return person

    def _find_by_id(self, row: int, cell: Any) -> str | None:
        text = say_cell(cell)
        if not text:
            self.reader.add_fault(
                "missing_value", self.reader.make_place(row, "person"), Hint("cell.blank")
            )
            return None
        decided = self.known.people.decided.get(fold_word(text), text)
        if is_nobody([decided]):
            self.reader.left_out["import.nobodies"] += 1
            return None
        return decided

    def _find_by_name(self, row: int, name: str | None) -> str | None:
        """Return the id of somebody who is known by name only; whoever is new gets one."""
        if name is None:
            place = self.reader.make_place(row, "name")
            self.reader.add_fault("missing_value", place, Hint("cell.blank"))
            return None
        found = self.known.people.find_people(name)
        if not found:
            return self._make_person_id()
        return self.finder.find_person(name, self.reader.make_place(row, "name"))

    def _make_person_id(self) -> str:
        prefix = self.reader.take.id or "p"
        return next(made for n in self._made if (made := f"{prefix}-{n}") not in self.known.people)

    def _compare_name(self, row: int, person: str, name: str) -> None:
        """Refuse rows of one id with different names: one of them is another person's."""
        before = self.known.people.get_name(person)
        if before is None or split_name(before) == split_name(name):
            return
        if person in self.known.people.in_data:
            self.reader.left_out["import.other_name_kept"] += 1
        else:
            place = self.reader.make_place(row, "name")
            self.reader.add_fault("contradiction", place, Hint("import.other_name"), name)

    def _find_roles(self, row: int, cell: Any) -> tuple[str, ...]:
        """Return the roles of a title; none if it is no position."""
        text = say_cell(cell)
        if not text:
            place = self.reader.make_place(row, "role")
            self.reader.add_fault("missing_value", place, Hint("cell.blank"))
            return ()
        if not self._roles.get(text):  # a title that is not known is a fault in every row
            self._roles[text] = tuple(self._mean_title(row, text))
        return self._roles[text]

    def _mean_title(self, row: int, text: str) -> Iterator[str]:
        words = self.reader.take.words.get("role", {})
        parts = [text] if fold_word(text) in words else self.reader.split_cell("role", text)
        for part in parts:
            meaning = words.get(fold_word(part), part)
            for title in meaning if isinstance(meaning, tuple) else (meaning,):
                if title is None:
                    continue
                role = self.known.vocabulary.resolve("roles", str(title))
                if role is None:
                    self.finder.refuse_word(row, "role", "roles", part)
                else:
                    yield role

    def _list_shares(self) -> Sequence[float | None]:
        """Return the share of full time of each row, as it stands or from hours."""
        reader = self.reader
        key = "hours" if reader.has("hours") else "fte"
        cells, wholes = reader.list_meanings(key), reader.list_meanings("full_time")
        return [
            self._read_share(row, key, cell, whole)
            for row, (cell, whole) in enumerate(zip(cells, wholes, strict=True))
        ]

    def _read_share(self, row: int, key: str, cell: Any, whole: Any) -> float | None:
        number = self.reader.read_number(cell, self.reader.make_place(row, key))
        if key == "fte" or number is None:
            return number
        place = self.reader.make_place(row, "full_time")
        hours = self.reader.read_number(whole, place)
        if not hours:
            self.reader.add_fault("missing_value", place, Hint("import.no_full_time"))
            return None
        return round(number / hours, _DECIMALS)

    def _read_days(self, row: int, cells: dict[str, Any]) -> tuple[date | None, date | None]:
        reader = self.reader
        start = reader.read_day(cells["valid_from"], reader.make_place(row, "valid_from"))
        place = reader.make_place(row, "valid_to")
        return start, reader.read_day(cells["valid_to"], place, is_end=True)

    def _take_position(self, row: int, position: tuple[Any, ...]) -> None:
        person, unit, role, share, subject, start, end = position
        if position in self._seen:
            self._refuse_repetition(row, "import.same_row", "import.same_positions")
            return
        self._seen.add(position)
        if not self._may_take(row, "positions", (person, unit, role, start)):
            return
        self.known.positions.append(HeldPosition(person, unit, role, start, end))
        self.rows.add_row(
            "positions",
            self.reader.table.rows[row],
            person=person,
            unit=unit,
            role=role,
            fte=share,
            subject=say_cell(subject) or None,
            valid_from=start,
            valid_to=end,
        )

    def _refuse_repetition(self, row: int, hint: str, count: str) -> None:
        """Refuse a row that is there already, or count it where the mapping says which one counts."""
        if self.reader.take.repeated == "refuse":
            place = Place(self.reader.table.file, self.reader.table.rows[row])
            self.reader.add_fault("duplicate", place, Hint(hint))
        else:
            self.reader.left_out[count] += 1

    def _may_take(self, row: int, table: str, key: tuple[Any, ...]) -> bool:
        """Tell whether a row is taken: it may stand in the data already."""
        if key not in self.known.rows_in_data[table]:
            return True
        if self.reader.take.repeated == "last":
            self.known.replaced[table].add(key)
            self.reader.left_out["import.data_replaced"] += table == "positions"
            return True
        if table == "positions":
            self._refuse_repetition(row, "import.in_data", "import.data_kept")
        return False

    def _count_gone(self) -> None:
        """Count people who hold a position in these units without an end, and are in no row."""
        held = {
            held.person
            for held in self.known.positions
            if held.end is None and held.unit in self._units
        }
        self.reader.left_out["import.no_longer_listed"] += len(held - self._people)

    def _take_membership(
        self,
        row: int,
        person: str,
        unit: str,
        cells: dict[str, Any],
        days: tuple[date | None, date | None],
    ) -> None:
        community = self.finder.find_community(row, cells["community"], unit)
        if community is None or (community, person, *days) in self._members:
            return
        self._members.add((community, person, *days))
        if not self._may_take(row, "memberships", (community, person, days[0])):
            return
        self.rows.add_row(
            "memberships",
            self.reader.table.rows[row],
            community=community,
            person=person,
            role=say_cell(cells["community_role"]) or None,
            valid_from=days[0],
            valid_to=days[1],
        )
