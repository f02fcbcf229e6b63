"""Names that would mean two things: titles, words that one kind takes from another, ids of before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from plfkit.errors import Problem
from plfkit.model.words.kinds import Kind
from plfkit.model.words.meanings import collect_taken_words, list_aliases
from plfkit.model.words.titles import is_kind_id, join_title, normalise_title

if TYPE_CHECKING:
    from plfkit.model.words.vocabulary import Vocabulary

GROUPING_SECTIONS = ("levels", "roles", "unit_kinds", "community_kinds")
"""Sections that share one name space."""


_NAMED_BY_ID = ("levels", "characteristics", "frameworks")
"""Sections whose kinds data name by their ids alone: two of them may be called alike."""


def find_shared_labels(vocabulary: Vocabulary, given: Mapping[str, Any]) -> Iterator[Problem]:
    """Find labels of a profile that another kind is called by too, so that in data they would mean neither.

    Args:
        vocabulary: The kinds, with those of the profile.
        given: What the profile says of its vocabulary.
    """
    for section in vocabulary.sections:
        kinds, entries = vocabulary.section(section), given.get(section, {})
        if not entries or section in _NAMED_BY_ID:
            continue
        taken = collect_taken_words(kinds)
        called = {n: _join_names(k, entries.get(n, {})) for n, k in kinds.items()}
        for name in entries:
            for title in _list_given_labels(entries[name]):
                folded = join_title(title)
                sharing = [n for n, words in called.items() if n != name and folded in words]
                if sharing and folded not in taken:
                    what = (
                        f"the label {title!r} means both {sharing[0]} and {name}: to let it mean {name} "
                        f'alone, write takes = ["{title}"] in {section}.{name}'
                    )
                    yield Problem((section, name, "label"), what)


def _list_given_labels(entry: Mapping[str, Any]) -> list[str]:
    """Return what a profile calls a kind, each word once, whatever its case and spacing."""
    labels = entry.get("label", {}).values()
    return [*{join_title(label): label for label in reversed([*labels])}.values()]


def find_name_clashes(vocabulary: Vocabulary) -> Iterator[Problem]:
    """Find names of a vocabulary that would mean two things, or that take or rename nothing."""
    for section in vocabulary.sections:
        kinds = vocabulary.section(section)
        yield from _find_shared_aliases(section, kinds)
        yield from _find_bad_takes(section, kinds)
        yield from _find_bad_former_ids(vocabulary, section, kinds)


def _find_shared_aliases(section: str, kinds: Mapping[str, Kind]) -> Iterator[Problem]:
    titles: dict[str, str] = {}
    taken = collect_taken_words(kinds)
    for title, name in list_aliases(section, kinds, usual=False):
        if join_title(title) in taken:
            continue
        other = titles.setdefault(title, name)
        if other != name:
            what = (
                f"the alias {title!r} means both {other} and {name}: to let it mean {name} alone, write "
                f'takes = ["{title}"] in {section}.{name}'
            )
            yield Problem((section, name, "aliases"), what)


def _find_bad_takes(section: str, kinds: Mapping[str, Kind]) -> Iterator[Problem]:
    """Find words that cannot be taken: two kinds take them, they are ids, or no other kind has them."""
    takers: dict[str, str] = {}
    for name, kind in kinds.items():
        if not kind.takes:
            continue
        others = {join_title(w) for n, k in kinds.items() if n != name for w in _list_names(k)}
        for word in kind.takes:
            folded = join_title(word)
            other = takers.setdefault(folded, name)
            if other != name:
                yield Problem(
                    (section, name, "takes"),
                    f"{other} takes {word!r} too: let one of the two have it",
                )
            elif any(normalise_title(word) == one for one in kinds if one != name):
                what = f"{word!r} is the id of another kind, and an id always means itself"
                yield Problem((section, name, "takes"), what)
            elif folded not in others:
                what = f"no other kind is called {word!r}: write it as an alias, or leave it out"
                yield Problem((section, name, "takes"), what)


def _list_names(kind: Kind) -> tuple[str, ...]:
    return (kind.label.da, kind.label.en, *getattr(kind, "aliases", ()))


def _find_bad_former_ids(
    vocabulary: Vocabulary, section: str, kinds: Mapping[str, Kind]
) -> Iterator[Problem]:
    """Find ids of before that are no ids, or that mean something else as well."""
    beside = GROUPING_SECTIONS if section in GROUPING_SECTIONS else (section,)
    known = [(n, k) for one in beside for n, k in vocabulary.section(one).items()]
    for name, kind in kinds.items():
        for old in kind.formerly:
            path = (section, name, "formerly")
            others = [n for n, k in known if n == old or (n != name and old in k.formerly)]
            called = [n for n, k in kinds.items() if n != name and old in _list_folded_names(k)]
            if not is_kind_id(old):
                yield Problem(
                    path, f"{old!r} was no id: these are lower-case letters, digits and _"
                )
            elif others or called:
                what = f"{old!r} means {(others or called)[0]} here: an id of before means one kind alone"
                yield Problem(path, what)


def _join_names(kind: Kind, given: Mapping[str, Any]) -> set[str]:
    """Return what a kind is called, with the aliases that a profile gives it."""
    return {*map(join_title, (kind.label.da, kind.label.en, *given.get("aliases", ())))}


def _list_folded_names(kind: Kind) -> set[str]:
    return {normalise_title(word) for word in _list_names(kind)}
