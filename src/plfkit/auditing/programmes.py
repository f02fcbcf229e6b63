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
_SLACK = 1e-4
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
    tallies, atoms = caps.shape
    members = np.array([one.members for one in counts], np.bool_).reshape(-1, atoms)
    signs = np.array([one.signs for one in counts], np.float64).reshape(-1, tallies)
    rows, columns = np.nonzero(members)
    return _spread_signs(rows, columns, signs, (len(counts), tallies, atoms))


def _spread_signs(rows: Numbers, atoms: Numbers, signs: Floats, shape: tuple[int, int, int]) -> Any:
    """Return a sparse matrix that has, at each row and atom given, the row's sign in every tally."""
    height, tallies, width = shape
    # Atom 2 of five has the columns 2 and 7 in the first tally and the second.
    columns = atoms[:, np.newaxis] + width * np.arange(tallies)
    places = np.repeat(rows, tallies), columns.ravel()
    matrix = sparse.csr_array((signs[rows].ravel(), places), (height, tallies * width))
    matrix.eliminate_zeros()
    return matrix


def _build_links(links: Sequence[Link], caps: Numbers) -> Any:
    """Return links as rows, one an atom, link after link."""
    tallies, atoms = caps.shape
    signs = np.array([one.signs for one in links], np.float64).reshape(-1, tallies)
    rows = np.arange(len(links) * atoms)
    every = np.repeat(signs, atoms, axis=0)
    return _spread_signs(rows, rows % atoms, every, (len(rows), tallies, atoms))


def _build_constraints(programme: IntegerProgramme) -> tuple[Any, Floats, Floats]:
    """Return the rows of a programme, and what each is at least and at most."""
    told, links, caps = programme.told, programme.links, programme.caps
    base = np.array([one.count.base for one in told], np.float64)
    rows = [build_rows([one.count for one in told], caps), _build_links(links, caps)]
    ends = [
        np.append(
            np.array([getattr(one, end) for one in told], np.float64) - base,
            np.repeat(np.array([getattr(one, end) for one in links], np.float64), caps.shape[1]),
        )
        for end in ("least", "most")
    ]
    return sparse.csr_array(sparse.vstack(rows)), ends[0], ends[1]


class Solver:
    """Finds municipalities that fit a programme."""

    def __init__(self, programme: IntegerProgramme) -> None:
        self.programme = programme
        self.caps = programme.caps.ravel()
        self.rows, self.least, self.most = _build_constraints(programme)

    def minimise(self, costs: Floats, *, gap: float = 0) -> Numbers | None:
        """Return tallies that cost the least, atoms tally after tally; None if nothing fits.

        Args:
            costs: What one person costs in each tally and atom.
            gap: By which share they may cost more than the least.

        Raises:
            RuntimeError: The solver gave up, or its solution breaks the programme.
        """
        found = scipy.optimize.milp(
            costs,
            integrality=np.ones(len(costs), np.int64),
            bounds=scipy.optimize.Bounds(0, self.caps),
            constraints=scipy.optimize.LinearConstraint(self.rows, self.least, self.most),
            options={"mip_rel_gap": gap},
        )
        if found.status == _INFEASIBLE:
            return None
        if found.x is None:
            raise RuntimeError(f"the audit's solver gave up: {found.message}")
        tallies = np.rint(found.x).astype(np.int64)
        if not self._is_witness(tallies):
            raise RuntimeError("the audit's solver broke the rules of its programme")
        return tallies

    def minimise_quickly(self, costs: Floats, *, gap: float = 0) -> Numbers | None:
        """Return the same, by way of fractions of people, which mostly come out whole."""
        found = self._fit_fractions(costs, 0)
        tallies = np.rint(found.x).astype(np.int64) if found.x is not None else self.caps
        return tallies if self._is_optimal(tallies, found, costs) else self.minimise(costs, gap=gap)

    def _fit_fractions(self, costs: Floats, slack: float) -> Any:
        """Solve the programme without whole numbers, with published counts so much wider at each end."""
        bounded = np.isfinite(self.most)
        wider = np.where(np.arange(len(self.least)) < len(self.programme.told), slack, 0)
        return scipy.optimize.linprog(
            costs,
            A_ub=sparse.vstack([-self.rows, self.rows[bounded]]),
            b_ub=np.append(wider - self.least, (wider + self.most)[bounded]),
            bounds=[(0, cap) for cap in self.caps.tolist()],
        )

    def _is_optimal(self, tallies: Numbers, relaxed: Any, costs: Floats) -> bool:
        """Tell whether whole numbers are as good as the best fractions."""
        if relaxed.x is None or costs @ tallies > relaxed.fun + _NEARLY:
            return False
        return self._is_witness(tallies)

    def _is_witness(self, tallies: Numbers) -> bool:
        """Hold tallies against the programme in whole numbers."""
        sums = self.rows @ tallies
        fits = (self.least <= sums + _NEARLY) & (sums <= self.most + _NEARLY)
        return bool(fits.all() and (tallies >= 0).all() and (tallies <= self.caps).all())

    def find_end(self, count: Count, sign: int) -> int | None:
        """Return the least (sign 1) or the most (−1) that a count can be; None if nothing fits."""
        row = build_rows([count], self.programme.caps)
        tallies = self.minimise_quickly(sign * row.toarray().ravel())
        return None if tallies is None else count.base + int((row @ tallies)[0])

    def weigh_told(self, count: Count, sign: int) -> Floats:
        """Return how often each published count is added to bound another one, or is taken away.

        They are the dual solution. Each count costs a little slack, so few are used where many could be.
        """
        costs = sign * build_rows([count], self.programme.caps).toarray().ravel()
        # Marginals are never positive: one of "at most" pushes down, one of "at least" up. Published
        # counts stand first among the rows, and are bounded on both sides.
        told, both = (
            len(self.programme.told),
            self._fit_fractions(costs, _SLACK).ineqlin.marginals,
        )
        return np.asarray(sign * (both[len(self.least) :][:told] - both[:told]))
