"""Spans: between what the figures of a test could lie, had everybody answered."""

from __future__ import annotations

import numpy as np
from attrs import evolve, frozen

from plfkit.arrays import Floats
from plfkit.model.words.ranges import RangeKind


@frozen(eq=False)
class Spans:
    """Between what figures could lie: NaN where nobody knows.

    Attributes:
        lower: The lower end of each.
        upper: The upper end of each.
        kind: What these ends are.
        gaps: How many predictors have gaps, if that is why there are no ends.
    """

    lower: Floats
    upper: Floats
    kind: RangeKind
    gaps: int = 0

    @classmethod
    def of_known(cls, values: Floats, kind: RangeKind) -> Spans:
        """Return those of values of which all is known (``"exact"``), or nothing (``"unknown"``)."""
        return cls(values, values, kind) if kind is RangeKind.EXACT else cls.of_unknown(len(values))

    @classmethod
    def of_unknown(cls, count: int) -> Spans:
        """Return those of figures of which nothing is known."""
        return cls(np.full(count, np.nan), np.full(count, np.nan), RangeKind.UNKNOWN)

    def widen(self, values: Floats) -> Spans:
        """Return spans that hold the values: of the pairs observed alone, they may lie beyond."""
        lower, upper = (
            np.where(np.isnan(end), np.nan, choose(end, values))
            for end, choose in ((self.lower, np.fmin), (self.upper, np.fmax))
        )
        beyond = ((lower < self.lower) | (upper > self.upper)).any()
        weaker = beyond and self.kind is RangeKind.EXACT
        return evolve(
            self,
            lower=lower,
            upper=upper,
            kind=RangeKind.OUTER_BOUND if weaker else self.kind,
        )
