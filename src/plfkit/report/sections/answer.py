"""The answer: what a chief reads first, made from the card."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from plfkit.goals.scorecard import IndicatorOutcome, Scorecard
from plfkit.model.words.verdicts import Verdict
from plfkit.report.headlines import (
    Certainty,
    Direction,
    find_direction,
    find_span,
    grade_certainty,
    is_told_as_class,
    measure_width,
    write_headline,
    write_round_amount,
    write_span_counts,
)
from plfkit.report.leading import (
    count_silent_communities,
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


@frozen
class Move:
    """An indicator that surely moved since the year before.

    Attributes:
        outcome: The indicator.
        direction: Where it moved.
        size: How far at the least, from 0 to 1 of a share, or of what it was.
    """

    outcome: IndicatorOutcome
    direction: Direction
    size: float


def write_answer(card: Scorecard, texts: Texts) -> list[str]:
    """Write how far the goals are and what moved, what lies furthest behind, and what is least known."""
    return [
        f"{_say_nearest(card, texts)} {_say_moves(card, texts)}",
        _say_furthest_behind(card, texts),
        _say_least_certain(card, texts),
    ]


def _say_nearest(card: Scorecard, texts: Texts) -> str:
    """Say which leading figure is nearest to its mark; without marks nothing is ahead of anything."""
    leading = [one.outcome for one in list_leading_figures(card) if one.outcome is not None]
    if not card.goals:
        return texts("answer.no_goals", count=len(card.indicators))
    marked = [
        (progress, outcome)
        for outcome in leading
        if outcome.mark is not None and (progress := find_progress(outcome)) is not None
    ]
    if not marked:
        return texts("answer.no_marks", count=len(leading))
    _, nearest = max(marked, key=lambda pair: pair[0])
    key = "alone" if len(marked) == 1 else "nearest"
    return texts(f"answer.{key}_{_name_mark(nearest)}", **_name_figure(nearest, card, texts))


def _name_mark(outcome: IndicatorOutcome) -> str:
    return "proposed" if outcome.mark is None or outcome.mark.proposed else "decided"


def _say_moves(card: Scorecard, texts: Texts) -> str:
    """Say how many figures surely rose and fell, and which of them moved furthest."""
    moves = list_moves(card)
    compared = sum(find_direction(o) is not Direction.FIRST for o in card.indicators)
    if not compared:
        return texts("answer.first_year", at=card.at)
    found = {"all": compared}
    words: dict[str, Any] = dict(found)
    for direction in (Direction.UP, Direction.DOWN):
        own = [move for move in moves if move.direction is direction]
        words[direction] = len(own)
        if own:
            words |= _describe_move(max(own, key=lambda move: move.size), card, texts)
    ways = [str(d) for d in (Direction.UP, Direction.DOWN) if words[d]]
    return texts(f"answer.moves_{'_'.join(ways) or 'none'}", **words)


def _describe_move(move: Move, card: Scorecard, texts: Texts) -> dict[str, str]:
    """Return a move's words, each under a name that begins with its direction."""
    outcome, name = move.outcome, str(move.direction)
    before = outcome.trend[-2].result
    return {
        f"{name}_label": texts.label(outcome.indicator.label),
        f"{name}_value": write_headline(outcome.figure, find_scale(outcome), card.standards, texts),
        f"{name}_before": write_headline(before.main, before.scale, card.standards, texts),
    }


def list_moves(card: Scorecard) -> list[Move]:
    """Return the indicators that surely moved, each with how far at the least."""
    moves = []
    for outcome in card.indicators:
        direction = find_direction(outcome)
        if direction not in {Direction.UP, Direction.DOWN}:
            continue
        before, now = (find_span(point.result.main) for point in outcome.trend[-2:])
        if before is not None and now is not None:
            size = max(now.lower - before.upper, before.lower - now.upper)
            scale = find_scale(outcome)
            whole = 1.0 if scale in {"share", "points"} else abs(before.lower + before.upper) / 2
            moves.append(Move(outcome, direction, size / (whole or 1.0)))
    return moves


def _say_furthest_behind(card: Scorecard, texts: Texts) -> str:
    """Say which figure surely lies furthest from its mark, or from chance on the unwanted side."""
    gaps = [gap for o in list_figures_told(card) if (gap := find_gap(o)) is not None]
    if gaps:
        worst = max(gaps, key=lambda gap: (gap.against != "chance", gap.size))
        mark = write_round_amount(worst.mark, find_scale(worst.outcome), texts)
        words = _name_figure(worst.outcome, card, texts) | {"mark": mark}
        return texts(f"answer.behind_{worst.against}", **words)
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


def _say_least_certain(card: Scorecard, texts: Texts) -> str:
    """Say which leading figure is the least certain, else which figure at all, else what is not measured."""
    leading = [one.outcome for one in list_leading_figures(card) if one.outcome is not None]
    for key, outcomes in (("goals", leading), ("all", [*list_figures_told(card)])):
        wide = [(width, o) for o in outcomes if (width := _measure_unknown(o, card)) is not None]
        if wide:
            _, widest = max(wide, key=lambda pair: pair[0])
            settled = _say_what_settles(widest, card, texts)
            return texts(f"answer.least_{key}", **_name_figure(widest, card, texts)) + settled
    absent = [o for o in card.indicators if o.verdict is Verdict.NOT_MEASURED]
    if absent:
        return texts("answer.not_measured", count=len(absent), all=len(card.indicators))
    points = texts.write_number(card.standards.fairly_sure)
    return texts("answer.all_known", width=points, all=len(card.indicators))


def _measure_unknown(outcome: IndicatorOutcome, card: Scorecard) -> float | None:
    """Return how wide a share's range is that is told and is wide; None of all others."""
    figure, scale = outcome.figure, find_scale(outcome)
    if scale != "share" or is_told_as_class(outcome):
        return None
    unsure = grade_certainty(figure, scale, card.standards) is Certainty.UNSURE
    return measure_width(figure, scale) if unsure else None


def _say_what_settles(outcome: IndicatorOutcome, card: Scorecard, texts: Texts) -> str:
    silent = count_silent_communities(outcome)
    if silent:
        return " " + texts("answer.settled_by_communities", count=silent)
    needs = () if outcome.result is None else outcome.result.needs
    settled = texts.write_main_needs(needs, card.names)
    return " " + texts("answer.settled", needs=settled) if needs else ""


def _name_figure(outcome: IndicatorOutcome, card: Scorecard, texts: Texts) -> dict[str, str]:
    """Return an indicator's label, its headline with the counts behind it, and its mark."""
    scale = find_scale(outcome)
    headline = write_headline(outcome.figure, scale, card.standards, texts)
    counts = write_span_counts(outcome, texts)
    mark = outcome.mark
    return {
        "label": texts.label(outcome.indicator.label),
        "value": f"{headline} ({counts})" if counts else headline,
        "mark": "" if mark is None else write_round_amount(mark.held_against, scale, texts),
    }
