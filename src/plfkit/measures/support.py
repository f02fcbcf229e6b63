"""Support: who is sought for advice among those appointed to give it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Unpack

import numpy as np
from numpy.typing import NDArray

from plfkit.graph.groups import GroupSpec, grouping, members_of
from plfkit.graph.layers import Layer
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.appointed import Concentration, Formal, Hanging, Load, Ranged, Sought
from plfkit.measures.catalogue import Measured, measure
from plfkit.measures.columns import COMMUNITIES, LAYER, STAFF, UNITS
from plfkit.measures.estimating import OBSERVED, Piece, measured
from plfkit.measures.options import How, TieOptions, how
from plfkit.measures.parts import parts
from plfkit.measures.registered import check_kinds
from plfkit.measures.silence import TOLD, schools_of
from plfkit.model.kinds import Label
from plfkit.model.result import Result

COLUMNS = (*LAYER, *STAFF, *UNITS, *COMMUNITIES)
TABLES = ("persons", "positions", "ties")
OWN = "plfkit's own definition"
NO_INTERVAL = "ties to few people hang together, so drawing people anew does not tell how they vary"
NO_NULL = "who is appointed is nobody's chance"

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]


@measure(
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
    figure_class="answers",
    tables=TABLES,
    columns=COLUMNS,
    reference=OWN,
    no_null="what choosing at random whom to ask would give stands beside it by a formula",
    no_interval=NO_INTERVAL,
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

    The value is the share of ties told by those who answered. The range has every unobserved tie run
    past the group, or to it; with a limit on names it is an outer bound. ``expected`` is the group's
    share of the people one can ask.

    Args:
        snapshot: The moment.
        relation: Which ties, from seeker to sought.
        target: The group: a level, role or community kind, or ``"resource_person"``.
        by: One figure for each of these groups, within it.
        survey: Which survey, if several asked.
        options: What every measure takes: see `plfkit.measures.Options`.

    Returns:
        One figure for each part; ``numerator`` counts ties to the group, ``denominator`` ties of those
        outside. Undefined where nobody is in the group, and without such ties.

    Raises:
        MeasureError: There is no such relation or survey.
        UnknownGroupError: There is no such target, or people cannot be grouped by `by`.
    """
    asked = how(formal_advice, options, TieOptions)

    def formal(group: Flags, _layer: Layer) -> Formal:
        return Formal(group)

    return _measured(snapshot, formal_advice, relation, target, by, survey, asked, formal, OBSERVED)


