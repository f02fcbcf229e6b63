"""Who is meant by what stands in a cell: by id, by what else they are called, or by name.

Case, spacing, the form of accents and the order of first and last name make no difference. Nobody is
found because a name is near.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher, get_close_matches

from attrs import define, field

from plfkit.sources.importing.language import NOBODY
from plfkit.sources.importing.titles import fold_word

_PARTS = re.compile(r"[ ,]+")
_NEAREST = 3
_CLOSENESS = 0.6
_FEW = 2000
"""Up to so many names each is compared letter by letter; of more only those that share a part."""


@define
class People:
    """Everybody who is known so far, and how they are called.

    Attributes:
        decided: What the table of names says: whom a text means, or that it is nobody.
        in_data: Those who were there before anything was read.
    """

    decided: Mapping[str, str] = field(factory=dict)
    in_data: set[str] = field(factory=set)
    _ids: dict[str, str] = field(factory=dict)
    _others: dict[str, str] = field(factory=dict)
    _named: dict[tuple[str, ...], set[str]] = field(factory=dict)
    _names: dict[str, str | None] = field(factory=dict)

    def add_person(self, person: str, name: str | None) -> None:
        """Add somebody by id and name."""
        self._ids.setdefault(fold_word(person), person)
        self._names.setdefault(person, name)
        if name:
            self._named.setdefault(split_name(name), set()).add(person)

    def add_other_name(self, text: str, person: str) -> None:
        """Add what else somebody is written as: an address, a code."""
        self._others[fold_word(text)] = person

    def get_name(self, person: str) -> str | None:
        """Return the name of somebody who is known."""
        return self._names.get(person)

    def __contains__(self, person: object) -> bool:
        return person in self._names

    def find_people(self, text: str) -> frozenset[str]:
        """Return whom a text means: one person where it is clear, `NOBODY` where that was decided."""
        folded = fold_word(text)
        for known in (self.decided, self._ids, self._others):
            if folded in known:
                return frozenset({known[folded]})
        return frozenset(self._named.get(split_name(text), ()))

    def find_nearest(self, text: str) -> tuple[str, ...]:
        """Return the names that are most like a text, for a person to choose from."""
        parts = set(split_name(text))
        sharing = {
            name
            for key, people in self._named.items()
            if len(self._named) <= _FEW or parts.intersection(key)
            for name in (self._names[person] for person in people)
            if name
        }
        folded = {fold_word(name): name for name in sorted(sharing)}
        close = get_close_matches(fold_word(text), folded, n=_NEAREST, cutoff=_CLOSENESS)
        shared = [
            word for word in folded if word not in close and parts.intersection(split_name(word))
        ]
        shared.sort(key=lambda word: -SequenceMatcher(None, fold_word(text), word).ratio())
        return tuple(folded[word] for word in [*close, *shared][:_NEAREST])


def split_name(name: str) -> tuple[str, ...]:
    """Return the parts of a name in a fixed order: Bøg, Bodil is Bodil Bøg.

    >>> split_name("Bøg,  Bodil") == split_name("bodil bøg")
    True
    """
    return tuple(sorted(filter(None, _PARTS.split(fold_word(name)))))


def is_nobody(people: Iterable[str]) -> bool:
    """Tell whether it was decided that a name means nobody."""
    return NOBODY in people
