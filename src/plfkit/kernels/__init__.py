"""Kernels: arrays in, arrays out; plain loops that numba compiles where it is installed."""

from plfkit.kernels.compiling import Kernel, kernel
from plfkit.kernels.paths import betweenness_from, reached_from
from plfkit.kernels.rewiring import rewire
from plfkit.kernels.triples import find_triangles, shut_two_paths

__all__ = [
    "Kernel",
    "betweenness_from",
    "find_triangles",
    "kernel",
    "reached_from",
    "rewire",
    "shut_two_paths",
]
