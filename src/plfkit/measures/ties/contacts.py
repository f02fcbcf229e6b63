"""Contacts: with how many people outside one's own group one has ties."""

from __future__ import annotations

from typing import Unpack

import numpy as np
from attrs import evolve, frozen
from scipy import sparse

from plfkit.arrays import Flags, Floats, Numbers
from plfkit.graph.groups import GroupSpec, resolve_grouping
from plfkit.graph.layers import Layer
from plfkit.graph.observation import Observation
from plfkit.graph.paired_groups import Members
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.engine.catalogue import OWN_DEFINITION
from plfkit.measures.engine.columns import COMMUNITY_COLUMNS, LAYER_COLUMNS
from plfkit.measures.engine.estimates import (
    Bounds,
    Estimate,
    choose_reasons,
    estimate_shares,
    make_unknown_bounds,
    withhold_bounds,
)
from plfkit.measures.engine.estimating import measure_pieces
from plfkit.measures.engine.layer_counts import compute_shares, find_tie_range_kind, sum_by_part
from plfkit.measures.engine.layer_parts import open_layer
from plfkit.measures.engine.options import TieOptions
from plfkit.measures.engine.part_groups import PartGroups, group_part_people
from plfkit.measures.engine.pieces import Piece
from plfkit.measures.engine.registered import check_kinds
from plfkit.measures.engine.silence import (
    PAIRS,
    explain_missing,
    find_node_schools,
    scale_up_ties,
)
from plfkit.measures.ties.group_sharing import GroupSharing
from plfkit.measures.ties.tie_defaults import PAIRED_WITH_THEMSELVES, measure_ties
from plfkit.model.results.figures import CodedTexts
from plfkit.model.results.result import Result
from plfkit.model.words.kinds import Label
from plfkit.model.words.reasons import Reason


@measure_ties(
    label=Label(da="Kontakter uden for eget team", en="Contacts outside one's own team"),
    tells=Label(
        da="Hvor mange kolleger uden for egen gruppe en medarbejder har en forbindelse med, i "
        "gennemsnit.",
        en="With how many colleagues outside their own group a member of staff has a tie, on average.",
    ),
    beware=Label(
        da="Flere kontakter er også mere arbejde, og i små grupper ligger de fleste udenfor af sig "
        "selv: sammenlign med det forventede.",
        en="More contacts are also more work, and where groups are small most lie outside by "
        "themselves: compare with the expected figure.",
    ),
    scale="index",
    columns=(*LAYER_COLUMNS, *COMMUNITY_COLUMNS),
    reference=f"{OWN_DEFINITION}, after Krackhardt & Stern (1988)",
    example={"relation": "advice", "groups": "team"},
    no_null="what random mixing gives among the same people stands beside it by a formula",
    no_interval=PAIRED_WITH_THEMSELVES,
)
def cross_team_contacts(
    snapshot: Snapshot,
    *,
    relation: str,
    groups: GroupSpec,
    by: GroupSpec | None = None,
    survey: str | None = None,
    **options: Unpack[TieOptions],
) -> Result:
    """Return the mean number of people outside one's own groups with whom one has a tie.

    Formula:
        2L / n, with L tied pairs of people who share no group.

    Ties count in either direction; ties between two people who share any group do not count. People
    in no group are left out, and counted in the notes.

    Where some did not answer, the value is scaled up from pairs both of whom did: the share of them
    that is tied, in each school and between schools, times the pairs there are. The range is of
    everybody: from told ties to every unobserved one, as many as silent people could have named; with
    a limit on names it is an outer bound. ``expected`` is what random mixing gives: as many tied pairs
    among the same people.

    Beware:
        More contacts are also more work, and where groups are small most lie outside by themselves:
        compare with the expected figure.

    Args:
        snapshot: The moment.
        relation: Which ties.
        groups: The groups.
        by: One figure for each of these groups, within it.
        survey: Which survey, if several asked.
        options: What every measure of ties takes: see `plfkit.measures.TieOptions`.

    Returns:
        One figure for each part. Undefined for fewer than two people, and where no two people both
        answered.

    Raises:
        MeasureError: There is no such relation or survey.
        UnknownGroupError: People cannot be grouped by `groups` or `by`.

    Source:
        plfkit's own definition, after Krackhardt & Stern (1988).

    Examples:
        Ann has a tie with Bo of her own team, and one with Cy of another: 2 · 1 / 3.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(ties=["ann bo,cy advice"])
        >>> teams = {"ann": "first", "bo": "first", "cy": "second"}
        >>> round(cross_team_contacts(now, relation="advice", groups=teams).item(), 2)
        0.67
    """
    cut = open_layer(cross_team_contacts, snapshot, relation, options=options, by=by, survey=survey)
    chosen = resolve_grouping(snapshot, groups)
    placed = group_part_people(cut, groups).drop_outsiders()
    pieces = [
        Piece(
            parts=parts,
            estimator=_ContactEstimator(
                GroupSharing(placed.take_parts(parts).members),
                find_node_schools(snapshot, parts.layer),
            ),
        )
        for parts in cut.sort_parts(placed.layer)
    ]
    return measure_pieces(
        cross_team_contacts,
        cut,
        pieces,
        groups=chosen.name,
        several=chosen.several,
        method=PAIRS,
        notes=cut.note_outside(chosen),
    )


