"""What every measure of ties does before and after its formula: cut into parts, make a result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from attrs import evolve, frozen

from plfkit.arrays import Flags, Numbers
from plfkit.graph.groups import (
    Grouping,
    GroupSpec,
    look_up_members,
    mark_positions,
    resolve_grouping,
)
from plfkit.graph.layers import Layer
from plfkit.graph.positions import can_positions_tell, number_position_parts
from plfkit.graph.snapshot import Snapshot
from plfkit.graph.staff_list import list_staff
from plfkit.measures.engine.catalogue import describe_measure
from plfkit.measures.engine.knowledge import code_knowledge
from plfkit.measures.engine.layer_counts import compute_observed_share
from plfkit.measures.engine.options import CheckedOptions, TieOptions, resolve_options
from plfkit.measures.engine.registered import describe_part
from plfkit.model.caching import work_out_once
from plfkit.model.records.needs import Need
from plfkit.model.records.tables import Table
from plfkit.model.results.facts import Facts, PeopleCount, PeopleSet, Who
from plfkit.model.results.figures import Cells, CodedTexts, Figure
from plfkit.model.results.result import MeasureFunction, Result
from plfkit.model.words.notes import Note
from plfkit.model.words.reasons import Reason


@frozen(eq=False)
class PartSet:
    """Some parts of a layer, side by side: those of which as much is known, or a single one.

    What an estimator says of one of them for want of answers it says of all.

    Attributes:
        numbers: Their numbers among all parts, ascending.
        labels: The groups of `by=`; None for the whole.
        layer: Their layer.
        nodes: Its nodes, by their numbers in the layer that all parts make.
    """

    numbers: Numbers
    labels: tuple[str | None, ...]
    layer: Layer
    nodes: Numbers


@frozen
class LayerParts:
    """A layer, whole or cut into the subgraphs that the groups of `by=` induce.

    Iterating gives each part's label, None for the whole, and its layer.

    Attributes:
        snapshot: The moment.
        whole: The layer.
        how: What is asked of it.
        by: What it was cut by; None if it was not.
        labels: The label of each part; None for the whole.
        laid_out: The layer of all parts, side by side.
        several: How many people are in several of them.
    """

    snapshot: Snapshot
    whole: Layer
    how: CheckedOptions
    by: str | None
    labels: tuple[str | None, ...]
    laid_out: Layer
    several: int | None

    def __iter__(self) -> Iterator[tuple[str | None, Layer]]:
        for number, label in enumerate(self.labels):
            yield label, self.laid_out.cut_part(number)

    def sort_parts(
        self, layer: Layer | None = None, *, apart: Flags | None = None
    ) -> list[PartSet]:
        """Return the parts in sets: in each those of which as much is known.

        Args:
            layer: The layer of all parts without some of their people; with all of them if left out.
            apart: Which parts are to stand apart from the others; none if left out.
        """
        kept = self.laid_out if layer is None else layer
        if len(self.labels) == 1:
            emptied = self._tell_emptied(kept, np.zeros(1, np.int64))
            return [PartSet(np.zeros(1, np.int64), self.labels, emptied, np.arange(kept.n))]
        knowledge = code_knowledge(kept, self.how.missing)
        # A part of nobody has a reason of its own: whether somebody was there before.
        knowledge = np.where(kept.sizes > 0, knowledge, np.where(self.laid_out.sizes > 0, -1, -2))
        knowledge = knowledge if apart is None else 2 * knowledge + apart
        sets = []
        for code in np.unique(knowledge):
            parts = np.flatnonzero(knowledge == code)
            nodes = np.flatnonzero(np.isin(kept.node_parts, parts))
            alike = self._tell_emptied(kept.keep_parts(parts), parts)
            labels = tuple(self.labels[part] for part in parts.tolist())
            sets.append(PartSet(parts, labels, alike, nodes))
        return sets

    def _tell_emptied(self, layer: Layer, parts: Numbers) -> Layer:
        """Return a layer of some parts with the reason for having no figures where nobody is left."""
        if layer.n or not self.laid_out.sizes[parts].any():
            return layer
        return evolve(layer, reason=self.whole.reason or Reason.EMPTY_GROUP)

    def mark_target(self, target: str) -> Flags:
        """Tell which nodes of all parts are on a level or of a role, or sit in a community.

        In the part of a school somebody is what they are at that school.

        Raises:
            UnknownGroupError: There is no such target.
        """
        snapshot, layer = self.snapshot, self.laid_out
        persons, positions = look_up_members(snapshot, target), mark_positions(snapshot, target)
        if positions is None or not can_positions_tell(snapshot, self.by, target):
            return np.isin(layer.persons, persons)
        parts = number_position_parts(snapshot, self.by or "", self.labels)
        held = np.flatnonzero(positions & (parts >= 0))
        found = self.find_part_nodes(parts[held], snapshot.position_persons[held])
        return np.isin(np.arange(layer.n), found)

    def find_part_nodes(self, parts: Numbers, persons: Numbers) -> Numbers:
        """Return the nodes of some people in a part each; −1 for whom it lacks."""
        layer, width = self.laid_out, len(self.snapshot.person_ids)
        # Of 10 people, number 7 in part 3 is 37: the nodes' numbers ascend.
        known, wanted = layer.node_parts * width + layer.persons, parts * width + persons
        if not layer.n:
            return np.full(len(wanted), -1)
        places = np.minimum(np.searchsorted(known, wanted), layer.n - 1)
        return np.where(known[places] == wanted, places, -1)

    def note_outside(self, groups: Grouping) -> dict[str, int]:
        """Return the notes of a figure between groups: who is in none of them, with which ties."""
        return {**self.whole.notes, **count_outside(self.whole, groups.everybody)}

    def collect_facts(self) -> Facts:
        """Return of whom figures of the parts speak, and who answered."""
        snapshot, observation = self.snapshot, self.whole.observation
        asked: Who = {"asked": (self.whole.relation,)}
        persons, ends = self.laid_out.persons, pairwise(self.laid_out.starts.tolist())
        sets = {
            part: PeopleSet(persons[first:last], who)
            for part, (first, last) in zip(self.labels, ends, strict=True)
            if (who := describe_part(snapshot, self.by, part, universe=asked)) is not None
        }
        answered = None
        if observation is not None:
            known = np.zeros(len(snapshot.person_ids), np.bool_)
            known[self.whole.persons] = observation.nodes_answered
            everybody = PeopleSet(self.whole.persons, asked)
            answered = PeopleCount(everybody, known, known, complete=True)
        return Facts(staff=list_staff(snapshot), sets=sets, answered=answered)

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
        return LayerParts(snapshot, whole, how, None, (None,), whole, None)
    groups = resolve_grouping(snapshot, by)
    # Schools are asked about again and again, a mapping once.
    lay_out = _lay_out_groups if isinstance(by, Mapping) else _lay_out_known_groups
    laid_out = lay_out(whole, groups)
    return LayerParts(snapshot, whole, how, groups.name, groups.labels, laid_out, groups.several)


def _lay_out_groups(whole: Layer, groups: Grouping) -> Layer:
    """Return the parts of a layer that some groups are, side by side."""
    node = np.full(1 + max(whole.persons.max(initial=-1), groups.persons.max(initial=-1)), -1)
    node[whole.persons] = np.arange(whole.n)
    nodes = node[groups.persons]
    # Parts of people 5 7 and 7 9 begin at 0 and 2; without 7, whom the layer lacks, at 0 and 1.
    starts = np.append(0, np.cumsum(nodes >= 0))[groups.starts]
    return whole.lay_out_parts(nodes[nodes >= 0], starts)


_lay_out_known_groups = work_out_once(_lay_out_groups)


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


def list_silent_ids(snapshot: Snapshot, layer: Layer) -> frozenset[str]:
    """Return the people who did not answer all they were asked."""
    if layer.recorded is None:
        return frozenset()
    silent = layer.persons[~layer.recorded.nodes_answered]
    return frozenset(snapshot.person_ids[person] for person in silent)


def build_person_keys(
    snapshot: Snapshot, layer: Layer, figures: Sequence[str] | None = None
) -> dict[str, Cells]:
    """Return the keys of figures of each person: all people for the first figure, then for the next."""
    codes = layer.persons.astype(np.int32)
    if figures is None:
        return {"id": CodedTexts(codes, snapshot.person_ids, are_sorted=True)}
    return {
        # Ann, Bo, Ann, Bo beside in, in, out, out.
        "id": CodedTexts(np.tile(codes, len(figures)), snapshot.person_ids, are_sorted=True),
        "figure": CodedTexts.of_repeated(figures, each=layer.n),
    }
