"""Kernels: arrays in, arrays out; plain loops that numba compiles where it is installed."""

from plfkit.kernels.compiling import Kernel, kernel, load_compiler
from plfkit.kernels.paths import add_betweenness, count_nodes_reached
from plfkit.kernels.rewiring import rewire_ties
from plfkit.kernels.triples import count_shut_two_paths, find_triangles

__all__ = [
    "Kernel",
    "add_betweenness",
    "count_nodes_reached",
    "count_shut_two_paths",
    "find_triangles",
    "kernel",
    "load_compiler",
    "rewire_ties",
]