def mark_open_classes(observation: Observation) -> Flags:
    """Tell which pairs of classes may have ties in either direction that nobody told of."""
    # Either side may name the other, so a pair is settled only where both would have.
    return np.asarray(~observation.seen | ~observation.seen.T)


@frozen(eq=False)
class _ContactEstimator:
    """The mean number of ties that leave the groups of one's own.

    Attributes:
        sharing: Which nodes share a group.
        schools: The school of each node.
    """

    sharing: GroupSharing
    schools: Numbers

    def __call__(self, layer: Layer) -> Estimate:
        both, n = layer.symmetrise_ties(), layer.sizes.astype(np.float64)
        few = n < 2  # noqa: PLR2004 - a pair
        leaving = self._count_ties(both, self.sharing)
        # One group with nobody in it: all pairs leave, and all ties are counted.
        nobody = GroupSharing(sparse.csr_array((layer.n, 1)))
        expected = self._count_ties(both, nobody) * self._compute_leaving_shares(layer)
        reasons = choose_reasons(
            len(n), (few, Reason.TOO_FEW_PEOPLE), (np.isnan(leaving), explain_missing(both))
        )
        # A tied pair is a contact of two people.
        value, chance = (
            np.where(few, np.nan, 2 * compute_shares(pairs, n)) for pairs in (leaving, expected)
        )
        return Estimate(value=value, reasons=reasons, expected=chance)

    def _count_ties(self, both: Layer, sharing: GroupSharing) -> Floats:
        """Count the tied pairs that share no group, scaled up in each school and between schools."""
        everywhere = _count_leaving_pairs(both, sharing)
        if both.observation is None or both.observation.whole:
            return np.asarray(everywhere[0])
        # Schools side by side, each a part of its own; their numbers ascend with the parts.
        nodes, count = np.argsort(self.schools, kind="stable"), len(both.sizes)
        _, first = np.unique(self.schools[nodes], return_index=True)
        at_schools = both.lay_out_parts(nodes, np.append(first, both.n))
        own = GroupSharing(sharing.members[nodes]).split_groups(at_schools)
        inside = _count_leaving_pairs(at_schools, GroupSharing(own))
        parts = both.node_parts[nodes[first]]
        # What lies within no school lies between schools: the last stratum of each part.
        between = everywhere - np.stack([np.bincount(parts, side, count) for side in inside])
        strata = np.concatenate([inside, between], axis=1)
        ties, seen, pairs = strata
        return scale_up_ties(ties, seen, pairs, np.append(parts, np.arange(count)), count)

    def bounds(self, layer: Layer) -> Bounds:
        """Return the mean along told ties, and along all that could be named."""
        observation = layer.observation
        if observation is None or not layer.n:
            return make_unknown_bounds(len(layer.sizes))
        sources, targets = layer.symmetrise_ties().list_arcs()
        leaving = ~self.sharing.mark_sharing_pairs(sources, targets)
        certain = sum_by_part(layer, np.bincount(sources[leaving], minlength=layer.n))
        most = certain + 2 * self._count_nameable_pairs(layer, observation)
        kind = find_tie_range_kind(layer, exact_under_caps=False)
        lower, upper = (compute_shares(end, layer.sizes) for end in (certain, most))
        return Bounds(lower, upper, kind)

    def _count_nameable_pairs(self, layer: Layer, observation: Observation) -> Floats:
        """Count each part's pairs at most that share no group, of which nobody told, and that may be tied.

        Both sides may tell of a pair, so it takes one of the two to name it: as many pairs as there
        are, and no more than those names that silent people had left.
        """
        sources, targets = layer.symmetrise_ties().list_arcs()
        leaving = ~self.sharing.mark_sharing_pairs(sources, targets)
        ends = observation.codes[sources], observation.codes[targets]

        def count_ties(where: Flags) -> Numbers:
            return np.bincount(sources[where[ends] & leaving], minlength=layer.n)

        where = mark_open_classes(observation)
        # Open pairs that somebody told of are counted as certain already.
        others = self.sharing.count_pair_mates(observation, where)[0]
        pairs = sum_by_part(layer, others - count_ties(where))
        names = np.zeros(len(layer.sizes))
        for asked, cap in ((True, observation.cap[observation.codes]), (False, np.inf)):
            unheard = ~observation.told & (observation.asked == asked)
            # Somebody silent with 9 to name, 2 of them tied already, and room for 5 names: 5.
            others = self.sharing.count_pair_mates(observation, unheard)[0]
            names += sum_by_part(layer, np.minimum(others - count_ties(unheard), cap))
        # A pair was met from both its ends; a name is one person's.
        return np.minimum(pairs / 2, names)

    def _compute_leaving_shares(self, layer: Layer) -> Floats:
        """Return the share of pairs of people that share no group."""
        pairs = layer.sizes * (layer.sizes - 1)
        # Teams of 2 and 1 have 2 of 6 ordered pairs inside, so 2 / 3 leave.
        shares = 1 - compute_shares(self.sharing.count_sharing_pairs(layer), pairs)
        return np.where(pairs > 0, shares, 0.0)


