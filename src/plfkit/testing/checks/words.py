"""Checks of words: what readers see, in both languages."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from importlib.metadata import metadata
from typing import Any

from attrs import fields, has

from plfkit.model.declared.declarations import find_measure_info
from plfkit.model.words.kinds import Label
from plfkit.model.words.titles import normalise_title
from plfkit.report.own_sections import CheckedText
from plfkit.testing.checks.advice import refuse_problems
from plfkit.testing.subjects import Subject

_MAY_BE_THE_SAME = re.compile(r"vocabulary\.|programmes\.[^.]+\.(label|grant)")
"""Where a word may be the same in both languages: kinds, names, currencies."""
_NEVER_SHOWN = re.compile(
    r"\b(anonym\w*|isolere[td]e?|skjulte eksperter|rangliste\w*|effekt(?:en|er|erne)?|skyldes"
    r"|overvågning\w*|niveau 5|plc|brokers?|isolated|hidden experts?|rankings?|surveillance)\b"
)
"""Words that promise too much, hurt or mislead, in texts that colleagues read about themselves."""
_METADATA_ADVICE = {
    "summary": "add description to pyproject.toml",
    "description": "add readme to pyproject.toml",
}


def both_languages(subject: Subject) -> None:
    """Every text stands in Danish and in English, and the two differ, names and kinds apart."""
    refuse_problems(_find_untranslated_texts(subject))


def _find_untranslated_texts(subject: Subject) -> Iterator[str]:
    for path, label in _list_profile_texts(subject):
        danish, english = label.da.strip(), label.en.strip()
        if not (danish and english):
            yield f"{path} is empty in one language: write it in both"
        elif danish == english and not _MAY_BE_THE_SAME.match(path):
            yield f"{path} is the same in Danish and English: translate {label.da!r}"


def _list_profile_texts(subject: Subject) -> Iterator[tuple[str, Label]]:
    """Yield every text that readers may see, its path first; those of its own code too."""
    yield from _walk_labels(subject.profile, ())
    for function in subject.profile.measures:
        yield from _walk_labels(find_measure_info(function), (function.__name__,))
    for reader in subject.profile.readers:
        yield f"readers.{reader.name}", reader.label
    for section in subject.sections.sections:
        yield "sections.title", section.title
        for part in section.parts:
            if isinstance(part, CheckedText):
                yield "sections.text", part.text


def _walk_labels(value: Any, path: tuple[str, ...]) -> Iterator[tuple[str, Label]]:
    """Yield every label in a value, with the path that leads to it."""
    if isinstance(value, Label):
        yield ".".join(path), value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _walk_labels(inner, (*path, str(key)))
    elif has(type(value)):
        for attribute in fields(type(value)):
            yield from _walk_labels(getattr(value, attribute.name), (*path, attribute.name))


def words_for_readers(subject: Subject) -> None:
    """No text uses a word that promises too much or hurts those it is about."""
    refuse_problems(
        f"{path} says {word!r}: choose a word that readers can bear"
        for path, label in _list_profile_texts(subject)
        if not path.startswith("purpose.")  # which says what is not done
        for text in (label.da, label.en)
        for word in _NEVER_SHOWN.findall(normalise_title(text))
    )


def purpose_stated(subject: Subject) -> None:
    """The profile says what data about colleagues are used for, and within which limits."""
    if subject.profile.purpose is None:
        raise AssertionError("there is no [purpose]: say what for, who sees what, and the limits")


def documented(subject: Subject) -> None:
    """A distribution says in its metadata what it is, and each of its measures in a docstring."""
    problems = [
        f"{function.__name__} has no docstring: say what it tells, and when it is undefined"
        for function in subject.profile.measures
        if not inspect.getdoc(function)
    ]
    if subject.distribution is not None:
        known = metadata(subject.distribution).json
        problems += [
            f"{subject.distribution} has no {what} in its metadata: {advice}"
            for what, advice in _METADATA_ADVICE.items()
            if not str(known.get(what, "")).strip()
        ]
    refuse_problems(problems)
