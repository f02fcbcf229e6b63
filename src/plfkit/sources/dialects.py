"""How a file writes text, numbers and dates, where it is not as plfkit itself writes them.

What is declared is read; what is not declared is refused with the option that declares it.
"""

from __future__ import annotations

import codecs
import re
from datetime import date, timedelta
from typing import Any, Literal

from attrs import field, frozen

from plfkit.errors import Fault, InvalidDataError, Place
from plfkit.hints import Hint
from plfkit.model.records.schema import DATE, NUMBER, Codec

_COMMA_NUMBER = re.compile(r"[+-]?[0-9]+,[0-9]+([eE][+-]?[0-9]{1,3})?|[+-]?,[0-9]+")
DAY_FIRST = re.compile(
    r"(?P<day>[0-9]{1,2})(?P<dot>[-./])(?P<month>[0-9]{1,2})(?P=dot)(?P<year>[0-9]{4})"
)


_WINDOWS_NAMES = {"unicode": "utf-16"}
"""What Windows calls encodings that Python has another name for."""
_CODES = {"unicode_escape", "raw_unicode_escape", "punycode", "idna", "utf_7"}
"""What Python calls encodings, but no program writes a table in: they would rewrite what stands there."""


def _require_one_of(*words: str) -> Any:
    def check(instance: object, attribute: Any, value: object) -> None:
        del instance
        if value not in words:
            hint = Hint("dialect.choices", words=tuple(map(repr, words)))
            _refuse_dialect_option(attribute.name, hint)

    return check


def _refuse_dialect_option(option: str, hint: Hint) -> None:
    raise InvalidDataError([Fault("unknown_dialect", Place(option), hint)])


@frozen(kw_only=True)
class Dialect:
    """How a file is written.

    Attributes:
        encoding: The name of its encoding, as Python or Windows knows it; ``"cp1252"`` is Windows in
            Denmark, ``"unicode"`` what Excel calls UTF-16.
        delimiter: What stands between the cells of a row: a comma, a semicolon or a tab.
        decimal: What stands before the decimals of a number.
        dates: ``"iso"`` for 2018-08-01, ``"day-first"`` for 01-08-2018, 1.8.2018 or 01/08/2018.
        ends: What stands in the column ``valid_to``: ``"day after"`` for the first day no longer in
            force, as in the native tables; ``"last day"``, as in staff systems.
    """

    encoding: str = field(default="utf-8")
    delimiter: Literal[",", ";", "\t"] = field(
        default=",", validator=_require_one_of(",", ";", "\t")
    )
    decimal: Literal[".", ","] = field(default=".", validator=_require_one_of(".", ","))
    dates: Literal["iso", "day-first"] = field(
        default="iso", validator=_require_one_of("iso", "day-first")
    )

    ends: Literal["day after", "last day"] = field(
        default="day after", validator=_require_one_of("day after", "last day")
    )

    @encoding.validator
    def _check_encoding(self, _attribute: object, value: str) -> None:
        try:
            name = self.codec
            "æ".encode(name)
        except (LookupError, TypeError, ValueError):
            name = ""
        del value
        if not name or name.replace("-", "_") in _CODES:
            _refuse_dialect_option("encoding", Hint("dialect.encoding"))

    @property
    def codec(self) -> str:
        """What Python calls the encoding."""
        return codecs.lookup(_WINDOWS_NAMES.get(str(self.encoding).lower(), self.encoding)).name

    @property
    def is_utf8(self) -> bool:
        """Whether files are UTF-8."""
        return self.codec in {"utf-8", "utf-8-sig"}

    @property
    def is_utf16(self) -> bool:
        """Whether files are UTF-16, of whichever order of bytes."""
        return self.codec.startswith("utf-16")

    @property
    def is_wide(self) -> bool:
        """Whether files have several bytes for every letter, plain ones too."""
        return self.is_utf16 or self.codec.startswith("utf-32")

    def normalise_cell(self, codec: Codec, text: str) -> str:
        """Return a cell as plfkit itself writes it."""
        if codec is NUMBER and self.decimal == "," and _COMMA_NUMBER.fullmatch(text):
            return text.replace(",", ".")
        if codec is NUMBER and self.decimal == "," and "." in text:
            raise ValueError(Hint("cell.comma_number"))
        if codec is DATE and self.dates == "day-first" and (match := DAY_FIRST.fullmatch(text)):
            return f"{match['year']}-{match['month']:0>2}-{match['day']:0>2}"
        return text

    def find_day_after(self, end: date) -> date:
        """Return the first day after an end, as the native tables have it.

        Raises:
            ValueError: It lies beyond the years that plfkit knows.
        """
        if self.ends == "day after":
            return end
        return DATE.check(end + timedelta(days=1))  # type: ignore[no-any-return]

    def suggest_declaration(self, codec: Codec, text: str) -> Hint | None:
        """Return the declaration that would make a cell readable, if there is one."""
        if codec is NUMBER and self.decimal == "." and _COMMA_NUMBER.fullmatch(text):
            return Hint("cell.declare_commas")
        if codec is DATE and self.dates == "iso" and DAY_FIRST.fullmatch(text):
            return Hint("cell.declare_dates")
        return None
