"""Coverage by school: how many of a school's staff are in a community, in alphabetical order."""

from __future__ import annotations

from collections.abc import Sequence

from plfkit.goals.scorecard import IndicatorOutcome, Scorecard
from plfkit.model.results.figures import Figure
from plfkit.model.words.reasons import Reason
from plfkit.report import figures
from plfkit.report.pictures import phrases
from plfkit.report.pictures.axes import Axis, list_ticks, round_outwards
from plfkit.report.pictures.canvas import SMALL, Canvas, Look
from plfkit.report.pictures.legends import list_entries
from plfkit.report.pictures.picture import Picture, PictureTable, build_picture
from plfkit.report.pictures.shapes import SOFT, draw_line
from plfkit.report.pictures.signs import draw_figure_along, find_signs
from plfkit.report.texts import Texts
from plfkit.report.units import name_schools

_WIDTH, _TOP, _ROW = 360.0, 22.0, 24.0
_NAMES, _VALUES = 124.0, 98.0
_STEP = 20
"""Into how many parts the scale is cut for the sentence: it speaks of multiples of 5 per cent."""


def draw_coverage(card: Scorecard, texts: Texts) -> Picture | None:
    """Draw the coverage of each school, by name and never by value; None where no school has any.

    Args:
        card: The scorecard.
        texts: The words.
    """
    result = card.overview.coverage_by_school
    found = {f.part: f for f in result if f.part is not None and f.reason != Reason.NO_STAFF}
    names = name_schools(found, card, texts)
    shown = [(names[part], found[part]) for part in names]
    if not any(phrases.list_numbers(figure) for _, figure in shown):
        return None
    outcome = _find_coverage_indicator(card)
    mark = None if outcome is None or outcome.mark is None else outcome.mark.held_against
    line = "" if outcome is None else phrases.name_mark(outcome, result.scale, texts)
    canvas = Canvas(_WIDTH, _TOP + _ROW * len(shown) + 6)
    axis = Axis(0.0, 1.0, _NAMES + 10, _WIDTH - _VALUES - 8)
    _draw_scale(canvas, axis, texts)
    for place, (name, figure) in enumerate(shown):
        y = _TOP + _ROW * (place + 0.5)
        canvas.write_text(name, (4, y + 4), Look(), room=_NAMES)
        canvas.add_shapes(draw_figure_along(axis, y, figure, mark))
        written = phrases.raise_first_letter(_write_short_coverage(figure, texts))
        look = Look(bold=True, size=SMALL)
        canvas.write_text(written, (_WIDTH - _VALUES, y + 4), look, room=_VALUES - 2)
    used = {sign for _, figure in shown for sign in find_signs(figure)} - {"value"}
    canvas.add_legend(list_entries(used, texts, mark=line))
    return build_picture(
        canvas,
        _lay_out_coverage(shown, line, texts),
        name="coverage",
        finding=say_coverage([figure for _, figure in shown], texts),
        about=texts("pictures.about_coverage"),
        card=card,
        texts=texts,
    )


def _find_coverage_indicator(card: Scorecard) -> IndicatorOutcome | None:
    """Return the indicator whose target each school's coverage is held against, if there is one."""
    result = card.overview.coverage_by_school
    for outcome in card.indicators:
        same = outcome.result is not None and outcome.result.variant == result.variant
        if outcome.indicator.measure == result.measure and same and outcome.mark is not None:
            return outcome
    return None


def _draw_scale(canvas: Canvas, axis: Axis, texts: Texts) -> None:
    """Draw the upright lines at 0, 50 and 100 per cent, with their numbers above."""
    look = Look(size=SMALL, fill=SOFT, anchor="middle")
    for tick in list_ticks(axis.low, axis.high):
        x = axis.locate(tick)
        canvas.add_shapes(draw_line((x, _TOP - 6), (x, canvas.height - 4)))
        canvas.write_text(texts.write_whole_per_cent(tick), (x, _TOP - 9), look)


def _write_short_coverage(figure: Figure, texts: Texts) -> str:
    """Write a school's coverage as it stands at the end of its line."""
    if not phrases.list_numbers(figure):
        hidden = figure.reason == Reason.WITHHELD
        return texts("pictures.not_shown" if hidden else "pictures.unknown")
    return phrases.say_figure(figure, "share", texts)


def _lay_out_coverage(shown: Sequence[tuple[str, Figure]], line: str, texts: Texts) -> PictureTable:
    none = texts("goals.none")
    rows = [
        (
            name,
            none if figure.n is None else texts.write_number(figure.n),
            figures.write_value(figure, "share", texts),
            *([line] if line else []),
        )
        for name, figure in shown
    ]
    heads = ["school", "staff", "value", *(["mark"] if line else [])]
    return PictureTable(tuple(texts(f"pictures.head_{head}") for head in heads), tuple(rows))


def say_coverage(shown: Sequence[Figure], texts: Texts) -> str:
    """Say what holds for all schools, or for most of them and what holds for the others.

    No school is named, and those that are not shown are counted.
    """
    ends = sorted((f.lower, f.upper) for f in shown if f.lower is not None and f.upper is not None)
    if not ends:
        return texts("pictures.coverage_unknown", all=len(shown))
    # The highest step that at least half of the schools surely reach.
    step = int(ends[len(ends) // 2][0] * _STEP + 1e-6) / _STEP
    others = [pair for pair in ends if pair[0] < step]
    least, most = ends[0][0], max(upper for _, upper in others or ends)
    key = "coverage_between" if step == 0 else "coverage_most" if others else "coverage_all"
    said = texts(
        f"pictures.{key}",
        all=len(shown),
        count=len(ends) - len(others),
        step=texts.write_whole_per_cent(step if others else round_outwards(least, most)[0]),
        between=phrases.write_short_range(least, most, "share", texts),
    )
    unknown = len(shown) - len(ends)
    return said + (texts("pictures.coverage_rest", count=unknown) if unknown else "")
