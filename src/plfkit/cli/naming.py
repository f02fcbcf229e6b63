"""Mistakes in names, found in the profile before any data are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plfkit.cli.speaking import refuse_usage, say_hint
from plfkit.errors import MeasureError, UnknownGroupError
from plfkit.hints import Hint
from plfkit.model.words.titles import hint_at_word
from plfkit.model.words.vocabulary import Vocabulary

if TYPE_CHECKING:
    from plfkit.measures import Measure
    from plfkit.profiles import Profile


def name_places(places: Iterable[Path]) -> dict[str, Path]:
    """Return places by the names of their files, which are what municipalities are called.

    Raises:
        UsageError: Two have the same name.
    """
    named: dict[str, Path] = {}
    for place in places:
        if place.stem in named:
            raise refuse_usage("same_name")
        named[place.stem] = place
    return named


def find_measure(profile: Profile, name: str, arguments: Mapping[str, Any]) -> Measure:
    """Return a measure by name, and refuse what it cannot be asked in any data of the profile.

    Args:
        profile: Whose measures and whose words.
        name: The measure's name.
        arguments: What it is to be called with.

    Raises:
        UnknownMeasureError: There is no such measure.
        MeasureError: An argument is unknown, missing or of the wrong type, or there is no such relation.
        UnknownGroupError: People cannot be grouped so.
    """
    from plfkit.measures import CORE
    from plfkit.measures.engine.brought import add_profile_measures

    found = add_profile_measures(CORE, profile)[name]
    ready = found.prepare_arguments(arguments)
    for relation in _list_texts(ready.get("relation")):
        check_relation(profile.vocabulary, relation)
    for key in found.groupings:
        for grouping in _list_texts(ready.get(key)):
            check_grouping(profile.vocabulary, grouping)
    return found


def _list_texts(value: Any) -> tuple[str, ...]:
    """Return the texts of an argument: one, several, or none if it is no text."""
    return (value,) if isinstance(value, str) else ()


def check_relation(vocabulary: Vocabulary, name: str) -> None:
    """Refuse a relation that a vocabulary does not have.

    Raises:
        MeasureError: It has none of that name.
    """
    if vocabulary.find_current(name, "relations") not in vocabulary.relations:
        near = hint_at_names(name, vocabulary.relations)
        raise MeasureError(Hint("measure.no_relation", name=repr(name), near=near))


def check_grouping(vocabulary: Vocabulary, name: str) -> None:
    """Refuse what people cannot be grouped by.

    Raises:
        UnknownGroupError: The vocabulary has no such level, role, unit or community.
    """
    if vocabulary.find_current(name) not in vocabulary.groupings:
        near = hint_at_names(name, vocabulary.groupings)
        raise UnknownGroupError(Hint("measure.no_grouping", name=repr(name), near=near))


def check_predictor(vocabulary: Vocabulary, name: str) -> None:
    """Refuse what is no relation, nothing that people may share and nothing that one of them is.

    Raises:
        MeasureError: The vocabulary has none of that name.
    """
    from plfkit.inference.predictors import PREFIXES, list_measured, read_attribute

    attribute = read_attribute(name)
    if attribute is not None:
        if attribute.of not in list_measured(vocabulary):
            near = hint_at_names(str(attribute.of), list_measured(vocabulary))
            raise MeasureError(Hint("measure.no_number", name=repr(attribute.of), near=near))
        return
    known = (*vocabulary.relations, *vocabulary.groupings)
    if name not in known:
        near = hint_at_names(name, (*known, *PREFIXES))
        raise MeasureError(Hint("measure.no_relation", name=repr(name), near=near))


def check_indicator(profile: Profile, name: str) -> None:
    """Refuse an indicator that a profile does not have.

    Raises:
        UsageError: It has none of that name.
    """
    if name not in profile.indicators:
        near = hint_at_names(name, profile.indicators)
        values = {"profile": profile.id, "name": repr(name), "near": say_hint(near)}
        raise refuse_usage("no_indicator", "--indicator", **values)


def hint_at_names(name: str, known: Iterable[str]) -> Hint:
    """Return the name that was meant, or those there are."""
    names = tuple(known)
    return hint_at_word(name, names) or Hint("near.there_are", names=names)