def _count_leaving_pairs(both: Layer, sharing: GroupSharing) -> Floats:
    """Count pairs of each part that share no group: tied ones among those observed, those observed, all."""
    sources, targets = both.list_observed_arcs()
    leaving = ~sharing.mark_sharing_pairs(sources, targets)
    ties = np.bincount(sources[leaving], minlength=both.n)
    everybody = evolve(Observation.complete(both.n, directed=False), starts=both.starts)
    pairs = sharing.count_pair_mates(everybody, everybody.told)[0]
    seen = pairs
    if both.observation is not None:
        seen = sharing.count_pair_mates(both.observation, both.observation.seen)[0]
    # Halved: each pair stands once at either end.
    return np.stack([sum_by_part(both, side) / 2 for side in (ties, seen, pairs)])


@measure_ties(
    label=Label(da="Kontakt til andre enheder", en="Contact with other units"),
    tells=Label(
        da="Hvor stor en del af medarbejderne der har mindst én forbindelse til nogen i en anden "
        "enhed, fx en anden kommune.",
        en="How large a part of the staff has at least one tie to somebody of another unit, such as "
        "another municipality.",
    ),
    beware=Label(
        da="Én kontakt er nok: tallet siger ikke, hvor meget de bruger hinanden.",
        en="One contact is enough: the figure does not say how much they use each other.",
    ),
    tables=("persons", "positions", "units", "ties"),
    reference=OWN_DEFINITION,
    example={"relation": "advice"},
    no_null="who works in which unit is nobody's chance",
    no_interval=PAIRED_WITH_THEMSELVES,
)
def cross_unit_contact(
    snapshot: Snapshot,
    *,
    relation: str,
    unit: str = "municipality",
    by: GroupSpec | None = None,
    survey: str | None = None,
    **options: Unpack[TieOptions],
) -> Result:
    """Return the share of staff who have a tie with somebody of another unit of a kind.

    Formula:
        staff with a tie to somebody of another unit / staff.

    Ties count in either direction. People of other units who do not count as staff are contacts only;
    people without such a unit are left out, and counted in the notes. A single tie is enough, and the
    other side may tell of it, so where some did not answer there is a value only if no answer could
    change it. The range goes from told ties to every unobserved one; with a limit on names it is an
    outer bound.

    Beware:
        One contact is enough: the figure does not say how much they use each other.

    Args:
        snapshot: The moment.
        relation: Which ties.
        unit: The unit kind.
        by: One figure for each of these groups, within it.
        survey: Which survey, if several asked.
        options: What every measure of ties takes: see `plfkit.measures.TieOptions`.

    Returns:
        One figure for each part; ``numerator`` counts staff with such a contact, ``denominator`` the
        staff. Undefined without staff, where all people belong to one unit, and where silent people
        could have such a tie.

    Raises:
        MeasureError: There is no such relation or survey.
        UnknownGroupError: There is no such unit kind, or people cannot be grouped by `by`.

    Source:
        plfkit's own definition.

    Examples:
        Ann and Bo work in the north, Cy in the south. Ann seeks both: Ann and Cy have a contact
        elsewhere.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(
        ...     positions=["ann,bo north teacher", "cy south teacher"], ties=["ann bo,cy advice"]
        ... )
        >>> [figure] = cross_unit_contact(now, relation="advice", unit="school")
        >>> figure.numerator, figure.denominator, round(figure.value, 2)
        (2.0, 3.0, 0.67)
    """
    check_kinds(snapshot, "unit_kinds", (unit,))
    cut = open_layer(cross_unit_contact, snapshot, relation, options=options, by=by, survey=survey)
    chosen = resolve_grouping(snapshot, unit)
    placed = group_part_people(cut, unit).drop_outsiders()
    pieces = [
        Piece(
            parts=parts,
            estimator=_UnitContact.of(snapshot, placed.take_parts(parts)),
            certain_only=True,
        )
        for parts in cut.sort_parts(placed.layer)
    ]
    return measure_pieces(
        cross_unit_contact,
        cut,
        pieces,
        variant=unit,
        several=chosen.several,
        method=None,
        notes=cut.note_outside(chosen),
    )


