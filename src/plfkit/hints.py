"""Hints: what mends a fault, as a key with values that is worded for whoever reads it.

The wordings stand beside this module, in ``hints.toml``: in Danish and in English, and where it makes a
difference for each audience, since the command line has options, Python has keywords, and a page neither.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from string import Formatter
from typing import Any, Literal, Protocol, runtime_checkable

from attrs import frozen

Language = Literal["da", "en"]
Audience = Literal["command_line", "python", "page"]
LANGUAGES: tuple[Language, ...] = ("da", "en")
AUDIENCES: tuple[Audience, ...] = ("command_line", "python", "page")
_DANISH_NUMBERS = str.maketrans(",.", ".,")
_PLAIN = "plain.text"
_LONGEST_QUOTE = 60


class TableName(str):
    """The name of a native table in a hint; the source may call the table otherwise."""

    __slots__ = ()


class ColumnName(str):
    """The name of a native table's column in a hint; the source may call the column otherwise."""

    __slots__ = ()


class AllowedWord(str):
    """A word that a cell may hold; the source may have another for it."""

    __slots__ = ()


def quote_word(word: object) -> str:
    """Return a word that was given as messages quote it: one that is none, as it is long, in part."""
    text = repr(word)
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}…"


@runtime_checkable
class Bilingual(Protocol):
    """A text in both languages."""

    @property
    def da(self) -> str:
        """The text in Danish."""

    @property
    def en(self) -> str:
        """The text in English."""


@frozen(init=False)
class Hint:
    """What mends a fault: the key of a wording, and the values that fill its blanks.

    A value is a text, a number, a text in each language, another hint, or several of these.

    >>> hint = Hint("table.no_rows", table=TableName("units"))
    >>> hint.say()
    'there are no rows of units: add them'
    >>> hint.say(language="da")
    'der er ingen rækker i units: tilføj dem'

    Attributes:
        key: Section and name of the wording, as in ``"cell.date"``.
        values: The values by the names of their blanks.
    """

    key: str
    values: tuple[tuple[str, Any], ...]

    def __init__(self, key: str, **values: Any) -> None:
        if values.keys() != find_blanks(key):
            raise ValueError(f"{key} has the blanks {sorted(find_blanks(key))}, not {[*values]}")
        self.__attrs_init__(key, tuple(sorted(values.items())))

    @classmethod
    def of(cls, source: Hint | Bilingual | str | Exception) -> Hint:
        """Return the hint that was given, or that an error was raised with; a text stays as it is.

        A text in both languages, as a `plfkit.Label` is, becomes a hint that says it in each.
        """
        given = source.args[0] if isinstance(source, Exception) and source.args else source
        if isinstance(given, Hint):
            return given
        return cls(_PLAIN, text=given if isinstance(given, Bilingual) else str(source))

    def say(self, *, language: Language = "en", audience: Audience = "python") -> str:
        """Say the hint.

        Args:
            language: ``"da"`` or ``"en"``.
            audience: Who reads it: ``"command_line"``, ``"python"`` or ``"page"``.

        Raises:
            ValueError: Hints are not worded in that language, or not for that audience.
        """
        if language not in LANGUAGES or audience not in AUDIENCES:
            known = f"{' or '.join(LANGUAGES)}, for {' or '.join(AUDIENCES)}"
            raise ValueError(f"hints are said in {known}, not in {language!r} for {audience!r}")
        wording = load_hints()[self.key][audience][language]
        return _BlankFiller(language, audience).vformat(wording, (), dict(self.values))

    def rename(
        self,
        *,
        tables: Mapping[str, str] | None = None,
        columns: Mapping[str, str] | None = None,
        words: Mapping[str, str] | None = None,
    ) -> Hint:
        """Return the hint with the names and words of a source in place of plfkit's own.

        Args:
            tables: What it calls tables.
            columns: What it calls columns.
            words: What it has for words that a cell may hold.
        """
        called: dict[type, Mapping[str, str]]
        called = {TableName: tables or {}, ColumnName: columns or {}, AllowedWord: words or {}}
        if not any(called.values()):
            return self
        return self._replace_names(called)

    def _replace_names(self, called: Mapping[type, Mapping[str, str]]) -> Hint:
        values = {name: _replace_value_names(value, called) for name, value in self.values}
        return Hint(self.key, **values)

    def __str__(self) -> str:
        return self.say()


def _replace_value_names(value: Any, called: Mapping[type, Mapping[str, str]]) -> Any:
    if isinstance(value, Hint):
        return value._replace_names(called)  # noqa: SLF001 - a hint in a hint
    if isinstance(value, tuple):
        return tuple(_replace_value_names(one, called) for one in value)
    return called[type(value)].get(value, value) if type(value) in called else value


class _BlankFiller(Formatter):
    """Fills the blanks of a wording; what stands after the colon of several values parts them."""

    def __init__(self, language: Language, audience: Audience) -> None:
        self.language = language
        self.audience = audience

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, Hint):
            return value.say(language=self.language, audience=self.audience)
        if isinstance(value, tuple):
            return (format_spec or ", ").join(self.format_field(one, "") for one in value)
        if isinstance(value, int | float):
            number = format(value, format_spec)
            return number.translate(_DANISH_NUMBERS) if self.language == "da" else number
        return str(getattr(value, self.language, value))


@cache
def load_hints() -> Mapping[str, Mapping[Audience, Mapping[Language, str]]]:
    """Return every wording by section and name, by audience and by language."""
    file = resources.files("plfkit").joinpath("hints.toml")
    sections = tomllib.loads(file.read_text(encoding="utf-8"))
    return {
        f"{section}.{name}": entry
        if entry.keys() == set(AUDIENCES)
        else dict.fromkeys(AUDIENCES, entry)
        for section, entries in sections.items()
        for name, entry in entries.items()
    }


@cache
def find_blanks(key: str) -> frozenset[str]:
    """Return the names of the blanks that the wordings of a hint have, all of them together."""
    wordings = (text for entry in load_hints()[key].values() for text in entry.values())
    return frozenset(
        name for text in wordings for _, name, *_ in Formatter().parse(text) if name is not None
    )
