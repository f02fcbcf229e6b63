"""What measures of one register declare alike: each is marked by one of these in place of `measure`.

A measure may say otherwise: what it gives itself goes before.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from plfkit.measures.engine.catalogue import OWN_DEFINITION, measure
from plfkit.measures.engine.columns import (
    ASSESSMENT_COLUMNS,
    COMMUNITY_COLUMNS,
    EVENT_COLUMNS,
    STAFF_COLUMNS,
    UNIT_COLUMNS,
)
from plfkit.model.results.result import MeasureFunction
from plfkit.model.words.figure_classes import FigureClass

F = TypeVar("F", bound=MeasureFunction)


MEMBER_COLUMNS = (*STAFF_COLUMNS, *UNIT_COLUMNS, *COMMUNITY_COLUMNS)
"""Who there is, and who is in which community."""

STANDING_COLUMNS = (*MEMBER_COLUMNS, *EVENT_COLUMNS, *ASSESSMENT_COLUMNS)
"""The same, and what else may make a community count."""

FOCUS_COLUMNS = (*MEMBER_COLUMNS, "communities.focus", "focuses.id")
"""Who there is, who is in which community, and what these inquire into."""


def measure_members(**about: Any) -> Callable[[F], F]:
    """Mark a measure of people by the communities they are in."""
    shared: dict[str, Any] = {
        "figure_class": FigureClass.PARTICIPATION,
        "tables": ("units", "persons", "positions", "communities", "memberships"),
        "columns": STANDING_COLUMNS,
        "reference": OWN_DEFINITION,
        "no_null": "who is in which community is registered, and compared with nothing",
        "no_interval": "the register counts everybody, so nothing is left to chance",
    }
    return measure(**shared | about)


def measure_communities(**about: Any) -> Callable[[F], F]:
    """Mark a measure of communities: which there are, and who sits together."""
    shared: dict[str, Any] = {
        "figure_class": FigureClass.ORGANISATIONAL,
        "columns": MEMBER_COLUMNS,
        "reference": OWN_DEFINITION,
        "no_null": "which communities there are is registered, and compared with nothing",
        "no_interval": "the register counts every community, so nothing is left to chance",
    }
    return measure(**shared | about)


def measure_focuses(**about: Any) -> Callable[[F], F]:
    """Mark a measure of what communities inquire into."""
    shared: dict[str, Any] = {
        "figure_class": FigureClass.ORGANISATIONAL,
        "tables": ("communities", "memberships", "focuses"),
        "reference": OWN_DEFINITION,
        "no_null": "focuses are registered, and compared with nothing",
        "no_interval": "a register holds every focus, so nothing is left to chance",
    }
    return measure(**shared | about)


def measure_training(**about: Any) -> Callable[[F], F]:
    """Mark a measure of who is trained as what."""
    shared: dict[str, Any] = {
        "reference": OWN_DEFINITION,
        "no_null": "who is trained is registered, and compared with nothing",
        "no_interval": "a register counts everybody, so nothing is left to chance",
    }
    return measure(**shared | about)


def measure_supplies(**about: Any) -> Callable[[F], F]:
    """Mark a measure of aggregates that municipalities supply."""
    shared: dict[str, Any] = {
        "tables": ("units", "outcomes"),
        "columns": (
            *UNIT_COLUMNS,
            *(f"outcomes.{name}" for name in ("unit", "measure", "subgroup", "value", "n")),
        ),
        "no_null": "supplied aggregates do not tell what chance would give",
    }
    return measure(**shared | about)
