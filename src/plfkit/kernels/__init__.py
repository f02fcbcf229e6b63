"""Kernels: arrays in, arrays out; plain loops that numba compiles where it is installed."""

from plfkit.kernels.compiling import Kernel, is_loop_compiled, kernel, load_compiler
from plfkit.kernels.paths import add_betweenness, count_nodes_reached
from plfkit.kernels.rewiring import rewire_ties
from plfkit.kernels.triples import (
    count_closed_two_paths,
    count_open_two_paths,
    follow_triangles,
    order_ties,
    sum_up_contacts,
)

__all__ = [
    "Kernel",
    "add_betweenness",
    "count_closed_two_paths",
    "count_nodes_reached",
    "count_open_two_paths",
    "follow_triangles",
    "is_loop_compiled",
    "kernel",
    "load_compiler",
    "order_ties",
    "rewire_ties",
    "sum_up_contacts",
]
