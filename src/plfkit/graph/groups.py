"""Groups of people: what `groups=` and `by=` name, resolved in one snapshot.

A grouping is a set of sets: somebody with two positions is in both. A measure that needs a partition
asks for one, and gets each person's assigned position instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from attrs import evolve, frozen
from scipy import sparse

from plfkit.arrays import Flags, Numbers
from plfkit.errors import UnknownGroupError
from plfkit.graph.layers import Layer
from plfkit.graph.picking import pick_first_rows
from plfkit.graph.snapshot import Snapshot
from plfkit.graph.unit_trees import find_nearest_above
from plfkit.hints import Hint, quote_word
from plfkit.model.caching import Caching, seal_arrays, work_out_once
from plfkit.model.records.tables import recode_column
from plfkit.model.words.titles import hint_at_choice
from plfkit.model.words.vocabulary import Vocabulary

RESOURCE_PERSON = "resource_person"
GroupSpec = str | Mapping[str, str]
"""``"level"``, ``"role"``, a unit kind, a community kind, or a mapping from person id to label."""


@frozen(eq=False, slots=False)
class Grouping(Caching):
    """People in groups; a person may be in several or in none.

    Iterating gives each label with the numbers of its people, ascending.

    Attributes:
        name: What the grouping is called: the word that asked for it, or ``"mapping"``.
        labels: The groups' labels: levels from the top, all others sorted.
        persons: The people of all groups, group after group.
        starts: Where each group begins in `persons`, and where the last one ends.
        held_several: How many people hold positions in several groups, where only one of them counts.
    """

    name: str
    labels: tuple[str, ...]
    persons: Numbers
    starts: Numbers
    held_several: int = 0

    @classmethod
    def of(cls, name: str, labels: Sequence[str], persons: Numbers, groups: Numbers) -> Grouping:
        """Build a grouping from pairs of a person and the number of a label; −1 is no group."""
        inside = (groups >= 0) & (persons >= 0)
        cells = (np.ones(int(inside.sum()), np.bool_), (groups[inside], persons[inside]))
        shape = (len(labels), int(persons.max(initial=-1)) + 1)
        # A matrix of groups (rows) and people (columns) puts them in order without comparing any two.
        # Groups 0, 0, 2 of three labels start at 0, 2, 2, and the last ends at 3: label 1 is empty.
        table = sparse.coo_array(cells, shape=shape).tocsr()
        table.sort_indices()
        persons, starts = (side.astype(np.int64) for side in (table.indices, table.indptr))
        return cls(name, tuple(labels), persons, starts)

    def __attrs_post_init__(self) -> None:
        """Seal the arrays: who is in which group never changes."""
        seal_arrays((self.persons, self.starts))

    def __iter__(self) -> Iterator[tuple[str, Numbers]]:
        for label, start, end in zip(self.labels, self.starts, self.starts[1:], strict=False):
            yield label, self.persons[start:end]

    def count_among(self, people: Flags) -> Numbers:
        """Count those of each group who are among some people."""
        among = np.cumsum(np.append(0, people[self.persons]))
        # Of groups that begin at 0 and 2, with 1, 0, 1 among them: 0, 1, 1, 2 so far, so 1 and 1.
        return np.diff(among[self.starts])

    @property
    @work_out_once
    def several(self) -> int:
        """How many people are in more than one group, or would be if all their positions counted."""
        return self.held_several or int((np.bincount(self.persons) > 1).sum())

    @property
    @work_out_once
    def everybody(self) -> Numbers:
        """The people who are in at least one group, ascending."""
        return np.flatnonzero(np.bincount(self.persons))


def resolve_grouping(
    snapshot: Snapshot, spec: GroupSpec, *, held: Numbers | None = None
) -> Grouping:
    """Resolve what `groups=` or `by=` names.

    Args:
        snapshot: The moment.
        spec: What is named.
        held: The positions that count, where positions decide; all of record if left out.

    Raises:
        UnknownGroupError: People cannot be grouped by that; or a mapping names an unknown person.
    """
    if isinstance(spec, Mapping):
        return _group_by_mapping(snapshot, spec)
    if held is not None and is_by_positions(snapshot.vocabulary, spec):
        return _group_all_holders(snapshot, spec, held)
    return _resolve_word(snapshot, spec)


@work_out_once
def _resolve_word(snapshot: Snapshot, spec: str) -> Grouping:
    vocabulary = snapshot.vocabulary
    if is_by_positions(vocabulary, spec):
        return _group_all_holders(snapshot, spec, np.arange(len(snapshot.positions)))
    if spec in vocabulary.community_kinds:
        return group_by_community(snapshot, spec)
    known = vocabulary.groupings
    kinds = {**vocabulary.unit_kinds, **vocabulary.community_kinds}
    near = hint_at_choice(spec, dict.fromkeys(known) | kinds)
    raise UnknownGroupError(Hint("measure.no_grouping", name=quote_word(spec), near=near))


def partition_people(
    snapshot: Snapshot, spec: GroupSpec, *, held: Numbers | None = None
) -> Grouping:
    """Resolve what `groups=` names with everybody in one group at most.

    Where positions decide (levels, roles, units) each person's assigned position does, and `several`
    still counts those who have others; a mapping has one label for each person anyway.

    Args:
        snapshot: The moment.
        spec: What is named.
        held: The positions that count, where positions decide; all of record if left out.

    Raises:
        UnknownGroupError: People cannot be grouped by that, or somebody is in several communities.
    """
    if isinstance(spec, str) and held is None:
        return _partition_by_word(snapshot, spec)
    return _assign_people(snapshot, resolve_grouping(snapshot, spec, held=held), held)


@work_out_once
def _partition_by_word(snapshot: Snapshot, spec: str) -> Grouping:
    return _assign_people(snapshot, resolve_grouping(snapshot, spec), None)


def _assign_people(snapshot: Snapshot, groups: Grouping, held: Numbers | None) -> Grouping:
    """Return a grouping with everybody in one group at most."""
    if not groups.several:
        return groups
    if groups.name in snapshot.vocabulary.community_kinds:
        kind = snapshot.vocabulary.community_kinds[groups.name].label.begin_small()
        values = {"count": groups.several, "kind": groups.name, "label": kind}
        raise UnknownGroupError(Hint("measure.no_partition", **values))
    labels, codes = code_positions(snapshot, groups.name)
    rows = np.arange(len(codes)) if held is None else held
    _, assigned = snapshot.assigned_among(rows)
    rows = rows[codes[rows] >= 0]
    # Each person's assigned position, if it puts them into a group; else the first group there is.
    holders = snapshot.position_persons[rows]
    first = pick_first_rows(holders, ~np.isin(rows, assigned), codes[rows])
    used = np.unique(codes[rows])
    chosen = _group_holders(snapshot, groups.name, rows[first], labels, used)
    return evolve(chosen, held_several=groups.several)


def number_node_groups(layer: Layer, groups: Grouping) -> Numbers:
    """Return the number of each node's group; −1 for none, the last one for somebody in several."""
    # Looked up by the person's number, so the table reaches as far as the greatest of them.
    most = max(layer.persons.max(initial=-1), groups.persons.max(initial=-1))
    numbers = np.full(1 + int(most), -1)
    numbers[groups.persons] = np.repeat(np.arange(len(groups.labels)), np.diff(groups.starts))
    return np.asarray(numbers[layer.persons], np.int64)


