"""Pairs of people that several relations have in common, as matrices.

Relations, and what two people may share, are noughts and ones, which stand as the bits of a byte.
Numbers of people laid out over pairs need a matrix of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from plfkit.arrays import Flags, Floats, Numbers
from plfkit.graph.layers import Layer
from plfkit.graph.snapshot import Snapshot
from plfkit.inference.predictors import Attribute
from plfkit.model.records.tables import Table
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.figure_classes import FigureClass
from plfkit.model.words.kinds import Label

_SHARED = {
    "level": Label("niveau", "level"),
    "role": Label("stilling", "role"),
    "mapping": Label("gruppe", "group"),
}
"""What two people may share that is no kind of unit or community."""

Related = str | Mapping[str, str] | Attribute
"""A relation; what two people may share: a level, role, unit or community kind, or a mapping; or an
attribute of one of them, or their difference, as `Sender("teacher")` or ``"sender:teacher"``."""


@frozen(eq=False, slots=False)
class Pairs:
    """Matrices over the same people, and which of their cells were observed in all of them.

    Attributes:
        snapshot: The moment.
        related: What each matrix is of.
        layers: The relations among these, by number, of the people who are in all, with their gaps.
        names: What the matrices are called.
        labels: What readers call them.
        cells: The matrices of noughts and ones, bit by bit, row after row; nothing where a cell was
            not observed.
        amounts: The other matrices, by number, row after row; nothing where a cell was not observed.
        centres: What was taken off the numbers in each matrix, so that their squares are exact.
        directed: Whether a pair has a direction; otherwise it stands in the matrices twice.
        kinds: For each person the class of what was observed of them in all relations.
        seen_kinds: Between which of these classes pairs were observed in all relations.
        strata: Who may change places with whom.
        few_schools: Between how many schools they would, if these are too few for a p; or 0.
        within: Within which groups they do, if people were given any.
        fewest: How many people the matrices rest on: as few as have another number than most.
    """

    snapshot: Snapshot
    related: tuple[Related, ...]
    layers: Mapping[int, Layer]
    names: tuple[str, ...]
    labels: tuple[Label, ...]
    cells: NDArray[np.uint8]
    amounts: Mapping[int, Floats]
    centres: Floats
    directed: bool
    kinds: Numbers
    seen_kinds: Flags
    strata: Numbers
    few_schools: int
    within: str | None
    fewest: int

    @property
    def layer(self) -> Layer:
        """The first relation."""
        return self.layers[0]

    @property
    def n(self) -> int:
        """How many people there are."""
        return len(self.kinds)

    @property
    def times(self) -> int:
        """How many cells a pair has in the matrices."""
        return 1 if self.directed else 2

    @cached_property
    def pairs(self) -> int:
        """How many observed pairs there are."""
        sizes = np.bincount(self.kinds, minlength=len(self.seen_kinds))
        # Within a class of 3, 3·3 − 3 cells are no one's own.
        cells = np.outer(sizes, sizes) - np.diag(sizes)
        return int(cells[self.seen_kinds].sum()) // self.times

    @property
    def possible(self) -> int:
        """How many pairs there are, observed or not."""
        return self.n * (self.n - 1) // self.times

    @property
    def observed(self) -> float | None:
        """Which share of the pairs was observed."""
        return self.pairs / self.possible if self.possible else None

    def mark_seen(self) -> Flags:
        """Tell which cells were observed in all relations."""
        seen = self.seen_kinds[self.kinds][:, self.kinds]
        np.fill_diagonal(seen, val=False)
        return seen

    def build_result(self, figures: Table[Figure], **about: Any) -> Result:
        """Return the result of a test on these pairs, with what is the same for all of them."""
        snapshot = self.snapshot
        return Result(
            figures=figures,
            figure_class=FigureClass.ANSWERS,
            scale="index",
            relation=self.layer.relation,
            relation_label=snapshot.vocabulary.relations[self.layer.relation].label,
            at=str(snapshot.period),
            reference_day=snapshot.reference_text,
            n=self.n,
            observed=self.observed,
            null="qap",
            names=dict(zip(self.names, self.labels, strict=True)),
            **about,
        )

    def label_test(self, known: Label) -> Label:
        """Return what readers call a test: what a relation is held against, and within which groups.

        Args:
            known: What they call the test, to be followed by what the relation is held against.
        """
        others = self.labels[1:]
        da = f"{known.da} {' og '.join(one.da for one in others)}"
        en = f"{known.en} {' and '.join(one.en for one in others)}"
        if self.within is None:
            return Label(da=da, en=en)
        groups = name_related(self.snapshot, self.within)
        return Label(
            da=f"{da}, prøvet inden for {groups.da}", en=f"{en}, tested within {groups.en}"
        )

    def list_ones(self, number: int) -> tuple[Numbers, Numbers]:
        """Return the ones of a matrix as rows and columns."""
        # Row by row: of 10 people, cell 37 is row 3 and column 7. Bit 2 of a cell is matrix 2.
        rows, columns = np.divmod(np.flatnonzero(self.cells & (1 << number)), max(self.n, 1))
        return rows, columns

    def lay_out(self, number: int) -> Floats:
        """Return a matrix as numbers, row after row."""
        if number in self.amounts:
            return self.amounts[number]
        return ((self.cells >> number) & 1).astype(np.float64)

    @cached_property
    def sums(self) -> Floats:
        """The sum of each matrix over the pairs."""
        sums = [
            self.amounts[number].sum()
            if number in self.amounts
            else np.count_nonzero(self.cells & (1 << number))
            for number in range(len(self.names))
        ]
        # An undirected pair stands in two cells, (i, j) and (j, i), and is halved.
        return np.array(sums, np.float64) / self.times

    def sum_products(self) -> Floats:
        """Return the sum of products of each two matrices: how many pairs two of ones have in common."""
        count = len(self.names)
        products = np.empty((count, count))
        for i in range(count):
            for j in range(i + 1):
                products[i, j] = products[j, i] = self._sum_product(i, j)
        return products / self.times

    def _sum_product(self, one: int, other: int) -> float:
        if one in self.amounts or other in self.amounts:
            return float(self.lay_out(one) @ self.lay_out(other))
        both = np.uint8(1 << one | 1 << other)
        return int(np.count_nonzero((self.cells & both) == both))


def name_related(snapshot: Snapshot, name: str) -> Label:
    """Return what readers call a relation, or the groups that two people may share."""
    vocabulary = snapshot.vocabulary
    if name in vocabulary.relations:
        label = vocabulary.relations[name].label
        # Which way it runs stands in brackets.
        da, en = (one.partition(" (")[0].lower() for one in (label.da, label.en))
        return Label(da=da, en=en)
    kinds = {**vocabulary.unit_kinds, **vocabulary.community_kinds}
    label = kinds[name].label if name in kinds else _SHARED.get(name, Label(name, name))
    return Label(da=f"samme {label.da.lower()}", en=f"the same {label.en.lower()}")
