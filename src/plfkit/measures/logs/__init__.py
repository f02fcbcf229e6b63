"""Measures of logs: what took place, who was there, and what became of it from year to year."""

from typing import TYPE_CHECKING

from plfkit.measures.logs.community_transitions import community_transition
from plfkit.measures.logs.concentration import event_hours_concentration
from plfkit.measures.logs.data_follow_up import shared_data_follow_up
from plfkit.measures.logs.facilitation import internal_facilitation, qualified_facilitation
from plfkit.measures.logs.held import held_events
from plfkit.measures.logs.hours import meeting_mix
from plfkit.measures.logs.meetings import data_meeting_share, mixed_meetings
from plfkit.measures.logs.participation import joint_event_exposure, practice_participation
from plfkit.measures.logs.peer_observation import observed_share, observer_share
from plfkit.measures.logs.persistence import community_persistence
from plfkit.measures.logs.pupil_transitions import (
    shared_communities_at_transitions,
    transition_coverage,
)
from plfkit.measures.logs.registered_data import registered_data
from plfkit.measures.logs.rhythm import steady_rhythm, structured_membership
from plfkit.rooms import load_module

__all__ = [
    "community_persistence",
    "community_transition",
    "data_meeting_share",
    "event_hours_concentration",
    "held_events",
    "internal_facilitation",
    "joint_event_exposure",
    "meeting_mix",
    "mixed_meetings",
    "observed_share",
    "observer_share",
    "practice_participation",
    "qualified_facilitation",
    "registered_data",
    "shared_communities_at_transitions",
    "shared_data_follow_up",
    "steady_rhythm",
    "structured_membership",
    "transition_coverage",
]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        return load_module(__name__, name)
