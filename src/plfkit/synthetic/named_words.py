"""The words that a profile names: what its example must have beside what every example has.

Three things name words: the vocabulary, by adding kinds to the core; indicators, by the arguments of
their measures; and claims, by their rules. They are collected here, once, and whoever makes up a table
asks for the words that belong into it. No measure is known here by its name: an argument that is called
as a column is, such as ``subject``, gives words of that column.
"""

from __future__ import annotations

import inspect
from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np
from attrs import asdict, frozen
from numpy.typing import NDArray

from plfkit.model.declared.declarations import Indicator
from plfkit.model.words.vocabulary import Vocabulary, load_core_vocabulary
from plfkit.profiles.profile import Profile

EVERY = 3
"""One cell in so many has a word that not every example has."""

Call = Mapping[str, tuple[str, ...]]
"""What one indicator or one rule names: words by the argument that they are given as."""


@frozen
class NamedWords:
    """The words that a profile names.

    Attributes:
        kinds: For each section of the vocabulary the kinds that the profile adds to the core, and those
            that indicators name. What rules count is planted where all else has been made.
        calls: What each indicator and each rule names.
    """

    kinds: Mapping[str, tuple[str, ...]]
    calls: tuple[Call, ...]

    @classmethod
    def of(cls, profile: Profile) -> NamedWords:
        """Collect what a profile names."""
        asked = tuple(_find_indicator_calls(profile))
        named = {word for call in asked for words in call.values() for word in words}
        vocabulary = profile.vocabulary
        kinds = {name: _list_named_kinds(vocabulary, name, named) for name in vocabulary.sections}
        return cls(kinds, (*asked, *_find_rule_calls(profile)))

    def list_further(self, section: str, usual: Collection[str]) -> tuple[str, ...]:
        """Return the kinds of a section that are named, beyond those that every example has."""
        return tuple(kind for kind in self.kinds[section] if kind not in usual)

    def list_own(self, section: str) -> tuple[str, ...]:
        """Return the kinds of a section that the profile adds to the core."""
        return self.list_further(section, load_core_vocabulary().section(section))

    def list_given(self, *arguments: str, beside: str | None = None) -> tuple[str, ...]:
        """Return the words that are given as some arguments, each once.

        Args:
            arguments: What the arguments are called.
            beside: A word that stands in the same call, if only those of such calls are wanted.
        """
        return tuple(
            dict.fromkeys(
                word
                for call in self.calls
                if beside is None or any(beside in words for words in call.values())
                for argument in arguments
                for word in call.get(argument, ())
            )
        )


def spread_words(
    cells: NDArray[np.object_], instead: str | None, words: Sequence[str]
) -> NDArray[np.object_]:
    """Return cells of which some have further words, one after the other: one cell in `EVERY`.

    Args:
        cells: Cells of words.
        instead: The word in whose place they stand; None for blank cells.
        words: The further words; without any, the cells stay as they are.
    """
    if not words:
        return cells
    chosen = np.flatnonzero(cells == np.array(instead, object))[::EVERY]
    found = cells.copy()
    found[chosen] = np.resize(np.array(words, object), len(chosen))
    return found


def _list_named_kinds(
    vocabulary: Vocabulary, section: str, named: Collection[str]
) -> tuple[str, ...]:
    core = load_core_vocabulary().section(section)
    return tuple(k for k in vocabulary.section(section) if k in named or k not in core)


def _find_indicator_calls(profile: Profile) -> Iterator[Call]:
    """Yield what each indicator names, and what its measure takes by default if it is the profile's own."""
    defaults = {function.__name__: _read_defaults(function) for function in profile.measures}
    for indicator in profile.indicators.values():
        yield defaults.get(indicator.measure, {}) | _read_texts(_list_given_arguments(indicator))


def _find_rule_calls(profile: Profile) -> Iterator[Call]:
    for claim in profile.claims.values():
        if claim.rule is not None:
            yield _read_texts(asdict(claim.rule))


def _list_given_arguments(indicator: Indicator) -> Mapping[str, object]:
    """Return an indicator's arguments, with the parts that its target is for."""
    return {**indicator.arguments, "each": indicator.each}


def _read_defaults(function: object) -> dict[str, tuple[str, ...]]:
    """Return the words that a measure takes where an indicator gives none."""
    parameters = inspect.signature(inspect.unwrap(function)).parameters  # type: ignore[arg-type]
    return _read_texts({name: parameter.default for name, parameter in parameters.items()})


def _read_texts(values: Mapping[str, object]) -> dict[str, tuple[str, ...]]:
    """Return the values that are texts or lists of texts."""
    listed = {
        name: [value] if isinstance(value, str) else value
        for name, value in values.items()
        if isinstance(value, str | list | tuple)
    }
    return {name: tuple(w for w in words if isinstance(w, str)) for name, words in listed.items()}
