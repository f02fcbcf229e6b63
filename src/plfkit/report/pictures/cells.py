"""Cells: grids of figures with a shade in three steps, hatched where one is not shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from math import floor

from attrs import frozen

from plfkit.model.results.figures import Figure
from plfkit.report.pictures.canvas import SIZE, SMALL, Canvas, LegendEntry, Look
from plfkit.report.pictures.legends import list_entries
from plfkit.report.pictures.letters import estimate_width, measure_longest_piece, split_text
from plfkit.report.pictures.phrases import is_hidden, write_absence
from plfkit.report.pictures.shapes import (
    DASHES,
    DOTS,
    GREY,
    MIDDLE,
    PALE,
    PAPER,
    SHADE,
    SOFT,
    draw_cell,
    draw_diamond,
    draw_hatch,
)
from plfkit.report.sureness import Span
from plfkit.report.texts import Texts

STEPS = (PALE, SHADE, MIDDLE)
"""The shades, from the lightest; dark text reads well on all of them, and none of them is white."""
HIDDEN, EMPTY = "hidden", "empty"
_LINE = 13.0
_HEAD_LINES = 4
_GAP, _EDGE = 3.0, 4.0
_DIAMOND = 5.0
_MARGIN = 4.0


@frozen(kw_only=True)
class Cell:
    """A cell of a grid.

    Attributes:
        text: The figure in words.
        below: What stands below it in small letters.
        chance: Whether that is what chance gives: then a diamond stands before it.
        shade: The number of its shade; None where that is not known: white in a dashed frame.
        state: ``"hidden"`` or ``"empty"`` for one without a figure.
        columns: Over how many columns it reaches.
    """

    text: str
    below: str = ""
    chance: bool = False
    shade: int | None = None
    state: str | None = None
    columns: int = 1

    @property
    def least_width(self) -> float:
        """How wide it must be at least so that no number is cut."""
        if not self.below:
            return measure_longest_piece(self.text, SMALL) + _GAP + _EDGE
        diamonds = 2 * _DIAMOND if self.chance else 0.0
        texts = estimate_width(self.text, SMALL), estimate_width(self.below, SMALL) + diamonds
        return max(texts) + _GAP + _EDGE


@frozen(kw_only=True)
class CellGrid:
    """Where the cells of a grid stand.

    Attributes:
        width: How wide the picture is.
        names: How wide the names of the rows are.
        columns: How many columns it has.
        height: How high a row is.
    """

    width: float
    names: float
    columns: int
    height: float

    @classmethod
    def fit_cells(
        cls, rows: Iterable[Sequence[Cell]], *, width: float, names: float, height: float
    ) -> CellGrid:
        """Return a grid that is as wide as its cells need.

        Args:
            rows: Its cells, row by row.
            width: How wide the picture is at least.
            names: How wide the names of the rows are.
            height: How high a row is.
        """
        shown = [*rows]
        columns = max(sum(cell.columns for cell in row) for row in shown)
        step = max(cell.least_width / cell.columns for row in shown for cell in row)
        needed = names + columns * (floor(step) + 1) + _MARGIN
        return cls(width=max(width, needed), names=names, columns=columns, height=height)

    @property
    def step(self) -> float:
        """How wide a column is."""
        return (self.width - self.names - _MARGIN) / self.columns

    def locate(self, column: int) -> float:
        """Return where a column begins."""
        return self.names + column * self.step


def write_grid_heads(canvas: Canvas, grid: CellGrid, heads: Sequence[str]) -> None:
    """Write the headings of the columns below what is there, each in up to three lines."""
    look, room = Look(size=SMALL, fill=SOFT, anchor="middle"), grid.step - 4
    lines = max(len(split_text(head, room, SMALL, lines=_HEAD_LINES)) for head in heads)
    for column, head in enumerate(heads):
        x = grid.locate(column) + grid.step / 2
        canvas.write_lines(head, (x, canvas.height + _LINE), look, room=room, lines=_HEAD_LINES)
    canvas.height += _LINE * lines + 8


def draw_grid_row(canvas: Canvas, grid: CellGrid, name: str, cells: Sequence[Cell]) -> None:
    """Draw a row below what is there: its name, and its cells."""
    room, most = grid.names - 8, int(grid.height / _LINE)
    lines = len(split_text(name, room, SMALL, lines=most))
    top = canvas.height + (grid.height - _LINE * lines) / 2 + 10
    canvas.write_lines(name, (4, top), Look(size=SMALL), room=room, lines=most)
    column = 0
    for cell in cells:
        _draw_grid_cell(canvas, grid, column, cell)
        column += cell.columns
    canvas.height += grid.height


def _draw_grid_cell(canvas: Canvas, grid: CellGrid, column: int, cell: Cell) -> None:
    corner = (grid.locate(column) + _GAP / 2, canvas.height + _GAP / 2)
    size = (grid.step * cell.columns - _GAP, grid.height - _GAP)
    if cell.state == HIDDEN:
        canvas.add_shapes(draw_hatch(corner, size))
    elif cell.state == EMPTY:
        canvas.add_shapes(draw_cell(corner, size, stroke=GREY, dashes=DOTS))
    elif cell.shade is None:
        canvas.add_shapes(draw_cell(corner, size, stroke=GREY, dashes=DASHES))
    else:
        canvas.add_shapes(draw_cell(corner, size, fill=STEPS[cell.shade], stroke=GREY))
    centre, room = (corner[0] + size[0] / 2, corner[1] + size[1] / 2), size[0] - _EDGE
    look = _choose_look(cell, room)
    if not cell.below:
        lines = len(split_text(cell.text, room, look.size, bold=look.bold))
        top = centre[1] + 4 - (lines - 1) * look.size * 0.6
        canvas.write_lines(cell.text, (centre[0], top), look, room=room)
        return
    canvas.write_text(cell.text, (centre[0], centre[1] - 2), look, room=room)
    _write_below(canvas, cell, (centre[0], centre[1] + 13), room)


def _choose_look(cell: Cell, room: float) -> Look:
    """Choose bold letters for a figure, and small ones where these have no room."""
    measure = estimate_width if cell.below else measure_longest_piece
    if cell.state is None and measure(cell.text, SIZE, bold=True) <= room:
        return Look(anchor="middle", bold=True)
    return Look(anchor="middle", size=SMALL, plate=cell.state == HIDDEN)


def _write_below(canvas: Canvas, cell: Cell, place: tuple[float, float], room: float) -> None:
    """Write what stands below a figure, with a diamond before what chance gives."""
    look, diamond = Look(anchor="middle", size=SMALL), _DIAMOND if cell.chance else 0.0
    canvas.write_text(cell.below, (place[0] + diamond, place[1]), look, room=room - 2 * diamond)
    if cell.chance:
        half = min(estimate_width(cell.below, SMALL), room - 2 * diamond) / 2
        canvas.add_shapes(draw_diamond((place[0] - half, place[1] - 4), radius=4))


def write_absent_cell(figure: Figure, texts: Texts) -> Cell:
    """Return the cell of a figure of which nothing is told: not shown, or without data."""
    state = HIDDEN if is_hidden(figure) else EMPTY
    return Cell(text=write_absence(figure, texts), state=state)


def list_cell_entries(
    cells: Sequence[Cell], names: Sequence[str], texts: Texts
) -> list[LegendEntry]:
    """Return what the shades mean that cells have, and what those without one are.

    Args:
        cells: The cells.
        names: The names of the texts of the shades, from the lightest, and of what has none.
        texts: The words.
    """
    told = {cell.shade for cell in cells if cell.state is None}
    states = {cell.state for cell in cells}
    entries = [
        LegendEntry(partial(_draw_shade, shade), texts(f"pictures.{name}"))
        for shade, name in zip((0, 1, 2, None), names, strict=True)
        if shade in told
    ]
    return entries + list_entries({"hidden"} & states, texts)


def _draw_shade(shade: int | None, centre: tuple[float, float]) -> str:
    fill, dashes = (PAPER, DASHES) if shade is None else (STEPS[shade], None)
    corner = (centre[0] - 9, centre[1] - 6)
    return draw_cell(corner, (18, 12), fill=fill, stroke=GREY, dashes=dashes)


def split_thirds(span: Span, whole: Span) -> int | None:
    """Return in which third of a scale a range lies: 0, 1 or 2; None where it reaches over several."""
    ends = (span.lower - whole.lower, span.upper - whole.lower)
    steps = {min(2, max(0, int(3 * end / whole.width + 1e-9))) for end in ends}
    return steps.pop() if len(steps) == 1 else None
