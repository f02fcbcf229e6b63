"""Whom the rows of a staff list are about: people who are known, and people who are new."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from attrs import define, field

from plfkit.hints import Hint
from plfkit.sources.importing.gathering import GatheredRows
from plfkit.sources.importing.looking import Finder
from plfkit.sources.importing.people import People, split_name
from plfkit.sources.importing.reading import TakeReader
from plfkit.sources.importing.titles import fold_word


@define
class StaffPeople:
    """Finds whom rows are about, by id or by name, and adds those who are new.

    Attributes:
        finder: Finds who is known.
        rows: Where native rows are gathered.
    """

    finder: Finder
    rows: GatheredRows
    _made: Iterator[int] = field(factory=lambda: count(1))
    _made_people: set[str] = field(factory=set)
    _listed: dict[str, str | None] = field(factory=dict)

    @property
    def _take_reader(self) -> TakeReader:
        return self.finder.reader

    @property
    def _known_people(self) -> People:
        return self.finder.known.people

    def gather_names(self, persons: Sequence[str | None], names: Sequence[str | None]) -> None:
        """Note the name of each id of the list: of several the first that is given."""
        for row in reversed(self._take_reader.chosen):
            if (person := persons[row]) is not None:
                name = names[row] or self._listed.get(fold_word(person))
                self._listed[fold_word(person)] = name

    def take_person(
        self, row: int, text: str | None, name: str | None, other: str | None
    ) -> str | None:
        """Return the id of whom a row is about; they are added if they are new."""
        find = self._find_by_id if self._take_reader.has("person") else self._find_by_name
        person = find(row, text if self._take_reader.has("person") else name)
        if person is None:
            return None
        if person not in self._known_people:
            name = name or self._listed.get(fold_word(person))
            self._known_people.add_person(person, name)
            self.rows.add_row("persons", self._take_reader.table.rows[row], id=person, name=name)
        elif name is not None:
            self._compare_name(row, person, name)
        if other is not None:
            self._known_people.add_other_name(other, person)
        return person

    def _find_by_id(self, row: int, text: str | None) -> str | None:
        """Return the id of whom a row is about, as it is known or as it stands there if it is new."""
        people = self._known_people
        if text is not None and not people.decided and not people.find_ids(text):
            return text  # as it is with most rows of most lists
        place = self._take_reader.make_place(row, "person")
        if text is None:
            self._take_reader.refuse_blank(row, "person")
            return None
        decided = people.decided.get(fold_word(text))
        if decided is None:
            return self.finder.find_person(text, place) if people.find_ids(text) else text
        if decided not in people and fold_word(decided) in self._listed:
            return decided
        return self.finder.find_person(text, place)

    def _find_by_name(self, row: int, name: str | None) -> str | None:
        """Return the id of somebody who is known by name only; whoever is new gets one."""
        place = self._take_reader.make_place(row, "name")
        if name is None:
            self._take_reader.refuse_blank(row, "name")
            return None
        if not self._known_people.find_people(name):
            made = self._make_person_id()
            self._made_people.add(made)
            return made
        person = self.finder.find_person(name, place)
        if person in self._made_people and self._take_reader.take.namesakes == "refuse":
            self._take_reader.add_fault("ambiguous", place, Hint("import.namesakes"), name)
        return person

    def _make_person_id(self) -> str:
        prefix = self._take_reader.take.id or "p"
        return next(made for n in self._made if (made := f"{prefix}-{n}") not in self._known_people)

    def _compare_name(self, row: int, person: str, name: str) -> None:
        """Refuse rows of one id with different names: one of them is another person's."""
        before = self._known_people.get_name(person)
        if before is not None and split_name(before) == split_name(name):
            return
        if before is None:
            self._take_reader.left_out["import.name_not_added"] += 1
        elif person in self._known_people.in_data:
            self._take_reader.left_out["import.other_name_kept"] += 1
        else:
            place = self._take_reader.make_place(row, "name")
            self._take_reader.add_fault("contradiction", place, Hint("import.other_name"), name)
