"""What a mapping says of a file, and of what is taken from it: the words of the language.

The reference page about mappings describes the same keys for whoever writes one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from attrs import Factory, field, frozen
from attrs.converters import optional

from plfkit.errors import InvalidDataError
from plfkit.hints import Hint
from plfkit.model.validators import FieldError, OneOf
from plfkit.sources.dialects import Dialect
from plfkit.sources.importing.titles import ANYTHING, fold_word, normalise_words

NOTHING = "none"
"""What a word of a cell may mean: as if the cell were blank."""
NOBODY = "nobody"
"""Whom a name may mean: somebody who is left out."""
RESPONDENTS = ("person", "respondent", "community")
"""The keys of which one says who answered."""


@frozen
class TakeKind:
    """What may be taken from a file, and the keys with which a mapping says how.

    Attributes:
        columns: What a column may say.
        settings: The further keys.
        needs: What must be said, by a column or for every row; of several in one, any will do.
    """

    columns: frozenset[str]
    settings: frozenset[str]
    needs: tuple[tuple[str, ...], ...]


def _name_kind(columns: str, settings: str, *needs: str) -> TakeKind:
    alternatives = tuple(tuple(need.split("|")) for need in needs)
    return TakeKind(frozenset(columns.split()), frozenset(settings.split()), alternatives)


TAKE_KINDS: Mapping[str, TakeKind] = {
    "staff": _name_kind(
        "person name also unit role fte hours full_time subject valid_from valid_to community "
        "community_role",
        "id repeated namesakes as_of",
        "person|name",
        "unit",
        "role",
    ),
    "network": _name_kind(
        "person also named weight colleagues answered asked",
        "survey asked repeated half nothing self",
        "person",
        "named|colleagues|answered",
        "survey",
    ),
    "scale": _name_kind(
        "person also respondent community unit date items item value answered asked",
        "survey asked repeated half nothing reversed",
        "items|item",
        "survey",
    ),
    "edges": _name_kind(
        "source target relation weight subject initiative formality valid_from valid_to",
        "survey asked repeated half self",
        "source",
        "target",
    ),
    "meetings": _name_kind(
        "event date unit community focus hours headcount artefact kind named colleagues person role",
        "id complete",
        "date",
        "kind",
    ),
}


def _write_day(value: object) -> object:
    """Return a day as text; TOML has days of its own."""
    return value.isoformat() if isinstance(value, date) else value


def _normalise_texts(value: Any) -> tuple[str, ...]:
    """Return a text, or a list of texts, as normalised texts."""
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list | tuple) or not all(isinstance(t, str) and t for t in texts):
        raise ValueError(Hint("mapping.texts"))
    return tuple(map(normalise_words, texts))


def _normalise_titles(given: Mapping[str, Any]) -> Mapping[str, tuple[str, ...]]:
    return {key: _normalise_texts(value) for key, value in given.items()}


def _fold_words(given: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Mapping[str, Any]]:
    """Return tables of words by the words as they are compared; one may stand in it once."""
    found: dict[str, dict[str, Any]] = {}
    for key, table in given.items():
        found[key] = {}
        for word, meaning in table.items():
            if fold_word(word) in found[key]:
                raise ValueError(Hint("mapping.word_twice", word=word, name=key))
            found[key][fold_word(word)] = _read_meaning(meaning)
    return found


def _read_meaning(meaning: Any) -> Any:
    """Return what a word means; None for nothing."""
    if isinstance(meaning, list):
        return tuple(meaning)
    return None if meaning == NOTHING else meaning


def _normalise_keys(given: Mapping[str, Any]) -> Mapping[str, Any]:
    return {normalise_words(title): value for title, value in given.items()}


def _fold_choices(given: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Mapping[str, Any]]:
    return _fold_words(_normalise_keys(given))


def _require_row(_instance: object, attribute: Any, value: object) -> None:
    """Refuse what names no row: a number from 1, or what its first filled cell holds."""
    for one in value if isinstance(value, tuple) else (value,):
        is_number = isinstance(one, int) and not isinstance(one, bool) and one > 0
        if one is not None and not is_number and not (isinstance(one, str) and one.strip()):
            raise FieldError(attribute.name, Hint("mapping.row"))


@frozen(kw_only=True)
class FileWords:
    """How a file is written, and where the table stands in it; the reference page has every key."""

    name: str = ANYTHING
    encoding: str = "utf-8"
    delimiter: str = ","
    decimal: str = field(default=".", validator=OneOf((".", ",")))
    dates: str = field(default="iso", validator=OneOf(("iso", "day-first", "month-first")))
    ends: str = field(default="day after", validator=OneOf(("day after", "last day")))
    empty: tuple[str, ...] = field(default=(), converter=_normalise_texts)
    sheet: str | None = field(default=None, converter=optional(normalise_words))
    header: Any = field(default=None, validator=_require_row)
    labels: Any = field(default=None, validator=_require_row)
    skip: tuple[Any, ...] = field(default=(), validator=_require_row)
    until: Any = field(default=None, validator=_require_row)
    cells: str | None = None
    ignore: tuple[str, ...] = field(default=(), converter=_normalise_texts)

    @property
    def dialect(self) -> Dialect:
        """How the text of a file is written; numbers and days of a mapping are read elsewhere."""
        return Dialect(encoding=self.encoding, delimiter=self.delimiter)  # type: ignore[arg-type]

    def __attrs_post_init__(self) -> None:
        """Refuse an encoding or a delimiter that there is not."""
        try:
            _ = self.dialect
        except InvalidDataError as error:
            fault = error.faults[0]
            raise FieldError(fault.place.file, fault.remedy) from error


@frozen(kw_only=True)
class MappedSurvey:
    """The survey that answers belong to: a row of the table surveys."""

    id: str
    relation: str | None = None
    instrument: str | None = None
    date: Any = field(default=None, converter=_write_day)
    unit: str | None = None
    max_ties: int | None = None
    lowest: float | None = None
    highest: float | None = None


@frozen(kw_only=True)
class MappedUnit:
    """A unit that is to be there."""

    kind: str
    name: str | None = None
    parent: str | None = None


@frozen(kw_only=True)
class MappedCommunity:
    """A community that is to be there."""

    kind: str
    name: str | None = None
    unit: str | None = None
    charter: bool | None = None


@frozen(kw_only=True)
class CompleteList:
    """That a list has every meeting of some kinds."""

    kinds: tuple[str, ...]
    unit: str
    valid_from: Any = field(default=None, converter=_write_day)
    valid_to: Any = field(default=None, converter=_write_day)


@frozen(kw_only=True)
class Take:
    """One thing that is taken from a file; the reference page has every key."""

    kind: str
    file: FileWords = Factory(FileWords)
    columns: Mapping[str, Any] = field(factory=dict, converter=_normalise_titles)
    items: Mapping[str, str] = field(factory=dict, converter=_normalise_keys)
    every: Mapping[str, Any] = Factory(dict)
    split: Mapping[str, str] = Factory(dict)
    words: Mapping[str, Mapping[str, Any]] = field(factory=dict, converter=_fold_words)
    only: Mapping[str, Mapping[str, Any]] = field(factory=dict, converter=_fold_choices)
    survey: MappedSurvey | None = None
    asked: Any = field(default=None)
    repeated: str = field(default="refuse", validator=OneOf(("first", "last", "refuse")))
    half: str = field(default="refuse", validator=OneOf(("answered", "silent", "refuse")))
    nothing: str = field(default="refuse", validator=OneOf(("answered", "silent", "refuse")))
    naming_oneself: str = field(default="refuse", validator=OneOf(("drop", "refuse")))
    reversed: tuple[str, ...] = ()
    complete: CompleteList | None = None
    namesakes: str = field(default="refuse", validator=OneOf(("same", "refuse")))
    as_of: Any = field(default=None, converter=_write_day)
    id: str | None = None

    @asked.validator
    def _check_asked(self, attribute: Any, value: Any) -> None:
        is_file = isinstance(value, list) and len(value) == 1 and isinstance(value[0], str)
        if value is not None and value not in ("staff", "rows") and not is_file:
            raise FieldError(attribute.name, Hint("mapping.asked"))

    def has(self, key: str) -> bool:
        """Tell whether a column, or a word for every row, says something."""
        return key in self.columns or key in self.every
