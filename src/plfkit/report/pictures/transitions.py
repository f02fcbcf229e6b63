"""What became of communities from one year to the next: a table of states by states, with how many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plfkit.goals.scorecard import IndicatorOutcome, Scorecard
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
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
from plfkit.report.sureness import Span, find_span
from plfkit.report.texts import Texts

_WIDTH, _NAMES, _ROW = 338.0, 112.0, 52.0
_SHADES = ("share_low", "share_middle", "share_high", "third_open")


def draw_transitions(outcome: IndicatorOutcome, card: Scorecard, texts: Texts) -> Picture | None:
    """Draw what became of communities, state by state; None where no pair of states has a figure.

    Args:
        outcome: An indicator whose figures run from states to states.
        card: The scorecard it is of.
        texts: The words.
    """
    moves = {
        (f.from_, f.to): f for f in outcome.result or () if f.from_ is not None and f.to is not None
    }
    # Ties run from groups to groups too, but nobody moves along them: `draw_contacts` draws them.
    if outcome.result is None or outcome.result.relation is not None:
        return None
    if not any(map(phrases.list_numbers, moves.values())):
        return None
    states = list(dict.fromkeys(from_ for from_, _ in moves))
    names = {state: phrases.name_group(state, card, texts) for state in states}
    cells = {
        pair: _write_move_cell(outcome.result, figure, card, texts)
        for pair, figure in moves.items()
    }
    return build_picture(
        _draw_moves(cells, names, texts),
        _lay_out_moves(moves, names, texts),
        name=f"transitions-{outcome.id}",
        finding=say_moves(moves, states, texts),
        about=texts("pictures.about_transitions", label=texts.label(outcome.indicator.label)),
        card=card,
        texts=texts,
    )


def _draw_moves(
    cells: Mapping[tuple[str, str], Cell], names: Mapping[str, str], texts: Texts
) -> Canvas:
    """Draw a row for each state that communities left, with a cell for each state that they may have now."""
    empty = Cell(text=texts("pictures.no_figure"), state=EMPTY)
    rows = {state: [cells.get((state, other), empty) for other in names] for state in names}
    grid = CellGrid.fit_cells(rows.values(), width=_WIDTH, names=_NAMES, height=_ROW)
    canvas = Canvas(grid.width, 4.0)
    write_grid_heads(canvas, grid, [texts("pictures.to", end=name) for name in names.values()])
    for state, name in names.items():
        draw_grid_row(canvas, grid, texts("pictures.from", start=name), rows[state])
    canvas.height += 4
    canvas.add_legend(list_cell_entries([*cells.values()], _SHADES, texts))
    return canvas


def _write_move_cell(result: Result, figure: Figure, card: Scorecard, texts: Texts) -> Cell:
    """Write a share with its counts; one that nothing bounds is of the communities that are registered."""
    if not phrases.list_numbers(figure):
        return write_absent_cell(figure, texts)
    span = find_span(figure)
    if span is None and figure.value is not None:
        span = Span(figure.value, figure.value)
    return Cell(
        text=phrases.write_label(result, figure, card, texts),
        below=figures.write_counts(figure, texts),
        shade=None if span is None else split_thirds(span, Span(0.0, 1.0)),
    )


def _lay_out_moves(
    moves: Mapping[tuple[str, str], Figure], names: Mapping[str, str], texts: Texts
) -> PictureTable:
    none = texts("goals.none")
    rows = tuple(
        (
            texts("pictures.from_to", start=names[from_], end=names.get(to, to)),
            figures.write_value(figure, "share", texts),
            figures.write_counts(figure, texts) or none,
        )
        for (from_, to), figure in moves.items()
    )
    heads = ("move", "value", "number")
    return PictureTable(tuple(texts(f"pictures.head_{head}") for head in heads), rows)


def say_moves(moves: Mapping[tuple[str, str], Figure], states: Sequence[str], texts: Texts) -> str:
    """Say how many communities went on, went back or stayed; only where every number is told."""
    counts = {pair: figure.numerator for pair, figure in moves.items()}
    known = {pair: number for pair, number in counts.items() if number is not None}
    if len(known) < len(counts) or len(known) < len(states) ** 2:
        shown = sum(bool(phrases.list_numbers(figure)) for figure in moves.values())
        return texts("pictures.moves_shown", count=shown, all=len(moves))
    steps = {state: step for step, state in enumerate(states)}
    sums = dict.fromkeys((-1, 0, 1), 0.0)
    for (from_, to), number in known.items():
        sums[(steps[to] > steps[from_]) - (steps[to] < steps[from_])] += number
    on, back, stayed, whole = (
        texts.write_number(round(number))
        for number in (sums[1], sums[-1], sums[0], sum(sums.values()))
    )
    bounded = all(find_span(figure) is not None for figure in moves.values())
    key = "moves_counted" if bounded else "moves_registered"
    return texts(f"pictures.{key}", all=whole, on=on, back=back, stayed=stayed)
