"""What every measure of ties does before and after its formula: cut into parts, make a result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from plfkit.arrays import Flags, Floats, Numbers
from plfkit.graph.groups import Grouping, GroupSpec, look_up_members, resolve_grouping
from plfkit.graph.layers import Layer
from plfkit.graph.observation import Members
from plfkit.graph.positions import can_positions_tell, split_positions
from plfkit.graph.snapshot import Snapshot
from plfkit.graph.staff_list import list_staff
from plfkit.measures.engine.catalogue import describe_measure
from plfkit.measures.engine.options import CheckedOptions, TieOptions, resolve_options
from plfkit.measures.engine.registered import describe_part
from plfkit.model.records.needs import Need
from plfkit.model.records.tables import Table
from plfkit.model.results.facts import Facts, PeopleCount, PeopleSet, Who
from plfkit.model.results.figures import Cells, CodedTexts, Figure
from plfkit.model.results.result import MeasureFunction, Result
from plfkit.model.words.notes import Note
from plfkit.model.words.ranges import RangeKind
from plfkit.model.words.reasons import Reason


@frozen
class LayerParts:
    """A layer, whole or cut into the subgraphs that the groups of `by=` induce.

    Iterating gives each part's label, None for the whole, and its layer.

    Attributes:
        snapshot: The moment.
        whole: The layer.
        how: What is asked of it.
        by: What it was cut by; None if it was not.
        parts: The label of each part, and its layer.
        several: How many people are in several of them.
    """

    snapshot: Snapshot
    whole: Layer
    how: CheckedOptions
    by: str | None
    parts: tuple[tuple[str | None, Layer], ...]
    several: int | None

    def __iter__(self) -> Iterator[tuple[str | None, Layer]]:
        return iter(self.parts)

    def find_held_positions(self, part: str | None, spec: GroupSpec) -> Numbers | None:
        """Return the positions that tell what people are in a part, where it is positions that do.

        In the part of a school somebody is what they are at that school.

        Args:
            part: The part's label.
            spec: What is asked of its people: a grouping, or the name of a level or role.
        """
        tell = isinstance(spec, str) and can_positions_tell(self.snapshot, self.by, spec)
        return self._positions_by_part[part or ""] if tell else None

    def mark_target(self, part: str | None, layer: Layer, target: str) -> Flags:
        """Tell which nodes of a part's layer are on a level or of a role, or sit in a community.

        Raises:
            UnknownGroupError: There is no such target.
        """
        persons = look_up_members(
            self.snapshot, target, held=self.find_held_positions(part, target)
        )
        return np.isin(np.arange(layer.n), layer.find_nodes(persons))

    def note_outside(self, groups: Grouping) -> dict[str, int]:
        """Return the notes of a figure between groups: who is in none of them, with which ties."""
        return {**self.whole.notes, **count_outside(self.whole, groups.everybody)}

    def collect_facts(self) -> Facts:
        """Return of whom figures of the parts speak, and who answered."""
        snapshot, observation = self.snapshot, self.whole.observation
        asked: Who = {"asked": (self.whole.relation,)}
        sets = {
            part: PeopleSet(layer.persons, who)
            for part, layer in self
            if (who := describe_part(snapshot, self.by, part, universe=asked)) is not None
        }
        answered = None
        if observation is not None:
            known = np.zeros(len(snapshot.person_ids), np.bool_)
            known[self.whole.persons] = observation.nodes_answered
            everybody = PeopleSet(self.whole.persons, asked)
            answered = PeopleCount(everybody, known, known, complete=True)
        return Facts(staff=list_staff(snapshot), sets=sets, answered=answered)

    @cached_property
    def _positions_by_part(self) -> Mapping[str, Numbers]:
        return split_positions(self.snapshot, self.by or "")

    def build_result(
        self, measure: MeasureFunction, figures: Table[Figure] | Sequence[Figure], **about: Any
    ) -> Result:
        """Return the result of a measure of ties, with what is the same for all of them."""
        table = figures if isinstance(figures, Table) else Table.of(Figure, figures)
        return self.build_described_result(table, describe_measure(measure), **about)

    def build_described_result(
        self, figures: Table[Figure], described: Mapping[str, Any], **about: Any
    ) -> Result:
        """Return a result that is described otherwise."""
        return Result(
            figures=figures,
            **described,
            relation=self.whole.relation,
            relation_label=self.snapshot.vocabulary.relations[self.whole.relation].label,
            by=self.by,
            minimum_strength=self.how.minimum_strength,
            at=str(self.snapshot.period),
            reference_day=self.snapshot.reference_text,
            n=self.whole.n,
            observed=compute_observed_share(self.whole),
            needs=about.pop("needs", _list_layer_needs(self.whole)),
            questions=about.pop("questions", self.snapshot.questions(self.whole.relation)),
            several=about.pop("several", self.several),
            notes=about.pop("notes", self.whole.notes),
            facts=about.pop("facts", None) or self.collect_facts(),
            **about,
        )


def _list_layer_needs(layer: Layer) -> tuple[Need, ...]:
    """Name what would have to be filled in for everything to be observed."""
    if layer.reason in {Reason.NOT_SURVEYED, Reason.SURVEY_UNDATED}:
        return (Need("surveys"),)
    observation = layer.observation
    return () if observation is not None and observation.whole else (Need("responses"),)


def open_layer(
    measure: MeasureFunction,
    snapshot: Snapshot,
    relation: str,
    *,
    options: TieOptions,
    by: GroupSpec | None = None,
    survey: str | None = None,
) -> LayerParts:
    """Return the layer that a measure of ties is about, cut into parts, with what is asked of it.

    Raises:
        MeasureError: There is no such relation, survey or option, or the measure refuses the option.
        UnknownGroupError: People cannot be grouped by `by`.
    """
    how = resolve_options(measure, options, TieOptions)
    return cut_layer(snapshot, relation, how=how, by=by, survey=survey)


def cut_layer(
    snapshot: Snapshot,
    relation: str,
    *,
    how: CheckedOptions,
    by: GroupSpec | None,
    survey: str | None,
) -> LayerParts:
    """Return the layer of a relation, cut by the groups of `by=` where there are any.

    Raises:
        MeasureError: There is no such relation or survey.
        UnknownGroupError: People cannot be grouped by `by`.
    """
    whole = snapshot.layer(relation, survey=survey, minimum_strength=how.minimum_strength)
    if by is None:
        return LayerParts(snapshot, whole, how, None, ((None, whole),), None)
    groups = resolve_grouping(snapshot, by)
    parts = tuple((label, whole.keep_nodes(whole.find_nodes(persons))) for label, persons in groups)
    return LayerParts(snapshot, whole, how, groups.name, parts, groups.several)


def restrict_to_groups(layer: Layer, groups: Grouping) -> Layer:
    """Return the layer of those of its people who are in a group."""
    nodes = layer.find_nodes(groups.everybody)
    if len(nodes) == layer.n:
        return layer  # with all that is known of it by now
    inside = layer.keep_nodes(nodes)
    return (
        inside
        if inside.n or not layer.n
        else evolve(inside, reason=layer.reason or Reason.EMPTY_GROUP)
    )


def count_outside(layer: Layer, persons: Numbers) -> dict[str, int]:
    """Count the people of a layer who are none of those in groups, and the ties to or from them."""
    inside = np.isin(layer.persons, persons)
    if inside.all():
        return {}
    sources, targets = layer.list_arcs()
    # Without direction a tie stands both ways: 4 arcs are 2 ties.
    ties = int((~(inside[sources] & inside[targets])).sum()) // (1 if layer.directed else 2)
    counts = {Note.PEOPLE_IN_NO_GROUP: int((~inside).sum()), Note.TIES_IN_NO_GROUP: ties}
    return {name: count for name, count in counts.items() if count}


def find_present_groups(layer: Layer, groups: Grouping) -> tuple[list[str], Members]:
    """Return the labels of the groups that a layer has people of, and its nodes in them."""
    members = layer.build_members([persons for _, persons in groups])
    # The column of each entry is a group that has somebody.
    there = np.flatnonzero(np.bincount(members.indices, minlength=len(groups.labels)))
    if len(there) == len(groups.labels):
        return list(groups.labels), members
    return [groups.labels[group] for group in there], members[:, there]


def compute_share(numerator: float, denominator: float | None) -> float | None:
    """Return a share; None where nothing could be counted."""
    return None if not denominator else float(numerator / denominator)


def compute_shares(numerator: NDArray[Any], denominator: NDArray[Any]) -> Floats:
    """Return shares; NaN where nothing could be counted."""
    result = np.full(np.shape(numerator), np.nan)
    np.divide(numerator, denominator, out=result, where=np.asarray(denominator) != 0)
    return result


def compute_observed_share(layer: Layer) -> float | None:
    """Return the observed share of a layer's pairs; None if nobody recorded who was asked."""
    if layer.observation is None:
        return None
    return compute_share(float(count_observed_pairs(layer)), layer.n * (layer.n - 1))


