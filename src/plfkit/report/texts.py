"""What the report says, in one language: fixed texts, labels, numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any

from attrs import frozen

from plfkit.errors import MissingExtraError, UnknownLanguageError
from plfkit.model.documents import parse_toml, structure
from plfkit.model.vocabulary import Label

LANGUAGES = ("da", "en")
_DANISH_ORDER = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}"})
_LOCALES = {"da": "da_DK", "en": "en_GB"}
_PATTERNS = {"da": "#,##0.0 %", "en": "#,##0.0%"}


@cache
def catalogue() -> Mapping[str, Mapping[str, Label]]:
    """Return every text of the report by section and key."""
    text = resources.files("plfkit.report").joinpath("texts.toml").read_text(encoding="utf-8")
    document = parse_toml(text, "texts.toml")
    return structure(document, dict[str, dict[str, Label]], "texts.toml")


@frozen
class Texts:
    """The report's words and numbers in one language."""

    language: str

    @classmethod
    def of(cls, language: str) -> Texts:
        """Return the texts of a language.

        Raises:
            UnknownLanguageError: The report does not speak it.
        """
        if language not in LANGUAGES:
            known = " or ".join(LANGUAGES)
            raise UnknownLanguageError(f"the report does not speak {language!r}: use {known}")
        return cls(language)

    def __call__(self, key: str, **words: Any) -> str:
        """Return a text by ``"section.key"``, its blanks filled in."""
        section, _, name = key.partition(".")
        return catalogue()[section][name][self.language].format(**words)

    def of_id(self, section: str, name: str, **words: Any) -> str:
        """Return the text of an id, or the id itself if it comes from somebody else's measure."""
        known = name in catalogue()[section]
        return (
            self(f"{section}.{name}", **words)
            if known
            else ": ".join([name, *map(str, words.values())])
        )

    def tables(self, names: Iterable[str]) -> str:
        """Write what tables hold, as a sentence does."""
        return self.listing([self.of_id("tables", name) for name in names])

    def label(self, label: Label) -> str:
        """Return a label in this language."""
        return label[self.language]

    @property
    def _locale(self) -> str:
        return _LOCALES[self.language]

    def number(self, value: float) -> str:
        """Write a number as it is; the gate has rounded it."""
        text: str = _babel().format_decimal(value, locale=self._locale, decimal_quantization=False)
        return text

    def per_cent(self, share: float) -> str:
        """Write a share in per cent with one decimal."""
        text: str = _babel().format_percent(share, _PATTERNS[self.language], self._locale)
        return text

    def whole_per_cent(self, share: float) -> str:
        """Write a share in whole per cent."""
        pattern = _PATTERNS[self.language].replace(".0", "")
        text: str = _babel().format_percent(share, pattern, self._locale)
        return text

    def date(self, day: str) -> str:
        """Write an ISO date as people do."""
        from babel.dates import format_date  # noqa: PLC0415 - an extra

        shown = dt.date.fromisoformat(day)
        return str(format_date(shown, "long", locale=self._locale))

    def listing(self, words: list[str]) -> str:
        """Join words as a sentence does."""
        from babel.lists import format_list  # noqa: PLC0415 - an extra

        return str(format_list(words, locale=self._locale)) if words else ""


def collation(name: str) -> tuple[str, str]:
    """Return a key that sorts names as Danish does: æ, ø and å come after z."""
    return name.casefold().translate(_DANISH_ORDER), name


def _babel() -> Any:
    try:
        from babel import numbers  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError("report", "The report") from error
    return numbers
