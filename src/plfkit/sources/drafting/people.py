"""Who is known: whether what a cell says is somebody's id or name."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import islice

from attrs import field, frozen

from plfkit.model.records.organisation import Organisation
from plfkit.sources.drafting.columns import SeenColumn
from plfkit.sources.importing.people import People

ENOUGH = 500
"""How many different cells are looked at to see what a column holds."""
_NAME = re.compile(r"[^\W\d_]\S*(?:[ ,]+[^\W\d_]\S*)+")
_PARTS = re.compile(r"[ ,]+")


def looks_like_name(text: str) -> bool:
    """Tell whether a text may be somebody's name: two words or more, each with a capital letter.

    >>> looks_like_name("Bodil Bøg"), looks_like_name("Helt enig")
    (True, False)
    """
    words = filter(None, _PARTS.split(text))
    return _NAME.fullmatch(text) is not None and all(word[0].isupper() for word in words)


@frozen
class Acquaintance:
    """The people whom a draft knows: those of the organisation that is to be added to.

    Attributes:
        people: Their ids and names.
        is_empty: Whether nobody is known.
    """

    people: People
    is_empty: bool
    _found: dict[str, bool] = field(factory=dict, init=False)

    @classmethod
    def of(cls, organisation: Organisation | None) -> Acquaintance:
        """Return those of an organisation; nobody without one."""
        people = People()
        persons = () if organisation is None else organisation.persons
        for person in persons:
            people.add_person(person.id, person.name)
        return cls(people, not persons)

    def has_person(self, text: str) -> bool:
        """Tell whether a text is somebody's id or name."""
        if self.is_empty:
            return False
        if text not in self._found:
            self._found[text] = bool(self.people.find_people(text))
        return self._found[text]

    def count_known(self, texts: Collection[str]) -> int:
        """Count the texts that are somebody's id or name."""
        return sum(map(self.has_person, texts))

    def fits_texts(self, texts: Collection[str]) -> bool:
        """Tell whether most of some texts are somebody's: of the first, where there are many."""
        first = list(islice(texts, ENOUGH))
        return self.count_known(first) * 2 > len(first)

    def fits_column(self, column: SeenColumn) -> bool:
        """Tell whether most of what a column says is somebody's."""
        return self.fits_texts(column.answers)
