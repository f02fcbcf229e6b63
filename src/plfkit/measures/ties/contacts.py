"""Contacts: with how many people outside one's own group one has ties."""

from __future__ import annotations

from typing import Unpack

import numpy as np
from attrs import frozen
from scipy import sparse

from plfkit.arrays import Flags, Numbers
from plfkit.graph.groups import Grouping, GroupSpec, resolve_grouping
from plfkit.graph.layers import Layer, unpack_arcs
from plfkit.graph.observation import Members, Observation
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.engine.catalogue import OWN_DEFINITION
from plfkit.measures.engine.columns import COMMUNITY_COLUMNS, LAYER_COLUMNS
from plfkit.measures.engine.estimates import Bounds, Estimate, estimate_share, make_unknown_bounds
from plfkit.measures.engine.estimating import Piece, measure_pieces
from plfkit.measures.engine.layer_parts import (
    compute_shares,
    find_tie_range_kind,
    open_layer,
    restrict_to_groups,
)
from plfkit.measures.engine.options import TieOptions
from plfkit.measures.engine.registered import check_kinds
from plfkit.measures.engine.silence import (
    PAIRS,
    explain_missing,
    find_node_schools,
    scale_up_ties,
)
from plfkit.measures.ties.group_sharing import GroupSharing
from plfkit.measures.ties.tie_defaults import PAIRED_WITH_THEMSELVES, measure_ties
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
    pieces = []
    for part, layer in cut:
        here = resolve_grouping(snapshot, groups, held=cut.find_held_positions(part, groups))
        inside = restrict_to_groups(layer, here)
        members = inside.build_members([persons for _, persons in here])
        contacts = _ContactEstimator(members, find_node_schools(snapshot, inside))
        pieces.append(Piece(part=part, layer=inside, estimator=contacts))
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
        members: Nodes in groups.
        schools: The school of each node.
    """

    members: Members
    schools: Numbers

    @property
    def sharing(self) -> GroupSharing:
        """Which nodes share a group."""
        return GroupSharing(self.members)

    def __call__(self, layer: Layer) -> Estimate:
        both = layer.symmetrise_ties()
        if layer.n < 2:  # noqa: PLR2004 - a pair
            nothing = np.array([np.nan])
            return Estimate(value=nothing, reasons=[Reason.TOO_FEW_PEOPLE], expected=nothing)
        leaving = self._count_ties(both, self.members)
        # One group with nobody in it: all pairs leave, and all ties are counted.
        nobody = sparse.csr_array((layer.n, 1))
        expected = self._count_ties(both, nobody) * self._compute_leaving_share(layer.n)
        return Estimate(
            # A tied pair is a contact of two people.
            value=np.array([2 * leaving / layer.n]),
            reasons=[explain_missing(both) if np.isnan(leaving) else None],
            expected=np.array([2 * expected / layer.n]),
        )

    def _count_ties(self, both: Layer, members: Members) -> float:
        """Count the tied pairs that share no group, scaled up in each school and between schools."""
        everywhere = _count_leaving_pairs(both, members)
        if both.observation is None or both.observation.whole:
            return everywhere[0]
        nodes = [np.flatnonzero(self.schools == school) for school in np.unique(self.schools)]
        inside = np.array([_count_leaving_pairs(both.keep_nodes(at), members[at]) for at in nodes])
        # What lies within no school lies between schools: the last stratum.
        strata = np.vstack([inside, np.array(everywhere) - inside.sum(axis=0)])
        return scale_up_ties(*strata.T)

    def bounds(self, layer: Layer) -> Bounds:
        """Return the mean along told ties, and along all that could be named."""
        observation = layer.observation
        if observation is None or not layer.n:
            return make_unknown_bounds(1)
        sources, targets = layer.symmetrise_ties().list_arcs()
        leaving = ~self.sharing.mark_sharing_pairs(sources, targets)
        certain = float(leaving.sum())
        most = certain + 2 * self._count_nameable_pairs(layer, observation)
        kind = find_tie_range_kind(layer, exact_under_caps=False)
        return Bounds(np.array([certain / layer.n]), np.array([most / layer.n]), kind)

    def _count_nameable_pairs(self, layer: Layer, observation: Observation) -> float:
        """Count the pairs at most that share no group, of which nobody told, and that may be tied.

        Both sides may tell of a pair, so it takes one of the two to name it: as many pairs as there
        are, and no more than those names that silent people had left.
        """
        sources, targets = layer.symmetrise_ties().list_arcs()
        leaving = ~self.sharing.mark_sharing_pairs(sources, targets)
        where = mark_open_classes(observation)
        told = where[observation.codes[sources], observation.codes[targets]]
        # Open pairs that somebody told of are counted as certain already.
        pairs = self.sharing.count_pair_mates(observation, where)[0].sum() - (leaving & told).sum()
        names = 0.0
        for asked, cap in ((True, observation.cap[observation.codes]), (False, np.inf)):
            unheard = ~observation.told & (observation.asked == asked)
            tied = unheard[observation.codes[sources], observation.codes[targets]] & leaving
            others = self.sharing.count_pair_mates(observation, unheard)[0]
            # Somebody silent with 9 to name, 2 of them tied already, and room for 5 names: 5.
            others -= np.bincount(sources[tied], minlength=layer.n)
            names += float(np.minimum(others, cap).sum())
        # A pair was met from both its ends; a name is one person's.
        return min(float(pairs) / 2, names)

    def _compute_leaving_share(self, n: int) -> float:
        """Return the share of pairs of people that share no group."""
        # Teams of 2 and 1 have 4 + 1 ordered pairs inside, 3 of them somebody with themselves: 2 of
        # 6, so 2 / 3 leave.
        pairs = n * (n - 1)
        return 1 - (self.sharing.count_sharing_pairs() - n) / pairs if pairs else 0.0


def _count_leaving_pairs(both: Layer, members: Members) -> tuple[float, float, float]:
    """Count pairs that share no group: tied ones among those observed, those observed, and all."""
    sharing = GroupSharing(members)
    sources, targets = unpack_arcs(both.keep_observed_ties())
    ties = float((~sharing.mark_sharing_pairs(sources, targets)).sum()) / 2
    everybody = Observation.complete(both.n, directed=False)
    # Halved: each pair stands once at either end.
    pairs = float(sharing.count_pair_mates(everybody, everybody.told)[0].sum()) / 2
    if both.observation is None:
        return ties, pairs, pairs
    seen = sharing.count_pair_mates(both.observation, both.observation.seen)[0]
    return ties, float(seen.sum()) / 2, pairs


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
    pieces = []
    for part, layer in cut:
        here = resolve_grouping(snapshot, unit, held=cut.find_held_positions(part, unit))
        inside = restrict_to_groups(layer, here)
        contact = _UnitContact.of(snapshot, inside, here)
        pieces.append(
            Piece(
                part=part,
                layer=inside,
                estimator=contact,
                certain_only=True,
            )
        )
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
        staff: Whose contact is asked about.
    """

    members: Members
    staff: Flags

    @classmethod
    def of(cls, snapshot: Snapshot, layer: Layer, units: Grouping) -> _UnitContact:
        """Look up the units of a layer's people, and who of them counts as staff."""
        members = layer.build_members([persons for _, persons in units])
        return cls(members, snapshot.staff[layer.persons])

    def _explain_no_contact(self) -> str | None:
        if not self.staff.any():
            return Reason.NO_STAFF
        there = np.asarray(self.members.sum(axis=0)) > 0
        return Reason.ONE_UNIT if there.sum() < 2 else None  # noqa: PLR2004 - one and another

    def __call__(self, layer: Layer) -> Estimate:
        reason = self._explain_no_contact()
        count = int(self.staff.sum())
        return estimate_share(self._mark_told_contacts(layer).sum(), count, reason, n=count)

    def _mark_told_contacts(self, layer: Layer) -> Flags:
        """Tell which of the staff have such a contact along told ties."""
        sources, targets = layer.symmetrise_ties().list_arcs()
        leaving = ~GroupSharing(self.members).mark_sharing_pairs(sources, targets)
        return (np.bincount(sources[leaving], minlength=layer.n) > 0) & self.staff

    def bounds(self, layer: Layer) -> Bounds:
        """Return the share along told ties, and along all that could be."""
        observation = layer.observation
        if observation is None or self._explain_no_contact():
            return make_unknown_bounds(1)
        sharing = GroupSharing(self.members)
        may = sharing.count_pair_mates(observation, mark_open_classes(observation))[0] > 0
        told = self._mark_told_contacts(layer)
        count = np.array([self.staff.sum()])
        ends = (np.array([mask.sum()]) for mask in (told, told | (may & self.staff)))
        lower, upper = (compute_shares(end, count) for end in ends)
        return Bounds(lower, upper, find_tie_range_kind(layer, exact_under_caps=False))
