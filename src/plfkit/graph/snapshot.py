"""Snapshots: an organisation as it was in one period. Time ends here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import Factory, evolve, frozen
from numpy.typing import NDArray

from plfkit.graph.convert import to_networkx
from plfkit.graph.layers import Layer
from plfkit.graph.surveys import build_layer
from plfkit.model.native import NativeTables
from plfkit.model.organisation import Organisation
from plfkit.model.parts import Position, Survey, Tie, Unit
from plfkit.model.standards import Standards
from plfkit.model.tables import Table, recode
from plfkit.model.vocabulary import Vocabulary
from plfkit.periods import MonthDay, Period

if TYPE_CHECKING:
    import networkx as nx


_PEOPLE = {
    "positions": ("person",),
    "memberships": ("person",),
    "responses": ("person",),
    "ties": ("source", "target"),
    "participations": ("person",),
    "qualifications": ("person",),
}
"""Tables about people, and the columns that name them."""


def _sealed(array: NDArray[Any]) -> NDArray[Any]:
    """Keep an array from being changed: a moment never changes."""
    array.flags.writeable = False
    return array


@frozen(kw_only=True, eq=False, repr=False)
class Snapshot(NativeTables):
    """The typed graph of one period: who was there, where, in which communities, tied to whom.

    A part is in force in the period if it overlaps it; heads are counted on the reference day.
    People are numbered by their place in `person_ids`.

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
        standards: Where lines are drawn that no law draws, as a profile sets them.
    """

    vocabulary: Vocabulary
    period: Period
    reference_day: date | None
    person_ids: tuple[str, ...]
    present: NDArray[np.bool_]
    counted: NDArray[np.bool_]
    undated_surveys: frozenset[str]
    standards: Standards = Factory(Standards)

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
        while above in self._units:
            found = self._units[above]
            if found.kind == kind:
                return above
            above = found.parent
        return None

    @cached_property
    def _units(self) -> Mapping[str | None, Unit]:
        return {unit.id: unit for unit in self.units}

    def person_numbers(self, table: Table[Any], column: str) -> NDArray[np.int64]:
        """Return a column of person ids as the people's numbers."""
        return recode(table.column(column), self.person_ids)

    @cached_property
    def position_persons(self) -> NDArray[np.int64]:
        """Who holds each position of record."""
        return _sealed(self.person_numbers(self.positions, "person"))

    @cached_property
    def position_levels(self) -> NDArray[np.int64]:
        """The level of each position, as a number into the vocabulary's levels; −1 for none."""
        levels = list(self.vocabulary.levels)
        roles = self.positions.column("role")
        of_role = [self.vocabulary.roles[name].level for name in roles.categories]
        codes = np.array(
            [-1 if level is None else levels.index(level) for level in of_role], np.int64
        )
        return _sealed(codes[roles.values] if len(codes) else np.empty(0, np.int64))

    @cached_property
    def staff(self) -> NDArray[np.bool_]:
        """For each person, whether they hold a position that counts as staff on the day."""
        roles = self.positions.column("role")
        counts = np.array([self.vocabulary.roles[r].staff for r in roles.categories], np.bool_)
        mask = np.zeros(len(self.person_ids), np.bool_)
        if len(counts):
            mask[self.position_persons[counts[roles.values]]] = True
        return _sealed(mask & self.counted)

    @cached_property
    def assigned(self) -> NDArray[np.int64]:
        """The position of record that counts for each person where only one may; −1 for none.

        The vocabulary's precedence of levels decides, then the earliest start, then the unit's id.
        """
        precedence = [level.precedence for level in self.vocabulary.levels.values()]
        ranks = np.array([*precedence, max(precedence, default=0) + 1])[self.position_levels]
        start = self.positions.column("valid_from")
        since = np.where(start.missing, np.iinfo(np.int64).min, start.values.astype(np.int64))
        units = self.positions.column("unit").values
        order = np.lexsort((units, since, ranks, self.position_persons))
        holders, first = np.unique(self.position_persons[order], return_index=True)
        rows = np.full(len(self.person_ids), -1, np.int64)
        rows[holders] = order[first]
        return _sealed(rows)

    def numbers_of(self, ids: Iterable[str]) -> NDArray[np.int64]:
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
        for name, columns in _PEOPLE.items():
            rows = np.ones(len(tables[name]), np.bool_)
            for column in columns:
                numbers = self.person_numbers(tables[name], column)
                rows &= (numbers < 0) | kept[numbers]
            tables[name] = tables[name].take(rows)
        present, counted = self.present & kept, self.counted & kept
        return evolve(self, tables=tables, present=present, counted=counted)

    def layer(self, relation: str, *, survey: str | None = None) -> Layer:
        """Return the ties of one relation.

        Args:
            relation: A relation of the vocabulary.
            survey: Which survey, where several asked about it; the latest of each unit if left out.

        Raises:
            MeasureError: There is no such relation, or no such survey of it in this period.
        """
        if (relation, survey) not in self._layers:
            self._layers[relation, survey] = build_layer(self, relation, survey=survey)
        return self._layers[relation, survey]

    @cached_property
    def _layers(self) -> dict[tuple[str, str | None], Layer]:
        """The layers that were built so far: a moment never changes."""
        return {}

    def questions(self, relation: str) -> tuple[str, ...]:
        """Return how people were asked about a relation: by which instruments, for how many names."""
        asked = [survey for survey in self.surveys if survey.relation == relation]
        return tuple(sorted({f"{s.instrument or relation}, {s.max_ties or '∞'}" for s in asked}))

    def to_networkx(self, relation: str, *, survey: str | None = None) -> nx.DiGraph | nx.Graph:
        """Return the ties of one relation as a networkx graph.

        Nodes are person ids with ``unit``, ``role`` and ``level`` of the assigned position, as far
        as there is one; the graph carries ``relation``, ``at`` and ``directed``. A tie told several
        times is one edge.

        Raises:
            MeasureError: There is no such relation, or no such survey of it in this period.
        """
        ties = self.layer(relation, survey=survey)
        nodes = [(self.person_ids[person], self._attributes(person)) for person in ties.persons]
        return to_networkx(ties, nodes, at=str(self.period))

    def _attributes(self, person: int) -> dict[str, str]:
        row = self.assigned[person]
        if row < 0:
            return {}
        position = self.positions[int(row)]
        level = self.vocabulary.roles[position.role].level
        attributes = {"unit": position.unit, "role": position.role}
        return attributes if level is None else {**attributes, "level": level}

    def __repr__(self) -> str:
        return (
            f"<Snapshot of {self.period}: {int(self.counted.sum())} people, {len(self.ties)} ties>"
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
        at: A school year (``"2018/19"``), a day, or a period; the latest school year with a date if
            left out, and the whole of time if nothing is dated.
        standards: Where measures draw their lines, as `Profile.standards`; plfkit's own if left out.

    Raises:
        PeriodError: The text is no period.
    """
    period = _period(organisation, at)
    day = period.reference_day(MonthDay.parse(organisation.vocabulary.reference_day))
    on_day = period if day is None else Period.parse(day.isoformat())
    persons, positions = organisation.persons, organisation.positions
    ids = persons.column("id").categories
    return Snapshot(
        tables=_of_period(organisation, period, on_day),
        vocabulary=organisation.vocabulary,
        period=period,
        reference_day=day,
        person_ids=ids,
        present=_there(ids, persons, positions, period),
        counted=_there(ids, persons, positions, on_day),
        undated_surveys=_undated(organisation.surveys),
        standards=Standards() if standards is None else standards,
    )


def _of_period(org: Organisation, period: Period, on_day: Period) -> dict[str, Table[Any]]:
    """Return the rows of each table that count; see `Snapshot`."""
    surveys = _surveys(org.surveys, period)
    events = org.events.take(_within(org.events.column("date").values, period))
    counted = {"communities", "memberships"}
    in_force = {
        name: table.take(table.in_force(on_day if name in counted else period))
        for name, table in org.tables.items()
        if "valid_from" in table.columns
    }
    return {
        **org.tables,
        **in_force,
        "persons": org.persons,
        "positions": _of_record(org.persons.column("id").categories, org.positions, period, on_day),
        "surveys": surveys,
        "responses": _belonging(org.responses, "survey", surveys),
        "answers": _belonging(org.answers, "survey", surveys),
        "ties": _ties(org.ties, surveys, period),
        "events": events,
        "participations": _belonging(org.participations, "event", events),
    }


def _period(organisation: Organisation, at: str | date | Period | None) -> Period:
    if at is None:
        return organisation.latest_period
    if isinstance(at, Period):
        return at
    return Period.parse(at if isinstance(at, str) else at.isoformat())


def _there(
    ids: Sequence[str], persons: Table[Any], positions: Table[Any], period: Period
) -> NDArray[np.bool_]:
    """Tell who was there: dates allow it, and not all of their positions lie outside the period."""
    mask = np.zeros(len(ids), np.bool_)
    mask[persons.column("id").values[persons.in_force(period)]] = True
    holders = recode(positions.column("person"), tuple(ids))
    employed, ever = np.zeros_like(mask), np.zeros_like(mask)
    ever[holders] = True
    employed[holders[positions.in_force(period)]] = True
    return mask & (employed | ~ever)


def _of_record(
    ids: Sequence[str], positions: Table[Position], period: Period, on_day: Period
) -> Table[Position]:
    holders = recode(positions.column("person"), tuple(ids))
    now = positions.in_force(on_day)
    counted = np.zeros(len(ids), np.bool_)
    counted[holders[now]] = True
    return positions.take(now | (positions.in_force(period) & ~counted[holders]))


def _surveys(surveys: Table[Survey], period: Period) -> Table[Survey]:
    """Surveys held in the period; one without a date belongs to undated data only."""
    dates = surveys.column("date")
    if period == Period():
        return surveys
    return surveys.take(~dates.missing & _within(dates.values, period))


def _undated(surveys: Table[Survey]) -> frozenset[str]:
    relations = surveys.take(surveys.column("date").missing).column("relation")
    return frozenset(relations.categories)


def _within(days: NDArray[Any], period: Period) -> NDArray[np.bool_]:
    mask = np.ones(len(days), np.bool_)
    if period.start is not None:
        mask &= days >= np.datetime64(period.start)
    if period.end is not None:
        mask &= days < np.datetime64(period.end)
    return mask


def _belonging(table: Table[Any], column: str, kept: Table[Any]) -> Table[Any]:
    """Return the rows that refer to one of the rows kept."""
    return table.take(recode(table.column(column), kept.column("id").categories) >= 0)


def _ties(ties: Table[Tie], surveys: Table[Survey], period: Period) -> Table[Tie]:
    """Ties that a survey told of hold in its period, others as long as their dates say."""
    told = ~ties.column("survey").missing
    told_now = recode(ties.column("survey"), surveys.column("id").categories) >= 0
    return ties.take(ties.in_force(period) & (~told | told_now))
