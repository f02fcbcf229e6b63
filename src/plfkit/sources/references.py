"""How cells of a sheet are named: AB12 and back."""

from __future__ import annotations

import re
from functools import lru_cache

_LETTERS = re.compile(r"[A-Z]{1,4}")
_LONGEST_ROW = 9


def parse_reference(reference: str) -> tuple[int, int]:
    """Return column and row of a cell such as AB12, counted from 1.

    Raises:
        ValueError: It is no such reference.
    """
    letters = reference.rstrip("0123456789")
    row = reference[len(letters) :]
    if not row or len(row) > _LONGEST_ROW:
        raise ValueError("no cell")
    return _number_column(letters), int(row)


@lru_cache(maxsize=1 << 15)  # a sheet has 16,384 columns
def _number_column(letters: str) -> int:
    """Return the number of a column, from 1."""
    if not _LETTERS.fullmatch(letters):
        raise ValueError("no cell")
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def spell_column(column: int) -> str:
    """Return the letters of a column, counted from 1."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
