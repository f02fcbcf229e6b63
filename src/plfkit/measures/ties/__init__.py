"""Measures of ties: how people are tied to each other, what that gives, and what it leaves open."""

from typing import TYPE_CHECKING

from plfkit.measures.ties.brokerage import brokerage
from plfkit.measures.ties.centrality import betweenness, degree
from plfkit.measures.ties.centralization import centralization
from plfkit.measures.ties.cohesion import block_density, density
from plfkit.measures.ties.contacts import cross_team_contacts, cross_unit_contact
from plfkit.measures.ties.dyads import reciprocity
from plfkit.measures.ties.holes import constraint
from plfkit.measures.ties.mixing import ei_index
from plfkit.measures.ties.overlap import layer_overlap
from plfkit.measures.ties.paths import path_continuity
from plfkit.measures.ties.reach import k_step_reach
from plfkit.measures.ties.reached_groups import group_reach
from plfkit.measures.ties.response import response_rate
from plfkit.measures.ties.support import (
    advice_concentration,
    formal_advice,
    schools_on_one_person,
    sought_share,
    support_load,
)
from plfkit.measures.ties.triads import transitivity
from plfkit.measures.ties.vertical import vertical_connectedness
from plfkit.rooms import load_module

__all__ = [
    "advice_concentration",
    "betweenness",
    "block_density",
    "brokerage",
    "centralization",
    "constraint",
    "cross_team_contacts",
    "cross_unit_contact",
    "degree",
    "density",
    "ei_index",
    "formal_advice",
    "group_reach",
    "k_step_reach",
    "layer_overlap",
    "path_continuity",
    "reciprocity",
    "response_rate",
    "schools_on_one_person",
    "sought_share",
    "support_load",
    "transitivity",
    "vertical_connectedness",
]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        return load_module(__name__, name)
