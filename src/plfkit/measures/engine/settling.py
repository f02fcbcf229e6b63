"""Settling: between what figures of completions lie, and when more of them would hardly tell more."""

from __future__ import annotations

import numpy as np
from attrs import define

from plfkit.arrays import Floats
from plfkit.resampling.drawing import CHUNK, Draws

LEAST_GROWTH = 0.03
"""Ranges have settled where a twentieth of the draws widened them by less than this share on average."""

FIRST_LOOK = 2
"""How many twentieths are drawn at least."""

FEWEST_FIGURES = 30
"""Over fewer figures than that the average says little, and all draws are made."""


@define
class FigureSpan:
    """Between what figures lie, as more and more completions are drawn.

    Attributes:
        lower: The least of each figure; NaN while it is undefined in every completion.
        upper: The most.
        draws: How many random completions it rests on.
    """

    lower: Floats
    upper: Floats
    draws: int = 0

    @classmethod
    def of(cls, figures: Draws) -> FigureSpan:
        """Return what some completions span, which are not drawn at random."""
        return cls(np.fmin.reduce(figures), np.fmax.reduce(figures))

    def take_in(self, figures: Draws) -> None:
        """Widen it by the figures of random completions, one a row."""
        # fmin and fmax pass over completions in which a figure is undefined (NaN).
        self.lower = np.fmin(self.lower, np.fmin.reduce(figures))
        self.upper = np.fmax(self.upper, np.fmax.reduce(figures))
        self.draws += len(figures)


@define
class Settling:
    """Whether ranges have settled, looked at in fixed steps so that it does not matter who draws.

    Of 1,000 draws 100 are made at least; then it is looked at after each 50 of them.

    Attributes:
        span: The ranges.
        total: How many draws were asked for.
        widths: How wide each range was at the last look.
    """

    span: FigureSpan
    total: int
    widths: Floats | None = None

    def take_in(self, figures: Draws) -> bool:
        """Widen the ranges by a chunk of draws, and tell whether they have settled."""
        self.span.take_in(figures)
        # Of 1,000 draws a step is one chunk of 50; of 5,000 it is five.
        step = CHUNK * max(self.total // (20 * CHUNK), 1)
        if self.span.draws % step or self.span.draws >= self.total:
            return False
        before, self.widths = self.widths, self.span.upper - self.span.lower
        if before is None or self.span.draws < FIRST_LOOK * step:
            return False
        return len(before) >= FEWEST_FIGURES and _find_growth(before, self.widths) < LEAST_GROWTH


def _find_growth(before: Floats, after: Floats) -> float:
    """Return by which share of what they are now ranges grew on average, those with a width."""
    wide = after > 0
    # A range that was unknown before is as good as none: all of it is growth.
    return float((1 - np.nan_to_num(before[wide]) / after[wide]).mean()) if wide.any() else 0.0
