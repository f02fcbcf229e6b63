"""Checks of the vocabulary: what a profile adds to the core, and how it says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from plfkit.hints import Hint
from plfkit.model.words.amending import read_kind_meaning
from plfkit.model.words.kinds import Kind
from plfkit.model.words.titles import join_title, normalise_title
from plfkit.model.words.vocabulary import load_core_vocabulary
from plfkit.profiles import Profile
from plfkit.testing.checks.advice import refuse_problems
from plfkit.testing.code_names import find_former_ids
from plfkit.testing.subjects import Subject


def vocabulary_extends_the_core(subject: Subject) -> None:
    """The vocabulary keeps every kind of the core as it is, and gives no two kinds one label."""
    words, core = subject.profile.vocabulary, load_core_vocabulary()
    problems = []
    for section in core.sections:
        for name, kind in core.section(section).items():
            if name not in words.section(section):
                problems.append(f"{section}.{name} is missing: build on the core vocabulary")
            elif read_kind_meaning(words.section(section)[name]) != read_kind_meaning(kind):
                problems.append(
                    f"{section}.{name} means something else than in the core: add a kind"
                )
        for language in ("da", "en"):
            labels = Counter(_list_own_labels(words.section(section), language))
            problems += [
                f"{section}: {count} kinds are called {label!r} ({language}): tell them apart"
                for label, count in labels.items()
                if count > 1
            ]
    refuse_problems(problems)


def _list_own_labels(kinds: Mapping[str, Kind], language: str) -> Iterator[str]:
    """Yield what kinds are called in a language, but for labels that another kind takes."""
    for name, kind in kinds.items():
        label = kind.label[language]
        takers = (n for n, k in kinds.items() if join_title(label) in map(join_title, k.takes))
        if not {*takers} - {name}:
            yield normalise_title(label)


def aliases_resolve(subject: Subject) -> None:
    """Every alias means the kind that it stands with."""
    words, core = subject.profile.vocabulary, load_core_vocabulary()
    refuse_problems(
        f"{section}: {alias!r} should mean {name} and means {words.resolve(section, alias)}: "
        "take it out, or choose another word"
        for section, name, kind in _list_own_kinds(subject.profile)
        for alias in getattr(kind, "aliases", ())
        if alias not in getattr(core.section(section).get(name), "aliases", ())
        if words.resolve(section, alias) != name
    )


def _list_own_kinds(profile: Profile) -> Iterator[tuple[str, str, Kind]]:
    """Yield the kinds that the profile adds to the core or says otherwise than it."""
    core = load_core_vocabulary()
    for section in profile.vocabulary.sections:
        for name, kind in profile.vocabulary.section(section).items():
            if core.section(section).get(name) != kind:
                yield section, name, kind


def names_current(subject: Subject) -> None:
    """The profile and its code name kinds by the ids they have now, not by those that they had before."""
    problems: list[Hint | str] = [
        f"{'.'.join(one.path)}: {one.message}" for one in subject.profile.advice
    ]
    former = subject.profile.vocabulary.former_ids.values()
    current = {old: new for ids in former for old, new in ids.items()}
    if subject.package is not None and current:
        problems += find_former_ids(subject.package, current)
    refuse_problems(problems)


def levels_ordered(subject: Subject) -> None:
    """No two levels share a rank or a precedence, so it is clear which is above and which counts."""
    levels = subject.profile.vocabulary.levels
    problems = []
    for what in ("rank", "precedence"):
        held: dict[int, str] = {}
        for name, level in levels.items():
            other = held.setdefault(getattr(level, what), name)
            if other != name:
                problems.append(f"levels.{name} has the {what} of {other}: give it one of its own")
    refuse_problems(problems)
