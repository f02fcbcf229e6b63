"""Support: who is sought for advice among those appointed to give it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Unpack

import numpy as np

from plfkit.arrays import Flags
from plfkit.graph.groups import GroupSpec, look_up_members, resolve_grouping
from plfkit.graph.layers import Layer
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.engine.catalogue import OWN_DEFINITION
from plfkit.measures.engine.estimates import Estimator
from plfkit.measures.engine.estimating import OBSERVED, measure_pieces
from plfkit.measures.engine.layer_counts import sum_by_part
from plfkit.measures.engine.layer_parts import LayerParts, open_layer
from plfkit.measures.engine.options import TieOptions
from plfkit.measures.engine.pieces import Piece
from plfkit.measures.engine.registered import check_kinds
from plfkit.measures.engine.silence import TOLD, find_node_schools
from plfkit.measures.ties.appointed import (
    AdviceConcentration,
    FormalAdvice,
    SchoolDependence,
    SoughtShare,
    SupportLoad,
)
from plfkit.measures.ties.tie_defaults import LEAVING_OUT, measure_appointed
from plfkit.model.results.result import MeasureFunction, Result
from plfkit.model.words.figure_classes import FigureClass
from plfkit.model.words.kinds import Label


@measure_appointed(
    label=Label(da="Sparring hos dem, der er udpeget", en="Advice sought from those appointed"),
    tells=Label(
        da="Hvor stor en del af kollegernes faglige sparring der søges hos dem, der er udpeget til at "
        "give den: formelt ansvar mod faktisk brug.",
        en="How large a part of colleagues' advice is sought from those appointed to give it: formal "
        "duty against actual use.",
    ),
    beware=Label(
        da="Sparring hos andre kan være lige så god; tallet er ingen dom over nogen.",
        en="Advice from others may be as good; the figure judges nobody.",
    ),
    example={"relation": "advice"},
    no_interval=None,
    intervals=LEAVING_OUT,
    no_null="what choosing at random whom to ask would give stands beside it by a formula",
)
def formal_advice(
    snapshot: Snapshot,
    *,
    relation: str,
    target: str = "resource_person",
    by: GroupSpec | None = None,
    survey: str | None = None,
    **options: Unpack[TieOptions],
) -> Result:
    """Return the share of ties from people outside a group that run to the group.

    Formula:
        ties from outside the group to it / ties from outside the group.

    The value is the share of ties told by those who answered. In the range every unobserved tie
    runs past the group, or to it; with a limit on names it is an outer bound. ``expected`` is the
    group's share of the people one can ask.

    Beware:
        Advice from others may be as good; the figure judges nobody.

    Args:
        snapshot: The moment.
        relation: Which ties, from seeker to sought.
        target: The group: a level, role or community kind, or ``"resource_person"``.
        by: One figure for each of these groups, within it.
        survey: Which survey, if several asked.
        options: What every measure of ties takes: see `plfkit.measures.TieOptions`.

    Returns:
        One figure for each part; ``numerator`` counts ties to the group, ``denominator`` ties of those
        outside. Undefined where nobody is in the group, and without such ties.

    Raises:
        MeasureError: There is no such relation or survey.
        UnknownGroupError: There is no such target, or people cannot be grouped by `by`.

    Source:
        plfkit's own definition.

    Examples:
        Ann and Bo seek the coach Cy, and Bo seeks Ann: 2 of 3 ties run to the coach.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(
        ...     positions=["ann,bo s teacher", "cy s maths_coach"],
        ...     ties=["ann,bo cy advice", "bo ann advice"],
        ... )
        >>> [figure] = formal_advice(now, relation="advice")
        >>> figure.numerator, figure.denominator, round(figure.value, 2)
        (2.0, 3.0, 0.67)
    """
    cut = open_layer(formal_advice, snapshot, relation, options=options, by=by, survey=survey)
    return _measure_target(
        formal_advice, cut, target, lambda group, _: FormalAdvice(group), method=OBSERVED
    )


@measure_appointed(
    label=Label(
        da="Udpegede, som kolleger søger sparring hos", en="Appointed people whom colleagues seek"
    ),
    tells=Label(
        da="Hvor stor en del af dem, der er udpeget, som mindst så mange kolleger søger sparring hos.",
        en="How large a part of those appointed is sought for advice by at least so many colleagues.",
    ),
    beware=Label(
        da="Spørgeskemaet fanger ikke al støtte: meget sker i forløb og møder.",
        en="A survey does not catch all support: much of it happens in programmes and meetings.",
    ),
    example={"relation": "advice", "at_least": 2},
)
def sought_share(
    snapshot: Snapshot,
    *,
    relation: str,
    target: str = "resource_person",
    at_least: int = 1,
    by: GroupSpec | None = None,
    survey: str | None = None,
    **options: Unpack[TieOptions],
) -> Result:
    """Return the share of a group whom people outside it seek.

    Formula:
        people of the group whom at least so many outside it seek / people of the group.

    Where some did not answer, people whom nobody named may still be sought, so there is a value
    only if no answer could change it. The range goes from told ties to every unobserved one; with a
    limit on names it is an outer bound.

    Beware:
        A survey does not catch all support: much of it happens in programmes and meetings.

    Args:
        snapshot: The moment.
        relation: Which ties, from seeker to sought.
        target: The group: a level, role or community kind, or ``"resource_person"``.
        at_least: By how many people each must be sought.
        by: One figure for each of these groups, within it.
        survey: Which survey, if several asked.
        options: What every measure of ties takes: see `plfkit.measures.TieOptions`.

    Returns:
        One figure for each part; ``numerator`` counts those sought, ``denominator`` and ``n`` the
        group. Undefined where nobody is in the group or outside it, and where silent people could seek
        one of the group.

    Raises:
        MeasureError: There is no such relation or survey.
        UnknownGroupError: There is no such target, or people cannot be grouped by `by`.

    Source:
        plfkit's own definition.

    Examples:
        Ann and Bo seek the coach Cy, and nobody the coach Dan.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(
        ...     positions=["ann,bo s teacher", "cy,dan s maths_coach"], ties=["ann,bo cy advice"]
        ... )
        >>> sought_share(now, relation="advice").item()
        0.5
    """
    cut = open_layer(sought_share, snapshot, relation, options=options, by=by, survey=survey)
    return _measure_target(
        sought_share, cut, target, lambda group, _: SoughtShare(group, at_least), method=None
    )


@measure_appointed(
    label=Label(
        da="Kolleger, der søger sparring hos hver udpeget", en="Seekers of each person appointed"
    ),
    tells=Label(
        da="Hvor mange kolleger der søger sparring hos hver af dem, der er udpeget, i gennemsnit.",
        en="How many colleagues seek advice from each of those appointed, on average.",
    ),
    beware=Label(
        da="Et højt tal er travlhed for den, der spørges; et lavt siger ikke, at støtten er dårlig.",
        en="A high figure is a load on those asked; a low one does not say that support is poor.",
    ),
    scale="index",
    example={"relation": "advice"},
)
def support_load(
    snapshot: Snapshot,
    *,
    relation: str,
    target: str = "resource_person",
    by: GroupSpec | None = None,
    survey: str | None = None,
    **options: Unpack[TieOptions],
) -> Result:
    """Return how many people outside a group seek each of its people, on average.

    Formula:
        ties from outside the group to it / people of the group.

    Where some did not answer, told ties are scaled up: they are divided, school by school, by the
    share of those outside the group who answered. The range goes from told ties to as many as
    silent people could have named.

    Beware:
        A high figure is a load on those asked; a low one does not say that support is poor.

    Args:
        snapshot: The moment.
        relation: Which ties, from seeker to sought.
        target: The group: a level, role or community kind, or ``"resource_person"``.
        by: One figure for each of these groups, within it.
        survey: Which survey, if several asked.
        options: What every measure of ties takes: see `plfkit.measures.TieOptions`.

    Returns:
        One figure for each part. Undefined where nobody is in the group or outside it, and where nobody
        answered.

    Raises:
        MeasureError: There is no such relation or survey.
        UnknownGroupError: There is no such target, or people cannot be grouped by `by`.

    Source:
        plfkit's own definition.

    Examples:
        Ann and Bo seek the coach Cy, and nobody the coach Dan: two ties, two coaches.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(
        ...     positions=["ann,bo s teacher", "cy,dan s maths_coach"], ties=["ann,bo cy advice"]
        ... )
        >>> support_load(now, relation="advice").item()
        1.0
    """
    cut = open_layer(support_load, snapshot, relation, options=options, by=by, survey=survey)
    return _measure_target(
        support_load,
        cut,
        target,
        lambda group, layer: SupportLoad(group, find_node_schools(snapshot, layer)),
        method=TOLD,
    )


@measure_appointed(
    label=Label(da="Sparring hos den mest søgte", en="Advice from the most sought-after"),
    tells=Label(
        da="Hvor stor en del af den sparring, der søges hos de udpegede, der falder på den mest søgte "
        "af dem.",
        en="How large a part of the advice sought from those appointed falls to the most sought-after "
        "of them.",
    ),
    beware=Label(
        da="Et højt tal siger, at støtten hviler på få, ikke at nogen gør det forkert.",
        en="A high figure says that support rests on few, not that anybody does wrong.",
    ),
    extreme=True,
    reference=f"{OWN_DEFINITION}; the largest share, because few people make Gini meaningless",
    example={"relation": "advice", "target": "resource_person"},
)
def advice_concentration(
    snapshot: Snapshot,
    *,
    relation: str,
    target: str,
    survey: str | None = None,
    **options: Unpack[TieOptions],
) -> Result:
    """Return the share of ties to a group that run to the most sought-after of its people.

    Formula:
        ties to the most sought-after of the group / ties from outside the group to it.

    Ties from people outside the group count. Where some did not answer there is a value only if no
    answer could change it, because another one may be sought most. The range has the unobserved
    ties go to the best single person, or be spread so that the greatest share is least; with a
    limit on names it is an outer bound.

    Beware:
        A high figure says that support rests on few, not that anybody does wrong.

    Args:
        snapshot: The moment.
        relation: Which ties, from seeker to sought.
        target: The group: a level, role or community kind, or ``"resource_person"``.
        survey: Which survey, if several asked.
        options: What every measure of ties takes: see `plfkit.measures.TieOptions`.

    Returns:
        One figure; ``numerator`` and ``denominator`` count ties. Undefined where nobody is in the
        group, without such ties, and where silent people could change it.

    Raises:
        MeasureError: There is no such relation or survey.
        UnknownGroupError: There is no such target.

    Source:
        plfkit's own definition; the largest share, because few people make Gini meaningless.

    Examples:
        Two seek the coach Cy, and one the coach Dan: 2 of 3 ties.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(
        ...     positions=["ann,bo s teacher", "cy,dan s maths_coach"],
        ...     ties=["ann,bo cy advice", "bo dan advice"],
        ... )
        >>> [figure] = advice_concentration(now, relation="advice", target="maths_coach")
        >>> figure.numerator, figure.denominator, round(figure.value, 2)
        (2.0, 3.0, 0.67)
    """
    cut = open_layer(advice_concentration, snapshot, relation, options=options, survey=survey)
    return _measure_target(
        advice_concentration, cut, target, lambda group, _: AdviceConcentration(group), method=None
    )


def _measure_target(
    measure: MeasureFunction,
    cut: LayerParts,
    target: str,
    make_estimator: Callable[[Flags, Layer], Estimator],
    *,
    method: str | None,
) -> Result:
    """Compute a figure of a group for each part; without a method, only where it is certain."""
    group = cut.mark_target(target)
    pieces = [
        Piece(
            parts=parts,
            estimator=make_estimator(group[parts.nodes], parts.layer),
            certain_only=method is None,
        )
        for parts in cut.sort_parts()
    ]
    counts = sum_by_part(cut.laid_out, group).astype(np.int64).tolist()
    sizes = {(part, target): count for part, count in zip(cut.labels, counts, strict=True)}
    return measure_pieces(measure, cut, pieces, variant=target, sizes=sizes, method=method)


@measure_appointed(
    label=Label(da="Skoler, der afhænger af én person", en="Schools that depend on one person"),
    tells=Label(
        da="På hvor mange skoler mere end halvdelen af den sparring, der søges hos de udpegede, går "
        "til én og samme person.",
        en="At how many schools more than half of the advice sought from those appointed goes to one "
        "and the same person.",
    ),
    beware=Label(
        da="Skoler, der kun har én at spørge, tæller ikke med. At én er mest søgt, kan være et valg.",
        en="Schools that have only one to ask do not count. That one is sought most may be a choice.",
    ),
    figure_class=FigureClass.ORGANISATIONAL,
    scale="count",
    tables=("persons", "positions", "ties", "units"),
    counts_people=False,
    example={"relation": "advice"},
)
def schools_on_one_person(
    snapshot: Snapshot,
    *,
    relation: str,
    target: str = "resource_person",
    unit: str = "school",
    survey: str | None = None,
    **options: Unpack[TieOptions],
) -> Result:
    """Return how many schools have more than half of their support from one person.

    Formula:
        the number of schools at which 2 · ties to the most sought-after > all ties to the group.

    For each school, ties count that run from its people outside the group to people of the group,
    wherever these work. Schools without such ties are not counted, nor are those with fewer than
    two people of the group: where there is only one to ask, all ties go to that one. Where some did
    not answer there is a value only if no answer could change it. In the range every unobserved tie
    goes to one person, or past that one; it is an outer bound.

    Beware:
        Schools that have only one to ask do not count. That one is sought most may be a choice.

    Args:
        snapshot: The moment.
        relation: Which ties, from seeker to sought.
        target: The group: a level, role or community kind, or ``"resource_person"``.
        unit: The kind of unit.
        survey: Which survey, if several asked.
        options: What every measure of ties takes: see `plfkit.measures.TieOptions`.

    Returns:
        One figure, a number of schools; ``denominator`` counts the schools with such ties, ``n`` the
        fewest people who ask at one of them. Undefined where no school with two of the group has such
        ties, and where silent people could change it.

    Raises:
        MeasureError: There is no such relation or survey.
        UnknownGroupError: There is no such target or unit kind.

    Source:
        plfkit's own definition.

    Examples:
        Of the three ties at the school two run to Cy, which is more than half.

        >>> from plfkit.testing import build_moment
        >>> now = build_moment(
        ...     positions=["ann,bo s teacher", "cy,dan s maths_coach"],
        ...     ties=["ann,bo cy advice", "bo dan advice"],
        ... )
        >>> schools_on_one_person(now, relation="advice", target="maths_coach").item()
        1.0
    """
    check_kinds(snapshot, "unit_kinds", (unit,))
    cut = open_layer(schools_on_one_person, snapshot, relation, options=options, survey=survey)
    [parts] = cut.sort_parts()
    layer = parts.layer
    appointed = np.zeros(len(snapshot.person_ids), np.bool_)
    appointed[look_up_members(snapshot, target)] = True
    at_schools = resolve_grouping(snapshot, unit)
    schools = layer.build_members(
        persons
        for (_, persons), count in zip(at_schools, at_schools.count_among(appointed), strict=True)
        if count > 1
    )
    hanging = SchoolDependence(appointed[layer.persons], schools)
    piece = Piece(parts=parts, estimator=hanging, certain_only=True)
    return measure_pieces(schools_on_one_person, cut, [piece], variant=target, method=None)