def look_up_members(snapshot: Snapshot, name: str, *, held: Numbers | None = None) -> Numbers:
    """Return the people of one level, role or community kind, ascending.

    ``"resource_person"`` means everybody in a role that the vocabulary flags so, on whatever level.

    Args:
        snapshot: The moment.
        name: The level, role or community kind.
        held: The positions that count for a level or role; all of record if left out.

    Raises:
        UnknownGroupError: There is no such level, role or community kind.
    """
    vocabulary = snapshot.vocabulary
    positions = mark_positions(snapshot, name)
    if positions is not None:
        rows = np.flatnonzero(positions) if held is None else held[positions[held]]
        return np.unique(snapshot.position_persons[rows])
    if name in vocabulary.community_kinds:
        return group_by_community(snapshot, name).everybody
    known = [RESOURCE_PERSON, *vocabulary.levels, *vocabulary.roles, *vocabulary.community_kinds]
    kinds = {**vocabulary.levels, **vocabulary.roles, **vocabulary.community_kinds}
    near = hint_at_choice(name, dict.fromkeys(known) | kinds)
    raise UnknownGroupError(Hint("measure.no_group", name=quote_word(name), near=near))


def mark_qualified_people(
    snapshot: Snapshot, kinds: Sequence[str], subject: str | None = None
) -> Flags:
    """Tell who has one of some qualifications in force, in one subject or in any.

    Raises:
        UnknownGroupError: There is no such qualification.
    """
    known = snapshot.vocabulary.qualification_kinds
    for kind in kinds:
        if kind not in known:
            near = hint_at_choice(kind, known)
            raise UnknownGroupError(
                Hint("measure.no_qualification", name=quote_word(kind), near=near)
            )
    table = snapshot.qualifications
    rows = recode_column(table.column("kind"), tuple(dict.fromkeys(kinds))) >= 0
    if subject is not None:
        rows &= table.column("subject").match_text(subject)
    mask = np.zeros(len(snapshot.person_ids), np.bool_)
    mask[snapshot.number_people("qualifications", "person")[rows]] = True
    return mask


