"""Who took part in events, and who may have, as far as logs tell."""

from __future__ import annotations

import numpy as np

from plfkit.arrays import Flags, Numbers
from plfkit.graph.cases import Cases
from plfkit.graph.events import Events
from plfkit.graph.groups import find_unit_parents, group_by_community
from plfkit.graph.logs import Logs, find_position_units, mark_logged_people
from plfkit.graph.snapshot import Snapshot
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
    pairs = np.stack([events.events, events.persons])[:, counts[events.events]]
    # Who chaired a meeting and took its minutes had two parts in it, and was there once.
    once = np.unique(pairs, axis=1)
    return np.bincount(once[1], minlength=len(snapshot.person_ids))


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
    units, times = np.unique(events.units[~events.named & (whose < 0)], return_counts=True)
    for unit, count in zip(units.tolist(), times.tolist(), strict=True):
        counts += count * find_people_within(snapshot, unit)
    return counts


def find_people_within(snapshot: Snapshot, unit: int) -> Flags:
    """Tell who holds a position at a unit or below it; anybody for no unit (−1)."""
    count = len(snapshot.person_ids)
    if unit < 0:
        return np.ones(count, np.bool_)
    inside = find_units_within(snapshot, unit)[find_position_units(snapshot)]
    return np.bincount(snapshot.position_persons[inside], minlength=count) > 0


def find_own_people(snapshot: Snapshot, unit: int, name: str) -> Flags:
    """Tell who is a unit's own on a level or in a role: by a position held there or below it.

    A principal of one school who coaches at another is a leader of the first and a coach of the second.

    Args:
        snapshot: The moment.
        unit: The unit's number, by the sorted order of ids; −1 for any.
        name: The level or the role.
    """
    levels = list(snapshot.vocabulary.levels)
    if name in levels:
        held = np.asarray(snapshot.position_levels == levels.index(name))
    else:
        held = snapshot.positions.column("role").match_text(name)
    if unit >= 0:
        held = held & find_units_within(snapshot, unit)[find_position_units(snapshot)]
    return np.bincount(snapshot.position_persons[held], minlength=len(snapshot.person_ids)) > 0


def find_units_within(snapshot: Snapshot, unit: int) -> Flags:
    """Tell which units are a unit or below it; the last entry stands for no unit."""
    parents = np.append(find_unit_parents(snapshot.units), -1)
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
