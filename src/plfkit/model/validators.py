"""Validators of what people declare."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from plfkit.periods import Period


@frozen
class OneOf:
    """A validator: the value is one of these words, or None."""

    words: tuple[str, ...]

    def __call__(self, _instance: object, attribute: Any, value: Any) -> None:
        """Refuse any other word."""
        if value is not None and value not in self.words:
            raise ValueError(f"{attribute.name} is one of {', '.join(self.words)}, not {value!r}")


def readable_period(_instance: object, _attribute: Any, value: str | None) -> None:
    """Refuse a text that is no period; None is fine."""
    if value is not None:
        Period.parse(value)
