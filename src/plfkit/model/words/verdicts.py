"""Verdicts: how an indicator, a part of one, a goal or a claim stands."""

from __future__ import annotations

from plfkit.model.words.closed import ClosedWord, Sight
from plfkit.model.words.kinds import Label


class Verdict(ClosedWord):
    """How an indicator, a part of one or a goal stands."""

    MET = (
        "met",
        "The whole range reaches the target, in its year or before.",
        Sight.WITH_FIGURE,
        Label("Nået", "Reached"),
    )
    NOT_MET = (
        "not_met",
        "The whole range falls short of the target, and its year has come, or it has none.",
        Sight.WITH_FIGURE,
        Label("Ikke nået", "Not reached"),
    )
    ON_THE_WAY = (
        "on_the_way",
        "The target's year lies ahead, and the whole range reaches the latest step due, or none is.",
        Sight.WITH_FIGURE,
        Label("På vej", "On the way"),
    )
    BEHIND = (
        "behind",
        "The target's year lies ahead, and the whole range falls short of the latest step due.",
        Sight.WITH_FIGURE,
        Label("Bagud", "Behind"),
    )
    ABOVE_PROPOSED = (
        "above_proposed",
        "The whole range lies at or above a mark that nobody decided.",
        Sight.WITH_FIGURE,
        Label(
            "Over forslaget",
            "Over the proposal",
        ),
    )
    BELOW_PROPOSED = (
        "below_proposed",
        "The whole range lies below a mark that nobody decided.",
        Sight.WITH_FIGURE,
        Label(
            "Under forslaget",
            "Under the proposal",
        ),
    )
    UNDECIDED = (
        "undecided",
        "The range straddles the mark, or is not known.",
        Sight.WITH_FIGURE,
        Label("Kan ikke afgøres", "Cannot be decided"),
    )
    SHOWN = (
        "shown",
        "There is a figure and no mark.",
        Sight.ANYBODY,
        Label("Intet talmål", "No target"),
    )
    NOT_MEASURED = (
        "not_measured",
        "There is no figure; what is missing is named.",
        Sight.ANYBODY,
        Label("Ikke målt endnu", "Not measured yet"),
    )
    NO_DECIDED_TARGET = (
        "no_decided_target",
        "No figure of the goal has a target that the municipality decided.",
        Sight.ANYBODY,
        Label("Intet talmål besluttet", "No target decided"),
    )

    @property
    def tells(self) -> bool:
        """Whether it tells on which side of a mark the figure lies: then it is seen with that figure."""
        return self.sight is Sight.WITH_FIGURE


class ClaimVerdict(ClosedWord):
    """What became of a claim, or of one unit or person that it is about."""

    SUPPORTED = (
        "supported",
        "The data bear it out, for each unit or person that it is about.",
        Sight.ANYBODY,
        Label("Understøttet af data", "Supported by the data"),
    )
    CONTRADICTED = (
        "contradicted",
        "The data deny it, for one of them at least.",
        Sight.ANYBODY,
        Label("Data peger imod", "Contradicted by the data"),
    )
    OPEN = (
        "open",
        "The data settle it neither way; what would settle it is named.",
        Sight.ANYBODY,
        Label("Åbent: ikke efterprøvet", "Open: not checked"),
    )
