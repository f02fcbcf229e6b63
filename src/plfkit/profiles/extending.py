"""How a profile extends another: what it may add, what it may amend, and what collides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from plfkit.errors import DocumentError, Problem

_SETTLED = ("code", "framework", "goals_complete")
"""What a profile says once."""
_OWN_KEYS = frozenset({"schema_version", "id", "vocabulary", "expected_failures"})
"""What a profile says for itself: nothing of it is taken over here."""
_RISING = {"privacy": ("k", "statistics"), "standards": ("answers",)}
"""Thresholds, which may rise but not fall."""
_WORDS = frozenset({"label", "question"})
"""Texts in both languages, which are said anew as a whole."""
_ADDABLE = ("context", "challenges", "programmes", "schools", "goals", "indicators", "claims")
AMENDABLE: Mapping[str, frozenset[str]] = {
    "goals": frozenset({"leading", "matrix", "rule"}),
    "indicators": frozenset({"target", "baseline", "steps", "note"}),
}
"""What a profile may say anew of an entry of the profile it extends."""


def amend_document(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Return the document of a profile that extends another, vocabulary apart.

    It adds entries of its own. Of those that are there already it may only set what a municipality
    decides: the rule of a goal, its leading figure and its matrix; the target, baseline, steps and note
    of an indicator. Thresholds may rise, not fall. Standards may be set anew, and the question.

    Args:
        base: The whole document of the profile that is extended.
        own: What the extending profile says.

    Raises:
        DocumentError: An entry collides with one of the base, or a threshold falls.
    """
    if problems := [*_find_collisions(base, own), *_find_lowered_thresholds(base, own)]:
        raise DocumentError("the profile", problems)
    whole = {key: value for key, value in base.items() if key not in _OWN_KEYS}
    for key, value in own.items():
        before = whole.get(key)
        if key in _ADDABLE and isinstance(value, Mapping):
            whole[key] = _join_entries(whole[key], value)
        elif key == "standards" and isinstance(value, Mapping):
            whole[key] = _amend_standards(whole[key], value)
        elif isinstance(value, Mapping) and isinstance(before, Mapping) and key not in _WORDS:
            whole[key] = {**before, **value}
        else:
            whole[key] = value
    return whole


def _join_entries(before: Mapping[str, Any], added: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **before,
        **{
            key: _amend_entry(before[key], value)
            if key in before and isinstance(value, Mapping)
            else value
            for key, value in added.items()
        },
    }


def _amend_entry(before: Mapping[str, Any], value: Mapping[str, Any]) -> dict[str, Any]:
    """Return an entry with what is said anew; steps led to the target that they were set with."""
    kept = {key: old for key, old in before.items() if key != "steps" or "target" not in value}
    return {**kept, **value}


def _amend_standards(before: Mapping[str, Any], value: Mapping[str, Any]) -> dict[str, Any]:
    """Return standards with those set anew; what was a source for the old number is none for the new."""
    added = value.get("sources", {})
    kept = {key: source for key, source in before["sources"].items() if key not in value}
    sources = {**kept, **added} if isinstance(added, Mapping) else added
    return {**before, **value, "sources": sources}


def _find_collisions(base: Mapping[str, Any], own: Mapping[str, Any]) -> Iterator[Problem]:
    for key in _SETTLED:
        if key in own and key in base and own[key] != base[key]:
            yield Problem(
                (key,), f"the profile that this one extends says {base[key]!r}: leave it out"
            )
    for section in _ADDABLE:
        entries, before = own.get(section, {}), base.get(section, {})
        if not isinstance(entries, Mapping):
            continue
        allowed = AMENDABLE.get(section, frozenset())
        for name in (name for name in entries if name in before):
            entry = entries[name]
            if not isinstance(entry, Mapping):
                yield Problem((section, name), "expected a table")
                continue
            takes = f"of it you may set {' and '.join(sorted(allowed))}; " if allowed else ""
            hint = "give something else another id"
            message = f"{name!r} stands in the profile that this one extends: {takes}{hint}"
            yield from (
                Problem((section, name, key), message) for key in sorted(set(entry) - allowed)
            )


def _find_lowered_thresholds(base: Mapping[str, Any], own: Mapping[str, Any]) -> Iterator[Problem]:
    for section, keys in _RISING.items():
        values = own.get(section, {})
        for key, value in values.items() if isinstance(values, Mapping) else ():
            before = base[section].get(key)
            if key in keys and isinstance(value, int) and before is not None and value < before:
                message = (
                    f"the profile that this one extends asks for {before}: raise it or leave it"
                )
                yield Problem((section, key), message)
