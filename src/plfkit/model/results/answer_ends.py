"""Ends of answers: from where to where people could answer, as a question tells it itself."""

from __future__ import annotations

from collections.abc import Iterable


def find_answer_ends(questions: Iterable[str]) -> tuple[float, float] | None:
    """Return the ends of the scale of all questions; None where one has none, or they differ.

    Args:
        questions: What was asked, each question with the ends of its scale last.

    Examples:
        >>> find_answer_ends(["five_characteristics 1-4"])
        (1.0, 4.0)
        >>> find_answer_ends(["advice, ∞"])
    """
    found = {_read_question_ends(question) for question in questions}
    return found.pop() if len(found) == 1 else None


def _read_question_ends(question: str) -> tuple[float, float] | None:
    low, dash, high = question.rpartition(" ")[2].partition("-")
    try:
        return (float(low), float(high)) if dash else None
    except ValueError:
        return None
