"""Ids that kinds had before, where arguments still name them: what was meant is what is called so now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plfkit.model.words.vocabulary import Vocabulary

_RELATION_ARGUMENTS = {"relation", "against"}
_FREE_ARGUMENTS = {"survey", "subject", "teaches", "items", "measure", "subgroup"}
"""Arguments that name things of the data, which may be called anything."""


def update_arguments(
    vocabulary: Vocabulary, arguments: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Mapping[str, str]]]:
    """Return arguments of a measure with the ids of now, and for each changed one the old ids and the new.

    Args:
        vocabulary: The kinds, with the ids they had before.
        arguments: What a measure is to be called with; texts and lists of texts may name kinds.
    """
    updated = dict(arguments)
    changed: dict[str, Mapping[str, str]] = {}
    for name, value in arguments.items():
        words = [value] if isinstance(value, str) else value
        if name in _FREE_ARGUMENTS or not isinstance(words, list | tuple):
            continue
        sections = _choose_sections(vocabulary, name)
        now = [vocabulary.find_current(w, *sections) if isinstance(w, str) else w for w in words]
        if renamed := {old: new for old, new in zip(words, now, strict=True) if old != new}:
            changed[name] = renamed
            updated[name] = now[0] if isinstance(value, str) else type(value)(now)
    return updated, changed


def _choose_sections(vocabulary: Vocabulary, argument: str) -> tuple[str, ...]:
    """Return where the kinds stand that an argument may name."""
    if argument in _RELATION_ARGUMENTS:
        return ("relations",)
    return tuple(section for section in vocabulary.sections if section != "relations")
