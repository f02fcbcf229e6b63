"""Finds what a cell refers to, and says what to write in the mapping where it is not clear."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from attrs import define, evolve, field

from plfkit.errors import Fault, Place
from plfkit.hints import Hint
from plfkit.model.records.checking.nearness import find_near_words
from plfkit.sources.importing.claiming import ColumnClaim
from plfkit.sources.importing.cutting import say_cell
from plfkit.sources.importing.known import KnownOrganisation
from plfkit.sources.importing.people import is_nobody
from plfkit.sources.importing.reading import TakeReader
from plfkit.sources.importing.titles import fold_word

_SEPARATORS = (";", ",", "|", "/", " ")


@define
class Finder:
    """Finds persons, units and communities by what the cells of a take call them.

    Attributes:
        reader: The cells.
        known: Whom and what there is.
    """

    reader: TakeReader
    known: KnownOrganisation
    _found_people: dict[str, str | Fault] = field(factory=dict)

    def find_person(self, cell: Any, place: Place) -> str | None:
        """Return the person whom a cell means; None if it is blank, nobody, or not clear."""
        text = say_cell(cell)
        if not text:
            return None
        if text not in self._found_people:
            self._found_people[text] = self._look_up_person(text, place)
        found = self._found_people[text]
        if isinstance(found, Fault):
            self.reader.faults.append(evolve(found, place=place))
            return None
        if is_nobody([found]):
            self.reader.left_out["import.nobodies"] += 1
            return None
        return found

    def _look_up_person(self, text: str, place: Place) -> str | Fault:
        """Return the person whom a text means; a fault with the nearest ones if that is not clear."""
        found = self.known.people.find_people(text)
        if len(found) == 1:
            (person,) = found
            is_there = person in self.known.people or is_nobody(found)
            if is_there:
                return person
            return Fault("unknown_name", place, Hint("import.decided_nowhere"), text)
        hint = Hint("import.several_people", count=len(found)) if found else Hint("import.nobody")
        if (sign := self._find_separator(text)) is not None:
            hint = Hint("import.several_names", sign=sign)
        return Fault("unknown_name", place, hint, text, self.known.people.find_nearest(text))

    def _find_separator(self, text: str) -> str | None:
        """Return what evidently stands between several names in a cell; None if nothing does."""
        for sign in _SEPARATORS if "named" not in self.reader.take.split else ():
            parts = [part.strip() for part in text.split(sign) if part.strip()]
            if sign in text and all(len(self.known.people.find_people(p)) == 1 for p in parts):
                return sign
        return None

    def find_colleagues(self) -> Iterator[tuple[ColumnClaim, str]]:
        """Find whose the columns are that are about one colleague each."""
        table = self.reader.table
        seen: set[str] = set()
        for claim in self.reader.claims.columns.get("colleagues", ()):
            place = Place(table.file, table.header, table.letters[claim.position])
            person = self.find_person(claim.star, place)
            if person in seen:
                self.reader.add_fault("duplicate_column", place, Hint("import.colleague_twice"))
            elif person is not None:
                seen.add(person)
                yield claim, person

    def list_units(self, *, is_required: bool = False) -> list[str | None]:
        """Return the unit that each record names."""
        texts = self.reader.list_texts("unit")
        if is_required:
            for row in self.reader.chosen:
                if texts[row] is None:
                    place = self.reader.make_place(row, "unit")
                    self.reader.add_fault("missing_value", place, Hint("cell.blank"))
        return self._list_places(
            "unit", texts, texts, lambda text, _: self.known.units.find_places(text)
        )

    def list_communities(self, units: Sequence[str | None]) -> list[str | None]:
        """Return the community that each record names, among those of its unit if it has one."""
        texts = self.reader.list_texts("community")
        return self._list_places("community", texts, units, self.known.find_communities)

    def _list_places(
        self,
        key: str,
        texts: Sequence[str | None],
        within: Sequence[str | None],
        find: Callable[[str, str | None], Sequence[str]],
    ) -> list[str | None]:
        """Return the place that each text means; what is not clear is added to the faults."""
        known: dict[tuple[str, str | None], str | Hint | None] = {}
        places: list[str | None] = [None] * len(texts)
        for row in self.reader.chosen:
            text = texts[row]
            if text is None:
                continue
            at = (text, within[row])
            if at not in known:
                known[at] = self._choose_place(key, *at, find)
            found = known[at]
            if isinstance(found, Hint):
                place = self.reader.make_place(row, key)
                self.reader.add_fault("unknown_mark", place, found, text)
            else:
                places[row] = found
        return places

    def _choose_place(
        self,
        key: str,
        text: str,
        within: str | None,
        find: Callable[[str, str | None], Sequence[str]],
    ) -> str | Hint | None:
        """Return the place that a text means; None for none; a hint if that is not clear."""
        meaning = self.reader.take.words.get(key, {}).get(fold_word(text), text)
        if meaning is None:
            return None
        found = find(str(meaning), within)
        if len(found) == 1:
            return found[0]
        if found:
            return Hint("import.several_places", count=len(found), name=key)
        return Hint(f"import.no_{key}")

    def refuse_word(self, row: int, key: str, section: str, text: str) -> None:
        """Add the fault of a word that the vocabulary does not know, with what it may mean."""
        near = find_near_words(text, self.known.vocabulary.words(section))
        nearest = Hint("import.nearest", words=near) if near else ""
        hint = Hint("import.unknown_kind", name=key, nearest=nearest)
        if len(near) > 1:
            hint = Hint("import.several_titles", name=key, words=near)
        self.reader.add_fault("unknown_kind", self.reader.make_place(row, key), hint, text)
