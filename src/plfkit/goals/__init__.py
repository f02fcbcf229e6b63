"""Goals: what a profile declares, held against the data."""

from plfkit.goals.assess import assess
from plfkit.goals.scorecard import (
    ClaimOutcome,
    GoalOutcome,
    IndicatorOutcome,
    Overview,
    Scorecard,
)

__all__ = [
    "ClaimOutcome",
    "GoalOutcome",
    "IndicatorOutcome",
    "Overview",
    "Scorecard",
    "assess",
]
