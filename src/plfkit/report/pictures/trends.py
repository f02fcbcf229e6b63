"""An indicator over the years: values with their ranges, the mark, chance, and where years do not compare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from attrs import frozen

from plfkit.goals.scorecard import IndicatorOutcome, Scorecard, TrendPoint
from plfkit.model.declared.declarations import Scale
from plfkit.model.results.figures import Figure
from plfkit.report import figures
from plfkit.report.pictures import phrases
from plfkit.report.pictures.axes import Axis, choose_ends, list_ticks
from plfkit.report.pictures.canvas import SMALL, Canvas, Look
from plfkit.report.pictures.legends import list_entries
from plfkit.report.pictures.letters import estimate_width
from plfkit.report.pictures.movements import say_trend
from plfkit.report.pictures.picture import Picture, PictureTable, build_picture
from plfkit.report.pictures.shapes import (
    DASHES,
    GREEN,
    MIDDLE,
    PALE,
    SOFT,
    TARGET,
    draw_band,
    draw_break,
    draw_cell,
    draw_diamond,
    draw_hatch,
    draw_line,
    draw_path,
)
from plfkit.report.pictures.signs import draw_upright_class, draw_value, find_signs
from plfkit.report.sureness import Span, find_line, find_scale_bounds, find_span
from plfkit.report.texts import Texts

_WIDTH, _HEIGHT = 338.0, 186.0
_LEFT, _RIGHT, _TICK = 10.0, 58.0, 6.0
"""How far from the edges the level lines keep at least, and their numbers from them."""
_TOP, _BOTTOM = 24.0, 160.0
_YEAR_WIDTH = 30.0
"""The least room that a year has."""
_BAR = 12.0


@frozen(kw_only=True)
class _Frame:
    """Where years and level lines stand.

    Attributes:
        axis: The upright axis.
        ticks: The level lines, with what stands beside each.
        names: The years as they stand below.
        right: Where they end.
        width: How wide the picture is.
    """

    axis: Axis
    ticks: Mapping[float, str]
    names: tuple[str, ...]
    right: float
    width: float


@frozen(kw_only=True)
class _Year:
    """One year of an indicator, and where it stands."""

    point: TrendPoint
    figure: Figure
    x: float

    @property
    def joins(self) -> bool:
        """Whether it may be joined with the year before."""
        return not self.point.breaks


def draw_trend(outcome: IndicatorOutcome, card: Scorecard, texts: Texts) -> Picture | None:
    """Draw an indicator year by year; None where no year has a figure.

    Args:
        outcome: The indicator.
        card: The scorecard it is of.
        texts: The words.
    """
    points = [point for point in outcome.trend if point.result.main is not None]
    numbers = [n for p in points if p.result.main for n in phrases.list_numbers(p.result.main)]
    if not numbers or outcome.result is None:
        return None
    scale, mark = outcome.result.scale, find_line(outcome)
    bounds = None if scale == "share" else find_scale_bounds(outcome.result)
    ends = bounds or choose_ends([*numbers, *([] if mark is None else [mark])], scale)
    frame = _plan_frame(ends, points, scale, texts)
    axis, years = frame.axis, _locate_years(points, frame)
    canvas = Canvas(frame.width, _HEIGHT)
    _draw_frame(canvas, frame, years)
    _draw_years(canvas, frame, years, mark)
    _write_values(canvas, axis, years, card, texts)
    used = {sign for year in years for sign in find_signs(year.figure)}
    used |= {"break"} if any(not year.joins for year in years[1:]) else set()
    line = "" if mark is None else phrases.name_mark(outcome, scale, texts)
    canvas.add_legend(list_entries(used, texts, mark=line))
    return build_picture(
        canvas,
        _lay_out_table(years, line, texts),
        name=f"trend-{outcome.id}",
        finding=say_trend(outcome, card, texts),
        about=phrases.say_unit(outcome.result, texts),
        card=card,
        texts=texts,
    )


def _plan_frame(ends: Span, points: Sequence[TrendPoint], scale: Scale, texts: Texts) -> _Frame:
    """Plan a picture as wide as its years and the numbers beside its level lines need."""
    ticks = {
        tick: phrases.write_tick(tick, scale, texts) for tick in list_ticks(ends.lower, ends.upper)
    }
    numbers = max(estimate_width(written, SMALL) for written in ticks.values())
    room = max(_RIGHT, numbers + 2 * _TICK)
    names = tuple(_name_year(texts.write_period(point.at), len(points)) for point in points)
    longest = max(estimate_width(name, SMALL) for name in names)
    # Where years stand on two lines each has the room of two; the first keeps off the edge.
    year = max(_YEAR_WIDTH, longest / min(len(names), 2) + 4, longest - 2 * _LEFT)
    width = max(_WIDTH, _LEFT + year * len(names) + room)
    axis = Axis(ends.lower, ends.upper, _BOTTOM, _TOP)
    return _Frame(axis=axis, ticks=ticks, names=names, right=width - room, width=width)


def _locate_years(points: Sequence[TrendPoint], frame: _Frame) -> list[_Year]:
    step = (frame.right - _LEFT) / len(points)
    return [
        _Year(point=point, figure=point.result.main or Figure(), x=_LEFT + (place + 0.5) * step)
        for place, point in enumerate(points)
    ]


def _draw_frame(canvas: Canvas, frame: _Frame, years: Sequence[_Year]) -> None:
    """Draw the level lines with their numbers, and the years below, on two lines where they are many."""
    axis, right = frame.axis, frame.right
    look = Look(size=SMALL, fill=SOFT)
    # Zero is written first: an end that lies close to it goes without a number.
    for tick in sorted(frame.ticks, key=abs):
        y = axis.locate(tick)
        canvas.add_shapes(draw_line((_LEFT, y), (right, y)))
        canvas.keep_free((_LEFT, y), (right, y))
        canvas.fit_text(frame.ticks[tick], [(right + _TICK, y + 4)], look)
    widest = max(estimate_width(name, SMALL) for name in frame.names)
    rows = 1 if len(years) == 1 or widest + 4 <= years[1].x - years[0].x else 2
    canvas.height += 14 * (rows - 1)
    look = Look(size=SMALL, fill=SOFT, anchor="middle")
    for place, (year, name) in enumerate(zip(years, frame.names, strict=True)):
        canvas.write_text(name, (year.x, axis.start + 18 + 14 * (place % rows)), look)


def _name_year(at: str, count: int) -> str:
    """Return a year as it stands below an axis: 2018/19, or 18/19 where there are many."""
    few = 5
    return at if count <= few or len(at) != len("2018/19") else at[2:]


def _draw_years(canvas: Canvas, frame: _Frame, years: Sequence[_Year], mark: float | None) -> None:
    """Draw ranges at the back, then the mark, the line, chance and values."""
    axis = frame.axis
    for before, now in pairwise(years):
        if now.joins and _has_band(before.figure) and _has_band(now.figure):
            canvas.add_shapes(draw_band(_find_band_corners(before, now, axis)))
    for year in years:
        canvas.add_shapes(*_draw_year_range(year, axis))
    if mark is not None:
        y = axis.locate(mark)
        ends = ((_LEFT, y), (frame.right, y))
        canvas.add_shapes(draw_line(*ends, stroke=TARGET, width=1.6, dashes=DASHES))
        canvas.keep_free(*ends)
    for before, now in pairwise(years):
        if not now.joins:
            canvas.add_shapes(draw_break(((before.x + now.x) / 2, axis.start)))
        elif before.figure.value is not None and now.figure.value is not None:
            ends_ = [(y.x, axis.locate(y.figure.value or 0)) for y in (before, now)]
            canvas.add_shapes(draw_path(ends_, stroke=GREEN))
    for year in years:
        canvas.add_shapes(*_draw_year_signs(year, axis))


def _has_band(figure: Figure) -> bool:
    """Tell whether a year has a value and a range around it, which are drawn as a band over the years."""
    return figure.value is not None and find_span(figure) is not None


def _find_band_corners(before: _Year, now: _Year, axis: Axis) -> list[tuple[float, float]]:
    first, second = before.figure, now.figure
    ends = [(before.x, first.lower), (now.x, second.lower), (now.x, second.upper)]
    return [(x, axis.locate(end or 0)) for x, end in [*ends, (before.x, first.upper)]]


def _draw_year_range(year: _Year, axis: Axis) -> list[str]:
    """Draw the range of one year: a thin bar around a value, a broad one where it is all there is."""
    figure, span = year.figure, find_span(year.figure)
    if phrases.is_hidden(figure):
        corner = (year.x - _BAR / 2, axis.end)
        return [draw_hatch(corner, (_BAR, axis.start - axis.end))]
    if span is None or (not span.width and figure.value is not None):
        return []
    top, low = axis.locate(span.upper), axis.locate(span.lower)
    if figure.value is not None:
        return [draw_line((year.x, top), (year.x, low), stroke=MIDDLE, width=2)]
    if phrases.is_band(figure):
        return [draw_upright_class(year.x, (top, low))]
    corner, size = (year.x - _BAR / 2, top), (_BAR, max(low - top, 1.0))
    return [draw_cell(corner, size, fill=PALE, stroke=MIDDLE)]


def _draw_year_signs(year: _Year, axis: Axis) -> list[str]:
    """Draw chance and the value of one year."""
    figure, shapes = year.figure, []
    if figure.value is None:
        return []
    if figure.expected is not None:
        shapes.append(draw_diamond((year.x, axis.locate(figure.expected))))
    place = (year.x, axis.locate(figure.value))
    return [*shapes, draw_value(place, known=find_span(figure) is not None)]


def _write_values(
    canvas: Canvas, axis: Axis, years: Sequence[_Year], card: Scorecard, texts: Texts
) -> None:
    """Write each year's figure beside its sign, where there is room for it."""
    for year in years:
        text = phrases.write_label(year.point.result, year.figure, card, texts)
        look = Look(bold=True, anchor="middle", plate=_stands_on_band(year.figure))
        if not phrases.list_numbers(year.figure):
            look = Look(size=SMALL, anchor="middle", fill=SOFT, plate=True)
        canvas.fit_text(text, _list_label_places(canvas, axis, year, text, look), look)


