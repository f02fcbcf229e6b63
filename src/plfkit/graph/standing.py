"""On which basis a community counts: it is registered, says that it works as one, or is seen to."""

from __future__ import annotations

import numpy as np
from attrs import evolve, frozen

from plfkit.arrays import Flags
from plfkit.errors import MeasureError
from plfkit.graph.answers import name_community_need
from plfkit.graph.assessments import gather_assessments
from plfkit.graph.communities import (
    Communities,
    find_community_units,
    gather_communities,
    match_community_kinds,
)
from plfkit.graph.events import (
    find_evidence_events,
    list_evidence_kinds,
    list_meeting_kinds,
    select_events,
)
from plfkit.graph.logs import look_up_logs
from plfkit.graph.snapshot import Snapshot
from plfkit.graph.teaching import TeachingTime, count_period_teaching, is_enough_teaching
from plfkit.hints import Hint
from plfkit.model.caching import work_out_once
from plfkit.model.records.needs import Need
from plfkit.model.words.choices import check_choice
from plfkit.model.words.reasons import Reason

REGISTERED = "registered"
LEARNING = "learning"
SELF_ASSESSED = "self_assessed"
ACTIVE = "active"
BASES = (REGISTERED, LEARNING, SELF_ASSESSED, ACTIVE)
PRACTICES = ("reflective_dialogues", "pupil_learning_focus")
"""The characteristics without which a community is not active, whatever else it does."""

SCORE_ROUNDING = 1e-9
"""How far below a threshold a score may lie and reach it: 3.0 may be 2.9999999999999996 as a mean."""


@frozen(eq=False)
class Standing:
    """Which communities count on a basis.

    Attributes:
        communities: The communities in force, with those that have enough members.
        counts: Which of them count for certain.
        maybe: Which of them may count, as far as is registered; those that do may too.
        known: Of which of them it is known: their logs are complete, or they assessed themselves.
        silent: Of which of them it would not be known, whether they have members enough or not.
        needs: What would have to be registered for it to be known of all.
        kinds: The kinds of events whose logs tell of it.
        silence: Why what asks for one community of several has a range only, where some of them did
            not say what they are; None where no community was asked.
    """

    communities: Communities
    counts: Flags
    maybe: Flags
    known: Flags
    silent: Flags
    needs: tuple[Need, ...] = ()
    kinds: tuple[str, ...] = ()
    silence: str | None = None

    def restrict_communities(self, which: Flags) -> Communities:
        """Return the communities as if only some of them counted."""
        there = self.communities
        return evolve(
            there, on_level=there.on_level & which[:, None], established=there.established & which
        )


def judge_standing(snapshot: Snapshot, basis: str, name: str) -> Standing:
    """Tell which communities count.

    ``"registered"`` asks for enough members. ``"self_assessed"`` also asks that the community sees
    both core practices, reflective dialogues and a focus on pupils' learning, at least two thirds up
    the scale. ``"learning"`` asks for that only of communities whose kind is not flagged as a learning
    community's. ``"active"`` also asks for six meetings in a school year, in at least four of its five
    stretches of two months, and for at least one event that is evidence for each core practice; it
    knows only where the logs of meetings, and of all that is such evidence, are complete. The numbers
    are a convention (`plfkit.model.declared.standards.Standards`), in proportion for other periods.

    Args:
        snapshot: The moment.
        basis: One of the four.
        name: The measure that asks, for messages.

    Raises:
        MeasureError: There is no such basis, or the period is too short to tell who is active.
    """
    check_choice(name, "basis", basis, BASES)
    communities = gather_communities(snapshot)
    enough = communities.established
    if basis == REGISTERED:
        return Standing(communities, enough, enough, np.ones_like(enough), np.zeros_like(enough))
    if basis in {SELF_ASSESSED, LEARNING}:
        return _judge_by_self_assessment(snapshot, basis)
    check_period_length(snapshot, name)
    return _judge_by_activity(snapshot)


@work_out_once
def _judge_by_self_assessment(snapshot: Snapshot, basis: str) -> Standing:
    """Ask communities themselves; those of a flagged kind need no word of their own to be learning."""
    communities, flagged = gather_communities(snapshot), basis == LEARNING
    named_so = (
        match_community_kinds(snapshot, communities, snapshot.vocabulary.learning_kinds) & flagged
    )
    assessed = ~np.isnan(gather_assessments(snapshot, communities.ids, PRACTICES).scores)
    clear = find_seen_practices(snapshot, communities.ids)
    seen = named_so | clear.all(axis=1)
    # One practice clearly seen and the other not told: it may count. One seen and the other not clear: no.
    may_be_seen = named_so | (clear | ~assessed).all(axis=1)
    known = named_so | assessed.all(axis=1) | ~communities.established
    return Standing(
        communities=communities,
        counts=communities.established & seen,
        maybe=communities.established & may_be_seen,
        known=known,
        silent=may_be_seen & ~seen,
        needs=() if known.all() else (name_community_need(snapshot, PRACTICES),),
        silence=Reason.SOME_NOT_ASSESSED
        if assessed.any() or (communities.established & seen).any()
        else Reason.NOT_REGISTERED,
    )


def find_seen_practices(snapshot: Snapshot, ids: tuple[str, ...]) -> Flags:
    """Tell which core practices (columns) communities (rows) see clearly in themselves."""
    scores = gather_assessments(snapshot, ids, PRACTICES).scores
    # What was not told lies below every threshold.
    return np.nan_to_num(scores, nan=-1.0) >= snapshot.standards.clear - SCORE_ROUNDING


def check_period_length(snapshot: Snapshot, name: str) -> None:
    """Refuse a period in which no community can show that it keeps anything up.

    Raises:
        MeasureError: The period is too short.
    """
    if not is_enough_teaching(count_period_teaching(snapshot), snapshot.standards):
        values = {"measure": name, "period": str(snapshot.period)}
        raise MeasureError(Hint("measure.short_period", **values))


@work_out_once
def _judge_by_activity(snapshot: Snapshot) -> Standing:
    communities = gather_communities(snapshot)
    events = select_events(snapshot)
    whose = events.match_communities(communities.ids)
    time = TeachingTime.of(snapshot, communities.ids)
    meetings = select_events(snapshot, list_meeting_kinds(snapshot))
    regular = time.is_kept_up(meetings.match_communities(communities.ids), meetings.dates)
    shows = regular
    for practice in PRACTICES:
        shown = find_evidence_events(snapshot, events, practice)
        shows = shows & (
            np.bincount(whose[shown & (whose >= 0)], minlength=len(communities.ids)) > 0
        )
    kinds = dict.fromkeys(
        (*list_meeting_kinds(snapshot), *list_evidence_kinds(snapshot, PRACTICES))
    )
    logs = look_up_logs(snapshot, tuple(kinds))
    at = find_community_units(snapshot, communities.ids)
    sure = logs.mark_complete_units(at) & time.tells
    return Standing(
        communities=communities,
        counts=communities.established & shows,
        maybe=communities.established & (shows | ~sure),
        known=sure | ~communities.established,
        silent=~sure & ~shows,
        needs=logs.name_missing_logs(at[communities.established]),
        kinds=logs.kinds,
    )
