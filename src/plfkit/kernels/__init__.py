"""Kernels: arrays in, arrays out; plain loops that numba compiles where it is installed."""

from plfkit.kernels.compiling import Kernel, can_compile, kernel, load_compiler
from plfkit.kernels.paths import add_betweenness, count_nodes_reached
from plfkit.kernels.rewiring import rewire_ties
from plfkit.kernels.triples import (
    count_closed_two_paths,
    count_open_two_paths,
    follow_triangles,
    point_ties,
    sum_up_contacts,
)

__all__ = [
    "Kernel",
    "add_betweenness",
    "can_compile",
    "count_closed_two_paths",
    "count_nodes_reached",
    "count_open_two_paths",
    "follow_triangles",
    "kernel",
    "load_compiler",
    "point_ties",
    "rewire_ties",
    "sum_up_contacts",
]
