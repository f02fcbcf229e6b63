"""Layers: the ties of one relation among the people it concerns, and what of them was observed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from attrs import evolve, field, frozen
from scipy import sparse

from plfkit.arrays import Flags, Floats, Numbers
from plfkit.graph.adjacency import (
    Adjacency,
    build_adjacency,
    build_symmetric_adjacency,
    unpack_arcs,
)
from plfkit.graph.blocks import Blocks
from plfkit.graph.observation import Observation
from plfkit.graph.paired_groups import GroupPairs, Members, PairedGroups
from plfkit.model.caching import Caching, seal_arrays, work_out_once
from plfkit.model.fixed import FixedDict
from plfkit.model.words.reasons import Reason


@frozen(eq=False, repr=False, slots=False)
class Layer(Caching):
    """The ties of one relation in one snapshot, or in several parts of it side by side.

    Figures of many parts are computed together: their people are laid out one part after another, so
    that somebody in two parts is two nodes, and no tie runs from one part to another.

    Attributes:
        relation: The relation's id.
        directed: Whether ties run from one person to another.
        persons: The number of each node's person in the snapshot, ascending within each part.
        adjacency: A sparse matrix of ones, row to column, without a diagonal; symmetric where the
            relation is undirected. A tie told several times is there once.
        recorded: What was observed of those who were recorded as asked; None if nobody was.
        unrecorded: For each node, whether it has ties of which nobody recorded who was asked.
        reason: Why there are no figures at all, if so: the relation was not surveyed or registered.
        notes: What was folded or left out, by code.
        narrowed: What was observed when noes to wider relations count as well; None if they tell
            nothing more.
        starts: Where each part begins among the nodes, and where the last one ends: parts of 2 and 3
            people begin at 0 and 2, and end at 5. One part if left out.
    """

    relation: str
    directed: bool
    persons: Numbers
    adjacency: Adjacency
    recorded: Observation | None
    unrecorded: Flags
    reason: str | None
    notes: Mapping[str, int] = field(converter=FixedDict)  # one layer is handed to all who ask
    narrowed: Observation | None = None
    starts: Numbers = field()

    @starts.default
    def _make_single_part(self) -> Numbers:
        return np.array([0, len(self.persons)])

    def __attrs_post_init__(self) -> None:
        """Seal the arrays: a layer never changes."""
        self.adjacency.sort_indices()  # in place, as some formulas would do later
        seal_arrays((self.persons, self.unrecorded, self.starts, self.adjacency))

    @property
    @work_out_once
    def observation(self) -> Observation | None:
        """What was observed; None if it was not recorded who was asked about all these nodes."""
        return None if self.unrecorded.any() else self.recorded

    @property
    @work_out_once
    def recorded_parts(self) -> Flags:
        """Of which parts it was recorded who was asked about all their people."""
        if self.recorded is None:
            return np.zeros(len(self.sizes), np.bool_)
        bare = np.bincount(self.node_parts[self.unrecorded], minlength=len(self.sizes))
        return np.asarray(bare == 0)

    @property
    def n(self) -> int:
        """How many nodes the layer has."""
        return len(self.persons)

    @property
    @work_out_once
    def sizes(self) -> Numbers:
        """How many people each part has."""
        return np.diff(self.starts)

    @property
    @work_out_once
    def node_parts(self) -> Numbers:
        """The number of each node's part."""
        return np.repeat(np.arange(len(self.sizes)), self.sizes)

    def find_nodes(self, persons: Numbers) -> Numbers:
        """Return the nodes of some people, as far as the layer has them."""
        return np.flatnonzero(np.isin(self.persons, persons))

    def keep_nodes(self, nodes: Numbers) -> Layer:
        """Return the layer induced by some of its nodes; parts remain parts, some with nobody in them."""
        starts = np.searchsorted(nodes, self.starts)
        return self._select_nodes(nodes, starts, self.adjacency[nodes][:, nodes])

    def keep_parts(self, parts: Numbers) -> Layer:
        """Return some of the parts, ascending, side by side."""
        if len(parts) == len(self.sizes):
            return self
        inside = np.isin(self.node_parts, parts)
        nodes = np.flatnonzero(inside)
        starts = np.append(0, np.cumsum(self.sizes[parts]))
        return self._select_nodes(nodes, starts, self.adjacency[nodes][:, nodes])

    def cut_part(self, part: int) -> Layer:
        """Return one of the parts."""
        if len(self.sizes) == 1:
            return self
        first, last = self.starts[part : part + 2]
        ties = self.adjacency
        cells = slice(ties.indptr[first], ties.indptr[last])
        # All targets of a part's people lie in the part: it is a block of rows, numbered anew.
        indices, indptr = ties.indices[cells] - first, ties.indptr[first : last + 1]
        size = last - first
        block = sparse.csr_array(
            (ties.data[cells], indices, indptr - indptr[0]), shape=(size, size)
        )
        return self._select_nodes(np.arange(first, last), np.array([0, size]), block)

    def lay_out_parts(self, nodes: Numbers, starts: Numbers) -> Layer:
        """Return parts of a layer side by side; somebody may be in several.

        Args:
            nodes: The nodes of each part, ascending, part after part.
            starts: Where each part begins among them, and where the last one ends.
        """
        parts = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
        # Of 10 nodes, number 7 in part 3 is 37: all numbers ascend, so that they can be looked up.
        places = parts * self.n + nodes
        rows = self.adjacency[nodes].tocoo()
        wanted = parts[rows.row] * self.n + rows.col
        targets = np.minimum(np.searchsorted(places, wanted), max(len(places) - 1, 0))
        there = places[targets] == wanted
        ties = build_adjacency(rows.row[there], targets[there], len(nodes))
        return self._select_nodes(nodes, starts, ties)

    def _select_nodes(self, nodes: Numbers, starts: Numbers, ties: Adjacency) -> Layer:
        """Return the layer of some nodes in some parts, and the ties between them."""
        recorded, narrowed = self.recorded, self.narrowed
        if recorded is not None:
            recorded = recorded.lay_out_nodes(nodes, starts)
        if narrowed is not None:  # a class for each person, of which most are gone
            narrowed = narrowed.lay_out_nodes(nodes, starts).drop_empty_classes()
        return evolve(
            self,
            persons=self.persons[nodes],
            adjacency=ties,
            recorded=recorded,
            narrowed=narrowed,
            unrecorded=self.unrecorded[nodes],
            reason=self.reason if len(nodes) else self.reason or Reason.NOT_SURVEYED,
            starts=starts,
        )

    def treat_missing(self, missing: str) -> Layer:
        """Return the layer with its unobserved ties treated.

        Args:
            missing: ``"available"`` leaves them unobserved; ``"null"`` takes them for absent, except
                those that were told all the same; ``"reconstruct"`` takes what the other side told
                of the opposite tie, and leaves unobserved what neither side told of (Stork &
                Richards 1992).
        """
        recorded = self.recorded
        if missing == "available" or recorded is None:
            return self
        if missing == "null":
            complete = Observation.complete(self.n, directed=self.directed)
            complete = evolve(complete, starts=self.starts)
            return evolve(self, recorded=complete, unrecorded=np.zeros(self.n, np.bool_))
        sources, targets = self.list_arcs()
        # Told holds for classes: a tie is one side's word where nobody would have told of it back.
        there, back = recorded.codes[sources], recorded.codes[targets]
        silent = recorded.told[there, back] & ~recorded.told[back, there]
        return evolve(
            self,
            adjacency=build_adjacency(
                np.concatenate([sources, targets[silent]]),
                np.concatenate([targets, sources[silent]]),
                self.n,
            ),
            recorded=evolve(recorded, told=recorded.told | recorded.told.T),
        )

    @work_out_once
    def symmetrise_ties(self) -> Layer:
        """Return the layer with a tie wherever there is one in either direction."""
        recorded = None if self.recorded is None else evolve(self.recorded, directed=False)
        narrowed = None if self.narrowed is None else evolve(self.narrowed, directed=False)
        union = build_symmetric_adjacency(*self.list_arcs(), self.n)
        return evolve(self, directed=False, adjacency=union, recorded=recorded, narrowed=narrowed)

    @work_out_once
    def count_directions(self) -> Adjacency:
        """Return in how many directions each pair of nodes is tied: 1, or 2 where a tie is returned."""
        return (self.adjacency + self.adjacency.T).tocsr() if self.directed else self.adjacency

    def narrow_range(self) -> Layer:
        """Return the layer of which ranges are computed: what wider relations rule out is known too."""
        return (
            self if self.narrowed is None else evolve(self, recorded=self.narrowed, narrowed=None)
        )

    def keep_observed_ties(self) -> Adjacency:
        """Return the ties of those pairs that were observed whichever way they answered."""
        if self.observation is None or self.observation.whole:
            return self.adjacency
        return self._keep_arcs(self._seen_arcs)

    def list_observed_arcs(self) -> tuple[Numbers, Numbers]:
        """Return sources and targets of the ties that `keep_observed_ties` keeps."""
        sources, targets = self.list_arcs()
        if self.observation is None or self.observation.whole:
            return sources, targets
        return sources[self._seen_arcs], targets[self._seen_arcs]

    @property
    @work_out_once
    def _seen_arcs(self) -> Flags:
        """Whether each arc is of a pair that was observed whichever way they answered."""
        assert self.observation is not None  # noqa: S101 - the caller has looked
        (sources, targets), codes = self.list_arcs(), self.observation.codes
        return np.asarray(self.observation.seen[codes[sources], codes[targets]])

    def _keep_arcs(self, which: Flags) -> Adjacency:
        """Return the matrix of those of the ties that are marked, as `list_arcs` lists them."""
        # Rows that begin at 0 and 2, of which the ties 1, 0, 1 are kept, begin at 0 and 1 then.
        begins = np.append(0, np.cumsum(which, dtype=self.adjacency.indptr.dtype))
        ties = self.adjacency
        cells = ties.data[which], ties.indices[which], begins[ties.indptr]
        return sparse.csr_array(cells, shape=ties.shape)

    @work_out_once
    def list_arcs(self) -> tuple[Numbers, Numbers]:
        """Return sources and targets of all ties; an undirected tie stands in both directions."""
        return unpack_arcs(self.adjacency)

    @property
    @work_out_once
    def returned(self) -> Flags:
        """Whether there is an opposite one to each of the ties that `list_arcs` lists."""
        ties, there = self.adjacency, np.zeros(self.adjacency.nnz, np.bool_)
        # Ties numbered 1, 2, 3 keep their number where the transposed matrix has a tie too.
        numbers = np.arange(1, ties.nnz + 1, dtype=np.int32)
        numbered = sparse.csr_array((numbers, ties.indices, ties.indptr), shape=ties.shape)
        there[numbered.multiply(ties.T).data - 1] = True
        return there

    def build_members(self, groups: Iterable[Numbers]) -> Members:
        """Return the matrix of nodes in groups, from the people of each group."""
        people = list(groups)
        # Groups of 2 and 3 people give columns 0, 0, 1, 1, 1.
        columns = np.repeat(np.arange(len(people)), [len(group) for group in people])
        persons = np.concatenate([*people, np.empty(0, np.int64)])
        # Whom the layer lacks is looked up past the end: held inside here, and left out below.
        rows = np.minimum(np.searchsorted(self.persons, persons), max(self.n - 1, 0))
        here = self.persons[rows] == persons if self.n else np.zeros(len(persons), np.bool_)
        cells = (np.ones(int(here.sum())), (rows[here], columns[here]))
        return sparse.coo_array(cells, shape=(self.n, len(people))).tocsr()

    def pair_groups(self, members: Members, at: GroupPairs) -> PairedGroups:
        """Return pairs of groups, each within one part, as what something can be counted of."""
        if self.observation is None:
            return PairedGroups(members, *at, np.zeros(self.n, np.int64), 1)
        return PairedGroups(members, *at, self.observation.codes, len(self.observation.told))

    def count_blocks(self, groups: PairedGroups) -> Blocks:
        """Count pairs and ties from group to group."""
        pairs, ties = groups.count_pairs(), groups.count_ties(self.adjacency)
        observation = self.observation
        if observation is None:
            return Blocks(groups.sizes, pairs, ties, None, None)
        if observation.whole:
            return Blocks(groups.sizes, pairs, ties, pairs, ties)
        seen_ties = groups.count_ties(self.keep_observed_ties())
        return Blocks(groups.sizes, pairs, ties, observation.count_seen_pairs(groups), seen_ties)

    def count_most_between(self, groups: PairedGroups, ties: Floats) -> Floats:
        """Count the ties there could be at most from group to group; the observation is known.

        Args:
            groups: The pairs of groups.
            ties: The ties that were told between them.
        """
        observation = self.observation
        assert observation is not None  # noqa: S101 - the caller has looked
        if observation.whole:
            return ties
        on_roster, beyond = (
            groups.count_ties(self.find_told_unseen_ties(asked=a)) for a in (True, False)
        )
        # Nobody names more than their surveys took, nor more than there are pairs not told of yet.
        named = np.minimum(
            observation.count_most_named(groups),
            observation.count_unseen_pairs(groups, asked=True) - on_roster,
        )
        return ties + named + observation.count_unseen_pairs(groups, asked=False) - beyond

    @work_out_once
    def count_parts(self) -> Blocks:
        """Count pairs and ties within each part."""
        sizes = self.sizes.astype(np.float64)
        pairs, ties = sizes * (sizes - 1), self._count_ties_in_parts()
        observation = self.observation
        if observation is None:
            return Blocks(sizes, pairs, ties, None, None)
        if observation.whole:
            return Blocks(sizes, pairs, ties, pairs, ties)
        seen_ties = self._count_ties_in_parts(self._seen_arcs)
        return Blocks(sizes, pairs, ties, observation.seen_pairs, seen_ties)

    @work_out_once
    def count_most_in_parts(self) -> Floats:
        """Count the ties there could be at most within each part; see `count_most_between`."""
        observation = self.observation
        assert observation is not None  # noqa: S101 - the caller has looked
        ties = self._count_ties_in_parts()
        if observation.whole:
            return ties
        on_roster, beyond = (
            self._count_ties_in_parts(self._mark_told_unseen(asked=a)) for a in (True, False)
        )
        named = np.minimum(
            observation.count_most_named_in_parts(),
            observation.count_unseen_pairs_in_parts(asked=True) - on_roster,
        )
        return ties + named + observation.count_unseen_pairs_in_parts(asked=False) - beyond

    def _count_ties_in_parts(self, which: Flags | None = None) -> Floats:
        """Count each part's ties, or those of them that are marked among all arcs."""
        # The arcs of parts that begin at the nodes 0 and 2 begin where those of the nodes 0 and 2 do.
        begins = self.adjacency.indptr[self.starts]
        if which is None:
            return np.diff(begins).astype(np.float64)
        return np.diff(np.append(0, np.cumsum(which))[begins]).astype(np.float64)

    def find_told_unseen_ties(self, *, asked: bool) -> Adjacency:
        """Return the ties that were told although their pair as such is unobserved.

        They are what one side of an undirected pair told while the other did not answer (`asked`),
        or what somebody told of people whom the survey did not list (not `asked`).
        """
        return self._keep_arcs(self._mark_told_unseen(asked=asked))

    def list_told_unseen_arcs(self, *, asked: bool) -> tuple[Numbers, Numbers]:
        """Return sources and targets of the ties that `find_told_unseen_ties` finds."""
        sources, targets = self.list_arcs()
        beside = self._mark_told_unseen(asked=asked)
        return sources[beside], targets[beside]

    def _mark_told_unseen(self, *, asked: bool) -> Flags:
        """Tell which arcs were told although their pair is unobserved; see `find_told_unseen_ties`."""
        (sources, targets), observation = self.list_arcs(), self.observation
        found = np.zeros(len(sources), np.bool_)
        if observation is None or observation.whole:
            return found
        rest = np.flatnonzero(~self._seen_arcs)  # few, and mostly none
        pairs = observation.codes[sources[rest]], observation.codes[targets[rest]]
        found[rest] = observation.asked[pairs] == asked
        return found
