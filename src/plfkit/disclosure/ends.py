"""Ends: how near to nothing, or to all, a figure may be told that counts nobody.

A density of 0 says of each that they ask nobody, and so does a mean of 0 ties; a mean of 1 on a scale
from 1 to 4 says of each what they answered. Near its ends a class stands for such a figure.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import inf

from attrs import evolve, frozen

from plfkit.disclosure.classes import Span
from plfkit.disclosure.rounding import round_by_scale
from plfkit.disclosure.rules import hide_figure, tell_end_class
from plfkit.model.results.answer_ends import list_answer_ends
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.figure_classes import FigureClass
from plfkit.model.words.reasons import Reason

_PAIRS = frozenset({"density", "block_density"})
"""Measures whose shares are of all pairs of people; those of all others are of fewer ties, or people."""

_OF_SHARES = frozenset({"ei_index"})
"""Measures whose index from −1 to 1 is a share on another scale."""

_TIES_EACH, _TIES_WITH = "cross_team_contacts", "support_load"
"""Measures that are means of ties: for each person, and for each of those whom others seek."""

_ANSWER_MEANS = frozenset({"framework_mean", "scale_statistics", "shared_understanding"})
"""Measures with means of answers on a scale."""

_MEAN = "mean"
_SPREADS = frozenset({"sd", "alpha", "r_wg", "icc_1", "icc_2", "deviation", "agreement"})
"""Figures beside these that are on no scale of answers: how far answers lie apart."""

_OF_ALL_ANSWERS = _SPREADS - {"r_wg", "agreement"}
"""Those of them that have a range only where everybody answered."""

_TURNING = "flip_count"
"""The measure of how many answers could turn a share: beside it stands the share, of before they did."""

_LEVELS = {"answer_difference": "level"}
"""Measures of differences, and which figure beside these is a mean of answers."""


@frozen(kw_only=True)
class ScaleEnds:
    """Between what a figure can lie at all, and how near to either end it is told as a class.

    Attributes:
        low: The least.
        high: The most.
        edge: How near.
    """

    low: float
    high: float
    edge: float


def list_near_ends(
    result: Result, figure: Figure, size: int, answered: Span | None, k: int
) -> list[ScaleEnds]:
    """Return how near to its ends a figure is told as a class; of several where scales differ.

    Args:
        result: What it is of.
        figure: The figure.
        size: Of how many people it is, by the staff list.
        answered: How many of them answered, as far as is told.
        k: The threshold.
    """
    heads = _count_told_heads(result, figure, size, answered, k)
    if result.measure == _TIES_EACH:
        return [_find_tie_ends(heads, heads - 1, k)]
    if result.measure == _TIES_WITH:
        sought = sum(n for (part, _), n in result.sizes.items() if part == figure.part)
        return [_find_tie_ends(max(sought, 1), size - sought, k)]
    found = []
    for low, high in _list_bounds(result, figure):
        # Of answers k people count who answered one step from the end, of shares k who are on the other side.
        whole = min(high - low, 1.0) if _is_answer_mean(result, figure) else high - low
        edge = round(_find_share_edge(result, figure, heads, k) * whole, 3)
        found.append(ScaleEnds(low=low, high=high, edge=edge))
    return found


def _count_told_heads(
    result: Result, figure: Figure, size: int, answered: Span | None, k: int
) -> int:
    """Return of how many people a class is made: of those who answered as many as are told of."""
    known = size if figure.n is None else figure.n
    if result.relation is None and result.figure_class is FigureClass.ANSWERS:
        # A class that ends at 5/19 would say that 19 of 20 answered.
        known = max(known // (k + 2) * (k + 2), k) if answered is None else answered[0]
        if _is_of_those_who_answered(result):
            known = size
    return max(min(size, known or size), 1)


def _is_of_those_who_answered(result: Result) -> bool:
    """Tell whether figures are of those who answered, as where nobody noted who was asked."""
    facts = result.facts
    if facts is None or facts.answered is not None:
        return False
    return any("asked" in one.who for one in facts.sets.values())


def find_bounds(result: Result, figure: Figure) -> tuple[float, float] | None:
    """Return between what a figure can lie whomever it is of; None where nobody says, or scales differ."""
    found = _list_bounds(result, figure)
    return found[0] if len(found) == 1 else None


def _list_bounds(result: Result, figure: Figure) -> list[tuple[float, float]]:
    """Return between what a figure can lie, of each scale that people may have answered on."""
    if result.scale_of(figure) == "share" or result.measure == _TURNING:
        return [(0.0, 1.0)]
    if result.measure in _OF_SHARES:
        return [(-1.0, 1.0)]
    if result.measure in {_TIES_EACH, _TIES_WITH}:
        return [(0.0, inf)]
    return list_answer_ends(result.questions) if _is_answer_mean(result, figure) else []


def _is_answer_mean(result: Result, figure: Figure) -> bool:
    if result.measure in _LEVELS:
        return figure.figure == _LEVELS[result.measure]
    return result.measure in _ANSWER_MEANS and figure.figure not in _SPREADS


def find_mean_beside(result: Result, figure: Figure) -> Figure | None:
    """Return the mean of the answers of which a figure says how far they lie apart; None of others."""
    if result.measure not in _ANSWER_MEANS or figure.figure not in _SPREADS:
        return None
    beside = (row for row in result.figures if row.part == figure.part and row.figure == _MEAN)
    return next(beside, None)


def has_range_of_all(result: Result, figure: Figure) -> bool:
    """Tell whether a figure has a range only where everybody answered."""
    return result.measure in _ANSWER_MEANS and figure.figure in _OF_ALL_ANSWERS


def _find_tie_ends(people: int, others: int, k: int) -> ScaleEnds:
    """Return the ends of a mean of ties: fewer than k ties in all are as good as none.

    Args:
        people: Of how many it is the mean.
        others: With how many each of them can have a tie.
        k: The threshold.
    """
    high = float(max(others, 0))
    edge = round_by_scale(min(k / people, high / 2), "index") or 0.0
    return ScaleEnds(low=0.0, high=high, edge=edge)


def _find_share_edge(result: Result, figure: Figure, heads: int, k: int) -> float:
    """Return how near to nothing, or to all, a share is told as a band: k people, or k pairs of them."""
    measure = result.variant if result.measure == _TURNING else result.measure
    if measure not in _PAIRS:
        return round(min(k / heads, 0.5), 3)
    ends = [
        group_size
        for (part, group), group_size in result.sizes.items()
        for end in (figure.from_, figure.to)
        if part == figure.part and group == end
    ]
    pairs = ends[0] * ends[1] if len(ends) > 1 and figure.from_ != figure.to else 0
    if figure.from_ is not None and figure.from_ == figure.to and ends:
        pairs = ends[0] * (ends[0] - 1)
    return round(min(k / max(pairs or heads * (heads - 1), 1), 0.5), 3)


def is_near_ends(figure: Figure, scale: ScaleEnds) -> bool:
    """Tell whether a figure lies where a class stands for it, or what it was before or after a change."""
    bottom, top = scale.low + scale.edge, scale.high - scale.edge
    years = figure.before, figure.after
    known = [one for one in (years if is_change(figure) else (figure.value,)) if one is not None]
    return not all(bottom <= one <= top for one in known)


def is_change(figure: Figure) -> bool:
    """Tell whether a figure stands beside another one, as a change does beside that of before."""
    return figure.before is not None or figure.after is not None


def limit_ends(figure: Figure, told: Figure, scale: ScaleEnds) -> Figure:
    """Return a figure as a class where it lies near an end, its range told no nearer.

    Args:
        figure: The figure, as it is.
        told: The same with what may be told of its range.
        scale: Its ends.
    """
    if is_change(figure):
        # A change is told with what it was before and after: either would say what its class hides.
        near_ends = is_near_ends(figure, scale)
        return hide_figure(figure, Reason.WITHHELD, n=told.n) if near_ends else told
    bottom, top = scale.low + scale.edge, scale.high - scale.edge
    least, most = (told.lower, told.upper) if figure.value is None else (figure.value,) * 2
    if least is not None and most is not None:
        near = (scale.low, bottom) if most < bottom else (top, scale.high) if least > top else None
        if near is not None:
            near = round(near[0], 3), round(near[1], 3)
            return tell_end_class(figure, told, near, whole=(scale.low, scale.high))
    lower, upper = (_move_from_ends(end, scale) for end in (told.lower, told.upper))
    return evolve(told, lower=lower, upper=upper)


def _move_from_ends(end: float | None, scale: ScaleEnds) -> float | None:
    """Return an end of a range that says nothing of the last few people: 0.01 of 45 is told as 0."""
    if end is None:
        return None
    if end < scale.low + scale.edge:
        return scale.low
    return scale.high if end > scale.high - scale.edge else end


def count_rounded_ends(rows: Iterable[Figure], result: Result) -> int:
    """Count the figures whose range is told to begin at nothing, or to end at all.

    It may begin above it, or end below. Whether it does would say what the rounding hides, so all count,
    whatever their range is.

    Args:
        rows: What is told.
        result: The result that it is of.
    """
    return sum(
        row.reason != Reason.BAND
        and (bounds := find_bounds(result, row)) is not None
        and (row.lower == bounds[0] or row.upper == bounds[1])
        for row in rows
    )
