"""How people outside a group choose whom in it they ask: estimators that several measures share."""

from __future__ import annotations

import numpy as np
from attrs import frozen

from plfkit.arrays import Flags, Floats, Numbers
from plfkit.graph.layers import Layer, build_adjacency, unpack_arcs
from plfkit.graph.observation import Members
from plfkit.measures.engine.estimates import Bounds, Estimate, estimate_share, make_unknown_bounds
from plfkit.measures.engine.layer_parts import compute_shares, find_tie_range_kind
from plfkit.measures.engine.leaving_out import Losses
from plfkit.measures.engine.silence import explain_missing, explain_unheard, scale_up_ties
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
        """Why there is no figure."""
        if not self.group.any():
            return Reason.EMPTY_GROUP
        return Reason.TOO_FEW_PEOPLE if self.group.all() else None

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
        outside = np.bincount(codes[~self.group], minlength=len(unseen))
        possible = (outside @ unseen)[codes[self.group]].astype(np.float64)
        sources, targets = layer.list_arcs()
        told = unseen[codes[sources], codes[targets]] & ~self.group[sources] & self.group[targets]
        beside = np.bincount(targets[told], minlength=layer.n)[self.group]
        return np.asarray(possible - beside)

    def split_by_group(self, layer: Layer) -> Members:
        """Return the nodes in two groups: outside and inside."""
        return layer.build_members([layer.persons[~self.group], layer.persons[self.group]])


class FormalAdvice(GroupTies):
    """The share of outsiders' ties that run to the group."""

    def __call__(self, layer: Layer) -> Estimate:
        """Return the share among ties of observed pairs."""
        counts = layer.count_blocks(self.split_by_group(layer))
        # The first row is of outsiders: their ties to each other, and to the group.
        ties = (counts.ties if counts.ties_seen is None else counts.ties_seen)[0]
        reason = (
            self.explain_no_figure()
            or explain_unheard(layer)
            or (None if ties.sum() else Reason.NO_TIES)
        )
        # Whoever asks is outside and has n − 1 others: with 2 of 5 appointed, 2 / 4 of random ties.
        expected = self.group.sum() / max(layer.n - 1, 1)
        return estimate_share(ties[1], ties.sum(), reason, expected=expected)

    def bounds(self, layer: Layer) -> Bounds:
        """Return the figure at either end of what ties there could be."""
        if layer.observation is None or self.explain_no_figure():
            return make_unknown_bounds(1)
        sides = self.split_by_group(layer)
        told, most = layer.count_blocks(sides).ties[0], layer.count_most_between(sides)[0]
        # Open ties run to outsiders only, or to the group only. Of 5 told ties 2 run to the group,
        # and 3 are open either way: 2 / 8 to 5 / 8.
        lower = compute_shares(told[1:], told[1:] + most[:1])
        upper = compute_shares(most[1:], most[1:] + told[:1])
        return Bounds(lower, upper, find_tie_range_kind(layer, exact_under_caps=False))

    @property
    def misses_closure(self) -> bool:
        """Whether leaving out people says too little of ties that close."""
        return False

    def drop_clusters(self, layer: Layer, clusters: Clusters) -> Losses:
        """Return outsiders' ties to the group, and all of theirs, without the people of each cluster."""
        sources, targets = unpack_arcs(layer.keep_observed_ties())
        asking = ~self.group[sources]
        ends = sources[asking], targets[asking]
        to_group, any_tie = self.group[ends[1]].astype(np.float64), np.ones(len(ends[0]))
        left = [ties.sum() - clusters.sum_touching(ends, ties) for ties in (to_group, any_tie)]
        return Losses(left[0], left[1], float(len(any_tie)))


@frozen(eq=False)
class SoughtShare(GroupTies):
    """The share of the group whom enough outsiders seek."""

    at_least: int

    def __call__(self, layer: Layer) -> Estimate:
        """Return the figure along told ties."""
        reason, size = self.explain_no_figure(), int(self.group.sum())
        sought = (self.count_seekers(layer) >= self.at_least).sum()
        return estimate_share(sought, size, reason, n=size)

    def bounds(self, layer: Layer) -> Bounds:
        """Return the figure at either end of what ties there could be."""
        if layer.observation is None or self.explain_no_figure():
            return make_unknown_bounds(1)
        told, size = self.count_seekers(layer), np.array([self.group.sum()])
        most = told + self.count_unobserved_seekers(layer)
        lower, upper = (
            compute_shares(np.array([(c >= self.at_least).sum()]), size) for c in (told, most)
        )
        return Bounds(lower, upper, find_tie_range_kind(layer, exact_under_caps=False))


