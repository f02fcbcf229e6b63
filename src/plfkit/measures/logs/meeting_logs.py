"""Meetings, and the logs that tell of them: what shares of meetings and of their hours rest on."""

from __future__ import annotations

import numpy as np
from attrs import frozen

from plfkit.arrays import Flags, Numbers
from plfkit.graph.communities import find_community_units, gather_communities
from plfkit.graph.events import Events, list_meeting_kinds, select_events
from plfkit.graph.logs import find_event_units, look_up_logs
from plfkit.graph.snapshot import Snapshot
from plfkit.model.records.needs import Need
from plfkit.model.words.reasons import Reason


@frozen(eq=False)
class LoggedMeetings:
    """Events of some kinds, those of them that are asked about, and the logs that tell of them.

    Attributes:
        events: The events.
        ours: Which of them are asked about.
        logged: Which stand in a log that is complete, also of what else it takes to judge them.
        complete: Whether all logs are complete in which such an event may stand.
        needs: What would have to be registered for that.
    """

    events: Events
    ours: Flags
    logged: Flags
    complete: bool
    needs: tuple[Need, ...]

    @classmethod
    def of(
        cls,
        snapshot: Snapshot,
        events: Events,
        ours: Flags,
        places: Numbers,
        *,
        kinds: tuple[str, ...] = (),
    ) -> LoggedMeetings:
        """Look up the logs of some events.

        Args:
            snapshot: The moment.
            events: The events.
            ours: Which of them are asked about.
            places: The units at which further such events may have taken place.
            kinds: Further kinds, whose logs tell what an event counts as; they lack no such event.
        """
        logs = look_up_logs(snapshot, tuple(dict.fromkeys((*events.kinds, *kinds))))
        at = find_event_units(snapshot, events)
        # Where such events stand, and where others may: a place without a log may hide some.
        units = np.unique(np.concatenate([places, at[ours]]))
        complete = bool(look_up_logs(snapshot, events.kinds).mark_complete_units(units).all())
        return cls(
            events, ours, logs.mark_complete_units(at), complete, logs.name_missing_logs(units)
        )

    @classmethod
    def of_communities(cls, snapshot: Snapshot) -> LoggedMeetings:
        """Collect the meetings of communities with enough members."""
        known, events = (
            gather_communities(snapshot),
            select_events(snapshot, list_meeting_kinds(snapshot)),
        )
        ours = np.append(known.established, False)[events.match_communities(known.ids)]
        places = find_community_units(snapshot, known.ids)[known.established]
        return cls.of(snapshot, events, ours, places)

    @property
    def empty_reason(self) -> str:
        """The reason for having no figure where there are no such events."""
        return Reason.NO_MEETINGS if self.complete else Reason.NOT_REGISTERED
