"""What stands on the sheets of a printed page: its text, where, and how large."""

from __future__ import annotations

import math
import unicodedata
from pathlib import Path
from typing import Any

from attrs import frozen
from playwright.sync_api import Page
from pypdf import PdfReader

MARGIN = "10mm"


@frozen
class Piece:
    """A piece of text on a sheet: how far from the lower edge, and how large; both in points."""

    text: str
    bottom: float
    size: float


Sheet = tuple[Piece, ...]


def print_sheets(page: Page, file: Path) -> list[Sheet]:
    """Print a page on A4 and return its sheets."""
    page.pdf(
        path=file,
        format="A4",
        margin={"top": MARGIN, "right": MARGIN, "bottom": MARGIN, "left": MARGIN},
        prefer_css_page_size=True,
        print_background=True,
    )
    return [_read_sheet(sheet) for sheet in PdfReader(file).pages]


def _read_sheet(sheet: Any) -> Sheet:
    pieces = []

    def keep(text: str, whole: list[float], line: list[float], _: Any, size: float) -> None:
        if text.strip():
            # Both matrices may scale and turn: a column's length is the scale of heights.
            scale = math.hypot(line[2], line[3]) * math.hypot(whole[2], whole[3])
            bottom = line[4] * whole[1] + line[5] * whole[3] + whole[5]
            pieces.append(Piece(text, bottom, size * scale))

    sheet.extract_text(visitor_text=keep)
    return tuple(pieces)


def squeeze_letters(text: str) -> str:
    """Return the letters and digits of a text alone: a printer sets blanks and hyphens as it likes."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", text) if letter.isalnum())


def read_letters(sheet: Sheet) -> str:
    """Return the letters and digits of a sheet."""
    return squeeze_letters("".join(piece.text for piece in sheet))


def read_lowest_heading(sheet: Sheet, foot: float, *, larger_than: float) -> str:
    """Return the letters of the lowest line above the margin if they are as large as a heading's."""
    body = [piece for piece in sheet if piece.bottom > foot]
    lowest = min((piece.bottom for piece in body), default=0)
    line = [piece for piece in body if piece.bottom < lowest + 1]
    large = all(piece.size > larger_than for piece in line)
    return squeeze_letters("".join(piece.text for piece in line)) if large else ""
