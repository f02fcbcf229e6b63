"""Persistence: which communities last from one year to the next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

from attrs import evolve

from plfkit.graph.cases import set_share_value
from plfkit.graph.communities import pick_ids
from plfkit.graph.snapshot import Snapshot
from plfkit.graph.standing import ACTIVE
from plfkit.measures.engine.layer_counts import compute_share
from plfkit.measures.engine.options import Options, resolve_options
from plfkit.measures.logs.log_defaults import measure_meetings
from plfkit.measures.logs.years import (
    build_years_result,
    explain_no_communities,
    read_two_years,
)
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.kinds import Label


@measure_meetings(
    label=Label(da="Fællesskaber, der fortsætter", en="Communities that last"),
    tells=Label(
        da="Hvor stor en del af sidste års aktive fællesskaber der også er aktive i år.",
        en="How large a part of last year's active communities is active this year too.",
    ),
    beware=Label(
        da="Et fællesskab kan slutte, fordi dets opgave er løst.",
        en="A community may end because its task is done.",
    ),
    over_years=True,
)
def community_persistence(moments: Sequence[Snapshot], **options: Unpack[Options]) -> Result:
    """Return the share of communities active in the earlier year that are active in the later.

    Formula:
        communities active in both years / communities active in the earlier

    Active means six meetings in the school year, in at least four of its five stretches of two months
    (a *convention*), and at least one event that is evidence for each of reflective dialogue and a
    focus on pupils' learning. Communities whose logs have gaps have no part in the value; the range
    allows for all that may have been active, and where it rules the value out there is none.

    Beware:
        A high share is not always better: a community may end because its task is done.

    Args:
        moments: The earlier and the later year.
        options: What every measure takes; nothing here rests on chance or on answers.

    Returns:
        One figure; ``numerator`` and ``denominator`` count communities. Undefined where no community
        is known to have been active in the earlier year.

    Raises:
        MeasureError: There are not two snapshots.

    Source:
        plfkit's own definition.

    Examples:
        Both teams met six times about data in the first year, one of them in the second too: 1 of 2.

        >>> from plfkit.testing import build_moment
        >>> days = "2017-09-05 2017-11-07 2017-12-05 2018-02-06 2018-04-03 2018-05-08".split()
        >>> later = "2018-09-04 2018-11-06 2018-12-04 2019-02-05 2019-04-02 2019-05-07".split()
        >>> tables = {
        ...     "communities": ["t,u team unit=s"],
        ...     "memberships": ["t,u ann,bo,cy"],
        ...     "events": [
        ...         *(f"t-{day} data_meeting {day} community=t" for day in days + later),
        ...         *(f"u-{day} data_meeting {day} community=u" for day in days),
        ...     ],
        ... }
        >>> years = [build_moment(at, complete=["s"], **tables) for at in ("2017/18", "2018/19")]
        >>> community_persistence(years).item()
        0.5
    """
    resolve_options(community_persistence, options)
    before, after = read_two_years(moments, ACTIVE, "community_persistence")
    lasted, may_last = (
        after.match_ids(after.counts, before.ids),
        after.match_ids(after.maybe, before.ids),
    )
    certain, unsure = before.counts, before.maybe & ~before.counts
    gaps = after.match_ids(~after.known, before.ids)
    known = certain & before.known & ~gaps
    # The least: all that may have been active were, and ended. The most: those did that may last.
    ended, last = unsure & ~lasted, unsure & may_last
    lower = compute_share((certain & lasted).sum(), (certain | ended).sum())
    upper = compute_share((certain & may_last).sum() + last.sum(), (certain | last).sum())
    figure = Figure(
        lower=lower if lower is not None else upper,
        upper=upper if upper is not None else lower,
        observed=compute_share(known.sum(), before.maybe.sum()),
    )
    # Nothing unsure is left that could move the share: then all that were active count.
    sure = not (unsure | (certain & may_last & ~lasted)).any()
    counted = certain if sure else known
    if counted.any():
        figure = set_share_value(figure, float((counted & lasted).sum()), float(counted.sum()))
    else:
        figure = evolve(figure, reason=explain_no_communities(moments[0], before))
    evidence = {
        "communities_before": int(certain.sum()),
        "communities_after": int((certain & lasted).sum()),
    }
    lasting = pick_ids(before.ids, certain & lasted)
    return build_years_result(
        moments, community_persistence, [figure], (before, after), evidence, lasting
    )
