"""Texts that readers see, kept in files apart from the code: in Danish and in English."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from string import Formatter
from typing import Any, ClassVar, Self

from attrs import frozen

from plfkit.errors import UnknownLanguageError
from plfkit.hints import LANGUAGES, Hint, quote_word
from plfkit.model.documents import parse_toml, structure_document
from plfkit.model.words.kinds import Label


@frozen
class Wording:
    """The texts of one file in one language; a subclass says which file.

    Attributes:
        package: The package that holds the file.
        file: Its name.
    """

    language: str
    package: ClassVar[str]
    file: ClassVar[str]

    @classmethod
    def of(cls, language: str) -> Self:
        """Return the texts of a language.

        Raises:
            UnknownLanguageError: There are no texts in it.
        """
        if language not in LANGUAGES:
            raise UnknownLanguageError(
                Hint("language.unknown", name=quote_word(language), known=LANGUAGES)
            )
        return cls(language)

    def __call__(self, key: str, **words: Any) -> str:
        """Return a text by ``"section.key"``, its blanks filled in."""
        section, _, name = key.partition(".")
        return self.fill_in(self.read_texts()[section][name], **words)

    def fill_in(self, label: Label, /, **words: Any) -> str:
        """Return a label in this language, its blanks filled in.

        What stands after a blank's colon on either side of a bar is for one and for others:
        ``{count} {count:team|teams}``.
        """
        text = self.label(label)
        return _BLANKS.vformat(text, (), words) if "{" in text or "}" in text else text

    @classmethod
    def read_texts(cls) -> Mapping[str, Mapping[str, Label]]:
        """Return every text by section and key."""
        return _load_wording(cls.package, cls.file)

    def label(self, label: Label) -> str:
        """Return a label in this language."""
        return label[self.language]


class _CountedBlanks(Formatter):
    """Fills blanks, and chooses between words for one and words for others."""

    def format_field(self, value: Any, format_spec: str) -> str:
        """Return a value as it is told; of words on either side of a bar, those that fit it."""
        one, bar, others = format_spec.partition("|")
        if not bar:
            return str(super().format_field(value, format_spec))
        return one if str(value) == "1" else others


_BLANKS = _CountedBlanks()


@cache
def _load_wording(package: str, file: str) -> Mapping[str, Mapping[str, Label]]:
    text = resources.files(package).joinpath(file).read_text(encoding="utf-8")
    return structure_document(parse_toml(text, file), dict[str, dict[str, Label]], file)


@frozen
class TableWords(Wording):
    """What readers call that which the native tables hold."""

    package = "plfkit.model.words"
    file = "tables.toml"
