"""What a profile still calls by ids of before: it is read as if it said those of now, and told where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from plfkit.errors import Problem
from plfkit.model.declared.facts import RULE_SECTIONS
from plfkit.model.words.renamed_arguments import update_arguments
from plfkit.model.words.vocabulary import Vocabulary


def update_declarations(
    document: Mapping[str, Any], vocabulary: Vocabulary
) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """Return what a profile declares with the ids of now, and each place where an old one stands.

    Args:
        document: What the profile says beside its vocabulary; what is misplaced in it is left alone.
        vocabulary: Its kinds, with the ids they had before.
    """
    if not any(vocabulary.former_ids.values()):
        return dict(document), ()
    found: list[Problem] = []
    updated = dict(document)
    if isinstance(framework := document.get("framework"), str):
        updated["framework"] = vocabulary.find_current(framework, "frameworks")
        found += _tell_renamed(("framework",), {framework: updated["framework"]})
    for section, update in (("indicators", _update_indicator), ("claims", _update_claim)):
        if isinstance(entries := document.get(section), Mapping):
            updated[section] = {
                name: update(entry, (section, name), vocabulary, found)
                if isinstance(entry, Mapping)
                else entry
                for name, entry in entries.items()
            }
    return updated, tuple(found)


def _update_indicator(
    entry: Mapping[str, Any], path: tuple[str, ...], vocabulary: Vocabulary, found: list[Problem]
) -> dict[str, Any]:
    updated = dict(entry)
    if isinstance(arguments := entry.get("arguments"), Mapping):
        updated["arguments"], changed = update_arguments(vocabulary, arguments)
        for name, renamed in changed.items():
            found += _tell_renamed((*path, "arguments", name), renamed)
    target = entry.get("target")
    if isinstance(target, Mapping) and isinstance(each := target.get("each"), str):
        updated["target"] = {**target, "each": vocabulary.find_current(each, "unit_kinds")}
        found += _tell_renamed((*path, "target", "each"), {each: updated["target"]["each"]})
    return updated


def _update_claim(
    entry: Mapping[str, Any], path: tuple[str, ...], vocabulary: Vocabulary, found: list[Problem]
) -> dict[str, Any]:
    if not isinstance(rule := entry.get("rule"), Mapping):
        return dict(entry)
    updated = dict(rule)
    for key, section in RULE_SECTIONS.items():
        words = [rule[key]] if isinstance(rule.get(key), str) else rule.get(key)
        if not isinstance(words, list | tuple) or not all(isinstance(w, str) for w in words):
            continue
        now = [vocabulary.find_current(word, section) for word in words]
        found += _tell_renamed((*path, "rule", key), dict(zip(words, now, strict=True)))
        updated[key] = now[0] if isinstance(rule[key], str) else now
    return {**entry, "rule": updated}


def _tell_renamed(path: tuple[str, ...], renamed: Mapping[str, str]) -> Iterator[Problem]:
    for old, new in renamed.items():
        if old != new:
            yield Problem(path, f"{old!r} is called {new!r} now: write that")
