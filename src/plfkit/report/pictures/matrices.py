"""A goal as a matrix: aspects by levels, each cell the figure as the page writes it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from plfkit.goals.scorecard import GoalOutcome, IndicatorOutcome, Scorecard
from plfkit.model.declared.declarations import MatrixRow
from plfkit.model.results.figures import Figure
from plfkit.model.words.reasons import Reason
from plfkit.report import figures
from plfkit.report.pictures import phrases
from plfkit.report.pictures.canvas import Canvas
from plfkit.report.pictures.cells import (
    EMPTY,
    HIDDEN,
    Cell,
    CellGrid,
    draw_grid_row,
    list_shade_entries,
    split_thirds,
    write_grid_heads,
)
from plfkit.report.pictures.legends import list_entries
from plfkit.report.pictures.picture import Picture, PictureTable, build_picture
from plfkit.report.texts import Texts

_WIDTH, _NAMES, _ROW = 360.0, 100.0, 72.0
_SHADES = ("third_low", "third_middle", "third_high")


def draw_matrix(goal: GoalOutcome, card: Scorecard, texts: Texts) -> Picture | None:
    """Draw the matrix of a goal; None where it declares none, or none of its cells has a figure.

    Args:
        goal: The goal.
        card: The scorecard it is of.
        texts: The words.
    """
    matrix = goal.goal.matrix
    outcomes = {outcome.id: outcome for outcome in goal.indicators}
    if matrix is None or not any(
        phrases.list_numbers(outcome.figure)
        for row in matrix.rows
        for name in row.indicators
        if (outcome := outcomes.get(name)) is not None and outcome.figure is not None
    ):
        return None
    canvas = Canvas(_WIDTH, 4.0)
    grid = CellGrid(width=_WIDTH, names=_NAMES, columns=len(matrix.columns), height=_ROW)
    heads = [texts.label(column) for column in matrix.columns]
    write_grid_heads(canvas, grid, heads)
    rows = [(texts.label(row.label), _list_row_cells(row, outcomes, texts)) for row in matrix.rows]
    for name, cells in rows:
        draw_grid_row(canvas, grid, name, cells)
    canvas.height += 4
    hidden = any(cell.state == HIDDEN for _, cells in rows for cell in cells)
    used = {"hidden"} if hidden else set[str]()
    canvas.add_legend([*list_shade_entries(_SHADES, texts), *list_entries(used, texts)])
    shades = [cell.shade for _, cells in rows for cell in cells]
    return build_picture(
        canvas,
        PictureTable(
            (texts("pictures.head_aspect"), *heads),
            tuple(
                (texts.label(row.label), *_list_table_cells(row, outcomes, texts))
                for row in matrix.rows
            ),
        ),
        name=f"matrix-{goal.id}",
        finding=say_matrix(shades, texts),
        about=texts.label(goal.goal.label),
        card=card,
        texts=texts,
    )


def _list_row_cells(
    row: MatrixRow, outcomes: Mapping[str, IndicatorOutcome], texts: Texts
) -> list[Cell]:
    """Return a row's cells; an indicator that stands for several columns has one over all of them."""
    return [
        _write_matrix_cell(outcomes.get(name), len([*same]), texts)
        for name, same in groupby(row.indicators)
    ]


def _write_matrix_cell(outcome: IndicatorOutcome | None, columns: int, texts: Texts) -> Cell:
    figure = None if outcome is None else outcome.figure
    if outcome is None or outcome.result is None or figure is None:
        return Cell(text=texts("pictures.no_figure"), state=EMPTY, columns=columns)
    if not phrases.list_numbers(figure):
        hidden = figure.reason == Reason.WITHHELD
        text = texts("pictures.not_shown" if hidden else "pictures.no_figure")
        return Cell(text=text, state=HIDDEN if hidden else EMPTY, columns=columns)
    scale = outcome.result.scale
    ends = phrases.find_scale_bounds(outcome.result)
    below = "" if ends is None or scale == "share" else "pictures.scale"
    return Cell(
        text=phrases.raise_first_letter(phrases.say_figure(figure, scale, texts)),
        below=texts(below, low=ends[0], high=ends[1]) if below and ends else "",
        shade=_choose_third(figure, ends),
        columns=columns,
    )


def _choose_third(figure: Figure, ends: tuple[float, float] | None) -> int | None:
    """Tell in which third of its scale a figure surely lies; None where that is not certain."""
    if ends is None or figure.lower is None or figure.upper is None:
        return None
    return split_thirds(figure.lower, figure.upper, *ends)


def _list_table_cells(
    row: MatrixRow, outcomes: Mapping[str, IndicatorOutcome], texts: Texts
) -> list[str]:
    return [_write_whole_figure(outcomes.get(name), texts) for name in row.indicators]


def _write_whole_figure(outcome: IndicatorOutcome | None, texts: Texts) -> str:
    """Write a figure with its range."""
    if outcome is None or outcome.result is None or outcome.figure is None:
        return texts("goals.none")
    value = figures.write_value(outcome.figure, outcome.result.scale, texts)
    spread = figures.write_range(outcome.figure, outcome.result, texts)
    return value if spread == texts("goals.none") else f"{value} ({spread})"


def say_matrix(shades: list[int | None], texts: Texts) -> str:
    """Say how many figures surely lie in which third of their scale."""
    counts = {"high": shades.count(2), "middle": shades.count(1), "low": shades.count(0)}
    if not any(counts.values()):
        return texts("pictures.matrix_open", all=len(shades))
    listed = texts.write_listing(
        [texts(f"pictures.thirds_{name}", count=count) for name, count in counts.items() if count]
    )
    said = texts("pictures.matrix_thirds", all=len(shades), counts=listed)
    unsure = shades.count(None)
    return said + (texts("pictures.thirds_open", count=unsure) if unsure else "")
