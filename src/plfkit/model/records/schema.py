"""The one source of the tables' shapes: fields of attrs classes, and the codecs of their cells.

A class of rows (`plfkit.model.records.rows`) declares its fields with the helpers below. Columns,
headers of files, Table Schema and the reference page of the documentation all follow from those.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

import numpy as np
from attrs import NOTHING, Factory, evolve, field, fields, frozen

from plfkit.hints import AllowedWord, Hint
from plfkit.model.validators import find_hidden_letter
from plfkit.periods import FIRST_YEAR, LAST_YEAR, Period

_METADATA_KEY = "plfkit"
_RULES = "__rules__"
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CPR = re.compile(
    r"(?<![0-9])(?P<day>[0-9]{2})[./ ]?(?P<month>[0-9]{2})[./ ]?[0-9]{2}"
    r"[-\u2010-\u2015\u2212_./ ]{0,2}[0-9]{4}(?![0-9])"
)
_SPACE = " \t\r\n\xa0\u1680\u202f\u205f\u3000\ufeff" + "".join(map(chr, range(0x2000, 0x200B)))
"""What people take for space: no-break spaces too, and the mark that stands before a file's text."""
_EDGE = re.compile(r"(?:\A|\n) | (?:\n|\Z)")
_DAYS, _MONTHS, _LONGEST = 31, 12, 10_000
_CPR_DIGITS = 10
_REPLACEMENT = 60  # is added to the day of replacement CPR numbers
_LARGEST_INTEGER = 10**15
REQUIRED: Any = NOTHING
"""The default of a column that has none."""


@frozen
class Codec:
    """How the cells of a column are read, checked and stored.

    Attributes:
        name: The type in Table Schema terms.
        dtype: The array's type; text is stored as codes into sorted categories.
        decode: From the text of a cell to its value; raises ValueError with a hint.
        check: From a value given in Python to the value stored; raises ValueError with a hint.
        description: How a cell is written, for the reference page.
    """

    name: str
    dtype: str
    decode: Callable[[str], Any]
    check: Callable[[Any], Any]
    description: str

    @property
    def is_text(self) -> bool:
        """Whether cells are text, stored as codes."""
        return self.dtype == "text"


@frozen
class ColumnSpec:
    """One column of a table.

    Attributes:
        name: The header.
        codec: How its cells are read and stored.
        doc: What it holds, in one sentence.
        required: Whether every row must have a value.
        refers_to: The table whose ids it holds.
        kind: The section of the vocabulary whose ids it holds.
        choices: The values it may have, where the vocabulary has no say.
        minimum: The least number allowed.
        maximum: The greatest number allowed.
        within: Whether the row must lie within the time of what it refers to.
        loose: Whether the cell may be any word as long as the table it refers to is empty.
        blank: What a blank cell means; None if nothing.
        depends_on: The column of the row that says of which sections the cell holds an id.
        sections: Which sections each word of that column stands for.
        item_of: The section whose ids are words that the cell may hold among others.
        is_end: Whether it holds the first day on which the row is no longer in force.
    """

    name: str
    codec: Codec
    doc: str
    required: bool = False
    refers_to: str | None = None
    kind: str | None = None
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    within: bool = False
    loose: bool = False
    blank: str | None = None
    depends_on: str | None = None
    sections: Mapping[str, tuple[str, ...]] = Factory(dict)
    is_end: bool = False
    item_of: str | None = None

    @property
    def named_sections(self) -> tuple[str, ...]:
        """The sections of the vocabulary whose ids it holds, or may hold."""
        depending = (section for sections in self.sections.values() for section in sections)
        return tuple(s for s in (self.kind, self.item_of, *depending) if s is not None)


@frozen
class Rules:
    """What must hold between the rows of a table.

    Attributes:
        unique: Columns that no two rows may have in common.
        one_at_a_time: Columns of which only one row may be in force on any day.
    """

    unique: tuple[str, ...] = ()
    one_at_a_time: tuple[str, ...] = ()


def _clean_cell_text(text: str, *, lines: bool) -> str:
    if find_hidden_letter(text) or (not lines and ("\n" in text or "\t" in text)):
        raise ValueError(Hint("cell.control"))
    clean = unicodedata.normalize("NFC", text)
    if len(clean) > _LONGEST:
        raise ValueError(Hint("cell.too_long", longest=_LONGEST))
    if _looks_like_cpr(text):
        raise ValueError(Hint("cell.cpr"))
    return clean


