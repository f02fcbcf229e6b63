"""Brokerage: who passes things on between people who do not reach each other."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Unpack

import numpy as np
from attrs import evolve, frozen

from plfkit.arrays import Floats, Numbers
from plfkit.graph.groups import GroupSpec, partition_people
from plfkit.graph.layers import Layer
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.engine.estimates import Bounds, Chance, Estimate, choose_reasons
from plfkit.measures.engine.estimating import measure_pieces
from plfkit.measures.engine.layer_counts import find_tie_range_kind, sum_by_part
from plfkit.measures.engine.layer_parts import build_person_keys, open_layer
from plfkit.measures.engine.options import TieOptions
from plfkit.measures.engine.part_groups import group_part_people
from plfkit.measures.engine.pieces import Piece
from plfkit.measures.ties.brokerage_range import count_most_brokered
from plfkit.measures.ties.open_paths import count_open_paths
from plfkit.measures.ties.tie_defaults import measure_ties
from plfkit.model.results.fields import TOTAL
from plfkit.model.results.figures import CodedTexts
from plfkit.model.results.result import Result
from plfkit.model.words.choices import check_choice
from plfkit.model.words.kinds import Label
from plfkit.resampling.completions import MOST_PEOPLE_COMPLETED

BROKERAGE_ROLES = ("coordinator", "itinerant", "representative", "gatekeeper", "liaison")
BROKERAGE_SCOPES = ("person", "network")


@measure_ties(
    label=Label(da="Bindeled mellem kolleger", en="Brokerage"),
    tells=Label(
        da="Hvor tit nogen er bindeled mellem to, der ikke selv går til hinanden, og mellem hvilke grupper.",
        en="How often somebody links two who do not turn to each other, and between which groups.",
    ),
    beware=Label(
        da="Mange bindeled kan være en styrke, men også en sårbarhed, når én rejser.",
        en="Many links may be a strength, and a weakness when somebody leaves.",
    ),
    scale="count",
    tables=("persons", "positions", "ties"),
    reference="Gould & Fernandez (1989), Sociological Methodology 19, 89-126, doi:10.2307/270949",
    example={"relation": "advice", "groups": "level", "scope": "network"},
    nulls=("size", "labels"),
    no_interval="people drawn twice would stand on both sides of themselves",
)
def brokerage(
    snapshot: Snapshot,
    *,
    relation: str,
    groups: GroupSpec,
    by: GroupSpec | None = None,
    survey: str | None = None,
    scope: str = "person",
    **options: Unpack[TieOptions],
) -> Result:
    """Return how often people stand between two others, by the groups of the three.

    Formula:
        the number of two-paths a → v → b without a → b, by the groups of a, v and b.

    Every two-path a → v → b without a → b counts for v: as ``"coordinator"`` if all three are of
    one group, ``"itinerant"`` if a and b share a group that v is not in, ``"representative"`` if
    only b is of another group, ``"gatekeeper"`` if only a is, ``"liaison"`` if all differ, and in
    ``"total"`` (R sna's ``brokerage``). Nobody may be in two groups: where positions decide, the
    assigned one counts. People in no group are left out, and counted in the notes with their ties.

    ``null="size"`` gives mean and standard deviation of networks as dense as this one, by formula,
    as R sna does (over the network the standard deviations of coordinator, representative,
    gatekeeper and total are, as there, somewhat too large); ``null="labels"`` keeps the network,
    and people change groups. The two ask different questions and have different means. ``z`` is
    missing where chance always gives the same.

    A two-path is known only if two people told of its ties, so counts fall faster than answers do.
    Where some did not answer there is a value only if no answer could change it. Each person's range
    is exact: the most has every tie of theirs that could be and none between others that was not
    told, the least the other way round. With a limit on names where several surveys asked, or ties
    have no direction, it is an outer bound. Over the network the range is simulated;
    ``missing="null"`` counts what was told.

    Beware:
        Many links may be a strength, and a weakness when somebody leaves.

    Args:
        snapshot: The moment.
        relation: Which ties.
        groups: The groups of the three.
        by: The people of each of these groups, and two-paths within it.
        survey: Which survey, if several asked.
        scope: Figures for each ``"person"`` (``id``), or sums over the ``"network"``.
        options: What every measure of ties takes: see `plfkit.measures.TieOptions`.

    Returns:
        A ``figure`` for each role and the total. For the network ``numerator`` counts open two-paths
        of the role, ``denominator`` all two-paths. Undefined where nobody is in a group, and where
        silent people could change it.

    Raises:
        MeasureError: There is no such relation, survey or scope, or an option is refused.
        UnknownGroupError: People cannot be grouped by `groups` or `by`, or are in several groups.

    Source:
        Gould & Fernandez (1989).

    Examples:
        Ann seeks Bo in her own school, who seeks Cy in the south: Bo represents the north.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(ties=["ann bo advice", "bo cy advice"])
        >>> schools = {"ann": "north", "bo": "north", "cy": "south"}
        >>> figures = brokerage(now, relation="advice", groups=schools, scope="network")
        >>> [(one.figure, one.value) for one in figures if one.value]
        [('representative', 1.0), ('total', 1.0)]
    """
    check_choice("brokerage", "scope", scope, BROKERAGE_SCOPES)
    cut = open_layer(brokerage, snapshot, relation, options=options, by=by, survey=survey)
    chosen = partition_people(snapshot, groups)
    placed = group_part_people(cut, groups, partition=True).drop_outsiders()
    roles = [*BROKERAGE_ROLES, TOTAL]
    pieces: list[Piece] = []
    for parts in cut.sort_parts(placed.layer):
        layer, places = parts.layer, parts.layer.node_parts
        keys = build_person_keys(snapshot, layer, roles)
        if scope == "network":
            places = np.arange(len(layer.sizes))
            keys = {"figure": CodedTexts.of_repeated(roles, each=len(places))}
        broker = _BrokerageEstimator(placed.take_parts(parts).node_groups, scope)
        pieces.append(
            Piece(
                parts=parts,
                keys=keys,
                places=np.tile(places, len(roles)),
                estimator=broker,
                bounds=broker.choose_bounds(layer),
                formulas={"size": _BrokerageEstimator.compute_size_null},
                certain_only=True,
            )
        )
    return measure_pieces(
        brokerage,
        cut,
        pieces,
        groups=chosen.name,
        several=chosen.several,
        method=None,
        notes=cut.note_outside(chosen),
    )


@frozen(eq=False)
class _BrokerageEstimator:
    """How often nodes broker, role after role.

    Attributes:
        codes: The group of each node.
        scope: Whether figures are about persons or the network.
    """

    codes: Numbers
    scope: str

    def permute_nodes(self, order: Numbers) -> _BrokerageEstimator:
        """Return the same with each node in the group of another."""
        return evolve(self, codes=self.codes[order])

    def keep_nodes(self, nodes: Numbers) -> _BrokerageEstimator:
        """Return the same of some nodes, their groups numbered anew."""
        codes = np.unique(self.codes[nodes], return_inverse=True)[1].ravel()
        return evolve(self, codes=codes)

    def __call__(self, layer: Layer) -> Estimate:
        ties = layer.keep_observed_ties()
        open_paths = count_open_paths(layer, ties, self.codes)
        roles = np.concatenate([open_paths, open_paths.sum(axis=0)[None, :]])
        if self.scope == "person":
            return Estimate(value=roles.ravel(), reasons=choose_reasons(roles.size))
        returned = np.diff(ties.multiply(ties.T).tocsr().indptr)
        into, out = np.bincount(ties.indices, minlength=layer.n), np.diff(ties.indptr)
        paths = sum_by_part(layer, into * out - returned)
        value = np.concatenate([sum_by_part(layer, role) for role in roles])
        return Estimate(
            value=value,
            reasons=choose_reasons(len(value)),
            numerator=value,
            denominator=np.tile(paths, len(roles)),
        )

    def choose_bounds(self, layer: Layer) -> Callable[[Layer], Bounds] | None:
        """Return the formula of the range, where one is needed, and holds, and takes no hours."""
        observation = layer.observation
        if observation is None or observation.whole or layer.sizes.max() > MOST_PEOPLE_COMPLETED:
            return None
        return None if self.scope == "network" else self.bound_counts

    def bound_counts(self, layer: Layer) -> Bounds:
        """Return between how many two-paths each person's counts lie; the observation is known."""
        told = layer.adjacency
        open_paths = count_open_paths(layer, told, self.codes)
        # What people may add to each other's counts is a table of all pairs: part by part it is small.
        most = [
            count_most_brokered(layer.cut_part(part), self.codes[first:last])
            for part, (first, last) in enumerate(pairwise(layer.starts.tolist()))
        ]
        return Bounds(
            np.concatenate([open_paths.ravel(), open_paths.sum(axis=0)]),
            np.concatenate(most, axis=1).ravel(),
            find_tie_range_kind(layer, exact_under_caps=layer.directed),
        )

    def compute_size_null(self, layer: Layer) -> Chance:
        """Return mean and standard deviation in networks where every tie is as likely as here."""
        n = layer.n
        pairs = n * (n - 1)
        if layer.observation is not None:
            pairs = layer.observation.seen_pairs[0]
        density = layer.keep_observed_ties().nnz / pairs if pairs else np.nan
        sizes = np.bincount(self.codes).astype(np.float64)
        if self.scope == "network":
            expected, variance = _compute_network_chance(sizes, density)
        else:
            expected, variance = (
                moment[:, self.codes].ravel() for moment in _compute_person_chance(sizes, density)
            )
        return Chance(expected, np.sqrt(np.fmax(variance, 0)))


def _compute_person_chance(sizes: Floats, density: float) -> tuple[Floats, Floats]:
    """Return mean and variance of each role (row) for somebody of each group (column).

    Two two-paths through one broker depend on each other if they share a tie: begin or end with the
    same person.
    """
    total = sizes.sum()
    # `paths` counts two-paths, `shared` ordered pairs of them that have a tie in common: 3
    # colleagues of one's own group make 3·2 = 6 paths, and 2 · 3·2·1 = 12 such pairs.
    own, other = sizes - 1, total - sizes
    squares, cubes = (sizes**2).sum() - sizes**2, (sizes**3).sum() - sizes**3
    apart = other**2 - squares  # ordered pairs of different other groups
    same = squares - other  # ordered pairs within an other group
    paths = np.stack([own * (own - 1), same, own * other, other * own, apart])
    # Pairs of paths with one end in common; one colleague and two other groups of 2 give: `within` another
    # group 0, as it takes 3 people; `across` from one's own to another 1 · 4·3 that begin and 4 · 1·0 that
    # end with the same person, 12; `between` two others 4 · 2·1 that begin with the same, 8.
    within = cubes - 3 * squares + 2 * other
    across = own * other * (other - 1) + other * own * (own - 1)
    between = other**3 - 2 * other * squares + cubes - other**2 + squares
    shared = np.stack([2 * own * (own - 1) * (own - 2), 2 * within, across, across, 2 * between])
    paths = np.concatenate([paths, ((total - 1) * (total - 2) * np.ones_like(sizes))[None, :]])
    every = 2 * (total - 1) * (total - 2) * (total - 3) * np.ones_like(sizes)
    shared = np.concatenate([shared, every[None, :]])
    # A path is open with chance p: two ties, and not the third. Two paths that share a tie are both
    # open with chance d³(1 − d)²; less p² that is d³(1 − d)³ = q³, their covariance.
    p, q = density**2 * (1 - density), density * (1 - density)
    return p * paths, p * paths * (1 - p) + q**3 * shared


def _compute_network_chance(sizes: Floats, density: float) -> tuple[Floats, Floats]:
    """Return mean and variance of each role over the network, with the covariances R sna counts.

    The means are exact, and so are the variances of itinerant and liaison; the others are somewhat
    too large where groups are, as R sna's are.
    """
    n, d = sizes.sum(), density
    p, share = d**2 * (1 - d), (1 - d) * d
    tie, shut, ends = share**3, d**4 * (1 - d) ** 2, d**5 * (1 - d)
    one, two, three = sizes.sum(), (sizes**2).sum(), (sizes**3).sum()
    within = sizes * (sizes - 1) * (sizes - 2)
    crossing = sizes * (n - sizes) * (sizes - 1)
    apart = one**3 - 3 * one * two + 2 * three
    weighted = (sizes**2 * ((n - sizes) ** 2 - two + sizes**2)).sum()
    paths = np.array([within.sum(), *[crossing.sum()] * 3, apart, n * (n - 1) * (n - 2)])
    representative = (crossing * ((n - 3) * tie + (sizes - 2) * ends)).sum()
    turned = (4 * n - 2) * apart - 8 * weighted
    covariances = np.array(
        [
            (within * ((4 * sizes - 10) * tie - 4 * (sizes - 3) * shut + (sizes - 3) * ends)).sum(),
            _compute_itinerant_covariance(sizes, tie, ends),
            representative,
            representative,
            turned * tie - turned * shut + ((n - 1) * apart - 2 * weighted) * ends,
            paths[5] * ((4 * n - 10) * tie - 4 * (n - 3) * shut + (n - 3) * ends),
        ]
    )
    return p * paths, p * paths * (1 - p) + covariances


def _compute_itinerant_covariance(sizes: Floats, tie: float, ends: float) -> float:
    """Return the covariance of two-paths out of a group (x) to another (y) and back."""
    n, two = sizes.sum(), (sizes**2).sum()
    outer = sizes * (sizes - 1)
    # Over y ≠ x of n_x (n_x − 1) n_y [(2 n_x + 2 n_y − 6) tie + (n − n_x − 1) ends].
    others, squares = n - sizes, two - sizes**2
    pairs = outer * ((2 * sizes - 6) * others + 2 * squares)
    return float((pairs * tie + outer * others * (n - sizes - 1) * ends).sum())
