"""Patterns: fills that differ in grey print too, each with a look for the text on it."""

from __future__ import annotations

from attrs import frozen

from plfkit.report.pictures.canvas import SMALL, Look
from plfkit.report.pictures.shapes import (
    GREEN,
    INK,
    MIDDLE,
    PALE,
    PAPER,
    draw_cell,
    write_element,
    write_number_short,
)

_STEP = 6


@frozen(kw_only=True)
class Pattern:
    """A fill of its own.

    Attributes:
        fill: Its colour.
        strokes: Which way its strokes run: ``""`` for none, ``"-"``, ``"|"`` or ``"."`` for dots.
        dark: Whether text on it is white.
    """

    fill: str
    strokes: str = ""
    dark: bool = False

    @property
    def look(self) -> Look:
        """How text on it looks: on a white plate where there are strokes below."""
        ink = PAPER if self.dark else INK
        return Look(size=SMALL, anchor="middle", bold=True, fill=ink, plate=bool(self.strokes))

    def draw_area(self, corner: tuple[float, float], size: tuple[float, float]) -> str:
        """Draw a rectangle with the fill."""
        area = draw_cell(corner, size, fill=self.fill, stroke=GREEN, radius=0)
        return area + self._draw_strokes(corner, size) if self.strokes else area

    def _draw_strokes(self, corner: tuple[float, float], size: tuple[float, float]) -> str:
        (x, y), (width, height) = corner, size
        upright = self.strokes == "|"
        reach = write_number_short(height if upright else width)
        ways = []
        for place in range(_STEP // 2, int(width if upright else height), _STEP):
            start = (x + place, y) if upright else (x, y + place)
            ends = " ".join(write_number_short(number) for number in start)
            ways.append(f"M{ends}{'v' if upright else 'h'}{reach}")
        return write_element(
            "path",
            d="".join(ways),
            stroke=GREEN,
            stroke_width=2 if self.strokes == "." else 1,
            stroke_dasharray="2 4" if self.strokes == "." else None,
            fill="none",
        )

    def draw_sign(self, centre: tuple[float, float]) -> str:
        """Draw the fill for a legend."""
        return self.draw_area((centre[0] - 9, centre[1] - 6), (18, 12))


PATTERNS = (
    Pattern(fill=GREEN, dark=True),
    Pattern(fill=PALE),
    Pattern(fill=MIDDLE),
    Pattern(fill=PAPER, strokes="-"),
    Pattern(fill=PAPER, strokes="|"),
    Pattern(fill=PAPER),
    Pattern(fill=PAPER, strokes="."),
    Pattern(fill=PALE, strokes="|"),
    Pattern(fill=PALE, strokes="-"),
)
"""The fills, in the order in which parts take them."""
