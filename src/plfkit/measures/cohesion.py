"""Cohesion: how many of the possible ties there are, between whom, and how many are returned."""

from __future__ import annotations

import numpy as np
from attrs import frozen
from numpy.typing import NDArray
from scipy import sparse

from plfkit.errors import MeasureError
from plfkit.graph.groups import GroupSpec, grouping
from plfkit.graph.layers import Blocks, Layer
from plfkit.graph.observation import Observation
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.catalogue import measure
from plfkit.measures.parts import (
    everybody,
    parts,
    range_kind,
    require_directed,
    response_rate,
    share,
    within,
)
from plfkit.model.result import Figure, Result
from plfkit.model.vocabulary import Label, did_you_mean

RECIPROCITIES = ("edgewise", "dyadic", "dyadic_nonnull")
_WASSERMAN_FAUST = "Wasserman & Faust (1994), Social Network Analysis, doi:10.1017/CBO9780511815478"
_TIES = ("persons", "ties")


@measure(
    label=Label(da="Tæthed", en="Density"),
    tells=Label(
        da="Hvor stor en del af de mulige forbindelser mellem to personer der findes.",
        en="How large a part of the possible ties between two people exists.",
    ),
    beware=Label(
        da="Flere forbindelser er også mere arbejde, og tætheden er af sig selv lav på en stor skole.",
        en="More ties are also more work, and density falls by itself where a school is large.",
    ),
    figure_class="answers",
    tables=_TIES,
    reference=f"{_WASSERMAN_FAUST}, ch. 4",
)
def density(
    snapshot: Snapshot, *, relation: str, by: GroupSpec | None = None, survey: str | None = None
) -> Result:
    """Return the share of possible ties that exist.

    Ordered pairs for a directed relation, unordered ones otherwise; nobody is tied to themselves.
    The value is the share among observed pairs: those whose ties would have been told, whichever they
    are. Ties told of other pairs, by one side of an undirected one for instance, count in the range
    only, because counting them as observed would favour ties over their absence. The range goes from
    no unobserved tie to all of them, as many as non-respondents could have named; it is exact, but an
    outer bound for undirected ties, and for several surveys, where names were limited. A value outside
    it is moved to its end, and then has no counts.

    High density does not mean better cooperation: more ties are more load, and density falls with
    size by itself.

    Args:
        snapshot: The moment.
        relation: Which ties.
        by: One figure for each of these groups, within it.
        survey: Which survey, if several asked.

    Returns:
        One figure for each part. ``numerator`` counts ties, ``denominator`` observed pairs.
        Undefined for fewer than two people, and where no pair was observed.

    Raises:
        MeasureError: There is no such relation or survey.
        UnknownGroupError: People cannot be grouped by `by`.

    Source:
        Wasserman & Faust (1994), ch. 4.

    Examples:
        >>> from plfkit import Organisation, Person, Tie, snapshot
        >>> people = [Person(name) for name in "abc"]
        >>> org = Organisation.of(persons=people, ties=[Tie("a", "b", "reports_to")])
        >>> density(snapshot(org), relation="reports_to").item()
        0.16666666666666666
    """
    cut = parts(snapshot, relation, by=by, survey=survey)
    rows = [_density(label, layer, everybody(layer), (0, 0)) for label, layer in cut]
    kind = range_kind(cut.whole, exact_under_caps=cut.whole.directed)
    return cut.result(density, rows, range_kind=kind)


