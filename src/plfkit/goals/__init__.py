"""Goals: what a profile declares, held against the data."""

from importlib import import_module
from typing import Any

from plfkit.goals.assess import assess
from plfkit.goals.comparing import Compared, Comparison, Refused
from plfkit.goals.scorecard import (
    Change,
    ClaimOutcome,
    GoalOutcome,
    IndicatorOutcome,
    Overview,
    Scorecard,
    TrendPoint,
)
from plfkit.model.words.verdicts import ClaimVerdict, Verdict
from plfkit.rooms import load_module

__all__ = [
    "Change",
    "ClaimOutcome",
    "ClaimVerdict",
    "Compared",
    "Comparison",
    "GoalOutcome",
    "IndicatorOutcome",
    "Overview",
    "Refused",
    "Scorecard",
    "TrendPoint",
    "Verdict",
    "assess",
    "compare",
]


def __getattr__(name: str) -> Any:
    # Comparing stands above this room, behind the gate; `compare` is found here as well.
    if name == "compare":
        return import_module("plfkit.disclosure").compare
    return load_module(__name__, name)


def __dir__() -> list[str]:
    return list(__all__)
