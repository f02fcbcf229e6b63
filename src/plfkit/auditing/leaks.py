"""Leaks: what a publication tells of a group although it should stay unknown."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from plfkit.hints import Hint, Language
from plfkit.model.words.kinds import Label


class LeakKind(StrEnum):
    """What of a group is known too well, or what else is wrong."""

    SURELY = "surely"
    """How many have the property for certain."""
    POSSIBLY = "possibly"
    """How many may have it."""
    ANSWERED = "answered"
    """How many answered."""
    EXACTLY = "exactly"
    """How many are within one threshold and not within the next."""
    PEOPLE = "people"
    """A figure is not of the people that the staff list gives."""
    STATISTIC = "statistic"
    """Statistics are of too few people, of sets that differ by too few, or lie at an end."""
    CONTRADICTION = "contradiction"
    """No municipality with this staff list can have published these figures."""


@frozen
class Leak:
    """One thing that is known too well.

    Attributes:
        property: The yes or no that it is about.
        period: When; two periods where people came or left between them.
        group: Which people, in words.
        people: How many they are.
        what: What is known of them.
        least: The least that it can be; None where nothing is counted.
        most: The most.
        reason: The subtraction that makes it.
        municipality: Whose people they are, where publications tell of several municipalities.
    """

    property: str
    period: str
    group: Label
    people: int
    what: LeakKind
    least: int | None
    most: int | None
    reason: Hint
    municipality: str | None = None

    def sentence(self, language: Language) -> str:
        """Say the leak, with the subtraction that makes it.

        Args:
            language: ``"da"`` or ``"en"``.
        """
        about = {"property": self.property, "period": self.period}
        leak = Hint("audit.leak", **about, reason=self.reason)
        if self.municipality is not None:
            leak = Hint("audit.leak_of", municipality=self.municipality, leak=leak)
        return leak.say(language=language)


def to_label(words: Hint) -> Label:
    """Return words in both languages."""
    return Label(da=words.say(language="da"), en=words.say(language="en"))
