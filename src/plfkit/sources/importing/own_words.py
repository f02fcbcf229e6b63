"""The words of a mapping that must be the vocabulary's: what it says that a title, or a kind, means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from plfkit.errors import DocumentError, Problem
from plfkit.hints import Hint
from plfkit.model.records.checking.nearness import find_near_words
from plfkit.model.words.vocabulary import Vocabulary
from plfkit.sources.importing.take import NOTHING

_SECTIONS: Mapping[str, Mapping[str, str]] = {
    "staff": {"role": "roles", "community_role": "membership_roles"},
    "edges": {"relation": "relations"},
    "meetings": {"kind": "event_kinds", "role": "participation_roles"},
}
"""For each kind of take, the keys whose words are the vocabulary's, and the section they are in."""
_SHOWN = 3
"""How many words are shown that may have been meant."""


def refuse_unknown_meanings(
    document: Mapping[str, Any], vocabulary: Vocabulary, where: str
) -> None:
    """Refuse a mapping that has a word mean what the vocabulary does not know.

    Args:
        document: The mapping, as its file holds it.
        vocabulary: The kinds that cells may name.
        where: What the mapping is called in messages.

    Raises:
        DocumentError: It does; each of its words is in it.
    """
    if problems := [*_find_unknown_meanings(document, vocabulary)]:
        raise DocumentError(where, problems)


def _find_unknown_meanings(
    document: Mapping[str, Any], vocabulary: Vocabulary
) -> Iterator[Problem]:
    shared, takes = document.get("common", {}), document.get("take", ())
    kinds = [take.get("kind", shared.get("kind")) for take in takes]
    for number, (take, kind) in enumerate(zip(takes, kinds, strict=True)):
        yield from _find_in_table(take, ("take", str(number)), _SECTIONS.get(kind, {}), vocabulary)
    shared_sections = {k: s for kind in kinds for k, s in _SECTIONS.get(kind, {}).items()}
    yield from _find_in_table(shared, ("common",), shared_sections, vocabulary)


def _find_in_table(
    table: Mapping[str, Any],
    path: tuple[str, ...],
    sections: Mapping[str, str],
    vocabulary: Vocabulary,
) -> Iterator[Problem]:
    """Find what the words of a take mean, and what every row is, that is no word of the vocabulary."""
    for key, section in sections.items():
        meanings: dict[tuple[str, ...], Any] = {
            ("words", key, word): m for word, m in table.get("words", {}).get(key, {}).items()
        }
        meanings["every", key] = table.get("every", {}).get(key)
        for below, meaning in meanings.items():
            for said in meaning if isinstance(meaning, list | tuple) else (meaning,):
                if _is_unknown(said, section, vocabulary):
                    yield Problem((*path, *below), _describe_meaning(said, section, vocabulary))


def _is_unknown(said: object, section: str, vocabulary: Vocabulary) -> bool:
    return isinstance(said, str) and said != NOTHING and vocabulary.resolve(section, said) is None


def _describe_meaning(said: str, section: str, vocabulary: Vocabulary) -> Hint:
    """Say that a word is not the vocabulary's, which are near it, and where they are all listed."""
    known, words = vocabulary.section(section), vocabulary.words(section)
    first, _, _ = said.partition("_")
    near = [
        *(words[word] for word in find_near_words(said, words)),
        *(id_ for id_ in known if id_.partition("_")[0] == first),
        *get_close_matches(said, known, n=_SHOWN),
    ]
    shown = tuple(dict.fromkeys(near))[:_SHOWN]
    nearest = Hint("import.nearest", words=shown) if shown else ""
    return Hint("mapping.unknown_meaning", word=said, section=section, nearest=nearest)
