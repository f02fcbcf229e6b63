"""How people outside a group choose whom in it they ask: estimators that several measures share."""

from __future__ import annotations

import numpy as np
from attrs import frozen
from scipy import sparse

from plfkit.arrays import Flags, Floats, Numbers
from plfkit.graph.adjacency import Adjacency, build_adjacency
from plfkit.graph.layers import Layer
from plfkit.graph.observation import Observation
from plfkit.graph.paired_groups import Members
from plfkit.measures.engine.estimates import (
    Bounds,
    Estimate,
    choose_reasons,
    estimate_share,
    estimate_shares,
    make_unknown_bounds,
    withhold_bounds,
)
from plfkit.measures.engine.layer_counts import (
    compute_observed_shares,
    compute_shares,
    find_tie_range_kind,
    sum_by_part,
)
from plfkit.measures.engine.leaving_out import CountsLeft
from plfkit.measures.engine.silence import explain_missing, scale_up_ties
from plfkit.model.words.ranges import RangeKind
from plfkit.model.words.reasons import Reason
from plfkit.resampling.pairs import Clusters


@frozen(eq=False)
class GroupTies:
    """Ties from people outside a group to its people.

    Attributes:
        group: Who is in it.
    """

    group: Flags

    def explain_no_figure(self) -> str | None:
        """Why there is no figure of a whole layer."""
        if not self.group.any():
            return Reason.EMPTY_GROUP
        return Reason.TOO_FEW_PEOPLE if self.group.all() else None

    def list_absences(self, layer: Layer) -> list[tuple[Flags, str]]:
        """Return in which parts nobody is in the group, and in which everybody is, with the reasons."""
        count = self.count_people(layer)
        return [
            (count == 0, Reason.EMPTY_GROUP),
            (count == layer.sizes, Reason.TOO_FEW_PEOPLE),
        ]

    def mark_figures(self, layer: Layer) -> Flags:
        """Tell in which parts there is somebody in the group, and outside it."""
        count = self.count_people(layer)
        return np.asarray((count > 0) & (count < layer.sizes))

    def count_people(self, layer: Layer) -> Numbers:
        """Return how many people of each part are in the group."""
        return sum_by_part(layer, self.group).astype(np.int64)

    def count_seekers(self, layer: Layer) -> Floats:
        """Return how many outsiders seek each of the group."""
        inward = layer.adjacency[~self.group][:, self.group].sum(axis=0)
        return np.asarray(inward, np.float64).ravel()

    def count_unobserved_seekers(self, layer: Layer) -> Floats:
        """Return how many outsiders more might seek each of the group."""
        observation = layer.observation
        assert observation is not None  # noqa: S101 - the caller has looked
        unseen = ~observation.seen
        codes = observation.codes
        # Class by class: 2 silent outsiders and 5 who answered leave 2 who may seek each of the
        # group, less those who are known to.
        parts, shape = observation.node_parts, (len(layer.sizes), len(unseen))
        places = parts[~self.group] * len(unseen) + codes[~self.group]
        outside = np.bincount(places, minlength=shape[0] * shape[1]).reshape(shape)
        reached = outside @ unseen.astype(np.float64)
        possible = reached[parts[self.group], codes[self.group]]
        sources, targets = layer.list_arcs()
        told = unseen[codes[sources], codes[targets]] & ~self.group[sources] & self.group[targets]
        beside = np.bincount(targets[told], minlength=layer.n)[self.group]
        return np.asarray(possible - beside)

    def split_by_group(self, layer: Layer) -> tuple[Members, Numbers, Numbers]:
        """Return the nodes in two groups in each part, and the numbers of those outside and inside."""
        parts = np.arange(len(layer.sizes))
        # Parts 0 and 1 have the groups 0 1 and 2 3, the outsiders first.
        columns = 2 * layer.node_parts + self.group
        cells = (np.ones(layer.n), (np.arange(layer.n), columns))
        return sparse.csr_array(cells, (layer.n, 2 * len(parts))), 2 * parts, 2 * parts + 1

    def count_told_and_most(self, layer: Layer, *, inward: bool) -> tuple[Floats, Floats]:
        """Return how many ties from outside there are in each part, and at most could be.

        Args:
            layer: The layer; its observation is known.
            inward: Whether they are those to the group, or to other outsiders.
        """
        sides, outside, inside = self.split_by_group(layer)
        groups = layer.pair_groups(sides, (outside, inside if inward else outside))
        ties = groups.count_ties(layer.adjacency)
        return ties, layer.count_most_between(groups, ties)


