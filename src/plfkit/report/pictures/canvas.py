"""A canvas: shapes and texts of a picture, with texts that never overlap and never leave it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from html import escape
from typing import Literal

from attrs import define, evolve, field, frozen

from plfkit.report.pictures.letters import estimate_width, shorten_text, split_text
from plfkit.report.pictures.shapes import (
    FONTS,
    INK,
    PAPER,
    TARGET,
    draw_cell,
    write_element,
    write_number_short,
)

Alignment = Literal["start", "middle", "end"]
SIZE = 12.5
SMALL = 12
"""The smallest text there is."""
_RISE, _FALL = 0.8, 0.25
"""How far letters reach above and below their line, in sizes."""
_SYMBOL, _GAP, _ROW = 26, 14, 20
_MARGIN = 4


@frozen
class Box:
    """The room that a text takes."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Tell whether the two have room in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


@frozen(kw_only=True)
class Look:
    """How a text looks.

    Attributes:
        size: The size of its font.
        anchor: Which part of it stands at the place it is written at.
        bold: Whether it is bold.
        fill: Its colour.
        plate: Whether it stands on a white plate, for texts that may stand on a line or a pattern.
        turned: Whether it runs upwards.
    """

    size: float = SIZE
    anchor: Alignment = "start"
    bold: bool = False
    fill: str = INK
    plate: bool = False
    turned: bool = False

    def measure_box(self, text: str, place: tuple[float, float]) -> Box:
        """Return the room of a text at a place: its anchor, and the line it stands on."""
        length = estimate_width(text, self.size, bold=self.bold)
        before = {"start": 0.0, "middle": length / 2, "end": length}[self.anchor]
        rise, fall = _RISE * self.size, _FALL * self.size
        x, y = (round(number, 1) for number in place)  # as it is written
        if self.turned:
            return Box(x - rise, y + before - length, x + fall, y + before)
        return Box(x - before, y - rise, x - before + length, y + fall)


@frozen
class LegendEntry:
    """What a sign in a picture means.

    Attributes:
        draw: Draws the sign in the middle of a small field.
        word: What it means.
    """

    draw: Callable[[tuple[float, float]], str]
    word: str


