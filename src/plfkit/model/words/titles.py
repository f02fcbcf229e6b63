"""Words as people write them: ids of kinds, titles whatever their spelling, and what was meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
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
        known: What could have been meant; kinds by their ids are known by label and alias too.
        closeness: How alike the two must be, 1 being the same.
    """
    near = _find_meant_word(word, known, closeness)
    return "" if near is None else Hint("near.word", word=near).say()


def hint_at_word(word: str, known: Iterable[str]) -> Hint | None:
    """Return the same as a hint; None without a near miss."""
    near = _find_meant_word(word, known)
    return None if near is None else Hint("near.word", word=near)


def hint_at_choice(word: object, known: Iterable[str]) -> Hint:
    """Return the near miss as a hint; without one, all that there is to choose from."""
    if not (names := tuple(known)):
        return Hint("near.there_are_none")
    return hint_at_word(str(word), known) or Hint("near.there_are", names=names)


def _find_meant_word(word: object, known: Iterable[str], closeness: float = 0.6) -> str | None:
    """Return the known word that is meant: the id of the kind that readers call so, or the most alike."""
    words = list(known)
    if isinstance(known, Mapping):
        title = normalise_title(str(word))
        for id_, kind in known.items():
            if title in map(normalise_title, _list_names_of_kind(kind)):
                return str(id_)
    return next(iter(get_close_matches(str(word), words, n=1, cutoff=closeness)), None)


def _list_names_of_kind(kind: object) -> Iterator[str]:
    """Yield what readers call a kind, in either language, and its aliases; nothing of what is no kind."""
    label = getattr(kind, "label", None)
    for text in (getattr(label, "da", None), getattr(label, "en", None)):
        if text:
            yield from {text, text.partition(" (")[0]}  # with what it says in brackets, and without
    yield from getattr(kind, "aliases", ())
