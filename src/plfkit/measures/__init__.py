"""Measures: functions from a snapshot to a long table of figures, found by name in a catalogue."""

from plfkit.measures.brokerage import brokerage
from plfkit.measures.catalogue import Catalogue, Measure, measure
from plfkit.measures.centrality import betweenness, degree
from plfkit.measures.centralization import centralization
from plfkit.measures.cohesion import block_density, density
from plfkit.measures.communities import membership_coverage
from plfkit.measures.dyads import reciprocity
from plfkit.measures.holes import constraint
from plfkit.measures.levels import level_anchoring
from plfkit.measures.mixing import ei_index
from plfkit.measures.options import Options
from plfkit.measures.reach import group_reach, k_step_reach
from plfkit.measures.triads import transitivity

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
)
"""The measures that plfkit brings."""

__all__ = [
    "CORE",
    "Catalogue",
    "Measure",
    "Options",
    "betweenness",
    "block_density",
    "brokerage",
    "centralization",
    "constraint",
    "degree",
    "density",
    "ei_index",
    "group_reach",
    "k_step_reach",
    "level_anchoring",
    "measure",
    "membership_coverage",
    "reciprocity",
    "transitivity",
]
