"""What matrices have in common once the people of one of them have changed places.

If people only change places with others who were asked and answered alike, what was observed stays
observed; then sums and squares do not change, and a draw needs no more than the ties of one matrix
looked up in the others.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from plfkit.arrays import Flags, Floats, Numbers
from plfkit.inference.pairs import Pairs
from plfkit.resampling import Permutations
from plfkit.resampling.drawing import Draws

Places = NDArray[np.int32]
"""Where each person (row) stands in each draw (column)."""


@frozen(eq=False)
class PermutedProduct:
    """Draws the sum of products of two matrices, the people of the one permuted.

    Attributes:
        pairs: The matrices.
        moved: Which matrix is permuted: one of noughts and ones.
        other: Which one it is multiplied with.
        permutations: Who may change places.
    """

    pairs: Pairs
    moved: int
    other: int
    permutations: Permutations
    _ties: tuple[Numbers, Numbers] = field(init=False)
    _looked_up: NDArray[np.uint8] | Floats = field(init=False)

    @classmethod
    def of(cls, pairs: Pairs, permutations: Permutations) -> PermutedProduct:
        """Move the one of two matrices with fewer ties, whose ties alone are looked up."""
        moved = 0 if 1 in pairs.amounts else int(np.argmin(pairs.sums))
        return cls(pairs, moved, 1 - moved, permutations)

    def __attrs_post_init__(self) -> None:
        """Find the ties of the one and lay out the other once, not in every draw."""
        pairs, other = self.pairs, self.other
        object.__setattr__(self, "_ties", pairs.list_ones(self.moved))
        bits = pairs.cells & np.uint8(1 << other)
        looked_up = pairs.amounts[other] if other in pairs.amounts else bits >> np.uint8(other)
        object.__setattr__(self, "_looked_up", looked_up)

    def __call__(self, chance: np.random.Generator, count: int) -> Draws:
        """Return a row for each draw."""
        places = draw_places(self.permutations, chance, count)
        found = look_up_places(self._looked_up, self._ties, places)
        sums: Draws = found.sum(axis=0, dtype=np.float64)[:, None] / self.pairs.times
        return sums


def draw_places(permutations: Permutations, chance: np.random.Generator, count: int) -> Places:
    """Return where each person stands in each of so many draws."""
    return np.ascontiguousarray(permutations.draw(chance, count).T.astype(np.int32))


def look_up_places(
    cells: NDArray[Any],
    pairs: tuple[Numbers, Numbers],
    places: Places,
) -> NDArray[Any]:
    """Return what stands in a matrix where some pairs of people have moved to: a column for each draw."""
    # A tie from 3 to 7 lands where 3 and 7 have moved to: at 5 · n + 1, if those are 5 and 1.
    cell = places.take(pairs[0], axis=0)
    cell *= len(places)
    cell += places.take(pairs[1], axis=0)
    return cells.take(cell)


def mark_changeable(pairs: Pairs) -> Flags:
    """Tell which matrices change at all when people change places within their strata.

    Those do not that say the same of any two pairs between the same strata, as sharing a school does
    while people change places within their schools.
    """
    count = len(pairs.names)
    places, first, inside = np.unique(pairs.strata, return_index=True, return_inverse=True)
    if len(places) == pairs.n:
        return np.zeros(count, np.bool_)
    if len(places) == 1:
        return np.ones(count, np.bool_)
    inside = inside.ravel()
    # The last of a stratum stands for its second: the first alone has no pair.
    last = np.zeros(len(places), np.int64)
    last[inside] = np.arange(pairs.n)
    cells = pairs.cells.reshape(pairs.n, pairs.n)
    differ = cells ^ _repeat_first_pairs(cells, first, last, inside)
    changed: Flags = (int(np.bitwise_or.reduce(differ, axis=None)) >> np.arange(count)) & 1 > 0
    for number, amounts in pairs.amounts.items():
        matrix = amounts.reshape(pairs.n, pairs.n)
        changed[number] = (matrix != _repeat_first_pairs(matrix, first, last, inside)).any()
    return changed


def _repeat_first_pairs(
    matrix: NDArray[Any], first: Numbers, last: Numbers, inside: Numbers
) -> NDArray[Any]:
    """Return the matrix, had all pairs between two strata what one of them has.

    Args:
        matrix: The matrix.
        first: One person of each stratum.
        last: Another one of each, as far as there is another.
        inside: The stratum of each person.
    """
    alike = matrix[first][:, first]
    np.fill_diagonal(alike, matrix[first, last])
    repeated = alike[inside][:, inside]
    np.fill_diagonal(repeated, matrix.diagonal())
    return repeated