def count_observed_pairs(layer: Layer) -> int:
    """Count the ordered pairs of a layer of which somebody told; none where nobody recorded it."""
    return 0 if layer.observation is None else layer.observation.seen_pairs


def compute_response_rate(layer: Layer) -> float | None:
    """Return the share of a layer's people who answered; None if nobody recorded who was asked."""
    return None if layer.observation is None else layer.observation.response_rate


def find_tie_range_kind(layer: Layer, *, exact_under_caps: bool) -> RangeKind:
    """Tell what the range is: exact, an outer bound where names were limited, or unknown.

    With several surveys a limit on names is shared out among rosters, which no formula here follows.
    """
    observation = layer.observation
    if observation is None:
        return RangeKind.UNKNOWN
    if not observation.limited:
        return RangeKind.EXACT
    return (
        RangeKind.EXACT if exact_under_caps and observation.surveys == 1 else RangeKind.OUTER_BOUND
    )


def list_silent_ids(snapshot: Snapshot, layer: Layer) -> frozenset[str]:
    """Return the people who did not answer all they were asked."""
    if layer.recorded is None:
        return frozenset()
    silent = layer.persons[~layer.recorded.nodes_answered]
    return frozenset(snapshot.person_ids[person] for person in silent)


def list_layer_ids(snapshot: Snapshot, layer: Layer) -> list[str]:
    """Return the ids of a layer's people, in its order."""
    return [snapshot.person_ids[person] for person in layer.persons]


def build_person_keys(
    snapshot: Snapshot, layer: Layer, figures: Sequence[str] | None = None
) -> dict[str, Cells]:
    """Return the keys of figures of each person: all people for the first figure, then for the next."""
    ids = list_layer_ids(snapshot, layer)
    if figures is None:
        return {"id": CodedTexts.of_repeated(ids)}
    return {
        # Ann, Bo, Ann, Bo beside in, in, out, out.
        "id": CodedTexts.of_repeated(ids, times=len(figures)),
        "figure": CodedTexts.of_repeated(figures, each=layer.n),
    }
