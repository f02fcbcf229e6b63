"""Publications as integer programmes: every way in which a municipality can have published them.

People who are in the same sets are alike. So many of them have a property as a number between none and
all; a set of such people is an *atom*. A *tally* says of each atom how many have one property: for
certain, or possibly. A published count is the sum of a tally over atoms.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import scipy
from attrs import evolve, frozen
from scipy import sparse

from plfkit.arrays import Flags, Floats, Numbers
from plfkit.auditing.leaks import LeakKind
from plfkit.hints import Hint

_NEARLY = 1e-6
_INFEASIBLE = 2


@frozen(eq=False)
class Count:
    """How many people of a set something is true of: a sum of tallies over atoms.

    Attributes:
        members: The atoms of the set.
        signs: What a person counts in each tally: 1, −1 or 0.
        base: What it is counted from: nobody, or all the people where those who lack it are tallied.
        people: How many people the set has.
        words: What they are called.
        what: What of them is counted.
        phrase: The same in words.
        about: The property that it is about.
    """

    members: Flags
    signs: tuple[int, ...]
    base: int
    people: int
    words: Hint
    what: LeakKind
    phrase: Hint
    about: str

    @property
    def key(self) -> tuple[bytes, tuple[int, ...]]:
        """What two counts have in common that are always equal."""
        return np.packbits(self.members).tobytes(), self.signs


@frozen(eq=False)
class Told:
    """A count that was published: it lies between two numbers."""

    count: Count
    least: int
    most: int


@frozen(eq=False)
class Link:
    """What is true of the tallies in every atom, as that who has it for certain may have it.

    Attributes:
        signs: What a person counts in each tally.
        most: The most that the sum can be.
        least: The least.
    """

    signs: tuple[int, ...]
    least: float
    most: float


@frozen(eq=False)
class IntegerProgramme:
    """Everything that is known of some tallies.

    Attributes:
        caps: For each tally (rows) how many people of each atom (columns) can have it at all.
        links: What is true in every atom.
        told: What was published.
    """

    caps: Numbers
    links: tuple[Link, ...]
    told: tuple[Told, ...]

    def restrict_to(self, told: Sequence[Told], count: Count) -> tuple[IntegerProgramme, Count]:
        """Return a small programme of some published counts, and a count in its atoms."""
        kept = [one.count for one in told] + [count]
        codes, first = match_alike(np.stack([*(one.members for one in kept), *(self.caps > 0)]))
        caps = np.stack([np.bincount(codes, row, len(first)) for row in self.caps]).astype(np.int64)
        *others, own = (evolve(one, members=one.members[first]) for one in kept)
        pairs = zip(told, others, strict=True)
        fewer = tuple(evolve(one, count=of) for one, of in pairs)
        return IntegerProgramme(caps, self.links, fewer), own


def match_alike(rows: Flags) -> tuple[Numbers, Numbers]:
    """Number the different columns of some flags.

    Returns:
        The number of each column, and the first column that has each number.
    """
    # 1,200 flags of a column are 150 bytes, which are compared as one value.
    packed = np.ascontiguousarray(np.packbits(rows, axis=0).T)
    whole = packed.view(np.dtype((np.void, packed.shape[1]))).ravel()
    _, first, codes = np.unique(whole, return_index=True, return_inverse=True)
    return codes, first


def build_rows(counts: Sequence[Count], caps: Numbers) -> Any:
    """Return counts as the rows of a sparse matrix; columns are the atoms, tally after tally."""
    if not counts:
        return sparse.csr_array((0, caps.size))
    members = sparse.csr_array(np.stack([one.members for one in counts]).astype(np.float64))
    signs = np.array([one.signs for one in counts], np.float64)
    parts = [sparse.diags_array(column) @ members for column in signs.T]
    return sparse.csr_array(sparse.hstack(parts))


def _build_constraints(programme: IntegerProgramme) -> tuple[Any, Floats, Floats]:
    """Return the rows of a programme, and what each is at least and at most."""
    told, atoms = programme.told, programme.caps.shape[1]
    base = np.array([one.count.base for one in told], np.float64)
    least = np.array([one.least for one in told], np.float64) - base
    most = np.array([one.most for one in told], np.float64) - base
    rows = [build_rows([one.count for one in told], programme.caps)]
    for link in programme.links:
        rows.append(sparse.kron(np.array([link.signs]), sparse.eye_array(atoms)))
        least = np.append(least, np.full(atoms, link.least))
        most = np.append(most, np.full(atoms, link.most))
    return sparse.csr_array(sparse.vstack(rows)), least, most


class Solver:
    """Finds municipalities that fit a programme."""

    def __init__(self, programme: IntegerProgramme) -> None:
        self.programme = programme
        self.rows, self.least, self.most = _build_constraints(programme)

    def minimise(self, costs: Floats) -> Numbers | None:
        """Return tallies that cost the least, atoms tally after tally; None if there are none at all.

        Raises:
            RuntimeError: The solver gave up, or its solution breaks the programme.
        """
        caps = self.programme.caps.ravel()
        found = scipy.optimize.milp(
            costs,
            integrality=np.ones(len(caps), np.int64),
            bounds=scipy.optimize.Bounds(0, caps),
            constraints=scipy.optimize.LinearConstraint(self.rows, self.least, self.most),
            options={"mip_rel_gap": 0},
        )
        if found.status == _INFEASIBLE:
            return None
        if found.x is None:
            raise RuntimeError(f"the audit's solver gave up: {found.message}")
        return self._check_solution(np.rint(found.x).astype(np.int64))

    def _check_solution(self, tallies: Numbers) -> Numbers:
        """Hold a solution against the programme in whole numbers: a witness must be one."""
        sums = self.rows @ tallies
        fits = (self.least <= sums + _NEARLY) & (sums <= self.most + _NEARLY)
        if not fits.all() or (tallies < 0).any() or (tallies > self.programme.caps.ravel()).any():
            raise RuntimeError("the audit's solver broke the rules of its programme")
        return tallies

    def find_end(self, count: Count, sign: int) -> int | None:
        """Return the least (sign 1) or the most (−1) that a count can be; None if nothing fits."""
        row = build_rows([count], self.programme.caps)
        tallies = self.minimise(sign * row.toarray().ravel())
        return None if tallies is None else count.base + int((row @ tallies)[0])

    def weigh_told(self, count: Count, sign: int) -> Floats:
        """Return the weight with which each published count bounds another from one side.

        They are the dual solution of the programme without whole numbers: positive where the least
        of the published count is used, negative where its most is.
        """
        row = build_rows([count], self.programme.caps).toarray().ravel()
        bounded = np.isfinite(self.most)
        found = scipy.optimize.linprog(
            sign * row,
            A_ub=sparse.vstack([-self.rows, self.rows[bounded]]),
            b_ub=np.append(-self.least, self.most[bounded]),
            bounds=[(0, cap) for cap in self.programme.caps.ravel().tolist()],
        )
        # Marginals are never positive: one of "at most" pushes down, one of "at least" up. Published
        # counts stand first among the rows, and are bounded on both sides.
        told, both = len(self.programme.told), found.ineqlin.marginals
        return np.asarray(both[len(self.least) :][:told] - both[:told])
