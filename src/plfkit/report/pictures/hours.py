"""Shares that add up, year by year, as stacked bars: patterns beside colours, and words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from plfkit.goals.scorecard import IndicatorOutcome, Scorecard
from plfkit.model.results.fields import TOTAL
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.report import figures
from plfkit.report.pictures import phrases
from plfkit.report.pictures.axes import Axis
from plfkit.report.pictures.canvas import SMALL, Canvas, LegendEntry, Look
from plfkit.report.pictures.letters import estimate_width
from plfkit.report.pictures.patterns import PATTERNS, draw_pattern
from plfkit.report.pictures.picture import Picture, PictureTable, build_picture
from plfkit.report.texts import Texts

_WIDTH, _LEFT, _RIGHT = 360.0, 62.0, 6.0
_TOP, _ROW, _BAR = 8.0, 38.0, 26.0
_WHOLE = 1.02
"""What shares that add up come to at most, rounded as they are."""
_NARROW = 0.9
"""What parts must come to so that a year is drawn: less, and something that is not told is missing."""


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


def draw_hours(outcome: IndicatorOutcome, card: Scorecard, texts: Texts) -> Picture | None:
    """Draw an indicator whose figures add up, a bar for each year; None where no year adds up.

    Args:
        outcome: The indicator.
        card: The scorecard it is of.
        texts: The words.
    """
    stacks = _list_stacks(outcome)
    if not any(stack.is_whole for stack in stacks):
        return None
    parts = list(dict.fromkeys(part for stack in stacks for part in stack.parts))
    names = {part: phrases.name_group(part, card, texts) for part in parts}
    looks = {part: place % len(PATTERNS) for place, part in enumerate(parts)}
    canvas = Canvas(_WIDTH, _TOP + _ROW * len(stacks))
    for place, stack in enumerate(stacks):
        _draw_stack(canvas, stack, looks, _TOP + _ROW * place, texts)
    canvas.add_legend([LegendEntry(PATTERNS[looks[part]].draw_sign, names[part]) for part in parts])
    return build_picture(
        canvas,
        _lay_out_stacks(stacks, names, texts),
        name=f"hours-{outcome.id}",
        finding=say_largest_part(stacks[-1].at, stacks[-1].parts, names, texts),
        about=texts(
            "pictures.about",
            label=texts.label(outcome.indicator.label),
            unit=phrases.say_unit("share", texts),
        ),
        card=card,
        texts=texts,
    )


def _list_stacks(outcome: IndicatorOutcome) -> list[_Stack]:
    """Return the parts of each year; of this year alone where there is no trend."""
    results = [(point.at, point.result) for point in outcome.trend]
    if not results and outcome.result is not None:
        results = [(outcome.result.at, outcome.result)]
    return [
        _Stack(
            at=at,
            result=result,
            parts={
                f.figure: f
                for f in result
                if f.figure is not None and f.figure != TOTAL and f.figure not in result.scales
            },
        )
        for at, result in results
    ]


def _draw_stack(
    canvas: Canvas, stack: _Stack, looks: Mapping[str, int], top: float, texts: Texts
) -> None:
    """Draw one year's bar, and in each part its share where there is room."""
    middle = top + _BAR / 2 + 4
    canvas.write_text(stack.at, (4, middle), Look(size=SMALL), room=_LEFT - 8)
    if not stack.is_whole:
        look = Look(size=SMALL)
        canvas.write_text(texts("pictures.not_adding"), (_LEFT, middle), look, room=_WIDTH - _LEFT)
        return
    whole = sum(figure.value or 0.0 for figure in stack.parts.values())
    axis, before = Axis(0.0, whole, _LEFT, _WIDTH - _RIGHT), 0.0
    for part, figure in stack.parts.items():
        value = figure.value or 0.0
        start, end = axis.locate(before), axis.locate(before + value)
        before += value
        if end - start < 1:
            continue
        canvas.add_shapes(draw_pattern(looks[part], (start, top), (end - start, _BAR)))
        text = phrases.write_short(value, "share", texts)
        look = PATTERNS[looks[part]].look
        if estimate_width(text, look.size, bold=look.bold) + 4 <= end - start:
            canvas.write_text(text, ((start + end) / 2, middle), look)


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
    at: str, parts: Mapping[str, Figure], names: Mapping[str, str], texts: Texts
) -> str:
    """Say which part is surely the largest, or that nobody can tell."""
    ends = {part: _find_part_ends(figure) for part, figure in parts.items()}
    for part, own in ends.items():
        others = [end for other, end in ends.items() if other != part]
        if own is not None and all(end is not None and own[0] > end[1] for end in others):
            said = phrases.say_figure(parts[part], "share", texts)
            return texts("pictures.hours_largest", part=names[part], at=at, share=said)
    return texts("pictures.hours_open", at=at)


def _find_part_ends(figure: Figure) -> tuple[float, float] | None:
    """Return the least and the most that a part is; a value without a range is of what was registered."""
    if figure.lower is not None and figure.upper is not None:
        return figure.lower, figure.upper
    return None if figure.value is None else (figure.value, figure.value)
