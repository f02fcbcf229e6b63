"""Relations, what people may share and what they are, brought onto the same people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce

import numpy as np
from attrs import define, field
from numpy.typing import NDArray

from plfkit.arrays import Flags, Floats, Numbers
from plfkit.errors import MeasureError
from plfkit.graph.groups import GroupSpec, resolve_grouping
from plfkit.graph.layers import Layer
from plfkit.graph.snapshot import Snapshot
from plfkit.hints import Hint
from plfkit.inference.pairs import Pairs, Related, name_related
from plfkit.inference.predictors import (
    Attribute,
    count_fewest,
    find_centre,
    find_numbers,
    read_attribute,
)
from plfkit.measures.engine.strata import count_few_schools, find_strata
from plfkit.model.words.kinds import Label
from plfkit.model.words.reasons import Reason

MOST_PEOPLE_PERMUTED = 20_000
"""Beyond so many people the matrices would fill the memory."""

MOST_PEOPLE_NUMBERED = 2_500
"""The same, where matrices hold numbers, which take eight times the space."""

MOST_MATRICES = 8
"""How many matrices fit into the bits of a byte."""

_WHY_INCOMPARABLE: Mapping[str, str] = {
    Reason.NOT_SURVEYED: "nobody was asked about it in the period",
    Reason.SURVEY_UNDATED: "its survey has no date",
    Reason.NOT_REGISTERED: "it is not registered",
    Reason.NOBODY_ANSWERED: "none of the answers came in",
}


def align_relations(
    snapshot: Snapshot,
    relations: Sequence[Related],
    *,
    within: GroupSpec | None,
    missing: str,
    minimum_strength: float | None = None,
) -> Pairs:
    """Bring relations, what people may share and what they are onto the same people.

    Args:
        snapshot: The moment.
        relations: The first is a relation; others may be groups or attributes.
        within: People change places only with others of the same of these groups.
        missing: How unobserved ties are treated; see `plfkit.measures.Options`.
        minimum_strength: From which strength on ties count; from any above 0 if left out.

    Raises:
        MeasureError: There is no such relation, grouping or attribute, or there are too many people or
            matrices.
    """
    if len(relations) > MOST_MATRICES:
        raise MeasureError(f"up to {MOST_MATRICES} relations can be compared, not {len(relations)}")
    related = (relations[0], *map(_read_related, relations[1:]))
    layers = _find_layers(snapshot, related, minimum_strength)
    treated = {number: one.treat_missing(missing) for number, one in layers.items()}
    first = layers[0]
    directed = any(layer.directed for layer in layers.values())
    kinds, seen_kinds = _intersect_observations(list(treated.values()))
    filled = fill_matrices(snapshot, related, treated, directed=directed)
    filled.drop_unobserved(kinds, seen_kinds)
    strata = _number_strata(kinds, find_strata(snapshot, first, within))
    return Pairs(
        snapshot,
        related,
        layers,
        tuple(_name_matrix(one) for one in related),
        tuple(_label_matrix(snapshot, one) for one in related),
        filled.cells.ravel(),
        {number: amounts.ravel() for number, amounts in filled.amounts.items()},
        filled.list_centres(len(related)),
        directed,
        kinds,
        seen_kinds,
        strata,
        count_few_schools(snapshot, first, strata),
        None if within is None else _name_matrix(within),
        filled.fewest,
    )


def _read_related(related: Related) -> Related:
    """Return an attribute that is given as text as what it is."""
    found = read_attribute(related) if isinstance(related, str) else None
    return related if found is None else found


def _name_matrix(related: Related) -> str:
    if isinstance(related, Attribute):
        return related.name
    return related if isinstance(related, str) else "mapping"


def _label_matrix(snapshot: Snapshot, related: Related) -> Label:
    if isinstance(related, Attribute):
        return related.name_for_readers(snapshot.vocabulary)
    return name_related(snapshot, _name_matrix(related))


def _find_layers(
    snapshot: Snapshot, related: Sequence[Related], minimum_strength: float | None
) -> dict[int, Layer]:
    """Return the relations by their number, of the people who are in all of them."""
    known = snapshot.vocabulary.relations
    # The first must be a relation, so it is looked up even if there is none of that name.
    layers = {
        number: snapshot.layer(name, minimum_strength=minimum_strength)
        for number, name in enumerate(related)
        if isinstance(name, str) and (name in known or not number)
    }
    for one in layers.values():
        if one.reason is not None:
            raise MeasureError(
                f"{one.relation} cannot be compared: {_WHY_INCOMPARABLE[one.reason]}"
            )
    common = reduce(np.intersect1d, [layer.persons for layer in layers.values()])
    _refuse_too_many(len(common), MOST_PEOPLE_PERMUTED)
    return {number: one.keep_nodes(one.find_nodes(common)) for number, one in layers.items()}


def _refuse_too_many(count: int, most: int) -> None:
    if count > most:
        raise MeasureError(f"up to {most} people can be compared, not {count}")


def _intersect_observations(layers: list[Layer]) -> tuple[Numbers, Flags]:
    """Return the joint class of each person, and between which classes all layers were observed."""
    known = [one.observation for one in layers if one.observation is not None]
    codes = np.stack([np.zeros(layers[0].n, np.int64), *(one.codes for one in known)])
    _, people, kinds = np.unique(codes, axis=1, return_index=True, return_inverse=True)
    seen = np.ones((len(people), len(people)), np.bool_)
    for one in known:
        # One person of each joint class tells what all of it saw.
        seen &= one.seen[one.codes[people]][:, one.codes[people]]
    return kinds.ravel(), seen


def _number_strata(kinds: Numbers, groups: Numbers) -> Numbers:
    """Return who may change places: people of the same class and the same group have the same number."""
    return np.unique(np.stack([kinds, groups]), axis=1, return_inverse=True)[1].ravel()


def fill_matrices(
    snapshot: Snapshot, related: Sequence[Related], layers: Mapping[int, Layer], *, directed: bool
) -> FilledMatrices:
    """Fill in matrices over the people of some relations.

    Args:
        snapshot: The moment.
        related: What each matrix is of.
        layers: The relations among them, by number.
        directed: Whether pairs have a direction.

    Raises:
        MeasureError: There is no such grouping or attribute, or somebody's number is not known.
    """
    filled = FilledMatrices(snapshot, layers[0].persons)
    for number, one in enumerate(related):
        if number in layers:
            filled.mark_ties(number, layers[number])
        elif isinstance(one, Attribute):
            filled.lay_out_numbers(number, one, directed=directed)
        else:
            filled.mark_shared_groups(number, one)
    filled.drop_diagonals()
    return filled


@define
class FilledMatrices:
    """Matrices while they are filled in: noughts and ones as bits, other numbers beside them.

    Attributes:
        snapshot: The moment.
        persons: The people.
        cells: The bits of the matrices.
        amounts: The matrices of other numbers.
        centres: By the number of a matrix, what was taken off its numbers, if anything was.
        fewest: How many people are another way than most, at the least.
    """

    snapshot: Snapshot
    persons: Numbers
    cells: NDArray[np.uint8] = field(init=False)
    amounts: dict[int, Floats] = field(factory=dict)
    centres: dict[int, float] = field(factory=dict)
    fewest: int = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.fewest = len(self.persons)
        self.cells = np.zeros((self.fewest, self.fewest), np.uint8)

    def mark_ties(self, number: int, layer: Layer) -> None:
        """Mark who is tied."""
        self.cells[layer.list_arcs()] |= np.uint8(1 << number)

    def mark_shared_groups(self, number: int, groups: GroupSpec) -> None:
        """Mark which pairs of people share a group."""
        for _, members in resolve_grouping(self.snapshot, groups):
            inside = np.flatnonzero(np.isin(self.persons, members))
            self.cells[np.ix_(inside, inside)] |= np.uint8(1 << number)

    def lay_out_numbers(self, number: int, attribute: Attribute, *, directed: bool) -> None:
        """Lay out the numbers of people over pairs; where they are noughts and ones, as bits."""
        if attribute.directed and not directed:
            raise MeasureError(Hint("measure.no_direction", name=attribute.name))
        numbers = find_numbers(self.snapshot, attribute, self.persons)
        self.fewest = min(self.fewest, count_fewest(numbers))
        _refuse_too_many(len(numbers), MOST_PEOPLE_NUMBERED)
        compared = attribute.compare(numbers)
        if np.isin(compared, (0.0, 1.0)).all():
            self.cells |= compared.astype(np.uint8) << np.uint8(number)
        elif attribute.shifts:
            self.centres[number] = centre = find_centre(numbers)
            self.amounts[number] = attribute.compare(numbers - centre)
        else:
            self.amounts[number] = compared

    def list_centres(self, count: int) -> Floats:
        """Return what was taken off each of so many matrices; 0 where nothing was."""
        return np.array([self.centres.get(number, 0.0) for number in range(count)])

    def drop_diagonals(self) -> None:
        """Leave nothing between people and themselves."""
        np.fill_diagonal(self.cells, 0)
        for amounts in self.amounts.values():
            np.fill_diagonal(amounts, 0.0)

    def drop_unobserved(self, kinds: Numbers, seen_kinds: Flags) -> None:
        """Leave nothing where a cell was not observed in all relations.

        Args:
            kinds: The class of each person by what was observed of them.
            seen_kinds: Between which classes pairs were observed.
        """
        if seen_kinds.all():
            return
        seen = seen_kinds[kinds][:, kinds]
        self.cells *= seen
        for number, amounts in self.amounts.items():
            self.amounts[number] = amounts * seen
