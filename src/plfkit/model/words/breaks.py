"""What stands in the way of comparing figures: of two years, or of two municipalities."""

from __future__ import annotations

from typing import Self

from plfkit.model.words.closed import ClosedWord, Sight, make_word
from plfkit.model.words.kinds import Label


class Break(ClosedWord):
    """Why a year cannot be compared with the year before, so that no change is told.

    Attributes:
        without_rates: What readers are told where it is not told how many answered; None where the
            words say nothing of that.
    """

    without_rates: Label | None

    def __new__(
        cls,
        word: str,
        meaning: str,
        sight: Sight,
        words: Label,
        without_rates: Label | None = None,
    ) -> Self:
        """Make a break with its row of the table."""
        member = make_word(cls, word, meaning, sight, words)
        member.without_rates = without_rates
        return member

    def choose_words(self, *, rates: bool) -> Label:
        """Return what readers are told.

        Args:
            rates: Whether it is told how many answered in both years.
        """
        return self.words if rates or self.without_rates is None else self.without_rates

    SCHOOLS_CHANGED = (
        "schools_changed",
        "There are other schools than the year before.",
        Sight.ANYBODY,
        Label("brud: andre skoler end året før", "break: other schools than the year before"),
    )
    QUESTION_CHANGED = (
        "question_changed",
        "People were asked in another way.",
        Sight.ANYBODY,
        Label("brud: spurgt på en anden måde", "break: asked in another way"),
    )
    YEARS_SHARED = (
        "years_shared",
        "The figure pools several years, and shares some with the one before.",
        Sight.ANYBODY,
        Label(
            "brud: tallet samler flere år og deler år med det forrige",
            "break: the figure pools several years and shares some with the one before",
        ),
    )
    MORE_ANSWERED = (
        "more_answered",
        "So many more answered that this alone may have moved the figure.",
        Sight.WITH_FIGURE,
        Label(
            "brud: flere har svaret, {now} mod {before}",
            "break: more answered, {now} against {before}",
        ),
        Label("brud: flere har svaret", "break: more answered"),
    )
    FEWER_ANSWERED = (
        "fewer_answered",
        "So many fewer answered that this alone may have moved the figure.",
        Sight.WITH_FIGURE,
        Label(
            "brud: færre har svaret, {now} mod {before}",
            "break: fewer answered, {now} against {before}",
        ),
        Label("brud: færre har svaret", "break: fewer answered"),
    )
    ANSWERS_NOT_COMPARED = (
        "answers_not_compared",
        "What is told of who answered does not say whether more or fewer did.",
        Sight.ANYBODY,
        Label(
            "brud: det kan ikke siges, om nogenlunde lige mange har svaret",
            "break: it cannot be said whether about as many answered",
        ),
    )


class Mismatch(ClosedWord):
    """Why an indicator is compared with no other municipality's."""

    NOT_MEASURED = (
        "not_measured",
        "It is not measured here.",
        Sight.ANYBODY,
        Label("Ikke målt her", "Not measured here"),
    )
    NOT_MEASURED_ELSEWHERE = (
        "not_measured_elsewhere",
        "Nobody else measures it.",
        Sight.ANYBODY,
        Label("Ikke målt andre steder", "Not measured elsewhere"),
    )
    OTHER_ARGUMENTS = (
        "other_arguments",
        "Others call its measure with other arguments.",
        Sight.ANYBODY,
        Label("Målt med andre argumenter", "Measured with other arguments"),
    )
    OTHER_QUESTION = (
        "other_question",
        "Others asked people in another way.",
        Sight.ANYBODY,
        Label("Spurgt på en anden måde", "Asked in another way"),
    )
    COUNTED_OTHERWISE = (
        "counted_otherwise",
        "Others count heads or communities by other rules.",
        Sight.ANYBODY,
        Label("Talt op efter andre regler", "Counted by other rules"),
    )
