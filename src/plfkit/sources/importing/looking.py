"""Finds what a cell refers to, and says what to write in the mapping where it is not clear."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import define, field

from plfkit.errors import Fault, Place
from plfkit.hints import Hint
from plfkit.model.records.checking.nearness import find_near_words
from plfkit.sources.importing.cutting import say_cell
from plfkit.sources.importing.known import KnownOrganisation
from plfkit.sources.importing.people import is_nobody
from plfkit.sources.importing.reading import TakeReader
from plfkit.sources.importing.titles import fold_word


@define
class Finder:
    """Finds persons, units and communities by what the cells of a take call them.

    Attributes:
        reader: The cells.
        known: Whom and what there is.
    """

    reader: TakeReader
    known: KnownOrganisation
    _people: dict[str, str | Hint] = field(factory=dict)

    def find_person(self, cell: Any, place: Place) -> str | None:
        """Return the person whom a cell means; None if it is blank, nobody, or not clear."""
        text = say_cell(cell)
        if not text:
            return None
        if text not in self._people:
            self._people[text] = self._look_up_person(text)
        found = self._people[text]
        if isinstance(found, Hint):
            nearest = self.known.people.find_nearest(text)
            fault = Fault("unknown_name", place, found, text, nearest)
            self.reader.faults.append(fault)
            return None
        if is_nobody([found]):
            self.reader.left_out["import.nobodies"] += 1
            return None
        return found

    def _look_up_person(self, text: str) -> str | Hint:
        found = self.known.people.find_people(text)
        if len(found) == 1:
            (person,) = found
            is_there = person in self.known.people or is_nobody(found)
            return person if is_there else Hint("import.decided_nowhere")
        return Hint("import.several_people", count=len(found)) if found else Hint("import.nobody")

    def find_unit(self, row: int, cell: Any) -> str | None:
        """Return the unit that a cell means."""
        meaning = self._mean_place("unit", cell)
        if meaning is None:
            if cell is None and self.reader.has("unit"):
                place = self.reader.make_place(row, "unit")
                self.reader.add_fault("missing_value", place, Hint("cell.blank"))
            return None
        return self._choose_place(row, "unit", say_cell(meaning), self.known.units.find_places)

    def find_community(self, row: int, cell: Any, unit: str | None) -> str | None:
        """Return the community that a cell means, of a unit if one is known."""
        meaning = self._mean_place("community", cell)
        if meaning is None:
            return None
        return self._choose_place(
            row,
            "community",
            say_cell(meaning),
            lambda text: self.known.find_communities(text, unit),
        )

    def _mean_place(self, key: str, cell: Any) -> Any:
        """Return what a word means, or the cell itself: ids and names need no word."""
        if cell is None or key not in self.reader.take.words:
            return cell
        return self.reader.take.words[key].get(fold_word(say_cell(cell)), cell)

    def _choose_place(self, row: int, key: str, text: str, find: Any) -> str | None:
        found: Sequence[str] = find(text)
        if len(found) == 1:
            return found[0]
        place = self.reader.make_place(row, key)
        if found:
            hint = Hint("import.several_places", count=len(found), name=key)
        else:
            hint = Hint(f"import.no_{key}")
        self.reader.add_fault("unknown_mark", place, hint, text)
        return None

    def refuse_word(self, row: int, key: str, section: str, text: str) -> None:
        """Add the fault of a word that the vocabulary does not know, with what it may mean."""
        near = find_near_words(text, self.known.vocabulary.words(section))
        nearest = Hint("import.nearest", words=near) if near else ""
        hint = Hint("import.unknown_kind", name=key, nearest=nearest)
        self.reader.add_fault("unknown_kind", self.reader.make_place(row, key), hint, text)
