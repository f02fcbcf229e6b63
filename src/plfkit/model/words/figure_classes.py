"""Classes of figures: which rule of the gate decides whether a figure may leave."""

from __future__ import annotations

from plfkit.model.words.closed import ClosedWord, Sight
from plfkit.model.words.kinds import Label


class FigureClass(ClosedWord):
    """What a figure tells of people; the gate has a rule for each class."""

    ORGANISATIONAL = (
        "organisational",
        "It is about units, communities and lists, and leaves unless it tells of fewer than k people.",
        Sight.ANYBODY,
        Label("Organisatorisk", "Organisational"),
    )
    PARTICIPATION = (
        "participation",
        "It tells who takes part: it leaves with at least k people, its extremes as a band.",
        Sight.ANYBODY,
        Label("Deltagelse", "Participation"),
    )
    ANSWERS = (
        "answers",
        "It rests on answers: it leaves with k people on both sides of every count, without counts.",
        Sight.ANYBODY,
        Label("Svar", "Answers"),
    )


def read_figure_class(word: str) -> FigureClass:
    """Return the class that a text names; a text that names none is left for others to refuse."""
    return FigureClass.find_word(word) or word  # type: ignore[return-value]  # `find_misfits` refuses it
