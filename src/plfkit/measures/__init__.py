"""Measures: functions from a snapshot to a long table of figures, found by name in a catalogue."""

from plfkit.measures.catalogue import Catalogue, Measure, measure
from plfkit.measures.centrality import degree
from plfkit.measures.cohesion import block_density, density
from plfkit.measures.communities import membership_coverage
from plfkit.measures.dyads import reciprocity
from plfkit.measures.levels import level_anchoring
from plfkit.measures.reach import group_reach, k_step_reach

CORE = Catalogue.of(
    membership_coverage,
    level_anchoring,
    density,
    block_density,
    reciprocity,
    degree,
    k_step_reach,
    group_reach,
)
"""The measures that plfkit brings."""

__all__ = [
    "CORE",
    "Catalogue",
    "Measure",
    "block_density",
    "degree",
    "density",
    "group_reach",
    "k_step_reach",
    "level_anchoring",
    "measure",
    "membership_coverage",
    "reciprocity",
]
