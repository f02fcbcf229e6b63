"""Logs of events: where, and of what, they are complete. What is not registered is not zero.

One rule says which log tells of what. An event stands in the log of its own unit, or else of its
community's (`find_event_units`); what a community did, in that of its unit (`find_community_units`); and what
somebody took part in, in those of all units where they hold positions (`mark_logged_people`).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from attrs import frozen

from plfkit.arrays import Flags, Floats, Numbers
from plfkit.graph.communities import find_community_units
from plfkit.graph.events import Events
from plfkit.graph.snapshot import Snapshot
from plfkit.graph.unit_trees import find_unit_parents
from plfkit.model.caching import work_out_once
from plfkit.model.records.needs import Need
from plfkit.model.records.rows import EVENTS_TABLE
from plfkit.model.records.tables import recode_column


@frozen(eq=False)
class Logs:
    """Which units' logs of which kinds of events are complete in a period.

    A unit's log is complete when the nearest registration at or above the unit says so for every day
    of the period, and none at or above it says otherwise.

    Attributes:
        kinds: The kinds asked about.
        complete: For each unit, by the sorted order of ids (row), and each kind (column), whether its
            log is complete. The last row stands for no unit: for the organisation as a whole, whose
            logs are complete when those of every unit are where staff hold positions.
    """

    kinds: tuple[str, ...]
    complete: Flags

    def mark_complete_units(self, units: Numbers) -> Flags:
        """Tell for each unit number, −1 being none, whether its logs of all kinds are complete."""
        return np.asarray(self.complete[units].all(axis=1))

    def name_missing_logs(self, units: Numbers) -> tuple[Need, ...]:
        """Name what is not registered of some units."""
        complete = self.complete[units]
        return tuple(
            Need.of_list(EVENTS_TABLE, kind)
            for place, kind in enumerate(self.kinds)
            if not complete[:, place].all()
        )


def look_up_logs(snapshot: Snapshot, kinds: Sequence[str]) -> Logs:
    """Look up which logs of some kinds of events are complete in a snapshot's period."""
    told, denied, full = _read_own_registrations(snapshot, tuple(kinds))
    parents = find_unit_parents(snapshot)
    # Up from each unit, all at once: the nearest that says anything settles it, but a list with gaps
    # anywhere above has gaps here too.
    complete, settled, above = full.copy(), told.copy(), parents
    while (above >= 0).any():
        inside = (above >= 0)[:, None]
        complete |= inside & ~settled & full[above]
        settled |= inside & told[above]
        denied = denied | (inside & denied[above])
        above = np.where(above >= 0, parents[above], -1)
    known = complete & ~denied
    places = find_staffed_units(snapshot)
    # The row of the organisation goes last, where the number −1 of no unit finds it.
    whole = known[places].all(axis=0) & bool(len(places))
    return Logs(tuple(kinds), np.vstack([known, whole]))


def find_staffed_units(snapshot: Snapshot) -> Numbers:
    """Return the units where staff hold positions, or all: those whose logs make up the whole."""
    held = snapshot.position_staff & snapshot.staff[snapshot.position_persons]
    places = np.unique(find_position_units(snapshot)[held])
    return places if len(places) else np.arange(len(snapshot.units.column("id").categories))


@work_out_once
def find_position_units(snapshot: Snapshot) -> Numbers:
    """Return the number of the unit of each position of record, by the sorted order of ids."""
    ids = snapshot.units.column("id").categories
    return recode_column(snapshot.positions.column("unit"), ids)


def find_event_units(snapshot: Snapshot, events: Events) -> Numbers:
    """Return the unit in whose log each event stands: its own, or else its community's; −1 for none.

    Units are numbered by the sorted order of their ids. No unit is the organisation as a whole.
    """
    ids = snapshot.communities.column("id").categories
    of_community = np.append(find_community_units(snapshot, ids), -1)[events.match_communities(ids)]
    return np.where(events.units >= 0, events.units, of_community)


def mark_logged_people(snapshot: Snapshot, logs: Logs) -> Flags:
    """Tell of which people the logs are complete: those of every unit where they hold a position."""
    units, holders = find_position_units(snapshot), snapshot.position_persons
    count = len(snapshot.person_ids)
    gaps = np.bincount(holders[~logs.mark_complete_units(units)], minlength=count)
    # Of somebody without a position everything would have to be complete: an event may have been anywhere.
    placed = np.bincount(holders, minlength=count)
    return np.asarray(np.where(placed > 0, gaps == 0, logs.complete[-1].all()))


def _read_own_registrations(
    snapshot: Snapshot, kinds: tuple[str, ...]
) -> tuple[Flags, Flags, Flags]:
    """Return of which logs a unit tells itself: at all, that they have gaps, and for the whole period.

    A log that is registered piece by piece is told for the whole period if the pieces last so long.
    """
    units = snapshot.units.column("id").categories
    table = snapshot.registrations
    unit, kind = (
        recode_column(table.column("unit"), units),
        recode_column(table.column("kind"), kinds),
    )
    rows = np.flatnonzero((unit >= 0) & (kind >= 0) & table.column("of").match_text(EVENTS_TABLE))
    at, yes = (unit[rows], kind[rows]), table.column("complete").values[rows]
    told, denied = np.zeros((2, len(units), len(kinds)), np.bool_)
    # August to December and January to July, each complete: 153 + 212 days cover the year of 365.
    covered = np.zeros(told.shape, np.float64)
    told[at] = True
    np.logical_or.at(denied, at, ~yes)
    np.add.at(covered, at, _count_registered_days(snapshot)[rows])
    return told, denied, covered >= _count_period_days(snapshot)


def _count_period_days(snapshot: Snapshot) -> float:
    """Return how many days the period has."""
    start, end = snapshot.period.start, snapshot.period.end
    return np.inf if start is None or end is None else float((end - start).days)


def _count_registered_days(snapshot: Snapshot) -> Floats:
    """Return how many days of the period each registration covers."""
    table, period = snapshot.registrations, snapshot.period
    sides = []
    for name, bound in (("valid_from", period.start), ("valid_to", period.end)):
        column = table.column(name)
        days = column.values.astype("datetime64[D]").astype(np.float64)
        unbounded = -np.inf if name == "valid_from" else np.inf
        days[column.missing] = unbounded
        # What begins before the period, or ends after it, counts from its first day or to its last.
        limit = unbounded if bound is None else float(np.datetime64(bound, "D").astype(np.int64))
        sides.append(np.maximum(days, limit) if name == "valid_from" else np.minimum(days, limit))
    return np.asarray(sides[1] - sides[0])
