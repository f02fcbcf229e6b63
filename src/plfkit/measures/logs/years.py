"""Years: which communities last from one year to the next, and what becomes of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Unpack

import numpy as np
from attrs import evolve, frozen

from plfkit.arrays import Flags, Numbers
from plfkit.errors import MeasureError
from plfkit.graph.cases import set_share_value
from plfkit.graph.communities import pick_ids
from plfkit.graph.snapshot import Snapshot
from plfkit.graph.standing import ACTIVE, LEARNING, find_seen_practices, judge_standing
from plfkit.measures.engine.catalogue import MeasureFunction, measure
from plfkit.measures.engine.columns import (
    ASSESSMENT_COLUMNS,
    COMMUNITY_COLUMNS,
    STAFF_COLUMNS,
    UNIT_COLUMNS,
)
from plfkit.measures.engine.layer_parts import compute_share
from plfkit.measures.engine.options import Options, resolve_options
from plfkit.measures.engine.registered import build_register_result
from plfkit.measures.logs.logged import MEETING_COLUMNS, MEETING_TABLES
from plfkit.measures.logs.practice import LOGS_NO_INTERVAL, LOGS_NO_NULL
from plfkit.model.results.fields import TOTAL
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.kinds import Label

STATES = ("team", "emerging", "learning_community")
"""What a community is: a team, on the way, or a learning community."""

COMPARED_YEARS = 2


@frozen(eq=False)
class _YearCommunities:
    """What communities were in one year, by their ids.

    Attributes:
        ids: Those with enough members.
        counts: Which of them counted for certain.
        maybe: Which of them may have counted; those that did may too.
        known: Of which of them it is known.
        needs: What would have to be registered for it to be known of all.
    """

    ids: tuple[str, ...]
    counts: Flags
    maybe: Flags
    known: Flags
    needs: tuple[str, ...]

    @classmethod
    def of(cls, moment: Snapshot, basis: str, name: str) -> _YearCommunities:
        """Look at the communities of one year."""
        found = judge_standing(moment, basis, name)
        there = found.communities.established
        return cls(
            ids=found.pick_ids(there),
            counts=found.counts[there],
            maybe=found.maybe[there],
            known=found.known[there],
            needs=found.needs,
        )

    def match_ids(self, which: Flags, ids: Sequence[str]) -> Flags:
        """Tell which of some communities are among some of this year's."""
        chosen = {*pick_ids(self.ids, which)}
        return np.array([name in chosen for name in ids], np.bool_)


def _read_two_years(
    moments: Sequence[Snapshot], basis: str, name: str
) -> tuple[_YearCommunities, _YearCommunities]:
    if isinstance(moments, Snapshot) or len(moments) != COMPARED_YEARS:
        raise MeasureError(f"{name} takes the snapshots of two years, the earlier first")
    before, after = moments
    return _YearCommunities.of(before, basis, name), _YearCommunities.of(after, basis, name)


@measure(
    label=Label(da="Fællesskaber, der fortsætter", en="Communities that last"),
    tells=Label(
        da="Hvor stor en del af sidste års aktive fællesskaber der også er aktive i år.",
        en="How large a part of last year's active communities is active this year too.",
    ),
    beware=Label(
        da="Et fællesskab kan slutte, fordi dets opgave er løst.",
        en="A community may end because its task is done.",
    ),
    figure_class="organisational",
    tables=MEETING_TABLES,
    columns=MEETING_COLUMNS,
    over_years=True,
    reference="plfkit's own definition",
    no_null=LOGS_NO_NULL,
    no_interval=LOGS_NO_INTERVAL,
)
def community_persistence(moments: Sequence[Snapshot], **options: Unpack[Options]) -> Result:
    """Return the share of communities active in the earlier year that are active in the later.

    Active means six meetings in the school year, in at least four of its five stretches of two months
    (a *convention*), and at least one event that is evidence for each of reflective dialogue and a
    focus on pupils' learning. Communities whose logs have gaps have no part in the value; the range
    allows for all that may have been active, and where it rules the value out there is none.

    Args:
        moments: The earlier and the later year.
        options: What every measure takes; nothing here rests on chance or on answers.

    Returns:
        One figure; ``numerator`` and ``denominator`` count communities. Undefined where no community
        is known to have been active in the earlier year.

    Raises:
        MeasureError: There are not two snapshots.
    """
    resolve_options(community_persistence, options)
    before, after = _read_two_years(moments, ACTIVE, "community_persistence")
    lasted, may_last = (
        after.match_ids(after.counts, before.ids),
        after.match_ids(after.maybe, before.ids),
    )
    certain, open_ = before.counts, before.maybe & ~before.counts
    gaps = after.match_ids(~after.known, before.ids)
    known = certain & before.known & ~gaps
    # The least: all that may have been active were, and ended. The most: those did that may last.
    ended, last = open_ & ~lasted, open_ & may_last
    lower = compute_share((certain & lasted).sum(), (certain | ended).sum())
    upper = compute_share((certain & may_last).sum() + last.sum(), (certain | last).sum())
    figure = Figure(
        lower=lower if lower is not None else upper,
        upper=upper if upper is not None else lower,
        observed=compute_share(known.sum(), before.maybe.sum()),
    )
    sure = not (open_ | (certain & may_last & ~lasted)).any()
    counted = certain if sure else known
    if counted.any():
        figure = set_share_value(figure, float((counted & lasted).sum()), float(counted.sum()))
    else:
        figure = evolve(figure, reason=_explain_no_communities(moments[0], before))
    evidence = {
        "communities_before": int(certain.sum()),
        "communities_after": int((certain & lasted).sum()),
    }
    lasting = pick_ids(before.ids, certain & lasted)
    return _build_years_result(
        moments, community_persistence, [figure], (before, after), evidence, lasting
    )


