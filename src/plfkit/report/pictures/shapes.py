"""The shapes that pictures are made of, as SVG text: lines, bands, cells, dots, diamonds, hatches.

Every look stands in presentation attributes, so that a picture keeps it in a file of its own, and a strict
content-security policy has nothing to refuse.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

INK, SOFT, PAPER = "#1c2b33", "#51626a", "#fff"
GREEN, MIDDLE, SHADE, PALE = "#14645a", "#74b1a5", "#a9d1c8", "#dcebe8"
TARGET, GREY, RULE, TINT = "#8a4300", "#5f6f76", "#d3dcdb", "#f1f6f5"
FONTS = "Segoe UI, Helvetica Neue, Arial, Liberation Sans, Noto Sans, DejaVu Sans, sans-serif"
DASHES, DOTS = "5 3", "1.5 2.5"
_HATCH_STEP = 5


def write_number_short(number: float) -> str:
    """Write a coordinate with one decimal, or none where it says nothing."""
    text = f"{number:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def write_element(tag: str, content: str = "", **attributes: str | float | None) -> str:
    """Write an element of SVG; content stands as it is, attributes are escaped.

    Args:
        tag: What it is.
        content: What stands inside it, already SVG.
        attributes: Its attributes, with ``_`` for ``-``; None is left out.
    """
    written = "".join(
        f' {name.strip("_").replace("_", "-")}="{_write_attribute(value)}"'
        for name, value in attributes.items()
        if value is not None
    )
    return f"<{tag}{written}>{content}</{tag}>" if content else f"<{tag}{written}/>"


def _write_attribute(value: str | float) -> str:
    return escape(value) if isinstance(value, str) else write_number_short(value)


def draw_line(
    start: tuple[float, float],
    end: tuple[float, float],
    *,
    stroke: str = RULE,
    width: float = 1,
    dashes: str | None = None,
) -> str:
    """Draw a straight line."""
    return write_element(
        "line",
        x1=start[0],
        y1=start[1],
        x2=end[0],
        y2=end[1],
        stroke=stroke,
        stroke_width=None if width == 1 else width,
        stroke_dasharray=dashes,
    )


def draw_ticks(ticks: Sequence[tuple[tuple[float, float], tuple[float, float]]]) -> str:
    """Draw short strokes, each from its start to its end."""
    path = "".join(f"M{_join_points([start])}L{_join_points([end])}" for start, end in ticks)
    return write_element("path", d=path, stroke=GREEN, stroke_width=1.6)


def draw_path(points: Sequence[tuple[float, float]], *, stroke: str, width: float = 2) -> str:
    """Draw a line through points."""
    return write_element(
        "polyline",
        points=_join_points(points),
        fill="none",
        stroke=stroke,
        stroke_width=width,
        stroke_linejoin="round",
    )


def draw_band(points: Sequence[tuple[float, float]]) -> str:
    """Draw the area between points: what a figure could be."""
    return write_element("polygon", points=_join_points(points), fill=PALE)


def _join_points(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{write_number_short(x)},{write_number_short(y)}" for x, y in points)


def draw_cell(
    corner: tuple[float, float],
    size: tuple[float, float],
    *,
    fill: str = PAPER,
    stroke: str | None = None,
    dashes: str | None = None,
    radius: float = 2,
) -> str:
    """Draw a rectangle."""
    return write_element(
        "rect",
        x=corner[0] or None,
        y=corner[1],
        width=size[0],
        height=size[1],
        rx=radius or None,
        fill=fill,
        stroke=stroke,
        stroke_dasharray=dashes,
    )


def draw_hatch(corner: tuple[float, float], size: tuple[float, float]) -> str:
    """Draw a hatched rectangle: there is something, and it is not shown.

    The strokes are lines, not a pattern, which would need a name that no other picture on a page has.
    """
    (x, y), (width, height) = corner, size
    strokes = []
    for place in range(_HATCH_STEP, int(width + height), _HATCH_STEP):
        # Each stroke runs up to the right, from the left edge or the lower to the upper or the right.
        low = (x + max(0, place - height), y + min(place, height))
        high = (x + min(place, width), y + max(0, place - width))
        strokes.append(f"M{_join_points([low])}L{_join_points([high])}")
    frame = draw_cell(corner, size, stroke=GREY, dashes=DASHES)
    return frame + write_element(
        "path", d="".join(strokes), stroke=GREY, stroke_width=0.8, fill="none"
    )


def draw_dot(
    centre: tuple[float, float],
    radius: float,
    *,
    fill: str = GREEN,
    stroke: str = GREEN,
    dashes: str | None = None,
) -> str:
    """Draw a circle; one that is filled with the colour of its edge has none."""
    edge = None if stroke == fill else stroke
    return write_element(
        "circle",
        cx=centre[0] or None,
        cy=centre[1],
        r=radius + (0.8 if edge is None else 0),
        fill=fill,
        stroke=edge,
        stroke_width=None if edge is None else 1.6,
        stroke_dasharray=dashes,
    )


def draw_diamond(centre: tuple[float, float], *, radius: float = 5) -> str:
    """Draw a grey diamond: what chance alone gives."""
    top = _join_points([(centre[0], centre[1] - radius)])
    side = write_number_short(radius)
    path = f"M{top}l{side} {side}-{side} {side}-{side}-{side}z"
    return write_element("path", d=path, fill=GREY, stroke=PAPER)


def draw_break(centre: tuple[float, float]) -> str:
    """Draw two slanted strokes: what stands left and right of them is not comparable."""
    x, y = centre
    return "".join(
        draw_line((x + shift - 3, y + 6), (x + shift + 3, y - 6), stroke=TARGET, width=1.6)
        for shift in (-3, 3)
    )
