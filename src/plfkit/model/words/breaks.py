"""What stands in the way of comparing figures: of two years, or of two municipalities."""

from __future__ import annotations

from plfkit.model.words.closed import ClosedWord, Sight
from plfkit.model.words.kinds import Label


class Break(ClosedWord):
    """Why a year cannot be compared with the year before, so that no change is told."""

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
        Sight.ANYBODY,
        Label(
            "brud: flere har svaret, {now} mod {before}",
            "break: more answered, {now} against {before}",
        ),
    )
    FEWER_ANSWERED = (
        "fewer_answered",
        "So many fewer answered that this alone may have moved the figure.",
        Sight.ANYBODY,
        Label(
            "brud: færre har svaret, {now} mod {before}",
            "break: fewer answered, {now} against {before}",
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
