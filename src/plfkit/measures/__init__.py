"""Measures: functions from a snapshot to a long table of figures, found by name in a catalogue."""

from typing import TYPE_CHECKING

from plfkit.measures.brokerage import brokerage
from plfkit.measures.catalogue import Catalogue, Measure, measure
from plfkit.measures.centrality import betweenness, degree
from plfkit.measures.centralization import centralization
from plfkit.measures.characteristics import characteristics_profile
from plfkit.measures.cohesion import block_density, density
from plfkit.measures.communities import membership_coverage
from plfkit.measures.contacts import cross_team_contacts, cross_unit_contact
from plfkit.measures.coverage import competence_coverage
from plfkit.measures.differences import answer_difference
from plfkit.measures.dyads import reciprocity
from plfkit.measures.focuses import focus_chain, shared_focus, shared_vocabulary
from plfkit.measures.holes import constraint
from plfkit.measures.hours import event_hours_concentration, meeting_mix
from plfkit.measures.interlock import leaders_in_teams, level_interlock
from plfkit.measures.levels import level_anchoring
from plfkit.measures.meetings import (
    data_meeting_share,
    internal_facilitation,
    mixed_meetings,
    qualified_facilitation,
)
from plfkit.measures.mixing import ei_index
from plfkit.measures.observation import observed_share, observer_share
from plfkit.measures.options import Options, TieOptions
from plfkit.measures.outcomes import outcome_gap, outcome_share
from plfkit.measures.overlap import layer_overlap
from plfkit.measures.paths import path_continuity
from plfkit.measures.practice import (
    joint_event_exposure,
    practice_participation,
)
from plfkit.measures.pupils import (
    shared_communities_at_transitions,
    shared_data_follow_up,
    transition_coverage,
)
from plfkit.measures.qualifications import learning_centre_build_up, qualification_share
from plfkit.measures.reach import k_step_reach
from plfkit.measures.reached_groups import group_reach
from plfkit.measures.rhythm import structured_membership
from plfkit.measures.scales import framework_mean, scale_statistics
from plfkit.measures.structure import (
    framing,
    mixed_membership,
    professional_mix,
    shared_structure,
)
from plfkit.measures.support import (
    advice_concentration,
    formal_advice,
    schools_on_one_person,
    sought_share,
    support_load,
)
from plfkit.measures.triads import transitivity
from plfkit.measures.understanding import shared_understanding
from plfkit.measures.vertical import vertical_connectedness
from plfkit.measures.years import community_persistence, community_transition
from plfkit.rooms import load_module

CORE = Catalogue.of(
    membership_coverage,
    level_anchoring,
    density,
    block_density,
    reciprocity,
    transitivity,
    centralization,
    ei_index,
    degree,
    k_step_reach,
    group_reach,
    betweenness,
    constraint,
    brokerage,
    characteristics_profile,
    focus_chain,
    shared_focus,
    shared_vocabulary,
    data_meeting_share,
    internal_facilitation,
    meeting_mix,
    mixed_meetings,
    qualified_facilitation,
    event_hours_concentration,
    joint_event_exposure,
    practice_participation,
    outcome_gap,
    outcome_share,
    shared_data_follow_up,
    transition_coverage,
    learning_centre_build_up,
    qualification_share,
    competence_coverage,
    structured_membership,
    professional_mix,
    shared_structure,
    framing,
    mixed_membership,
    level_interlock,
    leaders_in_teams,
    shared_communities_at_transitions,
    community_persistence,
    community_transition,
    observed_share,
    observer_share,
    framework_mean,
    scale_statistics,
    shared_understanding,
    answer_difference,
    cross_team_contacts,
    cross_unit_contact,
    layer_overlap,
    path_continuity,
    advice_concentration,
    formal_advice,
    schools_on_one_person,
    sought_share,
    support_load,
    vertical_connectedness,
)
"""The measures that plfkit brings."""

__all__ = [
    "CORE",
    "Catalogue",
    "Measure",
    "Options",
    "TieOptions",
    "advice_concentration",
    "answer_difference",
    "betweenness",
    "block_density",
    "brokerage",
    "centralization",
    "characteristics_profile",
    "community_persistence",
    "community_transition",
    "competence_coverage",
    "constraint",
    "cross_team_contacts",
    "cross_unit_contact",
    "data_meeting_share",
    "degree",
    "density",
    "ei_index",
    "event_hours_concentration",
    "focus_chain",
    "formal_advice",
    "framework_mean",
    "framing",
    "group_reach",
    "internal_facilitation",
    "joint_event_exposure",
    "k_step_reach",
    "layer_overlap",
    "leaders_in_teams",
    "learning_centre_build_up",
    "level_anchoring",
    "level_interlock",
    "measure",
    "meeting_mix",
    "membership_coverage",
    "mixed_meetings",
    "mixed_membership",
    "observed_share",
    "observer_share",
    "outcome_gap",
    "outcome_share",
    "path_continuity",
    "practice_participation",
    "professional_mix",
    "qualification_share",
    "qualified_facilitation",
    "reciprocity",
    "scale_statistics",
    "schools_on_one_person",
    "shared_communities_at_transitions",
    "shared_data_follow_up",
    "shared_focus",
    "shared_structure",
    "shared_understanding",
    "shared_vocabulary",
    "sought_share",
    "structured_membership",
    "support_load",
    "transition_coverage",
    "transitivity",
    "vertical_connectedness",
]


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        return load_module(__name__, name)
