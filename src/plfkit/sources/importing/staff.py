"""A staff list: a row for each position, into persons, positions and memberships."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from math import inf
from typing import Any

from attrs import define, field

from plfkit.errors import Place
from plfkit.hints import Hint
from plfkit.sources.importing.gathering import MAPPING, GatheredRows
from plfkit.sources.importing.known import HeldPosition, KnownOrganisation
from plfkit.sources.importing.looking import Finder
from plfkit.sources.importing.reading import TakeReader
from plfkit.sources.importing.staff_people import StaffPeople
from plfkit.sources.importing.titles import fold_word

_DECIMALS = 4


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
    _seen: set[tuple[Any, ...]] = field(factory=set)
    _members: set[tuple[Any, ...]] = field(factory=set)
    _listed_people: set[str] = field(factory=set)
    _units: set[str] = field(factory=set)
    _held: list[HeldPosition] = field(factory=list)

    def take_rows(self) -> None:
        """Take every row."""
        columns = self._read_columns()
        people = StaffPeople(self.finder, self.rows)
        people.gather_names(columns["person"], columns["name"])
        told_on = self.reader.read_own_day(self.reader.take.as_of, Place(MAPPING, None, "as_of"))
        resolve = self.known.vocabulary.resolve
        self.reader.refuse_labels("role", lambda label: resolve("roles", label) is not None)
        for row in self.reader.chosen:
            cells = {key: column[row] for key, column in columns.items()}
            person = people.take_person(row, cells["person"], cells["name"], cells["also"])
            self._take_row(row, person, cells, told_on)
        self._count_gone()
        self._replace_positions()

    def _read_columns(self) -> dict[str, Sequence[Any]]:
        """Return what every row says, by key."""
        reader = self.reader
        columns: dict[str, Sequence[Any]]
        columns = {key: reader.list_words(key) for key in ("person", "name", "also")}
        columns["unit"] = self.finder.list_units(is_required=True)
        columns["roles"] = self._list_roles()
        columns["share"] = self._list_shares()
        columns["subject"] = reader.list_words("subject")
        columns["start"] = reader.list_days("valid_from")
        columns["end"] = reader.list_days("valid_to", is_end=True)
        columns["community"] = self.finder.list_communities(columns["unit"])
        columns["community_role"] = reader.list_words("community_role")
        self._refuse_roles_of_no_team(columns["community_role"])
        return columns

    def _take_row(
        self, row: int, person: str | None, cells: Mapping[str, Any], told_on: date | None
    ) -> None:
        """Take the positions and the membership of whom a row is about."""
        left_out = self.reader.left_out
        unit, roles = cells["unit"], cells["roles"]
        if person is None or unit is None or not roles:
            left_out["import.no_position"] += person is not None
            return
        self._listed_people.add(person)
        self._units.add(unit)
        start, end = cells["start"], cells["end"]
        # Nobody knows how a share of several positions is shared between them.
        share = cells["share"] if len(roles) == 1 else None
        left_out["import.shares_of_several"] += share != cells["share"]
        for role in roles:
            self._take_position(row, (person, unit, role, share, cells["subject"], start, end))
        if cells["community"] is None:
            return
        if told_on is not None and end is not None and end <= told_on:
            left_out["import.left_before_list"] += (
                1  # and so were out of the team on the list's day
            )
            return
        since = max((day for day in (start, told_on) if day), default=None)
        self._take_membership(
            row, (cells["community"], person, cells["community_role"], since, end)
        )

    def _list_roles(self) -> list[tuple[str, ...]]:
        """Return the roles of the title in each row; none where it is no position."""
        known: dict[str, tuple[str, ...] | list[str]] = {}
        titles = self.reader.list_texts("role")
        found: list[tuple[str, ...]] = [()] * len(titles)
        for row in self.reader.chosen:
            title = titles[row]
            if title is None:
                place = self.reader.make_place(row, "role")
                self.reader.add_fault("missing_value", place, Hint("cell.blank"))
                continue
            if title not in known:
                known[title] = self._mean_title(title)
            roles = known[title]
            if isinstance(roles, tuple):
                found[row] = roles
                continue
            for unknown in roles:
                self.finder.refuse_word(row, "role", "roles", unknown)
        return found

    def _mean_title(self, title: str) -> tuple[str, ...] | list[str]:
        """Return the roles that a title means; a list of its parts that nobody knows, if there are any."""
        words = self.reader.take.words.get("role", {})
        parts = (
            [title] if fold_word(title) in words else self.reader.meanings.split_cell("role", title)
        )
        meanings: dict[str, str | None] = {}
        for part in parts:
            meaning = words.get(fold_word(part), part)
            for word in meaning if isinstance(meaning, tuple) else (meaning,):
                if word is not None:
                    meanings[str(word)] = self.known.vocabulary.resolve("roles", str(word))
        unknown = [word for word, role in meanings.items() if role is None]
        return unknown or tuple(dict.fromkeys(role for role in meanings.values() if role))

    def _list_shares(self) -> Sequence[float | None]:
        """Return the share of full time of each row, as it stands or from hours."""
        reader = self.reader
        if not reader.has("hours"):
            return reader.list_numbers("fte")
        hours, wholes = reader.list_numbers("hours"), reader.list_numbers("full_time")
        shares: list[float | None] = [None] * len(hours)
        for row in reader.chosen:
            if hours[row] is None:
                continue
            if wholes[row] is None or not 0 < wholes[row] < inf:
                place = reader.make_place(row, "full_time")
                reader.add_fault("missing_value", place, Hint("import.no_full_time"))
                continue
            shares[row] = round(hours[row] / wholes[row], _DECIMALS)
        return shares

    def _take_position(self, row: int, position: tuple[Any, ...]) -> None:
        person, unit, role, share, subject, start, end = position
        if position in self._seen:
            self._refuse_repetition(row, "import.same_row", "import.same_positions")
            return
        self._seen.add(position)
        if not self._may_take(row, (person, unit, role, start)):
            return
        self._held.append(HeldPosition(person, unit, role, start, end))
        self.rows.add_row(
            "positions",
            self.reader.table.rows[row],
            person=person,
            unit=unit,
            role=role,
            fte=share,
            subject=subject,
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

    def _may_take(self, row: int, key: tuple[Any, ...]) -> bool:
        """Tell whether a position is taken: it may stand in the data already."""
        if key not in self.known.positions_in_data:
            return True
        if self.reader.take.repeated == "last":
            self.known.replaced["positions"].add(key)
            self.reader.left_out["import.data_replaced"] += 1
            return True
        self._refuse_repetition(row, "import.in_data", "import.data_kept")
        return False

    def _may_join(self, row: int, membership: tuple[Any, ...]) -> bool:
        """Tell whether a membership is taken: one that stands in the data is not taken again."""
        community, person, role, start, end = membership
        key = (community, person, start)
        if self.known.members_in_data.get(key, (role, end)) == (role, end):
            return key not in self.known.members_in_data
        if self.reader.take.repeated == "last":
            self.known.replaced["memberships"].add(key)
            self.reader.left_out["import.memberships_replaced"] += 1
            return True
        self._refuse_repetition(row, "import.member_in_data", "import.memberships_kept")
        return False

    def _refuse_roles_of_no_team(self, roles: Sequence[str | None]) -> None:
        """Refuse a role in a team where no team stands beside it."""
        teams = self.reader.list_texts("community")
        for row in self.reader.chosen:
            if roles[row] is not None and teams[row] is None:
                place = self.reader.make_place(row, "community_role")
                self.reader.add_fault("missing_value", place, Hint("import.role_of_no_team"))

    def _replace_positions(self) -> None:
        """Make the positions of the list known, in place of those that give way to them."""
        replaced = self.known.replaced["positions"]
        kept = (
            h for h in self.known.positions if (h.person, h.unit, h.role, h.start) not in replaced
        )
        self.known.positions = [*kept, *self._held]

    def _count_gone(self) -> None:
        """Count people who hold a position in these units without an end, and are in no row."""
        held = {
            held.person
            for held in self.known.positions
            if held.end is None and held.unit in self._units
        }
        self.reader.left_out["import.no_longer_listed"] += len(held - self._listed_people)

    def _take_membership(self, row: int, membership: tuple[Any, ...]) -> None:
        community, person, role, start, end = membership
        if membership in self._members or not self._may_join(row, membership):
            return
        self._members.add(membership)
        self.rows.add_row(
            "memberships",
            self.reader.table.rows[row],
            community=community,
            person=person,
            role=role,
            valid_from=start,
            valid_to=end,
        )
