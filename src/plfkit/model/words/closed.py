"""Closed words: words of plfkit's own of which nobody can add one by writing text.

Each sort is an enumeration with one table: what a word means, who may see it, and what readers are
told in Danish and in English. The gate, the sentences, the page and the documentation read that table,
so a word that is added there is known everywhere, and a type checker lists the code that has to choose
what to do with it.
"""

from __future__ import annotations

from contextlib import suppress
from enum import Enum, StrEnum
from typing import Self, TypeVar

from plfkit.model.words.kinds import Label


class Sight(Enum):
    """Who may see a closed word once figures have left."""

    ANYBODY = "anybody"
    """It tells of nobody: neither of an answer nor of how many people there are."""

    WITH_FIGURE = "whoever may see the figure"
    """It tells of what the figure is."""

    WITH_RANGE = "whoever may see the range, or how much was observed"
    """It tells of how many answered, or of how many ties there are."""

    WITH_INTERVAL = "whoever may see intervals"
    """It counts intervals, or says of one what it is worth."""

    NOBODY = "nobody"
    """It says of each person what they answered."""

    FROM_K = "anybody, from k people on"
    """Its count is one of people, or of ties between them."""


W = TypeVar("W", bound="ClosedWord")


class ClosedWord(StrEnum):
    """A word of a closed list: it is its own name, and text in everything that leaves.

    Attributes:
        meaning: When it is used, as a sentence.
        sight: Who may see it.
        words: What readers are told.
    """

    meaning: str
    sight: Sight
    words: Label

    def __new__(cls, word: str, meaning: str, sight: Sight, words: Label) -> Self:
        """Make a word with its row of the table."""
        return make_word(cls, word, meaning, sight, words)

    def __repr__(self) -> str:
        """Write it as the text it is."""
        return str.__repr__(self)

    @classmethod
    def find_word(cls, text: str | None) -> Self | None:
        """Return the word that a text is; None if it is somebody else's, or there is none."""
        with suppress(ValueError):
            return cls(text)  # type: ignore[call-arg,arg-type]  # by its value
        return None


def make_word(kind: type[W], word: str, meaning: str, sight: Sight, words: Label) -> W:
    """Make a word of a list whose table has more columns than these; the list adds them itself."""
    member = str.__new__(kind, word)
    member._value_ = word
    member.meaning, member.sight, member.words = meaning, sight, words
    return member
