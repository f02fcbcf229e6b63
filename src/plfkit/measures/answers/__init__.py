"""Measures of answers: what people and communities say on scales."""

from plfkit.measures.answers.differences import answer_difference
from plfkit.measures.answers.scales import framework_mean, scale_statistics
from plfkit.measures.answers.understanding import shared_understanding

__all__ = [
    "answer_difference",
    "framework_mean",
    "scale_statistics",
    "shared_understanding",
]
