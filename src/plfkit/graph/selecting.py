"""What of an organisation counts in a period: which rows, and which of its people."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from plfkit.arrays import Flags, Numbers
from plfkit.errors import PeriodError
from plfkit.graph.numbering import number_sorted_ids
from plfkit.model.records.organisation import Organisation
from plfkit.model.records.rows import Outcome, Position, Survey, Tie, Unit
from plfkit.model.records.tables import Table, recode_column
from plfkit.model.words.notes import Note
from plfkit.periods import Period, SchoolYear

POOLED_YEARS = 3
"""Over how many years outcomes may be pooled, as national quality reports do for small schools."""


def select_period_rows(org: Organisation, period: Period, on_day: Period) -> dict[str, Table[Any]]:
    """Return the rows of each table that count; see `plfkit.graph.Snapshot`."""
    surveys = _select_held_surveys(org.surveys, period)
    events = org.events.take(_mark_days_within(org.events.column("date").values, period))
    counted = {"communities", "memberships"}
    in_force = {
        name: org.tables[name].take(org.in_force(name, on_day if name in counted else period))
        for name in org.lifetimes
    }
    return {
        **org.tables,
        **in_force,
        "persons": org.persons,
        "positions": _select_recorded_positions(org, period, on_day),
        "surveys": surveys,
        "responses": _select_belonging_rows(org.responses, "survey", surveys),
        "answers": _select_belonging_rows(org.answers, "survey", surveys),
        "ties": _select_period_ties(org.ties, surveys, period),
        "events": events,
        "participations": _select_belonging_rows(org.participations, "event", events),
    }


def pool_outcomes(org: Organisation, period: Period) -> Iterator[Table[Outcome]]:
    """Yield the supplied outcomes of a period, and of it with one and with two years before it."""
    reached: Period | None = period
    for _ in range(POOLED_YEARS):
        yield org.outcomes.take(org.in_force("outcomes", period))
        reached = _find_year_before(reached)
        if reached is not None:
            period = Period(reached.start, period.end)


def _find_year_before(period: Period | None) -> Period | None:
    """Return the period a year earlier; None for one without ends, or before there are years."""
    try:
        return None if period is None else period.year_before()
    except PeriodError:
        return None


def count_years_outside(org: Organisation, period: Period) -> dict[str, int]:
    """Tell how far a period lies outside the school years that the data tell of."""
    first, end = org.told_from, org.span.end
    if first is not None and period.end is not None and period.end <= first:
        last = SchoolYear.first_of(period.end - timedelta(days=1))
        return {Note.YEARS_BEFORE_DATA: first.year - last}
    if end is not None and period.start is not None and period.start >= end:
        return {Note.YEARS_AFTER_DATA: SchoolYear.first_of(period.start) - end.year + 1}
    return {}


def mark_people_there(org: Organisation, period: Period) -> Flags:
    """Tell who was there: dates allow it, and not all of their positions lie outside the period."""
    mask, employed, ever = np.zeros((3, len(org.persons)), np.bool_)
    mask[org.persons.column("id").values[org.in_force("persons", period)]] = True
    holders = _number_holders(org)
    ever[holders] = True
    employed[holders[org.in_force("positions", period)]] = True
    return np.asarray(mask & (employed | ~ever))


def mark_rows_within(table: Table[Any], units: Table[Unit], tops: Collection[str | None]) -> Flags:
    """Tell which rows of a table have a unit that is one of some units, or below one of them."""
    places = table.column("unit")
    parents = dict(zip(*(units.column(name).tolist() for name in ("id", "parent")), strict=True))
    # The last entry is for a row without a unit, whose code is −1.
    within = [*(_is_unit_within(unit, parents, tops) for unit in places.categories), False]
    return np.asarray(np.array(within, np.bool_)[places.values])


def _is_unit_within(
    unit: str | None, parents: Mapping[str | None, str | None], tops: Collection[str | None]
) -> bool:
    while unit in parents and unit not in tops:
        unit = parents[unit]
    return unit in tops


def _select_recorded_positions(
    org: Organisation, period: Period, on_day: Period
) -> Table[Position]:
    holders, now = _number_holders(org), org.in_force("positions", on_day)
    counted = np.zeros(len(org.persons), np.bool_)
    counted[holders[now]] = True
    # Who holds a position on the day is that; all others are what they were in the period.
    return org.positions.take(now | (org.in_force("positions", period) & ~counted[holders]))


def _number_holders(org: Organisation) -> Numbers:
    return number_sorted_ids(org.positions.column("person"), org.persons.column("id").categories)


def _select_held_surveys(surveys: Table[Survey], period: Period) -> Table[Survey]:
    """Surveys held in the period; one without a date belongs to undated data only."""
    dates = surveys.column("date")
    if period == Period():
        return surveys
    return surveys.take(~dates.missing & _mark_days_within(dates.values, period))


def find_undated_relations(surveys: Table[Survey]) -> frozenset[str]:
    """Return the relations that a survey without a date asks about."""
    relations = surveys.take(surveys.column("date").missing).column("relation")
    return frozenset(relations.categories)


def _mark_days_within(days: NDArray[Any], period: Period) -> Flags:
    mask = np.ones(len(days), np.bool_)
    if period.start is not None:
        mask &= days >= np.datetime64(period.start)
    if period.end is not None:
        mask &= days < np.datetime64(period.end)
    return mask


def _select_belonging_rows(table: Table[Any], column: str, kept: Table[Any]) -> Table[Any]:
    """Return the rows that refer to one of the rows kept."""
    return table.take(recode_column(table.column(column), kept.column("id").categories) >= 0)


def _select_period_ties(ties: Table[Tie], surveys: Table[Survey], period: Period) -> Table[Tie]:
    """Ties that a survey told of hold in its period, others as long as their dates say."""
    told = ~ties.column("survey").missing
    told_now = recode_column(ties.column("survey"), surveys.column("id").categories) >= 0
    return ties.take(ties.in_force(period) & (~told | told_now))
