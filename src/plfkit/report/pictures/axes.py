"""Axes: where on a picture a number stands, and from where to where an axis runs."""

from __future__ import annotations

from collections.abc import Iterable
from math import floor, log10

from attrs import frozen

from plfkit.model.declared.declarations import Scale
from plfkit.report.sureness import Span

_SHARES = (0.1, 0.2, 0.5, 1.0)
"""Ends of an axis of shares that begins at zero."""
_STEPS = (1, 1.2, 1.6, 2, 3, 4, 5, 6, 8, 10)


@frozen
class Axis:
    """A straight line on which numbers stand.

    Attributes:
        low: The number at its start.
        high: The number at its end.
        start: Where it starts, in pixels.
        end: Where it ends.
    """

    low: float
    high: float
    start: float
    end: float

    def locate(self, number: float) -> float:
        """Return where a number stands; one beyond an end stands at that end."""
        share = (number - self.low) / (self.high - self.low)
        return self.start + min(1.0, max(0.0, share)) * (self.end - self.start)


def choose_ends(numbers: Iterable[float], scale: Scale) -> Span:
    """Choose from where to where an axis runs, so that all numbers are on it, and zero too.

    Args:
        numbers: What is to stand on it.
        scale: What the numbers are. An axis of shares ends at 10, 20, 50 or 100 per cent.
    """
    shown = [*numbers, 0.0]
    if scale == "share":
        return Span(0.0, next((end for end in _SHARES if max(shown) <= end), max(shown)))
    low, high = 0.0 - _round_up(-min(shown)), _round_up(max(shown))
    return Span(low, high) if low < high else Span(0.0, 1.0)


def _round_up(number: float) -> float:
    """Return the next round number, as 1.2, 30 or 500; 0 for what is not above it."""
    if number <= 0:
        return 0.0
    power = 10.0 ** floor(log10(number))
    return next(step * power for step in _STEPS if number <= step * power * (1 + 1e-9))


def list_ticks(low: float, high: float) -> list[float]:
    """Return the ends of an axis and its middle, and zero where that lies between."""
    return [low, 0.0, high] if low < 0 < high else [low, (low + high) / 2, high]
