"""CSV text into rows, with strict quoting.

A quote opens a cell, closes one, or stands doubled inside one that it opened. Python's reader takes
any other for a letter, so that ``1"Nord, Syd"`` becomes two cells without a word; here such a row
is broken, and is told of.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import count

from attrs import frozen

from plfkit.hints import Hint

# Possessive (`*+`): nothing taken is given back, so a quote that is never closed costs one look.
_QUOTED = re.compile(r'"[^"]*+(?:""[^"]*+)*+"')


@frozen
class BrokenRow:
    """A row that cannot be read.

    Attributes:
        row: Its number, from 1.
        column: The number of the cell at fault, from 1, if one is.
        hint: What mends it.
    """

    row: int
    column: int | None
    hint: Hint


def split_rows(text: str, delimiter: str, broken: list[BrokenRow]) -> Iterator[list[str]]:
    """Yield the rows of a CSV text; one that cannot be read is empty, and added to the broken ones.

    Args:
        text: The text.
        delimiter: What stands between two cells.
        broken: Where rows that cannot be read are added.
    """
    lines = io.StringIO(text, newline="")
    read = _read_sound_rows if _is_sound(text, delimiter) else _read_doubtful_rows
    return read(lines, delimiter, broken)


def _read_sound_rows(
    lines: Iterable[str], delimiter: str, broken: list[BrokenRow]
) -> Iterator[list[str]]:
    """Yield rows whose quotes are known to be sound."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    read = 0
    while True:
        try:
            for row in reader:
                read += 1
                yield row
        except csv.Error:
            read += 1
            broken.append(BrokenRow(read, None, Hint("csv.long_cell")))
            yield []
        else:
            return


def _read_doubtful_rows(
    lines: Iterable[str], delimiter: str, broken: list[BrokenRow]
) -> Iterator[list[str]]:
    """Yield rows after a look at the quotes of each."""
    taken: list[str] = []
    reader = csv.reader(_note_lines(lines, taken), delimiter=delimiter, strict=True)
    for number in count(1):
        taken.clear()
        stray: tuple[int | None, Hint] | None
        try:
            row = next(reader)
            stray = _find_stray_quote("".join(taken), delimiter)
        except StopIteration:
            return
        except csv.Error:  # the next row begins with the next line
            stray = _find_stray_quote("".join(taken), delimiter) or (None, Hint("csv.long_cell"))
        if stray is not None:
            broken.append(BrokenRow(number, *stray))
            row = []
        yield row


def _is_sound(text: str, delimiter: str) -> bool:
    """Tell whether all quotes of a text are where they may be, by one look at all of it."""
    return '"' not in text or _compile_sound_pattern(delimiter).fullmatch(text) is not None


@cache
def _compile_sound_pattern(delimiter: str) -> re.Pattern[str]:
    """Return what matches a text whose quoted cells begin and end at separators and ends of lines."""
    other = rf"[^{re.escape(delimiter)}\r\n]"
    cell = rf"(?<!{other}){_QUOTED.pattern}(?!{other})"
    return re.compile(rf'[^"]*+(?:{cell}[^"]*+)*+')


def _note_lines(lines: Iterable[str], taken: list[str]) -> Iterator[str]:
    """Yield lines, and note which ones were taken."""
    for line in lines:
        taken.append(line)
        yield line


def _find_stray_quote(record: str, delimiter: str) -> tuple[int, Hint] | None:
    """Find the first quote of a row that may not stand where it does: its column, and what mends it."""
    column, at = 1, 0
    while (quote := record.find('"', at)) >= 0:
        # Only separators outside quotes part cells: in a;"b;c";d"e the stray quote is in column 3.
        column += record.count(delimiter, at, quote)
        if quote and record[quote - 1] != delimiter:
            return column, Hint("csv.quote_inside")
        if (cell := _QUOTED.match(record, quote)) is None:
            return column, Hint("csv.unclosed_quote")
        at = cell.end()
        if record[at : at + 1] not in {"", "\r", "\n", delimiter}:
            return column, Hint("csv.text_after_quote")
    return None
