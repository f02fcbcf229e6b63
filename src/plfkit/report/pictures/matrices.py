"""A goal as a matrix: aspects by levels, each cell the figure as the page writes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from attrs import evolve

from plfkit.goals.scorecard import GoalOutcome, IndicatorOutcome, Scorecard
from plfkit.model.declared.declarations import MatrixRow
from plfkit.report import figures
from plfkit.report.pictures import phrases
from plfkit.report.pictures.canvas import Canvas
from plfkit.report.pictures.cells import (
    EMPTY,
    Cell,
    CellGrid,
    draw_grid_row,
    list_cell_entries,
    split_thirds,
    write_absent_cell,
    write_grid_heads,
)
from plfkit.report.pictures.picture import Picture, PictureTable, build_picture
from plfkit.report.sureness import find_outcome_span, find_scale_bounds
from plfkit.report.texts import Texts

_WIDTH, _NAMES, _ROW = 440.0, 92.0, 80.0
_COLUMN = 68.0
"""How wide a column is at least, so that its heading has room."""
_SHADES = ("third_low", "third_middle", "third_high", "third_open")


def draw_matrix(goal: GoalOutcome, card: Scorecard, texts: Texts) -> Picture | None:
    """Draw the matrix of a goal; None where it declares none, or none of its cells has a figure.

    Args:
        goal: The goal.
        card: The scorecard it is of.
        texts: The words.
    """
    matrix = goal.goal.matrix
    if matrix is None:
        return None
    outcomes = {outcome.id: outcome for outcome in goal.indicators}
    rows = [
        (texts.label(row.label), _list_row_cells(row, outcomes, card, texts)) for row in matrix.rows
    ]
    cells = [cell for _, row in rows for cell in row]
    if all(cell.state is not None for cell in cells):
        return None
    width = max(_WIDTH, _NAMES + _COLUMN * len(matrix.columns) + 4)
    grid = CellGrid.fit_cells((row for _, row in rows), width=width, names=_NAMES, height=_ROW)
    canvas = Canvas(grid.width, 4.0)
    heads = [texts.label(column) for column in matrix.columns]
    write_grid_heads(canvas, grid, heads)
    for name, row in rows:
        draw_grid_row(canvas, grid, name, row)
    canvas.height += 4
    canvas.add_legend(list_cell_entries(cells, _SHADES, texts))
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
        finding=say_matrix(cells, texts),
        about=texts.label(goal.goal.label),
        card=card,
        texts=texts,
    )


def _list_row_cells(
    row: MatrixRow, outcomes: Mapping[str, IndicatorOutcome], card: Scorecard, texts: Texts
) -> list[Cell]:
    """Return a row's cells; an indicator that stands for several columns has one over all of them."""
    return [
        evolve(_write_matrix_cell(outcomes.get(name), card, texts), columns=len([*same]))
        for name, same in groupby(row.indicators)
    ]


def _write_matrix_cell(outcome: IndicatorOutcome | None, card: Scorecard, texts: Texts) -> Cell:
    """Write a figure as its headline does, and of answers on which scale it is."""
    if outcome is None or outcome.result is None or outcome.figure is None:
        return Cell(text=texts("pictures.no_figure"), state=EMPTY)
    if not phrases.list_numbers(outcome.figure):
        return write_absent_cell(outcome.figure, texts)
    whole = find_scale_bounds(outcome.result)
    span, below = find_outcome_span(outcome, card), ""
    if whole is not None and outcome.result.scale != "share":
        below = texts("pictures.scale", low=whole.lower, high=whole.upper)
    return Cell(
        text=phrases.write_label(outcome.result, outcome.figure, card, texts),
        below=below,
        shade=None if span is None or whole is None else split_thirds(span, whole),
    )


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


def say_matrix(cells: Sequence[Cell], texts: Texts) -> str:
    """Say how many figures surely lie in which third of their scale; those that are not told apart."""
    told = [cell.shade for cell in cells if cell.state is None]
    counts = {"high": told.count(2), "middle": told.count(1), "low": told.count(0)}
    if not any(counts.values()):
        return texts("pictures.matrix_open", all=len(told))
    listed = texts.write_listing(
        [texts(f"pictures.thirds_{name}", count=count) for name, count in counts.items() if count]
    )
    said = texts("pictures.matrix_thirds", all=len(told), counts=listed)
    unsure, absent = told.count(None), len(cells) - len(told)
    said += texts("pictures.thirds_open", count=unsure) if unsure else ""
    return said + (texts("pictures.thirds_absent", count=absent) if absent else "")
