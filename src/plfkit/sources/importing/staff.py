"""A staff list: a row for each position, into persons, positions and memberships."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import count
from math import inf
from typing import Any

from attrs import define, field

from plfkit.errors import Place
from plfkit.hints import Hint
from plfkit.sources.importing.gathering import MAPPING, GatheredRows
from plfkit.sources.importing.known import HeldPosition, KnownOrganisation
from plfkit.sources.importing.looking import Finder
from plfkit.sources.importing.people import split_name
from plfkit.sources.importing.reading import TakeReader
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
    _made: Iterator[int] = field(factory=lambda: count(1))
    _seen: set[tuple[Any, ...]] = field(factory=set)
    _members: set[tuple[Any, ...]] = field(factory=set)
    _people: set[str] = field(factory=set)
    _made_people: set[str] = field(factory=set)
    _units: set[str] = field(factory=set)
    _listed: dict[str, str | None] = field(factory=dict)
    _held: list[HeldPosition] = field(factory=list)

    def take_rows(self) -> None:
        """Take every row."""
        columns = self._read_columns()
        told_on = self.reader.read_own_day(self.reader.take.as_of, Place(MAPPING, None, "as_of"))
        resolve = self.known.vocabulary.resolve
        self.reader.refuse_labels("role", lambda label: resolve("roles", label) is not None)
        for row in self.reader.chosen:
            self._take_row(row, {key: column[row] for key, column in columns.items()}, told_on)
        self._count_gone()
        self._replace_positions()

    def _read_columns(self) -> dict[str, Sequence[Any]]:
        """Return what every row says, by key."""
        reader = self.reader
        columns: dict[str, Sequence[Any]]
        columns = {key: reader.list_words(key) for key in ("person", "name", "also")}
        self._list_names(columns["person"], columns["name"])
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

    def _list_names(self, persons: Sequence[str | None], names: Sequence[str | None]) -> None:
        """Note the name of each id of the list: of several the first that is given."""
        for row in reversed(self.reader.chosen):
            if (person := persons[row]) is not None:
                name = names[row] or self._listed.get(fold_word(person))
                self._listed[fold_word(person)] = name

    def _take_row(self, row: int, cells: Mapping[str, Any], told_on: date | None) -> None:
        """Take the person of a row, their positions and their membership."""
        left_out = self.reader.left_out
        person = self._take_person(row, cells["person"], cells["name"], cells["also"])
        unit, roles = cells["unit"], cells["roles"]
        if person is None or unit is None or not roles:
            left_out["import.no_position"] += person is not None
            return
        self._people.add(person)
        self._units.add(unit)
        start, end = cells["start"], cells["end"]
        # Nobody knows how a share of several positions is shared between them.
        share = cells["share"] if len(roles) == 1 else None
        left_out["import.shares_of_several"] += share != cells["share"]
        for role in roles:
            self._take_position(row, (person, unit, role, share, cells["subject"], start, end))
        if cells["community"] is not None:
            since = max((day for day in (start, told_on) if day), default=None)
            self._take_membership(
                row, (cells["community"], person, cells["community_role"], since, end)
            )

    def _take_person(
        self, row: int, text: str | None, name: str | None, other: str | None
    ) -> str | None:
        """Return the id of whom a row is about; they are added if they are new."""
        find = self._find_by_id if self.reader.has("person") else self._find_by_name
        person = find(row, text if self.reader.has("person") else name)
        if person is None:
            return None
        if person not in self.known.people:
            name = name or self._listed.get(fold_word(person))
            self.known.people.add_person(person, name)
            self.rows.add_row("persons", self.reader.table.rows[row], id=person, name=name)
        elif name is not None:
            self._compare_name(row, person, name)
        if other is not None:
            self.known.people.add_other_name(other, person)
        return person

    def _find_by_id(self, row: int, text: str | None) -> str | None:
        """Return the id of whom a row is about, as it is known or as it stands there if it is new."""
        people = self.known.people
        if text is not None and not people.decided and not people.find_ids(text):
            return text  # as it is with most rows of most lists
        place = self.reader.make_place(row, "person")
        if text is None:
            self.reader.refuse_blank(row, "person")
            return None
        decided = people.decided.get(fold_word(text))
        if decided is None:
            return self.finder.find_person(text, place) if people.find_ids(text) else text
        if decided not in people and fold_word(decided) in self._listed:
            return decided
        return self.finder.find_person(text, place)

    def _find_by_name(self, row: int, name: str | None) -> str | None:
        """Return the id of somebody who is known by name only; whoever is new gets one."""
        place = self.reader.make_place(row, "name")
        if name is None:
            self.reader.refuse_blank(row, "name")
            return None
        if not self.known.people.find_people(name):
            made = self._make_person_id()
            self._made_people.add(made)
            return made
        person = self.finder.find_person(name, place)
        if person in self._made_people and self.reader.take.namesakes == "refuse":
            self.reader.add_fault("ambiguous", place, Hint("import.namesakes"), name)
        return person

    def _make_person_id(self) -> str:
        prefix = self.reader.take.id or "p"
        return next(made for n in self._made if (made := f"{prefix}-{n}") not in self.known.people)

    def _compare_name(self, row: int, person: str, name: str) -> None:
        """Refuse rows of one id with different names: one of them is another person's."""
        before = self.known.people.get_name(person)
        if before is not None and split_name(before) == split_name(name):
            return
        if before is None:
            self.reader.left_out["import.name_not_added"] += 1
        elif person in self.known.people.in_data:
            self.reader.left_out["import.other_name_kept"] += 1
        else:
            place = self.reader.make_place(row, "name")
            self.reader.add_fault("contradiction", place, Hint("import.other_name"), name)

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
        self.reader.left_out["import.no_longer_listed"] += len(held - self._people)

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
