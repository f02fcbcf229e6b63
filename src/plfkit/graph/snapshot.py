"""Snapshots: an organisation as it was in one period. Time ends here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, overload

import numpy as np
from attrs import Factory, evolve, frozen

from plfkit.arrays import Flags, Numbers
from plfkit.graph.convert import (
    build_relation_graph,
    build_relations_graph,
    gather_network_part,
)
from plfkit.graph.layers import Layer
from plfkit.graph.narrowing import narrow_observation
from plfkit.graph.numbering import number_sorted_ids
from plfkit.graph.picking import pick_first_rows
from plfkit.graph.selecting import (
    count_years_outside,
    find_undated_relations,
    mark_people_there,
    mark_rows_within,
    pool_outcomes,
    select_period_rows,
)
from plfkit.graph.surveys import build_layer
from plfkit.graph.two_modes import build_two_mode_graph
from plfkit.model.caching import seal_arrays, work_out_once
from plfkit.model.declared.standards import Standards
from plfkit.model.records.native import NativeTables
from plfkit.model.records.organisation import Organisation
from plfkit.model.records.rows import Outcome, Unit
from plfkit.model.records.tables import Table
from plfkit.model.showing import Display, SelfShowing, count_things
from plfkit.model.words.notes import Note
from plfkit.model.words.vocabulary import Vocabulary
from plfkit.periods import MonthDay, Period
from plfkit.requiring import require_instance

if TYPE_CHECKING:
    import networkx as nx


_PERSON_COLUMNS = {
    "positions": ("person",),
    "memberships": ("person",),
    "responses": ("person",),
    "ties": ("source", "target"),
    "participations": ("person",),
    "qualifications": ("person",),
}
"""Tables about people, and the columns that name them."""


@frozen(kw_only=True, eq=False, repr=False, slots=False)
class Snapshot(SelfShowing, NativeTables):
    """The typed graph of one period: who was there, where, in which communities, tied to whom.

    A row is in force in the period if it overlaps it, and what it belongs to is too; heads are
    counted on the reference day. People are numbered by their place in `person_ids`.

    Attributes:
        tables: Every native table by name, each an attribute too, with the rows that count here.
            `positions` are those of record: held on the reference day, or in the period by people
            who held none on that day. `communities` and `memberships` are those in force on the
            reference day; `surveys` and `events` those held in the period, with what belongs to
            them; all else is what is in force on some day of the period. `persons` and `focuses`
            are all that the organisation knows.
        vocabulary: The kinds in use.
        period: The period.
        reference_day: The day on which heads are counted; None without any dates.
        person_ids: Everybody the organisation knows, sorted.
        present: For each person, whether they were there in the period.
        counted: For each person, whether they were there on the reference day.
        undated_surveys: Relations that a survey without a date asks about, which no dated period
            can hold.
        notes: By how many school years the period lies after the latest that the data tell of
            (``"years_after_data"``), or before the first (``"years_before_data"``); every result has
            them too. Empty for a period that they tell of.
        standards: Where lines are drawn that no law draws, as a profile sets them.
        pools: The supplied outcomes of the period, of it and the year before, and of it and the two
            years before: a row that holds in several years stands once.
    """

    vocabulary: Vocabulary
    period: Period
    reference_day: date | None
    person_ids: tuple[str, ...]
    present: Flags
    counted: Flags
    undated_surveys: frozenset[str]
    notes: Mapping[str, int]
    standards: Standards = Factory(Standards)
    pools: tuple[Table[Outcome], ...] = ()
    _INNER: ClassVar[frozenset[str]] = frozenset(
        {
            "assigned_among",
            "list_table_sizes",
            "number_people",
            "numbers_of",
            "person_numbers",
            "pools",
        }
        | {"position_levels", "position_persons", "position_ranks", "position_staff"}
        | {"reference_text", "undated_surveys"}
    )

    def __attrs_post_init__(self) -> None:
        """Seal the arrays: a moment never changes."""
        seal_arrays((self.present, self.counted))

    @property
    def reference_text(self) -> str | None:
        """The reference day as text."""
        return None if self.reference_day is None else self.reference_day.isoformat()

    def nearest(self, unit: str, kind: str) -> str | None:
        """Return the nearest unit of a kind at or above a unit, as the school of a department.

        Args:
            unit: A unit's id.
            kind: A unit kind.

        Returns:
            The unit's id; None if neither it nor one above it is of that kind.
        """
        above: str | None = unit
        while above in self._units_by_id:
            found = self._units_by_id[above]
            if found.kind == kind:
                return above
            above = found.parent
        return None

    @property
    @work_out_once
    def _units_by_id(self) -> Mapping[str | None, Unit]:
        return {unit.id: unit for unit in self.units}

    @work_out_once
    def number_people(self, table: str, column: str) -> Numbers:
        """Return the number of the person that each row of a native table names."""
        return self.person_numbers(self.tables[table], column)

    def person_numbers(self, table: Table[Any], column: str) -> Numbers:
        """Return a column of person ids as the people's numbers; `number_people` keeps native ones."""
        return number_sorted_ids(table.column(column), self.person_ids)

    @property
    @work_out_once
    def position_persons(self) -> Numbers:
        """Who holds each position of record."""
        return self.number_people("positions", "person")

    @property
    @work_out_once
    def position_levels(self) -> Numbers:
        """The level of each position, as a number into the vocabulary's levels; −1 for none."""
        levels = list(self.vocabulary.levels)
        roles = self.positions.column("role")
        of_role = [self.vocabulary.roles[name].level for name in roles.categories]
        codes = np.array(
            [-1 if level is None else levels.index(level) for level in of_role], np.int64
        )
        return codes[roles.values] if len(codes) else np.empty(0, np.int64)

    @property
    @work_out_once
    def position_staff(self) -> Flags:
        """Whether each position of record counts as staff."""
        roles = self.positions.column("role")
        counts = np.array([self.vocabulary.roles[r].staff for r in roles.categories], np.bool_)
        return counts[roles.values] if len(counts) else np.empty(0, np.bool_)

    @property
    @work_out_once
    def staff(self) -> Flags:
        """For each person, whether they hold a position that counts as staff on the day."""
        mask = np.zeros(len(self.person_ids), np.bool_)
        mask[self.position_persons[self.position_staff]] = True
        return mask & self.counted

    @property
    @work_out_once
    def assigned(self) -> Numbers:
        """The position of record that counts for each person where only one may; −1 for none.

        See `position_ranks` for what decides.
        """
        rows = np.full(len(self.person_ids), -1, np.int64)
        holders, assigned = self.assigned_among(np.arange(len(self.positions)))
        rows[holders] = assigned
        return rows

    def assigned_among(self, rows: Numbers) -> tuple[Numbers, Numbers]:
        """Return who holds some positions of record, and which of them counts for each.

        Args:
            rows: The positions, by their rows.
        """
        counting = rows[pick_first_rows(self.position_persons[rows], self.position_ranks[rows])]
        return self.position_persons[counting], counting

    @property
    @work_out_once
    def position_ranks(self) -> Numbers:
        """The place of each position of record where only one may count, the first being the one.

        The vocabulary's precedence of levels decides, then the earliest start, then the unit's id.
        """
        precedence = [level.precedence for level in self.vocabulary.levels.values()]
        # A role without a level comes after all that have one: its level is −1, the last entry.
        ranks = np.array([*precedence, max(precedence, default=0) + 1])[self.position_levels]
        start = self.positions.column("valid_from")
        # A position without a start has been held the longest.
        since = np.where(start.missing, np.iinfo(np.int64).min, start.values.astype(np.int64))
        units = self.positions.column("unit").values
        places = np.empty(len(ranks), np.int64)
        # The last key decides first: rank, then start, then unit. Sorted as rows 2, 0, 1, the rows
        # 0, 1, 2 have the places 1, 2, 0.
        places[np.lexsort((units, since, ranks))] = np.arange(len(ranks))
        return places

    def numbers_of(self, ids: Iterable[str]) -> Numbers:
        """Return the numbers of some people, ascending; whom nobody knows is left out."""
        return np.flatnonzero(np.isin(self.person_ids, list(ids)))

    def restricted(self, ids: Iterable[str]) -> Snapshot:
        """Return the same moment with some of its people only, as if nobody else had been there.

        Args:
            ids: The people who stay.
        """
        kept = np.zeros(len(self.person_ids), np.bool_)
        kept[self.numbers_of(ids)] = True
        tables = dict(self.tables)
        for name, columns in _PERSON_COLUMNS.items():
            rows = np.ones(len(tables[name]), np.bool_)
            for column in columns:
                rows &= kept[self.person_numbers(tables[name], column)]
            tables[name] = tables[name].take(rows)
        present, counted = self.present & kept, self.counted & kept
        return evolve(self, tables=tables, present=present, counted=counted)

    def layer(
        self, relation: str, *, survey: str | None = None, minimum_strength: float | None = None
    ) -> Layer:
        """Return the ties of one relation, those of its sorts among them.

        A tie of a sort is one of the relation. That somebody was asked about the sort and named nobody
        says nothing of the relation; that somebody was asked about the relation narrows the ranges of
        its sorts, to which no tie can belong that is none of the relation.

        Of several surveys each asks about the people on its own roster, and their ties are joined; of
        somebody whom two asked about the same person the later answer counts. A tie of strength 0 is
        none; one without a strength counts.

        Args:
            relation: A relation of the vocabulary.
            survey: Only this survey, where several asked about it.
            minimum_strength: From which strength on a tie counts; from anything above 0 if left out.

        Raises:
            MeasureError: There is no such relation, or no such survey of it in this period; surveys
                that asked the same people cannot be ordered; or the strength is no number above 0.
        """
        relation = self.vocabulary.find_current(relation, "relations")
        return self._find_layer(relation, survey, minimum_strength)

    @work_out_once
    def _find_layer(
        self, relation: str, survey: str | None, minimum_strength: float | None
    ) -> Layer:
        layer = build_layer(self, relation, survey=survey, minimum_strength=minimum_strength)
        notes = {**self.notes, **layer.notes, **self._count_unasked(layer)}
        # A survey that is named tells of what it asked about, and of nothing else.
        wider = () if survey else self.vocabulary.wider_kinds(relation, section="relations")[1:]
        narrowed = narrow_observation(layer, [self.layer(one) for one in wider])
        return evolve(layer, notes=notes, narrowed=narrowed)

    def _count_unasked(self, layer: Layer) -> dict[str, int]:
        """Count the staff, of the units that were surveyed, whom nobody is recorded to have asked.

        Many survey tools export those who answered and nobody else: then all seems to be known.
        """
        if layer.recorded is None:
            return {}
        units = {s.unit for s in self.surveys if s.relation == layer.relation}
        unasked = self._mark_staff_within(units)
        sharing = np.asarray(layer.recorded.asked.any(axis=1))
        unasked[layer.persons[sharing[layer.recorded.codes] | layer.unrecorded]] = False
        count = int(unasked.sum())
        return {Note.PEOPLE_NOT_ASKED: count} if count else {}

    def _mark_staff_within(self, units: Collection[str | None]) -> Flags:
        """Tell who counts as staff at some units or below them, or anywhere where None is among them."""
        if None in units:
            return self.staff.copy()
        held = self.position_staff & mark_rows_within(self.positions, self.units, units)
        mask = np.zeros(len(self.person_ids), np.bool_)
        mask[self.position_persons[held]] = True
        return mask & self.staff

    @work_out_once
    def questions(self, relation: str) -> tuple[str, ...]:
        """Return how people were asked about a relation: by which instruments, for how many names."""
        sorts = self.vocabulary.sorts_of(relation, section="relations")
        asked = [survey for survey in self.surveys if survey.relation in sorts]
        return tuple(sorted({f"{s.instrument or s.relation}, {s.max_ties or '∞'}" for s in asked}))

    @overload
    def to_networkx(
        self, relation: str, *, survey: str | None = ..., minimum_strength: float | None = ...
    ) -> nx.DiGraph | nx.Graph: ...
    @overload
    def to_networkx(
        self, relation: Sequence[str], *, minimum_strength: float | None = ...
    ) -> nx.MultiDiGraph: ...
    def to_networkx(
        self,
        relation: str | Sequence[str],
        *,
        survey: str | None = None,
        minimum_strength: float | None = None,
    ) -> nx.Graph:
        """Return the ties of one relation, or of several, as `layer` has them, as a networkx graph.

        Nodes are person ids with ``unit``, ``unit_kind``, ``role`` and ``level`` of the assigned
        position, and ``answered`` of those who were asked. A tie told several times is one edge, with
        ``weight``, ``survey``, ``subject``, ``initiative`` and ``formality``, as far as they are known,
        ``observed``, and ``sort`` where it was told as a sort of the relation only. The graph carries
        ``relation``, ``at``, ``directed``, and of what it does not tell: ``observation`` (complete,
        partial or unknown), ``observed_share``, ``observed_pairs`` and ``unobserved_pairs``. What is not
        known is left out, so that every writer of graph files can write it. `plfkit.from_networkx` reads
        it again.

        Args:
            relation: A relation of the vocabulary; several give one graph of all of them, whose edges
                have their relation as key and as attribute.
            survey: Only this survey, of one relation.
            minimum_strength: From which strength on a tie counts.

        Raises:
            MeasureError: There is no such relation, or no such survey of it in this period.
            LibraryError: networkx cannot be imported.
        """
        chosen = {"survey": survey, "minimum_strength": minimum_strength}
        if isinstance(relation, str):
            return build_relation_graph(self, gather_network_part(self, relation, **chosen))
        return build_relations_graph(
            self, [gather_network_part(self, one, **chosen) for one in relation]
        )

    def to_two_mode(self, *kinds: str) -> nx.Graph:
        """Return people and communities as a networkx graph of two modes, an edge for each membership.

        People have ``bipartite`` 0, communities 1, as networkx's functions for such graphs want it.
        Communities are named ``community:`` and their id, and have ``community``, ``kind``, ``name``,
        ``unit``, ``focus`` and ``charter`` as far as they are known; edges have ``role``.

        Args:
            kinds: Kinds of communities; all if left out.

        Raises:
            MeasureError: There is no such kind.
            LibraryError: networkx cannot be imported.
        """
        return build_two_mode_graph(self, kinds)

    def find_unit(self, unit: str) -> Unit | None:
        """Return a unit by its id; None if it is not there in the period."""
        return self._units_by_id.get(unit)

    def _describe_self(self) -> Display:
        day = [] if self.reference_text is None else [f"counted on {self.reference_text}"]
        return Display(
            title=str(self.period),
            facts=(
                *day,
                count_things(int(self.counted.sum()), "person"),
                count_things(len(self.ties), "tie"),
            ),
            head=("table", "rows that count"),
            rows=self.list_table_sizes(),
        )


