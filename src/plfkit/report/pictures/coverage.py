"""Coverage by school: how many of a school's staff are in a community, in alphabetical order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plfkit.goals.scorecard import IndicatorOutcome, Scorecard
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.reasons import Reason
from plfkit.report import figures
from plfkit.report.pictures import phrases
from plfkit.report.pictures.axes import Axis, list_ticks
from plfkit.report.pictures.canvas import SMALL, Canvas, Look
from plfkit.report.pictures.legends import list_entries
from plfkit.report.pictures.picture import Picture, PictureTable, build_picture
from plfkit.report.pictures.shapes import SOFT, draw_line
from plfkit.report.pictures.signs import draw_figure_along, find_signs
from plfkit.report.sureness import Span
from plfkit.report.texts import Texts
from plfkit.report.units import name_schools

_WIDTH, _TOP, _ROW = 338.0, 22.0, 24.0
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
    shown = {name: found[part] for part, name in names.items()}
    if not any(map(phrases.list_numbers, shown.values())):
        return None
    outcome = _find_coverage_indicator(card)
    mark = None if outcome is None or outcome.mark is None else outcome.mark.held_against
    line = "" if outcome is None else phrases.name_mark(outcome, result.scale, texts)
    canvas = Canvas(_WIDTH, _TOP + _ROW * len(shown) + 6)
    axis = Axis(0.0, 1.0, _NAMES + 10, _WIDTH - _VALUES - 8)
    _draw_scale(canvas, axis, texts)
    for place, (name, figure) in enumerate(shown.items()):
        y = _TOP + _ROW * (place + 0.5)
        canvas.write_text(name, (4, y + 4), Look(), room=_NAMES)
        canvas.add_shapes(draw_figure_along(axis, y, figure, mark))
        written = phrases.write_label(result, figure, card, texts)
        look = Look(bold=True, size=SMALL)
        canvas.write_text(written, (_WIDTH - _VALUES, y + 4), look, room=_VALUES - 2)
    used = {sign for figure in shown.values() for sign in find_signs(figure)}
    canvas.add_legend(list_entries(used, texts, mark=line))
    return build_picture(
        canvas,
        _lay_out_coverage(shown, line, texts),
        name="coverage",
        finding=say_coverage(shown, result, card, texts),
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


def _lay_out_coverage(shown: Mapping[str, Figure], line: str, texts: Texts) -> PictureTable:
    none = texts("goals.none")
    rows = [
        (
            name,
            none if figure.n is None else texts.write_number(figure.n),
            figures.write_value(figure, "share", texts),
            *([line] if line else []),
        )
        for name, figure in shown.items()
    ]
    heads = ["school", "staff", "value", *(["mark"] if line else [])]
    return PictureTable(tuple(texts(f"pictures.head_{head}") for head in heads), tuple(rows))


def say_coverage(shown: Mapping[str, Figure], result: Result, card: Scorecard, texts: Texts) -> str:
    """Say what holds for all schools that are told of, or for most of them and for the others.

    No school is named for its figure, and those that are not shown are counted. Small schools that are
    told together are named and told together: what holds of both need not hold of either.

    Args:
        shown: The figures by the names of the schools.
        result: The coverage by school.
        card: The scorecard.
        texts: The words.
    """
    alone = [f for f in shown.values() if not _is_joined(f)]
    spans = [span for f in alone if (span := phrases.find_part_span(f, result)) is not None]
    count = sum(map(_count_schools, shown.values()))
    said = [_say_coverage_alone(spans, count, result, card, texts)]
    for name, figure in shown.items():
        span = phrases.find_part_span(figure, result)
        if _is_joined(figure) and span is not None:
            between = phrases.write_ends(span, result, card, texts)
            said.append(texts("pictures.coverage_joined", names=name, between=between))
    rest = [f for f in shown.values() if phrases.find_part_span(f, result) is None]
    for key, absent in (
        ("hidden", [f for f in rest if phrases.is_hidden(f)]),
        ("no_data", [f for f in rest if not phrases.is_hidden(f)]),
    ):
        if absent and spans:
            left = sum(map(_count_schools, absent))
            said.append(texts(f"pictures.coverage_{key}", count=left))
    return "; ".join(said)


def _say_coverage_alone(
    spans: Sequence[Span], count: int, result: Result, card: Scorecard, texts: Texts
) -> str:
    """Say what holds for the schools that are told one by one."""
    if not spans:
        return texts("pictures.coverage_unknown", all=count)
    ranked = sorted(spans, key=lambda span: span.lower)
    # The highest step that at least half of the schools surely reach.
    step = int(ranked[len(ranked) // 2].lower * _STEP + 1e-6) / _STEP
    others = [span for span in ranked if span.lower < step]
    least, most = ranked[0].lower, max(span.upper for span in others or ranked)
    key = "between" if step == 0 else "most" if others else "all"
    each = "schools" if len(spans) == count else "shown"
    return texts(
        f"pictures.coverage_{key}",
        schools=texts(f"pictures.coverage_of_{each}", all=len(spans)),
        count=len(spans) - len(others),
        all=len(spans),
        step=texts.write_whole_per_cent(step),
        between=phrases.write_ends(Span(least, most), result, card, texts),
    )


def _is_joined(figure: Figure) -> bool:
    """Tell whether a figure is of several small schools together."""
    return phrases.JOINED in (figure.part or "")


def _count_schools(figure: Figure) -> int:
    """Count the schools that a figure is of."""
    return len((figure.part or "").split(phrases.JOINED))
