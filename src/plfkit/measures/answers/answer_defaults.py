"""What measures of answers declare alike: each is marked by this in place of `measure`.

A measure may say otherwise: what it gives itself goes before.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from plfkit.measures.engine.answering import ANSWERS_NO_INTERVAL
from plfkit.measures.engine.catalogue import measure
from plfkit.measures.engine.columns import ANSWER_COLUMNS, COMMUNITY_COLUMNS, UNIT_COLUMNS
from plfkit.model.results.result import MeasureFunction
from plfkit.model.words.figure_classes import FigureClass

F = TypeVar("F", bound=MeasureFunction)

RESPONDENT_COLUMNS = (
    *ANSWER_COLUMNS,
    *("answers.community", *COMMUNITY_COLUMNS, "positions.person", *UNIT_COLUMNS),
)
"""What was answered, by people or by communities, and what they are."""


def measure_answers(**about: Any) -> Callable[[F], F]:
    """Mark a measure of what people, or communities, answer on scales."""
    shared: dict[str, Any] = {
        "figure_class": FigureClass.ANSWERS,
        "scale": "index",
        "tables": ("surveys", "answers"),
        "columns": RESPONDENT_COLUMNS,
        "no_null": "answers on a scale are compared with nothing that chance gives",
        "no_interval": ANSWERS_NO_INTERVAL,
    }
    return measure(**shared | about)
