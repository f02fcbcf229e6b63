"""Measures of logs: what took place, who was there, and what became of it from year to year."""

from plfkit.measures.logs.hours import event_hours_concentration, meeting_mix
from plfkit.measures.logs.meetings import (
    data_meeting_share,
    internal_facilitation,
    mixed_meetings,
    qualified_facilitation,
)
from plfkit.measures.logs.practice import joint_event_exposure, practice_participation
from plfkit.measures.logs.pupils import (
    shared_communities_at_transitions,
    shared_data_follow_up,
    transition_coverage,
)
from plfkit.measures.logs.rhythm import structured_membership
from plfkit.measures.logs.teaching_observed import observed_share, observer_share
from plfkit.measures.logs.years import community_persistence, community_transition

__all__ = [
    "community_persistence",
    "community_transition",
    "data_meeting_share",
    "event_hours_concentration",
    "internal_facilitation",
    "joint_event_exposure",
    "meeting_mix",
    "mixed_meetings",
    "observed_share",
    "observer_share",
    "practice_participation",
    "qualified_facilitation",
    "shared_communities_at_transitions",
    "shared_data_follow_up",
    "structured_membership",
    "transition_coverage",
]
