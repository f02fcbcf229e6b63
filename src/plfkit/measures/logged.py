"""Meetings, and the logs that tell of them: what shares of meetings and of their hours rest on."""

from __future__ import annotations

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from plfkit.graph.communities import communities
from plfkit.graph.events import Events, events_of
from plfkit.graph.logs import community_units, event_units, logs
from plfkit.graph.snapshot import Snapshot
from plfkit.measures.columns import COMMUNITIES, EVENTS, STAFF, UNITS
from plfkit.measures.standing import meeting_kinds

TABLES = ("communities", "memberships", "events", "registrations")
COLUMNS = (*STAFF, *UNITS, *COMMUNITIES, *EVENTS)

Flags = NDArray[np.bool_]


@frozen(eq=False)
class Meetings:
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
    needs: tuple[str, ...]

    @classmethod
    def of(
        cls,
        snapshot: Snapshot,
        events: Events,
        ours: Flags,
        places: NDArray[np.int64],
        *,
        kinds: tuple[str, ...] = (),
    ) -> Meetings:
        """Look up the logs of some events.

        Args:
            snapshot: The moment.
            events: The events.
            ours: Which of them are asked about.
            places: The units at which further such events may have taken place.
            kinds: Further kinds, whose logs tell what an event counts as; they lack no such event.
        """
        asked = logs(snapshot, tuple(dict.fromkeys((*events.kinds, *kinds))))
        at = event_units(snapshot, events)
        units = np.unique(np.concatenate([places, at[ours]]))
        complete = bool(logs(snapshot, events.kinds).all_of(units).all())
        return cls(events, ours, asked.all_of(at), complete, asked.needs(units))

    @classmethod
    def of_communities(cls, snapshot: Snapshot) -> Meetings:
        """Collect the meetings of communities with enough members."""
        known, events = communities(snapshot), events_of(snapshot, meeting_kinds(snapshot))
        ours = np.append(known.established, False)[events.communities(known.ids)]
        places = community_units(snapshot, known.ids)[known.established]
        return cls.of(snapshot, events, ours, places)

    @property
    def empty(self) -> str:
        """The reason for having no figure where there are no such events."""
        return "no_meetings" if self.complete else "not_registered"
