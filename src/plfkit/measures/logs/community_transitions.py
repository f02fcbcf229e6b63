"""Transitions of communities: from team to learning community, and back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Unpack

import numpy as np

from plfkit.arrays import Numbers
from plfkit.graph.snapshot import Snapshot
from plfkit.graph.standing import LEARNING, find_seen_practices
from plfkit.measures.engine.columns import ASSESSMENT_COLUMNS
from plfkit.measures.engine.layer_counts import compute_share
from plfkit.measures.engine.options import Options, resolve_options
from plfkit.measures.logs.log_defaults import measure_meetings
from plfkit.measures.logs.years import (
    YearCommunities,
    build_years_result,
    explain_no_communities,
    read_two_years,
)
from plfkit.measures.registers.register_defaults import MEMBER_COLUMNS
from plfkit.model.results.fields import TOTAL
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.kinds import Label
from plfkit.model.words.reasons import Reason

STATES = ("team", "emerging", "learning_community")
"""What a community is: a team, on the way, or a learning community."""


@measure_meetings(
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
    tables=("communities", "memberships"),
    columns=(*MEMBER_COLUMNS, *ASSESSMENT_COLUMNS),
    over_years=True,
)
def community_transition(moments: Sequence[Snapshot], **options: Unpack[Options]) -> Result:
    """Return what became of communities from one year to the next, by the same rule in both.

    Formula:
        total = (communities that became learning communities − those that ceased to be) /
        communities placed in both years

    A community is a learning community when its kind is flagged as one, or when it sees both
    reflective dialogues and a focus on pupils' learning in itself, as on the basis ``"learning"``
    of `plfkit.measures.membership_coverage`; emerging when it sees one of the two, and else a team.
    Only communities that have enough members in both years, and of which it is known in both what
    they are, are placed.

    Beware:
        A high total does not mean that practice changed: it rests on what communities say of
        themselves.

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

    Source:
        plfkit's own definition.

    Examples:
        In the first year neither team sees the two characteristics in itself, on a scale from 1 to 4; in the
        second the team *t* sees both, which makes it a learning community: (1 − 0)/2.

        >>> from plfkit.testing import build_moment
        >>> both = "reflective_dialogues,pupil_learning_focus"
        >>> tables = {
        ...     "memberships": ["t,u ann,bo,cy"],
        ...     "surveys": [
        ...         "a scale date=2017-11-01 lowest=1 highest=4",
        ...         "b scale date=2018-11-01 lowest=1 highest=4",
        ...     ],
        ...     "answers": [
        ...         f"a {both} 2 community=t,u",
        ...         f"b {both} 4 community=t",
        ...         f"b {both} 2 community=u",
        ...     ],
        ... }
        >>> years = [build_moment(at, **tables) for at in ("2017/18", "2018/19")]
        >>> next(iter(community_transition(years))).value
        0.5
    """
    resolve_options(community_transition, options)
    before, after = read_two_years(moments, LEARNING, "community_transition")
    left = {*after.ids}
    both = tuple(name for name in before.ids if name in left)
    then, now = (
        _find_community_states(*pair, both) for pair in zip(moments, (before, after), strict=True)
    )
    placed = (then >= 0) & (now >= 0)
    rows = list(_list_transitions(then[placed], now[placed], complete=bool(placed.all())))
    if not placed.any():
        rows = [Figure(figure=TOTAL, reason=explain_no_communities(moments[0], before))]
    evidence = {"communities": int(placed.sum()), "communities_unknown": int((~placed).sum())}
    return build_years_result(moments, community_transition, rows, (before, after), evidence)


def _find_community_states(moment: Snapshot, year: YearCommunities, ids: Sequence[str]) -> Numbers:
    """Return the state of each community by its number; −1 where it is not known."""
    known, counts = year.match_ids(year.known, ids), year.match_ids(year.counts, ids)
    # 0 a team, 1 emerging, 2 a learning community: the order of `STATES`.
    one = find_seen_practices(moment, tuple(ids)).any(axis=1)
    return np.where(known, np.where(counts, 2, one.astype(np.int64)), -1)


def _list_transitions(then: Numbers, now: Numbers, *, complete: bool) -> Iterator[Figure]:
    last = len(STATES) - 1
    # Three became learning communities, one ceased to be: a gain of 2.
    gained = float(((now == last) & (then < last)).sum() - ((now < last) & (then == last)).sum())
    yield _build_transition_figure(gained, float(len(then)), complete=complete, figure=TOTAL)
    for start, name in enumerate(STATES):
        for end, other in enumerate(STATES):
            moved = float(((then == start) & (now == end)).sum())
            began = float((then == start).sum())
            yield _build_transition_figure(moved, began, complete=complete, from_=name, to=other)


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
        reason=None if under else Reason.NO_COMMUNITIES,
    )