@measure(
    label=Label(da="Tæthed mellem grupper", en="Density between groups"),
    tells=Label(
        da="Hvor stor en del af de mulige forbindelser fra én gruppe til en anden der findes.",
        en="How large a part of the possible ties from one group to another exists.",
    ),
    beware=Label(
        da="En lav tæthed siger intet om, hvorvidt de to grupper burde have mere kontakt.",
        en="A low density does not say whether the two groups ought to be more in contact.",
    ),
    figure_class="answers",
    tables=(*_TIES, "positions"),
    reference=f"{_WASSERMAN_FAUST}, ch. 10",
)
def block_density(
    snapshot: Snapshot,
    *,
    relation: str,
    groups: GroupSpec,
    by: GroupSpec | None = None,
    survey: str | None = None,
) -> Result:
    """Return the density of ties from each group to each group.

    Groups may overlap: pairs are ordered pairs of different people, one from each group. Value and
    range are those of `density`. An undirected relation gives each pair of groups once.

    Args:
        snapshot: The moment.
        relation: Which ties.
        groups: The groups that ties run between; people in none of them are left out.
        by: One table for each of these groups, within it.
        survey: Which survey, if several asked.

    Returns:
        One figure for each pair of groups, ``from`` and ``to``; ``n`` counts the people of both.
        Undefined for a group of one with itself, and where no pair was observed.

    Raises:
        MeasureError: There is no such relation or survey.
        UnknownGroupError: People cannot be grouped by `groups` or `by`.

    Source:
        Wasserman & Faust (1994), ch. 10; overlapping groups by counting ordered pairs.
    """
    cut = parts(snapshot, relation, by=by, survey=survey)
    chosen = grouping(snapshot, groups)
    rows: list[Figure] = []
    sizes: dict[tuple[str | None, str], int] = {}
    for part, layer in cut:
        inside = [(label, p) for label, p in chosen if len(layer.nodes_of(p))]
        counts = layer.blocks(layer.members([persons for _, persons in inside]))
        labels = [label for label, _ in inside]
        sizes |= {(part, name): int(n) for name, n in zip(labels, counts.sizes, strict=True)}
        rows += [
            _density(part, layer, counts, (i, j), source, target)
            for i, source in enumerate(labels)
            for j, target in enumerate(labels)
            if layer.directed or i <= j
        ]
    return cut.result(
        block_density,
        rows,
        groups=chosen.name,
        several=chosen.several,
        sizes=sizes,
        range_kind=range_kind(cut.whole, exact_under_caps=cut.whole.directed),
    )


def _density(
    part: str | None,
    layer: Layer,
    counts: Blocks,
    at: tuple[int, int],
    source: str | None = None,
    target: str | None = None,
) -> Figure:
    """Make one figure of a block's counts; pairs within a group of an undirected layer count once."""
    twice = 2 if not layer.directed and at[0] == at[1] else 1
    pairs, ties = counts.pairs[at] / twice, counts.ties[at] / twice
    seen = pairs if counts.seen is None else counts.seen[at] / twice
    ties_seen = ties if counts.ties_seen is None else counts.ties_seen[at] / twice
    overlap = counts.sizes[at[0]] * counts.sizes[at[1]] - counts.pairs[at]
    reason = layer.reason
    if reason is None and not pairs:
        reason = "too_few_people"
    if reason is None and not seen:
        reason = "unobserved"
    known = counts.most is not None and layer.reason is None
    estimate = share(ties_seen, seen) if reason is None else None
    lower = share(ties, pairs) if known else None
    upper = share(counts.most[at] / twice, pairs) if known and counts.most is not None else None
    value = within(estimate, lower, upper)
    counted = value is not None and value == estimate
    return Figure(
        part=part,
        from_=source,
        to=target,
        value=value,
        lower=lower,
        upper=upper,
        numerator=float(ties_seen) if counted else None,
        denominator=float(seen) if counted else None,
        n=int(counts.sizes[at[0]] + counts.sizes[at[1]] - overlap) if source else layer.n,
        observed=share(seen, pairs) if known else None,
        response_rate=response_rate(layer),
        reason=reason,
    )


