"""Pairs of people by what they have in all matrices, there and back.

Two pairs that are tied alike in everything add the same to whatever is summed over pairs. Among a
million pairs of a municipality's people some forty are different, so sums are taken over classes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from plfkit.arrays import Floats, Numbers
from plfkit.inference.pairs import Pairs

_ROWS = 256
"""How many people's pairs are looked at together."""


@frozen(eq=False)
class ClassTable:
    """Classes of pairs, and how many pairs of each there are.

    Attributes:
        there: What a class (row) has in the relation, in 1 and in the predictors (columns); nothing
            where the pair was not observed.
        back: The same in the opposite direction.
        counts: How many pairs of each class (column) each person (row) has.
    """

    there: Floats
    back: Floats
    counts: Floats

    @property
    def common(self) -> int:
        """The class of most pairs that are alike there and back: mostly those tied in nothing.

        There is always one, as that of nobody with themselves is.
        """
        alike = (self.there == self.back).all(axis=1)
        return int(np.argmax(np.where(alike, self.totals, -1)))

    @property
    def totals(self) -> Floats:
        """How many cells each class has: two for a pair."""
        totals: Floats = self.counts.sum(axis=0)
        return totals


@frozen(eq=False)
class PairClasses:
    """All pairs of people, by their classes.

    Attributes:
        of_cells: The class of the pair of each cell, row after row.
        whole: The classes.
        moved: The classes of what is permuted: they know of the predictors alone.
        number_moved: For each class the one of these that it is part of.
    """

    of_cells: NDArray[np.uint16] | NDArray[np.uint32]
    whole: ClassTable
    moved: ClassTable
    number_moved: Numbers

    @classmethod
    def of(cls, pairs: Pairs) -> PairClasses:
        """Find the class of every pair."""
        bits = len(pairs.names)
        found = np.zeros(1 << (2 * bits + 2), np.bool_)
        for _, codes in _code_pairs(pairs):
            found[codes] = True
        used = np.flatnonzero(found)
        small = np.uint16 if len(used) <= np.iinfo(np.uint16).max else np.uint32
        numbers = np.zeros(len(found), small)
        numbers[used] = np.arange(len(used))
        of_cells = np.empty((pairs.n, pairs.n), small)
        for rows, codes in _code_pairs(pairs):
            of_cells[rows] = numbers[codes]
        counts = np.stack([np.bincount(row, minlength=len(used)) for row in of_cells]).astype(float)
        counts[np.arange(pairs.n), of_cells.diagonal()] -= 1  # nobody is a pair alone
        # The relation is bit 0 of either direction: without it the predictors are left.
        known, number_moved = np.unique(used & ~(1 | 1 << bits), return_inverse=True)
        of_moved = np.zeros((pairs.n, len(known)))
        np.add.at(of_moved.T, number_moved, counts.T)
        return cls(
            of_cells.ravel(),
            ClassTable(*_unpack_codes(used, bits), counts),
            ClassTable(*_unpack_codes(known, bits), of_moved),
            number_moved,
        )


def _code_pairs(pairs: Pairs) -> Iterator[tuple[slice, NDArray[Any]]]:
    """Yield a few rows at a time with the code of each pair: bits there, bits back, observed or not.

    With two matrices, 0b11_01_10 is a pair that was observed both ways; there the second has a one,
    and back the first.
    """
    n, bits = pairs.n, len(pairs.names)
    small: Any = np.uint16 if 2 * bits + 2 <= np.iinfo(np.uint16).bits else np.uint32
    cells, kinds = pairs.cells.reshape(n, n), pairs.kinds
    # Between which classes of people pairs were observed there, and back.
    seen: NDArray[Any] = pairs.seen_kinds.astype(small)
    seen = seen << (2 * bits) | seen.T << (2 * bits + 1)
    for start in range(0, n, _ROWS):
        rows = slice(start, min(start + _ROWS, n))
        codes: NDArray[Any] = cells[:, rows].T.astype(small, order="C")
        codes <<= bits
        codes |= cells[rows]
        codes |= seen[kinds[rows]][:, kinds] if len(seen) > 1 else seen
        yield rows, codes


def _unpack_codes(codes: Numbers, bits: int) -> tuple[Floats, Floats]:
    """Return what classes have in the relation, in 1 and in the predictors, there and back."""
    every = (codes[:, None] >> np.arange(2 * bits + 2)) & 1
    there, back = every[:, :bits], every[:, bits : 2 * bits]
    return (
        np.insert(there, 1, every[:, -2], axis=1).astype(np.float64),
        np.insert(back, 1, every[:, -1], axis=1).astype(np.float64),
    )
