"""Choices: a word that must be one of a few."""

from __future__ import annotations

from collections.abc import Sequence

from plfkit.errors import MeasureError
from plfkit.hints import Hint, quote_word
from plfkit.model.words.titles import hint_at_choice


def check_choice(name: str, keyword: str, value: str, known: Sequence[str]) -> None:
    """Refuse a choice that a measure does not have.

    Raises:
        MeasureError: There is no such choice.
    """
    if value not in known:
        near = hint_at_choice(value, known)
        values = {"measure": name, "name": keyword, "word": quote_word(value)}
        raise MeasureError(Hint("measure.no_choice", near=near, **values))