class FormalAdvice(GroupTies):
    """The share of outsiders' ties that run to the group."""

    def __call__(self, layer: Layer) -> Estimate:
        """Return the share among ties of observed pairs."""
        sides, outside, inside = self.split_by_group(layer)
        # Ties of outsiders to each other, and to the group.
        blocks = [
            layer.count_blocks(layer.pair_groups(sides, (outside, to))) for to in (outside, inside)
        ]
        apart, sought = (one.ties if one.ties_seen is None else one.ties_seen for one in blocks)
        total = apart + sought
        reasons = choose_reasons(
            len(total),
            *self.list_absences(layer),
            (compute_observed_shares(layer) == 0, explain_missing(layer)),
            (total == 0, Reason.NO_TIES),
        )
        # Whoever asks is outside and has n − 1 others: with 2 of 5 appointed, 2 / 4 of random ties.
        expected = self.count_people(layer) / np.fmax(layer.sizes - 1, 1)
        return estimate_shares(sought, total, reasons, expected=expected)

    def bounds(self, layer: Layer) -> Bounds:
        """Return the figure at either end of what ties there could be."""
        known = self.mark_figures(layer)
        if layer.observation is None or not known.any():
            return make_unknown_bounds(len(known))
        told_apart, most_apart = self.count_told_and_most(layer, inward=False)
        told, most = self.count_told_and_most(layer, inward=True)
        # Open ties run to outsiders only, or to the group only. Of 5 told ties 2 run to the group,
        # and 3 are open either way: 2 / 8 to 5 / 8.
        lower = compute_shares(told, told + most_apart)
        upper = compute_shares(most, most + told_apart)
        kind = find_tie_range_kind(layer, exact_under_caps=False)
        return withhold_bounds(Bounds(lower, upper, kind), known)

    def find_closure_limit(self, _layer: Layer) -> float:
        """Return from how many people on leaving people out says too little of ties that close."""
        return np.inf

    def drop_clusters(self, layer: Layer, clusters: Clusters) -> CountsLeft:
        """Return outsiders' ties to the group, and all of theirs, without the people of each cluster."""
        sources, targets = layer.list_observed_arcs()
        asking = ~self.group[sources]
        ends = sources[asking], targets[asking]
        to_group, any_tie = self.group[ends[1]].astype(np.float64), np.ones(len(ends[0]))
        left = [ties.sum() - clusters.sum_touching(ends, ties) for ties in (to_group, any_tie)]
        return CountsLeft(left[0], left[1], float(len(any_tie)))


@frozen(eq=False)
class SoughtShare(GroupTies):
    """The share of the group whom enough outsiders seek."""

    at_least: int

    def __call__(self, layer: Layer) -> Estimate:
        """Return the figure along told ties."""
        reasons = choose_reasons(len(layer.sizes), *self.list_absences(layer))
        size, sought = (
            self.count_people(layer),
            self._count_sought(layer, self.count_seekers(layer)),
        )
        return estimate_shares(sought, size.astype(np.float64), reasons, n=size)

    def _count_sought(self, layer: Layer, seekers: Floats) -> Floats:
        """Count those of the group of each part who have enough seekers."""
        parts = layer.node_parts[self.group]
        return np.bincount(parts, seekers >= self.at_least, len(layer.sizes)).astype(np.float64)

    def bounds(self, layer: Layer) -> Bounds:
        """Return the figure at either end of what ties there could be."""
        known = self.mark_figures(layer)
        if layer.observation is None or not known.any():
            return make_unknown_bounds(len(known))
        told, size = self.count_seekers(layer), self.count_people(layer)
        most = told + self.count_unobserved_seekers(layer)
        lower, upper = (compute_shares(self._count_sought(layer, c), size) for c in (told, most))
        kind = find_tie_range_kind(layer, exact_under_caps=False)
        return withhold_bounds(Bounds(lower, upper, kind), known)


