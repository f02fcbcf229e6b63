"""Which known word somebody may have meant by one that no vocabulary knows.

Titles are compared as Danish builds them: a word is near if it is misspelt or cut short, if its last
part is a known title (a ``skolepædagog`` is a ``pædagog``), or if it holds several titles. What two
titles have in common before that, as ``pædagogisk assistent`` and ``pædagogisk konsulent`` have, says
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher

from plfkit.model.words.titles import normalise_title

_CLOSENESS = 0.75
"""How alike a word and a misspelling of it are, 1 being the same."""
_LETTERS = 8
"""One letter in so many may be wrong; two always may."""
_HEAD = 4
"""How many letters the last part of a compound has at least: shorter ones end words by chance."""
_BETWEEN = re.compile(r"\s*[/,+&;]\s*|\s+(?:og|and|samt)\s+")
_BELONGING = re.compile(r"\s+(?:i|på|ved|for|med|af|til|in|at|of|for|with)\s+.*|\s*\(.*\)")
_OTHERS = ("vice", "deputy", "head", "ikke", "ass", "medhjælp", "tale")
"""What makes another title of the one that follows: a viceskolechef is no skolechef."""
_ENDINGS = ("vejleder", "leder", "lærer")
"""What ends a title by no slip: a skolevejleder is no skoleleder, a specialklasseleder no teacher."""
_GENERIC = {"leder", "ledelse", "leader", "koordinator", "coordinator", "medarbejder"}
"""What alone is a title, but tells nothing at the end of another: a køkkenleder leads no school."""


def find_near_words(text: str, meanings: Mapping[str, str]) -> tuple[str, ...]:
    """Return the known words that a text is near: none, one, or one for each title it holds.

    Args:
        text: What was written.
        meanings: The known words, normalised, and what each means.
    """
    title = normalise_title(text)
    if alike := _find_alike_word(title, meanings):
        return (alike,)
    parts = [part for part in _BETWEEN.split(title) if part]
    if len(parts) > 1:
        found = [_find_near_word(part, meanings) for part in parts]
        by_meaning = {meanings[word]: word for word in reversed([w for w in found if w])}
        return tuple(reversed(by_meaning.values()))
    one = _find_near_word(title, meanings)
    return (one,) if one else ()


def _find_near_word(title: str, meanings: Mapping[str, str]) -> str | None:
    """Find what one title is near."""
    bare = _BELONGING.sub("", title)
    if bare in meanings:
        return bare if bare == title or bare not in _GENERIC else None
    return (
        _find_alike_word(bare, meanings)
        or _pick_agreed_word(_expand_abbreviation(bare, meanings), meanings)
        or _find_head_word(bare, meanings)
        or _pick_agreed_word(_find_longer_words(bare, meanings), meanings)
    )


def _find_alike_word(title: str, known: Iterable[str]) -> str | None:
    """Find the word that is most alike, all letters but a few the same."""
    best: tuple[float, str] | None = None
    matcher = SequenceMatcher(b=title, autojunk=False)
    endings = [ending for ending in _ENDINGS if title.endswith(ending)]
    for word in known:
        if not all(map(word.endswith, endings)):
            continue
        longest = max(len(word), len(title))
        allowed = max(2, 2 * longest // _LETTERS)
        if abs(len(word) - len(title)) > allowed:
            continue
        matcher.set_seq1(word)
        if matcher.quick_ratio() < _CLOSENESS or (ratio := matcher.ratio()) < _CLOSENESS:
            continue
        unlike = round((1 - ratio) * (len(word) + len(title)))
        if unlike <= allowed and (best is None or ratio > best[0]):
            best = ratio, word
    return None if best is None else best[1]


def _expand_abbreviation(title: str, known: Iterable[str]) -> Iterator[str]:
    """Find the words that a title with points is short for, as ``afd.leder`` for ``afdelingsleder``."""
    if "." in title:
        pieces = [re.escape(piece.strip()) for piece in title.split(".")]
        pattern = re.compile(r"\w*[ -]?".join(pieces))
        yield from filter(pattern.fullmatch, known)


def _find_head_word(title: str, known: Iterable[str]) -> str | None:
    """Find the longest known word that a title ends with."""
    heads = [
        word
        for word in known
        if len(word) >= _HEAD and word not in _GENERIC and title.endswith(word)
    ]
    head = max(heads, key=len, default=None)
    if head is None or title.removesuffix(head).startswith(_OTHERS):
        return None
    return head


def _find_longer_words(title: str, known: Iterable[str]) -> Iterator[str]:
    """Find the known words that end with a title, as ``skolesekretær`` does with ``sekretær``."""
    if len(title) >= _HEAD:
        yield from (word for word in known if word.endswith(title))


def _pick_agreed_word(words: Iterable[str], meanings: Mapping[str, str]) -> str | None:
    """Return the first of some words if all of them mean the same."""
    found = list(words)
    return found[0] if len({meanings[word] for word in found}) == 1 else None
