"""The types of arrays, by what they hold."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Flags = NDArray[np.bool_]
"""Yes or no of each: which people, communities, events or cells."""

Numbers = NDArray[np.int64]
"""Numbers of people, units, communities, …, by the sorted order of their ids; or counts of each."""

Floats = NDArray[np.float64]
"""A figure of each; NaN where there is none."""

Days = NDArray[np.datetime64]
"""A day of each."""