@measure(
    label=Label(da="Gengældte forbindelser", en="Reciprocity"),
    tells=Label(
        da="Hvor stor en del af forbindelserne der går begge veje.",
        en="How large a part of the ties runs both ways.",
    ),
    beware=Label(
        da="At søge råd uden selv at blive spurgt er normalt, fx for nye kolleger: "
        "det er ikke et mål at nå 100 %.",
        en="Seeking advice without being sought is normal, for new colleagues for one: 100 % is no aim.",
    ),
    figure_class="answers",
    tables=_TIES,
    reference=f"{_WASSERMAN_FAUST}, ch. 13",
)
def reciprocity(
    snapshot: Snapshot,
    *,
    relation: str,
    by: GroupSpec | None = None,
    survey: str | None = None,
    variant: str = "edgewise",
) -> Result:
    """Return how many ties are returned.

    With M mutual, A one-sided and N empty pairs of people, ``"edgewise"`` is 2M/(2M+A), the share of
    ties that are returned (networkx, igraph, UCINET's arc reciprocity); ``"dyadic_nonnull"`` is
    M/(M+A); ``"dyadic"`` is (M+N)/(M+A+N), the default of R sna.

    The value counts pairs of which both sides were asked and answered. The range is exact without a
    limit on names: at most, every unobserved answer agrees with the other side's; at least, none does. With
    a limit it is an outer bound.

    Args:
        snapshot: The moment.
        relation: Which ties; a directed relation.
        by: One figure for each of these groups, within it.
        survey: Which survey, if several asked.
        variant: Which definition.

    Returns:
        One figure for each part; the counts are those of the formula. Undefined where the formula
        divides by zero: without ties among the observed pairs, or with fewer than two people.

    Raises:
        MeasureError: The relation is unknown or undirected, or there is no such variant.
        UnknownGroupError: People cannot be grouped by `by`.

    Source:
        Wasserman & Faust (1994), ch. 13.
    """
    if variant not in RECIPROCITIES:
        hint = did_you_mean(variant, RECIPROCITIES) or f": use one of {', '.join(RECIPROCITIES)}"
        raise MeasureError(f"reciprocity has no variant {variant!r}{hint}")
    cut = parts(snapshot, relation, by=by, survey=survey)
    require_directed(cut.whole, "reciprocity")
    rows = [_reciprocity(label, layer, variant) for label, layer in cut]
    return cut.result(
        reciprocity,
        rows,
        variant=variant,
        weight=2 if variant == "edgewise" else 1,
        range_kind=range_kind(cut.whole, exact_under_caps=False),
    )


@frozen
class DyadCensus:
    """Unordered pairs of people by what is known of the two ties between them.

    Attributes:
        mutual: Both ties are there.
        one_sided: One is there, the other is not.
        empty: Neither is there.
        half_tie: One is there, the other is unobserved.
        half_empty: One is not there, the other is unobserved.
        unseen: Both are unobserved.
        mutual_beside: Mutual pairs that were told although nobody asked about both ties.
        one_sided_beside: One-sided pairs of that sort.
    """

    mutual: int
    one_sided: int
    empty: int
    half_tie: int = 0
    half_empty: int = 0
    unseen: int = 0
    mutual_beside: int = 0
    one_sided_beside: int = 0

    def reciprocity(self, variant: str) -> tuple[float, float]:
        """Return numerator and denominator among the pairs that were wholly observed."""
        if variant == "dyadic":
            return self.mutual + self.empty, self.mutual + self.empty + self.one_sided
        weight = 2 if variant == "edgewise" else 1
        return weight * self.mutual, weight * self.mutual + self.one_sided

    @property
    def pairs(self) -> int:
        """How many pairs there are."""
        known = self.mutual + self.one_sided + self.empty + self.mutual_beside
        return known + self.one_sided_beside + self.half_tie + self.half_empty + self.unseen

    @property
    def observed(self) -> int:
        """How many pairs were wholly observed."""
        return self.mutual + self.one_sided + self.empty

    @property
    def most(self) -> DyadCensus:
        """The completion that returns the most: every unobserved answer agrees."""
        agreeing = self.mutual + self.mutual_beside + self.half_tie + self.unseen
        one_sided = self.one_sided + self.one_sided_beside
        return DyadCensus(agreeing, one_sided, self.empty + self.half_empty)

    @property
    def least(self) -> DyadCensus:
        """The completion that returns the least: no unobserved answer agrees."""
        differing = self.half_tie + self.half_empty + self.unseen
        one_sided = self.one_sided + self.one_sided_beside + differing
        return DyadCensus(self.mutual + self.mutual_beside, one_sided, self.empty)


