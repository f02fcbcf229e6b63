"""Validators of what people declare: each says under which key something is wrong."""

from __future__ import annotations

import re
from typing import Any

from attrs import frozen

from plfkit.errors import PeriodError
from plfkit.hints import Hint
from plfkit.periods import Period

_HIDDEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff"
    r"\ud800-\udfff\U000e0000-\U000e007f]"
)


def find_hidden_letter(text: str) -> bool:
    """Tell whether a text has letters that nobody sees: commands, or marks that turn what stands behind them.

    Line feeds and tabs are none.

    Args:
        text: The text.
    """
    return _HIDDEN.search(text) is not None


class FieldError(ValueError):
    """The value under one key of a declaration cannot be; `key` says which."""

    def __init__(self, key: str, message: Hint | str) -> None:
        self.key = key
        super().__init__(message)


@frozen
class OneOf:
    """A validator: the value is one of these words, or None."""

    words: tuple[str, ...]

    def __call__(self, _instance: object, attribute: Any, value: Any) -> None:
        """Refuse any other word."""
        if value is not None and value not in self.words:
            hint = Hint("document.one_of", name=attribute.name, words=self.words, found=repr(value))
            raise FieldError(attribute.name, hint)


def check_period_text(_instance: object, attribute: Any, value: str | None) -> None:
    """Refuse a text that is no period; None is fine."""
    try:
        if value is not None:
            Period.parse(value)
    except PeriodError as error:
        raise FieldError(attribute.name, str(error)) from error
