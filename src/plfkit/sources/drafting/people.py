"""Who is known: whether what a cell says is somebody's id or name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from attrs import frozen

from plfkit.model.records.organisation import Organisation
from plfkit.sources.drafting.columns import SeenColumn

_SPACE = re.compile(r"[ ,]+")
_NAME = re.compile(r"[^\W\d_]\S*(?:[ ,]+[^\W\d_]\S*)+")


def fold_person_name(text: str) -> tuple[str, ...]:
    """Return a name as names are compared: case, accents and the order of its parts are nothing."""
    letters = unicodedata.normalize("NFD", text.casefold())
    # The ring of å is no accent: Aa and Å are letters of their own.
    plain = "".join(c for c in letters if not unicodedata.combining(c) or c == "\u030a")
    return tuple(sorted(filter(None, _SPACE.split(plain))))


def looks_like_name(text: str) -> bool:
    """Tell whether a text may be somebody's name: two words or more, each with a capital letter."""
    return _NAME.fullmatch(text) is not None and all(
        word[:1].isupper() for word in _SPACE.split(text) if word
    )


@frozen
class KnownPeople:
    """The ids and names of those who are known already."""

    ids: frozenset[str]
    names: Mapping[tuple[str, ...], str]

    @classmethod
    def of(cls, organisation: Organisation | None) -> KnownPeople:
        """Return those of an organisation; nobody without one."""
        if organisation is None:
            return cls(frozenset(), {})
        persons = organisation.persons
        names = filter(None, persons.column("name").tolist())
        ids = (person.casefold() for person in persons.column("id").tolist())
        return cls(frozenset(ids), {fold_person_name(name): name for name in names})

    def has_person(self, text: str) -> bool:
        """Tell whether a text is somebody's id or name."""
        return text.casefold() in self.ids or fold_person_name(text) in self.names

    def count_found(self, texts: Iterable[str]) -> tuple[int, int]:
        """Return how many of some texts are somebody's, and how many there are."""
        found = [self.has_person(text) for text in texts]
        return sum(found), len(found)

    def know_column(self, column: SeenColumn) -> bool:
        """Tell whether most of what a column says is somebody's."""
        found, all_ = self.count_found(column.answers)
        return found * 2 > all_

    def suggest_nearest(self, text: str) -> str:
        """Return the name that is nearest to a text; the empty text if none is near."""
        close = get_close_matches(text, self.names.values(), n=1)
        return close[0] if close else ""

    @property
    def is_empty(self) -> bool:
        """Whether nobody is known."""
        return not self.ids
