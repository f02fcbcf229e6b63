"""Tables and paragraphs for reading, as wide as the terminal, with colour where it has colour."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from plfkit.hints import Language

if TYPE_CHECKING:
    from plfkit.report.listings import Listing

_GAP = "  "
_NARROWEST = 8
_DASH = "-"
_COLOURS = {
    **dict.fromkeys(
        ("met", "on_the_way", "above_proposed", "supported", "works", "holds"), "green"
    ),
    **dict.fromkeys(("not_met", "behind", "below_proposed", "contradicted", "fault"), "red"),
    **dict.fromkeys(("set_aside", "does_not_hold", "failed"), "red"),
    **dict.fromkeys(
        ("undecided", "open", "in_part", "too_slow", "not_measured", "advice"), "yellow"
    ),
}
"""The colour of a closed word: it stands beside the word, never in place of it."""


_COLOURED = {"verdict", "state", "kind"}


def find_width() -> int | None:
    """Return how wide the terminal is; None where stdout is none, and nothing is wrapped."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def lay_out(parts: Iterable[str | Listing], language: Language, *, width: int | None = None) -> str:
    """Lay out paragraphs and listings one below the other.

    Args:
        parts: What is shown.
        language: The language of headings and words.
        width: How wide the terminal is; None for as wide as it takes.
    """
    return "\n".join(
        part if isinstance(part, str) else lay_out_listing(part, language, width=width)
        for part in parts
    )


def lay_out_listing(listing: Listing, language: Language, *, width: int | None = None) -> str:
    """Lay out a listing in columns; None is a dash, numbers have four digits, long texts wrap."""
    from plfkit.report.listings import word_headings, word_rows

    headings = word_headings(listing, language)
    cells = [[_spell_cell(cell, language) for cell in row] for row in word_rows(listing, language)]
    widths = [max(map(len, column)) for column in zip(headings, *cells, strict=True)]
    widths = _narrow_columns(widths, width)
    top = [line.rstrip() for line in _wrap_row(headings, widths)]
    lines = [click.style(line, bold=True) for line in top]
    lines.append("-" * (sum(widths) + len(_GAP) * (len(widths) - 1)))
    for words, row in zip(listing.rows, cells, strict=True):
        lines += [line.rstrip() for line in _wrap_row(row, widths, _choose_colours(listing, words))]
    return "\n".join(lines)


def _spell_cell(cell: Any, language: Language) -> str:
    from plfkit.report.listings import word_figure

    if cell is None:
        return _DASH
    return word_figure(cell, language) if isinstance(cell, float) else str(cell)


def _narrow_columns(widths: Sequence[int], width: int | None) -> list[int]:
    """Return widths that fit, the widest made narrower first; what cannot fit runs over."""
    narrowed = list(widths)
    if width is None:
        return narrowed
    room = width - len(_GAP) * (len(widths) - 1)
    while sum(narrowed) > room and max(narrowed) > _NARROWEST:
        narrowed[narrowed.index(max(narrowed))] -= 1
    return narrowed


def _wrap_row(
    cells: Sequence[str], widths: Sequence[int], colours: Sequence[str | None] | None = None
) -> Iterator[str]:
    """Yield the lines of a row: cells that are too long go on below, in their column."""
    wrapped = [_wrap_cell(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for number in range(max(map(len, wrapped), default=0)):
        line = [lines[number] if number < len(lines) else "" for lines in wrapped]
        padded = [text.ljust(width) for text, width in zip(line, widths, strict=True)]
        padded[-1] = padded[-1].rstrip()
        yield _GAP.join(map(_colour_text, padded, colours or [None] * len(padded)))


def _wrap_cell(cell: str, width: int) -> list[str]:
    if len(cell) <= width:
        return [cell]
    return textwrap.wrap(cell, width, break_on_hyphens=False) or [""]


def _choose_colours(listing: Listing, row: Sequence[Any]) -> list[str | None]:
    """Return a colour for each cell that says how something stands."""
    return [
        _COLOURS.get(str(cell)) if column in _COLOURED else None
        for column, cell in zip(listing.columns, row, strict=True)
    ]


def _colour_text(text: str, colour: str | None) -> str:
    """Colour the words of a cell, not the space after them."""
    words = text.rstrip()
    return text if colour is None else click.style(words, fg=colour) + text[len(words) :]