@frozen(eq=False)
class SupportLoad(GroupTies):
    """How many outsiders seek each of the group, on average.

    Attributes:
        schools: The school of each node.
    """

    schools: Numbers

    def __call__(self, layer: Layer) -> Estimate:
        """Return the mean of told ties, scaled up by the share who answered at each school."""
        reason = self.explain_no_figure() or explain_unheard(layer)
        mean = np.nan if reason else self._count_ties(layer) / self.group.sum()
        reason = reason or (explain_missing(layer) if np.isnan(mean) else None)
        return Estimate(value=np.array([mean]), reasons=[reason])

    def _count_ties(self, layer: Layer) -> float:
        """Count the ties of outsiders to the group, school by school of those who ask."""
        # One group for each school's outsiders, and last the appointed: the last column holds the
        # ties from each school to them.
        outside = np.where(self.group, -1, self.schools)
        groups = [layer.persons[outside == school] for school in np.unique(outside[~self.group])]
        counts = layer.count_blocks(layer.build_members([*groups, layer.persons[self.group]]))
        if counts.seen is None or counts.ties_seen is None:
            return float(counts.ties[:-1, -1].sum())
        return scale_up_ties(counts.ties_seen[:-1, -1], counts.seen[:-1, -1], counts.pairs[:-1, -1])

    def bounds(self, layer: Layer) -> Bounds:
        """Return the mean of told ties, and of all that could be named."""
        if layer.observation is None or self.explain_no_figure():
            return make_unknown_bounds(1)
        sides = self.split_by_group(layer)
        told, most = layer.count_blocks(sides).ties[0, 1], layer.count_most_between(sides)[0, 1]
        lower, upper = (np.array([ties / self.group.sum()]) for ties in (told, most))
        return Bounds(lower, upper, find_tie_range_kind(layer, exact_under_caps=layer.directed))


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

    def _count_sought_ties(self, layer: Layer) -> Floats:
        """Count the ties from outsiders of each school (row) to each of the group (column)."""
        outside = self.schools[~self.group]
        counts = outside.T @ layer.adjacency[~self.group][:, self.group]
        return np.asarray(counts.toarray(), np.float64)

    def __call__(self, layer: Layer) -> Estimate:
        """Return the figure along told ties."""
        sought = self._count_sought_ties(layer)
        total, top = sought.sum(axis=1), sought.max(axis=1, initial=0)
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
            n=[int(seekers.min(initial=layer.n))],
        )

    def bounds(self, layer: Layer) -> Bounds:
        """Count the schools that surely hang on one person, and those that may."""
        observation = layer.observation
        if observation is None or self.explain_no_figure():
            return make_unknown_bounds(1)
        told = self._count_sought_ties(layer)
        more = self._count_open_ties(layer)
        total, open_ = told.sum(axis=1, keepdims=True), more.sum(axis=1, keepdims=True)
        # Surely: told 3 of 4, and 1 open to somebody else, is 6 > 4 + 1. Perhaps: told 2 of 4, and
        # 1 open to the same, is 2 · 3 > 4 + 1.
        surely = (2 * told > total + open_ - more).any(axis=1)
        maybe = (2 * (told + more) > total + more).any(axis=1)
        kind = RangeKind.EXACT if not more.any() else RangeKind.OUTER_BOUND
        return Bounds(np.array([float(surely.sum())]), np.array([float(maybe.sum())]), kind)

    def _count_open_ties(self, layer: Layer) -> Floats:
        """Count the unobserved ties from outsiders of each school to each of the group."""
        observation = layer.observation
        assert observation is not None  # noqa: S101 - the caller has looked
        unseen, codes = ~observation.seen, observation.codes
        classes = np.zeros((layer.n, len(unseen)))
        classes[np.arange(layer.n), codes] = 1
        outside = np.asarray(self.schools[~self.group].T @ classes[~self.group])
        possible = (outside @ unseen)[:, codes[self.group]]
        sources, targets = layer.list_arcs()
        told = unseen[codes[sources], codes[targets]]
        matrix = build_adjacency(sources[told], targets[told], layer.n)
        counts = self.schools[~self.group].T @ matrix[~self.group][:, self.group]
        return np.asarray(possible - counts.toarray())
