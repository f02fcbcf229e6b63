"""Validators of what people declare: each says under which key something is wrong."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from plfkit.errors import PeriodError
from plfkit.hints import Hint
from plfkit.periods import Period


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
