"""What a vocabulary must not say: references to nothing, circles, sorts that cannot be, shared names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING, Any

from plfkit.errors import Problem
from plfkit.model.words.amending import REFERENCES
from plfkit.model.words.core import FIVE_CHARACTERISTICS
from plfkit.model.words.naming_clashes import GROUPING_SECTIONS, find_name_clashes
from plfkit.model.words.titles import is_kind_id, suggest_word

if TYPE_CHECKING:
    from plfkit.model.words.vocabulary import Vocabulary

_SORTED = ("community_kinds", "relations")
"""Sections in which a kind may be a sort of another."""


def find_vocabulary_problems(vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield each contradiction of a vocabulary, with its path."""
    yield from _find_bad_kind_ids(vocabulary)
    yield from _find_id_clashes(vocabulary)
    for section, key, known in REFERENCES:
        kinds = vocabulary.section(known)
        for name, kind in vocabulary.section(section).items():
            for word in _gather_named_words(getattr(kind, key)):
                if word not in kinds:
                    what = f"there is no such word in {known}: {word!r}{suggest_word(word, kinds)}"
                    yield Problem((section, name, key), what)
    yield from _find_misplaced_words(vocabulary)
    yield from _find_misplaced_items(vocabulary)
    yield from _find_kind_circles(vocabulary)
    yield from _find_unlike_sorts(vocabulary)
    yield from find_name_clashes(vocabulary)


def _gather_named_words(words: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return words if isinstance(words, tuple) else () if words is None else (words,)


def _find_misplaced_words(vocabulary: Vocabulary) -> Iterator[Problem]:
    """Find keys and crosswalks of frameworks that name what is not there, or nothing."""
    five = vocabulary.five_characteristics
    for name, framework in vocabulary.frameworks.items():
        own = framework.characteristics
        for key in ("keys", "crosswalk"):
            for word in getattr(framework, key):
                if word not in own:
                    what = f"{name} has no such characteristic: {word!r}{suggest_word(word, own)}"
                    yield Problem(("frameworks", name, key, word), what)
        for word, items in framework.keys.items():
            if not items:
                what = "name an item, or leave the key out: then the characteristic is the item"
                yield Problem(("frameworks", name, "keys", word), what)
        for word, others in framework.crosswalk.items():
            for other in others:
                if other not in five:
                    near = suggest_word(other, five) or f": there are {', '.join(five)}"
                    what = f"{other!r} is none of {FIVE_CHARACTERISTICS}{near}"
                    yield Problem(("frameworks", name, "crosswalk", word), what)


def _find_misplaced_items(vocabulary: Vocabulary) -> Iterator[Problem]:
    """Find items that their framework does not have, or that another reads as they stand."""
    for name, framework in vocabulary.frameworks.items():
        own = [item for word in framework.characteristics for item in framework.list_items(word)]
        for key in ("reversed", "wordings"):
            for item in getattr(framework, key):
                if item not in own:
                    what = f"{name} has no such item: {item!r}{suggest_word(item, own)}"
                    yield Problem(("frameworks", name, key), what)
        for item in vocabulary.reversed_items:
            if item in chain(*framework.keys.values()) and item not in framework.reversed:
                what = (
                    f"{item!r} is reversed in another framework: a question is worded one way, so "
                    "reverse it here too, or give one of the two another name"
                )
                yield Problem(("frameworks", name, "reversed"), what)


def _find_kind_circles(vocabulary: Vocabulary) -> Iterator[Problem]:
    """Find kinds that are sorts of themselves, by way of others."""
    for section in _SORTED:
        kinds: Mapping[str, Any] = vocabulary.section(section)
        for name, kind in kinds.items():
            wider = vocabulary.wider_kinds(str(kind.sort_of), section=section)
            if kind.sort_of in kinds and name in wider:
                what = f"{name} would be a sort of itself: let one of the two be a sort of nothing"
                yield Problem((section, name, "sort_of"), what)


def _find_unlike_sorts(vocabulary: Vocabulary) -> Iterator[Problem]:
    """Find relations that cannot be a sort of what they name: their ties could not be its ties too."""
    for name, relation in vocabulary.relations.items():
        wider = vocabulary.relations.get(relation.sort_of or "")
        if wider is None:
            continue
        if relation.directed != wider.directed:
            which = {True: "runs from one person to another", False: "has no direction"}
            what = (
                f"{relation.sort_of} {which[wider.directed]}, {name} {which[relation.directed]}: a "
                "sort is told the same way, so let `directed` be the same in both"
            )
            yield Problem(("relations", name, "directed"), what)
        if relation.is_reported and not wider.is_reported:
            what = (
                f"{relation.sort_of} is known from a register, which holds all its ties: what people "
                f'report cannot add to it; let {name} have evidence = "register" too, or be a sort of '
                "nothing"
            )
            yield Problem(("relations", name, "evidence"), what)


def _find_bad_kind_ids(vocabulary: Vocabulary) -> Iterator[Problem]:
    for section in vocabulary.sections:
        for name in vocabulary.section(section):
            if not is_kind_id(name):
                yield Problem(
                    (section, name), "an id is lower-case letters, digits and underscores"
                )


def _find_id_clashes(vocabulary: Vocabulary) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for section in GROUPING_SECTIONS:
        for name in vocabulary.section(section):
            if (other := seen.setdefault(name, section)) != section:
                message = (
                    f"{name!r} is an id in both {other} and {section}, which share one name space"
                )
                yield Problem((section, name), message)
