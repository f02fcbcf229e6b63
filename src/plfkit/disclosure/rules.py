"""Rules: what may leave of a figure, by its class.

The class of a figure decides the rule. Organisational figures pass. Participation passes with at
least k people, its extremes as a band. Statistics of answers need enough people, at least k on both
sides of every count and of every group that ties run between or to, and lose their counts. Figures
about single persons never pass unless somebody asks for them by name and says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from attrs import evolve

from plfkit.disclosure.rounding import round_by_scale, round_figure
from plfkit.model.declared.declarations import PrivacyFloor
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.closed import Sight
from plfkit.model.words.figure_classes import FigureClass
from plfkit.model.words.reasons import Reason

HIGH, LOW = 0.9, 0.1
"""Participation beyond these is published as a band."""


def release_figure(figure: Figure, result: Result, floor: PrivacyFloor) -> Figure:
    """Return what may leave of a figure, by the rule of its class."""
    if figure.reason == Reason.REFUSED:
        return figure  # the measure looked at nobody
    match result.figure_class:
        case FigureClass.ORGANISATIONAL:
            personal = figure.n is not None and figure.n < floor.k
            if personal:
                return hide_figure(figure, floor, Reason.WITHHELD)
            return round_figure(figure, result)
        case FigureClass.PARTICIPATION:
            return _release_participation(figure, result, floor)
        case FigureClass.ANSWERS:
            return _release_answers(figure, result, floor)
        case _:
            assert_never(result.figure_class)


def _release_participation(figure: Figure, result: Result, floor: PrivacyFloor) -> Figure:
    few = result.counts_people and is_small_count(figure.denominator, floor)
    if few or withhold_small_count(figure.n, floor.k) is None:
        return hide_figure(figure, floor, Reason.WITHHELD)
    if figure.before is not None and figure.after is not None:
        ends = (figure.before, figure.after)
        # A change from 0.93 to 0.95 would tell two extremes, which leave as bands only.
        shown = all(LOW < end < HIGH for end in ends)
        return (
            round_figure(figure, result) if shown else hide_figure(figure, floor, Reason.WITHHELD)
        )
    only_range = figure.value is None and _has_range_only(figure, FigureClass.PARTICIPATION)
    seen = figure.lower if only_range else figure.value
    if seen is None:
        return hide_figure(figure, floor, figure.reason)
    of_share = result.scale_of(figure) == "share"
    if LOW < seen < HIGH or not of_share or (only_range and _is_beyond_bands(figure)):
        return round_figure(figure, result)
    # 19 of 20 and 20 of 20 leave as the same band, from 0.9 to 1.
    lower, upper = (HIGH, 1.0) if seen >= HIGH else (0.0, LOW)
    # Intervals, and what chance gives, would tell where in the band the figure lies.
    return evolve(
        hide_figure(figure, floor, Reason.BAND),
        lower=lower,
        upper=upper,
        denominator=figure.denominator,
        observed=round_by_scale(figure.observed, "share"),
        response_rate=round_by_scale(figure.response_rate, "share"),
    )


def _release_answers(figure: Figure, result: Result, floor: PrivacyFloor) -> Figure:
    reason = Reason.find_word(figure.reason)
    if reason is not None and reason.sight is Sight.ANYBODY:
        return hide_figure(figure, floor, reason)
    if _may_release_answers(figure, result, floor):
        return evolve(round_figure(figure, result), numerator=None, denominator=None)
    return hide_figure(figure, floor, Reason.WITHHELD)


def _may_release_answers(figure: Figure, result: Result, floor: PrivacyFloor) -> bool:
    """Tell whether enough people stand on all sides of a statistic of answers."""
    if withhold_small_count(figure.n, floor.statistics) is None:
        return False
    ends = {figure.from_, figure.to} - {None}
    # The greatest of a school, or of a pair of groups, is one person's figure.
    if result.extreme and (figure.part is not None or ends):
        return False
    for (part, group), size in result.sizes.items():
        if part == figure.part and (not ends or group in ends) and size < floor.k:
            return False
    if not result.counts_people:
        return True
    sides = _count_sides(figure, result)
    if sides is None:
        return result.scale_of(figure) in {"index", "points"} or (
            result.extreme and figure.before is not None
        )
    return min(sides) >= floor.k


def _count_sides(figure: Figure, result: Result) -> tuple[float, float] | None:
    """Count who is known to show something, and who is known not to; None if nothing was counted."""
    if (
        _has_range_only(figure, FigureClass.ANSWERS)
        and result.scale_of(figure) == "share"
        and figure.lower is not None
        and figure.upper is not None
    ):
        known = figure.n or 0
        # A range from 0.2 to 0.9 over 20 people: 4 are known to show it and 2 are known not to.
        return figure.lower * known, (1 - figure.upper) * known
    if figure.numerator is None or figure.denominator is None:
        return None
    return figure.numerator / result.weight, figure.denominator - figure.numerator


def _has_range_only(figure: Figure, figure_class: FigureClass) -> bool:
    """Tell whether a figure has a reason with which figures of its class have a range."""
    reason = Reason.find_word(figure.reason)
    return reason is not None and reason.range_of is figure_class


def _is_beyond_bands(figure: Figure) -> bool:
    """Tell whether a range reaches beyond either band."""
    if figure.lower is None or figure.upper is None:
        return False
    return figure.upper > LOW and figure.lower < HIGH


def hide_level_figures(rows: list[Figure], result: Result, floor: PrivacyFloor) -> list[Figure]:
    """Hide all levels beside their difference where one is hidden: it would follow from the others."""
    names = {level.figure for level in result.levels}
    levels = [row for row in rows if row.figure in names]
    if all(row.reason != Reason.WITHHELD for row in levels):
        return rows
    return [
        hide_figure(row, floor, Reason.WITHHELD) if row.figure in names else row for row in rows
    ]


def withhold_persons(figures: Iterable[Figure], floor: PrivacyFloor) -> Iterator[Figure]:
    """Yield one empty row for each part and figure in place of the rows about persons."""
    groups: dict[tuple[str | None, str | None], int | None] = {}
    for figure in figures:
        # One row for all persons of a part, so that the number of rows tells nothing.
        groups[figure.part, figure.figure] = figure.n
    for (part, name), n in groups.items():
        yield Figure(
            part=part, figure=name, n=withhold_small_count(n, floor.k), reason=Reason.WITHHELD
        )


def hide_figure(figure: Figure, floor: PrivacyFloor, reason: str | None) -> Figure:
    """Keep what the figure is about and why it is not shown."""
    return Figure(
        part=figure.part,
        from_=figure.from_,
        to=figure.to,
        figure=figure.figure,
        n=withhold_small_count(figure.n, floor.k),
        reason=reason,
    )


def withhold_small_count(count: int | None, threshold: int) -> int | None:
    """Return a count of people, or None where they are too few."""
    return None if count is None or count < threshold else count


def is_small_count(count: float | None, floor: PrivacyFloor) -> bool:
    """Tell whether a count tells of somebody, but of fewer than k."""
    return count is not None and 0 < count < floor.k


def is_figure_shown(figure: Figure) -> bool:
    """Tell whether anything is seen of a figure, be it a band or the reason for having none."""
    return figure.reason != Reason.WITHHELD