def dyad_census(layer: Layer) -> DyadCensus:
    """Count the pairs of a directed layer by what is known of them."""
    pairs = layer.n * (layer.n - 1) // 2
    sources, targets = layer.arcs()
    returned = _returned(layer.adjacency, sources, targets)
    if layer.observation is None:
        mutual, one_sided = int(returned.sum()) // 2, int((~returned).sum())
        return DyadCensus(mutual, one_sided, pairs - mutual - one_sided)
    codes, seen = layer.observation.codes, layer.observation.seen
    forth, back = seen[codes[sources], codes[targets]], seen[codes[targets], codes[sources]]
    # Pairs without any tie, by how many of their two ties were observed.
    silent = _pairs(layer.observation.sizes) - _by_class(layer, layer.observation)
    neither, both = ~seen & ~seen.T, seen & seen.T
    return DyadCensus(
        mutual=int((returned & forth & back).sum()) // 2,
        one_sided=int((~returned & forth & back).sum()),
        empty=int((silent * both).sum()) // 2,
        half_tie=int((~returned & ~back).sum()),
        half_empty=int((silent * ~both * ~neither).sum()) // 2,
        unseen=int((silent * neither).sum()) // 2,
        mutual_beside=int((returned & ~(forth & back)).sum()) // 2,
        one_sided_beside=int((~returned & ~forth & back).sum()),
    )


def _returned(
    adjacency: sparse.csr_array, sources: NDArray[np.int64], targets: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Tell for each tie whether the opposite one exists."""
    n = max(adjacency.shape[0], 1)
    return np.isin(targets * n + sources, sources * n + targets, assume_unique=True)


def _pairs(sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Count ordered pairs of different nodes by class."""
    return np.outer(sizes, sizes) - np.diag(sizes)


def _by_class(layer: Layer, observation: Observation) -> NDArray[np.int64]:
    """Count ordered pairs with a tie in either direction by class."""
    codes = observation.codes
    rows, columns = (layer.adjacency + layer.adjacency.T).nonzero()
    counts = np.zeros_like(observation.seen, np.int64)
    np.add.at(counts, (codes[rows], codes[columns]), 1)
    return counts


def _reciprocity(part: str | None, layer: Layer, variant: str) -> Figure:
    census = dyad_census(layer)
    numerator, denominator = census.reciprocity(variant)
    reason = layer.reason
    if reason is None and layer.n < 2:  # noqa: PLR2004 - a tie needs two
        reason = "too_few_people"
    if reason is None and not denominator:
        reason = "no_ties" if census.observed == census.pairs else "unobserved"
    known = layer.observation is not None and layer.reason is None
    lower, upper = _reciprocity_range(census, variant) if known else (None, None)
    return Figure(
        part=part,
        value=share(numerator, denominator) if reason is None else None,
        lower=lower,
        upper=upper,
        numerator=float(numerator) if reason is None else None,
        denominator=float(denominator) if reason is None else None,
        n=layer.n,
        observed=share(census.observed, census.pairs) if known else None,
        response_rate=response_rate(layer),
        reason=reason,
    )


def _reciprocity_range(census: DyadCensus, variant: str) -> tuple[float | None, float | None]:
    """Return the range over the completions that have a reciprocity at all."""
    lower = share(*census.least.reciprocity(variant))
    upper = share(*census.most.reciprocity(variant))
    # Answers that all agree on nothing leave no tie; then a single tie gives the only figure, 0.
    return lower, lower if upper is None else upper
