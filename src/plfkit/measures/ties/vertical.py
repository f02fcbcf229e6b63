"""Between levels: whether people of adjacent levels are in contact, school by school."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Unpack

import numpy as np
from attrs import frozen
from scipy import sparse

from plfkit.arrays import Flags, Floats, Numbers
from plfkit.graph.communities import mark_person_levels
from plfkit.graph.layers import Layer
from plfkit.graph.paired_groups import Members
from plfkit.graph.positions import group_levels_by_unit
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.engine.catalogue import OWN_DEFINITION
from plfkit.measures.engine.estimates import Bounds, Estimate, estimate_share, make_unknown_bounds
from plfkit.measures.engine.estimating import measure_pieces
from plfkit.measures.engine.layer_counts import compute_shares, find_tie_range_kind
from plfkit.measures.engine.layer_parts import count_outside, open_layer
from plfkit.measures.engine.options import TieOptions
from plfkit.measures.engine.pieces import Piece
from plfkit.measures.engine.registered import check_kinds
from plfkit.measures.ties.contacts import mark_open_classes
from plfkit.measures.ties.tie_defaults import measure_ties
from plfkit.model.results.result import Result
from plfkit.model.words.kinds import Label
from plfkit.model.words.reasons import Reason


@measure_ties(
    label=Label(da="Kontakt mellem niveauer", en="Contact between levels"),
    tells=Label(
        da="I hvor stor en del af parrene af niveauer lige over og under hinanden på skolerne "
        "mindst to personer har en forbindelse.",
        en="In how large a part of the pairs of adjacent levels at the schools at least two people "
        "have a tie.",
    ),
    beware=Label(
        da="Hvor mange arbejder, er der næsten altid en kontakt: sammenlign med det forventede.",
        en="Where many people work there is nearly always some contact: compare with the expected "
        "figure.",
    ),
    counts_people=False,
    tables=("persons", "positions", "units", "ties"),
    reference=OWN_DEFINITION,
    example={"relation": "advice"},
    no_null="what ties placed at random would give stands beside it by a formula",
    no_interval="pairs of levels are not people, and cannot be drawn anew",
)
def vertical_connectedness(
    snapshot: Snapshot,
    *,
    relation: str,
    per: str = "school",
    survey: str | None = None,
    **options: Unpack[TieOptions],
) -> Result:
    """Return the share of pairs of adjacent required levels with a tie, school by school.

    Formula:
        pairs of adjacent levels with a tie / pairs of adjacent levels, over all schools.

    A pair counts at a school that has people of both levels in the survey: people are on the levels
    of the positions they hold there, whatever they are elsewhere. A level of the municipality is the
    same people for every school. A tie in either direction between two people, one of each level, is
    enough, so where some did not answer there is a value only if no answer could change it. The range
    goes from told ties to every unobserved one; with a limit on names it is an outer bound.

    ``expected`` is the mean chance that at least one tie would run between the two levels, were the
    ties among the people of both placed at random.

    Beware:
        Where many people work there is nearly always some contact: compare with the expected
        figure.

    Args:
        snapshot: The moment.
        relation: Which ties.
        per: The kind of unit.
        survey: Which survey, if several asked.
        options: What every measure of ties takes: see `plfkit.measures.TieOptions`.

    Returns:
        One figure; ``numerator`` and ``denominator`` count pairs of levels over all schools.
        Undefined without such pairs, and where silent people could have such a tie.

    Raises:
        MeasureError: There is no such relation or survey.
        UnknownGroupError: There is no such unit kind.

    Source:
        plfkit's own definition.

    Examples:
        At the school Ann teaches, Bo leads and Cy coaches. Teachers and coaches have a tie, coaches
        and leaders have none.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(
        ...     positions=["ann s teacher", "bo s principal", "cy s maths_coach"], ties=["ann cy advice"]
        ... )
        >>> vertical_connectedness(now, relation="advice").item()
        0.5
    """
    check_kinds(snapshot, "unit_kinds", (per,))
    cut = open_layer(vertical_connectedness, snapshot, relation, options=options, survey=survey)
    [parts] = cut.sort_parts()
    layer = parts.layer
    sides = tuple(_pair_level_members(snapshot, layer, per))
    levels = _LevelContacts(sides)
    piece = Piece(parts=parts, estimator=levels, certain_only=True)
    return measure_pieces(
        vertical_connectedness,
        cut,
        [piece],
        variant=per,
        evidence={"level_pairs": int(levels.there.sum())},
        method=None,
        notes={**layer.notes, **count_outside(layer, layer.persons[levels.everybody])},
    )


def _pair_level_members(
    snapshot: Snapshot, layer: Layer, per: str
) -> Iterator[tuple[Members, Members]]:
    """Yield the people of the upper and of the lower of two adjacent levels, unit by unit."""
    words = snapshot.vocabulary
    at = group_levels_by_unit(snapshot, per)
    on = mark_person_levels(snapshot)[layer.persons]
    units = len(snapshot.units.column("id").categories)

    def people(name: str) -> Members:
        if not words.levels[name].municipal:
            return layer.build_members([persons for _, persons in at[name]])
        # The municipality's people stand beside each unit.
        mine = on[:, list(words.levels).index(name)].astype(np.float64)
        return sparse.csr_array(np.repeat(mine[:, None], units, axis=1))

    for upper, lower in pairwise(words.required_levels):
        yield people(upper), people(lower)


@frozen(eq=False)
class _LevelContacts:
    """The share of pairs of levels, school by school, between which there is a tie.

    Attributes:
        sides: For each pair of levels the nodes of either, in schools.
    """

    sides: tuple[tuple[Members, Members], ...]

    @property
    def there(self) -> Flags:
        """Whether there are two different people, one on either level, by pair and school."""
        pairs = [_count_level_pairs(upper, lower) for upper, lower in self.sides]
        return np.concatenate([*pairs, np.zeros(0)]) > 0

    @property
    def everybody(self) -> Numbers:
        """The nodes that are on some level at some school."""
        return np.unique(
            np.concatenate([side.nonzero()[0] for pair in self.sides for side in pair])
        )

    def __call__(self, layer: Layer) -> Estimate:
        """Return the share along told ties."""
        there = self.there
        reason = None if there.any() else Reason.TOO_FEW_PEOPLE
        met = self._mark_met_levels(layer) & there
        expected = np.nan if reason else float(self._compute_contact_chance(layer)[there].mean())
        return estimate_share(met.sum(), there.sum(), reason, expected=expected)

    def _mark_met_levels(self, layer: Layer) -> Flags:
        """Tell between which levels there is a told tie."""
        ties = layer.symmetrise_ties().adjacency.astype(np.float64)
        counts = [_count_level_ties(upper, ties, lower) for upper, lower in self.sides]
        return np.concatenate([*counts, np.zeros(0)]) > 0

    def bounds(self, layer: Layer) -> Bounds:
        """Return the share along told ties, and along all that could be."""
        observation, there = layer.observation, self.there
        if observation is None or not there.any():
            return make_unknown_bounds(1)
        where = mark_open_classes(observation).astype(np.float64)
        classes = sparse.csr_array(
            (np.ones(layer.n), (np.arange(layer.n), observation.codes)),
            shape=(layer.n, len(where)),
        )
        open_ = []
        for upper, lower in self.sides:
            # Somebody on both levels who was silent to all is so to whoever else is there.
            counts = ((upper.T @ classes) @ where) * (lower.T @ classes).toarray()
            open_.append(counts.sum(axis=1))
        met = self._mark_met_levels(layer) & there
        may = met | ((np.concatenate(open_) > 0) & there)
        count = np.array([there.sum()])
        lower_end, upper_end = (
            compute_shares(np.array([mask.sum()]), count) for mask in (met, may)
        )
        return Bounds(lower_end, upper_end, find_tie_range_kind(layer, exact_under_caps=False))

    def _compute_contact_chance(self, layer: Layer) -> Floats:
        """Return the chance of at least one tie between the levels, were all placed at random."""
        ties = layer.symmetrise_ties().adjacency.astype(np.float64)
        found = []
        for upper, lower in self.sides:
            # Two on either level make 6 pairs, 4 of them between levels: a single tie is one of
            # these with chance 4 / 6.
            pool = upper + lower - upper.multiply(lower)
            people = np.asarray(pool.sum(axis=0)).ravel()
            tied = _count_level_ties(pool, ties, pool) / 2
            overlap = np.asarray(upper.multiply(lower).sum(axis=0)).ravel()
            # A pair of two people who are on both levels stands in both orders.
            unordered = _count_level_pairs(upper, lower) - overlap * (overlap - 1) / 2
            pairs = people * (people - 1) / 2
            found.append(np.array([*map(compute_hit_chance, pairs, unordered, tied)]))
        return np.concatenate([*found, np.zeros(0)])


def compute_hit_chance(pairs: float, wanted: float, ties: float) -> float:
    """Return the chance that of some ties, each between another pair, one is between a pair that is wanted.

    It is 1 less the chance that all miss: of 6 pairs 4 are wanted, so two ties miss them with chance
    2/6 · 1/5.

    >>> round(compute_hit_chance(6, 4, 2), 4)
    0.9333

    Args:
        pairs: How many pairs there are.
        wanted: How many of them are wanted.
        ties: How many ties there are.
    """
    if ties > pairs - wanted:
        return 1.0
    return float(0 - np.expm1(np.log1p(-wanted / (pairs - np.arange(ties))).sum()))


def _count_level_ties(upper: Members, ties: Members, lower: Members) -> Floats:
    """Count the ties from the upper to the lower side, school by school."""
    return np.asarray((ties @ lower).multiply(upper).sum(axis=0), np.float64).ravel()


def _count_level_pairs(upper: Members, lower: Members) -> Floats:
    """Count the ordered pairs of different people, one on either side, school by school."""
    sizes = (np.asarray(side.sum(axis=0)).ravel() for side in (upper, lower))
    # Sides of 3 and 2 that share one person have 3·2 − 1 = 5 pairs of different people.
    both = np.asarray(upper.multiply(lower).sum(axis=0)).ravel()
    return np.asarray(next(sizes) * next(sizes) - both, np.float64)
