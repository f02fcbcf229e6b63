"""Kinds of range: what the lower and the upper end of a figure are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from plfkit.model.words.closed import ClosedWord, Sight, make_word
from plfkit.model.words.kinds import Label


class RangeKind(ClosedWord):
    """What `lower` and `upper` are; the strongest first.

    Attributes:
        words: What a result's sentence says of it.
        method: What the page says where there is such a range; None if it is the usual one.
    """

    method: Label | None

    def __new__(
        cls, word: str, meaning: str, sight: Sight, words: Label, method: Label | None = None
    ) -> Self:
        """Make a kind of range with its row of the table."""
        member = make_word(cls, word, meaning, sight, words)
        member.method = method
        return member

    EXACT = (
        "exact",
        "What the figure could be had everybody answered: each end can be reached.",
        Sight.WITH_FIGURE,
        Label(
            "mellem {lower} og {upper}, hvis alle havde svaret",
            "between {lower} and {upper} had everybody answered",
        ),
    )
    OUTER_BOUND = (
        "outer_bound",
        "Bounds of what it could be, which may be wider than necessary.",
        Sight.WITH_FIGURE,
        Label(
            "højst mellem {lower} og {upper}, hvis alle havde svaret",
            "at most between {lower} and {upper} had everybody answered",
        ),
        Label(
            "Hvor et spørgeskema begrænsede, hvor mange navne man kunne angive, kan spændet "
            "være bredere end nødvendigt.",
            "Where the survey limited the number of names, the range may be wider than necessary.",
        ),
    )
    SIMULATED = (
        "simulated",
        "What many random completions span, which is no bound.",
        Sight.WITH_FIGURE,
        Label(
            "mellem {lower} og {upper} i {draws} simulerede besvarelser, hvilket ikke er en grænse",
            "between {lower} and {upper} in {draws} simulated completions, which is no bound",
        ),
        Label(
            "Hvor der ikke findes en formel, viser spændet, hvad mange tilfældige "
            "besvarelser giver; det er ikke en grænse.",
            "Where there is no formula, the range shows what many random completions give; it is no bound.",
        ),
    )
    OF_REGISTERED = (
        "of_registered",
        "What could be of the meetings in complete logs, while others have gaps.",
        Sight.WITH_FIGURE,
        Label(
            "mellem {lower} og {upper} af møderne dér, hvor de alle er registreret; hvor "
            "mange der mangler andre steder, vides ikke",
            "between {lower} and {upper} of the meetings where all are registered; how many "
            "are missing elsewhere is not known",
        ),
        Label(
            "Hvor nogle skoler ikke har registreret alle deres møder, handler spændet for, "
            "hvem der leder møderne, om de andre skoler alene.",
            "Where some schools have not registered all their meetings, the range of who "
            "leads meetings is about the other schools alone.",
        ),
    )
    UNKNOWN = (
        "unknown",
        "There is no range: nobody knows what is missing.",
        Sight.ANYBODY,
        Label("ukendt", "unknown"),
    )


def read_range_kind(word: str) -> RangeKind:
    """Return the kind that a text names; a text that names none is left for others to refuse."""
    return RangeKind.find_word(word) or word  # type: ignore[return-value]  # `find_misfits` refuses it


def pick_weakest_kind(kinds: Iterable[RangeKind]) -> RangeKind:
    """Return the kind of a whole whose parts have these: the weakest, unknown if there is no part."""
    return max(kinds, key=[*RangeKind].index, default=RangeKind.UNKNOWN)
