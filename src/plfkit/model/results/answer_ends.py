"""Ends of answers: from where to where people could answer, as a question tells it itself."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NUMBER = r"-?[\d.]+(?:e[+-]?\d+)?"
_SCALE = re.compile(rf"(?:^| )({_NUMBER})-({_NUMBER})$")
"""The last word of a question: 1-4, or -2-2."""


def find_answer_ends(questions: Iterable[str]) -> tuple[float, float] | None:
    """Return the ends of the scale of all questions; None where one has none, or they differ.

    Args:
        questions: What was asked, each question with the ends of its scale last.

    Examples:
        >>> find_answer_ends(["five_characteristics 1-4"])
        (1.0, 4.0)
        >>> find_answer_ends(["mood -2-2"])
        (-2.0, 2.0)
        >>> find_answer_ends(["advice, ∞"])
    """
    found = {_read_question_ends(question) for question in questions}
    return found.pop() if len(found) == 1 else None


def list_answer_ends(questions: Iterable[str]) -> list[tuple[float, float]]:
    """Return the ends of each scale that any of some questions has, each once.

    Examples:
        >>> list_answer_ends(["q 1-6", "q 1-4", "q ?"])
        [(1.0, 4.0), (1.0, 6.0)]
    """
    return sorted({ends for one in questions if (ends := _read_question_ends(one)) is not None})


def _read_question_ends(question: str) -> tuple[float, float] | None:
    found = _SCALE.search(question)
    return None if found is None else (float(found[1]), float(found[2]))
