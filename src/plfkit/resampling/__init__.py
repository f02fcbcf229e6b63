"""Resampling: draws that know nothing of measures, one after the other or on many processors."""

from plfkit.resampling.completions import Completions
from plfkit.resampling.drawing import Drawing, DrawingOptions, Work
from plfkit.resampling.networks import NETWORKS, RandomNetworks
from plfkit.resampling.permuting import Permutations
from plfkit.resampling.vertices import Dyads, draw_weights, resample_dyads

__all__ = [
    "NETWORKS",
    "Completions",
    "Drawing",
    "DrawingOptions",
    "Dyads",
    "Permutations",
    "RandomNetworks",
    "Work",
    "draw_weights",
    "resample_dyads",
]
