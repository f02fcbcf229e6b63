"""Pairs of people that several relations have in common, as matrices of noughts and ones.

Permuting people moves whole rows and columns. If people only change places with others who were
asked and answered alike, what was observed stays observed; then sums and squares do not change, and
a draw needs no more than the ties of one matrix looked up in the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Any

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from plfkit.arrays import Flags, Floats, Numbers
from plfkit.errors import MeasureError
from plfkit.graph.groups import GroupSpec, resolve_grouping
from plfkit.graph.layers import Layer
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.engine.estimating import count_few_schools, find_strata
from plfkit.model.records.tables import Table
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.figure_classes import FigureClass
from plfkit.model.words.kinds import Label
from plfkit.model.words.ranges import RangeKind
from plfkit.model.words.reasons import Reason
from plfkit.resampling import Permutations
from plfkit.resampling.drawing import Draws

MOST_PEOPLE_PERMUTED = 20_000
"""Beyond so many people the matrices would fill the memory."""

MOST_MATRICES = 8
"""How many matrices fit into the bits of a byte."""

_SHARED = {
    "level": Label("niveau", "level"),
    "role": Label("stilling", "role"),
    "mapping": Label("gruppe", "group"),
}
"""What two people may share that is no kind of unit or community."""

Related = str | Mapping[str, str]
"""A relation; or what two people may share: a level, role, unit or community kind, or a mapping."""
_WHY_INCOMPARABLE: Mapping[str, str] = {
    Reason.NOT_SURVEYED: "nobody was asked about it in the period",
    Reason.SURVEY_UNDATED: "its survey has no date",
    Reason.NOT_REGISTERED: "it is not registered",
    Reason.NOBODY_ANSWERED: "none of the answers came in",
}


@frozen(eq=False)
class Pairs:
    """Matrices over the same people, and which of their cells were observed in all of them.

    Attributes:
        snapshot: The moment.
        layer: The first relation, of the people who are in all.
        names: What the matrices are called.
        cells: The matrices, bit by bit, row after row; nothing where a cell was not observed.
        directed: Whether a pair has a direction; otherwise it stands in the matrices twice.
        pairs: How many observed pairs there are.
        strata: Who may change places with whom.
        few_schools: Between how many schools they would, if these are too few for a p; or 0.
        within: Within which groups they do, if people were given any.
    """

    snapshot: Snapshot
    layer: Layer
    names: tuple[str, ...]
    cells: NDArray[np.uint8]
    directed: bool
    pairs: int
    strata: Numbers
    few_schools: int
    within: str | None

    @property
    def n(self) -> int:
        """How many people there are."""
        return self.layer.n

    @property
    def possible(self) -> int:
        """How many pairs there are, observed or not."""
        return self.n * (self.n - 1) // (1 if self.directed else 2)

    @property
    def observed(self) -> float | None:
        """Which share of the pairs was observed."""
        return self.pairs / self.possible if self.possible else None

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
            range_kind=RangeKind.UNKNOWN,
            null="qap",
            names={name: self.name_related(name) for name in self.names},
            **about,
        )

    def name_related(self, name: str) -> Label:
        """Return what readers call a relation, or the groups that two people may share."""
        vocabulary = self.snapshot.vocabulary
        if name in vocabulary.relations:
            label = vocabulary.relations[name].label
            # Which way it runs stands in brackets.
            da, en = (one.partition(" (")[0].lower() for one in (label.da, label.en))
            return Label(da=da, en=en)
        kinds = {**vocabulary.unit_kinds, **vocabulary.community_kinds}
        label = kinds[name].label if name in kinds else _SHARED.get(name, Label(name, name))
        return Label(da=f"samme {label.da.lower()}", en=f"the same {label.en.lower()}")

    def label_test(self, known: Label) -> Label:
        """Return what readers call a test: what a relation is held against, and within which groups.

        Args:
            known: What they call the test, to be followed by what the relation is held against.
        """
        others = [self.name_related(name) for name in self.names[1:]]
        da = f"{known.da} {' og '.join(one.da for one in others)}"
        en = f"{known.en} {' and '.join(one.en for one in others)}"
        if self.within is None:
            return Label(da=da, en=en)
        groups = self.name_related(self.within)
        return Label(
            da=f"{da}, prøvet inden for {groups.da}", en=f"{en}, tested within {groups.en}"
        )

    def list_ones(self, number: int) -> tuple[Numbers, Numbers]:
        """Return the ones of a matrix as rows and columns."""
        # Row by row: of 10 people, cell 37 is row 3 and column 7. Bit 2 of a cell is matrix 2.
        rows, columns = np.divmod(np.flatnonzero(self.cells & (1 << number)), max(self.n, 1))
        return rows, columns

    def count_common_pairs(self) -> Floats:
        """Return how many pairs each two matrices have in common."""
        bits = [(self.cells >> number) & 1 for number in range(len(self.names))]
        # An undirected pair stands in two cells, (i, j) and (j, i), and is halved.
        common = np.array([[(a & b).sum() for b in bits] for a in bits], np.float64)
        return common / (1 if self.directed else 2)


@frozen(eq=False)
class PermutedProducts:
    """Draws how many pairs each matrix, its people permuted, has in common with each other one."""

    pairs: Pairs
    moved: tuple[int, ...]
    permutations: Permutations
    _ties: tuple[tuple[Numbers, Numbers], ...] = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Find the ties of the moved matrices once, not in every draw."""
        object.__setattr__(self, "_ties", tuple(map(self.pairs.list_ones, self.moved)))

    def __call__(self, chance: np.random.Generator, count: int) -> Draws:
        """Return a row for each draw: for each moved matrix, what it has in common with all."""
        pairs = self.pairs
        places = np.ascontiguousarray(self.permutations.draw(chance, count).T.astype(np.int32))
        common = [_look_up_permuted_ties(pairs, *ties, places) for ties in self._ties]
        return np.concatenate(common, axis=1) / (1 if pairs.directed else 2)


