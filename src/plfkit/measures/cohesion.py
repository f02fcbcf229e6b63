"""Cohesion: how many of the possible ties there are, and between whom."""

from __future__ import annotations

from typing import Unpack

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from plfkit.graph.groups import GroupSpec, grouping
from plfkit.graph.layers import Layer
from plfkit.graph.observation import Members
from plfkit.graph.snapshot import Snapshot
from plfkit.measures import anchors
from plfkit.measures.catalogue import measure
from plfkit.measures.columns import LAYER, STAFF, UNITS
from plfkit.measures.estimates import Bounds, Estimate, unknown
from plfkit.measures.estimating import Piece, measured
from plfkit.measures.options import TieOptions, how
from plfkit.measures.parts import count_outside, members_of_groups, parts, range_kind, shares
from plfkit.measures.silence import explain_missing
from plfkit.model.kinds import Label
from plfkit.model.result import Result
from plfkit.resampling import resampled_dyads
from plfkit.resampling.drawing import Draws

_WASSERMAN_FAUST = "Wasserman & Faust (1994), Social Network Analysis, doi:10.1017/CBO9780511815478"
_TIES = ("persons", "ties")


def _one_block(_snapshot: Snapshot, layer: Layer) -> _Blocks:
    return _Blocks(layer.members([layer.persons]), between=False)


@measure(
    label=Label(da="Tæthed", en="Density"),
    tells=Label(
        da="Hvor stor en del af de mulige forbindelser mellem to personer der findes.",
        en="How large a part of the possible ties between two people exists.",
    ),
    beware=Label(
        da="Flere forbindelser er også mere arbejde. Tætheden er af sig selv lav på en stor skole, og på "
        "tværs af skoler er den næsten 0.",
        en="More ties are also more work. Density is low by itself where a school is large, and across "
        "schools it is nearly 0.",
    ),
    figure_class="answers",
    tables=_TIES,
    columns=LAYER,
    anchors=anchors.DENSITY,
    reference=f"{_WASSERMAN_FAUST}, ch. 4",
    no_interval=None,
    estimator=_one_block,
    no_null="every null holds the number of ties fixed, and with it the density",
)
def density(
    snapshot: Snapshot,
    *,
    relation: str,
    by: GroupSpec | None = None,
    survey: str | None = None,
    **options: Unpack[TieOptions],
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
    asked = how(density, options, TieOptions)
    cut = parts(snapshot, relation, how=asked, by=by, survey=survey)
    pieces = []
    for part, layer in cut:
        block = _one_block(snapshot, layer)
        pieces.append(Piece(part=part, layer=layer, estimator=block, bounds=block.bounds))
    return measured(cut, density, pieces, asked)


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
    columns=(*LAYER, *STAFF, *UNITS),
    reference=f"{_WASSERMAN_FAUST}, ch. 10",
    nulls=("labels",),
    no_interval="an interval among comparable staffs is known for whole networks only",
)
def block_density(
    snapshot: Snapshot,
    *,
    relation: str,
    groups: GroupSpec,
    by: GroupSpec | None = None,
    survey: str | None = None,
    **options: Unpack[TieOptions],
) -> Result:
    """Return the density of ties from each group to each group.

    Groups may overlap: pairs are ordered pairs of different people, one from each group. Value and
    range are those of `density`. An undirected relation gives each pair of groups once.

    Args:
        snapshot: The moment.
        relation: Which ties.
        groups: The groups that ties run between; people in none of them are left out, and counted in
            the notes with their ties.
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
    asked = how(block_density, options, TieOptions)
    cut = parts(snapshot, relation, how=asked, by=by, survey=survey)
    chosen = grouping(snapshot, groups)
    pieces: list[Piece] = []
    sizes: dict[tuple[str | None, str], int] = {}
    for part, layer in cut:
        here = grouping(snapshot, groups, held=cut.held(part, groups))
        labels, members = members_of_groups(layer, here)
        block = _Blocks(members)
        sources, targets = block.pairs(layer)
        keys = {"from": [labels[i] for i in sources], "to": [labels[j] for j in targets]}
        counts = block.members.sum(axis=0)
        sizes |= {(part, name): int(n) for name, n in zip(labels, counts, strict=True)}
        pieces.append(
            Piece(part=part, layer=layer, keys=keys, estimator=block, bounds=block.bounds)
        )
    return measured(
        cut,
        block_density,
        pieces,
        asked,
        groups=chosen.name,
        several=chosen.several,
        sizes=sizes,
        notes={**cut.whole.notes, **count_outside(cut.whole, chosen.everybody)},
    )


@frozen(eq=False)
class _Blocks:
    """The density of ties between groups of nodes; pairs within an undirected group count once.

    Attributes:
        members: Nodes in groups.
        between: Whether there are several groups, and figures rest on the people of two.
    """

    members: Members
    between: bool = True

    def permuted(self, order: NDArray[np.int64]) -> _Blocks:
        """Return the same with each node in the groups of another."""
        return evolve(self, members=self.members[order])

    def pairs(self, layer: Layer) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the pairs of groups that have a figure."""
        n = self.members.shape[1]
        return np.triu_indices(n) if not layer.directed else np.divmod(np.arange(n * n), max(n, 1))

    def __call__(self, layer: Layer) -> Estimate:
        """Return the share of observed pairs that are tied."""
        at, counts = self.pairs(layer), layer.blocks(self.members)
        twice = self._twice(layer)
        pairs = counts.pairs[at] / twice
        seen = pairs if counts.seen is None else counts.seen[at] / twice
        ties = (counts.ties if counts.ties_seen is None else counts.ties_seen)[at] / twice
        missing = explain_missing(layer)
        reasons = [
            None if s else missing if p else "too_few_people"
            for s, p in zip(seen.tolist(), pairs.tolist(), strict=True)
        ]
        both = counts.sizes[at[0]] + counts.sizes[at[1]]
        overlap = np.outer(counts.sizes, counts.sizes)[at] - counts.pairs[at]
        return Estimate(
            value=shares(ties, seen),
            reasons=reasons,
            numerator=np.where(seen > 0, ties, np.nan),
            denominator=np.where(seen > 0, seen, np.nan),
            n=(both - overlap).astype(int).tolist() if self.between else None,
        )

    def bounds(self, layer: Layer) -> Bounds:
        """Return the density without any unobserved tie, and with as many as there can be."""
        at, counts = self.pairs(layer), layer.blocks(self.members)
        pairs = counts.pairs[at]
        if counts.seen is None:
            return unknown(len(pairs))
        return Bounds(
            shares(counts.ties[at], pairs),
            shares(layer.most_between(self.members)[at], pairs),
            range_kind(layer, exact_under_caps=layer.directed),
            shares(counts.seen[at], pairs),
        )

    def reweighted(
        self, layer: Layer, weights: NDArray[np.float64], chance: np.random.Generator
    ) -> Draws:
        """Return the density among people who stand as often as their weights say."""
        dyads = resampled_dyads(layer, weights, chance)
        return shares(dyads.ties, dyads.pairs)[:, None]

    def _twice(self, layer: Layer) -> NDArray[np.float64]:
        sources, targets = self.pairs(layer)
        return np.where((sources == targets) & (not layer.directed), 2.0, 1.0)
