"""Cases: a few people and events, and what an indicator gives on them, worked out by hand."""

from plfkit.testing.cases.case import Case, Expected
from plfkit.testing.cases.reading import read_case, read_cases
from plfkit.testing.cases.running import CaseOutcome, check_cases, run_case

__all__ = [
    "Case",
    "CaseOutcome",
    "Expected",
    "check_cases",
    "read_case",
    "read_cases",
    "run_case",
]
