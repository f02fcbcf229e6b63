"""Ways to a 95 % interval: what its ends rest on."""

from __future__ import annotations

from plfkit.model.words.closed import ClosedWord, Sight
from plfkit.model.words.kinds import Label


class IntervalMethod(ClosedWord):
    """How a 95 % interval was found.

    Attributes:
        words: What a result's sentence says of it.
    """

    JACKKNIFE = (
        "jackknife",
        "Each person is left out in turn; t on the logit scale, without draws.",
        Sight.ANYBODY,
        Label(
            "95 %-usikkerhedsinterval for tilsvarende personalegrupper: {lower} til {upper}",
            "95% interval among comparable staffs: {lower} to {upper}",
        ),
    )
    SCHOOLS = (
        "schools",
        "Each school is left out in turn; t on the logit scale, without draws.",
        Sight.ANYBODY,
        Label(
            "95 %-usikkerhedsinterval for tilsvarende skoler: {lower} til {upper}",
            "95% interval among comparable schools: {lower} to {upper}",
        ),
    )
    BOOTSTRAP = (
        "bootstrap",
        "People are drawn anew, with replacement; 1.96 standard deviations of the draws.",
        Sight.ANYBODY,
        Label(
            "95 %-usikkerhedsinterval for personalegrupper trukket på ny: {lower} til {upper}",
            "95% interval among staffs drawn anew: {lower} to {upper}",
        ),
    )
    PAIRS = (
        "pairs",
        "Of a change: by how much each pair moved it, pairs of one person going together; t, without draws.",
        Sight.ANYBODY,
        Label(
            "95 %-usikkerhedsinterval for ændringen i tilsvarende personalegrupper: {lower} til {upper}",
            "95% interval of the change among comparable staffs: {lower} to {upper}",
        ),
    )
    NEWCOMBE = (
        "newcombe",
        "Newcombe's hybrid score interval of the difference of two shares.",
        Sight.ANYBODY,
        Label(
            "95 %-usikkerhedsinterval for årgange af samme slags: {lower} til {upper}",
            "95% interval among cohorts of the same sort: {lower} to {upper}",
        ),
    )
