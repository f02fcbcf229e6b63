"""Measures of registers: who is in which community, trained as what, and with which focus."""

from typing import TYPE_CHECKING

from plfkit.measures.registers.characteristics import characteristics_profile
from plfkit.measures.registers.communities import membership_coverage
from plfkit.measures.registers.competence import competence_coverage
from plfkit.measures.registers.focuses import focus_chain, shared_focus
from plfkit.measures.registers.interlock import leaders_in_teams, level_interlock
from plfkit.measures.registers.levels import level_anchoring
from plfkit.measures.registers.outcomes import outcome_gap, outcome_share
from plfkit.measures.registers.own_communities import own_communities
from plfkit.measures.registers.professions import mixed_membership, professional_mix
from plfkit.measures.registers.qualifications import learning_centre_build_up, qualification_share
from plfkit.measures.registers.structure import framing, shared_structure
from plfkit.measures.registers.subject_words import shared_vocabulary
from plfkit.rooms import load_module

__all__ = [
    "characteristics_profile",
    "competence_coverage",
    "focus_chain",
    "framing",
    "leaders_in_teams",
    "learning_centre_build_up",
    "level_anchoring",
    "level_interlock",
    "membership_coverage",
    "mixed_membership",
    "outcome_gap",
    "outcome_share",
    "own_communities",
    "professional_mix",
    "qualification_share",
    "shared_focus",
    "shared_structure",
    "shared_vocabulary",
]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        return load_module(__name__, name)