def _explain_no_communities(moment: Snapshot, year: _YearCommunities) -> str:
    """Say why nothing is known of a year's communities."""
    if not len(moment.memberships):
        return "no_year_before"
    return "not_registered" if year.maybe.any() else "no_communities"


@measure(
    label=Label(da="Fra team til læringsfællesskab", en="From team to learning community"),
    tells=Label(
        da="Hvor mange flere der er blevet til læringsfællesskaber, end der er holdt op med at være "
        "det, som del af de fællesskaber, der findes begge år.",
        en="How many more became learning communities than ceased to be, as a part of the "
        "communities that exist in both years.",
    ),
    beware=Label(
        da="Tallet bygger på, hvad fællesskaberne siger om sig selv: den, der bliver klogere på, hvad "
        "der skal til, kan vurdere sig lavere. Et lille plus eller minus kan dække over mange skift "
        "begge veje.",
        en="The figure rests on what communities say of themselves: those who learn what it takes may "
        "rate themselves lower. A small plus or minus may hide many changes both ways.",
    ),
    figure_class="organisational",
    scale="share",
    tables=("communities", "memberships"),
    columns=(*STAFF_COLUMNS, *UNIT_COLUMNS, *COMMUNITY_COLUMNS, *ASSESSMENT_COLUMNS),
    over_years=True,
    reference="plfkit's own definition",
    no_null=LOGS_NO_NULL,
    no_interval=LOGS_NO_INTERVAL,
)
def community_transition(moments: Sequence[Snapshot], **options: Unpack[Options]) -> Result:
    """Return what became of communities from one year to the next, by the same rule in both.

    A community is a learning community when its kind is flagged as one, or when it sees both reflective
    dialogues and a focus on pupils' learning in itself, as on the basis ``"learning"`` of
    `plfkit.measures.membership_coverage`; emerging when it sees one of the two, and else a team. Only
    communities with enough members in both years, of which it is known in both, are placed.

    Args:
        moments: The earlier and the later year.
        options: What every measure takes; nothing here rests on chance or on answers.

    Returns:
        ``total``: those that became learning communities, less those that ceased to be, over all that
        could be placed in both years; from −1 to 1. Then for each state, ``from``, the share of its
        communities that went to each state, ``to``. Without a range where some could not be placed.
        Undefined where no community could be placed in both years.

    Raises:
        MeasureError: There are not two snapshots.
    """
    resolve_options(community_transition, options)
    before, after = _read_two_years(moments, LEARNING, "community_transition")
    both = tuple(name for name in before.ids if name in set(after.ids))
    then, now = (
        _find_community_states(*pair, both) for pair in zip(moments, (before, after), strict=True)
    )
    placed = (then >= 0) & (now >= 0)
    rows = list(_list_transitions(then[placed], now[placed], complete=bool(placed.all())))
    if not placed.any():
        rows = [Figure(figure=TOTAL, reason=_explain_no_communities(moments[0], before))]
    evidence = {"communities": int(placed.sum()), "communities_unknown": int((~placed).sum())}
    return _build_years_result(moments, community_transition, rows, (before, after), evidence)


def _find_community_states(moment: Snapshot, year: _YearCommunities, ids: Sequence[str]) -> Numbers:
    """Return the state of each community by its number; −1 where it is not known."""
    known, counts = year.match_ids(year.known, ids), year.match_ids(year.counts, ids)
    one = find_seen_practices(moment, tuple(ids)).any(axis=1)
    return np.where(known, np.where(counts, 2, one.astype(np.int64)), -1)


def _list_transitions(then: Numbers, now: Numbers, *, complete: bool) -> Iterator[Figure]:
    last = len(STATES) - 1
    gained = float(((now == last) & (then < last)).sum() - ((now < last) & (then == last)).sum())
    yield _build_transition_figure(gained, float(len(then)), complete=complete, figure=TOTAL)
    for start, name in enumerate(STATES):
        for end, other in enumerate(STATES):
            moved, all_ = (
                float(((then == start) & (now == end)).sum()),
                float((then == start).sum()),
            )
            yield _build_transition_figure(moved, all_, complete=complete, from_=name, to=other)


def _build_transition_figure(over: float, under: float, *, complete: bool, **keys: Any) -> Figure:
    value = compute_share(over, under)
    end = value if complete else None
    return Figure(
        **keys,
        value=value,
        lower=end,
        upper=end,
        numerator=over if under else None,
        denominator=under or None,
        reason=None if under else "no_communities",
    )


def _build_years_result(
    moments: Sequence[Snapshot],
    function: MeasureFunction,
    rows: list[Figure],
    years: tuple[_YearCommunities, _YearCommunities],
    evidence: dict[str, int],
    rests_on: tuple[str, ...] = (),
) -> Result:
    return build_register_result(
        moments[1],
        function,
        rows,
        variant=f"{moments[0].period} – {moments[1].period}",
        needs=tuple(dict.fromkeys(need for year in years for need in year.needs)),
        evidence=evidence,
        rests_on=rests_on,
    )
