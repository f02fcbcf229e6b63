"""Words as people write them: ids of kinds, titles whatever their spelling, and what was meant."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

from plfkit.hints import Hint

_KIND_ID = re.compile(r"[a-z][a-z0-9_]*")
_BETWEEN_LETTERS = re.compile(r"[\s.\-\u2010\u2011\u2013]+")
"""Spaces, full stops, hyphens and the dash that is taken for one."""


def is_kind_id(text: str) -> bool:
    """Tell whether a text can be the id of a kind: lower-case letters, digits and underscores."""
    return _KIND_ID.fullmatch(text) is not None


def normalise_title(title: str) -> str:
    """Fold case and white space, so that titles compare as people read them."""
    return " ".join(title.split()).casefold()


def join_title(title: str) -> str:
    """Fold a title further, without spaces, hyphens and full stops: no letter is lost.

    >>> join_title("Afd.-leder") == join_title("AFD. LEDER") == "afdleder"
    True
    """
    return _BETWEEN_LETTERS.sub("", title).casefold()


def suggest_word(word: str, known: Iterable[str], *, closeness: float = 0.6) -> str:
    """Return ``', did you mean "advice"?'`` for a near miss, else the empty text.

    Args:
        word: What was written.
        known: What could have been meant.
        closeness: How alike the two must be, 1 being the same.
    """
    close = get_close_matches(word, list(known), n=1, cutoff=closeness)
    return Hint("near.word", word=close[0]).say() if close else ""


def hint_at_word(word: str, known: Iterable[str]) -> Hint | None:
    """Return the same as a hint; None without a near miss."""
    close = get_close_matches(word, list(known), n=1)
    return Hint("near.word", word=close[0]) if close else None


def hint_at_choice(word: object, known: Iterable[str]) -> Hint:
    """Return the near miss as a hint; without one, all that there is to choose from."""
    names = tuple(known)
    if not names:
        return Hint("near.there_are_none")
    return hint_at_word(str(word), names) or Hint("near.there_are", names=names)
