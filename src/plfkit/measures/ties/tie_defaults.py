"""What measures of ties declare alike: each is marked by one of these in place of `measure`.

A measure may say otherwise: what it gives itself goes before.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from plfkit.measures.engine.catalogue import OWN_DEFINITION, measure
from plfkit.measures.engine.columns import COMMUNITY_COLUMNS, LAYER_COLUMNS
from plfkit.model.results.result import MeasureFunction
from plfkit.model.words.figure_classes import FigureClass
from plfkit.model.words.intervals import IntervalMethod

F = TypeVar("F", bound=MeasureFunction)

WASSERMAN_FAUST = "Wasserman & Faust (1994), Social Network Analysis, doi:10.1017/CBO9780511815478"
FREEMAN = "Freeman (1979), Social Networks 1, 215-239, doi:10.1016/0378-8733(78)90021-7"
BORGATTI = (
    "Borgatti (2006), Computational & Mathematical Organization Theory 12, 21-34, "
    "doi:10.1007/s10588-006-7084-x"
)

LEAVING_OUT = (IntervalMethod.JACKKNIFE, IntervalMethod.SCHOOLS)
"""Ways to an interval of a share that is known without each person, and without each school."""
EVERY_WAY = (*LEAVING_OUT, IntervalMethod.BOOTSTRAP)

PAIRED_WITH_THEMSELVES = (
    "drawing people anew pairs people with themselves, who share a group: it is biased"
)
STEPS_AMONG_DOUBLES = "steps among people drawn twice are not those of a comparable staff"


def measure_ties(**about: Any) -> Callable[[F], F]:
    """Mark a measure of one network."""
    shared: dict[str, Any] = {
        "figure_class": FigureClass.ANSWERS,
        "tables": ("persons", "ties"),
        "columns": LAYER_COLUMNS,
    }
    return measure(**shared | about)


def measure_each_person(**about: Any) -> Callable[[F], F]:
    """Mark a measure of ties that has a figure for each person."""
    shared = {"no_null": "a p-value for each person would make a ranking of people"}
    return measure_ties(**shared | about)


def measure_appointed(**about: Any) -> Callable[[F], F]:
    """Mark a measure of ties to those appointed to give advice."""
    shared: dict[str, Any] = {
        "tables": ("persons", "positions", "ties"),
        "columns": (*LAYER_COLUMNS, *COMMUNITY_COLUMNS),
        "reference": OWN_DEFINITION,
        "no_null": "who is appointed is nobody's chance",
        "no_interval": (
            "ties to few people hang together, so drawing people anew does not tell how they vary"
        ),
    }
    return measure_ties(**shared | about)
