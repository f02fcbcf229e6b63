"""On which basis a community counts: it is registered, says that it works as one, or is seen to."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from attrs import evolve, field, frozen
from numpy.typing import NDArray

from plfkit.graph.assessments import assessments
from plfkit.graph.communities import Communities, communities
from plfkit.graph.events import Events, events_of
from plfkit.graph.logs import logs
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.parts import check_choice
from plfkit.model.tables import recode

REGISTERED, SELF_ASSESSED, ACTIVE = BASES = ("registered", "self_assessed", "active")
PRACTICES = ("reflective_dialogues", "pupil_learning_focus")
"""The characteristics without which a community is not active, whatever else it does."""

_DAYS = 365

Flags = NDArray[np.bool_]


@frozen(eq=False)
class Standing:
    """Which communities count on a basis.

    Attributes:
        communities: The communities in force, with those that have enough members.
        counts: Which of them count for certain.
        maybe: Which of them may count, as far as is registered; those that do may too.
        known: Of which of them it is known: their logs are complete, or they assessed themselves.
        needs: What would have to be registered for it to be known of all.
    """

    communities: Communities
    counts: Flags
    maybe: Flags
    known: Flags
    needs: tuple[str, ...] = field(default=())

    def named(self, which: Flags) -> tuple[str, ...]:
        """Return the ids of some communities."""
        return named(self.communities.ids, which)

    def only(self, which: Flags) -> Communities:
        """Return the communities as if only some of them counted."""
        known = self.communities
        return evolve(
            known, on_level=known.on_level & which[:, None], established=known.established & which
        )


def named(ids: tuple[str, ...], which: Flags) -> tuple[str, ...]:
    """Return the ids of those communities that a mask picks."""
    return tuple(name for name, kept in zip(ids, which.tolist(), strict=True) if kept)


def standing(snapshot: Snapshot, basis: str, name: str) -> Standing:
    """Tell which communities count.

    ``"registered"`` asks for enough members. ``"self_assessed"`` also asks that the community sees
    both core practices, reflective dialogues and a focus on pupils' learning, clearly: at least two
    thirds up the scale. ``"active"`` also asks for six meetings in a school year, fewer in a shorter
    period, and for at least one event that is evidence for each core practice; both numbers are
    standards that a profile may set. It knows only where the logs of meetings, and of all that is
    such evidence, are complete.

    Args:
        snapshot: The moment.
        basis: One of the three.
        name: The measure that asks, for messages.

    Raises:
        MeasureError: There is no such basis.
    """
    check_choice(name, "basis", basis, BASES)
    known = communities(snapshot)
    enough = known.established
    if basis == REGISTERED:
        return Standing(known, enough, enough, np.ones_like(enough))
    if basis == SELF_ASSESSED:
        return _self_assessed(snapshot, known)
    return _active(snapshot, known)


def _self_assessed(snapshot: Snapshot, known: Communities) -> Standing:
    scores = assessments(snapshot, known.ids, PRACTICES).scores
    told = ~np.isnan(scores)
    clear = told & (np.nan_to_num(scores) >= snapshot.standards.clear - 1e-9)
    counts = known.established & clear.all(axis=1)
    maybe = known.established & (clear | ~told).all(axis=1)
    whole = told.all(axis=1) | ~known.established
    return Standing(known, counts, maybe, whole, () if whole.all() else ("answers",))


def _active(snapshot: Snapshot, known: Communities) -> Standing:
    events = events_of(snapshot)
    whose = events.communities(known.ids)
    counts = known.established & (meetings_held(snapshot, known.ids) >= meetings_asked(snapshot))
    for practice in PRACTICES:
        shown = evidence_for(snapshot, events, practice)
        counts &= np.bincount(whose[shown & (whose >= 0)], minlength=len(known.ids)) > 0
    kinds = (*meeting_kinds(snapshot), *evidence_kinds(snapshot, PRACTICES))
    asked = logs(snapshot, tuple(dict.fromkeys(kinds)))
    at = community_units(snapshot, known.ids)
    complete = asked.all_of(at)
    return Standing(
        communities=known,
        counts=counts,
        maybe=known.established & (counts | ~complete),
        known=complete | ~known.established,
        needs=asked.needs(at[known.established]),
    )


def meeting_kinds(snapshot: Snapshot) -> tuple[str, ...]:
    """Return the kinds of events that are meetings."""
    kinds = snapshot.vocabulary.event_kinds
    return tuple(name for name, kind in kinds.items() if kind.meeting)


def evidence_kinds(snapshot: Snapshot, characteristics: Sequence[str]) -> tuple[str, ...]:
    """Return the kinds of events, meetings or not, that are evidence for some characteristics."""
    kinds = snapshot.vocabulary.event_kinds
    return tuple(n for n, kind in kinds.items() if {*kind.characteristics} & {*characteristics})


def meetings_held(snapshot: Snapshot, ids: tuple[str, ...]) -> NDArray[np.int64]:
    """Count the registered meetings of each community."""
    meetings = events_of(snapshot, meeting_kinds(snapshot))
    whose = meetings.communities(ids)
    return np.bincount(whose[whose >= 0], minlength=len(ids))


def meetings_asked(snapshot: Snapshot) -> int:
    """Return how many meetings make a community active in a period as long as this one."""
    start, end = snapshot.period.start, snapshot.period.end
    asked = snapshot.standards.meetings
    if start is None or end is None:
        return asked
    return max(1, round(asked * min(1.0, (end - start).days / _DAYS)))


def evidence_for(snapshot: Snapshot, events: Events, characteristic: str) -> Flags:
    """Tell which events are evidence for a characteristic."""
    kinds = snapshot.vocabulary.event_kinds
    shown = [characteristic in kinds[name].characteristics for name in events.kinds]
    return np.array([*shown, False], np.bool_)[events.kind]


def community_units(snapshot: Snapshot, ids: tuple[str, ...]) -> NDArray[np.int64]:
    """Return the number of each community's unit; −1 for none."""
    own = np.full(len(ids), -1, np.int64)
    numbers = recode(snapshot.communities.column("id"), ids)
    units = recode(snapshot.communities.column("unit"), snapshot.units.column("id").categories)
    inside = numbers >= 0
    own[numbers[inside]] = units[inside]
    return own
