"""Verdicts: what a figure and its range say about a target."""

from __future__ import annotations

from plfkit.model.declarations import Indicator
from plfkit.model.result import Figure


def verdict(figure: Figure, indicator: Indicator) -> str:
    """Return an indicator's verdict.

    The whole range must lie on one side of the target; a range that straddles it, or that is not
    known, leaves the verdict ``undecided``. A target that was only proposed is never met or not
    met: the figure lies above or below the mark.
    """
    target, direction = indicator.target, indicator.direction
    if target is None or direction is None:
        return "shown"
    reached = _reached(figure, target.value, up=direction == "up")
    if reached is None:
        return "undecided"
    if target.source == "decided":
        return "met" if reached else "not_met"
    return "above_proposed" if reached == (direction == "up") else "below_proposed"


def _reached(figure: Figure, target: float, *, up: bool) -> bool | None:
    """Tell whether the target is reached for certain, missed for certain, or neither (None)."""
    if figure.lower is None or figure.upper is None:
        return None
    if up:
        return True if figure.lower >= target else False if figure.upper < target else None
    return True if figure.upper <= target else False if figure.lower > target else None
