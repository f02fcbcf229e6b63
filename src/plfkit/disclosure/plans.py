"""Plans: of which sets of people a yes/no is told, from head counts alone.

Whatever is asked, of one yes/no the same few sets are told: the whole, the levels but the largest, and
the places of work. All other figures follow from these, or are not told; so nobody learns more by asking
more. Sets that are too small for two classes are joined with their siblings.

Why that is safe: let any fewer than k people all have it, or none. Each level is set right by others of
the level, each place by its pedagogues and teachers, of whose level nothing is told; the classes are
wider than k, so that there is room for it. For levels alone and for places alone this is a proof; for
both together it is a search (`docs/explanation/disclosure.md`), which the audit repeats.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from attrs import frozen

from plfkit.arrays import Flags, Numbers
from plfkit.model.results.facts import StaffList, mark_persons

_JOINED = " + "
_SPARE = 2
"""By how many counts classes are wider than k: of groups of k and more, k counts are to stay open."""


@frozen(eq=False)
class ToldSet:
    """A set of people of whom is told.

    Attributes:
        labels: Its level or place; several where small ones are joined.
        persons: The people.
    """

    labels: tuple[str, ...]
    persons: Numbers

    @property
    def key(self) -> str:
        """Its label, or those that are joined, as one word."""
        return _JOINED.join(self.labels)


@frozen(eq=False)
class Plan:
    """The sets of one yes/no, beside the whole.

    Attributes:
        universe: Who can have it at all.
        sets: The levels and the places of work of whom is told.
        members: Who is in which: a row for each set, a column for everybody.
        following: Those of whom is told what follows: the largest level, and whatever is all but a few.
        width: How many counts each class holds at least.
    """

    universe: Flags
    sets: tuple[ToldSet, ...]
    members: Flags
    width: int
    following: tuple[Flags, ...] = ()

    def may_tell_of(self, persons: Flags) -> bool:
        """Tell whether a figure is told of some people; that depends on head counts alone."""
        known = [self.universe, *self.members, *self.following]
        return any(np.array_equal(one, persons) for one in known)


def count_fewest_told(k: int) -> int:
    """Return of how many people at least a class is told: two must fit."""
    return 2 * (k + _SPARE) - 1


def plan_sets(staff: StaffList, universe: Flags, k: int) -> Plan:
    """Choose the sets of which is told, for those who can have something at all.

    Args:
        staff: The staff list.
        universe: Who can have it.
        k: The threshold.
    """
    width = k + _SPARE
    all_levels = _restrict_sets(staff.levels, universe, k)
    levels = _drop_largest(all_levels)
    least = count_fewest_told(k)
    told = join_small_sets(levels, least=least, with_others=True)
    for places in staff.places.values():
        told += join_small_sets(_restrict_sets(places, universe, k), least=least)
    # Where all are joined they are everybody, of whom the total tells more than a class would.
    sets = [one for one in told if len(one.persons) < int(universe.sum())]
    marks = [mark_persons(staff, one.persons) for one in sets]
    members = np.array(marks, np.bool_).reshape(len(marks), len(universe))
    following = [persons for label, persons in all_levels.items() if label not in levels]
    for family in (staff.levels, *staff.places.values()):
        inside = [persons[universe[persons]] for persons in family.values()]
        following += [one for one in inside if len(one) > int(universe.sum()) - k]
    marked = tuple(mark_persons(staff, persons) for persons in following)
    return Plan(universe, tuple(sets), members, width, marked)


def _restrict_sets(sets: Mapping[str, Numbers], universe: Flags, k: int) -> dict[str, Numbers]:
    """Return the people of each set that can have it; no set that leaves out fewer than k."""
    everybody = int(universe.sum())
    inside = {label: persons[universe[persons]] for label, persons in sets.items()}
    return {
        label: persons for label, persons in inside.items() if 0 < len(persons) <= everybody - k
    }


def _drop_largest(sets: Mapping[str, Numbers]) -> dict[str, Numbers]:
    """Leave out the level of most people: its figure follows from the whole and the others."""
    largest = max(sets, key=lambda label: len(sets[label]), default=None)
    return {label: persons for label, persons in sets.items() if label != largest}


def join_small_sets(
    sets: Mapping[str, Numbers], *, least: int, with_others: bool = False
) -> list[ToldSet]:
    """Join sets that are too small to be told, in their order, until they are large enough.

    Args:
        sets: The people of each.
        least: How many people a set must have.
        with_others: Whether those that are too few together are told with the smallest of the others:
            of an office more is told so, of a school of forty beside one of four less.

    Examples:
        An office of five is told with the leaders, of whom there are fewer than of coaches.

        >>> people = {"office": range(5), "leaders": range(5, 19), "coaches": range(19, 49)}
        >>> sets = {name: np.array(one) for name, one in people.items()}
        >>> told = join_small_sets(sets, least=13, with_others=True)
        >>> [(one.labels, len(one.persons)) for one in told]
        [(('office', 'leaders'), 19), (('coaches',), 30)]
    """
    told = []
    waiting = ToldSet((), np.empty(0, np.int64))
    for label, persons in sets.items():
        if len(persons) >= least:
            told.append(ToldSet((label,), persons))
            continue
        waiting = _join_two_sets(waiting, ToldSet((label,), persons))
        if len(waiting.persons) >= least:
            told.append(waiting)
            waiting = ToldSet((), np.empty(0, np.int64))
    if waiting.labels and told and with_others:
        smallest = min(range(len(told)), key=lambda place: len(told[place].persons))
        told[smallest] = _join_two_sets(told[smallest], waiting)
    order = {label: place for place, label in enumerate(sets)}
    return [ToldSet(tuple(sorted(one.labels, key=order.__getitem__)), one.persons) for one in told]


def _join_two_sets(one: ToldSet, other: ToldSet) -> ToldSet:
    return ToldSet(one.labels + other.labels, np.union1d(one.persons, other.persons))
