"""Signs: how a figure, its range, its mark and chance look, along a line and in a legend."""

from __future__ import annotations

from plfkit.model.results.figures import Figure
from plfkit.model.words.reasons import Reason
from plfkit.report.pictures.axes import Axis
from plfkit.report.pictures.phrases import is_band
from plfkit.report.pictures.shapes import (
    DASHES,
    GREEN,
    GREY,
    MIDDLE,
    PALE,
    PAPER,
    RULE,
    TARGET,
    draw_break,
    draw_cell,
    draw_diamond,
    draw_dot,
    draw_hatch,
    draw_line,
    draw_ticks,
)
from plfkit.report.sureness import find_span

Point = tuple[float, float]
RADIUS = 4.5
_HALF = 9
"""Half the width of a sign in a legend."""


def draw_figure_along(axis: Axis, y: float, figure: Figure, mark: float | None) -> str:
    """Draw a figure on a level line: range or class, mark, chance and value, from back to front."""
    shapes = [draw_line((axis.start, y), (axis.end, y), stroke=RULE, width=2)]
    if figure.reason == Reason.WITHHELD:
        shapes.append(draw_hatch((axis.start, y - 5), (axis.end - axis.start, 10)))
    elif (span := find_span(figure)) is not None and span.width:
        ends = (axis.locate(span.lower), axis.locate(span.upper))
        shapes.append(draw_class(ends, y) if is_band(figure) else draw_range(ends, y))
    if mark is not None:
        place = axis.locate(mark)
        shapes.append(
            draw_line((place, y - 9), (place, y + 9), stroke=TARGET, width=2, dashes="3 2")
        )
    if figure.expected is not None and figure.value is not None:
        shapes.append(draw_diamond((axis.locate(figure.expected), y)))
    if figure.value is not None:
        shapes.append(
            draw_value((axis.locate(figure.value), y), known=find_span(figure) is not None)
        )
    return "".join(shapes)


def draw_range(ends: tuple[float, float], y: float) -> str:
    """Draw a range on a level line: pale, with a thin edge."""
    width = max(ends[1] - ends[0], 1.0)
    return draw_cell((ends[0], y - 5), (width, 10), fill=PALE, stroke=MIDDLE)


def draw_class(ends: tuple[float, float], y: float) -> str:
    """Draw a class on a level line: a bar that is darker than a range, with a tick at either end."""
    width = max(ends[1] - ends[0], 1.0)
    bar = draw_cell((ends[0], y - 4), (width, 8), fill=MIDDLE, radius=0)
    return bar + draw_ticks([((x, y - 8), (x, y + 8)) for x in ends])


def draw_upright_class(x: float, ends: tuple[float, float]) -> str:
    """Draw a class on an upright line, from its upper end to its lower."""
    bar = draw_cell((x - 5, ends[0]), (10, max(ends[1] - ends[0], 1.0)), fill=MIDDLE, radius=0)
    return bar + draw_ticks([((x - 9, y), (x + 9, y)) for y in ends])


def draw_value(centre: Point, *, known: bool = True) -> str:
    """Draw a value: a dot, which is open where nobody knows the range."""
    return draw_dot(centre, RADIUS, fill=GREEN if known else PAPER)


def draw_range_sign(centre: Point) -> str:
    """Draw a range for a legend."""
    return draw_range((centre[0] - _HALF, centre[0] + _HALF), centre[1])


def draw_class_sign(centre: Point) -> str:
    """Draw a class for a legend."""
    return draw_class((centre[0] - _HALF, centre[0] + _HALF), centre[1])


def draw_open_sign(centre: Point) -> str:
    """Draw for a legend a value whose range nobody knows."""
    return draw_value(centre, known=False)


def draw_mark_sign(centre: Point) -> str:
    """Draw a mark for a legend."""
    ends = ((centre[0] - _HALF, centre[1]), (centre[0] + _HALF, centre[1]))
    return draw_line(*ends, stroke=TARGET, width=2, dashes=DASHES)


def draw_hidden_sign(centre: Point) -> str:
    """Draw for a legend what is not shown."""
    return draw_hatch((centre[0] - _HALF, centre[1] - 6), (2 * _HALF, 12))


def draw_empty_sign(centre: Point) -> str:
    """Draw for a legend what does not exist."""
    corner = (centre[0] - _HALF, centre[1] - 6)
    return draw_cell(corner, (2 * _HALF, 12), stroke=GREY, dashes="1.5 2.5")


SIGNS = {
    "range": draw_range_sign,
    "class": draw_class_sign,
    "open": draw_open_sign,
    "chance": draw_diamond,
    "hidden": draw_hidden_sign,
    "break": draw_break,
}
"""The signs of figures by the texts that say what they mean."""


def find_signs(figure: Figure) -> set[str]:
    """Return the names of the signs of a figure that take a word: its value takes none."""
    found, span = set(), find_span(figure)
    if figure.reason == Reason.WITHHELD:
        found.add("hidden")
    if span is not None and span.width:
        found.add("class" if is_band(figure) else "range")
    if figure.value is not None:
        found |= {"open"} if span is None else set()
        found |= set() if figure.expected is None else {"chance"}
    return found