def _convert_digits(text: str) -> str:
    """Return a text with digits of every script as 0 to 9."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def _looks_like_cpr(text: str) -> bool:
    return any(
        1 <= int(match["day"]) % _REPLACEMENT <= _DAYS and 1 <= int(match["month"]) <= _MONTHS
        for match in _CPR.finditer(_convert_digits(text))
    )


def _count_most_digits(together: str) -> int:
    """Return the most digits that one of several lines has, or could have in another script."""
    if not together.isascii():
        return _CPR_DIGITS
    codes = np.frombuffer(together.encode("ascii"), np.uint8)
    starts = np.concatenate([[0], np.flatnonzero(codes == ord("\n"))])
    digits = (codes >= ord("0")) & (codes <= ord("9"))
    return int(np.add.reduceat(digits, starts, dtype=np.int64).max())


def are_texts_plain(texts: Sequence[str]) -> bool:
    """Tell, by one look at all of them together, whether texts are cells as they should be.

    If not, some of them may still be fine; decoding them one by one tells which.
    """
    together = "\n".join(texts)
    return (
        "".join(texts).isprintable()
        and (" " not in together or _EDGE.search(together) is None)
        and (
            _count_most_digits(together) < _CPR_DIGITS
            or _CPR.search(_convert_digits(together)) is None
        )
        and (together.isascii() or unicodedata.is_normalized("NFC", together))
        and max(map(len, texts)) <= _LONGEST
    )


def strip_space(text: str) -> str:
    """Return a text without the space before and after it, whichever sort of space it is."""
    return text.strip(_SPACE)


def _decode_id(text: str) -> str:
    if text != text.strip():
        raise ValueError(Hint("cell.space"))
    return _clean_cell_text(text, lines=False)


def _decode_text(text: str) -> str:
    return _clean_cell_text(strip_space(text), lines=True)


def _decode_date(text: str) -> date:
    try:
        if not _ISO_DATE.fullmatch(text):
            raise ValueError
        day = date.fromisoformat(text)
    except ValueError:
        raise ValueError(Hint("cell.date")) from None
    return _check_date(day)


def _decode_number(text: str) -> float:
    if not _NUMBER.fullmatch(text) or not math.isfinite(float(text)):
        raise ValueError(Hint("cell.number"))
    if Decimal(text) != 0 and float(text) == 0:
        raise ValueError(Hint("cell.tiny_number"))
    if text.lstrip("+-").isdigit():
        return _check_number(int(text))
    return float(text)


def _decode_integer(text: str) -> int:
    if not re.fullmatch(r"[+-]?[0-9]{1,15}", text):
        raise ValueError(Hint("cell.whole_number"))
    return _check_integer(int(text))


def _decode_flag(text: str) -> bool:
    if text not in {"yes", "no"}:
        raise ValueError(Hint("cell.flag", words=(AllowedWord("yes"), AllowedWord("no"))))
    return text == "yes"


def _make_text_check(decode: Callable[[str], str]) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        if not isinstance(value, str) or not strip_space(value.strip()):
            raise ValueError(Hint("cell.no_text", type=type(value).__name__))
        return decode(value)

    return check


def _check_date(value: Any) -> date:
    if type(value) is not date:
        raise ValueError(Hint("cell.no_date", type=type(value).__name__))
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValueError(Hint("cell.date_range", first=FIRST_YEAR, last=LAST_YEAR))
    return value


def _check_number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | np.number):
        raise ValueError(Hint("cell.no_number", type=type(value).__name__))
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise ValueError(Hint("cell.infinite"))
    if number != value:
        raise ValueError(Hint("cell.many_digits"))
    return number


def _check_integer(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        raise ValueError(Hint("cell.no_whole_number", type=type(value).__name__))
    if abs(int(value)) >= _LARGEST_INTEGER:
        raise ValueError(Hint("cell.large_whole_number"))
    return int(value)


def _check_flag(value: Any) -> bool:
    if not isinstance(value, bool | np.bool_):
        raise ValueError(Hint("cell.no_flag", type=type(value).__name__))
    return bool(value)


ID = Codec(
    "string", "text", _decode_id, _make_text_check(_decode_id), "text without spaces around it"
)
TEXT = Codec("string", "text", _decode_text, _make_text_check(_decode_text), "text")
DATE = Codec("date", "datetime64[D]", _decode_date, _check_date, "ISO date, as 2018-08-01")
NUMBER = Codec("number", "float64", _decode_number, _check_number, "number with a decimal point")
INTEGER = Codec("integer", "int64", _decode_integer, _check_integer, "whole number")
FLAG = Codec("boolean", "bool", _decode_flag, _check_flag, "yes or no")


def _declare_column(
    codec: Codec, doc: str, *, default: Any = NOTHING, by_name: bool = False, **rules: Any
) -> Any:
    rules = {"required": default is NOTHING, **rules}
    return field(default=default, kw_only=by_name, metadata={_METADATA_KEY: (codec, doc, rules)})


def declare_id(doc: str) -> Any:
    """Declare the id of a row; required."""
    return _declare_column(ID, doc)


def declare_reference(table: str, doc: str, **options: Any) -> Any:
    """Declare a column that holds ids of another table."""
    return _declare_column(ID, doc, refers_to=table, **options)


def declare_kind(section: str, doc: str, **options: Any) -> Any:
    """Declare a column that holds ids of the vocabulary."""
    return _declare_column(ID, doc, kind=section, **options)


def declare_dependent_kind(
    column: str, sections: Mapping[str, tuple[str, ...]], doc: str, **options: Any
) -> Any:
    """Declare a column that holds ids of the sections that another column of the row stands for."""
    return _declare_column(ID, doc, depends_on=column, sections=sections, **options)


def declare_choice(choices: tuple[str, ...], doc: str, **options: Any) -> Any:
    """Declare a column that holds one of a few fixed words."""
    return _declare_column(ID, doc, choices=choices, **options)


def declare_text(doc: str, **options: Any) -> Any:
    """Declare a column of free text."""
    return _declare_column(TEXT, doc, **{"default": None, **options})


def declare_label(doc: str, **options: Any) -> Any:
    """Declare a column of short text that is compared: a key, a subject."""
    return _declare_column(ID, doc, **{"default": None, **options})


def declare_day(doc: str, **options: Any) -> Any:
    """Declare a column of dates."""
    return _declare_column(DATE, doc, **{"default": None, **options})


def declare_number(doc: str, **options: Any) -> Any:
    """Declare a column of finite numbers."""
    return _declare_column(NUMBER, doc, **{"default": None, **options})


def declare_integer(doc: str, **options: Any) -> Any:
    """Declare a column of whole numbers."""
    return _declare_column(INTEGER, doc, **{"default": None, **options})


def declare_flag(doc: str, **options: Any) -> Any:
    """Declare a column of yes and no."""
    return _declare_column(FLAG, doc, **{"default": None, **options})


def declare_validity(doc: str = "in force") -> Any:
    """Declare when the row is in force; stored as ``valid_from`` and ``valid_to``."""
    return field(factory=Period, metadata={_METADATA_KEY: (None, doc, {})})


P = TypeVar("P")


def declare_row_rules(
    *, unique: tuple[str, ...] = (), one_at_a_time: tuple[str, ...] = ()
) -> Callable[[type[P]], type[P]]:
    """Declare what must hold between the rows of a table; ids are unique anyway."""

    def declare(row_type: type[P]) -> type[P]:
        setattr(row_type, _RULES, Rules(unique, one_at_a_time))
        return row_type

    return declare


def read_row_rules(row_type: type[Any]) -> Rules:
    """Return what must hold between the rows of a table."""
    declared: Rules = getattr(row_type, _RULES, Rules())
    has_id = any(attribute.name == "id" for attribute in fields(row_type))
    return evolve(declared, unique=("id",)) if has_id else declared


_SPECS: dict[type[Any], tuple[ColumnSpec, ...]] = {}
"""Of each row type that was asked for: tables ask by the thousand, and `cache` is not typed for types."""


def list_column_specs(row_type: type[Any]) -> tuple[ColumnSpec, ...]:
    """Return the columns of a table, in their order."""
    if row_type not in _SPECS:
        _SPECS[row_type] = tuple(_build_column_specs(row_type))
    return _SPECS[row_type]


def _build_column_specs(row_type: type[Any]) -> Iterator[ColumnSpec]:
    for attribute in fields(row_type):
        codec, doc, rules = attribute.metadata[_METADATA_KEY]
        if codec is None:
            yield ColumnSpec("valid_from", DATE, f"First day {doc}; blank means always before.")
            yield ColumnSpec(
                "valid_to", DATE, f"First day no longer {doc}; blank means open.", is_end=True
            )
        else:
            yield ColumnSpec(attribute.name.rstrip("_"), codec, doc, **rules)


def find_column_spec(row_type: type[Any], column: str) -> ColumnSpec:
    """Return one column of a table."""
    return next(spec for spec in list_column_specs(row_type) if spec.name == column)