def _list_label_places(
    canvas: Canvas, axis: Axis, year: _Year, text: str, look: Look
) -> list[tuple[float, float]]:
    """List where the label of a year may stand: above its sign, below it, beside it, and further off."""
    top, low = _find_edges(year.figure, axis)
    half = estimate_width(text, look.size, bold=look.bold) / 2 + 2
    x = max(half, min(year.x, canvas.width - half))
    beside = [(x + side * (half + 9), (top + low) / 2 + 4) for side in (1, -1)]
    further = [(x, y) for step in (14, 28) for y in (top - 9 - step, low + 17 + step)]
    return [(x, top - 9), (x, low + 17), *beside, *further]


def _stands_on_band(figure: Figure) -> bool:
    """Tell whether a label lies on the range or the line that runs through its value."""
    span = find_span(figure)
    return figure.value is not None and span is not None and span.width > 0


def _find_edges(figure: Figure, axis: Axis) -> tuple[float, float]:
    """Return above and below which heights a figure's label stands."""
    span = find_span(figure)
    if figure.value is not None:
        return axis.locate(figure.value), axis.locate(figure.value)
    if span is not None:
        return axis.locate(span.upper), axis.locate(span.lower)
    return axis.start, axis.start


def _lay_out_table(years: Sequence[_Year], line: str, texts: Texts) -> PictureTable:
    """Lay out as a table what the picture shows, with why a year has no value or does not compare."""
    rows = []
    for year in years:
        figure, result = year.figure, year.point.result
        rows.append(
            (
                texts.write_period(year.point.at),
                figures.write_value(figure, result.scale, texts),
                figures.write_range(figure, result, texts),
                _write_expected(figure, result.scale, texts),
                line or texts("goals.none"),
                _say_breaks(year, years, texts),
            )
        )
    heads = ("year", "value", "range", "chance", "mark", "note")
    columns = tuple(texts(f"pictures.head_{head}") for head in heads)
    kept = [
        place
        for place in range(len(heads))
        if place <= 1 or any(row[place] != texts("goals.none") for row in rows)
    ]
    return PictureTable(
        tuple(columns[place] for place in kept),
        tuple(tuple(row[place] for place in kept) for row in rows),
    )


def _write_expected(figure: Figure, scale: Scale, texts: Texts) -> str:
    if figure.value is None or figure.expected is None:
        return texts("goals.none")
    return figures.write_amount(figure.expected, scale, texts)


def _say_breaks(year: _Year, years: Sequence[_Year], texts: Texts) -> str:
    """Say why a year does not compare with the one before."""
    place = years.index(year)
    before = years[place - 1].point if place else None
    return "; ".join(figures.list_breaks(year.point, before, texts)) or texts("goals.none")
