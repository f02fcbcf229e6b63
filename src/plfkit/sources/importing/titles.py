"""Titles and words as they are compared: what stands in a mapping, and what stands in a file."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

ANYTHING = "*"
_MARKS = str.maketrans("", "", "\ufeff\u200b")


def normalise_words(text: str) -> str:
    """Return a text as it is compared: composed letters, and one plain space between words."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text.translate(_MARKS))
    return " ".join(text.split())


def fold_word(text: str) -> str:
    """Return a word of a cell as it is compared: without regard to case and spacing."""
    return normalise_words(text).casefold()


def match_title(title: str, pattern: str) -> str | None:
    """Return what ``*`` stands for in a title; None if the title is not what the pattern says.

    Of several the last is meant. Only ``*`` stands for anything else than itself, and for one sign at
    least. Of a pattern without one, and of a title that is the pattern letter by letter, the empty text
    is returned.
    """
    if title == pattern:
        return ""
    if ANYTHING not in pattern:
        return None
    found = _compile_pattern(pattern).fullmatch(title)
    return None if found is None else found[found.re.groups].strip()


@lru_cache(maxsize=1024)
def _compile_pattern(pattern: str) -> re.Pattern[str]:
    return re.compile("(.+)".join(map(re.escape, pattern.split(ANYTHING))))
