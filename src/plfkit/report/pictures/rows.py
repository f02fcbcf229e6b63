"""Figures row by row: a name, a level line with value, range, mark and chance, and the value in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from plfkit.goals.scorecard import IndicatorOutcome, Scorecard
from plfkit.model.declared.declarations import Scale
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.verdicts import Verdict
from plfkit.report import figures
from plfkit.report.pictures import phrases
from plfkit.report.pictures.axes import Axis, choose_ends
from plfkit.report.pictures.canvas import SMALL, Alignment, Canvas, Look
from plfkit.report.pictures.legends import list_entries
from plfkit.report.pictures.picture import Picture, PictureTable, build_picture
from plfkit.report.pictures.shapes import INK, SOFT, write_element
from plfkit.report.pictures.signs import draw_figure_along, find_signs
from plfkit.report.sureness import Span, find_line, find_scale_bounds
from plfkit.report.texts import Texts

_WIDTH, _ROW = 338.0, 54.0
_LEFT, _RIGHT = 10.0, 130.0
_ENDS: tuple[Alignment, Alignment] = ("start", "end")
_INLINE_WIDTH, _INLINE_HEIGHT, _INLINE_EDGE = 150.0, 22.0, 7.0


def draw_range_line(figure: Figure, mark: float | None, *, bounds: Span) -> str:
    """Draw a figure on a level line for one row of a table, without words: the table has them.

    Args:
        figure: The figure.
        mark: What it is held against, if anything.
        bounds: From where to where the line runs, as `plfkit.report.sureness.find_scale_bounds` tells it.
    """
    axis = Axis(bounds.lower, bounds.upper, _INLINE_EDGE, _INLINE_WIDTH - _INLINE_EDGE)
    return write_element(
        "svg",
        draw_figure_along(axis, _INLINE_HEIGHT / 2, figure, mark),
        xmlns="http://www.w3.org/2000/svg",
        aria_hidden="true",
        viewBox=f"0 0 {_INLINE_WIDTH:g} {_INLINE_HEIGHT:g}",
        width=_INLINE_WIDTH,
        height=_INLINE_HEIGHT,
    )


def _choose_row_ends(outcome: IndicatorOutcome, result: Result) -> Span:
    """Choose from where to where a row's line runs: as far as its scale, or as its numbers."""
    bounds, mark = find_scale_bounds(result), find_line(outcome)
    marks = [] if mark is None else [mark]
    return bounds or choose_ends(
        [*phrases.list_numbers(outcome.figure or Figure()), *marks], result.scale
    )


def draw_figures(
    outcomes: Sequence[IndicatorOutcome], card: Scorecard, texts: Texts
) -> Picture | None:
    """Draw indicators with one figure each, row by row; None where none has one.

    Args:
        outcomes: The indicators, in their order.
        card: The scorecard they are of.
        texts: The words.
    """
    shown = [o for o in outcomes if o.figure is not None]
    if not any(phrases.list_numbers(o.figure) for o in shown if o.figure):
        return None
    canvas, used = Canvas(_WIDTH, 6.0), set[str]()
    for outcome in shown:
        used |= _draw_row(canvas, outcome, card, texts)
    canvas.add_legend(list_entries(used, texts, mark=_name_marks(shown, texts)))
    return build_picture(
        canvas,
        _lay_out_rows(shown, texts),
        name=f"figures-{shown[0].id}-{shown[-1].id}",
        finding=say_standings(shown, texts),
        about=texts("pictures.about_rows"),
        card=card,
        texts=texts,
    )


def _draw_row(canvas: Canvas, outcome: IndicatorOutcome, card: Scorecard, texts: Texts) -> set[str]:
    """Draw one figure below what is there, and return the names of the signs it has."""
    figure, result = outcome.figure, outcome.result
    if figure is None or result is None:
        return set()
    top, room = canvas.height, canvas.width - 2 * _LEFT
    label = texts.label(outcome.indicator.label)
    lines = canvas.write_lines(label, (_LEFT, top + 13), Look(fill=INK), room=room, lines=3)
    y, end = top + 14 * lines + 14, canvas.width - _RIGHT
    ends = _choose_row_ends(outcome, result)
    axis = Axis(ends.lower, ends.upper, _LEFT + 6, end - 6)
    canvas.add_shapes(draw_figure_along(axis, y, figure, find_line(outcome)))
    written, room = phrases.write_label(result, figure, card, texts), _RIGHT - 8
    count = canvas.write_lines(written, (end + 4, y + 4), Look(bold=True), room=room, lines=3)
    canvas.height = y + max(22.0, 14.4 * count + 6)
    if result.scale != "share":
        canvas.height += 6
        ticks = zip((_LEFT, end - 6), (ends.lower, ends.upper), _ENDS, strict=True)
        for place, tick, anchor in ticks:
            look = Look(size=SMALL, fill=SOFT, anchor=anchor)
            canvas.fit_text(phrases.write_tick(tick, result.scale, texts), [(place, y + 19)], look)
    return find_signs(figure)


def _name_marks(shown: Sequence[IndicatorOutcome], texts: Texts) -> str:
    """Say what the dashed strokes are: proposals, targets, or both."""
    marks = [o.mark for o in shown if o.mark is not None and o.indicator.each is None]
    if not marks:
        return ""
    proposed = {mark.proposed for mark in marks}
    key = "marks_both" if len(proposed) > 1 else "marks_proposed" if True in proposed else "marks"
    return texts(f"pictures.{key}")


def _lay_out_rows(shown: Sequence[IndicatorOutcome], texts: Texts) -> PictureTable:
    heads = ("figure", "value", "range", "chance", "mark", "state")
    rows = []
    for outcome in shown:
        figure = outcome.figure or Figure()
        scale: Scale = "share" if outcome.result is None else outcome.result.scale
        expected = figure.expected if figure.value is not None else None
        none = texts("goals.none")
        rows.append(
            (
                texts.label(outcome.indicator.label),
                figures.write_value(figure, scale, texts),
                figures.write_range(figure, outcome.result, texts),
                none if expected is None else figures.write_amount(expected, scale, texts),
                phrases.name_mark(outcome, scale, texts) or none,
                none if outcome.verdict is None else texts.label(outcome.verdict.words),
            )
        )
    return PictureTable(tuple(texts(f"pictures.head_{head}") for head in heads), tuple(rows))


def say_standings(shown: Sequence[IndicatorOutcome], texts: Texts) -> str:
    """Say how many figures lie on which side of their mark, or how many are known how well."""
    counts = Counter(_judge_side(outcome) for outcome in shown)
    counts.pop(None, None)
    if not counts:
        return texts("pictures.rows_plain", count=len(shown))
    said = [texts(f"pictures.rows_{side}", count=counts[side]) for side in _SIDES if counts[side]]
    whole = texts("pictures.rows_marked", count=counts.total(), all=len(shown))
    return f"{whole}: {texts.write_listing(said)}"


_SIDES = ("reached", "missed", "ahead", "above", "below", "open")


def _judge_side(outcome: IndicatorOutcome) -> str | None:
    """Tell how a figure stands to its mark; what was only proposed is never reached."""
    sides = {
        Verdict.MET: "reached",
        Verdict.NOT_MET: "missed",
        Verdict.ON_THE_WAY: "ahead",
        Verdict.BEHIND: "ahead",
        Verdict.ABOVE_PROPOSED: "above",
        Verdict.BELOW_PROPOSED: "below",
        Verdict.UNDECIDED: "open",
    }
    return None if outcome.verdict is None else sides.get(outcome.verdict)
