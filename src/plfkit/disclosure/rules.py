"""Rules: what may leave of figures that say nothing of whom they speak, and of those about units.

Figures of units, communities and meetings pass. Figures of people whose measure does not say of whom
they speak, and who has what they count, are told of the whole only, and of enough people. Figures about
single persons never pass unless somebody asks for them by name and says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import evolve

from plfkit.disclosure.rounding import round_figure
from plfkit.model.declared.declarations import PrivacyFloor
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.closed import Sight
from plfkit.model.words.figure_classes import FigureClass
from plfkit.model.words.reasons import Reason

HIGH, LOW = 0.9, 0.1
"""Shares beyond these are told as a band where it is not known of whom they speak."""
_ROUNDED = 0.001
"""By how much the share that was observed may be rounded, and the ends of a class."""


def release_figure(figure: Figure, result: Result, floor: PrivacyFloor) -> Figure:
    """Return what may leave of a figure whose measure does not say of whom it speaks."""
    reason = Reason.find_word(figure.reason)
    if reason is Reason.REFUSED:
        return figure  # the measure looked at nobody
    if result.figure_class is FigureClass.ORGANISATIONAL:
        # Where a figure of places rests on people, `n` are those of the smallest.
        personal = figure.n is not None and figure.n < floor.k
        if personal:
            return hide_figure(figure, Reason.WITHHELD)
        return evolve(round_figure(figure, result), n=None)
    if reason is not None and reason.sight is Sight.ANYBODY and figure.lower is None:
        return hide_figure(figure, reason)
    enough = withhold_small_count(figure.n, floor.statistics) is not None
    if figure.part is not None or figure.from_ is not None or not enough:
        return hide_figure(figure, Reason.WITHHELD)
    return _limit_whole(figure, result)


def _limit_whole(figure: Figure, result: Result) -> Figure:
    """Return a figure of the whole without its counts, and as a band where it lies near its ends."""
    told = evolve(round_figure(figure, result), numerator=None, denominator=None)
    if result.counts_people and result.figure_class is FigureClass.PARTICIPATION:
        told = evolve(told, n=None)
    if result.scale_of(figure) != "share":
        return told
    if figure.value is None:
        return evolve(told, lower=_move_lower_end(told.lower), upper=_move_upper_end(told.upper))
    ends = (figure.value,) if figure.before is None else (figure.before, figure.after)
    if all(end is None or LOW < end < HIGH for end in ends):
        return told
    if figure.before is not None:
        return hide_figure(figure, Reason.WITHHELD)
    # 19 of 20 and 20 of 20 leave as the same band, from 0.9 to 1. Intervals, and what chance gives,
    # would tell where in the band the figure lies.
    near = (HIGH, 1.0) if figure.value >= HIGH else (0.0, LOW)
    band = tell_end_class(figure, evolve(told, n=None), near)
    return band if band.reason == Reason.WITHHELD else evolve(band, observed=told.observed)


def tell_end_class(
    figure: Figure,
    told: Figure,
    near: tuple[float, float],
    *,
    whole: tuple[float, float] = (0.0, 1.0),
) -> Figure:
    """Return the class at one end in which a figure lies, so wide that it holds its range; else nothing.

    How wide is read from the share that was observed and never from the range, whose ends would say
    where in the class the figure lies. Where neither may be told, nothing is: whether the range fits into
    the class would say who answered.

    Args:
        figure: The figure, as it is.
        told: The same with what may be told of its range.
        near: From where to where the class goes.
        whole: Between what the figure can lie at all.
    """
    low, high = whole
    band = hide_figure(figure, Reason.BAND, n=told.n)
    if figure.lower is None or figure.upper is None:
        return evolve(band, lower=near[0], upper=near[1])
    hidden = hide_figure(figure, Reason.WITHHELD, n=told.n)
    if told.lower is None or told.upper is None:
        return hidden
    # What was not observed may be anything: a tenth of it widens the class by a tenth of the whole.
    unseen = 0.0 if told.observed is None else 1 - told.observed + _ROUNDED
    widening = unseen * (high - low)
    lower = round(max(near[0] - widening, low), 3) if near[0] > low else low
    upper = round(min(near[1] + widening, high), 3) if near[1] < high else high
    holds = lower <= figure.lower and figure.upper <= upper
    return (
        evolve(band, lower=lower, upper=upper) if holds and upper - lower < high - low else hidden
    )


def _move_lower_end(lower: float | None) -> float | None:
    """Return a lower end that tells nothing of the last tenth, at either side."""
    return lower if lower is None else 0.0 if lower <= LOW else min(lower, HIGH)


def _move_upper_end(upper: float | None) -> float | None:
    return upper if upper is None else 1.0 if upper >= HIGH else max(upper, LOW)


def hide_level_figures(rows: list[Figure], result: Result) -> list[Figure]:
    """Hide all levels beside their difference where one is hidden: it would follow from the others.

    Levels are shares; of one near its ends a band would not do, as the difference tells it exactly.
    """
    names = {level.figure for level in result.levels}
    levels = [row for row in rows if row.figure in names]
    if all(
        row.reason != Reason.WITHHELD and (row.value is None or LOW < row.value < HIGH)
        for row in levels
    ):
        return rows
    return [hide_figure(row, Reason.WITHHELD) if row.figure in names else row for row in rows]


def withhold_persons(figures: Iterable[Figure]) -> Iterator[Figure]:
    """Yield one empty row for each part and figure in place of the rows about persons."""
    # One row for all persons of a part, so that the number of rows tells nothing.
    for part, name in dict.fromkeys((figure.part, figure.figure) for figure in figures):
        yield Figure(part=part, figure=name, reason=Reason.WITHHELD)


def hide_figure(figure: Figure, reason: str | None, *, n: int | None = None) -> Figure:
    """Keep what the figure is about and why it is not shown.

    Args:
        figure: The figure.
        reason: Why.
        n: How many people it is about by the staff list. How many it rests on would tell who answered,
            or who is a member.
    """
    return Figure(
        part=figure.part,
        from_=figure.from_,
        to=figure.to,
        figure=figure.figure,
        n=n,
        reason=reason,
    )


def withhold_small_count(count: int | None, threshold: int) -> int | None:
    """Return a count of people, or None where they are too few."""
    return None if count is None or count < threshold else count


def is_figure_shown(figure: Figure) -> bool:
    """Tell whether anything is seen of a figure, be it a band or the reason for having none."""
    return figure.reason != Reason.WITHHELD