@frozen(eq=False)
class SupportLoad(GroupTies):
    """How many outsiders seek each of the group, on average.

    Attributes:
        schools: The school of each node.
    """

    schools: Numbers

    def __call__(self, layer: Layer) -> Estimate:
        """Return the mean of told ties, scaled up by the share who answered at each school."""
        unheard = compute_observed_shares(layer) == 0
        known = self.mark_figures(layer) & ~unheard
        mean = np.full(len(known), np.nan)
        np.divide(self._count_ties(layer), self.count_people(layer), out=mean, where=known)
        missing = unheard | np.isnan(mean), explain_missing(layer)
        reasons = choose_reasons(len(mean), *self.list_absences(layer), missing)
        return Estimate(value=mean, reasons=reasons)

    def _count_ties(self, layer: Layer) -> Floats:
        """Count the ties of outsiders to the group, school by school of those who ask."""
        # One group for the appointed of each part, and then one for each school's outsiders.
        count, schools = len(layer.sizes), self.schools[~self.group]
        used, numbers = np.unique(schools, return_inverse=True)
        columns = layer.node_parts.copy()
        columns[~self.group] = count + numbers.ravel()
        cells = (np.ones(layer.n), (np.arange(layer.n), columns))
        members = sparse.csr_array(cells, (layer.n, count + len(used)))
        parts = np.zeros(len(used), np.int64)
        parts[numbers.ravel()] = layer.node_parts[~self.group]
        counts = layer.count_blocks(
            layer.pair_groups(members, (count + np.arange(len(used)), parts))
        )
        if counts.seen is None or counts.ties_seen is None:
            return np.bincount(parts, counts.ties, count).astype(np.float64)
        return scale_up_ties(counts.ties_seen, counts.seen, counts.pairs, parts, count)

    def bounds(self, layer: Layer) -> Bounds:
        """Return the mean of told ties, and of all that could be named."""
        known = self.mark_figures(layer)
        if layer.observation is None or not known.any():
            return make_unknown_bounds(len(known))
        size = self.count_people(layer)
        lower, upper = (
            compute_shares(ties, size) for ties in self.count_told_and_most(layer, inward=True)
        )
        kind = find_tie_range_kind(layer, exact_under_caps=layer.directed)
        return withhold_bounds(Bounds(lower, upper, kind), known)


class AdviceConcentration(GroupTies):
    """The largest share of the ties to the group that one of its people receives."""

    def __call__(self, layer: Layer) -> Estimate:
        """Return the figure along told ties."""
        reason = self.explain_no_figure()
        received = self.count_seekers(layer)
        reason = reason or (None if received.sum() else Reason.NO_TIES)
        return estimate_share(received.max(initial=0), received.sum(), reason)

    def bounds(self, layer: Layer) -> Bounds:
        """Return the figure at either end of what ties there could be."""
        if layer.observation is None or self.explain_no_figure():
            return make_unknown_bounds(1)
        told, more = self.count_seekers(layer), self.count_unobserved_seekers(layer)
        total = told.sum()
        # For each as if all open ties ran there: told 3 and 2, 1 open to the second: 3 / 5, 3 / 6.
        top = told + more
        upper = compute_shares(top, top + total - told)
        least, most = _find_least_share(told, more), np.fmax.reduce(upper)
        kind = find_tie_range_kind(layer, exact_under_caps=False)
        return Bounds(np.array([least]), np.array([most]), kind)


def _find_least_share(told: Floats, more: Floats) -> float:
    """Return the least that the largest share can be.

    Then the others are sought as much more as there is room for below the most sought-after; to seek
    that one more too would not lower the share. Nobody being sought is no share at all.
    """
    top = told.max()
    if not top:
        return float(1 / (more > 0).sum()) if more.any() else np.nan
    # Told 3 and 1, with 5 open to the second: 2 fit in below the first, so 3 / 6.
    room = np.minimum(more, top - told).sum()
    return float(top / (told.sum() + room))


