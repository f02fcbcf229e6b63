"""Choices: a word that must be one of a few."""

from __future__ import annotations

from collections.abc import Sequence

from plfkit.errors import MeasureError
from plfkit.model.words.titles import suggest_word


def check_choice(name: str, keyword: str, value: str, known: Sequence[str]) -> None:
    """Refuse a choice that a measure does not have.

    Raises:
        MeasureError: There is no such choice.
    """
    if value not in known:
        hint = suggest_word(value, known) or f": use {' or '.join(known)}"
        raise MeasureError(f"{name} has no {keyword} {value!r}{hint}")
