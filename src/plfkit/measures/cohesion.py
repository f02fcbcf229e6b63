"""Cohesion: how many of the possible ties there are, and between whom."""

from __future__ import annotations

from plfkit.graph.groups import GroupSpec, grouping
from plfkit.graph.layers import Blocks, Layer
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.catalogue import measure
from plfkit.measures.parts import (
    everybody,
    parts,
    range_kind,
    response_rate,
    share,
    within,
)
from plfkit.model.kinds import Label
from plfkit.model.result import Figure, Result

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
