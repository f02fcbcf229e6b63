"""How a document adds to a vocabulary, and how it is written again: by what is new, and what is said anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import asdict

from plfkit.errors import DocumentError, Problem
from plfkit.model.words.kinds import Kind

AMENDABLE_KEYS = {
    *("label", "aliases", "minimum_members", "learning"),
    *("reversed", "scale", "wordings", "takes", "formerly"),
}
"""What a profile may say anew of a kind that the vocabulary has."""
GROWING_KEYS = {"aliases", "takes", "formerly"}
"""Lists of names, to which a profile adds."""
_SELDOM_KEYS = {"takes", "formerly"}
"""Lists that most kinds lack: documents hold them where something is in them."""
REFERENCES = (
    ("roles", "level", "levels"),
    ("community_kinds", "level", "levels"),
    ("community_kinds", "sort_of", "community_kinds"),
    ("relations", "sort_of", "relations"),
    ("frameworks", "characteristics", "characteristics"),
    ("event_kinds", "characteristics", "characteristics"),
)
"""Which kinds name other kinds: in which section, under which key, of which section."""


def merge_section(
    section: str, kinds: dict[str, Any], addition: Mapping[str, Any], former: Mapping[str, str]
) -> dict[str, Any]:
    """Return the kinds of a section with those that are added, and with what is said anew of others.

    Args:
        section: The section.
        kinds: What it holds.
        addition: What is added.
        former: The ids that kinds had before, and their ids now.
    """
    merged = dict(kinds)
    for written, entry in addition.items():
        name = former.get(written, written)
        merged[name] = entry
        if name in kinds and isinstance(entry, Mapping):
            if problems := list(_find_bad_amendments(section, name, entry)):
                raise DocumentError("the vocabulary", problems)
            lists = {
                key: [*kinds[name].get(key, ()), *entry[key]]
                for key in GROWING_KEYS
                if key in entry
            }
            merged[name] = {**kinds[name], **entry, **lists}
    return merged


def write_kind_entry(kind: Kind, was: Kind | None) -> dict[str, Any]:
    """Write a kind as a document does: all of it, or what it adds to what was there."""
    entry = asdict(kind, filter=is_kind_key_written)
    if was is None:
        return {key: _convert_tuples(value) for key, value in entry.items()}
    before = asdict(was)
    changed = {key: entry[key] for key in AMENDABLE_KEYS & set(entry) if entry[key] != before[key]}
    for key in GROWING_KEYS & set(changed):
        changed[key] = changed[key][len(before[key]) :]
    return {key: _convert_tuples(value) for key, value in changed.items()}


def read_kind_meaning(kind: Kind) -> dict[str, Any]:
    """Return what a profile may not say anew of a kind."""
    return {key: value for key, value in asdict(kind).items() if key not in AMENDABLE_KEYS}


def _convert_tuples(value: Any) -> Any:
    """Return a value as documents have it, with lists for tuples."""
    if isinstance(value, Mapping):
        return {key: _convert_tuples(inner) for key, inner in value.items()}
    return list(value) if isinstance(value, tuple) else value


def _find_bad_amendments(section: str, name: str, entry: Mapping[str, Any]) -> Iterator[Problem]:
    """Find what an entry would change of a kind that exists."""
    for key in sorted(set(entry) - AMENDABLE_KEYS):
        yield Problem(
            (section, name, key),
            f"{name} exists in the vocabulary it extends: it takes a new label and more aliases, "
            f"not {key}; give a new meaning a new id",
        )
    for key in sorted(GROWING_KEYS):
        if not isinstance(entry.get(key, []), list | tuple):
            yield Problem((section, name, key), "expected a list of texts")


def is_kind_key_written(attribute: Any, value: Any) -> bool:
    """Tell whether a document holds an attribute of a kind: not what is blank, nor an empty list of names."""
    return value is not None and not (attribute.name in _SELDOM_KEYS and not value)


def update_references(document: Mapping[str, Any], former: Mapping[str, Mapping[str, str]]) -> None:
    """Let kinds of a whole vocabulary, as a document, name others as these are called now.

    Args:
        document: The vocabulary; it is changed.
        former: For each section the ids that kinds had before, and their ids now.
    """
    for section, key, known in REFERENCES if any(former.values()) else ():
        for name, entry in document[section].items():
            words = entry.get(key) if isinstance(entry, dict) else None
            if isinstance(words, str):
                document[section][name] = {**entry, key: former[known].get(words, words)}
            elif isinstance(words, list | tuple):
                current = [former[known].get(word, word) for word in words]
                document[section][name] = {**entry, key: current}
