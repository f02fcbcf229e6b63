"""What a chief reads first: a few sentences, and what has to be decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Literal, assert_never

from plfkit.goals.scorecard import IndicatorOutcome, Scorecard
from plfkit.model.results.figures import Figure
from plfkit.model.words.reasons import Reason
from plfkit.model.words.verdicts import Verdict
from plfkit.report import figures
from plfkit.report.texts import Texts

_Count = Literal["met", "not_met", "on_the_way", "behind", "count"]
_COUNTS_BY_SENTENCE: Mapping[str, tuple[_Count, ...]] = {
    "targets": ("met", "not_met"),
    "ahead": ("on_the_way", "behind"),
    "open": ("count",),
}
"""The sentences on decided targets, each with the numbers that stand in it."""


def write_summary(card: Scorecard, texts: Texts) -> list[str]:
    """Write the three sentences a chief reads first."""
    sentences = [
        *_say_coverage(card, texts),
        _say_measured_count(card, texts),
        *_say_decided_targets(card, texts),
    ]
    marks = Counter(_find_mark_side(outcome) for outcome in card.indicators)
    if marks["above"] or marks["below"]:
        proposed = [o for o in card.indicators if o.mark is not None and o.mark.proposed]
        undecided = sum(o.verdict is Verdict.UNDECIDED for o in proposed)
        sides = {"above": marks["above"], "below": marks["below"]}
        sentences.append(texts("summary.marks", **sides, undecided=undecided))
    return sentences


def _say_decided_targets(card: Scorecard, texts: Texts) -> Iterator[str]:
    """Say how the targets stand that the municipality decided: those due, those ahead, those open."""
    decided = [o.verdict for o in card.indicators if o.counts_for_goal]
    counts = Counter(_choose_count(verdict) for verdict in decided)
    for sentence, blanks in _COUNTS_BY_SENTENCE.items():
        if any(counts[blank] for blank in blanks):
            yield texts(f"summary.{sentence}", **{blank: counts[blank] for blank in blanks})


def _choose_count(verdict: Verdict | None) -> _Count:
    """Name the number that a decided target with this verdict adds to."""
    match verdict:
        case Verdict.MET:
            return "met"
        case Verdict.NOT_MET:
            return "not_met"
        case Verdict.ON_THE_WAY:
            return "on_the_way"
        case Verdict.BEHIND:
            return "behind"
        case (
            Verdict.ABOVE_PROPOSED
            | Verdict.BELOW_PROPOSED
            | Verdict.UNDECIDED
            | Verdict.SHOWN
            | Verdict.NOT_MEASURED
            | Verdict.NO_DECIDED_TARGET
            | None
        ):
            return "count"
        case _:
            assert_never(verdict)


def _say_measured_count(card: Scorecard, texts: Texts) -> str:
    """Say how many figures there are, and why there are not all."""
    absent = [outcome for outcome in card.indicators if outcome.verdict is Verdict.NOT_MEASURED]
    later = sum(outcome.reason == Reason.NO_MEASURE for outcome in absent)
    everything = len(card.indicators)
    sentences = [texts("summary.measured", all=everything, measured=everything - len(absent))]
    sentences += [
        texts(f"summary.{name}", count=count)
        for name, count in (("later", later), ("missing", len(absent) - later))
        if count
    ]
    return " ".join(sentences)


def _find_mark_side(outcome: IndicatorOutcome) -> str | None:
    """Tell on which side of a proposed mark an indicator lies: ``above`` is the wanted one."""
    if outcome.verdict not in {Verdict.ABOVE_PROPOSED, Verdict.BELOW_PROPOSED}:
        return None
    up = outcome.indicator.direction == "up"
    return "above" if (outcome.verdict is Verdict.ABOVE_PROPOSED) == up else "below"


def _say_coverage(card: Scorecard, texts: Texts) -> Iterator[str]:
    """Say how many are in a learning community, and how many in any community, as two things."""
    for name in ("learning", "coverage"):
        figure = getattr(card.overview, name).main
        yield texts(
            f"summary.{name}{_find_coverage_state(figure)}", **_write_share_ends(figure, texts)
        )


def _find_coverage_state(figure: Figure | None) -> str:
    """Tell which sentence a figure of people in communities calls for, as the end of its name."""
    if figure is not None and figure.reason == Reason.WITHHELD:
        return "_hidden"
    if figure is None or figure.lower is None or (figure.lower, figure.upper) == (0, 1):
        return "_unknown"
    return "_range" if figure.value is None and figure.reason != Reason.BAND else ""


def _write_share_ends(figure: Figure | None, texts: Texts) -> dict[str, str]:
    """Write a share and its range."""
    if figure is None or figure.lower is None or figure.upper is None:
        return {}
    ends = {
        "lower": texts.write_per_cent(figure.lower),
        "upper": texts.write_per_cent(figure.upper),
    }
    return {"share": figures.write_value(figure, "share", texts), **ends}


def list_decisions(card: Scorecard, texts: Texts) -> list[str]:
    """Write what somebody has to decide before more can be said."""
    decisions = []
    if any(o.indicator.target is not None and not o.counts_for_goal for o in card.indicators):
        decisions.append(texts("decide.targets"))
    missing = Counter(table for o in card.indicators for table in o.missing)
    if missing:
        most = [name for name, _ in missing.most_common(2)]
        count = sum(1 for o in card.indicators if set(o.missing) & set(most))
        decisions.append(
            texts("decide.register", tables=texts.write_needs(most, card.names), count=count)
        )
    if card.purpose is None or card.purpose.discussed_on is None:
        decisions.append(texts("decide.purpose"))
    return decisions
