"""Goals: what a profile declares, held against the data."""

from plfkit.goals.assess import assess
from plfkit.goals.comparing import Compared, Comparison, Refused, compare
from plfkit.goals.scorecard import (
    Change,
    ClaimOutcome,
    GoalOutcome,
    IndicatorOutcome,
    Overview,
    Scorecard,
    TrendPoint,
)
from plfkit.goals.verdicts import Verdict

__all__ = [
    "Change",
    "ClaimOutcome",
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
