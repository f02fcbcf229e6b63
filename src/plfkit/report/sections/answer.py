"""The answer: three sentences that a chief reads first, made from the card."""

from __future__ import annotations

from attrs import frozen

from plfkit.goals.scorecard import IndicatorOutcome, Scorecard
from plfkit.model.words.verdicts import Verdict
from plfkit.report.headlines import (
    Certainty,
    find_span,
    grade_certainty,
    is_told_as_class,
    measure_width,
    write_direction,
    write_headline,
    write_round_amount,
)
from plfkit.report.leading import (
    find_progress,
    find_scale,
    list_figures_told,
    list_leading_figures,
)
from plfkit.report.texts import Texts


@frozen
class Gap:
    """How far a figure surely lies from what it is held against, on the wrong side.

    Attributes:
        outcome: The indicator.
        size: How far, as a share of what it is held against.
        mark: What it is held against.
        against: ``"decided"``, ``"proposed"``, or ``"chance"``.
    """

    outcome: IndicatorOutcome
    size: float
    mark: float
    against: str


def write_answer(card: Scorecard, texts: Texts) -> list[str]:
    """Write what is furthest along, what lies furthest behind, and the largest thing not known."""
    return [
        _say_furthest_along(card, texts),
        _say_furthest_behind(card, texts),
        _say_largest_unknown(card, texts),
    ]


def _say_furthest_along(card: Scorecard, texts: Texts) -> str:
    """Say which leading figure has surely come furthest, and how it moved.

    What is certain of a figure is its lower end; one that may be anything is not said to be ahead.
    """
    leading = [one.outcome for one in list_leading_figures(card) if one.outcome is not None]
    known = [
        (progress, outcome)
        for outcome in leading
        if (progress := find_progress(outcome)) is not None
    ]
    if not known:
        return texts(f"answer.{'no_progress' if card.goals else 'no_goals'}")
    sure = [pair for pair in known if _grade(pair[1], card) is not Certainty.UNSURE]
    if not sure:
        width = texts.write_number(card.standards.fairly_sure)
        return texts("answer.unsure_progress", count=len(known), width=width)
    _, furthest = max(sure, key=lambda pair: pair[0])
    moved = write_direction(furthest, card.standards, texts)
    key = "furthest_along" if moved else "furthest_along_first"
    return texts(f"answer.{key}", moved=moved, **_name_figure(furthest, card, texts))


def _grade(outcome: IndicatorOutcome, card: Scorecard) -> Certainty:
    return grade_certainty(outcome.figure, find_scale(outcome), card.standards)


def _say_furthest_behind(card: Scorecard, texts: Texts) -> str:
    """Say which figure surely lies furthest from its mark, or from chance on the unwanted side."""
    gaps = [gap for o in list_figures_told(card) if (gap := find_gap(o)) is not None]
    if gaps:
        worst = max(gaps, key=lambda gap: (gap.against != "chance", gap.size))
        mark = write_round_amount(worst.mark, find_scale(worst.outcome), texts)
        words = _name_figure(worst.outcome, card, texts)
        return texts(f"answer.behind_{worst.against}", mark=mark, **words)
    marked = sum(o.mark is not None for o in card.indicators)
    key = "none_behind" if marked else "nothing_to_hold_against"
    return texts(f"answer.{key}", count=marked, all=len(card.indicators))


def find_gap(outcome: IndicatorOutcome) -> Gap | None:
    """Return how far an indicator surely lies on the wrong side of its mark, or of chance."""
    figure, span, mark = outcome.figure, find_span(outcome.figure), outcome.mark
    wanted = outcome.indicator.direction
    if figure is None or span is None or wanted is None:
        return None
    if mark is not None:
        against, held = ("proposed" if mark.proposed else "decided"), mark.held_against
    elif figure.expected is not None:
        against, held = "chance", figure.expected
    else:
        return None
    size = held - span.upper if wanted == "up" else span.lower - held
    return Gap(outcome, size / abs(held or 1), held, against) if size > 0 else None


def _say_largest_unknown(card: Scorecard, texts: Texts) -> str:
    """Say which figure is the least certain, else what is not measured at all."""
    wide = [
        (width, outcome)
        for outcome in list_figures_told(card)
        if _grade(outcome, card) is Certainty.UNSURE
        and find_scale(outcome) == "share"
        and not is_told_as_class(outcome)
        and (width := measure_width(outcome.figure, "share")) is not None
    ]
    leading = {one.outcome.id for one in list_leading_figures(card) if one.outcome is not None}
    if wide:
        # What stands for a goal weighs more than a figure that is a little less certain.
        _, widest = max(wide, key=lambda pair: (pair[1].id in leading, pair[0]))
        needs = () if widest.result is None else widest.result.needs
        key = "unknown_settled" if needs else "unknown"
        settled = texts.write_main_needs(needs, card.names)
        return texts(f"answer.{key}", needs=settled, **_name_figure(widest, card, texts))
    absent = [o for o in card.indicators if o.verdict is Verdict.NOT_MEASURED]
    if absent:
        return texts("answer.not_measured", count=len(absent), all=len(card.indicators))
    return texts("answer.all_known", width=texts.write_number(card.standards.fairly_sure))


def _name_figure(outcome: IndicatorOutcome, card: Scorecard, texts: Texts) -> dict[str, str]:
    """Return an indicator's label, as it stands within a sentence, and its headline."""
    headline = write_headline(outcome.figure, find_scale(outcome), card.standards, texts)
    return {"label": texts.label(outcome.indicator.label), "value": headline}
