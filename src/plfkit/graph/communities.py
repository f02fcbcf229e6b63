"""Communities on their levels: which of them have enough members to count, and where."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from attrs import frozen

from plfkit.arrays import Flags, Numbers
from plfkit.graph.groups import group_by_community, resolve_grouping
from plfkit.graph.positions import mark_levels_at
from plfkit.graph.snapshot import Snapshot
from plfkit.graph.unit_trees import find_nearest_above
from plfkit.model.caching import seal_arrays, work_out_once
from plfkit.model.records.tables import recode_column


@frozen(eq=False)
class Communities:
    """The communities in force on the reference day, in the order of their ids.

    Attributes:
        ids: Their ids, sorted.
        kinds: Their kinds.
        sizes: How many members each has.
        on_level: Whether each (row) stands on each level (column, in the vocabulary's order): the
            level of its kind, or else every level that gives it enough members. What a member is
            where the community is counts, not what they are elsewhere; see `find_positions_at`.
        established: Whether it has enough members to count.
        persons: A member each, beside `numbers`.
        numbers: The number of the community that the member is in.
    """

    ids: tuple[str, ...]
    kinds: tuple[str, ...]
    sizes: Numbers
    on_level: Flags
    established: Flags
    persons: Numbers
    numbers: Numbers

    def __attrs_post_init__(self) -> None:
        """Seal the arrays: several figures read the same."""
        seal_arrays((self.sizes, self.on_level, self.established, self.persons, self.numbers))

    def count_members(self, which: Flags) -> Numbers:
        """Count for each community those of its members that a mask, one entry a membership, picks."""
        return np.bincount(self.numbers[which], minlength=len(self.ids))


def mark_members(snapshot: Snapshot, known: Communities, which: Flags) -> Flags:
    """Tell which people are in some of the communities."""
    inside = np.zeros(len(snapshot.person_ids), np.bool_)
    inside[known.persons[which[known.numbers]]] = True
    return inside


@work_out_once
def gather_communities(snapshot: Snapshot) -> Communities:
    """Count the members of every community, level by level, on the reference day."""
    groups = group_by_community(snapshot)
    numbers = np.repeat(np.arange(len(groups.labels)), np.diff(groups.starts))
    there = snapshot.counted[groups.persons]
    persons, numbers = groups.persons[there], numbers[there]
    sizes = np.bincount(numbers, minlength=len(groups.labels))
    levels = snapshot.vocabulary.levels
    at = find_community_units(snapshot, groups.labels)[numbers]
    standing = mark_levels_at(snapshot, persons, at)
    members = np.stack(
        [np.bincount(numbers[on], minlength=len(sizes)) for on in standing.T], axis=1
    )
    enough = members >= np.array([level.minimum_members for level in levels.values()])
    kinds = snapshot.communities.column("kind")
    # Communities are in the order of their ids, and so are the codes of these.
    codes = np.empty(len(sizes), np.int64)
    codes[snapshot.communities.column("id").values] = kinds.values
    on_level, established = _settle_community_levels(
        snapshot, (kinds.categories, codes), sizes, enough
    )
    names = tuple(kinds.categories[code] for code in codes.tolist())
    return Communities(groups.labels, names, sizes, on_level, established, persons, numbers)


def mark_person_levels(snapshot: Snapshot) -> Flags:
    """Tell for each person (row) and level (column, in the vocabulary's order) who is on it."""
    names = list(snapshot.vocabulary.levels)
    levels = np.zeros((len(snapshot.person_ids), len(names)), np.bool_)
    for name, persons in resolve_grouping(snapshot, "level"):
        levels[persons, names.index(name)] = True
    return levels


def locate_communities(snapshot: Snapshot, kind: str, ids: tuple[str, ...]) -> Numbers:
    """Return the nearest unit of a kind at or above each community's, as a number.

    Units are numbered by the sorted order of their ids. −1 stands for a community above all units of
    the kind or without a unit.
    """
    nearest = np.append(find_nearest_above(snapshot, kind), -1)
    return np.asarray(nearest[find_community_units(snapshot, ids)])


def find_community_units(snapshot: Snapshot, ids: tuple[str, ...]) -> Numbers:
    """Return the number of each community's unit; −1 for none."""
    own = np.full(len(ids), -1, np.int64)
    numbers = recode_column(snapshot.communities.column("id"), ids)
    units = recode_column(
        snapshot.communities.column("unit"), snapshot.units.column("id").categories
    )
    inside = numbers >= 0
    own[numbers[inside]] = units[inside]
    return own


def match_community_kinds(
    snapshot: Snapshot, known: Communities, kinds: Sequence[str] | None
) -> Flags:
    """Tell which communities are of some kinds or of their sorts; all are where none is named."""
    sorts = None if kinds is None else {*snapshot.vocabulary.sorts_of(*kinds)}
    if sorts is None:
        return np.ones(len(known.kinds), np.bool_)
    return np.fromiter((kind in sorts for kind in known.kinds), np.bool_, len(known.kinds))


def _settle_community_levels(
    snapshot: Snapshot,
    kinds: tuple[tuple[str, ...], Numbers],
    sizes: Numbers,
    enough: Flags,
) -> tuple[Flags, Flags]:
    """Tell on which levels communities stand, and which have enough members.

    Args:
        snapshot: The moment.
        kinds: The kinds there are, and the number of each community's.
        sizes: How many members each has.
        enough: On which levels each has enough of them.
    """
    vocabulary = snapshot.vocabulary
    names = list(vocabulary.levels)
    on_level = enough.copy()
    established = enough.any(axis=1) | (sizes >= vocabulary.minimum_members)
    for code, kind in enumerate(kinds[0]):
        if (level := vocabulary.level_of(kind)) is not None:
            rows = np.flatnonzero(kinds[1] == code)
            established[rows] = sizes[rows] >= vocabulary.levels[level].minimum_members
            # A kind with a level of its own is on that level only, whoever its members are.
            on_level[rows] = False
            on_level[rows, names.index(level)] = established[rows]
    return on_level, established


def pick_ids(ids: tuple[str, ...], which: Flags) -> tuple[str, ...]:
    """Return the ids of those communities that a mask picks."""
    return tuple(name for name, kept in zip(ids, which.tolist(), strict=True) if kept)


def list_community_focuses(snapshot: Snapshot, known: Communities) -> list[str | None]:
    """Return the focus of each community."""
    ids, focuses = (snapshot.communities.column(name).tolist() for name in ("id", "focus"))
    of_id = dict(zip(ids, focuses, strict=True))
    return [of_id[name] for name in known.ids]
