"""What titles, rows and answers usually mean: the words of ``known.toml``, looked up."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from importlib import resources

from attrs import frozen

from plfkit.model.documents import parse_toml, structure_document
from plfkit.model.words.titles import normalise_title


@frozen
class KnownScale:
    """Answers whose words say which way they go.

    Attributes:
        first: The number of the first.
        words: From least to most, what each is written as.
    """

    first: int
    words: tuple[tuple[str, ...], ...]

    def give_numbers(self, answers: Iterable[str]) -> dict[str, int]:
        """Return the number of each answer that the scale has."""
        numbers = {word: n for n, words in enumerate(self.words, self.first) for word in words}
        plain = {answer: normalise_title(answer) for answer in answers}
        return {answer: numbers[word] for answer, word in plain.items() if word in numbers}


@frozen
class KnownWords:
    """The words of ``known.toml``.

    Attributes:
        totals: What rows begin with that hold no data.
        open_years: Years of days that stand for an open end.
        titles: What columns are titled, by what they say.
        marks: What a mark means: ``yes`` or ``no``.
        no_answer: Answers that are none.
        scales: Scales whose words say which way they go.
    """

    totals: tuple[str, ...]
    open_years: tuple[str, ...]
    titles: Mapping[str, tuple[str, ...]]
    marks: Mapping[str, tuple[str, ...]]
    no_answer: Mapping[str, tuple[str, ...]]
    scales: tuple[KnownScale, ...]


@cache
def load_known_words() -> KnownWords:
    """Return the words that are known."""
    text = resources.files(__package__).joinpath("known.toml").read_text(encoding="utf-8")
    return structure_document(parse_toml(text, "known.toml"), KnownWords, "known.toml")


@cache
def _compile_words(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return what matches any of some words, in which ``*`` stands for anything."""
    return re.compile("|".join(".+".join(map(re.escape, word.split("*"))) for word in words))


def has_title(title: str, *meanings: str) -> bool:
    """Tell whether a title is one that columns of a meaning usually have."""
    known, plain = load_known_words().titles, normalise_title(title).rstrip(" .:?*!")
    return any(_compile_words(known[meaning]).fullmatch(plain) for meaning in meanings)


def is_total(text: str) -> bool:
    """Tell whether a row that begins with a text is usually a total."""
    return _compile_words(load_known_words().totals).fullmatch(normalise_title(text)) is not None


def is_no_answer(word: str) -> bool:
    """Tell whether an answer says that there is none."""
    return normalise_title(word) in load_known_words().no_answer["words"]


def read_mark(word: str) -> bool | None:
    """Return what a mark means, if that is known."""
    marks, plain = load_known_words().marks, normalise_title(word)
    return True if plain in marks["yes"] else False if plain in marks["no"] else None


def find_scales(answers: Collection[str]) -> list[KnownScale]:
    """Return the scales that have all of some answers."""
    return [
        scale
        for scale in load_known_words().scales
        if answers and len(scale.give_numbers(answers)) == len(set(answers))
    ]


def has_never(scale: KnownScale) -> bool:
    """Tell whether the least word of a scale is never: in a question about a colleague, no tie."""
    return "never" in scale.words[0]


def has_scale_word(answers: Iterable[str]) -> bool:
    """Tell whether any of some answers is one of a known scale."""
    texts = list(answers)
    return any(scale.give_numbers(texts) for scale in load_known_words().scales)
