"""Shares that add up, year by year, as stacked bars: patterns beside colours, and words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from plfkit.goals.scorecard import IndicatorOutcome, Scorecard
from plfkit.model.results.fields import TOTAL
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.report import figures
from plfkit.report.headlines import write_round_amount
from plfkit.report.pictures import phrases
from plfkit.report.pictures.axes import Axis
from plfkit.report.pictures.canvas import SMALL, Canvas, LegendEntry, Look
from plfkit.report.pictures.letters import estimate_width
from plfkit.report.pictures.patterns import PATTERNS, Pattern
from plfkit.report.pictures.phrases import find_part_span, write_ends
from plfkit.report.pictures.picture import Picture, PictureTable, build_picture
from plfkit.report.pictures.shapes import DOTS, GREY, draw_cell
from plfkit.report.pictures.signs import draw_empty_sign
from plfkit.report.sureness import Span
from plfkit.report.texts import Texts

_WIDTH, _LEFT, _RIGHT = 338.0, 62.0, 6.0
_TOP, _ROW, _BAR = 8.0, 38.0, 26.0
_WHOLE = 1.02
"""What shares that add up come to at most, rounded as they are."""
_NARROW = 0.9
"""What parts must come to so that a year is drawn: less, and something that is not told is missing."""
_NEARLY, _UNKNOWN_GAP, _SMALL_PART = 0.98, 0.08, 0.1
"""What counts as all; how much of a bar stands for nobody knows how much; below which the legend tells it."""


@frozen(kw_only=True)
class _Stack:
    """The parts of one year, by name; without parts where they do not add up."""

    at: str
    result: Result
    parts: Mapping[str, Figure]

    @property
    def is_whole(self) -> bool:
        """Whether every part has a value, and together they are one."""
        values = [figure.value for figure in self.parts.values()]
        known = [value for value in values if value is not None]
        return bool(values) and len(known) == len(values) and _NARROW <= sum(known) <= _WHOLE

    @property
    def spans(self) -> Mapping[str, Span | None]:
        """The ends between which each part surely lies."""
        return {name: find_part_span(part, self.result) for name, part in self.parts.items()}

    @property
    def is_bounded(self) -> bool:
        """Whether it is known how much is missing; otherwise the parts are of what was registered."""
        return all(span is not None for span in self.spans.values())

    @property
    def gap(self) -> float:
        """How much of the bar is left open for what is not registered."""
        if not self.is_bounded:
            return _UNKNOWN_GAP
        # What is not registered may all belong to one part: its range is as wide as that.
        widths = [span.width for span in self.spans.values() if span is not None]
        told = sum(figure.value or 0.0 for figure in self.parts.values())
        return max([*widths, 1.0 - told if told < _NEARLY else 0.0])


def draw_hours(outcome: IndicatorOutcome, card: Scorecard, texts: Texts) -> Picture | None:
    """Draw an indicator whose figures add up, a bar for each year; None where no year adds up.

    Args:
        outcome: The indicator.
        card: The scorecard it is of.
        texts: The words.
    """
    stacks = _list_stacks(outcome)
    if outcome.result is None or not any(stack.is_whole for stack in stacks):
        return None
    parts = list(dict.fromkeys(part for stack in stacks for part in stack.parts))
    names = {part: phrases.name_group(part, card, texts) for part in parts}
    looks = {part: place % len(PATTERNS) for place, part in enumerate(parts)}
    longest = max(estimate_width(stack.at, SMALL) for stack in stacks)
    left = max(_LEFT, longest + 8)
    canvas = Canvas(_WIDTH + left - _LEFT, _TOP + _ROW * len(stacks))
    for place, stack in enumerate(stacks):
        _draw_stack(canvas, stack, looks, (left, _TOP + _ROW * place), texts)
    canvas.add_legend(_list_part_entries(stacks, names, looks, texts))
    return build_picture(
        canvas,
        _lay_out_stacks(stacks, names, texts),
        name=f"hours-{outcome.id}",
        finding=say_largest_part(stacks[-1].result, names, card, texts),
        about=texts("pictures.about", label=texts.label(outcome.indicator.label)),
        card=card,
        texts=texts,
    )


def _list_part_entries(
    stacks: Sequence[_Stack], names: Mapping[str, str], looks: Mapping[str, int], texts: Texts
) -> list[LegendEntry]:
    """Return what the fills mean, with the share of a part that is too narrow to hold it."""
    last = next(stack for stack in reversed(stacks) if stack.is_whole)
    entries = []
    for part, name in names.items():
        value, words = last.parts.get(part, Figure()).value, name
        if value is not None and value < _SMALL_PART:
            share = write_round_amount(value, "share", texts)
            words = texts(
                "pictures.hours_small", part=name, share=share, at=texts.write_period(last.at)
            )
        entries.append(LegendEntry(PATTERNS[looks[part]].draw_sign, words))
    if any(stack.is_whole and stack.gap for stack in stacks):
        entries.append(LegendEntry(draw_empty_sign, texts("pictures.hours_gap")))
    return entries


def _list_stacks(outcome: IndicatorOutcome) -> list[_Stack]:
    """Return the parts of each year; of this year alone where there is no trend."""
    results = [(point.at, point.result) for point in outcome.trend]
    if not results and outcome.result is not None:
        results = [(outcome.result.at, outcome.result)]
    return [_Stack(at=at, result=result, parts=_list_parts(result)) for at, result in results]


def _list_parts(result: Result) -> dict[str, Figure]:
    """Return the figures that add up, by name: a total and what stands beside it are no parts."""
    return {
        f.figure: f
        for f in result
        if f.figure is not None and f.figure != TOTAL and f.figure not in result.scales
    }


def _draw_stack(
    canvas: Canvas,
    stack: _Stack,
    looks: Mapping[str, int],
    corner: tuple[float, float],
    texts: Texts,
) -> None:
    """Draw one year's bar, in each part its share where there is room, and a gap for what is missing."""
    left, top = corner
    middle = top + _BAR / 2 + 4
    canvas.write_text(stack.at, (4, middle), Look(size=SMALL))
    if not stack.is_whole:
        look = Look(size=SMALL)
        canvas.write_text(
            texts("pictures.not_adding"), (left, middle), look, room=canvas.width - left
        )
        return
    whole = sum(figure.value or 0.0 for figure in stack.parts.values())
    right = canvas.width - _RIGHT
    end_of_told = left + (right - left) * (1 - stack.gap)
    axis, before = Axis(0.0, whole, left, end_of_told), 0.0
    for part, figure in stack.parts.items():
        value = figure.value or 0.0
        ends = axis.locate(before), axis.locate(before + value)
        before += value
        if ends[1] - ends[0] >= 1:
            _draw_bar_part(canvas, PATTERNS[looks[part]], ends, top, value, texts)
    _draw_gap(canvas, (end_of_told, right), top, "" if stack.is_bounded else "?")