def snapshot(
    organisation: Organisation,
    at: str | date | Period | None = None,
    *,
    standards: Standards | None = None,
) -> Snapshot:
    """Return an organisation as it was in one period.

    Args:
        organisation: All its years.
        at: A school year (``"2018/19"``), a day, or a period; if left out the latest school year in
            which something begins, was asked or took place, and the whole of time if nothing says
            when it did. A year that the data tell nothing of is noted.
        standards: Where measures draw their lines, as `Profile.standards`; plfkit's own if left out.

    Raises:
        PeriodError: The text is no period.
    """
    require_instance(organisation, Organisation)
    period = resolve_period(organisation, at)
    day = period.reference_day(MonthDay.parse(organisation.vocabulary.reference_day))
    on_day = period if day is None else Period.parse(day.isoformat())
    ids = organisation.persons.column("id").categories
    return Snapshot(
        tables=select_period_rows(organisation, period, on_day),
        vocabulary=organisation.vocabulary,
        period=period,
        reference_day=day,
        person_ids=ids,
        present=mark_people_there(organisation, period),
        counted=mark_people_there(organisation, on_day),
        undated_surveys=find_undated_relations(organisation.surveys),
        notes=count_years_outside(organisation, period),
        standards=Standards() if standards is None else standards,
        pools=tuple(pool_outcomes(organisation, period)),
    )


def resolve_period(organisation: Organisation, at: str | date | Period | None) -> Period:
    """Return the period that a snapshot is of, as `snapshot` takes it."""
    if at is None:
        return organisation.latest_period
    if isinstance(at, Period):
        return at
    return Period.parse(at.isoformat() if isinstance(at, date) else at)
