"""How cells of a sheet are named: AB12 and back."""

from __future__ import annotations

import re

_REFERENCE = re.compile(r"([A-Z]{1,4})([0-9]{1,9})")


def parse_reference(reference: str) -> tuple[int, int]:
    """Return column and row of a cell such as AB12, counted from 1.

    Raises:
        ValueError: It is no such reference.
    """
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise ValueError("no cell")
    number = 0
    for letter in match[1]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number, int(match[2])


def spell_column(column: int) -> str:
    """Return the letters of a column, counted from 1."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
