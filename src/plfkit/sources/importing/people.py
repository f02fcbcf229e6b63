"""Who is meant by what stands in a cell: by id, by what else they are called, or by name.

Case, spacing, the form of accents and the order of first and last name make no difference. Nobody is
found because a name is near.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher, get_close_matches

from attrs import define, field

from plfkit.sources.importing.take import NOBODY
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
    _ids: dict[str, set[str]] = field(factory=dict)
    _others: dict[str, set[str]] = field(factory=dict)
    _named: dict[tuple[str, ...], set[str]] = field(factory=dict)
    _names_by_id: dict[str, str | None] = field(factory=dict)
    _new: list[str] = field(factory=list)

    def add_person(self, person: str, name: str | None) -> None:
        """Add somebody by id and name."""
        self._ids.setdefault(fold_word(person), set()).add(person)
        self._names_by_id.setdefault(person, name)
        self._new.append(person)

    @property
    def named(self) -> Mapping[tuple[str, ...], set[str]]:
        """Everybody by the parts of their name; made when somebody is looked up by name."""
        for person in self._new:
            if name := self._names_by_id[person]:
                self._named.setdefault(split_name(name), set()).add(person)
        self._new.clear()
        return self._named

    def find_ids(self, text: str) -> frozenset[str]:
        """Return the ids that a text is: itself, or those that differ from it in case alone."""
        if text in self._names_by_id:
            return frozenset({text})
        return frozenset(self._ids.get(fold_word(text), ()))

    def add_other_name(self, text: str, person: str) -> None:
        """Add what else somebody is written as: an address, a code; several may share one."""
        self._others.setdefault(fold_word(text), set()).add(person)

    def get_name(self, person: str) -> str | None:
        """Return the name of somebody who is known."""
        return self._names_by_id.get(person)

    def __contains__(self, person: object) -> bool:
        return person in self._names_by_id

    def find_people(self, text: str) -> frozenset[str]:
        """Return whom a text means: one person where it is clear, `NOBODY` where that was decided."""
        folded = fold_word(text)
        if folded in self.decided:
            return frozenset({self.decided[folded]})
        if found := self.find_ids(text) or self._others.get(folded):
            return frozenset(found)
        return frozenset(self.named.get(split_name(text), ()))

    def find_nearest(self, text: str) -> tuple[str, ...]:
        """Return the names that are most like a text, each with its id, for a person to choose from."""
        parts, named = split_name(text), self.named
        people = {
            " ".join(key): key
            for key in named
            if len(named) <= _FEW or not set(parts).isdisjoint(key)
        }
        close = get_close_matches(" ".join(parts), people, n=_NEAREST, cutoff=_CLOSENESS)
        sharing = [name for name in people if not set(parts).isdisjoint(people[name])]
        sharing.sort(key=lambda name: -SequenceMatcher(None, " ".join(parts), name).ratio())
        nearest = [*dict.fromkeys([*close, *sharing])][:_NEAREST]
        return tuple(
            f"{self._names_by_id[person]} ({person})"
            for name in nearest
            for person in sorted(named[people[name]])
        )


def split_name(name: str) -> tuple[str, ...]:
    """Return the parts of a name, begun where they sort first: Bøg, Bodil is Bodil Bøg.

    The last name may stand first, however many parts it has; Anne Marie is not Marie Anne.

    >>> split_name("Bøg,  Bodil Marie") == split_name("bodil marie bøg")
    True
    >>> split_name("Anne Marie Bøg") == split_name("Marie Anne Bøg")
    False
    """
    parts = tuple(filter(None, _PARTS.split(fold_word(name))))
    return min((parts[n:] + parts[:n] for n in range(len(parts))), default=())


def is_nobody(people: Iterable[str]) -> bool:
    """Tell whether it was decided that a name means nobody."""
    return NOBODY in people
