"""Characteristics: which of a framework's characteristics communities show."""

from __future__ import annotations

from typing import Unpack

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from plfkit.errors import MeasureError
from plfkit.graph.assessments import assessments
from plfkit.graph.communities import Communities, communities, community_units, places
from plfkit.graph.events import events_of
from plfkit.graph.logs import logs
from plfkit.graph.snapshot import Snapshot
from plfkit.graph.teaching import TeachingTime
from plfkit.measures.cases import Cases
from plfkit.measures.catalogue import measure
from plfkit.measures.columns import ASSESSMENTS, COMMUNITIES, EVENTS, STAFF, UNITS
from plfkit.measures.options import Options, how
from plfkit.measures.registered import check_kinds, register_result
from plfkit.measures.standing import evidence_for, evidence_kinds
from plfkit.model.kinds import Label
from plfkit.model.result import Figure, Result

ROUNDING = 1e-9

Flags = NDArray[np.bool_]


@measure(
    label=Label(
        da="Fællesskaber, der har kendetegnene", en="Communities that show the characteristics"
    ),
    tells=Label(
        da="Hvor stor en del af fællesskaberne der har mindst så mange kendetegn efter egen vurdering "
        "eller efter registrerede møder.",
        en="How large a part of the communities shows at least so many characteristics by their own "
        "assessment or by registered meetings.",
    ),
    beware=Label(
        da="Fællesskaberne vurderer sig selv, ofte mildt, og strenge vurderinger giver lavere tal end milde; "
        "se tallene for hvert kendetegn.",
        en="Communities assess themselves, often mildly, and strict assessments give lower figures than "
        "mild ones; look at each characteristic.",
    ),
    figure_class="answers",
    tables=("communities", "memberships", "surveys", "answers"),
    columns=(*STAFF, *UNITS, *COMMUNITIES, *EVENTS, *ASSESSMENTS),
    counts_people=False,
    reference="plfkit's own definition, on the characteristics of the framework",
    no_null="what communities say and do is compared with nothing",
    no_interval="every community is asked, so nothing is left to chance",
)
def characteristics_profile(
    snapshot: Snapshot,
    *,
    framework: str = "five_characteristics",
    at_least: int = 4,
    threshold: float | None = None,
    by: str | None = None,
    **options: Unpack[Options],
) -> Result:
    """Return the share of communities that show at least so many characteristics of a framework.

    A community shows one when it sees itself at least `threshold` of the way up the scale, or when it
    held at least six events that are evidence for it, in at least four of the school year's five
    stretches of two months (a *convention*, `plfkit.model.standards.Standards`). One that did not
    assess itself on all of them, or whose log of such events has gaps, has no part in the value, and
    widens the range.

    Args:
        snapshot: The moment.
        framework: Whose characteristics.
        at_least: How many of them.
        threshold: How far up the scale, from 0 to 1; the standard `clear` if left out, two thirds or
            3 on a scale from 1 to 4.
        by: One figure for each of these units, a unit kind.
        options: What every measure takes; nothing here rests on chance.

    Returns:
        One figure for each part; ``numerator`` and ``denominator`` count communities of which it is
        known, ``n`` their people. Undefined without communities, and where it is known of none.

    Raises:
        MeasureError: There are fewer characteristics than `at_least`, or the threshold is none.
        UnknownGroupError: There is no such framework or unit kind.
    """
    how(characteristics_profile, options)
    check_kinds(snapshot, "frameworks", (framework,))
    wanted = snapshot.vocabulary.frameworks[framework].characteristics
    if not 1 <= at_least <= len(wanted):
        raise MeasureError(f"{framework} has {len(wanted)} characteristics: at_least is among them")
    clear = snapshot.standards.clear if threshold is None else threshold
    if not 0 < clear <= 1:
        raise MeasureError(f"a threshold lies between 0 and 1, not at {clear:g}")
    known = communities(snapshot)
    shown = _shown(snapshot, known, wanted, clear)
    surely, possibly = (mask.sum(axis=1) >= at_least for mask in (shown.yes, shown.maybe))
    cases = Cases(surely, possibly, shown.whole)
    rows = list(_by_part(snapshot, known, cases, by))
    return register_result(
        snapshot,
        characteristics_profile,
        rows,
        variant=f"{framework}, at least {at_least}",
        by=by,
        needs=shown.needs,
        questions=(f"{framework}, {clear:.3g}",),
        evidence={"communities": int(known.established.sum())},
    )


@frozen(eq=False)
class _Shown:
    """Which characteristics (columns) communities (rows) show.

    Attributes:
        yes: Those they show for certain.
        maybe: Those they may show.
        whole: Of which communities everything is known.
        needs: What would have to be registered for everything to be known of all.
    """

    yes: Flags
    maybe: Flags
    whole: Flags
    needs: tuple[str, ...]


def _shown(
    snapshot: Snapshot, known: Communities, wanted: tuple[str, ...], threshold: float
) -> _Shown:
    scores = assessments(snapshot, known.ids, wanted).scores
    told = ~np.isnan(scores)
    clear = told & (np.nan_to_num(scores) >= threshold - ROUNDING)
    events, kinds = events_of(snapshot), evidence_kinds(snapshot, wanted)
    whose = events.communities(known.ids)
    time = TeachingTime.of(snapshot, known.ids)
    kept_up = [
        time.keeps_up(np.where(evidence_for(snapshot, events, one), whose, -1), events.dates)
        for one in wanted
    ]
    asked, at = logs(snapshot, kinds), community_units(snapshot, known.ids)
    complete = asked.all_of(at) & time.tells
    yes = clear | np.stack(kept_up, axis=1)
    there = known.established
    untold = () if told[there].all() else ("answers",)
    return _Shown(
        yes=yes,
        maybe=yes | ~told | ~complete[:, None],
        whole=told.all(axis=1) & complete,
        needs=(*untold, *asked.needs(np.unique(at[there]))),
    )


def _by_part(snapshot: Snapshot, known: Communities, cases: Cases, by: str | None) -> list[Figure]:
    """Return the share of communities with enough members, of each unit or of all."""
    if by is None:
        return [_share(known, cases, known.established, None)]
    check_kinds(snapshot, "unit_kinds", (by,))
    at = places(snapshot, by, known.ids)
    units = snapshot.units.column("id").categories
    wanted = {unit.id for unit in snapshot.units if unit.kind == by}
    return [
        _share(known, cases, known.established & (at == place), unit)
        for place, unit in enumerate(units)
        if unit in wanted
    ]


def _share(known: Communities, cases: Cases, which: Flags, part: str | None) -> Figure:
    people = len(np.unique(known.persons[which[known.numbers]]))
    return cases.take(which).share(part=part, people=people, empty="no_communities")
