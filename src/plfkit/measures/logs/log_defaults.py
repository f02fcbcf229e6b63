"""What measures of logs declare alike: each is marked by one of these in place of `measure`.

A measure may say otherwise: what it gives itself goes before.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from plfkit.measures.engine.catalogue import OWN_DEFINITION, measure
from plfkit.measures.engine.columns import (
    COMMUNITY_COLUMNS,
    EVENT_COLUMNS,
    PARTICIPATION_COLUMNS,
    STAFF_COLUMNS,
    UNIT_COLUMNS,
)
from plfkit.model.results.result import MeasureFunction
from plfkit.model.words.figure_classes import FigureClass

F = TypeVar("F", bound=MeasureFunction)

MEETING_TABLES = ("communities", "memberships", "events", "registrations")
MEETING_COLUMNS = (*STAFF_COLUMNS, *UNIT_COLUMNS, *COMMUNITY_COLUMNS, *EVENT_COLUMNS)
"""Who is in which community, what these held, and where that is all."""

ATTENDANCE_TABLES = ("persons", "positions", "events", "participations", "registrations")
ATTENDANCE_COLUMNS = (*MEETING_COLUMNS, *PARTICIPATION_COLUMNS)
"""The same, and who was there."""

_SHARED: dict[str, Any] = {
    "reference": OWN_DEFINITION,
    "no_null": "what took place is registered, and compared with nothing",
    "no_interval": "a log counts everything that took place, so nothing is left to chance",
}


def measure_meetings(**about: Any) -> Callable[[F], F]:
    """Mark a measure of meetings, or of the communities and places that hold them."""
    shared = {
        **_SHARED,
        "figure_class": FigureClass.ORGANISATIONAL,
        "tables": MEETING_TABLES,
        "columns": MEETING_COLUMNS,
    }
    return measure(**shared | about)


def measure_attendance(**about: Any) -> Callable[[F], F]:
    """Mark a measure of people by the events that they took part in."""
    shared = {
        **_SHARED,
        "figure_class": FigureClass.PARTICIPATION,
        "tables": ATTENDANCE_TABLES,
        "columns": ATTENDANCE_COLUMNS,
    }
    return measure(**shared | about)