def _draw_gap(canvas: Canvas, ends: tuple[float, float], top: float, text: str) -> None:
    """Draw at the end of a bar what is not registered; with a question mark where nobody knows how much."""
    start, end = ends
    if end - start >= 1:
        size = (end - start, _BAR)
        canvas.add_shapes(draw_cell((start, top), size, stroke=GREY, dashes=DOTS, radius=0))
    look = Look(size=SMALL, anchor="middle")
    canvas.write_text(text, ((start + end) / 2, top + _BAR / 2 + 4), look)


def _draw_bar_part(
    canvas: Canvas,
    pattern: Pattern,
    ends: tuple[float, float],
    top: float,
    value: float,
    texts: Texts,
) -> None:
    """Draw a part of a bar, with its share where that has room."""
    start, end = ends
    canvas.add_shapes(pattern.draw_area((start, top), (end - start, _BAR)))
    text, look = write_round_amount(value, "share", texts), pattern.look
    if value >= _SMALL_PART and estimate_width(text, SMALL, bold=True) + 6 <= end - start:
        canvas.write_text(text, ((start + end) / 2, top + _BAR / 2 + 4), look)


def _lay_out_stacks(
    stacks: Sequence[_Stack], names: Mapping[str, str], texts: Texts
) -> PictureTable:
    none = texts("goals.none")
    rows = tuple(
        (
            name,
            *(
                figures.write_value(stack.parts[part], "share", texts)
                if part in stack.parts
                else none
                for stack in stacks
            ),
        )
        for part, name in names.items()
    )
    return PictureTable((texts("pictures.head_part"), *(stack.at for stack in stacks)), rows)


def say_largest_part(
    result: Result, names: Mapping[str, str], card: Scorecard, texts: Texts
) -> str:
    """Say which part is surely the largest; of what was registered alone, only what that is.

    What is not registered may all belong to another part: then no part takes most.
    """
    at = texts.write_period(result.at)
    stack = _Stack(at=result.at, result=result, parts=_list_parts(result))
    if stack.is_whole and not stack.is_bounded:
        ranked = sorted(stack.parts, key=lambda part: -(stack.parts[part].value or 0.0))
        said = [
            texts(
                "pictures.hours_part",
                part=names[part],
                share=write_round_amount(stack.parts[part].value or 0.0, "share", texts),
            )
            for part in ranked[:2]
        ]
        return texts("pictures.hours_registered", at=at, parts=", ".join(said))
    spans = stack.spans
    for part, own in spans.items():
        others = [span for other, span in spans.items() if other != part]
        if own is not None and all(one is not None and own.lower > one.upper for one in others):
            said_share = write_ends(own, result, card, texts)
            return texts("pictures.hours_largest", part=names[part], at=at, share=said_share)
    return texts("pictures.hours_open", at=at)
