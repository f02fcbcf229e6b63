"""What a result holds: its figures, and what they were computed from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from attrs import field, frozen

from plfkit.model.caching import Caching, work_out_once
from plfkit.model.declared.declarations import Scale
from plfkit.model.records.needs import Need, read_needs
from plfkit.model.records.tables import Table
from plfkit.model.results.facts import Facts
from plfkit.model.results.figures import Figure
from plfkit.model.words.figure_classes import FigureClass, read_figure_class
from plfkit.model.words.intervals import IntervalMethod
from plfkit.model.words.kinds import Label
from plfkit.model.words.ranges import RangeKind, read_range_kind

CORRELATION = "correlation"
TOTAL = "total"
"""The ``figure`` that sums up a measure with several."""


@frozen(kw_only=True, slots=False)
class ResultFields(Caching):
    """What a measure gives back: figures, and how they came about.

    Attributes:
        figures: The long table.
        measure: The measure's name.
        figure_class: The rule of the gate that the figures fall under.
        scale: What the figures are: shares or counts.
        scales: The scales of figures that stand beside the total and are not part of it, by name.
        variant: Which definition was used, where several are in use.
        relation: The relation of the ties.
        groups: The grouping inside the formula.
        by: The grouping that gives a row each.
        at: The period, as text.
        reference_day: The day on which heads were counted, as text.
        n: How many people the whole computation rests on; None once the gate has hidden it.
        observed: The observed share of the whole; None if nobody recorded who was asked.
        range_kind: What `lower` and `upper` are.
        missing: How unobserved ties entered the value; None where there are no ties.
        method: How values follow from those who answered, where some did not: ``"observed"`` among the
            pairs of which it was told, ``"answered"`` among those who answered, ``"paths"`` likewise,
            silent people on the way counting as often as those of their school who answered,
            ``"told"`` and ``"pairs"`` scaled up school by school from ties told and from pairs that
            were observed, ``"null"`` and ``"reconstruct"`` as `missing` says. None where nothing is
            unobserved, and where values are those that no answer could change.
        minimum_strength: From which strength on ties count; None for all.
        interval: How the 95 % intervals were found; None if there are none.
        null: What chance held fixed; None if the figures were not compared with chance.
        draws: How many draws were made for the figures that rest on chance; None if none does.
        seed: The number that chance began with; None if no figure rests on chance.
        extreme: Whether figures rest on a maximum, which tells of single persons.
        counts_people: Whether numerators and denominators count people, or ties between them.
        label: What readers call the measure.
        relation_label: What they call the relation.
        several: How many people are in more than one group.
        sizes: How many people each group has that ties run between or to, by part and label.
        weight: How many times the counts of a share count the same pair of people.
        names: What readers call the groups in the figures, by id, as far as they have a name; persons
            never have one here.
        silent: The people who did not answer, where figures are about persons. They never leave.
        notes: What was left out or folded, by code and count.
        evidence: What the figures rest on beside people, by code and count.
        rests_on: The communities that bear the figures out, by their ids.
        needs: What would have to be filled in or registered for the figures to exist, or to be surer;
            some may be given as text, as ``"registrations:data_meeting"``.
        questions: How the answers were asked for; figures of years that were asked otherwise cannot
            be compared.
        reference: Where the definition comes from.
        call: The arguments that the measure was called with, defaults included.
        facts: Of whom the figures speak, and who has what they count; for the gate, and never beyond.
            None where the measure tells nothing of it: then only its whole may leave.
        is_released: Whether it has passed the gate, so that it holds no more than may be told.
    """

    figures: Table[Figure]
    measure: str
    figure_class: FigureClass = field(converter=read_figure_class)
    scale: Scale = "share"
    scales: Mapping[str, Scale] = field(factory=dict)
    variant: str | None = None
    relation: str | None = None
    groups: str | None = None
    by: str | None = None
    at: str
    reference_day: str | None = None
    n: int | None
    observed: float | None
    range_kind: RangeKind = field(default=RangeKind.EXACT, converter=read_range_kind)
    missing: str | None = None
    method: str | None = None
    minimum_strength: float | None = None
    interval: IntervalMethod | None = None
    null: str | None = None
    draws: int | None = None
    seed: int | None = None
    extreme: bool = False
    counts_people: bool = True
    label: Label | None = None
    relation_label: Label | None = None
    several: int | None = None
    sizes: Mapping[tuple[str | None, str], int] = field(factory=dict)
    weight: int = 1
    names: Mapping[str, Label] = field(factory=dict, repr=False, eq=False)
    silent: frozenset[str] = field(default=frozenset(), repr=False)
    notes: Mapping[str, int] = field(factory=dict)
    evidence: Mapping[str, int] = field(factory=dict)
    rests_on: tuple[str, ...] = ()
    needs: tuple[Need, ...] = field(default=(), converter=read_needs)
    questions: tuple[str, ...] = ()
    reference: str = ""
    call: Mapping[str, Any] = field(factory=dict, repr=False)
    facts: Facts | None = field(default=None, repr=False, eq=False)
    is_released: bool = field(default=False, repr=False, eq=False)

    @property
    @work_out_once  # a page asks some twenty times for each
    def main(self) -> Figure | None:
        """The figure that stands for the whole: the only one, or the one that is the total."""
        return None if self.main_row is None else self.figures[self.main_row]

    @property
    def main_row(self) -> int | None:
        """The row of that figure."""
        if len(self.figures) == 1:
            return 0
        named = self.figures.column("figure")
        rows = np.flatnonzero(named.match_text(TOTAL) | named.match_text(CORRELATION))
        return int(rows[0]) if len(rows) == 1 else None

    def __iter__(self) -> Iterator[Figure]:
        return iter(self.figures)

    @property
    def levels(self) -> tuple[Figure, ...]:
        """The shares whose difference the main figure is, where they stand beside it."""
        gap = (
            self.scale == "points"
            and self.figure_class == FigureClass.ANSWERS
            and self.relation is None
        )
        if not gap:
            return ()
        return tuple(row for row in self if row.figure not in {None, TOTAL, CORRELATION})
