"""What a chief reads first: a few sentences, and what has to be decided."""

from __future__ import annotations

from collections import Counter

from plfkit.disclosure import WITHHELD
from plfkit.goals.scorecard import IndicatorOutcome, Scorecard
from plfkit.report import figures
from plfkit.report.texts import Texts


def summary(card: Scorecard, texts: Texts) -> list[str]:
    """Write the three sentences a chief reads first."""
    verdicts = Counter(outcome.verdict for outcome in card.indicators)
    sentences = [_covered(card, texts), _computed(card, texts)]
    if verdicts["met"] or verdicts["not_met"]:
        met, not_met = verdicts["met"], verdicts["not_met"]
        sentences.append(texts("summary.targets", met=met, not_met=not_met))
    marks = Counter(_side(outcome) for outcome in card.indicators)
    if marks["above"] or marks["below"]:
        sentences.append(
            texts(
                "summary.marks",
                above=marks["above"],
                below=marks["below"],
                undecided=verdicts["undecided"],
            )
        )
    return sentences


def _computed(card: Scorecard, texts: Texts) -> str:
    """Say how many figures there are, and why there are not all."""
    absent = [outcome for outcome in card.indicators if outcome.verdict == "not_measured"]
    later = sum(outcome.reason == "no_measure" for outcome in absent)
    everything = len(card.indicators)
    told = [texts("summary.measured", all=everything, measured=everything - len(absent))]
    told += [
        texts(f"summary.{name}", count=count)
        for name, count in (("later", later), ("missing", len(absent) - later))
        if count
    ]
    return " ".join(told)


def _side(outcome: IndicatorOutcome) -> str | None:
    """Tell on which side of a proposed mark an indicator lies: ``above`` is the wanted one."""
    wanted = {"up": "above_proposed", "down": "below_proposed"}.get(
        outcome.indicator.direction or ""
    )
    if outcome.verdict not in {"above_proposed", "below_proposed"}:
        return None
    return "above" if outcome.verdict == wanted else "below"


def _covered(card: Scorecard, texts: Texts) -> str:
    figure = card.overview.coverage.main
    if figure is not None and figure.reason == WITHHELD:
        return texts("summary.coverage_hidden")
    if figure is None or figure.lower is None:
        return texts("summary.coverage_unknown")
    return texts("summary.coverage", share=figures.value(figure, "share", texts))


def decisions(card: Scorecard, texts: Texts) -> list[str]:
    """Write what somebody has to decide before more can be said."""
    decisions = []
    proposed = [o for o in card.indicators if o.indicator.target and not o.counts_for_goal]
    if proposed:
        decisions.append(texts("decide.targets"))
    missing = Counter(table for o in card.indicators for table in o.missing)
    if missing:
        most = [name for name, _ in missing.most_common(2)]
        count = sum(1 for o in card.indicators if set(o.missing) & set(most))
        decisions.append(
            texts("decide.register", tables=texts.needs(most, card.names), count=count)
        )
    if card.purpose is None or card.purpose.discussed_on is None:
        decisions.append(texts("decide.purpose"))
    return decisions