@define
class Canvas:
    """A picture in the making.

    Attributes:
        width: Its width; its height grows as legends are added.
        height: Its height.
        shapes: What was drawn, from the back to the front.
        texts: What was written; texts stand in front of all shapes.
        boxes: The room that texts take.
        lines: The room of lines, which texts keep off where they can.
        look: What texts look like where they say nothing else: that of their group.
        shift: How far the group that is drawn into is moved to the right.
    """

    width: float
    height: float
    shapes: list[str] = field(factory=list)
    texts: list[str] = field(factory=list)
    boxes: list[Box] = field(factory=list)
    lines: list[Box] = field(factory=list)
    look: Look = Look(size=SMALL)
    shift: float = 0.0

    def add_shapes(self, *shapes: str) -> None:
        """Add shapes in front of those that are there."""
        self.shapes += shapes

    def keep_free(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Ask texts to keep off a straight line, if there is another place for them."""
        (left, right), (top, low) = sorted((start[0], end[0])), sorted((start[1], end[1]))
        self.lines.append(Box(left - 0.5, top - 3, right + 0.5, low + 3))

    @contextmanager
    def collect_group(self, look: Look, shift: float = 0.0, **attributes: str) -> Iterator[None]:
        """Put all that is drawn and written meanwhile into a group of its own.

        What its parts have in common stands once, so that sixty schools stay small.

        Args:
            look: What its texts look like unless they say otherwise; its shapes have the same colour.
            shift: How far to the right of where it is drawn it stands.
            attributes: More attributes of the group.
        """
        outside = self.shapes, self.texts, self.look, self.shift
        self.shapes, self.texts, self.look, self.shift = [], [], look, shift
        try:
            yield
        finally:
            shapes = "".join(self.shapes).replace(f' fill="{look.fill}"', "")
            content = shapes + "".join(self.texts)
            self.shapes, self.texts, self.look, self.shift = outside
            place = f"translate({write_number_short(shift)})" if shift else None
            shared = _list_look_attributes(look, self.look)
            self.shapes.append(write_element("g", content, transform=place, **shared, **attributes))

    def write_text(
        self,
        text: str,
        place: tuple[float, float],
        look: Look = Look(),
        *,
        room: float | None = None,
    ) -> None:
        """Write a text that has a place of its own, shortened to its room.

        Args:
            text: The text.
            place: Where its anchor stands.
            look: How it looks.
            room: How wide it may be; a text that is cut is whole in its tooltip.
        """
        shown = text
        if room is not None:
            shown = shorten_text(text, room, look.size, bold=look.bold)
        if shown:
            self.boxes.append(look.measure_box(shown, (place[0] + self.shift, place[1])))
            if look.plate:
                self.texts.append(_draw_plate(look.measure_box(shown, place)))
            self.texts.append(self._write_text_element(shown, text, place, look))

    def _write_text_element(
        self, shown: str, text: str, place: tuple[float, float], look: Look
    ) -> str:
        """Write a text with what sets it apart from the look of its group."""
        whole = "" if shown == text else write_element("title", escape(text))
        return write_element(
            "text",
            escape(shown) + whole,
            x=place[0] or None,
            y=place[1],
            **_list_look_attributes(look, self.look),
            transform=f"rotate(-90 {place[0]:g} {place[1]:g})" if look.turned else None,
        )

    def write_lines(
        self,
        text: str,
        place: tuple[float, float],
        look: Look = Look(),
        *,
        room: float,
        lines: int = 2,
    ) -> int:
        """Write a text in several lines, and return how many; see `write_text`."""
        wrapped = split_text(text, room, look.size, lines=lines, bold=look.bold)
        for number, line in enumerate(wrapped):
            self.write_text(line, (place[0], place[1] + number * look.size * 1.2), look)
        return len(wrapped)

    def fit_text(self, text: str, places: Sequence[tuple[float, float]], look: Look) -> bool:
        """Write a text at the first of several places where there is room, or nowhere.

        Places off all lines come first; elsewhere it stands on a white plate.

        Returns:
            Whether there was room.
        """
        free = [place for place in places if self._has_room_for(look.measure_box(text, place))]
        clear = [place for place in free if self._is_off_lines(look.measure_box(text, place))]
        if free:
            place = (clear or free)[0]
            self.write_text(text, place, look if clear else evolve(look, plate=True))
        return bool(free)

    def _is_off_lines(self, box: Box) -> bool:
        return not any(box.meets(line) for line in self.lines)

    def _has_room_for(self, box: Box) -> bool:
        inside = (
            box.left >= 0 and box.top >= 0 and box.right <= self.width and box.bottom <= self.height
        )
        return inside and not any(box.meets(other) for other in self.boxes)

    def add_legend(self, entries: Sequence[LegendEntry]) -> None:
        """Write below the picture what its signs mean, as many in a line as there is room."""
        look, x, y = Look(size=SMALL), float(_MARGIN), self.height
        room = self.width - _SYMBOL - 2 * _MARGIN
        for entry in entries:
            word = shorten_text(entry.word, room, SMALL)
            width = _SYMBOL + estimate_width(word, SMALL)
            if x > _MARGIN and x + width > self.width - _MARGIN:
                x, y = float(_MARGIN), y + _ROW
            self.add_shapes(entry.draw((x + _SYMBOL / 2 - 3, y + _ROW / 2)))
            self.write_text(entry.word, (x + _SYMBOL, y + _ROW / 2 + 4), look, room=room)
            x += width + _GAP
        if entries:
            self.height = y + _ROW + _MARGIN

    def render_svg(self, name: str, *, title: str, description: str, mark: str | None) -> str:
        """Return the picture.

        Args:
            name: What its parts are called by, unlike those of any other picture on a page.
            title: What it shows.
            description: The picture in words.
            mark: A word in its corner, for examples.
        """
        if mark is not None:
            look = Look(size=SMALL, anchor="end", bold=True, fill=TARGET)
            self.height += _ROW
            self.write_text(mark, (self.width - _MARGIN, self.height - 5), look)
        return write_element(
            "svg",
            "".join(
                [
                    write_element("title", escape(title), id=f"{name}-title"),
                    write_element("desc", escape(description), id=f"{name}-text"),
                    write_element("rect", width=self.width, height=self.height, fill=PAPER),
                    *self.shapes,
                    *self.texts,
                ]
            ),
            xmlns="http://www.w3.org/2000/svg",
            id=name,
            role="img",
            aria_labelledby=f"{name}-title {name}-text",
            viewBox=" ".join(f"{side:g}" for side in (0, 0, self.width, self.height)),
            width=self.width,
            height=self.height,
            font_family=FONTS,
            font_size=SMALL,
            fill=INK,
        )


def _list_look_attributes(look: Look, base: Look) -> dict[str, str | float | None]:
    """Return what sets a look apart from the one around it."""
    return {
        "font_size": None if look.size == base.size else look.size,
        "font_weight": None if look.bold == base.bold else 600 if look.bold else 400,
        "text_anchor": None if look.anchor == base.anchor else look.anchor,
        "fill": None if look.fill == base.fill else look.fill,
    }


def _draw_plate(box: Box) -> str:
    """Draw the white ground of a text."""
    corner, size = (box.left - 2, box.top), (box.right - box.left + 4, box.bottom - box.top)
    return draw_cell(corner, size, radius=3)
