"""How wide a text is, near enough to keep labels apart: no font is asked, and none is too wide for it.

A picture is written before anybody knows with which font it will be read. The table holds, in thousandths
of the size, the width of the wider of DejaVu Sans and Liberation Sans (which is as wide as Arial), rounded
up; Noto Sans and Segoe UI lie between the two.
"""

from __future__ import annotations

import re
from itertools import repeat

_LETTERS_BY_WIDTH = {
    300: "'Iijl",
    350: " ,./:;\\|·’\xa0",
    400: "()-[]ft",
    450: "!r",
    500: '"*J`',
    550: "csz”“",
    600: "?L_kvxy–",
    650: "$0123456789FTabdeghnopqu{}øåéüöä»«é",
    700: "ABEKPSVXYZÅÄ",
    750: "CNRUÜ",
    800: "&DGHOQØÖ",
    850: "#+<=>^w~−≥≤\xd7≈±",
    900: "M",
    1000: "%WmæÆ…→½",
}
_WIDTHS = {letter: width for width, letters in _LETTERS_BY_WIDTH.items() for letter in letters}
_WIDEST = 1050
_BOLD = 1.16
"""Bold letters of the wider font over plain ones, all but the capital I."""
_DOTS = "…"
_VOWELS = frozenset("aeiouyæøåéü")
_DASH = re.compile(r"(?<=\d–)(?=\d)")
"""Where a range may be broken: after its dash."""
_SHORTEST = 4
"""How many letters stand on either side of a hyphen at least."""


def estimate_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return how many pixels a text takes at most.

    Args:
        text: The text, in one line.
        size: The size of the font.
        bold: Whether it is bold.
    """
    thousandths = sum(map(_WIDTHS.get, text, repeat(_WIDEST)))
    return thousandths * size / 1000 * (_BOLD if bold else 1)


def shorten_text(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """Return as much of a text as has room, with dots where something is left out.

    What stands in brackets at the end goes first, and a number at the end stays, since it tells one school
    from the next: »Eksempelskole 12 (0.–9. klasse)« becomes »Eks… 12«.

    Args:
        text: The text.
        width: The room, in pixels.
        size: The size of the font.
        bold: Whether it is bold.
    """
    if estimate_width(text, size, bold=bold) <= width:
        return text
    name, _, bracket = text.partition(" (")
    if name and bracket.endswith(")") and not bracket[:-1].isdigit():
        return shorten_text(name, width, size, bold=bold)
    head, _, last = text.rpartition(" ")
    end = f" {last}" if head and last.strip("()").isdigit() else ""
    for kept in range(len(head if end else text) - 1, 0, -1):
        shorter = f"{text[:kept].rstrip()}{_DOTS}{end}"
        if estimate_width(shorter, size, bold=bold) <= width:
            return shorter
    return shorten_text(last, width, size, bold=bold) if end else ""


def split_text(
    text: str, width: float, size: float, *, lines: int = 2, bold: bool = False
) -> list[str]:
    """Break a text into lines that have room; what does not fit on the last is left out.

    Args:
        text: The text.
        width: The room, in pixels.
        size: The size of the font.
        lines: How many lines there may be.
        bold: Whether it is bold.
    """
    words = [
        piece
        for word in _cut_at_spaces(text)
        for piece in _split_word(word, width, size, bold=bold)
    ]
    wrapped = [""]
    for place, word in enumerate(words):
        longer = f"{wrapped[-1]} {word}".strip(" ")
        if not wrapped[-1] or estimate_width(longer, size, bold=bold) <= width:
            wrapped[-1] = longer
        elif len(wrapped) < lines:
            wrapped.append(word)
        else:
            wrapped[-1] = " ".join([wrapped[-1], *words[place:]])
            break
    return [shorten_text(line, width, size, bold=bold) for line in wrapped]


def measure_longest_piece(text: str, size: float, *, bold: bool = False) -> float:
    """Return the room that a text needs in lines so that no number in it is cut.

    Args:
        text: The text.
        size: The size of the font.
        bold: Whether it is bold.
    """
    pieces = [piece for word in _cut_at_spaces(text) for piece in _DASH.split(word)]
    return max(estimate_width(piece, size, bold=bold) for piece in pieces)


def _cut_at_spaces(text: str) -> list[str]:
    return text.replace(" %", "\xa0%").split(" ")


def _split_word(word: str, width: float, size: float, *, bold: bool) -> list[str]:
    """Break a word that is wider than its line, before a consonant that a vowel follows: Forvalt-ningen.

    A range is broken after its dash.
    """
    if estimate_width(word, size, bold=bold) <= width:
        return [word]
    if _DASH.search(word):
        return _DASH.split(word)
    fitting = [
        cut
        for cut in range(_SHORTEST, len(word) - _SHORTEST + 1)
        if estimate_width(f"{word[:cut]}-", size, bold=bold) <= width
        and word[cut].lower() not in _VOWELS
        and word[cut + 1].lower() in _VOWELS
    ]
    if not fitting:
        return [word]
    head, rest = word[: fitting[-1]], word[fitting[-1] :]
    return [f"{head}-", *_split_word(rest, width, size, bold=bold)]
