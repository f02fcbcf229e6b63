"""Judging: what a figure and its range say about a target, and how several verdicts become one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from attrs import evolve

from plfkit.goals.marks import Mark
from plfkit.model.declared.declarations import Indicator
from plfkit.model.results.figures import Figure
from plfkit.model.words.ranges import RangeKind
from plfkit.model.words.verdicts import Verdict

_BEST, _OPEN, _WORST = 0, 2, 4


def judge_figure(figure: Figure, indicator: Indicator, mark: Mark | None) -> Verdict:
    """Return what one figure says of its indicator's target.

    The whole range must lie on one side of the mark; a range that straddles it, or that is not known,
    leaves the verdict undecided. A target that was only proposed is never met or not met: the figure
    lies above or below the mark. A decided one is not missed before its year has come.

    Args:
        figure: The figure.
        indicator: Its indicator.
        mark: What it is held against at that moment; None if there is nothing.
    """
    if mark is None:
        return Verdict.SHOWN
    up = indicator.direction == "up"
    if mark.proposed:
        # Where low is good, to reach a proposed mark is to lie below it.
        reached = _is_reached(figure, mark.held_against, up=up)
        if reached is None:
            return Verdict.UNDECIDED
        return Verdict.ABOVE_PROPOSED if reached == up else Verdict.BELOW_PROPOSED
    reached = _is_reached(figure, mark.target, up=up)
    if reached:
        return Verdict.MET
    if mark.due:
        return Verdict.UNDECIDED if reached is None else Verdict.NOT_MET
    return _judge_before_due(figure, mark, up=up)


def drop_registered_range(figure: Figure, range_kind: RangeKind) -> Figure:
    """Return a figure without its range if that is of what was registered alone: it settles nothing."""
    return (
        evolve(figure, lower=None, upper=None) if range_kind is RangeKind.OF_REGISTERED else figure
    )


def _judge_before_due(figure: Figure, mark: Mark, *, up: bool) -> Verdict:
    """Return what a figure says before the year of its target, or where nobody knows the year."""
    if mark.due is None:
        return Verdict.UNDECIDED
    if mark.step is None:
        return Verdict.ON_THE_WAY
    reached = _is_reached(figure, mark.step, up=up)
    if reached is None:
        return Verdict.UNDECIDED
    return Verdict.ON_THE_WAY if reached else Verdict.BEHIND


def settle_verdicts(verdicts: Sequence[Verdict | None], needed: int, *, up: bool = True) -> Verdict:
    """Return the best verdict that so many of several share or surpass.

    From the best: met, on the way, undecided (as are those not measured or not shown), behind, not
    met. Where all are needed that is the worst of them; where one is, the best.

    Args:
        verdicts: The verdicts of parts, or of indicators.
        needed: How many must have it.
        up: Whether more is better, for places above and below a proposed mark.
    """
    ranked = sorted(verdicts, key=lambda verdict: _rank_verdict(verdict, up=up))
    if not ranked:
        return Verdict.UNDECIDED
    # Best first: of MET, BEHIND, NOT_MET two are at least BEHIND, which stands in place 2.
    verdict = ranked[needed - 1]
    if verdict is None or _rank_verdict(verdict, up=up) == _OPEN:
        return Verdict.UNDECIDED
    return verdict


def _rank_verdict(verdict: Verdict | None, *, up: bool) -> int:
    """Return the place of a verdict among several, the best first."""
    match verdict:
        case Verdict.MET:
            return _BEST
        case Verdict.ON_THE_WAY:
            return 1
        case Verdict.ABOVE_PROPOSED | Verdict.BELOW_PROPOSED:
            return _BEST if (verdict is Verdict.ABOVE_PROPOSED) == up else _WORST
        case (
            Verdict.UNDECIDED
            | Verdict.SHOWN
            | Verdict.NOT_MEASURED
            | Verdict.NO_DECIDED_TARGET
            | None
        ):
            return _OPEN
        case Verdict.BEHIND:
            return 3
        case Verdict.NOT_MET:
            return _WORST
        case _:
            assert_never(verdict)


def _is_reached(figure: Figure, mark: float, *, up: bool) -> bool | None:
    """Tell whether a mark is reached for certain, missed for certain, or neither (None)."""
    if figure.lower is None or figure.upper is None:
        return None
    # Surely only where the whole range is: 0.4 to 0.6 neither reaches 0.5 nor misses it.
    if up:
        return True if figure.lower >= mark else False if figure.upper < mark else None
    return True if figure.upper <= mark else False if figure.lower > mark else None
