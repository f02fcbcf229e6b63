"""Groups within parts: who of each part is in which group of `groups=`, for all parts together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from attrs import evolve, frozen
from scipy import sparse

from plfkit.arrays import Numbers
from plfkit.graph.groups import (
    Grouping,
    GroupSpec,
    code_positions,
    is_by_positions,
    number_node_groups,
    partition_people,
    resolve_grouping,
)
from plfkit.graph.layers import Layer
from plfkit.graph.paired_groups import Members
from plfkit.graph.picking import pick_first_rows
from plfkit.graph.positions import can_positions_tell, number_position_parts
from plfkit.measures.engine.layer_parts import LayerParts, PartSet
from plfkit.model.results.figures import CodedTexts, list_plain_cells


@frozen(eq=False)
class PartGroups:
    """The groups of each part, one part after another: the same group in two parts is two.

    Attributes:
        layer: The layer of the parts, side by side.
        members: Its nodes (rows) in groups (columns), as ones.
        parts: The part of each group, ascending.
        labels: What each group is called.
    """

    layer: Layer
    members: Members
    parts: Numbers
    labels: CodedTexts

    def drop_outsiders(self) -> PartGroups:
        """Return the same without the people who are in no group."""
        nodes = np.flatnonzero(np.diff(self.members.indptr))
        if len(nodes) == self.layer.n:
            return self
        return evolve(self, layer=self.layer.keep_nodes(nodes), members=self.members[nodes])

    def take_parts(self, parts: PartSet) -> PartGroups:
        """Return the groups of some parts."""
        if parts.layer is self.layer:
            return self
        columns = np.flatnonzero(np.isin(self.parts, parts.numbers))
        return PartGroups(
            layer=parts.layer,
            members=self.members[parts.nodes][:, columns],
            # Of the parts 1, 4 and 7 groups of part 4 are those of the second.
            parts=np.searchsorted(parts.numbers, self.parts[columns]),
            labels=self.labels.take(columns),
        )

    @property
    def node_groups(self) -> Numbers:
        """The group of each node, where everybody is in one; −1 for somebody in none."""
        groups = np.full(self.layer.n, -1)
        nodes = self.members.tocoo()
        groups[nodes.row] = nodes.col
        return groups

    def list_sizes(self, parts: Sequence[str | None]) -> dict[tuple[str | None, str], int]:
        """Return how many people each group has, by the label of its part and its own."""
        counts = self.members.sum(axis=0).astype(np.int64).tolist()
        labels = list_plain_cells(self.labels)
        keys = zip((parts[part] for part in self.parts.tolist()), labels, strict=True)
        return dict(zip(keys, counts, strict=True))


def group_part_people(cut: LayerParts, spec: GroupSpec, *, partition: bool = False) -> PartGroups:
    """Return who of each part is in which group.

    In the part of a school somebody is what they are at that school.

    Args:
        cut: The parts.
        spec: What people are grouped by.
        partition: Whether everybody is in one group at most, that of their assigned position.

    Raises:
        UnknownGroupError: People cannot be grouped by that, or are in several communities.
    """
    if (
        isinstance(spec, str)
        and is_by_positions(cut.snapshot.vocabulary, spec)
        and can_positions_tell(cut.snapshot, cut.by, spec)
    ):
        return _group_by_positions(cut, spec, partition=partition)
    if partition:
        groups = partition_people(cut.snapshot, spec)
        codes = number_node_groups(cut.laid_out, groups)
        nodes = np.flatnonzero(codes >= 0)
        return _build_part_groups(cut, nodes, codes[nodes], groups.labels)
    groups = resolve_grouping(cut.snapshot, spec)
    return _build_part_groups(cut, *_list_group_nodes(cut.laid_out, groups), groups.labels)


def _list_group_nodes(layer: Layer, groups: Grouping) -> tuple[Numbers, Numbers]:
    """Return each pair of a node and a group that its person is in."""
    width = 1 + int(max(layer.persons.max(initial=-1), groups.persons.max(initial=-1)))
    numbers = np.repeat(np.arange(len(groups.labels)), np.diff(groups.starts))
    cells = (np.ones(len(numbers)), (groups.persons, numbers))
    people = sparse.csr_array(cells, shape=(width, len(groups.labels)))
    pairs = people[layer.persons].tocoo()
    return pairs.row.astype(np.int64), pairs.col.astype(np.int64)


def _group_by_positions(cut: LayerParts, spec: str, *, partition: bool) -> PartGroups:
    """Return in which groups people are by the positions that put them into a part."""
    snapshot = cut.snapshot
    parts = number_position_parts(snapshot, cut.by or "", cut.labels)
    labels, codes = code_positions(snapshot, spec)
    rows = np.flatnonzero(parts >= 0)
    # Somebody at two schools is two: of 10 people, number 7 in part 3 is 37.
    holders = parts[rows] * len(snapshot.person_ids) + snapshot.position_persons[rows]
    if partition:
        ranks = snapshot.position_ranks[rows]
        first = np.zeros(len(rows), np.bool_)
        first[pick_first_rows(holders, ranks)] = True
        grouped = codes[rows] >= 0
        rows, holders, first = rows[grouped], holders[grouped], first[grouped]
        # The assigned position, if it puts somebody into a group; else the first group there is.
        rows = rows[pick_first_rows(holders, ~first, codes[rows])]
    nodes = cut.find_part_nodes(parts[rows], snapshot.position_persons[rows])
    here = (nodes >= 0) & (codes[rows] >= 0)
    return _build_part_groups(cut, nodes[here], codes[rows][here], labels)


def _build_part_groups(
    cut: LayerParts, nodes: Numbers, groups: Numbers, labels: Sequence[str]
) -> PartGroups:
    """Return the groups that the parts have people of, from pairs of a node and the number of a label."""
    layer, width = cut.laid_out, max(len(labels), 1)
    # Of 10 labels, number 7 in part 3 is 37: sorted by parts, and within them by labels.
    used, columns = np.unique(layer.node_parts[nodes] * width + groups, return_inverse=True)
    cells = np.ones(len(nodes)), (nodes, columns.ravel())
    members = sparse.csr_array(cells, shape=(layer.n, len(used)))
    # Somebody with two positions in one group is there once, where they have been added up to 2.
    members.data = np.ones(members.nnz)
    parts, codes = np.divmod(used, width)
    return PartGroups(layer, members, parts, CodedTexts(codes.astype(np.int32), tuple(labels)))