@measure(
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
    figure_class="answers",
    tables=TABLES,
    columns=COLUMNS,
    reference=OWN,
    no_null=NO_NULL,
    no_interval=NO_INTERVAL,
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

    Where some did not answer, somebody nobody named may yet be sought, so there is a value only if no
    answer could change it. The range goes from told ties to every unobserved one; with a limit on
    names it is an outer bound.

    Args:
        snapshot: The moment.
        relation: Which ties, from seeker to sought.
        target: The group: a level, role or community kind, or ``"resource_person"``.
        at_least: By how many people each must be sought.
        by: One figure for each of these groups, within it.
        survey: Which survey, if several asked.
        options: What every measure takes: see `plfkit.measures.Options`.

    Returns:
        One figure for each part; ``numerator`` counts those sought, ``denominator`` and ``n`` the
        group. Undefined where nobody is in the group or outside it, and where silent people could seek
        one of the group.

    Raises:
        MeasureError: There is no such relation or survey.
        UnknownGroupError: There is no such target, or people cannot be grouped by `by`.
    """
    asked = how(sought_share, options, TieOptions)

    def sought(group: Flags, _layer: Layer) -> Sought:
        return Sought(group, at_least)

    return _measured(snapshot, sought_share, relation, target, by, survey, asked, sought, None)


@measure(
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
    figure_class="answers",
    scale="index",
    tables=TABLES,
    columns=COLUMNS,
    reference=OWN,
    no_null=NO_NULL,
    no_interval=NO_INTERVAL,
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

    Where some did not answer, told ties are scaled up: over the share of those outside the group who
    answered, school by school. The range goes from told ties to as many as silent people could have
    named.

    Args:
        snapshot: The moment.
        relation: Which ties, from seeker to sought.
        target: The group: a level, role or community kind, or ``"resource_person"``.
        by: One figure for each of these groups, within it.
        survey: Which survey, if several asked.
        options: What every measure takes: see `plfkit.measures.Options`.

    Returns:
        One figure for each part. Undefined where nobody is in the group or outside it, and where nobody
        answered.

    Raises:
        MeasureError: There is no such relation or survey.
        UnknownGroupError: There is no such target, or people cannot be grouped by `by`.
    """
    asked = how(support_load, options, TieOptions)

    def load(group: Flags, layer: Layer) -> Load:
        return Load(group, schools_of(snapshot, layer))

    return _measured(snapshot, support_load, relation, target, by, survey, asked, load, TOLD)


@measure(
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
    figure_class="answers",
    extreme=True,
    tables=TABLES,
    columns=COLUMNS,
    reference="plfkit's own definition; the largest share, because few people make Gini meaningless",
    no_null=NO_NULL,
    no_interval=NO_INTERVAL,
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

    Ties from people outside the group count. Where some did not answer there is a value only if no
    answer could change it: who is sought most may be another. The range has the unobserved ties go to
    the best single person, or be spread so that the greatest share is least; with a limit on names it
    is an outer bound.

    Args:
        snapshot: The moment.
        relation: Which ties, from seeker to sought.
        target: The group: a level, role or community kind, or ``"resource_person"``.
        survey: Which survey, if several asked.
        options: What every measure takes: see `plfkit.measures.Options`.

    Returns:
        One figure; ``numerator`` and ``denominator`` count ties. Undefined where nobody is in the
        group, without such ties, and where silent people could change it.

    Raises:
        MeasureError: There is no such relation or survey.
        UnknownGroupError: There is no such target.
    """
    asked = how(advice_concentration, options, TieOptions)

    def most_sought(group: Flags, _layer: Layer) -> Concentration:
        return Concentration(group)

    return _measured(
        snapshot, advice_concentration, relation, target, None, survey, asked, most_sought, None
    )


def _measured(  # noqa: PLR0917 - what four measures have in common
    snapshot: Snapshot,
    function: Measured,
    relation: str,
    target: str,
    by: GroupSpec | None,
    survey: str | None,
    asked: How,
    estimator: Callable[[Flags, Layer], Ranged],
    method: str | None,
) -> Result:
    """Compute a figure of a group for each part; without a method, only where it is certain."""
    cut = parts(snapshot, relation, how=asked, by=by, survey=survey)
    pieces, sizes = [], {}
    for part, layer in cut:
        goal = members_of(snapshot, target, held=cut.held(part, target))
        group = np.isin(np.arange(layer.n), layer.nodes_of(goal))
        sizes[part, target] = int(group.sum())
        one = estimator(group, layer)
        pieces.append(
            Piece(
                part=part,
                layer=layer,
                estimator=one,
                bounds=one.bounds,
                certain_only=method is None,
            )
        )
    return measured(cut, function, pieces, asked, variant=target, sizes=sizes, method=method)


@measure(
    label=Label(da="Skoler, der afhænger af én person", en="Schools that depend on one person"),
    tells=Label(
        da="På hvor mange skoler mere end halvdelen af den sparring, der søges hos de udpegede, går "
        "til én og samme person.",
        en="At how many schools more than half of the advice sought from those appointed goes to one "
        "and the same person.",
    ),
    beware=Label(
        da="Har en skole kun én ressourceperson at spørge, er mere end halvdelen givet på forhånd: spørg, "
        "hvor mange der er, før tallet bruges.",
        en="Where a school has one resource person only to ask, more than half is settled beforehand: ask "
        "how many there are before using the figure.",
    ),
    figure_class="organisational",
    scale="count",
    tables=(*TABLES, "units"),
    columns=COLUMNS,
    counts_people=False,
    reference=OWN,
    no_null=NO_NULL,
    no_interval=NO_INTERVAL,
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

    Of each school the ties count that run from its people outside the group to people of the group,
    wherever these work. Schools without such ties are not counted. Where some did not answer there is a
    value only if no answer could change it. The range has every unobserved tie go to one person, or
    past that one; it is an outer bound.

    Args:
        snapshot: The moment.
        relation: Which ties, from seeker to sought.
        target: The group: a level, role or community kind, or ``"resource_person"``.
        unit: The kind of unit.
        survey: Which survey, if several asked.
        options: What every measure takes: see `plfkit.measures.Options`.

    Returns:
        One figure, a number of schools; ``denominator`` counts the schools with such ties, ``n`` the
        fewest people who ask at one of them. Undefined where there are no such ties, and where silent
        people could change it.

    Raises:
        MeasureError: There is no such relation or survey.
        UnknownGroupError: There is no such target or unit kind.
    """
    asked = how(schools_on_one_person, options, TieOptions)
    check_kinds(snapshot, "unit_kinds", (unit,))
    cut = parts(snapshot, relation, how=asked, by=None, survey=survey)
    (_, layer), *_ = cut
    schools = layer.members([persons for _, persons in grouping(snapshot, unit)])
    group = np.isin(np.arange(layer.n), layer.nodes_of(members_of(snapshot, target)))
    hanging = Hanging(group, schools)
    piece = Piece(
        part=None, layer=layer, estimator=hanging, bounds=hanging.bounds, certain_only=True
    )
    return measured(cut, schools_on_one_person, [piece], asked, variant=target, method=None)