@frozen(eq=False)
class _UnitContact:
    """The share of some nodes that have a tie to a node of another unit.

    Attributes:
        members: Nodes in units.
        parts: The part of each unit.
        staff: Whose contact is asked about.
    """

    members: Members
    parts: Numbers
    staff: Flags

    @classmethod
    def of(cls, snapshot: Snapshot, units: PartGroups) -> _UnitContact:
        """Look up who of the people in some units counts as staff."""
        return cls(units.members, units.parts, snapshot.staff[units.layer.persons])

    def _explain_no_contacts(self, layer: Layer) -> CodedTexts:
        units = np.bincount(self.parts, minlength=len(layer.sizes))
        return choose_reasons(
            len(layer.sizes),
            (sum_by_part(layer, self.staff) == 0, Reason.NO_STAFF),
            (units < 2, Reason.ONE_UNIT),  # noqa: PLR2004 - one and another
        )

    def __call__(self, layer: Layer) -> Estimate:
        told, count = (
            sum_by_part(layer, mask) for mask in (self._mark_told_contacts(layer), self.staff)
        )
        reasons = self._explain_no_contacts(layer)
        return estimate_shares(told, count, reasons, n=count.astype(np.int64))

    def _mark_told_contacts(self, layer: Layer) -> Flags:
        """Tell which of the staff have such a contact along told ties."""
        sources, targets = layer.symmetrise_ties().list_arcs()
        leaving = ~GroupSharing(self.members).mark_sharing_pairs(sources, targets)
        return (np.bincount(sources[leaving], minlength=layer.n) > 0) & self.staff

    def bounds(self, layer: Layer) -> Bounds:
        """Return the share along told ties, and along all that could be."""
        observation, known = layer.observation, self._explain_no_contacts(layer).codes < 0
        if observation is None or not known.any():
            return make_unknown_bounds(len(known))
        sharing = GroupSharing(self.members)
        may = sharing.count_pair_mates(observation, mark_open_classes(observation))[0] > 0
        told = self._mark_told_contacts(layer)
        count = sum_by_part(layer, self.staff)
        lower, upper = (
            compute_shares(sum_by_part(layer, mask), count)
            for mask in (told, told | (may & self.staff))
        )
        kind = find_tie_range_kind(layer, exact_under_caps=False)
        return withhold_bounds(Bounds(lower, upper, kind), known)