def _look_up_permuted_ties(
    pairs: Pairs,
    rows: Numbers,
    columns: Numbers,
    places: NDArray[np.int32],
) -> Draws:
    # A tie from 3 to 7 lands where 3 and 7 have moved to: at 5 · n + 1, if those are 5 and 1.
    found = pairs.cells[places[rows] * np.int32(pairs.n) + places[columns]]
    return np.stack(
        [((found >> bit) & 1).sum(axis=0, dtype=np.float64) for bit in range(len(pairs.names))],
        axis=1,
    )


def align_relations(
    snapshot: Snapshot,
    relations: Sequence[Related],
    *,
    within: GroupSpec | None,
    missing: str,
    minimum_strength: float | None = None,
) -> Pairs:
    """Bring relations, and what people may share, onto the same people.

    Args:
        snapshot: The moment.
        relations: The first is a relation; others may be groups.
        within: People change places only with others of the same of these groups.
        missing: How unobserved ties are treated; see `plfkit.measures.Options`.
        minimum_strength: From which strength on ties count; from any above 0 if left out.

    Raises:
        MeasureError: There is no such relation or grouping, or there are too many people or matrices.
    """
    if len(relations) > MOST_MATRICES:
        raise MeasureError(f"up to {MOST_MATRICES} relations can be compared, not {len(relations)}")
    known = snapshot.vocabulary.relations
    # The first must be a relation, so it is looked up even if there is none of that name.
    layers = {
        name: snapshot.layer(name, minimum_strength=minimum_strength).treat_missing(missing)
        for number, name in enumerate(relations)
        if isinstance(name, str) and (name in known or not number)
    }
    for one in layers.values():
        if one.reason is not None:
            raise MeasureError(
                f"{one.relation} cannot be compared: {_WHY_INCOMPARABLE[one.reason]}"
            )
    common = reduce(np.intersect1d, [layer.persons for layer in layers.values()])
    if len(common) > MOST_PEOPLE_PERMUTED:
        raise MeasureError(
            f"up to {MOST_PEOPLE_PERMUTED} people can be compared, not {len(common)}"
        )
    layers = {name: one.keep_nodes(one.find_nodes(common)) for name, one in layers.items()}
    kinds, seen = _intersect_observations(list(layers.values()))
    np.fill_diagonal(seen, val=False)
    cells = np.zeros(len(common) ** 2, np.uint8)
    names = []
    for bit, relation in enumerate(relations):
        layer = layers.get(relation) if isinstance(relation, str) else None
        ones = (
            _mark_shared_groups(snapshot, relation, common)
            if layer is None
            else layer.adjacency.toarray() > 0
        )
        cells |= ((ones & seen).ravel().astype(np.uint8)) << bit
        names.append(_name_related(relation) or "")
    directed = any(layer.directed for layer in layers.values())
    first = next(iter(layers.values()))
    _, strata = np.unique(
        np.stack([kinds, find_strata(snapshot, first, within)]), axis=1, return_inverse=True
    )
    mixed = count_few_schools(snapshot, first, strata.ravel())
    pairs = int(seen.sum()) // (1 if directed else 2)
    return Pairs(
        snapshot,
        first,
        tuple(names),
        cells,
        directed,
        pairs,
        strata.ravel(),
        mixed,
        _name_related(within),
    )


def _name_related(related: Related | None) -> str | None:
    return related if related is None or isinstance(related, str) else "mapping"


def _intersect_observations(layers: list[Layer]) -> tuple[Numbers, Flags]:
    """Return the joint class of each node, and which pairs were observed in all layers."""
    n = layers[0].n
    codes, seen = [np.zeros(n, np.int64)], np.ones((n, n), np.bool_)
    for layer in layers:
        if layer.observation is not None:
            codes.append(layer.observation.codes)
            seen &= layer.observation.seen[layer.observation.codes][:, layer.observation.codes]
    _, kinds = np.unique(np.stack(codes), axis=1, return_inverse=True)
    return kinds.ravel(), seen


def _mark_shared_groups(snapshot: Snapshot, groups: Related, persons: Numbers) -> Flags:
    """Tell which pairs of people share a group."""
    shared = np.zeros((len(persons), len(persons)), np.bool_)
    for _, members in resolve_grouping(snapshot, groups):
        inside = np.isin(persons, members)
        shared |= np.outer(inside, inside)
    return shared
