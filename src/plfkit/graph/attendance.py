"""Who took part in events, and who may have, as far as logs tell."""

from __future__ import annotations

import numpy as np

from plfkit.arrays import Flags, Numbers
from plfkit.graph.cases import Cases
from plfkit.graph.events import Events
from plfkit.graph.groups import group_by_community
from plfkit.graph.logs import Logs, find_position_units, mark_logged_people
from plfkit.graph.picking import list_distinct_pairs
from plfkit.graph.snapshot import Snapshot
from plfkit.graph.unit_trees import find_unit_parents
from plfkit.model.caching import work_out_once
from plfkit.model.records.needs import Need


def count_attended_events(
    snapshot: Snapshot, events: Events, which: Flags | None = None
) -> Numbers:
    """Count the events that each person is noted to have taken part in.

    Args:
        snapshot: The moment.
        events: The events.
        which: Which of them count; all if left out.
    """
    counts = np.ones(len(events), np.bool_) if which is None else which
    part = counts[events.events]
    # Who chaired a meeting and took its minutes had two parts in it, and was there once.
    persons, _ = list_distinct_pairs(events.persons[part], events.events[part])
    return np.bincount(persons, minlength=len(snapshot.person_ids))


def may_have_attended(snapshot: Snapshot, events: Events) -> Flags:
    """Tell who may have been at an event of which nobody noted who was there.

    At a community's event its members may have been, at any other those who work at its unit, or
    below it.
    """
    return _count_possible_events(snapshot, events) > 0


def _count_possible_events(snapshot: Snapshot, events: Events) -> Numbers:
    """Count the events without names that each person may have been at; see `may_have_attended`."""
    counts = np.zeros(len(snapshot.person_ids), np.int64)
    members = group_by_community(snapshot)
    whose = events.match_communities(members.labels)
    # Two meetings of a team without names are two for each of its members, and none for others.
    of_community = np.bincount(whose[~events.named & (whose >= 0)], minlength=len(members.labels))
    # A group a member: groups of 2 and 1 have their starts at 0, 2 and 3, and make 0, 0, 1.
    group = np.repeat(np.arange(len(members.labels)), np.diff(members.starts))
    np.add.at(counts, members.persons, of_community[group])
    elsewhere = events.units[~events.named & (whose < 0)]
    times = np.bincount(elsewhere[elsewhere >= 0], minlength=len(snapshot.units))
    persons, units = _pair_people_with_units(snapshot)
    np.add.at(counts, persons, times[units])
    # At an event without a unit anybody may have been.
    return np.asarray(counts + np.count_nonzero(elsewhere < 0))


@work_out_once
def _pair_people_with_units(snapshot: Snapshot) -> tuple[Numbers, Numbers]:
    """Return each person beside each unit at or above their positions: one pair, however many these are."""
    _, holders, at = _list_workplaces(snapshot)
    return list_distinct_pairs(holders, at)


@work_out_once
def _list_workplaces(snapshot: Snapshot) -> tuple[Numbers, Numbers, Numbers]:
    """Return each position of record with its holder and a unit at or above it, for each such unit.

    Who works in a department works at its school, and in its municipality, too.
    """
    parents = find_unit_parents(snapshot)
    rows, at = np.arange(len(snapshot.positions)), find_position_units(snapshot)
    found = [(rows[:0], at[:0])]
    # Step by step up, all positions at once, until none has anything above it.
    while len(rows := rows[at >= 0]):
        at = at[at >= 0]
        found.append((rows, at))
        at = parents[at]
    rows, units = (np.concatenate(side) for side in zip(*found, strict=True))
    return rows, snapshot.position_persons[rows], units


def find_people_within(snapshot: Snapshot, unit: int) -> Flags:
    """Tell who holds a position at a unit or below it; anybody for no unit (−1)."""
    count = len(snapshot.person_ids)
    if unit < 0:
        return np.ones(count, np.bool_)
    inside = find_units_within(snapshot, unit)[find_position_units(snapshot)]
    return np.bincount(snapshot.position_persons[inside], minlength=count) > 0


def mark_own_people(snapshot: Snapshot, persons: Numbers, units: Numbers, level: str) -> Flags:
    """Tell which people are a unit's own on a level, each of a unit: by a position there or below it.

    A principal of one school who coaches at another is a leader of the first and a coach of the second.

    Args:
        snapshot: The moment.
        persons: The people, by their numbers.
        units: The unit of each, by the sorted order of ids; −1 for any.
        level: The level.
    """
    number = list(snapshot.vocabulary.levels).index(level)
    rows, holders, at = _list_workplaces(snapshot)
    held = snapshot.position_levels[rows] == number
    # A pair as one number: of 10 units person 3 at unit 7 is 37.
    width = len(snapshot.units)
    there = np.isin(persons * width + units, holders[held] * width + at[held])
    anywhere = snapshot.position_persons[snapshot.position_levels == number]
    return np.where(units < 0, np.isin(persons, anywhere), there)


def find_units_within(snapshot: Snapshot, unit: int) -> Flags:
    """Tell which units are a unit or below it; the last entry stands for no unit."""
    parents = np.append(find_unit_parents(snapshot), -1)
    inside = np.zeros(len(parents), np.bool_)
    inside[unit] = True
    # Step by step up, all units at once: `above` is the parent, then the parent's parent, then −1.
    above = parents
    while (above >= 0).any():
        inside |= above == unit
        above = np.where(above >= 0, parents[above], -1)
    return inside


def judge_attendance(snapshot: Snapshot, events: Events, logs: Logs, *, at_least: int = 1) -> Cases:
    """Return, for everybody, whether they took part in enough events.

    Args:
        snapshot: The moment.
        events: The events.
        logs: The logs that tell of them.
        at_least: How many events are enough.
    """
    times = count_attended_events(snapshot, events)
    yes = times >= at_least
    # At one meeting for certain and at two others perhaps: enough for three.
    enough = times + _count_possible_events(snapshot, events) >= at_least
    complete = mark_logged_people(snapshot, logs)
    return Cases(yes, yes | ~complete | enough, complete)


def name_log_needs(
    snapshot: Snapshot, events: Events, logs: Logs, people: Flags
) -> tuple[Need, ...]:
    """Name what would have to be registered for figures about people's part in events to be sure."""
    units = find_position_units(snapshot)[people[snapshot.position_persons]]
    unnamed = () if events.named.all() else (Need("participations"),)
    return (*logs.name_missing_logs(np.unique(units)), *unnamed)
