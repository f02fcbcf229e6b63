"""Ends: how near to nothing, or to all, a figure may be told that counts nobody.

A density of 0 says of each that they ask nobody, and so does a mean of 0 ties; a mean of 1 on a scale
from 1 to 4 says of each what they answered. Near its ends a class stands for such a figure.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import inf

from attrs import evolve, frozen

from plfkit.disclosure.rounding import round_by_scale
from plfkit.disclosure.rules import hide_figure, tell_end_class
from plfkit.model.results.answer_ends import find_answer_ends
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.reasons import Reason

_PAIRS = frozenset({"density", "block_density"})
"""Measures whose shares are of all pairs of people; those of all others are of fewer ties, or people."""

_OF_SHARES = frozenset({"ei_index"})
"""Measures whose index from −1 to 1 is a share on another scale."""

_TIES_EACH, _TIES_WITH = "cross_team_contacts", "support_load"
"""Measures that are means of ties: for each person, and for each of those whom others seek."""

_ANSWER_MEANS = frozenset({"framework_mean", "scale_statistics", "shared_understanding"})
"""Measures with means of answers on a scale."""

_OTHER_FIGURES = frozenset({"sd", "alpha", "r_wg", "icc_1", "icc_2", "deviation", "agreement"})
"""Figures beside these that are on no scale of answers."""


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


def find_near_ends(result: Result, figure: Figure, size: int, k: int) -> ScaleEnds | None:
    """Return how near to its ends a figure is told as a class; None where it has none.

    Args:
        result: What it is of.
        figure: The figure.
        size: Of how many people it is, by the staff list.
        k: The threshold.
    """
    heads = max(min(size, figure.n or size), 1)
    if result.measure == _TIES_EACH:
        return _find_tie_ends(heads, heads - 1, k)
    if result.measure == _TIES_WITH:
        sought = sum(n for (part, _), n in result.sizes.items() if part == figure.part)
        return _find_tie_ends(max(sought, 1), size - sought, k)
    bounds = find_bounds(result, figure)
    if bounds is None:
        return None
    low, high = bounds
    # Of answers k people count who answered one step from the end, of shares k who are on the other side.
    whole = min(high - low, 1.0) if result.measure in _ANSWER_MEANS else high - low
    edge = round(_find_share_edge(result, figure, heads, k) * whole, 3)
    return ScaleEnds(low=low, high=high, edge=edge)


def find_bounds(result: Result, figure: Figure) -> tuple[float, float] | None:
    """Return between what a figure can lie whomever it is of; None where nobody says."""
    if result.scale_of(figure) == "share":
        return 0.0, 1.0
    if result.measure in _OF_SHARES:
        return -1.0, 1.0
    if result.measure in {_TIES_EACH, _TIES_WITH}:
        return 0.0, inf
    if result.measure in _ANSWER_MEANS and figure.figure not in _OTHER_FIGURES:
        return find_answer_ends(result.questions)
    return None


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
    if result.measure not in _PAIRS:
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


def limit_ends(figure: Figure, told: Figure, scale: ScaleEnds) -> Figure:
    """Return a figure as a class where it lies near an end, its range told no nearer.

    Args:
        figure: The figure, as it is.
        told: The same with what may be told of its range.
        scale: Its ends.
    """
    bottom, top = scale.low + scale.edge, scale.high - scale.edge
    if None not in {figure.before, figure.after}:
        # A change is told with what it was before and after: either would say what its class hides.
        inside = all(bottom <= (one or 0.0) <= top for one in (figure.before, figure.after))
        return told if inside else hide_figure(figure, Reason.WITHHELD, n=told.n)
    least, most = (told.lower, told.upper) if figure.value is None else (figure.value,) * 2
    if least is not None and most is not None:
        near = (scale.low, bottom) if most < bottom else (top, scale.high) if least > top else None
        if near is not None:
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