@frozen(eq=False)
class SchoolDependence(GroupTies):
    """How many schools seek more than half of their support from one person.

    Attributes:
        schools: Nodes at schools.
    """

    schools: Members

    def _count_sought_ties(self, ties: Adjacency) -> Adjacency:
        """Count the ties from outsiders of each school (row) to each of the group (column)."""
        outside = self.schools[~self.group]
        counts = (outside.T @ ties[~self.group][:, self.group]).tocsr().astype(np.float64)
        counts.sort_indices()
        return counts

    def __call__(self, layer: Layer) -> Estimate:
        """Return the figure along told ties."""
        sought = self._count_sought_ties(layer.adjacency)
        total, top = sought.sum(axis=1), np.zeros(sought.shape[0])
        np.maximum.at(top, sought.tocoo().row, sought.data)
        reason = self.explain_no_figure() or (None if total.any() else Reason.NO_TIES)
        # More than half without a division: 3 of 5 is, as 6 > 5, and 2 of 4 is not.
        over, under = (2 * top > total).sum(), (total > 0).sum()
        asking = (layer.adjacency[:, self.group].sum(axis=1) > 0) & ~self.group
        seekers = np.asarray(self.schools.T @ asking.astype(np.float64))[total > 0]
        known = np.array([np.nan if reason else float(over)])
        return Estimate(
            value=known,
            reasons=[reason],
            numerator=known,
            denominator=np.array([np.nan if reason else float(under)]),
            # A count of schools rests on as few people as ask at the school where fewest do.
            n=np.array([int(seekers.min(initial=layer.n))]),
        )

    def bounds(self, layer: Layer) -> Bounds:
        """Count the schools that surely hang on one person, and those that may."""
        observation = layer.observation
        if observation is None or self.explain_no_figure():
            return make_unknown_bounds(1)
        sought, codes = self._count_sought_ties(layer.adjacency), observation.codes[self.group]
        total, told = sought.sum(axis=1), sought.data
        school, person = sought.tocoo().coords
        pairs, unheard = self._count_unseen_pairs(layer, observation)
        # What is open to those whom the school seeks; to all others it is open all that was not seen.
        more = pairs[school, codes[person]] - _find_same_entries(sought, unheard)
        open_ = pairs @ np.bincount(codes, minlength=pairs.shape[1]) - unheard.sum(axis=1)
        # Surely: told 3 of 4, and 1 open to somebody else, is 6 > 4 + 1. Perhaps: told 2 of 4, and
        # 1 open to the same, is 2 · 3 > 4 + 1. Nobody told of is enough if more are open than were told.
        surely = np.zeros(len(total), np.bool_)
        maybe = np.asarray((pairs > total[:, None])[:, np.unique(codes)].any(axis=1))
        surely[school[2 * told > (total + open_)[school] - more]] = True
        maybe[school[2 * (told + more) > total[school] + more]] = True
        kind = RangeKind.EXACT if not open_.any() else RangeKind.OUTER_BOUND
        return Bounds(np.array([float(surely.sum())]), np.array([float(maybe.sum())]), kind)

    def _count_unseen_pairs(
        self, layer: Layer, observation: Observation
    ) -> tuple[Floats, Adjacency]:
        """Count what was not observed from outsiders of each school: pairs, and ties told of all the same.

        Returns:
            The pairs with somebody of each class (column), and the ties to each of the group (column).
        """
        unseen, codes = ~observation.seen, observation.codes
        cells = (np.ones(layer.n), (np.arange(layer.n), codes))
        classes = sparse.csr_array(cells, shape=(layer.n, len(unseen)))
        outside = (self.schools[~self.group].T @ classes[~self.group]).toarray()
        sources, targets = layer.list_arcs()
        told = unseen[codes[sources], codes[targets]]
        ties = build_adjacency(sources[told], targets[told], layer.n)
        return outside @ unseen, self._count_sought_ties(ties)


def _find_same_entries(cells: Adjacency, others: Adjacency) -> Floats:
    """Return what another matrix, all of whose entries this one has too, holds at each of this one's."""
    found = np.zeros(cells.nnz)
    # Entries numbered 1, 2, 3 keep their number where the other has one too.
    numbers = (np.arange(1, cells.nnz + 1), cells.indices, cells.indptr)
    numbered = sparse.csr_array(numbers, shape=cells.shape)
    found[numbered.multiply(others > 0).data - 1] = others.data
    return found
