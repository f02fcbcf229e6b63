"""Strata: who changes places with whom, and whether there are schools enough for a p."""

from __future__ import annotations

import numpy as np

from plfkit.arrays import Numbers
from plfkit.graph.groups import GroupSpec, number_node_groups, partition_people
from plfkit.graph.layers import Layer
from plfkit.graph.picking import list_distinct_pairs
from plfkit.graph.snapshot import Snapshot

MOST_FEW_SCHOOLS = 3
"""Between so few schools a p would rest on the schools, not on the people."""


def find_strata(snapshot: Snapshot, layer: Layer, within: GroupSpec | None) -> Numbers:
    """Return the stratum of each node: the group of `within`, or none."""
    if within is None:
        return np.zeros(layer.n, np.int64)
    return number_node_groups(layer, partition_people(snapshot, within))


def count_few_schools(snapshot: Snapshot, layer: Layer, strata: Numbers) -> int:
    """Return between how many schools people change places, if these are too few for a p; or 0."""
    codes = number_node_groups(layer, partition_people(snapshot, "school"))
    # Strata 0, 0, 1 of people at schools 4, 4, 5 make two pairs, (0, 4) and (1, 5): as many as
    # there are strata, so each lies within a school, and nobody changes schools.
    if len(list_distinct_pairs(strata, codes)[0]) == len(np.unique(strata)):
        return 0
    schools = len(np.unique(codes[codes >= 0]))
    return schools if 1 < schools <= MOST_FEW_SCHOOLS else 0
