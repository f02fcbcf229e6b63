"""Who is meant by an id or a name that somebody wrote by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import frozen

from plfkit.sources.mapping import normalise_words
from plfkit.sources.template.values import spell_id


@frozen
class PersonFinder:
    """Finds people by their ids, else by their names.

    Case, spacing, the form of accents, and whether first or last names come first do not matter.
    Nobody is found because a name is merely near.
    """

    ids: frozenset[str]
    names: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, people: Iterable[tuple[Any, Any]]) -> PersonFinder:
        """Return what finds people of whom ids and names are given, as cells; several times is once."""
        names: dict[str, dict[str, None]] = {}
        ids: dict[str, None] = {}
        for cell, name in people:
            person = spell_person(cell)
            ids[person] = None
            if name is not None:
                names.setdefault(fold_name(str(name)), {})[person] = None
        return cls(frozenset(ids), {name: tuple(found) for name, found in names.items()})

    def find_ids(self, cell: Any) -> tuple[str, ...]:
        """Return the ids of those whom a cell may mean: one of them, several, or none."""
        person = spell_person(cell)
        return (person,) if person in self.ids else self.names.get(fold_name(person), ())


def spell_person(cell: Any) -> str:
    """Return a cell as an id is compared."""
    return normalise_words(str(spell_id(cell)))


def fold_name(name: str) -> str:
    """Return a name as it is compared: the same for ``Bo Holm Lund``, ``Holm Lund, Bo`` and ``LUND Bo Holm``.

    >>> fold_name("Lund, Bo") == fold_name("bo  lund")
    True
    >>> fold_name("Bo Ib Lund") == fold_name("Ib Bo Lund")
    False
    """
    words = normalise_words(name.replace(",", " ")).casefold().split()
    # Whichever word is put first, the others follow in their order: of these the first by alphabet.
    turns = (words[place:] + words[:place] for place in range(len(words)))
    return " ".join(min(turns, default=[]))
