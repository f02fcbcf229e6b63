"""What is known of the cells of matrices, and what answers that did not come in could be."""

from __future__ import annotations

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from plfkit.arrays import Flags, Floats
from plfkit.graph.observation import Observation
from plfkit.inference.aligning import fill_matrices
from plfkit.inference.pairs import Pairs
from plfkit.model.words.ranges import RangeKind


@frozen(eq=False)
class KnownCells:
    """What is known of the cells of some matrices, and what answers that did not come in could be.

    Attributes:
        count: How many matrices there are.
        cells: The matrices of noughts and ones, bit by bit; nothing where one is not known.
        unknown: Bit by bit, whether a cell is not known.
        amounts: The other matrices, all of which are known.
        centres: What was taken off the numbers in each matrix.
        times: How many cells a pair has.
        limited: Whether somebody who did not answer could have named only so many.
        coupled: Whether a relation without direction, which has gaps, stands beside one with a direction.
    """

    count: int
    cells: NDArray[np.uint8]
    unknown: NDArray[np.uint8]
    amounts: dict[int, Floats]
    centres: Floats
    times: int
    limited: bool
    coupled: bool

    @classmethod
    def of(cls, pairs: Pairs) -> KnownCells | RangeKind:
        """Tell what is known; the kind of range alone where all is, or nobody recorded who was asked."""
        layers = {number: one.narrow_range() for number, one in pairs.layers.items()}
        known = {n: seen for n, one in layers.items() if (seen := one.observation) is not None}
        if len(known) < len(layers):
            return RangeKind.UNKNOWN
        if all(one.whole for one in known.values()):
            return RangeKind.EXACT
        filled = fill_matrices(pairs.snapshot, pairs.related, layers, directed=pairs.directed)
        unknown = np.zeros_like(filled.cells)
        limited = coupled = False
        for number, one in known.items():
            gaps = _mark_uncertain_cells(filled.cells & np.uint8(1 << number), one)
            unknown |= gaps.astype(np.uint8) << np.uint8(number)
            limited |= one.limited and bool(gaps.any())
            coupled |= pairs.directed and not one.directed and bool(gaps.any())
        apart = ~np.eye(pairs.n, dtype=np.bool_)
        return cls(
            len(pairs.names),
            filled.cells[apart],
            unknown[apart],
            {number: amounts[apart] for number, amounts in filled.amounts.items()},
            pairs.centres,
            pairs.times,
            limited,
            coupled,
        )

    @property
    def kind(self) -> RangeKind:
        """What a range is whose ends are reached as long as nothing limits what could be told."""
        return RangeKind.OUTER_BOUND if self.limited or self.coupled else RangeKind.EXACT

    def mark_known(self, number: int) -> tuple[Flags, Flags]:
        """Tell where a matrix is known to have a one, and where it is not known."""
        bit = np.uint8(1 << number)
        return self.cells & bit > 0, self.unknown & bit > 0


def _mark_uncertain_cells(ties: NDArray[np.uint8], observation: Observation) -> Flags:
    """Tell which cells of a relation are not known."""
    gaps: Flags = ~observation.seen[observation.codes][:, observation.codes]
    # A tie that was told is known, whoever else was silent.
    gaps &= ties == 0
    np.fill_diagonal(gaps, val=False)
    return gaps
