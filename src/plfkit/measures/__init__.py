"""Measures: functions from a snapshot to a long table of figures, found by name in a catalogue.

Each stands in a module of its theme - ties, registers, logs or answers - and in the list of that theme.
"""

from typing import TYPE_CHECKING

from plfkit.measures import answers, logs, registers, ties
from plfkit.measures.answers import *  # noqa: F403 - a theme lists its own
from plfkit.measures.engine.brought import add_profile_measures
from plfkit.measures.engine.catalogue import Catalogue, Measure, measure
from plfkit.measures.engine.options import Options, TieOptions
from plfkit.measures.logs import *  # noqa: F403
from plfkit.measures.registers import *  # noqa: F403
from plfkit.measures.ties import *  # noqa: F403
from plfkit.model.results.figures import build_figures
from plfkit.resampling import DrawingOptions
from plfkit.rooms import load_module

CORE = Catalogue.of(
    *(getattr(theme, name) for theme in (registers, ties, logs, answers) for name in theme.__all__)
)
"""The measures that plfkit brings."""

__all__ = [
    "CORE",
    "Catalogue",
    "DrawingOptions",
    "Measure",
    "Options",
    "TieOptions",
    "add_profile_measures",
    "build_figures",
    "measure",
]
__all__ += ties.__all__
__all__ += registers.__all__
__all__ += logs.__all__
__all__ += answers.__all__


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        return load_module(__name__, name)


def __dir__() -> list[str]:
    return list(__all__)