def group_by_community(snapshot: Snapshot, kind: str | None = None) -> Grouping:
    """Group people by the communities they are in, of one kind and its sorts, or of all."""
    communities = snapshot.communities
    if kind is not None:
        sorts = snapshot.vocabulary.sorts_of(kind)
        communities = communities.take(recode_column(communities.column("kind"), sorts) >= 0)
    ids = communities.column("id").categories
    return Grouping.of(
        kind or "community",
        ids,
        snapshot.number_people("memberships", "person"),
        recode_column(snapshot.memberships.column("community"), ids),
    )


def _group_by_mapping(snapshot: Snapshot, mapping: Mapping[str, str]) -> Grouping:
    number = dict(zip(snapshot.person_ids, range(len(snapshot.person_ids)), strict=True))
    persons = np.fromiter((number.get(person, -1) for person in mapping), np.int64, len(mapping))
    if unknown := int((persons < 0).sum()):
        raise UnknownGroupError(Hint("measure.unknown_people", count=unknown))
    labels = sorted(set(mapping.values()))
    code = dict(zip(labels, range(len(labels)), strict=True))
    groups = np.fromiter((code[label] for label in mapping.values()), np.int64, len(mapping))
    return Grouping.of("mapping", labels, persons, groups)


def _group_all_holders(snapshot: Snapshot, name: str, rows: Numbers) -> Grouping:
    """Group the holders of some positions of record by what these are."""
    labels, codes = code_positions(snapshot, name)
    used = np.unique(codes[rows])
    return _group_holders(snapshot, name, rows, labels, used[used >= 0])


def _group_holders(
    snapshot: Snapshot,
    name: str,
    rows: Numbers,
    labels: Sequence[str],
    used: Numbers,
) -> Grouping:
    """Group the holders of some positions of record by the codes in use."""
    codes = code_positions(snapshot, name)[1][rows]
    # Codes 3, 7, 3 of which 3 and 7 are in use become groups 0, 1, 0.
    groups = np.where(codes < 0, -1, np.searchsorted(used, codes))
    names = [labels[code] for code in used.tolist()]
    return Grouping.of(name, names, snapshot.position_persons[rows], groups)


def is_by_positions(vocabulary: Vocabulary, spec: str) -> bool:
    """Tell whether positions put people into groups: levels, roles and units do, communities not."""
    return spec in {"level", "role", *vocabulary.unit_kinds}


@work_out_once
def code_positions(snapshot: Snapshot, spec: str) -> tuple[Sequence[str], Numbers]:
    """Return the labels of a grouping by positions, and the code of each position of record.

    Args:
        snapshot: The moment.
        spec: ``"level"``, ``"role"`` or a unit kind; the code of a unit is that of the nearest one
            of the kind, by the sorted order of ids, and −1 where there is none.
    """
    if spec == "level":
        return tuple(snapshot.vocabulary.levels), snapshot.position_levels
    if spec == "role":
        roles = snapshot.positions.column("role")
        return roles.categories, roles.values.astype(np.int64)
    ids = snapshot.units.column("id").categories
    nearest = np.append(find_nearest_above(snapshot, spec), -1)
    return ids, nearest[recode_column(snapshot.positions.column("unit"), ids)]


@work_out_once
def mark_positions(snapshot: Snapshot, name: str) -> Flags | None:
    """Tell which positions of record are of a level or role, or of a resource person.

    Returns:
        None for what no position says: kinds of community, and what there is not.
    """
    vocabulary = snapshot.vocabulary
    if name in vocabulary.levels:
        return np.asarray(snapshot.position_levels == list(vocabulary.levels).index(name))
    roles = snapshot.positions.column("role")
    if name == RESOURCE_PERSON:
        wanted = [vocabulary.roles[role].resource_person for role in roles.categories]
    elif name in vocabulary.roles:
        wanted = [role == name for role in roles.categories]
    else:
        return None
    # The last entry is for a missing role, whose code is −1.
    return np.asarray(np.array([*wanted, False], np.bool_)[roles.values])
