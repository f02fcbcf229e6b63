"""Measures of answers: what people and communities say on scales."""

from typing import TYPE_CHECKING

from plfkit.measures.answers.differences import answer_difference
from plfkit.measures.answers.framework_means import framework_mean
from plfkit.measures.answers.scales import scale_statistics
from plfkit.measures.answers.understanding import shared_understanding
from plfkit.rooms import load_module

__all__ = [
    "answer_difference",
    "framework_mean",
    "scale_statistics",
    "shared_understanding",
]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        return load_module(__name__, name)
